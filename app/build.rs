//! Turns the content files into constants, and fails on a name that does not exist.
//!
//! A content file is plain text, blocks apart by a blank line. The first block is the
//! header: `title:`, `short:`, `sources:`. Then `chart: ID`, `table: NAME`,
//! `## heading`, `leaves out: text`, or a paragraph. A paragraph may hold
//! `{output:ID}`, `{lever:ID}` and `{fact:ID}`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use compute_loop_core::levers::Lever;
use compute_loop_core::outcome::Output;
use compute_loop_core::{evidence, format};

const LANGUAGE: &str = "content/en";

fn main() {
    println!("cargo::rerun-if-changed={LANGUAGE}");
    let mut files: Vec<PathBuf> = fs::read_dir(LANGUAGE)
        .expect("the content folder can be read")
        .map(|entry| entry.expect("the content folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort_by_key(|path| number(path));
    let mut code = String::from("&[\n");
    for path in &files {
        let text = fs::read_to_string(path).expect("a content file can be read");
        chapter(&mut code, number(path), &text, path);
    }
    code.push_str("]\n");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("content.rs"), code).expect("OUT_DIR can be written to");
}

/// The number that a file's name begins with: its place on the page.
fn number(path: &Path) -> u32 {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let digits: String = name.chars().take_while(char::is_ascii_digit).collect();
    digits
        .parse()
        .unwrap_or_else(|_| panic!("{}: the name has to begin with a number", path.display()))
}

fn chapter(code: &mut String, number: u32, text: &str, path: &Path) {
    let text = text.replace("\r\n", "\n");
    let mut blocks = text
        .split("\n\n")
        .map(str::trim)
        .filter(|block| !block.is_empty());
    let header = blocks.next().unwrap_or_default();
    let field = |name: &str| {
        header
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
            .map(str::trim)
            .unwrap_or_default()
    };
    let (title, short) = (field("title"), field("short"));
    assert!(!title.is_empty(), "{}: no title", path.display());
    let short = if short.is_empty() { title } else { short };
    let sources: Vec<&str> = field("sources")
        .split(',')
        .map(str::trim)
        .filter(|s| !s.is_empty())
        .collect();
    for source in &sources {
        let known = evidence::sources().iter().any(|row| row.id == *source);
        assert!(known, "{}: no source is called {source}", path.display());
    }
    let shorts: Vec<&str> = sources
        .iter()
        .filter_map(|id| evidence::sources().iter().find(|row| row.id == *id))
        .map(|row| row.short.as_str())
        .collect();
    let _ = writeln!(
        code,
        "Chapter {{ number: {number}, title: {title:?}, short: {short:?}, sources: &{shorts:?}, blocks: &["
    );
    for block in blocks {
        let flat = block.split_whitespace().collect::<Vec<_>>().join(" ");
        let (kind, body) = if let Some(id) = flat.strip_prefix("chart:") {
            let _ = writeln!(code, "Block::Chart(Chart::named({:?})),", id.trim());
            continue;
        } else if let Some(name) = flat.strip_prefix("table:") {
            let _ = writeln!(code, "Block::Table(Table::named({:?})),", name.trim());
            continue;
        } else if let Some(body) = flat.strip_prefix("leaves out:") {
            ("LeavesOut", body)
        } else if let Some(body) = flat.strip_prefix("## ") {
            ("Heading", body)
        } else {
            ("Paragraph", flat.as_str())
        };
        let _ = writeln!(code, "Block::{kind}(&[{}]),", spans(body.trim(), path));
    }
    code.push_str("] },\n");
}

fn spans(text: &str, path: &Path) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('{') {
        let Some((name, after)) = tail.split_once('}') else {
            panic!("{}: a bracket is not closed: {tail}", path.display());
        };
        if !before.is_empty() {
            let _ = write!(code, "Span::Text({before:?}), ");
        }
        let Some((kind, id)) = name.split_once(':') else {
            panic!("{}: {{{name}}} names no kind", path.display());
        };
        match kind {
            "output" => {
                let place = Output::ALL.iter().position(|row| row.spec().id == id);
                let place =
                    place.unwrap_or_else(|| panic!("{}: no output is called {id}", path.display()));
                let _ = write!(code, "Span::Output(Output::ALL[{place}]), ");
            }
            "lever" => {
                let place = Lever::ALL.iter().position(|row| row.spec().id == id);
                let place =
                    place.unwrap_or_else(|| panic!("{}: no lever is called {id}", path.display()));
                let _ = write!(code, "Span::Lever(Lever::ALL[{place}]), ");
            }
            "fact" => {
                let row = evidence::facts().iter().find(|row| row.id == id);
                let row =
                    row.unwrap_or_else(|| panic!("{}: no fact is called {id}", path.display()));
                let shown = format::fact(row);
                let _ = write!(code, "Span::Fact {{ id: {id:?}, text: {shown:?} }}, ");
            }
            other => panic!("{}: {other} is no kind of placeholder", path.display()),
        }
        rest = after;
    }
    if !rest.is_empty() {
        let _ = write!(code, "Span::Text({rest:?}), ");
    }
    code
}
