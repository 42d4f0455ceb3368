//! The page by keyboard alone, from its top through everything a reader does with it. At
//! each step the accessibility tree says what a screen reader is told. Here everything
//! goes by keys: nothing is clicked, and no script touches the page.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

use compute_loop::charts::{Case, Chart, Picture, View as Choice};
use compute_loop::query::Part;
use compute_loop_core::levers::Lever;
use compute_loop_core::outcome::Output;
use compute_loop_core::preset::PRESETS;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::{format, link, spoken};
use compute_loop_tests::harness::{Browser, Key, Page, Trouble, View};
use serde_json::{Value, json};

use crate::support::{
    SHIFT, assert_quiet, field, holds, link_of, notices, quoted, run, slider, text,
};

/// How many times Tab is pressed before something counts as out of reach.
const FAR: usize = 140;

/// How long a file may take to come.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the accessibility tree says of an element.
#[derive(Debug, Default, PartialEq)]
struct Heard {
    role: String,
    name: String,
    /// The value: a number as text.
    value: String,
    /// The value in words, where it has such.
    words: String,
    /// Whether it is pressed or checked.
    on: String,
}

/// A text of the tree, a number too: those have the bits of small floats.
fn plain(value: &Value) -> String {
    let value = &value["value"];
    match value.as_f64() {
        Some(number) => (number as f32).to_string(),
        None => value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned),
    }
}

impl Heard {
    fn of(node: &Value) -> Self {
        let property = |names: &[&str]| {
            let all = node["properties"].as_array().map_or(&[][..], Vec::as_slice);
            let one = all
                .iter()
                .find(|one| names.iter().any(|name| one["name"] == *name));
            one.map_or_else(String::new, |one| plain(&one["value"]))
        };
        let part = |name: &str| match &node[name] {
            Value::Null => String::new(),
            value => plain(value),
        };
        Self {
            role: part("role"),
            name: part("name"),
            value: part("value"),
            words: String::new(),
            on: property(&["pressed", "checked"]),
        }
    }
}

/// What the tree says of what has the focus.
fn heard(page: &Page<'_>) -> Result<Heard, Trouble> {
    page.settle()?;
    let found = page.cdp(
        "Runtime.evaluate",
        json!({ "expression": "document.activeElement" }),
    )?;
    let tree = page.cdp(
        "Accessibility.getPartialAXTree",
        json!({ "objectId": found["result"]["objectId"], "fetchRelatives": false }),
    )?;
    // The protocol's tree holds a slider's number where its words ought to be; what browsers
    // hand on to screen readers is this.
    let words = page.eval("document.activeElement.ariaValueText ?? ''")?;
    Ok(Heard {
        words: words.as_str().unwrap_or_default().to_owned(),
        ..Heard::of(&tree["nodes"][0])
    })
}

/// Every node of the tree that is told.
fn tree(page: &Page<'_>) -> Result<Vec<Value>, Trouble> {
    page.settle()?;
    let tree = page.cdp("Accessibility.getFullAXTree", json!({}))?;
    let nodes = tree["nodes"].as_array().cloned().unwrap_or_default();
    Ok(nodes
        .into_iter()
        .filter(|node| node["ignored"] == false)
        .collect())
}

/// A dialog of this name is open, alone: what lies under it is not told. The focus is in it.
#[track_caller]
fn assert_in_dialog(page: &Page<'_>, name: &str) -> Result<(), Trouble> {
    let nodes = tree(page)?;
    let all: Vec<Heard> = nodes.iter().map(Heard::of).collect();
    let dialogs: Vec<&Heard> = all.iter().filter(|one| one.role == "dialog").collect();
    assert_eq!(dialogs.len(), 1, "{dialogs:?}");
    assert_eq!(dialogs[0].name, name);
    let under = all.iter().find(|one| one.name == "Skip to the chapters");
    assert_eq!(under, None, "what lies under a dialog is told");
    assert!(
        holds(
            page,
            "!!document.activeElement.closest('dialog[open]') \
               && document.activeElement.closest('dialog[open]').matches(':modal')"
        )?,
        "the focus is outside of {name}"
    );
    Ok(())
}

/// No dialog is open any more, and the focus is where it was.
#[track_caller]
fn assert_back_on(page: &Page<'_>, selector: &str) -> Result<(), Trouble> {
    page.wait_until("!document.querySelector('dialog[open]')", "it is closed")?;
    page.wait_until(&is_focused(selector), &format!("{selector} has the focus"))
}

