//! The models, their evidence and their promises, tested natively.
//!
//! One module a subject. What is random here is drawn from a fixed seed, so that a
//! failure is the same on every machine; `PROPTEST_RNG_SEED` draws something else.

#[path = "suite/answers.rs"]
mod answers;
#[path = "suite/article.rs"]
mod article;
#[path = "suite/charts.rs"]
mod charts;
#[path = "suite/circle.rs"]
mod circle;
#[path = "suite/cli.rs"]
mod cli;
#[path = "suite/content.rs"]
mod content;
#[path = "suite/defaults.rs"]
mod defaults;
#[path = "suite/dependency.rs"]
mod dependency;
#[path = "suite/desk.rs"]
mod desk;
#[path = "suite/draw.rs"]
mod draw;
#[path = "suite/embed.rs"]
mod embed;
#[path = "suite/facts.rs"]
mod facts;
#[path = "suite/json.rs"]
mod json;
#[path = "suite/lanes.rs"]
mod lanes;
#[path = "suite/language.rs"]
mod language;
#[path = "suite/laws.rs"]
mod laws;
#[path = "suite/levers.rs"]
mod levers;
#[path = "suite/library.rs"]
mod library;
#[path = "suite/links.rs"]
mod links;
#[path = "suite/metamorphic.rs"]
mod metamorphic;
#[path = "suite/methods.rs"]
mod methods;
#[path = "suite/odds.rs"]
mod odds;
#[path = "suite/palette.rs"]
mod palette;
#[path = "suite/predictions.rs"]
mod predictions;
#[path = "suite/prose.rs"]
mod prose;
#[path = "suite/quantities.rs"]
mod quantities;
#[path = "suite/quotes.rs"]
mod quotes;
#[path = "suite/readings.rs"]
mod readings;
#[path = "suite/replication.rs"]
mod replication;
#[path = "suite/sensitivity.rs"]
mod sensitivity;
#[path = "suite/share.rs"]
mod share;
#[path = "suite/spread.rs"]
mod spread;
#[path = "suite/targets.rs"]
mod targets;
#[path = "suite/tidy.rs"]
mod tidy;
#[path = "suite/trace.rs"]
mod trace;
#[path = "suite/viewpoints.rs"]
mod viewpoints;
#[path = "suite/visible.rs"]
mod visible;
