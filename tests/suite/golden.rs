//! Every figure that the model gives and every published figure as it is worked out
//! again, to the last bit, as it was when last accepted.
//!
//! What is kept in `golden/` is a digest for each subject of a link, so that a failure
//! says what moved; the command line says by how much. A figure that moves under these
//! links moves under those that readers have kept, too: that needs a new `link::VERSION`.
//! `cargo test -p compute-loop-core --test figures accept_the_figures -- --ignored` accepts
//! what is now.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use compute_loop_core::circle::{
    Circle, Lens, Party, Purpose, YEARS, largest, own_money, sales_known,
};
use compute_loop_core::comparison::{Against, Processor};
use compute_loop_core::levers::Lever;
use compute_loop_core::link::encode;
use compute_loop_core::model::gigawatts::Site;
use compute_loop_core::model::{chips, gigawatts, race, revenue};
use compute_loop_core::month::{FIRST_YEAR, HORIZON, LAST_YEAR, Month};
use compute_loop_core::odds::{Asked, Desk, Months, SEED, sensitivity};
use compute_loop_core::outcome::{Output, Series, gpu_price_per_gw};
use compute_loop_core::prediction::predictions;
use compute_loop_core::preset::{PRESETS, Preset};
use compute_loop_core::replication::{Verdict, replicate};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::{
    chance, claim, comparison, growth, ladder, layers, model, parts, plan, pledge, price, sway,
    uncertainty,
};
use serde_json::Value;

use crate::draw::Draws;

/// What scenarios give.
const FIGURES: &str = "figures.json";
/// What they give in many worlds.
const WORLDS: &str = "worlds.json";

/// How many worlds the odds are kept of.
const DRAWS: usize = 512;

/// Digests by link, and of each by subject.
type Figures = BTreeMap<String, BTreeMap<String, String>>;

/// A number that stands for a text (FNV-1a). Rust writes a number so that its bits can be
/// read back, so that other bits are another text.
fn digest(text: &str) -> String {
    let hash = text.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    format!("{hash:016x}")
}

