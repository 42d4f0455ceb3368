//! The page as an article, at the values it opens with: what a reader has before
//! WebAssembly runs, and keeps where it does not.
//!
//! `app/ship` puts [`body`] into the served document and [`pictures`] beside it. Elements
//! and classes are those of the live page, so that the style sheet fits both and nothing
//! moves when one takes the place of the other; `tests/browser/article.rs` measures that.

use std::fmt::Write as _;

use compute_loop_core::fact::facts;
use compute_loop_core::kind::Mark;
use compute_loop_core::levers::Lever;
use compute_loop_core::methods::LEFT_OUT;
use compute_loop_core::odds::sensitivity::{self, Sensitivity};
use compute_loop_core::odds::{Answer, Asked, DRAWS, Desk, FIRST_DRAWS, SEED, first};
use compute_loop_core::outcome::{Outcome, Output};
use compute_loop_core::preset::PRESETS;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::unit::Unit;
use compute_loop_core::words::{LANGUAGES, language, t};
use compute_loop_core::{assumption, cite, format, json, link, model, prediction, say};

use crate::charts::{Case, Chart, Picture, View, after};
use crate::content::{self, Block, Chapter, HEADLINE, SOURCES, Span, Table, chapters, heads};
use crate::palette::{Role, Theme};
use crate::query::Part;
use crate::room::{self, IN_BRACKETS, MEDIAN, SHADED, STOPS, stand};
use crate::svg;

/// What the page opens with.
struct Now {
    scenario: Scenario,
    outcome: Outcome,
    /// What moves the figure of the first view.
    matters: Sensitivity,
    /// What the worlds say of the first screen: see `first.rs`.
    worlds: Answer,
}

/// The document's body.
pub fn body() -> String {
    let now = Now::new();
    let mut html = String::from("<div id=\"before\">\n");
    masthead(&mut html);
    html.push_str("<main>\n");
    opening(&mut html, &now);
    contents(&mut html);
    for chapter in chapters().iter().filter(|chapter| chapter.number > 0) {
        self::chapter(&mut html, chapter, &now);
    }
    html.push_str("</main>\n</div>");
    html
}

/// The pictures of all charts but the first, which is in the document: the name of each
/// and what it holds.
pub fn pictures() -> Vec<(String, String)> {
    let now = Now::new();
    let rest = Chart::ALL.iter().filter(|chart| **chart != Chart::Gap);
    rest.flat_map(|&chart| {
        let picture = now.picture(chart);
        [0, 1].map(|i| (file_name(chart, i), file(&picture, svg::WIDTHS[i])))
    })
    .collect()
}

/// The views for other pages as each is before anybody uses it, by its part: all but those of
/// which a reader chooses something.
pub fn embeds() -> Vec<(Part, String)> {
    let now = Now::new();
    Part::all()
        .filter(|part| !part.chart().has_view())
        .map(|part| (part, embed(part, &now)))
        .collect()
}

impl Now {
    fn new() -> Self {
        let scenario = Scenario::default();
        let asked = first::OUTPUTS.map(Asked::of);
        Self {
            scenario,
            outcome: model::run(&scenario),
            matters: sensitivity::of(&scenario, View::default().figure, 1, sensitivity::FIRST),
            worlds: Desk::new(SEED, FIRST_DRAWS).answer(&scenario, &first::SERIES, &asked, None),
        }
    }

    fn picture(&self, chart: Chart) -> Picture {
        // A chart of odds shows nothing else; other bands than those of the first chart come
        // with the live page.
        let asked = chart.asked(View::default());
        let odds = (!asked.is_empty())
            .then(|| Desk::new(SEED, FIRST_DRAWS).answer(&self.scenario, &[], &asked, None));
        let first = Some(&self.worlds).filter(|_| chart == Chart::Gap);
        chart.picture(Case {
            scenario: &self.scenario,
            outcome: &self.outcome,
            odds: odds.as_ref().or(first),
            view: View::default(),
            matters: Some(&self.matters),
        })
    }
}

