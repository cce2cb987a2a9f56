//! What is asked of every invented client, and of every virtual one that is weighed.

use super::course::AHEAD_WEEKS;
use crate::case::Case;

/// What is asked about one measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    LevelNow,
    LevelContinued,
    LevelStopped,
    MeasuredNext,
    GainNow,
    GainAhead,
}

/// In the order of the columns of a measure.
pub(super) const ASKED: [Asked; 6] = [
    Asked::LevelNow,
    Asked::LevelContinued,
    Asked::LevelStopped,
    Asked::MeasuredNext,
    Asked::GainNow,
    Asked::GainAhead,
];

/// How many columns a row has: those of each measure, and the rate of natural recovery.
pub(super) fn width(tracks: usize) -> usize {
    tracks * ASKED.len() + 1
}

/// The column of what is asked about a measure.
pub(super) fn column(track: usize, asked: Asked) -> usize {
    track * ASKED.len() + ASKED.iter().position(|one| *one == asked).unwrap_or(0)
}

/// Names of all columns.
pub(super) fn names(case: &Case) -> Vec<String> {
    let of = |track: &str, asked: Asked| format!("{track}: {}", asked.says());
    let asked = case.tracks.iter().flat_map(|track| ASKED.map(|asked| of(&track.id, asked)));
    asked.chain(["rate of natural recovery".to_owned()]).collect()
}

impl Asked {
    fn says(self) -> String {
        match self {
            Self::LevelNow => "level now".to_owned(),
            Self::LevelContinued => format!("level in {AHEAD_WEEKS} weeks, continued"),
            Self::LevelStopped => format!("level in {AHEAD_WEEKS} weeks, stopped"),
            Self::MeasuredNext => "measured at the next visit".to_owned(),
            Self::GainNow => "gained by strokes, now".to_owned(),
            Self::GainAhead => format!("gained by strokes, in {AHEAD_WEEKS} weeks"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::example;

    #[test]
    fn every_column_has_a_name_of_its_own() {
        let names = names(&example::case());
        assert_eq!(names.len(), width(3));
        assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), names.len());
        assert_eq!(names[column(1, Asked::GainNow)], "psfs: gained by strokes, now");
    }
}
