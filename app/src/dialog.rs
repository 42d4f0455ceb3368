//! Dialogs over the page. Each is open as long as something says so, and one that lies
//! over another closes first: by its button, by Escape, by a click beside it, or by going
//! back in the browser's history.

use std::cell::{Cell, RefCell};

use compute_loop_core::words::t;
use gloo::timers::callback::Timeout;
use leptos::html::{Button, Dialog};
use leptos::prelude::*;

use crate::browser;
use crate::live::effect;

thread_local! {
    /// What is open over the page, the topmost last: dialogs, and the levels within one.
    /// Each has made a step in the browser's history, for Back to close it, unless the
    /// browser refused.
    static OPEN: RefCell<Vec<Step>> = const { RefCell::new(vec![]) };
    /// Steps that have been closed otherwise and are still in the history.
    static LEFT: Cell<u32> = const { Cell::new(0) };
    /// Ways back that are under way because of those: they close nothing.
    static AWAITED: Cell<u32> = const { Cell::new(0) };
}

/// Something open over the page.
struct Step {
    /// What it is called.
    label: &'static str,
    made: bool,
    clear: Box<dyn Fn()>,
}

/// Lets Back close what is open. To be called once.
pub(crate) fn follow_history() {
    browser::on_back(|| {
        if AWAITED.get() > 0 {
            AWAITED.set(AWAITED.get() - 1);
            if AWAITED.get() == 0 {
                make_steps();
            }
            return;
        }
        // Taken off before it is cleared, so that closing it takes no step of its own.
        let made = |step: &mut Step| step.made;
        let top = OPEN.with_borrow_mut(|open| open.pop_if(made));
        if let Some(top) = top {
            (top.clear)();
        }
    });
}

/// Closes every dialog because the reader goes on to another place of the page. Their
/// steps in the history stay, for Back to return from there.
pub(crate) fn leave() {
    let open = OPEN.take();
    for step in open.into_iter().rev() {
        (step.clear)();
    }
}

/// Makes so many things of one name stand open, the rest being closed or opened. Each
/// is cleared by `clear`.
pub(crate) fn keep_open(label: &'static str, wanted: usize, clear: impl Fn() + Copy + 'static) {
    let open = OPEN.with_borrow(|open| open.iter().filter(|step| step.label == label).count());
    for _ in open..wanted {
        opened(label, clear);
    }
    for _ in wanted..open {
        closed(label);
    }
}

fn opened(label: &'static str, clear: impl Fn() + 'static) {
    // A step that has just been left serves again.
    let again = LEFT.get() > 0;
    if again {
        LEFT.set(LEFT.get() - 1);
    }
    let step = Step {
        label,
        made: again,
        clear: Box::new(clear),
    };
    OPEN.with_borrow_mut(|open| open.push(step));
    if AWAITED.get() == 0 {
        make_steps();
    }
}

/// Makes the steps that are missing. One made while the browser is on its way back would be
/// undone by that: closing what it stands for would then lead out of the page.
fn make_steps() {
    OPEN.with_borrow_mut(|open| {
        for step in open.iter_mut().filter(|step| !step.made) {
            step.made = browser::leave_a_step();
        }
    });
}

fn closed(label: &'static str) {
    let step = OPEN.with_borrow_mut(|open| {
        let place = open.iter().rposition(|step| step.label == label)?;
        Some(open.remove(place))
    });
    if !step.is_some_and(|step| step.made) {
        return;
    }
    LEFT.set(LEFT.get() + 1);
    if LEFT.get() > 1 {
        return;
    }
    // One way back for all that closes at once: a browser may drop the first of two.
    Timeout::new(0, || {
        let steps = LEFT.replace(0);
        if steps > 0 && browser::go_back(steps) {
            AWAITED.set(AWAITED.get() + 1);
        }
    })
    .forget();
}

/// A dialog that follows a signal. Whatever a reader closes it by only clears what holds
/// it open.
#[component]
pub(crate) fn Card(
    /// Whether it is open.
    open: Memo<bool>,
    /// Clears what holds it open.
    clear: impl Fn() + Copy + Send + Sync + 'static,
    /// The element, for whoever has to scroll it.
    #[prop(optional)]
    node: NodeRef<Dialog>,
    /// The button that closes it, for whoever has to give it the focus.
    #[prop(optional)]
    close: NodeRef<Button>,
    /// Its class beside `card`.
    #[prop(optional)]
    class: &'static str,
    /// Its name, which no other has.
    label: &'static str,
    children: Children,
) -> impl IntoView {
    effect(move || {
        let (Some(dialog), wanted) = (node.get(), open.get()) else {
            return;
        };
        keep_open(label, usize::from(wanted), clear);
        match (wanted, dialog.open()) {
            // Fails only if it is open already.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    // The backdrop counts as the dialog itself, outside its box.
    let beside = move |event: web_sys::MouseEvent| {
        let Some(dialog) = node.get_untracked() else {
            return;
        };
        let on_itself = event.target().as_ref() == Some(dialog.as_ref());
        if on_itself && !browser::is_within(&dialog, &event) {
            clear();
        }
    };
    // Escape closes it first and says so later: by then it may be open again.
    let escaped = move |_| {
        if node.get_untracked().is_some_and(|dialog| !dialog.open()) {
            clear();
        }
    };
    view! {
        <dialog class=format!("card {class}") node_ref=node aria-label=label on:click=beside on:close=escaped>
            <div class="head">
                <button type="button" class="close" node_ref=close on:click=move |_| clear()>{t("Close")}</button>
            </div>
            {children()}
        </dialog>
    }
}
