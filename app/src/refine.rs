//! Many worlds, drawn beside the page once the hand rests: workers answer one question at
//! a time, a series or all outputs. A page that may not have workers keeps what few worlds
//! say, and says so once.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use compute_loop_core::odds::{DRAWS, FIRST_DRAWS, Question, Reply};
use compute_loop_core::scenario::Scenario;
use compute_loop_core::{link, say};
use compute_loop_worker::{Answerer, LOADER};
use gloo::timers::callback::Timeout;
use gloo::worker::{Spawnable as _, WorkerBridge};
use leptos::prelude::*;

use crate::browser;
use crate::odds::{Refined, Wanted, merge};
use crate::state::State;

/// How long the hand rests before more worlds are drawn.
const REST_MS: u32 = 250;

/// How long a new worker may take to say anything: it is fetched and compiled first.
const HELLO_MS: u32 = 15_000;

/// How often a worker is started that says nothing, before workers are given up.
const STARTS: u32 = 2;

/// How long a question may take on a slow telephone.
const PATIENCE_MS: u32 = 60_000;

/// A worker, and what it is asked.
struct Helper {
    bridge: WorkerBridge<Answerer>,
    /// The question under way, and the clock that runs.
    busy: Option<(Question, Timeout)>,
}

/// The workers and the questions that wait for them.
#[derive(Default)]
struct Pool {
    helpers: Vec<Helper>,
    waiting: VecDeque<Question>,
    /// The number of the last question.
    last: u32,
    /// Whether workers were tried and failed.
    refused: bool,
}

type Shared = Rc<RefCell<Pool>>;

/// Has more worlds drawn whenever the hand rests.
pub(crate) fn follow(state: State) {
    let odds = state.odds();
    let pool = Shared::default();
    let resting = Rc::new(RefCell::new(None::<Timeout>));
    let returned = RwSignal::new(());
    {
        let pool = Rc::clone(&pool);
        browser::on_return(move || {
            let helpers = core::mem::take(&mut pool.borrow_mut().helpers);
            drop(helpers);
            returned.notify();
        });
    }
    Effect::new(move |before: Option<Option<Scenario>>| {
        returned.track();
        let (scenario, wanted) = (state.scenario.get(), odds.wanted.get());
        let rest = odds.refined.with(|refined| {
            if refined.of == Some((scenario, wanted.other)) {
                wanted.less(&refined.answer)
            } else {
                wanted.clone()
            }
        });
        pool.borrow_mut().waiting.clear();
        *resting.borrow_mut() = None;
        if rest.is_empty() || pool.borrow().refused {
            return Some(scenario);
        }
        let asking = Rc::clone(&pool);
        let ask = move || ask(&asking, state, &scenario, &rest);
        if before.flatten() == Some(scenario) && !pool.borrow().helpers.is_empty() {
            ask();
        } else {
            *resting.borrow_mut() = Some(Timeout::new(REST_MS, ask));
        }
        Some(scenario)
    });
}

/// Puts what is still unknown of a scenario to the workers, one series or all outputs a
/// question.
fn ask(pool: &Shared, state: State, scenario: &Scenario, rest: &Wanted) {
    if pool.borrow().helpers.is_empty() && !hire(pool, state) {
        return;
    }
    let question = |rest: &Wanted| Question {
        number: 0,
        seed: state.odds().seed,
        draws: DRAWS,
        link: link::encode(scenario),
        other: rest.other.as_ref().map(link::encode),
        series: rest.series.clone(),
        outputs: rest.asked.clone(),
    };
    let none = Wanted {
        other: rest.other,
        ..Wanted::default()
    };
    let series = rest.series.iter().map(|&one| Wanted {
        series: vec![one],
        ..none.clone()
    });
    let outputs = (!rest.asked.is_empty()).then(|| Wanted {
        asked: rest.asked.clone(),
        ..none.clone()
    });
    let questions = outputs.into_iter().chain(series);
    let mut all: VecDeque<Question> = questions.map(|rest| question(&rest)).collect();
    {
        let mut pool = pool.borrow_mut();
        // What is being answered need not be asked again.
        all.retain(|question| {
            let asked = |helper: &Helper| {
                helper.busy.as_ref().is_some_and(|(under_way, _)| {
                    *question
                        == Question {
                            number: 0,
                            ..under_way.clone()
                        }
                })
            };
            !pool.helpers.iter().any(asked)
        });
        pool.waiting = all;
    }
    hand_out(pool, state);
}

