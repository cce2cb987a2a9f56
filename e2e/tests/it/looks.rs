//! Every page that can be reached is looked at: on three screens, in both themes, by eye (pictures) and by axe-core.

use std::collections::{BTreeMap, VecDeque};

use anyhow::{Result, ensure};
use xystra_e2e::{App, Browser, Screen, Theme, journey};

const SCREENS: [(Screen, &str); 3] =
    [(Screen::Desktop, "desktop"), (Screen::Tablet, "tablet"), (Screen::Phone, "phone")];
const THEMES: [(Theme, &str); 2] = [(Theme::Light, "light"), (Theme::Dark, "dark")];
/// Pages of one kind (`/episodes/…`) that are looked at: the demonstration has them at different stages.
const OF_A_KIND: usize = 3;

#[test]
fn every_page_is_looked_at() -> Result<()> {
    let app = App::start(&["demo", "--no-open", "--listen", "127.0.0.1:0"])?;
    journey("every page is looked at", async |clinician| {
        clinician.open(app.opening_url()).await?;
        clinician.see("Today").await?;
        let pages = pages(clinician, &app).await?;
        ensure!(pages.len() > 30, "only {} pages were found: {pages:?}", pages.len());
        let mut broken = Vec::new();
        for (name, path) in &pages {
            broken.extend(look(clinician, &app, name, path).await?);
        }
        println!("{} pages looked at on {} screens in {} themes", pages.len(), SCREENS.len(), THEMES.len());
        ensure!(broken.is_empty(), "{}", broken.join("\n"));
        Ok(())
    })
}

/// Looks at one page on every screen in every theme; says what is wrong. Pictures are taken when `XYSTRA_PICTURES` is set.
async fn look(clinician: &mut Browser, app: &App, name: &str, path: &str) -> Result<Vec<String>> {
    let pictures = std::env::var_os("XYSTRA_PICTURES").is_some();
    let mut broken = Vec::new();
    clinician.open(&app.url(path)).await?;
    for (theme, theme_name) in THEMES {
        clinician.prefer(theme).await?;
        for (screen, screen_name) in SCREENS {
            clinician.hold(screen).await?;
            if pictures {
                clinician.screenshot(&format!("{name}-{theme_name}-{screen_name}")).await?;
            }
            for violation in clinician.axe().await? {
                broken.push(format!("{path} {theme_name} {screen_name}: {violation}"));
            }
            if too_wide(clinician).await? {
                broken.push(format!("{path} {theme_name} {screen_name}: the page scrolls sideways"));
            }
        }
    }
    Ok(broken)
}

async fn too_wide(clinician: &Browser) -> Result<bool> {
    let script = "return document.documentElement.scrollWidth > window.innerWidth + 1";
    Ok(clinician.client().execute(script, vec![]).await?.as_bool().unwrap_or(true))
}

/// Name and path of every page that links lead to, a few of each kind.
async fn pages(clinician: &mut Browser, app: &App) -> Result<Vec<(String, String)>> {
    let mut waiting = VecDeque::from(["/".to_owned()]);
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut pages = Vec::new();
    while let Some(path) = waiting.pop_front() {
        if pages.iter().any(|(_, known)| *known == path) {
            continue;
        }
        let kind = kind_of(&path);
        let count = kinds.entry(kind.clone()).or_default();
        if *count == OF_A_KIND {
            continue;
        }
        *count += 1;
        let name = if *count == 1 { kind } else { format!("{kind}-{count}") };
        clinician.open(&app.url(&path)).await?;
        waiting.extend(links(clinician).await?);
        pages.push((name, path));
    }
    Ok(pages)
}

/// Paths within the program that the page links to, as pages (no downloads, no queries).
async fn links(clinician: &Browser) -> Result<Vec<String>> {
    let script =
        "return [...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin && !a.download)
        .map(a => a.pathname)";
    let found = clinician.client().execute(script, vec![]).await?;
    let paths = found.as_array().into_iter().flatten().filter_map(|path| path.as_str().map(str::to_owned));
    Ok(paths.filter(|path| !path.ends_with("/strokes.csv") && !path.starts_with("/settings/backup/")).collect())
}

/// The page's name with ids left out: `episodes-screening`.
fn kind_of(path: &str) -> String {
    let words: Vec<&str> = path.split('/').filter(|word| !word.is_empty() && !is_id(word)).collect();
    match words.as_slice() {
        [] => "today".to_owned(),
        ["catalog", "conditions", _] => "catalog-condition".to_owned(),
        words => words.join("-").replace("episodes", "episode"),
    }
}

fn is_id(word: &str) -> bool {
    word.len() == 36 && word.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}
