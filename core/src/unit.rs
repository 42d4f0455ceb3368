//! Units of levers, outputs and series.

use serde::Serialize;

/// What a number counts. The text form is that of the outcome's JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Unit {
    /// Billions of US dollars.
    #[serde(rename = "USD_bn")]
    UsdBn,
    /// Billions of US dollars a year.
    #[serde(rename = "USD_bn_per_year")]
    UsdBnPerYear,
    /// Billions of US dollars in one month.
    #[serde(rename = "USD_bn_per_month")]
    UsdBnPerMonth,
    /// Billions of US dollars for each gigawatt.
    #[serde(rename = "USD_bn_per_GW")]
    UsdBnPerGw,
    /// Billions of US dollars for each gigawatt in a year.
    #[serde(rename = "USD_bn_per_GW_year")]
    UsdBnPerGwYear,
    /// Gigawatts of power at the facility.
    #[serde(rename = "GW")]
    Gw,
    /// A fraction: 0.35 is 35 %.
    #[serde(rename = "ratio")]
    Ratio,
    /// Percent: 35 is 35 %. Levers use it, outputs use [`Unit::Ratio`].
    #[serde(rename = "percent")]
    Percent,
    /// Percent a year.
    #[serde(rename = "percent_per_year")]
    PercentPerYear,
    /// A month of the horizon, written `YYYY-MM`; none where it never comes.
    #[serde(rename = "month")]
    Month,
    /// A calendar year; none where it never comes.
    #[serde(rename = "year")]
    Year,
    /// A number of months.
    #[serde(rename = "months")]
    Months,
    /// A number of years.
    #[serde(rename = "years")]
    Years,
    /// US dollars a megawatt-hour.
    #[serde(rename = "USD_per_MWh")]
    UsdPerMwh,
    /// Gigawatts for each chip; shown as watts.
    #[serde(rename = "GW_per_chip")]
    GwPerChip,
    /// Millions of chips.
    #[serde(rename = "million_chips")]
    MillionChips,
    /// How many times.
    #[serde(rename = "times")]
    Times,
    /// Performance with Nvidia's H200 as 1.
    #[serde(rename = "H200_equivalents")]
    H200,
    /// A pure number.
    #[serde(rename = "number")]
    Number,
    /// On or off.
    #[serde(rename = "switch")]
    Switch,
    /// One of a few named options.
    #[serde(rename = "choice")]
    Choice,
}
