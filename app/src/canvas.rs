//! A picture on a canvas, sharp at any pixel ratio. The sole user of plotters-canvas.
//!
//! plotters' canvas writes every colour, font and text anew for every shape, and each of
//! these strings crosses from WebAssembly to JavaScript: most of the time that a redraw
//! took. Paths and texts are therefore issued here, with styles set only when they
//! change and strings that JavaScript already has; plotters' canvas does the rest.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Array, JsString};
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::IntoDrawingArea;
use plotters::style::{Color, RGBAColor, ShapeStyle, TextStyle};
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::charts::{FONT, GRID, Look, Pen, Picture};
use crate::palette::Role;
use crate::poster::{self, Poster};

#[wasm_bindgen]
extern "C" {
    /// A context whose strings are taken as JavaScript's own, and whose calls cannot
    /// throw for finite numbers.
    #[wasm_bindgen(extends = CanvasRenderingContext2d, js_name = CanvasRenderingContext2D)]
    type Context;

    #[wasm_bindgen(method, setter, js_name = fillStyle)]
    fn set_fill(this: &Context, style: &JsString);

    #[wasm_bindgen(method, setter, js_name = strokeStyle)]
    fn set_stroke(this: &Context, style: &JsString);

    #[wasm_bindgen(method, setter, js_name = font)]
    fn set_type(this: &Context, font: &JsString);

    #[wasm_bindgen(method, setter, js_name = textAlign)]
    fn set_align(this: &Context, align: &JsString);

    #[wasm_bindgen(method, setter, js_name = textBaseline)]
    fn set_baseline(this: &Context, baseline: &JsString);

    #[wasm_bindgen(method, js_name = setLineDash)]
    fn set_dash(this: &Context, lengths: &Array);

    #[wasm_bindgen(method, js_name = fillText)]
    fn write(this: &Context, text: &JsString, x: f64, y: f64);

    #[wasm_bindgen(method, js_name = strokeText)]
    fn outline(this: &Context, text: &JsString, x: f64, y: f64);

    #[wasm_bindgen(method, js_name = setTransform)]
    fn transform(this: &Context, a: f64, b: f64, c: f64, d: f64, e: f64, f: f64);
}

/// A canvas made ready for its pictures. It stays from one to the next, and with it the
/// styles last set.
#[derive(Default)]
pub(crate) struct Easel {
    ready: Option<Ready>,
}

struct Ready {
    canvas: HtmlCanvasElement,
    /// Its size in the screen's pixels and in the grid's units.
    pixels: (u32, u32),
    units: (u32, u32),
    brush: Rc<Brush>,
    area: DrawingArea<Fine, Shift>,
}

impl Easel {
    /// Draws a picture over the whole canvas. The canvas gets as many pixels as the screen
    /// has under it, and the context scales the chart's fine grid down to them. Says whether
    /// the browser gave it a context: without one the canvas stays empty.
    ///
    /// `read` is the place that a reader points at.
    pub(crate) fn draw(
        &mut self,
        canvas: &HtmlCanvasElement,
        picture: &Picture,
        look: Look,
        ratio: f64,
        read: Option<usize>,
    ) -> bool {
        let whole = |size: f64| size.round() as u32;
        let pixels = (whole(look.width * ratio), whole(look.height * ratio));
        let grid = |size: f64| (size * f64::from(GRID)) as u32;
        let units = (grid(look.width), grid(look.height));
        let fits = |ready: &Ready| {
            ready.canvas == *canvas && ready.pixels == pixels && ready.units == units
        };
        if !self.ready.as_ref().is_some_and(fits) {
            self.ready = Ready::new(canvas, pixels, units);
        }
        let Some(Ready { brush, area, .. }) = &self.ready else {
            return false;
        };
        let context = &brush.context;
        let (width, height) = (f64::from(pixels.0), f64::from(pixels.1));
        context.transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        context.clear_rect(0.0, 0.0, width, height);
        let scale = ratio / f64::from(GRID);
        context.transform(scale, 0.0, 0.0, scale, 0.0, 0.0);
        // A failed stroke is not worth the page: the next movement draws again.
        let _ = picture.draw_with(area, look, Some(brush.as_ref()));
        if let Some(place) = read {
            let _ = picture.point_out(area, look, place);
        }
        true
    }

    /// What was set of the canvas does not hold any more: the browser took it away, and has
    /// brought back an empty one.
    pub(crate) fn forget(&mut self) {
        self.ready = None;
    }
}

