//! Where the sources disagree: whom to believe throughout, and side by side.

use std::fmt::Write as _;
use std::sync::Arc;

use compute_loop_core::evidence::Conflict;
use compute_loop_core::fact::Fact;
use compute_loop_core::kind::{Kind, Mark};
use compute_loop_core::levers::{Basis, Lever};
use compute_loop_core::replication::{self, Verdict};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::viewpoint::{Decision, Status, Viewpoint};
use compute_loop_core::words::{mark, t};
use compute_loop_core::{format, plural, say};
use leptos::prelude::*;

use crate::compare::FIGURES;
use crate::library::Library;
use crate::live::memo;
use crate::state::State;

/// Text as HTML. What never changes on the page is written as such and put there whole:
/// a tenth of the code that elements of their own would take. The sentences of this file
/// hold nothing that would have to be escaped, in any language.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

/// A way to a fact, under a text, with what every such way says: kind, date and source.
/// [`open_fact`] follows it.
fn fact_button(id: &str, kind: Kind, origin: &str, text: &str) -> String {
    let [id, origin, text] = [id, origin, text].map(escaped);
    format!(
        "<button type=\"button\" class=\"fact\" data-fact=\"{id}\" data-mark=\"{}\" data-kind=\"{}\" \
         title=\"{origin}\" aria-label=\"{}\">{text}</button>",
        kind.letter(),
        t(kind.name()),
        say!("{name}, {origin}", name = text, origin)
    )
}

/// The same for a fact of the model's constants.
fn fact_link(fact: &Fact, text: &str) -> String {
    fact_button(fact.id, fact.kind, &fact.origin().words(), text)
}

/// A number with what stands behind it; blanked out with the others where it is in no
/// source and a reader wants only what is published.
fn marked(mark: Mark, text: &str) -> String {
    let unpublished = if mark.published {
        ""
    } else {
        " data-unpublished=\"\""
    };
    format!(
        "<span data-mark=\"{}\" data-kind=\"{}\"{unpublished}>{}</span>",
        mark.letter,
        t(mark.name),
        escaped(text)
    )
}

/// Opens the fact or the document whose button was pressed somewhere inside.
fn open_fact(event: &web_sys::MouseEvent, state: State) {
    let pressed: web_sys::Element = event_target(event);
    let named = |what: &str| {
        let button = pressed.closest(&format!("[{what}]")).ok().flatten();
        button.and_then(|button| button.get_attribute(what))
    };
    if let Some(id) = named("data-fact") {
        state.fact.set(Some(id));
    } else if let Some(id) = named("data-page-wanted") {
        state.document.set(Some(id));
    }
}

/// A lever by its name.
fn name(lever: Lever) -> &'static str {
    t(lever.spec().label)
}

/// The names of some levers, as a list in running text.
fn names(levers: &[Lever]) -> String {
    let labels: Vec<&str> = levers.iter().map(|&lever| name(lever)).collect();
    labels.join(t("; "))
}

// Viewpoints

/// One source throughout, or as known at a date: buttons, and what the last one chosen
/// does. Choosing is one step; which button is pressed follows from the scenario.
#[component]
pub(crate) fn Viewpoints(state: State) -> impl IntoView {
    let all: Arc<[(Viewpoint, Scenario)]> = Viewpoint::all()
        .map(|viewpoint| (viewpoint, viewpoint.scenario()))
        .collect();
    let now = state.scenario.get_untracked();
    let same = all.iter().find(|(_, scenario)| *scenario == now);
    // A link may hold a viewpoint; the defaults are no choice of the reader's.
    let same = same.filter(|_| now != Scenario::default());
    let shown = RwSignal::new(same.map(|&(viewpoint, _)| viewpoint));
    // Two may come to the same scenario: the one whose list is open counts, then the
    // newest date.
    let listed = all.clone();
    let pressed = memo(move || {
        let (now, shown) = (state.scenario.get(), shown.get());
        let holds = |(_, scenario): &&(Viewpoint, Scenario)| *scenario == now;
        let open = listed.iter().filter(holds).find(|one| Some(one.0) == shown);
        let one = open.or_else(|| listed.iter().rev().find(holds));
        one.map(|one| one.0)
    });
    let button = |viewpoint: Viewpoint, scenario: Scenario| {
        view! {
            <button
                type="button"
                class="choice"
                data-viewpoint=viewpoint.id()
                aria-pressed=move || if pressed.get() == Some(viewpoint) { "true" } else { "false" }
                on:click=move |_| {
                    shown.set(Some(viewpoint));
                    state.replace(&scenario);
                }
            >
                {viewpoint.name()}
            </button>
        }
    };
    let group = |title: &'static str, id: &'static str, sources: bool| {
        let buttons = all
            .iter()
            .filter(|(viewpoint, _)| matches!(viewpoint, Viewpoint::Source(_)) == sources)
            .map(|&(viewpoint, scenario)| button(viewpoint, scenario))
            .collect_view();
        view! {
            <div class="choices" role="group" aria-labelledby=id>
                <p id=id>{title}</p>
                <div>{buttons}</div>
            </div>
        }
    };
    let set = move || match pressed.get() {
        _ if state.scenario.get() == Scenario::default() => {
            t("Set now: the defaults (May 2026).").to_owned()
        }
        Some(viewpoint) => say!("Set now: {viewpoint}.", viewpoint = viewpoint.name()),
        None => t("Set now: beliefs of your own.").to_owned(),
    };
    view! {
        <section class="viewpoints" aria-label=t("Viewpoints")>
            {group(t("Believe one source throughout"), "one-source", true)}
            {group(t("As known at"), "as-known", false)}
            <p class="holds">{set}</p>
            <div
                class="report"
                aria-live="polite"
                on:click=move |event| open_fact(&event, state)
                inner_html=move || shown.get().map(report).unwrap_or_default()
            ></div>
        </section>
    }
}

