//! A browser in somebody's hands: its window, not what is done on the page (that is `page`).

use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use fantoccini::Client;

use crate::cdp::Cdp;
use crate::driver::Driver;
use crate::screen::{Screen, Theme};
use crate::target;

/// One Chromium with one window; closed when dropped.
#[derive(Debug)]
pub struct Browser {
    pub(crate) client: Client,
    pub(crate) taps: u32,
    screen: Screen,
    // Ends Chromium when dropped.
    _driver: Driver,
}

impl Browser {
    /// Opens an empty tablet window.
    pub async fn start() -> Result<Self> {
        let (driver, client) = Driver::start().await?;
        let mut browser = Self { client, taps: 0, screen: Screen::Tablet, _driver: driver };
        browser.hold(Screen::Tablet).await?;
        Ok(browser)
    }

    /// Goes to a whole address.
    pub async fn open(&mut self, url: &str) -> Result<()> {
        self.client.goto(url).await?;
        Ok(())
    }

    /// Loads the page again.
    pub async fn reload(&mut self) -> Result<()> {
        self.client.refresh().await?;
        Ok(())
    }

    /// The path of the page, without host and query.
    pub async fn path(&self) -> Result<String> {
        Ok(self.client.current_url().await?.path().to_owned())
    }

    /// Takes another device in hand.
    pub async fn hold(&mut self, screen: Screen) -> Result<()> {
        let (width, height) = screen.size();
        self.client.issue_cmd(Cdp::viewport(width, height)).await?;
        self.screen = screen;
        Ok(())
    }

    /// Sets the colours that the device prefers.
    pub async fn prefer(&mut self, theme: Theme) -> Result<()> {
        self.client.issue_cmd(Cdp::prefers(theme)).await?;
        Ok(())
    }

    /// Saves a picture of the whole page, however long, as `target/shots/NAME.png`.
    pub async fn screenshot(&self, name: &str) -> Result<PathBuf> {
        let (width, height) = self.screen.size();
        let length = self.page_length().await?.max(height);
        self.client.issue_cmd(Cdp::viewport(width, length)).await?;
        let picture = self.client.screenshot().await?;
        self.client.issue_cmd(Cdp::viewport(width, height)).await?;
        let folder = target().join("shots");
        fs::create_dir_all(&folder)?;
        let path = folder.join(name).with_extension("png");
        fs::write(&path, picture)?;
        Ok(path)
    }

    /// The underlying WebDriver client, for what no verb here says.
    pub fn client(&self) -> &Client {
        &self.client
    }

    async fn page_length(&self) -> Result<u32> {
        let script = "return document.documentElement.scrollHeight";
        let length = self.client.execute(script, vec![]).await?;
        let length = length.as_u64().and_then(|px| u32::try_from(px).ok());
        Ok(length.unwrap_or_default())
    }
}
