//! A belief inside a sentence: dragged, moved by keys, typed over, or reset.

use compute_loop_core::levers::{Lever, LeverSpec};
use compute_loop_core::unit::Unit;
use compute_loop_core::words::{ENGLISH, language, t};
use compute_loop_core::{format, link, say};
use leptos::html::{Input, Span};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, KeyboardEvent, Node, PointerEvent};

use crate::browser;
use crate::chunks;
use crate::lever::take;
use crate::live::{effect, live};
use crate::state::State;
use crate::touch::Touch;
use crate::trace;

/// How far a pointer slips in a click that moves nothing, in CSS pixels.
const SLIP: f64 = 3.0;

/// How far a hand drags for the whole range, in CSS pixels.
const WAY: f64 = 400.0;

/// The farthest it drags for one step.
const STRIDE: f64 = 12.0;

/// A belief in a sentence: its value, to be changed where it stands.
#[component]
pub(crate) fn LeverNumber(lever: Lever, state: State) -> impl IntoView {
    match lever.spec().unit {
        Unit::Switch | Unit::Choice => {
            chunks::with_chapters(state, move |chapters| (chapters.choice)(lever, state)).into_any()
        }
        _ => view! { <Number lever state /> }.into_any(),
    }
}

/// A belief that is one of a few options.
pub(crate) fn choice(lever: Lever, state: State) -> AnyView {
    view! { <Choice lever state /> }.into_any()
}

/// A belief that is being typed where it stands.
#[derive(Clone)]
pub(crate) struct Typing {
    lever: Lever,
    /// What the open field begins with; none closes it.
    text: RwSignal<Option<String>>,
    begin: String,
    /// The number, which has the focus back afterwards.
    number: NodeRef<Span>,
}

/// The field for it.
pub(crate) fn field(typing: Typing, state: State) -> AnyView {
    let Typing {
        lever,
        text,
        begin,
        number,
    } = typing;
    let close = move || {
        text.set(None);
        if let Some(number) = number.get_untracked() {
            browser::focus_still(&number);
        }
    };
    view! { <Field lever state typing=text begin close /> }.into_any()
}

/// One of a few options: a click goes on to the next.
#[component]
fn Choice(lever: Lever, state: State) -> impl IntoView {
    let spec = lever.spec();
    let value = move || state.lever(lever);
    let text = move || format::lever(lever, value());
    let mark = move || lever.mark_at(value());
    let options: Vec<&str> = spec.options.iter().map(|option| t(option)).collect();
    let options = options.join(t(", "));
    let next = move |_| {
        let now = untrack(value);
        state.set(lever, if now < spec.max { now + 1.0 } else { spec.min });
    };
    let key = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Delete" | "Backspace") {
            state.set(lever, spec.default);
            event.prevent_default();
        }
    };
    view! {
        <button
            type="button"
            class="belief option"
            class:changed=live(move || is_changed(spec, value()))
            data-belief=spec.id
            data-mark=live(move || mark().letter)
            data-kind=live(move || t(mark().name))
            data-unpublished=live(move || (!mark().published).then_some(""))
            title=say!("{belief}: select for the next of {options}", belief = t(spec.label), options)
            aria-label=live(move || say!("{belief}: {value}", belief = t(spec.label), value = text()))
            on:click=next
            on:keydown=key
        >
            {text}
        </button>
    }
}

/// Where a pointer took hold.
#[derive(Clone, Copy)]
struct Grip {
    x: f64,
    value: f64,
}

