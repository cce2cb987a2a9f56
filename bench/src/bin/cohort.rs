//! `cohort`: very many courses at once beside libroadrunner, COPASI, SciPy and diffrax; what a step and an outlook cost.

use std::process::ExitCode;

use anyhow::{Result, ensure};
use bench::cohort::compare::{self, Comparison, Effort};
use bench::cohort::curve::{self, Point};
use bench::cohort::error::Errors;
use bench::cohort::peers::{PROGRAMS, Peers};
use bench::cohort::trial::{SEEN, Trial, everything, schedules};
use bench::cohort::{figure, ours, outlook, widths};
use bench::report::{self, Page};
use clap::Parser;

/// The page that holds the figures.
const PAGE: &str = "docs/validation/cohort.md";
/// How far daily outputs may lie apart at tight tolerances, scaled.
const AIM: f64 = 1e-6;
/// What the picture shows, for those who do not see it.
const FINDING: &str = "Courses a second by the error made: Xystra lies far above libroadrunner, COPASI, SciPy and diffrax at every error.";
const TIGHT: f64 = 1e-10;

/// The tolerance at which widths and threads are compared, and how many clients that takes.
const USUAL: f64 = 1e-4;
const MANY: usize = 8192;

/// Hold the batch engine against other programs.
#[derive(Debug, Parser)]
struct Args {
    #[command(flatten)]
    report: report::Options,
    /// How many clients are timed: the middle of the priors and draws from their ranges.
    #[arg(long, default_value_t = 256)]
    clients: usize,
    /// How many of them the slow programs run, and all at tight tolerances.
    #[arg(long, default_value_t = 32)]
    few: usize,
    /// Decides the draws.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How often each is run for its time; the middle one counts.
    #[arg(long, default_value_t = 5)]
    repeats: usize,
    /// Only one outlook and its times: the program asks this of itself.
    #[arg(long, hide = true)]
    outlook: bool,
}

fn main() -> ExitCode {
    let args = Args::parse();
    report::end("cohort", if args.outlook { outlook::run() } else { run(&args) })
}

fn run(args: &Args) -> Result<()> {
    let (peer, versions) = args.report.peer("cohort.py", "cohort.txt")?;
    let (mut peers, page) = (Peers::new(peer)?, args.report.page(PAGE));
    agreement(args, &mut peers, page)?;
    let ratio = speed(args, &mut peers, page)?;
    peers.stop()?;
    engine(args, page)?;
    page.show("outlook", &["what", "how much"], &outlook::rows()?)?;
    page.machine(&versions)?;
    println!("ratio to libroadrunner: {ratio:.1}");
    Ok(())
}

/// All programs at tight tolerances, all outputs.
fn agreement(args: &Args, peers: &mut Peers, page: Page) -> Result<()> {
    let (mut rows, mut worst) = (Vec::new(), 0.0_f64);
    for schedule in schedules()? {
        let trial = Trial::new(schedule, &everything(), args.few, args.seed)?;
        let (ours, _) = ours::batch(&trial, TIGHT, 1)?;
        peers.load(&trial)?;
        for program in PROGRAMS {
            let theirs = peers.run(program, [TIGHT, TIGHT / 100.0], args.few, 1)?;
            let errors = Errors::between(&ours, &theirs.outputs);
            worst = worst.max(errors.worst());
            let cells = [trial.name(), program, &args.few.to_string(), &format!("{:.1e}", errors.worst())];
            println!("{}", cells.join(" | "));
            rows.push(cells.map(str::to_owned).to_vec());
        }
    }
    page.show("agreement", &["schedule", "program", "clients", "worst scaled difference"], &rows)?;
    ensure!(worst <= AIM, "the worst difference is {worst:.1e}; the aim is {AIM:.0e}");
    Ok(())
}

/// Time beside error on both schedules, and with all outputs; the smallest ratio.
fn speed(args: &Args, peers: &mut Peers, page: Page) -> Result<f64> {
    let [first, second] = schedules()?;
    let of = |schedule, outputs: &[&'static str]| Trial::new(schedule, outputs, args.clients, args.seed);
    let alone = [("outputs of an outlook", of(second, &SEEN)?), ("all outputs", of(first.clone(), &everything())?)];
    let trial = of(first, &SEEN)?;
    let effort = Effort { few: args.few, repeats: args.repeats };
    let found = Comparison::of(peers, &trial, &PROGRAMS, effort)?;
    page.show("speed", &curve::HEADS, &found.points().map(Point::cells).collect::<Vec<_>>())?;
    page.show("before", &["program", "s"], &found.waits())?;
    page.draw(|| figure::write(&found.curves(), FINDING))?;
    let (mut rows, mut smallest) = (found.ratios(&trial, alone[0].0)?, found.smallest()?);
    for (what, trial) in alone {
        let found = Comparison::of(peers, &trial, &[], effort)?;
        rows.extend(found.ratios(&trial, what)?);
        smallest = smallest.min(found.smallest()?);
    }
    page.show("ratio", &compare::HEADS, &rows)?;
    Ok(smallest)
}

/// Widths, the cost of a step, and two threads.
fn engine(args: &Args, page: Page) -> Result<()> {
    let [schedule, _] = schedules()?;
    let trial = Trial::new(schedule, &SEEN, MANY, args.seed)?;
    page.show("step", &widths::HEADS, &widths::rows(&trial, USUAL, args.repeats)?)?;
    let twice = widths::two_threads(&trial, USUAL, args.repeats)?;
    page.show("threads", &["threads", "times as fast"], &[vec!["2".to_owned(), format!("{twice:.2}")]])
}