fn is_focused(selector: &str) -> String {
    format!("document.activeElement.matches({})", quoted(selector))
}

/// Which way Tab goes.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    On,
    Back,
}

/// Presses Tab.
fn tab(page: &Page<'_>, way: Way) -> Result<(), Trouble> {
    if way == Way::On {
        return page.press(Key::Tab);
    }
    for kind in ["rawKeyDown", "keyUp"] {
        page.cdp(
            "Input.dispatchKeyEvent",
            json!({
                "type": kind,
                "modifiers": SHIFT,
                "key": "Tab",
                "code": "Tab",
                "windowsVirtualKeyCode": 9,
            }),
        )?;
    }
    Ok(())
}

/// Presses Tab until something has the focus, and says what a reader hears there. Whatever
/// is passed can be seen, says what it is, and lies in the dialog if one is open.
#[track_caller]
fn tab_to(page: &Page<'_>, selector: &str, way: Way) -> Result<Heard, Trouble> {
    let mut passed = vec![];
    for _ in 0..FAR {
        tab(page, way)?;
        let here = heard(page)?;
        let found = page.eval(&format!(
            "(() => {{
               const one = document.activeElement;
               const dialog = document.querySelector('dialog:modal');
               const box = one.getBoundingClientRect();
               return {{
                 there: {},
                 // From the last to the first the way leads over the browser itself.
                 outside: one === document.body,
                 inside: !dialog || dialog.contains(one),
                 shown: one.matches(':focus-visible') && box.width > 0 && box.bottom > 0
                   && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
                 what: one.outerHTML.slice(0, 160),
               }};
             }})()",
            is_focused(selector)
        ))?;
        if found["outside"] != true {
            assert_eq!(found["inside"], true, "outside of the dialog: {found}");
            assert_eq!(found["shown"], true, "focused out of sight: {found}");
            assert!(
                !here.name.is_empty() && here.role != "generic",
                "{here:?}: {found}"
            );
        }
        if found["there"] == true {
            return Ok(here);
        }
        passed.push(format!("{} “{}”", here.role, here.name));
    }
    Err(Trouble::new(format!(
        "{selector} is not within {FAR} presses of Tab. Passed:\n{}",
        passed.join("\n")
    )))
}

/// The chart of the first screen without ranges.
fn gap(scenario: &Scenario) -> Picture {
    let outcome = compute_loop_core::model::run(scenario);
    Chart::Gap.picture(Case {
        scenario,
        outcome: &outcome,
        odds: None,
        view: Choice::default(),
        matters: None,
    })
}

/// A slider that has the focus says what the scenario holds and what follows from it.
/// Hands back its value.
#[track_caller]
fn slides(page: &Page<'_>, lever: Lever) -> Result<f64, Trouble> {
    let here = heard(page)?;
    let (scenario, outcome) = run(&link_of(page)?);
    let value = scenario.get(lever);
    let wanted = Heard {
        role: "slider".into(),
        name: lever.spec().label.into(),
        value: (value as f32).to_string(),
        words: spoken::lever(lever, &scenario, &outcome),
        on: String::new(),
    };
    assert_eq!(here, wanted);
    Ok(value)
}

/// The keys that sliders have, by the ARIA Authoring Practices.
fn by_all_keys(page: &Page<'_>, lever: Lever) -> Result<(), Trouble> {
    let spec = lever.spec();
    let press = |key: &Key| -> Result<f64, Trouble> {
        page.press(key.clone())?;
        slides(page, lever)
    };
    let same = |a: f64, b: f64| (a - b).abs() < 1e-9;
    let start = slides(page, lever)?;
    for (more, less) in [(&Key::Right, &Key::Left), (&Key::Up, &Key::Down)] {
        let there = press(more)?;
        assert!(same(there, lever.admit(start + spec.step)), "{there}");
        assert!(same(press(less)?, start));
        let there = press(less)?;
        assert!(same(there, lever.admit(start - spec.step)), "{there}");
        assert!(same(press(more)?, start));
    }
    let far = press(&Key::PageUp)?;
    assert!(far > start + 2.0 * spec.step, "a page is {start} to {far}");
    assert!(press(&Key::PageDown)? < far - 2.0 * spec.step);
    assert!(same(press(&Key::Home)?, spec.min));
    assert!(same(press(&Key::Left)?, spec.min));
    assert!(same(press(&Key::End)?, spec.max));
    assert!(same(press(&Key::Right)?, spec.max));
    Ok(())
}

