//! `xystra contact`: what an edge does to layers of tissue.

mod table;

use std::path::{Path, PathBuf};

use anyhow::Context;
use xystra_tissue::contact::{Control, Edge, Model, press};
use xystra_tissue::{Error, Stack, layers};

use crate::dose::out::print;

/// Press a rounded edge into layers of tissue: depth, pressure, and the strain of each layer.
///
/// A model, to think with: no advice for a person.
#[derive(Debug, clap::Args)]
pub(crate) struct Contact {
    #[command(flatten)]
    tissue: Tissue,
    #[command(flatten)]
    shape: Shape,
    #[command(flatten)]
    held: Held,
    /// How the layers answer: with constant moduli, or stiffening with their strain.
    #[arg(long, default_value = "stiffening", value_parser = ["linear", "stiffening"])]
    model: String,
    /// Print a JSON document.
    #[arg(long)]
    json: bool,
}

/// What is pressed.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Tissue {
    /// Layers from the skin down, each `[[layer]]` with name, `thickness_mm`, `young_kpa`, poisson; bonded, on rigid bone.
    #[arg(long, value_name = "FILE")]
    stack: Option<PathBuf>,
    /// Layers that Xystra knows, such as calf, low-back or forearm.
    #[arg(long, value_name = "ID")]
    region: Option<String>,
}

/// What presses.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Edge")]
#[expect(clippy::struct_field_names, reason = "the fields are the names of the flags, which carry their unit")]
struct Shape {
    /// Radius of the rounding that meets the skin, mm.
    #[arg(long, value_name = "R")]
    radius_mm: f64,
    /// Length of the edge, mm; without it the edge is endless (plane strain).
    #[arg(long, value_name = "L")]
    length_mm: Option<f64>,
    /// Radius of the edge along its length, mm; without it the edge is straight.
    #[arg(long, value_name = "R")]
    along_mm: Option<f64>,
}

/// What is held.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Held")]
#[group(required = true, multiple = false)]
struct Held {
    /// How deep the edge goes below the skin at rest, mm.
    #[arg(long, value_name = "D")]
    depth_mm: Option<f64>,
    /// Force for each metre of edge, N/m.
    #[arg(long, value_name = "W")]
    force_n_per_m: Option<f64>,
    /// Force, N; needs a length.
    #[arg(long, value_name = "F")]
    force_n: Option<f64>,
}

impl Contact {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let stack = self.tissue.read()?;
        let model = if self.model == "linear" { Model::Linear } else { Model::Stiffening };
        let found = press(&stack, &self.shape.edge(), self.held.control()?, model)?;
        let text = if self.json { serde_json::to_string_pretty(&found)? + "\n" } else { table::table(&found, &stack) };
        print(&text)
    }
}

impl Tissue {
    fn read(&self) -> anyhow::Result<Stack> {
        match (&self.stack, &self.region) {
            (Some(file), _) => read(file),
            (None, Some(region)) => Ok(layers::stack(region)?),
            (None, None) => anyhow::bail!("say --stack FILE or --region ID"),
        }
    }
}

/// A file of layers.
fn read(file: &Path) -> anyhow::Result<Stack> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {name}"))?;
    // A number that is out of range is told by its layer and field; the file is the caller's to add.
    Stack::parse(&name, &text).map_err(|error| match error {
        Error::File { .. } => error.into(),
        other => anyhow::anyhow!("{name}: {other}"),
    })
}

impl Shape {
    fn edge(&self) -> Edge {
        Edge { length_mm: self.length_mm, along_mm: self.along_mm, ..Edge::rounded(self.radius_mm) }
    }
}

impl Held {
    fn control(&self) -> anyhow::Result<Control> {
        let depth = self.depth_mm.map(Control::DepthMm);
        let along = self.force_n_per_m.map(Control::ForceNPerM);
        let force = self.force_n.map(Control::ForceN);
        depth.or(along).or(force).context("say --depth-mm, --force-n-per-m or --force-n")
    }
}
