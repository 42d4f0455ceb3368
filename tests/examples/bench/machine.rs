//! What the results were got on.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

/// The first line that a program says of itself, or nothing.
fn said(program: &str, argument: &str) -> String {
    let output = Command::new(program).arg(argument).output();
    let text = output.map(|output| output.stdout).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    text.lines().next().unwrap_or_default().trim().to_owned()
}

/// The machine and the versions, in a sentence or two.
pub(crate) fn describe(peers: &Path) -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name"));
    let model = model.map_or("an unnamed processor", |rest| {
        rest.trim_start_matches([':', ' ', '\t'])
    });
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let browser = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ]
    .map(|name| said(name, "--version"))
    .into_iter()
    .find(|line| !line.is_empty())
    .unwrap_or_default();
    let package = |name: &str| {
        let file = peers.join("node_modules").join(name).join("package.json");
        let text = fs::read_to_string(file).unwrap_or_default();
        let json: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        format!("{name} {}", json["version"].as_str().unwrap_or("?"))
    };
    let wanted = fs::read_to_string(peers.join("requirements.txt")).unwrap_or_default();
    format!(
        "{model}, {cores} cores; {}; Node {}; {}; {} with {}; {}; {}; {}.",
        said("rustc", "--version"),
        said("node", "--version"),
        browser,
        said(
            &peers.join("python/bin/python").to_string_lossy(),
            "--version"
        ),
        wanted.trim().replace("==", " "),
        package("@quri/squiggle-lang"),
        package("uplot"),
        package("echarts"),
    )
}
