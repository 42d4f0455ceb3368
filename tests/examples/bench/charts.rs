//! Redraws of the band chart, against uPlot and ECharts with the same picture.

use compute_loop_tests::harness::{Browser, Trouble, View};
use serde_json::json;

use crate::contender::median;
use crate::folder;
use crate::table::{Table, Target};

/// Redraws before and while the clock runs.
const WARM: u32 = 60;
const COUNT: u32 = 300;

/// Rounds in which the libraries take turns.
const ROUNDS: usize = 3;

/// Bands of so many series over so many months.
const PICTURES: [(u32, u32); 2] = [(2, 48), (1, 168)];

pub(crate) fn measure(browser: &Browser, table: &mut Table) -> Result<(), Trouble> {
    table.title("Script time of a redraw, 900 × 450 CSS pixels at pixel ratio 2");
    let page = browser.open("charts.html", View::new(920, 940).scale(2.0))?;
    for (series, months) in PICTURES {
        let mut times = [vec![], vec![]];
        for _ in 0..ROUNDS {
            for (library, times) in ["uplot", "echarts"].into_iter().zip(&mut times) {
                let arguments = json!([library, series, months, WARM, COUNT]);
                let took = page.eval(&format!("redraws(...{arguments})"))?;
                times.extend(took.as_f64());
            }
        }
        page.screenshot(&folder().join(format!("charts-{series}-{months}.png")))?;
        let picture = format!("{series} × 5 percentiles, {months} months");
        let [uplot, echarts] = times.map(median);
        table.time(&format!("{picture}: uPlot"), uplot, "", Target::None);
        table.time(&format!("{picture}: ECharts"), echarts, "", Target::None);
    }
    Ok(())
}
