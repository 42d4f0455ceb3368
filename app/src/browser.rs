//! What the page asks of the browser beyond its elements: the address, the theme, the
//! clipboard, storage. Any of it may be refused; nothing here fails loudly.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::OnceLock;

use compute_loop_core::words::{Language, language, t};
use gloo::events::EventListener;
use gloo::utils::{document_element, window};
use leptos::prelude::StoredValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, FocusOptions, HtmlElement, IntersectionObserver, IntersectionObserverEntry,
    IntersectionObserverInit, MouseEvent, ResizeObserver, ScrollBehavior, ScrollIntoViewOptions,
    Storage, Worker, WorkerOptions, WorkerType,
};

use crate::kinds::Kinds;
use crate::palette::Theme;
use crate::query::{Query, RANGES_KEY};

const THEME_KEY: &str = "compute-loop:theme";
const DARK: &str = "(prefers-color-scheme: dark)";

/// The address's fragment, with its `#`.
pub(crate) fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Writes the fragment without a step in the browser's history. A browser that is
/// asked too often refuses, as does an embedded page: the link is then only copied.
pub(crate) fn write_fragment(fragment: &str) {
    if let Ok(history) = window().history() {
        let state = history.state().unwrap_or(JsValue::NULL);
        let _ = history.replace_state_with_url(&state, "", Some(fragment));
    }
}

/// What a step of the browser's history holds.
#[derive(Clone, Copy, PartialEq)]
struct Mark {
    /// The same for all steps between which a reader has only gone from place to place: they
    /// share one scenario.
    visit: u64,
    /// How many steps of the page lead to this one.
    depth: u32,
}

impl Mark {
    /// A mark is kept as one number: depths lie below this one, visits above.
    const DEPTHS: u64 = 1000;

    /// That of the step where the reader is; none where the page has made none.
    fn here() -> Option<Self> {
        let state = window().history().and_then(|history| history.state());
        let number = state.ok()?.as_f64()? as u64;
        Some(Self {
            visit: number / Self::DEPTHS,
            depth: (number % Self::DEPTHS) as u32,
        })
    }

    fn value(self) -> JsValue {
        JsValue::from_f64((self.visit * Self::DEPTHS + u64::from(self.depth)) as f64)
    }
}

/// Makes a step in the browser's history for a reader who goes to another place of the
/// page, so that Back returns to where it is now. The address stays. Returns whether the
/// browser made it, which may also drop one too many without a word. An embed leaves none:
/// its steps would stand among those of the page around it.
pub(crate) fn leave_a_step() -> bool {
    if query().embed.is_some() {
        return false;
    }
    let Ok(history) = window().history() else {
        return false;
    };
    let here = Mark::here().unwrap_or_else(|| {
        let first = Mark {
            visit: js_sys::Date::now() as u64,
            depth: 0,
        };
        let _ = history.replace_state(&first.value(), "");
        first
    });
    let next = Mark {
        depth: here.depth + 1,
        ..here
    };
    let _ = history.push_state(&next.value(), "");
    let now = Mark::here();
    VISIT.set(now);
    now == Some(next)
}

/// Goes so many of the page's own steps back in the browser's history, and says whether there
/// are as many: beyond the first lies the page that the reader came from.
pub(crate) fn go_back(steps: u32) -> bool {
    let enough = Mark::here().is_some_and(|here| here.depth >= steps);
    enough
        && window()
            .history()
            .and_then(|history| history.go_with_delta(-steps.cast_signed()))
            .is_ok()
}

/// Calls back when the reader goes back or forth in the browser's history.
pub(crate) fn on_back(mut changed: impl FnMut() + 'static) {
    EventListener::new(&window(), "popstate", move |_| changed()).forget();
}

/// Calls back when the browser shows the page again that it had put aside whole, as it does
/// for a reader who comes back. In WebKit workers do not answer any more then.
pub(crate) fn on_return(mut returned: impl FnMut() + 'static) {
    EventListener::new(&window(), "pageshow", move |event| {
        let kept = js_sys::Reflect::get(event, &"persisted".into());
        if kept.is_ok_and(|kept| kept.is_truthy()) {
            returned();
        }
    })
    .forget();
}

