//! From the client's answers to a check-in.

use jiff::Timestamp;
use xystra_care::FieldError;
use xystra_care::measurement::{Measurement, Method};
use xystra_care::outcome::series;
use xystra_care::response::{Checkin, How};
use xystra_catalog::catalog;
use xystra_catalog::screening::{Item, Urgency};

use crate::form::{Form, Reader};
use crate::pages::by_link::Opened;

/// The scale of pain from 0 to 10.
const PAIN: &str = "nprs";
/// Most letters of a free line.
const MOST_LETTERS: usize = 500;

/// What a client answered.
#[derive(Debug)]
pub(super) struct Answers {
    pub(super) checkin: Checkin,
    pub(super) pain: Option<Measurement>,
    /// What a doctor should hear of, as far as the client said yes to it.
    pub(super) alarms: Vec<&'static Item>,
}

/// What the complaint's pain is called, when it was measured before: only then one more number says something.
pub(super) fn pain(opened: &Opened) -> Option<String> {
    let record = &opened.behind.record;
    let condition = catalog().condition(&record.intake.body.condition);
    let known = series(record, condition).into_iter().find(|one| one.measure.id == PAIN)?;
    Some(known.label.strip_suffix(", 0 to 10").unwrap_or(&known.label).to_owned())
}

/// The red flags of the complaint that cannot wait until tomorrow.
pub(super) fn alarms(opened: &Opened) -> Vec<&'static Item> {
    let condition = catalog().condition(&opened.behind.record.intake.body.condition);
    let flags = condition.map(|condition| condition.red_flags.as_slice()).unwrap_or_default();
    let urgent = flags.iter().filter(|item| matches!(item.urgency, Urgency::SameDay | Urgency::Emergency));
    let mut alarms: Vec<&Item> = urgent.filter(|item| is_for_a_client(item)).collect();
    alarms.sort_by_key(|item| std::cmp::Reverse(item.urgency));
    alarms
}

/// A few questions are worded for the clinician who asks them.
fn is_for_a_client(item: &Item) -> bool {
    !["the client", "Ottawa"].iter().any(|word| item.ask.contains(word))
}

/// The answers, or what is wrong with them.
pub(super) fn read(form: &Form, opened: &Opened, finished_at: Timestamp) -> Result<Answers, Vec<FieldError>> {
    let mut reader = form.reader(opened.show.zone());
    let soreness = reader.whole("soreness");
    let skin = if form.get("skin") == "unseen" { None } else { reader.choice("skin") };
    let remark = remark(&mut reader);
    let alarms: Vec<&Item> = alarms(opened).into_iter().filter(|item| form.has("alarm", &item.id)).collect();
    let pain = pain(opened).and_then(|_| measured(&mut reader));
    let checkin = Checkin {
        session: opened.link.session.unwrap_or(xystra_care::id::ThreadId(uuid::Uuid::nil())),
        at: opened.now,
        how: How::ClientForm,
        soreness,
        skin,
        redness_over_30_min: None,
        remark: with_alarms(&alarms, &remark),
    };
    reader.and(checkin.check(finished_at, opened.now));
    let errors = reader.errors();
    if errors.is_empty() { Ok(Answers { checkin, pain, alarms }) } else { Err(errors) }
}

fn remark(reader: &mut Reader<'_>) -> String {
    let remark = reader.text("remark");
    let letters = remark.chars().count();
    if letters > MOST_LETTERS {
        reader.wrong("remark", format!("{letters} letters: keep it to {MOST_LETTERS}, or call the practice"));
    }
    remark
}

/// Pain as the client gives it, without anybody beside: the rater says so.
fn measured(reader: &mut Reader<'_>) -> Option<Measurement> {
    let value: u8 = reader.whole("pain")?;
    let method = Method { rater: "the client, by own form".to_owned(), ..Method::default() };
    let measurement = Measurement {
        measure: PAIN.to_owned(),
        value: f64::from(value),
        side: None,
        method,
        activities: Vec::new(),
        remark: String::new(),
    };
    let wrong = measurement.check(catalog());
    reader.and(wrong.into_iter().map(|error| FieldError::new("pain", error.message)).collect());
    Some(measurement)
}

/// What the client said yes to stands before the client's own words.
fn with_alarms(alarms: &[&Item], remark: &str) -> String {
    let said = alarms.iter().map(|item| format!("Said yes to: {}", item.ask));
    said.chain((!remark.is_empty()).then(|| remark.to_owned())).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_client_is_asked_speaks_to_the_client() {
        let flags = catalog().conditions.iter().flat_map(|condition| &condition.red_flags);
        let (asked, left_out): (Vec<_>, Vec<_>) =
            flags.filter(|item| item.urgency >= Urgency::SameDay).partition(|item| is_for_a_client(item));
        assert!(asked.len() > 10 * left_out.len(), "{} asked, {} left out", asked.len(), left_out.len());
        assert!(left_out.iter().any(|item| item.id == "patellar-tendinitis-hip"));
    }
}
