//! The same figures in the browser as natively, to the last bit.

use compute_loop_core::json;
use compute_loop_core::levers::Lever;
use compute_loop_core::link::value_text;
use compute_loop_core::month::Month;
use compute_loop_core::unit::Unit;
use compute_loop_tests::harness::{Browser, Engine, Site, Trouble, View};

use crate::draw::Draws;
use crate::support::{assert_quiet, in_every_engine, texts};

/// How many links are run on both sides.
const LINKS: usize = 200;

/// How many at once: an outcome is long.
const BATCH: usize = 25;

/// What may stand in a link although no lever takes it.
const JUNK: [&str; 8] = [
    "nonsense=1",
    "m=9",
    "m",
    "=",
    "arr-2026=NaN",
    "stake=%zz",
    "gw-committed=1e400",
    "%E2%82%AC=5",
];

/// A value that a lever admits, as text.
fn fair(lever: Lever, draws: &mut Draws) -> String {
    value_text(lever, draws.value(lever))
}

/// A value as text with more digits than the lever keeps, or a little out of its range.
fn rough(lever: Lever, draws: &mut Draws) -> String {
    let spec = lever.spec();
    let room = 1.2 * (spec.max - spec.min);
    let value = spec.min - 0.1 * (spec.max - spec.min) + draws.unit() * room;
    match spec.unit {
        Unit::Switch | Unit::Choice => fair(lever, draws),
        Unit::Month => {
            Month::at(value as usize).map_or_else(|| "2037-01".into(), |month| month.to_string())
        }
        _ => value.to_string(),
    }
}

/// Every second link holds nothing to warn of.
fn links() -> Vec<String> {
    let mut draws = Draws::new(20_261_231);
    (0..LINKS)
        .map(|turn| {
            let mut pairs = vec![String::from("#m=1")];
            let chance = draws.unit();
            for lever in Lever::ALL {
                if draws.happens(chance) {
                    let value = if turn % 2 == 0 { fair } else { rough };
                    pairs.push(format!("{}={}", lever.spec().id, value(lever, &mut draws)));
                }
            }
            if turn % 2 == 1 && draws.happens(0.3) {
                pairs.push(JUNK[(draws.unit() * JUNK.len() as f64) as usize].into());
            }
            pairs.join("&")
        })
        .collect()
}

in_every_engine!(two_hundred_links_give_the_same_json_as_natively);

fn two_hundred_links_give_the_same_json_as_natively(engine: Engine) -> Result<(), Trouble> {
    let browser = Browser::on(engine, Site::of_build("/")?);
    let page = browser.open("", View::default())?;
    let links = links();
    let (mut bytes, mut warned) = (0, 0);
    for batch in links.chunks(BATCH) {
        let asked = serde_json::json!(batch);
        let answers = texts(
            &page,
            &format!("Promise.all({asked}.map(link => computeLoop.run(link)))"),
        )?;
        assert_eq!(answers.len(), batch.len());
        for (link, answer) in batch.iter().zip(answers) {
            let native = json::of_link(link);
            // Not assert_eq!: two outcomes side by side would hide where they part.
            if answer != native {
                let pairs = answer.bytes().zip(native.bytes());
                let same = pairs.take_while(|(a, b)| a == b).count();
                let part = |text: &str| {
                    let bytes = text.as_bytes().iter().skip(same.saturating_sub(60));
                    String::from_utf8_lossy(&bytes.take(120).copied().collect::<Vec<_>>())
                        .into_owned()
                };
                panic!(
                    "{link}\nin the browser …{}…\nnatively       …{}…",
                    part(&answer),
                    part(&native)
                );
            }
            bytes += answer.len();
            warned += usize::from(!answer.contains("\"warnings\":[]"));
        }
    }
    assert!(warned > LINKS / 4, "{warned} links need a warning");
    assert!(warned <= LINKS / 2, "{warned} links need a warning");
    assert_quiet(&browser, &page)?;
    println!("{LINKS} links, {bytes} bytes the same; {warned} links with warnings");
    Ok(())
}
