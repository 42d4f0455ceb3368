//! Charts of AWS and its rivals.

use compute_loop_core::assumption::AWS_MARGIN_Q1_2026;
use compute_loop_core::fact::{Fact, facts};
use compute_loop_core::layers::{self, Layer};
use compute_loop_core::model::race;
use compute_loop_core::model::revenue::aws_annualized_2026q1;
use compute_loop_core::month::{Month, months_of};
use compute_loop_core::outcome::{Output, Series};
use compute_loop_core::parts::{self, AiParts};
use compute_loop_core::unit::Unit;
use compute_loop_core::words::{mark, t};
use compute_loop_core::{format, growth, say};

use super::bars::{Bar, Mark, Row, RowChart};
use super::time::{Area, Line, Moment, Published, TimeChart};
use super::{Case, Picture, Shapes, fan, filled, sum, values};
use crate::palette::Role;

const FROM: usize = Month::new(2024, 1).index();
const TO: usize = Month::new(2028, 12).index();
/// The end of the year by which a lift of the margin is predicted (`margin-lift-year`).
const LIFT: usize = Month::new(facts::MARGIN_LIFT_YEAR.value() as usize, 12).index();

/// AWS revenue at a yearly rate: without AI, and AI in three parts.
pub(super) fn revenue(case: Case<'_>) -> Picture {
    let Case {
        scenario, outcome, ..
    } = case;
    let nonai = filled(outcome, Series::NonaiRevenue, FROM, TO, 12.0);
    let ai = filled(outcome, Series::AiRevenue, FROM, TO, 12.0);
    let parts: Vec<Option<AiParts<f64>>> = (FROM..=TO)
        .map(|t| parts::of_month(scenario, outcome, Month::at(t)?))
        .collect();
    let part = |of: fn(&AiParts<f64>) -> f64| -> Vec<f64> {
        parts
            .iter()
            .map(|parts| parts.as_ref().map_or(0.0, of))
            .collect()
    };
    // Before the shares are known AI is drawn whole.
    let whole: Vec<f64> = ai
        .iter()
        .zip(&parts)
        .map(|(ai, parts)| if parts.is_none() { *ai } else { 0.0 })
        .collect();
    let mut floor = vec![0.0; nonai.len()];
    let mut area = |label: &str, edge: bool, role: Role, alpha: f64, size: &[f64]| {
        let lower = floor.clone();
        floor = sum(&lower, size);
        Area {
            label: label.into(),
            edge,
            role,
            alpha,
            lower,
            upper: floor.clone(),
        }
    };
    let behind = part(|parts| parts.behind_bedrock);
    // What is nothing has no name.
    let bedrock = if behind.iter().any(|&size| size > 0.0) {
        t("via Bedrock")
    } else {
        ""
    };
    let areas = vec![
        area(t("without AI"), false, Role::Amazon, 0.24, &nonai),
        area("", false, Role::Anthropic, 0.36, &whole),
        area(
            "Anthropic",
            true,
            Role::Anthropic,
            0.52,
            &part(|parts| parts.direct),
        ),
        area(bedrock, true, Role::Anthropic, 0.3, &behind),
        area(
            t("others"),
            true,
            Role::Muted,
            0.3,
            &part(|parts| parts.other),
        ),
    ];
    Picture {
        title: say!(
            "AWS would grow {growth} in 2026, and Anthropic would be {share} of it",
            growth = format::output(outcome, Output::AwsGrowth2026),
            share = format::output(outcome, Output::AnthropicShare2026)
        ),
        subtitle: t("AWS revenue at a yearly rate, $ bn. AI from 2026 on, from below: what Anthropic rents itself, what stands behind Claude sold via Bedrock, others. Ring: published.").into(),
        summary: say!(
            "AWS would take in {revenue} in 2026, {ai} of it from AI: {direct} from Anthropic direct, {behind_bedrock} behind Claude on Bedrock, {other} from others.",
            revenue = format::output(outcome, Output::AwsRevenue2026),
            ai = format::output(outcome, Output::AiRevenue2026),
            direct = format::output(outcome, Output::AiDirectShare),
            behind_bedrock = format::output(outcome, Output::AiBehindBedrockShare),
            other = format::output(outcome, Output::AiOtherShare)
        ),
        facts: const { &[
            (mark("AI revenue"), facts::AWS_AI_ANNUALIZED_2026Q1),
            (mark("its share of AWS"), facts::AWS_AI_MIX_2026Q1),
            (mark("Anthropic’s share of AI"), facts::ANTHROPIC_SHARE_AWS_AI_2026Q1),
            (mark("Bedrock’s"), facts::BEDROCK_SHARE_OF_AWS_AI),
        ] },
        shapes: Shapes::of(TimeChart {
            from: FROM,
            to: TO,
            unit: "$ bn a year",
            top: 300.0,
            areas,
            // Of the total alone: bands of parts that lie on each other would mean nothing.
            fans: fan(
                case,
                (t("AWS in all"), Role::Amazon),
                Series::AwsRevenue,
                (FROM, TO),
                12.0,
            )
            .into_iter()
            .collect(),
            lines: vec![Line {
                role: Role::Amazon,
                values: sum(&nonai, &ai).into_iter().map(Some).collect(),
                ..Line::default()
            }],
            points: vec![Published {
                month: Month::new(2026, 2).index(),
                value: aws_annualized_2026q1(),
                label: t("AI revenue over its share of AWS"),
                role: Role::Amazon,
                ..Published::default()
            }],
            ..TimeChart::default()
        }),
    }
}

