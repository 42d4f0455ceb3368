//! The page as an article: what is served before anything runs.

use compute_loop::article::{body, pictures};
use compute_loop::charts::Chart;
use compute_loop::content::{CHAPTERS, HEADS};
use compute_loop::palette::{Role, Theme};
use compute_loop_core::levers::Lever;
use compute_loop_core::outcome::Output;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::{format, json, model};

/// Elements that hold nothing.
const VOID: [&str; 4] = ["input", "img", "source", "br"];

/// An attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// Every tag with the text that follows it.
fn tags(html: &str) -> Vec<(&str, &str)> {
    html.split('<')
        .skip(1)
        .map(|piece| piece.split_once('>').expect("a tag ends"))
        .collect()
}

#[test]
fn elements_close_in_turn() {
    let html = body();
    let mut open = vec![];
    for (tag, _) in tags(&html) {
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "…{tag}");
        } else {
            let name = tag.split([' ', '/']).next().unwrap_or_default();
            if !(tag.ends_with('/') || VOID.contains(&name)) {
                open.push(name);
            }
        }
    }
    assert_eq!(open, [""; 0]);
}

/// Each number is what the model gives at the defaults, exactly and as it is shown.
#[test]
fn every_number_is_that_of_the_defaults() {
    let (scenario, html) = (Scenario::default(), body());
    let outcome = model::run(&scenario);
    let mut figures = 0;
    for (tag, shown) in tags(&html) {
        if let Some(id) = attribute(tag, "data-of-output") {
            let output = Output::ALL
                .into_iter()
                .find(|output| output.spec().id == id);
            let output = output.expect("an output has this id");
            let value = attribute(tag, "value").expect("a figure has a value");
            assert_eq!(value, json::output_text(&outcome, output), "{id}");
            let precise = (0..4).map(|decimals| format::share(outcome.get(output), decimals));
            let usual = format::output(&outcome, output);
            assert!(
                shown == usual || precise.into_iter().any(|text| text == shown),
                "{id}: {shown}"
            );
            figures += 1;
        }
        if let Some(id) = attribute(tag, "data-of-lever") {
            let lever = Lever::from_id(id).expect("a lever has this id");
            assert_eq!(shown, format::lever(lever, lever.spec().default), "{id}");
        }
    }
    assert!(figures > 30, "{figures}");
}

#[test]
fn holds_every_chapter_and_every_chart() {
    let html = body();
    for head in HEADS {
        assert!(html.contains(&format!("id=\"{}\"", head.id)), "{}", head.id);
        assert!(
            html.contains(&format!("data-of=\"{}\"", head.id)),
            "{}",
            head.id
        );
    }
    let leave_outs = html.matches("class=\"leaves-out\"").count();
    assert!(leave_outs >= CHAPTERS.len() - 3, "{leave_outs}");
    for chart in Chart::ALL {
        let named = format!("data-chart=\"{}\"", chart.id());
        assert_eq!(html.matches(&named).count(), 1, "{named}");
    }
}

/// A picture has both themes and no colour of its own.
#[test]
fn pictures_take_their_colours_from_the_theme() {
    let pictures = pictures();
    assert_eq!(pictures.len(), 2 * (Chart::ALL.len() - 1));
    let html = body();
    for (name, svg) in &pictures {
        assert!(html.contains(&format!("\"{name}\"")), "{name}");
        let (_, shapes) = svg.split_once("</style>").expect("it has a style");
        assert!(svg.contains("prefers-color-scheme:dark"), "{name}");
        for role in Role::ALL {
            let [r, g, b] = role.rgb(Theme::Light);
            let colour = format!("#{r:02X}{g:02X}{b:02X}");
            assert!(!shapes.contains(&colour), "{name}: {colour}");
        }
        assert!(shapes.trim_end().ends_with("</svg>"), "{name}");
    }
}
