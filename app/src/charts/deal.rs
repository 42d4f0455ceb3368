//! Charts of the deal.

use core::iter;

use compute_loop_core::fact::{Fact, facts};
use compute_loop_core::ladder::ladder;
use compute_loop_core::levers::Lever;
use compute_loop_core::model::deal::PAYMENTS;
use compute_loop_core::model::revenue::PLEDGE_START;
use compute_loop_core::month::Month;
use compute_loop_core::outcome::{Output, Series};
use compute_loop_core::pledge;
use compute_loop_core::unit::Unit;
use compute_loop_core::words::{mark, t};
use compute_loop_core::{format, say};

use super::bars::{Bar, Mark, Row, RowChart};
use super::reading::billions;
use super::time::{Area, Level, Line, Note, Published, TimeChart};
use super::{Case, Picture, Shapes, after, fan, filled, values};
use crate::palette::Role;

fn dollars(value: f64) -> String {
    format::value(Unit::UsdBn, value)
}

/// An amount without its unit, which the scale has.
fn bare(value: f64) -> String {
    format::number(billions(value), 0)
}

const FROM: usize = Month::new(2023, 7).index();
const TO: usize = Month::new(2028, 12).index();
/// What part of the axis an area has to reach for words to stand in it.
const LEGIBLE: f64 = 0.18;
/// The month of the last payment that a source reports.
const LAST_PAID: usize = PAYMENTS[PAYMENTS.len() - 1].month.index();

/// Cash paid in against the value of the stake.
pub(super) fn stake(case: Case<'_>) -> Picture {
    let Case {
        scenario, outcome, ..
    } = case;
    let value = outcome.get(Output::StakeValue202612);
    let paid_in = outcome.get(Output::CashInvested202612);
    let multiple = format::lever(
        Lever::ValuationMultiple,
        scenario.get(Lever::ValuationMultiple),
    );
    let (cost, worth) = (dollars(paid_in), dollars(value));
    let title = if value >= paid_in {
        say!(
            "A stake bought for {cost} would be worth {worth} at the end of 2026, at {multiple} ARR",
            cost,
            worth,
            multiple
        )
    } else {
        say!(
            "At {multiple} ARR, the stake would be worth {worth} at the end of 2026, less than the {cost} it cost",
            multiple,
            worth,
            cost
        )
    };
    let paid = filled(outcome, Series::CashInvested, FROM, TO, 1.0);
    let stake = values(outcome, Series::StakeValue, FROM, TO, 1.0);
    let highest = stake.iter().flatten().copied().fold(0.0, f64::max);
    Picture {
        title,
        subtitle:
            t("Amazon’s cash in Anthropic, and what its stake would be worth, $ bn. Rings: published. Dashed: expected or valued here.")
                .into(),
        summary: say!(
            "By December 2026 Amazon has put in {cost}; a holding of {share} would then be worth {worth}. No source says what Anthropic will be valued at.",
            cost,
            share = format::percent(scenario.get(Lever::Stake) / 100.0),
            worth
        ),
        facts: const { &[
            (mark("first payment"), facts::INITIAL_INVESTMENT),
            (mark("by November 2024"), facts::AMZN_ANTHROPIC_TOTAL_2024_11),
            (mark("by April 2026"), facts::AMZN_ANTHROPIC_TOTAL_2026_04),
            (mark("valuation"), facts::ANTHROPIC_VALUATION),
            (mark("gain"), facts::ANTHROPIC_MTM_GAIN),
            (mark("size of the stake"), facts::AMZN_STAKE_SINGLE_DIGIT),
        ] },
        shapes: Shapes::of(TimeChart {
            from: FROM,
            to: TO,
            unit: "$ bn",
            top: 60.0,
            areas: vec![Area {
                label: String::new(),
                role: Role::Amazon,
                alpha: 0.22,
                lower: vec![0.0; paid.len()],
                upper: paid.clone(),
                ..Area::default()
            }],
            fans: fan(case, (t("stake"), Role::Anthropic), Series::StakeValue, (FROM, TO), 1.0)
                .into_iter()
                .collect(),
            lines: with_openai(case, &paid)
                .into_iter()
                .chain([
                    Line {
                        label: t("stake").into(),
                        role: Role::Anthropic,
                        dashed: true,
                        values: stake,
                    },
                    // Dashes throughout, covered where it is paid: one name for both.
                    Line {
                        label: t("cash in").into(),
                        role: Role::Amazon,
                        dashed: true,
                        values: paid.iter().copied().map(Some).collect(),
                    },
                    Line {
                        label: String::new(),
                        role: Role::Amazon,
                        dashed: false,
                        values: (FROM..=TO)
                            .zip(&paid)
                            .map(|(month, &paid)| (month <= LAST_PAID).then_some(paid))
                            .collect(),
                    },
                ])
                .collect(),
            notes: (paid[TO - FROM] > paid[LAST_PAID - FROM]
                && paid[TO - FROM] > LEGIBLE * highest)
                .then(|| Note {
                    from: LAST_PAID + 2,
                    to: TO,
                    value: 1.0,
                    label: t("expected here").into(),
                    role: Role::Amazon,
                    ..Note::default()
                })
                .into_iter()
                .collect(),
            points: vec![
                Published {
                    month: Month::new(2023, 9).index(),
                    value: facts::INITIAL_INVESTMENT.value(),
                    role: Role::Amazon,
                    ..Published::default()
                },
                Published {
                    month: Month::new(2024, 11).index(),
                    value: facts::AMZN_ANTHROPIC_TOTAL_2024_11.value(),
                    role: Role::Amazon,
                    ..Published::default()
                },
                Published {
                    month: Month::new(2026, 4).index(),
                    value: facts::AMZN_ANTHROPIC_TOTAL_2026_04.value(),
                    role: Role::Amazon,
                    ..Published::default()
                },
            ],
            ..TimeChart::default()
        }),
    }
}

