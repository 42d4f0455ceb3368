//! What an embed shows before anybody uses it: each view as a piece of HTML, and the script
//! that shows one and starts the module when it is wanted.

use std::fs;

use compute_loop::article::{embeds, sliders};
use compute_loop::query::{MOST_SLIDERS, Part};
use compute_loop_core::link;
use compute_loop_core::message::{self, Post};
use compute_loop_core::month::FIRST_YEAR;
use compute_loop_core::scenario::Scenario;

use crate::document::{fingerprint, small};
use crate::files::{Folder, Outcome, at, hash, replaced};

/// The script.
const FACADE: &str = include_str!("facade.js");

/// Where the views stand.
pub(crate) const VIEWS: &str = "embeds";

/// What stands in the forms of messages where the height, the pair that names the view, pym.js's
/// name of the frame and the address will.
const HEIGHT: u32 = 1_234_567_890;
const VIEW: &str = "THE_VIEW";
const CHILD: &str = "THE_CHILD";
const ADDRESS: &str = "THE_ADDRESS";

/// Writes both.
pub(crate) fn place(folder: &Folder) -> Outcome {
    let pieces = folder.path(VIEWS);
    fs::create_dir_all(&pieces).map_err(at(&pieces))?;
    let mut views = vec![];
    for (part, html) in embeds() {
        let (name, check) = piece(folder, part.id(), &html)?;
        let mut keys = vec![part.id()];
        // A chart's own key is one as well.
        if let Part::Chart(chart) = part
            && chart.id() != part.id()
        {
            keys.push(chart.id());
        }
        for key in keys {
            views.push(format!("{key:?}:[{name:?},{check:?}]"));
        }
    }
    let (name, check) = piece(folder, "sliders", &sliders())?;
    let sliders = format!("[{name:?},{check:?}]");
    let requests = [message::GET, message::SET];
    // Who asks for the outcome may have missed the first heights.
    let heights = [message::HEIGHT, message::GET];
    let script = replaced(FACADE, "SERVED_VIEWS", &format!("{{{}}}", views.join(",")))?;
    let script = replaced(&script, "SERVED_SLIDERS", &sliders)?;
    let script = replaced(&script, "ROOM_FOR", &MOST_SLIDERS.to_string())?;
    let script = replaced(&script, "HEIGHT_POSTS", &posts())?;
    let script = replaced(&script, "OPENING_VIEW", Part::Opening.id())?;
    let script = replaced(
        &script,
        "DEFAULTS_LINK",
        &link::encode(&Scenario::default()),
    )?;
    let script = replaced(&script, "HEIGHT_TYPES", &format!("{heights:?}"))?;
    let script = replaced(&script, "REQUEST_TYPES", &format!("{requests:?}"))?;
    let script = replaced(&script, "FIRST_YEAR", &FIRST_YEAR.to_string())?;
    let script = replaced(&script, "RANGES_KEPT", compute_loop::query::RANGES_KEY)?;
    let script = small(&script)?;
    let name = format!("facade-{}.js", hash(&[script.as_bytes()]));
    folder.write(&name, script)
}

/// Writes a piece, and gives its name and by what it is checked. It is called by its contents:
/// one that was kept from an older build would not pass.
fn piece(folder: &Folder, id: &str, html: &str) -> Outcome<(String, String)> {
    let name = format!("{VIEWS}/{id}-{}.html", hash(&[html.as_bytes()]));
    folder.write(&name, html)?;
    Ok((name, fingerprint(html.as_bytes())))
}

/// The messages that tell the height, as a list of a script.
fn posts() -> String {
    let posts = message::heights(HEIGHT, ADDRESS, VIEW, Some(CHILD));
    let rows = posts.iter().map(|post| {
        let (whole, text) = match post {
            Post::Object(text) => (true, text),
            Post::Text(text) => (false, text),
        };
        let pym = text.contains(CHILD);
        let text = text.replace(&HEIGHT.to_string(), "THE_HEIGHT");
        format!("{{whole:{whole},text:{text:?},pym:{pym}}}")
    });
    format!("[{}]", rows.collect::<Vec<_>>().join(","))
}
