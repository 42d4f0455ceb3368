//! Charts of demand, sites and unit economics.

use compute_loop_core::fact::facts;
use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::model::gigawatts::{Site, first_gw};
use compute_loop_core::model::{self, economics::UnitCost};
use compute_loop_core::month::Month;
use compute_loop_core::outcome::{Output, Series, gpu_price_per_gw};
use compute_loop_core::plan::{self, Plan};
use compute_loop_core::price::{self, AtPrice};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::unit::Unit;

use super::bars::{Bar, Mark, Row, RowChart};
use super::curve::{Curve, CurveChart, Spotlight};
use super::reading::quantity;
use super::time::{Area, GapMark, Level, Line, Note, Published, TimeChart, nice_step};
use super::{Case, Picture, Shapes, fan, filled, sum, values};
use crate::palette::Role;

const FROM: usize = Month::new(2025, 1).index();
const TO: usize = Month::new(2029, 12).index();
const DECEMBER_2026: usize = Month::new(2026, 12).index();
/// The month of the contract (`anthropic-trn-capacity-commit`).
const SIGNED: usize = Month::new(2026, 4).index();

/// What is signed, or would be: the subject of a sentence.
fn signed(scenario: &Scenario) -> String {
    let amount = format::lever(Lever::GwCommitted, scenario.get(Lever::GwCommitted));
    if at_default(scenario, Lever::GwCommitted) {
        format!("The {amount} that Anthropic signed for")
    } else {
        format!("{amount}, if signed,")
    }
}

fn at_default(scenario: &Scenario, lever: Lever) -> bool {
    (scenario.get(lever) - lever.spec().default).abs() < 1e-9
}

fn gigawatts(value: f64) -> String {
    format::value(Unit::Gw, value)
}

fn dollars(value: f64) -> String {
    format::value(Unit::UsdBn, value)
}

/// The right end of a scale from zero that holds all values, at least so long, with
/// room for so many times as much, and its ticks.
fn scale(
    values: impl IntoIterator<Item = f64>,
    least: f64,
    room: f64,
) -> (f64, Vec<(f64, String)>) {
    let most = values.into_iter().fold(least, f64::max) * room;
    let step = nice_step(most / 5.0);
    let count = (most / step).floor() as usize;
    let ticks = (0..=count).map(|i| step * i as f64);
    let ticks = ticks.map(|value| (value, format::grouped(&format::number(value, 0))));
    (most, ticks.collect())
}

/// What is published of New Carlisle: its first chips and its first phase.
fn new_carlisle() -> [Published; 2] {
    let point = |month: Month, value: f64, label: &'static str| Published {
        month: month.index(),
        value,
        label,
        role: Role::Power,
        ..Published::default()
    };
    [
        point(
            Month::new(2025, 10),
            first_gw(),
            "New Carlisle’s first chips",
        ),
        point(
            Month::new(2026, 2),
            facts::NEWCARLISLE_PHASE1_GW.value(),
            "New Carlisle’s first phase",
        ),
    ]
}

