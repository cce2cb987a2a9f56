//! Random people from within the priors, under schedules that between them use every event.

use xystra_cohort::Error;
use xystra_cohort::batch::{Cohort, Jump, Person};
use xystra_cohort::draw::Draw;
use xystra_tissue::library;
use xystra_tissue::remodel::{Happening, Parameters, State, Touch, Treatment};

/// People who are looked at together; those whose number is in `sick` cannot be integrated.
pub(crate) struct People {
    pub(crate) numbers: Vec<usize>,
    pub(crate) times_h: Vec<f64>,
    pub(crate) jumps: Vec<Jump>,
    pub(crate) sick: Vec<usize>,
}

impl People {
    /// People `0..size` under one of three schedules.
    pub(crate) fn new(size: usize, schedule: usize) -> Self {
        let jumps = happenings(schedule).iter().map(Jump::of).collect();
        // Days fall on the instants of events, and so does the middle of one session.
        let mut times_h: Vec<f64> = (0..=20).map(|day| 24.0 * f64::from(day)).collect();
        times_h.extend([600.125, 1000.0, 2016.0]);
        Self { numbers: (0..size).collect(), times_h, jumps, sick: Vec::new() }
    }
}

impl Cohort for People {
    fn size(&self) -> usize {
        self.numbers.len()
    }

    fn times_h(&self) -> &[f64] {
        &self.times_h
    }

    fn fill(&self, i: usize, person: &mut Person) -> Result<(), Error> {
        let number = self.numbers[i];
        person.parameters = parameters(number)?;
        person.start = State::rest(&person.parameters);
        if self.sick.contains(&number) {
            person.start.values[0] = f64::NAN;
        }
        person.jumps.clear();
        person.jumps.extend_from_slice(&self.jumps);
        Ok(())
    }
}

fn parameters(number: usize) -> Result<Parameters, Error> {
    let value = |prior: &library::Prior| {
        let share = Draw::of(11, &prior.id).uniform(number as u64);
        prior.low + share * (prior.high - prior.low)
    };
    Ok(Parameters::of(library().priors.iter().map(|prior| (prior.id.as_str(), value(prior))))?)
}

fn happenings(schedule: usize) -> Vec<Happening> {
    let event =
        |at_h: f64, id: &str, variables: &[(&str, f64)]| Happening::new(at_h, id, variables).expect("it goes well");
    let exercise = |at_h: f64| event(at_h, "exercise", &[("load", 0.6), ("hours", 0.5)]);
    let attention = |at_h: f64| event(at_h, "attention", &[("belief", 0.5)]);
    let mut all = match schedule {
        0 => sessions(4.0, 8, 30.0),
        1 => [sessions(1.0, 14, 60.0), (0..20).map(|day| exercise(24.0 * f64::from(day))).collect()].concat(),
        _ => {
            let injury = event(0.0, "injury", &[("severity", 0.4), ("loss", 0.3)]);
            let given = event(24.0, "culture", &[("irritant_given", 0.5), ("stretch_given", 0.04)]);
            let taken = event(36.0, "culture", &[("irritant_given", 0.0), ("stretch_given", 0.0)]);
            [vec![injury, given, taken, attention(48.0), attention(48.0)], sessions(2.0, 6, 45.0)].concat()
        }
    };
    all.push(attention(2016.0));
    all.sort_by(|a, b| a.at_h.total_cmp(&b.at_h));
    all
}

/// Sessions that begin at whole days.
fn sessions(every_days: f64, count: u32, pressure_kpa: f64) -> Vec<Happening> {
    let touch = Touch { pressure_kpa, fibre: 0.05, shear: 0.1 };
    let treatment = Treatment { touch, minutes: 5.0, slowness: 0.9, belief: 1.0 };
    (0..count).flat_map(|k| treatment.happenings(24.0 * every_days * f64::from(k)).expect("it goes well")).collect()
}
