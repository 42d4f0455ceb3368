//! The control of a lever: slider, number, published values, reset and reason.

use compute_loop_core::field::plain;
use compute_loop_core::levers::{Basis, Lever};
use compute_loop_core::outcome::Output;
use compute_loop_core::unit::Unit;
use compute_loop_core::words::t;
use compute_loop_core::{decimal, format, link, say, spoken};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement, PointerEvent};

use crate::live::{live, yes};
use crate::source::{FactLink, fact_link};
use crate::state::State;
use crate::touch::Touch;

/// How much of a lever a place shows.
#[derive(Clone, Copy)]
pub(crate) enum Detail {
    /// Slider and number; published values only as marks on the slider.
    Bare,
    /// Slider, number and published values.
    Short,
    /// What shows the reason of the default as well, under an id.
    Full(fn(Lever, String, State) -> AnyView),
}

/// All that a place can show of a lever.
pub(crate) const FULL: Detail = Detail::Full(reason);

/// Why a lever's default is what it is, and whether the reader has set another.
fn reason(lever: Lever, id: String, state: State) -> AnyView {
    let spec = lever.spec();
    let changed = move || state.lever(lever).to_bits() != spec.default.to_bits();
    view! {
        <p class="reason" id=id>
            {basis(lever, state)} " " {t(lever.reason())} " "
            <span class="set" style:visibility=move || if changed() { "visible" } else { "hidden" }>{t("Set by you now.")}</span>
        </p>
    }
    .into_any()
}

/// A lever's control. `place` tells the ones of the same lever apart.
#[component]
pub(crate) fn LeverControl(
    lever: Lever,
    state: State,
    place: &'static str,
    detail: Detail,
) -> impl IntoView {
    let spec = lever.spec();
    let id = format!("{place}-{}", spec.id);
    let reason = format!("{id}-reason");
    let full = matches!(detail, Detail::Full(_));
    let value = move || state.lever(lever);
    let changed = move || value().to_bits() != spec.default.to_bits();
    view! {
        <div class="lever" class:changed=changed>
            <label
                for=id.clone()
                title=say!("Default: {kind}", kind = t(lever.default_mark().name))
                data-mark=live(move || lever.mark_at(value()).letter)
                data-kind=live(move || t(lever.mark_at(value()).name))
            >
                {t(spec.label)}
            </label>
            <div class="setting">
                <Slider lever state id=id described_by=full.then(|| reason.clone()) />
                <Entry lever state />
                <button
                    type="button"
                    class="reset"
                    aria-label=say!("Reset {belief}", belief = t(spec.label))
                    title=say!("Back to {value}", value = format::lever(lever, spec.default))
                    disabled=live(move || !changed())
                    on:click=move |_| {
                        state.set(lever, spec.default);
                    }
                >
                    {t("reset")}
                </button>
            </div>
            <Published lever state detail />
            {match detail {
                Detail::Full(show) => Some(show(lever, reason, state)),
                Detail::Bare | Detail::Short => None,
            }}
        </div>
    }
}

/// The slider alone. All movements of one drag are one step. It has a name of its own where
/// its label is not always shown.
#[component]
pub(crate) fn Slider(
    lever: Lever,
    state: State,
    id: String,
    #[prop(optional_no_strip)] described_by: Option<String>,
    #[prop(optional)] name: Option<&'static str>,
) -> impl IntoView {
    let spec = lever.spec();
    let value = move || state.lever(lever);
    let touch = StoredValue::new(None::<Touch>);
    let take = move |field: &HtmlInputElement| {
        if let Some(value) = decimal::parse(&field.value()) {
            state.drag(lever, value);
        }
    };
    let put_back = move |field: &HtmlInputElement| {
        field.set_value(&value().to_string());
    };
    let dragged = move |event: web_sys::Event| {
        let field: HtmlInputElement = event_target(&event);
        match touch.get_value() {
            Some(touch) if !touch.across => untrack(|| put_back(&field)),
            _ => take(&field),
        }
    };
    let press = move |event: PointerEvent| touch.set_value(Touch::of(&event));
    let pull = move |event: PointerEvent| {
        touch.update_value(|touch| {
            if let Some(touch) = touch {
                touch.follow(&event);
            }
        });
    };
    let lift = move |_: PointerEvent| touch.set_value(None);
    // The browser makes a gesture its own where it scrolls the page.
    let cancel = move |event: PointerEvent| {
        touch.set_value(None);
        state.abandon(lever);
        untrack(|| put_back(&event_target(&event)));
    };
    // Published values stand on the track.
    let ticks = spec.ticks.iter().map(|tick| {
        let place = (lever.admit(tick.value) - spec.min) / (spec.max - spec.min);
        view! { <i style=format!("--place:{place:.4}")></i> }
    });
    view! {
        <span class="track">
            <span class="marks" aria-hidden="true">{ticks.collect_view()}</span>
            <input
                type="range"
                id=id
                data-lever=spec.id
                min=spec.min
                max=spec.max
                step=spec.step
                aria-label=name
                aria-describedby=described_by
                prop:value=live(move || value().to_string())
                aria-valuetext=live(move || {
                    state.output(Output::GwNeeded202612);
                    state.lever(Lever::GwCommitted);
                    value();
                    state.scenario.with_untracked(|scenario| {
                        state.outcome.with_untracked(|outcome| spoken::lever(lever, scenario, outcome))
                    })
                })
                on:pointerdown=press
                on:pointermove=pull
                on:pointerup=lift
                on:pointercancel=cancel
                on:input=dragged
                on:change=move |_| state.release()
            />
        </span>
    }
}

