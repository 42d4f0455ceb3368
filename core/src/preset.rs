//! Named scenarios.

use crate::levers::Lever::{self, *};
use crate::month::Month;
use crate::scenario::Scenario;
use crate::words::mark;

/// A scenario with a name and a reason.
#[derive(Debug)]
pub struct Preset {
    /// A key for it. Permanent.
    pub id: &'static str,
    /// The name on the page.
    pub name: &'static str,
    /// What it supposes, in a sentence.
    pub reason: &'static str,
    /// What it sets; all else is at the default.
    pub levers: &'static [(Lever, f64)],
}

impl Preset {
    /// The scenario.
    pub fn scenario(&self) -> Scenario {
        self.levers
            .iter()
            .fold(Scenario::default(), |scenario, &(lever, value)| {
                scenario.with(lever, value)
            })
    }
}

/// Every named scenario, the published one first.
pub const PRESETS: &[Preset] = &[
    Preset {
        id: "published",
        name: mark("As published"),
        reason: mark(
            "Every lever at the value its source gives, or at the one that makes the sources fit.",
        ),
        levers: &[],
    },
    Preset {
        id: "flywheel",
        name: mark("Flywheel"),
        reason: mark(
            "Revenue buys power, power sells revenue: faster growth, more power committed, built faster, at a better price, and more of Amazon’s money.",
        ),
        levers: &[
            (Arr2026, 90.0),
            (ArrNetAdd, 9.0),
            (ArrGrowth2027, 60.0),
            (GwCommitted, 10.0),
            (TrainiumPrice, 75.0),
            (BuildMonths, 14.0),
            (MilestoneOdds, 95.0),
            (TopUp, 12.5),
        ],
    },
    Preset {
        id: "milestones-missed",
        name: mark("Milestones missed"),
        reason: mark(
            "Growth stops short, so the conditional money is not paid and the valuation shrinks.",
        ),
        levers: &[
            (Arr2026, 52.0),
            (ArrNetAdd, 4.0),
            (ArrGrowth2027, 0.0),
            (ArrFade, 50.0),
            (MilestoneOdds, 0.0),
            (ValuationMultiple, 5.0),
        ],
    },
    Preset {
        id: "multi-cloud",
        name: mark("Multi-cloud drift"),
        reason: mark("Anthropic buys as much as ever, but more of it from Google and others."),
        levers: &[(SpendRatio, 45.0), (Loosening, 10.0)],
    },
    Preset {
        id: "microsoft-arc",
        name: mark("The Microsoft arc"),
        reason: mark(
            "The tie loosens as Microsoft’s with OpenAI did: the work leaves within a few years, growth is slower and the conditional money less likely.",
        ),
        levers: &[
            (Loosening, 30.0),
            (MilestoneOdds, 30.0),
            (ArrGrowth2027, 20.0),
        ],
    },
    Preset {
        id: "gpu-parity",
        name: mark("GPU parity"),
        reason: mark(
            "Trainium sells for what GPUs do and saves nothing in training; its servers cost as much as the range allows, a little less than those of GPUs.",
        ),
        levers: &[
            (TrainiumPrice, 100.0),
            (TrainingSaving, 0.0),
            (ServerCapex, 40.0),
        ],
    },
    Preset {
        id: "power-limited",
        name: mark("Power-limited"),
        reason: mark(
            "Sites take half as long again, those without a name break ground only in June 2027, and revenue cannot exceed what the power online brings in, 1.5 GW of other AI power at AWS included.",
        ),
        levers: &[
            (BuildMonths, 24.0),
            (CapacityBinds, 1.0),
            (OtherAiGw, 1.5),
            (UnnamedStart, Month::new(2027, 6).index() as f64),
        ],
    },
];
