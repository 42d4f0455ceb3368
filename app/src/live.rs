//! What follows signals, without its own type: each type of a function makes the page's
//! module larger by all that leptos does with it.

use leptos::prelude::*;

/// A function that is followed wherever it stands in a view.
pub(crate) type Live<T> = Box<dyn Fn() -> T + Send>;

/// Forgets the type of a function.
pub(crate) fn live<T: 'static>(value: impl Fn() -> T + Send + 'static) -> Live<T> {
    Box::new(value)
}

/// Runs something whenever what it reads changes.
pub(crate) fn effect(run: impl FnMut() + 'static) {
    let mut run: Box<dyn FnMut()> = Box::new(run);
    Effect::new(move |_: Option<()>| run());
}

/// A value that is worked out whenever what it reads changes, and told where it differs.
pub(crate) fn memo<T>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    let value: Box<dyn Fn() -> T + Send + Sync> = Box::new(value);
    Memo::new(move |_| value())
}

/// The value of an attribute that is `true` or `false`.
pub(crate) fn yes(value: impl Fn() -> bool + Send + 'static) -> Live<&'static str> {
    live(move || if value() { "true" } else { "false" })
}
