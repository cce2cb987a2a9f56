//! What WebDriver has no words for, asked of Chromium's own protocol through chromedriver.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use crate::screen::Theme;

/// One command of the Chrome DevTools Protocol.
#[derive(Debug)]
pub(crate) struct Cdp {
    name: &'static str,
    params: Value,
}

impl Cdp {
    /// Sets the viewport, in CSS pixels; a window alone cannot become as narrow as a phone.
    pub(crate) fn viewport(width: u32, height: u32) -> Self {
        Self {
            name: "Emulation.setDeviceMetricsOverride",
            params: json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
        }
    }

    /// Answers `prefers-color-scheme`.
    pub(crate) fn prefers(theme: Theme) -> Self {
        Self {
            name: "Emulation.setEmulatedMedia",
            params: json!({ "features": [{ "name": "prefers-color-scheme", "value": theme.name() }] }),
        }
    }
}

impl WebDriverCompatibleCommand for Cdp {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        let session = session.unwrap_or_default();
        base.join(&format!("session/{session}/goog/cdp/execute"))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let body = json!({ "cmd": self.name, "params": self.params });
        (Method::POST, Some(body.to_string()))
    }
}
