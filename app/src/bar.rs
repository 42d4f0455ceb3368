//! The three main beliefs and their result, where the opening has left the screen.

use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::outcome::Output;
use compute_loop_core::words::{mark, t};
use leptos::prelude::*;

use crate::browser::{self, Place};
use crate::drawer;
use crate::lever::Slider;
use crate::live::{effect, live, yes};
use crate::prose::OutputText;
use crate::state::State;

/// What the bar calls a lever where there is little room, and where there is more.
const NAMES: [&str; 3] = [mark("ARR"), mark("Signed"), mark("Price")];
const LONG_NAMES: [&str; 3] = [
    mark("ARR, Dec 2026"),
    mark("Trainium signed"),
    mark("Trainium price"),
];

/// How much of the window's foot the bar of a narrow screen takes, in CSS pixels.
pub(crate) const BAR_HEIGHT: u32 = 92;

/// The bar. It lies over the page and never moves it; `place` says where the opening's
/// sliders are. Narrow screens show one slider at a time, and have the bar also before
/// the opening's sliders are reached.
#[component]
pub(crate) fn LeverBar(state: State, place: RwSignal<Place>) -> impl IntoView {
    let chosen = RwSignal::new(0_usize);
    // The drawer holds the same levers and the same result.
    let hidden = move || place.get() == Place::Inside || state.drawer.get();
    let seen = RwSignal::new(false);
    effect(move || {
        let hidden = hidden();
        seen.set(!hidden);
        if hidden {
            // Who moves a slider here and goes back up goes on moving it there.
            browser::hand_focus_over(".bar", "data-lever", ".primary");
        }
    });
    // Out of sight it need not follow each movement of the opening's sliders.
    let state = state.where_seen(seen);
    let value = move |lever: Lever| format::lever(lever, state.lever(lever));
    let id = |lever: Lever| format!("bar-{}", lever.spec().id);
    let choices = Lever::PRIMARY.into_iter().enumerate().map(|(i, lever)| {
        view! {
            <button
                type="button"
                aria-pressed=yes(move || chosen.get() == i)
                on:click=move |_| chosen.set(i)
            >
                <span class="name">{t(NAMES[i])}</span>
                " "
                <span class="value">{live(move || value(lever))}</span>
            </button>
        }
    });
    let sliders = Lever::PRIMARY.into_iter().enumerate().map(|(i, lever)| {
        view! {
            <div class="one" class:chosen=live(move || chosen.get() == i)>
                <label for=id(lever) title=t(lever.spec().label)>
                    <span class="name"><span class="short">{t(NAMES[i])}</span><span class="long">{t(LONG_NAMES[i])}</span></span>
                    " "
                    <output class="value">{live(move || value(lever))}</output>
                </label>
                <Slider lever state id=id(lever) name=t(LONG_NAMES[i]) />
            </div>
        }
    });
    view! {
        <section
            class="bar"
            class:early=live(move || place.get() == Place::Below)
            aria-label=t("The three main beliefs")
            hidden=hidden
        >
            <div class="within">
                <div class="switch" role="group" aria-label=t("What the slider moves")>
                    {choices.collect_view()}
                </div>
                {sliders.collect_view()}
                <dl class="result">
                    <div>
                        <dt>{t("Needed")}</dt>
                        <dd><OutputText output=Output::GwNeeded202612 state /></dd>
                    </div>
                    <div class="signed">
                        <dt>{t("Signed")}</dt>
                        <dd>{live(move || value(Lever::GwCommitted))}</dd>
                    </div>
                    <div>
                        <dt>{t("Online")}</dt>
                        <dd><OutputText output=Output::GwOnline202612 state /></dd>
                    </div>
                </dl>
                <div class="buttons">
                    <Steps state place="bar-" />
                    <button
                        type="button"
                        id="bar-all-beliefs"
                        aria-expanded="false"
                        aria-label=t("All beliefs")
                        on:click=move |_| drawer::show(state, true)
                    >
                        <span class="long">{t("All beliefs")}</span><span class="short">{t("Beliefs")}</span>
                    </button>
                </div>
            </div>
        </section>
    }
}

/// Undo and Redo. `place` tells the ones of different places apart.
#[component]
pub(crate) fn Steps(state: State, place: &'static str) -> impl IntoView {
    let undo = format!("{place}undo");
    let redo = format!("{place}redo");
    let (to_undo, to_redo) = (undo.clone(), redo.clone());
    view! {
        <button type="button" id=undo disabled=live(move || !state.can_undo()) on:click=move |_| {
                state.undo();
                keep_focus(state.can_undo(), &to_redo);
            }>
            {t("Undo")}
        </button>
        <button type="button" id=redo disabled=live(move || !state.can_redo()) on:click=move |_| {
                state.redo();
                keep_focus(state.can_redo(), &to_undo);
            }>
            {t("Redo")}
        </button>
    }
}

/// A button that has nothing left to do is disabled and would drop the focus to the top
/// of the page: it passes it on.
pub(crate) fn keep_focus(usable: bool, next: &str) {
    if !usable {
        let next = next.to_owned();
        // After the other button has been enabled.
        gloo::timers::callback::Timeout::new(0, move || browser::go_back_to(&next)).forget();
    }
}
