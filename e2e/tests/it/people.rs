//! People: the pages of who may come in, a second factor, and a device in a client's hands, on every screen in both themes.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use xystra_e2e::{App, Browser, Screen, Theme, journey};

use crate::steps;

#[test]
fn a_second_factor_is_set_up_and_asked_for_at_the_door() -> Result<()> {
    let (app, _folder) = steps::serve()?;
    journey("second factor", async |clinician| {
        steps::found_practice(clinician, &app).await?;
        clinician.open(&app.url("/settings/second-factor")).await?;
        clinician.fill("Your password", steps::PASSWORD).await?;
        steps::submit(clinician, "Set it up").await?;
        clinician.see("Let your app read this").await?;
        look(clinician, "second-factor-key").await?;
        let key = text_of(clinician, ".key-groups").await?.replace(' ', "");
        clinician.fill("The six digits that the app shows now", &code(&key)?).await?;
        steps::submit(clinician, "Turn it on").await?;
        clinician.see("Your recovery codes").await?;
        look(clinician, "second-factor-codes").await?;
        let recovery = text_of(clinician, ".codes code").await?;

        clinician.client().delete_all_cookies().await?;
        knock(clinician, &app).await?;
        look(clinician, "second-factor-door").await?;
        clinician.fill("Code", "000000").await?;
        steps::submit(clinician, "Sign in").await?;
        clinician.see("does not fit").await?;
        clinician.fill("Code", &recovery).await?;
        steps::submit(clinician, "Sign in").await?;
        clinician.see("Today").await?;
        clinician.open(&app.url("/settings/second-factor")).await?;
        clinician.see("Recovery codes left: 9").await?;
        look(clinician, "second-factor-on").await
    })
}

#[test]
fn the_people_of_a_practice_are_looked_at() -> Result<()> {
    let (app, _folder) = steps::serve()?;
    journey("people", async |clinician| {
        steps::found_practice(clinician, &app).await?;
        clinician.open(&app.url("/settings/people")).await?;
        clinician.fill("Name, as it stands under what they write", "Test auditor").await?;
        clinician.choose("auditor").await?;
        steps::submit(clinician, "Make a link").await?;
        clinician.see("A link to join for Test auditor").await?;
        look(clinician, "people-link").await?;
        clinician.open(&app.url("/settings/people")).await?;
        clinician.press("Test therapist").await?;
        clinician.see("At the door").await?;
        look(clinician, "people-person").await?;
        clinician.open(&app.url("/settings/devices")).await?;
        clinician.see("Where you are signed in").await?;
        look(clinician, "people-devices").await?;
        clinician.open(&app.url("/settings/journal")).await?;
        clinician.see("made a link to join").await?;
        look(clinician, "people-journal").await
    })
}

#[test]
fn a_client_who_holds_the_device_stays_on_one_page() -> Result<()> {
    journey("a device handed over", async |clinician| {
        let (app, _folder) = steps::serve()?;
        steps::found_practice(clinician, &app).await?;
        steps::take_in(clinician, &app, "Demo client 1").await?;
        steps::complain_of_tennis_elbow(clinician).await?;
        clinician.open(&app.url("/clients")).await?;
        clinician.press("Demo client 1").await?;
        let client = clinician.path().await?;
        clinician.open(&app.url(&format!("{client}/page"))).await?;
        steps::submit(clinician, "Hand to the client").await?;
        clinician.see("Give it back").await?;
        look(clinician, "kiosk-page").await?;
        for path in ["/", client.as_str(), "/clients"] {
            clinician.open(&app.url(path)).await?;
            clinician.see("This device is handed over").await?;
        }
        clinician.client().back().await?;
        ensure!(!clinician.sees("Find a client").await?, "the back button led out");
        clinician.open(&app.url("/kiosk/unlock")).await?;
        look(clinician, "kiosk-locked").await?;
        clinician.fill("Password of whoever handed it over", steps::PASSWORD).await?;
        steps::submit(clinician, "Take the device back").await?;
        clinician.open(&app.url(&client)).await?;
        clinician.see("Complaints").await
    })
}

/// The password at the door, as far as the question for a code.
async fn knock(clinician: &mut Browser, app: &App) -> Result<()> {
    clinician.open(&app.url("/sign-in")).await?;
    clinician.fill("Name to sign in with", steps::LOGIN).await?;
    clinician.fill("Password", steps::PASSWORD).await?;
    steps::submit(clinician, "Sign in").await?;
    clinician.see("One more code").await
}

async fn text_of(clinician: &Browser, css: &str) -> Result<String> {
    let script = "return document.querySelector(arguments[0]).innerText";
    let text = clinician.client().execute(script, vec![css.into()]).await?;
    text.as_str().map(str::to_owned).context("text")
}

/// What an authenticator app shows now.
fn code(key: &str) -> Result<String> {
    let secret = totp_rs::Secret::try_from_base32(key).ok().context("a key in base 32")?;
    let totp = totp_rs::Builder::new().with_secret(secret).build().ok().context("a key of 160 bits")?;
    Ok(totp.generate(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs()).to_string())
}

/// Looks at a page on three screens in both themes, by eye (pictures) and by axe-core.
async fn look(clinician: &mut Browser, name: &str) -> Result<()> {
    for (theme, theme_name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        clinician.prefer(theme).await?;
        for (screen, held) in [(Screen::Phone, "phone"), (Screen::Tablet, "tablet"), (Screen::Desktop, "desktop")] {
            clinician.hold(screen).await?;
            clinician.screenshot(&format!("{name}-{theme_name}-{held}")).await?;
            clinician.accessible().await?;
            let script = "return document.documentElement.scrollWidth > window.innerWidth + 1";
            let is_wide = clinician.client().execute(script, vec![]).await?.as_bool().unwrap_or(true);
            ensure!(!is_wide, "{name} scrolls sideways on {held}");
        }
    }
    Ok(())
}