/// What a viewpoint does with the levers, and what follows, as HTML.
fn report(viewpoint: Viewpoint) -> String {
    let decisions = viewpoint.decisions();
    let changes: Vec<&Decision> = decisions.iter().filter(|one| one.changes()).collect();
    let title = match viewpoint {
        Viewpoint::Source(_) => say!("Believing {source} throughout", source = viewpoint.name()),
        Viewpoint::Date(_) => say!("As known at {date}", date = viewpoint.name()),
    };
    let stay = Lever::COUNT - changes.len();
    let sum = match (viewpoint, changes.len()) {
        (Viewpoint::Date(month), 0) if Viewpoint::DATES.last() == Some(&month) => {
            t("Everything was known by then: these are exactly the defaults.").to_owned()
        }
        (Viewpoint::Date(_), 0) => {
            t("Nothing was known by then that a belief could be set to: all keep the defaults.")
                .to_owned()
        }
        (_, 0) => t("No belief leaves its default.").to_owned(),
        (_, count) => plural!(
            count,
            "{count} belief changes, {stay} stay at the default.",
            "{count} beliefs change, {stay} stay at the default.",
            stay
        ),
    };
    let mut sentences = vec![sum];
    let unknown = decisions
        .iter()
        .filter(|one| one.status == Status::NotYet)
        .count();
    if unknown > 0 && unknown < Lever::COUNT {
        sentences.push(say!(
            "{count} of those that stay were not known then and keep today’s values, so this is no view of that day.",
            count = unknown
        ));
    }
    if matches!(viewpoint, Viewpoint::Date(_)) {
        let rule = t(
            "What is about an earlier time counts as known then, even where the document that reports it is later.",
        );
        sentences.push(rule.to_owned());
    }
    let sum = sentences.join(" ");
    let rows: String = changes.into_iter().map(change).collect();
    let title = escaped(&title);
    let more = match viewpoint {
        Viewpoint::Source(document) => {
            let facts = format!(
                "<button type=\"button\" class=\"down\" data-page-wanted=\"{}\">{}</button>",
                escaped(document.id),
                t("all its facts")
            );
            let said = say!("It says more than any belief can carry: {facts}.", facts);
            format!("<p>{said}</p>")
        }
        Viewpoint::Date(_) => String::new(),
    };
    format!(
        "<h3>{title}</h3><p>{sum}</p>{}{}{}{more}",
        table(t("What it changes"), &rows),
        consequences(viewpoint),
        left(viewpoint, &decisions)
    )
}

/// A table of what is one thing at the defaults and another here; none without rows.
fn table(title: &str, rows: &str) -> String {
    if rows.is_empty() {
        return String::new();
    }
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\"><table><thead><tr>\
         <th scope=\"col\">{title}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>\
         </tr></thead><tbody>{rows}</tbody></table></div>",
        t("Default"),
        t("Here")
    )
}

