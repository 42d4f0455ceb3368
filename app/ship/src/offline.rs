//! What makes the page work without a network: the worker that keeps its files, and the
//! manifest by which a browser installs it.

use compute_loop::palette::{Role, Theme};

use crate::article::PICTURES;
use crate::document::small;
use crate::facade::VIEWS;
use crate::files::{Folder, Outcome, bytes, ends_in, hash, replaced};

/// The worker.
const WORKER: &str = include_str!("sw.js");

/// What other pages load or read of this one: without a network they are not there either.
const FOR_OTHERS: [&str; 4] = ["_headers", "embed.js", "embed.md", "embed-demo.html"];

/// What it does not keep: itself, what is for others, and what stands in other forms on
/// the live page.
fn is_kept(name: &str) -> bool {
    let compressed = ["br", "gz"].iter().any(|ending| ends_in(name, ending));
    let elsewhere =
        FOR_OTHERS.contains(&name) || name.starts_with(PICTURES) || name.starts_with(VIEWS);
    !(compressed || elsewhere || name == "sw.js")
}

/// Whether a file is called by its contents, so that it never changes: `HASHED` of `sw.js`.
pub(crate) fn is_hashed(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let tag = stem.rsplit_once('-').map_or("", |(_, tag)| tag);
    tag.len() >= 12 && tag.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Writes both.
pub(crate) fn place(folder: &Folder) -> Outcome {
    folder.write("manifest.webmanifest", manifest(folder)?)?;
    let mut names = folder.names()?;
    names.retain(|name| is_kept(name));
    let mut contents = vec![];
    for name in &names {
        contents.push(name.clone().into_bytes());
        contents.push(bytes(&folder.path(name))?);
    }
    let contents: Vec<&[u8]> = contents.iter().map(Vec::as_slice).collect();
    let build = hash(&contents);
    // The document goes by the name of its folder.
    let files: Vec<String> = names
        .iter()
        .map(|name| {
            if name == "index.html" {
                "./".to_owned()
            } else {
                name.clone()
            }
        })
        .collect();
    let worker = replaced(WORKER, "BUILD_NAME", &build)?;
    let worker = replaced(&worker, "FILE_NAMES", &format!("{files:?}"))?;
    folder.write("sw.js", small(&worker)?)
}

fn manifest(folder: &Folder) -> Outcome<String> {
    let icon = folder.only("icon-", ".svg")?;
    let [r, g, b] = Role::Paper.rgb(Theme::Light);
    let paper = format!("#{r:02x}{g:02x}{b:02x}");
    Ok(format!(
        "{{\"name\":\"The Compute Loop\",\"short_name\":\"Compute Loop\",\"lang\":\"en\",\
         \"start_url\":\"./\",\"scope\":\"./\",\"display\":\"minimal-ui\",\
         \"background_color\":\"{paper}\",\"theme_color\":\"{paper}\",\
         \"icons\":[{{\"src\":\"./{icon}\",\"sizes\":\"any\",\"type\":\"image/svg+xml\"}}]}}\n"
    ))
}
