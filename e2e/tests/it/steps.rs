//! What a clinician does again and again, as the pages ask for it.

use std::path::PathBuf;

use anyhow::Result;
use tempfile::TempDir;
use xystra_e2e::{App, Browser};

/// What the test's owner signs in with.
pub(crate) const LOGIN: &str = "owner";
/// And with which password.
pub(crate) const PASSWORD: &str = "four plain words here";

/// A program on a data folder of its own; the folder goes when the last of the two does.
pub(crate) fn serve() -> Result<(App, TempDir)> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let app = App::start(&["serve", "--data", &data.to_string_lossy(), "--listen", "127.0.0.1:0"])?;
    Ok((app, folder))
}

/// The demonstration, signed in.
pub(crate) async fn demo(clinician: &mut Browser) -> Result<App> {
    let app = App::start(&["demo", "--no-open", "--listen", "127.0.0.1:0"])?;
    clinician.open(app.opening_url()).await?;
    clinician.see("Today").await?;
    Ok(app)
}

/// The first run: makes the practice and its owner's account.
pub(crate) async fn found_practice(clinician: &mut Browser, app: &App) -> Result<()> {
    clinician.open(&app.url("/")).await?;
    clinician.see("Welcome").await?;
    clinician.fill("Name of the practice", "Test practice").await?;
    clinician.fill("Your name", "Test therapist").await?;
    clinician.fill("Name to sign in with", LOGIN).await?;
    clinician.fill("Password", PASSWORD).await?;
    clinician.fill("The same once more", PASSWORD).await?;
    clinician.press("Make the practice").await?;
    clinician.see("Today").await
}

/// Presses a button that sends a form, and waits for the page that follows.
pub(crate) async fn submit(clinician: &mut Browser, button: &str) -> Result<()> {
    clinician.client().execute("window.isOld = true", vec![]).await?;
    clinician.press(button).await?;
    let script = "return !window.isOld && document.readyState === 'complete'";
    for _ in 0..400 {
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        let arrived = clinician.client().execute(script, vec![]).await;
        if arrived.is_ok_and(|arrived| arrived == true) {
            return Ok(());
        }
    }
    anyhow::bail!("\"{button}\" led nowhere")
}

/// A new client who agrees to be treated.
pub(crate) async fn take_in(clinician: &mut Browser, app: &App, name: &str) -> Result<()> {
    clinician.open(&app.url("/clients/new")).await?;
    clinician.fill("Name", name).await?;
    submit(clinician, "Save the client").await?;
    clinician.see("No complaint is taken in yet").await?;
    let client = clinician.path().await?;
    clinician.open(&app.url(&format!("{client}/consent"))).await?;
    clinician.answer("How it was given", "In words").await?;
    clinician.choose("The text was gone through").await?;
    submit(clinician, "Record the consent").await?;
    clinician.see("No complaint is taken in yet").await?;
    clinician.open(&app.url(&format!("{client}/episodes/new"))).await
}

/// Tennis elbow on the left; ends on the screening page.
pub(crate) async fn complain_of_tennis_elbow(clinician: &mut Browser) -> Result<()> {
    clinician.press("Tennis elbow").await?;
    clinician.answer("Side", "Left").await?;
    clinician.fill("Since", "2026-01-12").await?;
    clinician.fill("How it began", "Repeated strain").await?;
    clinician.fill("Activity 1", "Lift the kettle").await?;
    submit(clinician, "Save the intake").await?;
    clinician.see("Screening").await
}

/// Every question that is still open answered with no, group by group.
pub(crate) async fn answer_all_no(clinician: &mut Browser) -> Result<()> {
    while clinician.sees("All the rest here: no").await? {
        submit(clinician, "All the rest here: no").await?;
    }
    Ok(())
}

/// The episode's address, from any of its pages.
pub(crate) async fn episode_of(clinician: &Browser) -> Result<String> {
    let path = clinician.path().await?;
    Ok(path.split('/').take(3).collect::<Vec<_>>().join("/"))
}

/// A finding at the outer elbow.
pub(crate) async fn find_something(clinician: &mut Browser, app: &App, episode: &str) -> Result<()> {
    clinician.open(&app.url(&format!("{episode}/findings?region=outer-elbow.back.left"))).await?;
    clinician.see("Left outer elbow").await?;
    clinician.answer("What", "Tender").await?;
    clinician.answer("How much", "2 moderate").await?;
    clinician.answer("How it was found", "By hand").await?;
    submit(clinician, "Add the finding").await?;
    clinician.see("Found so far").await
}

/// Pain on a scale, on the measurements page.
pub(crate) async fn measure_pain(clinician: &mut Browser, app: &App, episode: &str, pain: &str) -> Result<()> {
    clinician.open(&app.url(&format!("{episode}/measurements"))).await?;
    clinician.tap(&format!("[aria-labelledby=r-nprs] label:has(input[value='{pain}'])")).await?;
    submit(clinician, "Save the measurements").await?;
    clinician.see("Measured so far").await
}

/// A file of the shared real data; says so and gives nothing when it is not there.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared");
    let folder = std::env::var_os("XYSTRA_SHARED").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let file = folder.join("data").join(path);
    let there = file.canonicalize().ok();
    if there.is_none() {
        println!("not tested: {} is not there (set XYSTRA_SHARED)", file.display());
    }
    there
}
