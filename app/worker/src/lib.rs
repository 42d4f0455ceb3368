//! The engine beside the page: a worker that answers questions about the worlds.
//!
//! Questions and answers cross as JSON text inside gloo's own messages, so that one that
//! cannot be read is dropped on either side instead of stopping it.

use compute_loop_core::odds::{Desk, Question};
use gloo::worker::{HandlerId, Registrable as _, Worker, WorkerScope};

/// Where the page finds the worker, beside itself: a few words that start the page's own
/// module, which is there already. `app/ship` writes them.
pub const LOADER: &str = "./worker.js";

/// Has the worker that this is answer from now on.
pub fn answer() {
    Answerer::registrar().register();
}

/// Answers one question after the other.
#[derive(Debug, Default)]
pub struct Answerer {
    desk: Option<Desk>,
}

impl Worker for Answerer {
    type Message = ();
    type Input = String;
    type Output = String;

    fn create(_scope: &WorkerScope<Self>) -> Self {
        Self::default()
    }

    fn update(&mut self, _scope: &WorkerScope<Self>, (): Self::Message) {}

    fn received(&mut self, scope: &WorkerScope<Self>, question: String, asking: HandlerId) {
        // A question of another version of the page gets no answer; the page waits for
        // none for ever.
        let Ok(question) = serde_json::from_str::<Question>(&question) else {
            return;
        };
        let reply = Desk::reply(&mut self.desk, &question);
        if let Ok(reply) = serde_json::to_string(&reply) {
            scope.respond(asking, reply);
        }
    }
}
