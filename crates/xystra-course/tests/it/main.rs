//! The course against records made step by step.

mod case;
mod choices;
mod compute;
mod dosing;
mod example;
mod outlook;
mod proposal;
mod ranked;
mod score;
mod spoken;
mod stepper;
mod today;

use jiff::tz::TimeZone;
use xystra_care::Record;
use xystra_care::facts::{Facts, facts};
use xystra_catalog::catalog;
use xystra_testkit::RecordBuilder;

/// The facts at the builder's clock.
fn facts_of(built: &RecordBuilder) -> Facts {
    facts_at(built.record(), built.now())
}

fn facts_at(record: &Record, now: jiff::Timestamp) -> Facts {
    facts(record, catalog(), &TimeZone::UTC, now)
}

/// A tennis elbow with everything that a session needs.
fn ready() -> RecordBuilder {
    RecordBuilder::new("lateral-epicondylitis").ready()
}
