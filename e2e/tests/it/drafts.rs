//! Nothing typed is lost: a killed server, a second tab, an expired sign-in.

use std::time::Duration;

use anyhow::{Result, ensure};
use fantoccini::Locator;
use tokio::time::sleep;
use xystra_e2e::{App, Browser, journey};

use crate::steps;

const NOTE: &str = "Grip less guarded, warm at the elbow";

/// Opens the first episode of the demonstration's third client.
async fn open_episode(clinician: &mut Browser, app: &App) -> Result<String> {
    clinician.open(&app.url("/clients?find=client+3")).await?;
    clinician.press("Demo client 3").await?;
    clinician.press("Tennis elbow").await?;
    clinician.see("Outlook").await?;
    clinician.path().await
}

/// Types into the new note and waits until the page says that the server has it.
async fn type_note(clinician: &mut Browser, text: &str) -> Result<()> {
    let field = clinician.client().find(Locator::Css("form[data-draft^='note:'] textarea")).await?;
    field.send_keys(text).await?;
    saved(clinician).await
}

async fn saved(clinician: &Browser) -> Result<()> {
    for _ in 0..100 {
        let said =
            clinician.client().find(Locator::Css("form[data-draft^='note:'] [data-saved]")).await?.text().await?;
        if said.starts_with("saved") {
            return Ok(());
        }
        sleep(Duration::from_millis(50)).await;
    }
    anyhow::bail!("the page never said saved")
}

async fn note_field(clinician: &Browser) -> Result<String> {
    let field = clinician.client().find(Locator::Css("form[data-draft^='note:'] textarea")).await?;
    Ok(field.prop("value").await?.unwrap_or_default())
}

/// A practice of its own with one episode, on whose page the clinician stands.
async fn an_episode(clinician: &mut Browser, app: &App) -> Result<String> {
    steps::found_practice(clinician, app).await?;
    steps::take_in(clinician, app, "Journey client").await?;
    steps::complain_of_tennis_elbow(clinician).await?;
    let episode = steps::episode_of(clinician).await?;
    clinician.open(&app.url(&episode)).await?;
    Ok(episode)
}

#[test]
fn a_server_killed_in_the_middle_of_a_note_keeps_the_draft() -> Result<()> {
    let (mut app, _folder) = steps::serve()?;
    journey("a server killed in the middle of a note", async |clinician| {
        let episode = an_episode(clinician, &app).await?;
        type_note(clinician, NOTE).await?;
        app.restart()?;
        clinician.open(&app.url(&episode)).await?;
        clinician.see("Here is what you typed").await?;
        ensure!(note_field(clinician).await? == NOTE, "the note reads: {}", note_field(clinician).await?);
        Ok(())
    })
}

#[test]
fn a_second_tab_is_told_and_overwrites_nothing() -> Result<()> {
    journey("a second tab is told", async |clinician| {
        let app = steps::demo(clinician).await?;
        let episode = open_episode(clinician, &app).await?;
        let first = clinician.client().window().await?;
        let second = clinician.client().new_window(true).await?.handle;
        clinician.client().switch_to_window(second).await?;
        clinician.open(&app.url(&episode)).await?;
        type_note(clinician, "from the second tab").await?;
        clinician.client().switch_to_window(first).await?;
        let field = clinician.client().find(Locator::Css("form[data-draft^='note:'] textarea")).await?;
        field.send_keys("from the first tab").await?;
        clinician.see("another tab").await?;
        clinician.open(&app.url(&episode)).await?;
        ensure!(note_field(clinician).await? == "from the second tab", "the second tab's text was overwritten");
        Ok(())
    })
}

#[test]
fn an_expired_sign_in_asks_over_the_page_and_keeps_the_text() -> Result<()> {
    let (app, _folder) = steps::serve()?;
    journey("an expired sign-in asks over the page", async |clinician| {
        let episode = an_episode(clinician, &app).await?;
        clinician.client().delete_cookie("xystra").await?;
        let field = clinician.client().find(Locator::Css("form[data-draft^='note:'] textarea")).await?;
        field.send_keys(NOTE).await?;
        clinician.see("Sign in").await?;
        clinician.fill("Name to sign in with", steps::LOGIN).await?;
        clinician.fill("Password", steps::PASSWORD).await?;
        clinician.press("Sign in").await?;
        saved(clinician).await?;
        clinician.open(&app.url(&episode)).await?;
        ensure!(note_field(clinician).await? == NOTE, "the text did not outlive the sign-in");
        Ok(())
    })
}

#[test]
fn a_form_that_comes_back_refused_goes_on_saving() -> Result<()> {
    let (app, _folder) = steps::serve()?;
    journey("a form that comes back refused", async |clinician| {
        steps::found_practice(clinician, &app).await?;
        clinician.open(&app.url("/clients/new")).await?;
        clinician.fill("Telephone", "555-0100").await?;
        clinician.see("saved").await?;
        steps::submit(clinician, "Save the client").await?;
        clinician.see("a name is needed").await?;
        clinician.fill("Name", "Journey client").await?;
        clinician.see("saved").await?;
        ensure!(!clinician.sees("another tab").await?, "the page takes itself for a second tab");
        steps::submit(clinician, "Save the client").await?;
        clinician.see("555-0100").await
    })
}
