//! What lies over the page or beside it, and the list of what differs: fetched when first
//! opened.

use leptos::prelude::*;

use crate::compare::Comparison;
use crate::drawer::Drawer;
use crate::quote::QuoteCard;
use crate::source::FactCard;
use crate::state::State;
use crate::trace::TracePanel;

/// The drawer and the cards.
pub(crate) fn all(state: State) -> AnyView {
    view! {
        <Drawer state />
        <TracePanel state />
        <FactCard state />
        <QuoteCard state />
    }
    .into_any()
}

/// The list of what differs from another scenario.
pub(crate) fn comparison(state: State) -> AnyView {
    view! { <Comparison state /> }.into_any()
}
