//! Charts of the chips.

use compute_loop_core::comparison::{self, Processor};
use compute_loop_core::fact::{Fact, facts};
use compute_loop_core::levers::Lever;
use compute_loop_core::model::chips::{
    INDEX_START, TPU_V7_INDEX, TRN2_INDEX, TRN3_HIGH, TRN3_LOW, TRN3_MONTH,
};
use compute_loop_core::month::Month;
use compute_loop_core::outcome::{Outcome, Output, Series};
use compute_loop_core::words::{mark, t};
use compute_loop_core::{format, say};

use super::bars::{Bar, Mark, Row, RowChart};
use super::time::{Area, Line, Note, Published, TimeChart};
use super::{Case, Picture, Shapes, values};
use crate::palette::Role;

fn ratio(value: f64) -> String {
    format::number(value, 2)
}

fn marked(value: f64, role: Role, published: bool) -> Mark {
    Mark {
        value,
        role,
        published,
        label: String::new(),
    }
}

/// A row against what is 1: a bar from `from` to the value shown, a ring where it is
/// published or follows from published figures, and a dot where the page holds another.
fn against(label: &str, from: f64, published: Option<f64>, held: Option<f64>) -> Row {
    let value = held.or(published).unwrap_or(1.0);
    let other = held.filter(|held| published.is_none_or(|ring| (ring - held).abs() > 0.004));
    Row {
        label: label.into(),
        bars: vec![Bar {
            from,
            to: value,
            role: Role::Chips,
            alpha: 0.3,
            ..Bar::default()
        }],
        marks: published
            .map(|ring| marked(ring, Role::Chips, true))
            .into_iter()
            .chain(other.map(|held| marked(held, Role::Chips, false)))
            .collect(),
        note: ratio(value),
    }
}

/// A ratio with what it is made of, or how it is known.
fn explained(ratio: &str, details: &str) -> String {
    say!("{ratio} ({details})", ratio, details)
}

/// Routes to the cost of a unit of work on Amazon's chips, Nvidia's being 1.
pub(super) fn cost(case: Case<'_>) -> Picture {
    let outcome = case.outcome;
    let saving = |output: Output| format::percent(1.0 - outcome.get(output));
    let value = |output: Output| outcome.get(output);
    let claimed = value(Output::TrainingCostClaim);
    let mut table = against(
        t("Training, the table’s rows"),
        0.0,
        Some(value(Output::TrainingCostTable)),
        None,
    );
    // The sentence below the table does not follow from its rows (R08).
    let printed = 1.0 - facts::CHIP_TABLE_TRAINING_SAVING.share();
    table.marks.push(Mark {
        label: say!(
            "{share} saved, its own sentence",
            share = format::percent(facts::CHIP_TABLE_TRAINING_SAVING.share())
        ),
        ..marked(printed, Role::Gap, true)
    });
    Picture {
        title: say!(
            "Training is {by_table} cheaper by the table, {by_claim} by Amazon’s claim, {by_price} by the price of a gigawatt",
            by_table = saving(Output::TrainingCostTable),
            by_claim = saving(Output::TrainingCostClaim),
            by_price = saving(Output::TrainingCostGigawatt)
        ),
        subtitle: t("Cost of a unit of work on Amazon’s chips, Nvidia’s chip = 1. Rings: from published figures. Dots: as this page is set.")
            .into(),
        summary: say!(
            "Against H100, training costs {by_table} by the table’s rows, {by_claim} by Amazon’s claim and {by_price} by price per gigawatt; the page holds {held}. The table’s own sentence, {share} saved, does not follow from its rows.",
            by_table = ratio(value(Output::TrainingCostTable)),
            by_claim = ratio(claimed),
            by_price = ratio(value(Output::TrainingCostGigawatt)),
            held = ratio(value(Output::TrainingCost)),
            share = format::percent(facts::CHIP_TABLE_TRAINING_SAVING.share())
        ),
        facts: const { &[
            (mark("Trainium 2 in the table"), facts::TRN2_COST_PER_MTOK),
            (mark("H100 in the table"), facts::H100_COST_PER_MTOK),
            (mark("the table’s own sentence"), facts::CHIP_TABLE_TRAINING_SAVING),
            (mark("Amazon’s claim"), facts::TRN_TRAINING_COST_SAVING_CLAIMED),
            (mark("work per watt, Trainium 2"), facts::TRN2_PERF_PER_WATT),
            (mark("work per watt, H100"), facts::H100_PERF_PER_WATT),
            (mark("inference saving"), facts::CHIP_TABLE_INFERENCE_SAVING),
        ] },
        shapes: Shapes::of(RowChart {
            low: 0.0,
            high: 1.2,
            ticks: [0.0, 0.25, 0.5, 0.75].map(|v| (v, ratio(v))).to_vec(),
            mark: Some((1.0, t("Nvidia’s chip").into())),
            rows: vec![
                table,
                Row {
                    note: say!("{ratio} at best", ratio = ratio(claimed)),
                    ..against(t("Training, Amazon’s claim"), 0.0, Some(claimed), None)
                },
                against(
                    t("Training, price per gigawatt"),
                    0.0,
                    None,
                    Some(value(Output::TrainingCostGigawatt)),
                ),
                against(
                    t("Training, as you set it"),
                    0.0,
                    None,
                    Some(value(Output::TrainingCost)),
                ),
                against(
                    t("Inference, as you set it"),
                    0.0,
                    Some(1.0 - facts::CHIP_TABLE_INFERENCE_SAVING.share()),
                    Some(value(Output::InferenceCost)),
                ),
            ],
            ..RowChart::default()
        }),
    }
}