/// A lever that changes, with the fact that sets it.
fn change(decision: &Decision) -> String {
    let lever = decision.lever;
    let by = decision.facts.first().map(|fact| {
        format!(
            "<span class=\"by\">{}</span><span class=\"by\">{}</span>",
            fact_link(fact, t(decision.label)),
            escaped(&decision.words())
        )
    });
    // What is computed from several facts stands in no source.
    let mark = match decision.facts {
        [fact] => fact.kind.mark(),
        _ => Mark::DERIVED_HERE,
    };
    let clamped = if decision.is_clamped() {
        let clamped = say!(
            "(published as {value}, out of range)",
            value = decision.published
        );
        format!(" {clamped}")
    } else {
        String::new()
    };
    format!(
        "<tr data-changed=\"{}\"><th scope=\"row\">{} {}</th><td>{}</td><td>{}{clamped}</td></tr>",
        lever.spec().id,
        escaped(name(lever)),
        by.unwrap_or_default(),
        marked(
            lever.default_mark(),
            &format::lever(lever, lever.spec().default)
        ),
        marked(mark, &format::lever(lever, decision.value)),
    )
}

/// Headline figures and verdicts that are not those of the defaults.
fn consequences(viewpoint: Viewpoint) -> String {
    let difference = viewpoint.difference();
    let mut rows = String::new();
    for figure in FIGURES {
        let [default, here] =
            [&difference.default, &difference.here].map(|outcome| format::output(outcome, figure));
        if default != here {
            let (id, label) = (figure.spec().id, escaped(t(figure.spec().label)));
            let [default, here] = [default, here].map(|text| marked(Mark::COMPUTED, &text));
            let _ = write!(
                rows,
                "<tr data-differs=\"{id}\"><th scope=\"row\">{label}</th><td>{default}</td><td>{here}</td></tr>"
            );
        }
    }
    let rows_here = replication::in_order(replication::replicate(&difference.here));
    let failing = rows_here.iter().filter(|row| row.verdict == Verdict::Fails);
    let failing: Vec<&str> = failing.map(|row| row.id).collect();
    let words = if difference.verdicts.is_empty() {
        t("Every check of chapter 9 keeps the verdict that it has at the defaults.")
    } else {
        t("Checks of chapter 9 with another verdict than at the defaults are listed here.")
    };
    let in_all = say!(
        "In all {count} fail: {rows}.",
        count = failing.len(),
        rows = failing.join(t(", "))
    );
    let words = format!("{words} {in_all}");
    let mut verdicts = String::new();
    for turned in &difference.verdicts {
        let row = &turned.here;
        let _ = write!(
            verdicts,
            "<li data-turned=\"{}\"><span class=\"row-id\">{}</span> {}</li>",
            row.id,
            row.id,
            say!(
                "{figure} — {default} at the defaults, {here} here ({computed})",
                figure = escaped(t(row.figure)),
                default = t(turned.default.verdict.name()),
                here = format!("<strong>{}</strong>", t(row.verdict.name())),
                computed = marked(Mark::DERIVED_HERE, &row.computed)
            ),
        );
    }
    format!(
        "{}<p>{words}</p><ul>{verdicts}</ul>",
        table(t("What follows"), &rows)
    )
}

/// The levers that stay, grouped by why.
fn left(viewpoint: Viewpoint, decisions: &[Decision]) -> String {
    let shared = match viewpoint {
        Viewpoint::Source(_) => t("As it has them itself"),
        Viewpoint::Date(_) => t("Known by then"),
    };
    let mut groups = String::new();
    for (status, title) in [
        (Status::Shared, shared),
        (Status::NotYet, t("Not known then")),
        (
            Status::Silent,
            t("Of these it gives nothing that a belief could be set to"),
        ),
        (Status::Assumed, t("Assumptions of this page, at any date")),
    ] {
        let rows: Vec<&Decision> = decisions
            .iter()
            .filter(|one| one.status == status && !one.changes())
            .collect();
        if rows.is_empty() {
            continue;
        }
        let title = say!("{name} ({count})", name = title, count = rows.len());
        let _ = write!(groups, "<h4>{title}</h4>");
        if matches!(status, Status::Silent | Status::Assumed) {
            let levers: Vec<Lever> = rows.iter().map(|one| one.lever).collect();
            let beliefs = say!("{beliefs}.", beliefs = escaped(&names(&levers)));
            let _ = write!(groups, "<p>{beliefs}</p>");
        } else {
            let rows: String = rows.into_iter().map(stays).collect();
            let _ = write!(groups, "<ul>{rows}</ul>");
        }
    }
    let title = t("What stays at the default, and why");
    format!("<details><summary>{title}</summary>{groups}</details>")
}

