//! The charts as SVG: compared with the drawings kept in `snapshots/`, and looked
//! over for what no reader should meet, such as labels on top of each other.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test -p compute-loop-tests --test suite charts` draws the
//! kept ones anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use compute_loop::charts::sample::Sample;
use compute_loop::charts::{Case, Chart, GRID, Look, Picture, View, text_width};
use compute_loop::palette::{Role, Theme};
use compute_loop_core::circle::Lens;
use compute_loop_core::fact::facts;
use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::link;
use compute_loop_core::model;
use compute_loop_core::month::Month;
use compute_loop_core::odds::sensitivity::{self, Sensitivity};
use compute_loop_core::odds::{Desk, SEED};
use compute_loop_core::outcome::{Outcome, Output, Series};
use compute_loop_core::question::{self, Question};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::unit::Unit;
use plotters::prelude::{IntoDrawingArea, SVGBackend};

/// The scenarios that every chart is drawn for: name and link.
const SCENARIOS: [(&str, &str); 3] = [
    ("default", "#m=1"),
    (
        "low",
        "#m=1&arr-2026=45&gw-committed=0&trainium-price=20&build-months=24&spend-ratio=90\
         &loosening=40&stake=5.2&valuation-multiple=2&power-price=120&server-capex=40\
         &milestone-odds=0&maas-share=10&nonai-growth-2026=8&ai-share-2025=3\
         &training-saving=0&inference-saving=20&trainium4-start=2031-12",
    ),
    (
        "high",
        "#m=1&arr-2026=150&arr-net-add=9.5&arr-growth-2027=150&arr-fade=100\
         &gw-committed=15&trainium-price=110&build-months=13&stake=9.9\
         &valuation-multiple=30&top-up=15&openai-investment=50&nonai-growth-2026=25\
         &milestone-odds=100&training-saving=45&trainium4-start=2027-01",
    ),
];

/// The charts that show published figures alone, whatever the beliefs.
const PUBLISHED: [Chart; 2] = [Chart::Race, Chart::Graviton];

/// Widths from the narrowest phone to the widest page, in CSS pixels.
const WIDTHS: [f64; 5] = [280.0, 320.0, 360.0, 680.0, 900.0];

/// Every view of a chart of one year, some questions to one that answers; else the first
/// alone.
fn views(chart: Chart) -> Vec<View> {
    if chart.has_figure() {
        let view = |figure| View {
            figure,
            ..View::default()
        };
        return sensitivity::outputs().map(view).collect();
    }
    if chart.answers() {
        let asked = question::outputs().into_iter().flat_map(|group| group.1);
        let asked = asked.filter(|output| question::sides(*output).nth(1).is_some());
        let questions = asked.map(|output| Question::of(output, &Scenario::default()));
        return questions
            .map(|question| View {
                question,
                ..View::default()
            })
            .collect();
    }
    if !chart.has_year() {
        return vec![View::default()];
    }
    let views = Chart::YEARS.flat_map(|year| {
        Lens::ALL.into_iter().flat_map(move |lens| {
            [true, false].map(|own_money| View {
                year,
                lens,
                own_money,
                ..View::default()
            })
        })
    });
    views.collect()
}

/// A heavier text is about this much wider.
const BOLD: f64 = 1.14;

/// What plotters divides the size of a text by in SVG, though not on a canvas.
const SVG_SIZE: f64 = 1.24;

/// A scenario with its outcome.
pub(crate) struct Run {
    name: &'static str,
    scenario: Scenario,
    outcome: Outcome,
    /// What moves the figure of the first view.
    matters: Sensitivity,
}

impl Run {
    pub(crate) fn picture(&self, chart: Chart) -> Picture {
        self.picture_of(chart, View::default())
    }

