//! Virtual clients in one or several lives, run as one batch.

use super::{Clients, Levels, Life, Model, Script};
use crate::Error;
use crate::batch::{self, Cohort, Options, Person, Seen};
use crate::case::Quantity;

/// Clients who live the same script, each in every one of some lives: client i of the batch is client i / lives in life i % lives.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Crew<'a> {
    pub(crate) model: &'a Model<'a>,
    pub(crate) clients: &'a Clients,
    pub(crate) script: &'a Script,
    pub(crate) lives: &'a [Life],
    pub(crate) times_h: &'a [f64],
}

/// Outputs of the equations that measures show, and those that reaction grades show.
const SHOWN: [&str; 4] = ["pain", "disability", "threshold", "motion"];
const GRADED: [&str; 9] =
    ["pain", "disability", "threshold", "motion", "grade-1", "grade-2", "grade-3", "grade-4", "grade-5"];
const MOTION: usize = 3;

impl Crew<'_> {
    /// What the measures of the case would show without error, and with `graded` how red the skin would be.
    ///
    /// # Errors
    /// A client whose values the equations cannot hold, or a stop.
    pub(crate) fn levels(&self, options: &Options<'_>, graded: bool) -> Result<Levels, Error> {
        let tracks = &self.model.case.tracks;
        let mut moving = (0..tracks.len()).filter(|k| tracks[*k].quantity == Quantity::Motion);
        let outputs: &[&str] = if graded { &GRADED } else { &SHOWN };
        let first = moving.next();
        let seen = self.seen(first, outputs, options)?;
        let mut levels = Levels::of(self, &seen, first, graded);
        // A movement's range and deficit are parameters: another movement is another run, of that output alone.
        for track in moving {
            levels.add_motion(self, &self.seen(Some(track), &SHOWN[MOTION..], options)?, track);
        }
        Ok(levels)
    }

    fn seen(&self, motion: Option<usize>, outputs: &[&str], options: &Options<'_>) -> Result<Seen, Error> {
        batch::run(&Moving { crew: self, motion }, outputs, options)
    }
}

/// A crew whose people are asked for one movement.
struct Moving<'a> {
    crew: &'a Crew<'a>,
    motion: Option<usize>,
}

impl Cohort for Moving<'_> {
    fn size(&self) -> usize {
        self.crew.clients.len() * self.crew.lives.len()
    }

    fn times_h(&self) -> &[f64] {
        self.crew.times_h
    }

    fn fill(&self, i: usize, person: &mut Person) -> Result<(), Error> {
        let Crew { model, clients, script, lives, .. } = *self.crew;
        let (client, life) = (clients.at(i / lives.len()), lives[i % lives.len()]);
        model.fill(client, (script, life), self.motion, person)
    }
}