/// Gives each free worker a question.
fn hand_out(pool: &Shared, state: State) {
    let count = pool.borrow().helpers.len();
    for place in 0..count {
        let mut inside = pool.borrow_mut();
        let Pool {
            helpers,
            waiting,
            last,
            ..
        } = &mut *inside;
        let Some(helper) = helpers.get_mut(place).filter(|one| one.busy.is_none()) else {
            continue;
        };
        let Some(mut question) = waiting.pop_front() else {
            return;
        };
        *last += 1;
        question.number = *last;
        let pool = Rc::clone(pool);
        put(helper, question, PATIENCE_MS, move || refuse(&pool, state));
    }
}

/// Asks a worker, and runs the clock of what is done where no answer comes.
fn put(helper: &mut Helper, question: Question, patience: u32, in_vain: impl FnOnce() + 'static) {
    let Ok(text) = serde_json::to_string(&question) else {
        return;
    };
    let clock = Timeout::new(patience, in_vain);
    helper.bridge.send(text);
    helper.busy = Some((question, clock));
}

/// Starts the workers, as many as the machine has room for.
fn hire(pool: &Shared, state: State) -> bool {
    if !browser::allows_worker(LOADER) {
        refuse(pool, state);
        return false;
    }
    for place in 0..browser::spare_cores() {
        let helper = start(pool, state, place, STARTS - 1);
        pool.borrow_mut().helpers.push(helper);
    }
    true
}

/// Starts one worker, in its place among them. It is first asked for next to nothing, so that
/// one that cannot work is soon known; it is started again as often as is said.
fn start(pool: &Shared, state: State, place: usize, again: u32) -> Helper {
    let inbox = Rc::clone(pool);
    let bridge = Answerer::spawner()
        .callback(move |text: String| take(&inbox, state, place, &text))
        .with_loader(true)
        .as_module(true)
        .spawn(LOADER);
    let mut helper = Helper { bridge, busy: None };
    let hello = Question {
        number: 0,
        seed: state.odds().seed,
        draws: 1,
        link: String::new(),
        other: None,
        series: vec![],
        outputs: vec![],
    };
    let pool = Rc::clone(pool);
    put(&mut helper, hello, HELLO_MS, move || {
        let Some(again) = again.checked_sub(1) else {
            refuse(&pool, state);
            return;
        };
        let new = start(&pool, state, place, again);
        let old = match pool.borrow_mut().helpers.get_mut(place) {
            Some(helper) => core::mem::replace(helper, new),
            None => new,
        };
        // Letting go of a bridge ends its worker.
        drop(old);
    });
    helper
}

/// Takes a reply; one of a scenario that has moved on is dropped.
fn take(pool: &Shared, state: State, place: usize, text: &str) {
    let Ok(reply) = serde_json::from_str::<Reply>(text) else {
        refuse(pool, state);
        return;
    };
    let question = {
        let mut pool = pool.borrow_mut();
        let Some(helper) = pool.helpers.get_mut(place) else {
            return;
        };
        let asked = |busy: &(Question, Timeout)| busy.0.number == reply.number;
        match helper.busy.take_if(|busy| asked(busy)) {
            Some((question, _clock)) => question,
            None => return,
        }
    };
    hand_out(pool, state);
    let scenario = state.scenario.get_untracked();
    let other = state.odds().wanted.with_untracked(|wanted| wanted.other);
    let current = question.link == link::encode(&scenario)
        && question.other == other.as_ref().map(link::encode);
    if !current || (reply.answer.bands.is_empty() && reply.answer.figures.is_empty()) {
        return;
    }
    state.odds().refined.update(|refined| {
        let of = Some((scenario, other));
        if refined.of != of {
            *refined = Refined {
                of,
                ..Refined::default()
            };
        }
        merge(&mut refined.answer, reply.answer);
    });
}

/// Gives workers up: what few worlds say stays.
fn refuse(pool: &Shared, state: State) {
    let helpers = {
        let mut pool = pool.borrow_mut();
        if pool.refused {
            return;
        }
        pool.refused = true;
        pool.waiting.clear();
        core::mem::take(&mut pool.helpers)
    };
    // Letting go of a bridge ends its worker.
    drop(helpers);
    state.tell(say!(
        "Ranges stand on {draws} draws: this page may not use background workers here.",
        draws = crate::odds::worlds(FIRST_DRAWS)
    ));
}
