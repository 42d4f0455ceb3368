//! The methods as tables: equations, beliefs, what is left out, how to reproduce a link.

use compute_loop_core::fact::facts;
use compute_loop_core::levers::Lever;
use compute_loop_core::methods::{self, LEFT_OUT, SUBJECTS, Subject};
use compute_loop_core::words::t;
use compute_loop_core::{cite, format, link, say, uncertainty};
use leptos::prelude::*;

use crate::content::{self, Block, Table};
use crate::live::memo;
use crate::phrase::phrase;
use crate::prose::sentence;
use crate::quote::{as_read, copyable};
use crate::state::State;

/// A table of the methods; nothing for one that stands elsewhere.
pub(crate) fn table(table: Table, state: State) -> AnyView {
    match table {
        Table::Equations => long(t("Every equation, by subject"), state, equations),
        Table::Beliefs => long(
            t("Every belief, with its range and its reason"),
            state,
            beliefs,
        ),
        Table::LeftOut => long(t("What each chapter leaves out"), state, move || {
            chapters(state)
        }),
        Table::ModelLeavesOut => {
            let rows = LEFT_OUT.iter().map(|row| view! { <li>{t(row)}</li> });
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
                    {t(label)} " "
                    <span class="kind">{t(methods::unit_words(unit))} {t(", ")} <code>{id}</code></span>
                </dt>
                <dd>{t(formula)}</dd>
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
        let by_month = (!subject.series.is_empty())
            .then(|| view! { <p class="kind">{t("Month by month")}</p> });
        let single = (!subject.outputs.is_empty())
            .then(|| view! { <p class="kind">{t("Single figures")}</p> });
        view! {
            <h4>{t(subject.name)}</h4>
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
            say!(
                "{least} to {most}",
                least = format::lever(lever, spec.min),
                most = format::lever(lever, spec.max)
            )
        } else {
            let options: Vec<&str> = spec.options.iter().map(|option| t(option)).collect();
            options.join(t(" or "))
        };
        let reason = t(lever.reason());
        let taken = uncertainty::of(lever).map_or_else(
            || say!("{range}; taken as set. {reason}", range = admitted, reason),
            |unsure| {
                let at = |p| uncertainty::percentile(lever, spec.default, p);
                let [low, high] = [at(0.05), at(0.95)]
                    .map(|end| format::lever(lever, lever.admit(end.unwrap_or(spec.default))));
                say!(
                    "{range}; in nine of ten worlds {least} to {most}. {reason} {why}",
                    range = admitted,
                    least = low,
                    most = high,
                    reason,
                    why = t(unsure.reason)
                )
            },
        );
        let origin = methods::default_origin(lever).map(|id| view! { " " <code>{id}</code> });
        view! {
            <div data-default=spec.id>
                <dt>
                    {say!("{belief}: {value}", belief = t(spec.label), value = format::lever(lever, spec.default))} " "
                    <span class="kind">{t(methods::default_kind(lever).name())} {origin}</span>
                </dt>
                <dd>{taken}</dd>
            </div>
        }
    };
    let rows = Lever::ALL.map(row);
    view! { <dl class="defined">{rows.collect_view()}</dl> }.into_any()
}

/// What each chapter leaves out, gathered.
fn chapters(state: State) -> AnyView {
    let rows = content::chapters().iter().flat_map(|chapter| {
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
    copyable(t("On the command line"), "command", command).into_any()
}

/// How to cite the page as it stands now.
fn cite(state: State) -> AnyView {
    let text = as_read(move |visit| cite::page(&state.scenario.get(), visit));
    let bibtex = as_read(move |visit| cite::page_bibtex(&state.scenario.get(), visit));
    view! {
        {copyable(t("Citation"), "page-citation", text)}
        {copyable(t("BibTeX"), "page-bibtex", bibtex)}
    }
    .into_any()
}

/// Which versions these are.
fn versions() -> AnyView {
    let said = phrase(
        t(
            "Page {page}; model {model}, which is the number after {code} in a link; evidence: {facts} facts and {disagreements} disagreements.",
        ),
        vec![
            ("page", cite::PAGE_VERSION.into_any()),
            ("model", link::VERSION.into_any()),
            ("code", view! { <code>"m="</code> }.into_any()),
            ("facts", facts::FACTS.into_any()),
            ("disagreements", facts::CONFLICTS.into_any()),
        ],
    );
    view! { <p>{said}</p> }.into_any()
}