thread_local! {
    /// The mark of the step where the reader is, which an event of the history finds
    /// changed already.
    static VISIT: Cell<Option<Mark>> = const { Cell::new(None) };
}

/// Whether a fragment holds a scenario rather than the name of a place in the page.
pub(crate) fn is_scenario(fragment: &str) -> bool {
    fragment.contains('=') || fragment.len() <= 1
}

/// The whole address with another fragment; in an embed that of the whole page.
pub(crate) fn address(fragment: &str) -> String {
    let href = window().location().href().unwrap_or_default();
    let base = href.split('#').next().unwrap_or_default();
    if query().embed.is_none() {
        return format!("{base}{fragment}");
    }
    let base = base.split('?').next().unwrap_or_default();
    format!("{base}{}{fragment}", query().of_whole_page())
}

/// Whether the page around allows scripts and may forbid all else: the origin has no name.
pub(crate) fn is_sandboxed() -> bool {
    let origin = js_sys::Reflect::get(&window(), &"origin".into());
    origin.is_ok_and(|origin| origin == "null")
}

/// Calls back whenever the fragment changes, and says whether a reader has only come back
/// to another place of the page: the scenario is to stay then, whatever the address said
/// when that place was left.
pub(crate) fn on_fragment(mut changed: impl FnMut(String, bool) + 'static) {
    VISIT.set(Mark::here());
    let same = Rc::new(Cell::new(false));
    let said = Rc::clone(&same);
    // Comes before the other event, and also where the fragment is the same.
    EventListener::new(&window(), "popstate", move |_| {
        let now = Mark::here();
        let before = VISIT.replace(now);
        let visit = |mark: Option<Mark>| mark.map(|mark| mark.visit);
        same.set(now.is_some() && visit(now) == visit(before));
    })
    .forget();
    EventListener::new(&window(), "hashchange", move |event| {
        // Not what the address says by now: a write of before that was waiting may have come
        // in between.
        let new = js_sys::Reflect::get(event, &"newURL".into());
        let new = new.ok().and_then(|new| new.as_string());
        let hash = new.and_then(|new| Some(new[new.find('#')?..].to_owned()));
        changed(
            hash.unwrap_or_default(),
            said.get() && Mark::here().is_some(),
        );
    })
    .forget();
}

/// The theme to begin with: of the address, else the reader's choice, else the
/// system's.
pub(crate) fn first_theme() -> Theme {
    query()
        .theme
        .or_else(kept_theme)
        .unwrap_or_else(system_theme)
}

fn system_theme() -> Theme {
    let dark = window()
        .match_media(DARK)
        .ok()
        .flatten()
        .is_some_and(|query| query.matches());
    if dark { Theme::Dark } else { Theme::Light }
}

/// Whether the reader's system asks for more contrast.
pub(crate) fn wants_contrast() -> bool {
    let asked = window().match_media("(prefers-contrast: more)");
    asked.is_ok_and(|asked| asked.is_some_and(|asked| asked.matches()))
}

/// Calls back when the system's theme changes, unless the address or the reader has
/// chosen one.
pub(crate) fn on_system_theme(mut changed: impl FnMut(Theme) + 'static) {
    let Ok(Some(dark)) = window().match_media(DARK) else {
        return;
    };
    EventListener::new(&dark, "change", move |_| {
        if query().theme.is_none() && kept_theme().is_none() {
            changed(system_theme());
        }
    })
    .forget();
}

/// Calls back once, when a pixel of the page gets more or fewer of the screen's. The
/// window's size may stay as it is, so it says nothing.
pub(crate) fn on_other_ratio(changed: impl FnOnce() + 'static) {
    let query = format!("(resolution: {}dppx)", window().device_pixel_ratio());
    if let Ok(Some(query)) = window().match_media(&query) {
        EventListener::once(&query, "change", move |_| changed()).forget();
    }
}

