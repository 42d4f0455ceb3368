//! Money going round: three parties on a ring, others at its rim, and bands between
//! them as wide as the dollars they carry.

use core::f64::consts::{FRAC_1_SQRT_2, FRAC_PI_2, PI};

use compute_loop_core::format;
use compute_loop_core::unit::Unit;
use compute_loop_core::words::t;

use super::reading::{Reading, Spot};
use super::surface::{Align, Drawn, Look, Point, Surface, TextLook, bold_width, text_width};
use crate::palette::Role;

/// The ring in one year.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FlowChart {
    /// What stands in the middle of the ring, where there is room.
    pub(super) centre: String,
    /// Those on the ring: Anthropic, AWS and Amazon.
    pub(super) hubs: [Hub; 3],
    /// What flows.
    pub(super) bands: Vec<Band>,
    /// The amount that a band of full width carries, USD bn.
    pub(super) full: f64,
    /// The same in the scenario that is compared with.
    pub(super) under: Option<Box<FlowChart>>,
}

/// A party on the ring.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hub {
    /// Its name.
    pub(super) name: &'static str,
    /// Its colour.
    pub(super) role: Role,
    /// What it is left with, a line each, or nothing.
    pub(super) notes: Vec<String>,
}

/// A way that money can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// From the rim to Anthropic.
    Customers,
    /// From the rim to Anthropic, beside its customers.
    Investors,
    /// From Amazon to Anthropic.
    Investment,
    /// The same way inside the ring.
    Revaluation,
    /// From Anthropic to AWS.
    Compute,
    /// From AWS to Amazon.
    Rest,
    /// From AWS to the rim.
    Suppliers,
    /// From Amazon to the rim.
    OtherLabs,
}

/// What flows on a way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Band {
    /// The way.
    pub(super) route: Route,
    /// Whether it flows against the way's direction.
    pub(super) back: bool,
    /// What the party at the rim is called.
    pub(super) rim: &'static str,
    /// What it carries, side by side, from inside the ring outwards. None: a hairline.
    pub(super) lanes: Vec<Lane>,
    /// The amount in words.
    pub(super) amount: String,
    /// What it is for, a line each.
    pub(super) notes: Vec<Note>,
    /// What it is made of, a line each.
    pub(super) parts: Vec<String>,
    /// What is read from it.
    pub(super) reading: Reading,
}

/// A line of words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Note {
    /// The words.
    pub(super) text: String,
    /// Their colour.
    pub(super) role: Role,
}

/// A part of a band.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lane {
    /// USD bn; above zero.
    pub(super) amount: f64,
    /// Its colour.
    pub(super) role: Role,
    /// How it is drawn.
    pub(super) look: LaneLook,
}

/// How a lane is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum LaneLook {
    /// Filled, more or less strongly: money.
    Filled(f64),
    /// An outline: money that is taken out of the count.
    Outlined,
    /// Hatched: no money.
    Hatched,
}

/// How strongly a band is filled.
pub(super) const STRONG: f64 = 0.72;
/// The narrowest that a lane is drawn, in CSS pixels: it has to be seen. A band that
/// would be narrower is dotted.
const LEAST: f64 = 1.6;
/// Between the two tracks of a way that money and value take in opposite directions.
const GAP: f64 = 9.0;
/// Points in a quarter of the ring.
const QUARTER: usize = 48;

/// Where everything stands, in CSS pixels. It depends on the size alone.
struct Plan {
    /// Whether the ring lies: customers left, suppliers right. Else it stands:
    /// customers above, suppliers below.
    lying: bool,
    /// The middle of the ring.
    middle: Point,
    /// Half the ring along the way from customers to suppliers.
    along: f64,
    /// Half the ring across it.
    across: f64,
    /// Radius of a party on the ring.
    hub: f64,
    /// Width of a band that carries the full amount.
    full: f64,
    /// Sizes of names and amounts, and of notes.
    name: f64,
    note: f64,
    width: f64,
    height: f64,
}

