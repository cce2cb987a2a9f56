//! When something is given.

use serde::Deserialize;

/// Days on which something is given: exactly one of `once`, `days`, `per_week` with `weeks`, `every_days` with `times`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Once, on the start day.
    #[serde(default)]
    pub once: bool,
    /// On these days, counted from day 0; fractions are hours of the day.
    #[serde(default)]
    pub days: Vec<f64>,
    /// So often a week, spread evenly, up to 7.
    #[serde(default)]
    pub per_week: Option<u32>,
    /// For so many weeks.
    #[serde(default)]
    pub weeks: Option<u32>,
    /// Every so many days.
    #[serde(default)]
    pub every_days: Option<f64>,
    /// So many times in all.
    #[serde(default)]
    pub times: Option<u32>,
    /// So often on each of the days, spread over 12 hours.
    #[serde(default = "one")]
    pub per_day: u32,
    /// Day of the first; 0 is the start of the plan.
    #[serde(default)]
    pub start_day: f64,
    /// Hour of that day; lets things of one day follow each other.
    #[serde(default)]
    pub start_hour: f64,
}

/// Hours over which several sessions of one day are spread.
const DAY_H: f64 = 12.0;

impl Schedule {
    /// When each begins, hours from day 0, in order.
    pub fn hours(&self) -> Vec<f64> {
        let within = |k: u32| if self.per_day < 2 { 0.0 } else { DAY_H * f64::from(k) / f64::from(self.per_day - 1) };
        let start = self.start_day * 24.0 + self.start_hour;
        let days = self.on_days().into_iter();
        days.flat_map(|day| (0..self.per_day.max(1)).map(move |k| start + day * 24.0 + within(k))).collect()
    }

    /// Says what is wrong with it.
    pub fn check(&self) -> Result<(), String> {
        let ways = [self.once, !self.days.is_empty(), self.per_week.is_some(), self.every_days.is_some()];
        if ways.iter().filter(|way| **way).count() != 1 {
            return Err(
                "say exactly one of once = true, days = [..], per_week with weeks, every_days with times".into()
            );
        }
        if self.per_week.is_some() != self.weeks.is_some() || self.every_days.is_some() != self.times.is_some() {
            return Err("per_week goes with weeks, every_days with times".into());
        }
        if self.per_week.is_some_and(|n| !(1..=7).contains(&n)) {
            return Err("per_week must be from 1 to 7; more than once a day is per_day".into());
        }
        let sound = |x: f64| x.is_finite() && x >= 0.0;
        let rising = self.days.windows(2).all(|pair| pair[0] < pair[1]) && self.days.iter().all(|day| sound(*day));
        if !rising
            || ![self.start_day, self.start_hour].into_iter().all(sound)
            || self.every_days.is_some_and(|d| d.is_nan() || d <= 0.0)
        {
            return Err("days must rise from 0 on, and nothing starts before day 0".into());
        }
        if !(1..=24).contains(&self.per_day)
            || self.weeks.is_some_and(|n| n == 0 || n > 520)
            || self.times.is_some_and(|n| n == 0 || n > 5000)
        {
            return Err("per_day must be from 1 to 24, weeks from 1 to 520, times from 1 to 5000".into());
        }
        Ok(())
    }

    fn on_days(&self) -> Vec<f64> {
        match (self.per_week, self.every_days) {
            (Some(per_week), _) => (0..self.weeks.unwrap_or(1)).flat_map(|week| week_days(week, per_week)).collect(),
            (_, Some(every)) => (0..self.times.unwrap_or(1)).map(|k| f64::from(k) * every).collect(),
            _ if self.once => vec![0.0],
            _ => self.days.clone(),
        }
    }
}

/// Days of one week: twice is days 0 and 3, three times 0, 2 and 4.
fn week_days(week: u32, per_week: u32) -> impl Iterator<Item = f64> {
    (0..per_week).map(move |k| f64::from(7 * week + k * 7 / per_week))
}

fn one() -> u32 {
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(schedule: &Schedule) -> Vec<f64> {
        schedule.hours().iter().map(|h| h / 24.0).collect()
    }

    #[test]
    fn sessions_are_spread_over_the_week() {
        let twice = Schedule { per_week: Some(2), weeks: Some(2), per_day: 1, ..Schedule::default() };
        assert_eq!(days(&twice), [0.0, 3.0, 7.0, 10.0]);
        let thrice = Schedule { per_week: Some(3), weeks: Some(1), start_day: 7.0, ..twice };
        assert_eq!(days(&thrice), [7.0, 9.0, 11.0]);
    }

    #[test]
    fn days_and_repeats_are_kept() {
        let twice_daily = Schedule { days: vec![0.0, 1.0], per_day: 2, ..Schedule::default() };
        assert_eq!(days(&twice_daily), [0.0, 0.5, 1.0, 1.5]);
        let every = Schedule { every_days: Some(2.0), times: Some(3), per_day: 1, ..Schedule::default() };
        assert_eq!(days(&every), [0.0, 2.0, 4.0]);
    }

    #[test]
    fn two_ways_at_once_are_refused() {
        let both = Schedule { once: true, days: vec![0.0], per_day: 1, ..Schedule::default() };
        assert!(both.check().is_err());
        assert!(Schedule { per_day: 1, ..Schedule::default() }.check().is_err());
        assert!(Schedule { per_week: Some(2), per_day: 1, ..Schedule::default() }.check().is_err());
        assert_eq!(Schedule { once: true, per_day: 1, ..Schedule::default() }.check(), Ok(()));
    }
}
