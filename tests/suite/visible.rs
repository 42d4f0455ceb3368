//! Every belief can be seen to matter where the page speaks of it.

use crate::charts::{draw, none, run};
use compute_loop::charts::Chart;
use compute_loop::content::{Block, CHAPTERS};
use compute_loop::palette::Theme;
use compute_loop_core::levers::Lever;
use compute_loop_core::link;
use compute_loop_core::scenario::Scenario;

/// The charts that stand in a chapter.
fn charts_of(number: u8) -> Vec<Chart> {
    CHAPTERS
        .iter()
        .filter(|chapter| chapter.number == u32::from(number))
        .flat_map(|chapter| chapter.blocks)
        .filter_map(|block| match block {
            Block::Chart(chart) => Some(*chart),
            _ => None,
        })
        .collect()
}

/// What the charts of a chapter draw for a scenario, without the words around them.
fn drawings(number: u8, scenario: &Scenario) -> Vec<String> {
    let run = run("", scenario);
    charts_of(number)
        .into_iter()
        .map(|chart| draw(&run.picture(chart), 720.0, Theme::Light))
        .collect()
}

#[test]
fn every_belief_moves_a_drawing_of_its_own_chapter() {
    let mut found = vec![];
    let scenario = Scenario::default();
    for lever in Lever::ALL {
        let spec = lever.spec();
        let before = drawings(spec.chapter, &scenario);
        for end in [spec.min, spec.max] {
            let moved = scenario.with(lever, end);
            if moved != scenario && drawings(spec.chapter, &moved) == before {
                found.push(format!(
                    "chapter {}: {} = {}",
                    spec.chapter,
                    spec.id,
                    link::value_text(lever, end)
                ));
            }
        }
    }
    none(&found, "ends of beliefs move no drawing of their chapter");
}
