//! What was seen of a client, and how likely each virtual client makes it.

use super::likelihood::Likelihood;
use super::proposal::Proposal;
use crate::Error;
use crate::batch::Options;
use crate::case::{Observation, Reaction};
use crate::client::{Clients, Crew, GRADES, Levels, Life, Model, Script};
use crate::numbers::number;

/// When the skin is looked at for the grade of a reaction, hours after the strokes: what a session did is at its strongest within a day.
pub(crate) const LOOKS_H: [f64; 2] = [1.0 / 3600.0, 24.0];

/// The observations and reactions of a case, ready to be asked about.
#[derive(Debug, Clone)]
pub(super) struct Record {
    script: Script,
    times_h: Vec<f64>,
    /// With the place of its time.
    observations: Vec<(Observation, usize)>,
    /// With the places of its looks.
    reactions: Vec<(Reaction, [usize; 2])>,
    likelihood: Likelihood,
}

impl Record {
    pub(super) fn of(model: &Model<'_>) -> Result<Self, Error> {
        let case = model.case;
        let script = model.script(&[])?;
        let looks = |reaction: &Reaction| LOOKS_H.map(|look| script.ends_h[reaction.session] + look);
        let mut times_h: Vec<f64> = case.observations.iter().map(|one| one.at_h).collect();
        times_h.extend(case.reactions.iter().flat_map(looks));
        times_h.sort_by(f64::total_cmp);
        times_h.dedup();
        let place = |at_h: f64| times_h.partition_point(|time| *time < at_h);
        Ok(Self {
            observations: case.observations.iter().map(|one| (*one, place(one.at_h))).collect(),
            reactions: case.reactions.iter().map(|one| (*one, looks(one).map(place))).collect(),
            likelihood: Likelihood::known(),
            script,
            times_h,
        })
    }

    /// Observations and reactions together.
    pub(super) fn size(&self) -> usize {
        self.observations.len() + self.reactions.len()
    }

    /// Logarithm of the likelihood of each client.
    pub(super) fn likelihood(
        &self,
        model: &Model<'_>,
        clients: &Clients,
        options: &Options<'_>,
    ) -> Result<Vec<f64>, Error> {
        if self.size() == 0 {
            return Ok(vec![0.0; clients.len()]);
        }
        let crew = Crew { model, clients, script: &self.script, lives: &[Life::WHOLE], times_h: &self.times_h };
        let levels = crew.levels(options, !self.reactions.is_empty())?;
        Ok((0..clients.len()).map(|i| self.of_client(model, clients.at(i).1, &levels, i)).collect())
    }

    fn of_client(&self, model: &Model<'_>, own: &[f64], levels: &Levels, i: usize) -> f64 {
        let natural = model.natural(own);
        let seen = self.observations.iter().map(|(one, time)| {
            let sd = model.noise(one.track, &natural);
            self.likelihood.value(&model.case.tracks[one.track].scale, one.value, levels.at(i, *time, one.track), sd)
        });
        let graded = self
            .reactions
            .iter()
            .map(|(one, looks)| self.likelihood.grade(one.grade, strongest(looks.map(|look| levels.grades(i, look)))));
        seen.chain(graded).sum()
    }

    /// Where the first clients are drawn from: near the first value of each measure, where that was early; from the prior otherwise.
    pub(super) fn first_guess(&self, model: &Model<'_>, defence: f64, caution: f64) -> Proposal {
        let count = model.coordinates.count();
        let (mut mean, mut sd) = (vec![0.0; count], vec![1.0; count]);
        let middle = model.natural(&vec![0.0; count]);
        for track in 0..model.case.tracks.len() {
            let Some(first) = self.first_of(track) else { continue };
            let (entry, place) = (model.entry_of(track), model.coordinates.entries[track]);
            let noise = model.noise(track, &middle);
            let z = entry.coordinate(first);
            let off = (entry.coordinate(first + noise) - entry.coordinate(first - noise)).abs() / 2.0;
            let trust = 1.0 / (1.0 + off * off);
            // The first of several pains decides where pain starts.
            if sd[place] >= 1.0 && z.is_finite() && off > 0.0 {
                mean[place] = z * trust;
                sd[place] = caution * off * trust.sqrt();
            }
        }
        if sd.iter().all(|sd| *sd >= 1.0) { Proposal::prior(count) } else { Proposal::apart(defence, mean, sd) }
    }

    fn first_of(&self, track: usize) -> Option<f64> {
        let first = self.observations.iter().find(|(one, _)| one.track == track);
        first.filter(|(one, _)| one.at_h <= number("first-look")).map(|(one, _)| one.value)
    }
}

/// The stronger of two looks at the skin.
pub(crate) fn strongest(looks: [[f64; GRADES]; 2]) -> [f64; GRADES] {
    std::array::from_fn(|grade| looks[0][grade].max(looks[1][grade]))
}
