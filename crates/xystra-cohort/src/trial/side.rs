//! One arm of a virtual trial: who its clients are and what happens to them.

use xystra_tissue::remodel::{Parameters, State};
use xystra_tissue::study::arm::Arm;
use xystra_tissue::study::subjects::Baseline;
use xystra_tissue::study::{BEFORE_H, Study, Timetable, baselines, deficit, level, script, session, timetable};

use crate::Error;
use crate::batch::{Cohort, Jump, Person};
use crate::draw::Draw;
use crate::population::{Chance, Population};
use crate::trial::setup::Setup;

/// One arm, made ready.
#[derive(Debug, Clone)]
pub(super) struct Side<'a> {
    study: &'a Study,
    arm: &'a Arm,
    setup: Setup,
    population: Population,
    chance: Chance,
    /// The middle person of each world.
    worlds: Vec<Parameters>,
    entries: Vec<Entry<'a>>,
    firmness: Draw,
    /// What happens, with the treatment and the half of it that differ between clients.
    script: Vec<Line>,
    /// Whether strokes of each treatment differ between clients.
    varying: Vec<bool>,
}

/// Something that happens, and of which treatment it is the begin (0) or the end (1) where it differs between clients.
type Line = (Jump, Option<(usize, usize)>);

/// A quantity at entry.
#[derive(Debug, Clone)]
struct Entry<'a> {
    baseline: &'a Baseline,
    draw: Draw,
}

/// Some clients of an arm, all looked at at the same hours and with one movement.
pub(super) struct Clients<'a> {
    pub(super) side: &'a Side<'a>,
    pub(super) movement: Option<&'a str>,
    pub(super) hours: &'a [f64],
    pub(super) numbers: &'a [u64],
}

impl<'a> Side<'a> {
    pub(super) fn new(study: &'a Study, arm: &'a Arm, setup: Setup) -> Result<Self, Error> {
        let known = study.subjects.values.iter().chain(&arm.values);
        let population = Population::of(&study.about.tissue, &study.about.condition)?;
        let population = known.into_iter().try_fold(population, |people, (id, value)| people.with(id, *value))?;
        let chance = Chance::of(&population, setup.seed);
        let draw = |baseline: &Baseline| Draw::of(setup.seed, &format!("entry:{}", baseline.quantity));
        let entries = baselines(study, arm).into_iter().map(|baseline| Entry { baseline, draw: draw(baseline) });
        let times = timetable(study, arm, BEFORE_H)?;
        Ok(Self {
            worlds: worlds(&population, &chance, setup)?,
            entries: entries.collect(),
            firmness: Draw::of(setup.seed, "force"),
            script: scripted(study, arm, &times)?,
            varying: (0..arm.treatment.len()).map(|place| varies(study, arm, place)).collect::<Result<_, _>>()?,
            study,
            arm,
            setup,
            population,
            chance,
        })
    }

    /// Is it this arm?
    pub(super) fn is_of(&self, arm: &Arm) -> bool {
        self.arm.id == arm.id
    }

    /// Whom its clients are drawn from.
    pub(super) fn population(&self) -> &Population {
        &self.population
    }

    /// Writes the coordinates of a client and of its world.
    pub(super) fn coordinates(&self, client: u64, world: &mut [f64], person: &mut [f64]) {
        self.chance.world(self.setup.world(client), world);
        self.chance.person(client, person);
    }

    /// The level of a quantity at a client's entry, if the study says one.
    pub(super) fn entry(&self, quantity: &str, movement: Option<&str>, client: u64) -> Result<Option<f64>, Error> {
        let found = self.entries.iter().find(|entry| entry.baseline.is_of(quantity, movement));
        found.map(|entry| Ok(level(entry.baseline, entry.draw.normal(client))?)).transpose()
    }

    fn write(&self, client: u64, movement: Option<&str>, person: &mut Person) -> Result<(), Error> {
        let world = usize::try_from(self.setup.world(client)).unwrap_or(usize::MAX);
        person.parameters.clone_from(&self.worlds[world]);
        self.population.draw(&self.chance, client, &mut person.parameters);
        if let Some(pain) = self.entry("pain", None, client)? {
            person.parameters.set("pain_entry", pain)?;
        }
        let moving = self.entries.iter().find(|entry| movement.is_some() && entry.baseline.is_of("motion", movement));
        if let Some((entry, normal)) = moving.and_then(|entry| Some((entry, entry.baseline.normal?))) {
            let level = level(entry.baseline, entry.draw.normal(client))?;
            person.parameters.set("motion_range", normal)?;
            person.parameters.set("deficit", deficit(level, normal))?;
        }
        person.start = State::rest(&person.parameters);
        self.act(client, &mut person.jumps)
    }

    /// What happens to a client.
    fn act(&self, client: u64, jumps: &mut Vec<Jump>) -> Result<(), Error> {
        jumps.clear();
        jumps.extend(self.script.iter().map(|(jump, _)| *jump));
        for treatment in (0..self.varying.len()).filter(|place| self.varying[*place]) {
            let given = session(self.study, self.arm, treatment, self.firmness.normal(client))?;
            let halves = given.happenings(0.0)?.map(|happening| Jump::of(&happening));
            for (jump, (_, belongs)) in jumps.iter_mut().zip(&self.script) {
                if let Some((_, half)) = belongs.filter(|(place, _)| *place == treatment) {
                    jump.variables = halves[half].variables;
                }
            }
        }
        Ok(())
    }
}

impl Cohort for Clients<'_> {
    fn size(&self) -> usize {
        self.numbers.len()
    }

    fn times_h(&self) -> &[f64] {
        self.hours
    }

    fn fill(&self, i: usize, person: &mut Person) -> Result<(), Error> {
        self.side.write(self.numbers[i], self.movement, person)
    }
}

fn worlds(population: &Population, chance: &Chance, setup: Setup) -> Result<Vec<Parameters>, Error> {
    let mut coordinates = vec![0.0; population.world().len()];
    let mut world = |number| {
        chance.world(number, &mut coordinates);
        let mut parameters = Parameters::prior()?;
        population.settle(&coordinates, &mut parameters)?;
        Ok(parameters)
    };
    (0..setup.worlds).map(&mut world).collect()
}

/// What happens to the middle client, in order of time, with what depends on how hard strokes are.
fn scripted(study: &Study, arm: &Arm, times: &Timetable) -> Result<Vec<Line>, Error> {
    let half = |id: &str| usize::from(id == "strokes-end");
    let script = script(study, arm, times, &[])?;
    let tagged =
        script.iter().map(|one| (Jump::of(&one.happening), one.treatment.map(|t| (t, half(one.happening.id())))));
    let mut all: Vec<_> = tagged.collect();
    all.sort_by(|(a, _), (b, _)| a.at_h.total_cmp(&b.at_h));
    Ok(all)
}

fn varies(study: &Study, arm: &Arm, treatment: usize) -> Result<bool, Error> {
    Ok(session(study, arm, treatment, 0.0)? != session(study, arm, treatment, 1.0)?)
}
