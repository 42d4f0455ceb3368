//! The models of The Compute Loop: the deal, the chips, the gigawatts, the revenue.
//!
//! ```text
//! evidence/*.json ──► facts ──► levers ──► Scenario ──► model::run ──► Outcome ──► JSON
//!                       └──────────────────────▲              ├──► laws
//!                                                             └──► replication
//! ```
//!
//! One pure function, [`model::run`], turns a [`scenario::Scenario`] into an
//! [`outcome::Outcome`]. Steps are months from January 2023 to December 2036; money is
//! in billions of US dollars, power in gigawatts at the facility. Nothing here reads a
//! clock, a file or a network, and the same scenario gives the same bits natively and
//! in a browser.
//!
//! This package is compiled for speed. What reads and writes words, numbers, links and JSON
//! is `#[inline]`: it is compiled with the package that uses it, the page for size.
//!
//! ```
//! use compute_loop_core::{levers::Lever, model, outcome::Output, scenario::Scenario};
//!
//! let scenario = Scenario::default().with(Lever::Arr2026, 60.0);
//! let outcome = model::run(&scenario);
//! assert!(outcome.get(Output::GwNeeded202612) < 7.5);
//! ```

pub mod assumption;
pub mod chance;
pub mod cheapest;
pub mod circle;
pub mod cite;
pub mod claim;
pub mod comparison;
pub mod decimal;
pub mod evidence;
pub mod expression;
pub mod fact;
pub mod field;
pub mod file;
pub mod format;
pub mod growth;
pub mod json;
pub mod kind;
pub mod ladder;
pub mod lane;
pub mod laws;
pub mod layers;
pub mod levers;
pub mod link;
pub mod map;
pub mod message;
pub mod methods;
pub mod model;
pub mod month;
pub mod odds;
pub mod origin;
pub mod outcome;
pub mod parts;
pub mod plan;
pub mod pledge;
pub mod prediction;
pub mod preset;
pub mod price;
pub mod quantile;
pub mod question;
pub mod quote;
pub mod replication;
pub mod scenario;
pub mod solve;
pub mod spoken;
pub mod step;
pub mod sway;
pub mod trace;
pub mod uncertainty;
pub mod unit;
pub mod viewpoint;
pub mod words;