/// Demand against power online, the gap between them shaded.
pub(super) fn gap(case: Case<'_>) -> Picture {
    let Case {
        scenario, outcome, ..
    } = case;
    let (from, to) = (FROM, Month::new(2028, 12).index());
    let needed = filled(outcome, Series::GwNeeded, from, to, 1.0);
    let online = filled(outcome, Series::GwOnline, from, to, 1.0);
    let short: Vec<f64> = needed
        .iter()
        .zip(&online)
        .map(|(need, have)| need.max(*have))
        .collect();
    let gap = outcome.get(Output::GwGap202612);
    let (need, have) = (
        outcome.get(Output::GwNeeded202612),
        outcome.get(Output::GwOnline202612),
    );
    let committed = scenario.get(Lever::GwCommitted);
    let outgrown = outcome.month(Output::CommitmentOutgrown);
    let title = match (gap > 0.05, outgrown) {
        _ if committed < 0.05 => format!(
            "With nothing signed, {} of Trainium would be missing in December 2026",
            gigawatts(gap)
        ),
        (true, Some(month)) => format!(
            "{} would be outgrown in {}",
            signed(scenario),
            format::month(month)
        ),
        (true, None) => format!(
            "{} would be enough, but {} of it would be missing in December 2026",
            signed(scenario),
            gigawatts(gap)
        ),
        (false, _) => format!(
            "The power online would meet demand in December 2026, with {} to spare",
            gigawatts(-gap)
        ),
    };
    // The month of the title, up to the crossing; there is none where nothing is signed.
    let note = outgrown
        .filter(|month| gap > 0.05 && committed >= 0.05 && month.index() <= to)
        .map(|month| {
            let before = month.index() - 1;
            Note {
                from: before,
                to: before,
                value: committed,
                label: format::month(month),
                role: Role::Anthropic,
                ..Note::default()
            }
        });
    let label = if gap > 0.0 {
        format!("gap {}", gigawatts(gap))
    } else {
        format!("spare {}", gigawatts(-gap))
    };
    Picture {
        title,
        subtitle: "Trainium power for Anthropic, GW. Rings: published.".into(),
        summary: format!(
            "In December 2026 demand would need {} of Trainium, and {} would be online{}.",
            gigawatts(need),
            gigawatts(have),
            if committed < 0.05 {
                ""
            } else {
                "; what is signed is reached over time"
            }
        ),
        facts: &[
            ("first chips, October 2025", facts::NEWCARLISLE_INITIAL_TRN2),
            ("first phase, early 2026", facts::NEWCARLISLE_PHASE1_GW),
            ("signed", facts::ANTHROPIC_TRN_CAPACITY_COMMIT),
            ("ARR, December 2026", facts::ANTHROPIC_ARR_2026_12),
            (
                "revenue of New Carlisle",
                facts::NEWCARLISLE_REVENUE_ESTIMATE,
            ),
        ],
        shapes: Shapes::of(TimeChart {
            from,
            to,
            unit: "GW",
            top: 10.0,
            areas: vec![Area {
                label: String::new(),
                role: Role::Gap,
                // Under bands a strong shade would hide what it lies under.
                alpha: if case.odds.is_some() { 0.06 } else { 0.16 },
                lower: online.clone(),
                upper: short,
                ..Area::default()
            }],
            fans: [
                ("needed", Role::Anthropic, Series::GwNeeded),
                ("online", Role::Power, Series::GwOnline),
            ]
            .into_iter()
            .filter_map(|(name, role, series)| fan(case, (name, role), series, (from, to), 1.0))
            .collect(),
            lines: vec![
                Line {
                    label: "needed".into(),
                    role: Role::Anthropic,
                    dashed: false,
                    values: values(outcome, Series::GwNeeded, from, to, 1.0),
                },
                Line {
                    label: "online".into(),
                    role: Role::Power,
                    dashed: false,
                    values: online.into_iter().map(Some).collect(),
                },
                Line {
                    label: "signed".into(),
                    role: Role::Muted,
                    dashed: true,
                    values: (from..=to)
                        .map(|t| (t >= SIGNED).then_some(committed))
                        .collect(),
                },
            ],
            notes: note.into_iter().collect(),
            points: new_carlisle().to_vec(),
            gap: Some(GapMark {
                month: DECEMBER_2026,
                low: need.min(have),
                high: need.max(have),
                label,
            }),
            ..TimeChart::default()
        }),
    }
}

