//! The methods as tables: equations, beliefs, what is left out, how to reproduce a link.

use compute_loop_core::fact::facts;
use compute_loop_core::levers::Lever;
use compute_loop_core::methods::{self, LEFT_OUT, SUBJECTS, Subject};
use compute_loop_core::{cite, format, link, uncertainty};
use leptos::prelude::*;

use crate::content::{Block, CHAPTERS, Table};
use crate::live::memo;
use crate::prose::sentence;
use crate::quote::{as_read, copyable};
use crate::state::State;

/// A table of the methods; nothing for one that stands elsewhere.
pub(crate) fn table(table: Table, state: State) -> AnyView {
    match table {
        Table::Equations => long("Every equation, by subject", state, equations),
        Table::Beliefs => long(
            "Every belief, with its range and its reason",
            state,
            beliefs,
        ),
        Table::LeftOut => long("What each chapter leaves out", state, move || {
            chapters(state)
        }),
        Table::ModelLeavesOut => {
            let rows = LEFT_OUT.iter().map(|row| view! { <li>{*row}</li> });
            view! { <ul class="assumptions">{rows.collect_view()}</ul> }.into_any()
        }
        Table::Reproduce => reproduce(state),
        Table::Cite => cite(state),
        Table::Versions => versions(),
        _ => ().into_any(),
    }
}

/// A long part, closed at first and made when it is opened, or printed.
fn long(
    name: &'static str,
    state: State,
    content: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let opened = RwSignal::new(false);
    let shown = memo(move || opened.get() || state.printing.get());
    view! {
        <details class="methods" on:toggle=move |_| if !opened.get_untracked() { opened.set(true) }>
            <summary>{name}</summary>
            {move || shown.get().then(&content)}
        </details>
    }
    .into_any()
}

/// Figures and series with their formula and unit, from the registries.
fn equations() -> AnyView {
    let row = |label: &'static str, id: &'static str, unit, formula: &'static str| {
        view! {
            <div>
                <dt>
                    {label} " "
                    <span class="kind">{methods::unit_words(unit)} ", " <code>{id}</code></span>
                </dt>
                <dd>{formula}</dd>
            </div>
        }
    };
    let subject = |subject: &Subject| {
        let series = subject.series.iter().map(|series| {
            let spec = series.spec();
            row(spec.label, spec.id, spec.unit, spec.formula)
        });
        let outputs = subject.outputs.iter().map(|output| {
            let spec = output.spec();
            row(spec.label, spec.id, spec.unit, spec.formula)
        });
        let by_month =
            (!subject.series.is_empty()).then(|| view! { <p class="kind">"Month by month"</p> });
        let single =
            (!subject.outputs.is_empty()).then(|| view! { <p class="kind">"Single figures"</p> });
        view! {
            <h4>{subject.name}</h4>
            {by_month}
            <dl class="defined">{series.collect_view()}</dl>
            {single}
            <dl class="defined">{outputs.collect_view()}</dl>
        }
    };
    SUBJECTS.iter().map(subject).collect_view().into_any()
}

/// Every belief: default, range, where the default comes from, why.
fn beliefs() -> AnyView {
    let row = |lever: Lever| {
        let spec = lever.spec();
        let admitted = if spec.options.is_empty() {
            format!(
                "{} to {}",
                format::lever(lever, spec.min),
                format::lever(lever, spec.max)
            )
        } else {
            spec.options.join(" or ")
        };
        let unsure = uncertainty::of(lever).map_or_else(
            || format!("; taken as set. {}", lever.reason()),
            |unsure| {
                let at = |p| uncertainty::percentile(lever, spec.default, p);
                let [low, high] = [at(0.05), at(0.95)]
                    .map(|end| format::lever(lever, lever.admit(end.unwrap_or(spec.default))));
                format!(
                    "; in nine of ten worlds {low} to {high}. {} {}",
                    lever.reason(),
                    unsure.reason
                )
            },
        );
        let origin = methods::default_origin(lever).map(|id| view! { " " <code>{id}</code> });
        view! {
            <div data-default=spec.id>
                <dt>
                    {spec.label} ": " {format::lever(lever, spec.default)} " "
                    <span class="kind">{methods::default_kind(lever).name()} {origin}</span>
                </dt>
                <dd>{admitted} {unsure}</dd>
            </div>
        }
    };
    let rows = Lever::ALL.map(row);
    view! { <dl class="defined">{rows.collect_view()}</dl> }.into_any()
}

/// What each chapter leaves out, gathered.
fn chapters(state: State) -> AnyView {
    let rows = CHAPTERS.iter().flat_map(|chapter| {
        chapter.blocks.iter().filter_map(move |block| match block {
            Block::LeavesOut(spans) => Some(view! {
                <div>
                    <dt>{chapter.title}</dt>
                    <dd>{sentence(spans, state)}</dd>
                </div>
            }),
            _ => None,
        })
    });
    view! { <dl class="defined">{rows.collect_view()}</dl> }.into_any()
}

/// How the scenario of now is run on the command line.
fn reproduce(state: State) -> AnyView {
    let command = memo(move || methods::command(&state.scenario.get()));
    copyable("On the command line", "command", command).into_any()
}

/// How to cite the page as it stands now.
fn cite(state: State) -> AnyView {
    let text = as_read(move |visit| cite::page(&state.scenario.get(), visit));
    let bibtex = as_read(move |visit| cite::page_bibtex(&state.scenario.get(), visit));
    view! {
        {copyable("Citation", "page-citation", text)}
        {copyable("BibTeX", "page-bibtex", bibtex)}
    }
    .into_any()
}

/// Which versions these are.
fn versions() -> AnyView {
    view! {
        <p>
            "Page " {cite::PAGE_VERSION} "; model " {link::VERSION} ", which is the number after "
            <code>"m="</code> " in a link; evidence: " {facts::FACTS} " facts and "
            {facts::CONFLICTS} " disagreements."
        </p>
    }
    .into_any()
}
