//! What would have to be true: the question, its answers, and the map's point.

use compute_loop_core::cheapest;
use compute_loop_core::levers::Lever;
use compute_loop_core::outcome::Output;
use compute_loop_core::question::{self, Question};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::solve;
use compute_loop_tests::harness::{Browser, Key, Page, Trouble, View};
use serde_json::Value;

use crate::support::{
    assert_quiet, choose, enabled, focus, holds, link_of, list, number, point, quoted, run, text,
    texts, value,
};

const OUTPUT: &str = "[data-ask=output]";
const TARGET: &str = "[data-ask=target]";

/// Opens the chapter and waits for its first answers.
fn open<'b>(browser: &'b Browser, hash: &str, view: View) -> Result<Page<'b>, Trouble> {
    let page = browser.open(hash, view.still())?;
    page.eval(
        "document.querySelector('.asking').scrollIntoView({ block: 'start', behavior: 'instant' })",
    )?;
    page.wait_until(
        "document.querySelector('[data-single]') !== null",
        "the beliefs are listed",
    )?;
    page.settle()?;
    Ok(page)
}

/// Types a target.
fn type_target(page: &Page<'_>, typed: &str) -> Result<(), Trouble> {
    page.eval(&format!(
        "(() => {{
           const field = document.querySelector('{TARGET}');
           field.value = {};
           field.dispatchEvent(new Event('change', {{ bubbles: true }}));
         }})()",
        quoted(typed)
    ))?;
    page.settle()
}

/// The values that a belief's buttons set.
fn offered(page: &Page<'_>, lever: Lever) -> Result<Vec<f64>, Trouble> {
    let values = list(
        page,
        &format!(
            "[...document.querySelectorAll('[data-single={}] [data-set]')].map(one => +one.dataset.value)",
            quoted(lever.spec().id)
        ),
    )?;
    Ok(values.iter().filter_map(Value::as_f64).collect())
}

/// The answers that the page lists are those that the model gives.
fn assert_answers(
    page: &Page<'_>,
    scenario: &Scenario,
    output: Output,
    target: f64,
) -> Result<usize, Trouble> {
    let mut some = 0;
    for reach in solve::reaches(scenario, output, target) {
        let lever = reach.lever;
        let now = scenario.get(lever);
        let mut wanted: Vec<f64> = reach.answers.iter().map(|one| one.from(now)).collect();
        wanted.truncate(3);
        if reach.is_everywhere() {
            wanted.clear();
        }
        assert_eq!(offered(page, lever)?, wanted, "{}", lever.spec().id);
        some += wanted.len();
    }
    Ok(some)
}

#[test]
fn the_listed_answers_are_those_of_the_model() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = open(&browser, "#m=1&arr-2026=66", View::new(1280, 900))?;
    let (scenario, _) = run("#m=1&arr-2026=66");
    let first = Question::default();
    let some = assert_answers(&page, &scenario, first.output, first.target)?;
    assert!(some >= 3, "{some} answers to the first question");
    for (output, typed) in [
        (Output::AwsGrowth2026, "30 %"),
        (Output::GwGap202612, "2,5 GW"),
        (Output::GapCloses, "2035-01"),
        (Output::AwsMargin2027, "99"),
    ] {
        choose(&page, OUTPUT, output.spec().id)?;
        let opened = question::text(output, question::first_target(output));
        assert_eq!(value(&page, TARGET)?, opened);
        type_target(&page, typed)?;
        let plain = typed.replace(',', ".");
        let plain = plain.split(' ').next().unwrap_or_default();
        let target = question::parse(output, plain).expect("it is a target");
        assert_eq!(value(&page, TARGET)?, question::text(output, target));
        assert_answers(&page, &scenario, output, target)?;
    }
    assert_quiet(&browser, &page)
}

#[test]
fn an_answer_is_set_and_taken_back() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = open(&browser, "", View::new(768, 1024))?;
    let before = link_of(&page)?;
    let Question { output, target, .. } = Question::default();
    let button = format!(
        "[data-single={}] [data-set]",
        quoted(Lever::TrainiumPrice.spec().id)
    );
    page.eval(&format!(
        "document.querySelector({}).click()",
        quoted(&button)
    ))?;
    page.settle()?;
    let (scenario, outcome) = run(&link_of(&page)?);
    assert!(
        (outcome.get(output) - target).abs() < 1e-4,
        "{}",
        outcome.get(output)
    );
    assert_ne!(scenario, Scenario::default());
    page.wait_until(
        &format!("document.querySelector({}).disabled", quoted(&button)),
        "what is set cannot be set again",
    )?;
    page.eval("document.getElementById('undo').click()")?;
    page.settle()?;
    assert_eq!(link_of(&page)?, before);

    // All together: the model gives the target there, and one step leads back. The answer
    // to the question of before comes again from a worker.
    page.wait_until(
        "document.querySelector('[data-move]') !== null",
        "the answer has come",
    )?;
    let moves = texts(
        &page,
        "[...document.querySelectorAll('[data-move]')].map(one => one.dataset.move)",
    )?;
    let now = Scenario::default();
    let reaches = solve::reaches(&now, output, target);
    let cheapest::Cheapest::By(change) = cheapest::cheapest(&now, output, target, &reaches) else {
        panic!("the first question has an answer");
    };
    let wanted: Vec<&str> = change
        .moves
        .iter()
        .map(|one| one.lever.spec().id)
        .take(5)
        .collect();
    assert_eq!(moves, wanted);
    page.click("[data-try=together]")?;
    page.settle()?;
    let (scenario, outcome) = run(&link_of(&page)?);
    assert_eq!(scenario, change.made(&now));
    assert!((outcome.get(output) - target).abs() < 1e-4);
    page.wait_until(
        "document.querySelector('.together .says').textContent.includes('nothing has to change')",
        "the target is reached",
    )?;
    page.eval("document.getElementById('undo').click()")?;
    page.settle()?;
    assert_eq!(link_of(&page)?, before);
    assert!(!enabled(&page, "undo")?);
    assert_quiet(&browser, &page)
}

