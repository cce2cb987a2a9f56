//! A client answers on a phone of their own: no account, no cookie, one link, once.

use anyhow::{Result, ensure};
use xystra_e2e::{App, Browser, Screen, Theme, journey};

use crate::steps;

/// Makes a link and gives its address, as the client's camera would read it.
async fn link(clinician: &mut Browser, button: &str) -> Result<String> {
    steps::submit(clinician, button).await?;
    clinician.see("Hand it over now").await?;
    let script = "return document.getElementById('address').value";
    Ok(clinician.client().execute(script, vec![]).await?.as_str().unwrap_or_default().to_owned())
}

/// Looks at a page on a phone and at the desk, in both themes.
async fn look(browser: &mut Browser, name: &str) -> Result<()> {
    for (theme, theme_name) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        browser.prefer(theme).await?;
        for (screen, screen_name) in [(Screen::Desktop, "desktop"), (Screen::Phone, "phone")] {
            browser.hold(screen).await?;
            browser.screenshot(&format!("{name}-{theme_name}-{screen_name}")).await?;
            browser.accessible().await?;
            ensure!(!is_too_wide(browser).await?, "{name} scrolls sideways on {screen_name}");
        }
    }
    Ok(())
}

async fn is_too_wide(browser: &Browser) -> Result<bool> {
    let script = "return document.documentElement.scrollWidth > window.innerWidth + 1";
    Ok(browser.client().execute(script, vec![]).await?.as_bool().unwrap_or(true))
}

/// Things to touch that are smaller than 44 px.
async fn small_targets(browser: &Browser) -> Result<String> {
    let script = "return [...document.querySelectorAll('main button, main textarea, main label:has(input)')]
        .filter(e => e.getBoundingClientRect().height < 43.5).map(e => e.innerText || e.tagName).join('; ')";
    Ok(browser.client().execute(script, vec![]).await?.as_str().unwrap_or_default().to_owned())
}

/// The phone's side of the story.
async fn answer_on_a_phone(address: String) -> Result<()> {
    let mut phone = Browser::start().await?;
    phone.hold(Screen::Phone).await?;
    phone.open(&address).await?;
    phone.see("How are you after your visit?").await?;
    look(&mut phone, "checkin-form").await?;
    let small = small_targets(&phone).await?;
    ensure!(small.is_empty(), "smaller than 44 px: {small}");
    steps::submit(&mut phone, "Send to the practice").await?;
    phone.see("Not sent yet").await?;
    phone.accessible().await?;
    phone.answer("How sore is the place that was treated?", "2").await?;
    phone.answer("What do you see on the skin there?", "A few small dots").await?;
    phone.fill("Anything else you want to say?", "warm in the evening").await?;
    steps::submit(&mut phone, "Send to the practice").await?;
    phone.see("has your answers").await?;
    phone.see("Nothing to do for now").await?;
    look(&mut phone, "checkin-thanks").await?;
    phone.open(&address).await?;
    phone.see("Thank you, it has arrived").await?;
    ensure!(!phone.sees("Send to the practice").await?, "a second form is there");
    look(&mut phone, "checkin-used").await?;
    let cookies = phone.client().get_all_cookies().await?;
    ensure!(cookies.is_empty(), "the phone was given {cookies:?}");
    Ok(())
}

#[test]
fn a_client_checks_in_on_a_phone() -> Result<()> {
    journey("self-check-in on a phone", async |clinician| {
        let app = steps::demo(clinician).await?;
        let address = link(clinician, "Link for their phone").await?;
        ensure!(address.starts_with(&app.url("/c/")), "{address}");
        look(clinician, "checkin-link").await?;
        answer_on_a_phone(address).await?;
        clinician.hold(Screen::Tablet).await?;
        clinician.open(&app.url("/")).await?;
        clinician.see("by the client’s own form").await?;
        clinician.see("warm in the evening").await?;
        clinician.accessible().await
    })
}

#[test]
fn a_link_that_was_taken_back_opens_nothing() -> Result<()> {
    journey("a link is taken back", async |clinician| {
        let _app = steps::demo(clinician).await?;
        let address = link(clinician, "Link for their phone").await?;
        steps::submit(clinician, "Take it back").await?;
        clinician.see("No link is out").await?;
        clinician.accessible().await?;
        clinician.open(&address).await?;
        clinician.see("This link opens nothing").await?;
        look(clinician, "checkin-closed").await
    })
}

#[test]
fn a_client_sees_their_own_page() -> Result<()> {
    journey("the client's own page", async |clinician| {
        let app = steps::demo(clinician).await?;
        own_page_of(clinician, &app, "Demo client 3").await?;
        clinician.see("Would it have got better anyway?").await?;
        look(clinician, "client-page").await?;
        let address = link(clinician, "Link for their phone").await?;
        let mut phone = Browser::start().await?;
        phone.hold(Screen::Phone).await?;
        phone.open(&address).await?;
        phone.see("How it is going").await?;
        ensure!(!phone.sees("Back to the episode").await?, "a clinician's button is on the phone");
        look(&mut phone, "client-page-by-link").await
    })
}

async fn own_page_of(clinician: &mut Browser, app: &App, client: &str) -> Result<()> {
    clinician.open(&app.url(&format!("/clients?find={}", client.replace(' ', "+")))).await?;
    clinician.press(client).await?;
    clinician.see("Complaints").await?;
    clinician.tap("h3 a[href^='/episodes/']").await?;
    clinician.see("Sessions so far").await?;
    clinician.press("Client’s page").await
}
