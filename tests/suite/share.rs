//! What readers take away and bring back: it holds what the page shows, and what cannot be
//! used is refused with a reason.

use std::collections::BTreeSet;

use compute_loop::charts::Chart;
use compute_loop::export::{self, File};
use compute_loop::palette::Theme;
use compute_loop::poster::{Poster, WIDTH};
use compute_loop::query::{Part, Query};
use compute_loop::snippet::{Form, Snippet};
use compute_loop_core::cite::Visit;
use compute_loop_core::file::{self, About, MOST_BYTES, Refusal};
use compute_loop_core::json;
use compute_loop_core::levers::Lever;
use compute_loop_core::link::{self, encode};
use compute_loop_core::model;
use compute_loop_core::month::{HORIZON, Month};
use compute_loop_core::outcome::{Output, Series};
use compute_loop_core::scenario::Scenario;
use proptest::prelude::*;
use serde_json::Value;

use crate::charts;
use crate::draw;

const VISIT: Visit<'static> = Visit {
    address: "https://example.org/loop/",
    date: "2026-11-21",
};

/// A table of RFC 4180: its lines of comment, its heads, its rows.
pub(crate) fn table(text: &str) -> (Vec<String>, Vec<String>, Vec<Vec<String>>) {
    let mut comments = vec![];
    let mut rest = text;
    while let Some(line) = rest.strip_prefix('#') {
        let (line, after) = line.split_once("\r\n").expect("lines end as they should");
        comments.push(line.trim().to_owned());
        rest = after;
    }
    let mut rows: Vec<Vec<String>> = vec![];
    let (mut row, mut field, mut quoted) = (vec![], String::new(), false);
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(core::mem::take(&mut field)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(core::mem::take(&mut field));
                rows.push(core::mem::take(&mut row));
            }
            c => field.push(c),
        }
    }
    assert!(
        !quoted && row.is_empty() && field.is_empty(),
        "it ends with a whole row"
    );
    let heads = rows.remove(0);
    assert!(
        rows.iter().all(|row| row.len() == heads.len()),
        "every row is whole"
    );
    (comments, heads, rows)
}

fn scenario() -> Scenario {
    Scenario::default()
        .with(Lever::Arr2026, 61.5)
        .with(Lever::CapacityBinds, 1.0)
}

fn about(title: &str) -> About<'_> {
    About {
        title,
        sources: &["AINews"],
        visit: VISIT,
    }
}

#[test]
fn a_series_set_as_csv_is_that_of_the_json_to_the_last_bit() {
    let scenario = scenario();
    let outcome = model::run(&scenario);
    let text = file::series_csv(
        &scenario,
        &outcome,
        Series::ALL.as_ref(),
        about("All, of \"it\"\n"),
    );
    let (comments, heads, rows) = table(&text);
    for wanted in [
        "AINews",
        "MIT",
        "https://example.org/loop/#m=1&arr-2026=61.5",
        "2026-11-21",
        "Model: 1",
    ] {
        assert!(
            comments.iter().any(|line| line.contains(wanted)),
            "{comments:?}"
        );
    }
    let json: Value = serde_json::from_str(&json::of_link(&encode(&scenario))).expect("JSON");
    assert_eq!(rows.len(), HORIZON);
    assert_eq!(heads.len(), Series::ALL.len() + 1);
    for (column, series) in Series::ALL.into_iter().enumerate() {
        let of_json = &json["series"][series.spec().id];
        let unit = of_json["unit"].as_str().expect("a unit");
        assert_eq!(heads[column + 1], format!("{} [{unit}]", series.spec().id));
        for (month, row) in rows.iter().enumerate() {
            assert_eq!(
                Some(row[0].clone()),
                Month::at(month).map(|month| month.to_string())
            );
            let wanted = outcome.at(series, Month::at(month).expect("inside"));
            assert_eq!(of_json["values"][month].is_null(), wanted.is_none());
            let read = row[column + 1].parse().ok().map(f64::to_bits);
            assert_eq!(
                read,
                wanted.map(f64::to_bits),
                "{} {month}",
                series.spec().id
            );
        }
    }
}

#[test]
fn outputs_and_beliefs_are_all_there() {
    let scenario = scenario();
    let outcome = model::run(&scenario);
    let (_, _, rows) = table(&file::outputs_csv(&scenario, &outcome, about("Outputs")));
    assert_eq!(rows.len(), Output::COUNT);
    let growth = rows
        .iter()
        .find(|row| row[0] == "aws-growth-2026")
        .expect("it is there");
    assert_eq!(growth[2], outcome.get(Output::AwsGrowth2026).to_string());
    let (_, _, rows) = table(&file::levers_csv(&scenario, about("Beliefs")));
    assert_eq!(rows.len(), Lever::COUNT);
    for row in &rows {
        let lever = Lever::from_id(&row[0]).expect("a lever");
        assert_eq!(row[2], link::value_text(lever, scenario.get(lever)));
    }
}