/// A quantity or a month: a slider without a track. Dragging sideways moves it; a click
/// or Enter opens a field over it, so that the words around it stay where they are.
#[component]
fn Number(lever: Lever, state: State) -> impl IntoView {
    let spec = lever.spec();
    let number = NodeRef::<Span>::new();
    let grip = StoredValue::new(None::<Grip>);
    let dragged = StoredValue::new(false);
    let touch = StoredValue::new(None::<Touch>);
    // What the open field begins with; none where it is closed.
    let typing = RwSignal::new(None::<String>);
    let value = move || state.lever(lever);
    let text = move || format::lever(lever, value());
    let mark = move || lever.mark_at(value());

    let press = move |event: PointerEvent| {
        if event.button() != 0 || !event.is_primary() {
            return;
        }
        dragged.set_value(false);
        touch.set_value(Touch::of(&event));
        grip.set_value(Some(Grip {
            x: f64::from(event.client_x()),
            value: untrack(value),
        }));
        if let Some(number) = number.get_untracked() {
            // Refused only where the pointer is gone already.
            let _ = number.set_pointer_capture(event.pointer_id());
            browser::focus_still(&number);
        }
    };
    let pull = move |event: PointerEvent| {
        let Some(held) = grip.get_value() else { return };
        let way = f64::from(event.client_x()) - held.x;
        touch.update_value(|touch| {
            if let Some(touch) = touch {
                touch.follow(&event);
            }
        });
        let meant = touch
            .get_value()
            .map_or(way.abs() >= SLIP, |touch| touch.across);
        if !dragged.get_value() && !meant {
            return;
        }
        dragged.set_value(true);
        state.hush(lever);
        let steps = (way / stride(spec)).round();
        state.drag(lever, held.value + steps * spec.step);
    };
    let let_go = move |_: PointerEvent| {
        grip.set_value(None);
        state.release();
    };
    // The browser makes a gesture its own where it scrolls the page.
    let cancel = move |_: PointerEvent| {
        grip.set_value(None);
        state.abandon(lever);
    };
    let open = move || typing.set(Some(link::value_text(lever, untrack(value))));
    let click = move |_| {
        if !dragged.get_value() {
            open();
        }
    };
    let step_to = move |event: &KeyboardEvent| {
        let now = untrack(value);
        let page = ((spec.max - spec.min) / spec.step / 10.0).round().max(1.0);
        let steps = |count: f64| Some(now + count * spec.step);
        match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => steps(1.0),
            "ArrowLeft" | "ArrowDown" => steps(-1.0),
            "PageUp" => steps(page),
            "PageDown" => steps(-page),
            "Home" => Some(spec.min),
            "End" => Some(spec.max),
            "Delete" | "Backspace" => Some(spec.default),
            _ => None,
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let name = event.key();
        if let Some(wanted) = step_to(&event) {
            state.hush(lever);
            state.set(lever, wanted);
        } else if name == "Enter" {
            open();
        } else if name.len() == 1 && name.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
            // Who begins to type need not open the field first.
            typing.set(Some(name));
        } else {
            return;
        }
        event.prevent_default();
    };
    let field = move || {
        let begin = typing.get()?;
        let typing = Typing {
            lever,
            text: typing,
            begin,
            number,
        };
        Some(chunks::with_chapters(state, move |chapters| {
            (chapters.field)(typing.clone(), state)
        }))
    };
    view! {
        <span class="place">
            <span
                role="slider"
                tabindex="0"
                class="belief"
                class:changed=live(move || is_changed(spec, value()))
                node_ref=number
                data-belief=spec.id
                data-mark=live(move || mark().letter)
                data-kind=live(move || t(mark().name))
                data-unpublished=live(move || (!mark().published).then_some(""))
                title=say!("{belief}: drag sideways, or tap or click to type", belief = t(spec.label))
                aria-label=t(spec.label)
                aria-valuemin=spec.min
                aria-valuemax=spec.max
                aria-valuenow=value
                aria-valuetext=text
                // Neither the text nor the words around it are to be selected by a drag.
                on:mousedown=|event| event.prevent_default()
                on:pointerdown=press
                on:pointermove=pull
                on:pointerup=let_go
                on:pointercancel=cancel
                on:click=click
                on:keydown=key
            >
                {text}
            </span>
            {live(field)}
        </span>
    }
}

