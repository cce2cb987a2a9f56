//! When what happens to the subjects of an arm, on the clock of a simulation.

use crate::error::Error;
use crate::library::library;
use crate::remodel::{Happening, Treatment};
use crate::study::Study;
use crate::study::arm::{Arm, Comparator, Exercise, ExerciseKind};
use crate::study::assumption::assumption;
use crate::study::schedule::Schedule;
use crate::study::strokes::{self, minutes};
use crate::study::subject::tissue;
use crate::study::time::{Reference, When};

/// The clock of a simulation: 0 h is just before the injury or day 0, whichever is first.
#[derive(Debug, Clone, PartialEq)]
pub struct Timetable {
    /// Just before day 0: when baselines are taken, h.
    pub entry_h: f64,
    /// Day 0, h.
    pub start_h: f64,
    /// The injury, h.
    pub injury_h: Option<f64>,
    /// Begin and end of each bout of treatment, exercise, visit or culture, in order, h.
    pub bouts: Vec<(f64, f64)>,
    /// Those of them that are strokes.
    pub strokes: Vec<(f64, f64)>,
}

/// From a baseline to what follows it at once, h: a sample on an event's instant would be taken after the event.
pub const BEFORE_H: f64 = 1.0 / 3600.0;

/// The times of an arm; baselines are taken `before_h` hours before day 0.
pub fn timetable(study: &Study, arm: &Arm, before_h: f64) -> Result<Timetable, Error> {
    // Arms without the injury keep the clock of those with it.
    let start_h = before_h + study.subjects.injury.map_or(0.0, |injury| injury.days_before * 24.0);
    let sessions = sessions(arm, start_h)?;
    let strokes: Vec<(f64, f64)> = sessions.into_iter().map(|session| (session.begin, session.end)).collect();
    let at = |schedule: &Schedule, hours: f64| bouts(schedule, start_h, hours);
    let exercise = arm.exercise.iter().flat_map(|one| at(&one.schedule, one.minutes / 60.0));
    let visits = arm.visit.iter().flat_map(|one| at(&one.schedule, 0.0));
    let culture = arm.culture.iter().map(|one| (start_h + one.start_h, start_h + one.start_h + one.hours));
    let mut all: Vec<(f64, f64)> = strokes.iter().copied().chain(exercise).chain(visits).chain(culture).collect();
    all.sort_by(|a, b| a.1.total_cmp(&b.1));
    let injury_h = injury(study, arm)?.map(|_| before_h);
    Ok(Timetable { entry_h: start_h - before_h, start_h, injury_h, bouts: all, strokes })
}

/// What happens on the clock of `times` to a subject whose strokes are `firmness` standard deviations from the mean, in each treatment.
pub fn happenings(study: &Study, arm: &Arm, times: &Timetable, firmness: &[f64]) -> Result<Vec<Happening>, Error> {
    Ok(script(study, arm, times, firmness)?.into_iter().map(|scripted| scripted.happening).collect())
}

/// Something that happens in an arm.
#[derive(Debug, Clone, PartialEq)]
pub struct Scripted {
    /// What and when.
    pub happening: Happening,
    /// Which of the arm's treatments it belongs to; what belongs to none is the same for all subjects.
    pub treatment: Option<usize>,
}

/// The same as [`happenings`] with what belongs to which treatment.
pub fn script(study: &Study, arm: &Arm, times: &Timetable, firmness: &[f64]) -> Result<Vec<Scripted>, Error> {
    let belief = belief(study, arm)?;
    let (mut before, mut after) = (Vec::new(), Vec::new());
    if let (Some(at), Some(injury)) = (times.injury_h, injury(study, arm)?) {
        before.push(Happening::new(at, "injury", &[("severity", injury.severity), ("loss", injury.loss)])?);
    }
    for exercise in &arm.exercise {
        after.extend(exercised(exercise, times.start_h)?);
    }
    after.extend(attended(study, arm, times.start_h, belief)?);
    for culture in &arm.culture {
        let begin = times.start_h + culture.start_h;
        after.push(cultured(begin, culture.irritant, culture.stretch)?);
        after.push(cultured(begin + culture.hours, 0.0, 0.0)?);
    }
    let common = |all: Vec<Happening>| all.into_iter().map(|happening| Scripted { happening, treatment: None });
    Ok(common(before).chain(strokes(study, arm, times, firmness)?).chain(common(after)).collect())
}