/// Adds text with what HTML would read as its own replaced.
fn text(html: &mut String, words: &str) {
    for c in words.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

/// The same as a text of its own.
fn escaped(words: &str) -> String {
    let mut html = String::new();
    text(&mut html, words);
    html
}

macro_rules! add {
    ($html:expr, $($format:tt)*) => {
        {
            // A string takes whatever is written to it.
            let _ = write!($html, $($format)*);
        }
    };
}

fn masthead(html: &mut String) {
    let others = LANGUAGES.into_iter().filter(|other| **other != *language());
    let others = others.map(|other| {
        let (code, name) = (other.code, other.name);
        format!(
            "<a class=\"language\" lang=\"{code}\" hreflang=\"{code}\" href=\"?lang={code}\">{name}</a>"
        )
    });
    add!(
        html,
        "<a class=\"skip\" href=\"#chapter-1\">{}</a>\n\
         <header class=\"masthead\"><p class=\"brand\">{}</p>\
         <div class=\"tools live-only\"><button type=\"button\" class=\"copy\" data-longer=\"{}\" data-waits disabled>{}</button>\
         <button type=\"button\" id=\"share\" data-waits disabled>{}</button>\
         <button type=\"button\" id=\"ranges\" data-waits disabled aria-pressed=\"true\">{}</button>\
         <button type=\"button\" data-waits disabled>{}</button>{}</div></header>\n\
         <div role=\"status\" class=\"notices\"><ul></ul></div>\n\
         <noscript><p class=\"plain\">{}</p></noscript>\n",
        escaped(t("Skip to the chapters")),
        escaped(t(cite::NAME)),
        escaped(t("Link copied")),
        escaped(t("Copy link")),
        escaped(t("Share")),
        escaped(t("Ranges")),
        escaped(t("Dark")),
        others.collect::<String>(),
        escaped(t(
            "This is the page at its default values. Its sliders, and the source behind each number, need JavaScript."
        ))
    );
}

fn opening(html: &mut String, now: &Now) {
    let mut paragraphs = content::opening().iter().filter_map(|block| match block {
        Block::Paragraph(spans) => Some(*spans),
        _ => None,
    });
    html.push_str("<section class=\"opening\" aria-labelledby=\"headline\">\n<h1 id=\"headline\">");
    sentence(html, paragraphs.next().unwrap_or_default(), now);
    html.push_str("</h1>\n<div class=\"stage\">\n");
    figure(html, Chart::Gap, now, Place::FIRST);
    html.push_str("<div class=\"primary\">\n<div>\n");
    for lever in Lever::PRIMARY {
        control(html, lever, true);
    }
    html.push_str("</div>\n");
    commands(html);
    html.push_str("</div>\n</div>\n");
    let quote = format!(
        " <button type=\"button\" class=\"more quote-button live-only\" data-waits disabled>{}</button>",
        escaped(t("Quote"))
    );
    figures(html, &quote, now);
    worlds(html, Some(FIRST_DRAWS), IN_BRACKETS, "");
    html.push('\n');
    html.push_str("<div class=\"standfirst\"><div class=\"served\" data-of=\"standfirst\">");
    for spans in paragraphs {
        paragraph(html, spans, now);
    }
    html.push_str("</div></div>\n</section>\n");
}

/// The figures of the first screen, each with something after it.
fn figures(html: &mut String, after: &str, now: &Now) {
    html.push_str("<dl class=\"figures\">");
    for (name, output) in HEADLINE {
        add!(html, "<div><dt>{}</dt><dd>", escaped(t(name)));
        figure_of(html, output, None, now);
        range(html, output, now);
        add!(html, "{after}</dd></div>\n");
    }
    html.push_str("</dl>\n");
}

/// Where nine of ten worlds lie, beside a figure.
fn range(html: &mut String, output: Output, now: &Now) {
    html.push_str(" <span class=\"spread\">");
    if let Some(figure) = now.worlds.figure(output) {
        let (unit, (low, high)) = (output.spec().unit, figure.nine_of_ten());
        let shown = say!("({range})", range = format::range(unit, low, high));
        let spoken = say!(
            "{range} in nine of ten worlds",
            range = format::range_in_words(unit, low, high)
        );
        add!(
            html,
            "<span aria-hidden=\"true\">{}</span><span class=\"spoken\">{}</span>",
            escaped(&shown),
            escaped(&spoken)
        );
    }
    html.push_str("</span>");
}

/// On how many worlds ranges stand; room for it where there are none yet.
fn worlds(html: &mut String, draws: Option<usize>, before: &str, after: &str) {
    let class = if draws.is_some() {
        "worlds"
    } else {
        "worlds live-only"
    };
    add!(
        html,
        "<p class=\"{class}\"><span class=\"room\" aria-hidden=\"true\">{}</span><span>{}</span></p>",
        escaped(&stand(DRAWS, before, after)),
        escaped(&draws.map_or_else(String::new, |draws| stand(draws, before, after)))
    );
}

/// A slider that cannot be moved yet (`data-waits`: what can be used once there is a module,
/// whatever it does), with its published values as marks on it, and in words.
fn control(html: &mut String, lever: Lever, words: bool) {
    let spec = lever.spec();
    let value = spec.default;
    add!(
        html,
        "<div class=\"lever\"><label>{}</label><div class=\"setting\"><span class=\"track live-only\"><span class=\"marks\" aria-hidden=\"true\">",
        escaped(t(spec.label))
    );
    for tick in spec.ticks {
        let place = (lever.admit(tick.value) - spec.min) / (spec.max - spec.min);
        add!(html, "<i style=\"--place:{place:.4}\"></i>");
    }
    add!(
        html,
        "</span><input type=\"range\" data-of-slider=\"{}\" data-waits disabled min=\"{}\" max=\"{}\" step=\"{}\" value=\"{value}\" aria-label=\"{}\"></span>\
         {}<button type=\"button\" class=\"reset\" disabled>{}</button></div>",
        spec.id,
        spec.min,
        spec.max,
        spec.step,
        escaped(t(spec.label)),
        entry(lever, value),
        escaped(t("reset"))
    );
    if !words {
        html.push_str("</div>\n");
        return;
    }
    html.push_str("<ul class=\"ticks\">");
    for tick in spec.ticks {
        add!(
            html,
            "<li><span class=\"tick\">{}</span> <span class=\"fact\">{}</span></li>",
            escaped(&format::lever(lever, lever.admit(tick.value))),
            escaped(t(tick.label))
        );
    }
    html.push_str("</ul></div>\n");
}

/// The value as text, to be typed over; of one of a few options, the list of them.
fn entry(lever: Lever, value: f64) -> String {
    let spec = lever.spec();
    let (label, shown) = (escaped(t(spec.label)), link::value_text(lever, value));
    if matches!(spec.unit, Unit::Switch | Unit::Choice) {
        let options = spec.options.iter().map(|&option| {
            let chosen = if option == shown { " selected" } else { "" };
            format!("<option{chosen}>{}</option>", escaped(t(option)))
        });
        return format!(
            "<select data-waits disabled aria-label=\"{label}\">{}</select>",
            options.collect::<String>()
        );
    }
    let month = if spec.unit == Unit::Month {
        " class=\"month\""
    } else {
        ""
    };
    format!(
        "<span class=\"entry\"><input type=\"text\"{month} data-waits disabled value=\"{}\" aria-label=\"{label}\"> \
         <span class=\"unit\">{}</span></span>",
        escaped(&shown),
        escaped(format::unit_name(spec.unit))
    )
}

/// What stands under the sliders, before it does anything.
fn commands(html: &mut String) {
    let preset = PRESETS
        .iter()
        .find(|preset| preset.scenario() == Scenario::default());
    let (name, reason) = preset.map_or(("", ""), |preset| (preset.name, preset.reason));
    add!(
        html,
        "<div class=\"commands live-only\"><label class=\"scenario\"><span>{}</span><select id=\"scenario\" data-waits disabled><option>{}</option></select></label>\
         <p class=\"preset-reason\">{}</p>\
         <label class=\"scenario\"><span>{}</span><select data-waits disabled><option>{}</option></select></label>\
         <div class=\"buttons\"><button type=\"button\" id=\"all-beliefs\" data-waits disabled>{}</button><button type=\"button\" id=\"reset\" disabled>{}</button>\
         <button type=\"button\" disabled>{}</button><button type=\"button\" disabled>{}</button></div></div>\n",
        escaped(t("Scenario")),
        escaped(t(name)),
        escaped(t(reason)),
        escaped(t("Compare with")),
        escaped(t("nothing")),
        escaped(&say!("All {count} beliefs", count = Lever::COUNT)),
        escaped(t("Reset")),
        escaped(t("Undo")),
        escaped(t("Redo"))
    );
}

/// Every slider as an embed has it: whoever makes one may choose others than the view's own.
pub fn sliders() -> String {
    let mut html = String::new();
    for lever in Lever::ALL {
        control(&mut html, lever, false);
    }
    html
}

/// What `embed.rs` shows of a part.
fn embed(part: Part, now: &Now) -> String {
    let opening = part == Part::Opening;
    let mut html = String::new();
    let button = |id: &str, words: &str| {
        // As faint as it is on the live one, where it has nothing to do either.
        format!(
            "<button type=\"button\" id=\"{id}\" style=\"opacity:.45\" disabled>{}</button>",
            escaped(t(words))
        )
    };
    add!(
        html,
        "<main class=\"embed\" aria-label=\"{0}\">\n<header class=\"head\"><p class=\"brand\">{0}</p>\
         <div class=\"buttons\">{1}{2}{3}</div></header>\n",
        escaped(t(cite::NAME)),
        button("reset", "Reset"),
        button("undo", "Undo"),
        button("redo", "Redo")
    );
    if opening {
        html.push_str("<h1>");
        sentence(&mut html, content::headline(), now);
        html.push_str("</h1>\n");
    }
    html.push_str("<div class=\"stage\">\n");
    let place = Place::alone(if opening { 2 } else { 1 });
    figure(&mut html, part.chart(), now, place);
    if !part.sliders().is_empty() {
        html.push_str("<div class=\"primary\">\n");
        for &lever in part.sliders() {
            control(&mut html, lever, false);
        }
        html.push_str("</div>\n");
    }
    html.push_str("</div>\n");
    if opening {
        figures(&mut html, "", now);
    }
    html.push_str("<div role=\"status\" class=\"notices\"><ul></ul></div>\n");
    origin(&mut html, &now.picture(part.chart()));
    html.push_str("</main>\n");
    html
}

/// Where the published figures of a chart are from, and the way to the whole page.
fn origin(html: &mut String, picture: &Picture) {
    let mut links: Vec<String> = vec![];
    for (_, fact) in picture.facts {
        let source = SOURCES.iter().find(|one| one.short == fact.source.short);
        let link = source.map(|source| {
            format!(
                "<button type=\"button\" class=\"document\" data-document=\"{}\" data-waits disabled>{}</button>",
                source.id,
                escaped(t(source.short))
            )
        });
        links.extend(link.filter(|link| !links.contains(link)));
    }
    html.push_str("<p class=\"made-of\">");
    if !links.is_empty() {
        let said = t("Published figures: {sources}.").replace("{sources}", &links.join(t(", ")));
        add!(html, "{said} ");
    }
    let rest = if links.is_empty() {
        t("Computed here from the beliefs set.")
    } else {
        t("The rest is computed here from the beliefs set.")
    };
    add!(
        html,
        "{} <a class=\"whole\" href=\"./\" target=\"_blank\" rel=\"noopener\">{}</a></p>\n",
        escaped(rest),
        escaped(t("The Compute Loop: the whole page with these beliefs"))
    );
}

fn contents(html: &mut String) {
    add!(
        html,
        "<nav class=\"contents\" aria-label=\"{}\"><ol>",
        escaped(t("Chapters"))
    );
    for head in heads() {
        let class = if head.numbered() {
            " class=\"numbered\""
        } else {
            ""
        };
        add!(
            html,
            "<li{class}><a href=\"#{}\">{}</a></li>",
            head.id,
            escaped(head.short)
        );
    }
    html.push_str("</ol></nav>\n");
}

fn chapter(html: &mut String, chapter: &Chapter, now: &Now) {
    let Some(head) = heads().iter().find(|head| head.number == chapter.number) else {
        return;
    };
    add!(
        html,
        "<section class=\"chapter\" id=\"{0}\" tabindex=\"-1\" aria-labelledby=\"{0}-title\">\n",
        head.id
    );
    if head.numbered() {
        add!(html, "<p class=\"number\">{}</p>", head.number);
    }
    add!(
        html,
        "<h2 id=\"{0}-title\">{1}</h2>\n",
        head.id,
        escaped(head.title)
    );
    let mut body = String::new();
    let answer = chapter.answer(&now.scenario, &now.outcome);
    if !answer.is_empty() {
        body.push_str("<p class=\"answer\"><span class=\"variant shown\">");
        sentence(&mut body, answer, now);
        body.push_str("</span></p>\n");
    }
    for block in chapter.blocks {
        self::block(&mut body, block, now);
    }
    if !chapter.sources.is_empty() {
        add!(
            body,
            "<p class=\"sources\">{}</p>\n",
            escaped(&say!(
                "Sources in play: {sources}.",
                sources = chapter.sources.join(t(", "))
            ))
        );
    }
    add!(
        html,
        "<div class=\"served\" data-of=\"{}\" style=\"--room:{}px\">\n{body}",
        head.id,
        room(&body)
    );
    html.push_str("</div>\n</section>\n");
}

/// About how high some of the article is in a narrow column, in CSS pixels: what is far from
/// the window is not laid out, and this much is kept for it.
fn room(html: &str) -> usize {
    /// Characters to a line, the height of a line, and of a chart with its words.
    const SIZES: [usize; 3] = [56, 28, 560];
    let words: usize = html
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, words)| words))
        .map(|words| words.chars().count())
        .sum();
    words / SIZES[0] * SIZES[1] + html.matches("<figure").count() * SIZES[2]
}

