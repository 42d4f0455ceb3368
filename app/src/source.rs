//! The card of a fact and the page of a source document, in a dialog over the page.

use compute_loop_core::evidence::{self, Conflict, Row, Source};
use compute_loop_core::fact::Fact;
use compute_loop_core::kind::Kind;
use compute_loop_core::levers::{Basis, Lever};
use compute_loop_core::words::t;
use compute_loop_core::{cite, format, quote, replication, say};
use gloo::timers::callback::Timeout;
use leptos::html::{Button, Dialog};
use leptos::prelude::*;

use crate::browser;
use crate::chunks;
use crate::content::{SOURCES, chapters};
use crate::dialog::{self, Card};
use crate::facts::{from_shelf, item};
use crate::library::{self, Library};
use crate::live::memo;
use crate::phrase::phrase;
use crate::quote::copyable;
use crate::state::State;

/// The dialog that opens over the page for a fact or a source document. A fact lies over
/// the document that it was opened from.
#[component]
pub(crate) fn FactCard(state: State) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let close = NodeRef::<Button>::new();
    let open =
        memo(move || state.fact.with(Option::is_some) || state.document.with(Option::is_some));
    Effect::new(move |was_open: Option<bool>| {
        state.fact.track();
        state.document.track();
        let open = open.get();
        if open {
            library::open(state.shelf);
        }
        if let (true, Some(true), Some(dialog)) = (open, was_open, dialog.get_untracked()) {
            // What had the focus may be gone with the content.
            if let Some(close) = close.get_untracked() {
                browser::focus_still(&close);
            }
            dialog.set_scroll_top(0);
        }
        open
    });
    let clear = move || {
        state.fact.set(None);
        state.document.set(None);
    };
    let content = move || {
        if let Some(id) = state.fact.get() {
            Some(from_shelf(state, move |library| card(&id, library, state))).into_any()
        } else if let Some(id) = state.document.get() {
            Some(from_shelf(state, move |library| {
                document(&id, library, state)
            }))
            .into_any()
        } else {
            ().into_any()
        }
    };
    view! {
        <Card open clear node=dialog close class="about-source" label=t("Source")>
            {content}
        </Card>
    }
}

/// A way to another place of the page, which closes all that lies over it. An embed has no
/// other places: the text alone.
fn place_link(place: String, text: String, state: State) -> AnyView {
    if browser::query().embed.is_some() {
        return text.into_any();
    }
    let wanted = place.clone();
    let go = move |_| {
        dialog::leave();
        // A check may be filtered out.
        state.verdict.set(String::new());
        // A dialog that closes gives the focus back: the place takes it after that.
        let wanted = wanted.clone();
        Timeout::new(0, move || {
            chunks::when_complete(state, move || browser::reveal(&wanted));
        })
        .forget();
    };
    view! { <button type="button" class="more" data-place=place on:click=go>{text}</button> }
        .into_any()
}

/// The name of a source document, leading to its page.
pub(crate) fn document_link(id: &str, text: &str, state: State) -> AnyView {
    let wanted = id.to_owned();
    let open = move |_| {
        state.document.set(Some(wanted.clone()));
        state.fact.set(None);
    };
    view! {
        <button type="button" class="document" data-document=id.to_owned() on:click=open>
            {text.to_owned()}
        </button>
    }
    .into_any()
}

/// The names of source documents as a chapter lists them.
pub(crate) fn documents(names: &[&str], state: State) -> AnyView {
    let links = names.iter().enumerate().map(|(i, name)| {
        let source = SOURCES.iter().find(|source| source.short == *name);
        let comma = if i > 0 { t(", ") } else { "" };
        view! { {comma} {source.map(|source| document_link(source.id, t(name), state))} }
    });
    links.collect_view().into_any()
}

/// A published number, or what it is called, that leads to its card and says its kind
/// and date.
pub(crate) struct FactLink<'a> {
    /// The fact.
    pub(crate) id: &'a str,
    /// Its kind.
    pub(crate) kind: Kind,
    /// Kind, date and source in a few words.
    pub(crate) origin: &'a str,
    /// What is shown.
    pub(crate) text: &'a str,
    /// The number of its source on paper, where it is to stand there.
    pub(crate) source: Option<usize>,
    /// Whether the text is only a number by which several facts are told apart.
    pub(crate) numbered: bool,
}

impl FactLink<'_> {
    /// As a button.
    pub(crate) fn view(self, state: State) -> AnyView {
        let id = self.id.to_owned();
        // A number says nothing by itself; who speaks it to the page means the one shown.
        let (class, name) = if self.numbered {
            ("fact mark", format!("{}: {}", self.text, self.id))
        } else {
            ("fact", self.text.to_owned())
        };
        view! {
            <button
                type="button"
                class=class
                data-fact=id.clone()
                data-source=self.source
                data-mark=self.kind.letter()
                data-kind=t(self.kind.name())
                title=self.origin.to_owned()
                aria-label=say!("{name}, {origin}", name, origin = self.origin)
                on:click=move |_| state.fact.set(Some(id.clone()))
            >
                {self.text.to_owned()}
            </button>
        }
        .into_any()
    }
}

