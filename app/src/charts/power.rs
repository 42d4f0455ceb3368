//! Charts of demand, sites and unit economics.

use compute_loop_core::fact::facts;
use compute_loop_core::levers::Lever;
use compute_loop_core::model::gigawatts::{Site, first_gw};
use compute_loop_core::model::{self, economics::UnitCost};
use compute_loop_core::month::Month;
use compute_loop_core::outcome::{Output, Series, gpu_price_per_gw};
use compute_loop_core::plan::{self, Plan};
use compute_loop_core::price::{self, AtPrice};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::unit::Unit;
use compute_loop_core::words::{mark, t};
use compute_loop_core::{format, say};

use super::bars::{Bar, Mark, Row, RowChart};
use super::curve::{Curve, CurveChart, Spotlight};
use super::reading::{billions, quantity};
use super::time::{Area, GapMark, Level, Line, Note, Published, TimeChart, nice_step};
use super::{Case, Picture, Shapes, fan, filled, sum, values};
use crate::palette::Role;

const FROM: usize = Month::new(2025, 1).index();
const TO: usize = Month::new(2029, 12).index();
const DECEMBER_2026: usize = Month::new(2026, 12).index();
/// The month of the contract (`anthropic-trn-capacity-commit`).
const SIGNED: usize = Month::new(2026, 4).index();

fn at_default(scenario: &Scenario, lever: Lever) -> bool {
    (scenario.get(lever) - lever.spec().default).abs() < 1e-9
}

fn gigawatts(value: f64) -> String {
    format::value(Unit::Gw, value)
}

fn dollars(value: f64) -> String {
    format::value(Unit::UsdBn, value)
}