/// Types a value into the field of a lever that has the focus, over what it holds.
fn types(page: &Page<'_>, lever: Lever, value: f64) -> Result<(), Trouble> {
    let text = link::value_text(lever, value);
    page.press(&*text)?;
    page.press(Key::Enter)?;
    page.settle()?;
    let here = heard(page)?;
    assert_eq!((&*here.role, here.value), ("textbox", text));
    let (scenario, _) = run(&link_of(page)?);
    assert_eq!(scenario.get(lever).to_bits(), value.to_bits());
    Ok(())
}

/// A folder for what is downloaded, which goes with this.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, Trouble> {
        let folder = env::temp_dir().join(format!("compute-loop-journey-{}", process::id()));
        fs::create_dir_all(&folder).map_err(Trouble::during("Cannot make a folder"))?;
        Ok(Self(folder))
    }

    /// A file of this name, once all of it is there.
    fn file(&self, name: &str) -> Result<Vec<u8>, Trouble> {
        let start = Instant::now();
        loop {
            // It gets its name when it is complete.
            match fs::read(self.0.join(name)) {
                Ok(bytes) if !bytes.is_empty() => return Ok(bytes),
                _ if start.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(50)),
                other => return other.map_err(Trouble::during(format!("{name} has not come"))),
            }
        }
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_reader_with_a_keyboard_goes_all_the_way() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    // Chapters come because a reader does something.
    let page = browser.glance("", View::default().still())?;
    let folder = Folder::new()?;
    page.cdp(
        "Browser.setDownloadBehavior",
        json!({ "behavior": "allow", "downloadPath": folder.path().display().to_string() }),
    )?;
    top(&page)?;
    first_chart(&page)?;
    three_sliders(&page)?;
    way_down(&page)?;
    scenarios(&page)?;
    sharing(&page, &folder)?;
    assert_eq!(notices(&page)?, [""; 0]);
    assert_quiet(&browser, &page)
}

/// The skip link is the first thing, and leads to the chapters.
fn top(page: &Page<'_>) -> Result<(), Trouble> {
    tab(page, Way::On)?;
    let here = heard(page)?;
    assert_eq!((&*here.role, &*here.name), ("link", "Skip to the chapters"));
    let here = tab_to(page, "#ranges", Way::On)?;
    assert_eq!((&*here.role, &*here.on), ("button", "true"));
    page.press(" ")?;
    assert_eq!(heard(page)?.on, "false");
    tab_to(page, ".skip", Way::Back)?;
    page.press(Key::Enter)?;
    page.wait_until(&is_focused("#chapter-1"), "the chapters are reached")?;
    let here = heard(page)?;
    let title = text(page, "document.querySelector('#chapter-1 h2').textContent")?;
    assert_eq!((&*here.role, here.name), ("region", title));
    Ok(())
}

/// The first chart is read month by month, then one of its lines.
fn first_chart(page: &Page<'_>) -> Result<(), Trouble> {
    let picture = gap(&Scenario::default());
    let here = tab_to(page, "#chart-gap .canvas", Way::Back)?;
    let name = format!("Values in the chart: {}", picture.title);
    let hint = "Arrow keys read the values, Enter follows one series";
    let spoken = |value: usize, words: &str| Heard {
        role: "slider".into(),
        name: name.clone(),
        value: value.to_string(),
        words: words.to_owned(),
        on: String::new(),
    };
    assert_eq!(here, spoken(0, hint));
    let last = picture.readings() - 1;
    let keys = [
        (Key::Home, 0),
        (Key::Right, 1),
        (Key::Right, 2),
        (Key::Left, 1),
        (Key::PageDown, 13),
        (Key::End, last),
        (Key::Left, last - 1),
    ];
    for (key, place) in keys {
        page.press(key)?;
        let reading = picture.reading(place).expect("a place");
        assert_eq!(heard(page)?, spoken(place, &reading.sentence()));
    }
    page.press(Key::Enter)?;
    for (key, place, label) in [
        (Key::Down, last - 1, "online"),
        (Key::Left, last - 2, "online"),
        (Key::Up, last - 2, "needed"),
        (Key::Home, 0, "needed"),
    ] {
        page.press(key)?;
        let reading = picture.reading(place).expect("a place");
        let value = reading.values.iter().find(|value| value.label == label);
        let value = &value.expect("its line").text;
        let words = format!("{label}, {}: {value}", reading.name);
        assert_eq!(heard(page)?, spoken(place, &words));
    }
    // Out of the line, then away from the chart.
    page.press(Key::Escape)?;
    let reading = picture.reading(0).expect("a place");
    assert_eq!(heard(page)?, spoken(0, &reading.sentence()));
    page.press(Key::Escape)?;
    assert_eq!(heard(page)?, spoken(0, hint));
    assert_eq!(link_of(page)?, "#m=1", "reading changes nothing");
    Ok(())
}