/// The cash with what goes to OpenAI, where a reader has Amazon pay any.
fn with_openai(case: Case<'_>, paid: &[f64]) -> Option<Line> {
    if case.scenario.get(Lever::OpenaiInvestment) <= 0.0 {
        return None;
    }
    let mut extra = 0.0;
    let others = filled(case.outcome, Series::CashOtherLabs, FROM, TO, 1.0);
    let values = paid.iter().zip(others).map(|(paid, other)| {
        extra += other;
        Some(paid + extra)
    });
    Some(Line {
        label: t("with OpenAI").into(),
        role: Role::Muted,
        dashed: true,
        values: values.collect(),
    })
}

/// Strength of what is paid.
const PAID: f64 = 0.8;
/// Strength of what is expected.
const EXPECTED: f64 = 0.32;

/// A bar that says how much it is; faint ones are expected, not paid.
fn bar(from: f64, to: f64, role: Role, alpha: f64, label: &str) -> Bar {
    Bar {
        from,
        to,
        role,
        alpha,
        label: label.into(),
        says: dollars(to - from),
        ..Bar::default()
    }
}

/// An outline: what may come, or was offered.
fn outline(from: f64, to: f64, role: Role, label: &str) -> Bar {
    Bar {
        hollow: true,
        ..bar(from, to, role, 0.0, label)
    }
}

fn ring(fact: Fact, role: Role, label: String) -> Mark {
    Mark {
        value: fact.value(),
        role,
        published: true,
        label,
    }
}

