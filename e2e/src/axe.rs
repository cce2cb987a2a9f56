//! Accessibility: axe-core's rules on the page as it stands.

use std::fmt;
use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::browser::Browser;
use crate::checkout;

/// A colour on its way from one theme to the other has no contrast of its own: what still moves is ended, once it has begun.
const RUN: &str = "const ends = a => a.effect.getComputedTiming().endTime < 1e6;
    new Promise(next => requestAnimationFrame(() => requestAnimationFrame(next)))
        .then(() => document.getAnimations().filter(ends).forEach(a => a.finish()))
        .then(() => axe.run())
        .then(r => arguments[0](r.violations), e => arguments[0](String(e)))";

/// One rule that the page breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// axe's name of the rule, such as `color-contrast`.
    pub rule: String,
    /// How much it hinders: `minor`, `moderate`, `serious`, `critical`.
    pub impact: String,
    /// What to do.
    pub help: String,
    /// CSS selectors of the elements concerned.
    pub elements: Vec<String>,
}

impl Browser {
    /// Runs all of axe-core's rules.
    pub async fn axe(&self) -> Result<Vec<Violation>> {
        self.client.execute(&source()?, vec![]).await?;
        let found = self.client.execute_async(RUN, vec![]).await?;
        let found = found.as_array().with_context(|| format!("axe-core failed: {found}"))?;
        Ok(found.iter().map(violation).collect())
    }

    /// Fails with the list if the page breaks any of axe-core's rules.
    pub async fn accessible(&self) -> Result<()> {
        let broken = self.axe().await?;
        let list: Vec<_> = broken.iter().map(Violation::to_string).collect();
        ensure!(list.is_empty(), "{} is not accessible:\n{}", self.path().await?, list.join("\n"));
        Ok(())
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, impact, help, elements } = self;
        write!(f, "{rule} ({impact}): {help}: {}", elements.join(", "))
    }
}

fn source() -> Result<String> {
    let path = checkout().join(".tools/node_modules/axe-core/axe.min.js");
    fs::read_to_string(path).context("axe-core is not in .tools; `cargo xtask test` fetches it")
}

fn violation(found: &Value) -> Violation {
    let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
    let nodes = found["nodes"].as_array().map_or(&[][..], Vec::as_slice);
    Violation {
        rule: text("id"),
        impact: text("impact"),
        help: text("help"),
        elements: nodes.iter().map(|node| node["target"].to_string()).collect(),
    }
}
