//! Where the sources disagree: whom to believe throughout, and side by side.

use std::sync::Arc;

use compute_loop_core::evidence::{Conflict, Side};
use compute_loop_core::fact::Fact;
use compute_loop_core::format;
use compute_loop_core::levers::Lever;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::viewpoint::{Decision, Status, Viewpoint};
use leptos::prelude::*;

use crate::compare::FIGURES;
use crate::library::Library;
use crate::source::as_of;
use crate::state::State;

/// A way to a fact, under a name.
fn fact_button(id: &str, name: String, state: State) -> impl IntoView + use<> {
    let (key, open) = (id.to_owned(), id.to_owned());
    view! {
        <button type="button" class="fact" data-fact=key on:click=move |_| state.fact.set(Some(open.clone()))>
            {name}
        </button>
    }
}

/// A lever by its name.
fn name(lever: Lever) -> &'static str {
    lever.spec().label
}

/// The names of some levers, as a list in running text.
fn names(levers: &[Lever]) -> String {
    let labels: Vec<&str> = levers.iter().map(|&lever| name(lever)).collect();
    labels.join("; ")
}

// Viewpoints

/// One source throughout, or as known at a date: buttons, and what the last one chosen
/// does. Choosing is one step; which button is pressed follows from the scenario.
#[component]
pub(crate) fn Viewpoints(state: State) -> impl IntoView {
    let all: Arc<[(Viewpoint, Scenario)]> = Viewpoint::all()
        .map(|viewpoint| (viewpoint, viewpoint.scenario()))
        .collect();
    let now = state.scenario.get_untracked();
    let same = all.iter().find(|(_, scenario)| *scenario == now);
    // A link may hold a viewpoint; the defaults are no choice of the reader's.
    let same = same.filter(|_| now != Scenario::default());
    let shown = RwSignal::new(same.map(|&(viewpoint, _)| viewpoint));
    // Two may come to the same scenario: the one whose list is open counts, then the
    // newest date.
    let listed = all.clone();
    let pressed = Memo::new(move |_| {
        let (now, shown) = (state.scenario.get(), shown.get());
        let holds = |(_, scenario): &&(Viewpoint, Scenario)| *scenario == now;
        let open = listed.iter().filter(holds).find(|one| Some(one.0) == shown);
        let one = open.or_else(|| listed.iter().rev().find(holds));
        one.map(|one| one.0)
    });
    let button = |viewpoint: Viewpoint, scenario: Scenario| {
        view! {
            <button
                type="button"
                class="choice"
                data-viewpoint=viewpoint.id()
                aria-pressed=move || if pressed.get() == Some(viewpoint) { "true" } else { "false" }
                on:click=move |_| {
                    shown.set(Some(viewpoint));
                    state.replace(&scenario);
                }
            >
                {viewpoint.name()}
            </button>
        }
    };
    let group = |title: &'static str, id: &'static str, sources: bool| {
        let buttons = all
            .iter()
            .filter(|(viewpoint, _)| matches!(viewpoint, Viewpoint::Source(_)) == sources)
            .map(|&(viewpoint, scenario)| button(viewpoint, scenario))
            .collect_view();
        view! {
            <div class="choices" role="group" aria-labelledby=id>
                <p id=id>{title}</p>
                <div>{buttons}</div>
            </div>
        }
    };
    view! {
        <section class="viewpoints" aria-label="Viewpoints">
            {group("Believe one source throughout", "one-source", true)}
            {group("As known at", "as-known", false)}
            <div class="report" aria-live="polite">
                {move || {
                    shown.get().map(|viewpoint| {
                        let holds = move || pressed.get() == Some(viewpoint);
                        report(viewpoint, holds, state)
                    })
                }}
            </div>
        </section>
    }
}

