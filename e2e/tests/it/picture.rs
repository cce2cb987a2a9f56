//! The README's picture: one episode in the middle of its course.

use anyhow::Result;
use xystra_e2e::{Screen, journey};

use crate::steps;

#[test]
fn the_picture_of_the_readme() -> Result<()> {
    journey("the picture of the README", async |clinician| {
        let app = steps::demo(clinician).await?;
        clinician.hold(Screen::Desktop).await?;
        clinician.open(&app.url("/clients?find=client+3")).await?;
        clinician.press("Demo client 3").await?;
        clinician.press("Tennis elbow").await?;
        clinician.see("Outlook").await?;
        clinician.screenshot("readme").await?;
        Ok(())
    })
}