/// Amazon's payments step by step, what is conditional, and what is predicted.
pub(super) fn ladder_of_payments(case: Case<'_>) -> Picture {
    let Case {
        scenario, outcome, ..
    } = case;
    let steps = ladder(scenario, outcome);
    let conditional = facts::DEAL_MILESTONE_TRANCHE_S1.value();
    let paid = steps.expected.from;
    let (expected, added) = (
        steps.expected.to - paid,
        steps.top_up.to - steps.top_up.from,
    );
    let option = scenario.get(Lever::OptionOrDuty) > 0.5;
    let all = dollars(steps.top_up.to);
    let (paid_text, conditional_text) = (dollars(paid), dollars(conditional));
    let mut title = match (option, expected > 0.0) {
        (true, true) => say!(
            "{paid} is paid; an option on {conditional} more, taken, brings it to {total}",
            paid = paid_text,
            conditional = conditional_text,
            total = dollars(steps.expected.to)
        ),
        (true, false) => say!(
            "{paid} is paid; Amazon would leave its option on {conditional} more unused",
            paid = paid_text,
            conditional = conditional_text
        ),
        (false, true) => say!(
            "{paid} is paid; the conditional {conditional}, counted at odds of {odds}, brings it to {total}",
            paid = paid_text,
            conditional = conditional_text,
            odds = format::lever(Lever::MilestoneOdds, scenario.get(Lever::MilestoneOdds)),
            total = dollars(steps.expected.to)
        ),
        (false, false) => say!(
            "{paid} is paid; of the conditional {conditional}, nothing is expected",
            paid = paid_text,
            conditional = conditional_text
        ),
    };
    if added > 0.0 {
        title = say!(
            "{what_is_paid}; a top-up makes {total}",
            what_is_paid = title,
            total = all
        );
    }
    let totals = [
        facts::INITIAL_INVESTMENT,
        facts::PHASE1_COMMIT,
        facts::AMZN_ANTHROPIC_TOTAL_2024_11,
        facts::AMZN_ANTHROPIC_TOTAL_2026_04,
    ];
    let more = |amount: f64| format!("+{}", dollars(amount));
    let mut rows: Vec<Row> = steps
        .paid
        .iter()
        .zip(totals)
        .map(|((month, step), total)| Row {
            label: format::month(*month),
            bars: vec![bar(step.from, step.to, Role::Amazon, PAID, t("paid"))],
            marks: vec![ring(
                total,
                Role::Amazon,
                if step.from > 0.0 {
                    say!("{amount} in all", amount = dollars(step.to))
                } else {
                    String::new()
                },
            )],
            note: more(step.to - step.from),
        })
        .collect();
    let mut bars = vec![];
    if expected > 0.0 {
        let likely = bar(paid, paid + expected, Role::Amazon, EXPECTED, t("expected"));
        bars.push(likely);
    }
    if paid + expected < steps.ceiling {
        let rest = outline(
            paid + expected,
            steps.ceiling,
            Role::Amazon,
            t("not expected"),
        );
        bars.push(rest);
    }
    rows.push(Row {
        label: t("Conditional").into(),
        bars,
        note: if expected > 0.0 {
            say!(
                "{amount} of at most {conditional}",
                amount = more(expected),
                conditional = conditional_text
            )
        } else {
            say!(
                "none of {conditional} expected",
                conditional = conditional_text
            )
        },
        ..Row::default()
    });
    let from = steps.top_up.from;
    let (low, high) = (
        facts::PRED1_ADDITIONAL.low(),
        facts::PRED1_ADDITIONAL.high(),
    );
    let mut bars = vec![];
    if added > 0.0 {
        bars.push(bar(
            from,
            from + added,
            Role::Amazon,
            EXPECTED,
            t("as you set it"),
        ));
    }
    bars.extend(
        [(0.0, low, t("predicted")), (low, high, t("or more"))]
            .into_iter()
            .filter(|&(_, end, _)| added < end)
            .map(|(start, end, name)| {
                outline(from + added.max(start), from + end, Role::Amazon, name)
            }),
    );
    rows.push(Row {
        label: t("A top-up").into(),
        bars,
        note: if added > 0.0 {
            more(added)
        } else {
            t("not counted here").into()
        },
        ..Row::default()
    });
    // These totals leave out what was paid before 2026; on this scale it comes first.
    let first = facts::AMZN_ANTHROPIC_TOTAL_2024_11.value();
    let rebased = |value: f64, label: String| Mark {
        value: first + value,
        role: Role::Muted,
        published: true,
        label,
    };
    let (package, total) = (facts::DEAL_TOTAL_S1.value(), facts::PRED1_TOTAL);
    let plus = |value: f64| format!("{} + {}", bare(value), bare(first));
    let whole = |fact: Fact| ring(fact, Role::Muted, bare(fact.value()));
    rows.push(Row {
        label: t("Totals in print").into(),
        bars: vec![bar(
            first + total.low(),
            first + total.high(),
            Role::Muted,
            0.2,
            "",
        )],
        marks: vec![
            whole(facts::AMZN_ANTHROPIC_TOTAL_S3),
            whole(facts::AMZN_ANTHROPIC_TOTAL_2026_04),
            rebased(
                package,
                say!(
                    "{package} + the first {amount}",
                    package = bare(package),
                    amount = bare(first)
                ),
            ),
            rebased(total.low(), plus(total.low())),
            rebased(total.high(), plus(total.high())),
        ],
        note: String::new(),
    });
    let (low, high) = (bare(low), dollars(high));
    let top_up = if added > 0.0 {
        say!(
            "A predicted top-up of {low} to {high} is set to {amount}.",
            low,
            high,
            amount = dollars(added)
        )
    } else {
        say!(
            "A predicted top-up of {low} to {high} is not counted.",
            low,
            high
        )
    };
    Picture {
        title,
        subtitle: t("Amazon’s money for Anthropic, step by step, $ bn. Solid: paid. Pale: expected here. Outlined: neither. Rings: published.")
            .into(),
        summary: say!(
            "Of the {ceiling} that Amazon has paid or may come to pay, {paid} is paid and {expected} is expected. {top_up} The {package} of headlines is another sum: the package of April 2026 alone, nothing before it and all of its condition.",
            ceiling = dollars(steps.ceiling),
            paid = paid_text,
            expected = if expected > 0.0 {
                dollars(expected)
            } else {
                t("nothing more").into()
            },
            top_up,
            package = dollars(facts::DEAL_TOTAL_S1.value())
        ),
        facts: const { &[
            (mark("first payment"), facts::INITIAL_INVESTMENT),
            (mark("first promise"), facts::PHASE1_COMMIT),
            (mark("by November 2024"), facts::AMZN_ANTHROPIC_TOTAL_2024_11),
            (mark("as of January 2026"), facts::AMZN_ANTHROPIC_TOTAL_S3),
            (mark("by April 2026"), facts::AMZN_ANTHROPIC_TOTAL_2026_04),
            (mark("conditional"), facts::DEAL_MILESTONE_TRANCHE_S1),
            (mark("as an option"), facts::PHASE3_OPTION),
            (mark("the package"), facts::DEAL_TOTAL_S1),
            (mark("the same, estimated"), facts::INVEST_TOTAL_S4),
            (mark("predicted top-up"), facts::PRED1_ADDITIONAL),
            (mark("predicted total"), facts::PRED1_TOTAL),
        ] },
        shapes: Shapes::of(RowChart {
            low: 0.0,
            high: 56.0,
            ticks: [0.0, 10.0, 20.0, 30.0, 40.0, 50.0]
                .map(|v| (v, bare(v)))
                .to_vec(),
            rows,
            ..RowChart::default()
        }),
    }
}