impl Ready {
    fn new(canvas: &HtmlCanvasElement, pixels: (u32, u32), units: (u32, u32)) -> Option<Self> {
        // Setting a size clears the canvas and costs memory: only when it has changed.
        if canvas.width() != pixels.0 {
            canvas.set_width(pixels.0);
        }
        if canvas.height() != pixels.1 {
            canvas.set_height(pixels.1);
        }
        let context = canvas.get_context("2d").ok()??;
        let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
        context.set_line_join("round");
        let brush = Rc::new(Brush {
            context: context.unchecked_into(),
            held: RefCell::default(),
        });
        let fine = Fine {
            inner: CanvasBackend::with_canvas_object(canvas.clone())?,
            size: units,
            brush: brush.clone(),
        };
        Some(Self {
            canvas: canvas.clone(),
            pixels,
            units,
            brush,
            area: fine.into_drawing_area(),
        })
    }
}

/// A colour and its strength, to be compared.
type Shade = ((u8, u8, u8), u64);

/// Lengths of dashes and gaps; none for a whole line.
type Dash = Option<[u32; 2]>;

/// Above so many the texts are forgotten: those of a chart change with its values.
const MOST_WORDS: usize = 256;

/// What draws: the context, what it was last told, and the strings it was told it with.
struct Brush {
    context: Context,
    held: RefCell<Held>,
}

#[derive(Default)]
struct Held {
    fill: Option<Shade>,
    stroke: Option<Shade>,
    width: Option<u32>,
    dash: Dash,
    font: Option<usize>,
    align: Option<&'static str>,
    baseline: Option<&'static str>,
    shades: Vec<(Shade, JsString)>,
    dashes: Vec<(Dash, Array)>,
    words: BTreeMap<String, JsString>,
    /// Fonts by size in units and heaviness.
    fonts: Vec<((u64, bool), JsString)>,
}

impl Held {
    fn shade(&mut self, color: BackendColor) -> (Shade, JsString) {
        let shade = (color.rgb, color.alpha.to_bits());
        if let Some((_, text)) = self.shades.iter().find(|(known, _)| *known == shade) {
            return (shade, text.clone());
        }
        let ((r, g, b), alpha) = (color.rgb, color.alpha);
        let text = JsString::from(format!("rgba({r},{g},{b},{alpha})"));
        self.shades.push((shade, text.clone()));
        (shade, text)
    }

    fn word(&mut self, text: &str) -> JsString {
        if let Some(word) = self.words.get(text) {
            return word.clone();
        }
        if self.words.len() >= MOST_WORDS {
            self.words.clear();
        }
        let word = JsString::from(text);
        self.words.insert(text.to_owned(), word.clone());
        word
    }
}

impl Brush {
    fn fill_with(&self, color: BackendColor) {
        let held = &mut *self.held.borrow_mut();
        if held.fill != Some((color.rgb, color.alpha.to_bits())) {
            let (shade, text) = held.shade(color);
            self.context.set_fill(&text);
            held.fill = Some(shade);
        }
    }

    fn stroke_with(&self, color: BackendColor, width: u32, dash: Dash) {
        let held = &mut *self.held.borrow_mut();
        if held.stroke != Some((color.rgb, color.alpha.to_bits())) {
            let (shade, text) = held.shade(color);
            self.context.set_stroke(&text);
            held.stroke = Some(shade);
        }
        if held.width != Some(width) {
            self.context.set_line_width(f64::from(width));
            held.width = Some(width);
        }
        if held.dash != dash {
            let known = held.dashes.iter().position(|(known, _)| *known == dash);
            let place = known.unwrap_or_else(|| {
                let lengths = dash.into_iter().flatten().map(f64::from);
                held.dashes
                    .push((dash, lengths.map(wasm_bindgen::JsValue::from).collect()));
                held.dashes.len() - 1
            });
            self.context.set_dash(&held.dashes[place].1);
            held.dash = dash;
        }
    }

    /// What plotters' canvas sets by itself.
    fn forget(&self) {
        let held = &mut *self.held.borrow_mut();
        (held.fill, held.stroke, held.width) = (None, None, None);
    }

    fn trace(&self, path: impl IntoIterator<Item = BackendCoord>) {
        self.context.begin_path();
        let mut path = path.into_iter();
        if let Some((x, y)) = path.next() {
            self.context.move_to(f64::from(x), f64::from(y));
        }
        for (x, y) in path {
            self.context.line_to(f64::from(x), f64::from(y));
        }
    }

