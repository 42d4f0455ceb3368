//! A drawing as SVG text, by the same strokes as on the page's canvas.
//!
//! plotters' own backend writes texts smaller than a canvas does and cannot put dashes or
//! rims into one element; this one writes what [`crate::charts`] asks for and nothing else.
//! The grid of the charts becomes CSS pixels again.
//!
//! Colours are written out for files that leave the page, and named by what they stand for
//! where a style sheet says what that is: one drawing serves both themes then.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::rc::Rc;

use plotters::prelude::IntoDrawingArea;
use plotters::style::{Color, RGBAColor, ShapeStyle, TextStyle};
use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use crate::charts::{GRID, Look, Pen, Picture};
use crate::palette::{Role, Theme};

/// How far below the middle of a text its letters stand, in parts of its size.
pub(crate) const DROP: f64 = 0.35;

/// How colours are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Colours {
    /// As they are.
    #[default]
    Written,
    /// By what they stand for. To be drawn in the light theme, in which each stands for one
    /// thing.
    Named,
}

/// What has been drawn, shared by the backend and the pen.
#[derive(Clone, Debug, Default)]
struct Strokes {
    drawn: Rc<RefCell<String>>,
    colours: Colours,
}

impl Strokes {
    fn add(&self, element: &str) {
        self.drawn.borrow_mut().push_str(element);
    }

    /// A colour as an attribute, and its strength as another where it is not whole.
    fn paint(&self, attribute: &str, color: BackendColor) -> String {
        let (r, g, b) = color.rgb;
        let role = match self.colours {
            Colours::Written => None,
            Colours::Named => Role::ALL
                .into_iter()
                .find(|role| role.rgb(Theme::Light) == [r, g, b]),
        };
        let mut text = match role {
            Some(role) => format!(" {attribute}=\"var(--{})\"", role.name()),
            None => format!(" {attribute}=\"#{r:02x}{g:02x}{b:02x}\""),
        };
        if color.alpha < 1.0 {
            let _ = write!(text, " {attribute}-opacity=\"{}\"", short(color.alpha));
        }
        text
    }

    /// A whole style: filled, or a line of some width. Where a style sheet has the colours, it
    /// says that lines are joined roundly, too.
    fn whole<S: BackendStyle>(&self, style: &S, filled: bool) -> String {
        if filled {
            return self.paint("fill", style.color());
        }
        let always = match self.colours {
            Colours::Written => " stroke-linejoin=\"round\"",
            Colours::Named => "",
        };
        format!(
            " fill=\"none\"{} stroke-width=\"{}\"{always}",
            self.paint("stroke", style.color()),
            pixels(style.stroke_width().cast_signed())
        )
    }

    /// A place as it is written: exact, or to a tenth of a pixel where pictures are many.
    fn at(&self, units: i32) -> f64 {
        match self.colours {
            Colours::Written => pixels(units),
            Colours::Named => (pixels(units) * 10.0).round() / 10.0,
        }
    }

    fn line(&self, path: impl IntoIterator<Item = BackendCoord>) -> String {
        let mut text = String::new();
        for (place, (x, y)) in path.into_iter().enumerate() {
            let order = if place == 0 { 'M' } else { 'L' };
            let _ = write!(text, "{order}{} {}", self.at(x), self.at(y));
        }
        text
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

/// The widths that pictures in documents are drawn for, in CSS pixels: a telephone's and a
/// desktop's.
pub(crate) const WIDTHS: [f64; 2] = [324.0, 720.0];

/// The elements of a picture.
pub(crate) fn drawn(picture: &Picture, look: Look, colours: Colours) -> String {
    let grid = |pixels: f64| (pixels * f64::from(GRID)) as u32;
    let strokes = Strokes {
        colours,
        ..Strokes::default()
    };
    let area = Svg {
        strokes: strokes.clone(),
        size: (grid(look.width), grid(look.height)),
    };
    // A string takes whatever is drawn on it.
    let _ = picture.draw_with(&area.into_drawing_area(), look, Some(&strokes));
    strokes.drawn.take()
}

/// Those of a picture of some width, in CSS pixels, with its colours named.
pub(crate) fn named(picture: &Picture, width: f64) -> String {
    let look = Look {
        width,
        height: picture.height(width),
        theme: Theme::Light,
        contrast: false,
    };
    drawn(picture, look, Colours::Named)
}

/// The same as an element of a document, whose style sheet has the colours.
pub(crate) fn inline(picture: &Picture, width: f64, class: &str) -> String {
    format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {width} {:.0}\" role=\"img\" aria-label=\"{}\">{}</svg>",
        picture.height(width),
        escape(&picture.title),
        named(picture, width)
    )
}

/// plotters' backend: an area of so many units of the grid.
#[derive(Debug)]
struct Svg {
    strokes: Strokes,
    size: (u32, u32),
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
        let fill = self.strokes.paint("fill", color);
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
        let paint = self.strokes.whole(style, fill);
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
            self.strokes.line(path),
            self.strokes.whole(style, false)
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
            self.strokes.line(path),
            self.strokes.whole(style, true)
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
            self.strokes.whole(style, fill)
        ));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let paint = self.strokes.paint("fill", style.color());
        self.strokes.words(text, style, at, &paint);
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
            self.line(path.iter().copied()),
            pixels(dash.cast_signed()),
            pixels(gap.cast_signed()),
            self.whole(&style, false)
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
            self.paint("stroke", rim.to_backend_color()),
            pixels(2 * width.cast_signed()),
            self.paint("fill", rim.to_backend_color())
        );
        self.words(text, style, at, &rim);
        self.words(text, style, at, &self.paint("fill", style.color));
    }
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