impl Plan {
    fn of(width: f64, height: f64) -> Self {
        if width >= WIDE {
            let k = (width / 846.0).clamp(0.78, 1.04);
            let (hub, full) = (54.0 * k, 104.0 * k);
            let top = hub + 4.0;
            let bottom = height - full / 2.0 - 4.0;
            Self {
                lying: true,
                middle: (width / 2.0, f64::midpoint(top, bottom)),
                along: (0.255 * width - 42.0).min(190.0),
                across: (bottom - top) / 2.0,
                hub,
                full,
                name: 15.0,
                note: 12.5,
                width,
                height,
            }
        } else {
            let k = (width / 330.0).clamp(0.85, 1.3);
            let (hub, full) = (37.0 * k, 62.0 * k);
            let (left, right) = (full / 2.0 + 4.0, width - hub - 3.0);
            let rim = 0.5 * (height - 4.0 * hub) - 75.0 * k;
            let top = rim + hub;
            Self {
                lying: false,
                middle: (f64::midpoint(left, right), height / 2.0),
                along: height / 2.0 - top,
                across: (right - left) / 2.0,
                hub,
                full,
                name: (13.2 * k).min(15.0),
                note: (11.5 * k).min(12.5),
                width,
                height,
            }
        }
    }

    /// From places along and across the ring to a point on the page. Standing, the
    /// ring is turned by a quarter.
    fn at(&self, (along, across): Point) -> Point {
        let (x, y) = self.middle;
        if self.lying {
            (x + along, y + across)
        } else {
            (x - across, y + along)
        }
    }

    fn anthropic(&self) -> Point {
        self.at((-self.along, 0.0))
    }

    fn aws(&self) -> Point {
        self.at((self.along, 0.0))
    }

    fn amazon(&self) -> Point {
        self.at((0.0, -self.across))
    }

    /// A piece of the ring between two angles.
    fn arc(&self, from: f64, to: f64) -> Vec<Point> {
        let steps = ((to - from).abs() / FRAC_PI_2 * QUARTER as f64).ceil() as usize;
        (0..=steps)
            .map(|i| {
                let angle = from + (to - from) * i as f64 / steps as f64;
                self.at((
                    self.along * libm::cos(angle),
                    self.across * libm::sin(angle),
                ))
            })
            .collect()
    }

    /// The middle line of a way, and the parties at its ends: none at the rim.
    fn way(&self, route: Route) -> (Vec<Point>, Option<Point>, Option<Point>) {
        let (anthropic, aws, amazon) = (self.anthropic(), self.aws(), self.amazon());
        let rim_along = if self.lying {
            self.width / 2.0
        } else {
            self.height / 2.0
        };
        match route {
            Route::Compute => (self.arc(PI, 0.0), Some(anthropic), Some(aws)),
            Route::Rest => (self.arc(0.0, -FRAC_PI_2), Some(aws), Some(amazon)),
            Route::Investment | Route::Revaluation => {
                (self.arc(-FRAC_PI_2, -PI), Some(amazon), Some(anthropic))
            }
            Route::Customers => {
                let from = self.at((-rim_along + self.reach(), 0.0));
                (line(from, anthropic), None, Some(anthropic))
            }
            Route::Suppliers => {
                let to = self.at((rim_along - self.reach(), 0.0));
                (line(aws, to), Some(aws), None)
            }
            Route::Investors => {
                let (x, y) = anthropic;
                let from = self.funding();
                let path = if self.lying {
                    let bend = [(x - 10.0, from.1), (x - 0.5 * self.hub, y - self.hub)];
                    curve([from, bend[0], bend[1]], anthropic)
                } else {
                    let level = y - 0.9 * self.hub;
                    curve(
                        [from, (from.0, level), (x - 1.3 * self.hub, level)],
                        anthropic,
                    )
                };
                (path, None, Some(anthropic))
            }
            Route::OtherLabs => {
                let (x, y) = amazon;
                let path = if self.lying {
                    let to = (self.width - self.reach() + 24.0, self.corner() + 14.0);
                    line((x, y - 0.45 * self.hub), to)
                } else {
                    line(
                        amazon,
                        (x + 0.2 * self.hub, self.height - self.corner() - 52.0),
                    )
                };
                (path, Some(amazon), None)
            }
        }
    }