/// Everything that one scenario gives.
fn of_scenario(scenario: &Scenario) -> BTreeMap<String, String> {
    let mut figures = BTreeMap::new();
    let mut keep = |subject: &str, text: String| {
        let before = figures.insert(subject.to_owned(), digest(&text));
        assert!(before.is_none(), "{subject} is kept twice");
    };
    let outcome = scenario.outcome();
    for output in Output::ALL {
        keep(output.spec().id, format!("{:?}", outcome.get(output)));
    }
    for series in Series::ALL {
        let id = series.spec().id;
        keep(id, format!("{:?}", outcome.path(series).values()));
    }
    let model = model::model(scenario);
    keep("model: gigawatts", format!("{:?}", model.gigawatts));
    keep("model: demand", format!("{:?}", model.demand));
    keep("model: revenue", format!("{:?}", model.revenue));
    keep("model: chips", format!("{:?}", model.chips));
    keep("model: economics", format!("{:?}", model.economics));
    keep("model: deal", format!("{:?}", model.deal));

    for lens in Lens::ALL {
        let circles = YEARS.flat_map(|year| {
            [true, false].map(|own| Circle::of(scenario, &outcome, year, lens, own))
        });
        let circles: Vec<Circle> = circles.collect();
        keep(&format!("circle: {}", lens.id()), format!("{circles:?}"));
        let balances: Vec<_> = circles
            .iter()
            .map(|circle| Party::ALL.map(|party| circle.balance(party)))
            .collect();
        let sales = circles.iter().map(|circle| circle.amount(Purpose::Sales));
        let sales: Vec<f64> = sales.collect();
        keep(
            &format!("circle: balances, {}", lens.id()),
            format!("{balances:?} {sales:?}"),
        );
        let largest = largest(scenario, &outcome, lens);
        keep(
            &format!("circle: largest, {}", lens.id()),
            format!("{largest:?}"),
        );
    }
    let years = FIRST_YEAR..=LAST_YEAR;
    let own = YEARS.map(|year| own_money(&outcome, year));
    keep(
        "circle: own money",
        format!("{:?}", own.collect::<Vec<_>>()),
    );
    let dates = Output::ALL.map(|output| outcome.month(output));
    keep("dates", format!("{dates:?}"));
    for series in Series::ALL {
        let of_months: Vec<_> = months().map(|month| outcome.at(series, month)).collect();
        let of_years = years.clone().map(|year| outcome.year(series, year));
        let of_years: Vec<_> = of_years.collect();
        keep(
            &format!("{}, from its start", series.spec().id),
            format!("{of_months:?} {of_years:?}"),
        );
    }
    let all: Vec<_> = (2026..=LAST_YEAR)
        .map(|year| layers::of_year(scenario, year))
        .collect();
    keep("layers", format!("{all:?}"));
    let all: Vec<_> = months()
        .map(|month| parts::of_month(scenario, &outcome, month))
        .collect();
    keep("parts", format!("{all:?}"));
    keep("plan", format!("{:?}", plan::plans(scenario)));
    keep(
        "pledge",
        format!("{:?}", pledge::pledge(scenario, &outcome)),
    );
    keep(
        "ladder",
        format!("{:?}", ladder::ladder(scenario, &outcome)),
    );
    let all: Vec<_> = [(20.0, 0.0), (63.6, 1.0), (90.0, 0.7), (110.0, 2.0)]
        .map(|(price, elasticity)| price::at(scenario, &outcome, price, elasticity))
        .to_vec();
    keep("price", format!("{all:?}"));
    for series in [Series::AwsRevenue, Series::NonaiRevenue, Series::AiRevenue] {
        let of_years: Vec<_> = years
            .clone()
            .map(|year| growth::of_year(&outcome, series, year))
            .collect();
        let of_quarters: Vec<_> = months()
            .map(|month| growth::of_quarter(&outcome, series, month))
            .collect();
        let id = series.spec().id;
        keep(
            &format!("growth: {id}"),
            format!("{of_years:?} {of_quarters:?}"),
        );
    }
    let claims = claim::claims(scenario, &outcome);
    let claims: Vec<_> = claims
        .iter()
        .map(|claim| {
            (
                claim.model,
                claim
                    .published
                    .iter()
                    .map(|&value| claim.times(value))
                    .collect::<Vec<_>>(),
            )
        })
        .collect();
    keep("claims", format!("{claims:?}"));
    for row in predictions(scenario, &outcome) {
        let subject = format!("prediction: {}", row.what);
        keep(&subject, format!("{:?} {}", row.stance, row.says));
    }
    for row in replicate(&outcome) {
        let subject = format!("replication: {}", row.id);
        keep(
            &subject,
            format!("{} {:?} {:?}", row.computed, row.verdict, row.why),
        );
    }
    figures
}

fn months() -> impl Iterator<Item = Month> {
    (0..HORIZON).filter_map(Month::at)
}

