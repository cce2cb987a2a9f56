//! Where things stand on a wide page and on a phone.
//!
//! A drawing is never shown narrower than its view box, so that its 13 px of text stay 13 px: the wide one from 1024 px on,
//! or alone in its column below.

use super::Anchor;

/// Measures of one drawing, in the units of its view box.
pub(in crate::chart) struct Layout {
    pub(in crate::chart) class: &'static str,
    pub(in crate::chart) width: f64,
    pub(in crate::chart) height: f64,
    /// Edges of the plot.
    pub(in crate::chart) left: f64,
    pub(in crate::chart) right: f64,
    pub(in crate::chart) top: f64,
    pub(in crate::chart) bottom: f64,
    /// Steps of the week axis, at most.
    pub(in crate::chart) most_weeks: f64,
    /// Where labels beside the plot begin, if there is room for any.
    pub(in crate::chart) beside: Option<f64>,
    /// What the week axis is called, and where.
    pub(in crate::chart) week_title: (&'static str, (f64, f64), Anchor),
}

pub(in crate::chart) const WIDE: Layout = Layout {
    class: "chart only-wide",
    width: 590.0,
    height: 322.0,
    left: 38.0,
    right: 470.0,
    top: 14.0,
    bottom: 262.0,
    most_weeks: 7.0,
    beside: Some(478.0),
    week_title: ("weeks", (486.0, 283.0), Anchor::Start),
};

pub(in crate::chart) const NARROW: Layout = Layout {
    class: "chart only-narrow",
    width: 300.0,
    height: 334.0,
    left: 34.0,
    right: 290.0,
    top: 14.0,
    bottom: 252.0,
    most_weeks: 6.0,
    beside: None,
    week_title: ("weeks since baseline", (290.0, 328.0), Anchor::End),
};
