//! Measures the engine, the page and its charts against what others use, and writes the
//! results into `BENCHMARKS.md`: `make bench`, which builds what is measured.
//!
//! `-- small engine page charts` measures those parts alone and writes nothing.

mod charts;
mod contender;
mod engine;
mod machine;
mod page;
mod table;

use std::path::PathBuf;
use std::{env, fs};

use compute_loop_tests::harness::{Browser, Trouble, root};

use contender::Contenders;
use table::Table;

/// Where the measured page and its parts lie.
pub(crate) fn folder() -> PathBuf {
    root().join("target/bench")
}

/// A path that `make bench` hands over.
fn given(name: &str) -> Result<PathBuf, Trouble> {
    let path = env::var_os(name)
        .ok_or_else(|| Trouble::new(format!("{name} is not set: run `make bench`")))?;
    // From the top of the repository, as make has it.
    Ok(root().join(path))
}

fn main() -> Result<(), Trouble> {
    let parts: Vec<String> = env::args().skip(1).collect();
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|one| one == part);
    let peers = given("PEERS")?;
    let mut table = Table::default();

    // What the browser gets: the engine, the charts of others, and the page's own.
    let copy = |from: PathBuf| {
        let name = from.file_name().unwrap_or_default().to_owned();
        fs::copy(&from, folder().join(name))
            .map(drop)
            .map_err(|error| Trouble::new(format!("Cannot copy {}: {error}", from.display())))
    };
    copy(root().join("tests/bench/charts.html"))?;
    copy(peers.join("node_modules/uplot/dist/uPlot.iife.min.js"))?;
    copy(peers.join("node_modules/uplot/dist/uPlot.min.css"))?;
    copy(peers.join("node_modules/echarts/dist/echarts.min.js"))?;

    let mut contenders = Contenders::new(&given("ENGINE")?, &peers);
    let parts_of_browser = Browser::serving(&folder())?;
    parts_of_browser.site().isolate();
    if wanted("small") {
        engine::small(&mut contenders, &mut table)?;
    }
    if wanted("engine") {
        engine::whole(&mut contenders, &parts_of_browser, &mut table)?;
    }
    contenders.end();
    if wanted("page") {
        page::measure(&mut table)?;
    }
    if wanted("charts") {
        charts::measure(&parts_of_browser, &mut table)?;
    }

    println!("{}", table.text());
    if parts.is_empty() {
        table.write(&machine::describe(&peers))?;
        println!("Written into BENCHMARKS.md");
    }
    Ok(())
}