    /// How far the words of a party at the rim reach into the picture.
    fn reach(&self) -> f64 {
        if self.lying {
            // As wide as the longer of a name and an amount, whatever that is today.
            let amount = format::value(Unit::UsdBn, 88.8);
            let name = bold_width(t("Customers"), self.name);
            name.max(bold_width(&amount, self.name)) + 14.0
        } else {
            self.name + 10.0
        }
    }

    /// Where the money of other investors comes from.
    fn funding(&self) -> Point {
        if self.lying {
            (self.reach() + 28.0, self.corner() + 26.0)
        } else {
            (24.0, self.corner() + 4.6 * self.name)
        }
    }

    /// How far below the upper edge the words in a corner begin.
    fn corner(&self) -> f64 {
        0.6 * self.name
    }
}

/// From this width on the ring lies.
const WIDE: f64 = 600.0;

impl FlowChart {
    /// The height it needs at a width, in CSS pixels.
    pub(super) fn height(width: f64) -> f64 {
        if width >= WIDE {
            (0.51 * width).clamp(350.0, 450.0)
        } else {
            (1.42 * width).clamp(430.0, 620.0)
        }
    }

    /// Lays it over the same of another scenario, both on one scale.
    pub(super) fn lay_over(&mut self, other: Self) {
        self.full = self.full.max(other.full);
        self.under = Some(Box::new(other));
    }

    /// How many bands can be read.
    pub(super) fn readings(&self) -> usize {
        self.bands.len()
    }

    /// What a band carries.
    pub(super) fn reading(&self, index: usize) -> Option<Reading> {
        let band = self.bands.get(index)?;
        let mut reading = band.reading.clone();
        if let Some(under) = &self.under {
            let other = under.bands.iter().find(|other| other.route == band.route);
            for value in &mut reading.values {
                let same = other.and_then(|other| {
                    let values = &other.reading.values;
                    values.iter().find(|other| other.label == value.label)
                });
                value.other = Some(same.map_or_else(|| "–".to_owned(), |same| same.text.clone()));
            }
        }
        Some(reading)
    }

    /// Where a band is pointed out: in its middle.
    pub(super) fn spot(&self, look: Look, index: usize) -> Spot {
        let plan = Plan::of(look.width, look.height);
        let Some(band) = self.bands.get(index) else {
            return Spot::default();
        };
        let way = self.trimmed(&plan, band);
        let at = way[way.len() / 2];
        let role = band.lanes.last().map_or(Role::Muted, |lane| lane.role);
        Spot {
            from: at,
            to: at,
            dots: vec![(at, role)],
        }
    }

    /// The band nearest to a point.
    pub(super) fn nearest(&self, look: Look, point: Point) -> usize {
        let plan = Plan::of(look.width, look.height);
        let away = |band: &Band| {
            let way = self.trimmed(&plan, band);
            let all = way.iter().map(|&on_way| distance(on_way, point));
            all.fold(f64::INFINITY, f64::min)
        };
        let mut best = (0, f64::INFINITY);
        for (i, band) in self.bands.iter().enumerate() {
            let away = away(band);
            if away < best.1 {
                best = (i, away);
            }
        }
        best.0
    }

    /// Draws the ring as a hairline, the bands upon it, and the parties upon those.
    pub(super) fn draw(&self, on: &Surface<'_>) -> Drawn {
        let plan = Plan::of(on.look.width, on.look.height);
        on.line(&plan.arc(-PI, PI), 1.0, Role::Rule)?;
        for band in &self.bands {
            self.band(on, &plan, band)?;
        }
        if let Some(under) = &self.under {
            // On this scale, which holds both.
            let under = Self {
                full: self.full,
                ..(**under).clone()
            };
            for band in &under.bands {
                under.edges(on, &plan, band)?;
            }
        }
        let places = [plan.anthropic(), plan.aws(), plan.amazon()];
        for (hub, place) in self.hubs.iter().zip(places) {
            draw_hub(on, &plan, hub, place)?;
        }
        for band in &self.bands {
            self.words(on, &plan, band)?;
        }
        self.ruler(on, &plan)?;
        if plan.lying {
            let (x, y) = plan.middle;
            // Below what is said of value, where money says nothing.
            let paper = |band: &Band| band.route == Route::Revaluation;
            let lower = if self.bands.iter().any(paper) {
                0.5 * plan.across
            } else {
                0.0
            };
            on.text(
                (x, y - 0.16 * plan.across + lower),
                &self.centre,
                TextLook::new(28.0, Role::Muted).align(Align::Middle),
            )?;
        }
        Ok(())
    }

