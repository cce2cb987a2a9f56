//! Virtual clients as Parquet: a row for each client and arm, written as they come.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray, UInt64Array};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use tempfile::NamedTempFile;
use xystra_cohort::trial::{BEFORE, Rows, Trial, VALUE, View};
use xystra_tissue::study::Look;

use crate::dose::out;

/// A Parquet file under way.
pub(super) struct Columnar {
    path: PathBuf,
    writer: Option<ArrowWriter<NamedTempFile>>,
    about: HashMap<String, String>,
    shown: Vec<Shown>,
    arms: Vec<String>,
}

/// One column of what clients showed: cells by arm.
struct Shown {
    name: String,
    description: String,
    /// Arm and cell.
    cells: Vec<(String, usize)>,
}

impl Columnar {
    /// Begins a file; it takes its name when it is finished.
    pub(super) fn begin(path: &Path, trial: &Trial) -> anyhow::Result<Self> {
        out::begin(path)?;
        let setup = trial.setup();
        let about = [
            ("study", trial.study().about.id.clone()),
            ("seed", setup.seed.to_string()),
            ("clients", setup.clients.to_string()),
            ("worlds", setup.worlds.to_string()),
            ("program", format!("xystra {}", env!("CARGO_PKG_VERSION"))),
        ];
        let arms = trial.study().arms.iter().map(|arm| arm.id.clone()).collect();
        let about = about.map(|(key, value)| (key.to_owned(), value)).into();
        Ok(Self { path: path.to_path_buf(), writer: None, about, shown: shown(trial.views()), arms })
    }

    /// Writes some clients.
    pub(super) fn write(&mut self, rows: &Rows) -> anyhow::Result<()> {
        let coordinates = rows.coordinates();
        for arm in self.arms.clone() {
            let columns = self.columns(rows, &coordinates, &arm);
            let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) = columns.into_iter().unzip();
            let schema = Arc::new(Schema::new_with_metadata(fields, self.about.clone()));
            let batch = RecordBatch::try_new(Arc::clone(&schema), arrays)?;
            self.writer(schema)?.write(&batch)?;
        }
        Ok(())
    }

    /// Ends the file and gives it its name.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        let Some(writer) = self.writer else { return Ok(()) };
        let file = writer.into_inner()?;
        file.as_file().sync_all()?;
        file.persist(&self.path)?;
        Ok(())
    }

    fn writer(&mut self, schema: Arc<Schema>) -> anyhow::Result<&mut ArrowWriter<NamedTempFile>> {
        if self.writer.is_none() {
            let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
            self.writer = Some(ArrowWriter::try_new(out::begin(&self.path)?, schema, Some(properties))?);
        }
        self.writer.as_mut().ok_or_else(|| anyhow::anyhow!("no writer"))
    }

    fn columns(&self, rows: &Rows, coordinates: &[Vec<f64>], arm: &str) -> Vec<(Field, ArrayRef)> {
        let clients = rows.clients();
        let number = UInt64Array::from_iter_values(clients.iter().copied());
        let world = UInt64Array::from_iter_values(rows.worlds());
        let arms = StringArray::from_iter_values(clients.iter().map(|_| arm));
        let mut all: Vec<(Field, ArrayRef)> = vec![
            (Field::new("client", DataType::UInt64, false), Arc::new(number)),
            (Field::new("world", DataType::UInt64, false), Arc::new(world)),
            (Field::new("arm", DataType::Utf8, false), Arc::new(arms)),
        ];
        let (of_world, own) = rows.names();
        let names = of_world.iter().map(|id| format!("world.{id}")).chain(own.iter().map(|id| format!("person.{id}")));
        for (name, values) in names.zip(coordinates) {
            all.push(numbers(&name, "standard normal coordinate", values.iter().map(|value| Some(*value))));
        }
        for shown in &self.shown {
            let cell = shown.cells.iter().find(|(of, _)| of == arm).map(|(_, cell)| *cell);
            all.push(match cell {
                Some(cell) => numbers(&shown.name, &shown.description, rows.column(cell).map(finite)),
                None => numbers(&shown.name, &shown.description, clients.iter().map(|_| None)),
            });
        }
        all
    }
}

fn finite(value: f64) -> Option<f64> {
    Some(value).filter(|value| value.is_finite())
}

fn numbers(name: &str, what: &str, values: impl Iterator<Item = Option<f64>>) -> (Field, ArrayRef) {
    let about = HashMap::from([("description".to_owned(), what.to_owned())]);
    let values: Float64Array = values.collect();
    (Field::new(name, DataType::Float64, true).with_metadata(about), Arc::new(values))
}

/// Two columns for each endpoint and each of its times; endpoints that are drawn from whole curves have none.
fn shown(views: &[View]) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    for view in views.iter().filter(|view| !view.is_curve()) {
        let when = if view.when == Look::ByThen { ".by-at" } else { "" };
        for (cell, suffix, what) in [(VALUE, "", "when looked at"), (BEFORE, ".entry", "at entry")] {
            let name = format!("{}{when}{suffix}", view.endpoint.id);
            let place = (view.arm.id.clone(), view.first + cell);
            if let Some(shown) = all.iter_mut().find(|shown| shown.name == name) {
                shown.cells.push(place);
                continue;
            }
            let description = format!("{} {what}", view.endpoint.quantity);
            all.push(Shown { name, description, cells: vec![place] });
        }
    }
    all
}
