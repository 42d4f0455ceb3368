//! What the document says before its content: what may run on it, what it is called
//! elsewhere, and how the page starts.
//!
//! Trunk's own start is replaced: `start.js` stands in the document, asks for the module once
//! the first words are painted, and tells the reader where something fails. The style sheet
//! stands there too. The policy names both by their hashes; nothing else that stands in a
//! document may run or set a style.

use std::io::Write as _;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use compute_loop::content::TRANSLATIONS;
use compute_loop::palette::{Role, Theme};
use sha2::{Digest as _, Sha256, Sha384};

use crate::files::{Folder, Outcome, at, between, bytes, replaced};

/// How the page starts.
pub(crate) const START: &str = include_str!("start.js");

/// What narrows its policy first.
const OWN: &str = include_str!("own.js");

/// Completes the document, and hands out its policy.
pub(crate) fn complete(folder: &Folder) -> Outcome<String> {
    let names = Names::of(folder)?;
    let document = folder.text("index.html")?;
    let style = taken(folder)?;
    let script = fingerprint(&bytes(&folder.path(&names.script))?);
    let module = fingerprint(&bytes(&folder.path(&names.module))?);

    // Where a browser knows it, the script is checked as well.
    let map = format!(
        "{{\"integrity\":{{\"./{}\":\"{script}\",\"./{}\":\"{}\"}}}}",
        names.script,
        names.facade,
        fingerprint(&bytes(&folder.path(&names.facade))?)
    );
    let start = replaced(&format!("{OWN}{START}"), "SCRIPT", &names.script)?;
    let start = replaced(&start, "FACADE", &names.facade)?;
    let start = replaced(&start, "MODULE", &names.module)?;
    let start = replaced(&start, "INTEGRITY", &module)?;
    let start = replaced(&start, "STYLE", &hash_of(&style))?;
    let start = replaced(&start, "LANGUAGES", &languages())?;
    let start = small(&start)?;
    let policy = policy(&[&map, &start], &style);

    let (before, _, rest) = between(&document, "<script type=\"module\">", "</script>")?;
    let mut document = format!("{before}{rest}");
    for tag in [
        "<link rel=\"modulepreload\"",
        "<link rel=\"preload\"",
        "<link rel=\"stylesheet\"",
    ] {
        let (before, _, rest) = between(&document, tag, ">")?;
        document = format!("{before}{rest}");
    }
    let head = format!(
        "<meta charset=\"utf-8\" />\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\" />\n    \
         <script type=\"importmap\">{map}</script>\n    <script>{start}</script>\n    \
         <style>{style}</style>\n    \
         <link rel=\"manifest\" href=\"./manifest.webmanifest\" />\n    {}",
        elsewhere(&document)?
    );
    let document = replaced(&document, "<meta charset=\"utf-8\" />", &head)?;
    folder.write("index.html", document)?;
    Ok(policy)
}

/// The style sheet, which goes into the document: words are not painted before it is there,
/// and another request takes as long as the first.
fn taken(folder: &Folder) -> Outcome<String> {
    let name = folder.only("style-", ".css")?;
    let style = folder.text(&name)?.trim().to_owned();
    let path = folder.path(&name);
    std::fs::remove_file(&path).map_err(at(&path))?;
    if style.contains("</") {
        return Err(format!("{name} would end within the document"));
    }
    Ok(style)
}

/// The languages of the page but that of the document, as a list of primary tags.
fn languages() -> String {
    let tags = TRANSLATIONS.iter().map(|language| {
        let primary = language.code.split('-').next().unwrap_or_default();
        format!("\"{primary}\"")
    });
    format!("[{}]", tags.collect::<Vec<_>>().join(","))
}

/// The files that the document starts.
pub(crate) struct Names {
    pub(crate) script: String,
    /// What embeds are shown by before.
    pub(crate) facade: String,
    pub(crate) module: String,
}

impl Names {
    /// Those of a folder.
    pub(crate) fn of(folder: &Folder) -> Outcome<Self> {
        Ok(Self {
            script: folder.only("compute-loop-", ".js")?,
            facade: folder.only("facade-", ".js")?,
            module: folder.only("compute-loop-", ".wasm")?,
        })
    }
}

/// What may be loaded and run by a document with such scripts and such a style in it.
fn policy(scripts: &[&str], style: &str) -> String {
    let hashes: Vec<String> = scripts.iter().map(|script| hash_of(script)).collect();
    // Elements set their own measures, such as the height of a chart; that is the only
    // style that does not stand in the document. In a sandboxed frame `'self'` is nobody
    // to WebKit, so hosts are left open here, and `own.js` closes all but the page's own.
    format!(
        "default-src 'none'; script-src http: https: 'wasm-unsafe-eval' {}; style-src {}; \
         style-src-attr 'unsafe-inline'; img-src http: https: data: blob:; connect-src http: https:; \
         worker-src http: https:; manifest-src http: https:; base-uri 'none'; form-action 'none'",
        hashes.join(" "),
        hash_of(style)
    )
}

/// How a policy names what stands in a document.
pub(crate) fn hash_of(content: &str) -> String {
    format!(
        "'sha256-{}'",
        BASE64_STANDARD.encode(Sha256::digest(content.as_bytes()))
    )
}

/// What other sites show of the page, and which colours are its own.
fn elsewhere(document: &str) -> Outcome<String> {
    let (_, title, _) = between(document, "<title>", "</title>")?;
    let (_, description, _) = between(document, "content=\"How", "\"")?;
    let colour = |theme| {
        let [r, g, b] = Role::Paper.rgb(theme);
        format!("#{r:02x}{g:02x}{b:02x}")
    };
    Ok(format!(
        "<meta property=\"og:type\" content=\"article\" />\n    \
         <meta property=\"og:title\" content=\"{title}\" />\n    \
         <meta property=\"og:description\" content=\"How{description}\" />\n    \
         <meta name=\"theme-color\" content=\"{}\" media=\"(prefers-color-scheme: light)\" />\n    \
         <meta name=\"theme-color\" content=\"{}\" media=\"(prefers-color-scheme: dark)\" />",
        colour(Theme::Light),
        colour(Theme::Dark)
    ))
}

/// How a browser checks that a file is the one that was meant.
pub(crate) fn fingerprint(contents: &[u8]) -> String {
    format!(
        "sha384-{}",
        BASE64_STANDARD.encode(Sha384::digest(contents))
    )
}

/// A script without what only its readers need.
pub(crate) fn small(script: &str) -> Outcome<String> {
    esbuild(script, &[])
}

/// A module as a script that puts what the module offers under a name: `computeLoopPage`.
pub(crate) fn plain(module: &str) -> Outcome<String> {
    esbuild(module, &["--format=iife", "--global-name=computeLoopPage"])
}

fn esbuild(script: &str, more: &[&str]) -> Outcome<String> {
    let fault = |fault: std::io::Error| format!("esbuild: {fault}");
    let mut esbuild = Command::new("esbuild")
        .args([
            "--minify",
            "--target=es2020",
            "--log-level=warning",
            "--log-override:duplicate-object-key=silent",
        ])
        .args(more)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(fault)?;
    if let Some(mut input) = esbuild.stdin.take() {
        input.write_all(script.as_bytes()).map_err(fault)?;
    }
    let output = esbuild.wait_with_output().map_err(fault)?;
    if !output.status.success() {
        return Err(format!("esbuild failed: {}", output.status));
    }
    let script = String::from_utf8(output.stdout).map_err(|fault| format!("esbuild: {fault}"))?;
    Ok(script.trim().to_owned())
}
