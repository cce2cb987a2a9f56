//! Numbers, dates and forces as this practice writes them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use xystra_care::practice::{DateFormat, ForceUnit, Practice};

/// How this practice writes.
#[derive(Debug, Clone)]
pub(crate) struct Show {
    zone: TimeZone,
    dates: DateFormat,
    force: ForceUnit,
}

impl Show {
    /// The practice's own ways.
    pub(crate) fn of(practice: &Practice) -> Self {
        Self { zone: practice.zone(), dates: practice.dates, force: practice.force }
    }

    /// The practice's time zone.
    pub(crate) fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The unit of force.
    pub(crate) fn force_unit(&self) -> ForceUnit {
        self.force
    }

    /// "Wed 11 March 2026".
    pub(crate) fn day(&self, date: Date) -> String {
        let pattern = match self.dates {
            DateFormat::DayMonthYear => "%a %-d %B %Y",
            DateFormat::MonthDayYear => "%a %B %-d, %Y",
            DateFormat::Iso => "%Y-%m-%d",
        };
        date.strftime(pattern).to_string()
    }

    /// "2 November 1981": a day whose weekday says nothing.
    pub(crate) fn birthday(&self, date: Date) -> String {
        let pattern = match self.dates {
            DateFormat::DayMonthYear => "%-d %B %Y",
            DateFormat::MonthDayYear => "%B %-d, %Y",
            DateFormat::Iso => "%Y-%m-%d",
        };
        date.strftime(pattern).to_string()
    }

    /// The day on which something was, in the practice's time zone.
    pub(crate) fn date(&self, at: Timestamp) -> String {
        self.day(self.civil(at))
    }

    /// "11 Mar": for captions, where the year is clear.
    pub(crate) fn short(&self, at: Timestamp) -> String {
        let pattern = match self.dates {
            DateFormat::DayMonthYear => "%-d %b",
            DateFormat::MonthDayYear => "%b %-d",
            DateFormat::Iso => "%m-%d",
        };
        self.civil(at).strftime(pattern).to_string()
    }

    /// "09:30".
    pub(crate) fn time(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%H:%M").to_string()
    }

    /// Day and time.
    pub(crate) fn moment(&self, at: Timestamp) -> String {
        format!("{}, {}", self.date(at), self.time(at))
    }

    /// What `<input type="datetime-local">` holds.
    pub(crate) fn input_moment(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// The civil day.
    pub(crate) fn civil(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }
}

/// "5 min ago", "3 h ago", "2 days ago".
pub(crate) fn ago(at: Timestamp, now: Timestamp) -> String {
    match now.duration_since(at).as_secs() {
        seconds if seconds < 60 => "just now".to_owned(),
        seconds if seconds < 3600 => format!("{} min ago", seconds / 60),
        seconds if seconds < 2 * 86_400 => format!("{} h ago", seconds / 3600),
        seconds => format!("{} days ago", seconds / 86_400),
    }
}

/// A number with at most `places` decimals, no trailing zeros, and a true minus sign.
pub(crate) fn number(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let text = if text == "-0" { "0" } else { text };
    text.replace('-', "\u{2212}")
}

/// The same words with a capital at the beginning.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A change with its sign: "+1.7", "−0.3", "0".
pub(crate) fn signed(value: f64, places: usize) -> String {
    let text = number(value, places);
    if text == "0" || text.starts_with('\u{2212}') { text } else { format!("+{text}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn numbers_have_a_true_minus_and_no_idle_zeros() {
        assert_eq!((number(-1.70, 2), number(5.0, 1), number(-0.001, 1)), ("−1.7".into(), "5".into(), "0".into()));
        assert_eq!((signed(1.7, 1), signed(0.0, 1), signed(-2.0, 1)), ("+1.7".into(), "0".into(), "−2".into()));
        assert_eq!(number(120.0, 0), "120");
    }

    #[test]
    fn dates_follow_the_practice() {
        let show = |dates| Show::of(&Practice { dates, time_zone: "Europe/Berlin".into(), ..Practice::default() });
        let day = date(2026, 3, 11);
        assert_eq!(show(DateFormat::DayMonthYear).day(day), "Wed 11 March 2026");
        assert_eq!(show(DateFormat::MonthDayYear).day(day), "Wed March 11, 2026");
        let late: Timestamp = "2026-03-11T23:30:00Z".parse().expect("an instant");
        assert_eq!(show(DateFormat::Iso).date(late), "2026-03-12");
    }
}
