//! `xystra simulate FILE`: what the model expects of a plan, state by state.

mod svg;
mod table;

use anyhow::{Context, ensure};
use xystra_tissue::remodel::{Course, INPUTS, OUTPUTS, STATES, Tolerance, simulate};
use xystra_tissue::study::{Plan, Study, plan};

use crate::dose::out::print;
use crate::study::read;

/// Simulate the middle person of a plan: all states and outputs.
#[derive(Debug, clap::Args)]
pub(crate) struct Simulate {
    /// A file in the format of docs/methods/studies.md, or the id of a study that Xystra carries.
    #[arg(value_name = "FILE_OR_ID")]
    file: String,
    /// Which arm; the first by default.
    #[arg(long, value_name = "ID")]
    arm: Option<String>,
    /// Times from day 0 with their unit, such as "0,10,25 min" or "0,7,28 d"; by default every day to a week after the last deed.
    #[arg(long, value_name = "TIMES", value_parser = times, allow_hyphen_values = true)]
    at: Option<Times>,
    /// Print a JSON document: times, and every input, state and output by id.
    #[arg(long, group = "form")]
    json: bool,
    /// Print CSV: one row a time.
    #[arg(long, group = "form")]
    csv: bool,
    /// Print a picture: each output over time.
    #[arg(long, group = "form")]
    svg: bool,
}

/// Times from day 0, hours.
#[derive(Debug, Clone, PartialEq)]
struct Times(Vec<f64>);

/// A simulated plan, for printing.
struct Simulated {
    study: Study,
    arm: String,
    /// Hours from day 0.
    hours: Vec<f64>,
    course: Course,
}

/// Relative tolerance of what is printed: far below what matters, for whoever compares solvers.
const TOLERANCE: Tolerance = Tolerance { relative: 1e-9, absolute: 1e-11 };
/// How long an untreated plan is followed, days.
const UNTREATED_DAYS: f64 = 84.0;

impl Simulate {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let (json, csv, svg) = (self.json, self.csv, self.svg);
        let simulated = self.simulated()?;
        print(&match (json, csv, svg) {
            (true, ..) => simulated.json()? + "\n",
            (_, true, _) => simulated.csv(),
            (_, _, true) => svg::picture(&simulated),
            _ => table::table(&simulated),
        })
    }

    fn simulated(self) -> anyhow::Result<Simulated> {
        let study = read(&self.file)?;
        let first = study.arms.first().map(|arm| arm.id.clone()).context("the study holds no arm")?;
        let arm = self.arm.unwrap_or(first);
        let plan = plan(&study, &arm, &study.parameters()?)?;
        let hours = self.at.map_or_else(|| daily(&plan), |times| times.0);
        let clock: Vec<f64> = hours.iter().map(|hour| plan.times.start_h + hour).collect();
        ensure!(
            clock.iter().all(|hour| *hour >= 0.0),
            "--at: a time lies before the injury, where the simulation begins"
        );
        let course = simulate(&plan.parameters, &plan.state, &plan.happenings, &clock, TOLERANCE)?;
        Ok(Simulated { study, arm, hours, course })
    }
}

impl Simulated {
    fn json(&self) -> anyhow::Result<String> {
        let course = &self.course;
        let document = serde_json::json!({
            "study": self.study.about.id,
            "arm": self.arm,
            "hours": self.hours,
            "inputs": columns(&INPUTS, &course.inputs),
            "states": columns(&STATES, &course.states),
            "outputs": columns(&OUTPUTS, &course.outputs),
        });
        Ok(serde_json::to_string_pretty(&document)?)
    }

    fn csv(&self) -> String {
        let names = ["hours"].into_iter().chain(INPUTS).chain(STATES).chain(OUTPUTS);
        let mut text = names.collect::<Vec<_>>().join(",") + "\n";
        for (i, hour) in self.hours.iter().enumerate() {
            let course = &self.course;
            let values = course.inputs[i].iter().chain(&course.states[i]).chain(&course.outputs[i]);
            let row = [hour].into_iter().chain(values).map(f64::to_string);
            text += &(row.collect::<Vec<_>>().join(",") + "\n");
        }
        text
    }
}

/// Every day from day 0 to a week after the last deed; where nothing is done, for twelve weeks.
fn daily(plan: &Plan) -> Vec<f64> {
    let last = plan.times.bouts.last().map(|(_, end)| (end - plan.times.start_h) / 24.0);
    let days = last.map_or(UNTREATED_DAYS, |day| day.ceil() + 7.0);
    std::iter::successors(Some(0.0), |day| Some(day + 1.0))
        .take_while(|day| *day <= days)
        .map(|day| day * 24.0)
        .collect()
}

/// Rows of values as a list for each id.
fn columns<const N: usize>(ids: &[&str; N], rows: &[[f64; N]]) -> serde_json::Map<String, serde_json::Value> {
    let column = |i: usize| rows.iter().map(|row| row[i]).collect::<Vec<f64>>();
    ids.iter().enumerate().map(|(i, id)| ((*id).to_owned(), column(i).into())).collect()
}

/// "0,10,25 min" as hours; days where no unit is said.
fn times(text: &str) -> Result<Times, String> {
    let (numbers, unit) = match text.trim().rsplit_once(' ') {
        Some((numbers, unit)) if xystra_tissue::study::time::hours_of(unit).is_some() => (numbers, unit),
        _ => (text, "d"),
    };
    let hours = xystra_tissue::study::time::hours_of(unit).unwrap_or(24.0);
    let number = |word: &str| word.trim().parse::<f64>().ok().filter(|x| x.is_finite()).map(|x| x * hours);
    let wrong = || "say numbers and their unit, rising, such as \"0,10,25 min\" or \"0,7,28 d\"".to_owned();
    let found: Vec<f64> = numbers.split(',').map(number).collect::<Option<_>>().ok_or_else(wrong)?;
    if found.windows(2).all(|pair| pair[0] < pair[1]) { Ok(Times(found)) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_hours() {
        assert_eq!(times("0,30 min"), Ok(Times(vec![0.0, 0.5])));
        assert_eq!(times("0, 1"), Ok(Times(vec![0.0, 24.0])));
        for wrong in ["", "a d", "1,0 d", "0,1 moons"] {
            assert!(times(wrong).is_err(), "{wrong}");
        }
    }
}