    /// How wide a round amount is drawn.
    fn ruler(&self, on: &Surface<'_>, plan: &Plan) -> Drawn {
        let most = self.full * 30.0 / plan.full;
        let power = libm::pow(10.0, libm::floor(libm::log10(most)));
        let steps = [5.0, 2.0, 1.0].map(|step| step * power);
        let amount = steps.into_iter().find(|&step| step <= most);
        let amount = amount.unwrap_or(power);
        let width = plan.full * amount / self.full;
        let foot = plan.height - 4.0;
        on.block((1.0, foot - width), (6.0, foot), Role::Muted, STRONG)?;
        on.text(
            (11.0, foot - width / 2.0),
            &format::value(Unit::UsdBn, amount),
            TextLook::new(plan.note, Role::Muted),
        )
    }

    /// Widths of the lanes of a band, from inside outwards.
    fn widths(&self, plan: &Plan, band: &Band) -> Vec<f64> {
        let width = |lane: &Lane| (plan.full * lane.amount / self.full).clamp(LEAST, plan.full);
        band.lanes.iter().map(width).collect()
    }

    /// How far a band's middle lies from that of its way, outwards: where money and
    /// value take the same way, they lie side by side on it.
    fn shift(&self, plan: &Plan, band: &Band) -> f64 {
        let width = |route| {
            let band = self.bands.iter().find(|band| band.route == route);
            band.map_or(0.0, |band| self.widths(plan, band).iter().sum::<f64>())
        };
        let (money, value) = (width(Route::Investment), width(Route::Revaluation));
        if money <= 0.0 || value <= 0.0 {
            return 0.0;
        }
        let outwards = (0.5 * (value + GAP)).min(0.5 * plan.hub);
        match band.route {
            Route::Investment => outwards,
            Route::Revaluation => outwards - GAP - 0.5 * (money + value),
            _ => 0.0,
        }
    }

    /// The middle line of a band, from one circle to the next, in the way's direction.
    fn trimmed(&self, plan: &Plan, band: &Band) -> Vec<Point> {
        let (way, from, to) = plan.way(band.route);
        let width: f64 = self.widths(plan, band).iter().sum();
        let way = beside(&way, self.shift(plan, band));
        // A band begins so far under the circle that its corners do not show, and ends
        // a little before the next.
        let under = 0.0_f64
            .max(plan.hub * plan.hub - width * width / 4.0)
            .sqrt()
            - 2.0;
        let before = plan.hub + 3.0;
        let (first, last) = if band.back {
            (before, under)
        } else {
            (under, before)
        };
        without_end(&without(&way, from, first), to, last)
    }

    /// Draws the edges of a band of the scenario that is compared with.
    fn edges(&self, on: &Surface<'_>, plan: &Plan, band: &Band) -> Drawn {
        let width: f64 = self.widths(plan, band).iter().sum();
        let role = band.lanes.last().map_or(Role::Rule, |lane| lane.role);
        let way = self.trimmed(plan, band);
        on.line(&beside(&way, width / 2.0), 1.0, role)?;
        on.line(&beside(&way, -width / 2.0), 1.0, role)
    }

