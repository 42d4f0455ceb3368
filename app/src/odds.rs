//! The worlds in the page: what is on screen gets its bands and ranges from few of them
//! within the frame of a movement; [`crate::refine`] has more drawn once the hand rests.

use std::collections::BTreeMap;
use std::sync::Arc;

use compute_loop_core::odds::{Answer, Asked, DRAWS, Desk, FIRST_DRAWS, Figure, Months, SEED};
use compute_loop_core::outcome::Output;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::words::t;
use compute_loop_core::{format, say};
use leptos::prelude::*;

use crate::browser;
use crate::chunks::Chunks;
use crate::first;
use crate::live::{effect, live, memo, yes};
use crate::room::stand;
pub(crate) use crate::room::worlds;
use crate::state::{Other, State};

/// What a place of the page wants to show.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Want {
    /// Bands.
    pub(crate) series: Vec<Months>,
    /// Ranges and odds.
    pub(crate) asked: Vec<Asked>,
    /// Whether also where the reader has switched ranges off.
    pub(crate) always: bool,
    /// Whether the figures are compared with those of the other scenario.
    pub(crate) against: bool,
}

/// What all places on screen want, each thing once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Wanted {
    /// Bands.
    pub(crate) series: Vec<Months>,
    /// Ranges and odds.
    pub(crate) asked: Vec<Asked>,
    /// The scenario that they are compared with.
    pub(crate) other: Option<Scenario>,
}

impl Wanted {
    fn add(&mut self, want: &Want) {
        for one in &want.series {
            match self
                .series
                .iter_mut()
                .find(|have| have.series == one.series)
            {
                Some(have) => {
                    have.from = have.from.min(one.from);
                    have.to = have.to.max(one.to);
                }
                None => self.series.push(*one),
            }
        }
        for one in &want.asked {
            match self.asked.iter_mut().find(|have| have.output == one.output) {
                Some(have) => {
                    for &value in &one.at_least {
                        if !have.at_least.contains(&value) {
                            have.at_least.push(value);
                        }
                    }
                }
                None => self.asked.push(one.clone()),
            }
        }
    }

    /// What of it an answer does not hold.
    pub(crate) fn less(&self, answer: &Answer) -> Self {
        let told = |figure: &Figure, one: &Asked| {
            figure.asked == *one && figure.against.is_some() == self.other.is_some()
        };
        let mut rest = self.clone();
        rest.series.retain(|one| !answer.holds(one));
        rest.asked
            .retain(|one| !answer.figures.iter().any(|figure| told(figure, one)));
        rest
    }

    /// Whether nothing is wanted.
    pub(crate) fn is_empty(&self) -> bool {
        self.series.is_empty() && self.asked.is_empty()
    }
}

/// What many worlds said of one scenario.
#[derive(Clone, Debug, Default)]
pub(crate) struct Refined {
    /// The scenario, and the one that it is compared with.
    pub(crate) of: Option<(Scenario, Option<Scenario>)>,
    /// The answer so far.
    pub(crate) answer: Answer,
}

/// Draws few worlds, and keeps them from one scenario to the next.
pub(crate) type Few = Box<dyn FnMut(&Scenario, &Wanted) -> Answer + Send + Sync>;

/// What draws few worlds of a seed: a part of what is fetched when something moves.
pub(crate) fn few(seed: u32) -> Few {
    let mut desk = Desk::new(seed, FIRST_DRAWS);
    Box::new(move |scenario, rest| {
        desk.answer(scenario, &rest.series, &rest.asked, rest.other.as_ref())
    })
}

/// Handles to the worlds. Copied freely.
#[derive(Clone, Copy)]
pub(crate) struct Odds {
    /// Whether ranges are shown.
    pub(crate) on: RwSignal<bool>,
    /// The seed of the worlds.
    pub(crate) seed: u32,
    /// Whether the page has been painted: nothing is drawn before.
    awake: RwSignal<bool>,
    wants: RwSignal<BTreeMap<u32, Want>>,
    next: StoredValue<u32>,
    /// All that is on screen wants.
    pub(crate) wanted: Memo<Wanted>,
    /// What many worlds said.
    pub(crate) refined: RwSignal<Refined>,
    /// What is known of it: from many worlds where they have been drawn, else from few.
    pub(crate) now: Memo<Arc<Answer>>,
}

impl Odds {
    /// Of the scenario as it moves.
    pub(crate) fn new(
        scenario: Memo<Scenario>,
        other: RwSignal<Option<Arc<Other>>>,
        chunks: Chunks,
    ) -> Self {
        let seed = browser::query().seed.unwrap_or(SEED);
        let on = RwSignal::new(browser::kept_ranges());
        let awake = RwSignal::new(false);
        let wants = RwSignal::new(BTreeMap::<u32, Want>::new());
        let refined = RwSignal::new(Refined::default());
        let wanted = memo(move || {
            let mut wanted = Wanted::default();
            if !awake.get() {
                return wanted;
            }
            let on = on.get();
            wants.with(|wants| {
                for want in wants.values().filter(|want| on || want.always) {
                    wanted.add(want);
                    if want.against {
                        let other = other.with(|other| other.as_ref().map(|one| one.scenario));
                        wanted.other = wanted.other.or(other);
                    }
                }
            });
            wanted
        });
        let few = StoredValue::new(None::<Few>);
        let now = memo(move || {
            let wanted = wanted.get();
            let scenario = scenario.get();
            // What the build knows is there from the beginning, as it was served.
            let mut answer = refined.with(|refined| {
                if refined.of == Some((scenario, wanted.other)) {
                    refined.answer.clone()
                } else {
                    first::answer(&scenario, seed)
                }
            });
            let rest = wanted.less(&answer);
            if !rest.is_empty() {
                let few = chunks.engine().and_then(|engine| {
                    few.try_update_value(|few| {
                        let few = few.get_or_insert_with(|| (engine.few)(seed));
                        few(&scenario, &rest)
                    })
                });
                merge(&mut answer, few.unwrap_or_default());
            }
            Arc::new(answer)
        });
        Self {
            on,
            seed,
            awake,
            wants,
            next: StoredValue::new(0),
            wanted,
            refined,
            now,
        }
    }

