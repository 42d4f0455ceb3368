//! Drawing in CSS pixels on any plotters backend.
//!
//! plotters places everything on whole pixels, which makes lines wobble. A surface is
//! therefore laid out on a grid [`GRID`] times finer than CSS pixels, and the backend
//! scales it down: the canvas by its transform, SVG by its view box.

use plotters::coord::Shift;
use plotters::element::{DashedPathElement, PathElement, Polygon};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::palette::{Role, Theme};

/// Grid units in a CSS pixel.
pub const GRID: u32 = 16;

/// Says that a backend refused to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// The result of drawing.
pub type Drawn = Result<(), Refused>;

/// What is drawn on: a plotters area, whatever its backend.
pub(super) trait Sheet {
    fn path(&self, points: Vec<(i32, i32)>, style: ShapeStyle) -> Drawn;
    fn dashed(&self, points: Vec<(i32, i32)>, lengths: [u32; 2], style: ShapeStyle) -> Drawn;
    fn polygon(&self, points: Vec<(i32, i32)>, style: ShapeStyle) -> Drawn;
    fn rectangle(&self, corners: [(i32, i32); 2], style: ShapeStyle) -> Drawn;
    fn circle(&self, at: (i32, i32), radius: i32, style: ShapeStyle) -> Drawn;
    fn words(&self, text: &str, at: (i32, i32), style: TextStyle<'static>) -> Drawn;
}

impl<DB: DrawingBackend> Sheet for DrawingArea<DB, Shift> {
    fn path(&self, points: Vec<(i32, i32)>, style: ShapeStyle) -> Drawn {
        let path = PathElement::new(points, style);
        self.draw(&path).map_err(|_| Refused)
    }

    fn dashed(&self, points: Vec<(i32, i32)>, [dash, gap]: [u32; 2], style: ShapeStyle) -> Drawn {
        let path = DashedPathElement::new(points, dash, gap, style);
        self.draw(&path).map_err(|_| Refused)
    }

    fn polygon(&self, points: Vec<(i32, i32)>, style: ShapeStyle) -> Drawn {
        self.draw(&Polygon::new(points, style)).map_err(|_| Refused)
    }

    fn rectangle(&self, corners: [(i32, i32); 2], style: ShapeStyle) -> Drawn {
        self.draw(&Rectangle::new(corners, style))
            .map_err(|_| Refused)
    }

    fn circle(&self, at: (i32, i32), radius: i32, style: ShapeStyle) -> Drawn {
        self.draw(&Circle::new(at, radius, style))
            .map_err(|_| Refused)
    }

    fn words(&self, text: &str, at: (i32, i32), style: TextStyle<'static>) -> Drawn {
        self.draw(&Text::new(text, at, style)).map_err(|_| Refused)
    }
}

/// What a drawing looks like, apart from its content.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
    /// Light or dark.
    pub theme: Theme,
    /// Whether the reader's system asks for more contrast: nothing is grey then.
    pub contrast: bool,
}

/// A point in CSS pixels from the upper left corner.
pub(super) type Point = (f64, f64);

/// Where a text stands relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    /// The text begins at the point.
    Start,
    /// The point is its middle.
    Middle,
    /// The text ends at the point.
    End,
}

/// The fonts of charts: the system's sans, as in the page's controls.
pub const FONT: &str = "system-ui, -apple-system, Segoe UI, Roboto, Liberation Sans, sans-serif";

/// What a backend may do in one go that plotters has no words for. Places and lengths
/// are in units of the grid.
pub trait Pen {
    /// A line through points, of dashes and gaps of such lengths.
    fn broken(&self, path: &[(i32, i32)], style: ShapeStyle, lengths: [u32; 2]);

    /// A text with a rim of some width around its letters.
    fn rimmed(&self, text: &str, style: &TextStyle<'_>, at: (i32, i32), rim: RGBAColor, width: u32);
}

/// A drawing area with a look.
pub(super) struct Surface<'a> {
    sheet: &'a dyn Sheet,
    pen: Option<&'a dyn Pen>,
    /// Size and theme.
    pub(super) look: Look,
}

impl<'a> Surface<'a> {
    /// Lays a look over an area whose size is the look's times [`GRID`].
    pub(super) fn new(sheet: &'a dyn Sheet, look: Look, pen: Option<&'a dyn Pen>) -> Self {
        Self { sheet, pen, look }
    }

