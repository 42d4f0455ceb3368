//! Numbers that no source gives and no lever carries.
//!
//! Each is shown to the reader as an assumption. What a reader may well want to
//! change is a lever instead: see [`crate::levers`].

use crate::lane::Lane;
use crate::model::chips::TPU_V7_INDEX;
use crate::month::Month;
use crate::origin::Known;
use crate::unit::Unit;
use crate::words::mark;

/// A number of the model that no source gives.
#[derive(Debug)]
pub struct Assumption {
    /// A name for it.
    pub id: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// Its value, in its unit; months are counted from January 2023 = 0.
    pub value: f64,
    /// Its unit.
    pub unit: Unit,
    /// What it stands for and why it has this value.
    pub reason: &'static str,
}

impl Assumption {
    /// Its value in an equation of the model, with its origin.
    pub(crate) fn lane<V: Lane>(&'static self) -> V {
        V::known(Known::Assumption(self))
    }
}

macro_rules! assumptions {
    ($($name:ident = $id:literal, mark($label:literal), $value:expr, $unit:ident, mark($reason:literal);)*) => {
        $(#[doc = $reason]
        pub const $name: Assumption =
            Assumption {
                id: $id,
                label: mark($label),
                value: $value,
                unit: Unit::$unit,
                reason: mark($reason),
            };)*

        /// Every assumption that is not a lever.
        pub const ALL: &[Assumption] = &[$($name,)*];
    };
}

assumptions! {
    RUNNING_COST = "running-cost", mark("Other running cost of a gigawatt-year"), 0.3, UsdBnPerGw,
        mark("Staff, repairs, network and land of a gigawatt for a year.");
    FIRST_POWER_AGE = "first-power-age", mark("Ground-breaking to first power, reference site"), 13.5, Months,
        mark("Ground-breaking to first power when the first 1.3 GW take sixteen months: New Carlisle opened between its thirteenth and fourteenth month. A slower build stretches it in proportion.");
    REFERENCE_BUILD = "reference-build", mark("Ground-breaking to the first 1.3 GW, reference site"), 16.0, Months,
        mark("The build time that the age of first power belongs to.");
    COMPLETION_MONTHS = "completion-months", mark("First 1.3 GW to the full site"), 12.0, Months,
        mark("From the first 1.3 GW to the full site: the source expects much of the rest within 2026.");
    HOURS_PER_YEAR = "hours-per-year", mark("Hours in a year"), 8760.0, Number,
        mark("Hours in a year. A facility counted in gigawatts is taken to draw them in every one.");
    FIRST_DRAW = "first-draw", mark("First draw of the contingent money"), Month::new(2027, 1).index() as f64, Month,
        mark("First month in which part of the contingent money is paid; no source dates it.");
    DRAW_MONTHS = "draw-months", mark("Months over which the contingent money is paid"), 24.0, Months,
        mark("The contingent money is paid in equal parts over two years; no source says how.");
    OPENAI_MONTH = "openai-month", mark("When OpenAI would be paid"), Month::new(2027, 1).index() as f64, Month,
        mark("When money for OpenAI would be paid, if a reader adds any.");
    AWS_MARGIN_Q1_2026 = "aws-margin-2026q1", mark("AWS operating margin, first quarter of 2026"), 0.375, Ratio,
        mark("The source says below about 38 %; 37.5 is the reading used here.");
    VISIBLE_LIFT = "visible-lift", mark("Least lift of a margin that can be seen"), 0.005, Ratio,
        mark("The least lift of a margin that counts as one that can be seen, half a point; the prediction gives no size.");
    TRN4_INDEX = "trn4-index", mark("Trainium 4 against H200"), TPU_V7_INDEX, H200,
        mark("Trainium 4 at least level with what Trainium 3's 55 % of it makes of TPU v7. The published target is higher and gives no number.");
}
