//! Every figure of the models to the last bit: a test target of `core` by itself, which is
//! built in seconds, so that hundreds of changes on purpose can be tried (`make mutants`).

#[allow(dead_code, reason = "the tests of the model draw in more ways")]
#[path = "suite/draw.rs"]
mod draw;
#[path = "suite/golden.rs"]
mod golden;
