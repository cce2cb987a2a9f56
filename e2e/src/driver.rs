//! chromedriver, and the Chromium it holds.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tempfile::TempDir;

use crate::announce::announced;

/// A chromedriver on a free port with one Chromium; both end when it is dropped.
#[derive(Debug)]
pub(crate) struct Driver {
    child: Child,
    port: u16,
    session: String,
    profile: TempDir,
}

impl Driver {
    pub(crate) async fn start() -> Result<(Self, Client)> {
        let profile = tempfile::tempdir()?;
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("starting chromedriver; `cargo xtask test` installs it on Debian")?;
        let port = announced(&mut child, "successfully on port")?.parse()?;
        let mut driver = Self { child, port, session: String::new(), profile };
        let client = driver.connect().await.context("starting Chromium")?;
        driver.session = client.session_id().await?.unwrap_or_default();
        Ok((driver, client))
    }

    async fn connect(&self) -> Result<Client> {
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(self.capabilities())
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await?;
        Ok(client)
    }

    fn capabilities(&self) -> Capabilities {
        let profile = format!("--user-data-dir={}", self.profile.path().display());
        let mut args = vec![profile];
        args.extend(FLAGS.map(str::to_owned));
        let mut capabilities = Capabilities::new();
        capabilities.insert("goog:chromeOptions".to_owned(), json!({ "args": args }));
        capabilities
    }

    /// Asks chromedriver to close Chromium, without a runtime: a panicking test has none.
    fn end_session(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(stream, "DELETE /session/{} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", self.session)?;
        // The answer comes when Chromium has gone.
        stream.read_exact(&mut [0; "HTTP/1.1 200".len()])?;
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.end_session().ok();
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A quiet Chromium that reaches for nothing outside; `--no-sandbox` because build machines run as root.
const FLAGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--no-first-run",
];
