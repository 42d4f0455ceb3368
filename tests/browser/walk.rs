//! Every chart walked by keys, place by place and series by series: what is spoken is what
//! the same picture says natively, and its numbers are those of the outcome.

use std::collections::BTreeSet;
use std::io::{Write, stderr};

use compute_loop::charts::{Case, Chart, Picture, Reading, View as Choice};
use compute_loop_core::levers::Lever;
use compute_loop_core::month::Month;
use compute_loop_core::outcome::{Outcome, Series};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::unit::Unit;
use compute_loop_core::{format, growth};
use compute_loop_tests::harness::{Browser, Key, Page, Trouble, View};
use serde_json::{Value, json};

use crate::support::{assert_quiet, focus, run, text, without_ranges};

/// The defaults, and a scenario that moves most of what charts over time show.
const LINKS: [&str; 2] = [
    "#m=1",
    "#m=1&arr-2026=90&gw-committed=8&spend-ratio=40&trainium-price=80",
];

/// What a chart says before anything of it is read.
const HINT: &str = "Arrow keys read the values, Enter follows one series";

/// Charts of which worlds have something to say, drawn at random and in their own time:
/// compared with the tables behind them.
const OF_WORLDS: [Chart; 2] = [Chart::Odds, Chart::Sway];

/// How many keys a page key is worth.
const PAGE: usize = 12;

/// A chart as the page has it without ranges.
fn picture(chart: Chart, scenario: &Scenario, outcome: &Outcome) -> Picture {
    chart.picture(Case {
        scenario,
        outcome,
        odds: None,
        view: Choice::default(),
        matters: None,
    })
}

/// Everything that can be read from a picture.
fn readings(picture: &Picture) -> Vec<Reading> {
    (0..picture.readings())
        .filter_map(|place| picture.reading(place))
        .collect()
}

/// Keys, each with what is to be spoken after it.
#[derive(Default)]
struct Script {
    keys: Vec<&'static str>,
    wanted: Vec<String>,
}

impl Script {
    /// Begins where nothing is read, whatever was before.
    fn new() -> Self {
        let mut script = Self::default();
        // Whoever is in a series leaves it first, and still reads the place.
        script.keys.push("Escape");
        script.press("Escape", HINT);
        script
    }

    fn press(&mut self, key: &'static str, wanted: impl Into<String>) {
        self.keys.push(key);
        self.wanted.push(wanted.into());
    }

    /// Goes from the first place to the one with a number.
    fn walk_to(&mut self, readings: &[Reading], place: usize) {
        self.press("Home", readings[0].sentence());
        for reading in &readings[1..=place] {
            self.press("ArrowRight", reading.sentence());
        }
    }

    /// Presses the keys on a chart until it says what it is to say: a chart follows once it
    /// comes into sight. What it says in the end is compared here.
    #[track_caller]
    fn play(&self, page: &Page<'_>, chart: Chart) -> Result<(), Trouble> {
        let (keys, wanted) = (json!(self.keys), json!(self.wanted));
        let said = page.eval(&format!(
            "(async () => {{
               {}
               const [keys, wanted] = [{keys}, {wanted}];
               let said;
               for (let round = 0; round < 20; round += 1) {{
                 said = (await press(keys)).slice(1);
                 if (said.every((one, at) => one === wanted[at])) break;
                 await new Promise(rested => setTimeout(rested, 100));
               }}
               canvas.blur();
               return said;
             }})()",
            pressing(chart)
        ))?;
        let said = said.as_array().map_or(&[][..], Vec::as_slice);
        assert_eq!(said.len(), self.wanted.len(), "{chart:?}");
        for (at, (said, wanted)) in said.iter().zip(&self.wanted).enumerate() {
            let way = &self.keys[at.saturating_sub(6)..=at + 1];
            assert_eq!(said, wanted, "{chart:?} after {way:?}, the key {}", at + 1);
        }
        Ok(())
    }
}

