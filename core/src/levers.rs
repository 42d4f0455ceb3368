//! The registry of levers: every belief a reader can change, one row each.
//!
//! The control on the page, the key in a link, the row in the documentation and
//! the tests all derive from this table. Ids are permanent: links depend on them.

use crate::fact::{Fact, Origin, facts};
use crate::kind::{Kind, Mark};
use crate::month::Month;
use crate::say;
use crate::uncertainty::{Shape, Uncertainty};
use crate::unit::Unit;
use crate::words::{mark, t};

/// One row of the registry.
#[derive(Debug)]
pub struct LeverSpec {
    /// The key in links and of the control. Permanent.
    pub id: &'static str,
    /// What it is called on the page.
    pub label: &'static str,
    /// The unit of its value.
    pub unit: Unit,
    /// The value that scenarios start from.
    pub default: f64,
    /// The least value it admits.
    pub min: f64,
    /// The greatest value it admits.
    pub max: f64,
    /// How far one key press moves it.
    pub step: f64,
    /// The chapter it belongs to, 1 to 9.
    pub chapter: u8,
    /// Where the default comes from.
    pub basis: Basis,
    /// See [`Lever::reason`].
    reason: &'static str,
    /// Published values that stand on its range. Where a document gives several
    /// readings, its best stands first; of a range, its low end.
    pub ticks: &'static [Tick],
    /// See [`Lever::goes_by`].
    goes_by: &'static [Fact],
    /// The options of a choice or switch, in order; empty for numbers.
    pub options: &'static [&'static str],
    /// See [`Lever::uncertainty`].
    uncertainty: Option<Uncertainty>,
}

/// Where a default comes from.
#[derive(Clone, Copy, Debug)]
pub enum Basis {
    /// A published figure.
    Published(&'static Fact),
    /// Computed from published figures: the row of the replication table.
    Derived(&'static str),
    /// Not published, but the value at which published figures fit together: the
    /// row of the replication table that solves for it.
    BackSolved(&'static str),
    /// No source gives it.
    Assumption,
}

/// A published value on the range of a lever.
#[derive(Clone, Copy, Debug)]
pub struct Tick {
    /// The value, in the lever's unit.
    pub value: f64,
    /// What it is, in a few words.
    pub label: &'static str,
    /// The fact it comes from, or the first of several that it is computed from.
    pub fact: &'static str,
    /// The kind, date and document of that fact.
    pub origin: Origin,
    /// All facts behind it, of one document.
    pub facts: &'static [Fact],
    /// Whether it is a reading of what the lever sets. What stands on the range for
    /// comparison alone (another company’s site, an offer that was turned down) is
    /// none: no viewpoint takes it, see [`crate::viewpoint`].
    pub reads: bool,
}

/// Whether a value stands in a source as it is, rather than being worked out here from
/// what does. A choice that words make stands there.
pub(crate) fn is_printed(value: f64, facts: &[Fact]) -> bool {
    let [fact] = facts else { return false };
    let numbers = [fact.value, fact.low, fact.high];
    let mut numbers = numbers.into_iter().flatten().peekable();
    numbers.peek().is_none() || numbers.any(|number| (number - value).abs() < 1e-9)
}

impl Tick {
    /// Where it comes from, in a few words: the kind, date and document of its fact, or
    /// that it is worked out from that.
    pub fn words(&self) -> String {
        origin_words(self.value, self.facts)
    }
}

/// Where a value that rests on facts comes from, in a few words.
pub(crate) fn origin_words(value: f64, facts: &[Fact]) -> String {
    let Some(fact) = facts.first() else {
        return String::new();
    };
    let origin = fact.origin().words();
    if is_printed(value, facts) {
        origin
    } else {
        say!("worked out here from: {origin}", origin)
    }
}

/// A reading of the lever.
const fn tick(value: f64, label: &'static str, facts: &'static [Fact]) -> Tick {
    Tick {
        value,
        label,
        fact: facts[0].id,
        origin: facts[0].origin(),
        facts,
        reads: true,
    }
}

/// A published value that only stands beside the lever, for comparison.
const fn beside(value: f64, label: &'static str, facts: &'static [Fact]) -> Tick {
    Tick {
        reads: false,
        ..tick(value, label, facts)
    }
}

/// A positive number, rounded up to a tenth.
const fn tenth_above(value: f64) -> f64 {
    let tenths = (10.0 * value) as u32;
    let whole = tenths as f64;
    (if whole < 10.0 * value {
        whole + 1.0
    } else {
        whole
    }) / 10.0
}

/// The options of a switch, in the order of their values.
const SWITCH: &[&str] = &[mark("off"), mark("on")];

macro_rules! levers {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $value:expr,)* })*) => {
        /// A lever of the registry.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Lever { $($(#[$doc])* $name,)* }

        impl Lever {
            /// Every lever, in the order of the registry.
            pub const ALL: [Self; Self::COUNT] = [$(Self::$name,)*];
            /// How many levers there are.
            pub const COUNT: usize = [$(stringify!($name),)*].len();

            /// The lever's row, but for what [`Lever::reason`], [`Lever::goes_by`] and
            /// [`Lever::uncertainty`] say: a page that shows a slider need not hold those.
            pub const fn spec(self) -> &'static LeverSpec {
                match self {
                    $(Self::$name => {
                        const SPEC: LeverSpec = LeverSpec {
                            reason: "",
                            goes_by: &[],
                            uncertainty: None,
                            ..LeverSpec { $($field: $value,)* ..BLANK }
                        };
                        &SPEC
                    })*
                }
            }

            /// The lever's whole row.
            const fn row(self) -> &'static LeverSpec {
                match self {
                    $(Self::$name => {
                        const ROW: LeverSpec = LeverSpec { $($field: $value,)* ..BLANK };
                        &ROW
                    })*
                }
            }
        }
    };
}

