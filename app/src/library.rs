//! The evidence, fetched when a reader first asks for it.

use std::sync::Arc;

use compute_loop_core::evidence::{Conflict, Row, Source};
use compute_loop_core::say;
use compute_loop_core::words::t;
use gloo::net::http::Request;
use leptos::prelude::*;
use serde::de::DeserializeOwned;

use crate::chunks;

/// Facts, sources and disagreements, once they are here.
#[derive(Clone, Debug)]
pub(crate) struct Library {
    pub(crate) facts: Vec<Row>,
    pub(crate) sources: Vec<Source>,
    pub(crate) conflicts: Vec<Conflict>,
}

impl Library {
    /// The fact with an id.
    pub(crate) fn fact(&self, id: &str) -> Option<&Row> {
        self.facts.iter().find(|row| row.id == id)
    }

    /// Kind, date and source of a fact in a few words.
    pub(crate) fn origin(&self, row: &Row) -> String {
        self.source(&row.source).map_or_else(
            || t(row.kind.name()).to_owned(),
            |source| row.origin(source),
        )
    }

    /// The source with an id.
    pub(crate) fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }
}

/// How far the fetching is.
#[derive(Clone, Debug, Default)]
pub(crate) enum Shelf {
    /// Nobody has asked yet.
    #[default]
    Closed,
    /// Under way.
    Fetching,
    /// Here.
    Open(Arc<Library>),
    /// It did not come; the text says why.
    Failed(String),
}

/// Fetches the evidence unless it is here or under way. After a failure it is tried
/// again.
pub(crate) fn open(shelf: RwSignal<Shelf>) {
    if matches!(shelf.get_untracked(), Shelf::Fetching | Shelf::Open(_)) {
        return;
    }
    shelf.set(Shelf::Fetching);
    wasm_bindgen_futures::spawn_local(async move {
        shelf.set(match fetch_all().await {
            Ok(library) => Shelf::Open(Arc::new(library)),
            Err(why) => Shelf::Failed(why),
        });
    });
}

async fn fetch_all() -> Result<Library, String> {
    if !chunks::evidence_is_said().await {
        return Err(t("its words could not be fetched").to_owned());
    }
    Ok(Library {
        facts: fetch("facts").await?,
        sources: fetch("sources").await?,
        conflicts: fetch("conflicts").await?,
    })
}

async fn fetch<T: DeserializeOwned>(name: &str) -> Result<Vec<T>, String> {
    let address = format!("evidence/{name}.json");
    let response = Request::get(&address)
        .send()
        .await
        .map_err(|error| error.to_string())?;
    if !response.ok() {
        return Err(say!(
            "{address} answered {status}",
            address,
            status = response.status()
        ));
    }
    let text = response.text().await.map_err(|error| error.to_string())?;
    serde_json::from_str(&text).map_err(|error| format!("{address}: {error}"))
}
