//! The lab: somebody slides and switches, and the answer follows.

use anyhow::{Result, ensure};
use xystra_e2e::{Browser, Screen, Theme, journey};

use crate::steps;

#[test]
fn an_edge_is_pressed_harder_and_the_answer_follows() -> Result<()> {
    journey("the lab of edge and thumb", async |clinician| {
        let app = steps::demo(clinician).await?;
        clinician.press("Lab").await?;
        clinician.press("What an edge does that a thumb does not").await?;
        clinician.see("What your hand carries").await?;
        clinician.see("At 6 N").await?;
        clinician.fill("Force of the edge", "12").await?;
        clinician.see("At 12 N").await?;
        clinician.answer("The same for both", "depth").await?;
        clinician.see("To go as deep as the edge does with 12 N").await?;
        clinician.fill("Where", "thigh").await?;
        clinician.see("Thigh · muscle relaxed").await?;
        ensure!(address(clinician).await?.contains("region=thigh"), "the address does not say what is set");
        clinician.press("Same as a table").await?;
        clinician.fill("Edge radius", "5").await?;
        clinician.see("radius 5 mm").await?;
        clinician.see("Largest strain in each layer").await?;
        looked_at(clinician, "lab-contact").await?;

        // Without the script the address alone shows the same.
        let same = address(clinician).await?;
        clinician.open(&same).await?;
        clinician.see("radius 5 mm").await?;
        clinician.open(&app.url("/lab")).await?;
        clinician.accessible().await
    })
}

#[test]
fn a_mechanism_is_switched_off_and_its_part_goes() -> Result<()> {
    journey("the lab of the time course", async |clinician| {
        let app = steps::demo(clinician).await?;
        clinician.open(&app.url("/lab/course")).await?;
        clinician.see("Which mechanism brings how much").await?;
        clinician.see("8 sessions").await?;
        clinician.fill("Sessions a week", "3").await?;
        clinician.see("12 sessions").await?;
        clinician.answer("How hard", "in N").await?;
        clinician.fill("Mean force", "9").await?;
        clinician.tap("label:has(> input[name=neural])").await?;
        clinician.fill("For how long", "2").await?;
        clinician.see("6 sessions").await?;
        ensure!(!address(clinician).await?.contains("neural=on"), "the switch does not stand in the address");
        looked_at(clinician, "lab-course").await?;
        clinician.press("Held against studies").await?;
        clinician.see("How many it meets").await?;
        looked_at(clinician, "lab-validation").await
    })
}

async fn address(clinician: &Browser) -> Result<String> {
    let address = clinician.client().execute("return location.href", vec![]).await?;
    Ok(address.as_str().unwrap_or_default().to_owned())
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
