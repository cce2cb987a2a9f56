//! What a comparison says of a mechanism, and in words.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::study::assumption::assumption;
use crate::study::compare::SetFit;
use crate::study::compare::set::{MECHANISMS, WAYS};

/// What the papers of a group say of one mechanism.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// The mechanism, or a way within remodelling.
    pub mechanism: String,
    /// Is it needed?
    pub need: Need,
    /// By how much the best set without it scores worse than the best with it; below 0 it scores better.
    pub loss: f64,
    /// Studies whose findings the best set without it misses further than the best with it.
    pub studies: Vec<String>,
}

/// Is a mechanism needed?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// Without it the papers are met much worse.
    Needed,
    /// Without it they are met somewhat worse.
    Hinted,
    /// They are met about as well without it.
    CannotTell,
    /// They are met better without it.
    Unwanted,
    /// It changes no verified finding of these studies.
    Idle,
}

/// From which loss of score a mechanism counts as needed, and as hinted at.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Limits {
    much: f64,
    some: f64,
}

/// A verdict on each mechanism and way.
pub(super) fn verdicts(sets: &[SetFit], idle: &[&str]) -> Result<Vec<Verdict>, Error> {
    let limits = Limits { much: assumption("loss-much")?.value, some: assumption("loss-some")?.value };
    Ok(MECHANISMS.iter().chain(&WAYS).map(|name| verdict(sets, idle, name, limits)).collect())
}

fn verdict(sets: &[SetFit], idle: &[&str], name: &str, limits: Limits) -> Verdict {
    let best = |uses: bool| {
        let those = sets.iter().filter(|set| set.mechanisms.iter().any(|one| one == name) == uses);
        those.min_by(|a, b| a.score.total_cmp(&b.score))
    };
    let verdict = |need, loss, studies| Verdict { mechanism: name.to_owned(), need, loss, studies };
    let (Some(with), Some(without)) = (best(true), best(false)) else { return verdict(Need::Idle, 0.0, Vec::new()) };
    if idle.contains(&name) {
        return verdict(Need::Idle, 0.0, Vec::new());
    }
    let loss = ((without.score - with.score) * 100.0).round() / 100.0;
    verdict(limits.need(loss), loss, worse(with, without, limits.some))
}

/// Studies whose squared residuals are larger by more than `some`.
fn worse(with: &SetFit, without: &SetFit, some: f64) -> Vec<String> {
    let pairs = with.by_study.iter().zip(&without.by_study);
    pairs.filter(|(with, without)| without.1 - with.1 > some).map(|(with, _)| with.0.clone()).collect()
}

impl Limits {
    fn need(self, loss: f64) -> Need {
        match loss {
            loss if loss > self.much => Need::Needed,
            loss if loss > self.some => Need::Hinted,
            loss if loss < -self.some => Need::Unwanted,
            _ => Need::CannotTell,
        }
    }
}

impl Verdict {
    /// The verdict in a sentence.
    pub fn sentence(&self) -> String {
        let (name, loss) = (&self.mechanism, self.loss);
        let missed = match self.studies.as_slice() {
            [] => String::from("no single study is missed much further"),
            some => format!("missed further: {}", some.join(", ")),
        };
        match self.need {
            Need::Needed => {
                format!("The papers need {name}: the best set without it scores {loss:.1} worse; {missed}.")
            }
            Need::Hinted => {
                format!("The papers hint at {name}: the best set without it scores {loss:.1} worse; {missed}.")
            }
            Need::CannotTell => {
                let (way, size) = (if loss < 0.0 { "better" } else { "worse" }, loss.abs());
                format!(
                    "The papers cannot tell whether {name} is needed: the best set without it scores only {size:.1} {way}."
                )
            }
            Need::Unwanted => format!("The papers are met better without {name}: by {:.1}.", -loss),
            Need::Idle => {
                format!(
                    "These papers say nothing about {name}: it changes none of their findings by a tenth of a deviation."
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &[&str], score: f64, lee: f64) -> SetFit {
        let mechanisms = names.iter().map(|word| String::from(*word)).collect();
        let by_study = vec![("lee".to_owned(), lee)];
        SetFit { mechanisms, cost: score, freedom: 0.0, score, missed: Vec::new(), inside: 1, by_study }
    }

    fn found(scores: [f64; 4]) -> Vec<Verdict> {
        let sets = [
            set(&["neural", "fluid"], scores[0], 1.0),
            set(&["neural"], scores[1], 1.5),
            set(&["fluid"], scores[2], 9.0),
            set(&[], scores[3], 9.0),
        ];
        verdicts(&sets, &["remodelling", "mechanical", "restart", "mechanotransduction"]).expect("limits")
    }

    #[test]
    fn a_mechanism_is_needed_when_the_best_set_without_it_is_far_behind() {
        let found = found([10.0, 11.0, 30.0, 31.0]);
        assert_eq!(
            (found[0].need, found[0].loss, found[0].studies.as_slice()),
            (Need::Needed, 20.0, &["lee".to_owned()][..])
        );
        assert_eq!((found[1].need, found[2].need), (Need::CannotTell, Need::Idle));
        assert!(found[0].sentence().contains("missed further: lee"), "{}", found[0].sentence());
    }

    #[test]
    fn a_mechanism_that_does_harm_is_said_to() {
        assert_eq!(found([14.0, 10.0, 30.0, 31.0])[1].need, Need::Unwanted);
        assert_eq!(found([10.0, 13.0, 30.0, 31.0])[1].need, Need::Hinted);
    }
}