    /// Whether something is wanted that is not known: tells when that changes.
    pub(crate) fn lacks(self) -> bool {
        let wanted = self.wanted.get();
        self.now.with(|answer| !wanted.less(answer).is_empty())
    }

    /// Begins: the page has been painted.
    pub(crate) fn wake(self) {
        self.awake.set(true);
    }

    /// A number for a place that will want something.
    fn place(self) -> u32 {
        self.next
            .try_update_value(|next| {
                *next += 1;
                *next
            })
            .unwrap_or_default()
    }

    /// Wants something for as long as a condition holds.
    pub(crate) fn want_while(
        self,
        seen: impl Fn() -> bool + 'static,
        want: impl Fn() -> Want + 'static,
    ) {
        let (place, wants) = (self.place(), self.wants);
        effect(move || {
            let want = seen().then(&want);
            let same = wants.with_untracked(|wants| wants.get(&place) == want.as_ref());
            if !same {
                wants.update(|wants| match want {
                    Some(want) => drop(wants.insert(place, want)),
                    None => drop(wants.remove(&place)),
                });
            }
        });
        // What has left the page wants nothing.
        on_cleanup(move || {
            wants.try_update(|wants| wants.remove(&place));
        });
    }

    /// The figure of an output, where ranges are shown.
    pub(crate) fn figure(self, output: Output) -> Option<Figure> {
        if !self.on.get() {
            return None;
        }
        self.now.with(|answer| answer.figure(output).cloned())
    }

    /// The fewest worlds that anything shown stands on; none before any was drawn.
    pub(crate) fn draws(self) -> Option<usize> {
        self.now.with(|answer| {
            let bands = answer.bands.iter().map(|band| band.draws);
            let figures = answer.figures.iter().map(|figure| figure.draws);
            bands.chain(figures).min()
        })
    }
}

/// Adds an answer, in place of what was known of the same things.
pub(crate) fn merge(known: &mut Answer, more: Answer) {
    for band in more.bands {
        known.bands.retain(|other| other.series != band.series);
        known.bands.push(band);
    }
    for figure in more.figures {
        known
            .figures
            .retain(|other| other.asked.output != figure.asked.output);
        known.figures.push(figure);
    }
}

/// The line that says on how many worlds ranges stand. Its room is that of its longest
/// words, so that nothing moves.
#[component]
pub(crate) fn Stand(state: State, before: &'static str, after: &'static str) -> impl IntoView {
    let odds = state.odds();
    let draws = move || odds.draws().filter(|_| odds.on.get());
    let room = stand(DRAWS, before, after);
    let words = move || draws().map(|draws| stand(draws, before, after));
    view! {
        <p class="worlds" data-draws=live(draws) hidden=live(move || !odds.on.get())>
            <span class="room" aria-hidden="true">{room}</span>
            <span>{live(words)}</span>
        </p>
    }
}

/// Where nine of ten worlds lie, beside a figure.
#[component]
pub(crate) fn Range(output: Output, state: State) -> impl IntoView {
    let figure = memo(move || state.odds().figure(output));
    let unit = output.spec().unit;
    let ends = move || figure.with(|figure| figure.as_ref().map(Figure::nine_of_ten));
    view! {
        <span
            class="spread"
            data-range=output.spec().id
            data-low=live(move || ends().map(|(low, _)| low.to_string()))
            data-high=live(move || ends().map(|(_, high)| high.to_string()))
            data-draws=live(move || figure.with(|figure| figure.as_ref().map(|figure| figure.draws)))
            data-unpublished=""
            hidden=live(move || !state.odds().on.get())
        >
            <span aria-hidden="true">
                {live(move || ends().map(|(low, high)| say!("({range})", range = format::range(unit, low, high))))}
            </span>
            <span class="spoken">
                {live(move || ends().map(|(low, high)| say!("{range} in nine of ten worlds", range = format::range_in_words(unit, low, high))))}
            </span>
        </span>
    }
}

/// Shows ranges or leaves them out.
#[component]
pub(crate) fn RangesSwitch(state: State) -> impl IntoView {
    let on = state.odds().on;
    let switch = move |_| {
        state.tell_if_lost(browser::keep_ranges(!on.get_untracked()));
        on.update(|on| *on = !*on);
    };
    view! {
        <button
            type="button"
            id="ranges"
            title=t("Where nine of ten worlds about your beliefs lie")
            aria-pressed=yes(move || on.get())
            on:click=switch
        >
            {t("Ranges")}
        </button>
    }
}
