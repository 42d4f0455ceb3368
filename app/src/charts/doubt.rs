//! Charts of what moves the answer, and of what does not fit.

use compute_loop_core::chance::{CLAIMS, Claim, OPEN, Open};
use compute_loop_core::claim;
use compute_loop_core::fact::facts;
use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::odds::Asked;
use compute_loop_core::outcome::Output;
use compute_loop_core::replication::{self, Verdict};
use compute_loop_core::sway::{self, Sway};
use compute_loop_core::unit::Unit;

use super::bars::{Bar, Mark, Row, RowChart};
use super::dots::{DotChart, DotRow};
use super::surface::text_width;
use super::tiles::{Group, Tile, TileChart};
use super::time::nice_step;
use super::{Case, Picture, Shapes, View, short};
use crate::palette::Role;

/// Words with the apostrophe of print.
fn curly(words: &str) -> String {
    words.replace('\'', "’")
}

/// Strength of the bars of low ends and of high ends.
const PALE: f64 = 0.3;
const DARK: f64 = 0.8;
/// The least width of the scale on the page, in CSS pixels: labels take most of it there.
const NARROWEST: f64 = 250.0;

/// How far each belief alone moves the gap of December 2026 within its range.
pub(super) fn sway(case: Case<'_>) -> Picture {
    let Case {
        scenario, outcome, ..
    } = case;
    let now = outcome.get(Output::GwGap202612);
    let spans = sway::of(scenario, Output::GwGap202612, |lever| {
        sway::plausible(lever).filter(|_| Output::GwGap202612.depends_on(lever))
    });
    let rows: Vec<Row> = spans
        .iter()
        .map(|sway| {
            let Sway {
                lever,
                low,
                high,
                at_low,
                at_high,
            } = *sway;
            // Where the belief stands outside its range, the halves meet in its middle.
            let inside = (now - at_low) * (now - at_high) <= 0.0;
            let from = if inside {
                now
            } else {
                f64::midpoint(at_low, at_high)
            };
            let half = |to: f64, alpha: f64, value: f64| Bar {
                from,
                to,
                role: Role::Muted,
                alpha,
                label: format::lever(lever, value),
                says: format!("gap {}", format::value(Unit::Gw, to)),
                outside: true,
                ..Bar::default()
            };
            Row {
                label: short(lever).into(),
                bars: vec![half(at_low, PALE, low), half(at_high, DARK, high)],
                marks: vec![],
                note: if at_low.to_bits() == at_high.to_bits() {
                    "no effect now".into()
                } else {
                    String::new()
                },
            }
        })
        .collect();
    let ends = || spans.iter().flat_map(|sway| [sway.at_low, sway.at_high]);
    let most = ends().fold(24.0, f64::max);
    let least = ends().fold(0.0, f64::min);
    let step = nice_step((most - least) / 5.0);
    let top = (most / step).ceil() * step;
    // Room for the labels beyond the bars' ends, and no more.
    let pixel = 1.1 * (top - least) / NARROWEST;
    let reach = |bar: &Bar| {
        let beyond = pixel * (text_width(&bar.label, 12.0) + 7.0);
        if bar.to < bar.from {
            bar.to - beyond
        } else {
            bar.to + beyond
        }
    };
    let bars = || rows.iter().flat_map(|row: &Row| &row.bars);
    let inside =
        |bar: &&Bar| (bar.to - bar.from).abs() > pixel * (text_width(&bar.label, 12.0) + 8.0);
    let outside = || bars().filter(|bar| !inside(bar)).map(reach);
    let low = outside().fold(least, f64::min);
    let high = outside().fold(top, f64::max);
    let ticks = (0..=12)
        .map(|i| (least / step).ceil() * step + step * f64::from(i))
        .filter(|&value| value <= top + 1e-9)
        .map(|value| (value, format::number(value, usize::from(step < 1.0))))
        .collect();
    let (first, a, b) = spans.first().map_or(("No belief", now, now), |sway| {
        (short(sway.lever), sway.at_low, sway.at_high)
    });
    Picture {
        title: format!(
            "{} matters most: within the ranges chosen here the gap would run from {} to {}",
            first,
            format::value(Unit::Gw, a.min(b)),
            format::value(Unit::Gw, a.max(b))
        ),
        subtitle: "Gap of December 2026, GW, with one belief at a time at either end of its range. Pale: low end; dark: high end.".into(),
        summary: format!(
            "The gap is {} as set. The ranges are what sources and ratios leave plausible for {} of {} beliefs; the others, and beliefs moved together, are left out.",
            format::value(Unit::Gw, now),
            spans.len(),
            Lever::ALL.len()
        ),
        facts: &[
            ("build time", facts::RAINIER_BUILD_MONTHS),
            ("new capacity", facts::AWS_NEW_CAPACITY_3_7),
            ("the pledge per gigawatt", facts::COMMIT_PER_GW_BELOW_NORM_2),
        ],
        shapes: Shapes::Rows(RowChart {
            low,
            high,
            ticks,
            mark: Some((now, format!("now {}", format::value(Unit::Gw, now)))),
            rows,
            ..RowChart::default()
        }),
    }
}

