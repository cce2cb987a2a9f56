//! Strokes of an emulated tool, told as they end: `cargo run --example live`

use xystra_dose::live::Live;
use xystra_dose::read::{self, Reading};
use xystra_dose::{Options, Sweeps};

fn main() -> Result<(), xystra_dose::Error> {
    let made_up = Sweeps::default().to_csv();
    let recording = read::whole("synthetic-sweeps.csv", made_up.as_bytes(), &Reading::default())?;
    let mut live = Live::new(recording.header.clone(), Options::default());
    // Twenty samples at a time, as a tool at 100 Hz sends them every fifth of a second.
    for first in (0..recording.samples.len()).step_by(20) {
        let last = (first + 20).min(recording.samples.len());
        for stroke in live.push(&recording.samples.slice(first..last)) {
            println!("{:6.2} s: {:.1} N for {:.2} s", stroke.end_s, stroke.mean_force_n, stroke.end_s - stroke.start_s);
        }
    }
    println!("{} more at the end", live.finish().len());
    Ok(())
}