/// Remembers the reader's choice.
///
/// # Errors
///
/// Where storage is denied or full.
pub(crate) fn keep_theme(theme: Theme) -> Result<(), NotKept> {
    keep(storage(), THEME_KEY, theme.id())
}

/// Says that a choice ends with the page.
#[derive(Clone, Copy)]
pub(crate) struct NotKept;

fn keep(storage: Option<Storage>, key: &str, choice: &str) -> Result<(), NotKept> {
    let storage = storage.ok_or(NotKept)?;
    storage.set_item(key, choice).map_err(|_| NotKept)
}

fn kept_theme() -> Option<Theme> {
    Theme::from_id(&storage()?.get_item(THEME_KEY).ok()??)
}

/// The browser's storage, where it lets the page have one. gloo's own stops the page
/// where it does not.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

const KINDS_KEY: &str = "compute-loop:kinds";

/// Keeps what is shown of the kinds of numbers for this visit.
///
/// # Errors
///
/// As [`keep_theme`].
pub(crate) fn keep_kinds(kinds: Kinds) -> Result<(), NotKept> {
    keep(visit_storage(), KINDS_KEY, kinds.id())
}

/// What was kept of it, if anything.
pub(crate) fn kept_kinds() -> Kinds {
    let kept = visit_storage().and_then(|storage| storage.get_item(KINDS_KEY).ok()?);
    kept.and_then(|id| Kinds::from_id(&id)).unwrap_or_default()
}

/// Remembers whether ranges are shown.
///
/// # Errors
///
/// As [`keep_theme`].
pub(crate) fn keep_ranges(on: bool) -> Result<(), NotKept> {
    keep(storage(), RANGES_KEY, if on { "on" } else { "off" })
}

/// Whether ranges were shown when last chosen: they are at first.
pub(crate) fn kept_ranges() -> bool {
    let kept = storage().and_then(|storage| storage.get_item(RANGES_KEY).ok()?);
    kept.is_none_or(|kept| kept != "off")
}

/// The query of the address.
pub(crate) fn query() -> &'static Query {
    static QUERY: OnceLock<Query> = OnceLock::new();
    QUERY.get_or_init(|| Query::read(&window().location().search().unwrap_or_default()))
}

/// The language that the address asks for, where it is not English. To be asked before
/// [`query`], which says what it cannot use in the language spoken.
pub(crate) fn asked_language() -> Option<&'static Language> {
    Query::read(&window().location().search().unwrap_or_default()).language
}

/// Tells the document what language it is in.
pub(crate) fn show_language(language: &Language) {
    let _ = document_element().set_attribute("lang", language.code);
    gloo::utils::document().set_title(t("The Compute Loop"));
}

/// Opens the same scenario in another language; none is English.
pub(crate) fn open_in(language: Option<&Language>, fragment: &str) {
    let location = window().location();
    let file = location.pathname().unwrap_or_default();
    let query = query().in_language(language);
    // The theme, if the address set one, is the reader's by now.
    let _ = location.assign(&format!("{file}{query}{fragment}"));
}

/// How many workers this machine has room for beside the page: two at most, and one for
/// an embed, which may stand beside others.
pub(crate) fn spare_cores() -> usize {
    let most = if query().embed.is_some() { 1 } else { 2 };
    (window().navigator().hardware_concurrency() as usize)
        .saturating_sub(1)
        .clamp(1, most)
}

/// Whether the browser lets the page have a worker of a script. gloo's own stops the page
/// where it does not.
pub(crate) fn allows_worker(script: &str) -> bool {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let probe = Worker::new_with_options(script, &options);
    if let Ok(probe) = &probe {
        probe.terminate();
    }
    probe.is_ok()
}

/// Calls back when an element is first measured and whenever its size changes, once a frame
/// at most. For what lives as long as the page.
pub(crate) fn on_size(element: &Element, changed: impl FnMut() + 'static) {
    let changed = Closure::<dyn FnMut()>::new(changed);
    if let Ok(observer) = ResizeObserver::new(changed.as_ref().unchecked_ref()) {
        observer.observe(element);
    }
    changed.forget();
}

