//! Steps back, steps forward, and back to the start.

use compute_loop_core::levers::Lever;
use compute_loop_core::link;
use compute_loop_core::preset::PRESETS;
use compute_loop_tests::harness::{Browser, Key, Page, Trouble, View};

use crate::draw::Draws;
use crate::sliders::drag;
use crate::support::{
    CTRL, SHIFT, assert_quiet, chord, enabled, focus, link_of, quoted, slider, text, value,
};

/// How many changes are taken back.
const STEPS: usize = 60;

/// Which of Reset, Undo and Redo can be pressed.
fn buttons(page: &Page<'_>) -> Result<[bool; 3], Trouble> {
    page.settle()?;
    Ok([
        enabled(page, "reset")?,
        enabled(page, "undo")?,
        enabled(page, "redo")?,
    ])
}

#[test]
fn sixty_changes_are_taken_back_and_made_again_one_by_one() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    assert_eq!(buttons(&page)?, [false, false, false], "nothing has moved");

    let mut draws = Draws::new(60);
    let mut links = vec![link_of(&page)?];
    focus(&page, &slider(Lever::Arr2026))?;
    for turn in 1.. {
        if links.len() > STEPS {
            break;
        }
        // Keys and scripts in turn: every change is a step, whatever made it.
        if turn % 3 == 0 {
            page.press(Key::Right)?;
        } else {
            let lever = Lever::ALL[(draws.unit() * Lever::COUNT as f64) as usize];
            let wanted = link::value_text(lever, draws.value(lever));
            let set = format!(
                "computeLoop.set({:?}, {})",
                lever.spec().id,
                quoted(&wanted)
            );
            assert_eq!(page.eval(&set)?, wanted);
        }
        let now = link_of(&page)?;
        // What stood as drawn, or at the end of its range, has not moved.
        if links.last() != Some(&now) {
            links.push(now);
        }
    }
    assert_eq!(buttons(&page)?, [true, true, false]);

    for (i, before) in links.iter().enumerate().rev().skip(1) {
        chord(&page, CTRL, 'z')?;
        assert_eq!(link_of(&page)?, *before, "step {i}");
    }
    assert_eq!(buttons(&page)?, [false, false, true]);
    chord(&page, CTRL, 'z')?;
    assert_eq!(link_of(&page)?, links[0], "there is nothing further back");

    for (i, after) in links.iter().enumerate().skip(1) {
        chord(&page, CTRL | SHIFT, 'z')?;
        assert_eq!(link_of(&page)?, *after, "step {i}");
    }
    assert_eq!(buttons(&page)?, [true, true, false]);

    // A step from the middle leaves nothing to make again.
    chord(&page, CTRL, 'z')?;
    chord(&page, CTRL, 'z')?;
    chord(&page, CTRL, 'y')?;
    assert_eq!(link_of(&page)?, links[STEPS - 1]);
    assert_eq!(buttons(&page)?, [true, true, true]);
    page.press(Key::Left)?;
    assert_eq!(buttons(&page)?, [true, true, false]);
    assert_quiet(&browser, &page)?;
    println!("{STEPS} steps back and forward");
    Ok(())
}

#[test]
fn a_drag_a_reset_and_a_preset_are_one_step_each() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    let mut links = vec![link_of(&page)?];

    for part in [0.3, 0.7] {
        drag(&page, Lever::Arr2026, part)?;
        links.push(link_of(&page)?);
    }
    assert!(links[0] != links[1] && links[1] != links[2], "{links:?}");

    page.click("#reset")?;
    assert_eq!(link_of(&page)?, "#m=1");
    assert_eq!(
        buttons(&page)?,
        [false, true, false],
        "there is nothing left to reset"
    );
    links.push(link_of(&page)?);

    // By keys, as a reader chooses in a closed list: its first letter.
    let preset = PRESETS.iter().find(|preset| preset.id == "gpu-parity");
    let preset = preset.expect("a preset of this name");
    focus(&page, "#scenario")?;
    page.press("g")?;
    page.settle()?;
    assert_eq!(link_of(&page)?, link::encode(&preset.scenario()));
    assert_eq!(value(&page, "#scenario")?, preset.id);
    let reason = text(&page, "document.body.textContent")?;
    assert!(reason.contains(preset.reason));
    links.push(link_of(&page)?);

    for (i, before) in links.iter().enumerate().rev().skip(1) {
        page.click("#undo")?;
        assert_eq!(link_of(&page)?, *before, "step {i}");
    }
    assert_eq!(buttons(&page)?, [false, false, true]);
    for after in &links[1..] {
        page.click("#redo")?;
        assert_eq!(link_of(&page)?, *after);
    }
    assert_quiet(&browser, &page)
}

#[test]
fn every_preset_is_chosen_and_recognised() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("#m=1&stake=7", View::default().still())?;
    assert_eq!(value(&page, "#scenario")?, "", "a scenario of one's own");
    let mut before = link_of(&page)?;
    for preset in PRESETS {
        page.eval(&format!(
            "(() => {{
               const list = document.getElementById('scenario');
               list.value = {};
               list.dispatchEvent(new Event('change', {{ bubbles: true }}));
             }})()",
            quoted(preset.id)
        ))?;
        page.settle()?;
        let link = link::encode(&preset.scenario());
        assert_eq!(link_of(&page)?, link, "{}", preset.id);
        assert_eq!(value(&page, "#scenario")?, preset.id);
        assert_eq!(enabled(&page, "reset")?, link != "#m=1", "{}", preset.id);
        chord(&page, CTRL, 'z')?;
        assert_eq!(link_of(&page)?, before, "{} is a step", preset.id);
        chord(&page, CTRL | SHIFT, 'z')?;
        before = link;
    }
    assert_quiet(&browser, &page)?;
    println!("{} presets", PRESETS.len());
    Ok(())
}
