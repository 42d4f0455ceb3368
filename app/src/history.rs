//! The scenario and the steps that led to it.

use compute_loop_core::levers::Lever;
use compute_loop_core::scenario::Scenario;

/// How many steps can be taken back.
const MOST_STEPS: usize = 200;

/// The scenario and the steps that led to it. The one thing that controls write.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    now: Scenario,
    past: Vec<Scenario>,
    future: Vec<Scenario>,
    /// The lever being dragged, or the two: its movements are one step.
    held: Option<[Lever; 2]>,
    /// The steps that could be taken again before the drag began.
    dropped: Vec<Scenario>,
}

impl History {
    /// A scenario that no step has led to.
    pub(crate) fn new(now: Scenario) -> Self {
        Self {
            now,
            ..Self::default()
        }
    }

    /// The scenario.
    pub(crate) fn now(&self) -> Scenario {
        self.now
    }

    /// The scenario before all steps.
    pub(crate) fn first(&self) -> Scenario {
        self.past.first().copied().unwrap_or(self.now)
    }

    /// The scenario from which the drag under way set out.
    pub(crate) fn before_the_drag(&self) -> Option<Scenario> {
        self.held.and_then(|_| self.past.last().copied())
    }

    /// Goes on to another scenario.
    pub(crate) fn step(&mut self, next: &Scenario) {
        if *next == self.now {
            return;
        }
        if self.past.len() == MOST_STEPS {
            self.past.remove(0);
        }
        self.past.push(core::mem::replace(&mut self.now, *next));
        self.dropped = core::mem::take(&mut self.future);
        self.held = None;
    }

    /// Makes the last step as if it had never been.
    fn forget_step(&mut self) {
        if let Some(before) = self.past.pop() {
            self.now = before;
            self.future = core::mem::take(&mut self.dropped);
        }
        self.held = None;
    }

    /// Moves a lever, or two, as one movement of a drag.
    pub(crate) fn drag(&mut self, levers: [(Lever, f64); 2]) {
        let held = Some(levers.map(|(lever, _)| lever));
        let next = levers
            .iter()
            .fold(self.now, |next, &(lever, value)| next.with(lever, value));
        if self.held == held {
            self.now = next;
        } else if next != self.now {
            self.step(&next);
            self.held = held;
        }
    }

    /// Whether something is being dragged.
    pub(crate) fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// Whether these are being dragged.
    pub(crate) fn holds(&self, levers: [Lever; 2]) -> bool {
        self.held == Some(levers)
    }

    /// Ends a drag. One that came back to where it began was no step.
    pub(crate) fn release(&mut self) {
        if self.held.take().is_some() && self.past.last() == Some(&self.now) {
            self.forget_step();
        }
    }

    /// Ends a drag that was none after all: what it did is put back.
    pub(crate) fn abandon(&mut self) {
        self.forget_step();
    }

    /// Takes a step back.
    pub(crate) fn undo(&mut self) {
        if let Some(before) = self.past.pop() {
            self.future.push(core::mem::replace(&mut self.now, before));
            self.held = None;
        }
    }

    /// Takes again a step that was taken back.
    pub(crate) fn redo(&mut self) {
        if let Some(after) = self.future.pop() {
            self.past.push(core::mem::replace(&mut self.now, after));
            self.held = None;
        }
    }

    /// Whether there is a step to take back.
    pub(crate) fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step to take again.
    pub(crate) fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}
