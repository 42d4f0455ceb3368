//! Chips: cost against Nvidia's, watts, and generations.

use super::gigawatts::{gpu_price, gw_per_chip, trainium_price};
use core::ops::Range;

use super::path::Path;
use crate::assumption::TRN4_INDEX;
use crate::fact::facts;
use crate::lane::Lane;
use crate::levers::Lever;
use crate::month::Month;
use crate::origin::Known;
use crate::outcome::Output;
use crate::scenario::Scenario;
use crate::step;

/// First month with a Trainium worth an index (`trn2-ship`).
pub const INDEX_START: Month = Month::new(2024, 12);
/// Volume of Trainium 3 (`trn3-mass-production`).
pub const TRN3_MONTH: Month = Month::new(2026, 6);

/// Trainium 2 against H200 (`trn2-vs-h200`).
pub const TRN2_INDEX: f64 = facts::TRN2_VS_H200.share();
/// The least that Trainium 3 is against H200: Trainium 2 over six tenths of it
/// (`trn2-vs-trn3`).
pub const TRN3_LOW: f64 = 100.0 * TRN2_INDEX / facts::TRN2_VS_TRN3.high();
/// The most: Trainium 2 over half of it.
pub const TRN3_HIGH: f64 = 100.0 * TRN2_INDEX / facts::TRN2_VS_TRN3.low();
/// Trainium 3 against H200: the middle of the two, 1.0 and 1.2.
pub const TRN3_INDEX: f64 = f64::midpoint(TRN3_LOW, TRN3_HIGH);
/// TPU v7 against H200, from Trainium 3's share of it in FP8 (`trn3-vs-tpuv7-fp8`).
pub const TPU_V7_INDEX: f64 = TRN3_INDEX / facts::TRN3_VS_TPUV7_FP8.share();

/// What a unit of work costs on Amazon's chips, Nvidia's being 1.
#[derive(Clone, Debug)]
pub struct Chips<V: 'static> {
    /// Training by the cost row of the published table (row R08).
    pub training_cost_table: V,
    /// Training by Amazon's claim (`trn-training-cost-saving-claimed`).
    pub training_cost_claim: V,
    /// Training by price per gigawatt over performance per watt (row X05).
    pub training_cost_gigawatt: V,
    /// Training as the reader believes it.
    pub training_cost: V,
    /// Inference as the reader believes it, against L40S.
    pub inference_cost: V,
    /// An hour of Trainium 2 against an hour of H100: cost times throughput.
    pub price_per_chip_hour: V,
    /// The newest Trainium in volume, H200 = 1, from December 2024.
    pub index: Path<V>,
}

/// Watts of a Trainium 2 at the facility (row R26).
pub fn watts_at_facility() -> f64 {
    gw_per_chip::<f64>() * 1e9
}

/// Watts of a chip: TFLOPS over TFLOPS a watt.
pub fn watts(tflops: f64, tflops_per_watt: f64) -> f64 {
    tflops / tflops_per_watt
}

/// Trainium 2 chips that a power feeds at the facility. Millions, from GW.
pub(crate) fn million_chips<V: Lane>(gigawatts: V) -> V {
    gigawatts / (gw_per_chip::<V>() * 1e6)
}

/// Computes the cost routes and the generation index. A token price stands in for
/// the cost of training, as in the source (C29); memory, networks and software are
/// left out of every route.
pub(crate) fn chips<V: Lane>(scenario: &Scenario<V>, months: &Range<usize>) -> Chips<V> {
    let throughput = facts::TRN2_TFLOPS_FP16.lane::<V>() / facts::H100_TFLOPS_FP16.lane::<V>();
    let efficiency = facts::TRN2_PERF_PER_WATT.lane::<V>() / facts::H100_PERF_PER_WATT.lane::<V>();
    let training_cost = -(scenario.get(Lever::TrainingSaving) / 100.0) + 1.0;
    let training_cost = training_cost.called(Output::TrainingCost.name());
    let trn4 = scenario.get(Lever::Trainium4Start);
    let trn2_index = facts::TRN2_VS_H200.lane_share::<V>();
    let trn3_index = V::splat(TRN3_INDEX)
        .solved(
            &step::TRN3_FROM_TRN2,
            &[
                facts::TRN2_VS_H200.lane(),
                facts::TRN2_VS_TRN3.lane_low(),
                facts::TRN2_VS_TRN3.lane_high(),
            ],
        )
        .called(step::TRN3_INDEX.name());
    Chips {
        training_cost_table: facts::TRN2_COST_PER_MTOK.lane::<V>()
            / facts::H100_COST_PER_MTOK.lane::<V>(),
        training_cost_claim: -facts::TRN_TRAINING_COST_SAVING_CLAIMED.lane_share::<V>() + 1.0,
        training_cost_gigawatt: trainium_price(scenario) / gpu_price::<V>() / efficiency,
        training_cost,
        inference_cost: -(scenario.get(Lever::InferenceSaving) / 100.0) + 1.0,
        price_per_chip_hour: training_cost * throughput,
        index: Path::from_fn(months.clone(), |t| {
            let before = match t {
                t if t < INDEX_START.index() => V::splat(0.0),
                t if t < TRN3_MONTH.index() => trn2_index,
                _ => trn3_index,
            };
            let now = V::known(Known::Now(t));
            now.select_below(trn4, before, TRN4_INDEX.lane())
        }),
    }
}
