//! A drawing as SVG text, by the same strokes as on the page's canvas.
//!
//! plotters' own backend writes texts smaller than a canvas does and cannot put dashes or
//! rims into one element; this one writes what [`crate::charts`] asks for and nothing else.
//! The grid of the charts becomes CSS pixels again.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::rc::Rc;

use plotters::style::{Color, RGBAColor, ShapeStyle, TextStyle};
use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use crate::charts::{GRID, Pen};

/// How far below the middle of a text its letters stand, in parts of its size.
pub(crate) const DROP: f64 = 0.35;

/// What has been drawn, shared by the backend and the pen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Strokes(Rc<RefCell<String>>);

impl Strokes {
    /// The elements drawn so far.
    pub(crate) fn text(&self) -> String {
        self.0.borrow().clone()
    }

    fn add(&self, element: &str) {
        self.0.borrow_mut().push_str(element);
    }

    fn words<S: BackendTextStyle>(&self, text: &str, style: &S, at: BackendCoord, paint: &str) {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        let size = style.size() / f64::from(GRID);
        let weight = match style.style().as_str() {
            "normal" => String::new(),
            heavy => format!(" font-weight=\"{heavy}\""),
        };
        self.add(&format!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{size}\" text-anchor=\"{anchor}\"{weight}{paint}>{}</text>\n",
            pixels(at.0),
            short(f64::from(at.1) / f64::from(GRID) + DROP * size),
            escape(text)
        ));
    }
}

/// plotters' backend: an area of so many units of the grid.
#[derive(Debug)]
pub(crate) struct Svg {
    pub(crate) strokes: Strokes,
    pub(crate) size: (u32, u32),
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Svg {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Drawn {
        let (x, y, side) = (pixels(at.0), pixels(at.1), pixels(1));
        let fill = paint("fill", color);
        self.strokes.add(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{side}\" height=\"{side}\"{fill}/>\n"
        ));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let paint = whole(style, fill);
        self.strokes.add(&format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{paint}/>\n",
            pixels(from.0.min(to.0)),
            pixels(from.1.min(to.1)),
            pixels((to.0 - from.0).abs()),
            pixels((to.1 - from.1).abs()),
        ));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.strokes.add(&format!(
            "<path d=\"{}\"{}/>\n",
            line(path),
            whole(style, false)
        ));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.strokes.add(&format!(
            "<path d=\"{}Z\"{}/>\n",
            line(path),
            whole(style, true)
        ));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        at: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.strokes.add(&format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}/>\n",
            pixels(at.0),
            pixels(at.1),
            pixels(radius.cast_signed()),
            whole(style, fill)
        ));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        self.strokes
            .words(text, style, at, &paint("fill", style.color()));
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let width = crate::charts::text_width(text, style.size());
        Ok((width as u32, style.size() as u32))
    }
}

impl Pen for Strokes {
    fn broken(&self, path: &[BackendCoord], style: ShapeStyle, [dash, gap]: [u32; 2]) {
        self.add(&format!(
            "<path d=\"{}\" stroke-dasharray=\"{} {}\"{}/>\n",
            line(path.iter().copied()),
            pixels(dash.cast_signed()),
            pixels(gap.cast_signed()),
            whole(&style, false)
        ));
    }

    fn rimmed(
        &self,
        text: &str,
        style: &TextStyle<'_>,
        at: BackendCoord,
        rim: RGBAColor,
        width: u32,
    ) {
        // Under the letters and in an element of its own: not every reader of SVG knows the
        // order in which to paint one.
        let rim = format!(
            "{} stroke-width=\"{}\" stroke-linejoin=\"round\" aria-hidden=\"true\"{}",
            paint("stroke", rim.to_backend_color()),
            pixels(2 * width.cast_signed()),
            paint("fill", rim.to_backend_color())
        );
        self.words(text, style, at, &rim);
        self.words(text, style, at, &paint("fill", style.color));
    }
}

/// A colour as an attribute, and its strength as another where it is not whole.
fn paint(attribute: &str, color: BackendColor) -> String {
    let (r, g, b) = color.rgb;
    let mut text = format!(" {attribute}=\"#{r:02x}{g:02x}{b:02x}\"");
    if color.alpha < 1.0 {
        let _ = write!(text, " {attribute}-opacity=\"{}\"", short(color.alpha));
    }
    text
}

/// A whole style: filled, or a line of some width.
fn whole<S: BackendStyle>(style: &S, filled: bool) -> String {
    if filled {
        return paint("fill", style.color());
    }
    format!(
        " fill=\"none\"{} stroke-width=\"{}\" stroke-linejoin=\"round\"",
        paint("stroke", style.color()),
        pixels(style.stroke_width().cast_signed())
    )
}

fn line(path: impl IntoIterator<Item = BackendCoord>) -> String {
    let mut text = String::new();
    for (place, (x, y)) in path.into_iter().enumerate() {
        let order = if place == 0 { 'M' } else { 'L' };
        let _ = write!(text, "{order}{} {}", pixels(x), pixels(y));
    }
    text
}

/// Units of the grid in CSS pixels: exact, since the grid is a power of two.
fn pixels(units: i32) -> f64 {
    f64::from(units) / f64::from(GRID)
}

/// A number with two decimals at most.
pub(crate) fn short(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// A text inside XML. What XML cannot hold is left out.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
