//! What the page knows: the scenario with its history, and what follows from it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use compute_loop_core::levers::Lever;
use compute_loop_core::month::Month;
use compute_loop_core::outcome::{Outcome, Output};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::words::t;
use compute_loop_core::{link, model};
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::announce::Announcer;
use crate::api::Holder;
use crate::browser::{self, NotKept};
use crate::charts::View;
use crate::chunks::{self, Chunks};
use crate::history::History;
use crate::kinds::Kinds;
use crate::library::Shelf;
use crate::live::memo;
use crate::odds::Odds;
use crate::palette::Theme;
use crate::query::Part;
use crate::question::Asked;
use crate::trace::Level;

/// How long a hand that holds a slider is still before what is out of sight follows.
const REST_MS: u32 = 200;

/// A scenario to compare with.
#[derive(Clone, Debug)]
pub(crate) struct Other {
    /// What it is called.
    pub(crate) name: String,
    /// The scenario.
    pub(crate) scenario: Scenario,
    /// Its outcome.
    pub(crate) outcome: Outcome,
}

/// The scenario from which the drag under way set out, worked out once a drag.
fn before(history: RwSignal<History>) -> Memo<Option<Arc<Other>>> {
    let scenario = memo(move || history.with(History::before_the_drag));
    Memo::new_with_compare(
        move |_| {
            scenario.get().map(|scenario| {
                Arc::new(Other {
                    name: t("before").into(),
                    outcome: model::run_in(&scenario),
                    scenario,
                })
            })
        },
        |_, _| true,
    )
}

/// The scenario and its outcome, value by value.
#[derive(Debug)]
struct Parts {
    levers: Vec<Memo<f64>>,
    outputs: Vec<Memo<f64>>,
}

/// Whether a value is another than before, to the last bit.
fn moved(before: Option<&f64>, now: Option<&f64>) -> bool {
    before.map(|value| value.to_bits()) != now.map(|value| value.to_bits())
}

impl Parts {
    fn of(scenario: Memo<Scenario>, outcome: Memo<Arc<Outcome>>) -> Self {
        let lever = |lever: Lever| {
            let value = move |_: Option<&f64>| scenario.with(|scenario| scenario.get(lever));
            Memo::new_with_compare(value, moved)
        };
        let output = |output: Output| {
            let value = move |_: Option<&f64>| outcome.with(|outcome| outcome.get(output));
            Memo::new_with_compare(value, moved)
        };
        Self {
            levers: Lever::ALL.map(lever).to_vec(),
            outputs: Output::ALL.map(output).to_vec(),
        }
    }
}

/// Handles to all that the page knows. Copied freely.
#[derive(Clone, Copy)]
pub(crate) struct State {
    history: RwSignal<History>,
    /// Whether a hand moves a lever at this moment.
    moving: RwSignal<bool>,
    /// What ends that when the hand holds still.
    rest: StoredValue<Option<Timeout>, LocalStorage>,
    /// The scenario now; in a part of the page that is out of sight, the one from which a
    /// movement under way set out: see [`State::where_seen`].
    pub(crate) scenario: Memo<Scenario>,
    /// Its outcome.
    pub(crate) outcome: Memo<Arc<Outcome>>,
    /// Each lever and each output by itself: see [`State::lever`].
    parts: StoredValue<Parts>,
    /// The scenario that it is laid over, if any.
    pub(crate) other: RwSignal<Option<Arc<Other>>>,
    /// The scenario as it was before the drag that is under way.
    pub(crate) before: Memo<Option<Arc<Other>>>,
    /// How the worlds spread what is on screen. Kept apart, so that handles stay small.
    odds: StoredValue<Odds>,
    /// What charts of one year show, and what the reader asks of others. No belief: it is
    /// not in the link, nor taken back.
    pub(crate) view: RwSignal<View>,
    /// The answers to what the reader asks, once they have been near.
    pub(crate) asked: RwSignal<Option<Arc<Asked>>>,
    /// Light or dark, as drawn.
    pub(crate) theme: RwSignal<Theme>,
    /// Screen pixels in a CSS pixel.
    pub(crate) ratio: RwSignal<f64>,
    /// What is shown of the kinds of numbers. Not in the link; kept for the visit.
    pub(crate) kinds: RwSignal<Kinds>,
    /// Whether the page is being printed: everything is drawn then.
    pub(crate) printing: RwSignal<bool>,
    /// What the reader has to be told.
    pub(crate) notices: RwSignal<Vec<String>>,
    /// What charts say while values move.
    pub(crate) announcer: Announcer,
    /// The fact whose source is open.
    pub(crate) fact: RwSignal<Option<String>>,
    /// The levels of the trace that is open, the outermost first.
    pub(crate) trace: RwSignal<Vec<Level>>,
    /// The figure that is being quoted.
    pub(crate) quote: RwSignal<Option<Output>>,
    /// What is to be shared and taken away, where the card for it is open.
    pub(crate) share: RwSignal<Option<Part>>,
    /// The source document that is open; under a fact where both are.
    pub(crate) document: RwSignal<Option<String>>,
    /// The verdict whose checks are listed; empty for all.
    pub(crate) verdict: RwSignal<String>,
    /// Whether all beliefs are shown.
    pub(crate) drawer: RwSignal<bool>,
    /// The evidence, once a reader has asked for it.
    pub(crate) shelf: RwSignal<Shelf>,
    /// The parts of the page that have been fetched.
    pub(crate) chunks: Chunks,
}