#[test]
fn every_chart_is_a_poster_and_a_table_with_what_it_shows() {
    let scenario = scenario();
    let run = charts::run("own", &scenario);
    for &chart in Chart::ALL {
        let picture = run.picture(chart);
        for theme in [Theme::Light, Theme::Dark] {
            let words = export::words(&picture, &scenario, String::new(), VISIT);
            let poster = Poster::new(&picture, &words, theme);
            let svg = poster.svg(&picture);
            assert!(well_formed(&svg), "{}", chart.id());
            assert!(
                !svg.contains("NaN") && !svg.contains("inf\""),
                "{}",
                chart.id()
            );
            let texts = texts(&svg);
            let all = texts.join(" ");
            for wanted in [
                &picture.title,
                &picture.subtitle,
                &words.source,
                &words.origin,
            ] {
                assert!(
                    all.contains(wanted.as_str()),
                    "{}: {wanted}\n{all}",
                    chart.id()
                );
            }
            assert!(all.replace(' ', "").contains(&words.link), "{}", chart.id());
            assert!(
                poster
                    .lines
                    .iter()
                    .all(|line| line.x >= 0.0 && line.x < WIDTH)
            );
            assert!(poster.lines.iter().all(|line| line.y < poster.height));
            // Every text of the chart is there as on the canvas.
            let labels = charts::draw(&picture, poster.look.width, theme);
            for label in charts::words(&labels) {
                assert!(texts.contains(&label), "{}: {label}", chart.id());
            }
        }
        let outcome = model::run(&scenario);
        let csv = export::chart_csv(chart, &picture, &scenario, &outcome, VISIT);
        let (comments, heads, rows) = table(&csv);
        assert!(comments[0].contains(&picture.title));
        assert!(heads.len() > 1 && !rows.is_empty(), "{}", chart.id());
        let distinct: BTreeSet<&String> = heads.iter().collect();
        assert_eq!(distinct.len(), heads.len(), "{}: {heads:?}", chart.id());
    }
}

/// The texts of a drawing.
fn texts(svg: &str) -> Vec<String> {
    let parts = svg.split("<text ").skip(1);
    let text = |part: &str| {
        let (_, text) = part.split_once('>')?;
        let (text, _) = text.split_once("</text>")?;
        Some(
            text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&"),
        )
    };
    parts.filter_map(text).collect()
}

/// Whether every element of a text of XML is closed, in order.
fn well_formed(xml: &str) -> bool {
    let mut open = vec![];
    for part in xml.split('<').skip(1) {
        let Some((tag, _)) = part.split_once('>') else {
            return false;
        };
        if tag.matches('"').count() % 2 == 1 {
            return false;
        }
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return false;
            }
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap_or_default());
        }
    }
    open.is_empty()
}

#[test]
fn names_are_of_their_form_and_apart() {
    let scenario = scenario();
    let mut names = BTreeSet::new();
    for &chart in Chart::ALL {
        for ending in ["png", "svg", "csv"] {
            let name = export::chart_name(chart, &scenario, VISIT.date, ending);
            let id = Part::Chart(chart).id();
            let hash = file::hash(&scenario);
            assert_eq!(
                name,
                format!("compute-loop_{id}_m1_{hash}_2026-11-21.{ending}")
            );
            assert!(names.insert(name));
        }
    }
    let outcome = model::run(&scenario);
    for File { name, .. } in export::tables(&scenario, &outcome, VISIT) {
        assert!(names.insert(name));
    }
}

#[test]
fn an_archive_holds_its_files_and_is_the_same_twice() {
    let scenario = scenario();
    let outcome = model::run(&scenario);
    let mut files = export::tables(&scenario, &outcome, VISIT);
    files.push(File {
        name: "empty.txt".into(),
        bytes: vec![],
    });
    files.push(File {
        name: "bytes.bin".into(),
        bytes: (0..=255).cycle().take(70_000).collect(),
    });
    let bytes = export::zip(&files);
    assert_eq!(bytes, export::zip(&files));
    let archive = rawzip::ZipArchive::from_slice(&bytes).expect("an archive");
    let mut entries = archive.entries();
    let mut found = vec![];
    while let Some(entry) = entries.next_entry().expect("an entry") {
        let name = entry
            .file_path()
            .try_normalize()
            .expect("a name")
            .as_ref()
            .to_owned();
        assert_eq!(entry.compression_method(), rawzip::CompressionMethod::STORE);
        let entry = archive.get_entry(entry.wayfinder()).expect("its place");
        let mut reader = entry.verifying_reader(entry.data());
        let mut bytes = vec![];
        std::io::Read::read_to_end(&mut reader, &mut bytes).expect("its sum is right");
        found.push(File { name, bytes });
    }
    assert_eq!(found, files);
}

