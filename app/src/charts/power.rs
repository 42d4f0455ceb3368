//! Charts of demand, sites and unit economics.

use compute_loop_core::fact::facts;
use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::model::gigawatts::{FIRST_GW, Site};
use compute_loop_core::model::{self, economics::UnitCost};
use compute_loop_core::month::Month;
use compute_loop_core::outcome::{GPU_PRICE_PER_GW, Output, Series};
use compute_loop_core::plan::{self, Plan};
use compute_loop_core::price::{self, AtPrice};
use compute_loop_core::unit::Unit;

use super::bars::{Bar, Mark, Row, RowChart};
use super::curve::{Curve, CurveChart, Spotlight};
use super::time::{Area, GapMark, Level, Line, Published, TimeChart, nice_step};
use super::{Case, Picture, Shapes, filled, sum, values};
use crate::palette::Role;

const FROM: usize = Month::new(2025, 1).index();
const TO: usize = Month::new(2029, 12).index();
const DECEMBER_2026: usize = Month::new(2026, 12).index();

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
    let signed = format::lever(Lever::GwCommitted, committed);
    let title = match (gap > 0.05, outcome.month(Output::CommitmentOutgrown)) {
        _ if committed < 0.05 => format!(
            "With nothing signed, {} of Trainium would be missing in December 2026",
            gigawatts(gap)
        ),
        (true, Some(month)) => format!(
            "The {signed} that Anthropic signed for are outgrown in {}",
            format::month(month)
        ),
        (true, None) => format!(
            "{signed} would be enough, but {} are missing in December 2026",
            gigawatts(gap)
        ),
        (false, _) => format!(
            "The power online meets demand in December 2026, with {} to spare",
            gigawatts(-gap)
        ),
    };
    let label = if gap > 0.0 {
        format!("gap {}", gigawatts(gap))
    } else {
        format!("spare {}", gigawatts(-gap))
    };
    Picture {
        title,
        subtitle: "Trainium power for Anthropic, GW. Rings: published.".into(),
        summary: format!(
            "In December 2026 demand needs {} of Trainium; {} is online.",
            gigawatts(need),
            gigawatts(have)
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
        shapes: Shapes::Time(TimeChart {
            from,
            to,
            unit: "GW",
            top: 10.0,
            areas: vec![Area {
                label: String::new(),
                role: Role::Gap,
                alpha: 0.16,
                lower: online.clone(),
                upper: short,
                ..Area::default()
            }],
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
            ],
            rules: vec![Level {
                label: format!("{signed} signed"),
                role: Role::Muted,
                value: committed,
            }],
            points: vec![
                Published {
                    month: Month::new(2025, 10).index(),
                    value: FIRST_GW,
                    label: "New Carlisle’s first chips",
                    role: Role::Power,
                    ..Published::default()
                },
                Published {
                    month: Month::new(2026, 2).index(),
                    value: facts::NEWCARLISLE_PHASE1_GW.value(),
                    label: "New Carlisle’s first phase",
                    role: Role::Power,
                    ..Published::default()
                },
            ],
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
    let full = (FROM..=TO)
        .find(|&t| third[t - FROM] >= scenario.get(Lever::GwCommitted) - 1e-9)
        .and_then(Month::at);
    let committed = format::lever(Lever::GwCommitted, scenario.get(Lever::GwCommitted));
    let title = match full {
        _ if scenario.get(Lever::GwCommitted) < 0.05 => {
            "With nothing signed, no site serves Anthropic".into()
        }
        Some(month) => format!("All {committed} stand by {}", format::month(month)),
        None => format!("The {committed} are not all built by the end of 2029"),
    };
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
        subtitle: "Trainium power online by site, and what demand needs, GW. Rings: published."
            .into(),
        summary: format!(
            "By the end of 2029 {} stand at New Carlisle, {} with Northern Indiana, {} in all.",
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
        shapes: Shapes::Time(TimeChart {
            from: FROM,
            to: TO,
            unit: "GW",
            top: 12.0,
            areas: vec![
                area("New Carlisle", 0.55, &vec![0.0; first.len()], &first),
                area("Northern Indiana", 0.34, &first, &second),
                area("not yet named", 0.17, &second, &third),
            ],
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
            points: vec![
                Published {
                    month: Month::new(2025, 10).index(),
                    value: FIRST_GW,
                    label: "New Carlisle’s first chips",
                    role: Role::Power,
                    ..Published::default()
                },
                Published {
                    month: Month::new(2026, 2).index(),
                    value: facts::NEWCARLISLE_PHASE1_GW.value(),
                    label: "New Carlisle’s first phase",
                    role: Role::Power,
                    ..Published::default()
                },
                Published {
                    month: DECEMBER_2026,
                    value: facts::NEWCARLISLE_GW.middle(),
                    range: Some((facts::NEWCARLISLE_GW.low(), facts::NEWCARLISLE_GW.high())),
                    label: "New Carlisle in full, much of it expected by then",
                    role: Role::Power,
                    ..Published::default()
                },
            ],
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
            "Held to what its power can earn, AWS takes {} of the {} that Anthropic wants to spend in {YEAR}",
            dollars(paid),
            dollars(wanted)
        )
    } else if paid > wanted + 0.05 {
        format!(
            "The pledge keeps payments at {} in {YEAR}, though Anthropic wants only {}",
            dollars(paid),
            dollars(wanted)
        )
    } else if paid > all {
        format!(
            "In {YEAR} Anthropic is to pay {}; all AI power of AWS could earn {}",
            dollars(paid),
            dollars(all)
        )
    } else {
        format!(
            "In {YEAR} the AI power of AWS can earn {}, enough for the {} that Anthropic pays",
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
    let met: Vec<f64> = want.iter().zip(&able).map(|(a, b)| a.min(*b)).collect();
    Picture {
        title,
        subtitle:
            "Each month at a yearly rate, $ bn; all power: what AWS has for AI. Ring: published."
                .into(),
        summary: format!(
            "In {YEAR} Anthropic wants to buy {} and pays {}; the Trainium online can earn {}, with other AI power {}.",
            dollars(wanted),
            dollars(paid),
            dollars(trainium),
            dollars(all)
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
        shapes: Shapes::Time(TimeChart {
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
            lines: vec![
                line("paid", Role::Amazon, false, Series::Spend),
                line("wanted", Role::Anthropic, true, Series::Demand),
                line("all power", Role::Power, true, Series::SupplyAll),
                line("Trainium", Role::Power, false, Series::Supply),
            ],
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
        shapes: Shapes::Curve(CurveChart {
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
    let signed = case.scenario.get(Lever::GwCommitted);
    let title = if signed < 0.05 {
        "With nothing signed there is nothing to build for Anthropic".to_owned()
    } else {
        format!(
            "The {} signed cost {} to build, {} of it for servers and chips",
            format::lever(Lever::GwCommitted, signed),
            dollars(all),
            format::percent(servers / all)
        )
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
            "In all {} for sites and {} for servers and chips; the power feeds {} Trainium 2 chips, or {} thousand UltraServers as large as Trainium 3’s.",
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
        shapes: Shapes::Rows(RowChart {
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
            GPU_PRICE_PER_GW,
        ],
        11.0,
        1.3,
    );
    let (most, least) = (trainium.max(gpu), trainium.min(gpu));
    let title = match (trainium > gpu, most < 0.0) {
        (true, true) => "Trainium loses less of each dollar",
        (false, true) => "GPUs lose less of each dollar",
        (true, false) => "Trainium leaves more of each dollar",
        (false, false) => "GPUs leave more of each dollar",
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
            bars.push(Bar {
                from,
                to: from + part,
                role,
                alpha,
                label: name.into(),
                ..Bar::default()
            });
            from += part;
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
        subtitle: "Cost of a gigawatt for a year (site, servers and chips, power, other) and what it earns, $ bn. Ring: published.".into(),
        summary: format!(
            "A gigawatt-year of Trainium costs {} and earns {}; one of GPUs costs {} and earns {}.",
            format::output(case.outcome, Output::TrainiumCostPerGw),
            format::value(Unit::UsdBn, price),
            format::output(case.outcome, Output::GpuCostPerGw),
            format::value(Unit::UsdBn, GPU_PRICE_PER_GW)
        ),
        facts: &[
            ("the norm", facts::REVENUE_PER_GW_NORM),
            ("New Carlisle against it", facts::NEWCARLISLE_REVENUE_VS_NORM),
            ("site capex", facts::RAINIER_CAPEX_PER_GW),
            ("GPU capex", facts::NVIDIA_CAPEX_PER_GW),
        ],
        shapes: Shapes::Rows(RowChart {
            unit: Some("$ bn"),
            low: 0.0,
            high,
            ticks,
            rows: vec![
                row("Trainium", &costs.trainium, price, trainium, false),
                row("GPUs", &costs.gpu, GPU_PRICE_PER_GW, gpu, true),
            ],
..RowChart::default()
        }),
    }
}
