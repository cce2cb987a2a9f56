//! Work beside the pages: each node looks once a minute for jobs that are due, and at once when a page of its own queued one; no two nodes do
//! the same.

pub(crate) mod outlook;

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use xystra_course::outlook::Depth;
use xystra_store::job::{Job, TakenJob};
use xystra_store::{Engine, Error, Scope, Store, outlooks};
use xystra_web::App;

/// What is done each night, or as soon as a machine that slept through it wakes.
const NIGHTLY: [&str; 4] = ["anchor", "sweep", "backup", "outlooks"];
/// The hour of the practice's own clock.
const HOUR: i8 = 2;
/// Nightly backups that are kept.
const KEPT: usize = 14;
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// A job that failed is tried again after this.
const AGAIN: SignedDuration = SignedDuration::from_mins(15);
const MINUTE: Duration = Duration::from_mins(1);

/// Begins it; it ends with the program. `depth` says how thoroughly outlooks are made.
pub(crate) fn begin(app: App, depth: Depth) {
    tokio::spawn(async move {
        let now = || app.clock().now();
        loop {
            warn_of(queue_nightly(app.store(), now()).await);
            warn_of(do_due(app.store(), depth, now).await);
            let minute = tokio::time::Instant::now() + MINUTE;
            while tokio::time::timeout_at(minute, app.store().woken()).await.is_ok() {
                warn_of(do_due(app.store(), depth, now).await);
            }
        }
    });
}

fn warn_of(round: Result<(), Error>) {
    if let Err(error) = round {
        tracing::warn!("jobs wait: {error}");
    }
}

/// Queues what is done nightly in each practice. A server has backups of its own.
async fn queue_nightly(store: &Store, now: Timestamp) -> Result<(), Error> {
    for held in store.practices().await? {
        let scope = Scope::of(&held.owner);
        for kind in NIGHTLY.into_iter().filter(|kind| *kind != "backup" || store.engine() == Engine::Sqlite) {
            store.queue(&scope, kind, "", night_after(now, &held.practice.time_zone)).await?;
        }
    }
    Ok(())
}

