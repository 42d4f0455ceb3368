//! What would have to be true: the question, its answers, and the point of the map.

use std::sync::Arc;

use compute_loop_core::cheapest::{self, Change, Cheapest};
use compute_loop_core::field::plain;
use compute_loop_core::kind::Mark;
use compute_loop_core::levers::Lever;
use compute_loop_core::outcome::Output;
use compute_loop_core::question::{self, Question};
use compute_loop_core::solve::{self, Answer, How, Reach};
use compute_loop_core::words::t;
use compute_loop_core::{format, plural, say};
use gloo::timers::callback::Timeout;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent, PointerEvent};

use crate::browser;
use crate::charts::{Look, Picture, short};
use crate::live::{effect, memo};
use crate::sight;
use crate::state::State;

/// How long the hand rests before the answers follow it.
const REST_MS: u32 = 150;

/// The most beliefs of a joint change that are named one by one.
const NAMED: usize = 5;

/// The most values of one belief that are named.
const VALUES: usize = 3;

/// The answers to a question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked {
    output: Output,
    target: f64,
    reaches: Vec<Reach>,
    cheapest: Cheapest,
    /// The beliefs as they were ordered when the question was put: those that reach the
    /// target first, the nearest first. They keep their places while beliefs move.
    order: Vec<Lever>,
    /// How many of them reached it then.
    first: usize,
}

impl Asked {
    /// Answers the question now. The order is that of an earlier answer to the same one.
    fn now(state: State, question: Question, before: Option<&Self>) -> Self {
        let scenario = state.scenario.get_untracked();
        let Question { output, target, .. } = question;
        let reaches = solve::reaches(&scenario, output, target);
        let cheapest = cheapest::cheapest(&scenario, output, target, &reaches);
        let before = before.filter(|before| before.is_of(question));
        let (order, first) = before.map_or_else(
            || {
                let away = |reach: &Reach| {
                    let now = scenario.get(reach.lever);
                    let to = reach.from(now)?;
                    // What is taken as set has no such measure and comes after the rest.
                    let far = solve::deviations(reach.lever, now, to);
                    Some(far.map_or(f64::MAX, f64::abs))
                };
                let mut order: Vec<(Lever, Option<f64>)> = reaches
                    .iter()
                    .map(|reach| (reach.lever, away(reach)))
                    .collect();
                let first = order.iter().filter(|one| one.1.is_some()).count();
                let last = |away: Option<f64>| away.unwrap_or(f64::INFINITY);
                order.sort_by(|a, b| last(a.1).total_cmp(&last(b.1)));
                (order.into_iter().map(|one| one.0).collect(), first)
            },
            |before| (before.order.clone(), before.first),
        );
        Self {
            output,
            target,
            reaches,
            cheapest,
            order,
            first,
        }
    }

    fn is_of(&self, question: Question) -> bool {
        self.output == question.output && self.target.to_bits() == question.target.to_bits()
    }

    fn reach(&self, lever: Lever) -> Option<&Reach> {
        self.reaches.iter().find(|reach| reach.lever == lever)
    }
}

fn of_output(output: Output, value: f64) -> String {
    format::value(output.spec().unit, value)
}

/// How far a belief moves, in words.
fn far(deviations: f64) -> String {
    let count = format::number(deviations.abs(), 1);
    if deviations < 0.0 {
        say!("{count} sd down", count)
    } else {
        say!("{count} sd up", count)
    }
}

