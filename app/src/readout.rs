//! Reading a chart place by place: under the pointer or a finger, by keys, as a table.

use compute_loop_core::say;
use compute_loop_core::words::t;
use leptos::prelude::*;
use web_sys::{Element, KeyboardEvent, PointerEvent};

use crate::charts::{self, Look, Picture, Reading, Spot, Value};
use crate::live::live;
use crate::palette::Role;
use crate::state::State;

/// How many places a page key moves: a year of months.
const PAGE: usize = 12;

/// What of a chart is being read.
#[derive(Clone, Copy)]
pub(crate) struct Reader {
    pub(crate) picture: RwSignal<Picture>,
    width: RwSignal<f64>,
    /// The place pointed at.
    pub(crate) place: RwSignal<Option<usize>>,
    /// The place last pointed at, where keys go on.
    last: StoredValue<usize>,
    /// Whether a mouse is over the chart: it stays read when the focus leaves.
    hovered: StoredValue<bool>,
    /// The one series that is read, where the reader has gone into it.
    series: RwSignal<Option<String>>,
}

impl Reader {
    /// A reader of a picture that is drawn as wide as the signal says.
    pub(crate) fn new(picture: RwSignal<Picture>, width: RwSignal<f64>) -> Self {
        Self {
            picture,
            width,
            place: RwSignal::new(None),
            last: StoredValue::new(0),
            hovered: StoredValue::new(false),
            series: RwSignal::new(None),
        }
    }

    /// Shows a place without making it the one where keys go on; none shows nothing.
    pub(crate) fn show(self, place: Option<usize>) {
        if self
            .place
            .try_get_untracked()
            .is_some_and(|now| now != place)
        {
            self.place.set(place);
        }
    }

    /// The size that it is drawn in; only its width and height matter here.
    fn look(self, picture: &Picture, state: State) -> Look {
        let width = self.width.get_untracked();
        Look {
            width,
            height: picture.height(width),
            theme: state.theme.get_untracked(),
            contrast: false,
        }
    }

    fn go(self, place: Option<usize>) {
        if self.place.get_untracked() != place {
            self.place.set(place);
        }
        if let Some(place) = place {
            self.last.set_value(place);
        }
    }

    /// Follows a pointer over the chart.
    pub(crate) fn pointed(self, event: &PointerEvent, state: State) {
        let target = event.current_target();
        let Some(element) =
            target.and_then(|target| wasm_bindgen::JsCast::dyn_into::<Element>(target).ok())
        else {
            return;
        };
        self.hovered.set_value(event.pointer_type() == "mouse");
        let corner = element.get_bounding_client_rect();
        let point = (
            f64::from(event.client_x()) - corner.left(),
            f64::from(event.client_y()) - corner.top(),
        );
        let place = self.picture.with_untracked(|picture| {
            let look = self.look(picture, state);
            (picture.readings() > 0).then(|| picture.nearest(look, point))
        });
        self.go(place);
    }

    /// The pointer has left. What a finger pointed at stays until it points elsewhere.
    pub(crate) fn left(self, event: &PointerEvent) {
        if event.pointer_type() == "mouse" {
            self.hovered.set_value(false);
            self.go(None);
        }
    }

    /// The focus has left.
    pub(crate) fn blurred(self) {
        self.series.set(None);
        if !self.hovered.get_value() {
            self.go(None);
        }
    }

