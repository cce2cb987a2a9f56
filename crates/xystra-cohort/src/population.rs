//! Who could walk in: everybody whom the priors and the studies allow.
//!
//! Two layers of chance. A *world* is one answer to what the calibration leaves open: how strokes act on the mean person. All people of a
//! world share it. A *person* differs from the mean person of the world in each parameter that differs between people, and in how strongly
//! strokes act at all. Both are standard normal coordinates, so that weighing and moving people is the same for every parameter.
//!
//! A world varies the parameters that the calibration may move (`fits` in `data/tissue/parameters.toml`): as the studies left them where they
//! spoke, correlated; as their priors have them where they did not. What the tissue, the condition or the study says itself is not in doubt.

mod assumption;
mod chance;
mod correlation;
mod doubt;
mod response;
mod spread;

pub use assumption::measurement_error;
pub use chance::Chance;

use xystra_tissue::library;
use xystra_tissue::library::{Calibration, Prior};
use xystra_tissue::remodel::Parameters;

use crate::Error;
use doubt::Doubt;
use response::Response;
use spread::Spread;

/// The population of a tissue and a condition.
#[derive(Debug, Clone)]
pub struct Population {
    middle: Parameters,
    world: Vec<String>,
    /// With the row of `factor` each belongs to.
    doubts: Vec<(usize, Doubt)>,
    factor: Vec<Vec<f64>>,
    person: Vec<String>,
    spreads: Vec<Spread>,
    switches: Switches,
}

/// Places of the mechanisms' switches.
#[derive(Debug, Clone, Copy)]
struct Switches {
    neural: usize,
    others: [usize; 3],
}

impl Population {
    /// The population of a tissue and a condition of `data/tissue/presets.toml`.
    pub fn of(tissue: &str, condition: &str) -> Result<Self, Error> {
        let known = library();
        let middle = Parameters::of(known.values(tissue, condition)?)?;
        let (tissue, condition) = (known.tissue(tissue)?, known.condition(condition)?);
        let group = known.calibrations.iter().find(|group| group.id == tissue.calibration);
        let is_said = |id: &str| tissue.values.contains_key(id) || condition.values.contains_key(id);
        let is_open = |prior: &&Prior| prior.fits && prior.low < prior.high && !is_said(&prior.id);
        let open: Vec<&Prior> = known.priors.iter().filter(is_open).collect();
        let varying: Vec<&Prior> = known.priors.iter().filter(|prior| prior.spread > 0.0).collect();
        let world = names(&open);
        Ok(Self {
            middle,
            doubts: doubts(&open, group)?,
            factor: correlation::factor(group, &world),
            world,
            person: names(&varying).into_iter().chain(["response".to_owned()]).collect(),
            spreads: varying.iter().map(|one| Ok(Spread::of(place(&one.id)?, one))).collect::<Result<_, Error>>()?,
            switches: Switches::known()?,
        })
    }

    /// The same where a value is known: the middle person of every world has it. People still differ about it.
    pub fn with(mut self, id: &str, value: f64) -> Result<Self, Error> {
        self.middle.set(id, value)?;
        let place = place(id)?;
        // The coordinate stays, without effect, so that arms of a study that know different things keep the same coordinates.
        self.doubts.retain(|(_, doubt)| doubt.place != place);
        Ok(self)
    }

    /// Names of the coordinates that all people of a world share.
    pub fn world(&self) -> &[String] {
        &self.world
    }

    /// Names of the coordinates of a person, `response` last.
    pub fn person(&self) -> &[String] {
        &self.person
    }

    /// How strongly a person at `z` standard deviations responds to strokes, by the mean person: exactly 0 in some, below 0 in a few, 1 in
    /// the mean over all people.
    pub fn response(z: f64) -> f64 {
        Response::known().at(z)
    }

    /// Writes a person of a world over `parameters`. Coordinates are standard normal; zeros give the middle person.
    ///
    /// # Errors
    /// Another number of coordinates than [`world`](Self::world) and [`person`](Self::person) name, or one that is no finite number.
    pub fn write(&self, world: &[f64], person: &[f64], parameters: &mut Parameters) -> Result<(), Error> {
        self.settle(world, parameters)?;
        self.vary(person, parameters)
    }

    /// Writes the middle person of a world, who responds to strokes as the mean of people does.
    pub fn settle(&self, world: &[f64], parameters: &mut Parameters) -> Result<(), Error> {
        checked("coordinates of a world", world, self.world.len())?;
        parameters.clone_from(&self.middle);
        for (row, doubt) in &self.doubts {
            let z = self.factor[*row].iter().zip(world).map(|(l, z)| l * z).sum();
            parameters.put(doubt.place, doubt.value(z));
        }
        Ok(())
    }

    /// Makes person `number` of a chance of the middle person of its world, without a list of its coordinates.
    pub fn draw(&self, chance: &Chance, number: u64, parameters: &mut Parameters) {
        for (place, spread) in self.spreads.iter().enumerate() {
            let middle = parameters.values()[spread.place];
            parameters.put(spread.place, spread.value(middle, chance.person_at(place, number)));
        }
        self.switches.put(Self::response(chance.person_at(self.spreads.len(), number)), parameters);
    }

    /// Makes a person of the middle person of its world.
    pub fn vary(&self, person: &[f64], parameters: &mut Parameters) -> Result<(), Error> {
        checked("coordinates of a person", person, self.person.len())?;
        for (spread, z) in self.spreads.iter().zip(person) {
            parameters.put(spread.place, spread.value(parameters.values()[spread.place], *z));
        }
        self.switches.put(Self::response(person[self.spreads.len()]), parameters);
        Ok(())
    }
}

