//! What the page says and shows, and the repository itself, tested natively.
//!
//! One module a subject; those that concern the models alone are in `model.rs`. What is random here is drawn from a fixed seed, so that a
//! failure is the same on every machine; `PROPTEST_RNG_SEED` draws something else.

#[path = "suite/answers.rs"]
mod answers;
#[path = "suite/article.rs"]
mod article;
#[path = "suite/charts.rs"]
mod charts;
#[path = "suite/cli.rs"]
mod cli;
#[path = "suite/content.rs"]
mod content;
#[path = "suite/desk.rs"]
mod desk;
#[allow(dead_code, reason = "the tests of the model draw in more ways")]
#[path = "suite/draw.rs"]
mod draw;
#[path = "suite/embed.rs"]
mod embed;
#[path = "suite/language.rs"]
mod language;
#[path = "suite/library.rs"]
mod library;
#[path = "suite/methods.rs"]
mod methods;
#[path = "suite/palette.rs"]
mod palette;
#[path = "suite/prose.rs"]
mod prose;
#[path = "suite/readings.rs"]
mod readings;
#[path = "suite/share.rs"]
mod share;
#[path = "suite/spread.rs"]
mod spread;
#[path = "suite/tidy.rs"]
mod tidy;
#[path = "suite/visible.rs"]
mod visible;
