//! `cargo xtask picture`: the README's screenshot, made anew by a browser journey.

use std::fs;

use anyhow::{Context, Result};

use crate::setup;
use crate::step::{cargo, run, step};
use crate::test::{built, program};

const MADE: &str = "target/shots/readme.png";
const KEPT: &str = "docs/pictures/episode.png";

pub(crate) fn make() -> Result<()> {
    step("set-up for the browser", || setup::chromium().and_then(|()| setup::axe()))?;
    step("program", program)?;
    step("journey", || {
        let journey = ["test", "--package", "xystra-e2e", "--locked", "--", "the_picture_of_the_readme"];
        run(cargo(journey).env("XYSTRA_BIN", built()?))
    })?;
    fs::copy(MADE, KEPT).with_context(|| format!("{MADE} to {KEPT}"))?;
    println!("{KEPT} is new");
    Ok(())
}