/// Power by site, stacked, under the demand that it is for.
pub(super) fn sites(case: Case<'_>) -> Picture {
    let Case {
        scenario, outcome, ..
    } = case;
    let first = filled(outcome, Series::GwNewCarlisle, FROM, TO, 1.0);
    let second = sum(
        &first,
        &filled(outcome, Series::GwNorthernIndiana, FROM, TO, 1.0),
    );
    let third = sum(&second, &filled(outcome, Series::GwUnnamed, FROM, TO, 1.0));
    let committed = scenario.get(Lever::GwCommitted);
    let full = (FROM..=TO)
        .find(|&t| third[t - FROM] >= committed - 1e-9)
        .and_then(Month::at)
        .filter(|_| committed >= 0.05);
    let needed = filled(outcome, Series::GwNeeded, FROM, TO, 1.0);
    let amount = format::lever(Lever::GwCommitted, committed);
    let title = match full {
        _ if committed < 0.05 => "With nothing signed, no site would serve Anthropic".into(),
        Some(month) => {
            let need = needed[month.index() - FROM];
            let all = if at_default(scenario, Lever::GwCommitted) {
                format!("All {amount} would stand by {}", format::month(month))
            } else {
                format!(
                    "{amount}, if signed, would all stand by {}",
                    format::month(month)
                )
            };
            if need > committed + 0.05 {
                format!("{all}; demand would need {} by then", gigawatts(need))
            } else {
                format!("{all}, enough for what demand would need")
            }
        }
        None => format!("The {amount} would not all be built by the end of 2029"),
    };
    let note = full.map(|month| Note {
        from: month.index(),
        to: TO,
        value: committed,
        label: format::month(month),
        start: true,
        role: Role::Power,
    });
    let area = |label: &str, alpha: f64, lower: &[f64], upper: &[f64]| Area {
        label: label.into(),
        role: Role::Power,
        alpha,
        lower: lower.to_vec(),
        upper: upper.to_vec(),
        ..Area::default()
    };
    let end = |path: &[f64]| gigawatts(path[TO - FROM]);
    Picture {
        title,
        subtitle: "Trainium power online, GW, from below: New Carlisle, Northern Indiana, sites not yet named. Line above: what demand needs. Rings: published.".into(),
        summary: format!(
            "At the end of 2029 {} at New Carlisle would serve Anthropic, {} with Northern Indiana, {} in all; where and when the rest would come is assumed.",
            end(&first),
            end(&second),
            end(&third)
        ),
        facts: &[
            ("New Carlisle", facts::NEWCARLISLE_GW),
            ("its first chips", facts::NEWCARLISLE_INITIAL_TRN2),
            ("its first phase", facts::NEWCARLISLE_PHASE1_GW),
            ("the rest of it", facts::NEWCARLISLE_PHASE2_GW),
            ("Northern Indiana", facts::NINDIANA_GW),
            ("build time", facts::RAINIER_BUILD_MONTHS),
        ],
        shapes: Shapes::of(TimeChart {
            from: FROM,
            to: TO,
            unit: "GW",
            top: 12.0,
            areas: vec![
                area("New Carlisle", 0.55, &vec![0.0; first.len()], &first),
                area("Northern Indiana", 0.34, &first, &second),
                area("not yet named", 0.17, &second, &third),
            ],
            fans: fan(case, ("online", Role::Power), Series::GwOnline, (FROM, TO), 1.0)
                .into_iter()
                .collect(),
            lines: vec![
                Line {
                    label: "needed".into(),
                    role: Role::Anthropic,
                    dashed: false,
                    values: values(outcome, Series::GwNeeded, FROM, TO, 1.0),
                },
                Line {
                    label: "online".into(),
                    role: Role::Power,
                    dashed: false,
                    values: third.into_iter().map(Some).collect(),
                },
            ],
            notes: note.into_iter().collect(),
            points: new_carlisle()
.into_iter()
.chain([                Published {
                    month: DECEMBER_2026,
                    value: facts::NEWCARLISLE_GW.middle(),
                    range: Some((facts::NEWCARLISLE_GW.low(), facts::NEWCARLISLE_GW.high())),
                    label: "New Carlisle in full, much of it expected by then",
                    role: Role::Power,
                    ..Published::default()
                },
])
.collect(),
            ..TimeChart::default()
        }),
    }
}