/// What rests on no scenario.
fn of_none() -> BTreeMap<String, String> {
    let races: Vec<f64> = race::Cloud::ALL
        .into_iter()
        .flat_map(|cloud| (2024..=LAST_YEAR).map(move |year| race::revenue(cloud, year)))
        .collect();
    let watts = chips::watts_at_facility();
    let indices = [
        chips::TRN3_LOW,
        chips::TRN3_HIGH,
        chips::TRN3_INDEX,
        chips::TPU_V7_INDEX,
    ];
    let graviton = comparison::graviton();
    let against = [comparison::training(), comparison::inference()];
    let open = chance::OPEN.map(|open| {
        let at_start = open.in_unit(open.start);
        (at_start, open.words(open.start), open.of_any())
    });
    let published = Output::ALL.map(|output| {
        let fact = output.published()?;
        Some((fact.id, fact.value, fact.low, fact.high))
    });
    let names = [
        Site::ALL.map(Site::name).join(", "),
        race::Cloud::ALL.map(race::Cloud::name).join(", "),
        Lens::ALL.map(Lens::name).join(", "),
        Verdict::ALL.map(Verdict::name).join(", "),
    ];
    let sales = YEARS.map(sales_known);
    let facts: Vec<_> = replicate(&Scenario::default().outcome())
        .iter()
        .map(|row| {
            (
                row.id,
                row.facts.iter().map(|fact| fact.id).collect::<Vec<_>>(),
            )
        })
        .collect();
    [
        ("names", names.join("; ")),
        ("published", format!("{published:?}")),
        ("replication: facts", format!("{facts:?}")),
        ("open claims", format!("{open:?}")),
        ("sales known", format!("{:?}", sales.collect::<Vec<_>>())),
        ("gpu price", format!("{:?}", gpu_price_per_gw())),
        ("race", format!("{races:?} {:?}", race::crossover())),
        ("chips", format!("{watts:?} {indices:?}")),
        ("first power", format!("{:?}", gigawatts::first_gw::<f64>())),
        (
            "aws, early 2026",
            format!("{:?}", revenue::aws_annualized_2026q1()),
        ),
        (
            "anthropic of ai",
            format!("{:?}", parts::anthropic_of_ai::<f64>()),
        ),
        (
            "against",
            format!(
                "{against:?} {:?} {:?}",
                against.map(Against::watts),
                against.map(Against::price_per_hour)
            ),
        ),
        (
            "training watts",
            format!("{:?}", comparison::training_watts()),
        ),
        (
            "graviton",
            format!("{graviton:?} {:?}", graviton.map(Processor::price)),
        ),
        (
            "claims",
            format!(
                "{:?}",
                chance::CLAIMS.map(|claim| (claim.output, claim.at_least, claim.words()))
            ),
        ),
    ]
    .map(|(subject, text)| (subject.to_owned(), digest(&text)))
    .into()
}

/// What a scenario gives in many worlds.
fn in_worlds(scenario: &Scenario) -> BTreeMap<String, String> {
    let mut figures = BTreeMap::new();
    let mut keep = |subject: String, text: String| {
        figures.insert(subject, digest(&text));
    };
    let asked: Vec<Asked> = Output::ALL
        .into_iter()
        .map(Asked::of)
        .chain(chance::CLAIMS.iter().map(chance::Claim::asked))
        .collect();
    let bands = [Series::GwNeeded, Series::AwsMargin, Series::NetReturn].map(|series| Months {
        series,
        from: 30,
        to: 90,
    });
    let answer =
        Desk::new(SEED, DRAWS).answer(scenario, &bands, &asked, Some(&Scenario::default()));
    for figure in &answer.figures {
        keep(
            format!(
                "odds: {} {:?}",
                figure.asked.output.spec().id,
                figure.asked.at_least
            ),
            format!("{figure:?}"),
        );
    }
    for band in &answer.bands {
        keep(
            format!("band: {}", band.series.spec().id),
            format!("{band:?}"),
        );
    }
    for lever in uncertainty::uncertain() {
        let centre = scenario.get(lever);
        let ends = sway::ends(scenario, lever);
        let spread = [0.05, 0.5, 0.95].map(|p| uncertainty::percentile(lever, centre, p));
        let deviation = uncertainty::deviation(lever, centre);
        keep(
            format!("spread: {}", lever.spec().id),
            format!("{ends:?} {spread:?} {deviation:?}"),
        );
    }
    for output in [Output::GwGap202612, Output::AwsGrowth2026] {
        let id = output.spec().id;
        keep(
            format!("tornado: {id}"),
            format!(
                "{:?} {:?}",
                sway::tornado(scenario, output),
                sway::across(scenario, output)
            ),
        );
        keep(
            format!("shares: {id}"),
            format!("{:?}", sensitivity::of(scenario, output, SEED, 64).indices),
        );
    }
    figures
}

