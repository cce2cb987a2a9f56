//! The dose pipeline on synthetic recordings: how near it comes to the truth.

pub mod aims;
pub mod page;
pub mod table;

use std::fmt::Write;

use xystra_dose::synthetic::{Class, Emulation, Score};

/// One recording and how it came out.
#[derive(Debug)]
pub struct Outcome {
    /// Its class.
    pub class: Class,
    /// What was made.
    pub emulation: Emulation,
    /// How it came out.
    pub score: Score,
}

/// Relative error from which a recording is named.
const FAR: f64 = 0.1;

/// `each` recordings of every class whose name holds `only`, on as many threads as there are cores.
///
/// # Panics
/// When the analysis does.
pub fn run(each: u64, seed: u64, only: &str) -> Vec<Outcome> {
    let classes = Class::all().into_iter().filter(|class| class.to_string().contains(only));
    let draws: Vec<(Class, u64)> =
        classes.flat_map(|class| (seed..seed + each).map(move |seed| (class, seed))).collect();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let parts = draws.chunks(draws.len().div_ceil(cores).max(1));
    std::thread::scope(|scope| {
        let threads: Vec<_> = parts
            .map(|part| scope.spawn(|| part.iter().map(|(class, seed)| Outcome::of(*class, *seed)).collect::<Vec<_>>()))
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("the analysis does not panic")).collect()
    })
}

impl Outcome {
    fn of(class: Class, seed: u64) -> Self {
        let emulation = class.draw(seed);
        let score = Score::of(&emulation);
        Self { class, emulation, score }
    }

    /// What is wrong with it, if anything.
    pub fn words(&self) -> Option<String> {
        let score = &self.score;
        let mut words = String::new();
        if let Some(refused) = &score.refused {
            write!(words, " refused: {refused};").ok()?;
        }
        if !score.is_exact() && !matches!(self.class, Class::Faulty(_)) {
            write!(words, " {} strokes for {};", score.strokes.0, score.strokes.1).ok()?;
        }
        for compared in score.compared.iter().filter(|c| c.error() > FAR && !matches!(self.class, Class::Faulty(_))) {
            write!(words, " {} {:.3} for {:.3};", compared.quantity, compared.found.value, compared.truth).ok()?;
        }
        for planted in &score.missed {
            let extent = planted.extent;
            write!(words, " missed {:?} {:.2}-{:.2};", planted.kind, extent.start_s, extent.end_s).ok()?;
        }
        for (kind, start_s, end_s) in &score.invented {
            write!(words, " invented {kind:?} {start_s:.2}-{end_s:.2};").ok()?;
        }
        let e = &self.emulation;
        let (hand, tool) = (&e.hand, &e.tool);
        let what = format!(
            "{:.2} N, {:.2} Hz at {} Hz, {:.0} deg, {:.0} g, {}",
            hand.force_n,
            e.stroke_hz,
            e.sampling_hz,
            tool.angle_deg,
            1e3 * tool.mass_kg,
            channels(e)
        );
        (!words.is_empty()).then(|| format!("{} #{} ({what}):{words}", self.class, e.seed))
    }
}

fn channels(emulation: &Emulation) -> String {
    let c = &emulation.channels;
    let named =
        [(c.position, "position"), (c.orientation, "orientation"), (c.inertial, "imu"), (c.magnetic, "magnetic")];
    let also: Vec<&str> = named.iter().filter(|(is_there, _)| *is_there).map(|(_, name)| *name).collect();
    format!("{} axes {}", c.force_axes, also.join(" "))
}
