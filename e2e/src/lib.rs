//! The harness of the browser journeys: a real program, a real Chromium, and verbs that read like what a clinician does.
//!
//! ```no_run
//! use xystra_e2e::{App, journey};
//!
//! journey("a clinician opens the demo", async |clinician| {
//!     let app = App::start(&["demo", "--no-open", "--listen", "127.0.0.1:0"])?;
//!     clinician.open(app.opening_url()).await?;
//!     clinician.press("Clients").await?;
//!     clinician.see("Add a client").await?;
//!     clinician.accessible().await
//! })?;
//! # anyhow::Ok(())
//! ```
//!
//! The program is the one named by `XYSTRA_BIN`, else the dev build; Chromium and chromedriver come from the search path,
//! axe-core from `.tools` (`cargo xtask test` sees to all of it). The harness never reads the program's database or code:
//! what a journey knows, it has seen on a page.

mod announce;
mod app;
mod axe;
mod browser;
mod cdp;
mod driver;
mod locate;
mod page;
mod screen;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

pub use crate::app::{App, command};
pub use crate::axe::Violation;
pub use crate::browser::Browser;
pub use crate::screen::{Screen, Theme};

/// Opens a browser, lets `story` use it, and closes it again whatever happens.
///
/// A story that fails leaves a picture of its last page in `target/shots/failed-NAME.png`; the error carries `name`.
pub fn journey<S>(name: &str, story: S) -> Result<()>
where
    S: AsyncFnOnce(&mut Browser) -> Result<()>,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut browser = Browser::start().await?;
        let told = story(&mut browser).await;
        if told.is_err() {
            let picture = format!("failed-{}", name.replace(' ', "-"));
            browser.screenshot(&picture).await.ok();
        }
        told.with_context(|| name.to_owned())
    })
}

/// The root of the checkout, where `target` and `.tools` are.
fn checkout() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Cargo's target folder.
fn target() -> PathBuf {
    let folder = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    checkout().join(folder)
}
