//! The page as a whole.

use compute_loop_core::levers::Lever;
use compute_loop_core::odds::Asked;
use compute_loop_core::preset::PRESETS;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::words::{ENGLISH, LANGUAGES, language, t};
use compute_loop_core::{format, link, say};
use leptos::html::{Div, Dl, Section};
use leptos::prelude::*;

use crate::bar::{BAR_HEIGHT, LeverBar, Steps, keep_focus};
use crate::browser::{self, Place};
use crate::charts::Chart;
use crate::chunks;
use crate::compare::CompareChoice;
use crate::content::{Block, HEADLINE, Head, headline, heads, opening};
use crate::drawer;
use crate::figure::{self, Figure};
use crate::kinds::KindsSwitch;
use crate::lever::{Detail, LeverControl};
use crate::live::{effect, live, yes};
use crate::odds::{Range, RangesSwitch, Stand, Want};
use crate::palette::Theme;
use crate::phrase::phrase;
use crate::prose::{OutputNumber, sentence};
use crate::query::Part;
use crate::quote::QuoteButton;
use crate::room::IN_BRACKETS;
use crate::sight;
use crate::state::State;

/// Everything below the document's body.
#[component]
pub(crate) fn Page(state: State) -> impl IntoView {
    let place = RwSignal::new(Place::Inside);
    view! {
        <a class="skip" href="#chapter-1" on:click=move |event| follow(&event, "chapter-1", state)>{t("Skip to the chapters")}</a>
        <Masthead state />
        {live(move || {
            let printing = state.printing.get();
            printing.then(|| chunks::with_chapters(state, move |chapters| (chapters.on_paper)(state)))
        })}
        <Notices state />
        <main>
            <Opening state place />
            <Contents state />
            {heads().iter().map(|head| view! { <ChapterPlace head state /> }).collect_view()}
        </main>
        <LeverBar state place />
        {chunks::over_the_page(state)}
        {chunks::share_card(state)}
    }
}

/// Follows a link inside the page without touching the address: its fragment is the
/// scenario's.
fn follow(event: &web_sys::MouseEvent, id: &'static str, state: State) {
    event.prevent_default();
    // Where a chapter stands is known once those before it are there.
    chunks::when_complete(state, move || browser::go_to(id));
}

#[component]
fn Masthead(state: State) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let address = browser::address(&link::encode(&state.scenario.get_untracked()));
        browser::copy(&address.clone(), move |done| {
            if done {
                copied.set(true);
                gloo::timers::callback::Timeout::new(2000, move || copied.set(false)).forget();
            } else {
                state.tell(say!(
                    "The browser did not allow copying. The link is {address}",
                    address
                ));
            }
        });
    };
    let dark = move || state.theme.get() == Theme::Dark;
    let switch = move |_| {
        let theme = if dark() { Theme::Light } else { Theme::Dark };
        state.tell_if_lost(browser::keep_theme(theme));
        state.theme.set(theme);
    };
    view! {
        <header class="masthead">
            <p class="brand">{t("The Compute Loop")}</p>
            <div class="tools">
                <button type="button" class="copy" data-longer=t("Link copied") on:click=copy>{live(move || if copied.get() { t("Link copied") } else { t("Copy link") })}</button>
                <button type="button" id="share" aria-haspopup="dialog" on:click=move |_| state.share.set(Some(Part::default()))>{t("Share")}</button>
                <RangesSwitch state />
                <button type="button" on:click=switch aria-pressed=yes(dark)>
                    {t("Dark")}
                </button>
                {other_languages(state)}
            </div>
        </header>
    }
}

/// The way to the same scenario in each other language, by its own name.
fn other_languages(state: State) -> AnyView {
    let others = LANGUAGES.into_iter().filter(|other| **other != *language());
    let ways = others.map(|other| {
        let asked = Some(other).filter(|other| **other != ENGLISH);
        let go = move |event: web_sys::MouseEvent| {
            event.prevent_default();
            browser::open_in(asked, &link::encode(&state.scenario.get_untracked()));
        };
        view! {
            <a class="language" lang=other.code hreflang=other.code href=browser::query().in_language(asked) on:click=go>
                {other.name}
            </a>
        }
    });
    ways.collect_view().into_any()
}

/// What a printed page says of itself.
pub(crate) fn on_paper(state: State) -> AnyView {
    view! { <OnPaper state /> }.into_any()
}

