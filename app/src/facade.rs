//! What was served of an embed gives way to the live one, with what a reader has done there
//! meanwhile.
//!
//! `app/ship/src/facade.js` shows it, where the address asks for nothing but what was served,
//! and starts the module when somebody comes. It marks what this reads: sliders that were moved
//! (`data-moved`), what was clicked (`data-clicked`), a finger or button that is down
//! (`data-pressed`), and whether a reader gave any sign (`data-acted`).

use compute_loop_core::levers::Lever;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::{decimal, link};
use gloo::events::EventListener;
use gloo::utils::{document, document_element};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::browser;
use crate::history::History;
use crate::opening::{Handed, Spot, elements};

/// Mounts the live view with what was done on the served one, if that is shown; never under a
/// hand.
pub(crate) fn give_way(mount: impl FnOnce(Option<Handed>) + 'static) {
    let Ok(Some(shown)) = document().query_selector("#before > .embed") else {
        mount(None);
        return;
    };
    let root = document_element();
    if root.has_attribute("data-pressed") {
        EventListener::once(&root, "letgo", move |_| give_way(mount)).forget();
        return;
    }
    let mut moved = Scenario::default();
    for slider in elements(&shown, "[data-of-slider][data-moved]") {
        let lever = slider.get_attribute("data-of-slider");
        let value = slider.dyn_ref().map(HtmlInputElement::value);
        if let (Some(lever), Some(value)) = (
            lever.and_then(|id| Lever::from_id(&id)),
            value.and_then(|text| decimal::parse(&text)),
        ) {
            moved.set(lever, value);
        }
    }
    let mut history = History::new(Scenario::default());
    history.step(&moved);
    let fragment = browser::fragment();
    let followed = browser::is_scenario(&fragment)
        && fragment.len() > 1
        && fragment != link::encode(&Scenario::default());
    if !followed && moved != Scenario::default() {
        browser::write_fragment(&link::encode(&moved));
    }
    let focus = browser::focused().and_then(|element| Spot::of(&element, &shown));
    let clicked = elements(&shown, "[data-clicked]").pop();
    let clicked = clicked.and_then(|element| Spot::of(&element, &shown));
    browser::show_coming(false);
    mount(Some(Handed {
        history,
        acted: root.has_attribute("data-acted"),
        link: followed.then_some(fragment),
    }));
    Spot::go_on(focus, clicked);
}
