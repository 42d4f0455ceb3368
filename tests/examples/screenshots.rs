//! Photographs the built page into `target/screenshots/`: the whole, the first screen
//! and every chapter, on four screens in both themes, and what a printer would get.
//!
//! `cargo run -p compute-loop-tests --example screenshots -- ['#hash']`

use std::env;
use std::path::PathBuf;

use compute_loop_tests::harness::{Browser, Trouble, View, root};

/// How many chapters the page has, with the end matter.
const CHAPTERS: usize = 10;

fn main() -> Result<(), Trouble> {
    let hash = env::args().nth(1).unwrap_or_default();
    // The `#` may be left out: a shell takes it for a comment.
    let hash = match hash.strip_prefix('#').unwrap_or(&hash) {
        "" => String::new(),
        rest => format!("#{rest}"),
    };
    let folder = root().join("target/screenshots");
    let browser = Browser::start()?;
    for (width, height) in [(360, 740), (768, 1024), (1280, 800), (1920, 1080)] {
        let light = View::new(width, height).still();
        let light = if width < 768 { light.touch() } else { light };
        for (name, view) in [("light", light), ("dark", light.dark())] {
            let page = browser.open(&hash, view)?;
            let file = |part: &str| folder.join(format!("{width}-{name}{part}.png"));
            page.screenshot(&file("-first"))?;
            page.screenshot_full(&file(""))?;
            let chapters: Vec<(String, PathBuf)> = (1..=CHAPTERS)
                .map(|chapter| {
                    let selector = format!("#chapter-{chapter}");
                    (selector, file(&format!("-chapter-{chapter}")))
                })
                .collect();
            page.screenshots_of(
                chapters
                    .iter()
                    .map(|(selector, file)| (selector.as_str(), file.as_path())),
            )?;
            for complaint in page.complaints()? {
                eprintln!("{width} {name}: {complaint}");
            }
            println!("target/screenshots/{width}-{name}.png");
        }
    }
    let page = browser.open(&hash, View::new(1280, 800).still())?;
    page.print(&folder.join("print.pdf"))?;
    println!("target/screenshots/print.pdf");
    Ok(())
}
