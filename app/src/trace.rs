//! How a number comes about: its formula, its numbers, and each of its inputs, down to
//! published figures, beliefs and assumptions.

use std::sync::Arc;

use compute_loop_core::levers::{Basis, Lever};
use compute_loop_core::month::Month;
use compute_loop_core::origin::{Known, Quantity};
use compute_loop_core::outcome::{Output, Series};
use compute_loop_core::replication;
use compute_loop_core::trace::{self, Explained, Input, Origin, Piece, Place, Trace};
use compute_loop_core::words::t;
use compute_loop_core::{format, methods, say};
use gloo::timers::callback::Timeout;
use leptos::html::{Dialog, H2};
use leptos::prelude::*;

use crate::browser;
use crate::dialog::{self, Card};
use crate::lever::{self, LeverControl};
use crate::live::memo;
use crate::phrase::phrase;
use crate::quote::QuoteButton;
use crate::source::fact_link;
use crate::state::State;

/// What a trace shows at one of its levels.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Level {
    /// A figure of the model.
    Output(Output),
    /// A series, in a month.
    Series(Series, Month),
    /// A value on the way, with its name.
    Place(Place, String),
    /// The months of a sum, with its name.
    Months(Vec<Place>, String),
    /// A belief.
    Lever(Lever),
}

impl Level {
    fn name(&self) -> String {
        match self {
            Self::Output(output) => t(output.spec().label).to_owned(),
            Self::Series(series, month) => {
                let (name, month) = (t(series.spec().label), format::month(*month));
                say!("{name}, {month}", name, month)
            }
            Self::Place(_, name) | Self::Months(_, name) => name.clone(),
            Self::Lever(lever) => t(lever.spec().label).to_owned(),
        }
    }
}

/// The dialog of a trace. It has one level for each step down, and every level stays in
/// the way back.
#[component]
pub(crate) fn TracePanel(state: State) -> impl IntoView {
    let panel = NodeRef::<Dialog>::new();
    let title = NodeRef::<H2>::new();
    let levels = state.trace;
    let depth = memo(move || levels.with(Vec::len));
    let here = memo(move || levels.with(|levels| levels.last().cloned()));
    // Run again with every change of a belief, as long as it is looked at. A run on record is
    // large: the one before goes first.
    let run = Memo::new_owning(move |before| {
        drop(before);
        let run = (depth.get() > 0).then(|| Arc::new(trace::trace(&state.scenario.get())));
        (run, true)
    });
    Effect::new(move |before: Option<usize>| {
        let depth = depth.get();
        if depth == 0 {
            // Nobody else asks it any more, so it would stay.
            run.with_untracked(|_| ());
        }
        // Back goes up level by level.
        let up = move || {
            levels.update(|levels| {
                levels.pop();
            });
        };
        dialog::keep_open("a level of a trace", depth.saturating_sub(1), up);
        if before.is_none_or(|before| before == 0) || depth == 0 {
            return depth;
        }
        if let Some(panel) = panel.get_untracked() {
            panel.set_scroll_top(0);
        }
        // After the new level is there.
        Timeout::new(0, move || {
            if let Some(title) = title.get_untracked() {
                browser::focus_still(&title);
            }
        })
        .forget();
        depth
    });
    let open = memo(move || depth.get() > 0);
    let way = move || {
        let names: Vec<String> = levels.with(|levels| levels.iter().map(Level::name).collect());
        let above = names.len().saturating_sub(1);
        let steps = names.into_iter().take(above).enumerate().map(|(i, name)| {
            let up = move |_| levels.update(|levels| levels.truncate(i + 1));
            view! { <li><button type="button" class="up" on:click=up>{name}</button></li> }
        });
        (above > 0).then(|| {
            view! { <nav class="way" aria-label=t("The way here")><ol>{steps.collect_view()}</ol></nav> }
        })
    };
    let content = move || {
        Some(match here.get()? {
            Level::Lever(lever) => belief(lever, state).into_any(),
            other => (move || run.get().map(|trace| show(&other, &trace, state))).into_any(),
        })
    };
    view! {
        <Card open clear=move || levels.set(vec![]) node=panel class="trace" label=t("How it comes about")>
            {way}
            <h2 id="trace-title" tabindex="-1" node_ref=title>
                {move || here.get().map(|level| level.name())}
            </h2>
            {content}
        </Card>
    }
}

