//! How much it matters who stayed away: the same people fitted under other beliefs about the answers that are missing.

use super::fit::{Effort, Fit};
use super::level::HOURS_PER_WEEK;
use super::neck::{Person, WEEKS, fit_people};
use crate::Error;
use crate::draw::Draw;

/// A belief about missing answers and what follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Belief {
    /// In words.
    pub name: String,
    /// People it rests on.
    pub people: usize,
    /// Mean of the group at [`WEEKS`], 0-10.
    pub means: [f64; 4],
    /// Share with 3 or more at the last of them.
    pub lasting: f64,
    /// The natural course under it; none where only answers were counted.
    pub fit: Option<Fit>,
}

/// A pain of this or more counts as lasting.
const LASTING: f64 = 3.0;

/// Available answers counted; missing at random (`fit`); complete cases; those away one and two points worse than foretold.
///
/// # Errors
/// Nobody to fit.
pub fn beliefs(people: &[Person], fit: &Fit, effort: &Effort, seed: u64) -> Result<Vec<Belief>, Error> {
    let gate = Some(fit.question.gate);
    let filled = fill(people, fit);
    let complete: Vec<Person> = people.iter().filter(|one| one.pain.iter().all(Option::is_some)).cloned().collect();
    let worse = |points: f64| -> Result<Belief, Error> {
        let drawn = drawn(people, &filled, points, seed);
        let name = format!("those away {points} of 10 worse than that");
        Ok(Belief { fit: Some(fit_people(&drawn, gate, effort)?), ..counted(&name, &drawn) })
    };
    Ok(vec![
        counted("the answers that there are, counted", people),
        Belief {
            fit: Some(fit.clone()),
            ..foretold("missing at random, given a person's own answers", people, &filled)
        },
        Belief { fit: Some(fit_people(&complete, gate, effort)?), ..counted("complete cases only", &complete) },
        worse(1.0)?,
        worse(2.0)?,
    ])
}

/// Missing at random: whether somebody stays away depends on nothing but their own answers before.
pub fn at_random(people: &[Person], fit: &Fit) -> Belief {
    let means = foretold("missing at random, given a person's own answers", people, &fill(people, fit));
    Belief { fit: Some(fit.clone()), ..means }
}

/// The chances of every answer of one person at [`WEEKS`].
type Chances = Vec<Vec<f64>>;

fn fill(people: &[Person], fit: &Fit) -> Vec<Chances> {
    let times = WEEKS.map(|weeks| weeks * HOURS_PER_WEEK);
    let one = |person: &Person| {
        let watched = person.watched();
        fit.foretell(&watched.covariates, &watched.visits, &times)
    };
    people.iter().map(one).collect()
}

/// The answers that there are.
fn counted(name: &str, people: &[Person]) -> Belief {
    let answers = |at: usize| people.iter().filter_map(move |one| one.pain[at]);
    let mean = |at: usize| answers(at).sum::<f64>() / answers(at).count() as f64;
    let lasting = answers(3).filter(|pain| *pain >= LASTING).count() as f64 / answers(3).count() as f64;
    Belief { name: name.to_owned(), people: people.len(), means: [0, 1, 2, 3].map(mean), lasting, fit: None }
}

/// The answers that there are, and the foretold ones in place of the others.
fn foretold(name: &str, people: &[Person], filled: &[Chances]) -> Belief {
    let count = people.len() as f64;
    let over = |at: usize, of: &dyn Fn(f64) -> f64| {
        let one = |(person, chances): (&Person, &Chances)| match person.pain[at] {
            Some(pain) => of(pain),
            None => chances[at].iter().enumerate().map(|(place, chance)| of(place as f64) * chance).sum(),
        };
        people.iter().zip(filled).map(one).sum::<f64>() / count
    };
    let means = [0, 1, 2, 3].map(|at| over(at, &|pain| pain));
    let lasting = over(3, &|pain| f64::from(pain >= LASTING));
    Belief { name: name.to_owned(), people: people.len(), means, lasting, fit: None }
}

/// Every missing answer drawn once from what is foretold, and so many points worse.
fn drawn(people: &[Person], filled: &[Chances], points: f64, seed: u64) -> Vec<Person> {
    let fill_one = |(i, (person, chances)): (usize, (&Person, &Chances))| {
        let draw = Draw::of(seed, "those away");
        let pain = [0, 1, 2, 3].map(|at| {
            let missing = || (pick(&chances[at], draw.uniform((i * 4 + at) as u64)) as f64 + points).min(10.0);
            Some(person.pain[at].unwrap_or_else(missing))
        });
        Person { pain, ..person.clone() }
    };
    people.iter().zip(filled).enumerate().map(fill_one).collect()
}

fn pick(chances: &[f64], at: f64) -> usize {
    let mut below = 0.0;
    let reached = chances.iter().position(|chance| {
        below += chance;
        below >= at
    });
    reached.unwrap_or(chances.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_away_are_drawn_from_what_is_foretold_and_made_worse() {
        let person = Person { id: "1".to_owned(), duration_weeks: None, pain: [Some(6.0), None, None, Some(0.0)] };
        let mut sure = vec![0.0; 11];
        sure[4] = 1.0;
        let filled = vec![vec![sure; 4]];
        let worse = drawn(std::slice::from_ref(&person), &filled, 1.0, 1);
        assert_eq!(worse[0].pain, [Some(6.0), Some(5.0), Some(5.0), Some(0.0)]);
        let belief = foretold("x", &[person], &filled);
        assert_eq!((belief.means, belief.lasting), ([6.0, 4.0, 4.0, 0.0], 0.0));
    }
}
