//! What embeds show, what their addresses ask for, and what they say to the page around.

use std::fs;
use std::path::Path;

use compute_loop::charts::{Case, Chart, Picture, View};
use compute_loop::palette::Theme;
use compute_loop::query::{MOST_SLIDERS, Part, Query, asks};
use compute_loop_core::levers::Lever;
use compute_loop_core::message::{self, Asked, GET, Given, OUTCOME, Post, SET};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::{json, link, model};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::draw::cases;

fn picture(chart: Chart, scenario: &Scenario) -> Picture {
    let outcome = model::run(scenario);
    chart.picture(Case {
        scenario,
        outcome: &outcome,
        odds: None,
        view: View::default(),
        matters: None,
    })
}

#[test]
fn every_chart_is_a_view_and_every_view_has_one_key() {
    let parts: Vec<Part> = Part::all().collect();
    assert_eq!(parts.len(), Chart::ALL.len() + 1);
    for part in parts {
        assert_eq!(Part::from_id(part.id()), Some(part));
        if let Part::Chart(chart) = part {
            assert_eq!(Part::from_id(chart.id()), Some(part), "{}", chart.id());
        }
    }
    assert_eq!(Part::from_id("gigawatts"), Some(Part::Chart(Chart::Gap)));
    assert_eq!(Part::from_id("headline"), Some(Part::Opening));
    for id in ["", "Gap", "chart-gap", "nonsense"] {
        assert_eq!(Part::from_id(id), None, "{id}");
    }
}

#[test]
fn the_sliders_of_a_view_move_it() {
    for part in Part::all() {
        let sliders = part.sliders();
        assert!(sliders.len() <= MOST_SLIDERS, "{}", part.id());
        let Part::Chart(chart) = part else { continue };
        let before = picture(chart, &Scenario::default());
        let moves = |lever: Lever| {
            let spec = lever.spec();
            [spec.min, spec.max]
                .into_iter()
                .any(|value| picture(chart, &Scenario::default().with(lever, value)) != before)
        };
        // This one shows worlds alone, which are drawn elsewhere.
        if chart != Chart::Odds {
            for &lever in sliders {
                assert!(
                    moves(lever),
                    "{} does not move {}",
                    lever.spec().id,
                    part.id()
                );
            }
            assert!(
                !sliders.is_empty() || !Lever::ALL.into_iter().any(moves),
                "{} could have sliders",
                part.id()
            );
        }
    }
}

#[test]
fn a_query_says_what_is_shown() {
    let query = Query::read(
        "?view=gigawatts&embed=1&theme=dark&levers=arr-2026,gw-committed&chrome=none&seed=7",
    );
    assert_eq!(query.notices, [""; 0]);
    assert_eq!(query.theme, Some(Theme::Dark));
    assert_eq!(query.seed, Some(7));
    assert_eq!(query.of_whole_page(), "?seed=7");
    let embed = query.embed.expect("an embed is asked for");
    assert_eq!(embed.part, Part::Chart(Chart::Gap));
    assert_eq!(embed.levers, [Lever::Arr2026, Lever::GwCommitted]);
    assert!(!embed.chrome);
    assert_eq!(embed.child, None);
    assert_eq!(embed.pair, "view=gigawatts");

    assert_eq!(Query::read(""), Query::default());
    assert_eq!(Query::read("?"), Query::default());
    assert_eq!(Query::read("?embed=0&view=nonsense"), Query::default());
    // What hosts, newsletters and pym.js add is theirs.
    let query = Query::read(
        "embed=1&initialWidth=600&childId=place%2D0&parentTitle=A%20page&parentUrl=https%3A%2F%2Fa.example%2F%3Fa%3D1&utm_source=x",
    );
    assert_eq!(query.notices, [""; 0]);
    let embed = query.embed.expect("an embed is asked for");
    assert_eq!(embed.part, Part::Opening);
    assert_eq!(embed.levers, Lever::PRIMARY);
    assert!(embed.chrome);
    assert_eq!(embed.child.as_deref(), Some("place-0"));
    assert_eq!(embed.pair, "embed=1");
    // As browsers write what a form or `URLSearchParams` holds.
    let embed = Query::read("embed&view=race&levers=arr-2026%2Cstake").embed;
    assert_eq!(
        embed.map(|embed| embed.levers),
        Some(vec![Lever::Arr2026, Lever::Stake])
    );
    let none = Query::read("embed=1&levers=").embed;
    assert_eq!(none.map(|embed| embed.levers), Some(vec![]));
}