    /// Makes the font and the place of a text those of a style.
    fn set_text(&self, text: &str, style: &impl BackendTextStyle) -> JsString {
        let held = &mut *self.held.borrow_mut();
        let heavy = style.style().as_str() == "bold";
        let key = (style.size().to_bits(), heavy);
        let known = held.fonts.iter().position(|(known, _)| *known == key);
        let place = known.unwrap_or_else(|| {
            let (weight, family) = (style.style(), style.family());
            let font = format!("{} {}px {}", weight.as_str(), style.size(), family.as_str());
            held.fonts.push((key, font.into()));
            held.fonts.len() - 1
        });
        if held.font != Some(place) {
            self.context.set_type(&held.fonts[place].1);
            held.font = Some(place);
        }
        let anchor = style.anchor();
        let align = match anchor.h_pos {
            HPos::Left => "start",
            HPos::Right => "end",
            HPos::Center => "center",
        };
        if held.align != Some(align) {
            self.context.set_align(&held.word(align));
            held.align = Some(align);
        }
        let baseline = match anchor.v_pos {
            VPos::Top => "top",
            VPos::Center => "middle",
            VPos::Bottom => "bottom",
        };
        if held.baseline != Some(baseline) {
            self.context.set_baseline(&held.word(baseline));
            held.baseline = Some(baseline);
        }
        held.word(text)
    }
}

impl Pen for Brush {
    fn broken(&self, path: &[BackendCoord], style: ShapeStyle, lengths: [u32; 2]) {
        self.stroke_with(style.color(), style.stroke_width, Some(lengths));
        self.trace(path.iter().copied());
        self.context.stroke();
    }

    fn rimmed(
        &self,
        text: &str,
        style: &TextStyle<'_>,
        (x, y): BackendCoord,
        rim: RGBAColor,
        width: u32,
    ) {
        let word = self.set_text(text, style);
        let (x, y) = (f64::from(x), f64::from(y));
        self.stroke_with(rim.to_backend_color(), 2 * width, None);
        self.context.outline(&word, x, y);
        self.fill_with(style.color);
        self.context.write(&word, x, y);
    }
}

/// plotters' canvas with the size of the chart's grid instead of the canvas's own.
struct Fine {
    inner: CanvasBackend,
    size: (u32, u32),
    brush: Rc<Brush>,
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
        self.brush.forget();
        self.inner.draw_pixel(point, color)
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
        self.brush.forget();
        self.inner.draw_rect(from, to, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let brush = &self.brush;
        brush.stroke_with(style.color(), style.stroke_width(), None);
        brush.trace(path);
        brush.context.stroke();
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let brush = &self.brush;
        brush.fill_with(style.color());
        brush.trace(path);
        brush.context.fill();
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.brush.forget();
        self.inner.draw_circle(center, radius, style, fill)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Drawn {
        let brush = &self.brush;
        let word = brush.set_text(text, style);
        brush.fill_with(style.color());
        brush.context.write(&word, f64::from(x), f64::from(y));
        Ok(())
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

/// A poster on a canvas of its own, with so many pixels to the CSS pixel; none where the
/// browser gives no context. `picture` is what the poster was laid out for.
pub(crate) fn paint(poster: &Poster, picture: &Picture, ratio: f64) -> Option<HtmlCanvasElement> {
    let canvas = || -> Option<HtmlCanvasElement> {
        let element = gloo::utils::document().create_element("canvas").ok()?;
        element.dyn_into().ok()
    };
    let chart = canvas()?;
    Easel::default().draw(&chart, picture, poster.look, ratio, None);

    let whole = canvas()?;
    whole.set_width((poster::WIDTH * ratio).round() as u32);
    whole.set_height((poster.height * ratio).round() as u32);
    let context: CanvasRenderingContext2d = whole.get_context("2d").ok()??.dyn_into().ok()?;
    let fill = |role: Role| {
        let [r, g, b] = role.rgb(poster.look.theme);
        context.set_fill_style_str(&format!("rgb({r},{g},{b})"));
    };
    context.scale(ratio, ratio).ok()?;
    fill(Role::Paper);
    context.fill_rect(0.0, 0.0, poster::WIDTH, poster.height);
    for line in &poster.lines {
        let weight = if line.bold { "bold" } else { "normal" };
        context.set_font(&format!("{weight} {}px {FONT}", line.size));
        fill(line.role);
        context.fill_text(&line.text, line.x, line.y).ok()?;
    }
    fill(Role::Rule);
    let (x, y) = poster.chart;
    context.fill_rect(x, poster.rule, poster.look.width, 1.0);
    let (width, height) = (
        f64::from(chart.width()) / ratio,
        f64::from(chart.height()) / ratio,
    );
    context
        .draw_image_with_html_canvas_element_and_dw_and_dh(&chart, x, y, width, height)
        .ok()?;
    Some(whole)
}