    fn picture_of(&self, chart: Chart, view: View) -> Picture {
        // Bands are drawn from made-up worlds elsewhere; a chart of odds has nothing else.
        let asked = chart.asked(view);
        let odds = (!asked.is_empty())
            .then(|| Desk::new(SEED, 256).answer(&self.scenario, &[], &asked, None));
        chart.picture(Case {
            scenario: &self.scenario,
            outcome: &self.outcome,
            odds: odds.as_ref(),
            view,
            matters: Some(&self.matters),
        })
    }
}

pub(crate) fn run(name: &'static str, scenario: &Scenario) -> Run {
    Run {
        name,
        scenario: *scenario,
        outcome: model::run(scenario),
        matters: sensitivity::of(scenario, View::default().figure, 1, sensitivity::FIRST),
    }
}

fn runs() -> [Run; 3] {
    SCENARIOS.map(|(name, address)| {
        let (scenario, warnings) = link::decode(address);
        assert_eq!(warnings, vec![], "{name}");
        run(name, &scenario)
    })
}

/// The drawing as plotters writes it.
pub(crate) fn draw(picture: &Picture, width: f64, theme: Theme) -> String {
    let look = Look {
        width,
        height: picture.height(width),
        theme,
        contrast: false,
    };
    let grid = |pixels: f64| (pixels * f64::from(GRID)) as u32;
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, (grid(look.width), grid(look.height)))
        .into_drawing_area();
    picture.draw(&area, look).expect("a chart can be drawn");
    area.present().expect("a chart can be drawn");
    drop(area);
    svg
}

/// A text of a drawing, in CSS pixels.
#[derive(Clone, Debug)]
struct Label {
    text: String,
    left: f64,
    right: f64,
    middle: f64,
    size: f64,
}

impl Label {
    /// How far it reaches into another one: the smaller of both directions.
    fn overlap(&self, other: &Self) -> f64 {
        let across = self.right.min(other.right) - self.left.max(other.left);
        let down = f64::midpoint(self.size, other.size) - (self.middle - other.middle).abs();
        across.min(down)
    }
}

/// The texts of a drawing. A halo is the same text drawn around itself: it counts once.
fn labels(svg: &str) -> Vec<Label> {
    let mut labels: Vec<Label> = vec![];
    for label in texts(svg) {
        let same = |other: &Label| {
            other.text == label.text
                && (other.left - label.left).abs() < 3.5
                && (other.middle - label.middle).abs() < 3.5
        };
        // The last one is the text itself.
        match labels.iter().position(same) {
            Some(place) => labels[place] = label,
            None => labels.push(label),
        }
    }
    labels
}

/// What the texts of a drawing say.
pub(crate) fn words(svg: &str) -> Vec<String> {
    texts(svg).into_iter().map(|label| label.text).collect()
}

fn texts(svg: &str) -> Vec<Label> {
    svg.split("<text ")
        .skip(1)
        .map(|rest| {
            let (attributes, rest) = rest.split_once('>').expect("a tag ends");
            let (text, _) = rest.split_once("</text>").expect("a text ends");
            let attributes = format!(" {attributes}");
            let attribute = |name: &str| {
                let (_, rest) = attributes.split_once(&format!(" {name}=\""))?;
                rest.split_once('"').map(|(value, _)| value)
            };
            let grid = |name: &str| {
                let value: f64 = attribute(name)
                    .and_then(|value| value.parse().ok())
                    .expect("a text has a place and a size");
                value / f64::from(GRID)
            };
            let text = unescaped(text.trim_matches('\n'));
            let size = grid("font-size") * SVG_SIZE;
            let heavier = attribute("font-weight").map_or(1.0, |_| BOLD);
            let width = heavier * text_width(&text, size);
            let left = grid("x")
                - match attribute("text-anchor") {
                    Some("middle") => width / 2.0,
                    Some("end") => width,
                    _ => 0.0,
                };
            Label {
                left,
                right: left + width,
                middle: grid("y"),
                size,
                text,
            }
        })
        .collect()
}

/// What plotters escapes.
const ESCAPES: [(&str, &str); 5] = [
    ("<", "&lt;"),
    (">", "&gt;"),
    ("\"", "&quot;"),
    ("'", "&apos;"),
    ("&", "&amp;"),
];

