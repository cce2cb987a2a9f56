//! How well earlier outlooks did, beside simple forecasts.

use xystra_course::outlook::{Scores as Kept, Summary};

use crate::show::number;

/// What is said of scores.
pub(in crate::pages) struct Scores {
    pub(in crate::pages) says: String,
    /// What is beside the outlook, on how many observations, and the mean error of both.
    pub(in crate::pages) errors: Vec<(&'static str, usize, String, String)>,
}

impl Scores {
    /// Of one episode, or of many; nothing when nothing was foretold yet.
    pub(in crate::pages) fn of<'a>(all: impl IntoIterator<Item = &'a Kept>) -> Option<Self> {
        let summary = Summary::of(all.into_iter().flat_map(|one| &one.scored));
        let errors = [("nothing changes", summary.last_value), ("the mean natural course", summary.natural)];
        let errors = errors.into_iter().filter(|(_, beside)| beside.observations > 0);
        let words = |error: f64| number(error, 2);
        (summary.observations > 0).then(|| Self {
            says: says(&summary),
            errors: errors
                .map(|(name, beside)| (name, beside.observations, words(beside.outlook), words(beside.other)))
                .collect(),
        })
    }
}

/// "7 of 8 later values fell inside the 90 % band given before them, and 4 inside the 50 % band."
fn says(summary: &Summary) -> String {
    let (all, ninety, fifty) = (summary.observations, summary.inside_ninety, summary.inside_fifty);
    let values = if all == 1 { "later value" } else { "later values" };
    format!("{ninety} of {all} {values} fell inside the 90 % band given before, and {fifty} inside the 50 % band.")
}

#[cfg(test)]
mod tests {
    use xystra_course::outlook::Scored;

    use super::*;

    fn scored(inside: bool) -> Scored {
        let at = "2026-03-11T08:40:00Z".parse().expect("an instant");
        let band = xystra_cohort::answer::Band { at_h: 9.0, middle: 5.0, ninety: [3.0, 7.0], fifty: [4.0, 6.0] };
        Scored {
            track: "nprs".into(),
            at,
            value: 5.0,
            outlook: "abc".into(),
            as_of: at,
            band,
            inside_fifty: false,
            inside_ninety: inside,
            error: 1.0,
            last_value: 1.5,
            natural: None,
            measuring: 0.5,
        }
    }

    #[test]
    fn scores_are_counted_and_set_beside_what_is_simple() {
        let kept = [Kept { scored: vec![scored(true), scored(true)] }, Kept { scored: vec![scored(false)] }];
        let scores = Scores::of(&kept).expect("scores");
        assert!(scores.says.starts_with("2 of 3 later values fell inside the 90 % band"), "{}", scores.says);
        assert_eq!(scores.errors, [("nothing changes", 3, "2".to_owned(), "3".to_owned())]);
        assert!(Scores::of(&[Kept::default()]).is_none());
    }
}
