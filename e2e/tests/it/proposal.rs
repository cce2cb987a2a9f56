//! Bruises that come often make the next plan lighter, by name of the rule and under the clinician's name.

use anyhow::Result;
use xystra_e2e::journey;

use crate::steps;

#[test]
fn grade_3_twice_makes_the_next_plan_one_step_lighter() -> Result<()> {
    journey("grade 3 twice makes the next plan lighter", async |clinician| {
        let app = steps::demo(clinician).await?;
        clinician.open(&app.url("/clients?find=client+10")).await?;
        clinician.press("Demo client 10").await?;
        clinician.press("Pain at the outer knee").await?;
        clinician.see("skin-3-twice").await?;
        clinician.see("medium").await?;
        clinician.see("light").await?;
        clinician.screenshot("journey-proposal").await?;
        clinician.press("Accept as version 2").await?;
        clinician.see("version 2").await?;
        let episode = steps::episode_of(clinician).await?;
        clinician.open(&app.url(&format!("{episode}/history"))).await?;
        clinician.see("skin-3-twice").await
    })
}
