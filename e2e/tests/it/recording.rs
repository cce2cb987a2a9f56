//! A recording whose file does not say its unit: asked for, answered, and remembered for the tool.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Result, ensure};
use fantoccini::Locator;
use xystra_e2e::{App, Browser, Screen, Theme, journey};

use crate::steps;

/// Strokes in the file.
const STROKES: u32 = 8;

#[test]
fn a_missing_unit_is_asked_for_and_remembered_for_the_tool() -> Result<()> {
    let (app, folder) = steps::serve()?;
    journey("a recording without its unit", async |clinician| {
        let session = begin(clinician, &app).await?;
        let first = file(folder.path(), "first.csv", 0.4)?;
        bring(clinician, &first).await?;
        clinician.see("does not say its unit").await?;
        clinician.see("What the file does not say").await?;
        clinician.screenshot("recording-asked").await?;
        clinician.accessible().await?;
        clinician.fill("Unit of fz", "kgf").await?;
        choose_file(clinician, &first).await?;
        steps::submit(clinician, "Attach recording").await?;
        read_in_kilograms(clinician, "first.csv").await?;

        // The next file of that tool needs no answer.
        clinician.open(&app.url(&session)).await?;
        bring(clinician, &file(folder.path(), "second.csv", 0.5)?).await?;
        read_in_kilograms(clinician, "second.csv").await
    })
}

#[test]
fn the_recording_page_on_every_screen() -> Result<()> {
    journey("the recording page on every screen", async |clinician| {
        let app = steps::demo(clinician).await?;
        clinician.open(&app.url("/recordings")).await?;
        clinician.tap("tbody a").await?;
        clinician.see("Force and strokes").await?;
        for said in ["Mean inside the band", "Texture along the stroke", "session by session", "guessed"] {
            clinician.see(said).await?;
        }
        for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            clinician.prefer(theme).await?;
            for screen in [Screen::Desktop, Screen::Tablet, Screen::Phone] {
                clinician.hold(screen).await?;
                clinician.screenshot(&format!("recording-{name}-{screen:?}")).await?;
                clinician.accessible().await?;
            }
        }
        Ok(())
    })
}

/// A session of a practice with an instrumented tool; its address.
async fn begin(clinician: &mut Browser, app: &App) -> Result<String> {
    steps::found_practice(clinician, app).await?;
    clinician.open(&app.url("/settings/tools")).await?;
    clinician.fill("What you call it", "Load stick").await?;
    clinician.fill("Kind of instrument", "GT-3").await?;
    steps::submit(clinician, "Add this tool").await?;
    steps::take_in(clinician, app, "Journey client").await?;
    steps::complain_of_tennis_elbow(clinician).await?;
    let episode = steps::episode_of(clinician).await?;
    steps::answer_all_no(clinician).await?;
    steps::submit(clinician, "Save the screening").await?;
    steps::find_something(clinician, app, &episode).await?;
    clinician.open(&app.url(&format!("{episode}/plan"))).await?;
    steps::submit(clinician, "Make the plan").await?;
    clinician.open(&app.url(&episode)).await?;
    steps::submit(clinician, "Start session 1").await?;
    clinician.see("Anything new").await?;
    clinician.path().await
}

/// Brings a file of the tool to the first region.
async fn bring(clinician: &mut Browser, file: &Path) -> Result<()> {
    clinician.press("More: edge").await?;
    clinician.fill("Tool of the practice", "Load stick").await?;
    choose_file(clinician, file).await?;
    steps::submit(clinician, "Attach recording").await
}

async fn choose_file(clinician: &Browser, file: &Path) -> Result<()> {
    let input = clinician.client().find(Locator::Css("input[type=file]")).await?;
    Ok(input.send_keys(&file.to_string_lossy()).await?)
}

/// Opens the recording and sees how its file was read.
async fn read_in_kilograms(clinician: &mut Browser, name: &str) -> Result<()> {
    clinician.press(&format!("Recording {name}")).await?;
    clinician.see("Where this comes from").await?;
    clinician.see("force in kgf").await?;
    let text = clinician.text().await?;
    ensure!(text.contains(&format!("{STROKES} strokes in 1 burst")), "{text}");
    clinician.accessible().await
}

/// Presses of a stick that shows its load in kilograms-force and does not say so.
fn file(folder: &Path, name: &str, peak: f64) -> Result<std::path::PathBuf> {
    let mut table = String::from("t_s,fz\n");
    for sample in 0..2000_u32 {
        let time = f64::from(sample) / 100.0;
        let within = (time - 2.0).rem_euclid(2.0);
        let pressed = (2.0..2.0 + 2.0 * f64::from(STROKES)).contains(&time) && within < 1.2;
        let load = if pressed { peak * (std::f64::consts::PI * within / 1.2).sin().sqrt() } else { 0.0 };
        // No sensor is quite silent.
        let noise = 0.002 * (f64::from(sample) * 1.7).sin();
        writeln!(table, "{time:.2},{:.4}", load + noise)?;
    }
    let file = folder.join(name);
    std::fs::write(&file, table)?;
    Ok(file)
}
