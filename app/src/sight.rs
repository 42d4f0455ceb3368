//! What of the page is in sight, or near it.

use leptos::html::ElementType;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::browser;
use crate::live::effect;

/// How far around the window things count as being on screen.
pub(crate) const AROUND: &str = "12% 0px";

/// How far around it they count as near: half a screen.
pub(crate) const NEAR: &str = "50% 0px";

/// Whether an element lies in the window made larger by a margin in CSS.
pub(crate) fn within<E>(place: NodeRef<E>, margin: &'static str) -> RwSignal<bool>
where
    E: ElementType + 'static,
    E::Output: JsCast + AsRef<Element> + Clone + 'static,
{
    let seen = RwSignal::new(false);
    effect(move || {
        if let Some(element) = place.get() {
            browser::on_crossing(element.as_ref(), margin, move |inside| {
                if seen.get_untracked() != inside {
                    seen.set(inside);
                }
            });
        }
    });
    seen
}
