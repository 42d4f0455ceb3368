//! The Compute Loop: its prose, its charts and its page.
//!
//! Without the feature `page` the crate knows no browser: what the charts show and how
//! they are drawn can be tested natively.

#![cfg_attr(
    feature = "page",
    allow(unreachable_pub, reason = "the component macro writes public items")
)]

#[cfg(feature = "svg")]
pub mod article;
pub mod charts;
pub mod content;
pub mod export;
pub mod palette;
pub mod poster;
pub mod query;
#[cfg(any(feature = "page", feature = "svg"))]
mod room;
pub mod snippet;
mod svg;

#[cfg(feature = "page")]
mod announce;
#[cfg(feature = "page")]
mod api;
#[cfg(feature = "page")]
mod bar;
#[cfg(feature = "page")]
mod belief;
#[cfg(feature = "bench")]
pub mod bench;
#[cfg(feature = "page")]
mod browser;
#[cfg(feature = "page")]
mod canvas;
#[cfg(feature = "page")]
mod cards;
#[cfg(feature = "page")]
mod chunks;
#[cfg(feature = "page")]
mod compare;
#[cfg(feature = "page")]
mod dialog;
#[cfg(feature = "page")]
mod disagreements;
#[cfg(feature = "page")]
mod doubt;
#[cfg(feature = "page")]
mod drawer;
#[cfg(feature = "page")]
mod embed;
#[cfg(feature = "page")]
mod facade;
#[cfg(feature = "page")]
mod facts;
#[cfg(feature = "page")]
mod figure;
#[cfg(feature = "page")]
mod first;
#[cfg(feature = "page")]
mod handover;
#[cfg(feature = "page")]
mod hear;
#[cfg(feature = "page")]
mod history;
#[cfg(feature = "page")]
mod hold;
#[cfg(feature = "page")]
mod host;
#[cfg(feature = "page")]
mod kinds;
#[cfg(feature = "page")]
mod lever;
#[cfg(feature = "page")]
mod library;
#[cfg(feature = "page")]
mod live;
#[cfg(feature = "page")]
mod matters;
#[cfg(feature = "page")]
mod methods;
#[cfg(feature = "page")]
mod odds;
#[cfg(feature = "page")]
mod opening;
#[cfg(feature = "page")]
mod page;
#[cfg(feature = "page")]
mod phrase;
#[cfg(feature = "page")]
mod prose;
#[cfg(feature = "page")]
mod question;
#[cfg(feature = "page")]
mod quote;
#[cfg(feature = "page")]
mod readout;
#[cfg(feature = "page")]
mod refine;
#[cfg(feature = "page")]
mod share;
#[cfg(feature = "page")]
mod sight;
#[cfg(feature = "page")]
mod source;
#[cfg(feature = "page")]
mod start;
#[cfg(feature = "page")]
mod state;
#[cfg(feature = "page")]
mod tables;
#[cfg(feature = "page")]
mod touch;
#[cfg(feature = "page")]
mod trace;

#[cfg(feature = "page")]
pub use start::mount;