/// What a printed page has to say of itself: where it is from, of which day, and which
/// beliefs it rests on.
#[component]
fn OnPaper(state: State) -> impl IntoView {
    let now = state.scenario.get_untracked();
    let address = browser::address(&link::encode(&now));
    let named = PRESETS.iter().find(|preset| preset.scenario() == now);
    let scenario = named.map_or_else(
        || t("Scenario of the reader’s own.").to_owned(),
        |preset| {
            let (name, reason) = (t(preset.name), t(preset.reason));
            say!("Scenario “{name}”. {reason}", name, reason)
        },
    );
    let changed: Vec<Lever> = Lever::ALL
        .into_iter()
        .filter(|&lever| now.get(lever).to_bits() != lever.spec().default.to_bits())
        .collect();
    let beliefs = (!changed.is_empty()).then(|| {
        let items = changed.into_iter().map(|lever| {
            let spec = lever.spec();
            let value = view! { <b>{format::lever(lever, now.get(lever))}</b> };
            let said = phrase(
                t("{belief}: {value} (default {default})"),
                vec![
                    ("belief", t(spec.label).into_any()),
                    ("value", value.into_any()),
                    ("default", format::lever(lever, spec.default).into_any()),
                ],
            );
            view! { <li>{said}</li> }
        });
        view! {
            <p>{t("Beliefs that differ from the defaults:")}</p>
            <ul>{items.collect_view()}</ul>
        }
    });
    view! {
        <div class="on-paper">
            <p>{say!("{address}, printed on {date}. {scenario}", address, date = browser::today(), scenario)}</p>
            {beliefs}
        </div>
    }
}

/// What the reader has to be told, each to be put away.
#[component]
pub(crate) fn Notices(state: State) -> impl IntoView {
    let item = move |notice: String| {
        let done = notice.clone();
        let put_away = move |_| {
            state
                .notices
                .update(|notices| notices.retain(|other| *other != done));
        };
        view! {
            <li>
                {notice} " "
                <button type="button" on:click=put_away>{t("Dismiss")}</button>
            </li>
        }
    };
    view! {
        <p class="unseen" aria-live="polite" id="announced">{state.announcer.said}</p>
        <div role="status" class="notices">
            <ul>{live(move || state.notices.get().into_iter().map(item).collect_view())}</ul>
        </div>
    }
}

/// The first screen: the sentence, the chart, three sliders, four figures. Each of the named
/// scenarios moves one of the figures at least.
#[component]
fn Opening(state: State, place: RwSignal<Place>) -> impl IntoView {
    let section = NodeRef::<Section>::new();
    let state = state.where_seen(sight::within(section, sight::AROUND));
    let three = NodeRef::<Div>::new();
    effect(move || {
        if let Some(three) = three.get() {
            browser::on_place(&three, BAR_HEIGHT, move |now| place.set(now));
        }
    });
    let list = NodeRef::<Dl>::new();
    let seen = sight::within(list, sight::AROUND);
    state.odds().want_while(
        move || seen.get() || state.printing.get(),
        || Want {
            asked: HEADLINE.map(|(_, output)| Asked::of(output)).to_vec(),
            ..Want::default()
        },
    );
    let figures = HEADLINE
    .map(|(name, output)| {
        view! {
            <div>
                <dt>{t(name)}</dt>
                <dd><OutputNumber output state /> " " <Range output state /> <QuoteButton output state /></dd>
            </div>
        }
    });
    view! {
        <section node_ref=section class="opening" aria-labelledby="headline">
            <h1 id="headline">{sentence(headline(), state)}</h1>
            <div class="stage">
                <Figure chart=Chart::Gap hand=figure::FIRST state />
                <div class="primary">
                    <div node_ref=three>
                        {Lever::PRIMARY
                            .map(|lever| view! { <LeverControl lever state place="first" detail=Detail::Short /> })
                            .collect_view()}
                    </div>
                    <Commands state />
                </div>
            </div>
            <dl class="figures" node_ref=list>{figures.collect_view()}</dl>
            <Stand state before=IN_BRACKETS after="" />
            {chunks::comparison(state)}
            <div class="standfirst" class:missing=live(move || !chunks::have_chapters(state)) id="standfirst">
                {chunks::with_chapters(state, move |chapters| (chapters.standfirst)(state))}
            </div>
        </section>
    }
}