/// A value held over a year, as a short level line with no name.
fn over_year(year: usize, (from, to): (usize, usize), value: f64, role: Role) -> Line {
    let months = months_of(year);
    Line {
        role,
        dashed: true,
        values: (from..=to)
            .map(|t| months.contains(&t).then_some(value))
            .collect(),
        ..Line::default()
    }
}

/// Growth of AWS over the year before, with AI and without.
pub(super) fn growth(case: Case<'_>) -> Picture {
    let outcome = case.outcome;
    let (from, to) = (Month::new(2025, 1).index(), TO);
    let line = |label: &str, series: Series, dashed: bool| Line {
        label: label.into(),
        role: Role::Amazon,
        dashed,
        values: (from..=to)
            .map(|t| Some(100.0 * growth::of_quarter(outcome, series, Month::at(t)?)?))
            .collect(),
    };
    let year =
        |series: Series, year: usize| growth::of_year(outcome, series, year).unwrap_or_default();
    let (now, next) = (
        year(Series::AwsRevenue, 2026),
        year(Series::AwsRevenue, 2027),
    );
    let without = year(Series::NonaiRevenue, 2026);
    let growth = format::percent(next);
    let then = if next < now - 0.005 {
        say!("in 2027 it would fall to {growth}", growth)
    } else if next > now + 0.005 {
        say!("in 2027 it would rise to {growth}", growth)
    } else {
        say!("in 2027 it would stay at {growth}", growth)
    };
    let (with, without_ai) = (format::percent(now), format::percent(without));
    let title = if now > without + 0.005 {
        say!(
            "AI would lift the growth of AWS in 2026: {with} instead of {without}; {then}",
            with,
            without = without_ai,
            then
        )
    } else {
        say!(
            "AI would not lift the growth of AWS in 2026: {with} instead of {without}; {then}",
            with,
            without = without_ai,
            then
        )
    };
    let published = |months: usize, fact: Fact, label: &'static str| Published {
        month: months,
        value: fact.value.unwrap_or_default(),
        label,
        role: Role::Amazon,
        ..Published::default()
    };
    let middle = |year: usize| Month::new(year, 7).index();
    let held = |year: usize, fact: Fact| {
        over_year(
            year,
            (from, to),
            fact.value.unwrap_or_default(),
            Role::Muted,
        )
    };
    Picture {
        title,
        subtitle: t("Growth of a quarter’s revenue over the year before, %. Rings: published, of a quarter or (with a line) of a year.").into(),
        summary: say!(
            "Without AI, AWS grows {without_2026} in 2026 and {without_2027} in 2027; with it {with_2026} and {with_2027}.",
            without_2026 = without_ai,
            without_2027 = format::percent(year(Series::NonaiRevenue, 2027)),
            with_2026 = with,
            with_2027 = growth
        ),
        facts: const { &[
            (mark("first quarter of 2026"), facts::AWS_GROWTH_2026Q1),
            (mark("all of 2026"), facts::AWS_GROWTH_2026),
            (mark("without AI, 2025"), facts::AWS_NONAI_GROWTH_2025),
            (mark("without AI, 2026"), facts::AWS_NONAI_GROWTH_2026),
        ] },
        shapes: Shapes::of(TimeChart {
            from,
            to,
            unit: mark("%"),
            top: 45.0,
            lines: vec![
                held(2025, facts::AWS_NONAI_GROWTH_2025),
                held(2026, facts::AWS_NONAI_GROWTH_2026),
                held(2026, facts::AWS_GROWTH_2026),
                line(t("without AI"), Series::NonaiRevenue, true),
                line("AWS", Series::AwsRevenue, false),
            ],
            points: vec![
                published(
                    Month::new(2026, 2).index(),
                    facts::AWS_GROWTH_2026Q1,
                    t("first quarter"),
                ),
                published(middle(2026), facts::AWS_GROWTH_2026, t("2026 as a whole, at least")),
                published(middle(2026), facts::AWS_NONAI_GROWTH_2026, t("2026 without AI")),
                published(middle(2025), facts::AWS_NONAI_GROWTH_2025, t("2025 without AI")),
            ],
            ..TimeChart::default()
        }),
    }
}