/// What one session of an arm's treatment does to a subject whose strokes are `z` standard deviations from the mean.
pub fn session(study: &Study, arm: &Arm, treatment: usize, z: f64) -> Result<Treatment, Error> {
    let tissue = library().tissue(&study.about.tissue)?;
    strokes::treatment(tissue, &arm.treatment[treatment].dose, z, belief(study, arm)?)
}

fn strokes(study: &Study, arm: &Arm, times: &Timetable, firmness: &[f64]) -> Result<Vec<Scripted>, Error> {
    let mut all = Vec::new();
    for given in sessions(arm, times.start_h)? {
        let z = firmness.get(given.treatment).copied().unwrap_or(0.0);
        let both = session(study, arm, given.treatment, z)?.happenings(given.begin)?;
        all.extend(both.map(|happening| Scripted { happening, treatment: Some(given.treatment) }));
    }
    Ok(all)
}

impl Timetable {
    /// The hour to which an endpoint's times are added. Bouts are those of strokes; where there are none, any.
    pub fn reference(&self, after: Reference) -> f64 {
        let bouts = if self.strokes.is_empty() { &self.bouts } else { &self.strokes };
        let end = |bout: Option<&(f64, f64)>| bout.map_or(self.start_h, |bout| bout.1);
        match after {
            Reference::Start => self.start_h,
            Reference::First => end(bouts.first()),
            Reference::Last => end(bouts.last()),
            Reference::Injury => self.injury_h.unwrap_or(self.start_h),
        }
    }

    /// The hour of a time of an endpoint, never before the simulation begins.
    pub fn hour(&self, when: When, after: Reference) -> f64 {
        match when {
            When::After(span) => (self.reference(after) + span.hours).max(0.0),
            When::During => self.middle(after),
        }
    }

    /// The middle of the first or the last bout of strokes.
    fn middle(&self, after: Reference) -> f64 {
        let bout = if after == Reference::First { self.strokes.first() } else { self.strokes.last() };
        bout.map_or(self.start_h, |(begin, end)| f64::midpoint(*begin, *end))
    }
}

/// An injury with its numbers.
struct Wound {
    severity: f64,
    loss: f64,
}

/// The study's injury with the condition's numbers where it gives none; a condition that begins with an injury needs no words.
fn injury(study: &Study, arm: &Arm) -> Result<Option<Wound>, Error> {
    let preset = library().condition(&study.about.condition)?.injury;
    let given = study.subjects.injury;
    if !arm.injured || (given.is_none() && preset.is_none()) {
        return Ok(None);
    }
    let or = |said: Option<f64>, preset: Option<f64>, standard: f64| said.or(preset).unwrap_or(standard);
    Ok(Some(Wound {
        severity: or(given.and_then(|one| one.severity), preset.map(|one| one.severity), 1.0),
        loss: or(given.and_then(|one| one.loss), preset.map(|one| one.loss), 0.0),
    }))
}

/// One session of strokes.
struct Session {
    treatment: usize,
    begin: f64,
    end: f64,
}

