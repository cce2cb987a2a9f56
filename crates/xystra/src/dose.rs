//! `xystra dose FILE`: what a recording delivered.

use std::fs::File;
use std::path::PathBuf;

use anyhow::Context;
use xystra_dose::{Analysis, Options, Tare, analyse, read};

/// Strokes and dose of a recording.
#[derive(Debug, clap::Args)]
pub(crate) struct Dose {
    /// A table of samples: force (and position) with their units in the header. Label columns are never read.
    file: PathBuf,
    /// Start of the window, seconds from the first sample.
    #[arg(long, value_name = "S")]
    from: Option<f64>,
    /// End of the window, seconds from the first sample.
    #[arg(long, value_name = "S")]
    to: Option<f64>,
    /// Subtract the resting force, or leave the values as recorded. Contact is found against the resting level either way.
    #[arg(long, default_value = "auto", value_parser = ["auto", "none"])]
    tare: String,
    /// Print a JSON document.
    #[arg(long)]
    json: bool,
}

impl Dose {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let name = self.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let at = || self.file.display().to_string();
        let recording = read::csv(&name, File::open(&self.file).with_context(at)?).with_context(at)?;
        let tare = if self.tare == "none" { Tare::None } else { Tare::Auto };
        let options = Options { from_s: self.from, to_s: self.to, tare };
        let analysis = analyse(&recording, &options).with_context(at)?;
        if self.json {
            println!("{}", serde_json::to_string_pretty(&analysis)?);
        } else {
            print(&analysis);
        }
        Ok(())
    }
}

fn print(analysis: &Analysis) {
    let (recording, dose) = (&analysis.recording, &analysis.dose);
    println!("{}: {:.1} s at {:.0} Hz", recording.file, recording.duration_s, recording.rate_hz);
    println!();
    println!("dose ({})", dose.provenance);
    println!("  contact        {:8.2} s", dose.contact_s);
    println!("  strokes        {:8} in {} bursts", dose.strokes, analysis.bursts);
    match dose.rate_per_min {
        Some(rate) => println!("  rate           {rate:8.1} /min"),
        None => println!("  rate           not known: no two strokes follow one another"),
    }
    println!("                   normal  resultant");
    println!("  mean force     {:8.2}   {:8.2} N", dose.mean_force_n, dose.mean_resultant_n);
    println!("  peak force     {:8.2}   {:8.2} N", dose.peak_force_n, dose.peak_resultant_n);
    println!("  impulse        {:8.1}   {:8.1} N s", dose.impulse_ns, dose.resultant_impulse_ns);
    println!();
    println!("  no   start s     end s    mean N    peak N  impulse N s  length m");
    for (number, stroke) in (1..).zip(&analysis.strokes) {
        let length = stroke.length_m.map_or("-".to_owned(), |length| format!("{length:.3}"));
        println!(
            "{number:4} {:9.2} {:9.2} {:9.2} {:9.2} {:12.2} {length:>9}",
            stroke.start_s, stroke.end_s, stroke.mean_force_n, stroke.peak_force_n, stroke.impulse_ns
        );
    }
    for issue in &recording.issues {
        let channel = issue.channel.as_deref().unwrap_or("recording");
        println!("\n{channel}, {:.2}-{:.2} s: {}", issue.extent.start_s, issue.extent.end_s, issue.consequence);
    }
}
