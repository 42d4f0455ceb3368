//! What goes wrong while driving a browser.

use std::error::Error;
use std::fmt;

/// What went wrong, in words for whoever reads the test's output.
pub struct Trouble(String);

impl Trouble {
    /// Says what went wrong.
    pub fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }

    /// Turns an error into one that says first what was being done.
    pub fn during<E: fmt::Display>(what: impl fmt::Display) -> impl FnOnce(E) -> Self {
        move |error| Self(format!("{what}: {error}"))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A test that returns an error prints its `Debug` form: the same words serve
/// better there than a quoted string on one line.
impl fmt::Debug for Trouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Error for Trouble {}