    fn color(&self, role: Role, alpha: f64) -> RGBAColor {
        let role = if self.look.contrast {
            role.stronger()
        } else {
            role
        };
        let [r, g, b] = role.rgb(self.look.theme);
        RGBAColor(r, g, b, alpha)
    }

    /// A line through points.
    pub(super) fn line(&self, points: &[Point], width: f64, role: Role) -> Drawn {
        self.stroke(points, width, role, 1.0)
    }

    /// A line of some strength through points.
    pub(super) fn stroke(&self, points: &[Point], width: f64, role: Role, alpha: f64) -> Drawn {
        let style = self.color(role, alpha).stroke_width(units(width) as u32);
        self.sheet.path(on_grid(points), style)
    }

    /// A dashed line through points.
    pub(super) fn dashes(&self, points: &[Point], width: f64, role: Role) -> Drawn {
        self.broken(points, width, role, [5.0, 4.0])
    }

    /// A dotted line through points.
    pub(super) fn dots(&self, points: &[Point], width: f64, role: Role) -> Drawn {
        self.broken(points, width, role, [width, 2.0 * width])
    }

    /// A line of dashes and gaps of such lengths.
    fn broken(&self, points: &[Point], width: f64, role: Role, [dash, gap]: [f64; 2]) -> Drawn {
        let style = self.color(role, 1.0).stroke_width(units(width) as u32);
        let (path, dash, gap) = (on_grid(points), units(dash) as u32, units(gap) as u32);
        if let Some(pen) = self.pen {
            pen.broken(&path, style, [dash, gap]);
            return Ok(());
        }
        self.sheet.dashed(path, [dash, gap], style)
    }

    /// A filled shape.
    pub(super) fn fill(&self, points: &[Point], role: Role, alpha: f64) -> Drawn {
        let style = self.color(role, alpha).filled();
        self.sheet.polygon(on_grid(points), style)
    }

    /// A filled rectangle between two corners.
    pub(super) fn block(&self, from: Point, to: Point, role: Role, alpha: f64) -> Drawn {
        let corners = [grid_point(from), grid_point(to)];
        self.sheet
            .rectangle(corners, self.color(role, alpha).filled())
    }

    /// A filled dot with a rim of paper, so that it stands off the line it lies on.
    pub(super) fn dot(&self, at: Point, radius: f64, role: Role) -> Drawn {
        let rim = units(radius + 1.5);
        self.sheet
            .circle(grid_point(at), rim, self.color(Role::Paper, 1.0).filled())?;
        self.sheet.circle(
            grid_point(at),
            units(radius),
            self.color(role, 1.0).filled(),
        )
    }

    /// A ring: a published point.
    pub(super) fn ring(&self, at: Point, radius: f64, role: Role) -> Drawn {
        self.dot(at, radius, role)?;
        self.sheet.circle(
            grid_point(at),
            units(radius - 1.6),
            self.color(Role::Paper, 1.0).filled(),
        )
    }

    /// A text over lines: a halo of paper keeps them off its letters.
    pub(super) fn text_over(&self, at: Point, text: &str, style: TextLook) -> Drawn {
        if let Some(pen) = self.pen {
            let paper = self.color(Role::Paper, 1.0);
            let rim = units(HALO) as u32;
            pen.rimmed(text, &self.style(style), grid_point(at), paper, rim);
            return Ok(());
        }
        let paper = TextLook {
            role: Role::Paper,
            ..style
        };
        for (x, y) in AROUND {
            self.text((at.0 + x, at.1 + y), text, paper)?;
        }
        self.text(at, text, style)
    }

    /// A text whose vertical middle is at the point.
    pub(super) fn text(&self, at: Point, text: &str, style: TextLook) -> Drawn {
        self.sheet.words(text, grid_point(at), self.style(style))
    }

    /// How plotters writes such a text.
    fn style(&self, style: TextLook) -> TextStyle<'static> {
        let position = match style.align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        let weight = if style.bold {
            FontStyle::Bold
        } else {
            FontStyle::Normal
        };
        let font = FontDesc::new(FontFamily::Name(FONT), style.size * f64::from(GRID), weight);
        TextStyle {
            font,
            color: self.color(style.role, 1.0).to_backend_color(),
            pos: Pos::new(position, VPos::Center),
        }
    }
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextLook {
    /// Size in CSS pixels.
    pub(super) size: f64,
    /// Colour.
    pub(super) role: Role,
    /// Where it stands.
    pub(super) align: Align,
    /// Heavier.
    pub(super) bold: bool,
}