    fn band(&self, on: &Surface<'_>, plan: &Plan, band: &Band) -> Drawn {
        let mut way = self.trimmed(plan, band);
        let widths = self.widths(plan, band);
        let width: f64 = widths.iter().sum();
        let Some(last) = band.lanes.last() else {
            return on.line(&way, 1.0, Role::Rule);
        };
        if band.back {
            way.reverse();
        }
        let amount: f64 = band.lanes.iter().map(|lane| lane.amount).sum();
        if plan.full * amount / self.full < LEAST {
            return dotted(on, &way, last.role);
        }
        // Lanes are counted from inside, whichever way they flow.
        let sign = if band.back { -1.0 } else { 1.0 };
        let mut edges = vec![-width / 2.0];
        for lane in &widths {
            edges.push(edges[edges.len() - 1] + lane);
        }
        let filled: Vec<usize> = (0..band.lanes.len())
            .filter(|&i| matches!(band.lanes[i].look, LaneLook::Filled(_)))
            .collect();
        // The head belongs to the money that counts, or to all where none does.
        let (first, last) = match (filled.first(), filled.last()) {
            (Some(&first), Some(&last)) => (first, last),
            _ => (0, band.lanes.len() - 1),
        };
        let head = Head::new(&way, edges[first], edges[last + 1], sign);
        let widest = (first..=last).max_by(|&a, &b| widths[a].total_cmp(&widths[b]));
        for (i, lane) in band.lanes.iter().enumerate() {
            let body = &way[..=head.neck];
            let (low, high) = (sign * edges[i], sign * edges[i + 1]);
            let mut shape = beside(body, high);
            let mut inner = beside(body, low);
            inner.reverse();
            if widest == Some(i) {
                let ([one, other], tip) = head.points;
                shape.extend([other, tip, one]);
            }
            shape.extend(inner);
            // Nothing shines through a band.
            on.fill(&shape, Role::Paper, 1.0)?;
            match lane.look {
                LaneLook::Filled(alpha) => on.fill(&shape, lane.role, alpha)?,
                LaneLook::Outlined => outline(on, &shape, lane.role, true)?,
                LaneLook::Hatched => {
                    hatch(on, body, low, high, lane.role)?;
                    outline(on, &shape, lane.role, false)?;
                }
            }
        }
        Ok(())
    }

    /// The words of a band: of the party at the rim, the amount, what it is for.
    fn words(&self, on: &Surface<'_>, plan: &Plan, band: &Band) -> Drawn {
        let mut block = Block::default();
        let name = |text: &str| (text.to_owned(), plan.name, Role::Ink, true);
        let amount = (!band.amount.is_empty()).then(|| name(&band.amount));
        let notes = band
            .notes
            .iter()
            .map(|note| (note.text.clone(), plan.note, note.role, false));
        let width: f64 = self.widths(plan, band).iter().sum();
        let (x, y) = plan.middle;
        let slant = FRAC_1_SQRT_2 * (width / 2.0 + self.shift(plan, band) + 9.0);
        let (wide, tall) = (FRAC_1_SQRT_2 * plan.along, FRAC_1_SQRT_2 * plan.across);
        match (band.route, plan.lying) {
            (Route::Customers | Route::Suppliers | Route::Investors | Route::OtherLabs, true) => {
                block.lines.push(name(band.rim));
                block.lines.extend(amount);
                block.lines.extend(notes);
                let left = matches!(band.route, Route::Customers | Route::Investors);
                let corner = matches!(band.route, Route::Investors | Route::OtherLabs);
                block.align = if left { Align::Start } else { Align::End };
                block.at = (
                    if left { 1.0 } else { plan.width - 1.0 },
                    if corner { plan.corner() } else { y },
                );
                block.hang = if corner { Hang::Below } else { Hang::Amid };
            }
            (Route::Customers | Route::Suppliers, false) => {
                let above = band.route == Route::Customers;
                let edge = plan.corner();
                on.text(
                    (x, if above { edge } else { plan.height - edge }),
                    band.rim,
                    TextLook::new(plan.name, Role::Ink)
                        .align(Align::Middle)
                        .bold(),
                )?;
                block.lines.extend(amount);
                block.lines.extend(notes);
                let hub = if above {
                    plan.anthropic().1 - plan.hub
                } else {
                    plan.aws().1 + plan.hub
                };
                let rim = if above {
                    plan.reach()
                } else {
                    plan.height - plan.reach()
                };
                block.at = (x + plan.full / 2.0 + 8.0, f64::midpoint(hub, rim));
                block.hang = Hang::Amid;
            }
            (Route::Investors, false) => {
                block.lines.push(name(band.rim));
                block.lines.extend(amount);
                block.at = (1.0, plan.corner() + 1.4 * plan.name);
                block.hang = Hang::Below;
            }
            (Route::OtherLabs, false) => {
                block.lines.push(name(band.rim));
                block.lines.extend(amount);
                block.at = (plan.width - 1.0, plan.height - plan.corner());
                block.align = Align::End;
                block.hang = Hang::Above;
            }
            (Route::Compute, lying) => {
                block.lines.extend(amount);
                block.lines.extend(notes);
                if lying {
                    block.at = (x, y + plan.across - width / 2.0 - 15.0);
                    block.align = Align::Middle;
                    block.hang = Hang::Above;
                } else {
                    block.at = (x - plan.across + width / 2.0 + 8.0, y);
                    block.hang = Hang::Amid;
                }
            }
            (Route::Investment, true) => {
                block.lines.extend(amount);
                block.lines.extend(notes);
                block.at = (x - wide - slant, y - tall - slant + 6.0);
                block.align = Align::End;
                block.hang = Hang::Above;
            }
            (Route::Investment, false) => {
                block.lines.extend(amount);
                block.lines.extend(notes);
                block.at = (x + tall + slant, y - wide - slant + 6.0);
                block.hang = Hang::Above;
            }
            (Route::Rest, true) => {
                block.lines.extend(amount);
                block.lines.extend(notes);
                block.at = (x + wide + slant, y - tall - slant + 6.0);
                block.hang = Hang::Above;
            }
            (Route::Rest, false) => {
                block.lines.extend(amount);
                block.lines.extend(notes);
                block.at = (x + tall - slant, y + wide - slant);
                block.align = Align::End;
                block.hang = Hang::Above;
            }
            // Beside its band, inside the ring.
            (Route::Revaluation, lying) => {
                block.lines.extend(amount);
                block.lines.extend(notes);
                let inside = FRAC_1_SQRT_2 * (width / 2.0 - self.shift(plan, band) + 9.0);
                block.at = if lying {
                    (x - wide + inside, y - tall + inside + 8.0)
                } else {
                    block.align = Align::End;
                    (x + tall - inside, y - wide + inside + 8.0)
                };
            }
        }
        block.draw(on)?;
        parts(on, plan, band)
    }
}