fn unescaped(text: &str) -> String {
    ESCAPES
        .into_iter()
        .fold(text.to_owned(), |text, (plain, escape)| {
            text.replace(escape, plain)
        })
}

fn escaped(text: &str) -> String {
    ESCAPES
        .into_iter()
        .rev()
        .fold(text.to_owned(), |text, (plain, escape)| {
            text.replace(plain, escape)
        })
}

/// The drawing as a file to look at: as large as on the page, on paper, with the words
/// around the chart, and its texts in the size that a canvas gives them.
fn file(picture: &Picture, width: f64) -> String {
    let svg = draw(picture, width, Theme::Light);
    let (head, body) = svg.split_once(">\n").expect("a drawing begins with a tag");
    let (_, view) = head
        .split_once("viewBox=")
        .expect("a drawing has a view box");
    let [r, g, b] = Role::Paper.rgb(Theme::Light);
    let words = [&picture.title, &picture.subtitle, &picture.summary].map(|text| escaped(text));
    let font = body
        .split_once("font-family=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or("", |(font, _)| font);
    let mut file = format!(
        "<svg width=\"{width}\" height=\"{}\" viewBox={view} font-family=\"{font}\" \
         stroke-linejoin=\"round\">\n\
         <title>{}</title>\n<desc>{}\n{}</desc>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#{r:02x}{g:02x}{b:02x}\"/>\n",
        (10.0 * picture.height(width)).round() / 10.0,
        words[0],
        words[1],
        words[2],
    );
    // The font is the same everywhere: once for all keeps the files small.
    let body = body.replace(&format!(" font-family=\"{font}\""), "");
    let mut parts = body.split("font-size=\"");
    file.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (size, rest) = part.split_once('"').expect("an attribute ends");
        let size: f64 = size.parse().expect("a size is a number");
        let size = (size * SVG_SIZE).round();
        let _ = write!(file, "font-size=\"{size}\"{rest}");
    }
    file
}

/// The kept drawings: their names, and what stands in them by now.
fn files() -> Vec<(String, Picture, f64)> {
    let runs = runs();
    let mut files = vec![];
    for &chart in Chart::ALL {
        for run in &runs {
            let name = format!("{}-{}.svg", chart.id(), run.name);
            files.push((name, run.picture(chart), 720.0));
        }
        files.push((
            format!("{}-narrow.svg", chart.id()),
            runs[0].picture(chart),
            320.0,
        ));
    }
    for (name, sample) in SAMPLES {
        files.push((format!("{name}.svg"), sample.picture(0.0), 720.0));
    }
    files
}

/// Fails with all that was found.
pub(crate) fn none(found: &[String], what: &str) {
    assert!(
        found.is_empty(),
        "{} {what}:\n{}",
        found.len(),
        found.join("\n")
    );
}

/// Every chart at every width, for every scenario and for every view of a year; the
/// first argument says which it is.
fn everywhere(mut look: impl FnMut(&str, &Picture, f64)) {
    for run in &runs() {
        for &chart in Chart::ALL {
            for view in views(chart) {
                let picture = run.picture_of(chart, view);
                let when = if chart.answers() {
                    format!(", {}", view.question.output.spec().id)
                } else if chart.has_year() {
                    format!(", {view:?}")
                } else {
                    String::new()
                };
                for width in WIDTHS {
                    let place = format!("{}, {width} px, {}{when}", chart.id(), run.name);
                    look(&place, &picture, width);
                }
            }
        }
    }
}

