//! `xystra tool emulate`: an instrumented tool in a made-up hand, whose strokes are known.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use xystra_dose::picture::plural;
use xystra_dose::synthetic::{Channels, Dialect, Emulation, Fault, Motion, Truth};

/// Write a synthetic recording whose strokes are known, for accuracy tables and demonstrations.
#[derive(Debug, clap::Args)]
pub(crate) struct Emulate {
    /// Decides every draw: the same seed and options give the same file.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How the tool moves: one-way, to-and-fro, circular, tapping, mixed.
    #[arg(long, default_value = "one-way")]
    motion: Motion,
    /// Strokes in each burst: sweeps, ways, turns or taps.
    #[arg(long, value_name = "N", default_value_t = 10)]
    strokes: usize,
    /// Bursts in each bout, 3 s apart.
    #[arg(long, value_name = "N", default_value_t = 2)]
    bursts: usize,
    /// Bouts, 25 s apart.
    #[arg(long, value_name = "N", default_value_t = 1)]
    bouts: usize,
    /// Strokes per second within a burst.
    #[arg(long, value_name = "HZ", default_value_t = 0.5)]
    rate_hz: f64,
    /// Peak force of the usual stroke, N.
    #[arg(long, value_name = "N", default_value_t = 6.0)]
    force: f64,
    /// Samples per second.
    #[arg(long, value_name = "HZ", default_value_t = 100.0)]
    hz: f64,
    /// Standard deviation of the force sensor's noise by axis, N.
    #[arg(long, value_name = "N", default_value_t = 0.01)]
    noise: f64,
    /// Steady drift of the normal force, N per minute.
    #[arg(long, value_name = "N", default_value_t = 0.0, allow_negative_numbers = true)]
    drift: f64,
    /// What the sensor shows while it touches nothing, N.
    #[arg(long, value_name = "X,Y,Z", value_delimiter = ',', allow_hyphen_values = true)]
    bias: Vec<f64>,
    /// Angle between tool and skin, degrees: 90 is upright.
    #[arg(long, value_name = "DEG", default_value_t = 90.0)]
    angle: f64,
    /// Mass beyond the force sensor, kg.
    #[arg(long, value_name = "KG", default_value_t = 0.0)]
    mass: f64,
    /// Knocks against the tool in the pauses.
    #[arg(long, value_name = "N", default_value_t = 0)]
    knocks: usize,
    /// The recording begins within the first contact.
    #[arg(long)]
    starts_in_contact: bool,
    /// What goes wrong, as often as wanted: gap, jitter, clock-reset, frozen, saturated, spikes, missing-axis, silent, drift, lost-rows.
    #[arg(long, value_name = "FAULT")]
    fault: Vec<Fault>,
    /// What is written beside time: force (one axis), force3, position, pose (with orientation), imu, all.
    #[arg(long, value_name = "SET", default_value = "position")]
    channels: Channels,
    /// Format: csv, semicolon, tab, json, qstm-serial, qstm-csv.
    #[arg(long, default_value = "csv")]
    dialect: Dialect,
    /// Every field of the emulation as a JSON document; of the options above only the seed is then used.
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// Write the truth beside: strokes, forces, rate and planted faults as JSON.
    #[arg(long, value_name = "FILE")]
    truth: Option<PathBuf>,
    /// The recording; it says of itself that it is synthetic.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Replace files that are there.
    #[arg(long)]
    replace: bool,
}

impl Emulate {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let emulation = self.emulation()?;
        emulation.check().context("this cannot be emulated")?;
        for file in [Some(&self.out), self.truth.as_ref()].into_iter().flatten() {
            let is_free = self.replace || !file.exists();
            ensure!(is_free, "{}: there already; choose another name, or --replace", file.display());
        }
        let made = emulation.make();
        keep(&self.out, &made.bytes)?;
        if let Some(file) = &self.truth {
            keep(file, &serde_json::to_vec_pretty(&made.truth)?)?;
        }
        print(&self.out, &made.truth);
        Ok(())
    }

    fn emulation(&self) -> anyhow::Result<Emulation> {
        if let Some(file) = &self.settings {
            let at = || format!("{}: not the settings of an emulation", file.display());
            let emulation: Emulation = serde_json::from_slice(&fs::read(file).with_context(at)?).with_context(at)?;
            return Ok(Emulation { seed: self.seed, ..emulation });
        }
        let mut emulation = Emulation {
            seed: self.seed,
            sampling_hz: self.hz,
            motion: self.motion,
            bouts: self.bouts,
            bursts: self.bursts,
            strokes: self.strokes,
            stroke_hz: self.rate_hz,
            starts_in_contact: self.starts_in_contact,
            knocks: self.knocks,
            faults: self.fault.clone(),
            channels: self.channels,
            dialect: self.dialect,
            ..Emulation::default()
        };
        emulation.hand.force_n = self.force;
        emulation.tool.angle_deg = self.angle;
        emulation.tool.mass_kg = self.mass;
        emulation.sensor.noise_n = self.noise;
        emulation.sensor.drift_n_per_min = self.drift;
        emulation.sensor.bias_n = self.bias_n()?;
        Ok(emulation)
    }

    fn bias_n(&self) -> anyhow::Result<[f64; 3]> {
        ensure!(matches!(self.bias.len(), 0 | 3), "--bias takes three numbers, such as 0.2,-0.1,0.6");
        Ok(self.bias.as_slice().try_into().unwrap_or_default())
    }
}

/// The whole file, or nothing.
fn keep(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let at = || format!("{}: cannot write this file", path.display());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(at)?;
    file.write_all(bytes).with_context(at)?;
    file.persist(path).with_context(at)?;
    Ok(())
}

fn print(out: &Path, truth: &Truth) {
    println!("{}: synthetic, measured on nobody", out.display());
    let strokes = plural(truth.strokes.len(), "stroke");
    println!("  {strokes} in {} and {}", plural(truth.bursts, "burst"), plural(truth.bouts, "bout"));
    println!("  {:.1} s of contact in {:.1} s", truth.contact_s, truth.duration_s);
    println!(
        "  mean {:.2} N, peak {:.2} N, impulse {:.1} N s",
        truth.mean_force_n, truth.peak_force_n, truth.impulse_ns
    );
    for fault in &truth.faults {
        let (kind, extent) = (serde_json::to_value(fault.kind).unwrap_or_default(), fault.extent);
        println!("  {} from {:.2} to {:.2} s", kind.as_str().unwrap_or_default(), extent.start_s, extent.end_s);
    }
}
