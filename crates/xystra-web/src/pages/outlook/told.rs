//! An outlook as it is kept, with the names and dates that a page says it in.

use jiff::{SignedDuration, Timestamp};
use xystra_care::Record;
use xystra_care::entry::hours_between;
use xystra_care::outcome::{Series, series};
use xystra_catalog::catalog;
use xystra_cohort::answer::{Ahead, Band, TrackAnswer};
use xystra_course::outlook::{Foretold, key};

use crate::chart::Ribbon;
use crate::show::{Show, number};

/// Hours of a week.
pub(in crate::pages::outlook) const WEEK_H: f64 = 168.0;

/// What virtual clients said of one complaint, beside what was measured.
pub(in crate::pages) struct Told<'a> {
    pub(in crate::pages::outlook) foretold: Foretold,
    pub(in crate::pages::outlook) made_at: Timestamp,
    /// Every measure as the record holds it now: that may be more than what was foretold from.
    series: Vec<Series<'a>>,
}

/// One measure with what was said of it.
#[derive(Clone, Copy)]
pub(in crate::pages::outlook) struct Seen<'a> {
    pub(in crate::pages::outlook) series: &'a Series<'a>,
    pub(in crate::pages::outlook) said: &'a TrackAnswer,
}

impl<'a> Told<'a> {
    pub(in crate::pages::outlook) fn new(record: &'a Record, foretold: Foretold, made_at: Timestamp) -> Self {
        let series = series(record, catalog().condition(&record.intake.body.condition));
        Self { foretold, made_at, series }
    }

    /// Every measure that something was said of.
    pub(in crate::pages::outlook) fn seen(&self) -> impl Iterator<Item = Seen<'_>> {
        self.foretold.answer.tracks.iter().filter_map(|said| {
            let series = self.series.iter().find(|series| key(series) == said.track)?;
            Some(Seen { series, said })
        })
    }

    /// The measure that was asked for, or the first.
    pub(in crate::pages::outlook) fn about(&self, wanted: &str) -> Option<Seen<'_>> {
        self.seen().find(|seen| seen.said.track == wanted).or_else(|| self.seen().next())
    }

    /// Hours from entry.
    pub(in crate::pages::outlook) fn hours(&self, at: Timestamp) -> f64 {
        hours_between(self.foretold.entry, at)
    }

    /// The day of an hour since entry.
    pub(in crate::pages::outlook) fn day(&self, show: &Show, at_h: f64) -> String {
        self.at(at_h).map(|at| show.date(at)).unwrap_or_default()
    }

    /// The same in short.
    pub(in crate::pages::outlook) fn short_day(&self, show: &Show, at_h: f64) -> String {
        self.at(at_h).map(|at| show.short(at)).unwrap_or_default()
    }

    fn at(&self, at_h: f64) -> Option<Timestamp> {
        let later = SignedDuration::try_from_secs_f64(at_h * 3600.0).ok()?;
        self.foretold.entry.checked_add(later).ok()
    }

    /// The last session of the first choice, which is the plan as it stands; now when none is to come.
    pub(in crate::pages::outlook) fn course_ends_h(&self) -> f64 {
        let last = self.foretold.offers.first().and_then(|offer| offer.sessions_h.last());
        last.copied().unwrap_or(self.foretold.now_h)
    }

    /// The sessions that a choice has to come, weeks from entry.
    pub(in crate::pages::outlook) fn to_come(&self, choice: &str) -> Vec<f64> {
        self.foretold.offer(choice).into_iter().flat_map(|offer| &offer.sessions_h).map(|at_h| at_h / WEEK_H).collect()
    }
}

impl<'a> Seen<'a> {
    /// What a choice, or a twin, leads to.
    pub(in crate::pages::outlook) fn ahead(&self, choice: &str) -> Option<&'a Ahead> {
        self.said.ahead.iter().find(|ahead| ahead.choice == choice)
    }

    /// How much better the second value is than the first.
    pub(in crate::pages::outlook) fn gain(&self, from: f64, to: f64) -> f64 {
        self.series.measure.better.gain(from, to)
    }

    pub(in crate::pages::outlook) fn unit(&self) -> &'a str {
        &self.series.measure.unit
    }

    /// The change that counts, in the measure's unit, if one is known.
    pub(in crate::pages::outlook) fn important(&self) -> Option<f64> {
        self.series.important.as_ref().map(|important| important.value)
    }
}

/// "2.7 (1.5 to 4)".
pub(in crate::pages::outlook) fn expected(band: &Band) -> String {
    let [low, high] = band.ninety.map(|end| number(end, 1));
    format!("{} ({low} to {high})", number(band.middle, 1))
}

/// A band for a drawing.
pub(in crate::pages::outlook) fn ribbons(bands: &[Band]) -> Vec<Ribbon> {
    let ribbon =
        |band: &Band| Ribbon { weeks: band.at_h / WEEK_H, middle: band.middle, fifty: band.fifty, ninety: band.ninety };
    bands.iter().map(ribbon).collect()
}

/// The band nearest to an hour.
pub(in crate::pages::outlook) fn nearest(bands: &[Band], at_h: f64) -> Option<&Band> {
    bands.iter().min_by(|a, b| (a.at_h - at_h).abs().total_cmp(&(b.at_h - at_h).abs()))
}

/// "71 %", with ends that do not promise.
pub(in crate::pages::outlook) fn percent(chance: f64) -> String {
    match chance {
        chance if chance < 0.01 => "under 1 %".to_owned(),
        chance if chance > 0.99 => "over 99 %".to_owned(),
        chance => format!("{} %", number(chance * 100.0, 0)),
    }
}

/// "seven in ten".
pub(in crate::pages::outlook) fn in_ten(chance: f64) -> &'static str {
    const WORDS: [&str; 11] = [
        "hardly any",
        "one in ten",
        "two in ten",
        "three in ten",
        "four in ten",
        "half",
        "six in ten",
        "seven in ten",
        "eight in ten",
        "nine in ten",
        "nearly all",
    ];
    let tenth = (1..WORDS.len()).filter(|n| chance * 10.0 >= f64::from(u32::try_from(*n).unwrap_or_default()) - 0.5);
    WORDS[tenth.max().unwrap_or_default()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_are_said_without_promise() {
        assert_eq!([0.0, 0.004, 0.31, 0.995].map(percent), ["under 1 %", "under 1 %", "31 %", "over 99 %"]);
        assert_eq!(
            [0.0, 0.04, 0.06, 0.46, 0.71, 0.94, 0.99].map(in_ten),
            ["hardly any", "hardly any", "one in ten", "half", "seven in ten", "nine in ten", "nearly all"]
        );
    }

    #[test]
    fn the_nearest_band_is_found() {
        let at = |at_h| Band { at_h, middle: at_h, ninety: [0.0; 2], fifty: [0.0; 2] };
        let bands = [at(0.0), at(10.0), at(30.0)];
        assert_eq!(nearest(&bands, 14.0), Some(&bands[1]));
        assert_eq!(nearest(&[], 14.0), None);
    }
}
