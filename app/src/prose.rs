//! Content as elements: paragraphs with live numbers, charts, tables.

use compute_loop_core::levers::Lever;
use compute_loop_core::outcome::Output;
use compute_loop_core::unit::Unit;
use compute_loop_core::{format, json, link};
use leptos::prelude::*;

use crate::content::{Block, Chapter, Named, Span};
use crate::figure::Figure;
use crate::lever::{Detail, LeverControl};
use crate::state::State;
use crate::tables::Table;

/// A chapter: its question, its blocks, the beliefs behind it, its sources.
#[component]
pub(crate) fn ChapterView(chapter: &'static Chapter, state: State) -> impl IntoView {
    let numbered = (1..=9).contains(&chapter.number);
    let id = format!("chapter-{}", chapter.number);
    let levers: Vec<Lever> = Lever::of_chapter(chapter.number as u8).collect();
    let name = (!levers.is_empty()).then(|| {
        let beliefs = if levers.len() == 1 {
            "belief"
        } else {
            "beliefs"
        };
        format!("Change the {} {beliefs} of this chapter", levers.len())
    });
    let controls = levers.into_iter().map(|lever| {
        view! { <LeverControl lever state place="chapter" detail=Detail::Full /> }
    });
    view! {
        <section class="chapter" id=id.clone() tabindex="-1" aria-labelledby=format!("{id}-title")>
            {numbered.then(|| view! { <p class="number">{chapter.number}</p> })}
            <h2 id=format!("{id}-title")>{chapter.title}</h2>
            {(!chapter.answers.is_empty()).then(|| view! { <AnswerLine chapter state /> })}
            {chapter.blocks.iter().map(|block| view! { <BlockView block state /> }).collect_view()}
            {name.map(|name| {
                view! {
                    <details class="beliefs">
                        <summary>{name}</summary>
                        <div class="levers">{controls.collect_view()}</div>
                    </details>
                }
            })}
            {(!chapter.sources.is_empty())
                .then(|| view! { <p class="sources">"Sources in play: " {chapter.sources.join(", ")} "."</p> })}
        </section>
    }
}

/// The answer to the chapter's question. Its words change only with the finding.
#[component]
fn AnswerLine(chapter: &'static Chapter, state: State) -> impl IntoView {
    let variant = Memo::new(move |_| {
        state
            .outcome
            .with(|outcome| chapter.variant(&state.scenario.get(), outcome))
    });
    let text = move || {
        let answer = variant.get().map(|place| &chapter.answers[place]);
        answer.map(|answer| sentence(answer.text, state))
    };
    view! { <p class="answer">{text}</p> }
}

/// Figures that stand by themselves.
fn figures(list: &'static [Named], state: State) -> impl IntoView {
    let rows = list.iter().map(|figure| {
        view! {
            <div>
                <dt>{figure.label}</dt>
                <dd><OutputNumber output=figure.output state /></dd>
            </div>
        }
    });
    view! { <dl class="figures">{rows.collect_view()}</dl> }
}

#[component]
fn BlockView(block: &'static Block, state: State) -> impl IntoView {
    match block {
        Block::Paragraph(spans) => view! { <p>{sentence(spans, state)}</p> }.into_any(),
        Block::Heading(spans) => view! { <h3>{sentence(spans, state)}</h3> }.into_any(),
        Block::LeavesOut(spans) => view! {
            <details class="leaves-out">
                <summary>"What this leaves out"</summary>
                <p>{sentence(spans, state)}</p>
            </details>
        }
        .into_any(),
        Block::Chart(chart) => view! { <Figure chart=*chart state /> }.into_any(),
        Block::Table(table) => view! { <Table table=*table state /> }.into_any(),
        Block::Figures(list) => figures(list, state).into_any(),
    }
}

/// A run of words and live numbers. A number and the stop or comma after it are kept on
/// one line.
pub(crate) fn sentence(spans: &'static [Span], state: State) -> impl IntoView {
    let stop = |i: usize| match spans.get(i) {
        Some(Span::Text(text)) => {
            text.split_at(text.len() - text.trim_start_matches(STOPS).len())
                .0
        }
        _ => "",
    };
    spans
        .iter()
        .enumerate()
        .map(|(i, span)| match span {
            Span::Text(text) if i > 0 => text.trim_start_matches(STOPS).into_any(),
            Span::Text(text) => (*text).into_any(),
            _ => view! { <span class="kept">{number(span, state)} {stop(i + 1)}</span> }.into_any(),
        })
        .collect_view()
}

/// What may not begin a line.
const STOPS: [char; 6] = ['.', ',', ';', ':', ')', '?'];

fn number(span: &'static Span, state: State) -> AnyView {
    match span {
        Span::Text(text) | Span::Count(text) => (*text).into_any(),
        Span::Output(output) => view! { <OutputNumber output=*output state /> }.into_any(),
        Span::Lever(lever) => view! { <LeverNumber lever=*lever state /> }.into_any(),
        Span::Fact { id, text } => view! {
            <button type="button" class="fact" data-fact=*id on:click=move |_| state.fact.set(Some((*id).to_owned()))>
                {*text}
            </button>
        }
        .into_any(),
    }
}

/// A figure of the model: its exact value in `data-value`, its text inside.
#[component]
pub(crate) fn OutputNumber(output: Output, state: State) -> impl IntoView {
    let exact = move || json::output_text(&state.outcome.get(), output);
    let shown = Memo::new(move |_| format::output(&state.outcome.get(), output));
    view! {
        <span class="live" data-output=output.spec().id data-value=exact>
            {shown}
        </span>
    }
}

/// A belief in a sentence: leads to its control.
#[component]
fn LeverNumber(lever: Lever, state: State) -> impl IntoView {
    let value = move || state.scenario.with(|scenario| scenario.get(lever));
    let spec = lever.spec();
    let text = move || match spec.unit {
        Unit::Switch | Unit::Choice => link::value_text(lever, value()),
        _ => format::lever(lever, value()),
    };
    let open = move |_| {
        state.drawer.set(true);
        gloo::timers::callback::Timeout::new(30, move || {
            crate::browser::go_to(&format!("drawer-{}", spec.id));
        })
        .forget();
    };
    view! {
        <button type="button" class="belief" data-belief=spec.id title=format!("Change: {}", spec.label) on:click=open>
            {text}
        </button>
    }
}
