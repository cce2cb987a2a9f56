//! Schedules that between them use every event of the equations.

use anyhow::Result;
use serde_json::{Value, json};
use xystra_tissue::remodel::{EVENTS, Happening, Touch, Treatment};

const DAY_H: f64 = 24.0;

/// What happens, and for how long one looks.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// In words.
    pub name: &'static str,
    /// What happens, in order.
    pub happenings: Vec<Happening>,
    /// Days until the last sample.
    pub days: u32,
}

impl Schedule {
    /// Every day from the first instant to the last, h.
    pub fn times_h(&self) -> Vec<f64> {
        (0..=self.days).map(|day| f64::from(day) * DAY_H).collect()
    }

    /// What happens, as the peers take it.
    pub fn json(&self) -> Value {
        self.happenings.iter().map(happening).collect()
    }
}

/// Twice a week, daily with exercise, and after an injury.
pub fn schedules() -> Result<[Schedule; 3]> {
    Ok([twice_a_week()?, daily()?, after_injury()?])
}

fn happening(happening: &Happening) -> Value {
    let names = EVENTS[happening.event()].1;
    let variables: serde_json::Map<_, _> =
        names.iter().zip(happening.variables()).map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    json!({"at_h": happening.at_h, "event": happening.id(), "variables": variables})
}

fn twice_a_week() -> Result<Schedule> {
    let days = (0..4).flat_map(|week| [7.0 * f64::from(week), 7.0 * f64::from(week) + 3.0]);
    let happenings = sessions(days, 30.0, 5.0)?;
    Ok(Schedule { name: "twice a week for four weeks", happenings, days: 84 })
}

fn daily() -> Result<Schedule> {
    let mut happenings = sessions((0..14).map(f64::from), 60.0, 8.0)?;
    for day in (0..28).map(f64::from) {
        let exercise = [("load", 0.7), ("hours", 0.5)];
        happenings.push(Happening::new(day * DAY_H + 8.5, "exercise", &exercise)?);
    }
    for week in (0..4).map(f64::from) {
        happenings.push(Happening::new(week * 7.0 * DAY_H, "attention", &[("belief", 0.5)])?);
    }
    Ok(Schedule { name: "daily for two weeks with exercise", happenings, days: 56 })
}

fn after_injury() -> Result<Schedule> {
    let mut happenings = vec![
        Happening::new(0.0, "injury", &[("severity", 0.4), ("loss", 0.3)])?,
        Happening::new(DAY_H, "culture", &[("irritant_given", 0.5), ("stretch_given", 0.04)])?,
        Happening::new(1.5 * DAY_H, "culture", &[("irritant_given", 0.0), ("stretch_given", 0.0)])?,
    ];
    happenings.extend(sessions((3..12).map(|n| f64::from(n) * 2.0), 45.0, 3.0)?);
    Ok(Schedule { name: "an injury, then every other day", happenings, days: 84 })
}

/// Sessions that begin at whole days, so that daily samples fall on the instants of events.
fn sessions(days: impl Iterator<Item = f64>, pressure_kpa: f64, minutes: f64) -> Result<Vec<Happening>> {
    let touch = Touch { pressure_kpa, fibre: 0.05, shear: 0.1 };
    let treatment = Treatment { touch, minutes, slowness: 0.9, belief: 1.0 };
    let pairs: Vec<_> = days.map(|day| treatment.happenings(day * DAY_H)).collect::<Result<_, _>>()?;
    Ok(pairs.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_of_the_equations_happens_somewhere() {
        let schedules = schedules().unwrap();
        let happens =
            |id: &str| schedules.iter().flat_map(|schedule| &schedule.happenings).any(|happening| happening.id() == id);
        for (id, _) in EVENTS {
            assert!(happens(id), "{id}");
        }
    }
}