/// The question as a form, and what together would bring it about.
#[component]
pub(crate) fn Asking(state: State) -> impl IntoView {
    let frame = NodeRef::<Div>::new();
    let near = sight::within(frame, sight::NEAR);
    let question = memo(move || state.view.with(|view| view.question));
    let resting = StoredValue::new_local(None::<Timeout>);
    let answer = move || {
        let before = state.asked.get_untracked();
        let next = Asked::now(state, question.get_untracked(), before.as_deref());
        if before.as_deref() != Some(&next) {
            state.asked.set(Some(Arc::new(next)));
        }
    };
    effect(move || {
        let question = question.get();
        state.scenario.track();
        if !(near.get() || state.printing.get()) {
            return;
        }
        let known = state
            .asked
            .with_untracked(|asked| asked.as_ref().is_some_and(|asked| asked.is_of(question)));
        if known && !state.printing.get_untracked() {
            resting.set_value(Some(Timeout::new(REST_MS, answer)));
        } else {
            resting.set_value(None);
            answer();
        }
    });

    let notice = RwSignal::new(String::new());
    let output = move || question.get().output;
    let chosen = move |event: web_sys::Event| {
        if let Some(output) = Output::from_id(&event_target_value(&event)) {
            notice.set(String::new());
            let asked = Question::of(output, &state.scenario.get_untracked());
            state.view.update(|view| view.question = asked);
        }
    };
    let target = move || {
        let Question { output, target, .. } = question.get();
        question::text(output, target)
    };
    let typed = move |event: web_sys::Event| {
        let field: HtmlInputElement = event_target(&event);
        let Question { output, target, .. } = question.get_untracked();
        let text = plain(&field.value());
        notice.set(String::new());
        match question::parse(output, &text) {
            Some(target) => state.view.update(|view| view.question.target = target),
            None if text.is_empty() => {}
            None => {
                let mut said = say!(
                    "“{typed}” is not a value here; {target} stays.",
                    typed = text,
                    target = of_output(output, target)
                );
                if solve::is_whole(output) {
                    said.push(' ');
                    said.push_str(t("A month is written as 2027-06, or never."));
                }
                notice.set(said);
            }
        }
        // Whatever was typed, the field shows what is asked.
        field.set_value(&untrack(self::text(question)));
    };
    let groups = question::outputs().into_iter().map(|(name, outputs)| {
        let options = outputs.into_iter().map(|output| {
            let spec = output.spec();
            view! {
                <option value=spec.id selected=move || question.with(|question| question.output == output)>
                    {format::capital(t(spec.label))}
                </option>
            }
        });
        view! { <optgroup label=t(name)>{options.collect_view()}</optgroup> }
    });
    let now = move || {
        let output = output();
        state
            .outcome
            .with(|outcome| format::output(outcome, output))
    };
    view! {
        <div class="asking" node_ref=frame>
            <label class="asked">
                <span>{t("For")}</span>
                <select data-ask="output" on:change=chosen>
                    {groups.collect_view()}
                </select>
            </label>
            <label class="asked">
                <span>{t("to be")}</span>
                <span class="entry">
                    <input
                        type="text"
                        data-ask="target"
                        inputmode=move || if solve::is_whole(output()) { "text" } else { "decimal" }
                        autocomplete="off"
                        aria-label=t("Target")
                        prop:value=target
                        on:change=typed
                    />
                    <span class="unit" aria-hidden="true">{move || question::unit(output())}</span>
                </span>
            </label>
            <span class="as-set">{t("Now")} " " <b data-mark=Mark::COMPUTED.letter data-kind=t(Mark::COMPUTED.name) data-unpublished="">{now}</b></span>
            <p class="asked-notice" role="status">{notice}</p>
        </div>
        <Together state question />
    }
}

/// The target of a question as it stands in its field.
fn text(question: Memo<Question>) -> impl Fn() -> String {
    move || {
        let Question { output, target, .. } = question.get();
        question::text(output, target)
    }
}

