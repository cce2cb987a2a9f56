//! A clinic: two people with two roles, somebody else's practice on the same machine, and a door that is guessed at.

use std::path::Path;

use anyhow::{Context, Result};
use tempfile::TempDir;
use xystra_e2e::{App, Browser, command, journey};

use crate::steps;

#[test]
fn an_assistant_joins_and_opens_a_record_only_in_an_emergency() -> Result<()> {
    let (app, _folder) = steps::serve()?;
    journey("two roles", async |clinician| {
        steps::found_practice(clinician, &app).await?;
        steps::take_in(clinician, &app, "Demo client 1").await?;
        steps::complain_of_tennis_elbow(clinician).await?;
        let episode = steps::episode_of(clinician).await?;
        let link = invite(clinician, &app).await?;
        clinician.accessible().await?;

        clinician.client().delete_all_cookies().await?;
        clinician.open(&link).await?;
        clinician.see("Join the practice").await?;
        clinician.fill("Name to sign in with", "desk").await?;
        clinician.fill("Password", "five other plain words here").await?;
        clinician.fill("The same once more", "five other plain words here").await?;
        steps::submit(clinician, "Join").await?;
        clinician.see("You belong to the practice now").await?;
        sign_in(clinician, &app, "desk", "five other plain words here").await?;

        clinician.open(&app.url(&episode)).await?;
        clinician.see("Not for your role").await?;
        clinician.accessible().await?;
        clinician.fill("What is the emergency?", "The client fainted in the waiting room").await?;
        steps::submit(clinician, "Open this client").await?;
        clinician.see("Tennis elbow").await?;
        clinician.open(&link).await?;
        anyhow::ensure!(!clinician.sees("Join the practice").await?, "the link served twice");

        clinician.client().delete_all_cookies().await?;
        sign_in(clinician, &app, steps::LOGIN, steps::PASSWORD).await?;
        clinician.open(&app.url("/settings/people")).await?;
        clinician.see("opened the record of Demo client 1 in an emergency").await?;
        clinician.see("The client fainted in the waiting room").await?;
        steps::submit(clinician, "I have looked at it").await?;
        clinician.open(&app.url("/settings/people")).await?;
        anyhow::ensure!(!clinician.sees("fainted").await?, "an emergency that was looked at is still asked about");
        Ok(())
    })
}

#[test]
fn another_practice_finds_nothing_and_the_journal_says_that_it_tried() -> Result<()> {
    let (mut app, folder) = steps::serve()?;
    journey("two practices", async |clinician| {
        steps::found_practice(clinician, &app).await?;
        steps::take_in(clinician, &app, "Demo client 1").await?;
        steps::complain_of_tennis_elbow(clinician).await?;
        let episode = steps::episode_of(clinician).await?;

        app.kill()?;
        let secret = second_practice(&folder)?;
        app.restart()?;
        clinician.client().delete_all_cookies().await?;
        sign_in(clinician, &app, "other", &secret).await?;
        clinician.open(&app.url(&episode)).await?;
        clinician.see("Nothing here").await?;
        anyhow::ensure!(!clinician.sees("Demo client 1").await?, "another practice saw a client");
        clinician.open(&app.url("/settings/journal")).await?;
        clinician.see(episode.rsplit('/').next().context("an id")?).await?;
        clinician.see("not found").await?;
        steps::submit(clinician, "Check the journal").await?;
        clinician.see("The journal is whole").await
    })
}

#[test]
fn a_guessed_door_waits_and_the_owner_comes_back_in() -> Result<()> {
    let (mut app, folder) = steps::serve()?;
    journey("lock-out and recovery", async |clinician| {
        steps::found_practice(clinician, &app).await?;
        clinician.client().delete_all_cookies().await?;
        for _ in 0..6 {
            guess(clinician, &app).await?;
        }
        clinician.see("too many tries").await?;
        clinician.accessible().await?;

        app.kill()?;
        let said = command(&["recover", "--data", &data(&folder)])?;
        app.restart()?;
        sign_in(clinician, &app, steps::LOGIN, after(&said, "password")?).await?;
        clinician.see("Today").await
    })
}

/// A link for an assistant, as the owner's page shows it.
async fn invite(clinician: &mut Browser, app: &App) -> Result<String> {
    clinician.open(&app.url("/settings/people")).await?;
    clinician.fill("Name, as it stands under what they write", "Test assistant").await?;
    clinician.choose("assistant").await?;
    steps::submit(clinician, "Make a link").await?;
    clinician.see("Shown this once").await?;
    let address = clinician.client().execute("return document.querySelector('#address').value", vec![]).await?;
    address.as_str().map(str::to_owned).context("an address")
}

async fn sign_in(clinician: &mut Browser, app: &App, login: &str, password: &str) -> Result<()> {
    clinician.open(&app.url("/sign-in")).await?;
    clinician.fill("Name to sign in with", login).await?;
    clinician.fill("Password", password).await?;
    steps::submit(clinician, "Sign in").await?;
    clinician.see("Today").await
}

async fn guess(clinician: &mut Browser, app: &App) -> Result<()> {
    clinician.open(&app.url("/sign-in")).await?;
    clinician.fill("Name to sign in with", steps::LOGIN).await?;
    clinician.fill("Password", "not the password").await?;
    steps::submit(clinician, "Sign in").await
}

/// Makes a second practice beside the first; its owner's password.
fn second_practice(folder: &TempDir) -> Result<String> {
    let data = data(folder);
    let args = ["practice", "add", "--name", "Other practice", "--login", "other", "--person", "Other therapist"];
    let said = command(&[&args[..], &["--data", &data]].concat())?;
    Ok(after(&said, "password")?.to_owned())
}

fn data(folder: &TempDir) -> String {
    Path::new(folder.path()).join("data").to_string_lossy().into_owned()
}

/// What stands behind a word at the start of a line.
fn after<'a>(said: &'a str, word: &str) -> Result<&'a str> {
    let line = said.lines().find_map(|line| line.strip_prefix(word));
    line.map(str::trim).with_context(|| format!("no line begins with {word}: {said}"))
}
