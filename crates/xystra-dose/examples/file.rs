//! A file becomes strokes and dose, some minutes of it in memory at a time:
//! `cargo run --example file -- recording.csv`

use std::fs::File;

use xystra_dose::read::{self, Reading};
use xystra_dose::{Options, analyse_source};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a recording")?;
    let mut source = read::open(&path, File::open(&path)?, &Reading::default())?;
    let analysis = analyse_source(source.as_mut(), &Options::default(), &mut |_| {})?;
    let (strokes, mean) = (analysis.strokes.len(), analysis.dose.mean_force_n);
    println!("{strokes} strokes, mean {:.2} N ({:.2} to {:.2})", mean.value, mean.low, mean.high);
    for issue in &analysis.recording.issues {
        println!("{:?}: {}", issue.kind, issue.consequence);
    }
    Ok(())
}
