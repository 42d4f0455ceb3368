//! Tables that the model and the evidence fill.

use compute_loop_core::evidence::Row;
use compute_loop_core::fact::facts;
use compute_loop_core::outcome::Output;
use compute_loop_core::prediction::{self, Kind, Prediction, Stance};
use compute_loop_core::preset::PRESETS;
use compute_loop_core::replication::{self, Verdict};
use compute_loop_core::{assumption, format};
use leptos::prelude::*;

use crate::content;
use crate::disagreements::{self, Viewpoints};
use crate::library::{self, Library, Shelf};
use crate::methods;
use crate::prose::OutputNumber;
use crate::quote::QuoteButton;
use crate::source::as_of;
use crate::state::State;

/// A table of a chapter.
#[component]
pub(crate) fn Table(table: content::Table, state: State) -> impl IntoView {
    match table {
        content::Table::Replication => view! { <Replication state /> }.into_any(),
        content::Table::Conflicts => view! {
            <OnDemand state name=format!("the {} disagreements", facts::CONFLICTS) content=move |library| disagreements::conflicts(library, state) />
        }
        .into_any(),
        content::Table::Facts => view! {
            <OnDemand state name=format!("all {} facts", facts::FACTS) content=move |library| view! { <Facts library=library.clone() state /> }.into_any() />
        }
        .into_any(),
        content::Table::Assumptions => assumptions().into_any(),
        content::Table::Outputs => outputs(state).into_any(),
        content::Table::Predictions => predictions(state).into_any(),
        content::Table::Presets => presets(state).into_any(),
        content::Table::Viewpoints => view! { <Viewpoints state /> }.into_any(),
        content::Table::Sources => sources().into_any(),
        content::Table::Equations
        | content::Table::Beliefs
        | content::Table::ModelLeavesOut
        | content::Table::LeftOut
        | content::Table::Reproduce
        | content::Table::Cite
        | content::Table::Versions => methods::table(table, state),
    }
}

/// The source documents, numbered as facts name them on paper.
fn sources() -> impl IntoView {
    let rows = content::SOURCES.iter().map(|source| {
        view! {
            <li>
                <cite>{source.title}</cite> ", " {source.publisher} ". " {source.dated} " " {source.about}
            </li>
        }
    });
    view! { <ol class="assumptions">{rows.collect_view()}</ol> }
}

/// Something that needs the evidence: a button first, then the evidence.
#[component]
fn OnDemand(
    state: State,
    name: String,
    content: impl Fn(&Library) -> AnyView + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let wanted = RwSignal::new(false);
    move || {
        if !wanted.get() {
            return view! {
                <p>
                    <button
                        type="button"
                        class="more"
                        on:click=move |_| {
                            wanted.set(true);
                            library::open(state.shelf);
                        }
                    >
                        {format!("Show {name}")}
                    </button>
                </p>
            }
            .into_any();
        }
        match state.shelf.get() {
            Shelf::Open(library) => content(&library),
            Shelf::Failed(why) => view! {
                <p>
                    "The evidence could not be loaded (" {why} "). "
                    <button type="button" class="more" on:click=move |_| library::open(state.shelf)>"Try again"</button>
                </p>
            }
            .into_any(),
            _ => view! { <p>"Loading the evidence …"</p> }.into_any(),
        }
    }
}