/// Gives a chart the focus, and has `press(keys)`, which says what is spoken after each. A
/// key that is the chart's own is not the browser's as well.
fn pressing(chart: Chart) -> String {
    format!(
        "const canvas = document.querySelector('#chart-{} .canvas');
         canvas.scrollIntoView({{ block: 'center', behavior: 'instant' }});
         canvas.focus({{ preventScroll: true }});
         // What follows a key is done within the same task.
         const rest = () => new Promise(rested => {{
           const {{ port1, port2 }} = new MessageChannel();
           port1.onmessage = () => {{ port1.close(); rested(); }};
           port2.postMessage(null);
         }});
         const press = async keys => {{
           const said = [];
           for (const key of keys) {{
             const event = new KeyboardEvent('keydown', {{ key, bubbles: true, cancelable: true }});
             const left = canvas.dispatchEvent(event);
             await rest();
             const heard = canvas.getAttribute('aria-valuetext');
             const own = key !== 'Escape' && key !== 'Enter';
             said.push(own && left ? `${{key}} is left to the browser` : heard);
           }}
           return said;
         }};",
        chart.id()
    )
}

/// A line or an area that is one series of the outcome, so many times.
struct Drawn {
    label: &'static str,
    series: Series,
    factor: f64,
    unit: Unit,
}

const fn drawn(label: &'static str, series: Series, factor: f64, unit: Unit) -> Drawn {
    Drawn {
        label,
        series,
        factor,
        unit,
    }
}

/// The first month of a chart over time, and what it shows of the outcome's series.
fn series_of(chart: Chart) -> Option<(Month, Vec<Drawn>)> {
    let gigawatts = |label, series| drawn(label, series, 1.0, Unit::Gw);
    let billions = |label, series| drawn(label, series, 1.0, Unit::UsdBn);
    let a_year = |label, series| drawn(label, series, 12.0, Unit::UsdBnPerYear);
    let (year, month, lines) = match chart {
        Chart::Gap => (
            2025,
            1,
            vec![
                gigawatts("needed", Series::GwNeeded),
                gigawatts("online", Series::GwOnline),
            ],
        ),
        Chart::Stake => (
            2023,
            7,
            vec![
                billions("stake", Series::StakeValue),
                billions("cash in", Series::CashInvested),
            ],
        ),
        Chart::Pledge => (2026, 3, vec![billions("paid", Series::PledgeSpent)]),
        Chart::Return => (
            2023,
            7,
            vec![billions("income less investment", Series::NetReturn)],
        ),
        Chart::Sites => (
            2025,
            1,
            vec![
                gigawatts("needed", Series::GwNeeded),
                gigawatts("online", Series::GwOnline),
                gigawatts("New Carlisle", Series::GwNewCarlisle),
                gigawatts("Northern Indiana", Series::GwNorthernIndiana),
                gigawatts("not yet named", Series::GwUnnamed),
            ],
        ),
        Chart::Earnings => (
            2025,
            1,
            vec![
                a_year("all power", Series::SupplyAll),
                a_year("Trainium", Series::Supply),
            ],
        ),
        Chart::AwsRevenue => (2024, 1, vec![a_year("without AI", Series::NonaiRevenue)]),
        Chart::AwsMargin => (
            2026,
            1,
            vec![drawn("margin", Series::AwsMargin, 100.0, Unit::Percent)],
        ),
        Chart::Generations => (
            2024,
            1,
            vec![drawn("Trainium", Series::TrainiumIndex, 1.0, Unit::H200)],
        ),
        _ => return None,
    };
    Some((Month::new(year, month), lines))
}

/// A value as a chart says it.
fn shown(unit: Unit, value: f64) -> String {
    match unit {
        Unit::UsdBnPerYear => format!("{} a year", format::value(Unit::UsdBn, value)),
        unit => format::value(unit, value),
    }
}