fn block(html: &mut String, block: &Block, now: &Now) {
    match block {
        Block::Paragraph(spans) => paragraph(html, spans, now),
        Block::Heading(spans) => {
            html.push_str("<h3>");
            sentence(html, spans, now);
            html.push_str("</h3>\n");
        }
        Block::LeavesOut(spans) => {
            add!(
                html,
                "<details class=\"leaves-out\"><summary>{}</summary><p>",
                escaped(t("What this leaves out"))
            );
            sentence(html, spans, now);
            html.push_str("</p></details>\n");
        }
        Block::Chart(chart) => figure(html, *chart, now, Place::CHAPTER),
        Block::Figures(list) => {
            html.push_str("<dl class=\"figures\">");
            for named in *list {
                add!(html, "<div><dt>{}</dt><dd>", escaped(named.label));
                figure_of(html, named.output, None, now);
                html.push_str("</dd></div>");
            }
            html.push_str("</dl>\n");
        }
        Block::Table(table) => self::table(html, *table, now),
    }
}

fn paragraph(html: &mut String, spans: &[Span], now: &Now) {
    html.push_str("<p>");
    sentence(html, spans, now);
    html.push_str("</p>\n");
}

/// A run of words and numbers; a number and the stop after it are kept on one line, with
/// the room that it has on the live page.
fn sentence(html: &mut String, spans: &[Span], now: &Now) {
    for (i, span) in spans.iter().enumerate() {
        match span {
            Span::Text(words) if i > 0 && !matches!(spans[i - 1], Span::Turn(_)) => {
                text(html, words.trim_start_matches(STOPS));
            }
            Span::Text(words) => text(html, words),
            Span::Turn(turn) => {
                html.push_str("<span class=\"turn\">");
                text(html, turn.words(&now.scenario, &now.outcome));
                html.push_str("</span>");
            }
            _ => {
                html.push_str("<span class=\"kept\"");
                if let Some(slack) = room::slack(room::most(span), &shown(span, now)) {
                    add!(html, " style=\"--slack:{slack}\"");
                }
                html.push('>');
                number(html, span, now);
                if let Some(Span::Text(words)) = spans.get(i + 1) {
                    let rest = words.trim_start_matches(STOPS);
                    text(html, &words[..words.len() - rest.len()]);
                }
                html.push_str("</span>");
            }
        }
    }
}