/// Five deals of one source's table, side by side.
pub(super) fn deals(case: Case<'_>) -> Picture {
    let Case {
        scenario, outcome, ..
    } = case;
    let printed = facts::DEAL_TABLE_AMAZON_ANTHROPIC.value();
    let upfront = facts::DEAL_UPFRONT_S1.value();
    let expected = outcome.get(Output::ContingentExpected);
    let added = scenario.get(Lever::TopUp);
    let package = upfront + expected + added;
    let openai = scenario.get(Lever::OpenaiInvestment);
    let title = if openai > package {
        say!(
            "With {openai} for OpenAI, Amazon would put more there than the {anthropic} paid or expected for Anthropic",
            openai = dollars(openai),
            anthropic = dollars(package)
        )
    } else if openai > 0.0 {
        say!(
            "With {openai} for OpenAI, Amazon would put no more there than the {anthropic} paid or expected for Anthropic",
            openai = dollars(openai),
            anthropic = dollars(package)
        )
    } else if expected + added > 0.0 {
        say!(
            "AINews sizes Amazon’s deal with Anthropic at {printed}, {paid} of it paid; this page expects {expected}",
            printed = dollars(printed),
            paid = dollars(upfront),
            expected = dollars(package)
        )
    } else {
        say!(
            "AINews sizes Amazon’s deal with Anthropic at {printed}; this page expects only the {paid} that is paid",
            printed = dollars(printed),
            paid = dollars(upfront)
        )
    };
    let mut own = vec![bar(0.0, upfront, Role::Amazon, PAID, t("paid"))];
    let parts = [
        (upfront, upfront + expected, t("expected")),
        (upfront + expected, package, t("top-up")),
    ];
    let parts = parts.into_iter().filter(|(from, to, _)| to > from);
    own.extend(parts.map(|(from, to, name)| bar(from, to, Role::Amazon, EXPECTED, name)));
    if package < printed {
        own.push(outline(package, printed, Role::Amazon, t("conditional")));
    }
    let offer = facts::DEAL_TABLE_AMAZON_OPENAI;
    let mut offered = vec![];
    if openai > 0.0 {
        offered.push(bar(0.0, openai, Role::Amazon, EXPECTED, t("as you set it")));
    }
    if openai < offer.value() {
        offered.push(outline(openai, offer.value(), Role::Amazon, t("offered")));
    }
    let other = |label: &str, fact: Fact, made_of: &str| Row {
        label: label.into(),
        bars: vec![bar(0.0, fact.value(), Role::Muted, 0.45, "")],
        marks: vec![ring(fact, Role::Muted, String::new())],
        note: say!(
            "{amount}, {made_of}",
            amount = dollars(fact.value()),
            made_of
        ),
    };
    Picture {
        title,
        subtitle: t("Five deals as AINews sizes them, $ bn (rings). Solid: paid. Pale: expected here. Outlined: conditional or refused.").into(),
        summary: say!(
            "The table mixes cash, shares and computing credits. Amazon’s offer to OpenAI, {offer}, was refused; this page has {amount} go there. Of Amazon’s money for Anthropic since April 2026 it expects {expected}.",
            offer = dollars(offer.value()),
            amount = if openai > 0.0 {
                dollars(openai)
            } else {
                t("nothing").into()
            },
            expected = dollars(package)
        ),
        facts: const { &[
            (mark("Amazon and Anthropic"), facts::DEAL_TABLE_AMAZON_ANTHROPIC),
            (mark("its cash part"), facts::DEAL_UPFRONT_S1),
            (mark("the offer to OpenAI"), facts::DEAL_TABLE_AMAZON_OPENAI),
            (mark("refused"), facts::OPENAI_OFFER_REJECTED),
            (mark("possible in January 2026"), facts::AMZN_OPENAI_POTENTIAL),
            (mark("Microsoft and OpenAI"), facts::DEAL_TABLE_MICROSOFT_OPENAI),
            (mark("Oracle and OpenAI"), facts::DEAL_TABLE_ORACLE_OPENAI),
            (mark("Google and Anthropic"), facts::DEAL_TABLE_GOOGLE_ANTHROPIC),
        ] },
        shapes: Shapes::of(RowChart {
            low: 0.0,
            high: 60.0,
            ticks: [0.0, 10.0, 20.0, 30.0, 40.0, 50.0]
                .map(|v| (v, bare(v)))
                .to_vec(),
            rows: vec![
                Row {
                    label: t("Amazon, Anthropic").into(),
                    bars: own,
                    marks: vec![ring(
                        facts::DEAL_TABLE_AMAZON_ANTHROPIC,
                        Role::Amazon,
                        say!("{amount} in print", amount = dollars(printed)),
                    )],
                    note: say!("{amount} expected here", amount = dollars(package)),
                },
                Row {
                    label: t("Amazon, OpenAI").into(),
                    bars: offered,
                    marks: vec![
                        ring(
                            facts::AMZN_OPENAI_POTENTIAL,
                            Role::Amazon,
                            t("reported as possible").into(),
                        ),
                        ring(offer, Role::Amazon, String::new()),
                    ],
                    note: say!("{amount}, refused", amount = dollars(offer.value())),
                },
                other(
                    t("Microsoft, OpenAI"),
                    facts::DEAL_TABLE_MICROSOFT_OPENAI,
                    t("shares and credits"),
                ),
                other(
                    t("Oracle, OpenAI"),
                    facts::DEAL_TABLE_ORACLE_OPENAI,
                    t("credits"),
                ),
                other(
                    t("Google, Anthropic"),
                    facts::DEAL_TABLE_GOOGLE_ANTHROPIC,
                    t("shares and credits"),
                ),
            ],
            ..RowChart::default()
        }),
    }
}

