//! What the first screen shows of the worlds. The build works it out for the defaults, so
//! that a page can show it before it has the engine.

use super::Months;
use crate::month::Month;
use crate::outcome::{Output, Series};

const FROM: usize = Month::new(2025, 1).index();
const TO: usize = Month::new(2028, 12).index() + 1;

/// The bands of its chart.
pub const SERIES: [Months; 2] = [
    Months {
        series: Series::GwNeeded,
        from: FROM,
        to: TO,
    },
    Months {
        series: Series::GwOnline,
        from: FROM,
        to: TO,
    },
];

/// The figures that have a range.
pub const OUTPUTS: [Output; 4] = [
    Output::AwsGrowth2026,
    Output::AnthropicShare2026,
    Output::AwsMargin2027,
    Output::TrainiumMargin,
];