/// What Anthropic wants to buy, what the power can earn, and what is paid.
pub(super) fn earnings(case: Case<'_>) -> Picture {
    const YEAR: usize = 2027;
    let outcome = case.outcome;
    let year = |series: Series| outcome.year(series, YEAR);
    let (wanted, paid) = (year(Series::Demand), year(Series::Spend));
    let (trainium, all) = (year(Series::Supply), year(Series::SupplyAll));
    let title = if paid < wanted - 0.05 {
        format!(
            "Held to what its power can earn, AWS would take in {} of the {} that Anthropic wants to spend in {YEAR}",
            dollars(paid),
            dollars(wanted)
        )
    } else if paid > wanted + 0.05 {
        format!(
            "The pledge would keep payments at {} in {YEAR}, though Anthropic would want only {}",
            dollars(paid),
            dollars(wanted)
        )
    } else if paid > all {
        format!(
            "In {YEAR} Anthropic would pay {}; all AI power of AWS could earn {}",
            dollars(paid),
            dollars(all)
        )
    } else {
        format!(
            "In {YEAR} the AI power of AWS could earn {}, enough for the {} that Anthropic would pay",
            dollars(all),
            dollars(paid)
        )
    };
    let line = |label: &str, role: Role, dashed: bool, series: Series| Line {
        label: label.into(),
        role,
        dashed,
        values: values(outcome, series, FROM, TO, 12.0),
    };
    let want = filled(outcome, Series::Demand, FROM, TO, 12.0);
    let able = filled(outcome, Series::SupplyAll, FROM, TO, 12.0);
    let spent = filled(outcome, Series::Spend, FROM, TO, 12.0);
    // Two lines on each other would read as a third.
    let same = want.iter().zip(&spent).all(|(a, b)| (a - b).abs() < 1e-6);
    let mut lines = if same {
        vec![line("paid in full", Role::Anthropic, false, Series::Spend)]
    } else {
        vec![
            line("wanted", Role::Anthropic, true, Series::Demand),
            line("paid", Role::Anthropic, false, Series::Spend),
        ]
    };
    lines.extend([
        line("all power", Role::Power, true, Series::SupplyAll),
        line("Trainium", Role::Power, false, Series::Supply),
    ]);
    let held = if case.scenario.get(Lever::CapacityBinds) > 0.5 {
        "As set, payments are held to what the power can earn"
    } else {
        "As set, payments are not held to what the power can earn"
    };
    let met: Vec<f64> = want.iter().zip(&able).map(|(a, b)| a.min(*b)).collect();
    Picture {
        title,
        subtitle: "What Anthropic wants to buy and pays, and what the power can earn, each month at a yearly rate, $ bn. All power: all that AWS has for AI. Ring: published.".into(),
        summary: format!(
            "{held}. Of the {} the Trainium online could earn {} in {YEAR}, other AI power {}.",
            dollars(all),
            dollars(trainium),
            dollars(all - trainium)
        ),
        facts: &[
            (
                "AI revenue of AWS, early 2026",
                facts::AWS_AI_ANNUALIZED_2026Q1,
            ),
            ("sold share", facts::AMZN_CAPACITY_ABSORBED),
            ("the norm", facts::REVENUE_PER_GW_NORM),
            ("the pledge", facts::ANTHROPIC_AWS_COMMIT),
        ],
        shapes: Shapes::of(TimeChart {
            from: FROM,
            to: TO,
            unit: "$ bn a year",
            top: 90.0,
            areas: vec![Area {
                label: "beyond the power".into(),
                role: Role::Gap,
                alpha: 0.13,
                lower: met,
                upper: want,
                ..Area::default()
            }],
            fans: [
                (
                    if same { "paid in full" } else { "paid" },
                    Role::Anthropic,
                    Series::Spend,
                ),
                ("Trainium", Role::Power, Series::Supply),
            ]
            .into_iter()
            .filter_map(|(name, role, series)| fan(case, (name, role), series, (FROM, TO), 12.0))
            .collect(),
            lines,
            points: vec![Published {
                month: Month::new(2026, 2).index(),
                value: facts::AWS_AI_ANNUALIZED_2026Q1.value(),
                label: "AI revenue of AWS, at least",
                role: Role::Amazon,
                ..Published::default()
            }],
            ..TimeChart::default()
        }),
    }
}

