//! The strip below the force: one lane for contact, one for each thing that was wrong somewhere.

use crate::analysis::Analysis;
use crate::interval::{Interval, total_s, union};
use crate::picture::look::Look;
use crate::picture::scale::Scale;
use crate::picture::svg::{Anchor, Svg};
use crate::quality::IssueKind::{
    self, ClockReset, Drift, Frozen, Gap, InventedRows, Knock, LongContact, LostRows, NotStarted, Saturated, Spike,
};

/// From one lane to the next.
pub(super) const LANE_STEP: f64 = 28.0;
const HEIGHT: f64 = 16.0;

/// Lanes that are always there, since "none" is worth knowing, with the issues they show.
const ALWAYS: [(&str, &[IssueKind]); 3] =
    [("gaps", &[Gap, ClockReset]), ("saturated", &[Saturated]), ("frozen", &[Frozen])];
/// Lanes that are there when they have something to show: not the whole recording, which the words below the picture tell.
const SOMETIMES: [(&str, &[IssueKind]); 4] = [
    ("spikes", &[Spike]),
    ("knocks", &[Knock]),
    ("left out", &[LostRows, InventedRows, NotStarted, LongContact]),
    ("drift", &[Drift]),
];

/// One row of the strip.
pub(super) struct Lane {
    name: &'static str,
    class: &'static str,
    extents: Vec<Interval>,
}

/// The lanes of `analysis`, contact first.
pub(super) fn lanes(analysis: &Analysis) -> Vec<Lane> {
    let contact = Lane { name: "contact", class: "ln-c", extents: analysis.trace.contacts.clone() };
    let always = ALWAYS.iter().map(|row| Lane::of(analysis, row));
    let is_part = |lane: &Lane| (0.0..0.99 * analysis.recording.duration_s).contains(&total_s(&lane.extents));
    let sometimes = SOMETIMES.iter().map(|row| Lane::of(analysis, row));
    let sometimes = sometimes.filter(|lane| !lane.extents.is_empty() && is_part(lane));
    std::iter::once(contact).chain(always).chain(sometimes).collect()
}

impl Lane {
    fn of(analysis: &Analysis, (name, kinds): &(&'static str, &[IssueKind])) -> Self {
        let issues = analysis.recording.issues.iter().filter(|issue| kinds.contains(&issue.kind));
        let extents = union(issues.map(|issue| issue.extent).collect());
        Self { name, class: if kinds.contains(&Gap) { "ln-g" } else { "ln-f" }, extents }
    }

    pub(super) fn draw(&self, svg: &mut Svg, look: &Look, x: Scale, top: f64) {
        svg.rect("lane", (look.left, top), (look.right() - look.left, HEIGHT));
        svg.text("al", (look.inset(), top + 13.0), Anchor::Start, self.name);
        if self.extents.is_empty() {
            svg.text("al", (look.left + 6.0, top + 13.0), Anchor::Start, "none");
        }
        for extent in &self.extents {
            let (from, to) = (x.at(extent.start_s), x.at(extent.end_s));
            // A spike is seen too: no mark is narrower than a pixel, or lies outside.
            let wide = (to - from).max(1.0);
            svg.rect(self.class, (from.min(look.right() - wide), top), (wide, HEIGHT));
        }
    }
}
