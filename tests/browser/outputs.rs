//! Every figure of the model stands on the page, exactly.

use compute_loop_core::format;
use compute_loop_core::outcome::Output;
use compute_loop_core::unit::Unit;
use compute_loop_tests::harness::{Browser, Trouble, View};

use crate::support::{THREE, assert_quiet, list, run};

#[test]
fn every_output_stands_on_the_page_to_the_last_bit() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    let mut count = 0;
    for link in THREE {
        page.go(link)?;
        page.wait_until(&format!("computeLoop.link() === '{link}'"), "it is applied")?;
        page.settle()?;
        let (_, outcome) = run(link);
        let figures = list(
            &page,
            "[...document.querySelectorAll('[data-output]')].map(one =>
               [one.dataset.output, one.dataset.value, one.textContent, one.dataset.decimals ?? ''])",
        )?;
        let mut found = [false; Output::COUNT];
        for figure in &figures {
            let part = |i: usize| figure[i].as_str().unwrap_or_default();
            let output = Output::from_id(part(0));
            let output = output.unwrap_or_else(|| panic!("no output is called {}", part(0)));
            found[output as usize] = true;
            let exact = part(1);
            if output.spec().unit == Unit::Month {
                let month = outcome.month(output);
                let month = month.map_or_else(|| "null".into(), |month| month.to_string());
                assert_eq!(exact, month, "{} at {link}", part(0));
            } else {
                let value: f64 = exact.parse().unwrap_or(f64::NAN);
                let native = outcome.get(output);
                assert_eq!(
                    value.to_bits(),
                    native.to_bits(),
                    "{} at {link}: {exact}, natively {native}",
                    part(0)
                );
            }
            let text = match part(3).parse() {
                Ok(decimals) => format::share(outcome.get(output), decimals),
                Err(_) => format::output(&outcome, output),
            };
            assert_eq!(part(2), text, "{}", part(0));
        }
        for output in Output::ALL {
            assert!(
                found[output as usize],
                "{} stands nowhere on the page",
                output.spec().id
            );
        }
        count += figures.len();
    }
    assert_quiet(&browser, &page)?;
    println!(
        "{count} figures of {} outputs in {} scenarios",
        Output::COUNT,
        THREE.len()
    );
    Ok(())
}
