//! The outlook: a response worse than expected moves the band, lighter is held against stopping, and a clinician accepts it.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use xystra_e2e::{App, Browser, Screen, Theme, journey};

use crate::steps;

/// Virtual clients are weighed beside the pages; a slow machine takes its time.
const PATIENCE: Duration = Duration::from_mins(3);

#[test]
fn a_worse_response_moves_the_band_and_lighter_is_accepted() -> Result<()> {
    journey("a worse response moves the band", async |clinician| {
        let app = steps::demo(clinician).await?;
        clinician.open(&app.url("/clients?find=client+3")).await?;
        clinician.press("Demo client 3").await?;
        clinician.press("Tennis elbow").await?;
        let episode = steps::episode_of(clinician).await?;
        worked_out(clinician, &app, &episode).await?;
        let before = expected_now(clinician).await?;

        for _ in 0..2 {
            steps::measure_pain(clinician, &app, &episode, "7").await?;
        }
        clinician.open(&app.url(&episode)).await?;
        worked_out(clinician, &app, &episode).await?;
        let after = expected_now(clinician).await?;
        ensure!(after > before + 0.2, "pain of 7, twice, moved the band from {before} to {after} only");
        looked_at(clinician, "outlook-episode").await?;

        // A rule waits, and rules cannot be outvoted: until somebody decides, nothing is ranked.
        clinician.press("Set aside until the next session").await?;
        clinician.fill("Why not", "a hard week, to be seen again").await?;
        steps::submit(clinician, "Set it aside").await?;
        clinician.press("Choices and what the treatment added").await?;
        clinician.see("What each choice would likely do").await?;
        clinician.see("Stop now").await?;
        looked_at(clinician, "outlook").await?;
        clinician.open(&app.url(&format!("{episode}/outlook?choice=lighter"))).await?;
        clinician.see("Lighter: expected to end").await?;
        clinician.see("than stopping now").await?;
        what_if(clinician, &app, &episode).await?;
        accept_lighter(clinician, &app, &episode).await
    })
}

/// Opens the episode again and again until its outlook knows all that is there.
async fn worked_out(clinician: &mut Browser, app: &App, episode: &str) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        clinician.open(&app.url(episode)).await?;
        clinician.see("Outlook").await?;
        let waits = clinician.sees("is being worked out").await?;
        if !waits && clinician.sees("effective of").await? {
            return Ok(());
        }
        ensure!(Instant::now() < deadline, "the outlook was not worked out in {PATIENCE:?}");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// "Pain on gripping is about 4.6 points now": the number.
async fn expected_now(clinician: &Browser) -> Result<f64> {
    let text = clinician.text().await?;
    let after = text.split("is about ").nth(1).context("no sentence says where pain is now")?;
    Ok(after.split_whitespace().next().unwrap_or_default().parse()?)
}

/// Slides, and sees the answer follow.
async fn what_if(clinician: &mut Browser, app: &App, episode: &str) -> Result<()> {
    clinician.open(&app.url(&format!("{episode}/what-if"))).await?;
    clinician.see("Every measure, on").await?;
    clinician.fill("Sessions a week", "1").await?;
    clinician.fill("For how long", "1").await?;
    clinician.see("1 session to come").await?;
    looked_at(clinician, "outlook-what-if").await?;
    clinician.open(&app.url(&format!("{episode}/report"))).await?;
    clinician.see("Progress report: Tennis elbow, left").await?;
    clinician.see("signature").await?;
    looked_at(clinician, "outlook-report").await
}

/// The choice becomes version 2 under the clinician's name, and the history and the journal say so.
async fn accept_lighter(clinician: &mut Browser, app: &App, episode: &str) -> Result<()> {
    clinician.open(&app.url(&format!("{episode}/outlook"))).await?;
    clinician.see("only under your name, Demo therapist").await?;
    clinician
        .client()
        .execute("document.querySelectorAll('details').forEach(twin => twin.open = true)", vec![])
        .await?;
    steps::submit(clinician, "Accept as version 2: Lighter").await?;
    clinician.see("plan version 2").await?;
    clinician.open(&app.url(&format!("{episode}/history"))).await?;
    clinician.see("outlook: lighter").await?;
    clinician.open(&app.url("/settings/journal")).await?;
    clinician.see("changed a plan").await?;
    clinician.see("wrote a decision").await
}

async fn looked_at(clinician: &mut Browser, name: &str) -> Result<()> {
    for (theme, colours) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        clinician.prefer(theme).await?;
        for screen in [Screen::Desktop, Screen::Tablet, Screen::Phone] {
            clinician.hold(screen).await?;
            clinician.screenshot(&format!("{name}-{colours}-{screen:?}")).await?;
            clinician.accessible().await?;
        }
    }
    clinician.prefer(Theme::Light).await?;
    clinician.hold(Screen::Desktop).await
}