/// A number as its slack knows it: those that do not move have none.
fn shown(span: &Span, now: &Now) -> String {
    match span {
        Span::Output(output) => format::output(&now.outcome, *output),
        Span::Lever(lever) => format::lever(*lever, now.scenario.get(*lever)),
        _ => String::new(),
    }
}

fn number(html: &mut String, span: &Span, now: &Now) {
    match span {
        Span::Text(words) | Span::Count(words) => text(html, words),
        Span::Turn(turn) => text(html, turn.words(&now.scenario, &now.outcome)),
        Span::Output(output) => figure_of(html, *output, None, now),
        Span::Precise { output, decimals } => figure_of(html, *output, Some(*decimals), now),
        Span::Lever(lever) => {
            let value = now.scenario.get(*lever);
            add!(
                html,
                "<span class=\"place\"><data class=\"belief\" value=\"{value}\" data-of-lever=\"{}\">{}</data></span>",
                lever.spec().id,
                escaped(&format::lever(*lever, value))
            );
        }
        Span::Fact {
            text: words,
            origin,
            ..
        } => add!(
            html,
            "<span class=\"fact\" title=\"{}\">{}</span>",
            escaped(origin),
            escaped(words)
        ),
    }
}

/// A figure of the model, its exact value with it.
fn figure_of(html: &mut String, output: Output, decimals: Option<usize>, now: &Now) {
    let shown = match decimals {
        Some(decimals) => format::share(now.outcome.get(output), decimals),
        None => format::output(&now.outcome, output),
    };
    add!(
        html,
        "<data class=\"live\" value=\"{}\" data-of-output=\"{}\">{}</data>",
        escaped(&json::output_text(&now.outcome, output)),
        output.spec().id,
        escaped(&shown)
    );
}

