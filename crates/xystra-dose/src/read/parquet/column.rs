//! The columns of a schema and their numbers.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    DurationMicrosecondType, DurationMillisecondType, DurationNanosecondType, DurationSecondType, Float16Type,
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, RecordBatch};
use arrow_schema::{DataType, Field, Fields, TimeUnit};

/// A column of numbers: its place through structures, from the outside in, and its place among the leaves of the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Leaf {
    pub(super) name: String,
    pub(super) unit: Option<String>,
    pub(super) place: usize,
    pub(super) is_number: bool,
    path: Vec<String>,
}

/// All columns of a schema.
pub(super) fn leaves(fields: &Fields) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    gather(fields, &[], &mut leaves, &mut 0);
    leaves
}

fn gather(fields: &Fields, path: &[String], leaves: &mut Vec<Leaf>, count: &mut usize) {
    for field in fields {
        let path = [path, &[field.name().clone()]].concat();
        match field.data_type() {
            DataType::Struct(inner) => gather(inner, &path, leaves, count),
            kind => {
                leaves.push(Leaf {
                    name: path.join("."),
                    unit: unit(field),
                    place: *count,
                    is_number: is_number(kind),
                    path,
                });
                *count += width(kind);
            }
        }
    }
}

/// How many leaves of the file a column is made of.
fn width(kind: &DataType) -> usize {
    match kind {
        DataType::List(item)
        | DataType::LargeList(item)
        | DataType::FixedSizeList(item, _)
        | DataType::Map(item, _) => width(item.data_type()),
        DataType::Struct(fields) => fields.iter().map(|field| width(field.data_type())).sum(),
        _ => 1,
    }
}

/// The unit of a time type, or that of the column's metadata.
fn unit(field: &Field) -> Option<String> {
    match field.data_type() {
        DataType::Timestamp(unit, _) | DataType::Duration(unit) => Some(word(*unit).to_owned()),
        _ => ["unit", "units"].into_iter().find_map(|key| field.metadata().get(key).cloned()),
    }
}

fn word(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Second => "s",
        TimeUnit::Millisecond => "ms",
        TimeUnit::Microsecond => "us",
        TimeUnit::Nanosecond => "ns",
    }
}

fn is_number(kind: &DataType) -> bool {
    let is_decimal = matches!(
        kind,
        DataType::Decimal32(..) | DataType::Decimal64(..) | DataType::Decimal128(..) | DataType::Decimal256(..)
    );
    kind.is_numeric() && !is_decimal || matches!(kind, DataType::Timestamp(..) | DataType::Duration(_))
}

/// Is it a time by its type?
pub(super) fn is_stamp(fields: &Fields, leaf: &Leaf) -> bool {
    matches!(leaf.path.as_slice(), [name] if fields.find(name).is_some_and(|(_, f)| matches!(f.data_type(), DataType::Timestamp(..))))
}

impl Leaf {
    /// The numbers of a batch less `zero`, which is taken off before rounding; not a number where there is none.
    pub(super) fn numbers(&self, batch: &RecordBatch, zero: Option<i64>) -> Option<Vec<f64>> {
        numbers(&self.array(batch)?, zero)
    }

    /// The first whole number of a batch, for a column of whole numbers.
    pub(super) fn first(&self, batch: &RecordBatch) -> Option<i64> {
        let array = self.array(batch)?;
        (0..array.len()).find(|row| array.is_valid(*row)).and_then(|row| whole(&array, row))
    }

    fn array(&self, batch: &RecordBatch) -> Option<ArrayRef> {
        let (first, inner) = self.path.split_first()?;
        let outer = batch.column_by_name(first)?.clone();
        inner.iter().try_fold(outer, |array, name| array.as_struct_opt()?.column_by_name(name).cloned())
    }
}

/// Runs `$of::<T>` for the type of `$array`.
macro_rules! by_type {
    ($array:expr, $of:ident, $($more:expr),*) => {
        match $array.data_type() {
            DataType::Int8 => $of::<Int8Type>($array, $($more),*),
            DataType::Int16 => $of::<Int16Type>($array, $($more),*),
            DataType::Int32 => $of::<Int32Type>($array, $($more),*),
            DataType::Int64 => $of::<Int64Type>($array, $($more),*),
            DataType::UInt8 => $of::<UInt8Type>($array, $($more),*),
            DataType::UInt16 => $of::<UInt16Type>($array, $($more),*),
            DataType::UInt32 => $of::<UInt32Type>($array, $($more),*),
            DataType::Timestamp(TimeUnit::Second, _) => $of::<TimestampSecondType>($array, $($more),*),
            DataType::Timestamp(TimeUnit::Millisecond, _) => $of::<TimestampMillisecondType>($array, $($more),*),
            DataType::Timestamp(TimeUnit::Microsecond, _) => $of::<TimestampMicrosecondType>($array, $($more),*),
            DataType::Timestamp(TimeUnit::Nanosecond, _) => $of::<TimestampNanosecondType>($array, $($more),*),
            DataType::Duration(TimeUnit::Second) => $of::<DurationSecondType>($array, $($more),*),
            DataType::Duration(TimeUnit::Millisecond) => $of::<DurationMillisecondType>($array, $($more),*),
            DataType::Duration(TimeUnit::Microsecond) => $of::<DurationMicrosecondType>($array, $($more),*),
            DataType::Duration(TimeUnit::Nanosecond) => $of::<DurationNanosecondType>($array, $($more),*),
            _ => None,
        }
    };
}

fn numbers(array: &ArrayRef, zero: Option<i64>) -> Option<Vec<f64>> {
    match array.data_type() {
        DataType::Float16 => floats::<Float16Type>(array, |x| f64::from(x.to_f32())),
        DataType::Float32 => floats::<Float32Type>(array, f64::from),
        DataType::Float64 => floats::<Float64Type>(array, |x| x),
        DataType::UInt64 => floats::<UInt64Type>(array, |x| x as f64),
        _ => by_type!(array, wholes, zero.unwrap_or(0)),
    }
}

fn floats<T: ArrowPrimitiveType>(array: &ArrayRef, of: impl Fn(T::Native) -> f64) -> Option<Vec<f64>> {
    Some(array.as_primitive_opt::<T>()?.iter().map(|value| value.map_or(f64::NAN, &of)).collect())
}

fn wholes<T: ArrowPrimitiveType<Native: Into<i64>>>(array: &ArrayRef, zero: i64) -> Option<Vec<f64>> {
    let number = |value: T::Native| value.into().saturating_sub(zero) as f64;
    Some(array.as_primitive_opt::<T>()?.iter().map(|value| value.map_or(f64::NAN, number)).collect())
}

fn whole(array: &ArrayRef, row: usize) -> Option<i64> {
    by_type!(array, at, row)
}

fn at<T: ArrowPrimitiveType<Native: Into<i64>>>(array: &ArrayRef, row: usize) -> Option<i64> {
    Some(array.as_primitive_opt::<T>()?.value(row).into())
}