/// Where the saving comes from: Amazon's chips against Nvidia's, measure by measure.
pub(super) fn table(case: Case<'_>) -> Picture {
    let outcome = case.outcome;
    let (training, inference) = (comparison::training(), comparison::inference());
    let (token, hour) = (
        outcome.get(Output::TrainingCost),
        outcome.get(Output::Trn2PricePerChipHour),
    );
    let less = |value: f64| format::percent(1.0 - value);
    let with = |row: Row, of: String| Row {
        note: explained(&row.note, &of),
        ..row
    };
    let whole = |value: f64| format::number(value, 0);
    let [trainium, h100] = comparison::training_watts();
    let dollars = |value: f64| say!("${amount}", amount = ratio(value));
    // The printed prices, where the page holds what they make.
    let priced = |label: &str, printed: f64, held: f64, (own, other): (Fact, Fact)| {
        let row = against(label, 1.0, Some(printed), Some(held));
        let note = if row.marks.len() > 1 {
            say!("{ratio} as set", ratio = row.note)
        } else {
            let (own, other) = (dollars(own.value()), dollars(other.value()));
            explained(&row.note, &say!("{own} to {other}", own, other))
        };
        Row { note, ..row }
    };
    let pair =
        |label: &str, value: f64, of: String| with(against(label, 1.0, Some(value), None), of);
    Picture {
        title: if token > 0.995 {
            say!(
                "Trainium 2 is {slower} slower than H100: for tokens to cost as much, its hour must cost {less} less",
                slower = less(training.speed),
                less = less(hour)
            )
        } else {
            say!(
                "Trainium 2 is {slower} slower than H100: for tokens {by_token} cheaper, its hour must be {by_hour} cheaper",
                slower = less(training.speed),
                by_token = less(token),
                by_hour = less(hour)
            )
        },
        subtitle: t("Trainium 2 against H100 (training) and Inferentia 2 against L40S (inference), Nvidia’s chip = 1. Rings: from the published table. Dots: as set, where that differs.")
            .into(),
        summary: say!(
            "Against H100, Trainium 2 does {work} of the work in a time and draws {watts} of the watts; a token costs {token} and so an hour {hour}.",
            work = ratio(training.speed),
            watts = ratio(training.watts()),
            token = ratio(token),
            hour = ratio(hour)
        ),
        facts: const { &[
            (mark("speed, Trainium 2"), facts::TRN2_TFLOPS_FP16),
            (mark("speed, H100"), facts::H100_TFLOPS_FP16),
            (mark("work per watt, Trainium 2"), facts::TRN2_PERF_PER_WATT),
            (mark("work per watt, H100"), facts::H100_PERF_PER_WATT),
            (mark("price, Trainium 2"), facts::TRN2_COST_PER_MTOK),
            (mark("price, H100"), facts::H100_COST_PER_MTOK),
            (mark("answer time, Inferentia 2"), facts::INF2_LATENCY_LLAMA70B),
            (mark("answer time, L40S"), facts::L40S_LATENCY_LLAMA70B),
            (mark("work per watt, Inferentia 2"), facts::INF2_PERF_PER_WATT),
            (mark("work per watt, L40S"), facts::L40S_PERF_PER_WATT),
            (mark("price, Inferentia 2"), facts::INF2_COST_PER_MTOK),
            (mark("price, L40S"), facts::L40S_COST_PER_MTOK),
        ] },
        shapes: Shapes::of(RowChart {
            // Names and values find room on their own side of the line at 1 on a phone.
            low: 0.3,
            high: 1.7,
            ticks: [0.5, 0.75, 1.25, 1.5].map(|v| (v, ratio(v))).to_vec(),
            mark: Some((1.0, t("Nvidia’s chip").into())),
            rows: vec![
                pair(
                    t("Training, TFLOPS"),
                    training.speed,
                    say!(
                        "{own} to {other}",
                        own = whole(facts::TRN2_TFLOPS_FP16.value()),
                        other = whole(facts::H100_TFLOPS_FP16.value())
                    ),
                ),
                pair(
                    t("Training, work per watt"),
                    training.work_per_watt,
                    say!(
                        "{own} to {other}",
                        own = format::number(facts::TRN2_PERF_PER_WATT.value(), 1),
                        other = format::number(facts::H100_PERF_PER_WATT.value(), 1)
                    ),
                ),
                pair(
                    t("Training, watts (implied)"),
                    training.watts(),
                    say!(
                        "{own} to {other} W",
                        own = whole(trainium),
                        other = whole(h100)
                    ),
                ),
                priced(
                    t("Training, token price"),
                    training.price_per_token,
                    token,
                    (facts::TRN2_COST_PER_MTOK, facts::H100_COST_PER_MTOK),
                ),
                with(
                    against(
                        t("Training, hourly price"),
                        1.0,
                        Some(training.price_per_hour()),
                        Some(hour),
                    ),
                    t("implied").into(),
                ),
                pair(
                    t("Inference, speed"),
                    inference.speed,
                    say!(
                        "{own} to {other} ms",
                        own = whole(facts::INF2_LATENCY_LLAMA70B.value()),
                        other = whole(facts::L40S_LATENCY_LLAMA70B.value())
                    ),
                ),
                pair(
                    t("Inference, work per watt"),
                    inference.work_per_watt,
                    say!(
                        "{own} to {other}",
                        own = format::number(facts::INF2_PERF_PER_WATT.value(), 1),
                        other = format::number(facts::L40S_PERF_PER_WATT.value(), 1)
                    ),
                ),
                priced(
                    t("Inference, token price"),
                    inference.price_per_token,
                    outcome.get(Output::InferenceCost),
                    (facts::INF2_COST_PER_MTOK, facts::L40S_COST_PER_MTOK),
                ),
            ],
            ..RowChart::default()
        }),
    }
}

