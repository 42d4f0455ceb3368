//! The page around an embedded one. It is told how high the content is, and may set levers
//! and ask for the outcome; `public/embed.md` has the words. Nothing of it is read, nothing
//! it says is believed but for its requests, and who asks is the only one to be answered.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use compute_loop_core::json;
use compute_loop_core::message::{self, Asked, HEIGHT, Post};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use gloo::utils::{document_element, window};
use js_sys::{JSON, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MessageEvent, Window};

use crate::api::given;
use crate::browser;
use crate::query::Embed;
use crate::state::State;

/// How long requests are gathered to be answered together: about a frame. No frame is
/// waited for, since a page out of sight has none.
const GATHER_MS: u32 = 16;

/// How many requests are gathered at most.
const MOST_GATHERED: usize = 1000;

/// How long the page around may take to give the frame its height.
const OBEY_MS: u32 = 1000;

/// Talks with the page around from now on.
pub(crate) fn follow(state: State, embed: &'static Embed, content: &Element) {
    let frame = Rc::new(Frame {
        embed,
        content: content.clone(),
        told: Cell::new(0),
        clock: RefCell::default(),
    });
    let measured = Rc::clone(&frame);
    browser::on_size(content, move || measured.tell(false));
    // A page out of sight is measured by nobody else.
    let first = Rc::clone(&frame);
    Timeout::new(0, move || first.tell(false)).forget();
    answer_requests(state, Rc::clone(&frame));
    if parent().is_none() {
        // Opened by itself it is a page like any other.
        show_scrollbar(true);
        return;
    }
    let window_height = Cell::new(window_height());
    let resized = Rc::clone(&frame);
    EventListener::new(&window(), "resize", move |_| {
        let now = self::window_height();
        // One that changes its height may well give room for all.
        if window_height.replace(now) != now {
            show_scrollbar(false);
            resized.look_at_room();
        }
    })
    .forget();
    frame.look_at_room();
}

/// What is shown, as the page around sees it.
struct Frame {
    embed: &'static Embed,
    content: Element,
    /// The height last told.
    told: Cell<u32>,
    clock: RefCell<Option<Timeout>>,
}

impl Frame {
    /// The height of the content, which does not depend on the window's; none without
    /// width, where words stand one on another.
    fn height(&self) -> Option<u32> {
        let content = self.content.get_bounding_client_rect();
        let width = document_element().client_width();
        (width > 0).then(|| (content.height() - 0.01).ceil() as u32)
    }

    /// Tells the height if it is another one, or once more where somebody asks.
    fn tell(self: &Rc<Self>, again: bool) {
        let Some(height) = self.height() else { return };
        if self.told.replace(height) == height && !again {
            return;
        }
        let Some(parent) = parent() else { return };
        self.look_at_room();
        let address = window().location().href().unwrap_or_default();
        let Embed { pair, child, .. } = self.embed;
        for post in message::heights(height, &address, pair, child.as_deref()) {
            let data = match &post {
                Post::Object(text) => JSON::parse(text).unwrap_or_default(),
                Post::Text(text) => text.into(),
            };
            // Whoever embeds this may know its height.
            let _ = parent.post_message(&data, "*");
        }
    }

    /// Lets a reader scroll, with a bar that shows it, where the page around leaves too
    /// little room. With a bar the content is narrower and may need less: it then stays
    /// until the window's height changes, or the two would take turns.
    fn look_at_room(self: &Rc<Self>) {
        let frame = Rc::clone(self);
        let clock = Timeout::new(OBEY_MS, move || {
            if frame
                .height()
                .is_some_and(|height| height > window_height() + 1)
            {
                show_scrollbar(true);
            }
        });
        *self.clock.borrow_mut() = Some(clock);
    }
}

fn window_height() -> u32 {
    let height = window().inner_height().ok();
    height
        .and_then(|height| height.as_f64())
        .unwrap_or_default() as u32
}

fn show_scrollbar(shown: bool) {
    let root = document_element();
    let _ = if shown {
        root.set_attribute("data-scrolls", "")
    } else {
        root.remove_attribute("data-scrolls")
    };
}

/// The window around; none where the page stands by itself.
fn parent() -> Option<Window> {
    let parent = window().parent().ok().flatten()?;
    (parent != window()).then_some(parent)
}

/// A request and who made it.
struct Request {
    sender: Object,
    origin: String,
    asked: Asked,
}

/// Gathers requests and answers them: many at once cost one run of the model.
fn answer_requests(state: State, frame: Rc<Frame>) {
    let gathered = Rc::new(RefCell::new(Vec::<Request>::new()));
    EventListener::new(&window(), "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else {
            return;
        };
        if asks_height(event) {
            frame.tell(true);
            return;
        }
        let Some(request) = request(event) else {
            return;
        };
        let count = {
            let mut gathered = gathered.borrow_mut();
            gathered.push(request);
            gathered.len()
        };
        if count >= MOST_GATHERED {
            answer(state, &frame, gathered.take());
        } else if count == 1 {
            let (gathered, frame) = (Rc::clone(&gathered), Rc::clone(&frame));
            Timeout::new(GATHER_MS, move || answer(state, &frame, gathered.take())).forget();
        }
    })
    .forget();
}

/// The `type` of a message, if it is an object with one.
fn kind(data: &JsValue) -> Option<String> {
    if !data.is_object() {
        return None;
    }
    Reflect::get(data, &"type".into()).ok()?.as_string()
}

/// Whether a message is the page around asking for the height.
fn asks_height(event: &MessageEvent) -> bool {
    let from = event.source().map(JsValue::from);
    kind(&event.data()).as_deref() == Some(HEIGHT) && from == parent().map(JsValue::from)
}

/// The request of a message; none where it is something else.
fn request(event: &MessageEvent) -> Option<Request> {
    let data = event.data();
    let kind = kind(&data)?;
    let field = |name: &str| given(&Reflect::get(&data, &name.into()).ok()?);
    let asked = Asked::of(&kind, field("id"), field("lever"), field("value"))?;
    Some(Request {
        sender: event.source()?,
        origin: event.origin(),
        asked,
    })
}

/// Does what is asked, in order and as one step, and tells each sender what came of its
/// requests.
fn answer(state: State, frame: &Rc<Frame>, mut requests: Vec<Request>) {
    if requests.is_empty() {
        return;
    }
    let mut scenario = state.scenario.get_untracked();
    for request in &mut requests {
        request.asked.apply(&mut scenario);
    }
    state.replace(&scenario);
    let outcome = state.outcome.get_untracked();
    let outcome = json::of_outcome(&scenario, &[], &outcome);
    let around = parent().map(JsValue::from);
    while let Some(Request { sender, origin, .. }) = requests.first() {
        let (sender, origin) = (sender.clone(), origin.clone());
        let (own, others): (Vec<Request>, Vec<Request>) = requests
            .into_iter()
            .partition(|request| request.sender == sender && request.origin == origin);
        requests = others;
        let asked: Vec<Asked> = own.into_iter().map(|request| request.asked).collect();
        if asked.iter().any(Asked::is_get) && around.as_ref() == Some(sender.as_ref()) {
            // It may have missed the first ones.
            frame.tell(true);
        }
        let data = JSON::parse(&message::answer(&asked, &outcome)).unwrap_or_default();
        // A sandboxed page has an origin that cannot be named.
        let target = if origin.contains("://") { &origin } else { "*" };
        // The sender may be of another origin, so its kind cannot be asked for; what is
        // no window refuses.
        let _ = sender.unchecked_ref::<Window>().post_message(&data, target);
    }
}
