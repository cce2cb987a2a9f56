//! One synthetic client, from intake to the last visit.

use xystra_care::decision::{Decision, Ending};
use xystra_care::finding::Kind;
use xystra_care::response::Skin;
use xystra_care::session::Force;
use xystra_testkit::{RecordBuilder, SITE, START};

use super::{ACTIVE_DAYS, Fate, Plan, days};
use crate::chance::Chance;

const CONDITIONS: [&str; 3] = ["lateral-epicondylitis", "medial-epicondylitis", "myofascial-pain"];
const NEARBY: &str = "forearm-extensors-lower.back.left";
const SYLLABLES: [&str; 16] =
    ["ba", "ko", "mi", "ru", "te", "sa", "lo", "ni", "da", "fe", "gu", "ha", "jo", "pe", "vi", "zu"];
/// Hours from one visit to the next.
const BETWEEN_H: f64 = 84.0;
/// Sessions after which the screening is asked again: it holds twelve weeks.
const SCREENED_FOR: u32 = 20;

/// What a client of this number is called: a word that nobody is called by, always the same.
pub fn name(number: u32) -> String {
    let mut chance = Chance::new(u64::from(number));
    let word: String = (0..4).map(|_| *chance.of(&SYLLABLES)).collect();
    format!("Demo {word} {number}")
}

/// The whole record.
pub(super) fn record(fate: &Fate, plan: &Plan, chance: &mut Chance) -> RecordBuilder {
    let begun = fate.ends.as_second() as f64 - f64::from(fate.sessions) * BETWEEN_H * 3600.0;
    let condition = *chance.of(&CONDITIONS);
    let mut built = taken_in(fate.number, condition, (begun - START.as_second() as f64) / 3600.0, chance);
    for number in 1..=fate.sessions {
        built = visit(built.later(BETWEEN_H - 0.5), number, chance);
    }
    if fate.is_open {
        return built.open_session(|_| {});
    }
    if fate.ends < plan.now - days(ACTIVE_DAYS + 5) {
        let summary = "Lifts the kettle again".to_owned();
        return built.decided(Decision::Closed { outcome: Ending::GoalMet, summary });
    }
    built
}

fn taken_in(number: u32, condition: &str, hours_from_start: f64, chance: &mut Chance) -> RecordBuilder {
    let telephone = format!("555 {:04}", chance.between(0, 10_000));
    RecordBuilder::numbered(number, condition)
        .client(|client| {
            client.name = name(number);
            client.phone = telephone;
            client.born = Some(jiff::civil::date(1950 + i16::try_from(number % 50).unwrap_or(0), 5, 4));
            "Comes by bicycle, prefers mornings".clone_into(&mut client.remarks);
        })
        .intake(|intake| {
            "Began after a week of painting ceilings; worse on gripping, better at rest".clone_into(&mut intake.story);
        })
        .later(hours_from_start)
        .consented()
        .screened()
        .found(SITE, Kind::Tenderness)
        .found(NEARBY, Kind::Tenderness)
        .measured("nprs", None, 6.0)
        .measured("psfs", None, 4.0)
        .planned(|draft| {
            let mut second = draft.applications[0].clone();
            if let Ok(region) = NEARBY.parse() {
                second.region = region;
                draft.applications.push(second);
            }
        })
}

fn visit(built: RecordBuilder, number: u32, chance: &mut Chance) -> RecordBuilder {
    let discomfort = u8::try_from(chance.between(1, 4)).unwrap_or(1);
    let mut built = if number.is_multiple_of(SCREENED_FOR) { built.screened() } else { built };
    built = built.session_with(|session| {
        session.discomfort = Some(discomfort);
        session.skin = Some(Skin::None);
        session.home_done = Some(2);
        for application in &mut session.applications {
            application.strokes = Some(110);
            application.force = match application.force {
                Force::Measured(_) => Force::Guessed,
                known => known,
            };
        }
    });
    let pain = (6.0 - f64::from(number.min(5))).max(1.0);
    if number.is_multiple_of(2) {
        built = built.measured("nprs", None, pain);
    }
    if number.is_multiple_of(2) {
        built = built.noted("Grips with less pain than last time; home exercises done most days.", true);
    }
    if number.is_multiple_of(3) {
        built = built.later(0.1).checkin(Some(Skin::None), Some(1)).later(-0.1);
    }
    built
}
