//! A recording of a day through the whole analysis: how fast, and how much memory.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xystra_dose::{Options, analyse_source};

use crate::dose::{reading, recording};

/// Makes the file, analyses it in a process of its own, and removes it.
pub fn run(folder: &Path, hours: u32, seed: u64) -> Result<()> {
    let file = folder.join("day.csv");
    let start = Instant::now();
    recording::write(&file, hours * 60, seed, |_| {})?;
    let size = fs::metadata(&file)?.len();
    println!("made {hours} hours, {:.2} GB, in {:.0} s", size as f64 / 1e9, start.elapsed().as_secs_f64());
    let done = Command::new(std::env::current_exe()?).arg("--analyse").arg(&file).output();
    fs::remove_file(&file)?;
    let done = done?;
    ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut said: Value = serde_json::from_slice(&done.stdout)?;
    said["bytes"] = json!(size);
    said["hours"] = json!(hours);
    fs::write(folder.join("day.json"), serde_json::to_string_pretty(&said)?)?;
    println!("{said:#}");
    Ok(())
}

/// Analyses a file and prints samples, strokes, seconds and the largest memory as JSON.
pub fn analyse(file: &Path) -> Result<()> {
    let start = Instant::now();
    let mut source = reading::open(file)?;
    let mut steps = 0;
    let analysis = analyse_source(source.as_mut(), &Options::default(), &mut |_| steps += 1)?;
    let said = json!({
        "seconds": start.elapsed().as_secs_f64(),
        "samples": analysis.recording.samples,
        "strokes": analysis.strokes.len(),
        "progress_steps": steps,
        "peak_mb": peak_mb()?,
    });
    println!("{said}");
    Ok(())
}

/// The most memory that this process held at once, MB.
fn peak_mb() -> Result<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("VmHWM in /proc/self/status")?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes / 1024.0)
}