/// A lever that stays: what it rests on, or what made it known later.
fn stays(decision: &Decision) -> String {
    let lever = decision.lever;
    let why = match (decision.later, decision.row, decision.facts.first()) {
        (Some(later), ..) => {
            let known = say!("known from {month}", month = format::month(later.known));
            fact_link(later, &known)
        }
        (_, Some(row), _) => say!("row {row} of chapter 9", row),
        // What an assumption goes by is no source of its value.
        (_, _, Some(fact)) if matches!(lever.spec().basis, Basis::Assumption) => {
            say!(
                "assumption; goes by {fact}",
                fact = fact_link(fact, &fact.origin().words())
            )
        }
        (_, _, Some(fact)) => fact_link(fact, &fact.origin().words()),
        _ => String::new(),
    };
    format!(
        "<li data-stays=\"{}\">{} <span class=\"kind\">{why}</span></li>",
        lever.spec().id,
        say!(
            "{belief}, {value}",
            belief = escaped(name(lever)),
            value = marked(lever.default_mark(), &format::lever(lever, decision.value))
        )
    )
}

// Disagreements

/// What the topics of disagreements are called.
const TOPICS: [(&str, &str); 4] = [
    ("deal", mark("The deal")),
    ("revenue", mark("Revenue")),
    ("chips", mark("Chips")),
    ("capacity", mark("Power and sites")),
];

/// Every disagreement, by topic, by source, or where a belief can carry a side.
pub(crate) fn conflicts(library: &Library, state: State) -> AnyView {
    let topic = RwSignal::new(String::new());
    let source = RwSignal::new(String::new());
    let carried = RwSignal::new(false);
    // What the filters look at, and the row on the page.
    let all: Arc<[(String, Vec<String>, bool)]> = library
        .conflicts
        .iter()
        .map(|conflict| {
            let sources = conflict.sources(&library.facts);
            let sources = sources.into_iter().map(str::to_owned).collect();
            (
                conflict.topic.clone(),
                sources,
                !conflict.carriers().is_empty(),
            )
        })
        .collect();
    let listed = all.clone();
    let found = memo(move || {
        let (topic, source, carried) = (topic.get(), source.get(), carried.get());
        listed
            .iter()
            .map(|(of, sources, carries)| {
                (topic.is_empty() || *of == topic)
                    && (source.is_empty() || sources.contains(&source))
                    && (*carries || !carried)
            })
            .collect::<Vec<bool>>()
    });
    let rows = library.conflicts.iter().enumerate().map(|(i, conflict)| {
        view! {
            <details
                class="conflict"
                data-conflict=conflict.id.clone()
                hidden=move || found.with(|found| !found[i])
            >
                <summary><span class="row-id">{conflict.id.clone()}</span> " " {format::unbroken(t(&conflict.title))}</summary>
                {sides(conflict, library, state)}
            </details>
        }
    });
    let sources = library.sources.iter().map(
        |row| view! { <option value=row.id.clone()>{format::capital(t(&row.short))}</option> },
    );
    let total = all.len();
    view! {
        <div class="filters">
            <label>
                <span>{t("Topic")}</span>
                <select id="conflict-topic" on:change=move |event| topic.set(event_target_value(&event))>
                    <option value="">{t("all topics")}</option>
                    {TOPICS.map(|(id, name)| view! { <option value=id>{t(name)}</option> })}
                </select>
            </label>
            <label>
                <span>{t("Source")}</span>
                <select id="conflict-source" on:change=move |event| source.set(event_target_value(&event))>
                    <option value="">{t("all sources")}</option>
                    {sources.collect_view()}
                </select>
            </label>
            <label class="own-money">
                <input
                    type="checkbox"
                    id="conflict-carried"
                    on:change=move |event| carried.set(event_target_checked(&event))
                />
                {t("where a belief can take a side")}
            </label>
            <p aria-live="polite" id="conflict-count">
                {move || {
                    let count = found.with(|found| found.iter().filter(|&&one| one).count());
                    say!("{count} of {total} disagreements", count, total)
                }}
            </p>
        </div>
        <div class="conflicts">{rows.collect_view()}</div>
    }
    .into_any()
}

