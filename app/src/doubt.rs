//! The odds of chapter 7 beyond their chart: the figure that a reader chooses, and how the
//! beliefs vary from world to world.

use compute_loop_core::chance::OPEN;
use compute_loop_core::levers::Lever;
use compute_loop_core::uncertainty;
use compute_loop_core::unit::Unit;
use compute_loop_core::words::t;
use compute_loop_core::{format, say};
use leptos::prelude::*;

use crate::live::memo;
use crate::state::State;

/// Chooses the figure whose odds are told last, and the value.
#[component]
pub(crate) fn Open(state: State) -> impl IntoView {
    let view = state.view;
    let open = move || OPEN.get(view.get().open).unwrap_or(&OPEN[0]);
    let choose = move |event: web_sys::Event| {
        if let Some((place, open)) = event_target_value(&event)
            .parse::<usize>()
            .ok()
            .and_then(|place| Some((place, OPEN.get(place)?)))
        {
            view.update(|view| {
                view.open = place;
                view.open_at = open.start;
            });
        }
    };
    let move_to = move |event: web_sys::Event| {
        let value = event_target_value(&event).parse::<f64>().ok();
        let open = untrack(open);
        if let Some(value) = value.filter(|value| (open.least..=open.most).contains(value)) {
            view.update(|view| view.open_at = value);
        }
    };
    let words = move || {
        let (open, view) = (open(), view.get());
        let unit = open.output.spec().unit;
        format::value(unit, open.in_unit(view.open_at))
    };
    let options = OPEN.iter().enumerate().map(|(place, open)| {
        view! { <option value=place.to_string()>{open.of_any()}</option> }
    });
    view! {
        <div class="open-claim">
            <label class="scenario">
                <span>{t("Your claim")}</span>
                <select id="open-claim" prop:value=move || view.get().open.to_string() on:change=choose>
                    {options.collect_view()}
                </select>
            </label>
            <label>
                <span>{t("at least")}</span>
                <input
                    type="range"
                    id="open-at"
                    min=move || open().least.to_string()
                    max=move || open().most.to_string()
                    step=move || open().step.to_string()
                    prop:value=move || view.get().open_at.to_string()
                    aria-valuetext=words
                    on:input=move_to
                />
                <output>{words}</output>
            </label>
        </div>
    }
}

/// Which beliefs vary from world to world, how and why; and which do not.
#[component]
pub(crate) fn Worlds(state: State) -> impl IntoView {
    let set: Vec<&str> = Lever::ALL
        .into_iter()
        .filter(|&lever| uncertainty::of(lever).is_none())
        .map(|lever| t(lever.spec().label))
        .collect();
    let varied = uncertainty::uncertain().count();
    let opened = RwSignal::new(false);
    view! {
        <details class="rows" id="worlds" on:toggle=move |_| if !opened.get_untracked() { opened.set(true) }>
            <summary>{say!("The worlds: how {count} beliefs vary, and why", count = varied)}</summary>
            {move || opened.get().then(|| table(state))}
            <p class="key">{say!("Taken as set in every world: {beliefs}.", beliefs = set.join(t("; ")))}</p>
        </details>
    }
}

/// A row for each belief that varies.
fn table(state: State) -> impl IntoView {
    let rows = uncertainty::uncertain().filter_map(|lever| {
        let row = uncertainty::of(lever)?;
        let centre = memo(move || state.lever(lever));
        let ends = move || {
            let at = |p: f64| uncertainty::percentile(lever, centre.get(), p);
            let (low, high) = at(0.05).zip(at(0.95))?;
            let (least, most) = (rounded(lever, low), rounded(lever, high));
            Some(say!("{least} to {most}", least, most))
        };
        Some(view! {
            <tr data-varies=lever.spec().id>
                <th scope="row">{t(lever.spec().label)}</th>
                <td class="value" data-unpublished="">{ends}</td>
                <td>{t(row.shape.name())}</td>
                <td>{t(row.reason)}</td>
            </tr>
        })
    });
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=t("How beliefs vary")>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t("Belief")}</th>
                        <th scope="col">{t("Nine of ten worlds")}</th>
                        <th scope="col">{t("Shape")}</th>
                        <th scope="col">{t("Why")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

/// A lever's value as a reader can take it in.
fn rounded(lever: Lever, value: f64) -> String {
    let spec = lever.spec();
    match spec.unit {
        Unit::Months | Unit::Years | Unit::Times | Unit::Number => {
            let step = spec.step.max(1e-6);
            format::lever(lever, (value / step).round() * step)
        }
        unit => format::value(unit, value),
    }
}
