//! `web`: a synthetic clinic under the load of several people, page by page.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use bench::chance::Chance;
use bench::person::Person;
use bench::postgres::Cluster;
use bench::seed::{self, Clinic, Plan};
use bench::server::Node;
use bench::{load, sizes, yardstick, year};
use clap::{Parser, ValueEnum};
use jiff::Timestamp;
use xystra_store::Store;

/// Measure the pages of a synthetic clinic under load.
#[derive(Debug, Parser)]
struct Args {
    /// On which database.
    #[arg(long, value_enum, default_value = "sqlite")]
    engine: Engine,
    /// How many clients the clinic has.
    #[arg(long, default_value_t = 20_000)]
    clients: u32,
    /// How many people work at once.
    #[arg(long, default_value_t = 8)]
    people: usize,
    /// How long they work.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// Decides clinic and work.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Make the clinic anew.
    #[arg(long)]
    fresh: bool,
    /// Instead: a clinic's year through its pages on SQLite, and what it leaves in bytes.
    #[arg(long)]
    year: bool,
    /// Working weeks of that year.
    #[arg(long, default_value_t = 46)]
    weeks: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Engine {
    Sqlite,
    Postgres,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("web: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<()> {
    if args.year {
        return a_year(args);
    }
    let plan = Plan { clients: args.clients, seed: args.seed, now: Timestamp::now() };
    let cluster = if args.engine == Engine::Postgres { Some(Cluster::start()?) } else { None };
    let folder = folder(args)?;
    let url = cluster.as_ref().map(|cluster| cluster.database("clinic")).transpose()?;
    let data = folder.join("data");
    let node = url.as_ref().map_or_else(|| Node::on_folder(&data), |url| Node::on_database(&data, url));
    let clinic = match Clinic::load(&folder, &plan)?.filter(|_| cluster.is_none()) {
        Some(clinic) => clinic,
        None => make(&node, url.as_deref(), &plan, &folder)?,
    };
    println!("{}", yardstick::machine());
    if let Some(cluster) = &cluster {
        println!("{}", yardstick::postgres(cluster)?);
    } else {
        println!("{}", yardstick::sqlite(&folder)?);
    }
    measure(args, &node, &clinic)
}

fn measure(args: &Args, node: &Node, clinic: &Clinic) -> Result<()> {
    let server = node.start()?;
    load::warm(server.address(), clinic)?;
    let mut chance = Chance::new(args.seed);
    for (people, seconds) in [(1, (args.seconds / 3).max(1)), (args.people, args.seconds)] {
        let time = Duration::from_secs(seconds);
        let tally = load::run(server.address(), people, time, clinic, &mut chance)?;
        println!("\n{people} at once, {seconds} s, {} clients, {:?}", clinic.clients, args.engine);
        println!("{}", tally.table());
    }
    server.stop()
}

fn a_year(args: &Args) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let start = Instant::now();
    let (node, done) = year::run(folder.path(), args.weeks, args.seed, |day, done| {
        if day % 28 == 27 {
            println!("week {}: {} sessions, {:.0} s", day / 7 + 1, done.sessions, start.elapsed().as_secs_f64());
        }
    })?;
    let sizes = sizes::of(&node.data().join("xystra.db"))?;
    let year::Done { sessions, clients, pages, writes } = done;
    println!(
        "{} weeks: {sessions} sessions, {clients} clients, {pages} pages looked at, {writes} forms and drafts sent",
        args.weeks
    );
    let megabytes = |bytes: u64| bytes as f64 / 1024.0 / 1024.0;
    let share = sizes.journal as f64 / sizes.clinical as f64;
    println!(
        "clinical {:.1} MB, journal {:.1} MB: {share:.2} of it",
        megabytes(sizes.clinical),
        megabytes(sizes.journal)
    );
    ensure!(sizes.journal <= sizes.clinical, "the journal is larger than what it is about");
    Ok(())
}

/// Where the clinic is kept for the next run.
fn folder(args: &Args) -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    let target = program.ancestors().nth(2).context("the program lies in target/release")?;
    let name = format!("{:?}-{}-{}", args.engine, args.clients, args.seed).to_lowercase();
    let folder = target.join("bench").join(name);
    if args.fresh || args.engine == Engine::Postgres {
        fs::remove_dir_all(&folder).or_else(|error| if folder.exists() { Err(error) } else { Ok(()) })?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// The practice is founded through its page, the clients go through the store.
fn make(node: &Node, url: Option<&str>, plan: &Plan, folder: &Path) -> Result<Clinic> {
    fs::remove_dir_all(node.data()).or_else(|error| if node.data().exists() { Err(error) } else { Ok(()) })?;
    let server = node.start()?;
    Person::at(server.address()).found_practice()?;
    server.stop()?;
    let start = Instant::now();
    let clinic = tokio::runtime::Runtime::new()?.block_on(async {
        let store = match url {
            None => Store::open(node.data(), plan.now).await?,
            Some(url) => Store::open_server(url, node.data(), plan.now).await?,
        };
        let clinic = seed::fill(&store, plan, |_| {}).await?;
        store.close().await;
        Ok::<_, anyhow::Error>(clinic)
    })?;
    clinic.save(folder, plan)?;
    println!("made a clinic of {} clients in {:.0} s", plan.clients, start.elapsed().as_secs_f64());
    Ok(clinic)
}