/// Amazon's general-purpose processor against two others. Published figures alone.
pub(super) fn graviton(_: Case<'_>) -> Picture {
    let [epyc, xeon] = comparison::graviton();
    let rows = |of: Processor| {
        let row = |what: &str, value: f64| {
            let label = say!("{chip}: {measure}", chip = of.name, measure = what);
            against(&label, 1.0, Some(value), None)
        };
        let price = row(t("price"), of.price());
        [
            row(t("score"), of.score),
            Row {
                note: explained(&price.note, t("implied")),
                ..price
            },
            row(t("work per dollar"), of.work_per_dollar),
        ]
    };
    let more = |of: Processor| format::percent(of.work_per_dollar - 1.0);
    // To a tenth, so that the third figure of the title follows from the two before it.
    let price = format!("{}\u{202f}%", format::number(100.0 * epyc.price(), 1));
    Picture {
        title: say!(
            "Graviton4 reaches {score} of EPYC’s score at {price} of its price: {more} more work for a dollar",
            score = format::percent(epyc.score),
            price,
            more = more(epyc)
        ),
        subtitle: t("Graviton4 against AMD’s EPYC and Intel’s Xeon, late 2024, the other chip = 1. Rings: from published estimates.")
            .into(),
        summary: say!(
            "Against Xeon, Graviton4 is level in score at {price} of the price, so a dollar buys {more} more.",
            price = format::percent(xeon.price()),
            more = more(xeon)
        ),
        facts: const { &[
            (mark("score against EPYC"), facts::GRAVITON4_VS_EPYC_SCORE),
            (mark("work per dollar, EPYC"), facts::GRAVITON4_PPD_VS_EPYC),
            (mark("score against Xeon"), facts::GRAVITON4_VS_XEON_SCORE),
            (mark("work per dollar, Xeon"), facts::GRAVITON4_PPD_VS_XEON),
        ] },
        shapes: Shapes::of(RowChart {
            low: 0.6,
            high: 1.4,
            ticks: [0.75, 1.25].map(|v| (v, ratio(v))).to_vec(),
            mark: Some((1.0, t("the other chip").into())),
            rows: [epyc, xeon].into_iter().flat_map(rows).collect(),
            ..RowChart::default()
        }),
    }
}

