//! Outlooks, made beside the pages: one at a time, on a thread of its own, never twice from the same ground.

use std::sync::Arc;

use anyhow::Context;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use xystra_care::Record;
use xystra_care::id::EpisodeId;
use xystra_catalog::catalog;
use xystra_cohort::answer::METHOD;
use xystra_cohort::batch::Watch;
use xystra_course::dosing::kept_dose;
use xystra_course::outlook::case::{Doses, last_said, recordings};
use xystra_course::outlook::{Asked, Depth, Foretold, KeptClients, Made, Scores, ask, compute};
use xystra_store::job::Job;
use xystra_store::outlooks::OutlookMaking;
use xystra_store::{Error, Scope, Store};

/// A record about which nothing was said for so long is looked at again only when somebody opens it.
const SILENT: SignedDuration = SignedDuration::from_hours(24 * 7 * 8);
/// Whoever keeps writing to a record waits for the next round after so many.
const TURNS: usize = 3;

/// What became of an outlook that was wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was made and kept.
    Made,
    /// It stands: nothing changed that it was made from.
    Current,
    /// There is nothing to foretell, nobody of that id any more, or nobody who waits for it.
    Nothing,
}

/// Makes the outlook on an episode, and again while somebody wrote to the record meanwhile.
pub(crate) async fn make(
    store: &Store,
    scope: &Scope,
    episode: &str,
    depth: Depth,
    now: Timestamp,
) -> anyhow::Result<Outcome> {
    let episode: EpisodeId = episode.parse().with_context(|| format!("{episode} is no episode"))?;
    let mut outcome = Outcome::Nothing;
    for _ in 0..TURNS {
        let Some((record, asked)) = question(store, scope, episode, now).await? else { return Ok(outcome) };
        if is_current(store, scope, &asked).await? {
            return Ok(if outcome == Outcome::Made { outcome } else { Outcome::Current });
        }
        let (asked, made) = computed(asked, depth).await?;
        keep(store, scope, &record, &asked, &made, now).await?;
        outcome = Outcome::Made;
    }
    Ok(outcome)
}

/// Makes the outlook that a job asks for, unless nobody waits for it: a record that was silent for long, in a job that has waited for long, as
/// after an import of old records.
pub(super) async fn answer(
    store: &Store,
    scope: &Scope,
    job: &Job,
    depth: Depth,
    now: Timestamp,
) -> anyhow::Result<Outcome> {
    if now.duration_since(job.due_at) > SILENT
        && let Ok(episode) = job.subject.parse()
        && let Ok(record) = store.record(scope, episode).await
        && now.duration_since(last_said(&record)) > SILENT
    {
        return Ok(Outcome::Nothing);
    }
    make(store, scope, &job.subject, depth, now).await
}

/// Queues the outlooks of the practice's recent records that are no longer what their record asks for: a week went by, a method is new, or
/// something was said while the last one was made.
pub(super) async fn refresh(store: &Store, scope: &Scope, now: Timestamp) -> Result<(), Error> {
    for record in store.records_since(scope, now - SILENT).await?.iter().filter(|record| record.closed().is_none()) {
        let Some((_, asked)) = question(store, scope, record.episode, now).await? else { continue };
        if !is_current(store, scope, &asked).await? {
            store.want_outlook(scope, record.episode, now).await?;
        }
    }
    Ok(())
}

/// What a record asks now; `None` when there is nothing to foretell, or nobody any more.
async fn question(
    store: &Store,
    scope: &Scope,
    episode: EpisodeId,
    now: Timestamp,
) -> Result<Option<(Arc<Record>, Asked)>, Error> {
    let record = match store.record(scope, episode).await {
        Err(Error::NotFound) => return Ok(None),
        record => record?,
    };
    let practice = store.practice(scope).await?;
    let zone = TimeZone::get(&practice.time_zone).unwrap_or(TimeZone::UTC);
    let doses = doses(store, scope, &record).await?;
    match ask(&record, &doses, catalog(), &zone, now) {
        Ok(asked) => Ok(Some((record, asked))),
        Err(nothing) => {
            tracing::debug!("no outlook on {episode}: {nothing}");
            Ok(None)
        }
    }
}

/// The doses that were kept of the recordings; one that yields none counts as a guess.
pub(crate) async fn doses(store: &Store, scope: &Scope, record: &Record) -> Result<Doses, Error> {
    let mut doses = Doses::new();
    for recording in recordings(record) {
        let kept = store.doses_of(scope, recording).await?;
        doses.extend(kept.iter().find_map(|result| kept_dose(&result.body)).map(|dose| (recording, dose)));
    }
    Ok(doses)
}

async fn is_current(store: &Store, scope: &Scope, asked: &Asked) -> Result<bool, Error> {
    let of_now = |made_from: &str, method: &str| made_from == asked.made_from && method == METHOD;
    let outlook = store.outlook_of::<Foretold>(scope, asked.episode).await?;
    let clients = store.outlook_clients_of::<KeptClients>(scope, asked.episode).await?;
    let outlook_stands = outlook.is_some_and(|held| of_now(&held.made_from, &held.method));
    Ok(outlook_stands && clients.is_some_and(|held| of_now(&held.made_from, &held.method)))
}

/// Away from the threads that answer requests; stopped when the program stops.
async fn computed(asked: Asked, depth: Depth) -> anyhow::Result<(Asked, Made)> {
    let watch = Arc::new(Watch::default());
    let stop = StopWithUs(Arc::clone(&watch));
    let work = move || {
        let made = compute(&asked, depth, threads(), Some(&watch));
        (asked, made)
    };
    let (asked, made) = tokio::task::spawn_blocking(work).await.context("the computation broke off")?;
    drop(stop);
    Ok((asked, made?))
}

/// Half of the cores: pages come first.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().div_ceil(2))
}

async fn keep(
    store: &Store,
    scope: &Scope,
    record: &Record,
    asked: &Asked,
    made: &Made,
    now: Timestamp,
) -> anyhow::Result<()> {
    let before = store.outlook_of::<Foretold>(scope, asked.episode).await?.map(|held| held.body);
    let scores = store.outlook_scores_of::<Scores>(scope, asked.episode).await?.map(|held| held.body);
    let scores = scores.unwrap_or_default().after(before.as_ref(), asked);
    let making = OutlookMaking {
        episode: asked.episode,
        client: record.client_id,
        made_from: &asked.made_from,
        method: METHOD,
        program: env!("CARGO_PKG_VERSION"),
    };
    Ok(store.keep_outlook(scope, making, (&made.foretold, &made.clients, &scores), now).await?)
}

/// Stops a computation when whoever waits for it is gone.
struct StopWithUs(Arc<Watch>);

impl Drop for StopWithUs {
    fn drop(&mut self) {
        self.0.stop();
    }
}
