//! What matters most: the figure that is looked at, and how its spread is made up.

use std::sync::Arc;

use compute_loop_core::odds::sensitivity::{self, Sensitivity};
use compute_loop_core::outcome::Output;
use compute_loop_core::unit::Unit;
use compute_loop_core::words::t;
use compute_loop_core::{format, say};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::live::{effect, memo};
use crate::state::State;

/// How long the hand rests before shares are worked out from few draws, and how much longer
/// before they are from more. Either holds up the page: the first for some milliseconds,
/// the second for some dozens.
const REST_MS: u32 = 150;
const LONG_REST_MS: u32 = 600;

/// How many draws of each set are run after the longer rest.
const MORE: usize = 4_096;

/// Keeps the shares of the figure looked at: worked out once the hand rests, while they are
/// on screen or near it, and once more from more draws.
pub(crate) fn follow(
    state: State,
    near: RwSignal<bool>,
    matters: RwSignal<Option<Arc<Sensitivity>>>,
) {
    let figure = memo(move || state.view.get().figure);
    let due = StoredValue::new_local(None::<Timeout>);
    let later = StoredValue::new_local(None::<Timeout>);
    let work_out = move |draws: usize| {
        let (scenario, output) = (state.scenario.get_untracked(), figure.get_untracked());
        let found = sensitivity::of(&scenario, output, state.odds().seed, draws);
        matters.set(Some(Arc::new(found)));
    };
    effect(move || {
        let (scenario, output) = (state.scenario.get(), figure.get());
        // Another movement drops what was due.
        due.set_value(None);
        later.set_value(None);
        if state.printing.get() || !near.get() {
            return;
        }
        let done = matters.with_untracked(|known| {
            let known = known.as_ref();
            known.is_some_and(|known| {
                known.scenario == scenario && known.output == output && known.draws >= MORE
            })
        });
        if done {
            return;
        }
        due.set_value(Some(Timeout::new(REST_MS, move || {
            work_out(sensitivity::FIRST);
            later.set_value(Some(Timeout::new(LONG_REST_MS, move || work_out(MORE))));
        })));
    });
}

/// Which figure the chart is about.
#[component]
pub(crate) fn FigureChoice(
    state: State,
    matters: RwSignal<Option<Arc<Sensitivity>>>,
) -> impl IntoView {
    let view = state.view;
    let options = sensitivity::outputs().map(|output| {
        let spec = output.spec();
        view! {
            <option value=spec.id selected=move || view.get().figure == output>
                {t(spec.label)}
            </option>
        }
    });
    let choose = move |id: String| {
        if let Some(figure) = Output::from_id(&id) {
            view.update(|view| view.figure = figure);
        }
    };
    let stands = move || {
        let known = matters
            .get()
            .filter(|known| known.output == view.get().figure);
        known.map_or_else(
            || t("Shares follow once the hand rests.").to_owned(),
            |known| {
                say!(
                    "Shares from {draws} draws of each set, within {points} points.",
                    draws = format::value(Unit::Number, known.draws as f64),
                    points = format::number((100.0 * known.error()).ceil(), 0)
                )
            },
        )
    };
    view! {
        <div class="view">
            <label class="figure-choice">
                <span>{t("Figure")}</span>
                <select data-figure-choice="" on:change=move |event| choose(event_target_value(&event))>
                    {options.collect_view()}
                </select>
            </label>
            <span class="kind" data-matters-draws="">{stands}</span>
        </div>
    }
}
