//! Content as elements: paragraphs with live numbers, charts, tables.

use compute_loop_core::kind::Mark;
use compute_loop_core::levers::Lever;
use compute_loop_core::month::Month;
use compute_loop_core::outcome::Output;
use compute_loop_core::unit::Unit;
use compute_loop_core::words::t;
use compute_loop_core::{format, json, plural, say};
use leptos::html::Section;
use leptos::prelude::*;

use crate::belief::LeverNumber;
use crate::browser;
use crate::content::{Block, Chapter, Named, Span, Turn, chapters};
use crate::facts;
use crate::figure::{self, Figure};
use crate::lever::{self, LeverControl};
use crate::live::{Live, live, memo};
use crate::phrase::phrase;
use crate::room::{self, STOPS};
use crate::sight;
use crate::source::{self, FactLink};
use crate::state::State;
use crate::tables::Table;
use crate::trace;

/// What stands under the title of a chapter: its answer, its blocks, the beliefs behind
/// it, its sources.
pub(crate) fn chapter_body(number: u32, place: NodeRef<Section>, state: State) -> AnyView {
    let chapter = chapters().iter().find(|chapter| chapter.number == number);
    chapter.map_or_else(|| ().into_any(), |chapter| body(chapter, place, state))
}

fn body(chapter: &'static Chapter, place: NodeRef<Section>, state: State) -> AnyView {
    let numbered = (1..=9).contains(&chapter.number);
    let id = format!("chapter-{}", chapter.number);
    let state = state.where_seen(sight::within(place, sight::AROUND));
    let levers: Vec<Lever> = Lever::of_chapter(chapter.number as u8).collect();
    let name = (!levers.is_empty()).then(|| {
        let count = levers.len();
        plural!(
            count,
            "Change the {count} belief of this chapter",
            "Change the {count} beliefs of this chapter"
        )
    });
    view! {
        {(!chapter.answers.is_empty()).then(|| view! { <AnswerLine chapter state /> })}
        {(!numbered).then(|| sections(chapter, &id, state))}
        {chapter.blocks.iter().enumerate().map(|(i, block)| view! { <BlockView block id=format!("{id}-{i}") state /> }).collect_view()}
        {name.map(|name| {
            view! { <Beliefs chapter=chapter.number as u8 name state /> }
        })}
        {(chapter.facts > 0).then(|| facts::of_chapter(chapter, state))}
        {(!chapter.sources.is_empty()).then(|| {
            let links = source::documents(chapter.sources, state);
            view! { <p class="sources">{phrase(t("Sources in play: {sources}."), vec![("sources", links)])}</p> }
        })}
    }
    .into_any()
}

/// The ways to the sections of a chapter that has some.
fn sections(chapter: &'static Chapter, id: &str, state: State) -> impl IntoView + use<> {
    let ways = chapter.blocks.iter().enumerate();
    let ways = ways.filter_map(|(i, block)| match block {
        Block::Heading(spans) => {
            let place = format!("{id}-{i}");
            let go = move |_| browser::go_to(&place);
            Some(view! { <li><button type="button" class="down" on:click=go>{sentence(spans, state)}</button></li> })
        }
        _ => None,
    });
    view! { <nav class="sections" aria-label=t("Sections")><ul>{ways.collect_view()}</ul></nav> }
}

/// The controls of a chapter, built when a reader first opens them.
#[component]
fn Beliefs(chapter: u8, name: String, state: State) -> impl IntoView {
    let opened = RwSignal::new(false);
    let controls = move || {
        opened.get().then(|| {
            Lever::of_chapter(chapter)
                .map(|lever| view! { <LeverControl lever state place="chapter" detail=lever::FULL /> })
                .collect_view()
        })
    };
    view! {
        <details class="beliefs" on:toggle=move |_| if !opened.get_untracked() { opened.set(true) }>
            <summary>{name}</summary>
            <div class="levers">{controls}</div>
        </details>
    }
}

/// The answer to the chapter's question. Its words change only with the finding.
#[component]
fn AnswerLine(chapter: &'static Chapter, state: State) -> impl IntoView {
    let variant = memo(move || {
        state
            .outcome
            .with(|outcome| chapter.variant(&state.scenario.get(), outcome))
    });
    // All of them lie on each other and one is seen: the room is that of the longest,
    // with the longest numbers.
    let room = chapter.answers.iter().map(|answer| {
        let words: String = answer.text.iter().map(longest).collect();
        view! { <span class="variant" aria-hidden="true">{words}</span> }
    });
    let variants = chapter.answers.iter().enumerate().map(|(place, answer)| {
        view! {
            <span class="variant" class:shown=live(move || variant.get() == Some(place))>
                {sentence(answer.text, state)}
            </span>
        }
    });
    view! { <p class="answer">{room.collect_view()} {variants.collect_view()}</p> }
}