/// The outputs of the claims and of the reader's own figure, each once.
pub(super) fn asked(view: View) -> Vec<Asked> {
    let own = open(view);
    let own = Asked {
        output: own.output,
        at_least: vec![own.in_unit(view.open_at)],
    };
    let mut asked: Vec<Asked> = vec![];
    for one in CLAIMS.iter().map(Claim::asked).chain([own]) {
        match asked.iter_mut().find(|known| known.output == one.output) {
            Some(known) => known.at_least.extend(one.at_least),
            None => asked.push(one),
        }
    }
    asked
}

/// The figure that a reader asks the odds of.
fn open(view: View) -> &'static Open {
    OPEN.get(view.open).unwrap_or(&OPEN[0])
}

/// What a claim about an output is about.
fn thing(output: Output) -> Role {
    match output {
        Output::Arr202612 | Output::AnthropicShare2026 | Output::GwNeeded202612 => Role::Anthropic,
        Output::TrainiumMargin => Role::Chips,
        Output::GwGap202612 => Role::Gap,
        _ => Role::Amazon,
    }
}

/// In how many of a hundred worlds each of some claims holds.
pub(super) fn odds(case: Case<'_>) -> Picture {
    let row = |label: String, output: Output, at_least: f64| {
        let figure = case.odds.and_then(|odds| odds.figure(output));
        let chance = figure.and_then(|figure| figure.at_least(at_least));
        DotRow {
            label,
            role: thing(output),
            chance: chance.map(|chance| (chance.share, chance.error)),
        }
    };
    let own = open(case.view);
    let rows: Vec<DotRow> = CLAIMS
        .iter()
        .map(|claim| row(claim.words(), claim.output, claim.at_least))
        .chain([row(
            own.words(case.view.open_at),
            own.output,
            own.in_unit(case.view.open_at),
        )])
        .collect();
    let first = &rows[0];
    let title = match first.chance {
        Some(_) => format!("{} in {} worlds", first.label, first.often()),
        None => "How often would the published figures come out?".to_owned(),
    };
    let even = rows[..CLAIMS.len()]
        .iter()
        .filter_map(|row| row.chance)
        .filter(|&(share, _)| share >= 0.5)
        .count();
    Picture {
        title,
        subtitle: "Each dot stands for one of a hundred worlds about your beliefs; filled where the claim holds. The last claim is yours to set.".into(),
        summary: format!(
            "Your own claim holds in {} worlds; of {} published figures {} would be reached in at least half of them.",
            rows.last().map_or_else(String::new, DotRow::often),
            CLAIMS.len(),
            match even {
                0 => "none".to_owned(),
                1 => "one".to_owned(),
                n => format::number(n as f64, 0),
            }
        ),
        facts: &[
            ("growth of AWS", facts::AWS_GROWTH_2026),
            ("Anthropic’s share", facts::ANTHROPIC_SHARE_AWS_2026),
            ("ARR, December 2026", facts::ANTHROPIC_ARR_2026_12),
            ("signed", facts::ANTHROPIC_TRN_CAPACITY_COMMIT),
            ("margin, early 2026", facts::AWS_OPM_2026Q1),
        ],
        shapes: Shapes::Dots(DotChart { rows }),
    }
}