fn show(at: &Level, trace: &Trace, state: State) -> AnyView {
    let place = match at {
        Level::Output(output) => trace.output(*output),
        Level::Series(series, month) => match trace.series(*series, *month) {
            Some(place) => place,
            None => return view! { <p>{t("It has no value yet in this month.")}</p> }.into_any(),
        },
        Level::Place(place, _) => *place,
        Level::Months(places, _) => return months(places, trace, state),
        Level::Lever(lever) => return belief(*lever, state).into_any(),
    };
    match trace.explain(place) {
        Some(explained) => formula(at, &explained, state),
        None => outside(&trace.value(place)),
    }
}

/// A formula: the value, how it is computed in words and in numbers, and on what it
/// rests.
fn formula(at: &Level, explained: &Explained, state: State) -> AnyView {
    let amount = format::value(explained.unit, explained.value) + format::per(explained.unit);
    let in_words = match at {
        Level::Output(output) => Some(output.spec().formula),
        Level::Series(series, _) => Some(series.spec().formula),
        _ => None,
    };
    let quoted = match at {
        Level::Output(output) => {
            Some(view! { <p class="quoted"><QuoteButton output=*output state /></p> })
        }
        _ => None,
    };
    let published = match at {
        Level::Output(output) => output.published().map(|fact| {
            let said = phrase(
                t("Published: {fact} ({origin}). The defaults were chosen so that this comes out once rounded."),
                vec![
                    ("fact", fact_link(fact, &format::published(fact), state)),
                    ("origin", fact.origin().words().into_any()),
                ],
            );
            view! { <p class="kind">{said}</p> }
        }),
        _ => None,
    };
    // The list below leads on; the formula is for reading.
    let words = explained.words().into_iter().map(|piece| match piece {
        Piece::Text(text) => view! { <span class="sign">{text}</span> }.into_any(),
        Piece::Input(i) => explained.inputs[i].label.clone().into_any(),
    });
    let inputs = explained.inputs.iter().map(|input| {
        view! {
            <li>
                <span class="what">{way_in(input, state)}</span>
                <span class="value">{input.text()}</span>
                <span class="kind">{kind(input, state)}</span>
            </li>
        }
    });
    view! {
        <p class="amount" data-trace-value=explained.value.to_string()>{amount}</p>
        <p class="kind">{t("Computed by the model of this page.")}</p>
        {published}
        {in_words.map(|words| view! { <p class="in-words">{say!("In short: {formula}.", formula = t(words))}</p> })}
        {quoted}
        <h3>{t("Formula")}</h3>
        <p class="formula">{words.collect_view()}</p>
        <p class="numbers">
            "= " {explained.numbers()} <br /> "= " <b>{explained.text()}</b>
        </p>
        <h3>{t("It rests on")}</h3>
        <ul class="inputs">{inputs.collect_view()}</ul>
    }
    .into_any()
}

/// The months of a sum, each with its own formula.
fn months(places: &[Place], trace: &Trace, state: State) -> AnyView {
    let Some(total) = trace.total(places) else {
        return ().into_any();
    };
    let row = |place: Place| {
        let input = trace.value(place);
        view! {
            <li>
                <span class="what">{way_in(&input, state)}</span>
                <span class="value">{input.text()}</span>
            </li>
        }
    };
    let count = places.len();
    // Their formulas are much the same: the last stands for them.
    let last = places.last().map(|&place| row(place));
    let all = places.iter().map(|&place| row(place)).collect_view();
    view! {
        <p class="amount" data-trace-value=total.value.to_string()>{total.text()}</p>
        <p class="kind">{say!("The sum of {count} months, computed by the model of this page.", count)}</p>
        <ul class="inputs">{last}</ul>
        <details>
            <summary>{say!("All {count} months, each with its formula", count)}</summary>
            <ul class="inputs">{all}</ul>
        </details>
    }
    .into_any()
}

/// An input as a way to its own origin.
fn way_in(input: &Input, state: State) -> AnyView {
    let label = input.label.clone();
    let go = match input.origin {
        Origin::Known(Known::Fact(fact, _) | Known::Date(fact, _)) => {
            return fact_link(fact, &label, state);
        }
        Origin::Known(Known::Now(_)) | Origin::Number => return label.into_any(),
        Origin::Lever(lever) | Origin::Known(Known::Default(lever)) => Level::Lever(lever),
        Origin::Sum(_) => Level::Months(input.places.clone(), label.clone()),
        Origin::Computed(_) | Origin::Known(Known::Assumption(_)) => {
            Level::Place(input.places[0], label.clone())
        }
    };
    let down = move |_| state.trace.update(|levels| levels.push(go.clone()));
    view! { <button type="button" class="down" on:click=down>{label}</button> }.into_any()
}

