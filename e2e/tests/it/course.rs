//! One true course: from intake to a second plan, with a real recording of a hand-guided tool.

use anyhow::Result;
use fantoccini::Locator;
use xystra_e2e::{Browser, journey};

use crate::steps;

#[test]
fn from_intake_to_a_second_plan() -> Result<()> {
    let (app, _folder) = steps::serve()?;
    journey("from intake to a second plan", async |clinician| {
        steps::found_practice(clinician, &app).await?;
        steps::take_in(clinician, &app, "Journey client").await?;
        steps::complain_of_tennis_elbow(clinician).await?;
        let episode = steps::episode_of(clinician).await?;
        steps::answer_all_no(clinician).await?;
        steps::submit(clinician, "Save the screening").await?;
        steps::submit(clinician, "Chart the findings").await?;
        clinician.see("Found so far").await?;
        steps::find_something(clinician, &app, &episode).await?;
        steps::measure_pain(clinician, &app, &episode, "7").await?;

        clinician.open(&app.url(&format!("{episode}/plan"))).await?;
        steps::submit(clinician, "Make the plan").await?;
        clinician.see("Version 1 of the plan is kept").await?;

        clinician.open(&app.url(&episode)).await?;
        steps::submit(clinician, "Start session 1").await?;
        clinician.see("Anything new").await?;
        let session = clinician.path().await?;
        attach_recording(clinician).await?;
        clinician.open(&app.url(&session)).await?;
        finish(clinician, "Redness").await?;

        clinician.see("measured").await?;
        clinician.open(&app.url(&format!("{session}/response"))).await?;
        clinician.answer("Soreness", "2").await?;
        clinician.choose("redness").await?;
        clinician.answer("Was it red for more than 30 minutes?", "yes").await?;
        steps::submit(clinician, "Save this check-in").await?;
        clinician.see("grade 2").await?;
        steps::measure_pain(clinician, &app, &episode, "5").await?;

        clinician.open(&app.url(&format!("{episode}/plan"))).await?;
        clinician.fill("For", "5").await?;
        clinician.fill("Reason for the change", "one week more").await?;
        steps::submit(clinician, "Keep as version 2").await?;
        clinician.see("Version 2 of the plan is kept").await?;
        clinician.open(&app.url(&format!("{episode}/history"))).await?;
        clinician.see("one week more").await?;
        clinician.accessible().await
    })
}

/// Attaches `rim_1.csv` to the first region and sees its dose.
async fn attach_recording(clinician: &mut Browser) -> Result<()> {
    let Some(file) = steps::shared("wiping/csv/rim_1.csv") else { return Ok(()) };
    clinician.press("More: edge").await?;
    let input = clinician.client().find(Locator::Css("input[type=file]")).await?;
    input.send_keys(&file.to_string_lossy()).await?;
    steps::submit(clinician, "Attach recording").await?;
    clinician.see("rim_1.csv").await?;
    clinician.press("Recording rim_1.csv").await?;
    clinician.see("measured").await?;
    clinician.see("Strokes").await?;
    clinician.screenshot("journey-recording").await?;
    clinician.accessible().await
}

/// Says how it was and finishes.
async fn finish(clinician: &mut Browser, skin: &str) -> Result<()> {
    clinician.answer("Anything new", "No").await?;
    steps::submit(clinician, "All done as planned").await?;
    clinician.answer("Worst discomfort", "3").await?;
    clinician.choose(&skin.to_lowercase()).await?;
    steps::submit(clinician, "Finish").await
}
