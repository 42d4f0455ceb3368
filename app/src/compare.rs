//! Two scenarios laid over each other, and the list of what differs.

use compute_loop_core::format;
use compute_loop_core::kind::Mark;
use compute_loop_core::levers::Lever;
use compute_loop_core::odds::Asked;
use compute_loop_core::outcome::Output;
use compute_loop_core::preset::PRESETS;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::unit::Unit;
use compute_loop_core::viewpoint::Viewpoint;
use leptos::html::Section;
use leptos::prelude::*;

use crate::odds::Want;
use crate::sight;
use crate::state::State;

/// The figures that a comparison lists.
pub(crate) const FIGURES: [Output; 11] = [
    Output::GwNeeded202612,
    Output::GwOnline202612,
    Output::GwGap202612,
    Output::CommitmentOutgrown,
    Output::AwsGrowth2026,
    Output::AnthropicShare2026,
    Output::AwsMargin2027,
    Output::TrainiumMargin,
    Output::StakeValue202612,
    Output::PledgeMet,
    Output::ReturnPositive,
];

/// The choice that keeps the beliefs of the moment.
const KEPT: &str = "kept";

/// Scenarios with a name: a key, what it is called, what it sets.
fn named() -> Vec<(String, String, Scenario)> {
    let presets = PRESETS.iter().map(|preset| {
        (
            preset.id.to_owned(),
            preset.name.to_owned(),
            preset.scenario(),
        )
    });
    let viewpoints = Viewpoint::all().map(|viewpoint| {
        let name = match viewpoint {
            Viewpoint::Source(_) => format!("{} throughout", viewpoint.name()),
            Viewpoint::Date(_) => format!("as known at {}", viewpoint.name()),
        };
        (viewpoint.id(), name, viewpoint.scenario())
    });
    presets.chain(viewpoints).collect()
}

/// What to compare with: nothing, a named scenario, or the beliefs as they are.
#[component]
pub(crate) fn CompareChoice(state: State) -> impl IntoView {
    let chosen = move |event: web_sys::Event| {
        let id = event_target_value(&event);
        match named().iter().find(|(key, ..)| *key == id) {
            Some((_, name, scenario)) => state.compare_with(name, scenario),
            None if id == KEPT => {
                state.compare_with("beliefs kept before", &state.scenario.get_untracked());
            }
            None => state.other.set(None),
        }
    };
    let shown = move || {
        state.other.with(|other| {
            other.as_ref().map_or_else(String::new, |other| {
                named()
                    .into_iter()
                    .find(|(_, name, _)| *name == other.name)
                    .map_or_else(|| KEPT.to_owned(), |(key, ..)| key)
            })
        })
    };
    view! {
        <label class="scenario">
            <span>"Compare with"</span>
            <select id="compare" prop:value=shown on:change=chosen>
                <option value="">"nothing"</option>
                <option value=KEPT>"these beliefs, kept"</option>
                {named().into_iter().map(|(key, name, _)| view! { <option value=key>{name}</option> }).collect_view()}
            </select>
        </label>
    }
}

