//! `xystra recompute`: doses of kept recordings by this program's method, beside those of earlier methods; and outlooks, if asked.

use jiff::Timestamp;
use serde::Serialize;
use xystra_care::id::RecordingId;
use xystra_course::dosing::kept_dose;
use xystra_course::outlook::Depth;
use xystra_dose::{Dose, Estimate, METHOD, Options, analyse, read};
use xystra_store::recording::Recording;
use xystra_store::{Scope, Store};

use crate::data::Data;
use crate::work::outlook::{self, Outcome};

/// Compute the doses of kept recordings anew where another version of the method made them. Old results are kept beside.
#[derive(Debug, clap::Args)]
pub(crate) struct Recompute {
    /// Say what would change, and keep nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print a JSON document.
    #[arg(long)]
    json: bool,
    /// Make outlooks anew too where the record, or the method, has changed since; some seconds each.
    #[arg(long, conflicts_with = "dry_run")]
    outlooks: bool,
    #[command(flatten)]
    data: Data,
}

/// What was done in all.
#[derive(Debug, Serialize)]
struct Report {
    /// The version of the method.
    method: &'static str,
    /// Was nothing kept?
    dry_run: bool,
    /// Recordings whose dose this method had made before.
    current: usize,
    /// The others.
    recordings: Vec<Line>,
    /// Outlooks that were made, where that was asked for.
    outlooks: Option<usize>,
}

/// What became of one recording.
#[derive(Debug, Serialize)]
struct Line {
    recording: RecordingId,
    name: String,
    /// What another method found.
    old: Option<Short>,
    /// What this method finds.
    new: Option<Short>,
    /// Why it finds no dose.
    problem: Option<String>,
    /// Could the recording not even be read?
    unreadable: bool,
}

/// A dose in short.
#[derive(Debug, Serialize)]
struct Short {
    method: String,
    mean_force_n: Estimate,
    strokes: Estimate,
}

/// Why there is no new dose.
enum Problem {
    Unreadable(String),
    NoDose(String),
}

impl Recompute {
    /// Fails, at the end, when a recording could not be read.
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let now = Timestamp::now();
        let store = self.data.open_kept(now).await?;
        let mut report =
            Report { method: METHOD, dry_run: self.dry_run, current: 0, recordings: Vec::new(), outlooks: None };
        for held in store.practices().await? {
            let scope = Scope::of(&held.owner);
            for recording in store.recordings(&scope, u32::MAX).await? {
                let line = self.recompute(&store, &scope, recording, now).await?;
                report.current += usize::from(line.is_none());
                report.recordings.extend(line);
            }
            if self.outlooks {
                *report.outlooks.get_or_insert(0) += outlooks(&store, &scope, now).await?;
            }
        }
        store.close().await;
        self.say(&report)?;
        let unreadable = report.recordings.iter().filter(|line| line.unreadable).count();
        anyhow::ensure!(unreadable == 0, "{unreadable} of the recordings could not be read; all others are done");
        Ok(())
    }

    /// Nothing when this method made the dose before.
    async fn recompute(
        &self,
        store: &Store,
        scope: &Scope,
        recording: Recording,
        now: Timestamp,
    ) -> anyhow::Result<Option<Line>> {
        let results = store.doses_of(scope, recording.id).await?;
        if results.first().is_some_and(|first| first.method == METHOD) {
            return Ok(None);
        }
        let dose = computed(store, scope, &recording).await;
        if let (Ok(dose), false) = (&dose, self.dry_run) {
            store.keep_dose(scope, &recording, dose, env!("CARGO_PKG_VERSION"), now).await?;
            store.note(scope, "recompute", "recording", &recording.id.to_string(), now).await?;
        }
        let old = results.iter().find_map(|result| Some(Short::of(&result.method, &kept_dose(&result.body)?)));
        Ok(Some(Line::of(recording, old, dose)))
    }

    fn say(&self, report: &Report) -> anyhow::Result<()> {
        if self.json {
            println!("{}", serde_json::to_string_pretty(report)?);
        } else {
            report.print();
        }
        Ok(())
    }
}

/// Makes the outlooks of a practice that are not what their records ask for; how many there were.
async fn outlooks(store: &Store, scope: &Scope, now: Timestamp) -> anyhow::Result<usize> {
    let mut made = 0;
    for record in store.records_since(scope, Timestamp::MIN).await? {
        let outcome = outlook::make(store, scope, &record.episode.to_string(), Depth::Full, now).await?;
        made += usize::from(outcome == Outcome::Made);
    }
    Ok(made)
}

async fn computed(store: &Store, scope: &Scope, recording: &Recording) -> Result<Dose, Problem> {
    let bytes = store.recording_bytes(scope, recording.id).await;
    let bytes = bytes.map_err(|error| Problem::Unreadable(error.to_string()))?;
    let whole = read::whole(&recording.name, &bytes, &recording.reading);
    let whole = whole.map_err(|error| Problem::Unreadable(error.to_string()))?;
    let analysis = analyse(&whole, &Options::default());
    analysis.map(|analysis| analysis.dose).map_err(|error| Problem::NoDose(error.to_string()))
}

impl Short {
    fn of(method: &str, dose: &Dose) -> Self {
        Self { method: method.to_owned(), mean_force_n: dose.mean_force_n, strokes: dose.strokes }
    }

    fn words(&self) -> String {
        let Estimate { value, low, high } = self.mean_force_n;
        format!("{}: {value:.2} N ({low:.2} to {high:.2}), {:.0} strokes", self.method, self.strokes.value)
    }
}

impl Line {
    fn of(recording: Recording, old: Option<Short>, dose: Result<Dose, Problem>) -> Self {
        let (new, problem, unreadable) = match dose {
            Ok(dose) => (Some(Short::of(METHOD, &dose)), None, false),
            Err(Problem::NoDose(why)) => (None, Some(why), false),
            Err(Problem::Unreadable(why)) => (None, Some(why), true),
        };
        Self { recording: recording.id, name: recording.name, old, new, problem, unreadable }
    }

    fn words(&self) -> String {
        let old = self.old.as_ref().map_or_else(|| "no dose before".to_owned(), Short::words);
        let new = self.new.as_ref().map(Short::words);
        let new = new.or_else(|| self.problem.as_ref().map(|why| format!("no dose: {why}"))).unwrap_or_default();
        format!("{} ({}): {old} -> {new}", self.name, self.recording)
    }
}

impl Report {
    fn print(&self) {
        for line in &self.recordings {
            println!("{}", line.words());
        }
        let done = self.recordings.iter().filter(|line| line.new.is_some()).count();
        let verb = if self.dry_run { "would be computed" } else { "computed" };
        let (without, current) = (self.recordings.len() - done, self.current);
        println!("{done} {verb} by {}, {without} without a dose, {current} up to date", self.method);
        if let Some(made) = self.outlooks {
            println!("{made} outlooks made");
        }
    }
}