/// What a row leaves unsaid.
const BLANK: LeverSpec = LeverSpec {
    id: "",
    label: "",
    unit: Unit::Number,
    default: 0.0,
    min: 0.0,
    max: 1.0,
    step: 1.0,
    chapter: 0,
    basis: Basis::Assumption,
    reason: "",
    ticks: &[],
    goes_by: &[],
    options: &[],
    uncertainty: None,
};

impl Lever {
    /// Why the default is what it is, for the reader.
    pub fn reason(self) -> &'static str {
        t(self.row().reason)
    }

    /// The facts that an assumption goes by: before they were known it could not have
    /// been made. None where it could have been made at any time.
    pub const fn goes_by(self) -> &'static [Fact] {
        self.row().goes_by
    }

    /// How unsure it is: its distribution at the default, an assumption. None where it is
    /// taken as set.
    pub const fn uncertainty(self) -> Option<&'static Uncertainty> {
        self.row().uncertainty.as_ref()
    }

    /// The published figure that the default is, where it is one.
    pub const fn published(self) -> Option<&'static Fact> {
        match self.spec().basis {
            Basis::Published(fact) => Some(fact),
            _ => None,
        }
    }

    /// The three that the page opens with.
    pub const PRIMARY: [Self; 3] = [Self::Arr2026, Self::GwCommitted, Self::TrainiumPrice];

    /// The lever with an id, or none.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lever| lever.spec().id == id)
    }

    /// The nearest value that the lever admits: inside its range and a whole number
    /// of its smallest unit, which is 1 for months, switches and choices and a
    /// millionth elsewhere. Links stay short and exact that way. The value has to
    /// be finite.
    pub fn admit(self, value: f64) -> f64 {
        let spec = self.spec();
        let parts = self.parts();
        let clamped = value.clamp(spec.min, spec.max);
        // Adding zero turns a negative zero into zero.
        ((clamped * parts).round() / parts).clamp(spec.min, spec.max) + 0.0
    }

    /// How many values that it admits lie in one of its unit: what the model counts in
    /// whole numbers has no fractions, the rest has millionths.
    pub(crate) const fn parts(self) -> f64 {
        match self.spec().unit {
            Unit::Month | Unit::Switch | Unit::Choice => 1.0,
            _ => 1e6,
        }
    }

    /// What stands behind its default: the kind of the published figure, or how the page
    /// came to it.
    pub const fn default_mark(self) -> Mark {
        match (self.spec().basis, self.published()) {
            (Basis::Published(_), Some(fact)) => fact.kind.mark(),
            // A test holds that every published default has its fact.
            (Basis::Published(_) | Basis::Assumption, _) => Kind::Assumption.mark(),
            (Basis::Derived(_), _) => Mark::DERIVED_HERE,
            (Basis::BackSolved(_), _) => Kind::BackSolved.mark(),
        }
    }

    /// What stands behind one of its values: as behind the default, or the reader.
    pub fn mark_at(self, value: f64) -> Mark {
        if value.to_bits() == self.spec().default.to_bits() {
            self.default_mark()
        } else {
            Mark::SET
        }
    }

    /// The levers of a chapter, in the order of the registry.
    pub fn of_chapter(chapter: u8) -> impl Iterator<Item = Self> {
        Self::ALL
            .into_iter()
            .filter(move |lever| lever.spec().chapter == chapter)
    }
}

