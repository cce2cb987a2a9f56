//! The day's list: booked visits in order of time, sessions under way, and those whose course has come round.

use jiff::Timestamp;
use xystra_care::Record;
use xystra_care::appointment::Appointment;
use xystra_care::client::Client;
use xystra_care::facts::facts;
use xystra_care::id::ClientId;
use xystra_catalog::catalog;
use xystra_course::today::{Due, Visit, visit};

use super::Day;
use crate::app::App;
use crate::chart::{Hours, hours};
use crate::error::WebError;
use crate::pages::episode::action::{self, Action};
use crate::pages::episode::chip::{self, Chip};
use crate::show::{Show, capital};

/// One line of the list.
pub(super) struct Row {
    /// Clock time of the appointment; empty when nobody booked one.
    pub(super) time: String,
    pub(super) client: String,
    pub(super) href: String,
    /// Complaint and "session 5 of 9".
    pub(super) about: String,
    pub(super) chip: Option<Chip>,
    /// The ruler as SVG.
    pub(super) ruler: Option<String>,
    pub(super) action: Option<Action>,
    pub(super) may_treat: bool,
}

/// Every line of the day, in its order.
pub(super) async fn rows(app: &App, day: &Day<'_>) -> Result<Vec<Row>, WebError> {
    let mut rows = Vec::new();
    let mut listed = Vec::new();
    for (client, appointment) in &day.booked {
        match concerned(day, *client, &appointment.body) {
            Some(record) => {
                listed.push(record.episode);
                let visit = visit_of(day, record, Some(appointment.body.at));
                rows.push((visit.order(), row(day, record, &visit)));
            }
            None => rows.push(newcomer(app, day, *client, appointment.body.at).await?),
        }
    }
    for record in day.records.iter().filter(|record| !listed.contains(&record.episode)) {
        let visit = visit_of(day, record, None);
        if is_due(day, record, &visit) {
            rows.push((visit.order(), row(day, record, &visit)));
        }
    }
    rows.sort_by_key(|(order, _)| *order);
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// What [`Visit::order`] gives.
type Order = (bool, Timestamp, Option<Timestamp>);

/// The episode that an appointment is about: the one it names, else the client's last that is open.
fn concerned<'a>(day: &'a Day<'_>, client: ClientId, appointment: &Appointment) -> Option<&'a Record> {
    let of_client = || day.records.iter().filter(move |record| record.client_id == client);
    let named = of_client().find(|record| Some(record.episode) == appointment.episode);
    named.or_else(|| {
        of_client().filter(|record| record.closed().is_none()).max_by_key(|record| record.intake.happened_at)
    })
}

fn visit_of(day: &Day<'_>, record: &Record, appointment: Option<Timestamp>) -> Visit {
    let now = day.visitor.now;
    visit(record, &facts(record, catalog(), day.visitor.show.zone(), now), catalog(), now, appointment)
}

/// Without an appointment: a session that is going on, or a course that is not done and may go on, or waits for the skin,
/// before the day ends.
fn is_due(day: &Day<'_>, record: &Record, visit: &Visit) -> bool {
    let is_open =
        record.plan.as_ref().is_some_and(|plan| record.finished_sessions().len() < plan.body.sessions() as usize);
    match &visit.due {
        Due::UnderWay => true,
        Due::TooEarly { opens_at } => is_open && *opens_at < day.ends,
        Due::Hold { .. } | Due::Precaution { .. } | Due::Late | Due::Clear => is_open,
        _ => false,
    }
}

fn row(day: &Day<'_>, record: &Record, visit: &Visit) -> Row {
    let show = &day.visitor.show;
    Row {
        time: visit.booked.map(|at| show.time(at)).unwrap_or_default(),
        client: record.client.body.name.clone(),
        href: format!("/episodes/{}", record.episode),
        about: about(record),
        chip: Some(chip(&visit.due, show)),
        ruler: ruler(visit),
        action: action::next(record, visit.next, &visit.due),
        may_treat: visit.due.may_treat(),
    }
}

/// The reason stands alone under the chip, so it begins like a sentence.
fn chip(due: &Due, show: &Show) -> Chip {
    let chip = chip::of(due, show);
    Chip { why: capital(&chip.why), ..chip }
}

/// The complaint, and which session this is.
fn about(record: &Record) -> String {
    let title = record.intake.body.title(catalog());
    let Some(plan) = &record.plan else { return title };
    let planned = plan.body.sessions();
    let number = record.open_session().map_or_else(|| record.next_number(), |open| open.body.number);
    if number > planned {
        format!("{title} · all {planned} sessions done")
    } else {
        format!("{title} · session {number} of {planned}")
    }
}

fn ruler(visit: &Visit) -> Option<String> {
    let window = visit.window;
    let since = visit.hours_since_last?;
    Some(hours(&Hours { since, opens: window.opens_h, closes: window.closes_h }))
}

/// Somebody booked who has no complaint on record yet.
async fn newcomer(app: &App, day: &Day<'_>, client: ClientId, at: Timestamp) -> Result<(Order, Row), WebError> {
    let known = app.store().of_client::<Client>(&day.visitor.scope, client).await?;
    let name = known.into_iter().next().map(|entry| entry.body.name).unwrap_or_default();
    let row = Row {
        time: day.visitor.show.time(at),
        client: name,
        href: format!("/clients/{client}"),
        about: "no complaint on record yet".to_owned(),
        chip: None,
        ruler: None,
        action: Some(Action {
            word: "Take the intake".to_owned(),
            href: format!("/clients/{client}/episodes/new"),
            posts: false,
            is_main: false,
            icon: "edit",
        }),
        may_treat: false,
    };
    Ok(((false, at, None), row))
}
