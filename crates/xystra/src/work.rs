//! Work beside the pages: each node looks once a minute for jobs that are due, and no two nodes do the same.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use xystra_store::job::TakenJob;
use xystra_store::{Engine, Error, Scope, Store};
use xystra_web::App;

/// What is done each night, or as soon as a machine that slept through it wakes.
const NIGHTLY: [&str; 3] = ["anchor", "sweep", "backup"];
/// The hour of the practice's own clock.
const HOUR: i8 = 2;
/// Nightly backups that are kept.
const KEPT: usize = 14;
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// A job that failed is tried again after this.
const AGAIN: SignedDuration = SignedDuration::from_mins(15);
const MINUTE: Duration = Duration::from_mins(1);

/// Begins it; it ends with the program.
pub(crate) fn begin(app: App) {
    tokio::spawn(async move {
        loop {
            let round = round(app.store(), || app.clock().now()).await;
            if let Err(error) = round {
                tracing::warn!("jobs wait: {error}");
            }
            tokio::time::sleep(MINUTE).await;
        }
    });
}

/// Queues what is done nightly in each practice, then does all that is due. A server has backups of its own.
async fn round(store: &Store, now: impl Fn() -> Timestamp) -> Result<(), Error> {
    for held in store.practices().await? {
        let scope = Scope::of(&held.owner);
        for kind in NIGHTLY.into_iter().filter(|kind| *kind != "backup" || store.engine() == Engine::Sqlite) {
            store.queue(&scope, kind, "", night_after(now(), &held.practice.time_zone)).await?;
        }
    }
    while let Some(taken) = store.take(now()).await? {
        end(store, taken, now()).await?;
    }
    Ok(())
}

/// The next night by the clock of a zone; of UTC when nobody knows the zone.
fn night_after(now: Timestamp, zone: &str) -> Timestamp {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let today = now.to_zoned(zone.clone()).date();
    let nights = [today, today.saturating_add(1.day())].map(|day| day.at(HOUR, 0, 0, 0).to_zoned(zone.clone()));
    let coming = nights.into_iter().flatten().map(|night| night.timestamp()).find(|night| *night > now);
    coming.unwrap_or(now + DAY)
}

/// Does a job and says when it is due again.
async fn end(store: &Store, taken: TakenJob<'_>, now: Timestamp) -> Result<(), Error> {
    match work(store, &taken.scope, &taken.job.kind, now).await {
        Ok(()) => {
            let practice = store.practice(&taken.scope).await?;
            taken.again(night_after(now, &practice.time_zone)).await
        }
        Err(error) => {
            tracing::warn!("{} of practice {}: {error}", taken.job.kind, taken.scope.practice());
            taken.failed(&error.to_string(), now + AGAIN).await
        }
    }
}

async fn work(store: &Store, scope: &Scope, kind: &str, now: Timestamp) -> Result<(), Error> {
    match kind {
        "anchor" => store.anchor(scope, now).await,
        "sweep" => store.sweep(scope, now).await,
        "backup" => store.back_up_nightly(scope, env!("CARGO_PKG_VERSION"), KEPT, now).await.map(drop),
        // A newer node's; it will find it again.
        other => Err(Error::UnknownJob { kind: other.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use xystra_store::NewOwner;
    use xystra_store::shelf::Shelf;

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    /// The instant of the practice's own clock.
    fn at(text: &str) -> Timestamp {
        format!("{text}:00Z").parse().expect("an instant")
    }

    #[test]
    fn a_night_is_one_of_the_practices_own_clock() {
        let berlin = |now: &str| night_after(at(now), "Europe/Berlin");
        assert_eq!(berlin("2026-11-23T00:30"), at("2026-11-23T01:00"));
        assert_eq!(berlin("2026-11-23T01:00"), at("2026-11-24T01:00"));
        assert_eq!(berlin("2026-03-28T12:00"), at("2026-03-29T01:00"), "two o'clock is skipped: three in summer time");
        assert_eq!(berlin("2026-10-24T12:00"), at("2026-10-25T00:00"), "two o'clock comes twice: the first");
        assert_eq!(night_after(at("2026-11-23T12:00"), "Nowhere"), at("2026-11-24T02:00"));
    }

    #[tokio::test]
    async fn each_night_every_practice_is_anchored_swept_and_backed_up_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), NOW).await.expect("a store");
        let scope = Scope::of(&store.found_practice(&NewOwner::example(), NOW).await.expect("an owner"));
        store.sign_in(&scope, "cookie", "Firefox", NOW, NOW).await.expect("a sign-in");
        let mut kept = Vec::new();
        for hours in [0, 1, 2, 25, 26, 27, 100] {
            let at = NOW + SignedDuration::from_hours(hours);
            round(&store, || at).await.expect("a round");
            kept.push(Shelf::of(&store, &scope).list().len());
        }
        assert_eq!(kept, [0, 0, 1, 1, 2, 2, 3], "a machine that slept for three nights makes one");
        assert_eq!(store.signed_in("cookie").await.expect("an answer"), None, "it had ended");
        assert!(folder.path().join("anchors").join(format!("{}.txt", scope.practice())).exists());
        assert!(store.verify_journal(&scope).await.expect("an answer").is_ok());
    }

    #[tokio::test]
    async fn a_job_that_fails_is_tried_again_soon_and_stops_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), NOW).await.expect("a store");
        let scope = Scope::of(&store.found_practice(&NewOwner::example(), NOW).await.expect("an owner"));
        std::fs::write(folder.path().join("anchors"), "a file where a folder should be").expect("a file");
        let night = NOW + SignedDuration::from_hours(3);
        for now in [NOW, night] {
            round(&store, || now).await.expect("a round");
        }
        assert_eq!(Shelf::of(&store, &scope).list().len(), 1);
        assert!(store.take(night).await.expect("an answer").is_none());
        let again = store.take(night + AGAIN).await.expect("an answer").expect("it is tried again");
        assert_eq!((again.job.kind.as_str(), again.job.tries), ("anchor", 1));
    }
}
