//! Numbers that no source gives and no lever carries.
//!
//! Each is shown to the reader as an assumption. What a reader may well want to
//! change is a lever instead: see [`crate::levers`].

use crate::model::chips::TPU_V7_INDEX;
use crate::month::Month;
use crate::unit::Unit;

/// A number of the model that no source gives.
#[derive(Debug)]
pub struct Assumption {
    /// A name for it.
    pub id: &'static str,
    /// Its value, in its unit; months are counted from January 2023 = 0.
    pub value: f64,
    /// Its unit.
    pub unit: Unit,
    /// What it stands for and why it has this value.
    pub reason: &'static str,
}

macro_rules! assumptions {
    ($($name:ident = $id:literal, $value:expr, $unit:ident, $reason:literal;)*) => {
        $(#[doc = $reason]
        pub const $name: Assumption =
            Assumption { id: $id, value: $value, unit: Unit::$unit, reason: $reason };)*

        /// Every assumption that is not a lever.
        pub const ALL: &[Assumption] = &[$($name,)*];
    };
}

assumptions! {
    RUNNING_COST = "running-cost", 0.3, UsdBnPerGw,
        "Staff, repairs, network and land of a gigawatt for a year.";
    FIRST_POWER_AGE = "first-power-age", 13.5, Months,
        "Ground-breaking to first power when the first 1.3 GW take sixteen months: New Carlisle opened between its thirteenth and fourteenth month. A slower build stretches it in proportion.";
    REFERENCE_BUILD = "reference-build", 16.0, Months,
        "The build time that the age of first power belongs to.";
    COMPLETION_MONTHS = "completion-months", 12.0, Months,
        "From the first 1.3 GW to the full site: the source expects much of the rest within 2026.";
    HOURS_PER_YEAR = "hours-per-year", 8760.0, Number,
        "Hours in a year. A facility counted in gigawatts is taken to draw them in every one.";
    FIRST_DRAW = "first-draw", Month::new(2027, 1).index() as f64, Month,
        "First month in which part of the contingent money is paid; no source dates it.";
    DRAW_MONTHS = "draw-months", 24.0, Months,
        "The contingent money is paid in equal parts over two years; no source says how.";
    OPENAI_MONTH = "openai-month", Month::new(2027, 1).index() as f64, Month,
        "When money for OpenAI would be paid, if a reader adds any.";
    AWS_MARGIN_Q1_2026 = "aws-margin-2026q1", 0.375, Ratio,
        "The source says below about 38 %; 37.5 is the reading used here.";
    VISIBLE_LIFT = "visible-lift", 0.005, Ratio,
        "The least lift of a margin that counts as one that can be seen, half a point; the prediction gives no size.";
    TRN4_INDEX = "trn4-index", TPU_V7_INDEX, H200,
        "Trainium 4 at least level with what Trainium 3's 55 % of it makes of TPU v7. The published target is higher and gives no number.";
}
