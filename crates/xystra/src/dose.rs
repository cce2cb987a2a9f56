//! `xystra dose FILE`: what a recording delivered.

mod columnar;
mod file;
pub(crate) mod out;
pub(crate) mod progress;
mod session;
mod table;

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use xystra_care::id::ThreadId;
use xystra_dose::picture::{self, Look};
use xystra_dose::read::Reading;
use xystra_dose::{Analysis, Options, Tare, table as strokes};

use crate::data::Data;

/// Strokes and dose of a recording.
#[derive(Debug, clap::Args)]
pub(crate) struct Dose {
    /// Samples of force, with their units: CSV and its relatives, QSTM, XDF, EDF+, Parquet or JSON. Label columns are never read.
    #[arg(required_unless_present = "session")]
    file: Option<PathBuf>,
    /// Instead of a file, a session of the record: what each region got, measured or not. The id stands in the address of the
    /// session's page.
    #[arg(long, value_name = "ID", conflicts_with_all = ["file", "unit", "map", "stream"])]
    session: Option<ThreadId>,
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    reading: How,
    #[command(flatten)]
    measuring: Measuring,
    #[command(flatten)]
    outputs: Outputs,
}

/// What the file does not say of itself.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct How {
    /// The unit of a quantity whose columns do not say it, such as force=kgf or force=0.01N. May be repeated.
    #[arg(long, value_name = "QUANTITY=UNIT")]
    unit: Vec<String>,
    /// Which column is what, such as force.z=Fz or time=stamp. May be repeated.
    #[arg(long, value_name = "MEANING=COLUMN")]
    map: Vec<String>,
    /// The stream that gives the force, by name or number, in a file that holds several.
    #[arg(long, value_name = "STREAM")]
    stream: Option<String>,
}

/// What to measure.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Measuring")]
struct Measuring {
    /// Start of the window, seconds from the first sample.
    #[arg(long, value_name = "S", conflicts_with = "session")]
    from: Option<f64>,
    /// End of the window, seconds from the first sample.
    #[arg(long, value_name = "S", conflicts_with = "session")]
    to: Option<f64>,
    /// Subtract the resting force, or leave the values as recorded. Contact is found against the resting level either way.
    #[arg(long, default_value = "auto", value_parser = ["auto", "none"])]
    tare: String,
    /// Target band of the normal force, newton, such as 3.5-5.5.
    #[arg(long, value_name = "LOW-HIGH", value_parser = band, conflicts_with = "session")]
    target: Option<(f64, f64)>,
    /// Mass of the tool beyond the force sensor, kilogram: its weight is taken off where the attitude is known.
    #[arg(long, value_name = "KG", value_parser = positive, conflicts_with = "session")]
    mass: Option<f64>,
}

/// Where to write what. A table for reading is printed, unless something else is.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Outputs")]
struct Outputs {
    /// Print a JSON document.
    #[arg(long)]
    json: bool,
    /// Write the strokes as CSV; - prints them. An older file is overwritten.
    #[arg(long, value_name = "PATH", conflicts_with = "session")]
    csv: Option<PathBuf>,
    /// Write the strokes as Parquet, with units. An older file is overwritten.
    #[arg(long, value_name = "PATH", conflicts_with = "session")]
    parquet: Option<PathBuf>,
    /// Draw the force, the strokes and what was wrong. An older file is overwritten.
    #[arg(long, value_name = "PATH", conflicts_with = "session")]
    svg: Option<PathBuf>,
}

impl Dose {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        if let Some(session) = self.session {
            return crate::in_runtime(session::run(session, &self.data, self.outputs.json));
        }
        let file = self.file.unwrap_or_default();
        self.outputs.check(&file)?;
        let reading = self.reading.reading()?;
        let options = self.measuring.options();
        let analysis = file::analyse(&file, &reading, &options).with_context(|| file.display().to_string())?;
        self.outputs.write(&analysis, options.target_n)
    }
}

impl How {
    pub(crate) fn reading(&self) -> anyhow::Result<Reading> {
        let units = self.unit.iter().try_fold(Reading::default(), |reading, said| reading.unit(said));
        let units = units.context("--unit")?;
        let reading = self.map.iter().try_fold(units, |reading, said| reading.column(said)).context("--map")?;
        Ok(Reading { stream: self.stream.clone(), ..reading })
    }
}

impl Measuring {
    fn options(&self) -> Options {
        Options {
            from_s: self.from,
            to_s: self.to,
            tare: if self.tare == "none" { Tare::None } else { Tare::Auto },
            target_n: self.target,
            mass_kg: self.mass,
        }
    }
}

impl Outputs {
    fn check(&self, input: &Path) -> anyhow::Result<()> {
        let prints = self.csv.as_deref().is_some_and(out::is_print);
        ensure!(!(prints && self.json), "--json and --csv - both print: give --csv a file");
        let paths = [&self.csv, &self.parquet, &self.svg].into_iter().flatten().filter(|path| !out::is_print(path));
        paths.into_iter().try_for_each(|path| out::check(path, input))
    }

    fn write(&self, analysis: &Analysis, target_n: Option<(f64, f64)>) -> anyhow::Result<()> {
        if let Some(path) = &self.csv {
            out::write(path, strokes::csv(&analysis.recording.file, &analysis.strokes).as_bytes())?;
        }
        if let Some(path) = &self.parquet {
            out::write(path, &columnar::parquet(analysis)?)?;
        }
        if let Some(path) = &self.svg {
            out::write(path, picture::trace(analysis, &Look { target_n, ..Look::ALONE }).as_bytes())?;
        }
        if self.json {
            out::print(&(serde_json::to_string_pretty(analysis)? + "\n"))?;
        } else if !self.csv.as_deref().is_some_and(out::is_print) {
            out::print(&table::table(analysis, target_n))?;
        }
        Ok(())
    }
}

/// A band as it is typed: "3.5-5.5".
fn band(text: &str) -> Result<(f64, f64), String> {
    let ends = text.split_once(['-', '\u{2013}']).and_then(|(low, high)| Some((number(low)?, number(high)?)));
    let sound = ends.filter(|(low, high)| *low >= 0.0 && low < high);
    sound.ok_or_else(|| "say least and most in newton, such as 3.5-5.5".to_owned())
}

fn positive(text: &str) -> Result<f64, String> {
    number(text).filter(|value| *value > 0.0).ok_or_else(|| "say a number above zero, such as 0.12".to_owned())
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_has_two_ends_in_order() {
        assert_eq!(band("3.5-5.5"), Ok((3.5, 5.5)));
        assert_eq!(band("0\u{2013}8"), Ok((0.0, 8.0)));
        for wrong in ["5.5-3.5", "4", "-1-3", "a-b", "3-inf", "4-4"] {
            assert!(band(wrong).is_err(), "{wrong}");
        }
        assert!(positive("0").is_err() && positive("0.12").is_ok());
    }
}
