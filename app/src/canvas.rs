//! A picture on a canvas, sharp at any pixel ratio. The sole user of plotters-canvas.

use plotters::prelude::IntoDrawingArea;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::charts::{GRID, Look, Picture};

/// Draws a picture over the whole canvas. The canvas gets as many pixels as the screen
/// has under it, and the context scales the chart's fine grid down to them. A browser
/// that refuses a context leaves the canvas empty: the summary below it still stands.
///
/// `read` is the place that a reader points at.
pub(crate) fn draw(
    canvas: &HtmlCanvasElement,
    picture: &Picture,
    look: Look,
    ratio: f64,
    read: Option<usize>,
) {
    let (width, height) = ((look.width * ratio).round(), (look.height * ratio).round());
    // Setting a size clears the canvas and costs memory: only when it has changed.
    if canvas.width() != width as u32 {
        canvas.set_width(width as u32);
    }
    if canvas.height() != height as u32 {
        canvas.set_height(height as u32);
    }
    let context = canvas.get_context("2d").ok().flatten();
    let Some(context) =
        context.and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok())
    else {
        return;
    };
    let Some(inner) = CanvasBackend::with_canvas_object(canvas.clone()) else {
        return;
    };
    let _ = context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
    context.clear_rect(0.0, 0.0, width, height);
    let scale = ratio / f64::from(GRID);
    let _ = context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0);
    context.set_line_join("round");
    let size = (
        (look.width * f64::from(GRID)) as u32,
        (look.height * f64::from(GRID)) as u32,
    );
    let area = Fine { inner, size }.into_drawing_area();
    // A failed stroke is not worth the page: the next movement draws again.
    let _ = picture.draw(&area, look);
    if let Some(place) = read {
        let _ = picture.point_out(&area, look, place);
    }
}

/// plotters' canvas with the size of the chart's grid instead of the canvas's own.
struct Fine {
    inner: CanvasBackend,
    size: (u32, u32),
}

type Drawn = Result<(), DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>>;

impl DrawingBackend for Fine {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        self.inner.ensure_prepared()
    }

    fn present(&mut self) -> Drawn {
        self.inner.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.inner.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.inner.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.inner.draw_rect(from, to, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.inner.draw_path(path, style)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.inner.fill_polygon(path, style)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.inner.draw_circle(center, radius, style, fill)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        self.inner.draw_text(text, style, at)
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Self::ErrorType>> {
        // The charts place every label themselves. Answering here keeps plotters from
        // measuring in the document, which would force a layout for each label.
        let width = crate::charts::text_width(text, style.size());
        Ok((width as u32, style.size() as u32))
    }
}