/// Where a chart stands.
#[derive(Clone, Copy)]
struct Place {
    /// How deep its title stands among the headings.
    level: u32,
    /// How it is drawn.
    drawn: Drawn,
}

/// How a chart is drawn.
#[derive(Clone, Copy)]
enum Drawn {
    /// In place, so that it needs no request, as the style sheet chooses one.
    Here,
    /// In place for any width, as `facade.js` chooses one.
    AnyWidth,
    /// As a picture that is fetched where it is looked at.
    Fetched,
}

/// The widths that charts are drawn for where any may be wanted, in CSS pixels.
const ANY_WIDTH: [f64; 6] = [260.0, 330.0, 420.0, 540.0, 700.0, 920.0];

impl Place {
    /// Right below the title of the page.
    const FIRST: Self = Self {
        level: 2,
        drawn: Drawn::Here,
    };
    const CHAPTER: Self = Self {
        level: 3,
        drawn: Drawn::Fetched,
    };

    /// In another page.
    const fn alone(level: u32) -> Self {
        Self {
            level,
            drawn: Drawn::AnyWidth,
        }
    }
}

/// A chart with its words.
fn figure(html: &mut String, chart: Chart, now: &Now, place: Place) {
    let picture = now.picture(chart);
    // The live page has charts of these names beside the article's; an embed has one of the two.
    let id = if matches!(place.drawn, Drawn::AnyWidth) {
        format!(" id=\"chart-{}\"", chart.id())
    } else {
        String::new()
    };
    add!(
        html,
        "<figure class=\"chart\"{id} data-chart=\"{}\"><h3 class=\"finding\" aria-level=\"{}\"><span>{}</span></h3><p class=\"subtitle\">{}</p>",
        chart.id(),
        place.level,
        escaped(&picture.title),
        escaped(&picture.subtitle)
    );
    match place.drawn {
        Drawn::Here => {
            add!(
                html,
                "<div class=\"canvas\" style=\"height:{}\">",
                height(&picture)
            );
            for (class, width) in ["narrow", "wide"].into_iter().zip(svg::WIDTHS) {
                html.push_str(&svg::inline(&picture, width, class));
            }
        }
        Drawn::AnyWidth => {
            add!(
                html,
                "<div class=\"canvas\" data-heights=\"{}\">",
                heights(&picture)
            );
            for width in ANY_WIDTH {
                html.push_str(&svg::inline(&picture, width, "any"));
            }
        }
        Drawn::Fetched => {
            let [narrow, wide] = svg::WIDTHS.map(|width| picture.height(width));
            add!(
                html,
                "<div class=\"canvas drawn\" style=\"--narrow:{}/{narrow:.0};--wide:{}/{wide:.0}\"><noscript><picture>\
                 <source media=\"(max-width:40rem)\" srcset=\"{}\"><img src=\"{}\" alt=\"\" loading=\"lazy\"></picture></noscript>",
                svg::WIDTHS[0],
                svg::WIDTHS[1],
                file_name(chart, 0),
                file_name(chart, 1)
            );
        }
    }
    add!(
        html,
        "</div><figcaption>{}</figcaption>",
        escaped(&picture.summary)
    );
    if !chart.bands().is_empty() {
        let draws = (chart == Chart::Gap).then_some(FIRST_DRAWS);
        worlds(html, draws, SHADED, MEDIAN);
    }
    add!(
        html,
        "<details class=\"data live-only\"><summary>{}</summary></details></figure>\n",
        escaped(t("Data and sources"))
    );
}