/// What December 2026 needs at each price of Trainium.
pub(super) fn price_response(case: Case<'_>) -> Picture {
    /// Values of the price that are computed.
    const STEPS: usize = 45;
    /// In percent of itself.
    const NORM: f64 = 100.0;
    let Case {
        scenario, outcome, ..
    } = case;
    let spec = Lever::TrainiumPrice.spec();
    let now = scenario.get(Lever::TrainiumPrice);
    let elasticity = scenario.get(Lever::PriceElasticity);
    let prices: Vec<f64> = (0..=STEPS)
        .map(|i| spec.min + (spec.max - spec.min) * i as f64 / STEPS as f64)
        .collect();
    let at = |price: f64| price::at(scenario, outcome, price, elasticity);
    let here = at(now);
    let norm = at(NORM);
    let least = at(spec.min);
    let curve = |label: &str, role: Role, behind: bool, elasticity: f64| Curve {
        label: label.into(),
        role,
        behind,
        values: prices
            .iter()
            .map(|&price| price::at(scenario, outcome, price, elasticity).gigawatts)
            .collect(),
    };
    let cost = if (norm.dollars - here.dollars).abs() < 0.05 {
        "for the same money".to_owned()
    } else {
        format!(
            "for {} a year instead of {}",
            dollars(norm.dollars),
            dollars(here.dollars)
        )
    };
    let title = if (now - NORM).abs() < 0.05 {
        format!(
            "At the price of GPUs, as set, December 2026 needs {} for {} a year",
            gigawatts(here.gigawatts),
            dollars(here.dollars)
        )
    } else if gigawatts(norm.gigawatts) == gigawatts(here.gigawatts) {
        format!(
            "At the price of GPUs December 2026 would still need {}, {cost}",
            gigawatts(here.gigawatts)
        )
    } else {
        format!(
            "At the price of GPUs December 2026 would need {} instead of {}, {cost}",
            gigawatts(norm.gigawatts),
            gigawatts(here.gigawatts)
        )
    };
    let mark = |point: AtPrice, role: Role| Spotlight {
        x: point.price,
        y: point.gigawatts,
        role,
        label: format!("{}, {}", gigawatts(point.gigawatts), dollars(point.dollars)),
        short: gigawatts(point.gigawatts),
    };
    let percent = |price: f64| format::value(Unit::Percent, price);
    let signed = scenario.get(Lever::GwCommitted);
    Picture {
        title,
        subtitle: "Trainium needed in December 2026 at each price, in % of the GPU norm; dots: GW and $ bn a year. Dashed: if the work stayed the same, or the money.".into(),
        summary: format!(
            "At {} of the norm, as set, December 2026 needs {} for {} a year; at {} it would need {} for {}.",
            percent(now),
            gigawatts(here.gigawatts),
            dollars(here.dollars),
            percent(spec.min),
            gigawatts(least.gigawatts),
            dollars(least.dollars)
        ),
        facts: &[
            ("the pledge, spread", facts::COMMIT_PER_GW_BELOW_NORM_2),
            ("New Carlisle against the norm", facts::NEWCARLISLE_REVENUE_VS_NORM),
            ("the norm", facts::REVENUE_PER_GW_NORM),
            ("cheaper training, more of it", facts::CHEAPER_TRAINING_ELASTIC_DEMAND),
        ],
        shapes: Shapes::of(CurveChart {
            ticks: [20.0, 40.0, 60.0, 80.0, 100.0]
                .map(|price| (price, percent(price)))
                .to_vec(),
            names: prices
                .iter()
                .map(|&price| format!("{} of the GPU norm", percent(price)))
                .collect(),
            unit: "GW",
            top: 25.0,
            curves: vec![
                curve("same work", Role::Muted, true, 0.0),
                curve("same money", Role::Muted, true, 1.0),
                curve("needed", Role::Anthropic, false, elasticity),
            ],
            rules: vec![Level {
                label: format!("{} signed", format::lever(Lever::GwCommitted, signed)),
                role: Role::Power,
                value: signed,
            }],
            uprights: vec![(NORM, "GPU norm".into())],
            marks: vec![
                mark(here, Role::Anthropic),
                mark(least, Role::Muted),
                mark(norm, Role::Muted),
            ],
            says: vec![(
                "for".into(),
                prices
                    .iter()
                    .map(|&price| format!("{} a year", dollars(at(price).dollars)))
                    .collect(),
            )],
            at: prices,
            ..CurveChart::default()
        }),
    }
}

