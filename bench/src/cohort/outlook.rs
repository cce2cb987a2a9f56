//! How long an outlook takes: in a process of its own, so that it is cold and its memory is its own.

use std::env;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xystra_cohort::case::{Case, Choice, Session, example};
use xystra_cohort::forecast;
use xystra_cohort::weigh::{Effort, Kept, weigh};

/// The argument by which the program does an outlook and nothing else.
pub const ALONE: &str = "--outlook";
/// Clients kept for questions.
const KEPT: usize = 2000;
/// How often a question is asked.
const ASKED: usize = 21;
/// Outlooks that are timed; the middle one counts.
const TIMES: usize = 3;

/// The rows of the table: what, and how much.
pub fn rows() -> Result<Vec<Vec<String>>> {
    let mut found = Vec::new();
    for _ in 0..TIMES {
        found.push(alone()?);
    }
    found.sort_by(|a, b| seconds(a, "all").total_cmp(&seconds(b, "all")));
    let middle = &found[TIMES / 2];
    let row = |what: &str, value: String| vec![what.to_owned(), value];
    Ok(vec![
        row("100,000 clients weighed by 10 observations, s", format!("{:.1}", seconds(middle, "weighed"))),
        row(
            "10,000 of them run on under 6 plans, with effects and designs, s",
            format!("{:.1}", seconds(middle, "answered")),
        ),
        row("both, from the start of the program, s", format!("{:.1}", seconds(middle, "all"))),
        row("what if, from 2,000 kept clients, ms", format!("{:.0}", seconds(middle, "asked") * 1e3)),
        row("most memory, MB", format!("{:.0}", seconds(middle, "megabytes"))),
        row("effective number of clients", format!("{:.0}", seconds(middle, "effective"))),
    ])
}

/// One outlook; its times in one line of JSON.
pub fn run() -> Result<()> {
    let start = Instant::now();
    let (case, effort) = (case(), Effort::full(1));
    let (choices, times_h) = (choices(&case), example::times_h(&case));
    let weighed = weigh(&case, &effort)?;
    let after = start.elapsed().as_secs_f64();
    forecast::answer(&case, &weighed, &choices, &times_h, &effort)?;
    let all = start.elapsed().as_secs_f64();
    let found = json!({
        "weighed": after, "answered": all - after, "all": all, "megabytes": megabytes()?, "effective": weighed.weighing().effective,
        "asked": asked(&case, &weighed.kept(KEPT), &choices[2], &times_h)?,
    });
    println!("{found}");
    Ok(())
}

/// The middle time of a question, s.
fn asked(case: &Case, kept: &Kept, choice: &Choice, times_h: &[f64]) -> Result<f64> {
    let mut times = Vec::new();
    for _ in 0..ASKED {
        let start = Instant::now();
        forecast::what_if(case, kept, choice, times_h)?;
        times.push(start.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    Ok(times[ASKED / 2])
}

fn alone() -> Result<Value> {
    let output = Command::new(env::current_exe()?).arg(ALONE).output().context("starting this program again")?;
    ensure!(output.status.success(), "an outlook: {}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn seconds(found: &Value, what: &str) -> f64 {
    found[what].as_f64().unwrap_or(f64::NAN)
}

/// Pain and function asked every week for four weeks: ten observations.
fn case() -> Case {
    let case = example::case();
    let asked = |track: usize| track < 2;
    let observations = case.observations.iter().filter(|one| asked(one.track)).copied().collect();
    Case { observations, tracks: case.tracks[..2].to_vec(), ..case }
}

/// Going on, stopping, lighter, firmer, fewer, and a break first.
fn choices(case: &Case) -> Vec<Choice> {
    let usual = || example::sessions(case.now_h + 24.0, 8);
    let later = |session: Session| Session { at_h: session.at_h + 3.0 * example::WEEK_H, ..session };
    let plans = [
        ("continue", usual()),
        ("stop", Vec::new()),
        ("lighter", usual().into_iter().map(|session| pressed(session, 0.6)).collect()),
        ("firmer", usual().into_iter().map(|session| pressed(session, 1.6)).collect()),
        ("fewer", usual().into_iter().step_by(2).collect()),
        ("break", usual().into_iter().map(later).collect()),
    ];
    plans.map(|(id, sessions)| Choice { id: id.to_owned(), sessions }).into()
}

/// The same with another force.
fn pressed(mut session: Session, by: f64) -> Session {
    for strokes in &mut session.strokes {
        let force = &mut strokes.force;
        (force.newton, force.low, force.high) = (force.newton * by, force.low * by, force.high * by);
    }
    session
}

/// The most memory that this process held.
fn megabytes() -> Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status").context("how much memory there was")?;
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("how much memory there was")?;
    let kilobytes: f64 = most.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes / 1024.0)
}
