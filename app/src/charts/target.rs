//! Charts of what would have to be true for a figure to reach a target.

use std::cell::RefCell;
use std::rc::Rc;

use compute_loop_core::levers::Lever;
use compute_loop_core::map::Map;
use compute_loop_core::month::HORIZON;
use compute_loop_core::outcome::Output;
use compute_loop_core::question::{self, Question};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::solve::{self, How, Reach};
use compute_loop_core::unit::Unit;
use compute_loop_core::words::t;
use compute_loop_core::{format, plural, say};

use super::bars::{Bar, Mark, Row, RowChart};
use super::map::{Isoline, MapChart, Side};
use super::time::nice_step;
use super::{Case, Picture, Shapes, short};
use crate::palette::Role;

/// The grid of a map: fine enough for smooth lines at the widest.
const GRID: (usize, usize) = (33, 25);

/// Every so many crossings of the grid can be read.
const READ: usize = 2;

/// About how many lines of round values a map has.
const LINES: f64 = 7.0;

/// The most rows of beliefs.
const ROWS: usize = 9;

/// A title has at most so many characters before it leaves out words.
const LONG: usize = 60;

/// A figure's name at the beginning of a title.
fn named(output: Output) -> String {
    format::capital(t(output.spec().label))
}

/// The beliefs that are drawn for a figure: those in doubt and the main ones. They depend
/// on the figure alone, so that the chart keeps its height.
fn drawn(output: Output) -> Vec<Lever> {
    question::sides(output)
        .filter(|&lever| solve::deviation(lever).is_some() || Lever::PRIMARY.contains(&lever))
        .take(ROWS)
        .collect()
}

/// For each belief, where on its range it alone brings the figure to the target.
pub(super) fn flip(case: Case<'_>) -> Picture {
    let Case {
        scenario,
        outcome,
        view,
        ..
    } = case;
    let Question { output, target, .. } = view.question;
    let unit = output.spec().unit;
    let reaches: Vec<Reach> = drawn(output)
        .into_iter()
        .map(|lever| solve::reach(scenario, lever, output, target))
        .collect();
    let rows = reaches.iter().map(|reach| row(reach, scenario, unit));
    let able = reaches.iter().filter(|reach| !reach.answers.is_empty());
    let able = able.count();
    let wanted = format::value(unit, target);
    let now = format::value(unit, outcome.get(output));
    let brings = if named(output).chars().count() > LONG {
        say!(
            "{figure}: to {target}",
            figure = named(output),
            target = wanted
        )
    } else {
        say!(
            "{figure}, to {target}: now {value}",
            figure = named(output),
            target = wanted,
            value = now
        )
    };
    let beliefs = reaches.len();
    Picture {
        title: match able {
            0 => say!("{brings}; no single belief gets there", brings),
            able => plural!(
                able,
                "{brings}; one of {beliefs} beliefs gets there alone",
                "{brings}; {able} of {beliefs} beliefs get there alone",
                brings,
                beliefs
            ),
        },
        subtitle: t("Each doubtful belief on its whole range: where it stands, and where alone it brings the figure to the target.").into(),
        summary: say!(
            "As set the figure is {value}; each mark supposes that all other beliefs stay as they are.",
            value = now
        ),
        facts: &[],
        shapes: Shapes::of(RowChart {
            low: 0.0,
            high: 1.0,
            ticks: vec![(0.0, t("least").into()), (1.0, t("most").into())],
            rows: rows.collect(),
            ..RowChart::default()
        }),
    }
}

/// A belief on its range.
fn row(reach: &Reach, scenario: &Scenario, unit: Unit) -> Row {
    let lever = reach.lever;
    let spec = lever.spec();
    let place = |value: f64| (value - spec.min) / (spec.max - spec.min);
    let now = scenario.get(lever);
    let bar = |from: f64, to: f64, role: Role, alpha: f64| Bar {
        from: place(from),
        to: place(to),
        role,
        alpha,
        ..Bar::default()
    };
    let mut bars = vec![bar(spec.min, spec.max, Role::Rule, 0.55)];
    let mut marks = vec![];
    if let Some(nearest) = reach.from(now) {
        bars.push(bar(now, nearest, Role::Power, 0.28));
    }
    if !reach.is_everywhere() {
        for answer in &reach.answers {
            if answer.how == How::Level {
                bars.push(bar(answer.low, answer.high, Role::Power, 0.45));
            }
            let value = answer.from(now);
            let shown = format::lever(lever, value);
            marks.push(Mark {
                value: place(value),
                role: Role::Power,
                published: false,
                label: match answer.how {
                    How::Across => say!("passed at {value}", value = shown),
                    How::Level if value.to_bits() == now.to_bits() => String::new(),
                    How::Level => say!("from {value}", value = shown),
                    How::Through | How::Touching => shown,
                },
            });
        }
    }
    marks.push(Mark {
        value: place(now),
        role: Role::Ink,
        published: false,
        label: say!("now {value}", value = format::lever(lever, now)),
    });
    let note = if reach.is_everywhere() {
        t("every value").into()
    } else if !reach.answers.is_empty() {
        String::new()
    } else if reach.idle {
        t("no effect now").into()
    } else {
        say!(
            "no value; nearest {value}",
            value = format::value(unit, reach.nearest.1)
        )
    };
    Row {
        label: short(lever).to_owned(),
        bars,
        marks,
        note,
    }
}