#[test]
fn charts_are_drawn_as_before() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let kept = home.join("suite/snapshots");
    let fresh = home.join("../target/snapshots");
    let update = env::var_os("UPDATE_SNAPSHOTS").is_some();
    let mut found = vec![];
    let mut names = BTreeSet::new();
    for (name, picture, width) in files() {
        let now = file(&picture, width);
        if update {
            write(&kept, &name, &now);
        } else if fs::read_to_string(kept.join(&name)).ok().as_ref() != Some(&now) {
            write(&fresh, &name, &now);
            found.push(format!("{name}: “{}”", picture.title));
        }
        names.insert(name);
    }
    let there = fs::read_dir(&kept).into_iter().flatten().flatten();
    for entry in there {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !names.contains(&name) {
            found.push(format!("{name}: no chart draws it any more"));
        }
    }
    none(
        &found,
        "charts differ from tests/suite/snapshots; look at target/snapshots, and if they \
         are right run UPDATE_SNAPSHOTS=1 cargo test -p compute-loop-tests --test suite charts",
    );
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::create_dir_all(folder).expect("a folder can be made");
    fs::write(folder.join(name), text).expect("a drawing can be written");
}

#[test]
fn charts_are_drawn_at_every_width_and_in_both_themes() {
    everywhere(|place, picture, width| {
        let light = draw(picture, width, Theme::Light);
        let dark = draw(picture, width, Theme::Dark);
        assert_ne!(light, dark, "{place}");
        // The themes differ in colour, not in what is written.
        let texts = |svg: &str| labels(svg).into_iter().map(|label| label.text);
        assert!(texts(&light).eq(texts(&dark)), "{place}");
        // What is not a number ends as the least or the greatest whole one.
        for word in ["NaN", ">\ninf", "2147483647", "-2147483648"] {
            assert!(!light.contains(word), "{place}: {word}");
        }
    });
}

#[test]
fn no_label_leaves_the_picture() {
    let mut found = vec![];
    everywhere(|place, picture, width| {
        let height = picture.height(width);
        for label in labels(&draw(picture, width, Theme::Light)) {
            let half = label.size / 2.0;
            let beyond = [
                -label.left,
                label.right - width,
                half - label.middle,
                label.middle + half - height,
            ]
            .into_iter()
            .fold(0.0, f64::max);
            if beyond > 4.0 {
                found.push(format!("{place}: “{}” by {beyond:.0} px", label.text));
            }
        }
    });
    none(&found, "labels leave their picture");
}

#[test]
fn no_labels_lie_on_each_other() {
    let mut found = vec![];
    everywhere(|place, picture, width| {
        let labels = labels(&draw(picture, width, Theme::Light));
        for (i, one) in labels.iter().enumerate() {
            for other in &labels[..i] {
                let overlap = one.overlap(other);
                if overlap > 2.0 {
                    let (first, second) = (&other.text, &one.text);
                    found.push(format!(
                        "{place}: “{first}” and “{second}” by {overlap:.0} px"
                    ));
                }
            }
        }
    });
    none(&found, "pairs of labels overlap");
}

#[test]
fn heights_do_not_depend_on_the_beliefs() {
    let runs = runs();
    let mut found = vec![];
    for &chart in Chart::ALL {
        for width in WIDTHS {
            let heights = runs.each_ref().map(|run| run.picture(chart).height(width));
            if heights.map(f64::to_bits) != [heights[0].to_bits(); 3] {
                found.push(format!("{}, {width} px: {heights:?}", chart.id()));
            }
        }
    }
    none(&found, "charts change their height");
}

#[test]
fn words_around_charts_are_whole_and_short() {
    let mut found = vec![];
    for run in &runs() {
        let views = |&chart: &Chart| views(chart).into_iter().map(move |view| (chart, view));
        for (chart, view) in Chart::ALL.iter().flat_map(views) {
            let picture = run.picture_of(chart, view);
            let place = format!("{}, {}, {view:?}", chart.id(), run.name);
            let length = picture.title.chars().count();
            if length > 140 {
                found.push(format!("{place}: {length} characters: {}", picture.title));
            }
            for text in [&picture.title, &picture.subtitle, &picture.summary] {
                if text.trim().is_empty() {
                    found.push(format!("{place}: a text is empty"));
                }
                for word in [
                    "NaN",
                    "inf ",
                    "inf\u{202f}",
                    "{",
                    "}",
                    "  ",
                    "-0",
                    "−0\u{202f}",
                    "−0.0\u{202f}",
                ] {
                    if text.contains(word) {
                        found.push(format!("{place}: {word:?} in “{text}”"));
                    }
                }
            }
        }
    }
    none(&found, "texts around charts are broken");
}

