//! Six hundred people with a new episode of neck pain in physiotherapy (Verwoerd and others 2024, CC BY 4.0): the file as published.

use std::fmt::Write as _;

use super::fit::{Effort, Fit, Pull, Watched, fit};
use super::level::HOURS_PER_WEEK;
use super::{Fitted, Visit};
use crate::Error;

/// When they were asked, weeks from entry.
pub const WEEKS: [f64; 4] = [0.0, 6.0, 13.0, 26.0];
const COLUMNS: [&str; 6] =
    ["row_id", "Pain_intensity", "Painint_6weeks", "Painint_3months", "Painint_6months", "Duration"];
/// The duration at entry that the middle is told for, weeks: the cohort's median.
pub const MIDDLE_WEEKS: f64 = 4.0;

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Their number in the file.
    pub id: String,
    /// How long it had lasted at entry, weeks, if they said.
    pub duration_weeks: Option<f64>,
    /// Pain 0-10 at [`WEEKS`]; none where it is missing.
    pub pain: [Option<f64>; 4],
}

/// Reads `neckpain_603_wide.csv`.
///
/// # Errors
/// A column that is not there, or a value that is no number of 0-10.
pub fn read(file: &str, text: &str) -> Result<Vec<Person>, Error> {
    let refuse = |what: String| Error::File { file: file.to_owned(), what };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| refuse(error.to_string()))?.clone();
    let place = |name: &&str| {
        let found = header.iter().position(|title| title == *name);
        found.ok_or_else(|| refuse(format!("line 1: there is no column \"{name}\"; is it neckpain_603_wide.csv?")))
    };
    let places = COLUMNS.iter().map(place).collect::<Result<Vec<_>, _>>()?;
    let mut people = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| refuse(error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let number = |column: usize| {
            number(record.get(places[column]).unwrap_or_default()).map_err(|text| {
                refuse(format!(
                    "line {line}, {}: \"{text}\" is not a number; leave it empty where it is missing",
                    COLUMNS[column]
                ))
            })
        };
        let pain = [number(1)?, number(2)?, number(3)?, number(4)?];
        if let Some(value) = pain.iter().flatten().find(|value| !(0.0..=10.0).contains(*value)) {
            return Err(refuse(format!("line {line}: a pain of {value} is outside 0-10")));
        }
        let id = record.get(places[0]).unwrap_or_default().to_owned();
        people.push(Person { id, duration_weeks: number(5)?, pain });
    }
    Ok(people)
}

impl Person {
    /// As a fit takes them: 1 and the logarithm of the duration by its middle.
    pub fn watched(&self) -> Watched {
        let visit = |(weeks, pain): (f64, Option<f64>)| Some(Visit { at_h: weeks * HOURS_PER_WEEK, value: pain? });
        Watched {
            covariates: covariates(self.duration_weeks).to_vec(),
            visits: WEEKS.into_iter().zip(self.pain).filter_map(visit).collect(),
        }
    }
}

/// What moves the middle of somebody whose complaint had lasted so long; the middle where nobody knows, and at least one week.
pub(super) fn covariates(duration_weeks: Option<f64>) -> [f64; 2] {
    [1.0, (duration_weeks.unwrap_or(MIDDLE_WEEKS).max(1.0) / MIDDLE_WEEKS).ln()]
}

/// Fits them: with the likeliest gate, or with the one given (0 for an ordinary censored normal).
///
/// # Errors
/// Nobody to fit.
pub fn fit_people(people: &[Person], gate: Option<f64>, effort: &Effort) -> Result<Fit, Error> {
    let watched: Vec<Watched> = people.iter().map(Person::watched).collect();
    fit(&watched, 1.0, gate, &pull(people), effort)
}

/// Goes on for some rounds from what is kept: it moves little, if that is where a fit rests.
pub fn go_on(people: &[Person], kept: &Fitted, rounds: usize) -> Fit {
    let watched: Vec<Watched> = people.iter().map(Person::watched).collect();
    kept.fit(Effort::FULL.nodes).improved(&watched, false, &pull(people), rounds)
}

fn pull(people: &[Person]) -> Pull {
    let entries: Vec<f64> = people.iter().filter_map(|one| one.pain[0]).collect();
    Pull::ours(entries.iter().sum::<f64>() / entries.len().max(1) as f64, 1)
}

/// The same people as `xystra cohort score` reads them; a missing score is an empty field.
pub fn courses(people: &[Person]) -> String {
    let mut text = "id,time_weeks,arm,score,scale\n".to_owned();
    for one in people {
        for (weeks, pain) in WEEKS.iter().zip(one.pain) {
            let score = pain.map(|pain| pain.to_string()).unwrap_or_default();
            let _ = writeln!(text, "{},{weeks},physiotherapy,{score},nprs", one.id);
        }
    }
    text
}

fn number(text: &str) -> Result<Option<f64>, &str> {
    match text.trim() {
        "" => Ok(None),
        said => said.parse().ok().filter(|value: &f64| value.is_finite()).map(Some).ok_or(said),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "row_id,Pain_intensity,Duration,Painint_6weeks,Painint_3months,Painint_6months\n";

    #[test]
    fn people_are_read_and_told_on() {
        let people = read("n.csv", &format!("{HEAD}7,6.0,8,3,,0\n")).unwrap();
        assert_eq!(people[0].pain, [Some(6.0), Some(3.0), None, Some(0.0)]);
        let watched = people[0].watched();
        assert_eq!((watched.visits.len(), watched.covariates[1]), (3, 2f64.ln()));
        assert!(
            courses(&people)
                .ends_with("7,6,physiotherapy,3,nprs\n7,13,physiotherapy,,nprs\n7,26,physiotherapy,0,nprs\n")
        );
    }

    #[test]
    fn faults_name_the_line() {
        let of = |rows: &str| read("n.csv", &format!("{HEAD}{rows}")).unwrap_err().to_string();
        assert!(of("1,six,4,,,\n").contains("n.csv: line 2, Pain_intensity: \"six\" is not a number"));
        assert!(of("1,6,4,,,\n2,11,4,,,\n").contains("line 3: a pain of 11 is outside 0-10"));
        assert!(read("n.csv", "id\n").unwrap_err().to_string().contains("no column \"row_id\""));
    }
}
