//! The first screen as it is served, made live before the rest of the page has come: its
//! three sliders move the sentence, the chart and the figures.
//!
//! This is all that the first view downloads. It knows nothing of leptos and makes no
//! elements: it writes into those that `article.rs` served. The whole page comes at the
//! first sign of a reader and takes its place, with the scenario, the steps that led to it,
//! the focus, and what was clicked meanwhile. It never does so under a hand: a slider that
//! is held stays until it is let go.
//!
//! Whoever comes with a scenario, in another language, or with anything else that the served
//! page does not show, has the whole page at once: see [`begin`]. An embed is shown and made
//! live by others: see `facade.rs`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use compute_loop_core::levers::Lever;
use compute_loop_core::month::Month;
use compute_loop_core::odds::SEED;
use compute_loop_core::outcome::{Outcome, Output};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::words::t;
use compute_loop_core::{decimal, format, json, link, model};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::render::request_animation_frame;
use gloo::timers::callback::Timeout;
use gloo::utils::{document, document_element, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, PointerEvent};

use crate::api::{self, Holder};
use crate::browser;
use crate::charts::{Case, Chart};
use crate::chunks::{self, Whole};
use crate::content::{HEADLINE_TEXT, Span, Turn};
use crate::history::History;
use crate::kinds::Kinds;
use crate::query;
use crate::room;
use crate::start::{LINK_DELAY_MS, SIGNS};
use crate::svg;
use crate::touch::Touch;

/// After how long the whole page comes to a reader who gives no sign: who has a page read
/// aloud may give none. The page is kept for later visits about then (`start.js`), so it is
/// fetched anyway.
const UNASKED_MS: u32 = 10_000;

/// What else only the whole page can answer.
const CALLS: [&str; 7] = [
    "focusin",
    "input",
    "click",
    "resize",
    "hashchange",
    "popstate",
    "beforeprint",
];

/// What is handed over to the whole page.
#[derive(Debug, Default)]
pub(crate) struct Handed {
    /// The scenario, and the steps that led to it.
    pub(crate) history: History,
    /// Whether a reader has given a sign.
    pub(crate) acted: bool,
    /// A link that was followed meanwhile.
    pub(crate) link: Option<String>,
}

/// The first screen.
struct Opening {
    before: Element,
    numbers: Vec<Number>,
    sliders: Vec<Slider>,
    history: RefCell<History>,
    /// The scenario that the outcome is of.
    known: Cell<Scenario>,
    outcome: RefCell<Outcome>,
    /// The scenario from which the drag under way set out, with its outcome.
    from: RefCell<Option<(Scenario, Outcome)>>,
    /// Whether a frame is to come that shows what holds by then.
    frame: Cell<bool>,
    /// What was served of all that other beliefs change, to be put back with the defaults.
    served: Vec<(Element, String)>,
    is_served: Cell<bool>,
    /// The address, to be written when the hand rests.
    writing: RefCell<Option<Timeout>>,
    /// A link that was followed, for the whole page to read.
    link: RefCell<Option<String>>,
    touch: Cell<Option<Touch>>,
    /// Whether a finger or button is down.
    pressed: Cell<bool>,
    acted: Cell<bool>,
    wanted: Cell<bool>,
    /// Whether the whole page stands in its place.
    gone: Cell<bool>,
    whole: Cell<Option<Whole>>,
    clicked: RefCell<Option<Spot>>,
    waiting: RefCell<Vec<Box<dyn FnOnce()>>>,
    listeners: RefCell<Vec<EventListener>>,
}

/// Something of a sentence, or a figure, that follows the outcome.
struct Number {
    element: Element,
    shows: Shows,
    /// What it shows, so that nothing is written anew that stays.
    text: RefCell<String>,
}

