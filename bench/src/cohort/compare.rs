//! Every program at several tolerances on one trial, held against the truth.

use anyhow::{Context, Result};
use xystra_cohort::batch::Cohort;

use super::curve::{Point, seconds_at};
use super::error::{Errors, Outputs};
use super::ours;
use super::peers::{FIRST, Peers};
use super::trial::Trial;

/// What ours is called in tables and figures.
pub const OURS: &str = "Xystra";
/// The relative tolerance at which the ratio is taken.
pub const AT: f64 = 1e-6;

/// Relative tolerances of each program.
const OUR_TOLERANCES: [f64; 7] = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8];
const THEIR_TOLERANCES: [f64; 4] = [1e-3, 1e-4, 1e-6, 1e-8];
/// Absolute tolerances of the first program at [`AT`], by the relative one: the usual one here, and two tighter, of which the last is its own default.
const ABSOLUTE: [f64; 3] = [1e-2, 1e-4, 1e-6];

/// The heads of the table of ratios.
pub const HEADS: [&str; 6] = [
    "schedule and outputs",
    "program at 1e-6",
    "worst error",
    "median error",
    "ratio at the same worst error",
    "ratio at the same median error",
];

/// How much is run.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Clients for programs that take more than some tens of milliseconds for each.
    pub few: usize,
    /// How often each is run.
    pub repeats: usize,
}

/// What all programs do on one trial.
#[derive(Debug)]
pub struct Comparison {
    /// Ours.
    pub ours: Vec<Point>,
    /// Theirs.
    pub theirs: Vec<Point>,
    /// The first program at [`AT`].
    pub first: Vec<Point>,
    /// What had to be compiled first, s: program and time.
    pub before: Vec<(String, f64)>,
}

/// How often a program's time is ours at the same error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// By the error of the client who is worst off.
    pub worst: f64,
    /// By that of the middle client.
    pub median: f64,
}

impl Comparison {
    /// Runs ours, the first program at [`AT`], and curves of the programs named.
    pub fn of(peers: &mut Peers, trial: &Trial, programs: &[&str], effort: Effort) -> Result<Self> {
        let truth = ours::truth(trial)?;
        peers.load(trial)?;
        let mut found = Self { ours: Vec::new(), theirs: Vec::new(), first: Vec::new(), before: Vec::new() };
        let mut by = Turn { peers, truth: &truth, repeats: effort.repeats };
        for share in ABSOLUTE {
            let point = by.point(FIRST, AT, share, trial.size())?.0;
            let program = format!("{FIRST}, absolute {:.0e}", AT * share);
            found.first.push(Point { program, ..point });
        }
        for relative in OUR_TOLERANCES {
            let (outputs, spread) = ours::batch(trial, relative, effort.repeats)?;
            let errors = Errors::between(&truth, &outputs);
            found.ours.push(Point::of(OURS, relative, &errors, trial.size(), spread.median()));
        }
        for program in programs {
            let slow = program.starts_with("SciPy") || program.starts_with("diffrax");
            let clients = if program.starts_with("SciPy") { effort.few } else { trial.size() };
            by.repeats = if slow { 1 } else { effort.repeats };
            let mut before = 0.0_f64;
            for relative in THEIR_TOLERANCES {
                let (point, waited) = by.point(program, relative, ABSOLUTE[0], clients)?;
                before = before.max(waited);
                found.theirs.push(point);
            }
            found.before.push(((*program).to_owned(), before));
        }
        Ok(found)
    }

    /// The ratio to the first program at [`AT`] by the worst error, at whichever of its absolute tolerances it does best.
    pub fn smallest(&self) -> Result<f64> {
        let ratios = self.first.iter().map(|first| Ok(self.ratio_to(first)?.worst)).collect::<Result<Vec<f64>>>()?;
        ratios.into_iter().min_by(f64::total_cmp).context("a program to compare with")
    }

    /// All points: ours, the first program at several absolute tolerances, theirs.
    pub fn points(&self) -> impl Iterator<Item = &Point> {
        self.ours.iter().chain(&self.first).chain(&self.theirs)
    }

    /// The points of the curves: one for each tolerance of each program.
    pub fn curves(&self) -> Vec<Point> {
        self.ours.iter().chain(&self.theirs).cloned().collect()
    }

    /// Cells of the table of what came before the first course.
    pub fn waits(&self) -> Vec<Vec<String>> {
        self.before.iter().map(|(program, seconds)| vec![program.clone(), format!("{seconds:.1}")]).collect()
    }

    /// Cells of the table of ratios; `what` says which outputs were asked for.
    pub fn ratios(&self, trial: &Trial, what: &str) -> Result<Vec<Vec<String>>> {
        let row = |first: &Point| {
            let Ratio { worst, median } = self.ratio_to(first)?;
            let errors = [first.worst, first.median].map(|error| format!("{error:.1e}"));
            let ratios = [worst, median].map(|ratio| format!("{ratio:.1}"));
            Ok([vec![format!("{}; {what}", trial.name()), first.program.clone()], errors.into(), ratios.into()]
                .concat())
        };
        self.first.iter().map(row).collect()
    }

    /// The ratio to one point.
    pub fn ratio_to(&self, first: &Point) -> Result<Ratio> {
        let at =
            |error, of: fn(&Point) -> f64| Ok::<_, anyhow::Error>(first.seconds / seconds_at(&self.ours, error, of)?);
        Ok(Ratio { worst: at(first.worst, |point| point.worst)?, median: at(first.median, |point| point.median)? })
    }
}

/// Whose turn it is.
struct Turn<'a> {
    peers: &'a mut Peers,
    truth: &'a Outputs,
    repeats: usize,
}

impl Turn<'_> {
    /// A program at a tolerance, and the time before its first course, s.
    fn point(&mut self, program: &str, relative: f64, share: f64, clients: usize) -> Result<(Point, f64)> {
        let found = self.peers.run(program, [relative, relative * share], clients, self.repeats)?;
        let errors = Errors::between(self.truth, &found.outputs);
        Ok((Point::of(program, relative, &errors, clients, found.spread.median()), found.before))
    }
}
