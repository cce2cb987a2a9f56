//! Turns the equations of `data/tissue` into Rust: right-hand side, Jacobian, sparse factorisation, outputs and events.

use std::path::Path;
use std::{env, fs};

use xystra_symbolic::{System, rust_source};

const EQUATIONS: &str = "../../data/tissue/equations.toml";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed={EQUATIONS}");
    let system =
        System::parse("data/tissue/equations.toml", &fs::read_to_string(EQUATIONS)?).map_err(|e| e.to_string())?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("equations.rs"), rust_source(&system))?;
    Ok(())
}