/// What each layer of AWS keeps of a dollar of sales.
pub(super) fn layers(case: Case<'_>) -> Picture {
    const YEARS: [usize; 2] = [2026, 2027];
    let years = YEARS.map(|year| layers::of_year(case.scenario, year));
    let name = |layer: Layer| match layer {
        Layer::Tokens => t("Tokens (Bedrock)"),
        Layer::Rental => t("AI hardware rented"),
        Layer::Rest => t("Everything else"),
    };
    let role = |layer: Layer| match layer {
        Layer::Tokens => Role::Anthropic,
        Layer::Rental => Role::Chips,
        Layer::Rest => Role::Amazon,
    };
    // A layer's margins, and its parts of sales where it is not the whole.
    let row = |label: &str,
               role: Role,
               published: bool,
               margins: [Option<f64>; 2],
               parts: [Option<f64>; 2]| {
        let [now, next] = [0, 1].map(|i| {
            let year = YEARS[i];
            match (margins[i].map(format::percent), parts[i]) {
                (None, _) => say!("{year}: nothing sold", year),
                // The earlier year is the lesser one: its margin alone, so that it keeps
                // off the next row on a telephone.
                (Some(margin), Some(part)) if i == 1 => say!(
                    "{year}: {margin} on {share} of sales",
                    year,
                    margin,
                    share = format::percent(part)
                ),
                (Some(margin), _) => say!("{year}: {margin}", year, margin),
            }
        });
        let dot = |margin: f64, published: bool, label: String| Mark {
            value: 100.0 * margin,
            role,
            published,
            label,
        };
        let bars = margins[1].map(|margin| Bar {
            from: 0.0,
            to: 100.0 * margin,
            role,
            alpha: 0.3,
            ..Bar::default()
        });
        let later = margins[1]
            .filter(|_| !published)
            .map(|margin| dot(margin, false, String::new()));
        let earlier = margins[0].map(|margin| dot(margin, published, now));
        Row {
            label: label.into(),
            bars: bars.into_iter().collect(),
            marks: later.into_iter().chain(earlier).collect(),
            note: next,
        }
    };
    let mut rows: Vec<Row> = (0..Layer::ALL.len())
        .map(|i| {
            let layer = years.map(|layers| layers[i]);
            row(
                name(layer[0].layer),
                role(layer[0].layer),
                layer[0].layer == Layer::Tokens,
                layer.map(|layer| layer.margin),
                layer.map(|layer| Some(layer.of_revenue)),
            )
        })
        .collect();
    let whole =
        [Output::AwsMargin2026, Output::AwsMargin2027].map(|output| Some(case.outcome.get(output)));
    rows.push(row(t("AWS in all"), Role::Ink, false, whole, [None; 2]));
    let least = years.iter().flatten().filter_map(|layer| layer.margin);
    // As far to the left as a margin reaches; one that is worse ends at the edge.
    let least = 100.0 * least.fold(0.0, f64::min).max(-1.0);
    let low = 20.0 * (least / 20.0).floor();
    let ticks = (0..)
        .map(|i| low + 20.0 * f64::from(i))
        .take_while(|&tick| tick < 61.0);
    let [_, rental, rest] = years[1];
    let ai_part = |i: usize| years[i][0].of_revenue + years[i][1].of_revenue;
    let title = match (rental.margin, rest.margin) {
        (Some(rented), Some(other)) if rented < 0.0 => say!(
            "Rented AI hardware would lose {lost} of each dollar in 2027, where AWS without AI keeps {kept}",
            lost = format::percent(-rented),
            kept = format::percent(other)
        ),
        (Some(rented), Some(other)) if rented < other => say!(
            "Rented AI hardware would keep {rented} of each dollar in 2027, less than the {other} of AWS without AI",
            rented = format::percent(rented),
            other = format::percent(other)
        ),
        (Some(rented), Some(other)) => say!(
            "Rented AI hardware would keep {rented} of each dollar in 2027, more than the {other} of AWS without AI",
            rented = format::percent(rented),
            other = format::percent(other)
        ),
        _ => {
            t("With no AI sold in 2027, all of AWS would earn what its other business does").into()
        }
    };
    Picture {
        title,
        subtitle: t("Operating margin of each layer in 2026 (below the bar) and 2027, with its part of the sales of 2027. Ring: published.").into(),
        summary: say!(
            "AI would be {share_2027} of sales in 2027, {share_2026} in 2026, and AWS in all would keep {margin}; of the layers, only tokens have a published margin.",
            share_2027 = format::percent(ai_part(1)),
            share_2026 = format::percent(ai_part(0)),
            margin = format::output(case.outcome, Output::AwsMargin2027)
        ),
        facts: const { &[
            (mark("margin of tokens"), facts::AWS_MAAS_OPM),
            (mark("Bedrock’s share of AI"), facts::BEDROCK_SHARE_OF_AWS_AI),
            (mark("rental is thin"), facts::AI_IAAS_MARGIN_THIN),
            (mark("margin of AWS"), facts::AWS_OPM_2026Q1),
        ] },
        shapes: Shapes::of(RowChart {
            low,
            high: 100.0,
            ticks: ticks
                .map(|margin| (margin, format!("{}\u{202f}%", format::number(margin, 0))))
                .collect(),
            rows,
            ..RowChart::default()
        }),
    }
}

