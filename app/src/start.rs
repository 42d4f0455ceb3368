//! From an empty document to a page that answers.

use std::rc::Rc;

use compute_loop_core::levers::Lever;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::words::{ENGLISH, Language, language};
use compute_loop_core::{link, model, say};
use gloo::events::EventListener;
use gloo::render::request_animation_frame;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, KeyboardEvent};

use crate::figure::Hand;
use crate::live::effect;
use crate::odds::Odds;
use crate::opening::{self, ForgetFrame as _, Handed};
use crate::page::Page;
use crate::state::State;
use crate::{api, browser, chunks, content, dialog, embed, facade};

/// How long the address waits for a movement to end. Browsers refuse more than a few
/// writes a second.
pub(crate) const LINK_DELAY_MS: u32 = 300;

/// How close below the window the chapters have to be to be fetched unasked.
const NEAR: &str = "0px";

/// Signs of a reader.
pub(crate) const SIGNS: [&str; 6] = [
    "pointerdown",
    "pointermove",
    "keydown",
    "wheel",
    "scroll",
    "touchstart",
];

/// Makes the served page live; in a worker there is none, and the module answers what the
/// page asks of it.
pub fn mount() {
    if web_sys::window().is_none() {
        chunks::answer_as_worker();
    } else if browser::is_embed() {
        chunks::mount_embed();
    } else {
        // A task of its own: compiling the module was one.
        Timeout::new(0, || {
            if !opening::begin() {
                chunks::when_whole(|whole| (whole.mount)(None));
            }
        })
        .forget();
    }
}

/// Mounts the whole page on the document's body, with what a reader has done on the first
/// screen, if that was live before.
pub(crate) fn mount_whole(handed: Option<Handed>) {
    let acted = handed.as_ref().is_some_and(|handed| handed.acted);
    mount_with(handed, move |state| {
        follow_reader(state, true, acted);
        mark_painted(state.odds());
        view! { <Page state /> }.into_any()
    });
}

/// Mounts the view for other pages, once its chart can be made.
pub(crate) fn mount_embed() {
    let Some(embed) = browser::query().embed.as_ref() else {
        return;
    };
    let chart = embed.part.chart();
    chunks::when_hand(chart, move |hand| {
        facade::give_way(move |handed| {
            let acted = handed.as_ref().is_some_and(|handed| handed.acted);
            mount_with(handed, move |state| {
                // Only one with the first chart has something in the chapters.
                follow_reader(state, Hand::first(chart).is_some(), acted);
                mark_painted(state.odds());
                embed::view(embed, hand, state)
            });
        });
    });
}

fn mount_with(handed: Option<Handed>, view: impl FnOnce(State) -> AnyView + 'static) {
    // Erased, so that the rest is compiled once.
    let view: Box<dyn FnOnce(State) -> AnyView> = Box::new(view);
    match browser::asked_language() {
        None => mount_said(handed, None, view),
        // Nothing is shown before it can be said.
        Some(language) => spawn_local(async move {
            let page = chunks::language(language).await;
            content::speak(page);
            mount_said(handed, page.is_none().then_some(language), view);
        }),
    }
}

/// Mounts it in the language spoken; `missing` is one that was asked for and did not come.
fn mount_said(
    handed: Option<Handed>,
    missing: Option<&'static Language>,
    view: Box<dyn FnOnce(State) -> AnyView>,
) {
    browser::show_language(language());
    mount_to_body(move || {
        let theme = browser::first_theme();
        let state = match handed {
            Some(handed) => {
                let state = State::of(handed.history, vec![], theme);
                if let Some(link) = handed.link {
                    follow_to(&link, state);
                }
                state
            }
            None => State::of_link(&scenario_fragment(), theme),
        };
        for notice in &browser::query().notices {
            state.tell(notice.clone());
        }
        if let Some(language) = missing {
            state.tell(say!(
                "The words in {language} could not be fetched; the page is in English.",
                language = language.name
            ));
        }
        follow_theme(state);
        effect(move || browser::show_kinds(state.kinds.get()));
        effect(move || {
            // The served words are those of the defaults, in English.
            let other = state.scenario.get() != Scenario::default();
            browser::show_changed(other || language() != &ENGLISH);
        });
        follow_ratio(state);
        follow_printing(state);
        follow_link(state);
        follow_keys(state);
        dialog::follow_history();
        api::hand(Rc::new(state));
        browser::remove_placeholder();
        view(state)
    });
    browser::say_replaced();
}

