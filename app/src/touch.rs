//! A finger on a page that scrolls.

use web_sys::PointerEvent;

/// A finger on something that moves sideways, on a page that scrolls up and down: it
/// moves nothing before it is clear which of the two is meant.
#[derive(Clone, Copy)]
pub(crate) struct Touch {
    x: f64,
    y: f64,
    /// Whether it goes clearly sideways.
    pub(crate) across: bool,
}

impl Touch {
    /// How far a finger has to go for that, in CSS pixels.
    const CLEAR: f64 = 6.0;

    /// A finger that has just been put down; none for a mouse or a pen.
    pub(crate) fn of(event: &PointerEvent) -> Option<Self> {
        (event.pointer_type() == "touch").then(|| Self {
            x: f64::from(event.client_x()),
            y: f64::from(event.client_y()),
            across: false,
        })
    }

    /// Takes in where the finger is now.
    pub(crate) fn follow(&mut self, event: &PointerEvent) {
        let across = (f64::from(event.client_x()) - self.x).abs();
        let along = (f64::from(event.client_y()) - self.y).abs();
        self.across |= across >= Self::CLEAR && across > along;
    }
}