/// What a band to the suppliers is made of, beside or below it.
fn parts(on: &Surface<'_>, plan: &Plan, band: &Band) -> Drawn {
    let lines = band
        .parts
        .iter()
        .map(|part| (part.clone(), plan.note, Role::Muted, false))
        .collect();
    let (x, y) = plan.middle;
    let block = if plan.lying {
        Block {
            lines,
            at: (plan.width - 1.0, y + plan.full / 2.0 + 12.0),
            align: Align::End,
            hang: Hang::Below,
        }
    } else {
        let hub = plan.aws().1 + plan.hub;
        let rim = plan.height - plan.reach();
        Block {
            lines,
            at: (x - plan.full / 2.0 - 4.0, f64::midpoint(hub, rim)),
            align: Align::End,
            hang: Hang::Amid,
        }
    };
    block.draw(on)
}

fn draw_hub(on: &Surface<'_>, plan: &Plan, hub: &Hub, place: Point) -> Drawn {
    let (x, y) = place;
    let round: Vec<Point> = (0..=4 * QUARTER)
        .map(|i| {
            let angle = FRAC_PI_2 * i as f64 / QUARTER as f64;
            (
                x + plan.hub * libm::cos(angle),
                y + plan.hub * libm::sin(angle),
            )
        })
        .collect();
    on.fill(&round, Role::Paper, 1.0)?;
    on.line(&round, 1.6, hub.role)?;
    // Words fit the circle, which narrows away from its middle.
    let fit = |size: f64, width: f64, off: f64| {
        let (radius, off) = (0.95 * plan.hub, off.abs() + 0.4 * size);
        let half = (radius * radius - off * off).max(0.0).sqrt();
        size.min(size * 2.0 * half / width.max(1.0)).max(9.0)
    };
    let rise = 0.55 * plan.note * hub.notes.len() as f64;
    let name = fit(plan.name, bold_width(hub.name, plan.name), rise);
    on.text(
        (x, y - rise),
        hub.name,
        TextLook::new(name, hub.role).align(Align::Middle).bold(),
    )?;
    let mut down = y - rise + 0.5 * plan.name + 0.7 * plan.note;
    for (i, text) in hub.notes.iter().enumerate() {
        let size = fit(plan.note, text_width(text, plan.note), down - y);
        let role = if i == 0 { Role::Ink } else { Role::Muted };
        let look = TextLook::new(size, role).align(Align::Middle);
        on.text((x, down), text, look)?;
        down += 1.2 * plan.note;
    }
    Ok(())
}

