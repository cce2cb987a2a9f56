//! `cargo xtask fuzz`: every reader under random bytes, one target after another, from the kept corpora.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::step::{run, step};

/// Most memory of a target, MB: readers hold what the input holds, and inputs are small.
const MEMORY_MB: u32 = 1024;

/// Longest input, bytes.
const INPUT: u32 = 65_536;

/// Fuzzes every target for so many minutes (`--minutes 10`), or those named.
pub(crate) fn every_target(args: &[String]) -> Result<()> {
    let (minutes, named) = said(args)?;
    let targets = if named.is_empty() { targets()? } else { named };
    install()?;
    run(Command::new("cargo").args(["+nightly", "fuzz", "build"]))?;
    let mut found = Vec::new();
    for target in &targets {
        step(&format!("fuzz {target}, {minutes} min"), || {
            found.extend(fuzzed(target, minutes)?);
            Ok(())
        })?;
    }
    ensure!(found.is_empty(), "inputs that broke a reader, to be kept in fuzz/corpus when repaired: {found:?}");
    println!("{} targets, {minutes} min each: no crash", targets.len());
    Ok(())
}

fn said(args: &[String]) -> Result<(f64, Vec<String>)> {
    match args {
        [flag, minutes, targets @ ..] if flag == "--minutes" => {
            Ok((minutes.parse().context("--minutes takes a number")?, targets.to_vec()))
        }
        [flag, ..] if flag.starts_with('-') => bail!("usage: cargo xtask fuzz [--minutes N] [TARGET...]"),
        targets => Ok((10.0, targets.to_vec())),
    }
}

fn targets() -> Result<Vec<String>> {
    let files = fs::read_dir("fuzz/fuzz_targets").context("fuzz/fuzz_targets")?;
    let names = files.map(|file| Ok(file?.path().file_stem().map(|name| name.to_string_lossy().into_owned())));
    let mut names: Vec<String> = names.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
    names.sort();
    Ok(names)
}

fn install() -> Result<()> {
    let is_there =
        Command::new("cargo").args(["fuzz", "--version"]).output().is_ok_and(|output| output.status.success());
    if is_there { Ok(()) } else { run(Command::new("cargo").args(["install", "cargo-fuzz", "--locked"])) }
}

/// Runs one target on a copy of its corpus, prints what it did, and names the inputs that broke it.
fn fuzzed(target: &str, minutes: f64) -> Result<Vec<PathBuf>> {
    let corpus = tempfile::tempdir()?;
    let broken = tempfile::tempdir()?.keep();
    let kept = format!("fuzz/corpus/{target}");
    let output = Command::new("cargo")
        .args(["+nightly", "fuzz", "run", target])
        .arg(corpus.path())
        .args([kept.as_str(), "--"])
        .args([format!("-max_total_time={:.0}", minutes * 60.0), format!("-rss_limit_mb={MEMORY_MB}")])
        .args([format!("-max_len={INPUT}"), "-timeout=20".to_owned(), "-print_final_stats=1".to_owned()])
        .arg(format!("-artifact_prefix={}/", broken.display()))
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    for line in
        said.lines().filter(|line| line.starts_with("stat::") || line.contains("ERROR") || line.contains("panicked"))
    {
        println!("{line}");
    }
    let found = inputs(&broken)?;
    ensure!(output.status.success() || !found.is_empty(), "{target} did not run:\n{said}");
    Ok(found)
}

fn inputs(folder: &Path) -> Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|file| Ok(file?.path())).collect()
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn minutes_and_targets_are_understood() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(said(&words("--minutes 0.5 text json")).unwrap(), (0.5, words("text json")));
        assert_eq!(said(&[]).unwrap(), (10.0, vec![]));
        assert!(said(&words("--minutes soon")).is_err());
        assert!(said(&words("--hours 1")).is_err());
    }
}
