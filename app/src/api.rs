//! `window.computeLoop`: the page for scripts.

use std::cell::RefCell;
use std::rc::Rc;

use compute_loop_core::levers::Lever;
use compute_loop_core::message::Given;
use compute_loop_core::month::Month;
use compute_loop_core::odds::SEED;
use compute_loop_core::outcome::Output;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::unit::Unit;
use compute_loop_core::{json, link};
use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::future_to_promise;

use crate::chunks::{self, Engine};

/// Whoever holds the scenario: the first screen, then the whole page.
pub(crate) trait Holder {
    /// The scenario.
    fn scenario(&self) -> Scenario;
    /// An output's value.
    fn value(&self, output: Output) -> f64;
    /// An output that is a month; none for never.
    fn month(&self, output: Output) -> Option<Month>;
    /// Sets a lever as a step of its own and returns what it took.
    fn set(&self, lever: Lever, value: f64) -> f64;
    /// The seed of the worlds.
    fn seed(&self) -> u32;
    /// Does something once the whole page is there, with every part of it.
    fn complete(&self, then: Box<dyn FnOnce()>);
}

thread_local! {
    static HOLDER: RefCell<Option<Rc<dyn Holder>>> = const { RefCell::new(None) };
}

/// Who holds the scenario.
fn holder() -> Option<Rc<dyn Holder>> {
    HOLDER.with_borrow(Clone::clone)
}

/// Lets scripts ask whoever holds the scenario from now on. Functions that they have taken
/// before ask the new one.
pub(crate) fn hand(new: Rc<dyn Holder>) {
    if HOLDER.replace(Some(new)).is_none() {
        publish();
    }
}

/// Does something once the whole page is there, with every part of it.
pub(crate) fn complete(then: Box<dyn FnOnce()>) {
    if let Some(holder) = holder() {
        holder.complete(then);
    }
}

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
fn publish() {
    let api = Object::new();
    let run = Closure::<dyn Fn(JsValue) -> String>::new(|link: JsValue| {
        json::of_link(&link.as_string().unwrap_or_default())
    });
    let set = Closure::<dyn Fn(JsValue, JsValue) -> JsValue>::new(|lever: JsValue, value| {
        let taken = || {
            let lever = Lever::from_id(&lever.as_string()?)?;
            let taken = holder()?.set(lever, given(&value)?.value(lever)?);
            Some(link::value_text(lever, taken))
        };
        taken().map_or(JsValue::UNDEFINED, JsValue::from)
    });
    let get = Closure::<dyn Fn(JsValue) -> JsValue>::new(|output: JsValue| {
        let output = output.as_string().and_then(|id| Output::from_id(&id));
        let Some((output, holder)) = output.zip(holder()) else {
            return JsValue::UNDEFINED;
        };
        match output.spec().unit {
            Unit::Month => holder
                .month(output)
                .map_or(JsValue::NULL, |month| month.to_string().into()),
            _ => holder.value(output).into(),
        }
    });
    let link = Closure::<dyn Fn() -> String>::new(|| {
        holder().map_or_else(String::new, |holder| link::encode(&holder.scenario()))
    });
    let odds =
        Closure::<dyn Fn(JsValue, JsValue) -> Promise>::new(|link: JsValue, draws: JsValue| {
            let link = link.as_string().unwrap_or_default();
            let draws = draws
                .as_f64()
                .map_or(json::ODDS_DRAWS, |draws| draws as usize);
            let seed = holder().map_or(SEED, |holder| holder.seed());
            promised(move |engine| (engine.odds)(&link, seed, draws))
        });
    let complete = Closure::<dyn Fn() -> Promise>::new(|| {
        Promise::new(&mut |kept, _| {
            complete(Box::new(move || {
                let _ = kept.call0(&JsValue::UNDEFINED);
            }));
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