/// The sides of a disagreement, why they differ, and the ways to choose.
fn sides(conflict: &Conflict, library: &Library, state: State) -> impl IntoView + use<> {
    let carriers = conflict.carriers();
    let shared = Arc::new(conflict.clone());
    let choosable = |side: usize| conflict.with_side(side, &Scenario::default()).is_some();
    let mut rows: Vec<_> = (0..conflict.sides.len())
        .map(|i| {
            let text = side_text(conflict, i, library);
            let sets = match choosable(i) {
                true => settings(conflict, i),
                false if carriers.is_empty() => String::new(),
                false => t("No belief can be set to this.").to_owned(),
            };
            side(shared.clone(), Some(i), (text, sets), choosable(i), state)
        })
        .collect();
    // Where no side is what the model does there is a way back to that.
    let start = Some(Scenario::default());
    let a_side = |i| conflict.with_side(i, &Scenario::default()) == start;
    if !carriers.is_empty() && !(0..conflict.sides.len()).any(a_side) {
        let text = t("The model’s own way, below.").to_owned();
        rows.push(side(shared, None, (text, defaults(&carriers)), true, state));
    }
    let why = format!(
        "<p><em>{}</em> {}</p><p><em>{}</em> {}</p>{}",
        t("Why."),
        escaped(&format::unbroken(t(&conflict.reason))),
        t("Taken here."),
        escaped(&format::unbroken(t(&conflict.model_uses))),
        if carriers.is_empty() {
            no_way(&conflict.levers)
        } else {
            String::new()
        }
    );
    view! {
        <ul on:click=move |event| open_fact(&event, state)>{rows}</ul>
        <div inner_html=why></div>
    }
}

/// A side, or the model's own way, with the button that chooses it. What it says and
/// sets is HTML and text.
fn side(
    conflict: Arc<Conflict>,
    place: Option<usize>,
    (says, sets): (String, String),
    choosable: bool,
    state: State,
) -> impl IntoView {
    let chosen = place.is_some() && conflict.chosen == place;
    let next = move |scenario: &Scenario| match place {
        Some(place) => conflict.with_side(place, scenario),
        None => conflict.with_defaults(scenario),
    };
    let next = StoredValue::new(next);
    // It holds where choosing it would change nothing.
    let now = memo(move || {
        let scenario = state.scenario.get();
        next.with_value(|next| next(&scenario)) == Some(scenario)
    });
    let take = move |_| {
        let scenario = state.scenario.get_untracked();
        if let Some(next) = next.with_value(|next| next(&scenario)) {
            state.replace(&next);
        }
    };
    let key = place.map_or_else(|| "model".to_owned(), |place| place.to_string());
    view! {
        <li class:chosen=chosen class:now=now>
            <span inner_html=says></span>
            <span class="take">
                <button
                    type="button"
                    class="side"
                    data-side=choosable.then_some(key)
                    hidden=!choosable
                    aria-pressed=move || if now.get() { "true" } else { "false" }
                    on:click=take
                >
                    {move || if now.get() { t("Holds now") } else { t("Take this side") }}
                </button>
                <span class="kind">{sets}</span>
            </span>
        </li>
    }
}

/// What a side says, with its facts: figure, kind, source and date.
fn side_text(conflict: &Conflict, place: usize, library: &Library) -> String {
    let Some(side) = conflict.sides.get(place) else {
        return String::new();
    };
    let mut facts = String::new();
    for row in side.facts.iter().filter_map(|id| library.fact(id)) {
        let origin = library.origin(row);
        let _ = write!(
            facts,
            "<span class=\"side-fact\">{}</span> ",
            say!(
                "{name}, {origin}",
                name = fact_button(&row.id, row.kind, &origin, &format::fact(row)),
                origin = escaped(&origin)
            )
        );
    }
    let chosen = if conflict.chosen == Some(place) {
        [" ", t("(the default)")].concat()
    } else {
        String::new()
    };
    let says = escaped(&format::unbroken(t(&side.says)));
    format!("{says}{chosen}<span class=\"ids\">{facts}</span>")
}

/// Why nothing can be chosen.
fn no_way(levers: &[String]) -> String {
    let levers: Vec<Lever> = levers.iter().filter_map(|id| Lever::from_id(id)).collect();
    let text = if levers.is_empty() {
        t("No figure of the model hangs on a choice here, so there is none to make.").to_owned()
    } else {
        say!(
            "No belief stands for one side alone. What bears on it: {beliefs}.",
            beliefs = escaped(&names(&levers))
        )
    };
    format!("<p class=\"kind\">{text}</p>")
}

/// Some levers at their defaults, in words.
fn defaults(levers: &[Lever]) -> String {
    in_words(levers.iter().map(|&lever| (lever, lever.spec().default)))
}

/// Levers with values, in words.
fn in_words(sets: impl Iterator<Item = (Lever, f64)>) -> String {
    let texts: Vec<String> = sets
        .map(|(lever, value)| {
            let (belief, value) = (name(lever), format::lever(lever, value));
            say!("{belief}: {value}", belief, value)
        })
        .collect();
    texts.join(t("; "))
}

/// What a side sets, in words; the model's side sets the defaults.
fn settings(conflict: &Conflict, side: usize) -> String {
    match conflict.sides.get(side) {
        Some(side) if !side.sets.is_empty() => in_words(side.settings()),
        _ => defaults(&conflict.carriers()),
    }
}