#[test]
fn words_around_charts_follow_the_beliefs() {
    let [default, low, high] = runs();
    let mut found = vec![];
    for &chart in Chart::ALL {
        let before = default.picture(chart);
        for run in [&low, &high] {
            let after = run.picture(chart);
            if PUBLISHED.contains(&chart) {
                assert_eq!(before, after, "{chart:?} follows beliefs");
                continue;
            }
            for (what, before, after) in [
                ("title", &before.title, &after.title),
                ("summary", &before.summary, &after.summary),
            ] {
                if before == after {
                    found.push(format!(
                        "{}, {}: the {what} “{after}”",
                        chart.id(),
                        run.name
                    ));
                }
            }
        }
    }
    none(&found, "texts around charts stay the same");
}

/// Beliefs that say nothing by default, and a link under which they do: power counts
/// only where it binds, and the term of the pledge where demand does not fill it.
const TOGETHER: [(Lever, &str); 2] = [
    (Lever::OtherAiGw, "#m=1&capacity-binds=on"),
    (
        Lever::PledgeYears,
        "#m=1&arr-2026=45&spend-ratio=30&arr-growth-2027=-30&loosening=40&pledge=200",
    ),
];

#[test]
fn every_belief_moves_a_chart() {
    let mut found = vec![];
    let pictures = |scenario: &Scenario| {
        let run = run("", scenario);
        Chart::ALL.iter().map(move |&chart| run.picture(chart))
    };
    for lever in Lever::ALL {
        let base = TOGETHER
            .iter()
            .find(|(with, _)| *with == lever)
            .map_or_else(Scenario::default, |(_, address)| link::decode(address).0);
        let spec = lever.spec();
        for end in [spec.min, spec.max] {
            let moved = base.with(lever, end);
            if moved != base && pictures(&moved).eq(pictures(&base)) {
                found.push(format!("{} = {}", spec.id, link::value_text(lever, end)));
            }
        }
    }
    none(&found, "ends of beliefs move no chart");
}

#[test]
fn titles_of_the_deal_and_the_chip_say_what_the_outcome_has() {
    let says = |run: &Run, chart: Chart, parts: &[String]| {
        let title = run.picture(chart).title;
        for part in parts {
            assert!(title.contains(part), "{}: no {part} in “{title}”", run.name);
        }
    };
    let dollars = |value: f64| format::value(Unit::UsdBn, value);
    let less = |run: &Run, output: Output| format::percent(1.0 - run.outcome.get(output));
    for run in &runs() {
        let expected = run.outcome.get(Output::ContingentExpected);
        let top_up = run.scenario.get(Lever::TopUp);
        let paid = run.outcome.get(Output::CashInvested202612);
        let mut parts = vec![format!("{} is paid", dollars(paid))];
        if expected + top_up > 0.0 {
            parts.push(dollars(paid + expected + top_up));
        } else {
            parts.push("nothing is expected".into());
        }
        says(run, Chart::Ladder, &parts);
        let package = facts::PHASE3_INVEST.value() + expected + top_up;
        says(run, Chart::Deals, &[dollars(package)]);
        let pledge = dollars(run.scenario.get(Lever::Pledge));
        let met = run.outcome.month(Output::PledgeMet);
        let met = met.map_or_else(|| "end of 2036".into(), format::month);
        says(run, Chart::Pledge, &[pledge, met]);
        let hour = less(run, Output::Trn2PricePerChipHour);
        says(run, Chart::ChipTable, &[hour]);
        let gigawatt = less(run, Output::TrainingCostGigawatt);
        says(run, Chart::ChipCost, &[gigawatt]);
        let start = run.scenario.get(Lever::Trainium4Start);
        let start = format::value(Unit::Month, start);
        says(run, Chart::Generations, &[start]);
    }
    // What is Amazon's to choose is taken where Anthropic is worth more than it was.
    let option = Scenario::default().with(Lever::OptionOrDuty, 1.0);
    let title = |scenario: &Scenario, chart| run("option", scenario).picture(chart).title;
    assert!(title(&option, Chart::Ladder).contains("taken"));
    let poor = option
        .with(Lever::ValuationMultiple, 2.0)
        .with(Lever::Arr2026, 45.0);
    assert!(title(&poor, Chart::Ladder).contains("unused"));
    // A floor that alone carries the pledge, and a term beyond the horizon.
    let weak = Scenario::default()
        .with(Lever::Arr2026, 45.0)
        .with(Lever::SpendRatio, 30.0)
        .with(Lever::ArrGrowth2027, -30.0)
        .with(Lever::Loosening, 40.0)
        .with(Lever::Pledge, 200.0);
    assert!(title(&weak, Chart::Pledge).contains("Only its term"));
    let long = weak.with(Lever::PledgeYears, 15.0);
    assert!(title(&long, Chart::Pledge).contains("By the end of 2036"));
}

