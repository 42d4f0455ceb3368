//! The model: one pure function from a scenario to an outcome.
//!
//! [`run`] reads as the explainer's outline. Each subject is a module, each equation
//! a function with its formula, its facts and what it leaves out.

pub mod chips;
pub mod deal;
pub mod economics;
pub mod gigawatts;
pub mod path;
pub mod race;
pub mod revenue;

use core::cell::OnceCell;

use crate::lane::Lane;
use crate::outcome::{Outcome, Window};
use crate::scenario::Scenario;

/// Everything the model computes, subject by subject.
#[derive(Clone, Debug)]
pub struct Model<V: 'static> {
    /// Power and what it can earn.
    pub gigawatts: gigawatts::Gigawatts<V>,
    /// ARR and demand.
    pub demand: revenue::Demand<V>,
    /// Payments and AWS revenue.
    pub revenue: revenue::Revenue<V>,
    /// Cost of work on Amazon's chips.
    pub chips: chips::Chips<V>,
    /// Unit economics and margins.
    pub economics: economics::Economics<V>,
    /// Cash, stake, pledge and return.
    pub deal: deal::Deal<V>,
}

/// The model under way: each subject is worked out when something first asks for it, so
/// that a simulation pays only for what it looks at.
pub(crate) struct Workings<'a, V: 'static> {
    scenario: &'a Scenario<V>,
    window: Window,
    past: Past<'a, V>,
    gigawatts: OnceCell<gigawatts::Gigawatts<V>>,
    demand: OnceCell<revenue::Demand<V>>,
    revenue: OnceCell<revenue::Revenue<V>>,
    chips: OnceCell<chips::Chips<V>>,
    economics: OnceCell<economics::Economics<V>>,
    deal: OnceCell<deal::Deal<V>>,
}

enum Past<'a, V: 'static> {
    Own(OnceCell<revenue::Past<V>>),
    Given(&'a revenue::Past<V>),
}

impl<'a, V: Lane> Workings<'a, V> {
    /// Of one scenario, or of several side by side.
    pub(crate) fn new(scenario: &'a Scenario<V>) -> Self {
        Self::after(scenario, Window::ALL, Past::Own(OnceCell::new()))
    }

    /// Of scenarios that share a past, worked out in those months. What looks beyond must
    /// not be asked for.
    pub(crate) fn sharing(
        scenario: &'a Scenario<V>,
        window: Window,
        past: &'a revenue::Past<V>,
    ) -> Self {
        Self::after(scenario, window, Past::Given(past))
    }

    fn after(scenario: &'a Scenario<V>, window: Window, past: Past<'a, V>) -> Self {
        Self {
            scenario,
            window,
            past,
            gigawatts: OnceCell::new(),
            demand: OnceCell::new(),
            revenue: OnceCell::new(),
            chips: OnceCell::new(),
            economics: OnceCell::new(),
            deal: OnceCell::new(),
        }
    }

    /// The months in which it is worked out.
    pub(crate) fn window(&self) -> Window {
        self.window
    }

    pub(crate) fn scenario(&self) -> &'a Scenario<V> {
        self.scenario
    }

    fn past(&self) -> &revenue::Past<V> {
        match &self.past {
            Past::Own(past) => past.get_or_init(|| revenue::past(self.scenario)),
            Past::Given(past) => past,
        }
    }

    pub(crate) fn gigawatts(&self) -> &gigawatts::Gigawatts<V> {
        self.gigawatts
            .get_or_init(|| gigawatts::gigawatts(self.scenario, &self.window.power()))
    }

    pub(crate) fn demand(&self) -> &revenue::Demand<V> {
        self.demand
            .get_or_init(|| revenue::demand(self.scenario, self.past(), &self.window.demand()))
    }

    pub(crate) fn revenue(&self) -> &revenue::Revenue<V> {
        self.revenue.get_or_init(|| {
            let (demand, power) = (&self.demand().demand, self.gigawatts());
            revenue::revenue(
                self.scenario,
                self.past(),
                demand,
                power,
                &self.window.books(),
            )
        })
    }

    pub(crate) fn chips(&self) -> &chips::Chips<V> {
        self.chips
            .get_or_init(|| chips::chips(self.scenario, &self.window.power()))
    }

    pub(crate) fn economics(&self) -> &economics::Economics<V> {
        self.economics.get_or_init(|| {
            let demand = &self.demand().demand;
            economics::economics(
                self.scenario,
                self.gigawatts(),
                demand,
                self.revenue(),
                &self.window.income(),
            )
        })
    }

    pub(crate) fn deal(&self) -> &deal::Deal<V> {
        self.deal.get_or_init(|| {
            let arr = &self.demand().arr;
            let (revenue, economics) = (self.revenue(), self.economics());
            deal::deal(self.scenario, self.gigawatts(), arr, revenue, economics)
        })
    }
}

/// Evaluates every subject for one scenario, or for several side by side.
pub fn model<V: Lane>(scenario: &Scenario<V>) -> Model<V> {
    let m = Workings::new(scenario);
    Model {
        gigawatts: m.gigawatts().clone(),
        demand: m.demand().clone(),
        revenue: m.revenue().clone(),
        chips: m.chips().clone(),
        economics: m.economics().clone(),
        deal: m.deal().clone(),
    }
}

/// Runs the model. Total and deterministic: any scenario gives the same bits
/// everywhere, natively and in a browser.
///
/// It is compiled here, once, and not again with what the page is compiled for.
#[inline(never)]
pub fn run(scenario: &Scenario) -> Outcome {
    run_in(scenario)
}

/// The same in any arithmetic. It is compiled where it is used: for size, in the page.
pub fn run_in<V: Lane>(scenario: &Scenario<V>) -> Outcome<V> {
    Outcome::of(&Workings::new(scenario))
}
