//! What always holds: over the presets, over every lever's range, over ten thousand
//! random scenarios, and not because the laws could not fail.

use compute_loop_core::laws::violations;
use compute_loop_core::levers::Lever;
use compute_loop_core::model::{self, Model};
use compute_loop_core::month::Month;
use compute_loop_core::outcome::Outcome;
use compute_loop_core::preset::PRESETS;
use compute_loop_core::scenario::Scenario;
use proptest::prelude::*;

use crate::draw;

#[track_caller]
pub(crate) fn assert_lawful(scenario: &Scenario, what: &str) {
    let found = violations(scenario, &model::model(scenario), &model::run(scenario));
    assert!(found.is_empty(), "{what}: {found:?}");
}

#[test]
fn presets_hold_over_every_levers_range() {
    for preset in PRESETS {
        let base = preset.scenario();
        assert_lawful(&base, preset.id);
        for lever in Lever::ALL {
            let spec = lever.spec();
            for value in [spec.min, f64::midpoint(spec.min, spec.max), spec.max] {
                let what = format!("{} with {} at {value}", preset.id, spec.id);
                assert_lawful(&base.with(lever, value), &what);
            }
        }
    }
}

proptest! {
    #![proptest_config(draw::cases(10_000))]

    #[test]
    fn random_scenarios_hold(
        scenario in prop_oneof![draw::any_scenario(), draw::extreme_scenario()],
    ) {
        let found = violations(&scenario, &model::model(&scenario), &model::run(&scenario));
        prop_assert!(found.is_empty(), "{found:?}");
    }
}

/// A month in the middle of things.
const MONTH: usize = Month::new(2028, 3).index();

/// The laws that a damaged model breaks.
fn broken_by(scenario: &Scenario, damage: impl Fn(&mut Model<f64>)) -> Vec<&'static str> {
    let mut model = model::model(scenario);
    damage(&mut model);
    laws_in(scenario, &model, &model::run(scenario))
}

/// The laws that a scenario breaks whose levers hold what no lever admits.
fn broken_at(lever: Lever, value: f64) -> Vec<&'static str> {
    let defaults = Scenario::default();
    let beyond = Scenario::from_lanes(|each| {
        if each == lever {
            value
        } else {
            defaults.get(each)
        }
    });
    laws_in(&beyond, &model::model(&beyond), &model::run(&beyond))
}

fn laws_in(scenario: &Scenario, model: &Model<f64>, outcome: &Outcome) -> Vec<&'static str> {
    let mut laws: Vec<_> = violations(scenario, model, outcome)
        .iter()
        .map(|violation| violation.law)
        .collect();
    laws.dedup();
    laws
}

#[test]
fn no_damage_breaks_no_law() {
    assert!(broken_by(&Scenario::default(), |_| ()).is_empty());
}

#[test]
fn a_number_that_is_none_is_noticed() {
    let laws = broken_at(Lever::PowerPrice, f64::NAN);
    assert!(laws.contains(&"every value is finite"), "{laws:?}");
    let laws = broken_at(Lever::GpuCapex, f64::INFINITY);
    assert!(laws.contains(&"every value is finite"), "{laws:?}");
}

#[test]
fn shrinking_power_is_noticed() {
    let laws = broken_at(Lever::GwCommitted, -1.0);
    assert!(laws.contains(&"capacity never falls"), "{laws:?}");
}

#[test]
fn taking_money_back_is_noticed() {
    let laws = broken_at(Lever::TopUp, -1.0);
    assert!(laws.contains(&"cumulative spend never falls"), "{laws:?}");
}

#[test]
fn a_cent_from_nowhere_is_noticed() {
    // Two cents, in billions: one might be taken for a rounding error.
    let laws = broken_by(&Scenario::default(), |model| {
        model.deal.ledger.amazon[MONTH] += 2e-11;
    });
    assert!(
        laws.contains(&"cash changes add to zero, to the cent"),
        "{laws:?}"
    );
}

#[test]
fn a_part_too_much_is_noticed() {
    let laws = broken_by(&Scenario::default(), |model| {
        model.revenue.ai[MONTH] += 2e-11;
    });
    assert_eq!(laws, ["parts add to the whole"]);
    let laws = broken_by(&Scenario::default(), |model| {
        model.gigawatts.sites[0][MONTH] += 1e-9;
    });
    assert_eq!(laws, ["parts add to the whole"]);
}

#[test]
fn power_beyond_the_commitment_is_noticed() {
    let laws = broken_by(&Scenario::default(), |model| {
        model.gigawatts.online[MONTH] += 10.0;
    });
    assert!(laws.contains(&"no more power than committed"), "{laws:?}");
}

#[test]
fn shares_beyond_the_whole_are_noticed() {
    let laws = broken_at(Lever::MaasShare, 200.0);
    assert!(laws.contains(&"shares are not negative"), "{laws:?}");
    let laws = broken_at(Lever::MaasShare, f64::INFINITY);
    assert!(laws.contains(&"shares add to one"), "{laws:?}");
}

#[test]
fn revenue_beyond_power_is_noticed_where_power_binds() {
    let law = "with the cap on, revenue is not above what power can earn";
    let sell_more = |model: &mut Model<f64>| model.revenue.spend[MONTH] += 100.0;
    let bound = Scenario::default().with(Lever::CapacityBinds, 1.0);
    assert!(broken_by(&bound, sell_more).contains(&law));
    assert!(!broken_by(&Scenario::default(), sell_more).contains(&law));
}

#[test]
fn a_gain_booked_as_cash_is_noticed() {
    // Someone else pays for it, so that the month still adds to zero.
    let laws = broken_by(&Scenario::default(), |model| {
        let gain = model.deal.revaluation[MONTH];
        assert!(gain.abs() > 1e-3, "there is no gain to book");
        model.deal.ledger.amazon[MONTH] += gain;
        model.deal.ledger.investors[MONTH] -= gain;
    });
    assert_eq!(laws, ["gains never enter cash"]);
}
