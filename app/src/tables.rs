//! Tables that the model and the evidence fill.

use std::sync::Arc;

use compute_loop_core::fact::facts as count;
use compute_loop_core::kind::{Kind as FactKind, Mark};
use compute_loop_core::outcome::{Outcome, Output};
use compute_loop_core::prediction::{self, Kind, Prediction, Stance};
use compute_loop_core::preset::PRESETS;
use compute_loop_core::replication::{self, Verdict};
use compute_loop_core::words::{mark, t};
use compute_loop_core::{assumption, format, say};
use leptos::prelude::*;

use crate::content;
use crate::disagreements::{self, Viewpoints};
use crate::doubt::{Open, Worlds};
use crate::facts::{self, from_shelf};
use crate::kinds;
use crate::library::{self, Library};
use crate::live::memo;
use crate::methods;
use crate::phrase::phrase;
use crate::prose::OutputNumber;
use crate::question;
use crate::quote::QuoteButton;
use crate::source::{document_link, fact_mark};
use crate::state::State;

/// A table of a chapter.
#[component]
pub(crate) fn Table(table: content::Table, state: State) -> impl IntoView {
    match table {
        content::Table::Replication => view! { <Replication state /> }.into_any(),
        content::Table::Conflicts => view! {
            <OnDemand state name=say!("Show the {count} disagreements", count = count::CONFLICTS) content=move |library| disagreements::conflicts(library, state) />
        }
        .into_any(),
        content::Table::Facts => view! {
            <OnDemand state name=say!("Show all {count} facts", count = count::FACTS) content=move |library| facts::all(library, state) />
        }
        .into_any(),
        content::Table::Assumptions => assumptions().into_any(),
        content::Table::Outputs => outputs(state).into_any(),
        content::Table::Predictions => predictions(state).into_any(),
        content::Table::Kinds => kinds::legend(state).into_any(),
        content::Table::Question => view! { <question::Asking state /> }.into_any(),
        content::Table::Singles => view! { <question::Singles state /> }.into_any(),
        content::Table::Presets => presets(state).into_any(),
        content::Table::Viewpoints => view! { <Viewpoints state /> }.into_any(),
        content::Table::Equations
        | content::Table::Beliefs
        | content::Table::ModelLeavesOut
        | content::Table::LeftOut
        | content::Table::Reproduce
        | content::Table::Cite
        | content::Table::Versions => methods::table(table, state),
        content::Table::Open => view! { <Open state /> }.into_any(),
        content::Table::Worlds => view! { <Worlds state /> }.into_any(),
        content::Table::Sources => sources(state).into_any(),
    }
}

/// The source documents, numbered as facts name them on paper; each leads to its page.
fn sources(state: State) -> impl IntoView {
    let rows = content::SOURCES.iter().map(|source| {
        let title = t(source.title).trim_end_matches(['.', '。']);
        let cited = view! { <cite lang="en">{document_link(source.id, title, state)}</cite> };
        let said = phrase(
            t("{title}, {publisher}. {dated} {about}"),
            vec![
                ("title", cited.into_any()),
                ("publisher", t(source.publisher).into_any()),
                ("dated", t(source.dated).into_any()),
                ("about", t(source.about).into_any()),
            ],
        );
        view! { <li>{said}</li> }
    });
    view! { <ol class="assumptions">{rows.collect_view()}</ol> }
}

/// Something that needs the evidence: a button first, then the evidence.
#[component]
fn OnDemand(
    state: State,
    name: String,
    content: impl Fn(&Arc<Library>) -> AnyView + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let wanted = RwSignal::new(false);
    move || {
        if wanted.get() {
            return from_shelf(state, content).into_any();
        }
        view! {
            <p>
                <button
                    type="button"
                    class="more"
                    on:click=move |_| {
                        wanted.set(true);
                        library::open(state.shelf);
                    }
                >
                    {name.clone()}
                </button>
            </p>
        }
        .into_any()
    }
}