    /// Moves by keys; says whether the key was one of them.
    pub(crate) fn pressed(self, event: &KeyboardEvent) -> bool {
        let last = self
            .picture
            .with_untracked(|picture| picture.readings().saturating_sub(1));
        // The first key reads the place last read, the next ones move from there.
        let at = self.last.get_value().min(last);
        let fresh = self.place.get_untracked().is_none();
        if let Some(series) = self.series.get_untracked() {
            return self.pressed_within(&series, at, event);
        }
        let step = |to: usize| Some(if fresh { at } else { to.min(last) });
        let place = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => step(at + 1),
            "ArrowLeft" | "ArrowUp" => step(at.saturating_sub(1)),
            "PageDown" => step(at + PAGE),
            "PageUp" => step(at.saturating_sub(PAGE)),
            "Home" => Some(0),
            "End" => Some(last),
            "Escape" if !fresh => None,
            "Enter" => return self.enter(at),
            _ => return false,
        };
        self.go(place);
        true
    }

    /// What the series at a place are called. What has no name of its own is no series, and
    /// several values of one name are one.
    fn labels(self, place: usize) -> Vec<String> {
        let reading = self
            .picture
            .with_untracked(|picture| picture.reading(place));
        let mut labels = vec![];
        for value in reading.map(|reading| reading.values).unwrap_or_default() {
            if !value.label.is_empty() && !labels.contains(&value.label) {
                labels.push(value.label);
            }
        }
        labels
    }

    /// Goes into the first series at a place; says whether there is more than one to choose
    /// from.
    fn enter(self, place: usize) -> bool {
        let labels = self.labels(place);
        let several = labels.len() > 1;
        if several {
            self.series.set(labels.into_iter().next());
            self.go(Some(place));
        }
        several
    }

    /// Moves along one series, or to the next one at the same place.
    fn pressed_within(self, series: &str, at: usize, event: &KeyboardEvent) -> bool {
        let last = self
            .picture
            .with_untracked(|picture| picture.readings().saturating_sub(1));
        let has = |place: &usize| self.labels(*place).iter().any(|label| label == series);
        let other = |by: isize| {
            let labels = self.labels(at);
            let now = labels.iter().position(|label| label == series);
            let next = now.and_then(|now| now.checked_add_signed(by));
            if let Some(next) = next.and_then(|next| labels.get(next)) {
                self.series.set(Some(next.clone()));
            }
        };
        let place = match event.key().as_str() {
            "ArrowRight" => (at + 1..=last).find(has),
            "ArrowLeft" => (0..at).rev().find(has),
            "PageDown" => (at + 1..=last).filter(has).take(PAGE).last(),
            "PageUp" => (0..at).rev().filter(has).take(PAGE).last(),
            "Home" => (0..=last).find(has),
            "End" => (0..=last).rev().find(has),
            "ArrowDown" => {
                other(1);
                None
            }
            "ArrowUp" => {
                other(-1);
                None
            }
            "Escape" => {
                self.series.set(None);
                None
            }
            _ => return false,
        };
        // Past its ends nothing moves.
        if place.is_some() {
            self.go(place);
        }
        true
    }

    /// What stands at the place pointed at.
    fn reading(self) -> Option<Reading> {
        let place = self.place.get()?;
        self.picture.with(|picture| picture.reading(place))
    }

    /// The same as a sentence, for whoever hears it.
    pub(crate) fn sentence(self) -> Option<String> {
        let reading = self.reading()?;
        let Some(series) = self.series.get() else {
            return Some(reading.sentence());
        };
        let values: Vec<String> = reading
            .values
            .iter()
            .filter(|value| value.label == series)
            .map(Value::said)
            .collect();
        let (place, value) = (reading.name, values.join(t(", ")));
        (!values.is_empty()).then(|| say!("{series}, {place}: {value}", series, place, value))
    }

    /// Whether a series is the one that is read, of several.
    fn is_entered(self, label: &str) -> bool {
        self.series.with(|series| series.as_deref() == Some(label))
    }

    /// The number of the last place.
    pub(crate) fn most(self) -> usize {
        self.picture
            .with(|picture| picture.readings().saturating_sub(1))
    }
}