/// Lines of words around a point.
struct Block {
    lines: Vec<(String, f64, Role, bool)>,
    at: Point,
    align: Align,
    hang: Hang,
}

impl Default for Block {
    fn default() -> Self {
        Self {
            lines: vec![],
            at: (0.0, 0.0),
            align: Align::Start,
            hang: Hang::Below,
        }
    }
}

/// Whether lines end at their point, begin there, or have it in their middle.
enum Hang {
    Above,
    Amid,
    Below,
}

impl Block {
    fn draw(&self, on: &Surface<'_>) -> Drawn {
        let step = |size: f64| 1.26 * size;
        let whole: f64 = self.lines.iter().map(|line| step(line.1)).sum();
        let (x, y) = self.at;
        // Nothing that is said leaves the picture.
        let widest = self.lines.iter().map(|(text, size, _, bold)| {
            if *bold {
                bold_width(text, *size)
            } else {
                text_width(text, *size)
            }
        });
        let widest = widest.fold(0.0, f64::max);
        let (before, after) = match self.align {
            Align::Start => (0.0, widest),
            Align::Middle => (widest / 2.0, widest / 2.0),
            Align::End => (widest, 0.0),
        };
        let x = x.min(on.look.width - after).max(before);
        let first = self.lines.first().map_or(0.0, |line| line.1);
        let mut top = match self.hang {
            Hang::Above => y - whole,
            Hang::Amid => y - whole / 2.0,
            Hang::Below => y - step(first) / 2.0,
        };
        for (text, size, role, bold) in &self.lines {
            let mut look = TextLook::new(*size, *role).align(self.align);
            if *bold {
                look = look.bold();
            }
            on.text((x, top + step(*size) / 2.0), text, look)?;
            top += step(*size);
        }
        Ok(())
    }
}

/// The head of an arrow at the end of a way.
struct Head {
    /// The last point of the way before the head.
    neck: usize,
    /// Its two wings, and its tip.
    points: ([Point; 2], Point),
}

impl Head {
    fn new(way: &[Point], low: f64, high: f64, sign: f64) -> Self {
        let width = high - low;
        let wing = (0.12 * width).max(3.5);
        let whole = length(way);
        let size = (0.6 * width + 5.0).clamp(8.0, 30.0).min(0.6 * whole);
        let mut neck = way.len() - 1;
        let mut left = 0.0;
        while neck > 1 && left < size {
            left += distance(way[neck], way[neck - 1]);
            neck -= 1;
        }
        let body = &way[..=neck];
        let corner = |by: f64| beside(body, sign * by)[neck];
        let end = beside(way, sign * f64::midpoint(low, high));
        Self {
            neck,
            points: (
                [corner(low - wing), corner(high + wing)],
                end[end.len() - 1],
            ),
        }
    }
}

fn outline(on: &Surface<'_>, shape: &[Point], role: Role, dashed: bool) -> Drawn {
    let mut closed = shape.to_vec();
    closed.extend(shape.first());
    if dashed {
        on.dashes(&closed, 1.1, role)
    } else {
        on.line(&closed, 1.1, role)
    }
}

