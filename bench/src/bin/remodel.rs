//! `remodel`: courses of the tissue model beside libroadrunner, COPASI and SciPy, and the published inflammation model.

use std::process::ExitCode;

use anyhow::{Result, ensure};
use bench::remodel::parity::{Difference, difference, quantities, rows};
use bench::remodel::peers::{Case, Peers};
use bench::remodel::person::people;
use bench::remodel::schedule::{Schedule, schedules};
use bench::remodel::{published, speed};
use bench::report;
use clap::Parser;
use xystra_tissue::remodel::{Parameters, State, Tolerance, simulate};

/// The page that holds the figures.
const PAGE: &str = "docs/validation/remodelling.md";
/// What holds for other programs at tight tolerances.
const AIM: f64 = 1e-6;
const PROGRAMS: [&str; 3] = ["libroadrunner", "COPASI", "SciPy LSODA"];

/// Hold courses of remodelling against other programs.
#[derive(Debug, Parser)]
struct Args {
    #[command(flatten)]
    report: report::Options,
    /// How many sets of parameters: the middle of the priors and draws from their ranges.
    #[arg(long, default_value_t = 32)]
    people: usize,
    /// Decides the draws.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How often each course is run for its time; 0 leaves the times out.
    #[arg(long, default_value_t = 20)]
    repeats: usize,
}

fn main() -> ExitCode {
    report::end("remodel", run(&Args::parse()))
}

fn run(args: &Args) -> Result<()> {
    let (peer, versions) = args.report.peer("remodel.py", "ode.txt")?;
    let (mut peers, page) = (Peers::new(peer)?, args.report.page(PAGE));
    let people = people(args.people, args.seed)?;
    let schedules = schedules()?;
    let (parity, worst) = parity(&mut peers, &people, &schedules)?;
    page.show("parity", &PARITY_HEADS, &parity)?;
    let (core, apart) = core(&mut peers)?;
    page.show("published", &["start", "worst scaled difference in 60 days", "phagocytes at the end"], &core)?;
    if args.repeats > 0 {
        let rows = speed::rows_of(&mut peers, &people[0], &schedules[0], args.repeats)?;
        page.show("speed", &speed::HEADS, &rows.iter().map(speed::Row::cells).collect::<Vec<_>>())?;
    }
    page.machine(&versions)?;
    ensure!(worst <= AIM, "the worst difference is {worst:.1e}; the aim is {AIM:.0e}");
    ensure!(apart <= AIM, "the published core lies {apart:.1e} apart; the aim is {AIM:.0e}");
    Ok(())
}

const PARITY_HEADS: [&str; 5] = ["schedule", "program", "courses", "worst scaled difference", "where"];

/// One row for each schedule and program, and the worst difference.
fn parity(peers: &mut Peers, people: &[Parameters], schedules: &[Schedule]) -> Result<(Vec<Vec<String>>, f64)> {
    let (mut table, mut worst) = (Vec::new(), Difference::default());
    for schedule in schedules {
        let mut found = PROGRAMS.map(|_| Difference::default());
        for parameters in people {
            let truth = simulate(
                parameters,
                &State::rest(parameters),
                &schedule.happenings,
                &schedule.times_h(),
                Tolerance::REFERENCE,
            )?;
            let (truth, case) = (rows(&truth), Case::new(parameters, schedule)?);
            for (program, found) in PROGRAMS.iter().zip(&mut found) {
                let (theirs, _) = peers.run(program, &case, 1e-10, 1e-12, 1)?;
                *found = std::mem::take(found).or(difference(&truth, &theirs, &quantities()));
            }
        }
        for (program, found) in PROGRAMS.iter().zip(found) {
            let place = format!("{}, day {}", found.quantity, found.row);
            let cells = [schedule.name, program, &people.len().to_string(), &format!("{:.1e}", found.scaled), &place];
            table.push(cells.map(str::to_owned).to_vec());
            worst = worst.or(found);
        }
    }
    Ok((table, worst.scaled))
}

/// The published inflammation model in libroadrunner beside our three states.
fn core(peers: &mut Peers) -> Result<(Vec<Vec<String>>, f64)> {
    let Some(file) = published::file() else {
        println!("the published file is not at hand (../shared/data/sbml): its part is left out");
        return Ok((Vec::new(), 0.0));
    };
    let (mut table, mut worst) = (Vec::new(), 0.0_f64);
    for (name, damage, phagocytes) in published::STARTS {
        let (found, end) = published::beside(peers.peer(), &file, damage, phagocytes)?;
        let start = format!("damage {damage}, phagocytes {phagocytes}: {name}");
        table.push(vec![start, format!("{:.1e}", found.scaled), format!("{end:.3}")]);
        worst = worst.max(found.scaled);
    }
    Ok((table, worst))
}