/// What Anthropic has paid AWS against its pledge and the floor under it.
pub(super) fn pledge_paid(case: Case<'_>) -> Picture {
    let Case {
        scenario, outcome, ..
    } = case;
    let (from, to) = (PLEDGE_START - 1, Month::new(2036, 12).index());
    let pledge = pledge::pledge(scenario, outcome);
    let total = dollars(pledge.total);
    let years = pledge.months_early as f64 / 12.0;
    // A pledge of another size is the reader's, not Anthropic's.
    let signed = (pledge.total - facts::ANTHROPIC_AWS_COMMIT.value()).abs() < 1e-9;
    let early = if pledge.months_early == 12 {
        t("a year").into()
    } else {
        format::value(Unit::Years, (10.0 * years).round() / 10.0)
    };
    let title = match (pledge.met, signed) {
        (Some(month), true) if pledge.months_early >= 12 => say!(
            "The pledge of {total} is paid by {month}, {early} before its term ends",
            total,
            month = format::month(month),
            early
        ),
        (Some(month), false) if pledge.months_early >= 12 => say!(
            "A pledge of {total} would be paid by {month}, {early} before its term ends",
            total,
            month = format::month(month),
            early
        ),
        (Some(month), true) if pledge.months_early > 0 => say!(
            "The pledge of {total} is paid by {month}, shortly before its term ends",
            total,
            month = format::month(month)
        ),
        (Some(month), false) if pledge.months_early > 0 => say!(
            "A pledge of {total} would be paid by {month}, shortly before its term ends",
            total,
            month = format::month(month)
        ),
        (Some(month), true) => say!(
            "Only its term carries the pledge of {total}: it is paid in {month}",
            total,
            month = format::month(month)
        ),
        (Some(month), false) => say!(
            "Only its term carries a pledge of {total}: it would be paid in {month}",
            total,
            month = format::month(month)
        ),
        (None, true) => say!(
            "By the end of 2036, {paid} of the {total} pledge is paid",
            paid = dollars(pledge.paid[to]),
            total
        ),
        (None, false) => say!(
            "By the end of 2036, {paid} of a {total} pledge would be paid",
            paid = dollars(pledge.paid[to]),
            total
        ),
    };
    let december = Month::new(2026, 12).index();
    let within = |path: &[f64]| path[from..=to].to_vec();
    let (floor, paid) = (within(&pledge.floor), within(&pledge.paid));
    let above = |(paid, floor): (&f64, &f64)| paid.max(*floor);
    let line = |label: &str, role: Role, dashed: bool, path: &[f64]| Line {
        label: label.into(),
        role,
        dashed,
        values: path.iter().copied().map(Some).collect(),
    };
    Picture {
        title,
        subtitle: say!(
            "What Anthropic pays AWS from April 2026 until the pledge is paid, and the floor: the pledge in equal parts over {years}, $ bn. Ring: as signed.",
            years = format::lever(Lever::PledgeYears, scenario.get(Lever::PledgeYears))
        ),
        summary: say!(
            "By December 2026 {paid} of the {total} is paid, where equal parts over {years} would come to {floor}.",
            paid = dollars(pledge.paid[december]),
            total,
            years = format::lever(Lever::PledgeYears, scenario.get(Lever::PledgeYears)),
            floor = dollars(pledge.floor[december])
        ),
        facts: const {
            &[
                (mark("pledge"), facts::ANTHROPIC_AWS_COMMIT),
                (mark("its term"), facts::ANTHROPIC_AWS_COMMIT_TERM),
                (mark("as a forecast"), facts::USAGE_PROJECTED_S4),
            ]
        },
        shapes: Shapes::of(TimeChart {
            from,
            to,
            unit: "$ bn",
            top: 100.0,
            areas: iter::once(Area {
                label: String::new(),
                role: Role::Anthropic,
                alpha: 0.14,
                upper: paid.iter().zip(&floor).map(above).collect(),
                lower: floor.clone(),
                ..Area::default()
            })
            .chain(pledge.met.map(|month| {
                let most = pledge.total.max(100.0);
                mark_month((from, to), month, pledge.total, most, Role::Anthropic)
            }))
            .collect(),
            rules: vec![Level {
                label: say!("pledge, {amount}", amount = total),
                role: Role::Ink,
                value: pledge.total,
            }],
            // What is paid beyond the pledge is left out.
            fans: fan(
                case,
                (t("paid"), Role::Anthropic),
                Series::PledgeSpent,
                (from, to),
                1.0,
            )
            .map(|mut fan| {
                for value in fan.quantiles.iter_mut().flatten() {
                    // What is no number stays none.
                    if *value > pledge.total {
                        *value = pledge.total;
                    }
                }
                fan
            })
            .into_iter()
            .collect(),
            lines: vec![
                line(t("floor"), Role::Muted, true, &floor),
                line(t("paid"), Role::Anthropic, false, &paid),
            ],
            points: vec![Published {
                month: PLEDGE_START + 12 * facts::ANTHROPIC_AWS_COMMIT_TERM.value() as usize - 1,
                value: facts::ANTHROPIC_AWS_COMMIT.value(),
                label: t("as signed"),
                role: Role::Muted,
                ..Published::default()
            }],
            // After the month, below the rule; where little room is left the title says it.
            notes: pledge
                .met
                .filter(|month| month.index() + 48 < to)
                .map(|month| Note {
                    from: month.index() + 2,
                    to: month.index() + 46,
                    value: 0.88 * pledge.total,
                    label: say!("paid by {month}", month = format::month(month)),
                    start: true,
                    role: Role::Anthropic,
                })
                .into_iter()
                .collect(),
            ..TimeChart::default()
        }),
    }
}

