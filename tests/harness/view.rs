//! What a page is looked at through.

/// What a system wants of the colours of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    /// Nothing.
    Any,
    /// More contrast.
    Contrasting,
    /// Its own, for everything.
    Forced,
}

/// A window of some size on a screen of some kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Width in CSS pixels; may be below the 500 a real window has at least.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
    /// Whether the system prefers dark colours.
    pub dark: bool,
    /// Device pixels to a CSS pixel.
    pub scale: f64,
    /// Whether the system asks for less movement.
    pub still: bool,
    /// What the system wants of colours.
    pub colours: Colours,
    /// Whether the first pointer is a finger.
    pub touch: bool,
}

impl View {
    /// A light window of this size on a screen of ordinary density.
    pub const fn new(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            dark: false,
            scale: 1.0,
            still: false,
            colours: Colours::Any,
            touch: false,
        }
    }

    /// The same in a system that prefers dark colours.
    #[must_use]
    pub const fn dark(self) -> Self {
        Self { dark: true, ..self }
    }

    /// The same with `scale` device pixels to a CSS pixel.
    #[must_use]
    pub const fn scale(self, scale: f64) -> Self {
        Self { scale, ..self }
    }

    /// The same in a system that asks for less movement.
    #[must_use]
    pub const fn still(self) -> Self {
        Self {
            still: true,
            ..self
        }
    }

    /// The same in a system that asks for more contrast.
    #[must_use]
    pub const fn contrast(self) -> Self {
        Self {
            colours: Colours::Contrasting,
            ..self
        }
    }

    /// The same in a system that has colours of its own for everything.
    #[must_use]
    pub const fn forced(self) -> Self {
        Self {
            colours: Colours::Forced,
            ..self
        }
    }

    /// The same on a touch screen.
    #[must_use]
    pub const fn touch(self) -> Self {
        Self {
            touch: true,
            ..self
        }
    }
}

impl Default for View {
    /// A laptop's window.
    fn default() -> Self {
        Self::new(1280, 800)
    }
}