/// Compares what is spoken in each month with the outcome itself. Hands back how many
/// numbers were compared.
fn compare_with_series(
    chart: Chart,
    said: &[String],
    scenario: &Scenario,
    outcome: &Outcome,
) -> usize {
    // What is paid beyond the pledge is not of it.
    let most = match chart {
        Chart::Pledge => scenario.get(Lever::Pledge),
        _ => f64::INFINITY,
    };
    let Some((first, lines)) = series_of(chart) else {
        return growths(chart, said, outcome);
    };
    let mut count = 0;
    for (place, said) in said.iter().enumerate() {
        let month = Month::at(first.index() + place).expect("a month of the model");
        let values = values_of(chart, said, month);
        for line in &lines {
            let Some(value) = outcome.at(line.series, month) else {
                continue;
            };
            let value = line.factor * value.min(most);
            // What is stacked was added up and taken off again: a half may fall either way.
            let told = [value, value - 1e-9, value + 1e-9]
                .map(|value| format!("{} {}", line.label, shown(line.unit, value)))
                .into_iter()
                .any(|wanted| values.contains(&wanted));
            assert!(told, "{chart:?}: “{}” of {value} in “{said}”", line.label);
            count += 1;
        }
    }
    count
}

/// Growth is that of the quarter around a month.
fn growths(chart: Chart, said: &[String], outcome: &Outcome) -> usize {
    if chart != Chart::AwsGrowth {
        return 0;
    }
    let mut count = 0;
    for (place, said) in said.iter().enumerate() {
        let month = Month::at(Month::new(2025, 1).index() + place).expect("a month");
        let values = values_of(chart, said, month);
        for (label, series) in [
            ("without AI", Series::NonaiRevenue),
            ("AWS", Series::AwsRevenue),
        ] {
            if let Some(growth) = growth::of_quarter(outcome, series, month) {
                let wanted = format!("{label} {}", shown(Unit::Percent, 100.0 * growth));
                assert!(values.contains(&wanted), "“{wanted}” in “{said}”");
                count += 1;
            }
        }
    }
    count
}

/// The values of a sentence about a month.
fn values_of(chart: Chart, said: &str, month: Month) -> Vec<String> {
    let name = format::month(month);
    let rest = said
        .strip_prefix(&name)
        .unwrap_or_else(|| panic!("{chart:?}: “{said}” is not of {name}"));
    let rest = rest.strip_prefix(": ").unwrap_or(rest);
    rest.split(", ").map(str::to_owned).collect()
}

#[test]
fn every_place_of_every_chart_is_spoken_as_it_is_natively() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let (mut charts, mut points, mut numbers) = (BTreeSet::new(), 0, 0);
    for link in LINKS {
        let page = browser.open(link, View::default().still())?;
        without_ranges(&page)?;
        let (scenario, outcome) = run(link);
        for &chart in Chart::ALL {
            let picture = picture(chart, &scenario, &outcome);
            let readings = readings(&picture);
            let last = readings.len() - 1;
            charts.insert(chart.id());
            points += readings.len();
            if OF_WORLDS.contains(&chart) {
                by_the_table(&page, chart, &readings)?;
                continue;
            }
            let mut script = Script::new();
            script.walk_to(&readings, last);
            // The middle of the script is the walk itself.
            numbers += compare_with_series(chart, &script.wanted[1..], &scenario, &outcome);
            let at = |place: usize| readings[place.min(last)].sentence();
            script.press("ArrowRight", at(last));
            script.press("ArrowDown", at(last));
            script.press("ArrowLeft", at(last.saturating_sub(1)));
            script.press("ArrowUp", at(last.saturating_sub(2)));
            script.press("End", at(last));
            script.press("PageUp", at(last.saturating_sub(PAGE)));
            script.press("PageUp", at(last.saturating_sub(2 * PAGE)));
            script.press("Home", at(0));
            script.press("ArrowLeft", at(0));
            script.press("PageDown", at(PAGE));
            script.press("Escape", HINT);
            script.play(&page, chart)?;
        }
        assert_quiet(&browser, &page)?;
    }
    assert_eq!(charts.len(), Chart::ALL.len());
    assert!(numbers > 1000, "{numbers} numbers");
    let _ = writeln!(
        stderr(),
        "walked: {} charts, {points} points in {} scenarios, {numbers} numbers of the outcome",
        charts.len(),
        LINKS.len()
    );
    Ok(())
}