/// A piece of a sentence at its longest, but for values out of all proportion.
fn longest(span: &Span) -> String {
    let number = |unit: Unit| match unit {
        Unit::Month => format::month(Month::new(2026, 9)),
        Unit::Ratio => format!("{}0", format::percent(0.88)),
        unit => format!("{}0", format::value(unit, 88.8)),
    };
    match span {
        Span::Text(text) | Span::Count(text) | Span::Fact { text, .. } => (*text).to_owned(),
        Span::Turn(turn) if turn.so.len() > turn.otherwise.len() => turn.so.to_owned(),
        Span::Turn(turn) => turn.otherwise.to_owned(),
        Span::Output(output) => number(output.spec().unit),
        Span::Precise { .. } => number(Unit::UsdBn),
        Span::Lever(lever) => {
            let spec = lever.spec();
            // A figure more, for the room that is kept around it.
            [spec.default, spec.max, spec.max - spec.step]
                .map(|value| format!("{}0", format::lever(*lever, value)))
                .into_iter()
                .max_by_key(|text| text.chars().count())
                .unwrap_or_default()
        }
    }
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
fn BlockView(block: &'static Block, id: String, state: State) -> impl IntoView {
    match block {
        Block::Paragraph(spans) => view! { <p>{sentence(spans, state)}</p> }.into_any(),
        Block::Heading(spans) => {
            view! { <h3 id=id tabindex="-1">{sentence(spans, state)}</h3> }.into_any()
        }
        Block::LeavesOut(spans) => view! {
            <details class="leaves-out">
                <summary>{t("What this leaves out")}</summary>
                <p>{sentence(spans, state)}</p>
            </details>
        }
        .into_any(),
        Block::Chart(chart) => {
            view! { <Figure chart=*chart hand=figure::WHOLE state /> }.into_any()
        }
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
            // The number before it has taken its stop along.
            Span::Text(text) if i > 0 && !matches!(spans[i - 1], Span::Turn(_)) => {
                text.trim_start_matches(STOPS).into_any()
            }
            Span::Text(text) => (*text).into_any(),
            Span::Turn(turn) => turned(turn, state).into_any(),
            _ => {
                let slack = slack(span, state);
                view! {
                    <span class="kept" style=live(move || slack.get())>{number(span, state)} {stop(i + 1)}</span>
                }
                .into_any()
            }
        })
        .collect_view()
}

/// Words that depend on the scenario: the text alone changes, no element around it, so
/// that a number held in the same sentence is not let go.
fn turned(turn: &'static Turn, state: State) -> impl IntoView {
    let words = memo(move || {
        let scenario = state.scenario.get();
        state.outcome.with(|outcome| turn.words(&scenario, outcome))
    });
    view! { <span>{words}</span> }
}

/// Room around a number for the figures it gets while one of the three main levers
/// moves, so that the words after it keep their places. Half of it stands before the
/// number and half behind; it is half a figure wide at most and passes for a part of the
/// two spaces.
fn slack(span: &'static Span, state: State) -> Memo<String> {
    let most = room::most(span);
    memo(move || {
        let now = match span {
            Span::Output(output) => {
                state.of_output(*output, |outcome| format::output(outcome, *output))
            }
            Span::Lever(lever) => {
                let value = state.lever(*lever);
                format::lever(*lever, value)
            }
            Span::Text(_)
            | Span::Count(_)
            | Span::Fact { .. }
            | Span::Turn(_)
            | Span::Precise { .. } => return String::new(),
        };
        room::slack(most, &now).map_or_else(String::new, |slack| format!("--slack:{slack}"))
    })
}

fn number(span: &'static Span, state: State) -> AnyView {
    match span {
        Span::Text(text) | Span::Count(text) => (*text).into_any(),
        Span::Turn(turn) => turned(turn, state).into_any(),
        Span::Output(output) => view! { <OutputNumber output=*output state /> }.into_any(),
        Span::Precise { output, decimals } => {
            view! { <OutputNumber output=*output decimals=*decimals state /> }.into_any()
        }
        Span::Lever(lever) => view! { <LeverNumber lever=*lever state /> }.into_any(),
        Span::Fact {
            id,
            text,
            source,
            kind,
            origin,
        } => FactLink {
            id,
            kind: *kind,
            origin,
            text,
            source: Some(*source),
            numbered: false,
        }
        .view(state),
    }
}

/// A figure of the model: its exact value in `data-value`, its text inside. It opens how
/// it is computed. A share may have more decimals than usual.
#[component]
pub(crate) fn OutputNumber(
    output: Output,
    #[prop(optional)] decimals: Option<usize>,
    state: State,
) -> impl IntoView {
    let (exact, shown) = (exact(output, state), shown(output, decimals, state));
    view! {
        <button
            type="button"
            class="live"
            data-output=output.spec().id
            data-value=exact
            data-decimals=decimals
            data-mark=Mark::COMPUTED.letter
            data-kind=t(Mark::COMPUTED.name)
            data-unpublished=""
            title=say!("{figure}: how it is computed", figure = t(output.spec().label))
            on:click=move |_| trace::open(state, output)
        >
            {shown}
        </button>
    }
}

/// The same where there is no room to open it: in the bar that follows the reader.
#[component]
pub(crate) fn OutputText(output: Output, state: State) -> impl IntoView {
    let (exact, shown) = (exact(output, state), shown(output, None, state));
    view! {
        <span
            data-output=output.spec().id
            data-value=exact
            data-mark=Mark::COMPUTED.letter
            data-kind=t(Mark::COMPUTED.name)
            data-unpublished=""
        >
            {shown}
        </span>
    }
}

fn exact(output: Output, state: State) -> Live<String> {
    live(move || state.of_output(output, |outcome| json::output_text(outcome, output)))
}

fn shown(output: Output, decimals: Option<usize>, state: State) -> Memo<String> {
    memo(move || {
        state.of_output(output, |outcome| match decimals {
            Some(decimals) => format::share(outcome.get(output), decimals),
            None => format::output(outcome, output),
        })
    })
}
