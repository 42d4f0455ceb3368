//! Each chapter's question and its answer, against the outcome computed natively.
//!
//! What an answer has to say for which outcome stands here once more, apart from the
//! content files: an editor may word it otherwise, but not turn the finding around.

use std::thread;
use std::time::Duration;

use compute_loop_core::assumption::VISIBLE_LIFT;
use compute_loop_core::format::{lever as set, output as shown};
use compute_loop_core::levers::Lever;
use compute_loop_core::link;
use compute_loop_core::outcome::{Outcome, Output};
use compute_loop_core::preset::PRESETS;
use compute_loop_core::scenario::Scenario;
use compute_loop_tests::harness::{Browser, Trouble, View, some};

use crate::support::{assert_quiet, list, run, texts};

/// Demand so weak that the power standing in December 2026 is enough.
const WEAK: &str = "#m=1&arr-2026=45&trainium-price=110&spend-ratio=30";

/// Scenarios in which most answers differ from those by default.
const OTHERS: [&str; 5] = [
    "#m=1&loosening=30&valuation-multiple=2&stake=5.2&arr-2026=50",
    "#m=1&training-saving=0&gw-committed=10&milestone-odds=0",
    "#m=1&spend-ratio=45&loosening=10&trainium-price=75",
    "#m=1&arr-2026=52&arr-growth-2027=0&arr-fade=50&option-or-duty=option",
    "#m=1&capacity-binds=on&utilization=50&other-ai-gw=0&option-or-duty=option&valuation-multiple=2",
];

fn flywheel() -> String {
    let preset = PRESETS.iter().find(|preset| preset.id == "flywheel");
    link::encode(&preset.expect("it is a preset").scenario())
}

/// What a sentence has to hold, and what it must not.
type Says = (Vec<String>, &'static [&'static str]);

/// The words, if something is so.
fn when(so: bool, words: &str) -> String {
    if so { words.to_owned() } else { String::new() }
}

/// What each chapter has to answer.
fn expected(number: usize, scenario: &Scenario, outcome: &Outcome) -> Says {
    use Output as O;
    let now = |output| shown(outcome, output);
    let get = |output| outcome.get(output);
    match number {
        1 => {
            let share = get(O::CircularShareSpend2026);
            let own = when(share >= 0.5, "Amazon’s own money");
            (vec![now(O::CircularShareSpend2026), own], &[][..])
        }
        2 => {
            let back = match outcome.month(O::ReturnPositive) {
                Some(_) => format!("covers what Amazon invests by {}", now(O::ReturnPositive)),
                None => "does not cover what Amazon invests by the end of 2036".to_owned(),
            };
            let less = get(O::StakeValue202612) < get(O::CashInvested202612);
            let stake = now(O::StakeValue202612);
            (vec![back, stake, when(less, "worth less")], &["never"])
        }
        3 => {
            let routes = [
                O::TrainingCostTable,
                O::TrainingCostClaim,
                O::TrainingCostGigawatt,
            ];
            let by_cost = |a: &Output, b: &Output| get(*a).total_cmp(&get(*b));
            let least = routes.into_iter().min_by(by_cost).expect("there are three");
            let most = routes.into_iter().max_by(by_cost).expect("there are three");
            if get(O::TrainingCost) < 0.995 {
                let range = format!("{} to {}", now(least), now(most));
                (
                    vec!["Cheaper".into(), range, now(O::TrainingCost)],
                    &["No cheaper"],
                )
            } else {
                (vec!["No cheaper".into()], &[])
            }
        }
        4 => {
            let (need, online) = (now(O::GwNeeded202612), now(O::GwOnline202612));
            if get(O::GwGap202612) <= 0.0 {
                (vec!["Yes".into(), need, online], &["does not", "Not by"])
            } else {
                let catches_up = match outcome.month(O::GapCloses) {
                    Some(_) => format!("catches up in {}", now(O::GapCloses)),
                    None => "does not catch up".to_owned(),
                };
                (vec!["No".into(), need, online, catches_up], &["Yes"])
            }
        }
        5 => {
            let lift = get(O::AwsMargin2027) - get(O::AwsMargin2026);
            let margin = if lift >= VISIBLE_LIFT.value {
                "rises"
            } else if lift <= -VISIBLE_LIFT.value {
                "falls"
            } else {
                "about the same"
            };
            (vec![now(O::AwsGrowth2026), margin.into()], &[])
        }
        6 => {
            let need = get(O::GwNeeded202612);
            let signed = scenario.get(Lever::GwCommitted);
            if need <= get(O::GwOnline202612) {
                (vec!["Nothing more".into(), "already".into()], &["only"])
            } else if need <= signed {
                (
                    vec!["Nothing more need be signed".into(), now(O::GwOnline202612)],
                    &["already"],
                )
            } else {
                let signed = set(Lever::GwCommitted, signed);
                (
                    vec![now(O::GwNeeded202612), signed, "shrinks".into()],
                    &["othing"],
                )
            }
        }
        7 => {
            let ratio = set(Lever::SpendRatio, scenario.get(Lever::SpendRatio));
            if get(O::GwGap202612) > 0.05 {
                (
                    vec![ratio, format!("the gap of {}", now(O::GwGap202612))],
                    &["enough"],
                )
            } else {
                (vec![ratio, "enough".into()], &["gap"])
            }
        }
        8 => {
            let reading = if scenario.get(Lever::OptionOrDuty) < 0.5 {
                let odds = scenario.get(Lever::MilestoneOdds);
                format!("a chance of {}", set(Lever::MilestoneOdds, odds))
            } else if get(O::ContingentExpected) > 0.0 {
                format!("would pay {}", now(O::ContingentExpected))
            } else {
                "would not pay".to_owned()
            };
            (vec!["52 points".into(), reading], &[])
        }
        _ => {
            let published = now(O::AwsGrowth2026) == "35\u{202f}%"
                && now(O::AnthropicShare2026) == "19\u{202f}%"
                && now(O::AwsGrowth2026Q1) == "28\u{202f}%";
            let verdict = if published {
                "Mostly"
            } else {
                "Not at these beliefs"
            };
            (
                vec![
                    verdict.into(),
                    now(O::AwsGrowth2026),
                    now(O::AnthropicShare2026),
                ],
                &[],
            )
        }
    }
}