/// The operating margin of AWS.
pub(super) fn margin(case: Case<'_>) -> Picture {
    let outcome = case.outcome;
    let (from, to) = (Month::new(2026, 1).index(), Month::new(2030, 12).index());
    let (now, next) = (
        outcome.get(Output::AwsMargin2026),
        outcome.get(Output::AwsMargin2027),
    );
    let move_points = 100.0 * (next - now);
    let title = if move_points > 0.05 {
        say!(
            "The margin of AWS would lift by {points} percentage points in 2027",
            points = format::number(move_points, 1)
        )
    } else if move_points < -0.05 {
        say!(
            "The margin of AWS would not lift by 2027: it would slip {points} percentage points",
            points = format::number(-move_points, 1)
        )
    } else {
        t("The margin of AWS would neither lift nor slip in 2027").into()
    };
    Picture {
        title,
        subtitle: t("Operating margin of AWS, %, by month and (dashed) over 2026 and 2027; the axis does not begin at zero. Ring: as read; its bar: the published bound.").into(),
        summary: say!(
            "The margin would be {margin_2026} in 2026 and {margin_2027} in 2027; it starts from one quarter, of which only a bound is published.",
            margin_2026 = format::share(now, 1),
            margin_2027 = format::share(next, 1)
        ),
        facts: const { &[
            (mark("margin, first quarter"), facts::AWS_OPM_2026Q1),
            (mark("margin of token services"), facts::AWS_MAAS_OPM),
            (mark("predicted lift"), facts::MARGIN_LIFT_YEAR),
        ] },
        shapes: Shapes::of(TimeChart {
            from,
            to,
            unit: mark("%"),
            base: 34.0,
            top: 38.0,
            fans: fan(
                case,
                (t("margin"), Role::Amazon),
                Series::AwsMargin,
                (from, to),
                100.0,
            )
            .into_iter()
            .collect(),
            lines: vec![
                over_year(2026, (from, to), 100.0 * now, Role::Muted),
                over_year(2027, (from, to), 100.0 * next, Role::Muted),
                Line {
                    label: t("margin").into(),
                    role: Role::Amazon,
                    values: values(outcome, Series::AwsMargin, from, to, 100.0),
                    ..Line::default()
                },
            ],
            points: vec![Published {
                month: Month::new(2026, 2).index(),
                value: 100.0 * AWS_MARGIN_Q1_2026.value,
                range: Some((
                    100.0 * AWS_MARGIN_Q1_2026.value,
                    facts::AWS_OPM_2026Q1.high(),
                )),
                label: t("first quarter, as read, and the bound it stays below"),
                role: Role::Amazon,
                ..Published::default()
            }],
            moments: vec![Moment {
                label: t("lift predicted by here"),
                short: t("lift due"),
                role: Role::Muted,
                month: LIFT,
            }],
            ..TimeChart::default()
        }),
    }
}

