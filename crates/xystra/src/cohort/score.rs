//! `xystra cohort score FILE.csv`.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context;
use xystra_cohort::natural::fit::Effort;
use xystra_cohort::score::{FORECASTS, Line, Options, Report, score};

use crate::dose::out::{self, print};

/// Forecast half of the clients of a real trial after fitting the other half, and score it beside simple forecasts.
///
/// The file is CSV with the columns id, time_weeks (from entry, which is 0), arm, score and scale: 0-10, 0-100, 100-0 where 100 is best, "0-48
/// higher is better", one number for the top, or a measure of the catalog such as nprs or visa-a. An empty score is a missing one.
#[derive(Debug, clap::Args)]
pub(crate) struct Score {
    /// The trial.
    file: PathBuf,
    /// Who is in which half; the same seed gives the same halves.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Write everything as a JSON document; - prints it. An older file is overwritten.
    #[arg(long, value_name = "PATH")]
    json: Option<PathBuf>,
}

impl Score {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let name = self.file.display().to_string();
        let text = std::fs::read_to_string(&self.file).with_context(|| format!("{name} cannot be read"))?;
        let reports = score(&name, &text, &Options { seed: self.seed, effort: Effort::GOOD })?;
        if let Some(path) = &self.json {
            out::write(path, (serde_json::to_string_pretty(&reports)? + "\n").as_bytes())?;
            if out::is_print(path) {
                return Ok(());
            }
        }
        print(&reports.iter().map(said).collect::<Vec<_>>().join("\n"))
    }
}

fn said(report: &Report) -> String {
    let [first, second] = report.clients;
    let better = if report.more_is_better { "more is better" } else { "less is better" };
    let mut text = format!("scale {} in steps of {}, {better}\n", report.scale, short(report.step));
    if let Some(assumed) = &report.assumed {
        let _ = writeln!(text, "  taken for granted: {assumed}");
    }
    let middle = &report.middle;
    let _ = writeln!(
        text,
        "fitted on {first} clients, forecast {second}; without a score at entry: {} and {}\nmiddle client: half-life {:.1} weeks, plateau \
         {:.0} % of entry, one score +- {:.2}, none below {:.2}\n",
        report.without_entry[0],
        report.without_entry[1],
        middle.half_life_weeks,
        middle.plateau * 100.0,
        middle.noise,
        middle.gate
    );
    text += &head();
    let mut given = None;
    for line in &report.lines {
        if given != Some(line.given_weeks.to_bits()) {
            let what = if line.given_weeks > 0.0 {
                format!("entry and week {}", short(line.given_weeks))
            } else {
                "entry".to_owned()
            };
            let _ = writeln!(text, "known: {what}");
        }
        given = Some(line.given_weeks.to_bits());
        text += &row(line);
    }
    for what in &report.left_out {
        let _ = writeln!(text, "left out: {what}");
    }
    text += "\nCoverage: share inside the shortest band that holds at least half, at least nine tenths; in brackets the central band with steps\n\
             counted in part, 50 and 90 % where the chances are right. CRPS in points of the scale, less is better. Ratio: natural course by the\n\
             other, below 1 is better, nine of ten of 1000 bootstraps of clients. Lost: clients with what was given but no score then; they are\n\
             not scored, and the fit takes them as far as they were seen.\n";
    text
}

fn head() -> String {
    let [ours, last, change, group] = FORECASTS;
    format!(
        "{:<24} {:>5} {:>5} | {:<42} | {:<26} | {:<26} | {:<26}\n{:<24} {:>5} {:>5} | {:>16} {:>16} {:>8} | {last:<26} | {change:<26} | {group:<26}\n",
        "arm",
        "n",
        "lost",
        ours,
        "50% 90%  CRPS  ratio",
        "50% 90%  CRPS  ratio",
        "50% 90%  CRPS  ratio",
        "  week",
        "",
        "",
        "50%",
        "90%",
        "CRPS"
    )
}

fn row(line: &Line) -> String {
    let weeks = line.weeks.map_or_else(|| "all weeks".to_owned(), |weeks| format!("week {}", short(weeks)));
    let arm: String = line.arm.as_deref().unwrap_or("all").chars().take(12).collect();
    let ours = &line.forecasts[0];
    let mut text = format!("{:<24} {:>5} {:>5} |", format!("{arm}, {weeks}"), line.n, line.lost);
    for (coverage, exact) in ours.coverage.iter().zip(ours.exact) {
        let _ = write!(text, " {:>16}", format!("{:.0}% ({:.0}%)", coverage * 100.0, exact * 100.0));
    }
    let _ = write!(text, " {:>8.3}", ours.crps);
    for (rival, ratio) in line.forecasts[1..].iter().zip(&line.ratios) {
        let [half, nine] = rival.coverage.map(|share| share * 100.0);
        let [low, high] = ratio.ninety;
        let _ = write!(text, " | {half:.0} {nine:.0} {:.3} {:.2} ({low:.2}-{high:.2})", rival.crps, ratio.ratio);
    }
    text + "\n"
}

/// At most two decimals.
fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
