//! The door: the first run and the sign-in, on every screen in both themes.

use anyhow::Result;
use xystra_e2e::{App, Browser, Screen, Theme, journey};

use crate::steps;

#[test]
fn the_door_is_accessible_on_every_screen() -> Result<()> {
    let (app, _folder) = steps::serve()?;
    journey("the door on every screen", async |clinician| {
        look(clinician, &app, "/welcome").await?;
        steps::found_practice(clinician, &app).await?;
        clinician.client().delete_all_cookies().await?;
        look(clinician, &app, "/sign-in").await?;
        clinician.fill("Name to sign in with", steps::LOGIN).await?;
        clinician.fill("Password", "not the password").await?;
        steps::submit(clinician, "Sign in").await?;
        clinician.see("name or password do not fit").await?;
        clinician.accessible().await
    })
}

async fn look(clinician: &mut Browser, app: &App, path: &str) -> Result<()> {
    clinician.open(&app.url(path)).await?;
    for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        clinician.prefer(theme).await?;
        for (screen, held) in [(Screen::Desktop, "desktop"), (Screen::Tablet, "tablet"), (Screen::Phone, "phone")] {
            clinician.hold(screen).await?;
            clinician.screenshot(&format!("door{}-{name}-{held}", path.replace('/', "-"))).await?;
            clinician.accessible().await?;
        }
    }
    Ok(())
}