/// Each slider is moved, and what is typed into its field takes it back.
fn three_sliders(page: &Page<'_>) -> Result<(), Trouble> {
    for lever in Lever::PRIMARY {
        let here = tab_to(page, &format!(".primary {}", slider(lever)), Way::On)?;
        if lever == Lever::GwCommitted {
            assert_eq!(
                here.words,
                "5.0 gigawatts, 2.5 short of what is needed in December 2026"
            );
            by_all_keys(page, lever)?;
        } else {
            let start = slides(page, lever)?;
            page.press(Key::Right)?;
            assert!(slides(page, lever)? > start);
            page.press(Key::Home)?;
            assert!(slides(page, lever)? < start);
            page.press(Key::End)?;
            assert!(slides(page, lever)? > start);
        }
        let here = tab_to(page, &format!(".primary {}", field(lever)), Way::On)?;
        let spec = lever.spec();
        let name = format!("{}, {}", spec.label, format::unit_name(spec.unit));
        assert_eq!((&*here.role, here.name), ("textbox", name));
        types(page, lever, spec.max - spec.step)?;
        // What it holds stays to be typed over by whoever comes back to it.
        tab(page, Way::Back)?;
        tab_to(page, &format!(".primary {}", field(lever)), Way::On)?;
        types(page, lever, spec.default)?;
    }
    assert_eq!(link_of(page)?, "#m=1");
    Ok(())
}

/// A figure of the headline opens how it comes about; a level down, and out at once.
fn way_down(page: &Page<'_>) -> Result<(), Trouble> {
    let output = Output::GwNeeded202612;
    let opener = format!("h1 [data-output='{}']", output.spec().id);
    let here = tab_to(page, &opener, Way::Back)?;
    let (_, outcome) = run("#m=1");
    let shown = format::output(&outcome, output);
    assert_eq!((&*here.role, here.name), ("button", shown));
    let title = "document.querySelector('#trace-title').textContent";
    page.press(Key::Enter)?;
    page.wait_until("!!document.querySelector('dialog.trace[open]')", "it opens")?;
    assert_in_dialog(page, "How it comes about")?;
    assert_eq!(text(page, title)?, output.spec().label);
    let here = tab_to(page, "dialog.trace .inputs .down", Way::On)?;
    assert_eq!(here.role, "button");
    page.press(Key::Enter)?;
    page.wait_until(
        &format!("{title} === {}", quoted(&here.name)),
        "Enter leads a level down",
    )?;
    page.wait_until(&is_focused("#trace-title"), "the focus follows")?;
    let level = heard(page)?;
    assert_eq!((&*level.role, level.name), ("heading", here.name));
    assert_in_dialog(page, "How it comes about")?;
    page.press(Key::Escape)?;
    assert_back_on(page, &opener)
}

/// A scenario is chosen, and one to compare it with.
fn scenarios(page: &Page<'_>) -> Result<(), Trouble> {
    let here = tab_to(page, "#scenario", Way::On)?;
    let choice = |name: &str, value: &str| Heard {
        role: "combobox".into(),
        name: name.into(),
        value: value.into(),
        ..Heard::default()
    };
    assert_eq!(here, choice("Scenario", PRESETS[0].name));
    page.press(Key::Down)?;
    page.settle()?;
    assert_eq!(link_of(page)?, link::encode(&PRESETS[1].scenario()));
    assert_eq!(heard(page)?, choice("Scenario", PRESETS[1].name));

    let here = tab_to(page, "#compare", Way::On)?;
    assert_eq!(here, choice("Compare with", "nothing"));
    page.press(Key::Down)?;
    assert_eq!(heard(page)?, choice("Compare with", "these beliefs, kept"));
    page.press(Key::Down)?;
    assert_eq!(heard(page)?, choice("Compare with", PRESETS[0].name));
    page.wait_until("!!document.querySelector('.comparison')", "it is compared")?;
    let wanted = format!("Now, against {}", PRESETS[0].name);
    let told = tree(page)?
        .iter()
        .map(Heard::of)
        .any(|one| one.role == "region" && one.name == wanted);
    assert!(told, "“{wanted}” is no region");
    Ok(())
}