/// Shows what is to be seen of the kinds of numbers.
pub(crate) fn show_kinds(kinds: Kinds) {
    let _ = document_element().set_attribute("data-kinds", kinds.id());
}

/// Says whether the scenario is another than that of the served words, which stand where a
/// chapter has not come yet: they are not seen then.
pub(crate) fn show_changed(changed: bool) {
    let element = document_element();
    let _ = if changed {
        element.set_attribute("data-changed", "")
    } else {
        element.remove_attribute("data-changed")
    };
}

/// Storage that ends with the visit.
fn visit_storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// Shows a theme.
pub(crate) fn show_theme(theme: Theme) {
    let _ = document_element().set_attribute("data-theme", theme.id());
}

/// The day, in words. Asked for at every movement of a slider; the browser takes longer
/// over the words than the model over its run, so they are kept for the day.
pub(crate) fn today() -> String {
    thread_local! {
        static KEPT: RefCell<(f64, String)> = const { RefCell::new((f64::NAN, String::new())) };
    }
    let now = js_sys::Date::new_0();
    let minutes = f64::from(now.get_hours() * 60 + now.get_minutes());
    let day = (now.get_time() / 60_000.0).floor() - minutes;
    KEPT.with_borrow_mut(|(kept, words)| {
        if kept.to_bits() != day.to_bits() {
            *kept = day;
            *words = day_in_words(&now);
        }
        words.clone()
    })
}

fn day_in_words(day: &js_sys::Date) -> String {
    let parts = js_sys::Object::new();
    for (part, form) in [("day", "numeric"), ("month", "long"), ("year", "numeric")] {
        let _ = js_sys::Reflect::set(&parts, &part.into(), &form.into());
    }
    // Where English puts the day first, as the rest of the page does.
    let locale = match language().code {
        "en" => "en-GB",
        code => code,
    };
    day.to_locale_date_string(locale, &parts).into()
}

/// Opens what a reader of paper cannot open, and closes it again.
pub(crate) fn open_for_print(printing: bool) {
    const OPENED: &str = "data-opened-for-print";
    let selector = if printing {
        "details.leaves-out:not([open]), details.methods:not([open])".to_owned()
    } else {
        format!("details[{OPENED}]")
    };
    let Ok(closed) = gloo::utils::document().query_selector_all(&selector) else {
        return;
    };
    for node in (0..closed.length()).filter_map(|i| closed.item(i)) {
        let Some(element) = node.dyn_ref::<Element>() else {
            continue;
        };
        for name in ["open", OPENED] {
            let _ = if printing {
                element.set_attribute(name, "")
            } else {
                element.remove_attribute(name)
            };
        }
    }
}

/// Marks the page as painted.
pub(crate) fn mark_ready() {
    let _ = document_element().set_attribute("data-ready", "true");
}

/// Removes the served page, and tells `start.js` before.
pub(crate) fn remove_placeholder() {
    if let Some(element) = gloo::utils::document().get_element_by_id("before") {
        tell_start("leaves");
        element.remove();
    }
}

/// Tells `start.js` that the whole page stands in the place of the served one: what of that
/// the whole one has not fetched yet is put there within the same frame, and the page stays
/// where it is.
pub(crate) fn say_replaced() {
    tell_start("replaced");
}

fn tell_start(what: &str) {
    if let Ok(event) = Event::new(what) {
        let _ = document_element().dispatch_event(&event);
    }
}

/// Says on the served page what could not be fetched, or takes that back.
pub(crate) fn show_missing(words: Option<&str>) {
    const ID: &str = "missing";
    let document = gloo::utils::document();
    if let Some(said) = document.get_element_by_id(ID) {
        if words.is_none() {
            said.remove();
        }
        return;
    }
    let list = document.query_selector("#before .notices ul");
    if let (Some(words), Ok(Some(list)), Ok(item)) = (words, list, document.create_element("li")) {
        item.set_id(ID);
        item.set_text_content(Some(words));
        let _ = list.append_child(&item);
    }
}

