//! An invented complaint, for tests and examples: neck pain of four weeks, treated twice a week.

use xystra_dose::Provenance;
use xystra_tissue::contact::Edge;

use super::{Case, Choice, Force, Observation, Quantity, Scale, Session, Strokes, Track};

/// The edge of its strokes: one whose contact is kept with the program.
pub const EDGE: Edge =
    Edge { radius_mm: 2.0, length_mm: Some(40.0), along_mm: None, bevel_deg: None, tilt_deg: 0.0, friction: 0.0 };

/// Hours of a week.
pub const WEEK_H: f64 = 168.0;

/// Pain, function and a movement.
pub fn tracks() -> Vec<Track> {
    let scale = |most, step, more_is_better| Scale { least: 0.0, most, step, more_is_better };
    let track = |id: &str, quantity, scale, error, important| Track {
        id: id.to_owned(),
        quantity,
        scale,
        error,
        important: Some(important),
        normal: None,
    };
    vec![
        track("nprs", Quantity::Pain, scale(10.0, 1.0, false), 1.0, 2.0),
        track("psfs", Quantity::Function, scale(10.0, 1.0, true), 0.9, 2.0),
        Track {
            normal: Some(80.0),
            ..track("cervical-rotation.left", Quantity::Motion, scale(120.0, 1.0, true), 3.0, 5.0)
        },
    ]
}

/// Strokes in the middle band, for some minutes.
pub fn strokes(minutes: f64) -> Strokes {
    let force = Force { newton: 4.6, low: 3.5, high: 6.0, provenance: Provenance::Banded };
    Strokes { edge: EDGE, force, minutes, speed_mm_s: None }
}

/// A session at an hour.
pub fn session(at_h: f64) -> Session {
    Session { at_h, strokes: vec![strokes(6.0)], belief: 1.0, exercise_h: 0.0 }
}

/// `count` sessions, two a week, the first at `first_h`.
pub fn sessions(first_h: f64, count: usize) -> Vec<Session> {
    (0..count).map(|k| session(first_h + WEEK_H * (k / 2) as f64 + if k % 2 == 1 { 72.0 } else { 0.0 })).collect()
}

/// Four weeks of treatment, pain and function asked every week, and the movement measured at the beginning and now.
pub fn case() -> Case {
    let week = |k: usize| WEEK_H * k as f64;
    let pain = [6.0, 5.0, 5.0, 4.0, 3.0].into_iter().enumerate().map(|(k, value)| (0, week(k), value));
    let function = [4.0, 5.0, 5.0, 6.0, 7.0].into_iter().enumerate().map(|(k, value)| (1, week(k), value));
    let motion = [(2, 0.0, 58.0), (2, week(4), 66.0)];
    let mut observations: Vec<Observation> =
        pain.chain(function).chain(motion).map(|(track, at_h, value)| Observation { track, at_h, value }).collect();
    observations.sort_by(|a, b| a.at_h.total_cmp(&b.at_h));
    Case {
        tissue: "human-neck".to_owned(),
        condition: "neck-pain".to_owned(),
        course: "neck-pain".to_owned(),
        entry_weeks: Some(4.0),
        tracks: tracks(),
        observations,
        reactions: Vec::new(),
        sessions: sessions(1.0, 8),
        now_h: week(4),
    }
}

/// The same before anything was seen or done.
pub fn blank() -> Case {
    Case { observations: Vec::new(), sessions: Vec::new(), now_h: 0.0, ..case() }
}

/// Go on for four weeks, or stop.
pub fn choices(case: &Case) -> Vec<Choice> {
    let choice = |id: &str, sessions| Choice { id: id.to_owned(), sessions };
    vec![choice("continue", sessions(case.now_h + 24.0, 8)), choice("stop", Vec::new())]
}

/// Now and every week, for eight weeks.
pub fn times_h(case: &Case) -> Vec<f64> {
    (0..=8).map(|week| case.now_h + WEEK_H * f64::from(week)).collect()
}
