//! What several tests ask of the page.

use compute_loop_core::levers::Lever;
use compute_loop_core::link;
use compute_loop_core::model;
use compute_loop_core::outcome::Outcome;
use compute_loop_core::scenario::Scenario;
use compute_loop_tests::harness::{Browser, Page, Trouble};
use serde_json::{Value, json};

/// Keys held while another is pressed, as the `DevTools` protocol counts them.
pub(crate) const CTRL: u32 = 2;
/// The same.
pub(crate) const SHIFT: u32 = 8;

/// A scenario for one of the three primary sliders each, and the defaults.
pub(crate) const THREE: [&str; 3] = [
    "#m=1",
    "#m=1&arr-2026=50",
    "#m=1&trainium-price=110&spend-ratio=30",
];

/// Leaves ranges out: what is left is what the model says of the scenario alone.
pub(crate) fn without_ranges(page: &Page<'_>) -> Result<(), Trouble> {
    page.click("#ranges")?;
    page.settle()
}

/// A text as JavaScript writes it.
pub(crate) fn quoted(text: &str) -> String {
    json!(text).to_string()
}

/// The text that an expression gives.
pub(crate) fn text(page: &Page<'_>, expression: &str) -> Result<String, Trouble> {
    match page.eval(expression)? {
        Value::String(text) => Ok(text),
        other => Err(Trouble::new(format!("{expression} is {other}, not a text"))),
    }
}

/// The texts that an expression gives.
pub(crate) fn texts(page: &Page<'_>, expression: &str) -> Result<Vec<String>, Trouble> {
    list(page, expression)?
        .into_iter()
        .map(|value| match value {
            Value::String(text) => Ok(text),
            other => Err(Trouble::new(format!("{expression} holds {other}"))),
        })
        .collect()
}

/// The list that an expression gives.
pub(crate) fn list(page: &Page<'_>, expression: &str) -> Result<Vec<Value>, Trouble> {
    match page.eval(expression)? {
        Value::Array(values) => Ok(values),
        other => Err(Trouble::new(format!("{expression} is {other}, not a list"))),
    }
}

/// The number that an expression gives.
pub(crate) fn number(page: &Page<'_>, expression: &str) -> Result<f64, Trouble> {
    let value = page.eval(expression)?;
    value
        .as_f64()
        .ok_or_else(|| Trouble::new(format!("{expression} is {value}, not a number")))
}

/// Whether an expression is true.
pub(crate) fn holds(page: &Page<'_>, expression: &str) -> Result<bool, Trouble> {
    Ok(page.eval(expression)? == true)
}

/// The scenario's link, as the page has it.
pub(crate) fn link_of(page: &Page<'_>) -> Result<String, Trouble> {
    text(page, "computeLoop.link()")
}

/// What follows natively from a link.
pub(crate) fn run(link: &str) -> (Scenario, Outcome) {
    let (scenario, _) = link::decode(link);
    let outcome = model::run(&scenario);
    (scenario, outcome)
}

/// Gives the focus to the first element that a CSS selector finds. Fails where it does not
/// take it, as nothing hidden does: keys would go elsewhere.
pub(crate) fn focus(page: &Page<'_>, selector: &str) -> Result<(), Trouble> {
    let taken = holds(
        page,
        &format!(
            "(one => {{ one?.focus(); return one !== null && document.activeElement === one; }})(document.querySelector({}))",
            quoted(selector)
        ),
    )?;
    if taken {
        return Ok(());
    }
    Err(Trouble::new(format!("{selector} does not take the focus")))
}

/// Presses a letter while other keys are held.
pub(crate) fn chord(page: &Page<'_>, held: u32, letter: char) -> Result<(), Trouble> {
    let capital = letter.to_ascii_uppercase();
    let key = if held & SHIFT == 0 { letter } else { capital };
    for kind in ["rawKeyDown", "keyUp"] {
        page.cdp(
            "Input.dispatchKeyEvent",
            json!({
                "type": kind,
                "modifiers": held,
                "key": key.to_string(),
                "code": format!("Key{capital}"),
                "windowsVirtualKeyCode": u32::from(capital),
            }),
        )?;
    }
    Ok(())
}

/// The selector of the number field of a lever, the first on the page.
pub(crate) fn field(lever: Lever) -> String {
    format!("[data-lever-number={}]", quoted(lever.spec().id))
}

