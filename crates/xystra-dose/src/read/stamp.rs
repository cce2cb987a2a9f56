//! Time stamps written as dates and times.

use super::number::Decimal;

/// Nanoseconds of a stamp such as `2026-01-27T19:51:36.195+03:00`, `2026-01-27 19:51:36,195` or `19:51:36.195`.
///
/// Only differences count, so that a stamp without zone or day is as good as one with them.
pub(super) fn date_time(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let nanoseconds = match text.find(['T', 't', ' ']) {
        Some(at) => days(&text[..at])?.checked_mul(86_400_000_000_000)?.checked_add(of_day(text[at + 1..].trim())?)?,
        None => of_day(text)?,
    };
    Some(Decimal::whole(nanoseconds))
}

/// Days of `2026-01-27` from 1970, by the Gregorian calendar (months counted from March, so that the leap day is last).
fn days(text: &str) -> Option<i64> {
    let mut parts = text.split(['-', '/']).map(|part| number(part, 4));
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || year < 1000 || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let of_year = (153 * month + 2) / 5 + day - 1;
    Some(365 * year + year / 4 - year / 100 + year / 400 + of_year - 719_468)
}

/// Nanoseconds of `19:51:36.195+03:00` from midnight in UTC.
fn of_day(text: &str) -> Option<i64> {
    let at = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = (&text[..at], text[at..].trim());
    let mut parts = clock.split(':');
    let (hours, minutes, seconds) = (number(parts.next()?, 2)?, number(parts.next()?, 2)?, parts.next()?);
    if parts.next().is_some() || hours > 24 || minutes > 59 {
        return None;
    }
    let (seconds, part) = seconds.split_once(['.', ',']).unwrap_or((seconds, ""));
    let seconds = number(seconds, 2).filter(|seconds| *seconds <= 60)?;
    Some((hours * 3600 + minutes * 60 + seconds - offset(zone)?) * 1_000_000_000 + fraction(part)?)
}

/// Seconds by which a zone is ahead.
fn offset(zone: &str) -> Option<i64> {
    let sign = match zone.bytes().next() {
        None | Some(b'Z' | b'z') => return (zone.len() < 2).then_some(0),
        Some(b'-') => -1,
        _ => 1,
    };
    let digits = zone[1..].replace(':', "");
    let hours = number(digits.get(..2)?, 2)?;
    let minutes = digits.get(2..).filter(|rest| !rest.is_empty()).map_or(Some(0), |rest| number(rest, 2))?;
    Some(sign * (hours * 3600 + minutes * 60))
}

/// Nanoseconds of the digits behind the decimal mark.
fn fraction(text: &str) -> Option<i64> {
    let kept = text.get(..text.len().min(9))?;
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if kept.is_empty() { Some(0) } else { format!("{kept:0<9}").parse().ok().filter(|_| is_digits) }
}

fn number(text: &str, longest: usize) -> Option<i64> {
    let is_plain = !text.is_empty() && text.len() <= longest && text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ns(text: &str) -> Option<i64> {
        date_time(text).map(|stamp| stamp.mantissa)
    }

    #[test]
    fn stamps_in_many_styles() {
        assert_eq!(ns("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(ns("2000-03-01 00:00:00"), Some(951_868_800_000_000_000));
        assert_eq!(ns("2026-01-27T19:51:36.195324+03:00"), Some(1_769_532_696_195_324_000));
        assert_eq!(ns("2026-01-27T16:51:36.195324Z"), Some(1_769_532_696_195_324_000));
        assert_eq!(ns("2026/01/27 16:51:36,5"), Some(1_769_532_696_500_000_000));
        assert_eq!(ns("00:01:02.003"), Some(62_003_000_000));
    }

    #[test]
    fn what_is_no_stamp_is_refused() {
        for text in [
            "",
            "12",
            "2026-01-27",
            "12:30",
            "1.5",
            "2026-13-01 00:00:00",
            "99:00:00",
            "aa:bb:cc",
            "12:00:00+x",
            "12:00:0\u{e9}",
        ] {
            assert_eq!(ns(text), None, "{text}");
        }
    }
}