#[test]
fn what_is_taken_away_leads_back() {
    let scenario = scenario();
    let outcome = model::run(&scenario);
    let same = |bytes: &[u8], what: &str| {
        let read = file::read(bytes).unwrap_or_else(|refusal| panic!("{what}: {refusal}"));
        assert_eq!(encode(&read.scenario), encode(&scenario), "{what}");
        assert_eq!(read.warnings, vec![]);
    };
    let json = export::scenario_file(&scenario, &outcome, VISIT.date);
    assert!(json.bytes.len() < MOST_BYTES / 2, "{}", json.bytes.len());
    same(&json.bytes, "JSON");
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend(&json.bytes);
    same(&marked, "JSON with a mark");
    for File { name, bytes } in export::tables(&scenario, &outcome, VISIT) {
        same(&bytes, &name);
    }
    let link = encode(&scenario);
    for text in [
        format!("see https://example.org/loop/{link}, and more."),
        format!("<a href=\"https://example.org/?view=gap{link}\">x</a>"),
        format!("# a heading\n\n{link}\n"),
        format!("{{\"link\": \"{link}\"}}"),
        "{\"levers\": {\"arr-2026\": 61.5, \"capacity-binds\": \"on\"}}".to_owned(),
        "{\"model\": 1, \"levers\": {\"arr-2026\": \"61.5\", \"capacity-binds\": \"on\"}}"
            .to_owned(),
    ] {
        same(text.as_bytes(), &text);
    }
    // A quoted link still tells what has changed.
    let quoted = link::quoting(&scenario, &outcome, Output::AwsGrowth2026);
    let read = file::read(quoted.as_bytes()).expect("it is a link");
    assert_eq!(read.shown.len(), 1);
}

#[test]
fn what_cannot_be_used_is_refused_with_the_reason() {
    let told = |bytes: &[u8]| file::read(bytes).expect_err("it is refused").to_string();
    assert_eq!(file::read(b" \n"), Err(Refusal::Empty));
    assert_eq!(file::read(&[0xff, 0xfe, 0x41]), Err(Refusal::NoText));
    assert_eq!(file::read(b"\x89PNG\r\n"), Err(Refusal::NoText));
    assert_eq!(file::read(b"PK\x03\x04rest"), Err(Refusal::Archive));
    assert_eq!(
        file::read(&vec![b' '; MOST_BYTES + 1]),
        Err(Refusal::TooLarge)
    );
    for nothing in [
        "no link",
        "# heading",
        "[1, 2]",
        "{}",
        "https://example.org/#part-2",
        "#=1",
    ] {
        assert_eq!(
            file::read(nothing.as_bytes()),
            Err(Refusal::NoScenario),
            "{nothing}"
        );
    }
    for (text, words) in [
        ("{\"link\": \"#m=1\"", "line 1"),
        ("{\"link\": 5}", "no text"),
        ("{\"levers\": [60]}", "no table"),
        ("{\"model\": 2, \"link\": \"#m=1\"}", "model “2”"),
        ("{\"link\": \"#m=7\"}", "model “7”"),
        ("{\"levers\": {\"nonsense\": 1}}", "“nonsense”"),
        ("{\"levers\": {\"arr-2026\": null}}", "Anthropic"),
        ("{\"levers\": {\"arr-2026\": 1e9}}", "cannot be 1000000000"),
        ("{\"levers\": {\"arr-2026\": \"many\"}}", "“many”"),
        (
            "{\"link\": \"#m=1&arr-2026=60\", \"levers\": {\"arr-2026\": 61}}",
            "60",
        ),
        ("#m=1&arr-2026=999", "cannot be 999"),
        ("#m=1&arr-2026=60&arr-2026=61", "twice"),
        (
            "{\"levers\": {\"arr-2026\": 60, \"arr-2026\": 61}}",
            "twice",
        ),
        (
            "{\"levers\": {\"arr-2026\": 60}, \"levers\": {\"stake\": 6}}",
            "“levers” stands twice",
        ),
        ("see #m=1&arr-2026=61,5", "“61,5”"),
    ] {
        let told = told(text.as_bytes());
        assert!(told.contains(words), "{text}: {told}");
        assert!(told.len() < 400, "{told}");
    }
    // As deep as a file can be, nothing overflows.
    let deep = "[".repeat(500_000);
    assert!(matches!(
        file::read(deep.as_bytes()),
        Err(Refusal::BadJson(_))
    ));
    let many: Vec<String> = (0..50).map(|i| format!("\"x{i}\":1")).collect();
    let many = told(format!("{{\"levers\":{{{}}}}}", many.join(",")).as_bytes());
    assert!(many.contains("47 more"), "{many}");
}