#[derive(Clone, Copy)]
enum Shows {
    Output(Output),
    Lever(Lever),
    Turn(&'static Turn),
}

struct Slider {
    lever: Lever,
    range: HtmlInputElement,
    field: HtmlInputElement,
}

/// Makes the served first screen live, if it shows what the address asks for and the
/// reader is there.
pub(crate) fn begin() -> bool {
    let Some(opening) = Opening::of_document().map(Rc::new) else {
        return false;
    };
    opening.follow_reader();
    api::hand(Rc::new(opening.clone()));
    request_animation_frame(move |_| {
        Timeout::new(0, move || {
            browser::mark_ready();
            Timeout::new(UNASKED_MS, move || opening.want_whole()).forget();
        })
        .forget();
    })
    .forget_frame();
    true
}

/// Whether neither the address nor a choice kept from another visit asks for anything but
/// what is served.
fn is_served() -> bool {
    let fragment = browser::fragment();
    let defaults = fragment.len() <= 1 || fragment == link::encode(&Scenario::default());
    defaults
        && !query::asks(&window().location().search().unwrap_or_default())
        && browser::kept_kinds() == Kinds::default()
        && browser::kept_ranges()
}

/// Whether the reader is at the top of the page, and has come for no other place of it
/// (`data-late`: see `start.js`).
fn is_at_the_top() -> bool {
    !browser::is_scrolled() && document_element().has_attribute("data-late")
}

impl Opening {
    fn of_document() -> Option<Self> {
        if !is_served() || !is_at_the_top() {
            return None;
        }
        let before = document().get_element_by_id("before")?;
        let all = |selector: &str| elements(&before, selector);
        let mut numbers = vec![];
        let mut turns = all("#headline .turn").into_iter();
        let mut values = all("#headline [data-of-output], #headline [data-of-lever]").into_iter();
        for span in HEADLINE_TEXT {
            let (element, shows) = match span {
                Span::Turn(turn) => (turns.next()?, Shows::Turn(turn)),
                Span::Output(output) => (values.next()?, Shows::Output(*output)),
                Span::Lever(lever) => (values.next()?, Shows::Lever(*lever)),
                Span::Text(_) | Span::Count(_) | Span::Fact { .. } => continue,
                Span::Precise { .. } => return None,
            };
            numbers.push(Number::new(element, shows));
        }
        for element in all(".opening .figures [data-of-output]") {
            let output = Output::from_id(&element.get_attribute("data-of-output")?)?;
            numbers.push(Number::new(element, Shows::Output(output)));
        }
        let mut sliders = vec![];
        for place in all(".opening .lever") {
            let input = |selector: &str| -> Option<HtmlInputElement> {
                place.query_selector(selector).ok()??.dyn_into().ok()
            };
            let range = input("input[type=range]")?;
            let lever = Lever::from_id(&range.get_attribute("data-of-slider")?)?;
            let field = input("input[type=text]")?;
            sliders.push(Slider {
                lever,
                range,
                field,
            });
        }
        let changing = all(
            ".stage .finding span, .stage figcaption, .stage .canvas, .commands option, \
             .preset-reason, .opening .spread, .opening .worlds > :not(.room)",
        );
        let served = changing.into_iter().map(|one| {
            let html = one.inner_html();
            (one, html)
        });
        let served = served.collect();
        let scenario = Scenario::default();
        let opening = Self {
            before,
            numbers,
            sliders,
            history: RefCell::new(History::new(scenario)),
            known: Cell::new(scenario),
            outcome: RefCell::new(model::run_in(&scenario)),
            from: RefCell::default(),
            frame: Cell::default(),
            writing: RefCell::default(),
            link: RefCell::default(),
            touch: Cell::default(),
            pressed: Cell::default(),
            acted: Cell::default(),
            wanted: Cell::default(),
            gone: Cell::default(),
            served,
            is_served: Cell::new(true),
            whole: Cell::default(),
            clicked: RefCell::default(),
            waiting: RefCell::default(),
            listeners: RefCell::default(),
        };
        opening.open();
        Some(opening)
    }

    /// What was served can be used: what it cannot do itself it hands on.
    fn open(&self) {
        let _ = self.before.set_attribute("data-live", "");
        for Slider {
            lever,
            range,
            field,
        } in &self.sliders
        {
            let id = lever.spec().id;
            let _ = range.set_attribute("data-lever", id);
            let _ = field.set_attribute("data-lever-number", id);
            field.set_read_only(true);
        }
        for control in elements(&self.before, "[data-waits]") {
            let _ = control.remove_attribute("disabled");
        }
        self.show();
    }

