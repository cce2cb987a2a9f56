//! An outlook in one plain sentence: for the therapist, and for the client without jargon and without a promise.

use xystra_catalog::measure::Better;
use xystra_cohort::answer::{Band, Effect, TrackAnswer, Verdict};

use super::score::band_at;
use super::{Foretold, MIN_OBSERVATIONS, Outlook};
use crate::words::{count, number, quantity};

/// Hours of a week.
const WEEK_H: f64 = 168.0;

/// What is said of one measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// For the therapist, with numbers and units.
    pub therapist: String,
    /// For the client.
    pub client: String,
}

/// The hour at which choices are compared and sentences look ahead: the first look after the last session of the plan in force; the last
/// look where no session is to come.
pub fn ahead_h(foretold: &Foretold) -> Option<f64> {
    let looks = &foretold.followed(foretold.answer.tracks.first()?)?.bands;
    let sessions = foretold.offers.first().map(|offer| offer.sessions_h.as_slice()).unwrap_or_default();
    let last = looks.last()?.at_h;
    Some(sessions.last().map_or(last, |end| looks.iter().map(|band| band.at_h).find(|at| at >= end).unwrap_or(last)))
}

/// The sentences about one measure; `None` when the outlook says nothing of it. `key` names its track.
pub fn spoken(foretold: &Foretold, outlook: &Outlook, key: &str) -> Option<Spoken> {
    let track = foretold.track(key)?;
    let followed = foretold.followed(track)?;
    let told = Told {
        now: *followed.bands.first()?,
        then: band_at(&followed.bands, ahead_h(foretold)?)?,
        going_on: followed.choice != "stop",
        track,
        outlook,
    };
    Some(Spoken { therapist: told.therapist(foretold.now_h), client: told.client(foretold.now_h) })
}

/// What can be said about the treatment, in words.
pub fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::CannotTell => "Nobody can tell yet what the treatment adds",
        Verdict::Helps => "The treatment probably helps",
        Verdict::AddsNothing => "The treatment probably adds nothing",
        Verdict::Harms => "The treatment probably does harm",
    }
}

struct Told<'a> {
    now: Band,
    then: Band,
    going_on: bool,
    track: &'a TrackAnswer,
    outlook: &'a Outlook,
}

impl Told<'_> {
    fn therapist(&self, now_h: f64) -> String {
        let unit = &self.outlook.unit;
        let (name, ahead) = (self.name(), self.ahead(now_h));
        let now = format!("{name} is about {} now", quantity(self.now.middle, unit));
        let then = format!(
            "{ahead} probably between {} and {}",
            number(self.then.ninety[0]),
            quantity(self.then.ninety[1], unit)
        );
        let verdict = verdict_words(self.track.effect.verdict);
        let seen = count(self.outlook.observations, "observation");
        format!("{now}, and {then} (9 of 10). {verdict}: so far {}. {seen}.", self.gain(&self.track.effect))
    }

    /// "between 0.3 points of harm and 1.6 points of help".
    fn gain(&self, effect: &Effect) -> String {
        let unit = &self.outlook.unit;
        let [low, high] = effect.posterior.ninety;
        let end = |gain: f64| match () {
            () if number(gain.abs()) == "0" => "nothing".to_owned(),
            () if gain < 0.0 => format!("{} of harm", quantity(-gain, unit)),
            () => format!("{} of help", quantity(gain, unit)),
        };
        if end(low) == end(high) {
            format!("about {}", end(low))
        } else {
            format!("between {} and {}", end(low), end(high))
        }
    }

    fn client(&self, now_h: f64) -> String {
        let least = number(self.then.ninety[0].min(self.then.ninety[1]).round());
        let most = quantity(self.then.ninety[1].max(self.then.ninety[0]).round(), &self.outlook.unit);
        let now = format!("{} is about {} now.", self.name(), quantity(self.now.middle.round(), &self.outlook.unit));
        let then = format!("{} it may be anywhere from {least} to {most}.", self.ahead_plainly(now_h));
        format!("{now} {then} {}", self.part_of_treatment())
    }

    fn part_of_treatment(&self) -> &'static str {
        if self.outlook.observations < MIN_OBSERVATIONS {
            return "There are too few measurements to say more yet.";
        }
        match (self.track.effect.verdict, self.has_improved()) {
            (Verdict::CannotTell, true) => {
                "It is better than at the start, but nobody can tell yet how much of that is the treatment."
            }
            (Verdict::CannotTell, false) => "Nobody can tell yet what the treatment does.",
            (Verdict::Helps, _) => "The treatment seems to help.",
            (Verdict::AddsNothing, _) => "The treatment seems to make no difference: talk about what to do next.",
            (Verdict::Harms, _) => "The treatment seems to do more harm than good: talk about what to do next.",
        }
    }

    fn has_improved(&self) -> bool {
        let gain = match self.outlook.measure.better {
            Better::Lower => self.outlook.baseline - self.now.middle,
            Better::Higher => self.now.middle - self.outlook.baseline,
        };
        self.outlook.important.as_ref().is_some_and(|change| gain >= change.value)
    }

    fn ahead(&self, now_h: f64) -> String {
        let weeks = self.weeks(now_h);
        if self.going_on { format!("if it goes on as planned, {weeks}") } else { format!("without treatment, {weeks}") }
    }

    fn ahead_plainly(&self, now_h: f64) -> String {
        let weeks = self.weeks(now_h);
        crate::words::capital(&weeks)
    }

    /// "in 6 weeks".
    fn weeks(&self, now_h: f64) -> String {
        format!("in {}", quantity(((self.then.at_h - now_h) / WEEK_H).round().max(1.0), "weeks"))
    }

    fn name(&self) -> &str {
        self.outlook.label.strip_suffix(", 0 to 10").unwrap_or(&self.outlook.label)
    }
}