/// What a map depends on.
type Key = (Scenario, Output, Lever, Lever);

thread_local! {
    /// The map last made: while its own point moves it stays as it is.
    static LAST: RefCell<Option<(Key, Rc<Map>)>> = const { RefCell::new(None) };
}

fn map_of(scenario: &Scenario, output: Output, across: Lever, up: Lever) -> Rc<Map> {
    let rest = [across, up].into_iter().fold(*scenario, |rest, lever| {
        rest.with(lever, lever.spec().default)
    });
    let key = (rest, output, across, up);
    LAST.with_borrow_mut(|last| match last {
        Some((kept, map)) if *kept == key => Rc::clone(map),
        _ => {
            let map = Rc::new(Map::of(&rest, output, (across, up), GRID));
            *last = Some((key, Rc::clone(&map)));
            map
        }
    })
}

/// A figure over two beliefs, with the line along which it is the target.
pub(super) fn map(case: Case<'_>) -> Picture {
    let Case {
        scenario,
        outcome,
        view,
        ..
    } = case;
    let Question {
        output,
        target,
        across,
        up,
    } = view.question;
    let map = map_of(scenario, output, across, up);
    let unit = output.spec().unit;
    let (low, high) = map.ends();
    let gives = format::value(unit, outcome.get(output));
    let wanted = format::value(unit, target);
    let line = Isoline {
        label: wanted.clone(),
        ways: map.lines(target),
    };
    let lines = levels(&map)
        .into_iter()
        .filter(|(level, label)| (level - target).abs() > 1e-9 && *label != wanted)
        .map(|(level, label)| Isoline {
            label,
            ways: map.lines(level),
        });
    let side = |lever: Lever, values: &[f64]| Side {
        lever,
        short: short(lever),
        values: values.iter().step_by(READ).copied().collect(),
    };
    let (columns, rows) = (map.across.values.len(), map.up.values.len());
    let values = (0..rows).step_by(READ).flat_map(|row| {
        let map = &map;
        (0..columns)
            .step_by(READ)
            .map(move |column| map.value(column, row))
    });
    let there = !line.ways.is_empty();
    let title = if there {
        say!(
            "{figure}: {target} along the strong line, now {value}",
            figure = named(output),
            target = wanted,
            value = gives
        )
    } else {
        say!(
            "{figure}: {target} nowhere on this map, now {value}",
            figure = named(output),
            target = wanted,
            value = gives
        )
    };
    Picture {
        title,
        subtitle: t("Lines of equal value over two beliefs. Drag the point, or move it with the arrow keys; rings are published values.").into(),
        summary: say!(
            "{across}: {across_value}. {up}: {up_value}. On the map the figure runs from {low} to {high}; all other beliefs stay as set.",
            across = short(across),
            across_value = format::lever(across, scenario.get(across)),
            up = short(up),
            up_value = format::lever(up, scenario.get(up)),
            low = format::value(unit, low),
            high = format::value(unit, high),
        ),
        facts: &[],
        shapes: Shapes::of(MapChart {
            output,
            across: side(across, &map.across.values),
            up: side(up, &map.up.values),
            lines: lines.collect(),
            target: line,
            now: (scenario.get(across), scenario.get(up)),
            gives,
            values: values.collect(),
            under: None,
        }),
    }
}

/// Round values of a figure over a map, and how each reads. Most lie where most of the map
/// does: a steep corner gets no more than its share.
fn levels(map: &Map) -> Vec<(f64, String)> {
    let unit = map.output.spec().unit;
    let mut sorted: Vec<f64> = map.values.clone();
    // Never is a value of its own, not one more month.
    let never = HORIZON as f64;
    if unit == Unit::Month {
        sorted.retain(|value| *value < never);
    }
    sorted.sort_by(f64::total_cmp);
    let (Some(&least), Some(&most)) = (sorted.first(), sorted.last()) else {
        return vec![];
    };
    let at = |part: f64| sorted[(part * (sorted.len() - 1) as f64) as usize];
    let mut found = vec![];
    if unit == Unit::Month {
        let years = ((at(0.95) - at(0.05)) / 12.0 / LINES).ceil().max(1.0);
        let step = 12.0 * years;
        let mut level = (least / 12.0).ceil() * 12.0;
        while level <= most {
            found.push((level, format::value(unit, level)));
            level += step;
        }
        if map.ends().1 >= never {
            found.push((never, t("never").to_owned()));
        }
        return found;
    }
    let step = nice_step((at(0.95) - at(0.05)) / LINES);
    let first = (least / step).ceil();
    let count = ((most / step).floor() - first).clamp(0.0, 2.0 * LINES) as u32;
    let decimals = |step: f64| (-libm::floor(libm::log10(step) + 1e-9)).clamp(0.0, 4.0) as usize;
    for i in 0..=count {
        let level = (first + f64::from(i)) * step;
        let label = match unit {
            Unit::Ratio => format::share(level, decimals(100.0 * step)),
            Unit::Gw => say!(
                "{amount}\u{202f}GW",
                amount = format::number(level, decimals(step).max(1))
            ),
            unit => format::value(unit, level),
        };
        found.push((level, label));
    }
    found.dedup_by(|b, a| a.1 == b.1);
    found
}
