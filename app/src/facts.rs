//! The library of facts: all of them, searched and filtered, and those of a chapter.

use std::sync::Arc;

use compute_loop_core::evidence::{self, Row};
use compute_loop_core::kind::Kind;
use compute_loop_core::words::{mark, t};
use compute_loop_core::{format, say};
use leptos::prelude::*;

use crate::content::{Chapter, SOURCES, chapters};
use crate::library::{self, Library, Shelf};
use crate::live::memo;
use crate::source::FactLink;
use crate::state::State;

/// How many results stand there at first; the rest comes when asked for.
const FIRST: usize = 40;

/// What the evidence fills: a word while it is on its way, or why it did not come.
pub(crate) fn from_shelf(
    state: State,
    content: impl Fn(&Arc<Library>) -> AnyView + Send + Sync + 'static,
) -> impl Fn() -> AnyView + Send + Sync + 'static {
    move || {
        match state.shelf.get() {
        Shelf::Open(library) => content(&library),
        Shelf::Failed(why) => view! {
            <p>
                {say!("The evidence could not be loaded ({reason}).", reason = why)} " "
                <button type="button" class="more" on:click=move |_| library::open(state.shelf)>{t("Try again")}</button>
            </p>
        }
        .into_any(),
        _ => view! { <p>{t("Loading the evidence …")}</p> }.into_any(),
    }
    }
}

/// A fact in a list: its value, what it says, its kind, date and source.
pub(crate) fn item(row: &Row, library: &Library, state: State) -> AnyView {
    let origin = library.origin(row);
    view! {
        <li data-listed=row.id.clone()>
            {FactLink { id: &row.id, kind: row.kind, origin: &origin, text: &format::fact(row), source: None, numbered: false, }.view(state)}
            " " {t(&row.statement).to_owned()} " "
            <span class="kind">{origin.clone()}</span>
        </li>
    }
    .into_any()
}

/// The facts of a chapter, listed when a reader first opens them.
pub(crate) fn of_chapter(chapter: &'static Chapter, state: State) -> impl IntoView {
    let opened = RwSignal::new(false);
    let list = from_shelf(state, move |library| {
        let rows = library.facts.iter();
        let rows = rows.filter(|row| u32::from(evidence::chapter(row)) == chapter.number);
        view! { <ul>{rows.map(|row| item(row, library, state)).collect_view()}</ul> }.into_any()
    });
    let list = StoredValue::new(list);
    let toggled = move |_| {
        if !opened.get_untracked() {
            opened.set(true);
            library::open(state.shelf);
        }
    };
    view! {
        <details class="facts of-chapter" data-facts-of=chapter.number on:toggle=toggled>
            <summary>{say!("Facts of this chapter ({count})", count = chapter.facts)}</summary>
            {move || opened.get().then(|| list.with_value(|list| list()))}
        </details>
    }
}

/// What a reader looks for; an empty text stands for all.
#[derive(Clone, Debug, Default, PartialEq)]
struct Wanted {
    words: String,
    kind: String,
    source: String,
    chapter: String,
}

impl Wanted {
    fn admits(&self, row: &Row, library: &Library) -> bool {
        (self.kind.is_empty() || row.kind.id() == self.kind)
            && (self.source.is_empty() || row.source == self.source)
            && (self.chapter.is_empty() || evidence::chapter(row).to_string() == self.chapter)
            && library
                .source(&row.source)
                .is_some_and(|source| row.mentions(&self.words, source))
    }
}

/// Every fact, searched and filtered.
pub(crate) fn all(library: &Arc<Library>, state: State) -> AnyView {
    let wanted = RwSignal::new(Wanted::default());
    let every = RwSignal::new(false);
    let total = library.facts.len();
    let found = {
        let library = Arc::clone(library);
        memo(move || {
            let facts = library.facts.iter().enumerate();
            wanted.with(|wanted| {
                let found = facts.filter(|(_, row)| wanted.admits(row, &library));
                found.map(|(place, _)| place).collect::<Vec<_>>()
            })
        })
    };
    let count = |belongs: &dyn Fn(&Row) -> bool| {
        let facts = library.facts.iter();
        facts.filter(|row| belongs(row)).count()
    };
    let kinds: Vec<(String, String)> = Kind::ALL
        .into_iter()
        .map(|kind| (kind, count(&|row| row.kind == kind)))
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| {
            (
                kind.id().to_owned(),
                say!("{name} ({count})", name = t(kind.name()), count),
            )
        })
        .collect();
    let sources = SOURCES.iter().map(|source| {
        let count = count(&|row| row.source == source.id);
        (
            source.id.to_owned(),
            say!("{name} ({count})", name = t(source.short), count),
        )
    });
    let chapters = chapters().iter().filter(|chapter| chapter.facts > 0);
    let chapters = chapters.map(|chapter| {
        let name = format!("{} {}", chapter.number, chapter.short);
        let name = say!("{name} ({count})", name, count = chapter.facts);
        (chapter.number.to_string(), name)
    });
    let change = move |set: fn(&mut Wanted, String), event: &web_sys::Event| {
        let value = event_target_value(event);
        every.set(false);
        wanted.update(|wanted| set(wanted, value));
    };
    let said = move || {
        let found = found.with(Vec::len);
        let rest = found.saturating_sub(FIRST);
        if rest == 0 || every.get() {
            say!("{found} of {total} facts", found, total)
        } else {
            say!(
                "{found} of {total} facts, the first {listed} listed",
                found,
                total,
                listed = FIRST
            )
        }
    };
    let shelf = Arc::clone(library);
    let list = move || {
        let most = if every.get() { usize::MAX } else { FIRST };
        found.with(|found| {
            let rows = found
                .iter()
                .take(most)
                .filter_map(|&place| shelf.facts.get(place));
            rows.map(|row| item(row, &shelf, state)).collect_view()
        })
    };
    let more = move || {
        let rest = found.with(Vec::len).saturating_sub(FIRST);
        (rest > 0 && !every.get()).then(|| {
            view! {
                <p>
                    <button type="button" class="more" on:click=move |_| every.set(true)>{say!("List the other {count}", count = rest)}</button>
                </p>
            }
        })
    };
    view! {
        <div class="facts" id="library">
            <div class="find">
                <label>
                    {t("Search")} " "
                    <input type="search" on:input=move |event| change(|wanted, text| wanted.words = text, &event) />
                </label>
                {choice(mark("Kind"), t("all kinds"), kinds, move |event| change(|wanted, text| wanted.kind = text, &event))}
                {choice(mark("Source"), t("all sources"), sources.collect(), move |event| change(|wanted, text| wanted.source = text, &event))}
                {choice(mark("Chapter"), t("all chapters"), chapters.collect(), move |event| change(|wanted, text| wanted.chapter = text, &event))}
            </div>
            <p aria-live="polite">{said}</p>
            <ul>{list}</ul>
            {more}
        </div>
    }
    .into_any()
}

/// A filter: everything, or one of some values, each with its id and its name.
fn choice(
    name: &'static str,
    all: &'static str,
    options: Vec<(String, String)>,
    chosen: impl Fn(web_sys::Event) + 'static,
) -> AnyView {
    let options = options
        .into_iter()
        .map(|(id, name)| view! { <option value=id>{name}</option> });
    view! {
        <label>
            {t(name)} " "
            <select data-filter=name on:change=chosen>
                <option value="">{all}</option>
                {options.collect_view()}
            </select>
        </label>
    }
    .into_any()
}
