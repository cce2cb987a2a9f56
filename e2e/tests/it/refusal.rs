//! A client who must not be treated gets no plan, and the page says whom to refer to.

use anyhow::{Result, ensure};
use xystra_e2e::journey;

use crate::steps;

#[test]
fn a_contraindicated_client_gets_no_plan() -> Result<()> {
    let (app, _folder) = steps::serve()?;
    journey("a contraindicated client gets no plan", async |clinician| {
        steps::found_practice(clinician, &app).await?;
        steps::take_in(clinician, &app, "Journey client").await?;
        steps::complain_of_tennis_elbow(clinician).await?;
        let episode = steps::episode_of(clinician).await?;
        clinician.tap("label:has(input[name='item_flag-leg-clot'][value=yes])").await?;
        steps::answer_all_no(clinician).await?;
        steps::submit(clinician, "Save the screening").await?;
        clinician.see("do not treat").await?;
        clinician.see("a doctor today").await?;
        clinician.accessible().await?;
        clinician.screenshot("journey-refused").await?;

        clinician.open(&app.url(&format!("{episode}/plan"))).await?;
        clinician.see("do not treat").await?;
        ensure!(!clinician.sees("Make the plan").await?, "the plan page offers a plan");
        clinician.open(&app.url(&episode)).await?;
        ensure!(!clinician.sees("Start session").await?, "the episode page offers a session");
        Ok(())
    })
}
