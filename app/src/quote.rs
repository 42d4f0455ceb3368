//! A figure to quote: the sentence, the citation and the link, each to be copied.

use std::sync::{Mutex, PoisonError};

use compute_loop_core::cite::{self, Visit};
use compute_loop_core::odds::{Simulation, Worlds};
use compute_loop_core::outcome::Output;
use compute_loop_core::words::t;
use compute_loop_core::{link, quote, say};
use gloo::timers::callback::Timeout;
use leptos::html::P;
use leptos::prelude::*;

use crate::browser;
use crate::dialog::Card;
use crate::live::memo;
use crate::state::State;

/// How long a button says that it has copied.
const SAID_MS: u32 = 2000;

/// Everything to be copied of a figure, as the scenario has it now. It stands wherever it
/// is mounted.
#[component]
pub(crate) fn Quote(output: Output, state: State) -> impl IntoView {
    // The worlds are drawn once a quote, and each belief mapped again only as it moves.
    let simulation = Mutex::new(Simulation::new(Worlds::new(
        state.odds().seed,
        quote::DRAWS,
    )));
    let sentence = as_read(move |visit| {
        let (scenario, outcome) = (state.scenario.get(), state.outcome.get());
        let mut simulation = simulation.lock().unwrap_or_else(PoisonError::into_inner);
        let quote = quote::quote(&scenario, &outcome, &mut simulation, output);
        quote.sentence(visit.address, visit.date)
    });
    let address = as_read(move |visit| {
        let link = link::quoting(&state.scenario.get(), &state.outcome.get(), output);
        format!("{}{link}", visit.address)
    });
    let citation = as_read(move |visit| {
        cite::figure(&state.scenario.get(), &state.outcome.get(), output, visit)
    });
    let bibtex = as_read(move |visit| {
        cite::figure_bibtex(&state.scenario.get(), &state.outcome.get(), output, visit)
    });
    view! {
        <div class="quote">
            {copyable(t("Sentence"), "sentence", sentence)}
            {copyable(t("Link that carries the value"), "link", address)}
            {copyable(t("Citation"), "citation", citation)}
            {copyable(t("BibTeX"), "bibtex", bibtex)}
        </div>
    }
}

/// A text that says where and when the page is being read.
pub(crate) fn as_read(text: impl Fn(Visit<'_>) -> String + Send + Sync + 'static) -> Memo<String> {
    memo(move || {
        text(Visit {
            address: &browser::address(""),
            date: &browser::today(),
        })
    })
}

/// What the code that goes into other pages is called: it stands in less room than it needs.
pub(crate) const CODE: &str = "embed-code";

/// A text with a button that copies it. Where the browser refuses, the text is selected
/// and the reader told.
pub(crate) fn copyable(name: &'static str, id: &'static str, text: Memo<String>) -> impl IntoView {
    let copied = RwSignal::new(false);
    let refused = RwSignal::new(false);
    let place = NodeRef::<P>::new();
    let copy = move |_| {
        browser::copy(&text.get_untracked(), move |done| {
            refused.set(!done);
            if done {
                copied.set(true);
                Timeout::new(SAID_MS, move || copied.set(false)).forget();
            } else if let Some(place) = place.get_untracked() {
                browser::select(&place);
            }
        });
    };
    let said = move || match (copied.get(), refused.get()) {
        (true, _) => t("Copied."),
        (false, true) => t("The browser did not allow copying. The text is selected."),
        (false, false) => "",
    };
    // Code moves inside its room, and has to do so for keys too.
    let scrolls = id == CODE;
    view! {
        <div class="copyable" data-copy=id>
            <p class="copy-head">
                <span class="copy-name">{name}</span>
                <span role="status" class="copy-said">{said}</span>
                <button type="button" class="more" aria-label=say!("Copy: {name}", name) on:click=copy>{t("Copy")}</button>
            </p>
            <p class="copy-text" node_ref=place tabindex=scrolls.then_some("0")>{text}</p>
        </div>
    }
}

/// Opens the quote of a figure.
#[component]
pub(crate) fn QuoteButton(output: Output, state: State) -> impl IntoView {
    let spec = output.spec();
    view! {
        <button
            type="button"
            class="more quote-button"
            data-quote=spec.id
            aria-label=say!("Quote: {figure}", figure = t(spec.label))
            aria-haspopup="dialog"
            on:click=move |_| state.quote.set(Some(output))
        >
            {t("Quote")}
        </button>
    }
}

/// The dialog that opens over the page for a figure to quote.
#[component]
pub(crate) fn QuoteCard(state: State) -> impl IntoView {
    let open = memo(move || state.quote.with(Option::is_some));
    let content = move || {
        let output = state.quote.get()?;
        Some(view! {
            <p class="quote-title">{t(output.spec().label)}</p>
            <Quote output state />
        })
    };
    view! {
        <Card open clear=move || state.quote.set(None) label=t("Quote a figure")>
            {content}
        </Card>
    }
}