impl State {
    /// The state that a link describes; what could not be used becomes a notice, and so
    /// does a figure that the link showed and the model no longer gives.
    pub(crate) fn of_link(link: &str, theme: Theme) -> Self {
        let read = link::read(link);
        let notices = read.notices(&model::run_in(&read.scenario));
        let notices = notices.iter().map(ToString::to_string);
        Self::of(History::new(read.scenario), notices.collect(), theme)
    }

    /// The state that follows from what a reader has done so far, and what is to be told.
    pub(crate) fn of(history: History, notices: Vec<String>, theme: Theme) -> Self {
        let history = RwSignal::new(history);
        let scenario = memo(move || history.with(History::now));
        let outcome = Memo::new_with_compare(
            move |_| Arc::new(model::run_in(&scenario.get())),
            |_, _| true,
        );
        let other = RwSignal::new(None);
        let chunks = Chunks::new();
        Self {
            parts: StoredValue::new(Parts::of(scenario, outcome)),
            odds: StoredValue::new(Odds::new(scenario, other, chunks)),
            history,
            moving: RwSignal::new(false),
            rest: StoredValue::new_local(None),
            scenario,
            outcome,
            other,
            before: before(history),
            view: RwSignal::new(View::default()),
            asked: RwSignal::new(None),
            theme: RwSignal::new(theme),
            ratio: RwSignal::new(1.0),
            printing: RwSignal::new(false),
            notices: RwSignal::new(notices),
            announcer: Announcer::new(),
            kinds: RwSignal::new(browser::kept_kinds()),
            document: RwSignal::new(None),
            fact: RwSignal::new(None),
            trace: RwSignal::new(vec![]),
            quote: RwSignal::new(None),
            share: RwSignal::new(None),
            verdict: RwSignal::new(String::new()),
            drawer: RwSignal::new(false),
            shelf: RwSignal::default(),
            chunks,
        }
    }

    /// The same for a part of the page that is not always seen. While it is out of sight
    /// and a hand moves a lever, it keeps what it showed; it follows when the hand rests,
    /// lets go, or the part comes into sight.
    pub(crate) fn where_seen(self, seen: RwSignal<bool>) -> Self {
        let waits = move || !seen.get() && self.moving.get() && !self.printing.get();
        let scenario = Memo::new(move |before: Option<&Scenario>| match before {
            Some(before) if waits() => *before,
            _ => self.scenario.get(),
        });
        let outcome = Memo::new_with_compare(
            move |before: Option<&Arc<Outcome>>| match before {
                Some(before) if waits() => before.clone(),
                _ => self.outcome.get(),
            },
            |before, now| match (before, now) {
                (Some(before), Some(now)) => !Arc::ptr_eq(before, now),
                _ => true,
            },
        );
        Self {
            parts: StoredValue::new(Parts::of(scenario, outcome)),
            scenario,
            outcome,
            ..self
        }
    }

    /// The scenario that the page came with, before a reader took any step.
    pub(crate) fn first(self) -> Scenario {
        self.history.with_untracked(History::first)
    }

    /// A lever's value. Who asks for it is told when it moves and not when others do: a
    /// page of many hundred numbers could not listen to the whole scenario, since a signal
    /// looks through all its listeners for each that listens anew.
    pub(crate) fn lever(self, lever: Lever) -> f64 {
        self.parts
            .with_value(|parts| parts.levers[lever as usize])
            .get()
    }

    /// An output's value, to the same effect.
    pub(crate) fn output(self, output: Output) -> f64 {
        self.parts
            .with_value(|parts| parts.outputs[output as usize])
            .get()
    }

    /// Something about one output, told anew when that output moves.
    pub(crate) fn of_output<T>(self, output: Output, read: impl FnOnce(&Outcome) -> T) -> T {
        self.output(output);
        self.outcome.with_untracked(|outcome| read(outcome))
    }

    /// How the worlds spread what is on screen.
    pub(crate) fn odds(self) -> Odds {
        self.odds.get_value()
    }

