//! What matters most: tornado and Sobol's indices, against functions whose indices are known.

use core::f64::consts::PI;

use compute_loop_core::levers::Lever;
use compute_loop_core::model;
use compute_loop_core::odds::sensitivity::{self, DRAWS, FIRST, Factor, Indices, indices};
use compute_loop_core::odds::{Simulation, Worlds};
use compute_loop_core::outcome::Output;
use compute_loop_core::scenario::Scenario;
use compute_loop_core::sway;
use compute_loop_core::uncertainty::{percentile, uncertain};

/// Indices of a function of as many probabilities as it has factors.
fn of(seed: u32, draws: usize, count: usize, function: impl Fn(&[f64]) -> f64) -> Indices {
    let levers: Vec<Lever> = uncertain().take(count).collect();
    let (a, b) = (Worlds::new(seed, draws), Worlds::beside(seed, draws));
    let values = |worlds: &Worlds| -> Vec<f64> {
        let columns: Vec<&[f32]> = levers
            .iter()
            .map(|&lever| worlds.column(lever).expect("it is uncertain"))
            .collect();
        let world = |i: usize| -> Vec<f64> {
            let probabilities = columns.iter().map(|column| f64::from(column[i]));
            probabilities.collect()
        };
        (0..draws).map(|i| function(&world(i))).collect()
    };
    let alone = levers.iter().map(|&lever| vec![lever]).collect();
    indices(&values(&a), &values(&b), alone, |factor| {
        values(&a.with(factor, &b))
    })
}

/// Ishigami and Homma’s function with a = 7 and b = 0.1: factors act alone, together, and
/// the third only together.
fn ishigami(p: &[f64]) -> f64 {
    let [x, y, z] = [p[0], p[1], p[2]].map(|p| PI * (2.0 * p - 1.0));
    let (sin_x, sin_y) = (libm::sin(x), libm::sin(y));
    sin_x + 7.0 * sin_y * sin_y + 0.1 * z * z * z * z * sin_x
}

/// Its indices, first-order and total.
fn ishigami_known() -> ([f64; 3], [f64; 3]) {
    let (a, b) = (7.0, 0.1);
    let p4 = PI * PI * PI * PI;
    let p8 = p4 * p4;
    let x = 0.5 * (1.0 + b * p4 / 5.0) * (1.0 + b * p4 / 5.0);
    let y = a * a / 8.0;
    let xz = b * b * p8 * (1.0 / 18.0 - 1.0 / 50.0);
    let all = x + y + xz;
    (
        [x, y, 0.0].map(|v| v / all),
        [x + xz, y, xz].map(|v| v / all),
    )
}

/// How little each factor of the g-function counts.
const G: [f64; 6] = [0.0, 0.5, 3.0, 9.0, 99.0, 99.0];

/// Sobol’s g-function.
fn g(p: &[f64]) -> f64 {
    let terms = p.iter().zip(G);
    terms
        .map(|(p, a)| ((4.0 * p - 2.0).abs() + a) / (1.0 + a))
        .product()
}

/// Its indices, first-order and total.
fn g_known() -> ([f64; 6], [f64; 6]) {
    let alone = G.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
    let all = alone.iter().map(|v| 1.0 + v).product::<f64>() - 1.0;
    (
        alone.map(|v| v / all),
        alone.map(|v| v * (all + 1.0) / (1.0 + v) / all),
    )
}

/// Within 2 % of what is known; what is below a twentieth, within half a point.
fn close(found: f64, known: f64) -> bool {
    let allowed = if known < 0.05 { 0.005 } else { 0.02 * known };
    (found - known).abs() <= allowed
}

fn compare(name: &str, found: &Indices, first: &[f64], total: &[f64]) {
    assert_eq!(found.factors.len(), first.len(), "{name}");
    for (i, factor) in found.factors.iter().enumerate() {
        let Factor {
            first: a, total: b, ..
        } = factor;
        assert!(
            close(a.share, first[i]),
            "{name} {i}: {a:?}, known {}",
            first[i]
        );
        assert!(
            close(b.share, total[i]),
            "{name} {i}: {b:?}, known {}",
            total[i]
        );
        assert!(
            (a.share - first[i]).abs() <= a.error + 1e-9,
            "{name} {i}: {a:?}"
        );
        assert!(
            (b.share - total[i]).abs() <= b.error + 1e-9,
            "{name} {i}: {b:?}"
        );
    }
    let together = 1.0 - first.iter().sum::<f64>();
    let left = found.together;
    assert!(
        (left.share - together).abs() <= 0.01,
        "{name}: {left:?}, known {together}"
    );
    assert!(
        (left.share - together).abs() <= left.error,
        "{name}: {left:?}"
    );
}

#[test]
fn indices_agree_with_published_test_functions() {
    for seed in [1, 2, 3] {
        let (first, total) = ishigami_known();
        compare("Ishigami", &of(seed, DRAWS, 3, ishigami), &first, &total);
        let (first, total) = g_known();
        compare("g", &of(seed, DRAWS, 6, g), &first, &total);
    }
}

#[test]
fn few_draws_err_by_as_much_as_they_say() {
    let (first, total) = ishigami_known();
    let (mut within, mut all) = (0, 0);
    for seed in 100..140 {
        let found = of(seed, FIRST, 3, ishigami);
        for (i, factor) in found.factors.iter().enumerate() {
            for (index, known) in [(factor.first, first[i]), (factor.total, total[i])] {
                all += 1;
                within += usize::from((index.share - known).abs() <= index.error);
            }
        }
    }
    assert!(within as f64 >= 0.95 * f64::from(all), "{within} of {all}");
}

