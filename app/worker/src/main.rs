//! Starts the worker.

use compute_loop_worker::Answerer;
use gloo::worker::Registrable as _;

fn main() {
    Answerer::registrar().register();
}