/// What a viewpoint does with the levers, and what follows.
fn report(
    viewpoint: Viewpoint,
    holds: impl Fn() -> bool + Copy + Send + Sync + 'static,
    state: State,
) -> impl IntoView {
    let decisions = viewpoint.decisions();
    let changes: Vec<&Decision> = decisions.iter().filter(|one| one.changes()).collect();
    let title = match viewpoint {
        Viewpoint::Source(_) => format!("Believing {} throughout", viewpoint.name()),
        Viewpoint::Date(_) => format!("As known at {}", viewpoint.name()),
    };
    let stay = Lever::COUNT - changes.len();
    let sum = match (viewpoint, changes.len()) {
        (Viewpoint::Date(month), 0) if Viewpoint::DATES.last() == Some(&month) => {
            "Everything was known by then: these are exactly the defaults.".to_owned()
        }
        (Viewpoint::Date(_), 0) => {
            "Nothing was known by then that a belief could be set to: all keep the defaults."
                .to_owned()
        }
        (_, 0) => "No belief leaves its default.".to_owned(),
        (_, 1) => format!("1 belief changes, {stay} stay at the default."),
        (_, count) => format!("{count} beliefs change, {stay} stay at the default."),
    };
    view! {
        <h3>{title}</h3>
        <p>
            {sum} " "
            <span class="holds">{move || if holds() { "The page is set to it." } else { "The page is set otherwise now." }}</span>
        </p>
        {changed(&changes, state)}
        {consequences(viewpoint)}
        {left(viewpoint, &decisions, state)}
    }
}

/// The levers that change, each with the fact that sets it.
fn changed(changes: &[&Decision], state: State) -> Option<impl IntoView + use<>> {
    let rows = changes.iter().map(|decision| {
        let lever = decision.lever;
        let by = decision.facts.first();
        let by = by.map(|fact| fact_button(fact.id, decision.label.to_owned(), state));
        let clamped = decision
            .is_clamped()
            .then(|| format!(" (published as {}, out of range)", decision.published));
        view! {
            <tr data-changed=lever.spec().id>
                <th scope="row">{name(lever)}</th>
                <td>{format::lever(lever, lever.spec().default)}</td>
                <td>{format::lever(lever, decision.value)} {clamped}</td>
                <td>{by} " " <span class="kind">{decision.facts.first().map(origin)}</span></td>
            </tr>
        }
    });
    (!changes.is_empty()).then(|| {
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label="What it changes">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"What it changes"</th>
                            <th scope="col">"Default"</th>
                            <th scope="col">"Here"</th>
                            <th scope="col">"By"</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        }
    })
}

/// Kind, document and date of a fact, in a few words.
fn origin(fact: &Fact) -> String {
    let date = fact.as_of.unwrap_or("undated");
    format!("{}, {}, {date}", fact.kind.name(), fact.source.short)
}

/// Headline figures and verdicts that are not those of the defaults.
fn consequences(viewpoint: Viewpoint) -> impl IntoView {
    let difference = viewpoint.difference();
    let (default, here) = (&difference.default, &difference.here);
    let rows: Vec<_> = FIGURES
        .into_iter()
        .map(|figure| {
            let texts = [default, here].map(|outcome| format::output(outcome, figure));
            (figure, texts)
        })
        .filter(|(_, [default, here])| default != here)
        .map(|(figure, [default, here])| {
            view! {
                <tr data-differs=figure.spec().id>
                    <th scope="row">{figure.spec().label}</th>
                    <td>{default}</td>
                    <td>{here}</td>
                </tr>
            }
        })
        .collect();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label="What follows">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"What follows"</th>
                            <th scope="col">"Default"</th>
                            <th scope="col">"Here"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    let verdicts = difference.verdicts.iter().map(|turned| {
        let (default, here) = (turned.default.verdict.name(), turned.here.verdict.name());
        view! {
            <li data-turned=turned.here.id>
                <span class="row-id">{turned.here.id}</span> " " {turned.here.figure} ": " {default} " at the defaults, "
                <strong>{here}</strong> " here (" {turned.here.computed.clone()} ")"
            </li>
        }
    });
    let words = if difference.verdicts.is_empty() {
        "Every check of chapter 9 keeps the verdict that it has at the defaults."
    } else {
        "Checks of chapter 9 with another verdict than at the defaults:"
    };
    view! {
        {table}
        <p>{words}</p>
        <ul>{verdicts.collect_view()}</ul>
    }
}

/// The levers that stay, grouped by why.
fn left(viewpoint: Viewpoint, decisions: &[Decision], state: State) -> impl IntoView + use<> {
    let source = matches!(viewpoint, Viewpoint::Source(_));
    let groups = [
        (
            Status::Shared,
            if source {
                "As it has them itself"
            } else {
                "Known by then"
            },
        ),
        (Status::NotYet, "Not known then"),
        (
            Status::Silent,
            "Of these it gives nothing that a belief could be set to",
        ),
        (Status::Assumed, "Assumptions of this page, at any date"),
    ];
    let groups = groups.into_iter().filter_map(|(status, title)| {
        let stay = |one: &&Decision| one.status == status && !one.changes();
        let rows: Vec<&Decision> = decisions.iter().filter(stay).collect();
        if rows.is_empty() {
            return None;
        }
        let said = match status {
            Status::Silent | Status::Assumed => {
                let levers: Vec<Lever> = rows.iter().map(|one| one.lever).collect();
                view! { <p>{names(&levers)} "."</p> }.into_any()
            }
            Status::Shared | Status::NotYet | Status::Set => {
                let rows = rows.iter().map(|one| stays(one, state));
                view! { <ul>{rows.collect_view()}</ul> }.into_any()
            }
        };
        Some(view! {
            <h4>{title} " (" {rows.len()} ")"</h4>
            {said}
        })
    });
    view! {
        <details>
            <summary>"What stays at the default, and why"</summary>
            {groups.collect_view()}
        </details>
    }
}

