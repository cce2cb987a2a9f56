//! What a case must be before anybody is weighed by it.

use super::{Case, Session, Track};
use crate::Error;

impl Case {
    /// Refuses what cannot be meant: tracks that there are not, times out of order, values outside their scale.
    ///
    /// # Errors
    /// The first field that is wrong, with what it must be.
    pub fn check(&self) -> Result<(), Error> {
        at_least("now, h", self.now_h, 0.0)?;
        self.tracks.iter().try_for_each(Track::check)?;
        rising("observation, h", self.observations.iter().map(|one| one.at_h), self.now_h)?;
        rising("session, h", self.sessions.iter().map(|one| one.at_h), self.now_h)?;
        self.sessions.iter().try_for_each(Session::check)?;
        self.observations.iter().try_for_each(|one| {
            let track = self
                .tracks
                .get(one.track)
                .ok_or_else(|| no("track of an observation", one.track, "a track of the case"))?;
            let inside = track.scale.least <= one.value && one.value <= track.scale.most;
            if inside { Ok(()) } else { Err(wrong(&track.id, one.value, "within the scale of the measure")) }
        })?;
        self.reactions.iter().try_for_each(|one| {
            self.sessions
                .get(one.session)
                .ok_or_else(|| no("session of a reaction", one.session, "a session of the case"))?;
            if one.grade <= 5 { Ok(()) } else { Err(wrong("reaction grade", f64::from(one.grade), "from 0 to 5")) }
        })
    }
}

impl Track {
    fn check(&self) -> Result<(), Error> {
        let scale = self.scale;
        if !(scale.least.is_finite() && scale.most.is_finite() && scale.least < scale.most) {
            return Err(wrong(&format!("{}: top of the scale", self.id), scale.most, "above its bottom"));
        }
        if !(scale.step >= 0.0 && scale.step < scale.range()) {
            return Err(wrong(&format!("{}: step", self.id), scale.step, "from 0 to less than the scale"));
        }
        if !(self.error > 0.0 && self.error.is_finite()) {
            return Err(wrong(&format!("{}: error", self.id), self.error, "above 0"));
        }
        let positive = |what: &str, value: Option<f64>| match value {
            Some(value) if !(value > 0.0 && value.is_finite()) => {
                Err(wrong(&format!("{}: {what}", self.id), value, "above 0, or left out"))
            }
            _ => Ok(()),
        };
        positive("important change", self.important)?;
        positive("full range", self.normal)
    }
}

impl Session {
    /// Refuses strokes without a time, beliefs that are none, or exercise that is undone.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if !(0.0..=1.0).contains(&self.belief) {
            return Err(wrong("belief in a session", self.belief, "from 0 to 1"));
        }
        at_least("exercise, h", self.exercise_h, 0.0)?;
        self.strokes.iter().try_for_each(|one| at_least("strokes, min", one.minutes, 0.0))
    }
}

/// Refuses times before those before them, below 0 or after `end_h`.
pub(crate) fn rising(field: &str, times_h: impl Iterator<Item = f64>, end_h: f64) -> Result<(), Error> {
    let mut before = 0.0;
    for at_h in times_h {
        if !(at_h >= before && at_h <= end_h) {
            return Err(wrong(
                field,
                at_h,
                "no earlier than entry and the one before it, and no later than now or the end",
            ));
        }
        before = at_h;
    }
    Ok(())
}

fn at_least(field: &str, value: f64, least: f64) -> Result<(), Error> {
    if value >= least && value.is_finite() { Ok(()) } else { Err(wrong(field, value, "a number from 0 on")) }
}

fn no(field: &str, place: usize, must: &'static str) -> Error {
    wrong(field, place as f64, must)
}

fn wrong(field: &str, value: f64, must: &'static str) -> Error {
    Error::Number { field: field.to_owned(), value, must }
}

#[cfg(test)]
mod tests {
    use crate::case::{Observation, Reaction, example};

    fn refused(change: impl FnOnce(&mut crate::case::Case)) -> String {
        let mut case = example::case();
        change(&mut case);
        case.check().unwrap_err().to_string()
    }

    #[test]
    fn a_case_that_cannot_be_meant_is_refused_with_its_field() {
        assert_eq!(example::case().check(), Ok(()));
        assert!(
            refused(|case| case.observations.push(Observation { track: 9, at_h: case.now_h, value: 1.0 }))
                .contains("track")
        );
        assert!(refused(|case| case.observations[0].value = 11.0).contains("nprs"));
        assert!(refused(|case| case.sessions.reverse()).contains("session"));
        assert!(refused(|case| case.now_h = f64::NAN).contains("now"));
        assert!(refused(|case| case.tracks[0].error = 0.0).contains("error"));
        assert!(refused(|case| case.sessions[0].belief = 2.0).contains("belief"));
        assert!(refused(|case| case.reactions.push(Reaction { session: 99, grade: 1 })).contains("session"));
    }
}