#[test]
fn what_a_query_cannot_have_is_told_and_the_rest_holds() {
    let query = Query::read("embed=1&view=nonsense&theme=mauve&seed=-1&chrome=blue");
    assert_eq!(query.notices.len(), 4, "{:?}", query.notices);
    for (told, word) in query
        .notices
        .iter()
        .zip(["mauve", "-1", "nonsense", "blue"])
    {
        assert!(told.contains(word), "{told}");
    }
    let embed = query.embed.expect("an embed is asked for");
    assert_eq!(embed.part, Part::Opening);
    assert!(embed.chrome);
    assert_eq!((query.theme, query.seed), (None, None));

    let query = Query::read("embed=1&levers=nonsense,arr-2026,arr-2026,stake,pledge,top-up");
    let embed = query.embed.expect("an embed is asked for");
    assert_eq!(embed.levers, [Lever::Arr2026, Lever::Stake, Lever::Pledge]);
    assert_eq!(query.notices.len(), 2, "{:?}", query.notices);
    assert!(query.notices[0].contains("nonsense"), "{:?}", query.notices);
    let left_out = Lever::TopUp.spec().label;
    assert!(query.notices[1].contains(left_out), "{:?}", query.notices);

    let query = Query::read("embed=1&view=stake&levers=a,b,c,d,e,f,g,h");
    let embed = query.embed.expect("an embed is asked for");
    assert_eq!(embed.levers, Part::Chart(Chart::Stake).sliders());
    assert!(
        (1..=4).contains(&query.notices.len()),
        "{:?}",
        query.notices
    );
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn no_query_is_too_odd_to_read(text in "[?&=,+%#a-z0-9é\u{1F980}-]{0,200}", long in 0..3000_usize) {
        let query = Query::read(&format!("?embed=1&view={text}&{text}{}", "&levers=x,y".repeat(long / 10)));
        prop_assert!(query.notices.len() <= 4);
        if let Some(embed) = query.embed {
            prop_assert!(embed.levers.len() <= MOST_SLIDERS);
        }
        Query::read(&text);
    }
}

fn ask(kind: &str, lever: Value, value: Value) -> Asked {
    let given = |value: Value| match value {
        Value::String(text) => Some(Given::Text(text)),
        Value::Number(number) => number.as_f64().map(Given::Number),
        _ => None,
    };
    Asked::of(
        kind,
        Some(Given::Text("an-id".into())),
        given(lever),
        given(value),
    )
    .expect("there is such a request")
}

#[test]
fn requests_are_done_and_answered_with_the_outcome() {
    let mut scenario = Scenario::default();
    let mut asked = [
        ask(SET, json!("arr-2026"), json!(60)),
        ask(SET, json!("unnamed-start"), json!("2027-06")),
        ask(SET, json!("arr-2026"), json!("62.5")),
        ask(SET, json!("arr-2026"), json!(1e9)),
        ask(SET, json!("capacity-binds"), json!("on")),
        ask(GET, json!("arr-2026"), json!(45)),
    ];
    for one in &mut asked {
        one.apply(&mut scenario);
    }
    let link = "#m=1&arr-2026=150&unnamed-start=2027-06&capacity-binds=on";
    assert_eq!(link::decode(&link::encode(&scenario)), link::decode(link));
    let outcome = json::of_outcome(&scenario, &[], &model::run(&scenario));
    let answer: Value =
        serde_json::from_str(&message::answer(&asked, &outcome)).expect("an answer is JSON");
    assert_eq!(answer["type"], OUTCOME);
    assert_eq!(
        answer["asked"][0],
        json!({ "type": SET, "id": "an-id", "lever": "arr-2026", "value": 60.0, "taken": "60" })
    );
    assert_eq!(answer["asked"][1]["taken"], "2027-06");
    assert_eq!(answer["asked"][2]["taken"], "62.5");
    assert_eq!(answer["asked"][3]["taken"], "150");
    let note = answer["asked"][3]["note"].as_str().unwrap_or_default();
    assert!(note.contains("cannot be 1000000000"), "{note}");
    assert_eq!(answer["asked"][5], json!({ "type": GET, "id": "an-id" }));
    let mut rest = answer.clone();
    for key in ["type", "asked"] {
        rest.as_object_mut().expect("an object").remove(key);
    }
    let alone: Value = serde_json::from_str(&outcome).expect("an outcome is JSON");
    assert_eq!(rest, alone);
}

