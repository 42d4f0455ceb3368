//! What a reader takes away: tables and texts as files, and all of them in one archive.

use std::io::Write as _;

use compute_loop_core::cite::{NAME, PAGE_VERSION, Visit};
use compute_loop_core::file::{self, About, LICENCE};
use compute_loop_core::json;
use compute_loop_core::link::{VERSION, encode};
use compute_loop_core::origin::Quantity;
use compute_loop_core::outcome::{Outcome, Series};
use compute_loop_core::say;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::words::t;
use rawzip::{CompressionMethod, Error, ZipArchiveWriter};

use crate::charts::{self, Chart, Picture, Reading};
use crate::poster::Words;
use crate::query::Part;

/// A file that a reader takes away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl File {
    /// A text as a file.
    fn of(name: String, text: String) -> Self {
        Self {
            name,
            bytes: text.into_bytes(),
        }
    }
}

/// The kind of a file by the end of its name, as browsers call it.
pub fn mime(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("csv") => "text/csv;charset=utf-8",
        Some("json") => "application/json",
        Some("zip") => "application/zip",
        _ => "text/plain;charset=utf-8",
    }
}

/// The name of a chart's file.
pub fn chart_name(chart: Chart, scenario: &Scenario, date: &str, ending: &str) -> String {
    file::name(Part::Chart(chart).id(), scenario, date, ending)
}

/// The documents that the published figures of a picture are from, each once.
pub fn sources(picture: &Picture) -> Vec<&'static str> {
    let mut names = vec![];
    for (_, fact) in picture.facts {
        let name = t(fact.source.short);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What stands around a picture on its poster.
pub fn words(picture: &Picture, scenario: &Scenario, note: String, visit: Visit<'_>) -> Words {
    let sources = sources(picture);
    let source = if sources.is_empty() {
        t("Computed from the beliefs of the link.").to_owned()
    } else {
        say!(
            "Published figures: {sources}. The rest is computed from the beliefs of the link.",
            sources = sources.join(t(", "))
        )
    };
    Words {
        note,
        source,
        origin: say!(
            "{page}, model {version}, {date}. {licence}.",
            page = t(NAME),
            version = VERSION,
            date = visit.date,
            licence = t(LICENCE)
        ),
        link: format!("{}{}", visit.address, encode(scenario)),
    }
}

/// What a chart shows as CSV: the model's series behind it month by month, or, where it has
/// none, what can be read from it place by place, in the words of the chart.
pub fn chart_csv(
    chart: Chart,
    picture: &Picture,
    scenario: &Scenario,
    outcome: &Outcome,
    visit: Visit<'_>,
) -> String {
    let sources = sources(picture);
    let about = About {
        title: &picture.title,
        sources: &sources,
        visit,
    };
    let series = series_of(chart);
    if series.is_empty() {
        readings_csv(picture, scenario, about)
    } else {
        file::series_csv(scenario, outcome, &series, about)
    }
}

/// The model's series behind a chart.
pub fn series_of(chart: Chart) -> Vec<Series> {
    let series = chart
        .computed()
        .iter()
        .filter_map(|quantity| match quantity {
            Quantity::Series(series) => Some(*series),
            _ => None,
        });
    series.collect()
}

/// What stands behind a chart as a table: a row a place, a column for each thing that has a
/// value at one of them.
fn readings_csv(picture: &Picture, scenario: &Scenario, about: About<'_>) -> String {
    let readings: Vec<Reading> = (0..picture.readings())
        .filter_map(|place| picture.reading(place))
        .filter(|reading| !reading.values.is_empty())
        .collect();
    let mut columns: Vec<&str> = vec![];
    for value in readings.iter().flat_map(|reading| &reading.values) {
        if !columns.contains(&value.label.as_str()) {
            columns.push(&value.label);
        }
    }
    let head = |column: &&str| charts::heading(column).to_owned();
    let mut heads = vec![t("place").to_owned()];
    heads.extend(columns.iter().map(head));
    let rows = readings.iter().map(|reading| {
        let cell = |column: &&str| {
            let values = reading
                .values
                .iter()
                .filter(|value| value.label == **column);
            let texts: Vec<&str> = values.map(|value| value.text.as_str()).collect();
            texts.join(t("; "))
        };
        let mut row = vec![reading.name.clone()];
        row.extend(columns.iter().map(cell));
        row
    });
    file::csv(scenario, about, &heads, rows)
}

/// The scenario and its outcome as JSON.
pub fn scenario_file(scenario: &Scenario, outcome: &Outcome, date: &str) -> File {
    File::of(
        file::name("scenario", scenario, date, "json"),
        json::of_outcome(scenario, &[], outcome),
    )
}

/// What of an archive is no chart: what it is, the scenario and its outcome, and tables of
/// all series, outputs and beliefs.
pub fn tables(scenario: &Scenario, outcome: &Outcome, visit: Visit<'_>) -> Vec<File> {
    let about = |title| About {
        title,
        sources: &[],
        visit,
    };
    let name = |view, ending| file::name(view, scenario, visit.date, ending);
    let table = |view, text| File::of(name(view, "csv"), text);
    vec![
        File::of(name("read-me", "txt"), read_me(scenario, visit)),
        scenario_file(scenario, outcome, visit.date),
        table(
            "series",
            file::series_csv(
                scenario,
                outcome,
                Series::ALL.as_ref(),
                about(t("Every series of the model")),
            ),
        ),
        table(
            "outputs",
            file::outputs_csv(scenario, outcome, about(t("Every output of the model"))),
        ),
        table(
            "beliefs",
            file::levers_csv(scenario, about(t("Every belief"))),
        ),
    ]
}

/// What an archive says of itself.
fn read_me(scenario: &Scenario, visit: Visit<'_>) -> String {
    let file = |name: &str, what: &str| format!("{name:<18}{what}");
    let lines = [
        say!(
            "{name}, page {page}, model {model}, {date}",
            name = t(NAME),
            page = PAGE_VERSION,
            model = VERSION,
            date = visit.date
        ),
        format!("{}{}", visit.address, encode(scenario)),
        String::new(),
        file(
            "_scenario_ .json",
            t("the beliefs and all that follows from them; the page opens it again"),
        ),
        file("_series_ .csv", t("every series, month by month")),
        file("_outputs_ .csv", t("every figure")),
        file("_beliefs_ .csv", t("every belief and its default")),
        file(
            t("the others"),
            t("each chart as PNG and SVG, and what it shows as CSV"),
        ),
        String::new(),
        t("Lines that begin with # stand above the head of each table.").to_owned(),
        say!("Licence: {licence}.", licence = t(LICENCE)),
        String::new(),
    ];
    lines.join("\n")
}

/// Files in one archive, as they are: pictures are small already, and texts stay readable
/// to any program. The same files give the same bytes.
pub fn zip(files: &[File]) -> Vec<u8> {
    // Writing to memory cannot fail, and no file comes near the limits of the format.
    packed(files).unwrap_or_default()
}

fn packed(files: &[File]) -> Result<Vec<u8>, Error> {
    let mut bytes = vec![];
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    for file in files {
        let (mut entry, config) = archive
            .new_file(&file.name)
            .compression_method(CompressionMethod::STORE)
            .start()?;
        let mut writer = config.wrap(&mut entry);
        writer.write_all(&file.bytes)?;
        let (_, written) = writer.finish()?;
        entry.finish(written)?;
    }
    archive.finish()?;
    Ok(bytes)
}