/// A band too narrow for its scale: dots along its way, and a head.
fn dotted(on: &Surface<'_>, way: &[Point], role: Role) -> Drawn {
    let head = Head::new(way, -0.5 * LEAST, 0.5 * LEAST, 1.0);
    let ([one, other], tip) = head.points;
    on.fill(&[one, tip, other], role, STRONG)?;
    let mut next = 0.0;
    for pair in way[..=head.neck].windows(2) {
        let ((x, y), (u, v)) = (pair[0], pair[1]);
        let step = distance(pair[0], pair[1]);
        while next < step {
            let t = next / step;
            on.dot((x + (u - x) * t, y + (v - y) * t), 1.1, role)?;
            next += 5.0;
        }
        next -= step;
    }
    Ok(())
}

/// Strokes across a band, slanted.
fn hatch(on: &Surface<'_>, way: &[Point], low: f64, high: f64, role: Role) -> Drawn {
    let (inner, outer) = (beside(way, low), beside(way, high));
    let step = length(way) / (way.len() - 1).max(1) as f64;
    if step <= 0.0 {
        return Ok(());
    }
    let every = ((6.0 / step).round() as usize).max(1);
    let lead = ((0.5 * (high - low).abs().min(30.0) / step).round() as usize).max(1);
    for i in (0..way.len().saturating_sub(lead)).step_by(every) {
        on.line(&[inner[i], outer[i + lead]], 0.9, role)?;
    }
    Ok(())
}

fn distance((x, y): Point, (u, v): Point) -> f64 {
    libm::hypot(x - u, y - v)
}

fn length(way: &[Point]) -> f64 {
    way.windows(2).map(|pair| distance(pair[0], pair[1])).sum()
}

/// A straight way in small steps.
fn line(from: Point, to: Point) -> Vec<Point> {
    let mix = |a: f64, b: f64, t: f64| a + (b - a) * t;
    (0..=QUARTER)
        .map(|i| {
            let t = i as f64 / QUARTER as f64;
            (mix(from.0, to.0, t), mix(from.1, to.1, t))
        })
        .collect()
}

/// A cubic Bézier curve in small steps.
fn curve([a, b, c]: [Point; 3], d: Point) -> Vec<Point> {
    let mix = |p: Point, q: Point, t: f64| (p.0 + (q.0 - p.0) * t, p.1 + (q.1 - p.1) * t);
    (0..=QUARTER)
        .map(|i| {
            let t = i as f64 / QUARTER as f64;
            let (ab, bc, cd) = (mix(a, b, t), mix(b, c, t), mix(c, d, t));
            mix(mix(ab, bc, t), mix(bc, cd, t), t)
        })
        .collect()
}

/// The line beside a way, to the right of its direction by so much.
fn beside(way: &[Point], by: f64) -> Vec<Point> {
    let last = way.len() - 1;
    (0..way.len())
        .map(|i| {
            let (back, ahead) = (way[i.saturating_sub(1)], way[(i + 1).min(last)]);
            let (dx, dy) = (ahead.0 - back.0, ahead.1 - back.1);
            let length = libm::hypot(dx, dy);
            if length < 1e-9 {
                return way[i];
            }
            (way[i].0 - dy / length * by, way[i].1 + dx / length * by)
        })
        .collect()
}

/// A way from where it leaves a circle on.
fn without(way: &[Point], centre: Option<Point>, radius: f64) -> Vec<Point> {
    let Some(centre) = centre else {
        return way.to_vec();
    };
    let out = way
        .iter()
        .position(|&point| distance(point, centre) > radius)
        .unwrap_or(way.len() - 1);
    let mut rest = vec![];
    if out > 0 {
        let (inside, outside) = (way[out - 1], way[out]);
        let (near, far) = (distance(inside, centre), distance(outside, centre));
        let t = if far - near > 1e-9 {
            (radius - near) / (far - near)
        } else {
            1.0
        };
        let t = t.clamp(0.0, 1.0);
        rest.push((
            inside.0 + (outside.0 - inside.0) * t,
            inside.1 + (outside.1 - inside.1) * t,
        ));
    }
    rest.extend(&way[out..]);
    rest
}

/// A way up to where it enters a circle.
fn without_end(way: &[Point], centre: Option<Point>, radius: f64) -> Vec<Point> {
    let mut way = way.to_vec();
    way.reverse();
    let mut way = without(&way, centre, radius);
    way.reverse();
    way
}
