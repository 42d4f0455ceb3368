//! Photographs the built page into `target/screenshots/`.
//!
//! `cargo run -p compute-loop-tests --example screenshots -- ['#hash']`

use std::env;

use compute_loop_tests::harness::{Browser, Trouble, View, root};

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
            page.screenshot(&folder.join(format!("{width}-{name}-first.png")))?;
            page.screenshot_full(&folder.join(format!("{width}-{name}.png")))?;
            for complaint in page.complaints()? {
                eprintln!("{width} {name}: {complaint}");
            }
            println!("target/screenshots/{width}-{name}.png");
        }
    }
    Ok(())
}