/// The field that opens over a number, with its range and the way back to the default.
#[component]
fn Field(
    lever: Lever,
    state: State,
    typing: RwSignal<Option<String>>,
    begin: String,
    close: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let spec = lever.spec();
    let around = NodeRef::<Span>::new();
    let field = NodeRef::<Input>::new();
    let before = link::value_text(lever, state.scenario.get_untracked().get(lever));
    let whole = begin == before;
    let changed = is_changed(spec, state.scenario.get_untracked().get(lever));
    let on_right = RwSignal::new(false);
    effect(move || {
        let (Some(field), Some(around)) = (field.get(), around.get()) else {
            return;
        };
        on_right.set(browser::is_on_the_right(&around));
        browser::focus_still(&field);
        if whole {
            field.select();
        }
    });
    let before = StoredValue::new(before);
    let commit = move || {
        if let Some(field) = field.get_untracked() {
            let typed = field.value();
            if before.with_value(|before| *before != typed) {
                take(lever, &typed, state);
            }
        }
    };
    let key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "Enter" => commit(),
            "Escape" => {}
            _ => return,
        }
        // Neither opens the field again nor closes what lies around it.
        event.prevent_default();
        event.stop_propagation();
        close();
    };
    let leave = move |event: FocusEvent| {
        let within = around.get_untracked().is_some_and(|around| {
            let to = event
                .related_target()
                .and_then(|to| to.dyn_into::<Node>().ok());
            around.contains(to.as_ref())
        });
        // A field that closes loses the focus too: nothing is left to take.
        if !within && typing.with_untracked(Option::is_some) {
            commit();
            typing.set(None);
        }
    };
    let reset = move |_| {
        state.hush(lever);
        state.set(lever, spec.default);
        close();
    };
    let origin = move |_| {
        commit();
        close();
        trace::open_lever(state, lever);
    };
    // A month as it is typed, and what another language counts in other units.
    let counts_alike = language().numbers == ENGLISH.numbers;
    let end = |value: f64| match spec.unit {
        Unit::Month => link::value_text(lever, value),
        unit if !counts_alike => {
            let number = link::value_text(lever, value);
            format!("{number} {}", format::unit_name(unit))
        }
        _ => format::lever(lever, value),
    };
    let (least, most) = (end(spec.min), end(spec.max));
    // The unit once is enough.
    let unit = most.trim_start_matches(|c: char| c.is_ascii_digit() || ".-−$".contains(c));
    let least = least.strip_suffix(unit).unwrap_or(&least).to_owned();
    let belief = t(spec.label);
    view! {
        <span class="typing" class:right=on_right node_ref=around on:focusout=leave>
            <input
                type="text"
                inputmode=if spec.unit == Unit::Month { "numeric" } else { "decimal" }
                class:month=spec.unit == Unit::Month
                autocomplete="off"
                data-belief-field=spec.id
                aria-label=say!("{belief}, {unit}", belief, unit = format::unit_name(spec.unit))
                value=begin
                node_ref=field
                on:keydown=key
            />
            <span class="range">
                {say!("{least} to {most}", least, most)}
                {changed.then(|| view! {
                    " "
                    <button type="button" class="reset-belief" aria-label=say!("Reset {belief} to {value}", belief, value = end(spec.default)) on:click=reset>
                        {say!("reset to {value}", value = end(spec.default))}
                    </button>
                })}
                " "
                <button type="button" class="origin" aria-label=say!("Where {belief} comes from", belief) on:click=origin>
                    {t("where from?")}
                </button>
            </span>
        </span>
    }
}

/// How far a hand drags for one step: a fine range is crossed as fast as a coarse one.
fn stride(spec: &LeverSpec) -> f64 {
    let steps = (spec.max - spec.min) / spec.step;
    (WAY / steps).min(STRIDE)
}

fn is_changed(spec: &LeverSpec, value: f64) -> bool {
    value.to_bits() != spec.default.to_bits()
}