    /// Sets a lever as one movement of a drag: all of them are taken back together.
    pub(crate) fn drag(self, lever: Lever, value: f64) {
        self.drag_both([(lever, value); 2]);
    }

    /// Sets two levers as one movement of a drag.
    pub(crate) fn drag_both(self, levers: [(Lever, f64); 2]) {
        // First, so that nothing out of sight begins to follow.
        if !self.moving.get_untracked() {
            self.moving.set(true);
        }
        let rest = Timeout::new(REST_MS, move || self.moving.set(false));
        self.rest.set_value(Some(rest));
        self.history.update(|history| history.drag(levers));
    }

    /// No hand moves a lever any more: what is out of sight follows.
    fn still(self) {
        self.rest.set_value(None);
        if self.moving.get_untracked() {
            self.moving.set(false);
        }
    }

    /// Ends a drag. One that came back to where it began was no step.
    pub(crate) fn release(self) {
        self.still();
        if self.history.with_untracked(History::is_held) {
            self.history.update(History::release);
        }
    }

    /// Ends a drag that was none after all: what it did is put back, as if nothing had
    /// happened.
    pub(crate) fn abandon(self, lever: Lever) {
        self.abandon_both([lever; 2]);
    }

    /// The same of a drag of two.
    pub(crate) fn abandon_both(self, levers: [Lever; 2]) {
        self.still();
        if self.history.with_untracked(|history| history.holds(levers)) {
            self.history.update(History::abandon);
        }
    }

    /// Sets a lever as a step of its own and returns what it took.
    pub(crate) fn set(self, lever: Lever, value: f64) -> f64 {
        let mut next = self.history.with_untracked(History::now);
        let taken = next.set(lever, value);
        self.replace(&next);
        taken
    }

    /// Replaces the scenario as one step.
    pub(crate) fn replace(self, next: &Scenario) {
        self.still();
        if *next != self.history.with_untracked(History::now) {
            self.history.update(|history| history.step(next));
        }
    }

    /// Lays the scenario over another one.
    pub(crate) fn compare_with(self, name: &str, scenario: &Scenario) {
        self.other.set(Some(Arc::new(Other {
            name: name.to_owned(),
            scenario: *scenario,
            outcome: model::run_in(scenario),
        })));
    }

    /// Takes a step back.
    pub(crate) fn undo(self) {
        self.history.update(History::undo);
    }

    /// Takes back a step back.
    pub(crate) fn redo(self) {
        self.history.update(History::redo);
    }

    /// Whether there is a step to take back.
    pub(crate) fn can_undo(self) -> bool {
        self.history.with(History::can_undo)
    }

    /// Whether there is a step to take again.
    pub(crate) fn can_redo(self) -> bool {
        self.history.with(History::can_redo)
    }

    /// Takes back what the reader was told of a lever.
    pub(crate) fn hush(self, lever: Lever) {
        let about = |notice: &String| notice.contains(t(lever.spec().label));
        if self
            .notices
            .with_untracked(|notices| notices.iter().any(about))
        {
            self.notices
                .update(|notices| notices.retain(|notice| !about(notice)));
        }
    }

    /// Takes a notice back.
    pub(crate) fn take_back(self, notice: &str) {
        let is_there = |notices: &Vec<String>| notices.iter().any(|other| other == notice);
        if self.notices.with_untracked(is_there) {
            self.notices
                .update(|notices| notices.retain(|other| other != notice));
        }
    }

    /// Tells the reader of a choice that could not be kept, the first time: the next ones
    /// are lost in the same way.
    pub(crate) fn tell_if_lost(self, kept: Result<(), NotKept>) {
        static TOLD: AtomicBool = AtomicBool::new(false);
        if kept.is_err() && !TOLD.swap(true, Ordering::Relaxed) {
            self.tell(
                t("The browser does not let this page keep your choice. It holds until you leave.")
                    .to_owned(),
            );
        }
    }

    /// Tells the reader something.
    pub(crate) fn tell(self, notice: String) {
        self.notices.update(|notices| {
            if !notices.contains(&notice) {
                notices.push(notice);
            }
        });
    }
}

impl Holder for State {
    fn scenario(&self) -> Scenario {
        self.scenario.get_untracked()
    }

    fn value(&self, output: Output) -> f64 {
        self.outcome.with_untracked(|outcome| outcome.get(output))
    }

    fn month(&self, output: Output) -> Option<Month> {
        self.outcome.with_untracked(|outcome| outcome.month(output))
    }

    fn set(&self, lever: Lever, value: f64) -> f64 {
        Self::set(*self, lever, value)
    }

    fn seed(&self) -> u32 {
        self.odds().seed
    }

    fn complete(&self, then: Box<dyn FnOnce()>) {
        let state = *self;
        chunks::when_complete(state, move || chunks::when_cards(state, then));
    }
}