/// Every published figure, recomputed for the scenario now.
#[component]
fn Replication(state: State) -> impl IntoView {
    // The rows keep their places; only what is computed moves.
    let rows = Memo::new(move |_| {
        let rows = replication::in_order(replication::replicate(&state.outcome.get()));
        rows.into_iter()
            .map(|row| (row.id, row.computed, row.verdict))
            .collect::<Vec<_>>()
    });
    let fixed = replication::in_order(replication::replicate(&state.outcome.get_untracked()));
    let body = fixed.into_iter().enumerate().map(|(i, row)| {
        let verdict = move || rows.with(|rows| rows[i].2);
        view! {
            <tr data-row=row.id data-verdict=move || verdict().name() class:fails=move || verdict() == Verdict::Fails>
                <th scope="row">{row.id}</th>
                <td>{row.figure}</td>
                <td>
                    {row.published} " "
                    <span class="ids">
                        {row.facts.iter().enumerate().map(|(i, fact)| fact_mark(fact.id, i + 1, state)).collect_view()}
                    </span>
                </td>
                <td>{row.arithmetic}</td>
                <td>{move || rows.with(|rows| rows[i].1.clone())}</td>
                <td class="verdict">{move || verdict().name()}</td>
            </tr>
        }
    });
    view! {
        <details class="rows">
            <summary>"Every figure, with its arithmetic"</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="Replication table">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Row"</th>
                            <th scope="col">"Figure"</th>
                            <th scope="col">"Published"</th>
                            <th scope="col">"Arithmetic"</th>
                            <th scope="col">"Computed"</th>
                            <th scope="col">"Verdict"</th>
                        </tr>
                    </thead>
                    <tbody>{body.collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
}

/// A small numbered way to a fact.
fn fact_mark(id: &'static str, number: usize, state: State) -> impl IntoView {
    view! {
        <button
            type="button"
            class="fact mark"
            data-fact=id
            aria-label=format!("Fact {id}")
            title=id
            on:click=move |_| state.fact.set(Some(id.to_owned()))
        >
            {number}
        </button>
        " "
    }
}

/// Every fact, searchable.
#[component]
fn Facts(library: Library, state: State) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let total = library.facts.len();
    let found = Memo::new(move |_| {
        let wanted = search.get().to_lowercase();
        let speaks = |row: &&Row| {
            [
                row.id.as_str(),
                &row.statement,
                &row.subject,
                row.kind.name(),
                &row.source,
            ]
            .iter()
            .any(|text| text.to_lowercase().contains(&wanted))
        };
        library
            .facts
            .iter()
            .filter(speaks)
            .cloned()
            .collect::<Vec<_>>()
    });
    let item = move |row: Row| {
        let (id, date) = (row.id.clone(), as_of(&row));
        view! {
            <li>
                <button type="button" class="fact" data-fact=id.clone() on:click=move |_| state.fact.set(Some(id.clone()))>
                    {row.id}
                </button>
                " " {row.statement} " "
                <span class="kind">{row.kind.name()} ", " {date} ", " {row.source}</span>
            </li>
        }
    };
    view! {
        <div class="facts">
            <label>
                "Search the facts "
                <input type="search" on:input=move |event| search.set(event_target_value(&event)) />
            </label>
            <p aria-live="polite">{move || found.with(Vec::len)} " of " {total} " facts"</p>
            <ul>{move || found.get().into_iter().map(item).collect_view()}</ul>
        </div>
    }
}

fn assumptions() -> impl IntoView {
    let rows = assumption::ALL.iter().map(|row| {
        view! {
            <li>
                <strong>{format::value(row.unit, row.value)}</strong> " " {row.reason}
            </li>
        }
    });
    view! { <ul class="assumptions">{rows.collect_view()}</ul> }
}

fn outputs(state: State) -> impl IntoView {
    let rows = Output::ALL.into_iter().map(|output| {
        view! {
            <tr>
                <th scope="row">{output.spec().label}</th>
                <td class="value"><OutputNumber output state /></td>
                <td>{output.spec().formula}</td>
                <td class="act"><QuoteButton output state /></td>
            </tr>
        }
    });
    view! {
        <details class="rows">
            <summary>"Every figure of the model, now"</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="Figures of the model">
                <table>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
}

/// What sources predict or tell readers to watch, with what the model says of it now.
fn predictions(state: State) -> impl IntoView {
    let now = move || prediction::predictions(&state.scenario.get(), &state.outcome.get());
    // The rows keep their places; only what the model says of them moves.
    let said = Memo::new(move |_| {
        now()
            .into_iter()
            .map(|row| (row.stance, row.says))
            .collect::<Vec<_>>()
    });
    let fixed = untrack(now);
    let line = |i: usize| {
        let row = &fixed[i];
        let stance = move || said.with(|said| said[i].0);
        let says = move || said.with(|said| said[i].1.clone());
        let marks = row.facts.iter().enumerate();
        let marks = marks.map(|(i, fact)| fact_mark(fact.id, i + 1, state));
        view! {
            <tr class:silent=move || stance() == Stance::Silent data-stance=move || stance().name()>
                <th scope="row">{row.what.clone()} "\u{a0}" <span class="ids">{marks.collect_view()}</span></th>
                <td>
                    <strong>"The model " {move || stance().name()} "."</strong> " " {says}
                </td>
            </tr>
        }
    };
    let table = |silent: bool| {
        let parts = [(Kind::Prediction, "Predicted"), (Kind::Signal, "To watch")];
        let parts = parts.map(|(kind, heading)| {
            let wanted =
                |row: &Prediction| row.kind == kind && (row.stance == Stance::Silent) == silent;
            let rows: Vec<usize> = (0..fixed.len()).filter(|&i| wanted(&fixed[i])).collect();
            (!rows.is_empty()).then(|| {
                view! {
                    <tbody>
                        <tr><th scope="rowgroup" colspan="2" class="group">{heading}</th></tr>
                        {rows.into_iter().map(line).collect_view()}
                    </tbody>
                }
            })
        });
        view! {
            <table class="predictions">
                <thead>
                    <tr>
                        <th scope="col">"What sources say"</th>
                        <th scope="col">{if silent { "Why nothing follows here" } else { "What follows here" }}</th>
                    </tr>
                </thead>
                {parts.collect_view()}
            </table>
        }
    };
    // The same rows in every scenario: nothing in the model could tell.
    let silent = fixed.iter().filter(|row| row.stance == Stance::Silent);
    let silent = silent.count();
    view! {
        {table(false)}
        <details class="rows">
            <summary>{silent} " on which the model is silent"</summary>
            {table(true)}
        </details>
    }
}

fn presets(state: State) -> impl IntoView {
    let rows = PRESETS.iter().map(|preset| {
        view! {
            <li>
                <button type="button" class="more" on:click=move |_| state.replace(&preset.scenario())>{preset.name}</button>
                " " {preset.reason}
            </li>
        }
    });
    view! { <ul class="presets">{rows.collect_view()}</ul> }
}
