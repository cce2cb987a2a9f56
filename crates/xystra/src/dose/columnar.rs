//! The strokes as Parquet: the columns of the CSV table, each with its unit.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray, UInt64Array};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use xystra_dose::Analysis;
use xystra_dose::table::{COLUMNS, Column, word};

/// The bytes of a Parquet file. Unit and meaning are metadata of each field; file, method and provenance of the table.
pub(super) fn parquet(analysis: &Analysis) -> anyhow::Result<Vec<u8>> {
    let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) =
        words(analysis).into_iter().chain(COLUMNS.iter().map(|column| numbers(analysis, column))).unzip();
    let schema = Arc::new(Schema::new_with_metadata(fields, about(analysis)));
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays)?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), schema, Some(properties))?;
    writer.write(&batch)?;
    Ok(writer.into_inner()?)
}

/// Recording, number, burst and motion.
fn words(analysis: &Analysis) -> Vec<(Field, ArrayRef)> {
    let strokes = &analysis.strokes;
    let recording = StringArray::from_iter_values(strokes.iter().map(|_| &analysis.recording.file));
    let number = UInt64Array::from_iter_values((1..).take(strokes.len()));
    let burst = UInt64Array::from_iter_values(strokes.iter().map(|stroke| stroke.burst as u64));
    let motion = StringArray::from_iter_values(strokes.iter().map(|stroke| word(stroke.motion)));
    vec![
        (Field::new("recording", DataType::Utf8, false), Arc::new(recording)),
        (Field::new("stroke", DataType::UInt64, false), Arc::new(number)),
        (Field::new("burst", DataType::UInt64, false), Arc::new(burst)),
        (Field::new("motion", DataType::Utf8, false), Arc::new(motion)),
    ]
}

fn numbers(analysis: &Analysis, column: &Column) -> (Field, ArrayRef) {
    let values: Float64Array = analysis.strokes.iter().map(column.value).collect();
    let about = [("unit", column.unit), ("description", column.what)];
    let about = HashMap::from(about.map(|(key, value)| (key.to_owned(), value.to_owned())));
    (Field::new(column.name, DataType::Float64, true).with_metadata(about), Arc::new(values))
}

fn about(analysis: &Analysis) -> HashMap<String, String> {
    let about = [
        ("recording", analysis.recording.file.clone()),
        ("method", analysis.method.clone()),
        ("provenance", analysis.dose.provenance.to_string()),
        ("program", format!("xystra {}", env!("CARGO_PKG_VERSION"))),
    ];
    HashMap::from(about.map(|(key, value)| (key.to_owned(), value)))
}
