//! When the next session is usual.

use xystra_care::Record;
use xystra_catalog::Catalog;
use xystra_catalog::advice::{Comparison, Context, Test, Value};

/// The usual time of the next session, in hours since the last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// From here on: what the plan and the rule `gap-48h` ask for, the longer of the two.
    pub opens_h: f64,
    /// Up to here (rule `gap-96h`); `None` when the plan's own gap is no shorter.
    pub closes_h: Option<f64>,
}

/// The window for this record's plan.
pub fn window(record: &Record, catalog: &Catalog) -> Window {
    let planned = record.plan().map_or(0.0, |plan| f64::from(plan.body.draft().gap_hours));
    let opens_h = limit(catalog, Comparison::Below).map_or(planned, |hours| hours.max(planned));
    Window { opens_h, closes_h: limit(catalog, Comparison::AtLeast).filter(|hours| *hours > opens_h) }
}

/// The hours that the rules before a session name.
fn limit(catalog: &Catalog, is: Comparison) -> Option<f64> {
    let before = catalog.advice.iter().filter(|rule| rule.context == Context::Before);
    let about = |test: &&Test| test.fact == "hours-since-last-session" && test.is == is;
    before.flat_map(|rule| &rule.when).find(about).and_then(|test| match test.value {
        Value::Number(hours) => Some(hours),
        _ => None,
    })
}
