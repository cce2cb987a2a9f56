//! `xystra cohort natural`.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context;
use xystra_cohort::natural::fit::{Effort, Fit};
use xystra_cohort::natural::missing::{Belief, at_random, beliefs};
use xystra_cohort::natural::neck::{Person, WEEKS, courses, fit_people, read};
use xystra_cohort::natural::{Fitted, Natural};

use crate::dose::out::{self, print};

/// Fit the natural course of neck pain in physiotherapy on the 603 people of Verwoerd and others (2024), and show what the missing answers do.
#[derive(Debug, clap::Args)]
pub(crate) struct NaturalCourse {
    /// neckpain_603_wide.csv, as published (doi 10.5281/zenodo.13744555).
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// Write what Xystra keeps of it. An older file is overwritten.
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// Write the people as `xystra cohort score` reads them; nothing is fitted. An older file is overwritten.
    #[arg(long, value_name = "PATH", conflicts_with = "out")]
    courses: Option<PathBuf>,
    /// Chance in the draws of missing answers.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl NaturalCourse {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let name = self.data.display().to_string();
        let text = std::fs::read_to_string(&self.data).with_context(|| format!("{name} cannot be read"))?;
        let people = read(&name, &text)?;
        if let Some(path) = &self.courses {
            return out::write(path, courses(&people).as_bytes());
        }
        let fit = fit_people(&people, None, &Effort::FULL)?;
        let mut beliefs = beliefs(&people, &fit, &Effort::GOOD, self.seed)?;
        beliefs.push(without_gate(&people)?);
        if let Some(path) = &self.out {
            out::write(path, kept(&people, &fit, &beliefs[1]).to_toml()?.as_bytes())?;
        }
        print(&table(&people, &beliefs))
    }
}

/// The same answers, as an ordinary normal that the ends of the scale cut off.
fn without_gate(people: &[Person]) -> anyhow::Result<Belief> {
    let fit = fit_people(people, Some(0.0), &Effort::GOOD)?;
    Ok(Belief { name: "missing at random, without a gate".to_owned(), ..at_random(people, &fit) })
}

/// What is kept, with its sentence.
fn kept(people: &[Person], fit: &Fit, at_random: &Belief) -> Fitted {
    let answers = people.iter().flat_map(|one| one.pain).flatten().count();
    let [entry, six, _, half_a_year] = at_random.means;
    let says = format!(
        "{} people with a new episode of neck pain (1 to 11 weeks at entry) in physiotherapy: {entry:.1} of 10 at entry, {six:.1} after 6 weeks, \
         {half_a_year:.1} after half a year on average, and very different in everybody. Those who had it longer keep more of it. Not people \
         left alone.",
        people.len()
    );
    Fitted::of(fit, "neck-pain", says, people.len(), answers)
}

fn table(people: &[Person], beliefs: &[Belief]) -> String {
    let answered = |at: usize| people.iter().filter(|one| one.pain[at].is_some()).count();
    let there: Vec<String> = (0..4).map(|at| format!("{} at week {}", answered(at), WEEKS[at])).collect();
    let mut text = format!("{} people; answers: {}\n\nmean pain, 0-10\n", people.len(), there.join(", "));
    let _ = writeln!(
        text,
        "{:<52} {:>6} {:>6} {:>6} {:>6} {:>6} {:>10}",
        "", "people", "0 wk", "6 wk", "13 wk", "26 wk", "3+, 26 wk"
    );
    for one in beliefs {
        let means: Vec<String> = one.means.iter().map(|mean| format!("{mean:>6.2}")).collect();
        let _ = writeln!(text, "{:<52} {:>6} {} {:>9.1}%", one.name, one.people, means.join(" "), one.lasting * 100.0);
    }
    let _ = writeln!(
        text,
        "\nthe middle person, 4 weeks at entry\n{:<52} {:>9} {:>8} {:>6} {:>5}",
        "", "half-life", "plateau", "error", "gate"
    );
    for one in beliefs {
        text += &middle(one);
    }
    text
}

fn middle(belief: &Belief) -> String {
    let Some(fit) = &belief.fit else { return String::new() };
    let person = Natural::of(fit.middle(&[1.0, 0.0]).into());
    let weeks = std::f64::consts::LN_2 / person.rate_per_h / 168.0;
    format!(
        "{:<52} {weeks:>6.1} wk {:>7.1}% {:>6.2} {:>5.1} {:>14.1}\n",
        belief.name,
        person.plateau * 100.0,
        person.noise,
        fit.question.gate,
        fit.likelihood
    )
}
