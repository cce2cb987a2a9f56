//! The harness held against a page small enough to know by heart.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;

use anyhow::{Result, ensure};
use xystra_e2e::{Screen, Theme, journey};

#[test]
fn every_verb_does_what_it_says() -> Result<()> {
    let url = serve(GOOD_PAGE)?;
    journey("every verb does what it says", async |clinician| {
        clinician.open(&url).await?;
        clinician.fill("Name", "O'Neil").await?;
        clinician.fill("Since", "2026-03-09").await?;
        clinician.fill("Side", "left").await?;
        clinician.answer("Any fever?", "No").await?;
        clinician.choose("Consent given").await?;
        clinician.tap("#map").await?;
        ensure!(clinician.taps() == 6, "{} taps counted", clinician.taps());
        clinician.press("Save").await?;
        clinician.see("O'Neil, 2026-03-09, left, fever: no, consent: yes, map: yes").await?;
        ensure!(clinician.path().await? == "/");
        clinician.accessible().await
    })
}

#[test]
fn what_is_not_there_is_not_seen() -> Result<()> {
    let url = serve(GOOD_PAGE)?;
    journey("what is not there is not seen", async |clinician| {
        clinician.open(&url).await?;
        ensure!(clinician.sees("any fever?").await?);
        ensure!(!clinician.sees("a hidden note").await?);
        Ok(())
    })
}

#[test]
fn axe_names_what_is_wrong() -> Result<()> {
    let url = serve("<html><title>x</title><main><h1>x</h1><input></main></html>")?;
    journey("axe names what is wrong", async |clinician| {
        clinician.open(&url).await?;
        let broken = clinician.axe().await?;
        let rules: Vec<_> = broken.iter().map(|v| v.rule.as_str()).collect();
        ensure!(rules.contains(&"label") && rules.contains(&"html-has-lang"), "{rules:?}");
        ensure!(clinician.accessible().await.is_err());
        Ok(())
    })
}

#[test]
fn a_picture_is_as_wide_as_the_screen_and_as_long_as_the_page() -> Result<()> {
    let url = serve(GOOD_PAGE)?;
    journey("a picture is as wide as the screen", async |clinician| {
        clinician.open(&url).await?;
        clinician.hold(Screen::Phone).await?;
        clinician.prefer(Theme::Dark).await?;
        clinician.see("dark device").await?;
        let picture = std::fs::read(clinician.screenshot("harness-phone-dark").await?)?;
        let side = |at: usize| picture[at..at + 4].iter().fold(0, |n, &b| n * 256 + u32::from(b));
        let (width, height) = (side(16), side(20));
        ensure!(width == 390 && height > 1500, "{width} x {height}");
        Ok(())
    })
}

const GOOD_PAGE: &str = r#"<!doctype html><html lang="en"><title>Harness</title>
<style>label, button, #map { display: block; padding: 1rem } #tall { height: 1500px }
#dark { display: none } @media (prefers-color-scheme: dark) { #dark { display: block } }</style>
<main><h1>Harness</h1><p id="dark">Dark device</p><p hidden>A hidden note</p>
<label for="name">Name <small>(as on the card)</small></label><input id="name">
<label>Since <input id="since" type="date"></label>
<label>Side <select id="side"><option>right</option><option>left</option></select></label>
<fieldset><legend>Any chills?</legend><label><input type="radio" name="c"> Yes</label><label><input type="radio" name="c"> No</label></fieldset>
<fieldset><legend>Any fever?</legend><label><input type="radio" name="f" value="yes"> Yes</label><label><input type="radio" name="f" value="no"> No</label></fieldset>
<label><input id="consent" type="checkbox"> Consent given</label>
<svg role="img" aria-label="Body" width="80" height="80"><rect id="map" width="80" height="80" fill="teal"/></svg>
<button type="button">Save</button><p id="tall" role="status"></p></main>
<script>
const at = id => document.getElementById(id);
let map = 'no';
at('map').onclick = () => map = 'yes';
document.querySelector('button').onclick = () => setTimeout(() => {
  const fever = document.querySelector('[name=f]:checked').value;
  const consent = at('consent').checked ? 'yes' : 'no';
  at('tall').textContent = `${at('name').value}, ${at('since').value}, ${at('side').value}, fever: ${fever}, consent: ${consent}, map: ${map}`;
}, 300);
</script></html>"#;

/// Serves one page on a free port for as long as the test lives.
fn serve(page: &'static str) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}/", listener.local_addr()?);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = BufReader::new(&stream).lines().map_while(Result::ok);
            while request.next().is_some_and(|line| !line.is_empty()) {}
            let length = page.len();
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{page}"
            )
            .ok();
        }
    });
    Ok(url)
}
