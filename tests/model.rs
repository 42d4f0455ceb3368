//! The models, their evidence and their promises, tested natively: a test target of
//! `core`, so that a change of the model is tested without building the page.
//!
//! One module a subject. What is random here is drawn from a fixed seed, so that a
//! failure is the same on every machine; `PROPTEST_RNG_SEED` draws something else.

#[path = "suite/circle.rs"]
mod circle;
#[path = "suite/defaults.rs"]
mod defaults;
#[path = "suite/dependency.rs"]
mod dependency;
#[path = "suite/draw.rs"]
mod draw;
#[path = "suite/facts.rs"]
mod facts;
#[path = "suite/json.rs"]
mod json;
#[path = "suite/lanes.rs"]
mod lanes;
#[path = "suite/laws.rs"]
mod laws;
#[path = "suite/levers.rs"]
mod levers;
#[path = "suite/links.rs"]
mod links;
#[path = "suite/metamorphic.rs"]
mod metamorphic;
#[path = "suite/odds.rs"]
mod odds;
#[path = "suite/predictions.rs"]
mod predictions;
#[path = "suite/quantities.rs"]
mod quantities;
#[path = "suite/quotes.rs"]
mod quotes;
#[path = "suite/replication.rs"]
mod replication;
#[path = "suite/sensitivity.rs"]
mod sensitivity;
#[path = "suite/sums.rs"]
mod sums;
#[path = "suite/targets.rs"]
mod targets;
#[path = "suite/trace.rs"]
mod trace;
#[path = "suite/units.rs"]
mod units;
#[path = "suite/viewpoints.rs"]
mod viewpoints;
