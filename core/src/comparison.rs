//! Published comparisons of Amazon's chips with others, as ratios: the other chip is 1.

use crate::fact::facts;
use crate::model::chips::watts;

/// What a chip does and costs against another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Against {
    /// Work in a time.
    pub speed: f64,
    /// Work for a watt.
    pub work_per_watt: f64,
    /// Price of a million tokens.
    pub price_per_token: f64,
}

/// Trainium 2 against Nvidia's H100, from the published table (rows R08, R10, R11):
/// TFLOPS at FP16, TFLOPS a watt, dollars a million tokens. The table says neither how
/// it was measured nor for which job the tokens are priced (C29).
pub fn training() -> Against {
    Against {
        speed: facts::TRN2_TFLOPS_FP16.value() / facts::H100_TFLOPS_FP16.value(),
        work_per_watt: facts::TRN2_PERF_PER_WATT.value() / facts::H100_PERF_PER_WATT.value(),
        price_per_token: facts::TRN2_COST_PER_MTOK.value() / facts::H100_COST_PER_MTOK.value(),
    }
}

/// Inferentia 2 against Nvidia's L40S, from the same table (rows R09 to R11). Speed is
/// the inverse of the time that Llama 70B takes to answer.
pub fn inference() -> Against {
    Against {
        speed: facts::L40S_LATENCY_LLAMA70B.value() / facts::INF2_LATENCY_LLAMA70B.value(),
        work_per_watt: facts::INF2_PERF_PER_WATT.value() / facts::L40S_PERF_PER_WATT.value(),
        price_per_token: facts::INF2_COST_PER_MTOK.value() / facts::L40S_COST_PER_MTOK.value(),
    }
}

impl Against {
    /// Watts of the chip itself: speed over work per watt.
    pub fn watts(self) -> f64 {
        self.speed / self.work_per_watt
    }

    /// Price of an hour of the chip: the price of the work times the work of an hour.
    pub fn price_per_hour(self) -> f64 {
        self.price_per_token * self.speed
    }
}

/// Watts that the table implies for a Trainium 2 and an H100.
pub fn training_watts() -> [f64; 2] {
    [
        watts(
            facts::TRN2_TFLOPS_FP16.value(),
            facts::TRN2_PERF_PER_WATT.value(),
        ),
        watts(
            facts::H100_TFLOPS_FP16.value(),
            facts::H100_PERF_PER_WATT.value(),
        ),
    ]
}

/// Graviton4 against another maker's processor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Processor {
    /// The other processor.
    pub name: &'static str,
    /// Average score in tests.
    pub score: f64,
    /// Work for a dollar.
    pub work_per_dollar: f64,
}

impl Processor {
    /// Price of an hour: score over work per dollar (rows R15, R16). Not printed.
    pub fn price(self) -> f64 {
        self.score / self.work_per_dollar
    }
}

/// Graviton4 against AMD's EPYC 9R14 and Intel's Xeon 8488C, on rented machines at
/// prices of late 2024 (`graviton4-vs-epyc-score`, `graviton4-ppd-vs-epyc`,
/// `graviton4-vs-xeon-score`, `graviton4-ppd-vs-xeon`). Graviton5 has few public tests.
pub fn graviton() -> [Processor; 2] {
    [
        Processor {
            name: "EPYC",
            score: facts::GRAVITON4_VS_EPYC_SCORE.share(),
            work_per_dollar: 1.0 + facts::GRAVITON4_PPD_VS_EPYC.share(),
        },
        Processor {
            name: "Xeon",
            score: facts::GRAVITON4_VS_XEON_SCORE.value(),
            work_per_dollar: 1.0 + facts::GRAVITON4_PPD_VS_XEON.share(),
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model;
    use crate::outcome::Output;
    use crate::scenario::Scenario;

    #[test]
    fn a_saving_per_token_is_a_saving_per_hour_less_a_loss_of_speed() {
        let table = training();
        assert!((table.price_per_hour() - 0.607).abs() < 5e-4);
        assert!((table.watts() - 0.693).abs() < 5e-4);
        let [trainium, h100] = training_watts();
        assert!((trainium / h100 - table.watts()).abs() < 1e-12);
        // The default takes the table's saving.
        let outcome = model::run(&Scenario::default());
        let hour = outcome.get(Output::Trn2PricePerChipHour);
        assert!((hour - table.price_per_hour()).abs() < 1e-12);
    }

    #[test]
    fn graviton_is_slower_or_level_and_cheaper() {
        for processor in graviton() {
            assert!(processor.price() < processor.score, "{}", processor.name);
        }
    }
}
