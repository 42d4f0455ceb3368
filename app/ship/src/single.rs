//! The whole page as one file, which opens from disk and asks for nothing.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::article::PICTURES;
use crate::document::{Names, START, hash_of, plain, small};
use crate::files::{Folder, Outcome, at, between, bytes, ends_in, replaced, text};

/// How the page finds its parts in the file.
const SINGLE: &str = include_str!("single.js");

/// What is made of, and what becomes of it.
const FROM: &str = "dist";
const TO: &str = "target/single/compute-loop.html";

/// Where the script takes its own address from, and what it gets instead: a place that
/// nobody asks, since every part of it stands in the file.
const OWN_ADDRESS: [&str; 2] = ["import.meta.url", "\"https://page.invalid/\""];

/// Makes the file of a finished `dist/`.
pub(crate) fn make() -> Outcome {
    let folder = Folder::at(FROM.into());
    let names = Names::of(&folder)?;
    let mut parts = folder.names()?;
    let evidence = |name: &str| name.starts_with("evidence/") && ends_in(name, "json");
    // While another build is under way, it stands in a hidden folder.
    parts.retain(|name| !name.starts_with('.'));
    parts.retain(|name| {
        ends_in(name, "wasm") || ends_in(name, "bin") || evidence(name) || *name == names.script
    });

    let document = folder.text("index.html")?;
    let (_, style, _) = between(&document, "<style>", "</style>")?;
    let style = style.to_owned();
    let start = replaced(START, "await import(\"./SCRIPT\")", "await single.script()")?;
    // Whoever opens it from disk has all of it.
    let start = replaced(&start, "import(\"./FACADE\")", "Promise.reject()")?;
    let start = format!(
        "{}{start}",
        replaced(SINGLE, "PART_NAMES", &format!("{parts:?}"))?.replace("SCRIPT", &names.script)
    );
    let start = replaced(&start, "MODULE", &names.module)?;
    let start = small(&replaced(&start, "INTEGRITY", "")?)?;
    let policy = format!(
        "default-src 'none'; script-src blob: 'wasm-unsafe-eval' {}; style-src {}; style-src-attr 'unsafe-inline'; \
         img-src data: blob:; connect-src blob: data:; worker-src blob:; base-uri 'none'; form-action 'none'",
        hash_of(&start),
        hash_of(&style)
    );

    // What is fetched from elsewhere goes, and what runs is another start.
    let mut document = document;
    for (from, to) in [
        ("<meta http-equiv=\"Content-Security-Policy\"", ">"),
        ("<script type=\"importmap\">", "</script>"),
        ("<script>", "</script>"),
        ("<style>", "</style>"),
        ("<link rel=\"manifest\"", ">"),
        ("<link rel=\"icon\"", ">"),
    ] {
        let (before, _, after) = between(&document, from, to)?;
        document = format!("{before}{after}");
    }
    let icon = folder.only("icon-", ".svg")?;
    let head = format!(
        "<meta charset=\"utf-8\" />\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\" />\n    \
         <style>{style}</style>\n    <script>{start}</script>\n    <link rel=\"icon\" href=\"{}\" />",
        picture(&folder, &icon)?
    );
    let document = replaced(&document, "<meta charset=\"utf-8\" />", &head)?;
    let document = pictured(&folder, &document)?;
    let mut packages = String::new();
    for name in &parts {
        let mut contents = bytes(&folder.path(name))?;
        if *name == names.script {
            let script = text(&folder.path(name))?;
            contents = plain(&replaced(&script, OWN_ADDRESS[0], OWN_ADDRESS[1])?)?.into_bytes();
        }
        // A string takes whatever is written to it.
        let _ = writeln!(
            packages,
            "<script type=\"text/plain\" data-part=\"{name}\">{}</script>",
            packed(Path::new(name), &contents)?
        );
    }
    let document = replaced(&document, "</body>", &format!("{packages}</body>"))?;

    let to = Path::new(TO);
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder).map_err(at(folder))?;
    }
    std::fs::write(to, &document).map_err(at(to))?;
    println!("{TO}: {} kB", document.len() / 1000);
    Ok(())
}

/// A document with the pictures that it names in itself: one of each, for all widths.
fn pictured(folder: &Folder, document: &str) -> Outcome<String> {
    let mut out = String::new();
    let mut rest = document;
    while let Some((before, after)) = rest.split_once("<source media=") {
        let (_, after) = after.split_once('>').ok_or("a source does not end")?;
        out.push_str(before);
        rest = after;
    }
    out.push_str(rest);
    for name in folder.names()? {
        if name.starts_with(PICTURES) && ends_in(&name, "svg") && !name.ends_with("-narrow.svg") {
            out = out.replace(
                &format!("src=\"{name}\""),
                &format!("src=\"{}\"", picture(folder, &name)?),
            );
        }
    }
    Ok(out)
}

fn picture(folder: &Folder, name: &str) -> Outcome<String> {
    let svg = bytes(&folder.path(name))?;
    Ok(format!(
        "data:image/svg+xml;base64,{}",
        BASE64_STANDARD.encode(svg)
    ))
}

fn packed(name: &Path, contents: &[u8]) -> Outcome<String> {
    let mut writer = GzEncoder::new(vec![], Compression::best());
    writer.write_all(contents).map_err(at(name))?;
    Ok(BASE64_STANDARD.encode(writer.finish().map_err(at(name))?))
}
