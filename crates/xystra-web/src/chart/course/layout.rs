//! Where things stand on a wide page and on a phone.

use super::Anchor;

/// Measures of one drawing, in the units of its view box.
pub(super) struct Layout {
    pub(super) class: &'static str,
    pub(super) width: f64,
    pub(super) height: f64,
    /// Edges of the plot.
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// Steps of the week axis, at most.
    pub(super) most_weeks: f64,
    /// Where labels beside the plot begin, if there is room for any.
    pub(super) beside: Option<f64>,
    /// Where the week axis is named.
    pub(super) week_title: ((f64, f64), Anchor),
}

pub(super) const WIDE: Layout = Layout {
    class: "chart only-wide",
    width: 800.0,
    height: 386.0,
    left: 44.0,
    right: 630.0,
    top: 16.0,
    bottom: 316.0,
    most_weeks: 8.0,
    beside: Some(640.0),
    week_title: ((648.0, 337.0), Anchor::Start),
};

pub(super) const NARROW: Layout = Layout {
    class: "chart only-narrow",
    width: 350.0,
    height: 350.0,
    left: 38.0,
    right: 340.0,
    top: 14.0,
    bottom: 252.0,
    most_weeks: 6.0,
    beside: None,
    week_title: ((340.0, 342.0), Anchor::End),
};
