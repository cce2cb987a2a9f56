//! From the coordinates of a virtual client to what is integrated.

use xystra_tissue::library;
use xystra_tissue::remodel::{Parameters, State};

use super::coordinates::{Coordinates, NATURAL};
use super::entry::Entry;
use super::life::{Life, SWITCHES};
use super::script::{Events, Hands, Luck, Script};
use crate::Error;
use crate::batch::Person;
use crate::case::{Case, Choice, Quantity, Session};
use crate::draw::Draw;
use crate::natural::{self, Care, Natural, Prior};
use crate::numbers::number;
use crate::population::{Chance, Population};

/// One case as all of its virtual clients share it.
#[derive(Debug, Clone)]
pub(crate) struct Model<'a> {
    pub(crate) case: &'a Case,
    pub(crate) seed: u64,
    pub(crate) coordinates: Coordinates,
    population: Population,
    chance: Chance,
    natural: Prior,
    entries: Vec<Entry>,
    hands: Hands,
    places: Places,
    events: Events,
    sessions: Draw,
    fluctuation: f64,
}

/// Places of the parameters that a case sets.
#[derive(Debug, Clone, Copy)]
struct Places {
    rate: usize,
    plateau: usize,
    pain: usize,
    range: usize,
    deficit: usize,
    switches: [usize; 4],
}

impl<'a> Model<'a> {
    /// The model of a case under a seed, with all edges that its sessions and these choices use.
    ///
    /// # Errors
    /// A tissue, condition or course that there is not; a case that [`Case::check`] refuses.
    pub(crate) fn of(case: &'a Case, choices: &[Choice], seed: u64) -> Result<Self, Error> {
        case.check()?;
        let population = Population::of(&case.tissue, &case.condition)?;
        let natural = natural::prior(&case.course, case.entry_weeks, Care::Untreated)?;
        let tissue = library().tissue(&case.tissue)?;
        let mut hands = Hands::default();
        hands.learn(tissue, &case.sessions)?;
        for choice in choices {
            hands.learn(tissue, &choice.sessions)?;
        }
        Ok(Self {
            case,
            seed,
            coordinates: Coordinates::of(case, &population),
            chance: Chance::of(&population, seed),
            entries: case.tracks.iter().map(|track| Entry::of(track, &natural)).collect(),
            population,
            natural,
            hands,
            places: Places::known()?,
            events: Events::known()?,
            sessions: Draw::of(seed, "session"),
            fluctuation: number("function-fluctuation"),
        })
    }

    /// What happened so far, and then these sessions.
    pub(crate) fn script(&self, to_come: &[Session]) -> Result<Script, Error> {
        self.hands.script(self.case.sessions.iter().chain(to_come))
    }

    /// These sessions alone.
    pub(crate) fn script_of(&self, sessions: &[Session]) -> Result<Script, Error> {
        self.hands.script(sessions)
    }

    /// Where each track starts, by its coordinate.
    pub(crate) fn entry_of(&self, track: usize) -> &Entry {
        &self.entries[track]
    }

    /// The natural course of a client.
    pub(crate) fn natural(&self, own: &[f64]) -> Natural {
        let mut z = [0.0; NATURAL];
        z.copy_from_slice(&own[..NATURAL]);
        self.natural.person(z)
    }

    /// The level of a track at entry, in its unit.
    pub(crate) fn entry(&self, track: usize, own: &[f64]) -> f64 {
        match self.case.tracks[track].quantity {
            Quantity::Pain => self.case.tracks[track].scale.of_pain(self.natural(own).entry),
            _ => self.entries[track].level(own[self.coordinates.entries[track]]),
        }
    }

    /// Standard deviation of one measurement about the level, in the track's unit: how much this client goes up and down, which holds the
    /// error of measuring in it, but never less than that error.
    pub(crate) fn noise(&self, track: usize, natural: &Natural) -> f64 {
        let track = &self.case.tracks[track];
        let on_scale = natural.noise * track.scale.range() / 10.0;
        match track.quantity {
            Quantity::Pain => track.error.max(on_scale),
            Quantity::Function => track.error.max(self.fluctuation * on_scale),
            Quantity::Motion | Quantity::Threshold => track.error,
        }
    }

    /// Writes one client in one life over `person`, for the movement of track `motion`.
    pub(crate) fn fill(
        &self,
        (number, own): (u64, &[f64]),
        (script, life): (&Script, Life),
        motion: Option<usize>,
        person: &mut Person,
    ) -> Result<(), Error> {
        self.body(number, own, &mut person.parameters)?;
        self.complaint(own, life, &mut person.parameters);
        if let Some(track) = motion {
            self.movement(track, own, &mut person.parameters);
        }
        person.start = State::rest(&person.parameters);
        let luck = Luck { draw: self.sessions, number, hand: own[Coordinates::hand()] };
        self.events.write(script, &self.hands, luck, life, &mut person.jumps);
        Ok(())
    }

    /// What its number and what it has of its own make of the population's coordinates.
    fn body(&self, number: u64, own: &[f64], parameters: &mut Parameters) -> Result<(), Error> {
        let mut world = vec![0.0; self.population.world().len()];
        let mut person = vec![0.0; self.population.person().len()];
        self.chance.world(number, &mut world);
        self.chance.person(number, &mut person);
        for (place, at) in &self.coordinates.told {
            person[*place] = own[*at];
        }
        self.population.write(&world, &person, parameters)
    }

    fn complaint(&self, own: &[f64], life: Life, parameters: &mut Parameters) {
        let natural = self.natural(own);
        parameters.put(self.places.rate, if life.natural { natural.rate_per_h } else { 0.0 });
        parameters.put(self.places.plateau, natural.plateau);
        parameters.put(self.places.pain, natural.entry);
        for (place, on) in self.places.switches.into_iter().zip(life.mechanisms) {
            if !on {
                parameters.put(place, 0.0);
            }
        }
    }

    fn movement(&self, track: usize, own: &[f64], parameters: &mut Parameters) {
        let scale = self.case.tracks[track].scale;
        let range = self.case.tracks[track].normal.unwrap_or(scale.range());
        parameters.put(self.places.range, range);
        if let Some(missing) = self.entries[track].missing(self.entry(track, own)) {
            parameters.put(self.places.deficit, missing);
        }
    }
}

impl Places {
    fn known() -> Result<Self, Error> {
        let place = |id: &str| Ok::<usize, Error>(Parameters::place(id)?);
        let mut switches = [0; 4];
        for (to, id) in switches.iter_mut().zip(SWITCHES) {
            *to = place(id)?;
        }
        Ok(Self {
            rate: place("recovery_rate")?,
            plateau: place("plateau")?,
            pain: place("pain_entry")?,
            range: place("motion_range")?,
            deficit: place("deficit")?,
            switches,
        })
    }
}