/// The value as text, to be typed over.
#[component]
fn Entry(lever: Lever, state: State) -> impl IntoView {
    let spec = lever.spec();
    let value = move || state.lever(lever);
    let shown = move || link::value_text(lever, value());
    let unit = format::unit_name(spec.unit);
    let label = say!("{belief}, {unit}", belief = t(spec.label), unit);
    if matches!(spec.unit, Unit::Switch | Unit::Choice) {
        let chosen = move |event: web_sys::Event| {
            if let Some(value) =
                link::parse_value(lever, &event_target::<HtmlSelectElement>(&event).value())
            {
                state.set(lever, value);
            }
        };
        let options = spec
            .options
            .iter()
            .map(|&option| view! { <option value=option>{t(option)}</option> });
        return view! {
            <select data-lever-number=spec.id aria-label=t(spec.label) prop:value=shown on:change=chosen>
                {options.collect_view()}
            </select>
        }
        .into_any();
    }
    let typed = move |event: web_sys::Event| {
        let field: HtmlInputElement = event_target(&event);
        take(lever, &field.value(), state);
        // Whatever was typed, the field shows what holds.
        field.set_value(&link::value_text(
            lever,
            state.scenario.get_untracked().get(lever),
        ));
    };
    let month = spec.unit == Unit::Month;
    view! {
        <span class="entry">
            <input
                type="text"
                inputmode=if month { "numeric" } else { "decimal" }
                data-lever-number=spec.id
                class:month=month
                autocomplete="off"
                aria-label=label
                prop:value=shown
                on:change=typed
            />
            <span class="unit" aria-hidden="true">{unit}</span>
        </span>
    }
    .into_any()
}

/// Sets a lever from what a reader typed, and says so where that is not what holds now.
pub(crate) fn take(lever: Lever, typed: &str, state: State) {
    let spec = lever.spec();
    let (belief, text) = (t(spec.label), plain(typed));
    state.hush(lever);
    match link::parse_value(lever, &text) {
        Some(wanted) => {
            let taken = state.set(lever, wanted);
            if taken.to_bits() != (wanted + 0.0).to_bits() {
                let taken = format::lever(lever, taken);
                state.tell(say!(
                    "{belief} cannot be {typed}; {value} was taken.",
                    belief,
                    typed = text,
                    value = taken
                ));
            }
        }
        None if text.is_empty() => {}
        None => state.tell(say!(
            "“{typed}” is not a value for {belief}; it stays as it was.",
            typed = text,
            belief
        )),
    }
}

/// Published values on the lever's range: choosing one sets it.
#[component]
fn Published(lever: Lever, state: State, detail: Detail) -> impl IntoView {
    let spec = lever.spec();
    if spec.ticks.is_empty() || matches!(detail, Detail::Bare) {
        return ().into_any();
    }
    let ticks = spec.ticks.iter().map(|tick| {
        // Where there is little room, the fact alone names it.
        let source = tick
            .facts
            .first()
            .filter(|_| matches!(detail, Detail::Full(_)));
        let source = source.map(|fact| [t(", "), t(fact.source.short)].concat());
        let here = move || state.lever(lever).to_bits() == lever.admit(tick.value).to_bits();
        view! {
            <li>
                <button
                    type="button"
                    class="tick"
                    title=say!("Set to this: {origin}", origin = tick.words())
                    aria-pressed=yes(here)
                    on:click=move |_| {
                        state.set(lever, tick.value);
                    }
                >
                    {format::lever(lever, lever.admit(tick.value))}
                </button>
                " "
                {FactLink {
                    id: tick.fact,
                    kind: tick.origin.kind,
                    origin: &tick.words(),
                    text: t(tick.label),
                    source: None,
                    numbered: false,
                }
                .view(state)}
                {source}
            </li>
        }
    });
    view! { <ul class="ticks" aria-label=t("Published values")>{ticks.collect_view()}</ul> }
        .into_any()
}

/// Where the default comes from, in a few words; a published one leads to its fact.
fn basis(lever: Lever, state: State) -> AnyView {
    match (lever.spec().basis, lever.published()) {
        (Basis::Published(_), Some(fact)) => {
            let text = say!("Published: {origin}.", origin = fact.origin().words());
            fact_link(fact, &text, state)
        }
        (Basis::Derived(row), _) => {
            view! { <em>{say!("Derived from published figures ({row}).", row)}</em> }.into_any()
        }
        (Basis::BackSolved(row), _) => {
            view! { <em>{say!("Back-solved ({row}).", row)}</em> }.into_any()
        }
        _ => view! { <em>{t("Assumption.")}</em> }.into_any(),
    }
}

fn event_target<T: JsCast>(event: &web_sys::Event) -> T {
    leptos::prelude::event_target::<T>(event)
}
