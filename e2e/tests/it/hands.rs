//! Oily hands: a repeated session in twelve taps, on a phone, or with the keyboard alone.

use anyhow::{Result, bail, ensure};
use fantoccini::key::Key;
use xystra_e2e::{Browser, Screen, Theme, journey};

use crate::steps;

/// Most taps from Today to the finished session.
const TAPS: u32 = 12;
/// Most presses of Tab to reach anything on one page.
const STEPS: usize = 400;

/// Says how the session was, from its page, and finishes it.
async fn finish(clinician: &mut Browser) -> Result<()> {
    clinician.answer("Anything new", "No").await?;
    steps::submit(clinician, "All done as planned").await?;
    clinician.answer("Worst discomfort", "3").await?;
    clinician.choose("redness").await?;
    clinician.press("Finish").await?;
    clinician.see("Outlook").await
}

#[test]
fn a_repeated_session_takes_at_most_twelve_taps() -> Result<()> {
    journey("a repeated session in twelve taps", async |clinician| {
        let app = steps::demo(clinician).await?;
        clinician.open(&app.url("/")).await?;
        let before = clinician.taps();
        clinician.press("Start session").await?;
        clinician.see("Anything new").await?;
        finish(clinician).await?;
        let taps = clinician.taps() - before;
        println!("{taps} taps from Today to Finished");
        ensure!(taps <= TAPS, "{taps} taps are more than {TAPS}");
        Ok(())
    })
}

#[test]
fn the_open_session_is_accessible_on_every_screen() -> Result<()> {
    journey("the open session on every screen", async |clinician| {
        let app = steps::demo(clinician).await?;
        clinician.open(&app.url("/")).await?;
        clinician.press("Start session").await?;
        clinician.see("Anything new").await?;
        for (theme, name) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            clinician.prefer(theme).await?;
            for screen in [Screen::Desktop, Screen::Tablet, Screen::Phone] {
                clinician.hold(screen).await?;
                clinician.screenshot(&format!("session-{name}-{screen:?}")).await?;
                clinician.accessible().await?;
            }
        }
        Ok(())
    })
}

#[test]
fn a_session_on_a_phone() -> Result<()> {
    journey("a session on a phone", async |clinician| {
        let app = steps::demo(clinician).await?;
        clinician.hold(Screen::Phone).await?;
        clinician.open(&app.url("/")).await?;
        clinician.press("Start session").await?;
        clinician.see("Anything new").await?;
        let small = small_targets(clinician).await?;
        ensure!(small.is_empty(), "smaller than 44 px: {small}");
        clinician.accessible().await?;
        finish(clinician).await
    })
}

/// Visible things to touch that are smaller than 44 px in height, by their words; links within a sentence do not count.
async fn small_targets(clinician: &Browser) -> Result<String> {
    let script = "return [...document.querySelectorAll('main button, main select, main input:not([type=hidden]), main summary, main label:has(input)')]
        .filter(e => e.checkVisibility() && !e.closest('.vh') && !e.matches('.vh') && !(e.labels && [...e.labels].some(l => l.offsetHeight >= 44)))
        .filter(e => e.getBoundingClientRect().height < 43.5 && getComputedStyle(e).opacity !== '0')
        .map(e => (e.innerText || e.name || e.tagName) + ' ' + Math.round(e.getBoundingClientRect().height)).join('; ')";
    Ok(clinician.client().execute(script, vec![]).await?.as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_session_with_the_keyboard_alone() -> Result<()> {
    journey("a session with the keyboard alone", async |clinician| {
        let app = steps::demo(clinician).await?;
        clinician.open(&app.url("/")).await?;
        reach(clinician, "Start session").await?;
        press_key(clinician, Key::Enter).await?;
        clinician.see("Anything new").await?;
        reach(clinician, "anything_new").await?;
        press_key(clinician, Key::Space).await?;
        reach(clinician, "All done as planned").await?;
        press_key(clinician, Key::Enter).await?;
        clinician.see("Worst discomfort").await?;
        reach(clinician, "discomfort").await?;
        press_key(clinician, Key::Space).await?;
        reach(clinician, "skin").await?;
        press_key(clinician, Key::Space).await?;
        reach(clinician, "Finish session").await?;
        press_key(clinician, Key::Enter).await?;
        clinician.see("Outlook").await
    })
}

/// Presses Tab until the focus is on the button with these words or on the field of this name; the focus must show.
async fn reach(clinician: &Browser, wanted: &str) -> Result<()> {
    for _ in 0..STEPS {
        press_key(clinician, Key::Tab).await?;
        let script = "const e = document.activeElement; return [e.name || '', e.innerText || '', getComputedStyle(e).outlineStyle].join('|')";
        let here = clinician.client().execute(script, vec![]).await?;
        let here = here.as_str().unwrap_or_default().to_owned();
        if here.split('|').take(2).any(|word| word == wanted || (!word.is_empty() && word.trim().starts_with(wanted))) {
            return Ok(());
        }
    }
    bail!("Tab never comes to {wanted}")
}

async fn press_key(clinician: &Browser, key: Key) -> Result<()> {
    clinician.client().active_element().await?.send_keys(&char::from(key).to_string()).await?;
    Ok(())
}
