//! Dialogs over the page. Each is open as long as something says so, and one that lies
//! over another closes first: by its button, by Escape, by a click beside it, or by going
//! back in the browser's history.

use std::cell::{Cell, RefCell};

use leptos::html::{Button, Dialog};
use leptos::prelude::*;

use crate::browser;

thread_local! {
    /// The dialogs that are open, the topmost last. Each has made a step in the browser's
    /// history, for Back to close it, unless the browser refused.
    static OPEN: RefCell<Vec<Step>> = const { RefCell::new(vec![]) };
    /// Steps back that are under way because a dialog was closed: they close no other.
    static AWAITED: Cell<u32> = const { Cell::new(0) };
}

/// An open dialog.
struct Step {
    /// The dialog's name.
    label: &'static str,
    made: bool,
    clear: Box<dyn Fn()>,
}

/// Lets Back close what is open. To be called once.
pub(crate) fn follow_history() {
    browser::on_back(|| {
        if AWAITED.get() > 0 {
            AWAITED.set(AWAITED.get() - 1);
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

fn opened(label: &'static str, clear: impl Fn() + 'static) {
    let step = Step {
        label,
        made: browser::leave_a_step(),
        clear: Box::new(clear),
    };
    OPEN.with_borrow_mut(|open| open.push(step));
}

fn closed(label: &'static str) {
    let step = OPEN.with_borrow_mut(|open| {
        let place = open.iter().position(|step| step.label == label)?;
        Some(open.remove(place))
    });
    if step.is_some_and(|step| step.made) {
        AWAITED.set(AWAITED.get() + 1);
        browser::go_back();
    }
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
    Effect::new(move |_| {
        let (Some(dialog), wanted) = (node.get(), open.get()) else {
            return;
        };
        match (wanted, dialog.open()) {
            (true, false) => {
                opened(label, clear);
                // Fails only if it is open already.
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
        if !wanted {
            closed(label);
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
            <button type="button" class="close" node_ref=close on:click=move |_| clear()>"Close"</button>
            {children()}
        </dialog>
    }
}