    fn follow_reader(self: &Rc<Self>) {
        let listen = |target: &web_sys::EventTarget,
                      event: &'static str,
                      run: fn(&Rc<Self>, &Event)| {
            let opening = Rc::downgrade(self);
            let options = EventListenerOptions {
                phase: gloo::events::EventListenerPhase::Capture,
                // A passive listener could not keep a link from being followed.
                passive: event != "click" && event != "pointerdown",
            };
            let listener = EventListener::new_with_options(target, event, options, move |event| {
                if let Some(opening) = opening.upgrade() {
                    run(&opening, event);
                }
            });
            self.listeners.borrow_mut().push(listener);
        };
        let window = window();
        for sign in SIGNS.into_iter().chain(CALLS) {
            listen(&window, sign, |opening, _| {
                opening.acted.set(true);
                opening.want_whole();
            });
        }
        listen(&window, "hashchange", |opening, _| {
            let fragment = browser::fragment();
            if browser::is_scenario(&fragment) {
                // What was to be written would stand in its place.
                opening.writing.take();
                opening.link.replace(Some(fragment));
            }
        });
        listen(&window, "pointerdown", Self::pressed);
        for end in ["pointerup", "pointercancel"] {
            listen(&window, end, Self::let_go);
        }
        listen(&self.before, "pointermove", |opening, event| {
            if let (Some(mut touch), Some(event)) = (opening.touch.get(), event.dyn_ref()) {
                Touch::follow(&mut touch, event);
                opening.touch.set(Some(touch));
            }
        });
        listen(&self.before, "input", Self::dragged);
        listen(&self.before, "change", |opening, event| {
            if opening.slider(event).is_some() {
                opening.history.borrow_mut().release();
                opening.moved();
            }
        });
        listen(&self.before, "click", Self::clicked);
    }

    /// The slider that an event is about.
    fn slider(&self, event: &Event) -> Option<&Slider> {
        let target = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
        self.sliders.iter().find(|slider| slider.range == target)
    }

    fn pressed(self: &Rc<Self>, event: &Event) {
        // Another button may open a menu, which keeps the news of its end to itself.
        let main = event.dyn_ref::<PointerEvent>();
        self.pressed
            .set(main.is_some_and(|event| event.button() == 0));
        if self.slider(event).is_some() {
            self.touch
                .set(event.dyn_ref::<PointerEvent>().and_then(Touch::of));
        }
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| matches!(target.closest("#before select"), Ok(Some(_)))) {
            // What it offers is not there yet: it opens in the whole page.
            event.prevent_default();
        }
    }

    fn let_go(self: &Rc<Self>, event: &Event) {
        self.touch.set(None);
        if event.type_() == "pointercancel"
            && let Some(slider) = self.slider(event)
        {
            // The browser makes a gesture its own where it scrolls the page.
            let holds = self.history.borrow().holds([slider.lever; 2]);
            if holds {
                self.history.borrow_mut().abandon();
            }
            self.moved();
        }
        let opening = self.clone();
        // After the click that this may be the end of.
        Timeout::new(0, move || {
            opening.pressed.set(false);
            opening.give_way();
        })
        .forget();
    }

    fn dragged(self: &Rc<Self>, event: &Event) {
        let Some(Slider { lever, range, .. }) = self.slider(event) else {
            return;
        };
        let held = self.touch.get().is_some_and(|touch| !touch.across);
        match decimal::parse(&range.value()).filter(|_| !held) {
            Some(value) => self.history.borrow_mut().drag([(*lever, value); 2]),
            None => range.set_value(&self.now().get(*lever).to_string()),
        }
        self.moved();
    }

    /// What is clicked does what it does once the whole page is there.
    fn clicked(self: &Rc<Self>, event: &Event) {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let spot = target.and_then(|target| Spot::of(&target, &self.before));
        // A slider has done what it does.
        if let Some(spot) = spot.filter(|_| self.slider(event).is_none()) {
            event.prevent_default();
            browser::show_coming(true);
            self.clicked.replace(Some(spot));
        }
    }

    fn now(&self) -> Scenario {
        self.history.borrow().now()
    }

    /// The scenario may be another: works it out, and has it shown and written.
    fn moved(self: &Rc<Self>) {
        let scenario = self.now();
        let from = self.history.borrow().before_the_drag();
        if self.from.borrow().as_ref().map(|(scenario, _)| *scenario) != from {
            let from = from.map(|scenario| (scenario, model::run_in(&scenario)));
            self.from.replace(from);
        }
        if self.known.replace(scenario) != scenario {
            self.outcome.replace(model::run_in(&scenario));
            let write = Timeout::new(LINK_DELAY_MS, move || {
                browser::write_fragment(&link::encode(&scenario));
            });
            self.writing.replace(Some(write));
        }
        if !self.frame.replace(true) {
            let opening = self.clone();
            request_animation_frame(move |_| {
                opening.frame.set(false);
                if !opening.gone.get() {
                    opening.show();
                }
            })
            .forget_frame();
        }
        self.acted.set(true);
        self.want_whole();
    }

