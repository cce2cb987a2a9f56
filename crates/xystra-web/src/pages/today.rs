//! Today: who is due and who may be treated, what waits for a decision, and what was begun and not finished.

mod backup;
mod checkin;
mod due;
mod flag;
mod unfinished;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use jiff::{SignedDuration, Timestamp};
use xystra_care::Record;
use xystra_care::appointment::{Appointment, State as Booking};
use xystra_care::entry::Entry;
use xystra_care::id::ClientId;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};
use backup::Backup;
use checkin::{Asked, Back};
use due::Row;
use flag::Flag;
use unfinished::Unfinished;

/// Days back from which a record still concerns today.
const LOOK_BACK_DAYS: i64 = 60;

/// The way to the pages of this module.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/", get(today))
}

/// The start of the day.
#[derive(Template)]
#[template(path = "today/today.html")]
struct Today {
    frame: Frame,
    day: String,
    heading: String,
    is_empty: bool,
    rows: Vec<Row>,
    flags: Vec<Flag>,
    asked: Vec<Asked>,
    back: Vec<Back>,
    unfinished: Vec<Unfinished>,
    backup: Backup,
}

/// What the day is worked out from.
struct Day<'a> {
    visitor: &'a Visitor,
    records: Vec<Record>,
    /// Today's appointments that stand, in order of time.
    booked: Vec<(ClientId, Entry<Appointment>)>,
    /// When the day ends.
    ends: Timestamp,
}

async fn today(State(app): State<App>, visitor: Visitor) -> Result<Response, WebError> {
    let day = Day::load(&app, &visitor).await?;
    let rows = due::rows(&app, &day).await?;
    page(&Today {
        frame: visitor.frame("Today", Nav::Today),
        day: visitor.show.day(visitor.today()),
        heading: heading(&rows),
        is_empty: app.store().count_clients(&visitor.scope).await? == 0,
        flags: flag::flags(&day),
        asked: checkin::asked(&day),
        back: checkin::back(&day),
        unfinished: unfinished::unfinished(&app, &day).await?,
        backup: backup::backup(&app, &visitor).await?,
        rows,
    })
}

impl<'a> Day<'a> {
    async fn load(app: &App, visitor: &'a Visitor) -> Result<Self, WebError> {
        let since = visitor.now - SignedDuration::from_hours(24 * LOOK_BACK_DAYS);
        let records = app.store().records_since(&visitor.scope, since).await?;
        let (starts, ends) = bounds(visitor);
        let mut booked = app.store().between::<Appointment>(&visitor.scope, starts, ends).await?;
        booked.retain(|(_, entry)| entry.body.state == Booking::Booked);
        Ok(Self { visitor, records, booked, ends })
    }
}

/// Where the practice's day begins and ends.
fn bounds(visitor: &Visitor) -> (Timestamp, Timestamp) {
    let zone = visitor.show.zone();
    let start = |day: jiff::civil::Date| day.to_zoned(zone.clone()).map(|at| at.timestamp());
    let starts = start(visitor.today()).unwrap_or(visitor.now);
    let ends = visitor.today().tomorrow().and_then(start);
    (starts, ends.unwrap_or_else(|_| starts + SignedDuration::from_hours(24)))
}

/// "Six people today, three ready to treat".
fn heading(rows: &[Row]) -> String {
    let ready = rows.iter().filter(|row| row.may_treat).count();
    match rows.len() {
        0 => "Nobody is due today".to_owned(),
        1 if ready == 1 => "One person today, ready to treat".to_owned(),
        1 => "One person today".to_owned(),
        many => format!("{} people today, {} ready to treat", crate::show::capital(&in_words(many)), in_words(ready)),
    }
}

fn in_words(many: usize) -> String {
    const WORDS: [&str; 13] =
        ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS.get(many).map_or_else(|| many.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn small_numbers_are_words() {
        assert_eq!((in_words(0), in_words(12), in_words(13)), ("none".into(), "twelve".into(), "13".into()));
    }
}
