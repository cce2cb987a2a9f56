//! `dose`: our signal pipeline and reader beside SciPy, polars, pandas and pyarrow, in turn on one core.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use bench::dose::parity::Parity;
use bench::dose::pipeline::{self, How};
use bench::dose::{day, reading, recording};
use bench::environment::Python;
use bench::peer::Peer;
use bench::spread::Spread;
use bench::{tally, yardstick};
use clap::Parser;
use serde_json::{Map, Value, json};
use xystra_dose::{Options, analyse};

/// Measure the dose pipeline beside its peers.
#[derive(Debug, Parser)]
struct Args {
    #[command(flatten)]
    python: Python,
    /// Length of the recording.
    #[arg(long, default_value_t = 30)]
    minutes: u32,
    /// How often each is run.
    #[arg(long, default_value_t = 15)]
    repeats: usize,
    /// Decides the recording.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Instead: a recording of so many hours through the whole analysis, and the memory that it took.
    #[arg(long)]
    hours: Option<u32>,
    /// Used by `--hours` on itself, so that the memory is that of the analysis alone.
    #[arg(long, hide = true)]
    analyse: Option<PathBuf>,
}

/// Durations by what was run, in order.
#[derive(Debug, Default)]
struct Table(Vec<(&'static str, Spread)>);

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match (&args.analyse, args.hours) {
        (Some(file), _) => day::analyse(file),
        (None, Some(hours)) => folder().and_then(|folder| day::run(&folder, hours, args.seed)),
        (None, None) => run(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("dose: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<()> {
    let (mut peer, versions) = args.python.peer("dose.py", "requirements.txt")?;
    let folder = folder()?;
    let [text, raw] = ["recording.csv", "recording.f64"].map(|name| folder.join(name));
    let channels = recording::make(&text, &raw, args.minutes, args.seed)?;
    peer.ask(&json!({"do": "load", "file": raw, "channels": recording::CHANNELS}))?;
    let signals = signals(args, &channels, &mut peer, &folder)?;
    let readers = readers(args, &text, &mut peer)?;
    peer.stop()?;
    let result = json!({
        "machine": yardstick::machine(), "peers": versions, "minutes": args.minutes, "repeats": args.repeats,
        "signals": signals, "readers": readers,
    });
    fs::write(folder.join("result.json"), serde_json::to_string_pretty(&result)?)?;
    Ok(())
}

/// Filter, strokes, measures and spectra of samples that are in memory.
fn signals(args: &Args, channels: &[Vec<f64>], peer: &mut Peer, folder: &Path) -> Result<Value> {
    let how = How::default();
    let slices: Vec<&[f64]> = channels.iter().map(Vec::as_slice).collect();
    let ask = json!({"do": "pipeline", "how": how.json()});
    let mut keep = ask.clone();
    keep["keep"] = json!(folder);
    peer.ask(&keep)?;
    let parity = Parity::of(&pipeline::whole(&how, &slices)?, folder)?;
    println!("\n{}", parity.words());
    let mut table = Table::default();
    for _ in 0..args.repeats {
        let theirs = peer.ask(&ask)?;
        let [filter, strokes, welch] =
            ["filter_s", "strokes_s", "welch_s"].map(|stage| theirs[stage].as_f64().unwrap_or(f64::NAN));
        table.add("SciPy", filter + strokes + welch);
        table.add("SciPy: filter", filter);
        table.add("SciPy: strokes", strokes);
        table.add("SciPy: Welch", welch);
        for (names, work) in OURS {
            let ours = work(&how, &slices)?;
            table.add(names[0], ours.seconds());
            names[1..].iter().zip(ours.stages_s).for_each(|(name, seconds)| table.add(name, seconds));
        }
    }
    let frames = channels.first().map_or(0, Vec::len) as f64;
    println!("\n{}", table.words("SciPy", |seconds| format!("{:.1} M frames/s", frames / seconds / 1e6)));
    parity.hold()?;
    Ok(json!({"parity": parity.json(), "table": table.json()}))
}

type Work = fn(&How, &[&[f64]]) -> Result<pipeline::Outcome>;

/// Ours, stage by stage over the whole, and all stages part by part.
const OURS: [([&str; 4], Work); 2] = [
    (["whole", "whole: filter", "whole: strokes", "whole: Welch"], pipeline::whole),
    (["in parts", "in parts: filter", "in parts: strokes", "in parts: Welch"], pipeline::in_parts),
];

/// The same file into memory, and the whole analysis of what was read.
fn readers(args: &Args, text: &Path, peer: &mut Peer) -> Result<Value> {
    let size = fs::metadata(text)?.len() as f64;
    let mut table = Table::default();
    for _ in 0..args.repeats {
        for name in ["polars", "pandas", "pyarrow"] {
            let theirs = peer.ask(&json!({"do": name, "file": text}))?;
            table.add(name, theirs["seconds"].as_f64().context("seconds")?);
        }
        let (seconds, recording) = reading::whole(text)?;
        ensure!(recording.samples.len() == args.minutes as usize * 60_000, "not all samples were read");
        table.add("xystra", seconds);
        table.add("xystra in parts", reading::in_parts(text)?.0);
        let start = Instant::now();
        analyse(&recording, &Options::default())?;
        table.add("xystra's whole analysis", start.elapsed().as_secs_f64());
    }
    println!(
        "\n{:.0} MB of text\n{}",
        size / 1e6,
        table.words("polars", |seconds| format!("{:.0} MB/s", size / seconds / 1e6))
    );
    Ok(json!({"bytes": size, "table": table.json()}))
}

impl Table {
    fn add(&mut self, name: &'static str, seconds: f64) {
        let found = self.0.iter_mut().find(|(known, _)| *known == name);
        if let Some((_, spread)) = found {
            spread.push(seconds);
        } else {
            let mut spread = Spread::default();
            spread.push(seconds);
            self.0.push((name, spread));
        }
    }

    /// Each row beside that of `peer`, a stage beside the same stage.
    fn words(&self, peer: &str, speed: impl Fn(f64) -> String) -> String {
        let median = |name: &str| self.0.iter().find(|row| row.0 == name).map_or(f64::NAN, |row| row.1.median());
        let row = |(name, spread): &(&str, Spread)| {
            let stage = name.split_once(": ").map_or(String::new(), |(_, stage)| format!(": {stage}"));
            let ratio = format!("{:.2} x", median(&format!("{peer}{stage}")) / spread.median());
            vec![(*name).to_owned(), spread.words(), speed(spread.median()), ratio]
        };
        let ratio = format!("as fast as {peer}");
        tally::table(&["", "ms: median (quartiles)", "", &ratio], &self.0.iter().map(row).collect::<Vec<_>>())
    }

    fn json(&self) -> Value {
        Value::Object(self.0.iter().map(|(name, spread)| ((*name).to_owned(), spread.json())).collect::<Map<_, _>>())
    }
}

/// Where files lie while they are needed, in the target folder.
fn folder() -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    let folder = program.ancestors().nth(2).context("the program lies in target/release")?.join("bench/dose");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}