/// All sessions in order; one that would begin before another ends waits for it.
fn sessions(arm: &Arm, start_h: f64) -> Result<Vec<Session>, Error> {
    let mut all = Vec::new();
    for (treatment, given) in arm.treatment.iter().enumerate() {
        let hours = minutes(&given.dose)? / 60.0;
        let bouts = bouts(&given.schedule, start_h, hours);
        all.extend(bouts.into_iter().map(|(begin, end)| Session { treatment, begin, end }));
    }
    all.sort_by(|a, b| a.begin.total_cmp(&b.begin));
    let mut free = 0.0f64;
    for session in &mut all {
        let late = (free - session.begin).max(0.0);
        session.begin += late;
        session.end += late;
        free = session.end;
    }
    Ok(all)
}

fn bouts(schedule: &Schedule, start_h: f64, hours: f64) -> Vec<(f64, f64)> {
    schedule.hours().into_iter().map(|at| (start_h + at, start_h + at + hours)).collect()
}

fn exercised(exercise: &Exercise, start_h: f64) -> Result<Vec<Happening>, Error> {
    let hours = exercise.minutes / 60.0;
    let load = exercise.load.map_or_else(|| load(exercise.kind), Ok)?;
    let ends = bouts(&exercise.schedule, start_h, hours).into_iter().map(|(_, end)| end);
    ends.map(|end| Happening::new(end, "exercise", &[("load", load), ("hours", hours)])).collect()
}

fn load(kind: ExerciseKind) -> Result<f64, Error> {
    let id = match kind {
        ExerciseKind::Strength => "load-strength",
        ExerciseKind::Eccentric => "load-eccentric",
        ExerciseKind::Endurance => "load-endurance",
        ExerciseKind::Stretch => "load-stretch",
        ExerciseKind::Balance => "load-balance",
        ExerciseKind::WarmUp => "load-warm-up",
    };
    Ok(assumption(id)?.value)
}

/// What an arm's subjects believe in besides strokes: its visits; without any, a sham's are those of the first arm with strokes, advice is a talk
/// on day 0, and exercise is attended each time.
fn attended(study: &Study, arm: &Arm, start_h: f64, belief: f64) -> Result<Vec<Happening>, Error> {
    if belief <= 0.0 {
        return Ok(Vec::new());
    }
    let visit = |at: f64, belief: f64| Happening::new(start_h + at, "attention", &[("belief", belief)]);
    let of = |schedule: &Schedule, belief: f64| schedule.hours().into_iter().map(move |at| visit(at, belief));
    if !arm.visit.is_empty() {
        return arm.visit.iter().flat_map(|one| of(&one.schedule, one.belief.unwrap_or(belief))).collect();
    }
    if !arm.treatment.is_empty() {
        return Ok(Vec::new());
    }
    let first = study.arms.iter().find(|other| !other.treatment.is_empty());
    match (arm.comparator, first) {
        (Comparator::Advice, _) => Ok(vec![visit(0.0, belief)?]),
        (Comparator::Sham, Some(first)) => first.treatment.iter().flat_map(|one| of(&one.schedule, belief)).collect(),
        _ => arm.exercise.iter().flat_map(|one| of(&one.schedule, belief)).collect(),
    }
}

/// How much the subjects of an arm expect; animals and cells expect nothing.
fn belief(study: &Study, arm: &Arm) -> Result<f64, Error> {
    if tissue(study)?.species != "human" {
        return Ok(0.0);
    }
    let id = match arm.comparator {
        _ if arm.blinded => "belief-sham",
        Comparator::Treatment => "belief-treatment",
        Comparator::Untreated => "belief-untreated",
        Comparator::Waiting => "belief-waiting",
        Comparator::Sham => "belief-sham",
        Comparator::Advice => "belief-advice",
        Comparator::Exercise => "belief-exercise",
        Comparator::UsualCare => "belief-usual-care",
        Comparator::OtherTechnique => "belief-other-technique",
    };
    arm.belief.map_or_else(|| assumption(id).map(|one| one.value), Ok)
}

fn cultured(at: f64, irritant: f64, stretch: f64) -> Result<Happening, Error> {
    Happening::new(at, "culture", &[("irritant_given", irritant), ("stretch_given", stretch)])
}