/// A lever that stays: what it rests on, or what made it known later.
fn stays(decision: &Decision, state: State) -> impl IntoView + use<> {
    let lever = decision.lever;
    let why = match (decision.later, decision.row, decision.facts.first()) {
        (Some(later), ..) => {
            let known = format!("known from {}", format::month(later.known));
            fact_button(later.id, known, state).into_any()
        }
        (_, Some(row), _) => format!("row {row} of chapter 9").into_any(),
        (_, _, Some(fact)) => fact_button(fact.id, origin(fact), state).into_any(),
        _ => ().into_any(),
    };
    view! {
        <li data-stays=lever.spec().id>
            {name(lever)} ", " {format::lever(lever, decision.value)} " "
            <span class="kind">{why}</span>
        </li>
    }
}

// Disagreements

/// What the topics of disagreements are called.
const TOPICS: [(&str, &str); 4] = [
    ("deal", "The deal"),
    ("revenue", "Revenue"),
    ("chips", "Chips"),
    ("capacity", "Power and sites"),
];

/// Every disagreement, by topic, by source, or where a belief can carry a side.
pub(crate) fn conflicts(library: &Library, state: State) -> AnyView {
    let topic = RwSignal::new(String::new());
    let source = RwSignal::new(String::new());
    let carried = RwSignal::new(false);
    // What the filters look at, and the row on the page.
    let all: Arc<[(String, Vec<String>, bool)]> = library
        .conflicts
        .iter()
        .map(|conflict| {
            let sources = conflict.sources(&library.facts);
            let sources = sources.into_iter().map(str::to_owned).collect();
            (
                conflict.topic.clone(),
                sources,
                !conflict.carriers().is_empty(),
            )
        })
        .collect();
    let listed = all.clone();
    let found = Memo::new(move |_| {
        let (topic, source, carried) = (topic.get(), source.get(), carried.get());
        listed
            .iter()
            .map(|(of, sources, carries)| {
                (topic.is_empty() || *of == topic)
                    && (source.is_empty() || sources.contains(&source))
                    && (*carries || !carried)
            })
            .collect::<Vec<bool>>()
    });
    let rows = library.conflicts.iter().enumerate().map(|(i, conflict)| {
        view! {
            <details
                class="conflict"
                data-conflict=conflict.id.clone()
                hidden=move || found.with(|found| !found[i])
            >
                <summary><span class="row-id">{conflict.id.clone()}</span> " " {conflict.title.clone()}</summary>
                {sides(conflict, library, state)}
            </details>
        }
    });
    let sources = library
        .sources
        .iter()
        .map(|row| view! { <option value=row.id.clone()>{sentence_case(&row.short)}</option> });
    let total = all.len();
    view! {
        <div class="filters">
            <label>
                <span>"Topic"</span>
                <select id="conflict-topic" on:change=move |event| topic.set(event_target_value(&event))>
                    <option value="">"all topics"</option>
                    {TOPICS.map(|(id, name)| view! { <option value=id>{name}</option> })}
                </select>
            </label>
            <label>
                <span>"Source"</span>
                <select id="conflict-source" on:change=move |event| source.set(event_target_value(&event))>
                    <option value="">"all sources"</option>
                    {sources.collect_view()}
                </select>
            </label>
            <label class="own-money">
                <input
                    type="checkbox"
                    id="conflict-carried"
                    on:change=move |event| carried.set(event_target_checked(&event))
                />
                "where a belief can take a side"
            </label>
            <p aria-live="polite" id="conflict-count">
                {move || found.with(|found| found.iter().filter(|&&one| one).count())} " of " {total} " disagreements"
            </p>
        </div>
        <div class="conflicts">{rows.collect_view()}</div>
    }
    .into_any()
}

