//! The card of a fact: what it says, how far it can be trusted, and where it stands.

use compute_loop_core::evidence::Row;
use compute_loop_core::fact::Fact;
use compute_loop_core::format;
use leptos::html::Dialog;
use leptos::prelude::*;

use crate::browser;
use crate::library::{self, Library, Shelf};
use crate::state::State;

/// The dialog that opens over the page for a fact.
#[component]
pub(crate) fn FactCard(state: State) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let (Some(dialog), Some(_)) = (dialog.get(), state.fact.get()) else {
            return;
        };
        library::open(state.shelf);
        // Fails only if it is open already.
        let _ = dialog.show_modal();
    });
    let close = move |_| {
        if let Some(dialog) = dialog.get() {
            dialog.close();
        }
    };
    // The backdrop counts as the dialog itself, outside its box.
    let beside = move |event: web_sys::MouseEvent| {
        let Some(dialog) = dialog.get() else { return };
        let on_itself = event.target().as_ref() == Some(dialog.as_ref());
        if on_itself && !browser::is_within(&dialog, &event) {
            dialog.close();
        }
    };
    let content = move || {
        let id = state.fact.get()?;
        Some(match state.shelf.get() {
            Shelf::Open(library) => card(&id, &library),
            Shelf::Failed(why) => {
                view! { <p>"The evidence could not be loaded (" {why} "). Close this and try again."</p> }.into_any()
            }
            _ => view! { <p>"Loading the evidence …"</p> }.into_any(),
        })
    };
    view! {
        <dialog class="card" node_ref=dialog aria-label="Source" on:click=beside on:close=move |_| state.fact.set(None)>
            <button type="button" class="close" on:click=close>"Close"</button>
            {content}
        </dialog>
    }
}

fn card(id: &str, library: &Library) -> AnyView {
    let Some(row) = library.fact(id) else {
        return view! { <p>"There is no fact called " {id.to_owned()} "."</p> }.into_any();
    };
    let source = library.source(&row.source);
    let title = source
        .map(|source| source.title.clone())
        .unwrap_or_default();
    let publisher = source
        .and_then(|source| source.publisher.clone())
        .unwrap_or_else(|| "publisher not stated".into());
    let dated = source
        .map(|source| source.dated.clone())
        .unwrap_or_default();
    view! {
        <p class="amount">{format::fact(row)}</p>
        <p class="statement">{row.statement.clone()}</p>
        {row.note.clone().map(|note| view! { <p class="note">{note}</p> })}
        <dl>
            <dt>"Kind"</dt>
            <dd>{row.kind.name()}</dd>
            <dt>"As of"</dt>
            <dd>{as_of(row)}</dd>
            <dt>"Source"</dt>
            <dd>{title} " (" {publisher} "), line " {row.line} ". " {dated}</dd>
            <dt>"Id"</dt>
            <dd><code>{row.id.clone()}</code></dd>
        </dl>
    }
    .into_any()
}

/// What kind of statement a fact is, of when, and by whom.
pub(crate) fn fact_line(fact: &Fact) -> String {
    let when = fact.as_of.unwrap_or("undated");
    format!("{}, {when}, {}", fact.kind, fact.source.short)
}

/// The date a fact refers to, or that the source gives none.
pub(crate) fn as_of(row: &Row) -> String {
    row.as_of.clone().unwrap_or_else(|| "undated".into())
}
