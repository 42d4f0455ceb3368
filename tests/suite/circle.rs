//! Who pays whom: every lens against the series it is drawn from, for presets and
//! random scenarios.

use compute_loop_core::circle::{Circle, Lens, Party, Purpose, YEARS, largest, own_money};
use compute_loop_core::model;
use compute_loop_core::outcome::{Outcome, Series};
use compute_loop_core::preset::PRESETS;
use compute_loop_core::scenario::Scenario;
use proptest::prelude::*;

use crate::draw;

/// Whether two sums are the same but for rounding and for flows of less than a dollar.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-8 + 1e-12 * a.abs().max(b.abs())
}

#[track_caller]
fn assert_same(a: f64, b: f64, what: &str) {
    assert!(same(a, b), "{what}: {a} against {b}");
}

/// What holds through every lens.
fn assert_sound(circle: &Circle, most: f64) {
    let place = format!("{:?} in {}", circle.lens, circle.year);
    for flow in &circle.flows {
        assert!(flow.amount.is_finite(), "{place}: {flow:?}");
        assert!(flow.amount > 0.0, "{place}: {flow:?}");
        assert!(flow.amount <= most, "{place}: {flow:?} beyond {most}");
        assert_ne!(flow.from, flow.to, "{place}: {flow:?}");
    }
    let all: f64 = Party::ALL.map(|party| circle.balance(party)).iter().sum();
    let gross: f64 = circle.flows.iter().map(|flow| flow.amount).sum();
    assert!(all.abs() <= 1e-12 * (1.0 + gross), "{place}: {all}");
    if circle.lens != Lens::MarkToMarket {
        let kept = circle.balance(Party::Aws);
        assert!(
            kept.abs() <= 1e-8 + 1e-12 * gross,
            "{place}: AWS keeps {kept}"
        );
    }
}

fn assert_cash(circle: &Circle, outcome: &Outcome, what: &str) {
    let over = |series| outcome.year(series, circle.year);
    let balance = |party| circle.balance(party);
    for (party, series) in [
        (Party::Customers, Series::CashCustomers),
        (Party::Investors, Series::CashInvestors),
        (Party::Anthropic, Series::CashAnthropic),
        (Party::Suppliers, Series::CashSuppliers),
        (Party::OtherLabs, Series::CashOtherLabs),
    ] {
        assert_same(balance(party), over(series), &format!("{what}: {party:?}"));
    }
    let amazon = balance(Party::Amazon) + balance(Party::Aws);
    assert_same(amazon, over(Series::CashAmazon), what);
    let out = circle.taken_out;
    for (purpose, series) in [
        (Purpose::Compute, Series::Spend),
        (Purpose::Investment, Series::Investment),
    ] {
        assert_same(circle.amount(purpose) + out, over(series), what);
    }
}

fn assert_income(circle: &Circle, outcome: &Outcome, what: &str) {
    let over = |series| outcome.year(series, circle.year);
    let income = circle.inflow(Party::Amazon) - circle.outflow(Party::Amazon);
    assert_same(income, over(Series::OperatingIncome), what);
    let earned = circle.inflow(Party::Aws)
        - circle
            .amount(Purpose::Income)
            .min(circle.outflow(Party::Amazon));
    assert_same(earned, over(Series::Spend), what);
    assert_eq!(circle.amount(Purpose::Investment).to_bits(), 0, "{what}");
}

fn assert_paper(circle: &Circle, outcome: &Outcome, what: &str) {
    let over = |series| outcome.year(series, circle.year);
    let gain = circle.flow(Purpose::Revaluation).map_or(0.0, |flow| {
        if flow.to == Party::Amazon {
            flow.amount
        } else {
            -flow.amount
        }
    });
    assert_same(gain, over(Series::MarkToMarket), what);
    assert_same(
        circle.amount(Purpose::Investment),
        over(Series::Investment),
        what,
    );
}

fn assert_all(scenario: &Scenario, what: &str) {
    let outcome = model::run(scenario);
    let most = |lens| largest(scenario, &outcome, lens);
    for lens in Lens::ALL {
        let most = most(lens);
        assert!(most.is_finite() && most > 0.0, "{what}, {lens:?}: {most}");
    }
    for year in YEARS {
        let what = format!("{what}, {year}");
        let own = own_money(&outcome, year);
        assert!(own >= 0.0, "{what}: {own}");
        assert!(own <= outcome.year(Series::Spend, year), "{what}: {own}");
        assert!(
            own <= outcome.year(Series::Investment, year),
            "{what}: {own}"
        );
        for counted in [true, false] {
            let of = |lens| Circle::of(scenario, &outcome, year, lens, counted);
            let [cash, income, paper] = Lens::ALL.map(of);
            for circle in [&cash, &income, &paper] {
                assert_sound(circle, most(circle.lens) * (1.0 + 1e-12));
                assert_eq!(
                    circle.taken_out > 0.0,
                    circle.lens == Lens::Cash && !counted && own > 0.0
                );
            }
            let taken = if counted { 0.0 } else { own };
            assert_same(cash.taken_out, taken, &what);
            assert_cash(&cash, &outcome, &what);
            assert_income(&income, &outcome, &what);
            assert_paper(&paper, &outcome, &what);
        }
    }
}

#[test]
fn presets_add_up_through_every_lens() {
    for preset in PRESETS {
        assert_all(&preset.scenario(), preset.id);
    }
}

proptest! {
    #![proptest_config(draw::cases(500))]

    #[test]
    fn random_scenarios_add_up_through_every_lens(
        scenario in prop_oneof![draw::any_scenario(), draw::extreme_scenario()],
    ) {
        assert_all(&scenario, "random");
    }
}

/// Taking Amazon's money out of the circle changes what flows, not who ends with what.
#[test]
fn own_money_goes_round() {
    let scenario = Scenario::default();
    let outcome = model::run(&scenario);
    let of = |own| Circle::of(&scenario, &outcome, 2026, Lens::Cash, own);
    let (booked, without) = (of(true), of(false));
    let own = own_money(&outcome, 2026);
    assert_same(
        own,
        outcome.year(Series::Investment, 2026),
        "all of it fits",
    );
    assert!(own > 0.0);
    for party in Party::ALL {
        assert_same(
            booked.balance(party),
            without.balance(party),
            &format!("{party:?}"),
        );
    }
    assert_same(
        booked.amount(Purpose::Compute) - own,
        without.amount(Purpose::Compute),
        "AWS gets less",
    );
    assert_eq!(without.flow(Purpose::Investment), None);
    // In 2024 Amazon put in more than Anthropic paid AWS: only that much goes round.
    let spend = outcome.year(Series::Spend, 2024);
    assert_same(own_money(&outcome, 2024), spend, "at most the spend");
}