impl TextLook {
    /// Plain text of a size and colour, beginning at its point.
    pub(super) const fn new(size: f64, role: Role) -> Self {
        Self {
            size,
            role,
            align: Align::Start,
            bold: false,
        }
    }

    /// The same, aligned otherwise.
    #[must_use]
    pub(super) const fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }

    /// The same, heavier.
    #[must_use]
    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }
}

/// About how wide a text is, in CSS pixels. Measuring it would force the browser to
/// lay out the page; a sans of common width is near enough to keep labels apart.
pub fn text_width(text: &str, size: f64) -> f64 {
    let ems: f64 = text
        .chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | '.' | ',' | ':' | '\'' | '|' => 0.26,
            ' ' | '\u{202f}' | 'f' | 't' | 'r' | '(' | ')' | '-' => 0.33,
            'm' | 'w' | 'M' | 'W' | '%' => 0.86,
            'A'..='Z' => 0.67,
            c if is_wide(c) => 0.95,
            _ => 0.555,
        })
        .sum();
    // System fonts differ by a tenth; the widest common one decides.
    1.11 * ems * size
}

/// Whether a letter is as wide as high, as those of Chinese are.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
}

/// A text in pieces that stay on one line, each with the space before it: words, and where a
/// script has no spaces letters, together with what may not begin or end a line.
pub(crate) fn pieces(text: &str) -> Vec<(&'static str, &str)> {
    /// What belongs to the letter before it.
    const CLOSING: &str = "，。、；：！？）》」』”’…—·,.;:!?)%×\u{202f}";
    /// What belongs to the letter after it.
    const OPENING: &str = "（《「『“‘([$±<>≥≤+−-\u{202f}";
    let mut found = vec![];
    for word in text.split(' ') {
        let (mut space, mut from) = (" ", 0);
        let letters = word.char_indices().zip(word.chars().skip(1));
        for ((at, before), after) in letters {
            let parts = (is_wide(before) || is_wide(after))
                && !OPENING.contains(before)
                && !CLOSING.contains(after);
            if parts {
                let end = at + before.len_utf8();
                found.push((space, &word[from..end]));
                (space, from) = ("", end);
            }
        }
        found.push((space, &word[from..]));
    }
    found
}

/// About how wide a heavier text is.
pub(super) fn bold_width(text: &str, size: f64) -> f64 {
    1.1 * text_width(text, size)
}

/// How far a halo reaches beyond the letters.
const HALO: f64 = 1.6;

/// Around a text, where its halo lies: see [`Surface::text_over`].
const AROUND: [Point; 8] = [
    (HALO, 0.0),
    (-HALO, 0.0),
    (0.0, HALO),
    (0.0, -HALO),
    (1.1, 1.1),
    (1.1, -1.1),
    (-1.1, 1.1),
    (-1.1, -1.1),
];

fn units(pixels: f64) -> i32 {
    (pixels * f64::from(GRID)).round() as i32
}

fn grid_point((x, y): Point) -> (i32, i32) {
    (units(x), units(y))
}

fn on_grid(points: &[Point]) -> Vec<(i32, i32)> {
    points.iter().copied().map(grid_point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words_and_between_letters_as_wide_as_high() {
        let whole = |text: &str| -> Vec<String> {
            let pieces = pieces(text).into_iter();
            pieces
                .map(|(space, piece)| format!("{space}{piece}"))
                .collect()
        };
        assert_eq!(
            whole("5\u{202f}GW by 2026."),
            [" 5\u{202f}GW", " by", " 2026."]
        );
        assert_eq!(
            whole("需要（约 5\u{202f}GW）。"),
            [" 需", "要", "（约", " 5\u{202f}GW）。"]
        );
        assert_eq!(whole("520\u{202f}亿美元"), [" 520\u{202f}亿", "美", "元"]);
        assert!(text_width("需要", 12.0) > text_width("ne", 12.0));
    }
}
