//! Virtual trials: every arm of a study with very many virtual clients.
//!
//! Client `i` is the same person in every arm and lives in world `i mod worlds`, so that arms differ by what is done and not by chance. Sums are
//! exact whole numbers: threads, blocks and shards make no difference, and shards put together give bit for bit what one run gives.

mod contrast;
mod effect;
mod finding;
mod outcome;
mod part;
mod power;
mod rows;
mod setup;
mod shard;
mod side;
mod spread;
mod sums;
mod tally;
mod view;

pub use effect::{Effect, Power};
pub use finding::Finding;
pub use outcome::Outcome;
pub use part::{Part, merge};
pub use rows::Rows;
pub use setup::Setup;
pub use shard::Shard;
pub use view::{BEFORE, VALUE, View};

use xystra_tissue::remodel::{OUTPUTS, Tolerance};
use xystra_tissue::study::Study;

use crate::Error;
use crate::batch::{self, Options, Seen, Watch};
use contrast::{Contrast, contrasts};
use side::{Clients, Side};
use sums::Sums;
use view::views;

/// A trial made ready.
#[derive(Debug, Clone)]
pub struct Trial<'a> {
    study: &'a Study,
    text: &'a str,
    setup: Setup,
    sides: Vec<Side<'a>>,
    views: Vec<View<'a>>,
    contrasts: Vec<Contrast>,
    /// Cells of all views; one more for each contrast follows.
    width: usize,
}

/// Numbers that are simulated at once, so that memory stays small.
const AT_ONCE: usize = 4_000_000;
/// Clients that are simulated at once, at most and at least.
const CHUNK: [usize; 2] = [256, 8192];

impl<'a> Trial<'a> {
    /// Makes a trial ready; `text` is that of the study's file, which goes with the shards.
    ///
    /// # Errors
    /// A study without endpoints: nothing would be looked at.
    pub fn new(study: &'a Study, text: &'a str, setup: Setup) -> Result<Self, Error> {
        if study.endpoints.is_empty() {
            let what = "no endpoint: a virtual trial needs to know what is looked at; add an [[endpoint]]".to_owned();
            return Err(Error::File { file: study.about.id.clone(), what });
        }
        let contrasts = contrasts(study);
        let (views, width) = views(study, &contrasts)?;
        let sides = study.arms.iter().map(|arm| Side::new(study, arm, setup)).collect::<Result<_, _>>()?;
        Ok(Self { study, text, setup, sides, views, contrasts, width })
    }

