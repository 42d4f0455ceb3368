//! A chart to take away: with its title, its subtitle, where it is from, the link of its
//! scenario and the day around it. The same layout is written as SVG here and drawn on a
//! canvas by the page.

use std::fmt::Write as _;

use crate::charts::{FONT, Look, Picture, after, pieces, text_width};
use crate::palette::{Role, Theme};
use crate::svg::{self, Colours, DROP, escape, short};

/// How wide a poster is, in CSS pixels.
pub const WIDTH: f64 = 720.0;

/// How far everything stands from its edges.
const EDGE: f64 = 24.0;

/// A heavier text is about this much wider.
const BOLD: f64 = 1.1;

/// What stands around the chart beside its own title and subtitle.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// What has to be said of the shapes, after the subtitle; may be empty.
    pub note: String,
    /// Where the figures are from.
    pub source: String,
    /// Page, model and day.
    pub origin: String,
    /// The whole address with the scenario.
    pub link: String,
}

/// A line of text on a poster.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// Where it begins, from the left.
    pub x: f64,
    /// Where its letters stand, from the top.
    pub y: f64,
    /// Its size.
    pub size: f64,
    /// Whether it is heavier.
    pub bold: bool,
    /// Its colour.
    pub role: Role,
}

/// A poster laid out, in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Poster {
    /// Its height; its width is [`WIDTH`].
    pub height: f64,
    /// Its texts.
    pub lines: Vec<Line>,
    /// The upper left corner of the chart.
    pub chart: (f64, f64),
    /// The chart's size and theme.
    pub look: Look,
    /// How high the hairline below the chart lies.
    pub rule: f64,
}

impl Poster {
    /// Lays a picture out with words around it.
    pub fn new(picture: &Picture, words: &Words, theme: Theme) -> Self {
        let mut layout = Layout {
            lines: vec![],
            y: EDGE,
        };
        layout.text(&picture.title, 18.0, true, Role::Ink);
        layout.y += 4.0;
        let below = after(&picture.subtitle, &words.note);
        layout.text(below.trim(), 13.0, false, Role::Muted);
        layout.y += 12.0;
        let width = WIDTH - 2.0 * EDGE;
        let look = Look {
            width,
            height: picture.height(width),
            theme,
            contrast: false,
        };
        // On whole pixels, so that a canvas stays sharp.
        layout.y = layout.y.ceil();
        let chart = (EDGE, layout.y);
        layout.y += look.height + 12.0;
        let rule = layout.y;
        layout.y += 8.0;
        for text in [&words.source, &words.origin, &words.link] {
            layout.text(text, 11.0, false, Role::Muted);
        }
        Self {
            height: (layout.y + EDGE - 6.0).ceil(),
            lines: layout.lines,
            chart,
            look,
            rule,
        }
    }

    /// The poster as a file of SVG; `picture` is what it was laid out for.
    pub fn svg(&self, picture: &Picture) -> String {
        let color = |role: Role| {
            let [r, g, b] = role.rgb(self.look.theme);
            format!("#{r:02x}{g:02x}{b:02x}")
        };
        let height = self.height;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
             viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" font-family=\"{FONT}\">\n\
             <title>{}</title>\n<desc>{}</desc>\n\
             <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"{}\"/>\n",
            escape(&picture.title),
            escape(&picture.summary),
            color(Role::Paper)
        );
        for line in &self.lines {
            let weight = if line.bold {
                " font-weight=\"bold\""
            } else {
                ""
            };
            let _ = writeln!(
                svg,
                "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight} fill=\"{}\">{}</text>",
                line.x,
                short(line.y),
                line.size,
                color(line.role),
                escape(&line.text)
            );
        }
        let _ = writeln!(
            svg,
            "<rect x=\"{EDGE}\" y=\"{}\" width=\"{}\" height=\"1\" fill=\"{}\"/>",
            short(self.rule),
            WIDTH - 2.0 * EDGE,
            color(Role::Rule)
        );
        let _ = write!(
            svg,
            "<g id=\"chart\" transform=\"translate({} {})\">\n{}</g>\n</svg>\n",
            self.chart.0,
            short(self.chart.1),
            svg::drawn(picture, self.look, Colours::Written)
        );
        svg
    }
}

/// Texts one below the other.
struct Layout {
    lines: Vec<Line>,
    y: f64,
}

impl Layout {
    /// A text in as many lines as it needs.
    fn text(&mut self, text: &str, size: f64, bold: bool, role: Role) {
        let room = (WIDTH - 2.0 * EDGE) / if bold { BOLD } else { 1.0 };
        let lines = if bold {
            balanced(text, size, room)
        } else {
            wrapped(text, size, room)
        };
        for line in lines {
            let height = 1.35 * size;
            self.lines.push(Line {
                text: line,
                x: EDGE,
                y: self.y + height / 2.0 + DROP * size,
                size,
                bold,
                role,
            });
            self.y += height;
        }
    }
}

/// The same number of lines, as narrow as that allows: a title leaves no word alone.
fn balanced(text: &str, size: f64, room: f64) -> Vec<String> {
    let widest = wrapped(text, size, room);
    let narrower = (11..20).map(|part| wrapped(text, size, room * f64::from(part) / 20.0));
    let mut as_many = narrower.filter(|lines| lines.len() == widest.len());
    as_many.next().unwrap_or(widest)
}

/// A text in lines no wider than some room. Words that are wider, such as addresses, are
/// cut where the room ends.
fn wrapped(text: &str, size: f64, room: f64) -> Vec<String> {
    let fits = |line: &str| text_width(line, size) <= room;
    let mut lines: Vec<String> = vec![];
    let mut line = String::new();
    // Narrow and hard spaces hold numbers and units together.
    for (space, word) in text
        .lines()
        .flat_map(pieces)
        .filter(|(_, word)| !word.is_empty())
    {
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line}{space}{word}")
        };
        if fits(&longer) {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(core::mem::take(&mut line));
        }
        for c in word.chars() {
            line.push(c);
            if !fits(&line) {
                line.pop();
                lines.push(core::mem::take(&mut line));
                line.push(c);
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_its_room_and_nothing_is_lost() {
        let text = format!(
            "Some words and https://example.org/#m=1&{} at the end",
            "x".repeat(400)
        );
        let lines = wrapped(&text, 11.0, 300.0);
        assert!(lines.iter().all(|line| text_width(line, 11.0) <= 300.0));
        let (joined, whole) = (lines.concat().replace(' ', ""), text.replace(' ', ""));
        assert_eq!(joined, whole);
        let even = balanced("a title of two lines and one", 11.0, 120.0);
        assert_eq!(
            even.len(),
            wrapped("a title of two lines and one", 11.0, 120.0).len()
        );
        assert!(even.iter().all(|line| line.contains(' ')), "{even:?}");
        assert_eq!(wrapped("", 11.0, 300.0), Vec::<String>::new());
        // Room for less than a letter ends as well.
        assert!(wrapped("ab", 11.0, 1.0).len() >= 2);
    }
}