#[test]
fn a_bad_target_is_said_and_loses_nothing() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = open(&browser, "", View::new(360, 740))?;
    let height = "document.getElementById('chapter-6').getBoundingClientRect().height";
    let before = (
        value(&page, TARGET)?,
        number(&page, height)?,
        link_of(&page)?,
    );
    for typed in ["lots", "1e99", "--3", "<b>x</b>"] {
        type_target(&page, typed)?;
        let notice = text(&page, "document.querySelector('.asked-notice').textContent")?;
        assert!(
            notice.contains(typed) && notice.contains("stays"),
            "{typed}: {notice}"
        );
        let after = (
            value(&page, TARGET)?,
            number(&page, height)?,
            link_of(&page)?,
        );
        assert_eq!(after.0, before.0);
        assert_eq!(after.2, before.2);
        assert!(
            (after.1 - before.1).abs() < 40.0,
            "{typed}: {} to {}",
            before.1,
            after.1
        );
    }
    // A target far out of reach is a target: it has no answer.
    type_target(&page, "500")?;
    assert_eq!(
        text(&page, "document.querySelector('.asked-notice').textContent")?,
        ""
    );
    let says = text(
        &page,
        "document.querySelector('.together .says').textContent",
    )?;
    assert!(says.contains("not within the ranges"), "{says}");
    assert!(holds(
        &page,
        "document.querySelector('.alone > .none') !== null"
    )?);
    type_target(&page, &before.0)?;
    assert!(holds(
        &page,
        "document.querySelector('[data-set]') !== null"
    )?);
    assert_quiet(&browser, &page)
}

#[test]
fn the_point_of_the_map_moves_two_beliefs_in_one_step() -> Result<(), Trouble> {
    const GRIP: &str = "#chart-map .grip";
    let Question { across, up, .. } = Question::default();
    let browser = Browser::start()?;
    for view in [View::new(1280, 900), View::new(360, 740)] {
        let page = open(&browser, "", view)?;
        page.eval("document.querySelector('#chart-map .canvas').scrollIntoView({ block: 'center', behavior: 'instant' })")?;
        page.settle()?;
        let middle = || -> Result<(f64, f64), Trouble> {
            let box_ = list(
                &page,
                &format!(
                "(() => {{ const box = document.querySelector('{GRIP}').getBoundingClientRect();
                   return [box.left + box.width / 2, box.top + box.height / 2]; }})()"
            ),
            )?;
            let at: Vec<f64> = box_.iter().filter_map(Value::as_f64).collect();
            Ok((at[0], at[1]))
        };
        let before = link_of(&page)?;
        let (x, y) = middle()?;
        point(&page, "mousePressed", (x, y))?;
        for step in 1..=5 {
            let by = 8.0 * f64::from(step);
            point(&page, "mouseMoved", (x + by, y + by))?;
            page.settle()?;
        }
        point(&page, "mouseReleased", (x + 40.0, y + 40.0))?;
        page.settle()?;
        let (scenario, _) = run(&link_of(&page)?);
        let moved: Vec<Lever> = scenario.changed().collect();
        assert!(moved.contains(&across) && moved.contains(&up), "{moved:?}");
        assert_eq!(moved.len(), 2, "{moved:?}");
        assert!(scenario.get(across) > across.spec().default);
        assert!(scenario.get(up) < up.spec().default);
        // The point is where the hand left it, as near as the steps of sliders go.
        let at = middle()?;
        assert!(
            (at.0 - x - 40.0).abs() < 4.0 && (at.1 - y - 40.0).abs() < 4.0,
            "{at:?}"
        );
        page.eval("document.getElementById('undo').click()")?;
        page.settle()?;
        assert_eq!(link_of(&page)?, before, "one step");
        assert!(!enabled(&page, "undo")?);

        focus(&page, GRIP)?;
        page.press(Key::Right)?;
        page.press(Key::Up)?;
        page.settle()?;
        let (scenario, outcome) = run(&link_of(&page)?);
        for lever in [across, up] {
            let spec = lever.spec();
            let wanted = lever.admit(spec.default + spec.step);
            assert_eq!(
                scenario.get(lever).to_bits(),
                wanted.to_bits(),
                "{}",
                spec.id
            );
        }
        let says = text(
            &page,
            &format!("document.querySelector('{GRIP}').getAttribute('aria-valuetext')"),
        )?;
        let figure = compute_loop_core::format::output(&outcome, Question::default().output);
        assert!(says.ends_with(&figure), "{says}");
        page.press(Key::Delete)?;
        page.settle()?;
        assert_eq!(link_of(&page)?, before);

        // Another pair of beliefs, and the other way round.
        choose(&page, "[data-map=across]", Lever::Arr2026.spec().id)?;
        let label = text(
            &page,
            &format!("document.querySelector('{GRIP}').getAttribute('aria-label')"),
        )?;
        assert!(label.starts_with("ARR across"), "{label}");
        assert_quiet(&browser, &page)?;
    }
    Ok(())
}
