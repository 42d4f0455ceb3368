//! Tests of the built page in real browsers: run `make build` first.
//!
//! One module a subject. What the page shows is compared with what the models say
//! natively, so that nothing here has to be written again when a figure changes.

#[path = "browser/access.rs"]
mod access;
#[path = "browser/answers.rs"]
mod answers;
#[path = "browser/article.rs"]
mod article;
#[path = "browser/bar.rs"]
mod bar;
#[path = "browser/beliefs.rs"]
mod beliefs;
#[path = "browser/built.rs"]
mod built;
#[path = "browser/charts.rs"]
mod charts;
#[path = "browser/compare.rs"]
mod compare;
#[path = "browser/disagreements.rs"]
mod disagreements;
#[allow(dead_code, reason = "the native tests draw in more ways")]
#[path = "suite/draw.rs"]
mod draw;
#[path = "browser/embed.rs"]
mod embed;
#[path = "browser/engines.rs"]
mod engines;
#[path = "browser/evidence.rs"]
mod evidence;
#[path = "browser/faults.rs"]
mod faults;
#[path = "browser/heard.rs"]
mod heard;
#[path = "browser/history.rs"]
mod history;
#[path = "browser/identity.rs"]
mod identity;
#[path = "browser/journey.rs"]
mod journey;
#[path = "browser/landing.rs"]
mod landing;
#[path = "browser/language.rs"]
mod language;
#[path = "browser/levers.rs"]
mod levers;
#[path = "browser/library.rs"]
mod library;
#[path = "browser/links.rs"]
mod links;
#[path = "browser/loop.rs"]
mod money_loop;
#[path = "browser/narrow.rs"]
mod narrow;
#[path = "browser/odds.rs"]
mod odds;
#[path = "browser/offline.rs"]
mod offline;
#[path = "browser/opening.rs"]
mod opening;
#[path = "browser/outputs.rs"]
mod outputs;
#[path = "browser/privacy.rs"]
mod privacy;
#[path = "browser/quote.rs"]
mod quote;
#[path = "browser/readout.rs"]
mod readout;
#[path = "browser/scripts.rs"]
mod scripts;
#[path = "browser/share.rs"]
mod share;
#[path = "browser/shift.rs"]
mod shift;
#[path = "browser/size.rs"]
mod size;
#[path = "browser/sliders.rs"]
mod sliders;
#[path = "browser/support.rs"]
mod support;
#[path = "browser/targets.rs"]
mod targets;
#[path = "browser/theme.rs"]
mod theme;
#[path = "browser/trace.rs"]
mod trace;
#[path = "browser/walk.rs"]
mod walk;

use compute_loop_tests::harness::{Browser, Trouble, View};

/// The page starts, complains about nothing and asks nobody else.
#[test]
fn starts_without_a_complaint_and_keeps_to_itself() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default())?;
    page.settle()?;
    assert_eq!(page.complaints()?, []);
    assert_eq!(page.outside()?, [""; 0]);
    assert_eq!(browser.site().missing(), [""; 0]);
    Ok(())
}