    /// The study.
    pub fn study(&self) -> &'a Study {
        self.study
    }

    /// How many clients, and who.
    pub fn setup(&self) -> Setup {
        self.setup
    }

    /// What is looked at.
    pub fn views(&self) -> &[View<'a>] {
        &self.views
    }

    /// Simulates a shard and sums it up. `hear` gets the clients as they come, some thousands at a time; `watch` may stop it.
    pub fn run(
        &self,
        shard: Shard,
        threads: usize,
        watch: &Watch,
        hear: &mut dyn FnMut(&Rows) -> Result<(), Error>,
    ) -> Result<Part, Error> {
        let mut sums = self.sums();
        let mut clients = shard.clients(self.setup.clients);
        let at_once = self.at_once();
        loop {
            let numbers: Vec<u64> = clients.by_ref().take(at_once).collect();
            if numbers.is_empty() {
                return Ok(Part::new(self, shard, sums));
            }
            let rows = self.rows(numbers, threads, watch).map_err(|error| self.told(error, shard, watch))?;
            for (number, row) in rows.each() {
                sums.add(usize::try_from(self.setup.world(number)).unwrap_or(usize::MAX), row);
            }
            hear(&rows)?;
        }
    }

    /// A stop counts the clients of all arms, not of one.
    fn told(&self, error: Error, shard: Shard, watch: &Watch) -> Error {
        let clients = shard.size(self.setup.clients).saturating_mul(self.sides.len() as u64);
        match error {
            Error::Stopped { .. } => {
                Error::Stopped { done: watch.done(), size: usize::try_from(clients).unwrap_or(usize::MAX) }
            }
            other => other,
        }
    }

    fn sums(&self) -> Sums {
        Sums::new(usize::try_from(self.setup.worlds).unwrap_or(usize::MAX), self.width + self.contrasts.len())
    }

    fn at_once(&self) -> usize {
        let widest = self.views.iter().map(|view| view.hours.len()).sum::<usize>() + self.width;
        (AT_ONCE / widest.max(1)).clamp(CHUNK[0], CHUNK[1])
    }

    /// Simulates some clients in all arms.
    fn rows(&self, numbers: Vec<u64>, threads: usize, watch: &Watch) -> Result<Rows<'_>, Error> {
        let mut rows = Rows::new(self, numbers, self.width + self.contrasts.len());
        for side in &self.sides {
            for movement in self.movements(side) {
                self.look(side, movement, threads, watch, &mut rows)?;
            }
        }
        self.compare(&mut rows)?;
        Ok(rows)
    }

    /// The movements that an arm's views look at: outputs differ by movement, courses do not.
    fn movements(&self, side: &Side) -> Vec<Option<&'a str>> {
        let mut all: Vec<Option<&str>> = Vec::new();
        for movement in
            self.views.iter().filter(|view| side.is_of(view.arm)).map(|view| view.endpoint.movement.as_deref())
        {
            if !all.contains(&movement) {
                all.push(movement);
            }
        }
        all
    }

    /// Simulates an arm with one movement and writes what its views see.
    fn look(
        &self,
        side: &Side,
        movement: Option<&str>,
        threads: usize,
        watch: &Watch,
        rows: &mut Rows,
    ) -> Result<(), Error> {
        let is_asked = |view: &&View| side.is_of(view.arm) && view.endpoint.movement.as_deref() == movement;
        let views: Vec<&View> = self.views.iter().filter(is_asked).collect();
        let hours = hours(&views);
        let outputs = outputs(&views);
        let options = Options { tolerance: Tolerance::COARSE, threads, watch: Some(watch), ..Options::default() };
        let numbers = rows.clients().to_vec();
        let seen = batch::run(&Clients { side, movement, hours: &hours, numbers: &numbers }, &outputs, &options)?;
        for view in views {
            let place = outputs.iter().position(|id| *id == OUTPUTS[view.reading.place]).unwrap_or(0);
            let at: Vec<usize> = view.hours.iter().map(|hour| hours.partition_point(|time| time < hour)).collect();
            let entry = hours.partition_point(|time| *time < view.entry_h);
            for (i, number) in numbers.iter().enumerate() {
                let known = side.entry(&view.reading.quantity.id, movement, *number)?;
                let level = |seen: &Seen, time: usize| view.reading.level(seen.at(i, time)[place], known);
                let levels: Vec<f64> = at.iter().map(|time| level(&seen, *time)).collect();
                view.write(&levels, level(&seen, entry), rows.cells(i, view.first, view.width()));
            }
        }
        Ok(())
    }

    /// Writes how far each client is in one arm from where it is in another.
    fn compare(&self, rows: &mut Rows) -> Result<(), Error> {
        for (place, contrast) in self.contrasts.iter().enumerate() {
            let [one, other] = contrast.cells(&self.views, self.study)?;
            rows.subtract(one, other, self.width + place);
        }
        Ok(())
    }
}

fn hours(views: &[&View]) -> Vec<f64> {
    let mut all: Vec<f64> = views.iter().flat_map(|view| view.hours.iter().copied().chain([view.entry_h])).collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    all
}

fn outputs(views: &[&View]) -> Vec<&'static str> {
    let mut all: Vec<&str> = views.iter().map(|view| OUTPUTS[view.reading.place]).collect();
    all.sort_unstable();
    all.dedup();
    all
}