impl Switches {
    fn known() -> Result<Self, Error> {
        Ok(Self { neural: place("neural")?, others: [place("fluid")?, place("remodelling")?, place("mechanical")?] })
    }

    /// Sets them to a response. Harm is neural: strokes can sensitise, but they cannot do less than nothing to the tissue itself.
    fn put(self, response: f64, parameters: &mut Parameters) {
        let switch = |place: usize, by: f64, parameters: &mut Parameters| {
            parameters.put(place, parameters.values()[place] * by);
        };
        switch(self.neural, response, parameters);
        self.others.iter().for_each(|other| switch(*other, response.max(0.0), parameters));
    }
}

fn names(priors: &[&Prior]) -> Vec<String> {
    priors.iter().map(|prior| prior.id.clone()).collect()
}

fn doubts(open: &[&Prior], group: Option<&Calibration>) -> Result<Vec<(usize, Doubt)>, Error> {
    let found = |id: &str| group.and_then(|group| group.values.iter().find(|one| one.id == id));
    let doubt = |(row, prior): (usize, &&Prior)| Ok((row, Doubt::of(place(&prior.id)?, prior, found(&prior.id))));
    open.iter().enumerate().map(doubt).collect()
}

fn place(id: &str) -> Result<usize, Error> {
    Ok(Parameters::place(id)?)
}

fn checked(what: &'static str, coordinates: &[f64], wanted: usize) -> Result<(), Error> {
    if coordinates.len() == wanted && coordinates.iter().all(|z| z.is_finite()) {
        return Ok(());
    }
    let value = coordinates.iter().copied().find(|z| !z.is_finite()).unwrap_or(coordinates.len() as f64);
    Err(Error::Number { field: what.to_owned(), value, must: "as many finite numbers as the population names" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn population() -> Population {
        Population::of("human-back", "low-back-pain").expect("a population")
    }

    fn zeros(population: &Population) -> (Vec<f64>, Vec<f64>) {
        (vec![0.0; population.world().len()], vec![0.0; population.person().len()])
    }

    #[test]
    fn the_middle_of_a_world_is_that_of_the_library() {
        let population = population();
        let mut parameters = Parameters::prior().unwrap();
        population.settle(&zeros(&population).0, &mut parameters).unwrap();
        let wanted = Parameters::of(library().values("human-back", "low-back-pain").unwrap()).unwrap();
        for (found, wanted) in parameters.values().iter().zip(wanted.values()) {
            assert!((found - wanted).abs() <= 1e-9 * wanted.abs(), "{found} {wanted}");
        }
    }

    #[test]
    fn people_stay_within_the_priors_ranges_and_differ() {
        let population = population();
        let chance = Chance::of(&population, 5);
        let ((mut world, mut person), mut parameters) = (zeros(&population), Parameters::prior().unwrap());
        let mut seen = Vec::new();
        for i in 0..2000 {
            chance.world(i, &mut world);
            chance.person(i, &mut person);
            population.write(&world, &person, &mut parameters).unwrap();
            for prior in library().priors.iter().filter(|prior| prior.fits) {
                let value = parameters.get(&prior.id).unwrap();
                assert!((prior.low * 0.999..=prior.high * 1.001).contains(&value), "{} = {value}", prior.id);
            }
            seen.push(parameters.get("sensitisation_most").unwrap());
        }
        seen.sort_by(f64::total_cmp);
        assert!(seen[1800] > 1.5 * seen[200], "{} {}", seen[200], seen[1800]);
    }

    #[test]
    fn correlations_of_the_calibration_come_out() {
        let population = population();
        let group = &library().calibrations.iter().find(|group| group.id == "human").unwrap();
        let (one, other, wanted) =
            group.correlations.iter().max_by(|a, b| a.2.abs().total_cmp(&b.2.abs())).expect("correlations");
        let at = |id: &String| population.world().iter().position(|known| known == id).unwrap();
        let product: f64 = {
            let [a, b] = [&population.factor[at(one)], &population.factor[at(other)]];
            a.iter().zip(b).map(|(x, y)| x * y).sum()
        };
        assert!((product - wanted).abs() < 0.05, "{one} {other}: {product} {wanted}");
    }

    #[test]
    fn harm_is_neural_and_nothing_is_nothing() {
        let population = population();
        let (world, mut person) = zeros(&population);
        let mut parameters = Parameters::prior().unwrap();
        *person.last_mut().unwrap() = -3.0;
        population.write(&world, &person, &mut parameters).unwrap();
        assert!(parameters.get("neural").unwrap() < 0.0);
        assert_eq!(parameters.get("remodelling"), Ok(0.0));
    }

    #[test]
    fn what_a_study_knows_is_not_in_doubt() {
        let population = population().with("sensitisation_most", 0.1).unwrap();
        let mut parameters = Parameters::prior().unwrap();
        population.settle(&vec![1.5; population.world().len()], &mut parameters).unwrap();
        assert_eq!(parameters.get("sensitisation_most"), Ok(0.1));
    }

    #[test]
    fn a_person_of_chance_is_the_one_of_its_coordinates() {
        let population = population();
        let (chance, (world, mut person)) = (Chance::of(&population, 3), zeros(&population));
        let [mut one, mut other] = [Parameters::prior().unwrap(), Parameters::prior().unwrap()];
        chance.person(17, &mut person);
        population.write(&world, &person, &mut one).unwrap();
        population.settle(&world, &mut other).unwrap();
        population.draw(&chance, 17, &mut other);
        assert_eq!(one, other);
    }

    #[test]
    fn wrong_coordinates_are_refused() {
        let population = population();
        let mut parameters = Parameters::prior().unwrap();
        let error = population.settle(&[0.0], &mut parameters).unwrap_err().to_string();
        assert!(error.contains("coordinates of a world is 1"), "{error}");
    }
}
