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
use compute_loop_core::uncertainty;

use super::bars::{Bar, Mark, Row, RowChart, Share, Shares};
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
const NARROWEST: f64 = 245.0;

/// How far each belief alone moves a figure, and how much of its spread it accounts for.
pub(super) fn sway(case: Case<'_>) -> Picture {
    let Case {
        scenario,
        outcome,
        view,
        matters,
        ..
    } = case;
    let output = view.figure;
    let spec = output.spec();
    let shown = |value: f64| format::value(spec.unit, value);
    let now = outcome.get(output);
    let spans = sway::tornado(scenario, output);
    let matters = matters.filter(|known| known.output == output);
    let current = matters.is_some_and(|known| known.scenario == *scenario);
    let share = |lever: Lever| {
        if lever == Lever::ArrNetAdd {
            // Variance cannot be split between the two.
            return Some(Share::words("with ARR"));
        }
        let factor = matters?.factor(lever)?;
        Some(Share::of(factor.first.share, factor.total.share, current))
    };
    let mut rows: Vec<Row> = spans
        .iter()
        .map(|sway| {
            let Sway {
                lever,
                low,
                high,
                at_low,
                at_high,
            } = *sway;
            // Where the reader's value lies outside the two, the halves meet in between.
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
                label: format::lever(lever, rounded(lever, value)),
                says: shown(to),
                outside: true,
                ..Bar::default()
            };
            Row {
                label: short(lever).into(),
                bars: vec![half(at_low, PALE, low), half(at_high, DARK, high)],
                note: if at_low.to_bits() == at_high.to_bits() {
                    "no effect now".into()
                } else {
                    String::new()
                },
                ..Row::default()
            }
        })
        .collect();
    let moved = spans
        .first()
        .filter(|first| first.width() > 0.0)
        .map(|first| (short(first.lever), first.at_low, first.at_high));
    let ends = || {
        let ends = spans.iter().flat_map(|sway| [sway.at_low, sway.at_high]);
        ends.chain([now])
    };
    let most = ends().fold(f64::NEG_INFINITY, f64::max);
    let least = ends().fold(f64::INFINITY, f64::min);
    // Where nothing moves there is a scale all the same.
    let step = nice_step(((most - least) / 4.0).max(now.abs() / 1e3));
    let (bottom, top) = ((least / step).floor() * step, (most / step).ceil() * step);
    let top = if top > bottom { top } else { bottom + step };
    // Room for the labels beyond the bars' ends, and no more. The more room they take, the
    // more a pixel stands for; it settles as long as labels take less than the whole.
    let (mut low, mut high) = (bottom, top);
    for _ in 0..24 {
        let pixel = (high - low) / NARROWEST;
        (low, high) = (bottom, top);
        for bar in rows.iter().flat_map(|row| &row.bars) {
            let label = text_width(&bar.label, 12.0);
            if (bar.to - bar.from).abs() > pixel * (label + 8.0) {
                continue;
            }
            let beyond = pixel * (label + 7.0);
            low = low.min(if bar.to < bar.from {
                bar.to - beyond
            } else {
                low
            });
            high = high.max(if bar.to < bar.from {
                high
            } else {
                bar.to + beyond
            });
        }
    }
    let ticks = (0..=12)
        .map(|i| bottom + step * f64::from(i))
        .filter(|&value| value <= top + step * 1e-6)
        .map(|value| (value, shown(value)))
        .collect();
    rows.push(Row {
        label: "Left to interactions".into(),
        ..Row::default()
    });
    let left = matters.map(|known| {
        let left = known.indices.together.share;
        Share::of(left, left, current)
    });
    let shares = spans.iter().map(|sway| share(sway.lever)).chain([left]);
    let shares = shares.collect();
    Picture {
        title: match moved {
            Some((first, a, b)) => format!(
                "{first} matters most: alone it would take this figure from {} to {}",
                shown(a.min(b)),
                shown(a.max(b))
            ),
            None => "As things are set, no belief with a distribution moves this figure".into(),
        },
        subtitle: format!(
            "{}, with one belief at a time at its 10th (pale) and its 90th percentile (dark). On the right, how much of the spread it accounts for, alone (dark) and together with others (pale).",
            spec.label
        ),
        summary: format!(
            "{} as set. {}{}",
            shown(now),
            if output.depends_on(Lever::ArrNetAdd) {
                "ARR in December and what May added go together: with December, May moves to the middle of the worlds that end there; alone, only within those that end as set. "
            } else {
                ""
            },
            as_set(output)
        ),
        facts: &[
            ("build time", facts::RAINIER_BUILD_MONTHS),
            ("new capacity", facts::AWS_NEW_CAPACITY_3_7),
            ("the pledge per gigawatt", facts::COMMIT_PER_GW_BELOW_NORM_2),
        ],
        shapes: Shapes::of(RowChart {
            low,
            high,
            ticks,
            mark: Some((now, format!("now {}", shown(now)))),
            rows,
            shares: Some(Shares {
                name: "share of the spread",
                rows: shares,
            }),
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
        summary: if first.chance.is_none() {
            "The worlds are drawn once this chart is in view.".into()
        } else {
            format!(
                "Your own claim holds in {} worlds; of {} published figures {} would be reached in at least half of them.",
                rows.last().map_or_else(String::new, DotRow::often),
                CLAIMS.len(),
                match even {
                    0 => "none".to_owned(),
                    1 => "one".to_owned(),
                    n => format::number(n as f64, 0),
                }
            )
        },
        facts: &[
            ("growth of AWS", facts::AWS_GROWTH_2026),
            ("Anthropic’s share", facts::ANTHROPIC_SHARE_AWS_2026),
            ("ARR, December 2026", facts::ANTHROPIC_ARR_2026_12),
            ("signed", facts::ANTHROPIC_TRN_CAPACITY_COMMIT),
            ("margin, early 2026", facts::AWS_OPM_2026Q1),
        ],
        shapes: Shapes::of(DotChart { rows }),
    }
}

/// A value as finely as a key press sets it: a percentile is no more exact.
fn rounded(lever: Lever, value: f64) -> f64 {
    let step = lever.spec().step;
    lever.admit((value / step).round() * step)
}

/// Which of the beliefs behind a figure are taken as set.
fn as_set(output: Output) -> String {
    let set: Vec<&str> = Lever::ALL
        .into_iter()
        .filter(|&lever| output.depends_on(lever) && uncertainty::of(lever).is_none())
        .map(|lever| lever.spec().label)
        .collect();
    match set.as_slice() {
        [] => String::new(),
        [one] => format!("Taken as set: {one}."),
        [first, second] => format!("Taken as set: {first}; {second}."),
        [first, second, rest @ ..] => {
            format!("Taken as set: {first}; {second}; and {} more.", rest.len())
        }
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
        shapes: Shapes::of(RowChart {
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
        shapes: Shapes::of(TileChart {
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