/// The right end of a scale of dollars from zero that holds all values, at least so long, with
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
    let ticks = ticks.map(|value| (value, format::grouped(&format::number(billions(value), 0))));
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
            t("New Carlisle’s first chips"),
        ),
        point(
            Month::new(2026, 2),
            facts::NEWCARLISLE_PHASE1_GW.value(),
            t("New Carlisle’s first phase"),
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
    let signed = format::lever(Lever::GwCommitted, committed);
    let title = match (
        gap > 0.05,
        outgrown,
        at_default(scenario, Lever::GwCommitted),
    ) {
        _ if committed < 0.05 => say!(
            "With nothing signed, {gap} of Trainium would be missing in December 2026",
            gap = gigawatts(gap)
        ),
        (true, Some(month), true) => say!(
            "The {signed} that Anthropic signed for would be outgrown in {month}",
            signed,
            month = format::month(month)
        ),
        (true, Some(month), false) => say!(
            "{signed}, if signed, would be outgrown in {month}",
            signed,
            month = format::month(month)
        ),
        (true, None, true) => say!(
            "The {signed} that Anthropic signed for would be enough, but {gap} of it would be missing in December 2026",
            signed,
            gap = gigawatts(gap)
        ),
        (true, None, false) => say!(
            "{signed}, if signed, would be enough, but {gap} of it would be missing in December 2026",
            signed,
            gap = gigawatts(gap)
        ),
        (false, ..) => say!(
            "The power online would meet demand in December 2026, with {spare} to spare",
            spare = gigawatts(-gap)
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
        say!("gap {amount}", amount = gigawatts(gap))
    } else {
        say!("spare {amount}", amount = gigawatts(-gap))
    };
    Picture {
        title,
        subtitle: t("Trainium power for Anthropic, GW. Rings: published.").into(),
        summary: if committed < 0.05 {
            say!(
                "In December 2026 demand would need {needed} of Trainium, and {online} would be online.",
                needed = gigawatts(need),
                online = gigawatts(have)
            )
        } else {
            say!(
                "In December 2026 demand would need {needed} of Trainium, and {online} would be online; what is signed is reached over time.",
                needed = gigawatts(need),
                online = gigawatts(have)
            )
        },
        facts: const {
            &[
                (
                    mark("first chips, October 2025"),
                    facts::NEWCARLISLE_INITIAL_TRN2,
                ),
                (
                    mark("first phase, early 2026"),
                    facts::NEWCARLISLE_PHASE1_GW,
                ),
                (mark("signed"), facts::ANTHROPIC_TRN_CAPACITY_COMMIT),
                (mark("ARR, December 2026"), facts::ANTHROPIC_ARR_2026_12),
                (
                    mark("revenue of New Carlisle"),
                    facts::NEWCARLISLE_REVENUE_ESTIMATE,
                ),
            ]
        },
        shapes: Shapes::of(TimeChart {
            from,
            to,
            unit: mark("GW"),
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
                (t("needed"), Role::Anthropic, Series::GwNeeded),
                (t("online"), Role::Power, Series::GwOnline),
            ]
            .into_iter()
            .filter_map(|(name, role, series)| fan(case, (name, role), series, (from, to), 1.0))
            .collect(),
            lines: vec![
                Line {
                    label: t("needed").into(),
                    role: Role::Anthropic,
                    dashed: false,
                    values: values(outcome, Series::GwNeeded, from, to, 1.0),
                },
                Line {
                    label: t("online").into(),
                    role: Role::Power,
                    dashed: false,
                    values: online.into_iter().map(Some).collect(),
                },
                Line {
                    label: t("signed").into(),
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
        _ if committed < 0.05 => t("With nothing signed, no site would serve Anthropic").into(),
        Some(month) => {
            let need = needed[month.index() - FROM];
            let month = format::month(month);
            let all_stands = if at_default(scenario, Lever::GwCommitted) {
                say!("All {amount} would stand by {month}", amount, month)
            } else {
                say!(
                    "{amount}, if signed, would all stand by {month}",
                    amount,
                    month
                )
            };
            if need > committed + 0.05 {
                say!(
                    "{all_stands}; demand would need {needed} by then",
                    all_stands,
                    needed = gigawatts(need)
                )
            } else {
                say!(
                    "{all_stands}, enough for what demand would need",
                    all_stands
                )
            }
        }
        None => say!(
            "The {amount} would not all be built by the end of 2029",
            amount
        ),
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
        subtitle: t("Trainium power online, GW, from below: New Carlisle, Northern Indiana, sites not yet named. Line above: what demand needs. Rings: published.").into(),
        summary: say!(
            "At the end of 2029 {new_carlisle} at New Carlisle would serve Anthropic, {both} with Northern Indiana, {all} in all; where and when the rest would come is assumed.",
            new_carlisle = end(&first),
            both = end(&second),
            all = end(&third)
        ),
        facts: const { &[
            (mark("New Carlisle"), facts::NEWCARLISLE_GW),
            (mark("its first chips"), facts::NEWCARLISLE_INITIAL_TRN2),
            (mark("its first phase"), facts::NEWCARLISLE_PHASE1_GW),
            (mark("the rest of it"), facts::NEWCARLISLE_PHASE2_GW),
            (mark("Northern Indiana"), facts::NINDIANA_GW),
            (mark("build time"), facts::RAINIER_BUILD_MONTHS),
        ] },
        shapes: Shapes::of(TimeChart {
            from: FROM,
            to: TO,
            unit: mark("GW"),
            top: 12.0,
            areas: vec![
                area(t("New Carlisle"), 0.55, &vec![0.0; first.len()], &first),
                area(t("Northern Indiana"), 0.34, &first, &second),
                area(t("not yet named"), 0.17, &second, &third),
            ],
            fans: fan(case, (t("online"), Role::Power), Series::GwOnline, (FROM, TO), 1.0)
                .into_iter()
                .collect(),
            lines: vec![
                Line {
                    label: t("needed").into(),
                    role: Role::Anthropic,
                    dashed: false,
                    values: values(outcome, Series::GwNeeded, FROM, TO, 1.0),
                },
                Line {
                    label: t("online").into(),
                    role: Role::Power,
                    dashed: false,
                    values: third.into_iter().map(Some).collect(),
                },
            ],
            notes: note.into_iter().collect(),
            points: new_carlisle().into_iter().chain([Published {
                    month: DECEMBER_2026,
                    value: facts::NEWCARLISLE_GW.middle(),
                    range: Some((facts::NEWCARLISLE_GW.low(), facts::NEWCARLISLE_GW.high())),
                    label: t("New Carlisle in full, much of it expected by then"),
                    role: Role::Power,
                    ..Published::default()
                }]).collect(),
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
        say!(
            "Held to what its power can earn, AWS would take in {paid} of the {wanted} that Anthropic wants to spend in {year}",
            paid = dollars(paid),
            wanted = dollars(wanted),
            year = YEAR
        )
    } else if paid > wanted + 0.05 {
        say!(
            "The pledge would keep payments at {paid} in {year}, though Anthropic would want only {wanted}",
            paid = dollars(paid),
            year = YEAR,
            wanted = dollars(wanted)
        )
    } else if paid > all {
        say!(
            "In {year} Anthropic would pay {paid}; all AI power of AWS could earn {all}",
            year = YEAR,
            paid = dollars(paid),
            all = dollars(all)
        )
    } else {
        say!(
            "In {year} the AI power of AWS could earn {all}, enough for the {paid} that Anthropic would pay",
            year = YEAR,
            all = dollars(all),
            paid = dollars(paid)
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
        vec![line(
            t("paid in full"),
            Role::Anthropic,
            false,
            Series::Spend,
        )]
    } else {
        vec![
            line(t("wanted"), Role::Anthropic, true, Series::Demand),
            line(t("paid"), Role::Anthropic, false, Series::Spend),
        ]
    };
    lines.extend([
        line(t("all power"), Role::Power, true, Series::SupplyAll),
        line("Trainium", Role::Power, false, Series::Supply),
    ]);
    let held = if case.scenario.get(Lever::CapacityBinds) > 0.5 {
        t("As set, payments are held to what the power can earn")
    } else {
        t("As set, payments are not held to what the power can earn")
    };
    let met: Vec<f64> = want.iter().zip(&able).map(|(a, b)| a.min(*b)).collect();
    Picture {
        title,
        subtitle: t("What Anthropic wants to buy and pays, and what the power can earn, each month at a yearly rate, $ bn. All power: all that AWS has for AI. Ring: published.").into(),
        summary: say!(
            "{as_set}. Of the {all} the Trainium online could earn {trainium} in {year}, other AI power {other}.",
            as_set = held,
            all = dollars(all),
            trainium = dollars(trainium),
            year = YEAR,
            other = dollars(all - trainium)
        ),
        facts: const { &[
            (mark("AI revenue of AWS, early 2026"), facts::AWS_AI_ANNUALIZED_2026Q1,
            ),
            (mark("sold share"), facts::AMZN_CAPACITY_ABSORBED),
            (mark("the norm"), facts::REVENUE_PER_GW_NORM),
            (mark("the pledge"), facts::ANTHROPIC_AWS_COMMIT),
        ] },
        shapes: Shapes::of(TimeChart {
            from: FROM,
            to: TO,
            unit: "$ bn a year",
            top: 90.0,
            areas: vec![Area {
                label: t("beyond the power").into(),
                role: Role::Gap,
                alpha: 0.13,
                lower: met,
                upper: want,
                ..Area::default()
            }],
            fans: [
                (
                    if same { t("paid in full") } else { t("paid") },
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
                label: t("AI revenue of AWS, at least"),
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
        t("for the same money").to_owned()
    } else {
        say!(
            "for {there} a year instead of {here}",
            there = dollars(norm.dollars),
            here = dollars(here.dollars)
        )
    };
    let title = if (now - NORM).abs() < 0.05 {
        say!(
            "At the price of GPUs, as set, December 2026 needs {needed} for {amount} a year",
            needed = gigawatts(here.gigawatts),
            amount = dollars(here.dollars)
        )
    } else if gigawatts(norm.gigawatts) == gigawatts(here.gigawatts) {
        say!(
            "At the price of GPUs December 2026 would still need {needed}, {cost}",
            needed = gigawatts(here.gigawatts),
            cost
        )
    } else {
        say!(
            "At the price of GPUs December 2026 would need {there} instead of {here}, {cost}",
            there = gigawatts(norm.gigawatts),
            here = gigawatts(here.gigawatts),
            cost
        )
    };
    let spotlight = |point: AtPrice, role: Role| Spotlight {
        x: point.price,
        y: point.gigawatts,
        role,
        label: say!(
            "{gigawatts}, {amount}",
            gigawatts = gigawatts(point.gigawatts),
            amount = dollars(point.dollars)
        ),
        short: gigawatts(point.gigawatts),
    };
    let percent = |price: f64| format::value(Unit::Percent, price);
    let signed = scenario.get(Lever::GwCommitted);
    Picture {
        title,
        subtitle: t("Trainium needed in December 2026 at each price, in % of the GPU norm; dots: GW and $ bn a year. Dashed: if the work stayed the same, or the money.").into(),
        summary: say!(
            "At {price} of the norm, as set, December 2026 needs {needed} for {amount} a year; at {least_price} it would need {least_needed} for {least_amount}.",
            price = percent(now),
            needed = gigawatts(here.gigawatts),
            amount = dollars(here.dollars),
            least_price = percent(spec.min),
            least_needed = gigawatts(least.gigawatts),
            least_amount = dollars(least.dollars)
        ),
        facts: const { &[
            (mark("the pledge, spread"), facts::COMMIT_PER_GW_BELOW_NORM_2),
            (mark("New Carlisle against the norm"), facts::NEWCARLISLE_REVENUE_VS_NORM),
            (mark("the norm"), facts::REVENUE_PER_GW_NORM),
            (mark("cheaper training, more of it"), facts::CHEAPER_TRAINING_ELASTIC_DEMAND),
        ] },
        shapes: Shapes::of(CurveChart {
            ticks: [20.0, 40.0, 60.0, 80.0, 100.0]
                .map(|price| (price, percent(price)))
                .to_vec(),
            names: prices
                .iter()
                .map(|&price| say!("{price} of the GPU norm", price = percent(price)))
                .collect(),
            unit: mark("GW"),
            top: 25.0,
            curves: vec![
                curve(t("same work"), Role::Muted, true, 0.0),
                curve(t("same money"), Role::Muted, true, 1.0),
                curve(t("needed"), Role::Anthropic, false, elasticity),
            ],
            rules: vec![Level {
                label: say!(
                    "{amount} signed",
                    amount = format::lever(Lever::GwCommitted, signed)
                ),
                role: Role::Power,
                value: signed,
            }],
            uprights: vec![(NORM, t("GPU norm").into())],
            marks: vec![
                spotlight(here, Role::Anthropic),
                spotlight(least, Role::Muted),
                spotlight(norm, Role::Muted),
            ],
            says: vec![(
                t("for").into(),
                prices
                    .iter()
                    .map(|&price| say!("{amount} a year", amount = dollars(at(price).dollars)))
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
    let (cost, assumed) = (
        dollars(all),
        format::lever(Lever::ServerCapex, case.scenario.get(Lever::ServerCapex)),
    );
    let title = if committed < 0.05 {
        t("With nothing signed there would be nothing to build for Anthropic").to_owned()
    } else if at_default(case.scenario, Lever::GwCommitted) {
        say!(
            "The {amount} signed would cost {cost} to build, at an assumed {assumed} a gigawatt for servers",
            amount,
            cost,
            assumed
        )
    } else {
        say!(
            "{amount}, if signed, would cost {cost} to build, at an assumed {assumed} a gigawatt for servers",
            amount,
            cost,
            assumed
        )
    };
    let of_servers = dollars(servers);
    let of_servers = if all > 0.0 {
        say!(
            "{amount} for servers and chips, {share} of the whole",
            amount = of_servers,
            share = format::percent(servers / all)
        )
    } else {
        say!("{amount} for servers and chips", amount = of_servers)
    };
    let chips = |plan: &Plan| {
        say!(
            "{gigawatts}, {count} chips",
            gigawatts = gigawatts(plan.gigawatts),
            count = format::value(Unit::MillionChips, plan.million_chips)
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
                Site::Unnamed => t("Not yet named").into(),
                site => t(site.name()).into(),
            },
            bars: vec![
                bar(0.0, plan.site_capex, Role::Power, 0.45, t("site")),
                bar(
                    plan.site_capex,
                    plan.server_capex,
                    Role::Chips,
                    0.75,
                    t("servers and chips"),
                ),
            ],
            marks: plan
                .published_capex
                .map(|budget| Mark {
                    value: budget,
                    role: Role::Power,
                    published: true,
                    label: say!("budget {amount}", amount = dollars(budget)),
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
        subtitle: t("Capex of each site in full, $ bn; its power, and how many Trainium 2 chips that feeds. Rings: published budgets.").into(),
        summary: say!(
            "In all {sites} for sites and {for_servers}; the power would feed {chips} Trainium 2 chips, or {thousands} thousand UltraServers as large as Trainium 3’s.",
            sites = dollars(sites),
            for_servers = of_servers,
            chips = format::value(Unit::MillionChips, total(|plan| plan.million_chips)),
            thousands = format::grouped(&format::number(thousand_servers, 0))
        ),
        facts: const { &[
            (mark("New Carlisle’s budget"), facts::NEWCARLISLE_CAPEX),
            (mark("Northern Indiana’s"), facts::NINDIANA_CAPEX),
            (mark("what budgets cover"), facts::RAINIER_CAPEX_SCOPE_UNCLEAR),
            (mark("chips in the first phase"), facts::NEWCARLISLE_PHASE1_TRN2),
            (mark("chips a server"), facts::TRN3_ULTRASERVER_CHIPS),
        ] },
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
    // Where both lose, what they lose is compared.
    let (first, second) = if most < 0.0 {
        (format::percent(-most), format::percent(-least))
    } else {
        (format::percent(most), format::percent(least))
    };
    let title = match (trainium > gpu, most < 0.0) {
        (true, true) => say!(
            "Trainium would lose less of each dollar: {first} against {second}",
            first,
            second
        ),
        (false, true) => say!(
            "GPUs would lose less of each dollar: {first} against {second}",
            first,
            second
        ),
        (true, false) => say!(
            "Trainium would leave more of each dollar: {first} against {second}",
            first,
            second
        ),
        (false, false) => say!(
            "GPUs would leave more of each dollar: {first} against {second}",
            first,
            second
        ),
    };
    let row = |label: &str, cost: &UnitCost<f64>, price: f64, margin: f64, published: bool| {
        let mut from = 0.0;
        let mut bars = Vec::new();
        let parts = [
            (t("site"), cost.site, Role::Power, 0.45),
            (t("servers and chips"), cost.servers, Role::Chips, 0.75),
            (t("power"), cost.power, Role::Power, 0.75),
            (t("other"), cost.running, Role::Muted, 0.45),
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
                label: say!("earns {amount}", amount = dollars(price)),
            }],
            note: say!("margin {share}", share = format::percent(margin)),
        }
    };
    Picture {
        title,
        subtitle: t("Cost of a gigawatt for a year, $ bn, from the left: site (pale), servers and chips (green), power (blue), other (grey). Dot: what it earns; ring: the published norm.").into(),
        summary: say!(
            "A gigawatt-year would cost {trainium_cost} and earn {trainium_price} with Trainium, {gpu_cost} and {gpu_price} with GPUs; servers and chips, {trainium_servers} and {gpu_servers} of the cost, are depreciated over {years}.",
            trainium_cost = format::output(case.outcome, Output::TrainiumCostPerGw),
            trainium_price = dollars(price),
            gpu_cost = format::output(case.outcome, Output::GpuCostPerGw),
            gpu_price = dollars(gpu_price_per_gw()),
            trainium_servers = dollars(costs.trainium.servers),
            gpu_servers = dollars(costs.gpu.servers),
            years = format::lever(Lever::ServerLife, case.scenario.get(Lever::ServerLife))
        ),
        facts: const { &[
            (mark("the norm"), facts::REVENUE_PER_GW_NORM),
            (mark("New Carlisle against it"), facts::NEWCARLISLE_REVENUE_VS_NORM),
            (mark("site capex"), facts::RAINIER_CAPEX_PER_GW),
            (mark("GPU capex"), facts::NVIDIA_CAPEX_PER_GW),
        ] },
        shapes: Shapes::of(RowChart {
            low: 0.0,
            high,
            ticks,
            rows: vec![
                row("Trainium", &costs.trainium, price, trainium, false),
                row(t("GPUs"), &costs.gpu, gpu_price_per_gw(), gpu, true),
            ],
            ..RowChart::default()
        }),
    }
}