/// Says whether what was clicked will be done once more of the page is there.
pub(crate) fn show_coming(coming: bool) {
    let _ = document_element().toggle_attribute_with_force("data-coming", coming);
}

/// Whether the page is one view inside another page, as `start.js` reads the address.
pub(crate) fn is_embed() -> bool {
    document_element().has_attribute("data-embed")
}

/// Says whether the page itself keeps what is being read in its place; else browsers do.
pub(crate) fn show_holding(holding: bool) {
    let _ = document_element().toggle_attribute_with_force("data-holding", holding);
}

/// Copies a text; calls back with whether the browser let it.
pub(crate) fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
    let clipboard = window().navigator().clipboard();
    // An insecure or embedded page has none, which the bindings cannot say.
    if JsValue::from(clipboard.clone()).is_undefined() {
        done(false);
        return;
    }
    let promise = clipboard.write_text(text);
    wasm_bindgen_futures::spawn_local(async move {
        done(wasm_bindgen_futures::JsFuture::from(promise).await.is_ok());
    });
}

/// Selects the text of an element, for a reader who has to copy it by hand.
pub(crate) fn select(element: &Element) {
    if let Ok(Some(selection)) = window().get_selection() {
        let _ = selection.select_all_children(element);
    }
}

/// How many screens off a place is far: the page jumps there at once.
const FAR: f64 = 2.0;

/// How many it is at least off for Back to return from it.
const NEAR: f64 = 0.5;

/// Brings a part of the page into view and gives it the focus.
pub(crate) fn go_to(id: &str) {
    let Some(element) = gloo::utils::document().get_element_by_id(id) else {
        return;
    };
    let still = window()
        .match_media("(prefers-reduced-motion: reduce)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches());
    let box_ = element.get_bounding_client_rect();
    let screens = box_.top().abs() / f64::from(document_element().client_height()).max(1.0);
    if screens > NEAR {
        leave_a_step();
    }
    let options = ScrollIntoViewOptions::new();
    options.set_behavior(if still || screens > FAR {
        ScrollBehavior::Auto
    } else {
        ScrollBehavior::Smooth
    });
    element.scroll_into_view_with_scroll_into_view_options(&options);
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        focus_still(element);
    }
}

/// Goes to a part of the page, and opens what it lies in.
pub(crate) fn reveal(id: &str) {
    let mut around = gloo::utils::document().get_element_by_id(id);
    while let Some(element) = around {
        if element.tag_name() == "DETAILS" {
            let _ = element.set_attribute("open", "");
        }
        around = element.parent_element();
    }
    go_to(id);
}