/// Marks the page as painted once it is, and has worlds drawn from then on.
fn mark_painted(odds: Odds) {
    // Two frames on, the first outcome has been painted.
    request_animation_frame(move |_| {
        request_animation_frame(move |_| {
            Timeout::new(0, move || {
                browser::mark_ready();
                // Worlds come after the page: the first of them cost more than a frame.
                Timeout::new(0, move || odds.wake()).forget();
            })
            .forget();
        })
        .forget_frame();
    })
    .forget_frame();
}

/// Fetches the rest of the page once the reader does anything, or gets near it; without
/// chapters, the engine alone. Who has `acted` already has it at once.
fn follow_reader(state: State, chapters: bool, acted: bool) {
    let begin = move || {
        if chapters {
            chunks::want_chapters(state);
        }
        chunks::want_engine(state);
    };
    // Whoever comes for a chapter is near them at once.
    request_animation_frame(move |_| {
        if acted || browser::is_scrolled() {
            begin();
        }
    })
    .forget_frame();
    let listeners =
        SIGNS.map(|sign| EventListener::once(&gloo::utils::window(), sign, move |_| begin()));
    for listener in listeners {
        listener.forget();
    }
    // Of other beliefs, or other worlds, the build knows nothing.
    effect(move || {
        if state.odds().lacks() {
            chunks::want_engine(state);
        }
    });
    effect(move || {
        if let Some(first) = gloo::utils::document().get_element_by_id("standfirst") {
            browser::on_crossing(&first, NEAR, move |inside| {
                if inside {
                    begin();
                }
            });
        }
        if state.printing.get() {
            begin();
        }
    });
}

/// The fragment, if it holds a scenario.
fn scenario_fragment() -> String {
    Some(browser::fragment())
        .filter(|fragment| browser::is_scenario(fragment))
        .unwrap_or_default()
}

fn follow_theme(state: State) {
    effect(move || browser::show_theme(state.theme.get()));
    browser::on_system_theme(move |theme| state.theme.set(theme));
}

/// Follows zoom, and a window that moves to another screen: charts are drawn again.
fn follow_ratio(state: State) {
    state.ratio.set(gloo::utils::window().device_pixel_ratio());
    browser::on_other_ratio(move || follow_ratio(state));
}

/// Draws everything before the page is printed.
fn follow_printing(state: State) {
    for (event, printing) in [("beforeprint", true), ("afterprint", false)] {
        EventListener::new(&gloo::utils::window(), event, move |_| {
            state.printing.set(printing);
            browser::open_for_print(printing);
        })
        .forget();
    }
}

/// Keeps the address and the scenario the same, either way.
fn follow_link(state: State) {
    let waiting = StoredValue::new_local(None::<Timeout>);
    Effect::new(move |before: Option<()>| {
        let link = link::encode(&state.scenario.get());
        // The link that the page came with stays until something moves.
        if before.is_some() {
            let write = Timeout::new(LINK_DELAY_MS, move || browser::write_fragment(&link));
            // The timer that waited before is dropped, and with it its write.
            waiting.set_value(Some(write));
        }
    });
    browser::on_fragment(move |fragment, same_visit| {
        if same_visit {
            browser::write_fragment(&link::encode(&state.scenario.get_untracked()));
            return;
        }
        if !browser::is_scenario(&fragment) {
            return;
        }
        follow_to(&fragment, state);
    });
}

/// Goes to the scenario of a link, as one step.
fn follow_to(link: &str, state: State) {
    let read = link::read(link);
    for notice in read.notices(&model::run_in(&read.scenario)) {
        state.tell(notice.to_string());
    }
    state.replace(&read.scenario);
}

/// Undo and redo by their usual keys, except where a text field has its own.
fn follow_keys(state: State) {
    EventListener::new_with_options(
        &gloo::utils::document(),
        "keydown",
        gloo::events::EventListenerOptions::enable_prevent_default(),
        move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                return;
            };
            if !(event.ctrl_key() || event.meta_key()) || in_text_field(event, state) {
                return;
            }
            // With Caps Lock the key is a capital: only the shift key tells redo.
            match event.key().to_ascii_lowercase().as_str() {
                "z" if !event.shift_key() => state.undo(),
                "z" | "y" => state.redo(),
                _ => return,
            }
            event.prevent_default();
        },
    )
    .forget();
}

/// Whether a text field is the target, whose own undo comes first. The field of a lever
/// that shows what holds has nothing of its own to take back.
fn in_text_field(event: &KeyboardEvent, state: State) -> bool {
    let field = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    field.is_some_and(|field| {
        let holds = field
            .get_attribute("data-lever-number")
            .and_then(|id| Lever::from_id(&id))
            .map(|lever| link::value_text(lever, state.scenario.get_untracked().get(lever)));
        matches!(field.type_().as_str(), "text" | "search") && holds != Some(field.value())
    })
}
