//! How each record stands today, worked out once for everything that the page says of it, and held for a short while.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use xystra_care::Record;
use xystra_care::advice::{Advice, advise};
use xystra_care::facts::{Facts, facts};
use xystra_care::id::{EpisodeId, PracticeId};
use xystra_catalog::advice::{Context, Rule};
use xystra_catalog::catalog;
use xystra_course::today::{CheckinDue, Visit, checkins_due, decisions, visit};

/// Seconds that a standing is held, at least and at most: so that they do not all end with one request.
const HELD_S: (u64, u64) = (30, 60);
/// Practices whose standings are held.
const MOST_PRACTICES: usize = 32;

/// What the day says of one record.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) record: Arc<Record>,
    /// How it stands without an appointment.
    pub(super) visit: Visit,
    /// The rules that wait for a decision.
    pub(super) waiting: Vec<&'static Rule>,
    /// The rule about the end of the clearance, if it speaks.
    pub(super) clearance_ends: Option<&'static Rule>,
    /// The check-ins to ask for.
    pub(super) asked: Vec<CheckinDue>,
    /// The ruler without an appointment, as SVG.
    pub(super) ruler: Option<String>,
    zone: TimeZone,
    at: Timestamp,
}

impl Standing {
    fn of(record: Arc<Record>, zone: &TimeZone, now: Timestamp) -> Self {
        let facts = facts(&record, catalog(), zone, now);
        let waiting = decisions(&record, &facts, catalog()).into_iter().map(|waiting| waiting.rule).collect();
        let visit = visit(&record, &facts, catalog(), now, None);
        Self {
            ruler: super::due::ruler(&visit),
            visit,
            waiting,
            clearance_ends: clearance_ends(&facts),
            asked: checkins_due(&record, now),
            zone: zone.clone(),
            at: now,
            record,
        }
    }

    /// How it stands for an appointment.
    pub(super) fn booked(&self, now: Timestamp, at: Timestamp) -> Visit {
        visit(&self.record, &facts(&self.record, catalog(), &self.zone, now), catalog(), now, Some(at))
    }

    /// Is it still true of this record?
    fn holds(&self, record: &Arc<Record>, zone: &TimeZone, now: Timestamp) -> bool {
        let spread = record.episode.0.as_u64_pair().1 % (HELD_S.1 - HELD_S.0);
        let age = u64::try_from(now.duration_since(self.at).as_secs()).unwrap_or(u64::MAX);
        Arc::ptr_eq(&self.record, record) && age < HELD_S.0 + spread && self.zone == *zone
    }
}

/// The rule about the end of the clearance, if it speaks.
fn clearance_ends(facts: &Facts) -> Option<&'static Rule> {
    let before = advise(facts, catalog(), Context::Before).into_iter().filter(Advice::speaks).map(|advice| advice.rule);
    let about_clearance = |rule: &&Rule| rule.when.iter().any(|test| test.fact == "clearance-days-left");
    before.into_iter().find(about_clearance)
}

/// The standings of each practice's last day that was drawn. A record that was written to since is another record, and
/// worked out anew.
#[derive(Debug, Default)]
pub(crate) struct Standings(Mutex<HashMap<PracticeId, Held>>);

type Held = Arc<HashMap<EpisodeId, Arc<Standing>>>;

impl Standings {
    /// How these records of a practice stand.
    pub(super) fn of(
        &self,
        practice: PracticeId,
        records: Vec<Arc<Record>>,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Vec<Arc<Standing>> {
        let held = self.held(practice);
        let standing = |record: Arc<Record>| match held.get(&record.episode) {
            Some(standing) if standing.holds(&record, zone, now) => Arc::clone(standing),
            _ => Arc::new(Standing::of(record, zone, now)),
        };
        let standings: Vec<Arc<Standing>> = records.into_iter().map(standing).collect();
        self.hold(practice, standings.iter().map(|standing| (standing.record.episode, Arc::clone(standing))).collect());
        standings
    }

    fn held(&self, practice: PracticeId) -> Held {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&practice).cloned().unwrap_or_default()
    }

    fn hold(&self, practice: PracticeId, standings: HashMap<EpisodeId, Arc<Standing>>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= MOST_PRACTICES && !held.contains_key(&practice) {
            held.clear();
        }
        held.insert(practice, Arc::new(standings));
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn record() -> Arc<Record> {
        Arc::new(xystra_testkit::RecordBuilder::new("neck-pain").build())
    }

    fn of(standings: &Standings, record: &Arc<Record>, now: Timestamp) -> Arc<Standing> {
        let all = standings.of(PracticeId(uuid::Uuid::nil()), vec![Arc::clone(record)], &TimeZone::UTC, now);
        all.into_iter().next().expect("one")
    }

    #[test]
    fn a_standing_holds_for_a_while_for_the_same_record() {
        let (standings, known) = (Standings::default(), record());
        let first = of(&standings, &known, NOW);
        assert!(Arc::ptr_eq(&first, &of(&standings, &known, NOW + 29.seconds())));
        assert!(!Arc::ptr_eq(&first, &of(&standings, &known, NOW + 60.seconds())), "it has grown old");
        let later = of(&standings, &known, NOW + 60.seconds());
        assert!(!Arc::ptr_eq(&later, &of(&standings, &known, NOW)), "the clock went back");
        let changed = of(&standings, &record(), NOW);
        assert!(!Arc::ptr_eq(&changed, &of(&standings, &record(), NOW)), "something was written");
    }
}