/// Gives an element the focus without scrolling to it.
pub(crate) fn focus_still(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// What has the focus.
pub(crate) fn focused() -> Option<HtmlElement> {
    gloo::utils::document().active_element()?.dyn_into().ok()
}

/// Gives the focus back to what had it, or to the element with an id where that is gone.
/// The page stays where it is.
pub(crate) fn focus_again(element: Option<HtmlElement>, otherwise: &str) {
    let there = element.filter(|element| element.is_connected() && element.tab_index() >= 0);
    let other = || {
        let element = gloo::utils::document().get_element_by_id(otherwise)?;
        element.dyn_into().ok()
    };
    if let Some(element) = there.or_else(other) {
        focus_still(&element);
    }
}

/// Hands the focus of an element that is about to disappear on to the one of the same
/// name elsewhere. `from` and `to` are CSS selectors of what they lie in, `name` is the
/// attribute that names both.
pub(crate) fn hand_focus_over(from: &str, name: &str, to: &str) {
    let Some(element) = focused().filter(|element| matches!(element.closest(from), Ok(Some(_))))
    else {
        return;
    };
    let Some(value) = element.get_attribute(name) else {
        return;
    };
    let same = gloo::utils::document().query_selector(&format!("{to} [{name}=\"{value}\"]"));
    let same = same.ok().flatten();
    if let Some(same) = same.and_then(|same| same.dyn_into::<HtmlElement>().ok()) {
        focus_still(&same);
    }
}

/// Whether the page is not at its top.
pub(crate) fn is_scrolled() -> bool {
    window().scroll_y().is_ok_and(|y| y >= 1.0)
}

/// What is being read, and how far below the top of the window it begins; none at the top
/// of the page.
pub(crate) fn reading_place() -> Option<(Element, f64)> {
    if !is_scrolled() {
        return None;
    }
    let (width, height) = (
        document_element().client_width(),
        document_element().client_height(),
    );
    // Neither under the bar nor where the drawer lies.
    let element = gloo::utils::document()
        .element_from_point(width as f32 / 4.0, height as f32 / 4.0)?
        .closest("p, h1, h2, h3, figure, details, tr, section")
        .ok()??;
    let top = element.get_bounding_client_rect().top();
    Some((element, top))
}

/// Brings what was being read back to where it was.
pub(crate) fn keep_place(place: Option<(Element, f64)>) {
    if let Some((element, top)) = place {
        let moved = element.get_bounding_client_rect().top() - top;
        if moved.abs() >= 1.0 {
            window().scroll_by_with_x_and_y(0.0, moved);
        }
    }
}

/// Whether an element begins in the right half of the window.
pub(crate) fn is_on_the_right(element: &Element) -> bool {
    let width = f64::from(document_element().client_width());
    element.get_bounding_client_rect().left() > width / 2.0
}

/// Whether a click fell on the box of an element.
pub(crate) fn is_within(element: &Element, click: &MouseEvent) -> bool {
    let (x, y) = (f64::from(click.client_x()), f64::from(click.client_y()));
    let box_ = element.get_bounding_client_rect();
    (box_.left()..=box_.right()).contains(&x) && (box_.top()..=box_.bottom()).contains(&y)
}

/// Where an element lies that a reader may have scrolled away from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Some of it is in the window.
    Inside,
    /// It has left the window at its top.
    Above,
    /// It has not been reached yet.
    Below,
}

/// Calls back with where an element lies whenever that changes. A part of the window's
/// foot, in CSS pixels, counts as outside.
pub(crate) fn on_place(element: &Element, foot: u32, changed: impl Fn(Place) + 'static) {
    // Inside the window, and inside it or anywhere below: who jumps from below the window
    // to above it changes the second alone.
    let seen = Rc::new(Cell::new((true, true)));
    let changed = Rc::new(move |(inside, not_above)| {
        changed(match (inside, not_above) {
            (true, _) => Place::Inside,
            (false, true) => Place::Below,
            (false, false) => Place::Above,
        });
    });
    let (first, then) = (Rc::clone(&seen), Rc::clone(&changed));
    on_crossing(element, &format!("0px 0px -{foot}px 0px"), move |inside| {
        first.set((inside, first.get().1));
        then(first.get());
    });
    on_crossing(element, "0px 0px 1000000px 0px", move |not_above| {
        seen.set((seen.get().0, not_above));
        changed(seen.get());
    });
}

/// Calls back when an element comes into the window or leaves it; a margin in CSS makes
/// the window larger or smaller.
pub(crate) fn on_crossing(element: &Element, margin: &str, changed: impl Fn(bool) + 'static) {
    let closure = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let last = entries
            .iter()
            .filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok())
            .next_back();
        if let Some(entry) = last {
            changed(entry.is_intersecting());
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(margin);
    if let Ok(observer) =
        IntersectionObserver::new_with_options(closure.as_ref().unchecked_ref(), &options)
    {
        observer.observe(element);
        StoredValue::new_local(Watch {
            observer,
            _closure: closure,
        });
    }
}

/// An observer that stops with whatever it was made for, a part of the page that may leave
/// it: what it would have told is gone by then.
struct Watch {
    observer: IntersectionObserver,
    _closure: Closure<dyn FnMut(js_sys::Array)>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Gives the focus back to an element.
pub(crate) fn go_back_to(id: &str) {
    let element = gloo::utils::document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
