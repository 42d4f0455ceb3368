//! Tests of the built page in a real Chromium: run `make build` first.

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