/// What differs between the scenario and the one it is laid over.
#[component]
pub(crate) fn Comparison(state: State) -> impl IntoView {
    let place = NodeRef::<Section>::new();
    let seen = sight::within(place, sight::AROUND);
    state.odds().want_while(
        move || state.other.with(Option::is_some) && (seen.get() || state.printing.get()),
        || Want {
            asked: FIGURES
                .into_iter()
                .filter(|&output| comparable(output))
                .map(Asked::of)
                .collect(),
            always: true,
            against: true,
            ..Want::default()
        },
    );
    move || {
        let other = state.other.get()?;
        let swapped = other.clone();
        let swap = move |_| {
            let now = state.scenario.get_untracked();
            let known = named().into_iter().find(|(.., scenario)| *scenario == now);
            let name = known.map_or_else(|| "beliefs kept before".to_owned(), |(_, name, _)| name);
            state.compare_with(&name, &now);
            state.replace(&swapped.scenario);
        };
        let levers = other.clone();
        let beliefs = move || {
            let now = state.scenario.get();
            let differing = Lever::ALL
                .into_iter()
                .filter(|&lever| now.get(lever).to_bits() != levers.scenario.get(lever).to_bits());
            let rows: Vec<_> = differing
                .map(|lever| {
                    let text = |at: f64| format::lever(lever, at);
                    let other = levers.scenario.get(lever);
                    row(
                        lever.spec().label,
                        [lever.mark_at(now.get(lever)), lever.mark_at(other)],
                        text(now.get(lever)),
                        text(other),
                        None,
                    )
                })
                .collect();
            if rows.is_empty() {
                view! { <tr><th scope="row" colspan="4">"No belief differs: move one."</th></tr> }
                    .into_any()
            } else {
                rows.into_any()
            }
        };
        let figures = other.clone();
        let results = move || {
            let now = state.outcome.get();
            FIGURES
                .into_iter()
                .map(|output| {
                    let often = comparable(output).then(|| above(state, output));
                    row(
                        output.spec().label,
                        [Mark::COMPUTED; 2],
                        format::output(&now, output),
                        format::output(&figures.outcome, output),
                        often,
                    )
                })
                .collect_view()
        };
        // How much of a viewpoint is its own has to stand where its figures do.
        let viewpoint = Viewpoint::all().find(|viewpoint| viewpoint.scenario() == other.scenario);
        let viewpoint = viewpoint.filter(|_| other.scenario != Scenario::default());
        let reason = viewpoint.map(|viewpoint| view! { <p>{viewpoint.reason()}</p> });
        Some(view! {
            <section class="comparison" node_ref=place aria-labelledby="comparison-title">
                <h2 id="comparison-title">"Now, against " {other.name.clone()}</h2>
                <p>
                    "In every chart thin lines and ticks stand for " {other.name.clone()} ". "
                    <button type="button" class="more" id="swap" on:click=swap>"Swap"</button>
                    <button type="button" class="more" id="stop-comparing" on:click=move |_| state.other.set(None)>"Stop comparing"</button>
                </p>
                {reason}
                <div class="scroll" tabindex="0" role="region" aria-label="What differs">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">"What differs"</th>
                                <th scope="col">"Now"</th>
                                <th scope="col">{other.name.clone()}</th>
                                <th scope="col" class="often">"Now above, in the same 100 worlds"</th>
                            </tr>
                        </thead>
                        <tbody class="beliefs-differ">{beliefs}</tbody>
                        <tbody class="results-differ">{results}</tbody>
                    </table>
                </div>
            </section>
        })
    }
}

/// Whether more of an output means anything: of a month, it would be later.
fn comparable(output: Output) -> bool {
    !matches!(output.spec().unit, Unit::Month | Unit::Year)
}

/// In how many of a hundred worlds an output is above that of the other scenario in the
/// same world.
fn above(state: State, output: Output) -> String {
    let against = state
        .odds()
        .now
        .with(|answer| answer.figure(output).and_then(|figure| figure.against));
    let Some([above, level]) = against else {
        return "…".to_owned();
    };
    if level.share >= 1.0 {
        return "level in all".to_owned();
    }
    let mut text = format::of_hundred(above.share);
    if level.share > 0.0 {
        text = format!("{text}, level in {}", format::of_hundred(level.share));
    }
    text
}

fn row(
    name: &'static str,
    marks: [Mark; 2],
    now: String,
    other: String,
    often: Option<String>,
) -> impl IntoView {
    let same = now == other;
    let [now, other] = [(now, marks[0]), (other, marks[1])].map(|(text, mark)| {
        let unpublished = (!mark.published).then_some("");
        view! {
            <td><span data-mark=mark.letter data-kind=mark.name data-unpublished=unpublished>{text}</span></td>
        }
    });
    let computed = often.is_some().then_some("");
    view! {
        <tr class:same=same>
            <th scope="row">{name}</th>
            {now}
            {other}
            <td class="often" data-unpublished=computed>{often}</td>
        </tr>
    }
}
