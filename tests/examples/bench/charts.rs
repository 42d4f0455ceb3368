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

/// The pictures: their months, and words for them.
const PICTURES: [(u32, &str); 2] = [
    (48, "2 lines with bands, 48 months"),
    (168, "5 lines, 2 of them with bands, 168 months"),
];

/// Who draws them.
const LIBRARIES: [&str; 3] = ["own", "uplot", "echarts"];

pub(crate) fn measure(browser: &Browser, table: &mut Table) -> Result<(), Trouble> {
    table.title("Script time of a redraw, 900 × 450 CSS pixels at pixel ratio 2");
    let page = browser.open("charts.html", View::new(920, 1380).scale(2.0))?;
    for (months, picture) in PICTURES {
        let mut times = LIBRARIES.map(|_| vec![]);
        for _ in 0..ROUNDS {
            for (library, times) in LIBRARIES.into_iter().zip(&mut times) {
                let arguments = json!([library, months, WARM, COUNT]);
                let took = page.eval(&format!("redraws(...{arguments})"))?;
                times.extend(took.as_f64());
            }
        }
        page.screenshot(&folder().join(format!("charts-{months}.png")))?;
        let ratio = |over: &[f64]| {
            let ratios = times[0].iter().zip(over).map(|(own, other)| own / other);
            median(ratios.collect())
        };
        table.ratio(
            &format!("{picture}: this page's code takes"),
            ratio(&times[1]),
            "times uPlot's time",
            Target::AtMost(1.2),
        );
        table.ratio(
            &format!("{picture}: and"),
            ratio(&times[2]),
            "times ECharts'",
            Target::AtMost(1.0 / 6.0),
        );
        for (library, times) in ["this page's code", "uPlot", "ECharts"]
            .into_iter()
            .zip(&times)
        {
            table.time(
                &format!("{picture}: {library}"),
                median(times.clone()),
                "",
                Target::None,
            );
        }
    }
    Ok(())
}
