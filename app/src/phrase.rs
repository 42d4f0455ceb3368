//! Sentences with elements in them.

use leptos::prelude::*;

/// A sentence with elements in its places, each where the language puts it: at `{link}`
/// stands the element of that name.
pub(crate) fn phrase(
    sentence: &'static str,
    mut elements: Vec<(&'static str, AnyView)>,
) -> AnyView {
    let mut pieces = vec![];
    let mut rest = sentence;
    while let Some((before, (name, after))) = rest
        .split_once('{')
        .and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
    {
        pieces.push(before.into_any());
        if let Some(place) = elements.iter().position(|(known, _)| *known == name) {
            pieces.push(elements.swap_remove(place).1);
        }
        rest = after;
    }
    pieces.push(rest.into_any());
    pieces.into_any()
}