/// The cheapest change of several beliefs.
#[component]
fn Together(state: State, question: Memo<Question>) -> impl IntoView {
    let cheapest = memo(move || {
        state.asked.with(|asked| {
            asked
                .as_ref()
                .map(|asked| (asked.output, asked.target, asked.cheapest.clone()))
        })
    });
    let says = move || match cheapest.get() {
        None => String::new(),
        Some((_, _, Cheapest::There)) => t("It is there as set: nothing has to change.").to_owned(),
        Some((output, target, Cheapest::OutOfReach)) => say!(
            "{target} is not within the ranges: no joint change of the doubtful beliefs was found that gives it.",
            target = of_output(output, target)
        ),
        Some((output, _, Cheapest::By(change))) => {
            let count = change.moves.len();
            plural!(
                count,
                "The cheapest change found moves one belief, {distance} standard deviations (sd) in all, and gives {result}.",
                "The cheapest change found moves {count} beliefs, {distance} standard deviations (sd) in all, and gives {result}.",
                distance = format::number(change.deviations, 1),
                result = of_output(output, change.gives)
            )
        }
    };
    let change = move || match cheapest.get() {
        Some((_, _, Cheapest::By(change))) => Some(change),
        _ => None,
    };
    let moves = move || {
        change().map(|Change { moves, .. }| {
            let more = moves.len().saturating_sub(NAMED);
            let rows = moves.into_iter().take(NAMED).map(|one| {
                view! {
                    <li data-move=one.lever.spec().id title=t(one.lever.spec().label)>
                        <span class="name">{t(short(one.lever))}</span>
                        <span class="way" data-mark=Mark::COMPUTED.letter data-kind=t(Mark::COMPUTED.name) data-unpublished="">
                            {format!("{} → {}", format::lever(one.lever, one.from), format::lever(one.lever, one.to))}
                        </span>
                        <span class="far">{far(one.deviations)}</span>
                    </li>
                }
            });
            let rows = rows.collect_view();
            view! {
                {rows}
                {(more > 0).then(|| view! { <li class="rest">{say!("and {count} smaller", count = more)}</li> })}
            }
        })
    };
    let make = move |_| {
        // As the beliefs stand by now, should they have moved since.
        let Some(Cheapest::By(change)) = untrack(|| {
            let asked = Asked::now(state, question.get(), None);
            Some(asked.cheapest)
        }) else {
            return;
        };
        let next = change.made(&state.scenario.get_untracked());
        state.replace(&next);
    };
    view! {
        <section class="together" aria-label=t("The cheapest change together") aria-live="off">
            <div class="line">
                <span class="says">{says}</span>
                <button type="button" class="more" data-try="together" style:visibility=move || if change().is_some() { "visible" } else { "hidden" } on:click=make>
                    {t("Try it")}
                </button>
            </div>
            <ol>{moves}</ol>
        </section>
    }
}

/// What each belief alone would have to be.
#[component]
pub(crate) fn Singles(state: State) -> impl IntoView {
    // The rows keep their places; only what stands in them moves.
    let order = memo(move || {
        state.asked.with(|asked| {
            asked
                .as_ref()
                .map(|asked| (asked.output, asked.order.clone(), asked.first))
        })
    });
    let lists = move || {
        let (_, order, first) = order.get()?;
        let row = move |lever: &Lever| single(*lever, state);
        let (reaching, rest) = order.split_at(first.min(order.len()));
        let rest = rest.to_vec();
        let among = rest.clone();
        let by_now = move || {
            state.asked.with(|asked| {
                let asked = asked.as_ref()?;
                let reaches = |lever: &&Lever| {
                    asked
                        .reach(**lever)
                        .is_some_and(|reach| !reach.answers.is_empty())
                };
                let count = among.iter().filter(reaches).count();
                (count > 0).then_some(count)
            })
        };
        let count = rest.len();
        let would_not = move || match by_now() {
            Some(now) => plural!(
                count,
                "{count} belief that would not get there alone, {now} of which would by now",
                "{count} beliefs that would not get there alone, {now} of which would by now",
                now
            ),
            None => plural!(
                count,
                "{count} belief that would not get there alone",
                "{count} beliefs that would not get there alone"
            ),
        };
        Some(view! {
            {(first == 0).then(|| view! { <p class="none">{t("No belief alone gets there, all others as they are.")}</p> })}
            <ul class="singles">{reaching.iter().map(row).collect_view()}</ul>
            {(!rest.is_empty()).then(|| view! {
                <details class="rows">
                    <summary>{would_not}</summary>
                    <ul class="singles">{rest.iter().map(row).collect_view()}</ul>
                </details>
            })}
        })
    };
    view! { <div class="alone" role="group" aria-label=t("Single beliefs that reach the target")>{lists}</div> }
}