proptest! {
    #![proptest_config(draw::cases(300))]

    #[test]
    fn any_scenario_survives_its_file(scenario in draw::any_scenario()) {
        let outcome = model::run(&scenario);
        let file = export::scenario_file(&scenario, &outcome, VISIT.date);
        let read = file::read(&file.bytes).expect("it is whole");
        prop_assert_eq!(encode(&read.scenario), encode(&scenario));
        // The levers alone say the same.
        let mut json: Value = serde_json::from_slice(&file.bytes).expect("JSON");
        json.as_object_mut().expect("an object").remove("link");
        let read = file::read(json.to_string().as_bytes()).expect("it is whole");
        prop_assert_eq!(encode(&read.scenario), encode(&scenario));
    }

    #[test]
    fn a_damaged_file_is_refused_or_means_something(
        place in 0.0..1.0f64,
        byte in any::<u8>(),
        cut in any::<bool>(),
    ) {
        let scenario = scenario();
        let mut bytes = export::scenario_file(&scenario, &model::run(&scenario), VISIT.date).bytes;
        let at = (place * bytes.len() as f64) as usize;
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        match file::read(&bytes) {
            Ok(read) => prop_assert_eq!(read.warnings, vec![]),
            Err(refusal) => prop_assert!(refusal.to_string().len() < 600),
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Err(refusal) = file::read(&bytes) {
            prop_assert!(!refusal.to_string().is_empty());
        }
    }
}

/// The value of an attribute in code.
fn attribute(code: &str, name: &str) -> Option<String> {
    let (_, rest) = code.split_once(&format!(" {name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(value.replace("&quot;", "\"").replace("&amp;", "&"))
}

#[test]
fn code_for_other_pages_leads_to_the_view_with_its_scenario() {
    let scenario = scenario();
    for part in Part::all() {
        for (pinned, theme, chrome) in [
            (Some(&scenario), None, true),
            (None, Some(Theme::Dark), false),
        ] {
            let snippet = Snippet {
                page: "https://example.org/loop/index.html",
                part,
                title: "A \"title\" & more",
                pinned,
                theme,
                chrome,
                picture: ("file.png", 500.0),
            };
            let frame = snippet.code(Form::Frame);
            let address = attribute(&frame, "src").filter(|src| !src.is_empty());
            assert_eq!(
                address.as_deref(),
                Some("https://example.org/loop/embed.js")
            );
            let (_, frame) = frame.split_once("<iframe").expect("a frame");
            let src = attribute(frame, "src").expect("an address");
            assert!(
                src.starts_with("https://example.org/loop/index.html?embed=1&view="),
                "{src}"
            );
            assert_eq!(
                attribute(frame, "title").as_deref(),
                Some("A \"title\" & more")
            );
            assert_eq!(attribute(frame, "loading").as_deref(), Some("lazy"));
            let (_, query) = src.split_once('?').expect("a query");
            let (query, fragment) = query.split_once('#').unwrap_or((query, ""));
            let query = Query::read(query);
            assert_eq!(query.notices, Vec::<String>::new());
            assert_eq!(query.theme, theme);
            let embed = query.embed.expect("an embed");
            assert_eq!((embed.part, embed.chrome), (part, chrome));
            // What follows the newest defaults names no version.
            assert_eq!(pinned.is_none(), fragment.is_empty());
            let kept = pinned.copied().unwrap_or_default();
            assert_eq!(encode(&link::decode(fragment).0), encode(&kept));

            let element = snippet.code(Form::Element);
            assert_eq!(attribute(&element, "view").as_deref(), Some(part.id()));
            assert_eq!(
                attribute(&element, "scenario").map(|link| format!("#{link}")),
                pinned.map(encode)
            );

            for form in [Form::Picture, Form::NoScript] {
                let code = snippet.code(form);
                assert!(form.is_picture() && code.contains("<!-- Download file.png"));
                assert_eq!(
                    attribute(&code, "alt").as_deref(),
                    Some("A \"title\" & more")
                );
                let href = attribute(&code, "href").expect("a link");
                assert_eq!(encode(&link::decode(&href).0), encode(&kept));
                assert_eq!(form == Form::NoScript, code.starts_with("<noscript>"));
                assert!(!code.contains("<script"), "{code}");
            }
        }
    }
}