/// Does all that is due, one after another.
async fn do_due(store: &Store, depth: Depth, now: impl Fn() -> Timestamp) -> Result<(), Error> {
    while let Some(taken) = store.take(now()).await? {
        end(store, taken, depth, now()).await?;
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

/// Does a job and says when it is due again, if ever.
async fn end(store: &Store, taken: TakenJob<'_>, depth: Depth, now: Timestamp) -> Result<(), Error> {
    match work(store, &taken.scope, &taken.job, depth, now).await {
        Ok(()) if taken.job.kind == outlooks::JOB => taken.done().await,
        Ok(()) => {
            let practice = store.practice(&taken.scope).await?;
            taken.again(night_after(now, &practice.time_zone)).await
        }
        Err(error) => {
            tracing::warn!(
                "{} {} of practice {}: {error:#}",
                taken.job.kind,
                taken.job.subject,
                taken.scope.practice()
            );
            taken.failed(&format!("{error:#}"), now + AGAIN).await
        }
    }
}

async fn work(store: &Store, scope: &Scope, job: &Job, depth: Depth, now: Timestamp) -> anyhow::Result<()> {
    match job.kind.as_str() {
        "anchor" => store.anchor(scope, now).await?,
        "sweep" => store.sweep(scope, now).await?,
        "backup" => store.back_up_nightly(scope, env!("CARGO_PKG_VERSION"), KEPT, now).await.map(drop)?,
        "outlooks" => outlook::refresh(store, scope, now).await?,
        outlooks::JOB => outlook::answer(store, scope, job, depth, now).await.map(drop)?,
        // A newer node's; it will find it again.
        other => return Err(Error::UnknownJob { kind: other.to_owned() }.into()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use xystra_course::outlook::Foretold;
    use xystra_store::NewOwner;
    use xystra_store::shelf::Shelf;

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    /// The instant of the practice's own clock.
    fn at(text: &str) -> Timestamp {
        format!("{text}:00Z").parse().expect("an instant")
    }

    /// What one minute does.
    async fn round(store: &Store, now: Timestamp) {
        queue_nightly(store, now).await.expect("nightly jobs wait");
        do_due(store, Depth::Quick, || now).await.expect("what is due is done");
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
            round(&store, at).await;
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
            round(&store, now).await;
        }
        assert_eq!(Shelf::of(&store, &scope).list().len(), 1);
        assert!(store.take(night).await.expect("an answer").is_none());
        let again = store.take(night + AGAIN).await.expect("an answer").expect("it is tried again");
        assert_eq!((again.job.kind.as_str(), again.job.tries), ("anchor", 1));
    }

    /// A record with one measurement, saved.
    async fn measured(store: &Store, scope: &Scope) -> xystra_care::Record {
        let record =
            xystra_testkit::RecordBuilder::new("lateral-epicondylitis").ready().measured("nprs", None, 6.0).build();
        let (client, episode) = (record.client_id, record.episode);
        let about = xystra_store::entries::About::episode(client, episode);
        let mut batch = xystra_store::Batch::default();
        batch.add(xystra_store::entries::About::client(client), NOW, &record.client.body);
        batch.add(about, NOW, &record.intake.body);
        for one in &record.measurements {
            batch.add(about, NOW, &one.body);
        }
        store.save(scope, &batch, NOW).await.expect("a record is saved");
        record
    }

    #[tokio::test]
    async fn a_measurement_makes_an_outlook_and_the_same_ground_never_makes_two() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), NOW).await.expect("a store");
        let scope = Scope::of(&store.found_practice(&NewOwner::example(), NOW).await.expect("an owner"));
        let episode = measured(&store, &scope).await.episode;
        round(&store, NOW).await;
        let held = async || store.outlook_of::<Foretold>(&scope, episode).await.expect("an answer");
        let first = held().await.expect("an outlook");
        assert_eq!((first.made_at, first.body.answer.tracks[0].track.as_str()), (NOW, "nprs"));
        assert_eq!(store.outlook_awaited(&scope, episode).await.expect("an answer"), None);

        let hour = NOW + SignedDuration::from_hours(1);
        store.want_outlook(&scope, episode, hour).await.expect("it is asked for");
        round(&store, hour).await;
        assert_eq!(held().await.expect("an outlook").made_at, NOW, "nothing changed");

        let fortnight = NOW + SignedDuration::from_hours(24 * 15);
        round(&store, fortnight).await;
        assert_eq!(held().await.expect("an outlook").made_at, fortnight, "the night after weeks of silence asks again");
    }

    #[tokio::test]
    async fn old_records_that_came_at_once_are_worked_out_when_somebody_opens_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), NOW).await.expect("a store");
        let scope = Scope::of(&store.found_practice(&NewOwner::example(), NOW).await.expect("an owner"));
        let episode = measured(&store, &scope).await.episode;
        let year = NOW + SignedDuration::from_hours(24 * 365);
        let held = async || store.outlook_of::<Foretold>(&scope, episode).await.expect("an answer");
        round(&store, year).await;
        assert_eq!(held().await.map(|held| held.made_at), None);
        store.want_outlook(&scope, episode, year).await.expect("it is asked for");
        round(&store, year).await;
        assert_eq!(held().await.map(|held| held.made_at), Some(year));
    }

    #[tokio::test]
    async fn what_cannot_be_foretold_leaves_no_work_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), NOW).await.expect("a store");
        let scope = Scope::of(&store.found_practice(&NewOwner::example(), NOW).await.expect("an owner"));
        for subject in [uuid::Uuid::from_u128(9).to_string(), "no episode".to_owned()] {
            store.queue(&scope, outlooks::JOB, &subject, NOW).await.expect("it is queued");
        }
        round(&store, NOW).await;
        assert!(store.take(NOW).await.expect("an answer").is_none(), "nobody of that id any more");
        let again = store.take(NOW + AGAIN).await.expect("an answer").expect("it is tried again");
        assert_eq!((again.job.subject.as_str(), again.job.tries), ("no episode", 1));
    }
}
