//! Invented clients whose truth is known, with the record that each would have.

use super::course::Course;
use super::lived::{Errors, Lived, Look, live};
use super::twist::Twist;
use crate::Error;
use crate::batch::Options;
use crate::client::{Clients, Model};
use crate::draw::Draw;
use crate::population::Population;
use crate::weigh::{LOOKS_H, Likelihood, strongest, unweighed};

/// One invented client.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Truth {
    /// The course with what would have been written down.
    pub(super) course: Course,
    /// What is true of it, by column (see [`super::quantity`]).
    pub(super) row: Vec<f64>,
}

/// `count` clients of a seed who live a course in some way.
pub(super) fn truths(
    course: &Course,
    twist: &Twist,
    count: usize,
    seed: u64,
    options: &Options<'_>,
) -> Result<Vec<Truth>, Error> {
    let lived_course = course.pressed(twist.pressed);
    let choice = [lived_course.choice()];
    let model = Model::of(&lived_course.case, &choice, seed)?;
    let clients = people(&model, twist, count);
    let lived = live(&model, &lived_course, &clients, twist, options)?;
    let look = look(&model, &clients, twist);
    let truth = |i: usize| Truth { course: seen(&look, course, &lived, i), row: lived.row(i).to_vec() };
    if !twist.leaves {
        return Ok((0..count).map(truth).collect());
    }
    (0..count).map(|i| gone(&look, &lived, &truth(i).course, i, options)).collect()
}

/// The very prior, unless everybody responds alike.
fn people(model: &Model<'_>, twist: &Twist, count: usize) -> Clients {
    let mut clients = unweighed(model, count);
    let place = model.coordinates.names.iter().position(|name| name == "response");
    if let (Some(response), Some(place)) = (twist.response, place) {
        let z = coordinate(response);
        let width = model.coordinates.count();
        clients.own.chunks_exact_mut(width).for_each(|own| own[place] = z);
    }
    clients
}

/// Where a person responds as strongly as that; responses rise with the coordinate.
fn coordinate(response: f64) -> f64 {
    // Half a response above and below: in the middle of those who do not respond at all.
    let below = |wanted: f64| {
        let (mut low, mut high) = (-6.0, 6.0);
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if Population::response(middle) < wanted { low = middle } else { high = middle }
        }
        low
    };
    f64::midpoint(below(response - 1e-9), below(response + 1e-9))
}

fn look<'a>(model: &'a Model<'a>, clients: &'a Clients, twist: &'a Twist) -> Look<'a> {
    let relapse = Draw::of(model.seed, "relapse");
    Look { model, clients, twist, relapse, errors: Errors::of(model, "observed") }
}

/// The course with what would have been written down of client `i`.
fn seen(look: &Look<'_>, course: &Course, lived: &Lived, i: usize) -> Course {
    let ((number, own), mut course) = (look.clients.at(i), course.clone());
    for (k, one) in course.case.observations.iter_mut().enumerate() {
        let level = look.level(i, one.track, one.at_h, lived.treated.at(i, lived.place(one.at_h), one.track));
        one.value =
            look.errors.measure(look.model, (one.track, own), level, look.twist.errors, number << 12 | k as u64);
    }
    let skin = Draw::of(look.model.seed, "trust skin");
    for (k, one) in course.case.reactions.iter_mut().enumerate() {
        let end_h = lived.ends_h[one.session];
        let chances = strongest(LOOKS_H.map(|look| lived.treated.grades(i, lived.place(end_h + look))));
        one.grade = Likelihood::known().graded(chances, skin.uniform(number << 12 | k as u64));
    }
    course
}

/// Who is below or above these shares of the pain that there may be stays away from the next visit on with this chance; others with that.
const WELL: f64 = 0.15;
const BADLY: f64 = 0.7;
const LEAVES: [f64; 2] = [0.3, 0.02];

/// The client as it comes no more from some visit on: it decides by how it truly is, which nobody has written down. What is true then is
/// true without the sessions that it missed.
fn gone(look: &Look<'_>, lived: &Lived, course: &Course, i: usize, options: &Options<'_>) -> Result<Truth, Error> {
    let (chance, number) = (Draw::of(look.model.seed, "leaving"), look.clients.at(i).0);
    let leaves = |(k, at_h): (usize, f64)| {
        let level = lived.treated.at(i, lived.place(at_h), 0);
        let share = look.model.case.tracks[0].scale.as_pain(level) / 10.0;
        let extreme = !(WELL..=BADLY).contains(&share);
        chance.uniform(number << 12 | k as u64) < LEAVES[usize::from(!extreme)]
    };
    let visits = course.case.observations.iter().map(|one| one.at_h).enumerate().skip(1);
    let Some((_, left_h)) = visits.clone().find(|visit| leaves(*visit)) else {
        return Ok(Truth { course: course.clone(), row: lived.row(i).to_vec() });
    };
    let course = course.until(left_h);
    let choice = [course.choice()];
    let model = Model::of(&course.case, &choice, look.model.seed)?;
    let one = look.clients.only([i]);
    let lived = live(&model, &course, &one, look.twist, options)?;
    Ok(Truth { row: lived.row(0).to_vec(), course })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trust::quantity::{Asked, column};

    fn some(twist: Twist) -> Vec<Truth> {
        truths(&Course::usual(), &twist, 40, 5, &Options::default()).unwrap()
    }

    #[test]
    fn a_response_is_where_it_is_looked_up() {
        for response in [-0.8, 0.0, 1.0, 1.9] {
            assert!((Population::response(coordinate(response)) - response).abs() < 1e-6, "{response}");
        }
    }

    #[test]
    fn nobody_gains_where_strokes_do_nothing_and_most_where_they_do_much() {
        let gains = |twist| some(twist).iter().map(|truth| truth.row[column(0, Asked::GainNow)]).collect::<Vec<_>>();
        assert!(gains(Twist::responding(0.0)).iter().all(|gain| *gain == 0.0));
        let gains = gains(Twist::responding(1.9));
        assert!(gains.iter().filter(|gain| **gain > 0.1).count() > 25, "{gains:?}");
    }

    #[test]
    fn some_leave_and_have_less_of_a_record() {
        let left = some(Twist { leaves: true, ..Twist::NONE });
        let short = left.iter().filter(|truth| truth.course.case.observations.len() < 10).count();
        assert!((5..40).contains(&short), "{short}");
    }

    #[test]
    fn what_is_twisted_shows_in_the_record_and_the_rest_stays() {
        let (plain, off) = (some(Twist::NONE), some(Twist { errors: 2.0, ..Twist::NONE }));
        let now = column(0, Asked::LevelNow);
        assert!(plain.iter().zip(&off).all(|(a, b)| a.row[now].to_bits() == b.row[now].to_bits()));
        assert!(plain.iter().zip(&off).any(|(a, b)| a.course != b.course));
    }
}
