//! Exercise at home, as load in hours.

use xystra_care::Record;

use crate::assumed::assumed;

/// Days of exercise that one session's answer speaks for at most: nobody is asked about last month.
const MOST_DAYS: f64 = 7.0;
/// `home_done` when all of the programme was done.
const ALL: f64 = 3.0;

/// Hours of exercise in the time since the session before, by what the client said of it.
pub(crate) fn since(record: &Record, said: Option<u8>, hours: f64) -> f64 {
    let share = said.map_or_else(|| unsaid(record), |done| f64::from(done) / ALL);
    load_h(share, hours)
}

/// Hours of exercise to come in that time, if it goes on as it was said to so far.
pub(crate) fn to_come(record: &Record, hours: f64) -> f64 {
    let said: Vec<f64> =
        record.finished_sessions().iter().filter_map(|session| session.body.home_done).map(f64::from).collect();
    let mean = said.iter().sum::<f64>() / (said.len() as f64 * ALL);
    load_h(if said.is_empty() { unsaid(record) } else { mean }, hours)
}

/// Nothing without a programme.
fn unsaid(record: &Record) -> f64 {
    let has_programme = record.plan.as_ref().is_some_and(|plan| !plan.struck && !plan.body.draft().home.is_empty());
    if has_programme { assumed("home-unsaid") } else { 0.0 }
}

fn load_h(share: f64, hours: f64) -> f64 {
    share * (hours / 24.0).clamp(0.0, MOST_DAYS) * assumed("home-minutes") / 60.0
}
