//! One view of the page for other pages: a chart or the opening, up to three sliders,
//! where it is from, and the way to the whole page with the same scenario.

use compute_loop_core::odds::Asked;
use compute_loop_core::words::t;
use compute_loop_core::{link, say};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::{document_element, window};
use leptos::html::{Dl, Main};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::bar::{Steps, keep_focus};
use crate::charts::{Case, Chart};
use crate::content::{HEADLINE, headline};
use crate::figure::{Figure, Hand};
use crate::host;
use crate::kinds::Kinds;
use crate::lever::{Detail, LeverControl};
use crate::live::effect;
use crate::odds::{Range, Want};
use crate::page::Notices;
use crate::phrase::phrase;
use crate::prose::{OutputNumber, sentence};
use crate::query::{Embed, Part};
use crate::sight;
use crate::source;
use crate::state::State;
use crate::{browser, chunks};

/// Everything below the document's body; `hand` makes the chart.
pub(crate) fn view(embed: &'static Embed, hand: Hand, state: State) -> AnyView {
    let _ = document_element().set_attribute("data-embed", embed.part.id());
    // The switch for it is on the whole page.
    state.kinds.set(Kinds::default());
    let content = NodeRef::<Main>::new();
    effect(move || {
        if let Some(content) = content.get() {
            host::follow(state, embed, &content);
        }
    });
    follow_reader();
    let opening = embed.part == Part::Opening;
    let chart = embed.part.chart();
    let hand = hand.at_level(if opening { "2" } else { "1" });
    let sliders = embed.levers.iter().map(|&lever| {
        view! { <LeverControl lever state place="embed" detail=Detail::Bare /> }
    });
    let sliders = (!embed.levers.is_empty())
        .then(|| view! { <div class="primary">{sliders.collect_view()}</div> });
    view! {
        <main class="embed" aria-label=t("The Compute Loop") node_ref=content>
            {embed.chrome.then(|| view! { <Head state /> })}
            {opening.then(|| view! { <h1>{sentence(headline(), state)}</h1> })}
            <div class="stage">
                <Figure chart hand state />
                {sliders}
            </div>
            {opening.then(|| view! { <Figures state /> })}
            <Notices state />
            <Origin chart hand state />
        </main>
        {chunks::over_the_page(state)}
    }
    .into_any()
}

/// Notes where the reader pressed something, for the style sheet: what opens then stands
/// there, since a frame may be higher than the screen and its middle out of sight.
fn follow_reader() {
    let options = EventListenerOptions::run_in_capture_phase();
    EventListener::new_with_options(&gloo::utils::document(), "click", options, |event| {
        let pressed = event
            .target()
            .and_then(|one| one.dyn_into::<Element>().ok());
        let Some(pressed) = pressed.filter(|one| !matches!(one.closest("dialog"), Ok(Some(_))))
        else {
            return;
        };
        let top = pressed.get_bounding_client_rect().top();
        if let Some(root) = document_element().dyn_ref::<HtmlElement>() {
            let _ = root.style().set_property("--near", &format!("{top:.0}px"));
        }
    })
    .forget();
}

/// The title and the commands. Reset goes back to the scenario that the embed came with.
#[component]
fn Head(state: State) -> impl IntoView {
    let first = state.first();
    let changed = move || state.scenario.get() != first;
    view! {
        <header class="head">
            <p class="brand">{t("The Compute Loop")}</p>
            <div class="buttons">
                <button type="button" id="reset" disabled=move || !changed() on:click=move |_| {
                        state.replace(&first);
                        keep_focus(false, "undo");
                    }>
                    {t("Reset")}
                </button>
                <Steps state place="" />
            </div>
        </header>
    }
}

/// The figures of the first screen.
#[component]
fn Figures(state: State) -> impl IntoView {
    let list = NodeRef::<Dl>::new();
    let seen = sight::within(list, sight::AROUND);
    state.odds().want_while(
        move || seen.get(),
        || Want {
            asked: HEADLINE.map(|(_, output)| Asked::of(output)).to_vec(),
            ..Want::default()
        },
    );
    let figures = HEADLINE.map(|(name, output)| {
        view! {
            <div>
                <dt>{t(name)}</dt>
                <dd><OutputNumber output state /> " " <Range output state /></dd>
            </div>
        }
    });
    view! { <dl class="figures" node_ref=list>{figures.collect_view()}</dl> }
}

/// Where the published figures are from, and the way to the whole page. Where the page
/// around lets this one open no other, the address is told, to be copied.
#[component]
fn Origin(chart: Chart, hand: Hand, state: State) -> impl IntoView {
    let (scenario, outcome) = (
        state.scenario.get_untracked(),
        state.outcome.get_untracked(),
    );
    let picture = hand.picture(chart, Case::of(&scenario, &outcome));
    let mut names: Vec<&str> = vec![];
    for (_, fact) in picture.facts {
        if !names.contains(&fact.source.short) {
            names.push(fact.source.short);
        }
    }
    let rest = if names.is_empty() {
        t("Computed here from the beliefs set.")
    } else {
        t("The rest is computed here from the beliefs set.")
    };
    let sources = (!names.is_empty()).then(|| {
        let links = source::documents(&names, state);
        let said = phrase(t("Published figures: {sources}."), vec![("sources", links)]);
        view! { {said} " " }
    });
    let address = move || browser::address(&link::encode(&state.scenario.get()));
    let open = move |event: web_sys::MouseEvent| {
        if !browser::is_sandboxed() {
            return;
        }
        event.prevent_default();
        let address = untrack(address);
        let opened = window().open_with_url_and_target(&address, "_blank");
        if !matches!(opened, Ok(Some(_))) {
            state.tell(say!(
                "The page around this one lets it open no other. The whole page is at {address}",
                address
            ));
        }
    };
    view! {
        <p class="made-of">
            {sources} {rest} " "
            <a class="whole" href=address target="_blank" rel="noopener" on:click=open>
                {t("The Compute Loop: the whole page with these beliefs")}
            </a>
        </p>
    }
}