/// Every published figure, recomputed for the scenario now.
#[component]
fn Replication(state: State) -> impl IntoView {
    // The rows keep their places; only what is computed moves, and only while it is open.
    let open = RwSignal::new(false);
    let computed = |outcome: &Outcome| {
        let rows = replication::in_order(replication::replicate(outcome));
        rows.into_iter()
            .map(|row| (row.id, row.computed, row.verdict))
            .collect::<Vec<_>>()
    };
    let rows = Memo::new(move |before: Option<&Vec<_>>| match before {
        Some(before) if !open.get() => before.clone(),
        _ if open.get() => computed(&state.outcome.get()),
        _ => computed(&state.outcome.get_untracked()),
    });
    let fixed = replication::in_order(replication::replicate(&state.outcome.get_untracked()));
    let wanted = state.verdict;
    let is_wanted =
        move |verdict: Verdict| wanted.with(|wanted| wanted.is_empty() || *wanted == verdict.id());
    let total = fixed.len();
    let count = move |verdict: Verdict| {
        rows.with(|rows| rows.iter().filter(|row| row.2 == verdict).count())
    };
    let options = Verdict::ALL.map(|verdict| {
        let name = move || {
            say!(
                "{name} ({count})",
                name = t(verdict.name()),
                count = count(verdict)
            )
        };
        view! { <option value=verdict.id()>{name}</option> }
    });
    let listed = move || rows.with(|rows| rows.iter().filter(|row| is_wanted(row.2)).count());
    let body = fixed.into_iter().enumerate().map(|(i, row)| {
        // A row is told of its own values alone: see [`State::lever`].
        let verdict = memo(move || rows.with(|rows| rows[i].2));
        let verdict = move || verdict.get();
        let computed = memo(move || rows.with(|rows| rows[i].1.clone()));
        // The reasons that a row can have lie on each other, so that the room is kept.
        let whys = replication::whys(row.id).iter().map(|&(given, why)| {
            view! { <span class="variant" class:shown=move || verdict() == given>{t(why)}</span> }
        });
        let whys = whys.collect_view();
        view! {
            <tr
                class:explained=!replication::whys(row.id).is_empty()
                id=format!("row-{}", row.id)
                tabindex="-1"
                data-row=row.id
                data-verdict=move || verdict().id()
                class:fails=move || verdict() == Verdict::Fails
                hidden=move || !is_wanted(verdict())
            >
                <th scope="row">{row.id}</th>
                <td data-column=t("Figure")>{t(row.figure)}</td>
                <td data-column=t("Published")>
                    {t(row.published)} " "
                    <span class="ids">
                        {row.facts.iter().enumerate().map(|(i, fact)| fact_mark(fact, i + 1, state)).collect_view()}
                    </span>
                </td>
                <td data-column=t("Arithmetic")>{t(row.arithmetic)}</td>
                <td data-column=t("Computed")>
                    <span data-mark=Mark::DERIVED_HERE.letter data-kind=t(Mark::DERIVED_HERE.name) data-unpublished="">{computed}</span>
                </td>
                <td data-column=t("Verdict") class="verdict">{move || t(verdict().name())}</td>
            </tr>
            {(!replication::whys(row.id).is_empty()).then(|| view! {
                <tr class="why" data-why=row.id hidden=move || !is_wanted(verdict())>
                    <td></td>
                    <td colspan="5"><span>{whys}</span></td>
                </tr>
            })}
        }
    });
    view! {
        <details
            class="rows"
            id="replication"
            on:toggle=move |event| open.set(event_target::<web_sys::HtmlDetailsElement>(&event).open())
        >
            <summary>{t("Every figure, with its arithmetic")}</summary>
            <div class="find">
                <label>
                    {t("Verdict")} " "
                    <select data-filter="Verdict" prop:value=wanted on:change=move |event| wanted.set(event_target_value(&event))>
                        <option value="">{t("all verdicts")}</option>
                        {options}
                    </select>
                </label>
                <span aria-live="polite">{move || say!("{count} of {total} rows", count = listed(), total)}</span>
            </div>
            <div class="scroll" tabindex="0" role="region" aria-label=t("Replication table")>
                <table class="replication">
                    <thead>
                        <tr>
                            <th scope="col">{t("Row")}</th>
                            <th scope="col">{t("Figure")}</th>
                            <th scope="col">{t("Published")}</th>
                            <th scope="col">{t("Arithmetic")}</th>
                            <th scope="col">{t("Computed")}</th>
                            <th scope="col">{t("Verdict")}</th>
                        </tr>
                    </thead>
                    <tbody>{body.collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
}

fn assumptions() -> impl IntoView {
    let assumed = FactKind::Assumption.mark();
    let rows = assumption::ALL.iter().map(|row| {
        let value = view! {
            <strong data-mark=assumed.letter data-kind=t(assumed.name) data-unpublished="">{format::precise(row.unit, row.value)}</strong>
        };
        let said = phrase(
            t("{assumption}: {value}. {reason}"),
            vec![
                ("assumption", t(row.label).into_any()),
                ("value", value.into_any()),
                ("reason", t(row.reason).into_any()),
            ],
        );
        view! { <li>{said}</li> }
    });
    view! { <ul class="assumptions">{rows.collect_view()}</ul> }
}

fn outputs(state: State) -> impl IntoView {
    let rows = Output::ALL.into_iter().map(|output| {
        view! {
            <tr>
                <th scope="row">{t(output.spec().label)}</th>
                <td class="value"><OutputNumber output state /></td>
                <td>{t(output.spec().formula)}</td>
                <td class="act"><QuoteButton output state /></td>
            </tr>
        }
    });
    view! {
        <details class="rows">
            <summary>{t("Every figure of the model, now")}</summary>
            <div class="scroll" tabindex="0" role="region" aria-label=t("Figures of the model")>
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
    let said = memo(move || {
        now()
            .into_iter()
            .map(|row| (row.stance, row.says))
            .collect::<Vec<_>>()
    });
    let fixed = untrack(now);
    let line = |i: usize| {
        let row = &fixed[i];
        let stance = memo(move || said.with(|said| said[i].0));
        let stance = move || stance.get();
        let says = memo(move || said.with(|said| said[i].1.clone()));
        let marks = row.facts.iter().enumerate();
        let marks = marks.map(|(i, fact)| fact_mark(fact, i + 1, state));
        view! {
            <tr class:silent=move || stance() == Stance::Silent data-stance=move || stance().id()>
                <th scope="row">{row.what.clone()} "\u{a0}" <span class="ids">{marks.collect_view()}</span></th>
                <td>
                    <strong>{move || say!("The model {stance}.", stance = t(stance().name()))}</strong> " "
                    <span data-mark=Mark::COMPUTED.letter data-kind=t(Mark::COMPUTED.name) data-unpublished="">{says}</span>
                </td>
            </tr>
        }
    };
    let table = |silent: bool| {
        let parts = [
            (Kind::Prediction, mark("Predicted")),
            (Kind::Signal, mark("To watch")),
        ];
        let parts = parts.map(|(kind, heading)| {
            let wanted =
                |row: &Prediction| row.kind == kind && (row.stance == Stance::Silent) == silent;
            let rows: Vec<usize> = (0..fixed.len()).filter(|&i| wanted(&fixed[i])).collect();
            (!rows.is_empty()).then(|| {
                view! {
                    <tbody>
                        <tr><th scope="rowgroup" colspan="2" class="group">{t(heading)}</th></tr>
                        {rows.into_iter().map(line).collect_view()}
                    </tbody>
                }
            })
        });
        view! {
            <table class="predictions">
                <thead>
                    <tr>
                        <th scope="col">{t("What sources say")}</th>
                        <th scope="col">{if silent { t("Why nothing follows here") } else { t("What follows here") }}</th>
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
            <summary>{say!("{count} on which the model is silent", count = silent)}</summary>
            {table(true)}
        </details>
    }
}

fn presets(state: State) -> impl IntoView {
    let rows = PRESETS.iter().map(|preset| {
        view! {
            <li>
                <button type="button" class="more" on:click=move |_| state.replace(&preset.scenario())>{t(preset.name)}</button>
                " " {t(preset.reason)}
            </li>
        }
    });
    view! { <ul class="presets">{rows.collect_view()}</ul> }
}
