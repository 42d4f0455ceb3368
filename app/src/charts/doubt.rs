//! Charts of what moves the answer, and of what does not fit.

use compute_loop_core::chance::{CLAIMS, Claim, OPEN, Open};
use compute_loop_core::claim;
use compute_loop_core::fact::facts;
use compute_loop_core::levers::Lever;
use compute_loop_core::odds::Asked;
use compute_loop_core::outcome::Output;
use compute_loop_core::replication::{self, Verdict};
use compute_loop_core::sway::{self, Sway};
use compute_loop_core::uncertainty;
use compute_loop_core::words::{mark, t};
use compute_loop_core::{format, plural, say};

use super::bars::{Bar, Mark, Row, RowChart, Share, Shares};
use super::dots::{DotChart, DotRow};
use super::surface::text_width;
use super::tiles::{Group, Tile, TileChart};
use super::time::nice_step;
use super::{Case, Picture, Shapes, View, after, short};
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
            return Some(Share::words(t("with ARR")));
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
                    t("no effect now").into()
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
        label: t("Left to interactions").into(),
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
            Some((belief, a, b)) => say!(
                "{belief} matters most: alone it would take this figure from {low} to {high}",
                belief,
                low = shown(a.min(b)),
                high = shown(a.max(b))
            ),
            None => t("As things are set, no belief with a distribution moves this figure").into(),
        },
        subtitle: say!(
            "{figure}, with one belief at a time at its 10th (pale) and its 90th percentile (dark). On the right, how much of the spread it accounts for, alone (dark) and together with others (pale).",
            figure = t(spec.label)
        ),
        summary: after(
            &say!("{value} as set.", value = shown(now)),
            &if output.depends_on(Lever::ArrNetAdd) {
                after(
                    t(
                        "ARR in December and what May added go together: with December, May moves to the middle of the worlds that end there; alone, only within those that end as set.",
                    ),
                    &as_set(output),
                )
            } else {
                as_set(output)
            },
        ),
        facts: const {
            &[
                (mark("build time"), facts::RAINIER_BUILD_MONTHS),
                (mark("new capacity"), facts::AWS_NEW_CAPACITY_3_7),
                (
                    mark("the pledge per gigawatt"),
                    facts::COMMIT_PER_GW_BELOW_NORM_2,
                ),
            ]
        },
        shapes: Shapes::of(RowChart {
            low,
            high,
            ticks,
            mark: Some((now, say!("now {value}", value = shown(now)))),
            rows,
            shares: Some(Shares {
                name: t("share of the spread"),
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
        Some((share, _)) => say!(
            "{claim} in {count} of 100 worlds",
            claim = first.label,
            count = format::of_hundred(share)
        ),
        None => t("How often would the published figures come out?").to_owned(),
    };
    let even = rows[..CLAIMS.len()]
        .iter()
        .filter_map(|row| row.chance)
        .filter(|&(share, _)| share >= 0.5)
        .count();
    let total = CLAIMS.len();
    let reached = match even {
        0 => say!(
            "of {total} published figures none would be reached in at least half of them",
            total
        ),
        1 => say!(
            "of {total} published figures one would be reached in at least half of them",
            total
        ),
        count => say!(
            "of {total} published figures {count} would be reached in at least half of them",
            total,
            count
        ),
    };
    let set = rows.last().and_then(|row| row.chance);
    Picture {
        title,
        subtitle: t("Each dot stands for one of a hundred worlds about your beliefs; filled where the claim holds. The last claim is yours to set.").into(),
        summary: match first.chance.and(set) {
            Some((share, _)) => say!(
                "Your own claim holds in {count} of 100 worlds; {reached}.",
                count = format::of_hundred(share),
                reached
            ),
            None => t("The worlds are drawn once this chart is in view.").into(),
        },
        facts: const { &[
            (mark("growth of AWS"), facts::AWS_GROWTH_2026),
            (mark("Anthropic’s share"), facts::ANTHROPIC_SHARE_AWS_2026),
            (mark("ARR, December 2026"), facts::ANTHROPIC_ARR_2026_12),
            (mark("signed"), facts::ANTHROPIC_TRN_CAPACITY_COMMIT),
            (mark("margin, early 2026"), facts::AWS_OPM_2026Q1),
        ] },
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
        .map(|lever| t(lever.spec().label))
        .collect();
    match set.as_slice() {
        [] => String::new(),
        [one] => say!("Taken as set: {belief}.", belief = one),
        [first, second] => say!("Taken as set: {first}; {second}.", first, second),
        [first, second, rest @ ..] => say!(
            "Taken as set: {first}; {second}; and {count} more.",
            first,
            second,
            count = rest.len()
        ),
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
            label: curly(t(claim.what)),
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
                t("the model has none").into()
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
        say!(
            "The farthest apart is {claim}, by a factor of {factor}; {near} claims lie within a factor of two.",
            claim = curly(t(what)),
            factor = format::number(times, 1),
            near
        )
    });
    Picture {
        title: say!(
            "{far} of {total} published claims are over twice, or under half, what the model uses",
            far,
            total = claimed.len()
        ),
        subtitle: t(
            "What sources say (rings) as a multiple of what the model uses (dot at 1), logarithmic.",
        )
        .into(),
        summary,
        facts: const { &[
            (mark("invested by January 2026"), facts::AMZN_ANTHROPIC_TOTAL_S3),
            (mark("the April package"), facts::DEAL_TOTAL_S1),
            (mark("claimed saving"), facts::TRN_TRAINING_COST_SAVING_CLAIMED),
            (mark("the pledge per gigawatt"), facts::COMMIT_PER_GW_BELOW_NORM_2),
            (mark("the norm"), facts::REVENUE_PER_GW_NORM),
            (mark("new capacity"), facts::AWS_NEW_CAPACITY_3_7),
            (mark("AI revenue, 2024"), facts::AWS_AI_REVENUE_2024_S1),
            (mark("site capex"), facts::RAINIER_CAPEX_PER_GW),
            (mark("the government’s capex"), facts::GOV_AI_CAPEX),
            (mark("its power"), facts::GOV_AI_GW),
            (mark("Nvidia’s frame"), facts::NVIDIA_CAPEX_PER_GW),
        ] },
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
                what: curly(t(row.figure)),
                published: curly(t(row.published)),
                computed: curly(t(&row.computed)),
                verdict: t(verdict.name()).into(),
            })
            .collect()
    };
    let group = |verdict: Verdict, label: &str, role: Role, alpha: f64| Group {
        label: label.into(),
        role,
        alpha,
        tiles: of(verdict),
    };
    let failing = of(Verdict::Fails);
    // So many are named; more would be a list.
    let named: Vec<String> = failing
        .iter()
        .take(3)
        .map(|tile| say!("{figure} ({id})", figure = tile.what, id = tile.label))
        .collect();
    let agree = of(Verdict::Agrees).len();
    let tension = of(Verdict::Tension).len();
    let moved = rows.iter().filter(|row| row.verdict != row.recorded);
    let moved = moved.count();
    let fails = failing.len();
    let more = fails - named.len();
    let named = named.join(t("; "));
    let mut summary = match (fails, more) {
        (0, _) => t("None fails.").to_owned(),
        (_, 0) => say!("Failing: {figures}.", figures = named),
        (_, more) => say!(
            "Failing: {figures}; and {more} more.",
            figures = named,
            more
        ),
    };
    if moved > 0 {
        let decided = say!(
            "Your beliefs, not the sources, decide {count}.",
            count = moved
        );
        summary = after(&summary, &decided);
    }
    Picture {
        title: say!(
            "Of {total} figures checked, {agree} hold, {in_tension} and {failing}",
            total = rows.len(),
            agree,
            in_tension = plural!(tension, "{tension} is in tension", "{tension} are in tension"),
            failing = plural!(fails, "{fails} fails", "{fails} fail")
        ),
        subtitle: t("Every derived figure of the sources (R) and cross-checks between them (X). In tension: two figures that cannot both hold.")
            .into(),
        summary,
        facts: &[],
        shapes: Shapes::of(TileChart {
            groups: [
                group(Verdict::Fails, t("fail"), Role::Gap, 0.85),
                group(Verdict::Tension, t("in tension"), Role::Gap, 0.3),
                group(
                    Verdict::UnderDetermined,
                    t("reachable only with a hidden input"),
                    Role::Amazon,
                    0.3,
                ),
                group(Verdict::NotCheckable, t("not checkable"), Role::Muted, 0.3),
                group(
                    Verdict::Reproduces,
                    t("fix a number that is not printed"),
                    Role::Power,
                    0.3,
                ),
                group(Verdict::Agrees, t("agree"), Role::Chips, 0.3),
            ]
            .to_vec(),
        }),
    }
}