/// The custom properties with colours in the first rule of a style sheet whose
/// selectors hold a text, after a place in the sheet.
fn colors(css: &str, after: &str, selector: &str) -> Vec<(String, String)> {
    let (_, css) = css.split_once(after).expect("the sheet has this part");
    let (_, rule) = css
        .split_once(selector)
        .expect("the sheet has this selector");
    let (_, rule) = rule.split_once('{').expect("a rule begins");
    let (rule, _) = rule.split_once('}').expect("a rule ends");
    rule.split(';')
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(':')?;
            Some((name.to_owned(), value.trim().to_owned()))
        })
        .collect()
}

#[test]
fn the_style_sheet_has_the_colours_of_the_charts() {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../public/style.css");
    let css = fs::read_to_string(place).expect("the style sheet can be read");
    for (after, selector, theme) in [
        ("", ":root", Theme::Light),
        ("", "[data-theme=\"light\"]", Theme::Light),
        ("", "[data-theme=\"dark\"]", Theme::Dark),
        ("(prefers-color-scheme: dark)", ":root:not(", Theme::Dark),
    ] {
        let colors = colors(&css, after, selector);
        for role in Role::ALL {
            let [r, g, b] = role.rgb(theme);
            let found: Vec<&str> = colors
                .iter()
                .filter(|(name, _)| name == role.name())
                .map(|(_, value)| value.as_str())
                .collect();
            let wanted = format!("#{r:02x}{g:02x}{b:02x}");
            assert_eq!(found, [wanted], "--{} under {selector}", role.name());
        }
    }
}

/// The contrast between two colours as WCAG 2 defines it.
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let luminance = |color: [u8; 3]| -> f64 {
        let parts = color.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                libm::pow((part + 0.055) / 1.055, 2.4)
            }
        });
        0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    };
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    a.max(b) / a.min(b)
}

#[test]
fn colours_stand_off_the_paper() {
    // White against black, and a pair from the specification's examples.
    assert!((contrast([255; 3], [0; 3]) - 21.0).abs() < 1e-9);
    assert!((contrast([255; 3], [0x76; 3]) - 4.54).abs() < 0.01);
    for theme in [Theme::Light, Theme::Dark] {
        for role in Role::ALL {
            if matches!(role, Role::Rule | Role::Paper) {
                continue;
            }
            let ratio = contrast(role.rgb(theme), Role::Paper.rgb(theme));
            assert!(ratio >= 4.5, "{role:?}, {theme:?}: {ratio:.2}");
        }
    }
}

/// Made-up bands beside the charts of the page, whose bands follow the worlds drawn.
const SAMPLES: [(&str, Sample); 2] = [("sample-48", Sample::SHORT), ("sample-168", Sample::LONG)];