/// Marks a month that the title names: a lozenge, about as tall as a dot on an axis
/// over `span`.
fn mark_month((from, to): (usize, usize), month: Month, value: f64, span: f64, role: Role) -> Area {
    let edge = |sign: f64| {
        let at = |t: usize| {
            let off = t.abs_diff(month.index()) as f64;
            value + sign * 0.026 * span * (1.0 - off / 2.0).max(0.0)
        };
        (from..=to).map(at).collect()
    };
    Area {
        role,
        alpha: 1.0,
        lower: edge(-1.0),
        upper: edge(1.0),
        ..Area::default()
    }
}

/// Cumulative operating income on Anthropic's business, less the cash put in.
pub(super) fn net_return(case: Case<'_>) -> Picture {
    let outcome = case.outcome;
    let to = Month::new(2036, 12).index();
    let title = match outcome.month(Output::ReturnPositive) {
        Some(month) => say!(
            "Operating income covers what Amazon invested by {month}",
            month = format::month(month)
        ),
        None => t("Operating income does not cover what Amazon invested by the end of 2036").into(),
    };
    let pledge = match outcome.month(Output::PledgeMet) {
        Some(month) => say!(
            "The pledge is spent by {month}.",
            month = format::month(month)
        ),
        None => t("The pledge is not spent by the end of 2036.").into(),
    };
    let at_end = outcome.path(Series::NetReturn)[to];
    let met = outcome.month(Output::ReturnPositive);
    let net = values(outcome, Series::NetReturn, FROM, to, 1.0);
    let ends = net.iter().flatten();
    let (low, high) = ends.fold((0.0_f64, 40.0_f64), |(low, high), &value| {
        (low.min(value), high.max(value))
    });
    let span = high - low;
    Picture {
        title,
        subtitle: t(
            "Cumulative operating income from Anthropic less cash put in, $ bn, undiscounted.",
        )
        .into(),
        summary: after(
            &say!(
                "By the end of 2036, income less investment stands at {amount}.",
                amount = dollars(at_end)
            ),
            &pledge,
        ),
        facts: const {
            &[
                (
                    mark("paid by April 2026"),
                    facts::AMZN_ANTHROPIC_TOTAL_2026_04,
                ),
                (mark("pledge"), facts::ANTHROPIC_AWS_COMMIT),
                (mark("its term"), facts::ANTHROPIC_AWS_COMMIT_TERM),
            ]
        },
        shapes: Shapes::of(TimeChart {
            from: FROM,
            to,
            unit: "$ bn",
            top: 40.0,
            fans: fan(
                case,
                (t("income less investment"), Role::Amazon),
                Series::NetReturn,
                (FROM, to),
                1.0,
            )
            .into_iter()
            .collect(),
            lines: vec![Line {
                label: t("income less investment").into(),
                role: Role::Amazon,
                dashed: false,
                values: net,
            }],
            areas: met
                .map(|month| mark_month((FROM, to), month, 0.0, span, Role::Amazon))
                .into_iter()
                .collect(),
            notes: met
                .map(|month| Note {
                    from: month.index().saturating_sub(40),
                    to: month.index() - 1,
                    value: 0.0,
                    label: format::month(month),
                    role: Role::Amazon,
                    ..Note::default()
                })
                .into_iter()
                .collect(),
            ..TimeChart::default()
        }),
    }
}