#[test]
fn a_request_that_cannot_be_done_changes_nothing_and_says_why() {
    for (lever, value, word) in [
        (json!("nonsense"), json!(1), "nonsense"),
        (json!(null), json!(1), "lever"),
        (json!(7), json!(1), "lever"),
        (json!("arr-2026"), json!(null), "value"),
        (json!("arr-2026"), json!("many"), "many"),
        (json!("arr-2026"), json!("62,5"), "62,5"),
        (json!("capacity-binds"), json!("yes"), "yes"),
        (json!("unnamed-start"), json!("2027-13"), "2027-13"),
    ] {
        let mut scenario = Scenario::default();
        let mut asked = ask(SET, lever, value);
        asked.apply(&mut scenario);
        assert_eq!(scenario, Scenario::default());
        let told = serde_json::to_value(&asked).expect("it is JSON");
        let error = told["error"].as_str().unwrap_or_default();
        assert!(error.contains(word), "{told}");
        assert_eq!(told.get("taken"), None);
    }
    let number = |number| Some(Given::Number(number));
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let mut scenario = Scenario::default();
        let lever = Some(Given::Text("arr-2026".into()));
        let mut asked = Asked::of(SET, number(odd), lever, number(odd)).expect("a request");
        asked.apply(&mut scenario);
        assert_eq!(scenario, Scenario::default());
        let answer = message::answer(&[asked], "{\"model\":1}");
        let answer: Value = serde_json::from_str(&answer).expect("an answer is JSON");
        assert!(answer["asked"][0]["error"].is_string(), "{answer}");
    }
    // Nobody answers these.
    for kind in [
        "",
        "compute-loop",
        OUTCOME,
        message::HEIGHT,
        "compute-loop:set ",
    ] {
        assert_eq!(Asked::of(kind, None, None, None), None, "{kind}");
    }
    // A text of a request is not repeated at any length.
    let long = ask(
        SET,
        json!("x".repeat(1_000_000)),
        json!("é".repeat(1_000_000)),
    );
    assert!(message::answer(&[long], "{}").len() < 2000);
    // Nor are hundreds of noughts of a number.
    for odd in [1e-309, -1e300, f64::MAX] {
        let mut asked = ask(SET, json!("arr-2026"), json!(odd));
        asked.apply(&mut Scenario::default());
        let told = serde_json::to_value(&asked).expect("it is JSON");
        let note = told["note"].as_str().unwrap_or_default();
        assert!(
            note.contains(&format!("{odd:e}")) && note.len() < 200,
            "{note}"
        );
    }
}

#[test]
fn heights_come_in_every_form_that_pages_listen_for() {
    let posts = message::heights(612, "https://a.example/\"?embed=1", "view=gap", Some("it"));
    let objects: Vec<Value> = posts
        .iter()
        .filter_map(|post| match post {
            Post::Object(text) => Some(serde_json::from_str(text).expect("it is JSON")),
            Post::Text(_) => None,
        })
        .collect();
    assert_eq!(
        objects,
        [
            json!({ "type": "compute-loop:height", "height": 612 }),
            json!({ "sentinel": "amp", "type": "embed-size", "height": 612 }),
            json!({ "datawrapper-height": { "view=gap": 612 } }),
        ]
    );
    let texts: Vec<&String> = posts
        .iter()
        .filter_map(|post| match post {
            Post::Text(text) => Some(text),
            Post::Object(_) => None,
        })
        .collect();
    let [embedly, lti, pym] = texts[..] else {
        panic!("{texts:?}")
    };
    let embedly: Value = serde_json::from_str(embedly).expect("it is JSON");
    let src = "https://a.example/\"?embed=1";
    assert_eq!(
        embedly,
        json!({ "src": src, "context": "iframe.resize", "height": 612 })
    );
    let lti: Value = serde_json::from_str(lti).expect("it is JSON");
    assert_eq!(lti, json!({ "subject": "lti.frameResize", "height": 612 }));
    assert_eq!(pym, "pymxPYMxitxPYMxheightxPYMx612");
    // Old scripts put the key into a selector, which quotes would break.
    let posts = message::heights(1, "", "view='] *", None);
    assert_eq!(posts.len(), 5);
    let key = Post::Object("{\"datawrapper-height\":{\"embed=1\":1}}".into());
    assert!(posts.contains(&key), "{posts:?}");
}

#[test]
fn the_document_for_hosts_names_every_view_and_every_message() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../public/embed.md");
    let text = fs::read_to_string(path).expect("it can be read");
    let views = text
        .split("**Views:**")
        .nth(1)
        .and_then(|rest| rest.split("\n\n").next())
        .unwrap_or_default();
    for part in Part::all() {
        assert!(views.contains(&format!("`{}`", part.id())), "{}", part.id());
    }
    for chart in Chart::ALL {
        assert!(
            views.contains(&format!("`{}`", chart.id())),
            "{}",
            chart.id()
        );
    }
    for word in [GET, SET, OUTCOME, message::HEIGHT] {
        assert!(text.contains(word), "{word}");
    }
}

#[test]
fn the_script_for_hosts_is_small_and_asks_nobody() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../public/embed.js");
    let text = fs::read_to_string(path).expect("it can be read");
    assert!(text.len() < 8_000, "{} bytes", text.len());
    for word in [
        "fetch",
        "XMLHttpRequest",
        "import",
        "http:",
        "https:",
        "innerHTML",
        "eval(",
    ] {
        assert!(!text.contains(word), "{word}");
    }
}

/// What asks for another page than the one that is served is what is read of a query for a
/// whole page, and nothing else.
#[test]
fn a_query_asks_for_another_page_where_something_is_read_of_it() {
    for key in [
        "lang",
        "theme",
        "seed",
        "embed",
        "view",
        "levers",
        "chrome",
        "childId",
        "utm_source",
    ] {
        for query in [format!("?{key}=odd"), format!("?a=b&{key}=1")] {
            let read = Query::read(&query) != Query::default();
            assert_eq!(asks(&query), read, "{query}");
        }
    }
    assert!(asks("?l%61ng=zh-CN"));
    assert!(!asks("") && !asks("?") && !asks("?=lang"));
}
