//! What follows signals, without its own type: each type of a function makes the page's
//! module larger by all that leptos does with it.

/// A function that is followed wherever it stands in a view.
pub(crate) type Live<T> = Box<dyn Fn() -> T + Send>;

/// Forgets the type of a function.
pub(crate) fn live<T: 'static>(value: impl Fn() -> T + Send + 'static) -> Live<T> {
    Box::new(value)
}

/// The value of an attribute that is `true` or `false`.
pub(crate) fn yes(value: impl Fn() -> bool + Send + 'static) -> Live<&'static str> {
    live(move || if value() { "true" } else { "false" })
}