levers! {
    /// Anthropic's annualised revenue in December 2026.
    Arr2026 {
        id: "arr-2026",
        label: mark("Anthropic ARR, December 2026"),
        unit: Unit::UsdBnPerYear,
        default: 70.5,
        min: 45.0,
        max: 150.0,
        step: 0.5,
        chapter: 4,
        basis: Basis::Published(&facts::ANTHROPIC_ARR_2026_12),
        reason: mark("ARR is run-rate revenue: a month’s sales as a yearly pace. The source says just over 70; 70.5 is the reading used here."),
        ticks: &[
            beside(facts::ANTHROPIC_ARR_2026_05.value(), mark("no growth after May 2026"), &[facts::ANTHROPIC_ARR_2026_05]),
            tick(facts::ANTHROPIC_ARR_2026_12.value(), mark("just over, as published"), &[facts::ANTHROPIC_ARR_2026_12]),
        ],
        uncertainty: Some(Uncertainty {
            shape: Shape::Decay { mean: 0.82, deviation: 0.03, correlation: -0.9, low: 60.0, high: 85.0 },
            reason: mark("Net adds shrink by about 18 % a month on the published path, give or take three points, and the faster the more May added; a December outside 60 to 85 would no longer be “just over 70”."),
        }),
    }
    /// Trainium power committed to Anthropic.
    GwCommitted {
        id: "gw-committed",
        label: mark("Trainium committed"),
        unit: Unit::Gw,
        default: facts::ANTHROPIC_TRN_CAPACITY_COMMIT.value(),
        min: 0.0,
        max: 15.0,
        step: 0.05,
        chapter: 4,
        basis: Basis::Published(&facts::ANTHROPIC_TRN_CAPACITY_COMMIT),
        reason: mark("The April 2026 contract as Dolphin Research reports it, to be reached over time. The two named campuses come to 4.65; the rest has no named site yet."),
        ticks: &[
            tick(facts::RAINIER_MULTI_GW_S0.low(), mark("Rainier, at least"), &[facts::RAINIER_MULTI_GW_S0]),
            tick(facts::NINDIANA_GW_S3.value(), mark("Northern Indiana"), &[facts::NINDIANA_GW_S3]),
            // The government’s part never serves Anthropic (C43).
            beside(facts::AWS_NEW_CAPACITY_3_7.value(), mark("new capacity, with the government’s"), &[facts::AWS_NEW_CAPACITY_3_7]),
            tick(facts::RAINIER_TOTAL_GW.middle(), mark("two Rainier campuses"), &[facts::RAINIER_TOTAL_GW]),
            tick(facts::ANTHROPIC_TRN_CAPACITY_COMMIT.value(), mark("signed"), &[facts::ANTHROPIC_TRN_CAPACITY_COMMIT]),
        ],
    }
    /// Trainium revenue per GW-year as a share of the GPU norm.
    TrainiumPrice {
        id: "trainium-price",
        label: mark("Trainium price, against the GPU norm"),
        unit: Unit::Percent,
        default: 63.6,
        min: 20.0,
        max: 110.0,
        step: 0.2,
        chapter: 4,
        basis: Basis::Derived("R29"),
        reason: mark("An outside estimate puts New Carlisle at $14 bn a year for 2.2 GW: $6.36 bn a gigawatt, against a norm of slightly over $10 bn, what a gigawatt of GPUs, the chips of Nvidia and others, is said to bring in over a year."),
        ticks: &[
            // A floor spread over power not yet built, and a norm: neither is a price (C47).
            beside(
                100.0 * facts::COMMIT_PER_GW_BELOW_NORM_2.value() / facts::COMMIT_PER_GW_BELOW_NORM_2.high(),
                mark("the pledge spread over 5 GW"),
                &[facts::COMMIT_PER_GW_BELOW_NORM_2],
            ),
            tick(facts::NEWCARLISLE_REVENUE_VS_NORM.low(), mark("New Carlisle, low"), &[facts::NEWCARLISLE_REVENUE_VS_NORM]),
            tick(facts::NEWCARLISLE_REVENUE_VS_NORM.high(), mark("New Carlisle, high"), &[facts::NEWCARLISLE_REVENUE_VS_NORM]),
            beside(100.0, mark("the GPU norm"), &[facts::REVENUE_PER_GW_NORM]),
        ],
        uncertainty: Some(Uncertainty {
            shape: Shape::Triangular { low: 20.0, mode: 63.6, high: 105.0 },
            reason: mark("From the pledge spread over what is signed to a little above the price of GPUs, likeliest where New Carlisle is put."),
        }),
    }
    /// Net ARR added in May 2026.
    ArrNetAdd {
        id: "arr-net-add",
        label: mark("ARR added in May 2026"),
        unit: Unit::UsdBnPerYear,
        default: 7.5,
        min: 3.75,
        max: 9.5,
        step: 0.05,
        chapter: 4,
        basis: Basis::BackSolved("R33"),
        reason: mark("Not printed. Tripling in six months would have added 7.5 in May; growth is said to have slowed that month, so it is at most that."),
        uncertainty: Some(Uncertainty {
            shape: Shape::Triangular { low: 3.75, mode: 7.5, high: 9.5 },
            reason: mark("Half of what tripling in six months gives would be the pace of the winter; a quarter more is as much as May’s slowdown leaves."),
        }),
    }
    /// Growth of ARR during 2027.
    ArrGrowth2027 {
        id: "arr-growth-2027",
        label: mark("ARR growth in 2027"),
        unit: Unit::PercentPerYear,
        default: 30.0,
        min: -30.0,
        max: 150.0,
        step: 1.0,
        chapter: 4,
        basis: Basis::Assumption,
        reason: mark("What December 2026 adds, carried on for a year, would be about 31 %."),
    }
    /// How much of a year's ARR growth is left the year after.
    ArrFade {
        id: "arr-fade",
        label: mark("Each later year’s growth, as a share of the year before"),
        unit: Unit::Percent,
        default: 75.0,
        min: 0.0,
        max: 100.0,
        step: 1.0,
        chapter: 4,
        basis: Basis::Assumption,
        reason: mark("Growth rates fade as companies grow; no source says how fast."),
    }
    /// AWS compute bought per dollar of ARR.
    SpendRatio {
        id: "spend-ratio",
        label: mark("AWS compute bought per dollar of ARR"),
        unit: Unit::Percent,
        default: 67.8,
        min: 30.0,
        max: 90.0,
        step: 0.2,
        chapter: 4,
        basis: Basis::BackSolved("X32"),
        reason: mark("Not printed. It is the ratio at which 19 % of AWS revenue in 2026 and the path of ARR fit together, if all AWS AI revenue is Anthropic’s. Buying from other clouds pulls it down."),
        uncertainty: Some(Uncertainty {
            shape: Shape::Triangular { low: 40.0, mode: 67.8, high: 80.0 },
            reason: mark("Anthropic also buys from Google and Microsoft, so there is more room below the back-solved ratio than above."),
        }),
    }
    /// How the quantity of compute answers its price.
    PriceElasticity {
        id: "price-elasticity",
        label: mark("How far cheaper compute means more compute"),
        unit: Unit::Number,
        default: 1.0,
        min: 0.0,
        max: 2.0,
        step: 0.05,
        chapter: 4,
        basis: Basis::Assumption,
        reason: mark("At 1 a cheaper gigawatt buys as much more compute as leaves the dollars the same. One source expects cheaper training to mean more of it, without a number."),
    }
    /// Growth of AWS without AI in 2026.
    NonaiGrowth2026 {
        id: "nonai-growth-2026",
        label: mark("AWS growth without AI, 2026"),
        unit: Unit::PercentPerYear,
        default: facts::AWS_NONAI_GROWTH_2026.value(),
        min: 8.0,
        max: 25.0,
        step: 0.1,
        chapter: 5,
        basis: Basis::Published(&facts::AWS_NONAI_GROWTH_2026),
        reason: mark("The source’s own simplification for the year."),
        ticks: &[
            tick(facts::AWS_NONAI_GROWTH_2025.value(), mark("in 2025"), &[facts::AWS_NONAI_GROWTH_2025]),
            tick(facts::AWS_NONAI_GROWTH_2026.value(), mark("assumed for 2026"), &[facts::AWS_NONAI_GROWTH_2026]),
        ],
        uncertainty: Some(Uncertainty {
            shape: Shape::Normal { mean: 16.0, deviation: 1.5 },
            reason: mark("The path to the published year needs growth to fall from about 20 to 13 % within it: a point and a half either way."),
        }),
    }
    /// Growth of AWS without AI from 2027 on.
    NonaiGrowthAfter {
        id: "nonai-growth-after",
        label: mark("AWS growth without AI, after 2026"),
        unit: Unit::PercentPerYear,
        default: 12.0,
        min: 0.0,
        max: 25.0,
        step: 0.1,
        chapter: 5,
        basis: Basis::Assumption,
        reason: mark("The pace at which the 2026 path ends: 2.9 % a quarter."),
        ticks: &[
            beside(facts::AWS_NONAI_GROWTH_2025.value(), mark("in 2025"), &[facts::AWS_NONAI_GROWTH_2025]),
            beside(facts::AWS_NONAI_GROWTH_2026.value(), mark("assumed for 2026"), &[facts::AWS_NONAI_GROWTH_2026]),
        ],
    }
    /// AI's share of AWS revenue in 2025.
    AiShare2025 {
        id: "ai-share-2025",
        label: mark("AI share of AWS revenue, 2025"),
        unit: Unit::Percent,
        default: 5.73,
        min: 3.0,
        max: 5.73,
        step: 0.01,
        chapter: 5,
        basis: Basis::BackSolved("R34"),
        reason: mark("Not printed. The largest share at which AWS still grows 35 % in 2026; Anthropic alone was about 3 %."),
        ticks: &[tick(facts::ANTHROPIC_SHARE_AWS_2025.value(), mark("Anthropic alone"), &[facts::ANTHROPIC_SHARE_AWS_2025])],
    }
    /// Months from ground-breaking to the first 1.3 GW.
    BuildMonths {
        id: "build-months",
        label: mark("Ground-breaking to the first 1.3 GW"),
        unit: Unit::Months,
        default: facts::RAINIER_BUILD_MONTHS.high(),
        min: 13.0,
        max: 24.0,
        step: 0.5,
        chapter: 4,
        basis: Basis::Published(&facts::RAINIER_BUILD_MONTHS),
        reason: mark("New Carlisle, September 2024 to January 2026. The source says 15 to 16. A longer time moves that site’s past too, against two published points."),
        ticks: &[
            beside(facts::ORACLE_ABILENE_MONTHS.value(), mark("Oracle’s Abilene"), &[facts::ORACLE_ABILENE_MONTHS]),
            tick(facts::RAINIER_BUILD_MONTHS.low(), mark("New Carlisle, low"), &[facts::RAINIER_BUILD_MONTHS]),
            tick(facts::RAINIER_BUILD_MONTHS.high(), mark("New Carlisle, high"), &[facts::RAINIER_BUILD_MONTHS]),
        ],
        uncertainty: Some(Uncertainty {
            shape: Shape::Lognormal { median: 16.0, sigma: 0.12 },
            reason: mark("One site was built so fast; large building projects run late more often than early, by ratios rather than months."),
        }),
    }
    /// When capacity without a named site broke ground.
    UnnamedStart {
        id: "unnamed-start",
        label: mark("Ground-breaking of the sites not yet named"),
        unit: Unit::Month,
        default: Month::new(2025, 10).index() as f64,
        min: Month::new(2025, 1).index() as f64,
        max: Month::new(2030, 12).index() as f64,
        step: 1.0,
        chapter: 4,
        basis: Basis::Assumption,
        reason: mark("In October 2025 Amazon said that its capacity would double again by 2027, so more was under way then than had a name."),
        ticks: &[beside(
            facts::NINDIANA_CONSTRUCTION_START.known.index() as f64,
            mark("Northern Indiana’s"),
            &[facts::NINDIANA_CONSTRUCTION_START],
        )],
    }
    /// Share of the power online that is sold.
    Utilization {
        id: "utilization",
        label: mark("Sold share of the power online"),
        unit: Unit::Percent,
        default: facts::AMZN_CAPACITY_ABSORBED.value(),
        min: 50.0,
        max: 100.0,
        step: 0.5,
        chapter: 4,
        basis: Basis::Published(&facts::AMZN_CAPACITY_ABSORBED),
        reason: mark("Amazon said in February 2026 that all new capacity was taken up at once."),
        ticks: &[tick(facts::AMZN_CAPACITY_ABSORBED.value(), mark("all absorbed"), &[facts::AMZN_CAPACITY_ABSORBED])],
        uncertainty: Some(Uncertainty {
            shape: Shape::Beta { a: 13.5, b: 1.5 },
            reason: mark("“All absorbed” is Amazon’s word. Fleets of this size stand at nine tenths: nine in ten of the worlds lie between about 75 and 98 %."),
        }),
    }
    /// AI power of AWS outside the Anthropic sites.
    OtherAiGw {
        id: "other-ai-gw",
        label: mark("Other AI power at AWS"),
        unit: Unit::Gw,
        default: 0.6,
        min: 0.0,
        max: 6.0,
        step: 0.1,
        chapter: 4,
        basis: Basis::BackSolved("X12"),
        reason: mark("Not printed. What the first quarter of 2026 needed beside Rainier to earn what it earned. It counts only where revenue is held to what power can earn."),
    }
    /// Whether revenue is held to what the power can earn.
    CapacityBinds {
        id: "capacity-binds",
        label: mark("Hold revenue to what the power can earn"),
        unit: Unit::Switch,
        default: 0.0,
        min: 0.0,
        max: 1.0,
        step: 1.0,
        chapter: 4,
        basis: Basis::Assumption,
        reason: mark("Off reproduces the published chain, which never asks where the power comes from."),
        options: SWITCH,
    }
    /// Saving per unit of training against H100.
    TrainingSaving {
        id: "training-saving",
        label: mark("Training saving against Nvidia’s H100"),
        unit: Unit::Percent,
        default: 25.0,
        min: 0.0,
        max: 45.0,
        step: 0.5,
        chapter: 3,
        basis: Basis::Derived("R08"),
        reason: mark("What the cost row of the published table gives: $1.50 against $2.00. The sentence below the table says 40."),
        ticks: &[
            tick(
                100.0 * (1.0 - facts::TRN2_COST_PER_MTOK.value() / facts::H100_COST_PER_MTOK.value()),
                mark("the table"),
                &[facts::TRN2_COST_PER_MTOK, facts::H100_COST_PER_MTOK],
            ),
            tick(
                facts::TRN_TRAINING_COST_SAVING_CLAIMED.value(),
                mark("Amazon’s claim, at most"),
                &[facts::TRN_TRAINING_COST_SAVING_CLAIMED],
            ),
        ],
        uncertainty: Some(Uncertainty {
            shape: Shape::Triangular { low: 10.0, mode: 25.0, high: 45.0 },
            reason: mark("From a saving that software eats up to the route by gigawatts, likeliest at the table’s own numbers."),
        }),
    }
    /// Saving per unit of inference against L40S.
    InferenceSaving {
        id: "inference-saving",
        label: mark("Inference saving against Nvidia’s L40S"),
        unit: Unit::Percent,
        default: 33.3,
        min: 20.0,
        max: 40.0,
        step: 0.1,
        chapter: 3,
        basis: Basis::Derived("R09"),
        reason: mark("The published table: $0.80 against $1.20."),
        ticks: &[tick(
            facts::CHIP_TABLE_INFERENCE_SAVING.value(),
            mark("as printed"),
            &[facts::CHIP_TABLE_INFERENCE_SAVING],
        )],
    }
    /// When the first Trainium 4 power comes online.
    Trainium4Start {
        id: "trainium4-start",
        label: mark("First Trainium 4 power"),
        unit: Unit::Month,
        default: Month::new(2028, 6).index() as f64,
        min: Month::new(2027, 1).index() as f64,
        max: Month::new(2031, 12).index() as f64,
        step: 1.0,
        chapter: 3,
        basis: Basis::Assumption,
        reason: mark("No tape-out date exists. Two and a half years after Trainium 3 is a guess."),
        ticks: &[
            // Power cannot come before the tests: January after the year they were expected in.
            tick(
                Month::new(facts::SIGNAL_TRN4_BENCHMARKS.value() as usize + 1, 1).index() as f64,
                mark("soonest after tests in 2026"),
                &[facts::SIGNAL_TRN4_BENCHMARKS],
            ),
        ],
        goes_by: &[facts::TRN4_NO_TAPEOUT],
        uncertainty: Some(Uncertainty {
            shape: Shape::Slip { first: Month::new(2028, 6).index() as f64, quarters: 4.0 },
            reason: mark("New chips slip by quarters, never the other way: four on average, each with the same chance."),
        }),
    }
    /// Bedrock's share of AWS AI revenue.
    MaasShare {
        id: "maas-share",
        label: mark("Bedrock share of AWS AI revenue"),
        unit: Unit::Percent,
        default: facts::BEDROCK_SHARE_OF_AWS_AI.value(),
        min: 10.0,
        max: 60.0,
        step: 0.5,
        chapter: 5,
        basis: Basis::Published(&facts::BEDROCK_SHARE_OF_AWS_AI),
        reason: mark("An analyst’s estimate for early 2026, held constant here."),
        ticks: &[tick(facts::BEDROCK_SHARE_OF_AWS_AI.value(), mark("estimate"), &[facts::BEDROCK_SHARE_OF_AWS_AI])],
    }
    /// Capex of the shell and base works per GW of Trainium.
    SiteCapex {
        id: "site-capex",
        label: mark("Site capex per gigawatt"),
        unit: Unit::UsdBnPerGw,
        default: 5.6,
        min: 4.8,
        max: 6.25,
        step: 0.05,
        chapter: 4,
        basis: Basis::Derived("R24"),
        reason: mark("$26 bn for the 4.65 GW of the two campuses. Their scope is not stated; it is read here as buildings and base works."),
        ticks: &[
            tick(facts::RAINIER_CAPEX_PER_GW.low(), mark("Rainier, low"), &[facts::RAINIER_CAPEX_PER_GW]),
            tick(facts::RAINIER_CAPEX_PER_GW.high(), mark("Rainier, high"), &[facts::RAINIER_CAPEX_PER_GW]),
            tick(
                facts::NINDIANA_CAPEX_S3.value() / facts::NINDIANA_GW_S3.value(),
                mark("Northern Indiana"),
                &[facts::NINDIANA_CAPEX_S3, facts::NINDIANA_GW_S3],
            ),
        ],
    }
    /// Capex of servers and chips per GW of Trainium.
    ServerCapex {
        id: "server-capex",
        label: mark("Server and chip capex per gigawatt"),
        unit: Unit::UsdBnPerGw,
        default: 18.0,
        min: 5.0,
        max: 40.0,
        step: 0.5,
        chapter: 4,
        basis: Basis::Assumption,
        reason: mark("No source gives it. Well under the $50 bn quoted for Nvidia systems, well over the sites alone."),
        uncertainty: Some(Uncertainty {
            shape: Shape::Triangular { low: 8.0, mode: 18.0, high: 30.0 },
            reason: mark("No source gives it; from a chip at cost to two thirds of a gigawatt of GPUs."),
        }),
    }
    /// All-in capex per GW of GPU systems.
    GpuCapex {
        id: "gpu-capex",
        label: mark("All-in capex per gigawatt of GPUs"),
        unit: Unit::UsdBnPerGw,
        default: facts::NVIDIA_CAPEX_PER_GW.value(),
        min: 30.0,
        max: 60.0,
        step: 0.5,
        chapter: 4,
        basis: Basis::Published(&facts::NVIDIA_CAPEX_PER_GW),
        reason: mark("Nvidia’s own frame, often quoted."),
        ticks: &[
            tick(
                facts::GOV_AI_CAPEX.value() / facts::GOV_AI_GW.value(),
                mark("the government’s sites"),
                &[facts::GOV_AI_CAPEX, facts::GOV_AI_GW],
            ),
            tick(facts::NVIDIA_CAPEX_PER_GW.value(), mark("Nvidia’s frame"), &[facts::NVIDIA_CAPEX_PER_GW]),
        ],
    }
    /// Years over which servers are depreciated.
    ServerLife {
        id: "server-life",
        label: mark("Life of servers"),
        unit: Unit::Years,
        default: 5.0,
        min: 3.0,
        max: 7.0,
        step: 0.25,
        chapter: 4,
        basis: Basis::Assumption,
        reason: mark("Straight-line depreciation; no source gives a life."),
        uncertainty: Some(Uncertainty {
            shape: Shape::Uniform { low: 4.0, high: 6.0 },
            reason: mark("Cloud companies have written servers off over four to six years."),
        }),
    }
    /// Years over which sites are depreciated.
    SiteLife {
        id: "site-life",
        label: mark("Life of sites"),
        unit: Unit::Years,
        default: 15.0,
        min: 10.0,
        max: 25.0,
        step: 0.5,
        chapter: 4,
        basis: Basis::Assumption,
        reason: mark("Straight-line depreciation; no source gives a life."),
    }
    /// Price of electricity.
    PowerPrice {
        id: "power-price",
        label: mark("Electricity price"),
        unit: Unit::UsdPerMwh,
        default: 60.0,
        min: 30.0,
        max: 120.0,
        step: 1.0,
        chapter: 4,
        basis: Basis::Assumption,
        reason: mark("No source gives one."),
    }
    /// Chance that the contingent $20 bn is drawn.
    MilestoneOdds {
        id: "milestone-odds",
        label: mark("Chance that the contingent $20 bn is paid"),
        unit: Unit::Percent,
        default: 60.0,
        min: 0.0,
        max: 100.0,
        step: 1.0,
        chapter: 2,
        basis: Basis::Assumption,
        reason: mark("The milestones are not published, so neither are their odds."),
        ticks: &[tick(100.0, mark("the $25 bn counted whole"), &[facts::INVEST_TOTAL_S4])],
        goes_by: &[facts::DEAL_MILESTONE_TRANCHE_S1],
        uncertainty: Some(Uncertainty {
            shape: Shape::Beta { a: 3.0, b: 2.0 },
            reason: mark("The milestones are not public: somewhat likelier met than missed, and little is ruled out."),
        }),
    }
    /// Who decides on the contingent $20 bn.
    OptionOrDuty {
        id: "option-or-duty",
        label: mark("The contingent $20 bn is"),
        unit: Unit::Choice,
        default: 0.0,
        min: 0.0,
        max: 1.0,
        step: 1.0,
        chapter: 2,
        basis: Basis::Published(&facts::MILESTONE_CONTINGENT_GATEKEEPER),
        reason: mark("AINews calls it owed once milestones are met, Dolphin Research a right of Amazon’s."),
        ticks: &[
            tick(0.0, mark("owed once goals are met"), &[facts::MILESTONE_CONTINGENT_GATEKEEPER]),
            tick(1.0, mark("Amazon may choose"), &[facts::PHASE3_OPTION]),
        ],
        options: &[mark("duty"), mark("option")],
    }
    /// What Amazon adds to the package later.
    TopUp {
        id: "top-up",
        label: mark("Amazon’s later top-up"),
        unit: Unit::UsdBn,
        default: 0.0,
        min: 0.0,
        max: 15.0,
        step: 0.5,
        chapter: 2,
        basis: Basis::Assumption,
        reason: mark("One source predicts 10 to 15 within 18 months. A prediction is not booked until a reader wants it."),
        ticks: &[
            tick(facts::PRED1_ADDITIONAL.low(), mark("predicted, low"), &[facts::PRED1_ADDITIONAL]),
            tick(facts::PRED1_ADDITIONAL.high(), mark("predicted, high"), &[facts::PRED1_ADDITIONAL]),
        ],
    }
    /// What Amazon puts into OpenAI.
    OpenaiInvestment {
        id: "openai-investment",
        label: mark("Amazon’s money for OpenAI"),
        unit: Unit::UsdBn,
        default: 0.0,
        min: 0.0,
        max: 50.0,
        step: 1.0,
        chapter: 2,
        basis: Basis::Assumption,
        reason: mark("Reported as rejected, as possible and as under way. None of it counts until a reader wants it."),
        ticks: &[
            tick(0.0, mark("refused"), &[facts::OPENAI_OFFER_REJECTED]),
            tick(facts::AMZN_OPENAI_POTENTIAL.value(), mark("reported as possible"), &[facts::AMZN_OPENAI_POTENTIAL]),
            beside(facts::OPENAI_OFFER.value(), mark("the offer that was turned down"), &[facts::OPENAI_OFFER]),
        ],
    }
    /// Amazon's share of Anthropic.
    Stake {
        id: "stake",
        label: mark("Amazon’s share of Anthropic"),
        unit: Unit::Percent,
        default: 7.5,
        min: 5.2,
        max: 9.9,
        step: 0.1,
        chapter: 2,
        basis: Basis::Assumption,
        reason: mark("Said to be a single-digit share. A gain of $9.5 bn at a valuation of $183 bn needs at least 5.2 % (X17); 7.5 is about the middle."),
        ticks: &[
            // The gain over the valuation, rounded up: with less, nothing was booked before.
            tick(
                tenth_above(100.0 * facts::ANTHROPIC_MTM_GAIN.value() / facts::ANTHROPIC_VALUATION.value()),
                mark("at least"),
                &[facts::ANTHROPIC_MTM_GAIN, facts::ANTHROPIC_VALUATION],
            ),
            // An upper bound, from a book value that no source gives.
            beside(
                100.0 * (facts::AMZN_ANTHROPIC_TOTAL_S3.value() + facts::ANTHROPIC_MTM_GAIN.value())
                    / facts::ANTHROPIC_VALUATION.value(),
                mark("if no other gain was booked"),
                &[facts::ANTHROPIC_MTM_GAIN, facts::AMZN_ANTHROPIC_TOTAL_S3, facts::ANTHROPIC_VALUATION],
            ),
        ],
        goes_by: &[facts::AMZN_STAKE_SINGLE_DIGIT, facts::ANTHROPIC_MTM_GAIN, facts::ANTHROPIC_VALUATION],
        uncertainty: Some(Uncertainty {
            shape: Shape::Uniform { low: 5.2, high: 9.9 },
            reason: mark("The two ends that the published gain and “single digit” allow; nothing speaks for one of them."),
        }),
    }
    /// Valuation over ARR at the end of 2026 and after.
    ValuationMultiple {
        id: "valuation-multiple",
        label: mark("Valuation over ARR, end of 2026"),
        unit: Unit::Times,
        default: 10.0,
        min: 2.0,
        max: 30.0,
        step: 0.5,
        chapter: 2,
        basis: Basis::Assumption,
        reason: mark("Only the valuation of $183 bn in the third quarter of 2025 is published."),
    }
    /// Anthropic's commitment to AWS.
    Pledge {
        id: "pledge",
        label: mark("Anthropic’s pledge to AWS"),
        unit: Unit::UsdBn,
        default: facts::ANTHROPIC_AWS_COMMIT.value(),
        min: 50.0,
        max: 200.0,
        step: 5.0,
        chapter: 2,
        basis: Basis::Published(&facts::ANTHROPIC_AWS_COMMIT),
        reason: mark("The April 2026 contract as Dolphin Research reports it, read as a floor."),
        ticks: &[
            tick(facts::ANTHROPIC_AWS_COMMIT.value(), mark("signed"), &[facts::ANTHROPIC_AWS_COMMIT]),
            tick(facts::USAGE_PROJECTED_S4.value(), mark("as projected use"), &[facts::USAGE_PROJECTED_S4]),
        ],
    }
    /// Years over which the pledge runs.
    PledgeYears {
        id: "pledge-years",
        label: mark("Years of the pledge"),
        unit: Unit::Years,
        default: facts::ANTHROPIC_AWS_COMMIT_TERM.value(),
        min: 5.0,
        max: 15.0,
        step: 1.0,
        chapter: 2,
        basis: Basis::Published(&facts::ANTHROPIC_AWS_COMMIT_TERM),
        reason: mark("The April 2026 contract as Dolphin Research reports it."),
        ticks: &[
            tick(facts::ANTHROPIC_AWS_COMMIT_TERM.value(), mark("signed"), &[facts::ANTHROPIC_AWS_COMMIT_TERM]),
            tick(facts::LOCK_IN_YEARS.value(), mark("tied to Amazon’s chips"), &[facts::LOCK_IN_YEARS]),
        ],
    }
    /// Share of Anthropic's AWS compute that leaves each year.
    Loosening {
        id: "loosening",
        label: mark("Share of the work that leaves AWS each year"),
        unit: Unit::PercentPerYear,
        default: 0.0,
        min: 0.0,
        max: 40.0,
        step: 1.0,
        chapter: 4,
        basis: Basis::Assumption,
        reason: mark("Microsoft and OpenAI drifted apart; no source says that Anthropic and AWS do."),
        uncertainty: Some(Uncertainty {
            shape: Shape::Exponential { mean: 5.0 },
            reason: mark("A hazard of 5 % a year that compute leaves for other clouds, as Microsoft’s hold on OpenAI loosened."),
        }),
    }
}