/// Walks a chart of worlds: at every place it says what its table says there.
fn by_the_table(page: &Page<'_>, chart: Chart, readings: &[Reading]) -> Result<(), Trouble> {
    let mut keys = vec!["Escape", "Escape", "Home"];
    keys.resize(keys.len() + readings.len() - 1, "ArrowRight");
    let found = page.eval(&format!(
        "(async () => {{
           {}
           const part = canvas.closest('figure').querySelector('details.data');
           part.open = true;
           const table = () => {{
             const heads = [...part.querySelectorAll('thead tr > *')].map(one => one.textContent);
             return [...part.querySelectorAll('tbody tr')].map(row =>
               [...row.cells].map((cell, at) => [heads[at], cell.textContent]));
           }};
           let [said, rows] = [[], []];
           // More worlds come in between.
           for (let round = 0; round < 100; round += 1) {{
             const before = table();
             said = await press({});
             rows = table();
             const all = JSON.stringify(rows);
             const told = !/drawn yet|…/.test(all);
             if (rows.length && told && all === JSON.stringify(before)) break;
             await new Promise(rested => setTimeout(rested, 100));
           }}
           part.open = false;
           canvas.blur();
           return {{ said: said.slice(2), rows }};
         }})()",
        pressing(chart),
        json!(keys)
    ))?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let (said, rows) = (list(&found["said"]), list(&found["rows"]));
    assert_eq!(said.len(), readings.len(), "{chart:?}");
    let mut rows = rows.iter().peekable();
    let mut compared = 0;
    for (said, reading) in said.iter().zip(readings) {
        let said = said.as_str().unwrap_or_default();
        let Some(values) = said.strip_prefix(&format!("{}: ", reading.name)) else {
            // A place without a value is no row.
            assert_eq!(said, reading.name, "{chart:?}");
            continue;
        };
        let row = rows.next().expect("a row for each place");
        assert_eq!(row[0][1], reading.name.as_str(), "{chart:?}");
        let mut wanted = vec![];
        for cell in &list(row)[1..] {
            let [head, cell] = [0, 1].map(|at| cell[at].as_str().unwrap_or_default());
            if !cell.is_empty() {
                let label = if head == "value" { "" } else { head };
                wanted.push(format!("{label} {cell}").trim_start().to_owned());
            }
        }
        let mut shown: Vec<&str> = values.split(", ").collect();
        let wanted = wanted.join(", ");
        let mut wanted: Vec<&str> = wanted.split(", ").collect();
        shown.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(shown, wanted, "{chart:?}, {}", reading.name);
        compared += 1;
    }
    assert!(rows.peek().is_none(), "{chart:?}: the table has more");
    assert!(compared > 0, "{chart:?}");
    Ok(())
}

/// One chart with the keys of a keyboard; the gap is walked in `readout.rs`.
#[test]
fn a_chart_is_walked_by_the_keyboard_itself() -> Result<(), Trouble> {
    let link = LINKS[1];
    let browser = Browser::start()?;
    let page = browser.open(link, View::default().still())?;
    without_ranges(&page)?;
    let (scenario, outcome) = run(link);
    let readings = readings(&picture(Chart::Sites, &scenario, &outcome));
    let told = || -> Result<String, Trouble> {
        page.settle()?;
        text(
            &page,
            "document.querySelector('#chart-sites .canvas').getAttribute('aria-valuetext')",
        )
    };
    focus(&page, "#chart-sites .canvas")?;
    page.settle()?;
    assert_eq!(told()?, HINT);
    page.press(Key::Home)?;
    let mut said = vec![];
    for reading in &readings {
        said.push(told()?);
        assert_eq!(said.last(), Some(&reading.sentence()));
        page.press(Key::Right)?;
    }
    assert_eq!(
        compare_with_series(Chart::Sites, &said, &scenario, &outcome),
        5 * readings.len()
    );
    page.press(Key::Enter)?;
    let last = readings.last().expect("a place");
    let labels = labels(last);
    for label in &labels {
        assert_eq!(told()?, within(last, label));
        page.press(Key::Down)?;
    }
    page.press(Key::Home)?;
    let label = labels[labels.len() - 1];
    let first = readings.iter().find(|one| labels_have(one, label));
    assert_eq!(told()?, within(first.expect("a place"), label));
    page.press(Key::Escape)?;
    assert_eq!(told()?, first.expect("a place").sentence());
    page.press(Key::Escape)?;
    assert_eq!(told()?, HINT);
    assert_quiet(&browser, &page)
}