/// A belief with the values that would do.
fn single(lever: Lever, state: State) -> impl IntoView {
    let spec = lever.spec();
    let reach = memo(move || {
        state.asked.with(|asked| {
            let asked = asked.as_ref()?;
            Some((asked.output, asked.reach(lever)?.clone()))
        })
    });
    let now = move || state.lever(lever);
    let way = move |answer: Answer| {
        let to = move || answer.from(now());
        let here = move || to().to_bits() == now().to_bits();
        let shown = move || {
            let at = |value: f64| format::lever(lever, value);
            match answer.how {
                How::Level if here() => {
                    let (least, most) = (at(answer.low), at(answer.high));
                    say!("{least} to {most}", least, most)
                }
                How::Level if now() < answer.low => say!("from {value}", value = at(answer.low)),
                How::Level => say!("down to {value}", value = at(answer.high)),
                How::Across => say!("past {value}", value = at(to())),
                How::Through | How::Touching => at(to()),
            }
        };
        let away = move || match solve::deviations(lever, now(), to()) {
            _ if here() => t("as set").to_owned(),
            Some(deviations) => far(deviations),
            None => t("taken as set").to_owned(),
        };
        view! {
            <span class="way">
                <button
                    type="button"
                    class="more"
                    data-set=spec.id
                    data-value=move || to().to_string()
                    aria-label=move || say!("Set {belief} to {value}", belief = t(spec.label), value = format::lever(lever, to()))
                    disabled=here
                    data-mark=Mark::COMPUTED.letter
                    data-kind=t(Mark::COMPUTED.name)
                    data-unpublished=""
                    on:click=move |_| {
                        state.set(lever, untrack(to));
                    }
                >
                    {shown}
                </button>
                " " <span class="far">{away}</span>
            </span>
        }
    };
    let ways = move || {
        let (output, reach) = reach.get()?;
        if reach.is_everywhere() {
            return Some(view! { <span class="none">{t("every value")}</span> }.into_any());
        }
        if reach.answers.is_empty() {
            let (value, gives) = reach.nearest;
            let says = if reach.idle {
                t("has no effect now").to_owned()
            } else {
                say!(
                    "no value; nearest {result}, at {value}",
                    result = of_output(output, gives),
                    value = format::lever(lever, value)
                )
            };
            return Some(view! { <span class="none">{says}</span> }.into_any());
        }
        let more = reach.answers.len().saturating_sub(VALUES);
        let ways = reach.answers.iter().take(VALUES).map(|answer| way(*answer));
        let ways = ways.collect_view();
        Some(
            view! { {ways} {(more > 0).then(|| say!("and {count} more", count = more))} }
                .into_any(),
        )
    };
    view! {
        <li data-single=spec.id>
            <span class="name" title=t(spec.label)>{t(short(lever))}</span>
            <span class="ways">{ways}</span>
        </li>
    }
}

/// Which two beliefs the map lays out.
#[component]
pub(crate) fn MapControls(state: State) -> impl IntoView {
    let question = memo(move || state.view.with(|view| view.question));
    let side = move |name: &'static str, words: &'static str, is_across: bool| {
        let of = move |question: &Question| {
            if is_across {
                question.across
            } else {
                question.up
            }
        };
        let options = move || {
            let (output, here, there) = question.with(|question| {
                let other = if is_across {
                    question.up
                } else {
                    question.across
                };
                (question.output, of(question), other)
            });
            let mut sides: Vec<Lever> = question::sides(output)
                .filter(|&lever| lever != there)
                .collect();
            if !sides.contains(&here) {
                sides.push(here);
            }
            let option = |lever: Lever| {
                view! { <option value=lever.spec().id selected=lever == here>{t(lever.spec().label)}</option> }
            };
            sides.into_iter().map(option).collect_view()
        };
        let chosen = move |event: web_sys::Event| {
            if let Some(lever) = Lever::from_id(&event_target_value(&event)) {
                state.view.update(|view| {
                    if is_across {
                        view.question.across = lever;
                    } else {
                        view.question.up = lever;
                    }
                });
            }
        };
        view! {
            <label class="asked">
                <span>{words}</span>
                <select data-map=name on:change=chosen>
                    {options}
                </select>
            </label>
        }
    };
    view! {
        <div class="view sides">
            {side("up", t("Up"), false)}
            {side("across", t("Across"), true)}
        </div>
    }
}

