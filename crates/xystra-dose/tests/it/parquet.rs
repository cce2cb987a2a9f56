//! Parquet files written here: what was written is read.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, Float32Array, Float64Array, Int32Array, RecordBatch, StringArray, StructArray, TimestampNanosecondArray,
};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use xystra_dose::read::{self, Reading};
use xystra_dose::{Error, IssueKind, Recording};

const ROWS: i32 = 20_000;

fn field(array: &ArrayRef, name: &str, unit: Option<&str>) -> Field {
    let metadata: HashMap<String, String> = unit.map(|unit| ("unit".to_owned(), unit.to_owned())).into_iter().collect();
    Field::new(name, array.data_type().clone(), true).with_metadata(metadata)
}

fn file(columns: &[(&str, Option<&str>, ArrayRef)], said: &[(&str, &str)]) -> Vec<u8> {
    let fields: Vec<Field> = columns.iter().map(|(name, unit, array)| field(array, name, *unit)).collect();
    let schema = Arc::new(Schema::new(fields));
    let batch =
        RecordBatch::try_new(schema.clone(), columns.iter().map(|column| column.2.clone()).collect()).expect("a batch");
    let said = said.iter().map(|(key, value)| KeyValue::new((*key).to_owned(), (*value).to_owned())).collect();
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(7_000))
        .set_key_value_metadata(Some(said))
        .build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, schema, Some(properties)).expect("a writer");
    writer.write(&batch).expect("written");
    writer.close().expect("closed");
    bytes
}

fn open(bytes: &[u8], how: &Reading) -> Result<Recording, Error> {
    read::whole("test.parquet", bytes, how)
}

fn newtons() -> ArrayRef {
    Arc::new(Float32Array::from_iter_values((0..ROWS).map(|i| (i % 50) as f32 * 0.25)))
}

fn stamps() -> ArrayRef {
    let stamps = (0..ROWS).map(|i| 1_769_535_096_195_324_123 + i64::from(i) * 1_000_000);
    Arc::new(TimestampNanosecondArray::from_iter_values(stamps))
}

fn check(recording: &Recording, factor: f64) {
    assert_eq!(recording.samples.len(), 20_000);
    for (at, force_n) in recording.samples.force_n.iter().enumerate() {
        assert!((force_n[2] - (at % 50) as f64 * 0.25 * factor).abs() < 1e-9);
        assert!((recording.samples.time_s[at] - at as f64 * 0.001).abs() < 1e-9);
    }
}

#[test]
fn a_time_type_brings_its_unit_and_a_column_its_own() {
    let recording =
        open(&file(&[("when", None, stamps()), ("Fz", Some("kgf"), newtons())], &[]), &Reading::default()).unwrap();
    check(&recording, 9.806_65);
    assert_eq!(recording.header.format, "Parquet, 3 row groups");
    assert_eq!(recording.header.channels[0].name, "when");
}

#[test]
fn units_stand_in_names_and_in_the_metadata_of_the_file() {
    let milliseconds: ArrayRef = Arc::new(Int32Array::from_iter_values(0..ROWS));
    let named = file(&[("t_ms", None, milliseconds.clone()), ("fz_N", None, newtons())], &[]);
    check(&open(&named, &Reading::default()).unwrap(), 1.0);
    let columns = [("t", None, milliseconds.clone()), ("force", None, newtons())];
    let listed = file(&columns, &[("units", "{\"t\": \"ms\", \"force\": \"N\"}"), ("note", "synthetic: a test")]);
    let recording = open(&listed, &Reading::default()).unwrap();
    check(&recording, 1.0);
    assert!(recording.header.is_synthetic());
    let silent = file(&columns, &[]);
    assert!(matches!(open(&silent, &Reading::default()), Err(Error::MissingUnit { .. })));
    let how = Reading::default().unit("time=ms").unwrap().unit("force=N").unwrap();
    check(&open(&silent, &how).unwrap(), 1.0);
}

#[test]
fn structures_are_opened_and_labels_left_alone() {
    let axis = |name: &str, of: fn(f64) -> f64| -> (Arc<Field>, ArrayRef) {
        let values = Float64Array::from_iter_values((0..ROWS).map(|i| of(f64::from(i))));
        (Arc::new(Field::new(name, DataType::Float64, false)), Arc::new(values))
    };
    let force: ArrayRef = Arc::new(StructArray::from(vec![axis("x", |_| 1.0), axis("y", |i| i), axis("z", |_| -2.0)]));
    let label: ArrayRef = Arc::new(StringArray::from_iter_values((0..ROWS).map(|i| format!("w{i}"))));
    let columns =
        [("label", None, label.clone()), ("t", None, stamps()), ("force", None, force), ("hand", None, label)];
    let recording = open(&file(&columns, &[]), &Reading::default().unit("force=N").unwrap()).unwrap();
    for (found, expected) in recording.samples.force_n[12_345].into_iter().zip([1.0, 12_345.0, -2.0]) {
        assert!((found - expected).abs() < 1e-12, "{found}");
    }
    assert_eq!(recording.header.unread, ["label", "hand"]);
}

#[test]
fn rows_without_a_force_are_left_out_and_said() {
    let holes: ArrayRef = Arc::new((0..ROWS).map(|i| (i % 10 > 0).then_some(1.0)).collect::<Float64Array>());
    let recording = open(&file(&[("time", None, stamps()), ("fz_N", None, holes)], &[]), &Reading::default()).unwrap();
    assert_eq!(recording.samples.len(), 18_000);
    let lost = recording.issues.iter().find(|issue| issue.kind == IssueKind::LostRows).unwrap();
    assert!((lost.share - 0.1).abs() < 1e-9);
}

#[test]
fn a_cut_file_is_refused() {
    let whole = file(&[("t", None, stamps()), ("fz_N", None, newtons())], &[]);
    let said = open(&whole[..whole.len() / 2], &Reading::default()).unwrap_err().to_string();
    assert!(said.starts_with("Parquet, "), "{said}");
}
