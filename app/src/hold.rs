//! What is being read, kept in its place while live chapters take the places of the served
//! ones.
//!
//! Neither has quite the height of the other, and browsers that keep what is in sight in
//! its place lose hold of it where it is replaced; WebKit holds nothing. Counted from the top
//! of the document, a place also stays right for a reader who scrolls meanwhile.
//!
//! Who comes back, by reloading the page or from another one, is as far down the served page
//! as the live one was scrolled, and so in another place. Nothing is held then, neither here
//! nor by the browser, and the page keeps the height of the served one (`start.js`): once
//! all chapters are there, so is the place.

use std::cell::{Cell, RefCell};

use gloo::events::EventListener;
use gloo::render::request_animation_frame;
use gloo::utils::{document, document_element, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, css};

use crate::browser;

/// How much of the window's top counts as read, in CSS pixels: about what is under the bar.
const READ: f64 = 72.0;

/// The attribute in which `start.js` says how far the page was scrolled for who comes back.
const BACK: &str = "data-back";

/// What stands in a chapter before its words.
const HEAD: &str = "h2, .number, .served";

/// What is being read.
struct Held {
    chapter: Element,
    /// A block of it, unless the chapter begins in the window.
    block: Option<Block>,
    /// Where it begins in the document, in CSS pixels.
    at: f64,
    /// How far down the page was scrolled then, in CSS pixels.
    from: f64,
}

/// A block of a chapter: a paragraph, a figure. The live chapter has each that the served
/// one has, in the same order.
struct Block {
    element: Element,
    tag: String,
    /// How many of the same tag stand before it.
    before: usize,
}

thread_local! {
    /// What is brought back in the next frame.
    static HELD: RefCell<Option<Held>> = const { RefCell::new(None) };
    /// What was being read at the last look, in a browser that holds nothing itself.
    static SEEN: RefCell<Option<Held>> = const { RefCell::new(None) };
    static LOOKS: Cell<bool> = const { Cell::new(false) };
    /// By how much the page should be scrolled further, of the pixel that browsers round to:
    /// one chapter after the other, it would add up.
    static REST: Cell<f64> = const { Cell::new(0.0) };
    static BEGUN: Cell<bool> = const { Cell::new(false) };
}

/// Keeps what is being read in its place until the next frame, when what is about to change
/// has changed.
pub(crate) fn hold() {
    // What was held first has not been brought back yet.
    if HELD.with_borrow(Option::is_some) {
        return;
    }
    if !BEGUN.replace(true) && !css::supports_with_value("overflow-anchor", "none").unwrap_or(true)
    {
        hold_on();
    }
    if comes_back() {
        browser::show_holding(true);
    } else if let Some(held) = Held::now() {
        HELD.set(Some(held));
        browser::show_holding(true);
        core::mem::forget(request_animation_frame(|_| let_go()));
    }
}

/// Keeps what is being read in its place for good, as browsers but WebKit do: what comes
/// from a worker, or opens, has a height of its own.
fn hold_on() {
    LOOKS.set(true);
    browser::show_holding(true);
    look();
    EventListener::new(&window(), "scroll", |_| look()).forget();
    if let Ok(Some(main)) = document().query_selector("main") {
        browser::on_size(&main, look);
    }
}

/// Whether the reader comes back and has not scrolled since.
fn comes_back() -> bool {
    let back = document_element().get_attribute(BACK);
    let y = back.and_then(|text| text.parse::<f64>().ok());
    y.is_some_and(|y| (scrolled() - y).abs() < 2.0)
}

/// Does what is left to do when all chapters are there.
pub(crate) fn all_here() {
    core::mem::forget(request_animation_frame(|_| {
        if comes_back() {
            // What was seen on the way is not what is being read.
            SEEN.take();
        }
        let root = document_element();
        if root.remove_attribute(BACK).is_ok()
            && let Some(body) = document().body()
        {
            let _ = body.style().remove_property("min-height");
        }
        if HELD.with_borrow(Option::is_none) {
            browser::show_holding(LOOKS.get());
        }
    }));
}