/// The point of the map: dragged, or moved by keys. It moves the two beliefs, and each drag
/// and each key is one step.
#[component]
pub(crate) fn Grip(
    picture: RwSignal<Picture>,
    width: RwSignal<f64>,
    state: State,
) -> impl IntoView {
    let over = NodeRef::<Div>::new();
    let sides = move || {
        state
            .view
            .with(|view| (view.question.across, view.question.up))
    };
    let value = move |lever: Lever| state.lever(lever);
    let look = move |picture: &Picture| Look {
        width: width.get(),
        height: picture.height(width.get()),
        theme: state.theme.get_untracked(),
        contrast: false,
    };
    let style = move || {
        let at = picture.with(|picture| picture.grip(look(picture)));
        let (x, y) = at.unwrap_or_default();
        format!("transform:translate({x:.1}px,{y:.1}px)")
    };
    let held = StoredValue::new(None::<(f64, f64)>);
    let press = move |event: PointerEvent| {
        if event.button() != 0 || !event.is_primary() {
            return;
        }
        let Some(over) = over.get_untracked() else {
            return;
        };
        let target = event.current_target();
        let Some(grip) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) else {
            return;
        };
        // Refused only where the pointer is gone already.
        let _ = Element::set_pointer_capture(&grip, event.pointer_id());
        browser::focus_still(&grip);
        let corner = over.get_bounding_client_rect();
        let at = untrack(|| picture.with(|picture| picture.grip(look(picture))));
        let (x, y) = at.unwrap_or_default();
        // From where the finger is to where the point is: it does not jump under the hand.
        held.set_value(Some((
            corner.left() + x - f64::from(event.client_x()),
            corner.top() + y - f64::from(event.client_y()),
        )));
        event.prevent_default();
    };
    let pull = move |event: PointerEvent| {
        let (Some((left, down)), Some(over)) = (held.get_value(), over.get_untracked()) else {
            return;
        };
        let corner = over.get_bounding_client_rect();
        let point = (
            f64::from(event.client_x()) + left - corner.left(),
            f64::from(event.client_y()) + down - corner.top(),
        );
        let beliefs = untrack(|| picture.with(|picture| picture.beliefs_at(look(picture), point)));
        if let Some(beliefs) = beliefs {
            // As finely as their sliders go.
            state.drag_both(beliefs.map(|(lever, value)| {
                let spec = lever.spec();
                let steps = ((value - spec.min) / spec.step).round();
                (lever, spec.min + steps * spec.step)
            }));
        }
    };
    let let_go = move |_: PointerEvent| {
        held.set_value(None);
        state.release();
    };
    let cancel = move |_: PointerEvent| {
        held.set_value(None);
        let (across, up) = untrack(sides);
        state.abandon_both([across, up]);
    };
    let key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let (across, up) = untrack(sides);
        let by = |lever: Lever, sign: f64| {
            let spec = lever.spec();
            let tenth = ((spec.max - spec.min) / spec.step / 10.0).round().max(1.0);
            let steps = if event.shift_key() { tenth } else { 1.0 };
            Some((lever, untrack(|| value(lever)) + sign * steps * spec.step))
        };
        let wanted = match event.key().as_str() {
            "ArrowRight" => by(across, 1.0),
            "ArrowLeft" => by(across, -1.0),
            "ArrowUp" => by(up, 1.0),
            "ArrowDown" => by(up, -1.0),
            "Home" => Some((across, across.spec().min)),
            "End" => Some((across, across.spec().max)),
            "PageUp" => Some((up, up.spec().max)),
            "PageDown" => Some((up, up.spec().min)),
            "Delete" | "Backspace" => {
                let next = state.scenario.get_untracked();
                let next = next
                    .with(across, across.spec().default)
                    .with(up, up.spec().default);
                state.replace(&next);
                event.prevent_default();
                return;
            }
            _ => None,
        };
        if let Some((lever, value)) = wanted {
            state.set(lever, value);
            event.prevent_default();
        }
    };
    let says = move || {
        let (across, up) = sides();
        let output = state.view.with(|view| view.question.output);
        let figure = state
            .outcome
            .with(|outcome| format::output(outcome, output));
        let at = |lever: Lever| format::lever(lever, value(lever));
        say!(
            "{across} {across_value}, {up} {up_value}: {result}",
            across = t(short(across)),
            across_value = at(across),
            up = t(short(up)),
            up_value = at(up),
            result = figure
        )
    };
    view! {
        <div class="over" node_ref=over>
            <div
                class="grip"
                role="slider"
                tabindex="0"
                style=style
                aria-label=move || say!("{across} across and {up} up", across = t(short(sides().0)), up = t(short(sides().1)))
                aria-roledescription=t("point on a map")
                aria-valuemin=move || sides().0.spec().min
                aria-valuemax=move || sides().0.spec().max
                aria-valuenow=move || value(sides().0)
                aria-valuetext=says
                title=t("Drag, or move with the arrow keys; with Shift by tenths")
                on:pointerdown=press
                on:pointermove=pull
                on:pointerup=let_go
                on:pointercancel=cancel
                on:keydown=key
            ></div>
        </div>
    }
}