/// Power, chips and capex of each site.
pub(super) fn sites_cost(case: Case<'_>) -> Picture {
    let plans = plan::plans(case.scenario);
    let total = |of: fn(&Plan) -> f64| plans.iter().map(of).sum::<f64>();
    let (sites, servers) = (
        total(|plan| plan.site_capex),
        total(|plan| plan.server_capex),
    );
    let all = sites + servers;
    let committed = case.scenario.get(Lever::GwCommitted);
    let amount = format::lever(Lever::GwCommitted, committed);
    let cost = format!(
        "would cost {} to build, at an assumed {} a gigawatt for servers",
        dollars(all),
        format::lever(Lever::ServerCapex, case.scenario.get(Lever::ServerCapex))
    );
    let title = if committed < 0.05 {
        "With nothing signed there would be nothing to build for Anthropic".to_owned()
    } else if at_default(case.scenario, Lever::GwCommitted) {
        format!("The {amount} signed {cost}")
    } else {
        format!("{amount}, if signed, {cost}")
    };
    let share = if all > 0.0 {
        format!(", {} of the whole", format::percent(servers / all))
    } else {
        String::new()
    };
    let chips = |plan: &Plan| {
        format!(
            "{}, {} chips",
            gigawatts(plan.gigawatts),
            format::value(Unit::MillionChips, plan.million_chips)
        )
    };
    let rows = plans.iter().map(|plan| {
        let bar = |from: f64, size: f64, role: Role, alpha: f64, label: &str| Bar {
            from,
            to: from + size,
            role,
            alpha,
            label: label.into(),
            ..Bar::default()
        };
        Row {
            label: match plan.site {
                Site::Unnamed => "Not yet named".into(),
                site => site.name().into(),
            },
            bars: vec![
                bar(0.0, plan.site_capex, Role::Power, 0.45, "site"),
                bar(
                    plan.site_capex,
                    plan.server_capex,
                    Role::Chips,
                    0.75,
                    "servers and chips",
                ),
            ],
            marks: plan
                .published_capex
                .map(|budget| Mark {
                    value: budget,
                    role: Role::Power,
                    published: true,
                    label: format!("budget {}", dollars(budget)),
                })
                .into_iter()
                .collect(),
            note: chips(plan),
        }
    });
    let longest = plans.iter().map(|plan| plan.site_capex + plan.server_capex);
    let (high, ticks) = scale(longest, 56.0, 1.6);
    let thousand_servers = total(|plan| plan.thousand_servers);
    Picture {
        title,
        subtitle: "Capex of each site in full, $ bn; its power, and how many Trainium 2 chips that feeds. Rings: published budgets.".into(),
        summary: format!(
            "In all {} for sites and {} for servers and chips{share}; the power would feed {} Trainium 2 chips, or {} thousand UltraServers as large as Trainium 3’s.",
            dollars(sites),
            dollars(servers),
            format::value(Unit::MillionChips, total(|plan| plan.million_chips)),
            format::grouped(&format::number(thousand_servers, 0))
        ),
        facts: &[
            ("New Carlisle’s budget", facts::NEWCARLISLE_CAPEX),
            ("Northern Indiana’s", facts::NINDIANA_CAPEX),
            ("what budgets cover", facts::RAINIER_CAPEX_SCOPE_UNCLEAR),
            ("chips in the first phase", facts::NEWCARLISLE_PHASE1_TRN2),
            ("chips a server", facts::TRN3_ULTRASERVER_CHIPS),
        ],
        shapes: Shapes::of(RowChart {
            unit: Some("$ bn"),
            high,
            ticks,
            rows: rows.collect(),
            ..RowChart::default()
        }),
    }
}

