//! The repository itself: what stands where, and what must not be in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Everything that may stand at the top, dotfiles apart.
const TOP: [&str; 17] = [
    "ARCHITECTURE.md",
    "BENCHMARKS.md",
    "LIGHTHOUSE.md",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "Makefile",
    "README.md",
    "RELIABILITY.md",
    "Trunk.toml",
    "app",
    "core",
    "index.html",
    "public",
    "tests",
];

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What `.gitignore` keeps out: paths from the top, and endings.
fn ignored(path: &str) -> bool {
    let rules = fs::read_to_string(home().join(".gitignore")).expect(".gitignore can be read");
    rules.lines().filter(|rule| !rule.is_empty()).any(|rule| {
        match (rule.strip_prefix('/'), rule.strip_prefix('*')) {
            (Some(place), _) => path == place,
            (None, Some(ending)) => path.ends_with(ending),
            (None, None) => panic!("write “{rule}” with a leading / or *, which this test reads"),
        }
    })
}

/// The files under a folder with their paths from the top, without what is ignored.
fn files_under(folder: &str) -> Vec<(String, PathBuf)> {
    let mut found = vec![];
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(home().join(&folder)).expect("a folder can be read");
        for entry in entries {
            let entry = entry.expect("a folder can be read");
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() {
                name
            } else {
                format!("{folder}/{name}")
            };
            if path == ".git" || ignored(&path) {
                continue;
            }
            if entry.file_type().expect("a file has a type").is_dir() {
                folders.push(path);
            } else {
                found.push((path, entry.path()));
            }
        }
    }
    found.sort();
    found
}

/// The text files under a folder: path from the top, text.
fn texts_under(folder: &str) -> Vec<(String, String)> {
    files_under(folder)
        .into_iter()
        .filter_map(|(path, place)| Some((path, fs::read_to_string(place).ok()?)))
        .collect()
}

#[test]
fn the_top_level_holds_what_it_should() {
    for entry in fs::read_dir(home()).expect("the top level can be read") {
        let name = entry.expect("the top level can be read").file_name();
        let name = name.to_string_lossy();
        assert!(
            name.starts_with('.') || ignored(&name) || TOP.contains(&name.as_ref()),
            "{name} does not belong at the top"
        );
    }
    for name in ["app", "core", "tests", "Cargo.toml", "Cargo.lock"] {
        assert!(home().join(name).exists(), "{name} is missing");
    }
}

#[test]
fn the_model_knows_no_browser_disk_network_or_clock() {
    let files = texts_under("core/src");
    assert!(
        files.len() > 15,
        "only {} files were looked at",
        files.len()
    );
    let nowhere = [
        "web-sys",
        "web_sys",
        "js-sys",
        "js_sys",
        "wasm-bindgen",
        "wasm_bindgen",
        "leptos",
        "std::fs",
        "std::net",
        "std::time",
        "std::thread",
    ];
    // The command line alone talks to the world.
    let on_the_command_line = ["std::io", "std::env", "std::process", "println!"];
    for (path, text) in &files {
        for word in nowhere {
            assert!(!text.contains(word), "{path} mentions {word}");
        }
        if path != "core/src/main.rs" {
            for word in on_the_command_line {
                assert!(!text.contains(word), "{path} mentions {word}");
            }
        }
    }
    let manifest = fs::read_to_string(home().join("core/Cargo.toml")).expect("it can be read");
    for word in ["web-sys", "js-sys", "wasm-bindgen", "leptos", "rand"] {
        assert!(!manifest.contains(word), "core depends on {word}");
    }
}

#[test]
fn lock_files_name_no_place_to_download_from() {
    let locks: Vec<(String, String)> = texts_under("")
        .into_iter()
        .filter(|(path, _)| path.ends_with("package-lock.json") || path.ends_with("Cargo.lock"))
        .collect();
    assert!(locks.iter().any(|(path, _)| path == "Cargo.lock"));
    for (path, text) in locks {
        if path.ends_with("package-lock.json") {
            assert!(!text.contains("\"resolved\""), "{path}");
            assert!(!text.contains("https://registry"), "{path}");
            continue;
        }
        for line in text.lines().filter(|line| line.starts_with("source = ")) {
            assert_eq!(
                line, "source = \"registry+https://github.com/rust-lang/crates.io-index\"",
                "{path}"
            );
        }
    }
}

#[test]
fn no_file_holds_a_path_of_one_machine() {
    // In two pieces, so that this file does not hold them either.
    let places = [
        ["/wo", "rk/"],
        ["/ro", "ot/"],
        ["/ho", "me/"],
        ["/Us", "ers/"],
    ]
    .map(|pieces| pieces.concat());
    let files = texts_under("");
    assert!(
        files.len() > 40,
        "only {} files were looked at",
        files.len()
    );
    for (path, text) in &files {
        for (number, line) in text.lines().enumerate() {
            for place in &places {
                assert!(
                    !line.contains(place.as_str()),
                    "{path}:{}: {line}",
                    number + 1
                );
            }
        }
    }
}

/// Browsers read a rule that is not closed as one around all that follows, and say
/// nothing.
#[test]
fn every_rule_of_the_style_sheet_is_closed() {
    let style = fs::read_to_string(home().join("public/style.css")).expect("it can be read");
    assert_eq!(style.matches('{').count(), style.matches('}').count());
}

/// Every crate, or package of npm, that a package of ours asks for itself stands in the table of
/// ARCHITECTURE.md with its reason, and no other does.
#[test]
fn every_direct_dependency_has_its_reason() {
    let run = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version=1",
            "--no-deps",
            "--offline",
            "--locked",
        ])
        .current_dir(home())
        .output()
        .expect("cargo runs");
    let said: Value = serde_json::from_slice(&run.stdout).expect("cargo tells of the packages");
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let packages = list(&said["packages"]);
    let ours: Vec<&str> = packages
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    let mut asked: BTreeSet<String> = packages
        .iter()
        .flat_map(|package| list(&package["dependencies"]))
        .filter_map(|dependency| dependency["name"].as_str().map(str::to_owned))
        .filter(|name| !ours.contains(&name.as_str()))
        .collect();
    // A workspace of its own, which cargo is not asked about here.
    let fuzz = fs::read_to_string(home().join("tests/fuzz/Cargo.toml")).unwrap_or_default();
    let fuzz = fuzz.split("[dependencies]").nth(1).unwrap_or_default();
    let fuzz = fuzz.split("\n[").next().unwrap_or_default();
    asked.extend(
        fuzz.lines()
            .filter_map(|line| line.split_once('=').map(|(name, _)| name.trim()))
            .map(|name| name.trim_end_matches(".workspace").to_owned())
            .filter(|name| !ours.contains(&name.as_str())),
    );
    for place in [".tools/package.json", "tests/bench/peers/package.json"] {
        let text = fs::read_to_string(home().join(place)).expect("it can be read");
        let package: Value = serde_json::from_str(&text).expect("it is JSON");
        let names = package["dependencies"].as_object().expect("it has some");
        asked.extend(names.keys().cloned());
    }
    let page = fs::read_to_string(home().join("ARCHITECTURE.md")).expect("it can be read");
    let table = page
        .split("## Direct dependencies")
        .nth(1)
        .expect("it has the table");
    let table = table.split("\n## ").next().unwrap_or_default();
    let listed: BTreeSet<String> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split(" | ").next())
        .flat_map(|names| names.split(", "))
        .map(|name| name.trim_matches(['`', ' ', '|']).to_owned())
        .collect();
    assert_eq!(listed, asked);
}
