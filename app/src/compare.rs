//! Two scenarios laid over each other, and the list of what differs.

use compute_loop_core::kind::Mark;
use compute_loop_core::levers::Lever;
use compute_loop_core::odds::Asked;
use compute_loop_core::outcome::Output;
use compute_loop_core::preset::PRESETS;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::unit::Unit;
use compute_loop_core::viewpoint::Viewpoint;
use compute_loop_core::words::t;
use compute_loop_core::{format, say};
use leptos::html::Section;
use leptos::prelude::*;

use crate::chunks;
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

/// A scenario with a name: a key, what it is called, what it sets.
pub(crate) type NamedScenario = (String, String, Scenario);

/// Those that the page opens with.
fn presets() -> Vec<NamedScenario> {
    let presets = PRESETS.iter().map(|preset| {
        (
            preset.id.to_owned(),
            t(preset.name).to_owned(),
            preset.scenario(),
        )
    });
    presets.collect()
}

/// All of them: those of sources and of dates come with the chapters.
pub(crate) fn named() -> Vec<NamedScenario> {
    let viewpoints = Viewpoint::all().map(|viewpoint| {
        let name = match viewpoint {
            Viewpoint::Source(_) => say!("{source} throughout", source = viewpoint.name()),
            Viewpoint::Date(_) => say!("as known at {date}", date = viewpoint.name()),
        };
        (viewpoint.id(), name, viewpoint.scenario())
    });
    presets().into_iter().chain(viewpoints).collect()
}

/// What to compare with: nothing, a named scenario, or the beliefs as they are.
#[component]
pub(crate) fn CompareChoice(state: State) -> impl IntoView {
    let known = move || chunks::named(state).unwrap_or_else(presets);
    let chosen = move |event: web_sys::Event| {
        let id = event_target_value(&event);
        match known().iter().find(|(key, ..)| *key == id) {
            Some((_, name, scenario)) => state.compare_with(name, scenario),
            None if id == KEPT => {
                state.compare_with(t("beliefs kept before"), &state.scenario.get_untracked());
            }
            None => state.other.set(None),
        }
    };
    let shown = move || {
        state.other.with(|other| {
            other.as_ref().map_or_else(String::new, |other| {
                known()
                    .into_iter()
                    .find(|(_, name, _)| *name == other.name)
                    .map_or_else(|| KEPT.to_owned(), |(key, ..)| key)
            })
        })
    };
    view! {
        <label class="scenario">
            <span>{t("Compare with")}</span>
            <select id="compare" prop:value=shown on:change=chosen>
                <option value="">{t("nothing")}</option>
                <option value=KEPT>{t("these beliefs, kept")}</option>
                {move || known().into_iter().map(|(key, name, _)| view! { <option value=key>{name}</option> }).collect_view()}
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
            let name =
                known.map_or_else(|| t("beliefs kept before").to_owned(), |(_, name, _)| name);
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
                        t(lever.spec().label),
                        [lever.mark_at(now.get(lever)), lever.mark_at(other)],
                        text(now.get(lever)),
                        text(other),
                        None,
                    )
                })
                .collect();
            if rows.is_empty() {
                view! { <tr><th scope="row" colspan="4">{t("No belief differs: move one.")}</th></tr> }
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
                        t(output.spec().label),
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
                <h2 id="comparison-title">{say!("Now, against {scenario}", scenario = other.name)}</h2>
                <p>
                    {say!("In every chart thin lines and ticks stand for {scenario}.", scenario = other.name)} " "
                    <button type="button" class="more" id="swap" on:click=swap>{t("Swap")}</button>
                    <button type="button" class="more" id="stop-comparing" on:click=move |_| state.other.set(None)>{t("Stop comparing")}</button>
                </p>
                {reason}
                <div class="scroll" tabindex="0" role="region" aria-label=t("What differs")>
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{t("What differs")}</th>
                                <th scope="col">{t("Now")}</th>
                                <th scope="col">{other.name.clone()}</th>
                                <th scope="col" class="often">{t("Now above, in the same 100 worlds")}</th>
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
        return t("level in all").to_owned();
    }
    let above = format::of_hundred(above.share);
    if level.share > 0.0 {
        let level = format::of_hundred(level.share);
        say!("{above}, level in {level}", above, level)
    } else {
        above
    }
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
            <td><span data-mark=mark.letter data-kind=t(mark.name) data-unpublished=unpublished>{text}</span></td>
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
