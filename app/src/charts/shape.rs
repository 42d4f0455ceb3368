//! What every kind of chart answers, so that a picture need not know its kind: a page that
//! shows lines over time alone has none of the others.

use core::any::Any;
use core::fmt::Debug;
use std::sync::Arc;

use compute_loop_core::levers::Lever;

use super::bars::RowChart;
use super::curve::CurveChart;
use super::dots::DotChart;
use super::flow::FlowChart;
use super::map::MapChart;
use super::sound::Heard;
use super::surface::{Drawn, Look, Point, Surface};
use super::tiles::TileChart;
use super::time::TimeChart;
use super::{Reading, Spot};

/// A chart's shapes without pixels.
pub(super) trait Shape: Any + Send + Sync {
    /// The height that suits a width, whatever the values.
    fn height(&self, width: f64) -> f64;
    fn draw(&self, on: &Surface<'_>) -> Drawn;
    /// How many places can be read.
    fn readings(&self) -> usize;
    fn reading(&self, index: usize) -> Option<Reading>;
    fn spot(&self, look: Look, index: usize) -> Spot;
    fn nearest(&self, look: Look, point: Point) -> usize;

    /// Whether another one shows the same.
    fn shows_what(&self, other: &dyn Shape) -> bool;

    /// The same with another scenario's thinly under it; none where that is not drawn.
    fn over(&self, _other: &dyn Shape, _name: &str) -> Option<Shapes> {
        None
    }

    /// Whether another scenario's can be laid under it.
    fn shows_other(&self) -> bool {
        true
    }

    /// Only its published points, and how many those are; none where it has no such.
    fn points_alone(&self) -> Option<(Shapes, usize)> {
        None
    }

    /// Its series by their places, where it has a course to follow.
    fn series(&self) -> Vec<Heard> {
        vec![]
    }

    /// Whether it shows published points.
    fn has_points(&self) -> bool {
        false
    }

    /// Whether it shows lines over months.
    fn is_over_time(&self) -> bool {
        false
    }

    /// Where the point stands that moves two beliefs.
    fn grip(&self, _look: Look) -> Option<Point> {
        None
    }

    /// The two beliefs and their values at a point.
    fn beliefs_at(&self, _look: Look, _point: Point) -> Option<[(Lever, f64); 2]> {
        None
    }
}

/// The shapes of any chart.
#[derive(Clone)]
pub(super) struct Shapes(Arc<dyn Shape>);

impl Shapes {
    /// Those of a chart.
    pub(super) fn of(chart: impl Shape) -> Self {
        Self(Arc::new(chart))
    }

    /// Those of another scenario laid under them, where that is drawn.
    pub(super) fn over(self, other: &Self, name: &str) -> Self {
        self.0.over(&*other.0, name).unwrap_or(self)
    }
}

impl Debug for Shapes {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("Shapes")
    }
}

impl core::ops::Deref for Shapes {
    type Target = dyn Shape;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

impl PartialEq for Shapes {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.shows_what(&*other.0)
    }
}

/// A chart's shapes as those of one kind.
fn of_kind<T: Shape>(shape: &dyn Shape) -> Option<&T> {
    (shape as &dyn Any).downcast_ref()
}

/// What every kind does in its own way, by the methods of the same names.
macro_rules! in_its_own_way {
    () => {
        fn draw(&self, on: &Surface<'_>) -> Drawn {
            self.draw(on)
        }
        fn readings(&self) -> usize {
            self.readings()
        }
        fn reading(&self, index: usize) -> Option<Reading> {
            self.reading(index)
        }
        fn spot(&self, look: Look, index: usize) -> Spot {
            self.spot(look, index)
        }
        fn nearest(&self, look: Look, point: Point) -> usize {
            self.nearest(look, point)
        }
        fn shows_what(&self, other: &dyn Shape) -> bool {
            of_kind(other).is_some_and(|other| self == other)
        }
    };
}

/// How another scenario is laid under a kind that has room for a second of itself.
macro_rules! laid_under {
    () => {
        fn over(&self, other: &dyn Shape, _name: &str) -> Option<Shapes> {
            let under = Some(Box::new(of_kind::<Self>(other)?.clone()));
            Some(Shapes::of(Self {
                under,
                ..self.clone()
            }))
        }
    };
}

impl Shape for TimeChart {
    in_its_own_way!();

    fn height(&self, width: f64) -> f64 {
        (width * 0.52).clamp(260.0, 420.0)
    }

    fn over(&self, other: &dyn Shape, name: &str) -> Option<Shapes> {
        let mut chart = self.clone();
        chart.lay_over(of_kind::<Self>(other)?.clone(), name);
        Some(Shapes::of(chart))
    }

    fn points_alone(&self) -> Option<(Shapes, usize)> {
        let mut chart = self.clone();
        let points = chart.keep_points();
        Some((Shapes::of(chart), points))
    }

    fn has_points(&self) -> bool {
        !self.points.is_empty()
    }

    fn is_over_time(&self) -> bool {
        true
    }

    fn series(&self) -> Vec<Heard> {
        self.series()
    }
}

impl Shape for RowChart {
    in_its_own_way!();
    laid_under!();

    fn height(&self, width: f64) -> f64 {
        self.height(width)
    }
}

impl Shape for FlowChart {
    in_its_own_way!();

    fn height(&self, width: f64) -> f64 {
        Self::height(width)
    }

    fn over(&self, other: &dyn Shape, _name: &str) -> Option<Shapes> {
        let mut chart = self.clone();
        chart.lay_over(of_kind::<Self>(other)?.clone());
        Some(Shapes::of(chart))
    }
}

impl Shape for TileChart {
    in_its_own_way!();

    fn height(&self, width: f64) -> f64 {
        self.height(width)
    }

    fn shows_other(&self) -> bool {
        false
    }
}

impl Shape for CurveChart {
    in_its_own_way!();
    laid_under!();

    fn series(&self) -> Vec<Heard> {
        self.series()
    }

    fn height(&self, width: f64) -> f64 {
        Self::height(width)
    }
}

impl Shape for DotChart {
    in_its_own_way!();

    fn height(&self, width: f64) -> f64 {
        self.height(width)
    }

    fn shows_other(&self) -> bool {
        false
    }
}

impl Shape for MapChart {
    in_its_own_way!();
    laid_under!();

    fn height(&self, width: f64) -> f64 {
        Self::height(width)
    }

    fn grip(&self, look: Look) -> Option<Point> {
        Some(self.grip(look))
    }

    fn beliefs_at(&self, look: Look, point: Point) -> Option<[(Lever, f64); 2]> {
        Some(self.beliefs(look, point))
    }
}