/// A way to a fact of the model's constants, under a text.
pub(crate) fn fact_link(fact: &Fact, text: &str, state: State) -> AnyView {
    link(fact, text, false, state)
}

/// A small numbered way to it.
pub(crate) fn fact_mark(fact: &Fact, number: usize, state: State) -> AnyView {
    let mark = link(fact, &number.to_string(), true, state);
    view! { {mark} " " }.into_any()
}

fn link(fact: &Fact, text: &str, numbered: bool, state: State) -> AnyView {
    FactLink {
        id: fact.id,
        kind: fact.kind,
        origin: &fact.origin().words(),
        text,
        source: None,
        numbered,
    }
    .view(state)
}

fn card(id: &str, library: &Library, state: State) -> AnyView {
    let Some(row) = library.fact(id) else {
        return view! { <p>{say!("There is no fact called {id}.", id)}</p> }.into_any();
    };
    let source = library.source(&row.source);
    let said = source.map(|source| {
        let publisher = source
            .publisher
            .as_deref()
            .map_or_else(|| t("publisher not stated"), t);
        phrase(
            t("{title} ({publisher}), line {line}. {dated}"),
            vec![
                (
                    "title",
                    view! { <span lang="en">{document_link(&source.id, &source.title, state)}</span> }.into_any(),
                ),
                ("publisher", publisher.to_owned().into_any()),
                ("line", row.line.into_any()),
                ("dated", t(&source.dated).to_owned().into_any()),
            ],
        )
    });
    let meaning = phrase(
        t("{kind}. {meaning}"),
        vec![
            ("kind", view! { <b>{t(row.kind.name())}</b> }.into_any()),
            ("meaning", t(row.kind.meaning()).into_any()),
        ],
    );
    let date = source.map_or_else(|| t("undated").to_owned(), |source| row.date(source));
    // It was opened from the page of a source.
    let below = state.document.get_untracked();
    let below = below.and_then(|id| SOURCES.iter().find(|source| source.id == id));
    view! {
        {below.map(|source| view! {
            <button type="button" class="more back" on:click=move |_| state.fact.set(None)>{say!("Back to {source}", source = t(source.short))}</button>
        })}
        <p class="kind">{say!("{subject}: {metric}", subject = format::capital(t(&row.subject)), metric = t(&row.metric))}</p>
        <p class="amount">{format::fact(row)}</p>
        <p class="statement">{t(&row.statement).to_owned()}</p>
        {row.note.as_deref().map(|note| view! { <p class="note">{t(note).to_owned()}</p> })}
        <dl>
            <dt>{t("Kind")}</dt>
            <dd>{meaning}</dd>
            <dt>{t("Refers to")}</dt>
            <dd>{date}</dd>
            <dt>{t("Source")}</dt>
            <dd>{said}</dd>
            <dt>{t("Id")}</dt>
            <dd><code>{row.id.clone()}</code></dd>
        </dl>
        {source.map(|source| quotes(row, source))}
        {uses(row, library, state)}
    }
    .into_any()
}

/// What can be copied of a fact: a sentence, and the citation of its document.
fn quotes(row: &Row, source: &Source) -> impl IntoView + use<> {
    let fixed = |text: String| memo(move || text.clone());
    view! {
        <details class="quotes">
            <summary>{t("Quote and cite")}</summary>
            {copyable(t("Sentence"), "fact-sentence", fixed(quote::fact(row, source)))}
            {copyable(t("Citation of the source"), "source-citation", fixed(cite::source(source)))}
            {copyable(t("BibTeX of the source"), "source-bibtex", fixed(cite::source_bibtex(source)))}
        </details>
    }
}