/// What kind of number an input is, with its date and source where it is published.
fn kind(input: &Input, state: State) -> String {
    match input.origin {
        Origin::Computed(Quantity::Output(_) | Quantity::Series(_) | Quantity::Step(_)) => {
            t("computed").to_owned()
        }
        Origin::Sum(_) => say!("computed, {count} months", count = input.places.len()),
        Origin::Lever(lever) => {
            let now = state.scenario.get_untracked().get(lever);
            if now.to_bits() == lever.spec().default.to_bits() {
                say!(
                    "belief, {kind}",
                    kind = t(methods::default_kind(lever).name())
                )
            } else {
                t("belief, set by you").to_owned()
            }
        }
        Origin::Known(Known::Fact(fact, _) | Known::Date(fact, _)) => fact.origin().words(),
        Origin::Known(Known::Assumption(_)) => t("assumption").to_owned(),
        Origin::Known(Known::Default(lever)) => {
            say!(
                "default, {kind}",
                kind = t(methods::default_kind(lever).name())
            )
        }
        Origin::Known(Known::Now(_)) | Origin::Number => t("the month itself").to_owned(),
    }
}

/// A number from outside that is no published figure.
fn outside(input: &Input) -> AnyView {
    let reason = match input.origin {
        Origin::Known(Known::Assumption(assumption)) => t(assumption.reason),
        _ => "",
    };
    view! {
        <p class="amount">{input.text()}</p>
        <p class="kind">{t("Assumption: no source gives it, and no slider moves it.")}</p>
        <p>{reason}</p>
    }
    .into_any()
}

/// A belief: its control, and where its default comes from.
fn belief(lever: Lever, state: State) -> impl IntoView {
    let derived = match lever.spec().basis {
        Basis::Derived(id) | Basis::BackSolved(id) => Some(row(id, state)),
        Basis::Published(_) | Basis::Assumption => None,
    };
    view! {
        <p class="kind">{t("A belief: move it, and everything that rests on it follows.")}</p>
        <LeverControl lever state place="trace" detail=lever::FULL />
        {derived}
    }
}

/// The row of the checks from which a default comes.
fn row(id: &'static str, state: State) -> impl IntoView {
    let rows = replication::replicate(&state.outcome.get_untracked());
    let row = rows.into_iter().find(|row| row.id == id)?;
    let facts = row.facts.iter().map(|fact| {
        view! {
            <li>
                <span class="what">{fact_link(fact, t(fact.label), state)}</span>
                <span class="value">{format::published(fact)}</span>
                <span class="kind">{fact.origin().words()}</span>
            </li>
        }
    });
    let said = phrase(
        t("{figure}: {arithmetic}. {computed} ({row}, {verdict})"),
        vec![
            ("figure", t(row.figure).into_any()),
            ("arithmetic", t(row.arithmetic).into_any()),
            ("computed", view! { <b>{row.computed}</b> }.into_any()),
            ("row", row.id.into_any()),
            ("verdict", t(row.verdict.name()).into_any()),
        ],
    );
    Some(view! {
        <h3>{t("How the default comes about")}</h3>
        <p>{said}</p>
        <h3>{t("It rests on")}</h3>
        <ul class="inputs">{facts.collect_view()}</ul>
    })
}

/// Opens the trace of a figure.
pub(crate) fn open(state: State, output: Output) {
    state.trace.set(vec![Level::Output(output)]);
}

/// The month in which a series is opened: that of the headline.
const HEADLINE: Month = Month::new(2026, 12);

/// Opens the trace of a figure, or of a series in the month of the headline.
pub(crate) fn open_quantity(state: State, quantity: Quantity) {
    match quantity {
        Quantity::Output(output) => open(state, output),
        Quantity::Series(series) => state.trace.set(vec![Level::Series(series, HEADLINE)]),
        // Only what the registries of the outcome hold can be opened by itself.
        Quantity::Step(_) => {}
    }
}

/// Opens the origin of a belief.
pub(crate) fn open_lever(state: State, lever: Lever) {
    state.trace.set(vec![Level::Lever(lever)]);
}
