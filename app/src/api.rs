//! `window.computeLoop`: the page for scripts.

use compute_loop_core::levers::Lever;
use compute_loop_core::message::Given;
use compute_loop_core::outcome::Output;
use compute_loop_core::unit::Unit;
use compute_loop_core::{json, link};
use js_sys::{Object, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::future_to_promise;

use crate::chunks::{self, Engine};
use crate::state::State;

/// Hangs the six functions on the window. Those that a first view does not need give back
/// a promise, which is kept once they have been fetched.
///
/// - `run(link)`: the outcome of a link, as JSON text;
/// - `set(lever, value)`: sets a lever from a number or a text as links write it, and
///   gives back the value it took as such a text; `undefined` where there is no such
///   lever or the value is not one;
/// - `get(output)`: an output's value, a month as text, `null` for never; `undefined`
///   where there is no such output;
/// - `link()`: the scenario's link;
/// - `odds(link, draws)`: a promise of the percentiles of every output of a link over
///   worlds of the page's seed, as JSON text; 10,000 of them unless a number is given;
/// - `complete()`: fetches every chapter and what lies over the page, and promises to say
///   when all of it is there.
pub(crate) fn publish(state: State) {
    let api = Object::new();
    let run = Closure::<dyn Fn(JsValue) -> String>::new(|link: JsValue| {
        json::of_link(&link.as_string().unwrap_or_default())
    });
    let set = Closure::<dyn Fn(JsValue, JsValue) -> JsValue>::new(
        move |lever: JsValue, value: JsValue| {
            lever
                .as_string()
                .and_then(|id| Lever::from_id(&id))
                .and_then(|lever| {
                    let taken = state.set(lever, given(&value)?.value(lever)?);
                    Some(link::value_text(lever, taken).into())
                })
                .unwrap_or(JsValue::UNDEFINED)
        },
    );
    let get = Closure::<dyn Fn(JsValue) -> JsValue>::new(move |output: JsValue| {
        let Some(output) = output.as_string().and_then(|id| Output::from_id(&id)) else {
            return JsValue::UNDEFINED;
        };
        let outcome = state.outcome.get_untracked();
        match output.spec().unit {
            Unit::Month => outcome
                .month(output)
                .map_or(JsValue::NULL, |month| month.to_string().into()),
            _ => outcome.get(output).into(),
        }
    });
    let link =
        Closure::<dyn Fn() -> String>::new(move || link::encode(&state.scenario.get_untracked()));
    let seed = state.odds().seed;
    let odds = Closure::<dyn Fn(JsValue, JsValue) -> Promise>::new(
        move |link: JsValue, draws: JsValue| {
            let link = link.as_string().unwrap_or_default();
            let draws = draws
                .as_f64()
                .map_or(json::ODDS_DRAWS, |draws| draws as usize);
            promised(move |engine| (engine.odds)(&link, seed, draws))
        },
    );
    let complete = Closure::<dyn Fn() -> Promise>::new(move || {
        Promise::new(&mut |kept, _| {
            chunks::when_complete(state, move || {
                chunks::when_cards(state, move || {
                    let _ = kept.call0(&JsValue::UNDEFINED);
                });
            });
        })
    });
    for (name, function) in [
        ("complete", complete.into_js_value()),
        ("odds", odds.into_js_value()),
        ("run", run.into_js_value()),
        ("set", set.into_js_value()),
        ("get", get.into_js_value()),
        ("link", link.into_js_value()),
    ] {
        // Setting a property of a fresh object cannot be refused.
        let _ = Reflect::set(&api, &name.into(), &function);
    }
    let _ = Reflect::set(&gloo::utils::window(), &"computeLoop".into(), &api);
}

/// What scripts are promised until it has been fetched.
fn promised(answer: impl FnOnce(Engine) -> String + 'static) -> Promise {
    future_to_promise(async move {
        let engine = chunks::fetch_engine().await;
        let engine = engine.map_err(|fault| JsValue::from(fault.to_string()))?;
        Ok(answer(engine).into())
    })
}

/// A number or a text that a script hands over; none of anything else.
pub(crate) fn given(value: &JsValue) -> Option<Given> {
    let text = value.as_string().map(Given::Text);
    text.or_else(|| value.as_f64().map(Given::Number))
}