/// The heights of a picture by its width, in CSS pixels: `width:height` at each place where a
/// line through them bends.
fn heights(picture: &Picture) -> String {
    /// The narrowest and the widest.
    const ENDS: [u32; 2] = [160, 1200];
    let at = |width: u32| picture.height(f64::from(width));
    let bends = |width: &u32| {
        let straight = 2.0 * at(*width) - at(width - 1) - at(width + 1);
        ENDS.contains(width) || straight.abs() > 0.01
    };
    let points = (ENDS[0]..=ENDS[1]).filter(bends);
    let points: Vec<String> = points
        .map(|width| format!("{width}:{}", svg::short(at(width))))
        .collect();
    points.join(",")
}

/// The height of a picture in CSS: a part of its figure's width between two ends.
fn height(picture: &Picture) -> String {
    let [least, middle, most] = [1.0, 600.0, 10_000.0].map(|width| picture.height(width));
    format!("clamp({least}px,{:.2}cqw,{most}px)", 100.0 * middle / 600.0)
}

fn file_name(chart: Chart, i: usize) -> String {
    let wide = ["-narrow", ""][i];
    format!("charts/{}{wide}.svg", chart.id())
}

/// What a table holds that is words; else what it would take to see it.
fn table(html: &mut String, table: Table, now: &Now) {
    let items = |html: &mut String, tag: &str, items: Vec<String>| {
        add!(html, "<{tag} class=\"assumptions\">");
        for item in items {
            add!(html, "<li>{item}</li>");
        }
        add!(html, "</{tag}>\n");
    };
    match table {
        Table::Presets => {
            let rows = PRESETS.iter();
            let rows = rows
                .map(|row| format!("<b>{}</b> {}", escaped(t(row.name)), escaped(t(row.reason))));
            items(html, "ul", rows.collect());
        }
        Table::Assumptions => {
            let rows = assumption::ALL.iter().map(|row| {
                let value = format::precise(row.unit, row.value);
                say!(
                    "{name}: {value}. {reason}",
                    name = escaped(t(row.label)),
                    value = format!("<b>{}</b>", escaped(&value)),
                    reason = escaped(t(row.reason))
                )
            });
            items(html, "ul", rows.collect());
        }
        Table::ModelLeavesOut => items(
            html,
            "ul",
            LEFT_OUT.iter().map(|row| escaped(t(row))).collect(),
        ),
        Table::Sources => {
            let rows = SOURCES.iter().map(|source| {
                say!(
                    "{title}, {publisher}. {dated} {about}",
                    title = format!(
                        "<cite>{}</cite>",
                        escaped(source.title.trim_end_matches('.'))
                    ),
                    publisher = escaped(t(source.publisher)),
                    dated = escaped(t(source.dated)),
                    about = escaped(t(source.about))
                )
            });
            items(html, "ol", rows.collect());
        }
        Table::Kinds => {
            let rows = Mark::all();
            let rows = rows.map(|mark| {
                say!(
                    "{name}: {meaning}",
                    name = format!("<b>{}</b>", escaped(t(mark.name))),
                    meaning = escaped(t(mark.meaning))
                )
            });
            items(html, "ul", rows.collect());
        }
        Table::Predictions => {
            let rows = prediction::predictions(&now.scenario, &now.outcome);
            let rows = rows.iter().map(|row| {
                let stance = say!("The model {stance}.", stance = t(row.stance.name()));
                let said = format!("<b>{}</b>", escaped(&stance));
                after(
                    &escaped(t(&row.what)),
                    &after(&said, &escaped(t(&row.says))),
                )
            });
            items(html, "ul", rows.collect());
        }
        Table::Versions => add!(
            html,
            "<p>{}</p>\n",
            escaped(&say!(
                "Page {page}; model {model}; evidence: {facts} facts and {disagreements} disagreements.",
                page = cite::PAGE_VERSION,
                model = link::VERSION,
                facts = facts::FACTS,
                disagreements = facts::CONFLICTS
            ))
        ),
        // What each chapter leaves out stands at its end.
        Table::LeftOut => {}
        Table::Replication
        | Table::Conflicts
        | Table::Facts
        | Table::Question
        | Table::Singles
        | Table::Outputs
        | Table::Viewpoints
        | Table::Open
        | Table::Worlds
        | Table::Equations
        | Table::Beliefs
        | Table::Reproduce
        | Table::Cite => add!(
            html,
            "<p class=\"not-here\">{}</p>\n",
            escaped(t("What stands here can be used on the live page alone."))
        ),
    }
}

/// A picture as a file, which brings its colours along for both themes.
fn file(picture: &Picture, width: f64) -> String {
    let colours = |theme| {
        let colour = |role: Role| {
            let [r, g, b] = role.rgb(theme);
            format!("--{}:#{r:02x}{g:02x}{b:02x}", role.name())
        };
        Role::ALL.map(colour).join(";")
    };
    let height = picture.height(width);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height:.0}\" viewBox=\"0 0 {width} {height:.0}\">\
         <style>svg{{{};font-family:system-ui,sans-serif;stroke-linejoin:round}}\
         @media(prefers-color-scheme:dark){{svg{{{}}}}}</style>\
         <rect width=\"100%\" height=\"100%\" fill=\"var(--paper)\"/>{}</svg>",
        colours(Theme::Light),
        colours(Theme::Dark),
        svg::named(picture, width)
    )
}
