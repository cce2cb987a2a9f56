//! How fast the batch engine is: clients a second on one core and the error made, by tolerance and width.
//!
//! `cargo run --release -p xystra-cohort --example speed`

use std::fs;

use xystra_cohort::Error;
use xystra_cohort::batch::{Cohort, Jump, Options, Person, Width, run};
use xystra_cohort::draw::Draw;
use xystra_tissue::library;
use xystra_tissue::library::Prior;
use xystra_tissue::remodel::{OUTPUTS, PARAMETERS, Parameters, State, Tolerance, Touch, Treatment};

/// Twelve weeks with ten treatments for people from anywhere within the priors.
struct Course {
    people: Vec<(Parameters, State)>,
    times_h: Vec<f64>,
    jumps: Vec<Jump>,
}

impl Cohort for Course {
    fn size(&self) -> usize {
        self.people.len()
    }

    fn times_h(&self) -> &[f64] {
        &self.times_h
    }

    fn fill(&self, i: usize, person: &mut Person) -> Result<(), Error> {
        let (parameters, start) = &self.people[i];
        person.parameters.clone_from(parameters);
        person.start.clone_from(start);
        person.jumps.clear();
        person.jumps.extend_from_slice(&self.jumps);
        Ok(())
    }
}

impl Course {
    fn new(size: usize, samples: u32) -> Result<Self, Error> {
        let touch = Touch { pressure_kpa: 30.0, fibre: 0.05, shear: 0.1 };
        let treatment = Treatment { touch, minutes: 5.0, slowness: 0.9, belief: 1.0 };
        let mut jumps = Vec::new();
        for session in 0..10 {
            let day = 7.0 * f64::from(session / 2) + 3.0 * f64::from(session % 2);
            jumps.extend(treatment.happenings(day * 24.0)?.iter().map(Jump::of));
        }
        let times_h = (0..=samples).map(|k| f64::from(k) * 2016.0 / f64::from(samples)).collect();
        Ok(Self { people: (0..size).map(person).collect::<Result<_, _>>()?, times_h, jumps })
    }
}

/// Client `i`, from anywhere within the priors.
fn person(i: usize) -> Result<(Parameters, State), Error> {
    let draw = Draw::of(7, "speed");
    let value = |(at, prior): (usize, &'static Prior)| {
        let share = draw.uniform((i * PARAMETERS.len() + at) as u64);
        (prior.id.as_str(), prior.low + share * (prior.high - prior.low))
    };
    let parameters = Parameters::of(library().priors.iter().enumerate().map(value))?;
    let start = State::rest(&parameters);
    Ok((parameters, start))
}

/// The largest difference of an output, by its largest size in the client's course.
fn error(course: &Course, outputs: &[&str], found: &xystra_cohort::batch::Seen) -> Result<f64, Error> {
    let mut person = Person::middle()?;
    let mut worst = 0.0_f64;
    let places: Vec<usize> = outputs.iter().filter_map(|id| OUTPUTS.iter().position(|output| output == id)).collect();
    for i in 0..64.min(course.people.len()) {
        course.fill(i, &mut person)?;
        let truth = person.course(&course.times_h, Tolerance::REFERENCE)?;
        for (o, place) in places.iter().enumerate() {
            let size = truth.outputs.iter().map(|row| row[*place].abs()).fold(1e-3_f64, f64::max);
            for (t, row) in truth.outputs.iter().enumerate() {
                worst = worst.max((found.at(i, t)[o] - row[*place]).abs() / size);
            }
        }
    }
    Ok(worst)
}

/// What this thread has used of its core, s: others on the machine do not count.
fn seconds() -> Result<f64, Box<dyn std::error::Error>> {
    let text = fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds: f64 = text.split_whitespace().next().unwrap_or("0").parse()?;
    Ok(nanoseconds * 1e-9)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let felt = ["pain", "disability", "motion", "threshold"];
    let samples: u32 = std::env::args().nth(1).map_or(Ok(12), |text| text.parse())?;
    for (name, outputs) in [("all outputs", &OUTPUTS[..]), ("felt outputs", &felt[..])] {
        println!("{name}");
        for width in [Width::Avx512, Width::Avx2, Width::Portable] {
            for relative in [1e-4, 1e-5, 1e-6, 1e-7, 1e-8] {
                let tolerance = Tolerance { relative, absolute: relative / 10.0 };
                let size = if width == Width::Avx512 { 16_384 } else { 4096 };
                let course = Course::new(size, samples)?;
                let options = Options { tolerance, threads: 1, width, watch: None };
                let start = seconds()?;
                let found = run(&course, outputs, &options)?;
                let rate = course.people.len() as f64 / (seconds()? - start);
                println!(
                    "{width:?} {relative:.0e}: {rate:.0} clients/s, error {:.1e}",
                    error(&course, outputs, &found)?
                );
            }
        }
    }
    Ok(())
}
