//! Claims whose odds are told: in how many of a hundred worlds does one hold?

use crate::fact::{Fact, facts};
use crate::format;
use crate::odds::Asked;
use crate::outcome::Output;
use crate::words::{fill, mark, t};

/// A claim that an output is at least some value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claim {
    /// The output.
    pub output: Output,
    /// The least value for which it holds, in the output's unit.
    pub at_least: f64,
    /// The published figure that the value is, or is in.
    pub fact: Fact,
    /// What is claimed, with a place for the value.
    words: &'static str,
}

impl Claim {
    /// The claim in words.
    pub fn words(&self) -> String {
        let value = format::value(self.output.spec().unit, self.at_least);
        fill(t(self.words), &[("value", &value)])
    }

    /// What has to be asked for it.
    pub fn asked(&self) -> Asked {
        Asked {
            output: self.output,
            at_least: vec![self.at_least],
        }
    }
}

/// Published figures of things that the model computes, each as a claim.
///
/// The growth of AWS (`aws-growth-2026`, a lower bound in the source), Anthropic's share of
/// it (`anthropic-share-aws-2026`), ARR (`anthropic-arr-2026-12`), whether more Trainium is
/// needed than is signed for (`anthropic-trn-capacity-commit`), and whether the margin of
/// AWS in 2027 reaches the upper bound of what was published of early 2026
/// (`aws-opm-2026q1`), which the predicted lift would take it past.
pub const CLAIMS: [Claim; 5] = [
    Claim {
        output: Output::AwsGrowth2026,
        at_least: facts::AWS_GROWTH_2026.value() / 100.0,
        fact: facts::AWS_GROWTH_2026,
        words: mark("AWS grows {value} or more in 2026"),
    },
    Claim {
        output: Output::AnthropicShare2026,
        at_least: facts::ANTHROPIC_SHARE_AWS_2026.value() / 100.0,
        fact: facts::ANTHROPIC_SHARE_AWS_2026,
        words: mark("Anthropic is {value} of AWS or more in 2026"),
    },
    Claim {
        output: Output::Arr202612,
        at_least: facts::ANTHROPIC_ARR_2026_12.value(),
        fact: facts::ANTHROPIC_ARR_2026_12,
        words: mark("Anthropic’s ARR is {value} or more in December 2026"),
    },
    Claim {
        output: Output::GwNeeded202612,
        at_least: facts::ANTHROPIC_TRN_CAPACITY_COMMIT.value(),
        fact: facts::ANTHROPIC_TRN_CAPACITY_COMMIT,
        words: mark("December 2026 needs {value} of Trainium or more"),
    },
    Claim {
        output: Output::AwsMargin2027,
        at_least: facts::AWS_OPM_2026Q1.high() / 100.0,
        fact: facts::AWS_OPM_2026Q1,
        words: mark("AWS keeps {value} of its sales or more in 2027"),
    },
];

/// A figure for which a reader may set the value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Open {
    /// The figure.
    pub output: Output,
    /// The least value that can be set, as shown: percent for a share.
    pub least: f64,
    /// The greatest.
    pub most: f64,
    /// From one value to the next.
    pub step: f64,
    /// The value to begin with.
    pub start: f64,
    /// What is claimed, with a place for the value.
    words: &'static str,
}

impl Open {
    /// A value as shown in the unit of the output: a share of 1 for a percentage.
    pub fn in_unit(&self, shown: f64) -> f64 {
        match self.output.spec().unit {
            crate::unit::Unit::Ratio => shown / 100.0,
            _ => shown,
        }
    }

    /// The claim at a value, in words.
    pub fn words(&self, shown: f64) -> String {
        let value = format::value(self.output.spec().unit, self.in_unit(shown));
        fill(t(self.words), &[("value", &value)])
    }

    /// The claim without a value, in words.
    pub fn of_any(&self) -> String {
        fill(t(self.words), &[("value", &"…")])
    }
}

/// The figures that a reader may choose from. Where their sliders end and begin is a
/// judgement: most worlds lie between.
pub const OPEN: [Open; 6] = [
    Open {
        output: Output::GwGap202612,
        least: 0.0,
        most: 15.0,
        step: 0.5,
        start: 5.0,
        words: mark("The gap is {value} or more in December 2026"),
    },
    Open {
        output: Output::AwsGrowth2026,
        least: 15.0,
        most: 50.0,
        step: 1.0,
        start: 30.0,
        words: mark("AWS grows {value} or more in 2026"),
    },
    Open {
        output: Output::AwsGrowth2027,
        least: 5.0,
        most: 45.0,
        step: 1.0,
        start: 20.0,
        words: mark("AWS grows {value} or more in 2027"),
    },
    Open {
        output: Output::Arr202612,
        least: 45.0,
        most: 150.0,
        step: 1.0,
        start: 68.0,
        words: mark("Anthropic’s ARR is {value} or more in December 2026"),
    },
    Open {
        output: Output::TrainiumMargin,
        least: -60.0,
        most: 70.0,
        step: 5.0,
        start: 0.0,
        words: mark("Trainium keeps {value} or more of its sales"),
    },
    Open {
        output: Output::StakeValue202612,
        least: 0.0,
        most: 200.0,
        step: 5.0,
        start: 50.0,
        words: mark("Amazon’s stake is worth {value} or more at the end of 2026"),
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::Unit;

    #[test]
    fn claims_hold_the_figures_of_their_facts() {
        for claim in CLAIMS {
            let scale = if claim.output.spec().unit == Unit::Ratio {
                100.0
            } else {
                1.0
            };
            let fact = claim.fact.value.or(claim.fact.high);
            let fact = fact.expect("a number is published");
            assert!(
                (claim.at_least * scale - fact).abs() < 1e-9,
                "{}",
                claim.words()
            );
            assert!(!claim.words().contains("  "));
        }
    }

    #[test]
    fn what_a_reader_sets_begins_inside_its_range() {
        for open in OPEN {
            assert!(open.least <= open.start && open.start <= open.most);
            assert!(!matches!(open.output.spec().unit, Unit::Month | Unit::Year));
        }
    }
}