    fn show(&self) {
        let scenario = self.now();
        let outcome = self.outcome.borrow();
        for number in &self.numbers {
            number.show(&scenario, &outcome);
        }
        for Slider {
            lever,
            range,
            field,
        } in &self.sliders
        {
            let value = scenario.get(*lever);
            range.set_value(&value.to_string());
            field.set_value(&link::value_text(*lever, value));
        }
        browser::show_changed(scenario != Scenario::default());
        let from = self.from.borrow();
        if scenario == Scenario::default() && from.is_none() {
            if !self.is_served.replace(true) {
                for (element, html) in &self.served {
                    element.set_inner_html(html);
                }
            }
            return;
        }
        self.is_served.set(false);
        let mut picture = Chart::first(Case::of(&scenario, &outcome));
        if let Some((scenario, outcome)) = &*from {
            picture = picture.over(&Chart::first(Case::of(scenario, outcome)), t("before"));
        }
        let drawings = ["narrow", "wide"].into_iter().zip(svg::WIDTHS);
        let drawings = drawings.map(|(class, width)| svg::inline(&picture, width, class));
        self.write(".stage .finding span", &picture.title);
        self.write(".stage figcaption", &picture.summary);
        if let Some(canvas) = self.one(".stage .canvas") {
            canvas.set_inner_html(&drawings.collect::<String>());
        }
        // Of other worlds than those of the defaults nothing is known yet.
        for words in elements(
            &self.before,
            ".opening .spread, .opening .worlds > :not(.room)",
        ) {
            words.set_text_content(None);
        }
        self.write(".commands option", t("your own"));
        self.write(".preset-reason", t("Your own scenario."));
    }

    fn one(&self, selector: &str) -> Option<Element> {
        self.before.query_selector(selector).ok().flatten()
    }

    fn write(&self, selector: &str, words: &str) {
        if let Some(element) = self.one(selector) {
            element.set_text_content(Some(words));
        }
    }

    /// Fetches the whole page, unless that has been done.
    fn want_whole(self: &Rc<Self>) {
        if !self.wanted.replace(true) {
            let opening = self.clone();
            chunks::when_whole(move |whole| {
                opening.whole.set(Some(whole));
                opening.give_way();
            });
        }
    }

    /// Gives way to the whole page, if that is there and no hand is on this one.
    fn give_way(self: &Rc<Self>) {
        if self.pressed.get() {
            return;
        }
        let Some(whole) = self.whole.take() else {
            return;
        };
        let focus = browser::focused().and_then(|element| Spot::of(&element, &self.before));
        let clicked = self.clicked.take();
        browser::show_coming(false);
        self.listeners.take();
        if self.writing.take().is_some() {
            browser::write_fragment(&link::encode(&self.now()));
        }
        self.gone.set(true);
        let mut history = self.history.take();
        history.release();
        (whole.mount)(Some(Handed {
            history,
            acted: self.acted.get(),
            link: self.link.take(),
        }));
        Spot::go_on(focus, clicked);
        for then in self.waiting.take() {
            api::complete(then);
        }
    }
}

impl Holder for Rc<Opening> {
    fn scenario(&self) -> Scenario {
        self.now()
    }

    fn value(&self, output: Output) -> f64 {
        self.outcome.borrow().get(output)
    }

    fn month(&self, output: Output) -> Option<Month> {
        self.outcome.borrow().month(output)
    }

    fn set(&self, lever: Lever, value: f64) -> f64 {
        let mut next = self.now();
        let taken = next.set(lever, value);
        self.history.borrow_mut().step(&next);
        self.moved();
        taken
    }

    fn seed(&self) -> u32 {
        SEED
    }

    fn complete(&self, then: Box<dyn FnOnce()>) {
        self.waiting.borrow_mut().push(then);
        self.want_whole();
    }
}

impl Number {
    /// A number as it was served is a figure for scripts from now on.
    fn new(element: Element, shows: Shows) -> Self {
        if let Shows::Output(output) = shows {
            let _ = element.set_attribute("data-output", output.spec().id);
        }
        let text = element.text_content().unwrap_or_default();
        Self {
            element,
            shows,
            text: RefCell::new(text),
        }
    }

