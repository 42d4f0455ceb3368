//! `window.computeLoop`, for scripts.

use compute_loop_core::json;
use compute_loop_core::outcome::Output;
use compute_loop_core::unit::Unit;
use compute_loop_tests::harness::{Browser, Trouble, View};
use serde_json::{Value, json};

use crate::support::{assert_quiet, holds, link_of, quoted, run, text};

/// What nobody should hand to a function, as JavaScript.
const ODD: [&str; 18] = [
    "undefined",
    "null",
    "NaN",
    "Infinity",
    "-Infinity",
    "-0",
    "1e308",
    "true",
    "''",
    "'\\uD800'",
    "'nonsense'",
    "{}",
    "[]",
    "10n",
    "Symbol('odd')",
    "({ toString() { throw new Error('odd'); } })",
    "() => {}",
    "'7'.repeat(1e6)",
];

#[test]
fn scripts_set_levers_and_read_figures() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    assert_eq!(
        page.eval("Object.keys(computeLoop).sort()")?,
        json!(["complete", "get", "link", "odds", "run", "set"])
    );
    for (set, taken) in [
        ("'arr-2026', 60", Some("60")),
        ("'arr-2026', '62.5'", Some("62.5")),
        ("'arr-2026', 1e9", Some("150")),
        ("'arr-2026', -1e9", Some("45")),
        ("'arr-2026', 60.12345678", Some("60.123457")),
        ("'unnamed-start', '2027-06'", Some("2027-06")),
        ("'unnamed-start', '2036-12'", Some("2030-12")),
        ("'capacity-binds', 'on'", Some("on")),
        ("'capacity-binds', 0", Some("off")),
        ("'arr-2026', NaN", None),
        ("'arr-2026', Infinity", None),
        ("'arr-2026', '62,5'", None),
        ("'arr-2026', 'abc'", None),
        ("'arr-2026', null", None),
        ("'arr-2026'", None),
        ("'capacity-binds', 'yes'", None),
        ("'nonsense', 1", None),
        ("'ARR-2026', 1", None),
    ] {
        let call = format!("computeLoop.set({set})");
        match taken {
            Some(taken) => assert_eq!(text(&page, &call)?, taken, "{call}"),
            None => assert!(holds(&page, &format!("{call} === undefined"))?, "{call}"),
        }
    }
    let link = "#m=1&arr-2026=60.123457&unnamed-start=2030-12";
    assert_eq!(link_of(&page)?, link);

    let (_, outcome) = run(link);
    for output in Output::ALL {
        // As text: the numbers of the driver's own JSON are off by a bit now and then.
        let id = output.spec().id;
        let got = text(&page, &format!("String(computeLoop.get('{id}'))"))?;
        if output.spec().unit == Unit::Month {
            let month = outcome.month(output);
            let month = month.map_or_else(|| "null".into(), |month| month.to_string());
            assert_eq!(got, month, "{id}");
        } else {
            let number: f64 = got.parse().unwrap_or(f64::NAN);
            assert_eq!(
                number.to_bits(),
                outcome.get(output).to_bits(),
                "{id}: {got}"
            );
        }
    }
    assert!(holds(&page, "computeLoop.get('nonsense') === undefined")?);

    // Running a link is a question: the page stays as it is.
    for link in ["garbage", "", "#m=1&stake=7", "a=1&a=2&m=2"] {
        let answer = text(&page, &format!("computeLoop.run({})", quoted(link)))?;
        assert_eq!(answer, json::of_link(link), "{link}");
    }
    let answer: Value = serde_json::from_str(&text(&page, "computeLoop.run('garbage')")?)
        .map_err(|error| Trouble::new(format!("run gives no JSON: {error}")))?;
    let warnings = answer["warnings"].as_array().map_or(0, Vec::len);
    assert_eq!(warnings, 1, "{}", answer["warnings"]);
    assert_eq!(link_of(&page)?, link);
    assert_quiet(&browser, &page)
}

#[test]
fn nothing_that_a_script_hands_over_breaks_the_page() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    let mut count = 0;
    for odd in ODD {
        for call in [
            format!("computeLoop.run({odd})"),
            format!("computeLoop.get({odd})"),
            format!("computeLoop.link({odd})"),
            format!("computeLoop.set({odd}, {odd})"),
            format!("computeLoop.set({odd}, 60)"),
            format!("computeLoop.set('stake', {odd})"),
            format!("computeLoop.set('unnamed-start', {odd})"),
            format!("computeLoop.set('option-or-duty', {odd})"),
        ] {
            // Whatever it gives is a text, a number, or nothing: it throws nothing.
            let kind = text(&page, &format!("(async () => typeof (await ({call})))()"))?;
            assert!(
                ["string", "number", "undefined"].contains(&&*kind),
                "{call} gives a {kind}"
            );
            count += 1;
        }
    }
    for call in ["run()", "get()", "set()"] {
        page.eval(&format!("typeof computeLoop.{call}"))?;
    }
    page.settle()?;

    // The numbers among them were taken as far as they can be.
    let link = link_of(&page)?;
    assert!(link.starts_with("#m=1"), "{link}");
    assert_eq!(text(&page, "computeLoop.set('arr-2026', 60)")?, "60");
    page.eval("document.getElementById('reset').click()")?;
    page.settle()?;
    assert_eq!(link_of(&page)?, "#m=1");
    assert_quiet(&browser, &page)?;
    println!("{count} odd calls");
    Ok(())
}