/// The numbers of an attribute, in the order of the drawing.
fn attributes<'a>(svg: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    let start = format!(" {name}=\"");
    let parts: Vec<&str> = svg.split(&start).skip(1).collect();
    parts
        .into_iter()
        .filter_map(|rest| rest.split_once('"').map(|(value, _)| value))
}

#[test]
fn bands_are_drawn_whole_in_both_themes() {
    for (name, sample) in SAMPLES {
        for width in WIDTHS {
            for theme in [Theme::Light, Theme::Dark] {
                let svg = draw(&sample.picture(0.0), width, theme);
                let shapes = svg.matches("<polygon").count();
                assert_eq!(shapes, 2 * sample.bands, "{name}, {width} px");
                let [r, g, b] = Role::Anthropic.rgb(theme);
                let color = format!("#{r:02X}{g:02X}{b:02X}");
                assert!(svg.contains(&color), "{name}, {width} px: no {color}");
                assert!(
                    !svg.contains("NaN") && !svg.contains("-2147483648"),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn a_month_without_worlds_leaves_a_gap_in_its_band() {
    let whole = Sample::SHORT.picture(0.0);
    let torn = Sample::SHORT.picture_without(20..23, 0.0);
    let shapes = |picture: &Picture| {
        let svg = draw(picture, 680.0, Theme::Light);
        assert!(!svg.contains("NaN"));
        svg.matches("<polygon").count()
    };
    assert_eq!(shapes(&torn), 2 * shapes(&whole));
    let text = |picture: &Picture, month: usize| {
        let reading = picture.reading(month).expect("a month can be read");
        reading.sentence()
    };
    assert!(text(&torn, 19).contains("worlds"), "{}", text(&torn, 19));
    assert!(!text(&torn, 21).contains("worlds"), "{}", text(&torn, 21));
    // A single month between two without worlds has no area to fill.
    let lone = Sample::SHORT.picture_without(1..48, 0.0);
    assert_eq!(shapes(&lone), 0);
}

#[test]
fn a_readout_names_the_range_beside_the_value() {
    let reading = Sample::SHORT.picture(0.0).reading(36);
    let reading = reading.expect("a month can be read");
    let gap = '\u{202f}';
    assert_eq!(
        reading.sentence(),
        format!(
            "January 2026: needed 12.6{gap}GW (9.7 to 17.2 in nine of ten worlds), \
             online 13.7{gap}GW (10.6 to 18.8 in nine of ten worlds)"
        )
    );
}

#[test]
fn an_axis_takes_in_its_bands_by_half_steps() {
    let mut axes = BTreeSet::new();
    for step in 0..400 {
        let sample = Sample {
            spread: 0.5 + f64::from(step) / 200.0,
            ..Sample::SHORT
        };
        let svg = draw(&sample.picture(0.0), 680.0, Theme::Light);
        let ticks = labels(&svg).into_iter().filter_map(|label| {
            let value: f64 = label.text.parse().ok().filter(|value| *value < 1000.0)?;
            Some((value as i64, label.middle.round() as i64))
        });
        axes.insert(ticks.collect::<Vec<_>>());
        // No band leaves the frame.
        for points in attributes(&svg, "points") {
            for point in points.split_whitespace() {
                let (_, y) = point.split_once(',').expect("a point has two numbers");
                let y: f64 = y.parse().expect("a coordinate is a number");
                assert!(y / f64::from(GRID) >= 21.9, "{step}: {y}");
            }
        }
    }
    // From a top of 25 to one of 40 by halves of ten.
    assert!((3..=5).contains(&axes.len()), "{axes:?}");
}

#[test]
fn every_series_opens_from_a_chart() {
    let offered: Vec<&str> = Chart::ALL
        .iter()
        .flat_map(|chart| chart.computed())
        .map(|quantity| quantity.id())
        .collect();
    for series in Series::ALL {
        let id = series.spec().id;
        assert!(offered.contains(&id), "{id} opens nowhere");
        let month = Month::new(2026, 12);
        assert!(
            month >= series.spec().start,
            "{id} has no value in the month in which it opens"
        );
    }
}