/// What stands under the first screen: what the question is, and how to ask.
pub(crate) fn standfirst(state: State) -> AnyView {
    let paragraphs = opening().iter().skip(1).filter_map(|block| match block {
        Block::Paragraph(spans) => Some(view! { <p>{sentence(spans, state)}</p> }),
        _ => None,
    });
    view! {
        {paragraphs.collect_view()}
        <Hint />
        <KindsSwitch state place="opening" />
    }
    .into_any()
}

/// Scenarios, reset, undo, redo, all beliefs.
#[component]
fn Commands(state: State) -> impl IntoView {
    let changed = move || state.scenario.get() != Scenario::default();
    let preset = move || {
        let now = state.scenario.get();
        PRESETS
            .iter()
            .find(|preset| preset.scenario() == now)
            .map_or("", |preset| preset.id)
    };
    let chosen = move |event: web_sys::Event| {
        let id = event_target_value(&event);
        if let Some(preset) = PRESETS.iter().find(|preset| preset.id == id) {
            state.replace(&preset.scenario());
        }
    };
    let reason = move || {
        let id = preset();
        if let Some(preset) = PRESETS.iter().find(|preset| preset.id == id) {
            return t(preset.reason).to_owned();
        }
        let now = state.scenario.get();
        chunks::viewpoint(state, &now).unwrap_or_else(|| t("Your own scenario.").to_owned())
    };
    view! {
        <div class="commands">
            <label class="scenario">
                <span>{t("Scenario")}</span>
                <select id="scenario" prop:value=preset on:change=chosen>
                    <option value="" disabled>{t("your own")}</option>
                    {PRESETS.iter().map(|preset| view! { <option value=preset.id>{t(preset.name)}</option> }).collect_view()}
                </select>
            </label>
            <p class="preset-reason">{reason}</p>
            <CompareChoice state />
            <div class="buttons">
                <button type="button" id="all-beliefs" aria-expanded=yes(move || state.drawer.get()) on:click=move |_| drawer::show(state, !state.drawer.get_untracked())>
                    {say!("All {count} beliefs", count = Lever::COUNT)}
                </button>
                <button type="button" id="reset" disabled=live(move || !changed()) on:click=move |_| {
                        state.replace(&Scenario::default());
                        keep_focus(false, "undo");
                    }>
                    {t("Reset")}
                </button>
                <Steps state place="" />
            </div>
        </div>
    }
}

/// How numbers in sentences can be changed, said once.
#[component]
fn Hint() -> impl IntoView {
    let line = |class: &'static str, name: &'static str| {
        view! { <span class=class>{name}</span> }.into_any()
    };
    let ways = view! {
        {line("by-touch", t("tap it to type"))}
        {line("by-mouse", t("click it to type; Delete takes it back"))}
    };
    let said = phrase(
        t(
            "Numbers with a {solid} are beliefs: drag one sideways, or {type}. A {dotted} leads to a source, a {thin} to the formula and all that it rests on.",
        ),
        vec![
            ("solid", line("as-belief", t("solid line"))),
            ("type", ways.into_any()),
            ("dotted", line("as-fact", t("dotted line"))),
            ("thin", line("as-live", t("thin line"))),
        ],
    );
    view! { <p class="hint">{said}</p> }
}

/// Where a chapter stands: its title, and the chapter once it has come.
#[component]
fn ChapterPlace(head: &'static Head, state: State) -> impl IntoView {
    let place = NodeRef::<Section>::new();
    view! {
        <section
            node_ref=place
            class="chapter"
            class:missing=chunks::is_missing(head.number, state)
            id=head.id
            tabindex="-1"
            aria-labelledby=format!("{}-title", head.id)
        >
            {head.numbered().then(|| view! { <p class="number">{head.number}</p> })}
            <h2 id=format!("{}-title", head.id)>{head.title}</h2>
            {chunks::chapter(head.number, place, state)}
        </section>
    }
}

#[component]
fn Contents(state: State) -> impl IntoView {
    let items = heads().iter().map(|head| {
        view! {
            <li class:numbered=head.numbered()>
                <a href=format!("#{}", head.id) on:click=move |event| follow(&event, head.id, state)>{head.short}</a>
            </li>
        }
    });
    view! {
        <nav class="contents" aria-label=t("Chapters")>
            <ol>{items.collect_view()}</ol>
        </nav>
    }
}
