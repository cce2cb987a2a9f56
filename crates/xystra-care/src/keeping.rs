//! How long a record is kept.

use jiff::civil::Date;
use jiff::{Span, Timestamp};

use crate::practice::Practice;

/// The age at which somebody decides alone, years. Laws differ; ours counts on until then.
const MAJORITY_Y: i64 = 18;

/// The last day on which a record is kept: so many years after the last entry, or after the client came of age if that is
/// later. A client without a date of birth is taken for an adult: whoever confirms has to know better.
pub fn kept_until(practice: &Practice, last_entry: Timestamp, born: Option<Date>) -> Date {
    let last = last_entry.to_zoned(practice.zone()).date();
    let of_age = born.map(|born| later(born, MAJORITY_Y));
    let from = of_age.map_or(last, |of_age| of_age.max(last));
    later(from, i64::from(practice.keep_years))
}

/// The same day so many years later; the calendar's last day where it ends.
fn later(day: Date, years: i64) -> Date {
    let span = Span::new().try_years(years);
    span.and_then(|span| day.checked_add(span)).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn until(born: Option<Date>) -> Date {
        let practice = Practice { keep_years: 10, time_zone: "Europe/Berlin".into(), ..Practice::default() };
        kept_until(&practice, "2016-03-11T23:30:00Z".parse().expect("an instant"), born)
    }

    #[test]
    fn it_counts_from_the_last_entry_in_the_practices_own_day() {
        assert_eq!(until(None), date(2026, 3, 12));
        assert_eq!(until(Some(date(1960, 1, 1))), date(2026, 3, 12));
    }

    #[test]
    fn for_a_child_it_counts_from_the_day_of_majority() {
        assert_eq!(until(Some(date(2010, 7, 1))), date(2038, 7, 1));
    }

    #[test]
    fn a_leap_day_and_the_calendars_end_are_days_too() {
        assert_eq!(until(Some(date(2012, 2, 29))), date(2040, 2, 28));
        let forever = Practice { keep_years: u16::MAX, ..Practice::default() };
        assert_eq!(kept_until(&forever, Timestamp::UNIX_EPOCH, None), Date::MAX);
    }
}