/// What a gigawatt-year of Trainium and of GPUs costs, against what it earns.
pub(super) fn unit_economics(case: Case<'_>) -> Picture {
    let costs = model::model(case.scenario).economics;
    let (trainium, gpu) = (
        case.outcome.get(Output::TrainiumMargin),
        case.outcome.get(Output::GpuMargin),
    );
    let price = case.outcome.get(Output::TrainiumPricePerGw);
    let (high, ticks) = scale(
        [
            costs.trainium.total(),
            costs.gpu.total(),
            price,
            gpu_price_per_gw(),
        ],
        11.0,
        1.3,
    );
    let (most, least) = (trainium.max(gpu), trainium.min(gpu));
    let title = match (trainium > gpu, most < 0.0) {
        (true, true) => "Trainium would lose less of each dollar",
        (false, true) => "GPUs would lose less of each dollar",
        (true, false) => "Trainium would leave more of each dollar",
        (false, false) => "GPUs would leave more of each dollar",
    };
    // Where both lose, what they lose is compared.
    let sign = if most < 0.0 { -1.0 } else { 1.0 };
    let title = format!(
        "{title}: {} against {}",
        format::percent(sign * most),
        format::percent(sign * least)
    );
    let row = |label: &str, cost: &UnitCost<f64>, price: f64, margin: f64, published: bool| {
        let mut from = 0.0;
        let mut bars = Vec::new();
        let parts = [
            ("site", cost.site, Role::Power, 0.45),
            ("servers and chips", cost.servers, Role::Chips, 0.75),
            ("power", cost.power, Role::Power, 0.75),
            ("other", cost.running, Role::Muted, 0.45),
        ];
        for (name, part, role, alpha) in parts {
            let to = from + part;
            let bar = |from: f64, to: f64, named: bool| Bar {
                from,
                to,
                role,
                alpha,
                label: if named { name.into() } else { String::new() },
                says: quantity("$ bn", part),
                ..Bar::default()
            };
            // What it earns may stand within a part: the name keeps to the longer side.
            if from < price && price < to {
                let left = price - from > to - price;
                bars.extend([bar(from, price, left), bar(price, to, !left)]);
            } else {
                bars.push(bar(from, to, true));
            }
            from = to;
        }
        Row {
            label: label.into(),
            bars,
            marks: vec![Mark {
                value: price,
                role: Role::Amazon,
                published,
                label: format!("earns {}", format::value(Unit::UsdBn, price)),
            }],
            note: format!("margin {}", format::percent(margin)),
        }
    };
    Picture {
        title,
        subtitle: "Cost of a gigawatt for a year, $ bn, from the left: site (pale), servers and chips (green), power (blue), other (grey). Dot: what it earns; ring: the published norm.".into(),
        summary: format!(
            "A gigawatt-year would cost {} and earn {} with Trainium, {} and {} with GPUs; servers and chips, {} and {} of the cost, are depreciated over {}.",
            format::output(case.outcome, Output::TrainiumCostPerGw),
            dollars(price),
            format::output(case.outcome, Output::GpuCostPerGw),
            dollars(gpu_price_per_gw()),
            dollars(costs.trainium.servers),
            dollars(costs.gpu.servers),
            format::lever(
                Lever::ServerLife,
                case.scenario.get(Lever::ServerLife)
            )
        ),
        facts: &[
            ("the norm", facts::REVENUE_PER_GW_NORM),
            ("New Carlisle against it", facts::NEWCARLISLE_REVENUE_VS_NORM),
            ("site capex", facts::RAINIER_CAPEX_PER_GW),
            ("GPU capex", facts::NVIDIA_CAPEX_PER_GW),
        ],
        shapes: Shapes::of(RowChart {
            low: 0.0,
            high,
            ticks,
            rows: vec![
                row("Trainium", &costs.trainium, price, trainium, false),
                row("GPUs", &costs.gpu, gpu_price_per_gw(), gpu, true),
            ],
            ..RowChart::default()
        }),
    }
}