/// AI revenue of four clouds, carried on from one source’s table.
pub(super) fn race(case: Case<'_>) -> Picture {
    let _ = case;
    let (from, to) = (Month::new(2024, 1).index(), Month::new(2032, 1).index());
    // The rivals by ink and dashes, since no colour of the page is theirs.
    let role = |cloud: race::Cloud| match cloud {
        race::Cloud::Aws => Role::Amazon,
        race::Cloud::Azure => Role::Ink,
        race::Cloud::Google | race::Cloud::Oracle => Role::Muted,
    };
    let lines = race::Cloud::ALL
        .into_iter()
        .map(|cloud| Line {
            label: t(cloud.name()).into(),
            role: role(cloud),
            dashed: matches!(cloud, race::Cloud::Azure | race::Cloud::Oracle),
            values: (from..=to)
                .map(|t| {
                    let month = Month::at(t)?;
                    // A straight line between years on a logarithmic scale.
                    let part = (month.of_year() - 1) as f64 / 12.0;
                    let (now, next) = (
                        race::revenue(cloud, month.year()),
                        race::revenue(cloud, month.year() + 1),
                    );
                    Some(now * libm::pow(next / now, part))
                })
                .collect(),
        })
        .collect();
    let points = race::Cloud::ALL.into_iter().map(|cloud| Published {
        month: from,
        value: cloud.published().0.value(),
        label: t(cloud.name()),
        role: role(cloud),
        ..Published::default()
    });
    let early = facts::AWS_AI_ANNUALIZED_2024Q1;
    let elsewhere = Published {
        month: Month::new(2024, 2).index(),
        value: early.middle(),
        range: Some((early.low(), early.high())),
        label: t("AWS in another source"),
        name: t("AWS elsewhere"),
        role: Role::Amazon,
    };
    let title = match race::crossover() {
        Some(year) => {
            say!(
                "On one source’s table Azure would be ahead of AWS in AI revenue from {year}",
                year
            )
        }
        None => t("On one source’s table Azure would never pass AWS in AI revenue").into(),
    };
    Picture {
        title,
        subtitle: t("AI revenue, $ bn a year, logarithmic, in a definition that no other source shares. Rings and bar: published.")
            .into(),
        summary: say!(
            "The growth rates of the table are held to the end; it puts AWS at {amount} in 2024, other sources between {low} and {high}.",
            amount = format::value(Unit::UsdBn, facts::AWS_AI_REVENUE_2024_S1.value()),
            low = format::value(Unit::UsdBn, facts::AWS_AI_ANNUALIZED_2024Q1.low()),
            high = format::value(Unit::UsdBn, facts::AWS_AI_ANNUALIZED_2024Q1.high())
        ),
        facts: const { &[
            (mark("AWS"), facts::AWS_AI_REVENUE_2024_S1),
            (mark("its growth"), facts::AWS_AI_GROWTH_S1),
            (mark("AWS elsewhere"), facts::AWS_AI_ANNUALIZED_2024Q1),
            (mark("Azure"), facts::AZURE_AI_REVENUE_2024_S1),
            (mark("its growth"), facts::AZURE_AI_GROWTH_S1),
            (mark("Google"), facts::GCP_AI_REVENUE_2024_S1),
            (mark("its growth"), facts::GCP_AI_GROWTH_S1),
            (mark("Oracle"), facts::OCI_AI_REVENUE_2024_S1),
            (mark("its growth"), facts::OCI_AI_GROWTH_S1),
        ] },
        shapes: Shapes::of(TimeChart {
            from,
            to,
            unit: "$ bn a year",
            log: true,
            base: 0.8,
            top: 600.0,
            lines,
            points: points.chain([elsewhere]).collect(),
            moments: race::crossover()
                .map(|year| Moment {
                    label: t("Azure ahead from here"),
                    short: t("Azure ahead"),
                    role: Role::Muted,
                    month: Month::new(year, 1).index(),
                })
                .into_iter()
                .collect(),
            ..TimeChart::default()
        }),
    }
}
