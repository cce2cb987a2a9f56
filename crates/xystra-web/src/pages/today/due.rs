//! The day's list: booked visits in order of time, sessions under way, and those whose course has come round.

use jiff::Timestamp;
use xystra_care::Record;
use xystra_care::appointment::Appointment;
use xystra_care::client::Client;
use xystra_care::id::ClientId;
use xystra_catalog::catalog;
use xystra_course::today::{Due, Visit};

use super::Day;
use super::standing::Standing;
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

impl Row {
    /// The same line without what is clinical, for the front desk: who comes, and when.
    fn at_the_desk(self, client: ClientId) -> Self {
        let (href, about) = (format!("/clients/{client}"), String::new());
        Self { href, about, chip: None, ruler: None, action: None, may_treat: false, ..self }
    }
}

/// Every line of the day, in its order. The front desk sees appointments alone.
pub(super) async fn rows(app: &App, day: &Day<'_>) -> Result<Vec<Row>, WebError> {
    let mut rows = Vec::new();
    let mut listed = Vec::new();
    for (client, appointment) in &day.booked {
        match concerned(day, *client, &appointment.body) {
            Some(standing) => {
                listed.push(standing.record.episode);
                let visit = standing.booked(day.visitor.now, appointment.body.at);
                rows.push((visit.order(), row(day, &standing.record, &visit, ruler(&visit))));
            }
            None => rows.push(newcomer(app, day, *client, appointment.body.at).await?),
        }
    }
    let unbooked = if day.treats() { day.standings.as_slice() } else { &[] };
    for standing in unbooked.iter().filter(|standing| !listed.contains(&standing.record.episode)) {
        if is_due(day, &standing.record, &standing.visit) {
            let row = row(day, &standing.record, &standing.visit, standing.ruler.clone());
            rows.push((standing.visit.order(), row));
        }
    }
    rows.sort_by_key(|(order, _)| *order);
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// What [`Visit::order`] gives.
type Order = (bool, Timestamp, Option<Timestamp>);

/// The episode that an appointment is about: the one it names, else the client's last that is open.
fn concerned<'a>(day: &'a Day<'_>, client: ClientId, appointment: &Appointment) -> Option<&'a Standing> {
    let of_client = || day.standings.iter().filter(move |standing| standing.record.client_id == client);
    let named = of_client().find(|standing| Some(standing.record.episode) == appointment.episode);
    let open = || of_client().filter(|standing| standing.record.closed().is_none());
    named.or_else(|| open().max_by_key(|standing| standing.record.intake.happened_at)).map(AsRef::as_ref)
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

fn row(day: &Day<'_>, record: &Record, visit: &Visit, ruler: Option<String>) -> Row {
    let show = &day.visitor.show;
    let row = Row {
        time: visit.booked.map(|at| show.time(at)).unwrap_or_default(),
        client: day.name(record),
        href: format!("/episodes/{}", record.episode),
        about: about(record),
        chip: Some(chip(&visit.due, show)),
        ruler,
        action: action::next(record, visit.next, &visit.due),
        may_treat: visit.due.may_treat(),
    };
    if day.treats() { row } else { row.at_the_desk(record.client_id) }
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

/// Hours since the last session against the usual window; nothing before the first.
pub(super) fn ruler(visit: &Visit) -> Option<String> {
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
    let row = if day.treats() { row } else { row.at_the_desk(client) };
    Ok(((false, at, None), row))
}