#[test]
fn every_chapter_answers_as_the_outcome_does() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    let page = browser.open("", View::default().still())?;
    let mut seen = vec![];
    for link in ["#m=1", &flywheel(), WEAK] {
        page.go(link)?;
        page.wait_until(&format!("computeLoop.link() === '{link}'"), "it is applied")?;
        page.settle()?;
        let (scenario, outcome) = run(link);
        let said = texts(
            &page,
            "[1, 2, 3, 4, 5, 6, 7, 8, 9].map(number => {
               const chapter = document.getElementById('chapter-' + number);
               const [title, answer] = ['h2', '.answer'].map(part => chapter.querySelector(part));
               return title.innerText + ' ' + answer.innerText;
             })",
        )?;
        for (sentence, number) in said.iter().zip(1..) {
            let (holds, not) = expected(number, &scenario, &outcome);
            for part in holds {
                assert!(
                    sentence.contains(&part),
                    "chapter {number} at {link} does not say “{part}”: {sentence}"
                );
            }
            for part in not {
                assert!(
                    !sentence.contains(part),
                    "chapter {number} at {link} says “{part}”: {sentence}"
                );
            }
            assert!(
                sentence.contains("? "),
                "chapter {number} asks nothing: {sentence}"
            );
        }
        seen.push(said);
    }
    // The gap is the page's finding: it has to be told apart in all three.
    for (number, pairs) in [(4, [(0, 2), (1, 2)]), (6, [(0, 1), (0, 2)])] {
        for (a, b) in pairs {
            assert_ne!(seen[a][number - 1], seen[b][number - 1], "chapter {number}");
        }
    }
    assert_quiet(&browser, &page)
}

#[test]
fn answers_keep_their_room() -> Result<(), Trouble> {
    let browser = Browser::start()?;
    for width in some([320, 390, 768, 1280], 2) {
        let view = View {
            width,
            ..View::default()
        };
        let page = browser.open("", view.still())?;
        let mut first = None;
        for link in ["#m=1", &flywheel(), WEAK].into_iter().chain(OTHERS) {
            // As the page writes it: what equals a default is left out.
            let (scenario, _) = link::decode(link);
            let link = link::encode(&scenario);
            page.go(&link)?;
            page.wait_until(&format!("computeLoop.link() === '{link}'"), "it is applied")?;
            page.settle()?;
            let heights = list(
                &page,
                "[...document.querySelectorAll('.answer, .chapter .figures')]
                   .map(one => Math.round(one.getBoundingClientRect().height))",
            )?;
            // The page writes its address a moment after a change; opening another link
            // before that can be undone by it.
            thread::sleep(Duration::from_millis(400));
            let first = first.get_or_insert_with(|| heights.clone());
            assert_eq!(&heights, first, "{width} px at {link}");
        }
    }
    Ok(())
}