/// The card: link, downloads, code; closed, the focus is where it was.
fn sharing(page: &Page<'_>, folder: &Folder) -> Result<(), Trouble> {
    let here = tab_to(page, "#share", Way::Back)?;
    assert_eq!((&*here.role, &*here.name), ("button", "Share"));
    page.press(Key::Enter)?;
    page.wait_until(
        "!!document.querySelector('dialog.sharing[open] #share-view')",
        "the card is open",
    )?;
    assert_in_dialog(page, "Share and download")?;

    let here = tab_to(page, "[data-copy=page-link] button", Way::On)?;
    assert_eq!(here.name, "Copy: Link to the page with these beliefs");
    let shown = text(
        page,
        "document.querySelector('[data-copy=page-link] .copy-text').textContent",
    )?;
    assert!(shown.ends_with(&link_of(page)?), "{shown}");
    page.press(Key::Enter)?;
    said(page, "[data-copy=page-link] .copy-said", "")?;

    // The gap is the second of the list.
    let here = tab_to(page, "#share-view", Way::On)?;
    assert_eq!((&*here.role, &*here.name), ("combobox", "View"));
    page.press(Key::Down)?;
    assert_eq!(heard(page)?.value, Chart::Gap.called());
    for (what, name, start) in [
        ("png", "PNG", &b"\x89PNG"[..]),
        ("csv", "Data as CSV", b"# Title: "),
    ] {
        let here = tab_to(page, &format!("[data-save={what}]"), Way::On)?;
        assert_eq!((&*here.role, &*here.name), ("button", name));
        page.press(Key::Enter)?;
        let words = said(page, "#share-said", &format!(".{what}."))?;
        let file = words
            .strip_prefix("Saved as ")
            .and_then(|rest| rest.strip_suffix('.'));
        let file = file.unwrap_or_else(|| panic!("{words}"));
        assert!(file.contains(Part::Chart(Chart::Gap).id()), "{file}");
        let bytes = folder.file(file)?;
        assert!(bytes.starts_with(start), "{file} begins otherwise");
    }

    let here = tab_to(page, "#embed-form", Way::On)?;
    assert_eq!((&*here.role, &*here.name), ("combobox", "Form"));
    let here = tab_to(page, "#embed-chrome", Way::On)?;
    assert_eq!((&*here.role, &*here.on), ("checkbox", "true"));
    let code = "document.querySelector('[data-copy=embed-code] .copy-text').textContent";
    let before = text(page, code)?;
    page.press(" ")?;
    assert_eq!(heard(page)?.on, "false");
    assert!(!before.contains("chrome=none"), "{before}");
    assert!(text(page, code)?.contains("chrome=none"));
    let here = tab_to(page, "[data-copy=embed-code] button", Way::On)?;
    assert_eq!(here.name, "Copy: Code");
    page.press(Key::Enter)?;
    said(page, "[data-copy=embed-code] .copy-said", "")?;
    // What is longer than its room can be moved by keys.
    tab_to(page, "[data-copy=embed-code] .copy-text", Way::On)?;
    tab_to(page, "#import", Way::On)?;
    assert_in_dialog(page, "Share and download")?;

    // Closed by its button; opened again, by Escape.
    let here = tab_to(page, "dialog.sharing .close", Way::Back)?;
    assert_eq!((&*here.role, &*here.name), ("button", "Close"));
    page.press(Key::Enter)?;
    assert_back_on(page, "#share")?;
    page.press(" ")?;
    page.wait_until(
        "!!document.querySelector('dialog.sharing[open] #share-view')",
        "the card is open again",
    )?;
    assert_in_dialog(page, "Share and download")?;
    page.press(Key::Escape)?;
    assert_back_on(page, "#share")?;
    assert_eq!(heard(page)?.name, "Share");
    Ok(())
}

/// Waits until a part of the page that readers are told of says something with these words.
fn said(page: &Page<'_>, selector: &str, words: &str) -> Result<String, Trouble> {
    let now = format!("document.querySelector({})", quoted(selector));
    page.wait_until(
        &format!(
            "{now}.role === 'status' && {now}.textContent !== '' && {now}.textContent.includes({})",
            quoted(words)
        ),
        "it is said",
    )?;
    text(page, &format!("{now}.textContent"))
}