    fn show(&self, scenario: &Scenario, outcome: &Outcome) {
        let (text, span) = match self.shows {
            Shows::Turn(turn) => (turn.words(scenario, outcome).to_owned(), None),
            Shows::Lever(lever) => (
                format::lever(lever, scenario.get(lever)),
                Some(Span::Lever(lever)),
            ),
            Shows::Output(output) => {
                let exact = json::output_text(outcome, output);
                let _ = self.element.set_attribute("data-value", &exact);
                let text = format::output(outcome, output);
                (text, Some(Span::Output(output)))
            }
        };
        if *self.text.borrow() == text {
            return;
        }
        self.element.set_text_content(Some(&text));
        // Room for the widest of it, so that the words after it keep their places.
        if let (Some(span), Ok(Some(kept))) = (span, self.element.closest(".kept")) {
            let slack = room::slack(room::most(&span), &text);
            let style = slack.map_or_else(String::new, |slack| format!("--slack:{slack}"));
            let _ = kept.set_attribute("style", &style);
        }
        self.text.replace(text);
    }
}

/// Where something stands that is in the served page and in the whole one: which of the
/// parts that both have, and which of those in it that say the same.
#[derive(Debug)]
pub(crate) struct Spot {
    part: (&'static str, usize),
    says: String,
    place: usize,
}

impl Spot {
    /// Parts that stand in both, in the same order.
    const PARTS: [&'static str; 13] = [
        ".embed .head",
        ".embed h1",
        ".embed .lever",
        ".embed .figures > div",
        ".made-of",
        ".skip",
        ".masthead",
        "#headline",
        ".stage figure",
        ".opening .lever",
        ".commands",
        ".opening .figures > div",
        ".contents",
    ];

    /// What can be clicked, or have the focus; of numbers and sources not before the whole
    /// page is there.
    const CONTROLS: &'static str =
        "button, a, input, select, summary, .live, .belief, .tick, .fact";

    /// Of an element, or what it stands in.
    pub(crate) fn of(element: &Element, root: &Element) -> Option<Self> {
        let control = element.closest(Self::CONTROLS).ok().flatten()?;
        let (part, around) = Self::PARTS.into_iter().find_map(|part| {
            let around = control.closest(part).ok().flatten()?;
            root.contains(Some(&around)).then_some((part, around))
        })?;
        let says = Self::says(&control);
        Some(Self {
            part: (
                part,
                elements(root, part).iter().position(|one| *one == around)?,
            ),
            place: Self::alike(&around, &says)
                .iter()
                .position(|one| *one == control)?,
            says,
        })
    }

    /// Gives the focus back, and does what was clicked.
    pub(crate) fn go_on(focus: Option<Self>, clicked: Option<Self>) {
        if let Some(element) = focus.and_then(|spot| spot.found()) {
            browser::focus_still(&element);
        }
        if let Some(element) = clicked.and_then(|spot| spot.found()) {
            if Self::is_field(&element) {
                browser::focus_still(&element);
            } else {
                element.click();
            }
        }
    }

    /// What stands there in the whole page.
    fn found(&self) -> Option<HtmlElement> {
        let body = document().body()?;
        let around = elements(&body, self.part.0).into_iter().nth(self.part.1)?;
        let found = Self::alike(&around, &self.says)
            .into_iter()
            .nth(self.place)?;
        found.dyn_into().ok()
    }

    fn is_field(element: &Element) -> bool {
        matches!(element.tag_name().as_str(), "INPUT" | "SELECT")
    }

    fn alike(around: &Element, says: &str) -> Vec<Element> {
        let mut all = elements(around, Self::CONTROLS);
        // A part may be a control itself.
        if around.matches(Self::CONTROLS).unwrap_or_default() {
            all.push(around.clone());
        }
        all.retain(|one| Self::says(one) == says);
        all
    }

    fn says(control: &Element) -> String {
        if Self::is_field(control) {
            let kind = control.get_attribute("type").unwrap_or_default();
            return control.tag_name() + &kind;
        }
        let words = control.text_content().unwrap_or_default();
        words.trim().to_owned()
    }
}

pub(crate) fn elements(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(all) = root.query_selector_all(selector) else {
        return vec![];
    };
    (0..all.length())
        .filter_map(|i| all.item(i)?.dyn_into().ok())
        .collect()
}

/// Lets a requested frame come although nobody keeps its handle.
pub(crate) trait ForgetFrame {
    /// Forgets the handle.
    fn forget_frame(self);
}

impl ForgetFrame for gloo::render::AnimationFrame {
    fn forget_frame(self) {
        core::mem::forget(self);
    }
}