/// First and last month of the generations.
const FROM: usize = Month::new(2024, 1).index();
const TO: usize = Month::new(2032, 6).index();
/// The middle of 2025 (`tpuv7-launch`).
const TPU_V7_LAUNCH: usize = Month::new(2025, 6).index();
/// Top of the generations' axis: room for a target without a number.
const TOP: f64 = 3.0;

/// A chip of another maker, from its launch on.
fn rival(label: &str, launch: usize, value: f64) -> Line {
    Line {
        label: label.into(),
        role: Role::Muted,
        dashed: true,
        values: (FROM..=TO)
            .map(|t| (t >= launch).then_some(value))
            .collect(),
    }
}

/// A band of the months from `start` up to, not including, `end`.
fn band(label: &str, alpha: f64, (start, end): (usize, usize), (low, high): (f64, f64)) -> Area {
    Area {
        label: label.into(),
        role: Role::Chips,
        alpha,
        lower: vec![low; TO + 1 - FROM],
        upper: (FROM..=TO)
            .map(|t| if (start..end).contains(&t) { high } else { low })
            .collect(),
        ..Area::default()
    }
}

/// The newest Trainium in volume against Nvidia's H200.
pub(super) fn generations(case: Case<'_>) -> Picture {
    let Case {
        scenario, outcome, ..
    } = case;
    let trn4 = scenario.get(Lever::Trainium4Start) as usize;
    let start = Month::at(trn4).map_or_else(String::new, format::month);
    let (trn2, trn3) = (INDEX_START.index(), TRN3_MONTH.index());
    let at = |outcome: &Outcome, month: usize| outcome.path(Series::TrainiumIndex)[month];
    let note = |from: usize, to: usize, value: f64, label: String| Note {
        from,
        to,
        value,
        label,
        role: Role::Chips,
        ..Note::default()
    };
    Picture {
        title: say!(
            "Trainium trails a chip of 2023 until mid‑2026, and barely passes it until {month}",
            month = start
        ),
        subtitle: t("Newest Trainium in volume, Nvidia’s H200 of late 2023 = 1; TPU v7 is implied. Trainium 4’s target is to pass B300 and TPU v8 and to trail only R100; no source puts a number on it.")
            .into(),
        summary: say!(
            "Trainium 2 stands at {trainium_2} of H200, Trainium 3 at {low} to {high}; Trainium 4 is expected from {month}, at least level with TPU v7 at {tpu}.",
            trainium_2 = format::number(TRN2_INDEX, 1),
            low = format::number(TRN3_LOW, 1),
            high = format::number(TRN3_HIGH, 1),
            month = start,
            tpu = format::number(at(outcome, TO), 1)
        ),
        facts: const { &[
            (mark("Trainium 2 against H200"), facts::TRN2_VS_H200),
            (mark("against Trainium 3"), facts::TRN2_VS_TRN3),
            (mark("Trainium 3 against H200"), facts::TRN3_VS_H200),
            (mark("against TPU v7"), facts::TRN3_VS_TPUV7_FP8),
            (mark("Trainium 4 target"), facts::TRN4_VS_TPUV8_B300),
            (mark("no date for it"), facts::TRN4_NO_TAPEOUT),
        ] },
        shapes: Shapes::of(TimeChart {
            from: FROM,
            to: TO,
            unit: mark("× H200"),
            top: TOP,
            areas: vec![
                band("", 0.3, (trn3, trn4), (TRN3_LOW, TRN3_HIGH)),
                band("", 0.1, (trn4, TO + 1), (at(outcome, TO), TOP)),
            ],
            lines: vec![
                rival("H200", FROM, 1.0),
                rival(
                    "TPU v7",
                    TPU_V7_LAUNCH,
                    TPU_V7_INDEX,
                ),
                Line {
                    label: "Trainium".into(),
                    role: Role::Chips,
                    dashed: false,
                    values: values(outcome, Series::TrainiumIndex, FROM, TO, 1.0),
                },
            ],
            points: vec![Published {
                month: trn2,
                value: TRN2_INDEX,
                label: "Trainium 2",
                role: Role::Chips,
                ..Published::default()
            }],
            notes: vec![
                note(trn2, trn3 - 5, TRN2_INDEX, "Trainium 2".into()),
                note(trn3, trn4 - 3, TRN3_HIGH, "Trainium 3".into()),
                note(trn4, TO, at(outcome, TO), t("Trainium 4, at least").into()),
                note(trn4, TO, 2.55, t("target: past B300, TPU v8").into()),
            ],
            ..TimeChart::default()
        }),
    }
}