/// Published claims of one thing, each as a multiple of what the model takes.
pub(super) fn claims(case: Case<'_>) -> Picture {
    let Case {
        scenario, outcome, ..
    } = case;
    let claims = claim::claims(scenario, outcome);
    let rows: Vec<Row> = claims
        .iter()
        .map(|claim| Row {
            label: curly(claim.what),
            bars: vec![],
            marks: core::iter::once(Mark {
                value: 1.0,
                role: Role::Ink,
                published: false,
                label: String::new(),
            })
            .chain(claim.published.iter().filter_map(|&value| {
                let label = format::value(claim.unit, value);
                claim.times(value).map(|value| Mark {
                    value,
                    role: Role::Muted,
                    published: true,
                    label,
                })
            }))
            .collect(),
            note: if claim.model > 0.0 {
                String::new()
            } else {
                "the model has none".into()
            },
        })
        .collect();
    let claimed: Vec<(&str, Option<f64>)> = claims
        .iter()
        .flat_map(|claim| {
            claim
                .published
                .iter()
                .map(|&value| (claim.what, claim.times(value)))
        })
        .collect();
    let apart = |times: f64| times.max(1.0 / times);
    let near = claimed
        .iter()
        .filter(|(_, times)| times.is_some_and(|times| apart(times) <= 2.0))
        .count();
    let far = claimed.len() - near;
    let farthest = claimed
        .iter()
        .filter_map(|&(what, times)| times.map(|times| (what, apart(times))))
        .max_by(|a, b| a.1.total_cmp(&b.1));
    let summary = farthest.map_or_else(String::new, |(what, times)| {
        format!(
            "The farthest apart is {}, by a factor of {}; {near} claims lie within a factor of two.",
            curly(what),
            format::number(times, 1)
        )
    });
    Picture {
        title: format!(
            "{} of {} published claims are over twice, or under half, what the model uses",
            far,
            claimed.len()
        ),
        subtitle:
            "What sources say (rings) as a multiple of what the model uses (dot at 1), logarithmic."
                .into(),
        summary,
        facts: &[
            ("invested by January 2026", facts::AMZN_ANTHROPIC_TOTAL_S3),
            ("the April package", facts::DEAL_TOTAL_S1),
            ("claimed saving", facts::TRN_TRAINING_COST_SAVING_CLAIMED),
            ("the pledge per gigawatt", facts::COMMIT_PER_GW_BELOW_NORM_2),
            ("the norm", facts::REVENUE_PER_GW_NORM),
            ("new capacity", facts::AWS_NEW_CAPACITY_3_7),
            ("AI revenue, 2024", facts::AWS_AI_REVENUE_2024_S1),
            ("site capex", facts::RAINIER_CAPEX_PER_GW),
            ("the government’s capex", facts::GOV_AI_CAPEX),
            ("its power", facts::GOV_AI_GW),
            ("Nvidia’s frame", facts::NVIDIA_CAPEX_PER_GW),
        ],
        shapes: Shapes::Rows(RowChart {
            low: 0.18,
            high: 25.0,
            log: true,
            ticks: [
                (0.25, "¼ ×"),
                (0.5, "½ ×"),
                (1.0, "1 ×"),
                (2.0, "2 ×"),
                (5.0, "5 ×"),
                (10.0, "10 ×"),
                (20.0, "20 ×"),
            ]
            .map(|(v, text)| (v, text.to_owned()))
            .to_vec(),
            rows,
            ..RowChart::default()
        }),
    }
}

/// Verdicts of the replication table, a tile a row.
pub(super) fn verdicts(case: Case<'_>) -> Picture {
    let rows = replication::in_order(replication::replicate(case.outcome));
    let of = |verdict: Verdict| -> Vec<Tile> {
        rows.iter()
            .filter(|row| row.verdict == verdict)
            .map(|row| Tile {
                label: row.id.to_owned(),
                what: curly(row.figure),
                published: curly(row.published),
                computed: curly(&row.computed),
                verdict: verdict.name().into(),
            })
            .collect()
    };
    let group = |verdict: Verdict, label: &str, role: Role, alpha: f64| Group {
        label: label.into(),
        role,
        alpha,
        tiles: of(verdict),
    };
    let fails = of(Verdict::Fails);
    // So many are named; more would be a list.
    let named: Vec<String> = fails
        .iter()
        .take(3)
        .map(|tile| format!("{} ({})", tile.what, tile.label))
        .collect();
    let agree = of(Verdict::Agrees).len();
    let tension = of(Verdict::Tension).len();
    let moved = rows.iter().filter(|row| row.verdict != row.recorded);
    let moved = moved.count();
    let more = fails.len() - named.len();
    let mut summary = match (named.is_empty(), more) {
        (true, _) => "None fails.".to_owned(),
        (false, 0) => format!("Failing: {}.", named.join("; ")),
        (false, more) => format!("Failing: {}; and {more} more.", named.join("; ")),
    };
    if moved > 0 {
        summary = format!("{summary} Your beliefs, not the sources, decide {moved}.");
    }
    Picture {
        title: format!(
            "Of {} figures checked, {agree} hold, {tension} {} in tension and {} {}",
            rows.len(),
            if tension == 1 { "is" } else { "are" },
            fails.len(),
            if fails.len() == 1 { "fails" } else { "fail" }
        ),
        subtitle: "Every derived figure of the sources (R) and cross-checks between them (X). In tension: two figures that cannot both hold."
            .into(),
        summary,
        facts: &[],
        shapes: Shapes::Tiles(TileChart {
            groups: [
                group(Verdict::Fails, "fail", Role::Gap, 0.85),
                group(Verdict::Tension, "in tension", Role::Gap, 0.3),
                group(
                    Verdict::UnderDetermined,
                    "reachable only with a hidden input",
                    Role::Amazon,
                    0.3,
                ),
                group(Verdict::NotCheckable, "not checkable", Role::Muted, 0.3),
                group(
                    Verdict::Reproduces,
                    "fix a number that is not printed",
                    Role::Power,
                    0.3,
                ),
                group(Verdict::Agrees, "agree", Role::Chips, 0.3),
            ]
            .to_vec(),
        }),
    }
}