#[test]
fn sums_have_no_interactions_and_products_do() {
    let sum = of(1, DRAWS, 2, |p| p[0] + 2.0 * p[1]);
    assert!(sum.together.share.abs() < 0.005, "{:?}", sum.together);
    let [one, two] = [&sum.factors[0], &sum.factors[1]];
    assert!(close(one.first.share, 0.2) && close(two.first.share, 0.8));
    assert!(close(one.total.share, 0.2) && close(two.total.share, 0.8));

    // About a mean of nothing, all that two factors do they do together.
    let product = of(1, DRAWS, 2, |p| (p[0] - 0.5) * (p[1] - 0.5));
    assert!((product.together.share - 1.0).abs() < 0.02);
    let shares = product.factors.iter();
    assert!(
        shares
            .into_iter()
            .all(|factor| factor.first.share.abs() < 0.01)
    );
}

#[test]
fn what_is_constant_has_no_indices() {
    assert_eq!(of(1, 64, 3, |_| 7.0), Indices::default());
    let scenario = Scenario::default();
    // Published numbers alone decide it.
    let none = sensitivity::of(&scenario, Output::TrainingCostTable, 1, 64);
    assert_eq!(none.indices, Indices::default());
    assert!(sensitivity::outputs().all(|output| output != Output::TrainingCostTable));
    assert!(sensitivity::outputs().all(|output| output != Output::PledgeMet));
}

/// The values of a figure over worlds with a group exchanged, the long way.
#[test]
fn indices_of_the_model_are_those_of_worlds_that_are_mixed() {
    const COUNT: usize = 200;
    let scenario = Scenario::default().with(Lever::TrainiumPrice, 80.0);
    for output in [Output::GwGap202612, Output::AwsMargin2027] {
        let found = sensitivity::of(&scenario, output, 4, COUNT);
        let (a, b) = (Worlds::new(4, COUNT), Worlds::beside(4, COUNT));
        let run = |worlds: &Worlds| {
            let mut simulation = Simulation::new(worlds.clone());
            let odds = simulation.run(&scenario, &[], &[output]);
            odds.sample(output)
                .expect("it was asked for")
                .values
                .clone()
        };
        let factors = sensitivity::factors(output);
        let other = indices(&run(&a), &run(&b), factors, |group| run(&a.with(group, &b)));
        assert_eq!(found.indices, other, "{}", output.spec().id);
        assert!(found.factor(Lever::Arr2026) == found.factor(Lever::ArrNetAdd));
    }
}

/// The two sets that are mixed know nothing of each other, as two seeds of one sequence do.
#[test]
fn the_second_set_is_independent_of_the_first() {
    let (a, b) = (Worlds::new(1, 4_096), Worlds::beside(1, 4_096));
    for one in uncertain() {
        for other in uncertain() {
            let columns = [a.column(one), b.column(other)].map(|column| column.expect("it has"));
            let mut quarters = [0_u32; 4];
            for (&x, &y) in columns[0].iter().zip(columns[1]) {
                quarters[usize::from(x > 0.5) * 2 + usize::from(y > 0.5)] += 1;
            }
            let even = quarters.iter().all(|&count| (900..=1_148).contains(&count));
            assert!(even, "{one:?} and {other:?}: {quarters:?}");
        }
    }
}

#[test]
fn a_tornado_stands_at_the_percentiles() {
    for scenario in [
        Scenario::default(),
        Scenario::default()
            .with(Lever::Arr2026, 90.0)
            .with(Lever::ServerLife, 4.0)
            .with(Lever::Loosening, 12.0),
    ] {
        for output in [
            Output::GwGap202612,
            Output::AwsMargin2027,
            Output::AwsGrowth2026,
        ] {
            let rows = sway::tornado(&scenario, output);
            assert!(
                rows.windows(2)
                    .all(|pair| pair[0].width() >= pair[1].width())
            );
            let expected = uncertain()
                .filter(|&lever| output.depends_on(lever))
                .count();
            assert_eq!(rows.len(), expected);
            for row in rows {
                if row.lever == Lever::ArrNetAdd {
                    continue;
                }
                for (p, value, there) in [(0.1, row.low, row.at_low), (0.9, row.high, row.at_high)]
                {
                    let centre = scenario.get(row.lever);
                    let percentile = percentile(row.lever, centre, p).expect("it is uncertain");
                    assert!(
                        (value - percentile).abs() < 1e-5,
                        "{:?}: {value}",
                        row.lever
                    );
                    if row.lever != Lever::Arr2026 {
                        let alone = model::run(&scenario.with(row.lever, value)).get(output);
                        assert_eq!(alone.to_bits(), there.to_bits(), "{:?}", row.lever);
                    }
                }
            }
        }
    }
}

/// May follows December where that moves, and moves less where December is held.
#[test]
fn what_may_added_goes_with_december() {
    let scenario = Scenario::default();
    let [low, high] = sway::ends(&scenario, Lever::ArrNetAdd).expect("it is uncertain");
    let whole = [0.1, 0.9].map(|p| {
        let centre = Lever::ArrNetAdd.spec().default;
        percentile(Lever::ArrNetAdd, centre, p).expect("it is uncertain")
    });
    assert!(high - low < 0.8 * (whole[1] - whole[0]), "{low} to {high}");
    let rows = sway::tornado(&scenario, Output::AwsGrowth2026);
    let row = |lever| {
        rows.iter()
            .find(|row| row.lever == lever)
            .expect("it moves growth")
    };
    let both = row(Lever::Arr2026);
    let alone =
        |value| model::run(&scenario.with(Lever::Arr2026, value)).get(Output::AwsGrowth2026);
    // A low December with the May of a high one would have added more on the way.
    assert!(both.at_low < alone(both.low), "{both:?}");
}