/// The series at a place, each once: what has no name is none.
fn labels(reading: &Reading) -> Vec<&str> {
    let mut labels = vec![];
    for value in &reading.values {
        if !value.label.is_empty() && !labels.contains(&&*value.label) {
            labels.push(&*value.label);
        }
    }
    labels
}

fn labels_have(reading: &Reading, label: &str) -> bool {
    labels(reading).contains(&label)
}

/// What is spoken at a place within a series.
fn within(reading: &Reading, label: &str) -> String {
    let values = reading.values.iter().filter(|value| value.label == label);
    let values: Vec<&str> = values.map(|value| &*value.text).collect();
    format!("{label}, {}: {}", reading.name, values.join(", "))
}

#[test]
fn every_series_of_every_chart_is_gone_into_and_left() -> Result<(), Trouble> {
    let link = LINKS[1];
    let browser = Browser::start()?;
    let page = browser.open(link, View::default().still())?;
    without_ranges(&page)?;
    let (scenario, outcome) = run(link);
    let (mut charts, mut series, mut points) = (0, 0, 0);
    for &chart in Chart::ALL {
        if OF_WORLDS.contains(&chart) {
            continue;
        }
        let readings = readings(&picture(chart, &scenario, &outcome));
        let Some(start) = readings.iter().position(|one| labels(one).len() > 1) else {
            // Nothing to choose from: Enter leaves everything as it is.
            let mut script = Script::new();
            script.press("Home", readings[0].sentence());
            script.press("Enter", readings[0].sentence());
            script.press("Escape", HINT);
            script.play(&page, chart)?;
            continue;
        };
        charts += 1;
        let here = labels(&readings[start]);
        for (number, label) in here.iter().enumerate() {
            let script = along(&readings, start, number);
            script.play(&page, chart)?;
            series += 1;
            points += readings
                .iter()
                .filter(|one| labels_have(one, label))
                .count();
        }
    }
    assert!(charts >= 12, "{charts} charts have series");
    assert_quiet(&browser, &page)?;
    let _ = writeln!(
        stderr(),
        "gone into: {series} series of {charts} charts, {points} points"
    );
    Ok(())
}

/// The way into a series by its number at a place, along it and out again.
fn along(readings: &[Reading], start: usize, number: usize) -> Script {
    let here = labels(&readings[start]);
    let label = here[number];
    let mut script = Script::new();
    script.walk_to(readings, start);
    script.press("Enter", within(&readings[start], here[0]));
    for other in &here[1..=number] {
        script.press("ArrowDown", within(&readings[start], other));
    }
    if number + 1 == here.len() {
        script.press("ArrowDown", within(&readings[start], label));
    }
    let along: Vec<&Reading> = readings
        .iter()
        .filter(|one| labels_have(one, label))
        .collect();
    let last = along.len() - 1;
    let at = |place: usize| within(along[place], label);
    script.press("Home", at(0));
    script.press("ArrowLeft", at(0));
    for place in 1..=last {
        script.press("ArrowRight", at(place));
    }
    script.press("ArrowRight", at(last));
    if last > 0 {
        script.press("ArrowLeft", at(last - 1));
    }
    script.press("Home", at(0));
    script.press("PageDown", at(PAGE.min(last)));
    script.press("End", at(last));
    script.press("PageUp", at(last.saturating_sub(PAGE)));
    script.press("End", at(last));
    // Up to the first of those at the last place, and no further.
    let there = labels(along[last]);
    let place = there.iter().position(|one| *one == label).unwrap_or(0);
    for other in there[..place].iter().rev() {
        script.press("ArrowUp", within(along[last], other));
    }
    script.press("ArrowUp", within(along[last], there[0]));
    script.press("Escape", along[last].sentence());
    script.press("Escape", HINT);
    script
}