/// The scenarios of which figures are kept: those with a name, every lever at an end, the
/// cap and the option on, and some of which every lever is anywhere.
fn scenarios() -> Vec<Scenario> {
    let all = |value: fn(Lever) -> f64| {
        Lever::ALL
            .into_iter()
            .fold(Scenario::default(), |scenario, lever| {
                scenario.with(lever, value(lever))
            })
    };
    let mut draws = Draws::new(12);
    let named = PRESETS.iter().map(Preset::scenario);
    named
        .chain([
            all(|lever| lever.spec().min),
            all(|lever| lever.spec().max),
            Scenario::default().with(Lever::CapacityBinds, 1.0),
            Scenario::default().with(Lever::OptionOrDuty, 1.0),
        ])
        .chain((0..18).map(|turn| draws.scenario(turn)))
        .collect()
}

fn figures() -> Figures {
    let of = |scenario: &Scenario| (encode(scenario), of_scenario(scenario));
    let mut figures: Figures = scenarios().iter().map(of).collect();
    figures.insert("any".to_owned(), of_none());
    figures
}

fn worlds() -> Figures {
    let bound = Scenario::default()
        .with(Lever::CapacityBinds, 1.0)
        .with(Lever::Stake, 6.0);
    [Scenario::default(), bound]
        .iter()
        .map(|scenario| {
            (
                format!("worlds of {}", encode(scenario)),
                in_worlds(scenario),
            )
        })
        .collect()
}

/// Where figures are kept.
fn place(file: &str) -> PathBuf {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    home.join("../tests/suite/golden").join(file)
}

fn kept(file: &str) -> Figures {
    let text = fs::read_to_string(place(file)).expect("what is kept can be read");
    serde_json::from_str(&text).expect("and is JSON")
}

/// What is another than the one that was kept, on one side alone too.
fn moved(now: &Figures, kept: &Figures) -> BTreeSet<String> {
    let rows = |figures: &Figures| -> BTreeSet<(String, String, String)> {
        let rows = figures.iter().flat_map(|(link, subjects)| {
            let row = |(subject, digest): (&String, &String)| {
                (link.clone(), subject.clone(), digest.clone())
            };
            subjects.iter().map(row)
        });
        rows.collect()
    };
    rows(now)
        .symmetric_difference(&rows(kept))
        .map(|(link, subject, _)| format!("{subject} of {link}"))
        .collect()
}

#[track_caller]
fn assert_kept(now: &Figures, file: &str) {
    let moved = moved(now, &kept(file));
    let rows: Vec<&str> = moved.iter().map(String::as_str).collect();
    assert!(
        rows.is_empty(),
        "{} figures are others than in {file}:\n{}",
        rows.len(),
        rows.join("\n")
    );
}

#[test]
fn every_figure_is_what_it_was() {
    assert_kept(&figures(), FIGURES);
}

#[test]
fn worlds_give_what_they_gave() {
    assert_kept(&worlds(), WORLDS);
}

/// Keeps all as it is now.
#[test]
#[ignore = "writes to the repository: for whoever has moved a figure on purpose"]
fn accept_the_figures() {
    for (file, figures) in [(FIGURES, figures()), (WORLDS, worlds())] {
        let links: Vec<String> = figures
            .iter()
            .map(|(link, subjects)| {
                let subjects: Vec<String> = subjects
                    .iter()
                    .map(|(subject, digest)| {
                        format!("  {}: \"{digest}\"", Value::String(subject.clone()))
                    })
                    .collect();
                let link = Value::String(link.clone());
                format!("{link}: {{\n{}\n}}", subjects.join(",\n"))
            })
            .collect();
        let text = format!("{{\n{}\n}}\n", links.join(",\n"));
        fs::write(place(file), text).expect("it is written");
    }
}