/// Brings what was being read to where it was, unless something is held that will be, and
/// looks what is being read now.
fn look() {
    let waiting = HELD.with_borrow(Option::is_some) || comes_back();
    if let Some(seen) = SEEN.take().filter(|_| !waiting) {
        seen.bring_back();
    }
    SEEN.set(Held::now());
}

/// Brings what is held to where it was.
pub(crate) fn let_go() {
    let Some(held) = HELD.take() else {
        return;
    };
    held.bring_back();
    if LOOKS.get() {
        SEEN.set(Held::now());
    }
    browser::show_holding(LOOKS.get());
}

impl Held {
    /// What is being read now; none above the chapters.
    fn now() -> Option<Self> {
        let reached = reached();
        let chapters = document().query_selector_all("main > .chapter").ok()?;
        let (box_, chapter) = (0..chapters.length())
            .filter_map(|i| chapters.item(i)?.dyn_into::<Element>().ok())
            .map(|chapter| (chapter.get_bounding_client_rect(), chapter))
            .take_while(|(box_, _)| box_.top() < reached)
            .last()?;
        let block = (box_.top() < 0.0).then(|| {
            let blocks = blocks(&words(&chapter));
            let read = |element: &Element| element.get_bounding_client_rect().bottom() > READ;
            let i = blocks.iter().position(read)?;
            let tag = blocks[i].tag_name();
            let before = blocks[..i].iter().filter(|one| one.tag_name() == tag);
            Some(Block {
                before: before.count(),
                element: blocks[i].clone(),
                tag,
            })
        });
        let block = block.flatten();
        let at = top(block.as_ref().map_or(&chapter, |block| &block.element));
        Some(Self {
            chapter,
            block,
            at,
            from: scrolled(),
        })
    }

    /// Brings it to where it was, unless the reader has gone elsewhere.
    fn bring_back(&self) {
        let moved = self.moved();
        let elsewhere = (scrolled() - self.from).abs() > 2.0 * reached();
        if moved.abs() < 0.1 || elsewhere {
            return;
        }
        let way = moved + REST.get();
        let before = scrolled();
        window().scroll_by_with_x_and_y(0.0, way);
        let rest = way - (scrolled() - before);
        // More than that is left at an end of the page.
        REST.set(if rest.abs() < 1.0 { rest } else { 0.0 });
    }

    /// By how much it has moved in the document, in CSS pixels.
    fn moved(&self) -> f64 {
        let element = match &self.block {
            None => Some(self.chapter.clone()),
            Some(block) => block.now(&self.chapter),
        };
        element.map_or(0.0, |element| top(&element) - self.at)
    }
}

impl Block {
    /// The block itself, or what has taken its place.
    fn now(&self, chapter: &Element) -> Option<Element> {
        if self.element.is_connected() {
            return Some(self.element.clone());
        }
        find(&words(chapter), &self.tag, self.before)
    }
}

/// The block in an element of a tag that so many of the same tag stand before.
fn find(within: &Element, tag: &str, before: usize) -> Option<Element> {
    let blocks = blocks(within).into_iter();
    blocks.filter(|one| one.tag_name() == tag).nth(before)
}

/// How far down the window a chapter that begins there is the one being read, in CSS pixels.
fn reached() -> f64 {
    f64::from(document_element().client_height()) / 2.0
}

/// What holds the words of a chapter: the served ones until the live ones take their place.
fn words(chapter: &Element) -> Element {
    let served = chapter.query_selector(":scope > .served");
    served.ok().flatten().unwrap_or_else(|| chapter.clone())
}

/// The blocks in an element, without the head of a chapter.
fn blocks(of: &Element) -> Vec<Element> {
    let mut next = of.first_element_child();
    let all = std::iter::from_fn(|| {
        let this = next.take()?;
        next = this.next_element_sibling();
        Some(this)
    });
    all.filter(|one| !one.matches(HEAD).unwrap_or(false))
        .collect()
}

/// Where an element begins, counted from the top of the document, in CSS pixels.
fn top(element: &Element) -> f64 {
    element.get_bounding_client_rect().top() + scrolled()
}

/// How far down the page is scrolled, in CSS pixels.
fn scrolled() -> f64 {
    window().scroll_y().unwrap_or_default()
}