/// A name at the beginning of a line.
fn sentence_case(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// The sides of a disagreement, why they differ, and the ways to choose.
fn sides(conflict: &Conflict, library: &Library, state: State) -> impl IntoView + use<> {
    let carriers = conflict.carriers();
    let shared = Arc::new(conflict.clone());
    let rows = conflict.sides.iter().enumerate().map(|(i, side)| {
        let chosen = conflict.chosen == Some(i);
        let facts = side.facts.iter().map(|id| side_fact(id, library, state));
        let take = conflict
            .with_side(i, &Scenario::default())
            .map(|_| take_side(shared.clone(), i, state));
        // A side holds now where choosing it would change nothing.
        let holder = shared.clone();
        let now = move || {
            let scenario = state.scenario.get();
            holder.with_side(i, &scenario) == Some(scenario)
        };
        view! {
            <li class:chosen=chosen class:now=now>
                {side.says.clone()} {chosen.then_some(" (the model’s choice)")}
                <span class="ids">{facts.collect_view()}</span>
                {take}
            </li>
        }
    });
    let way = if carriers.is_empty() {
        no_way(&conflict.levers).into_any()
    } else if conflict.chosen.is_none() {
        let model = shared.clone();
        let here = {
            let model = shared.clone();
            move || {
                let scenario = state.scenario.get();
                model.with_defaults(&scenario) == Some(scenario)
            }
        };
        view! {
            <p>
                <button
                    type="button"
                    class="side"
                    data-side="model"
                    disabled=here
                    on:click=move |_| {
                        if let Some(next) = model.with_defaults(&state.scenario.get_untracked()) {
                            state.replace(&next);
                        }
                    }
                >
                    "Back to the model’s way"
                </button>
                " " <span class="kind">{names(&carriers)}</span>
            </p>
        }
        .into_any()
    } else {
        ().into_any()
    };
    view! {
        <ul>{rows.collect_view()}</ul>
        <p><em>"Why. "</em> {conflict.reason.clone()}</p>
        <p><em>"The model. "</em> {conflict.model_uses.clone()}</p>
        {way}
    }
}

/// Why nothing can be chosen.
fn no_way(levers: &[String]) -> impl IntoView + use<> {
    let levers: Vec<Lever> = levers.iter().filter_map(|id| Lever::from_id(id)).collect();
    let text = if levers.is_empty() {
        "No figure of the model hangs on a choice here, so there is none to make.".to_owned()
    } else {
        format!(
            "No belief stands for one side alone. What bears on it: {}.",
            names(&levers)
        )
    };
    view! { <p class="kind">{text}</p> }
}

/// A fact of a side: its figure, kind, source and date.
fn side_fact(id: &str, library: &Library, state: State) -> Option<impl IntoView + use<>> {
    let row = library.fact(id)?;
    let source = library.source(&row.source);
    let source = source.map_or("", |source| source.short.as_str());
    Some(view! {
        " "
        <span class="side-fact">
            {fact_button(id, format::fact(row), state)} ", " {row.kind.name()} ", " {source.to_owned()} ", " {as_of(row)}
        </span>
    })
}

/// The button that chooses a side, with what it sets.
fn take_side(conflict: Arc<Conflict>, side: usize, state: State) -> impl IntoView {
    let sets = settings(&conflict, side);
    let holder = conflict.clone();
    let now = Memo::new(move |_| {
        let scenario = state.scenario.get();
        holder.with_side(side, &scenario) == Some(scenario)
    });
    view! {
        <span class="take">
            <button
                type="button"
                class="side"
                data-side=side
                aria-pressed=move || if now.get() { "true" } else { "false" }
                on:click=move |_| {
                    if let Some(next) = conflict.with_side(side, &state.scenario.get_untracked()) {
                        state.replace(&next);
                    }
                }
            >
                {move || if now.get() { "Holds now" } else { "Take this side" }}
            </button>
            " " <span class="kind">{sets}</span>
        </span>
    }
}

/// What a side sets, in words; the model's side sets the defaults.
fn settings(conflict: &Conflict, side: usize) -> String {
    let of_side = conflict.sides.get(side).map(Side::settings);
    let mut sets: Vec<(Lever, f64)> = of_side.into_iter().flatten().collect();
    if sets.is_empty() {
        let carriers = conflict.carriers();
        sets = carriers
            .into_iter()
            .map(|lever| (lever, lever.spec().default))
            .collect();
    }
    let texts: Vec<String> = sets
        .into_iter()
        .map(|(lever, value)| format!("{}: {}", name(lever), format::lever(lever, value)))
        .collect();
    texts.join("; ")
}
