//! What charts say to those who do not see them, while values move.
//!
//! Many charts may change at once, and all of them speaking would be noise: of those that
//! have something new, the one nearest to the middle of the window says its sentence, at most
//! once a second.

use gloo::timers::callback::Timeout;
use gloo::utils::window;
use leptos::html::Div;
use leptos::prelude::*;

use crate::charts::Chart;

/// How long it is waited for the last word, and how far sentences are apart.
const PAUSE_MS: u32 = 1_000;

/// Gathers what charts have to say. Copied freely.
#[derive(Clone, Copy)]
pub(crate) struct Announcer {
    /// The sentence said last.
    pub(crate) said: RwSignal<String>,
    offers: StoredValue<Vec<(Chart, NodeRef<Div>, String)>, LocalStorage>,
    waiting: StoredValue<Option<Timeout>, LocalStorage>,
}

impl Announcer {
    pub(crate) fn new() -> Self {
        Self {
            said: RwSignal::default(),
            offers: StoredValue::new_local(vec![]),
            waiting: StoredValue::new_local(None),
        }
    }

    /// Offers what a chart shows now; `place` is where it stands.
    pub(crate) fn offer(self, chart: Chart, place: NodeRef<Div>, sentence: String) {
        self.offers.update_value(|offers| {
            offers.retain(|(other, ..)| *other != chart);
            offers.push((chart, place, sentence));
        });
        if self.waiting.with_value(Option::is_none) {
            let speak = Timeout::new(PAUSE_MS, move || self.speak());
            self.waiting.set_value(Some(speak));
        }
    }

    fn speak(self) {
        self.waiting.set_value(None);
        let offers = self.offers.try_update_value(core::mem::take);
        let middle = window()
            .inner_height()
            .ok()
            .and_then(|height| height.as_f64());
        let middle = middle.unwrap_or_default() / 2.0;
        // Measured here alone, once a second: it makes the browser lay the page out.
        let distance = |place: NodeRef<Div>| {
            let bounds = place.get_untracked()?.get_bounding_client_rect();
            Some((f64::midpoint(bounds.top(), bounds.bottom()) - middle).abs())
        };
        let ranked = offers.unwrap_or_default().into_iter();
        let ranked = ranked.filter_map(|(_, place, sentence)| Some((distance(place)?, sentence)));
        if let Some((_, sentence)) = ranked.min_by(|a, b| a.0.total_cmp(&b.0)) {
            self.said.set(sentence);
        }
    }
}