/// The selector of a lever's slider, the first on the page.
pub(crate) fn slider(lever: Lever) -> String {
    format!("input[data-lever={}]", quoted(lever.spec().id))
}

/// The value of the first control that a selector finds.
pub(crate) fn value(page: &Page<'_>, selector: &str) -> Result<String, Trouble> {
    text(
        page,
        &format!("document.querySelector({}).value", quoted(selector)),
    )
}

/// Whether a button can be pressed.
pub(crate) fn enabled(page: &Page<'_>, id: &str) -> Result<bool, Trouble> {
    holds(page, &format!("!document.getElementById('{id}').disabled"))
}

/// What the page tells its reader.
pub(crate) fn notices(page: &Page<'_>) -> Result<Vec<String>, Trouble> {
    texts(
        page,
        "[...document.querySelectorAll('.notices li')].map(item => item.textContent)",
    )
}

/// Moves the pointer, pressed or not.
pub(crate) fn point(page: &Page<'_>, kind: &str, (x, y): (f64, f64)) -> Result<(), Trouble> {
    page.cdp(
        "Input.dispatchMouseEvent",
        json!({
            "type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1,
        }),
    )?;
    Ok(())
}

/// Drags the thumb of a slider from where it is to the right end of the track, to the
/// left end, and to a part of the way between them.
pub(crate) fn drag_at(page: &Page<'_>, selector: &str, part: f64) -> Result<(), Trouble> {
    let place = list(
        page,
        &format!(
            "(() => {{
               const slider = document.querySelector({});
               slider.scrollIntoView({{ block: 'nearest', behavior: 'instant' }});
               const box = slider.getBoundingClientRect();
               const at = (slider.value - slider.min) / (slider.max - slider.min);
               return [box.left, box.right, box.top + box.height / 2, at];
             }})()",
            quoted(selector)
        ),
    )?;
    let place: Vec<f64> = place.iter().filter_map(Value::as_f64).collect();
    let [left, right, y, at] = place[..] else {
        return Err(Trouble::new(format!("{place:?} is no place of a slider")));
    };
    // The middle of a thumb never reaches the ends of the track.
    let (first, last) = (left + 8.0, right - 8.0);
    let start = first + at * (last - first);
    let end = first + part * (last - first);
    let between = |part: f64| first + part * (last - first);
    point(page, "mousePressed", (start, y))?;
    for x in [
        f64::midpoint(start, last),
        last + 20.0,
        between(0.75),
        between(0.5),
        between(0.25),
        first - 20.0,
        end,
    ] {
        point(page, "mouseMoved", (x, y))?;
        // One movement a frame, as a hand makes them.
        page.settle()?;
    }
    point(page, "mouseReleased", (end, y))
}

/// The console is clean, and nobody was asked for anything that is not there.
#[track_caller]
pub(crate) fn assert_quiet(browser: &Browser, page: &Page<'_>) -> Result<(), Trouble> {
    assert_eq!(page.complaints()?, []);
    assert_eq!(page.outside()?, [""; 0]);
    assert_eq!(browser.site().missing(), [""; 0]);
    Ok(())
}

/// Chooses an option of a native select, as a reader does.
pub(crate) fn choose(page: &Page<'_>, select: &str, value: &str) -> Result<(), Trouble> {
    page.eval(&format!(
        "(() => {{
           const field = document.querySelector({});
           field.value = {};
           field.dispatchEvent(new Event('change', {{ bubbles: true }}));
         }})()",
        quoted(select),
        quoted(value)
    ))?;
    page.settle()
}

/// Makes a test in each browser of what takes an engine.
macro_rules! in_every_engine {
    ($($journey:ident),+ $(,)?) => {$(
        mod $journey {
            use compute_loop_tests::harness::{Engine, Trouble};

            #[test]
            fn chromium() -> Result<(), Trouble> {
                super::$journey(Engine::Chromium)
            }

            #[test]
            fn gecko() -> Result<(), Trouble> {
                super::$journey(Engine::Gecko)
            }

            #[test]
            fn webkit() -> Result<(), Trouble> {
                super::$journey(Engine::WebKit)
            }
        }
    )+};
}
pub(crate) use in_every_engine;