/// Where a fact is used: its chapter, beliefs, checks and disagreements.
fn uses(row: &Row, library: &Library, state: State) -> AnyView {
    let home = u32::from(evidence::chapter(row));
    let chapters = chapters().iter().filter(|chapter| {
        chapter.number == home || ((1..=9).contains(&chapter.number) && chapter.names_fact(&row.id))
    });
    let chapters = chapters.map(|chapter| {
        let text = format!("{} {}", chapter.number, chapter.title);
        view! { <li>{place_link(format!("chapter-{}", chapter.number), text, state)}</li> }
    });
    let beliefs = Lever::ALL.into_iter().filter_map(|lever| {
        let spec = lever.spec();
        let default = matches!(spec.basis, Basis::Published(fact) if fact.id == row.id);
        let tick = spec.ticks.iter().any(|tick| tick.fact == row.id);
        let how = match (default, tick) {
            (true, _) => t("{belief} (its default)"),
            (false, true) => t("{belief} (a published value on its slider)"),
            (false, false) => return None,
        };
        let way = place_link(
            format!("chapter-{}", spec.chapter),
            t(spec.label).to_owned(),
            state,
        );
        Some(view! { <li>{phrase(how, vec![("belief", way)])}</li> })
    });
    let rows = replication::in_order(replication::replicate(&state.outcome.get_untracked()));
    let checks = rows
        .into_iter()
        .filter(|check| check.facts.iter().any(|fact| fact.id == row.id));
    let checks = checks.map(|check| {
        let text = format!("{} {}", check.id, t(check.figure));
        let way = place_link(format!("row-{}", check.id), text, state);
        let verdict = t(check.verdict.name()).into_any();
        view! { <li>{phrase(t("{check} ({verdict})"), vec![("check", way), ("verdict", verdict)])}</li> }
    });
    let about = |conflict: &&Conflict| {
        let mut sides = conflict.sides.iter();
        sides.any(|side| side.facts.contains(&row.id))
    };
    let conflicts = library.conflicts.iter().filter(about).map(disagreement);
    view! {
        <div class="uses">
            {part(t("Chapters"), chapters.collect())}
            {part(t("Beliefs"), beliefs.collect())}
            {part(t("Checks"), checks.collect())}
            {part(t("Disagreements"), conflicts.collect())}
        </div>
    }
    .into_any()
}

/// A list under a heading, where there is anything to list.
fn part<T: IntoView + 'static>(name: &'static str, items: Vec<T>) -> AnyView {
    if items.is_empty() {
        return ().into_any();
    }
    view! { <h3>{name}</h3> <ul>{items.into_iter().map(IntoAny::into_any).collect_view()}</ul> }
        .into_any()
}

/// A disagreement that opens where it stands.
fn disagreement(conflict: &Conflict) -> AnyView {
    let sides = conflict
        .sides
        .iter()
        .map(|side| view! { <li>{t(&side.says).to_owned()}</li> });
    view! {
        <li>
            <details data-about=conflict.id.clone()>
                <summary>{conflict.id.clone()} " " {format::unbroken(t(&conflict.title))}</summary>
                <ul>{sides.collect_view()}</ul>
                <p><em>{t("Why.")} " "</em> {t(&conflict.reason).to_owned()}</p>
            </details>
        </li>
    }
    .into_any()
}

/// The page of a source document: what it is, and every fact from it in the order of its
/// lines.
fn document(id: &str, library: &Library, state: State) -> AnyView {
    let Some(source) = library.source(id) else {
        return view! { <p>{say!("There is no source called {id}.", id)}</p> }.into_any();
    };
    let mut rows: Vec<&Row> = library
        .facts
        .iter()
        .filter(|row| row.source == id)
        .collect();
    rows.sort_by_key(|row| row.line);
    let kinds = Kind::ALL.into_iter().filter_map(|kind| {
        let count = rows.iter().filter(|row| row.kind == kind).count();
        (count > 0).then(|| say!("{kind} {count}", kind = t(kind.name()), count))
    });
    let kinds: Vec<String> = kinds.collect();
    let ours = |fact: &String| rows.iter().any(|row| row.id == *fact);
    let conflicts = library.conflicts.iter().filter(|conflict| {
        let mut facts = conflict.sides.iter().flat_map(|side| &side.facts);
        facts.any(ours)
    });
    let conflicts: Vec<AnyView> = conflicts.map(disagreement).collect();
    let publisher = source
        .publisher
        .as_deref()
        .map_or_else(|| t("not stated"), t);
    view! {
        <div class="facts document-page" data-page-of=source.id.clone()>
            <h2 lang="en">{source.title.clone()}</h2>
            <dl>
                <dt>{t("Publisher")}</dt>
                <dd>{publisher.to_owned()}</dd>
                <dt>{t("Date")}</dt>
                <dd>{t(&source.dated).to_owned()}</dd>
                <dt>{t("What it is")}</dt>
                <dd>{t(&source.about).to_owned()}</dd>
                <dt>{t("How it is used")}</dt>
                <dd>{t(&source.trust).to_owned()}</dd>
                <dt>{t("Kinds")}</dt>
                <dd>{kinds.join(t(", "))}</dd>
            </dl>
            <details class="in-conflicts">
                <summary>{say!("In {count} disagreements", count = conflicts.len())}</summary>
                <ul>{conflicts}</ul>
            </details>
            <h3>{say!("{count} facts, in the order of its lines", count = rows.len())}</h3>
            <ul>{rows.into_iter().map(|row| item(row, library, state)).collect_view()}</ul>
        </div>
    }
    .into_any()
}
