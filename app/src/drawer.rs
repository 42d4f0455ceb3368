//! Every belief in one place, beside the page.

use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::outcome::Output;
use compute_loop_core::words::t;
use gloo::timers::callback::Timeout;
use leptos::html::Aside;
use leptos::prelude::*;

use crate::bar::Steps;
use crate::browser;
use crate::chunks;
use crate::content::chapters;
use crate::lever::{self, LeverControl};
use crate::phrase::phrase;
use crate::prose::OutputNumber;
use crate::state::State;

/// Opens or closes the panel. A wide page makes room for it beside itself; what is being
/// read stays where it is.
pub(crate) fn show(state: State, open: bool) {
    if open {
        // The place to read on and the focus are taken when the panel can come.
        chunks::when_cards(state, move || put(state, true));
    } else {
        put(state, false);
    }
}

fn put(state: State, open: bool) {
    let place = browser::reading_place();
    state.drawer.set(open);
    // After the panel has come or gone, and before a frame shows it.
    Timeout::new(0, move || browser::keep_place(place)).forget();
}

/// The panel of all beliefs, by chapter. It covers no more than a side of the page, so
/// that a reader sees what a change does.
#[component]
pub(crate) fn Drawer(state: State) -> impl IntoView {
    // Closed, it need not follow each movement of another slider.
    let state = state.where_seen(state.drawer);
    let panel = NodeRef::<Aside>::new();
    // Once: signals keep a little of every effect that has followed them, so what is built
    // again and again adds up.
    let built = Memo::new(move |before: Option<&bool>| before == Some(&true) || state.drawer.get());
    // Where the focus came from, to go back to.
    let opener = StoredValue::new_local(None);
    Effect::new(move |before: Option<bool>| {
        let open = state.drawer.get();
        if let (true, false, Some(panel)) = (open, before.unwrap_or(false), panel.get()) {
            opener.set_value(browser::focused());
            let _ = panel.focus();
        }
        if let (false, Some(true)) = (open, before) {
            // After the bar it may have come from is there again.
            Timeout::new(0, move || {
                browser::focus_again(opener.get_value(), "all-beliefs");
            })
            .forget();
        }
        open
    });
    let close = move || show(state, false);
    let number = |output: Output| view! { <OutputNumber output state /> }.into_any();
    let signed = move || {
        let committed = state.lever(Lever::GwCommitted);
        format::lever(Lever::GwCommitted, committed)
    };
    view! {
        <aside
            class="drawer"
            node_ref=panel
            tabindex="-1"
            aria-label=t("All beliefs")
            hidden=move || !state.drawer.get()
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close();
                }
            }
        >
            <header>
                <h2>{t("All beliefs")}</h2>
                <div class="buttons">
                    <Steps state place="drawer-" />
                    <button type="button" class="close" on:click=move |_| close()>{t("Close")}</button>
                </div>
                <p class="result">
                    {phrase(t("Needed {needed}, signed {signed}, online {online} in December 2026"), vec![
                        ("needed", number(Output::GwNeeded202612)),
                        ("signed", signed.into_any()),
                        ("online", number(Output::GwOnline202612)),
                    ])}
                </p>
            </header>
            // Three dozen controls are built when a reader first wants them.
            {move || built.get().then(|| groups(state))}
        </aside>
    }
}

/// The controls, by chapter.
fn groups(state: State) -> impl IntoView {
    chapters()
        .iter()
        .filter_map(|chapter| {
            let levers: Vec<Lever> = Lever::of_chapter(chapter.number as u8).collect();
            (!levers.is_empty()).then(|| {
                let controls = levers.into_iter().map(|lever| {
                    view! {
                        <div id=format!("drawer-{}", lever.spec().id) tabindex="-1">
                            <LeverControl lever state place="all" detail=lever::FULL />
                        </div>
                    }
                });
                view! {
                    <section>
                        <h3>{chapter.number} " " {chapter.title}</h3>
                        {controls.collect_view()}
                    </section>
                }
            })
        })
        .collect_view()
}
