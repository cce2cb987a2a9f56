//! Today: who is due and who may be treated, what waits for a decision, and what was begun and not finished.

mod backup;
mod checkin;
mod due;
mod flag;
mod standing;
mod unfinished;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use xystra_care::Record;
use xystra_care::appointment::{Appointment, State as Booking};
use xystra_care::entry::Entry;
use xystra_care::id::ClientId;
use xystra_care::role::Role;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};
use crate::routes::Routes;
use backup::Backup;
use checkin::{Asked, Back};
use due::Row;
use flag::Flag;
use standing::Standing;
pub(crate) use standing::Standings;
use unfinished::Unfinished;

/// Days back from which a record still concerns today.
const LOOK_BACK_DAYS: i64 = 60;

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new().get("/", today)
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
    /// Records that were opened in an emergency and no owner has looked at.
    emergencies: usize,
}

/// What the day is worked out from.
struct Day<'a> {
    visitor: &'a Visitor,
    /// Every record that may concern the day. Whom the page names is noted by [`Day::name`].
    standings: Vec<Arc<Standing>>,
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
        heading: if day.treats() { heading(&rows) } else { people(rows.len()) },
        is_empty: !app.store().has_clients(&visitor.scope).await?,
        flags: if day.treats() { flag::flags(&day) } else { Vec::new() },
        asked: checkin::asked(&day),
        back: if day.treats() { checkin::back(&day) } else { Vec::new() },
        unfinished: if day.treats() { unfinished::unfinished(&app, &day).await? } else { Vec::new() },
        emergencies: emergencies(&app, &visitor).await?,
        backup: backup::backup(&app, &visitor).await?,
        rows,
    })
}

impl<'a> Day<'a> {
    async fn load(app: &App, visitor: &'a Visitor) -> Result<Self, WebError> {
        let (starts, ends) = bounds(visitor);
        let mut booked = app.store().between::<Appointment>(&visitor.scope, starts, ends).await?;
        booked.retain(|(_, entry)| entry.body.state == Booking::Booked);
        let records = concerned(app, visitor, &booked).await?;
        let (practice, zone) = (visitor.scope.practice(), visitor.show.zone());
        let standings = app.standings().of(practice, records, zone, visitor.now);
        Ok(Self { visitor, standings, booked, ends })
    }

    /// Does the visitor see what is clinical?
    fn treats(&self) -> bool {
        self.visitor.account.role.treats()
    }

    /// The name of a record's client, who is shown herewith.
    fn name(&self, record: &Record) -> String {
        self.visitor.scope.saw(record.client_id);
        record.client.body.name.clone()
    }
}

/// The records that something was said about lately, and those of everybody who is booked. Many are looked through that the
/// page does not show.
async fn concerned(
    app: &App,
    visitor: &Visitor,
    booked: &[(ClientId, Entry<Appointment>)],
) -> Result<Vec<Arc<Record>>, WebError> {
    let quietly = visitor.scope.quietly();
    let since = visitor.now - SignedDuration::from_hours(24 * LOOK_BACK_DAYS);
    let mut records = app.store().records_since(&quietly, since).await?;
    for (client, _) in booked {
        if !records.iter().any(|record| record.client_id == *client) {
            records.extend(app.store().records_of_client(&quietly, *client).await?);
        }
    }
    Ok(records)
}

/// Where the practice's day begins and ends.
fn bounds(visitor: &Visitor) -> (Timestamp, Timestamp) {
    let zone = visitor.show.zone();
    let start = |day: jiff::civil::Date| day.to_zoned(zone.clone()).map(|at| at.timestamp());
    let starts = start(visitor.today()).unwrap_or(visitor.now);
    let ends = visitor.today().tomorrow().and_then(start);
    (starts, ends.unwrap_or_else(|_| starts + SignedDuration::from_hours(24)))
}

/// How many the owner has to look at.
async fn emergencies(app: &App, visitor: &Visitor) -> Result<usize, WebError> {
    match visitor.account.role {
        Role::Owner => Ok(app.store().unseen_emergencies(&visitor.scope).await?.len()),
        _ => Ok(0),
    }
}

/// "Six people today".
fn people(many: usize) -> String {
    match many {
        0 => "Nobody is due today".to_owned(),
        1 => "One person today".to_owned(),
        many => format!("{} people today", crate::show::capital(&in_words(many))),
    }
}

/// "Six people today, three ready to treat".
fn heading(rows: &[Row]) -> String {
    let ready = rows.iter().filter(|row| row.may_treat).count();
    match rows.len() {
        1 if ready == 1 => "One person today, ready to treat".to_owned(),
        many @ (0 | 1) => people(many),
        many => format!("{}, {} ready to treat", people(many), in_words(ready)),
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