/// The slip of paper beside the place pointed at.
#[component]
pub(crate) fn Readout(reader: Reader, state: State) -> impl IntoView {
    move || {
        let reading = reader.reading()?;
        let style = reader.picture.with(|picture| {
            let look = reader.look(picture, state);
            beside(&picture.spot(look, reader.place.get()?), look)
        })?;
        let compared = reading.values.iter().any(|value| value.other.is_some());
        let head = state.other.get().filter(|_| compared).map(|other| {
            view! {
                <thead>
                    <tr>
                        <td></td>
                        <td>{t("now")}</td>
                        <td class="other">{other.name.clone()}</td>
                    </tr>
                </thead>
            }
        });
        let rows = reading.values.into_iter().map(|value| {
            let entered = reader.is_entered(&value.label);
            view! {
                <tr class:entered=entered>
                    <th scope="row" style=color(value.role)>{value.label}</th>
                    <td>{value.text}</td>
                    {value.other.map(|other| view! { <td class="other">{other}</td> })}
                </tr>
            }
        });
        Some(view! {
            <div class="readout" style=style aria-hidden="true">
                <p>{reading.name}</p>
                <table>
                    {head}
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        })
    }
}

fn color(role: Role) -> String {
    format!("color:var(--{})", role.name())
}

/// Where the slip stands: beside what is as tall as the chart, under or over the rest.
fn beside(spot: &Spot, look: Look) -> Option<String> {
    if look.width < 1.0 {
        return None;
    }
    let (left, right) = (spot.from.0, look.width - spot.to.0);
    let middle = f64::midpoint(spot.from.0, spot.to.0);
    let tall = spot.to.1 - spot.from.1 > 0.5 * look.height;
    let row = spot.to.0 - spot.from.0 > 0.9 * look.width;
    let across = if tall && middle < look.width / 2.0 {
        format!("left:{:.0}px", spot.to.0 + 10.0)
    } else if tall {
        format!("right:{:.0}px", look.width - spot.from.0 + 10.0)
    } else if row {
        "right:0".to_owned()
    } else if middle < look.width / 2.0 {
        format!("left:{:.0}px", left.max(0.0))
    } else {
        format!("right:{:.0}px", right.max(0.0))
    };
    let down = if tall {
        "top:24px".to_owned()
    } else if row {
        // In the row itself, over the end that says the same.
        format!("top:{:.0}px", spot.from.1)
    } else if f64::midpoint(spot.from.1, spot.to.1) < look.height / 2.0 {
        format!("top:{:.0}px", spot.to.1 + 4.0)
    } else {
        format!("bottom:{:.0}px", look.height - spot.from.1 + 4.0)
    };
    Some(format!("{across};{down}"))
}

/// Everything that can be read from a chart as a table, made when first opened.
#[component]
pub(crate) fn DataTable(picture: RwSignal<Picture>, open: RwSignal<bool>) -> impl IntoView {
    let table = move || {
        open.get().then(|| {
            picture.with(|picture| {
                let readings: Vec<Reading> = (0..picture.readings())
                    .filter_map(|place| picture.reading(place))
                    .filter(|reading| !reading.values.is_empty())
                    .collect();
                rows(readings)
            })
        })
    };
    let label = move || {
        picture.with(|picture| say!("The chart as a table: {title}", title = picture.title))
    };
    view! { <div class="scroll" tabindex="0" role="region" aria-label=live(label)>{table}</div> }
}

fn rows(readings: Vec<Reading>) -> AnyView {
    let mut columns: Vec<String> = Vec::new();
    for value in readings.iter().flat_map(|reading| &reading.values) {
        if !columns.contains(&value.label) {
            columns.push(value.label.clone());
        }
    }
    let body = readings.into_iter().map(|reading| {
        let cells = columns.iter().map(|column| {
            let of_column = reading.values.iter().filter(|value| value.label == *column);
            let texts: Vec<String> = of_column
                .map(|value| match &value.other {
                    Some(other) => say!("{value} ({other})", value = value.text, other),
                    None => value.text.clone(),
                })
                .collect();
            view! { <td>{texts.join(t(", "))}</td> }
        });
        view! {
            <tr>
                <th scope="row">{reading.name}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    let body = body.collect_view();
    let head = columns
        .into_iter()
        .map(|column| view! { <th scope="col">{t(charts::heading(&column)).to_owned()}</th> });
    view! {
        <table>
            <thead>
                <tr>
                    <td></td>
                    {head.collect_view()}
                </tr>
            </thead>
            <tbody>{body}</tbody>
        </table>
    }
    .into_any()
}
