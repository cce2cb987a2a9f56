//! Where in a JSON document the samples are: columns, rows or a matrix, with what is said of them elsewhere.

use super::node::{Node, WIDTH, joined};

/// A table of numbers found in a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Table {
    /// Columns: name, unit if one stands beside it, numbers.
    pub(super) columns: Vec<Column>,
    /// Names of arrays and fields that are no columns of it.
    pub(super) unread: Vec<String>,
    /// Samples per second as the document says, Hz.
    pub(super) rate_hz: Option<f64>,
    /// Name of the device, and notes.
    pub(super) device: Option<String>,
    pub(super) notes: Vec<String>,
    /// How the samples lie.
    pub(super) shape: &'static str,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) unit: Option<String>,
    pub(super) numbers: Vec<f64>,
}

/// What the whole document says, path by path.
#[derive(Default)]
struct Found<'a> {
    arrays: Vec<(String, &'a [f64])>,
    rows: Vec<(String, &'a super::node::Rows)>,
    matrices: Vec<(String, usize, &'a [f64])>,
    texts: Vec<(String, &'a [String])>,
    words: Vec<(String, &'a str)>,
    rate_hz: Option<f64>,
}

/// What a field is called that tells the rate, Hz.
const RATES: [&str; 8] = [
    "samplingrate",
    "samplerate",
    "samplingfrequency",
    "samplefrequency",
    "fs",
    "ratehz",
    "samplingratehz",
    "sampleratehz",
];

/// The table of a document; empty when there is none.
pub(super) fn table(root: &Node) -> Table {
    let mut found = Found::default();
    found.collect("", root);
    let (shape, columns) = found.columns();
    let longest = columns.iter().map(|column| column.numbers.len()).max();
    let is_left = |numbers: &[f64]| shape != "columns" || Some(numbers.len()) != longest;
    let numbers = found.arrays.iter().filter(|(_, numbers)| is_left(numbers)).map(|(name, _)| name);
    let texts =
        found.texts.iter().map(|(name, _)| name).filter(|name| !is_list(name) && !plain(leaf(name)).contains("unit"));
    Table {
        unread: numbers.chain(texts).cloned().collect(),
        rate_hz: found.rate_hz,
        device: found.word(&["device", "devicetype", "devicename", "sensor", "sensorname"]),
        notes: found.notes(),
        columns: columns.into_iter().map(|column| found.with_unit(column)).collect(),
        shape,
    }
}

impl<'a> Found<'a> {
    /// Gathers what may matter; names beyond a bound are left out, so that a document of nothing but names stays small.
    fn collect(&mut self, path: &str, node: &'a Node) {
        let path = path.to_owned();
        match node {
            Node::Object(members) => members.iter().for_each(|(name, node)| self.member(&path, name, node)),
            Node::Numbers(numbers) if self.arrays.len() < WIDTH => self.arrays.push((path, numbers)),
            Node::Rows(rows) if self.rows.len() < WIDTH => self.rows.push((path, rows)),
            Node::Matrix { width, values } if self.matrices.len() < WIDTH => self.matrices.push((path, *width, values)),
            Node::Texts(texts) if self.texts.len() < WIDTH => self.texts.push((path, texts)),
            Node::Text(word) if self.words.len() < WIDTH => self.words.push((path, word)),
            _ => {}
        }
    }

    fn member(&mut self, path: &str, name: &str, node: &'a Node) {
        match node {
            Node::Number(rate) if self.rate_hz.is_none() && RATES.contains(&plain(name).as_str()) => {
                self.rate_hz = Some(*rate).filter(|rate| rate.is_finite() && *rate > 0.0);
            }
            Node::Number(_) | Node::Other => {}
            _ => self.collect(&joined(path, name), node),
        }
    }

    /// The largest of what could be the samples.
    fn columns(&self) -> (&'static str, Vec<Column>) {
        let rows = self.rows.iter().map(|(_, rows)| rows).max_by_key(|rows| rows.count);
        let matrix = self.matrices.iter().max_by_key(|(_, _, values)| values.len());
        let arrays = self.arrays.iter().map(|(_, numbers)| numbers.len()).max().unwrap_or(0);
        let of_rows = rows.map_or(0, |rows| rows.count);
        let of_matrix = matrix.map_or(0, |(_, width, values)| (values.len() / width).max(*width));
        match (rows, matrix) {
            (Some(rows), _) if of_rows >= of_matrix.max(arrays) => ("rows", of_objects(rows)),
            (_, Some((_, width, values))) if of_matrix >= arrays => ("matrix", self.of_matrix(*width, values)),
            _ => ("columns", self.of_arrays(arrays)),
        }
    }

    /// All arrays of the greatest length, by the part of their path that is not the same for all.
    fn of_arrays(&self, length: usize) -> Vec<Column> {
        let long: Vec<_> = self.arrays.iter().filter(|(_, numbers)| numbers.len() == length).collect();
        let shared = shared(&long.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>());
        let column = |(path, numbers): &&(String, &[f64])| {
            let name = path[shared..].to_owned();
            let (name, unit) =
                self.unit_beside(path).map_or((name.clone(), None), |unit| (before_leaf(&name), Some(unit)));
            Column { name, unit, numbers: numbers.to_vec() }
        };
        long.iter().map(column).collect()
    }

    /// A matrix has names in an array of texts: as many as it is wide, or as it has rows.
    fn of_matrix(&self, width: usize, values: &[f64]) -> Vec<Column> {
        let height = values.len() / width;
        let listed = |count: usize| self.texts.iter().find(|(path, texts)| is_list(path) && texts.len() == count);
        let (names, is_wide) = match (listed(width), listed(height)) {
            (Some((_, names)), _) => (*names, false),
            (None, Some((_, names))) => (*names, true),
            _ => return Vec::new(),
        };
        let cells = |at: usize| {
            let (start, step, count) = if is_wide { (at * width, 1, width) } else { (at, width, height) };
            values[start..].iter().step_by(step).take(count).copied().collect()
        };
        names
            .iter()
            .enumerate()
            .map(|(at, name)| Column { name: name.clone(), unit: None, numbers: cells(at) })
            .collect()
    }

    /// The unit of a column where the document has one elsewhere: among `units`, or as `Force_unit`.
    fn with_unit(&self, column: Column) -> Column {
        let own = plain(leaf(&column.name));
        let names = [own.clone(), format!("{own}unit"), format!("{own}units"), format!("unit{own}")];
        let is_unit = |path: &str| path.to_lowercase().contains("unit");
        let beside = self.words.iter().find(|(path, _)| is_unit(path) && names.contains(&plain(leaf(path))));
        let unit = column.unit.clone().or_else(|| beside.map(|(_, unit)| (*unit).to_owned()));
        Column { unit: unit.or_else(|| self.listed_unit(&column.name)), ..column }
    }

    /// The unit in a list of units that goes with a list of names.
    fn listed_unit(&self, name: &str) -> Option<String> {
        let units = self.texts.iter().find(|(path, _)| plain(leaf(path)).contains("unit"))?.1;
        let names =
            self.texts.iter().find(|(_, names)| names.len() == units.len() && names.iter().any(|n| n == name))?.1;
        units.get(names.iter().position(|other| other == name)?).cloned()
    }

    /// The unit of an array that stands with it in an object: `{"unit": "N", "values": [..]}`.
    fn unit_beside(&self, path: &str) -> Option<String> {
        let (base, name) = path.rsplit_once('.')?;
        let is_values = matches!(plain(name).as_str(), "values" | "value" | "data" | "samples");
        let is_unit = |other: &str| [format!("{base}.unit"), format!("{base}.units")].contains(&other.to_owned());
        let unit = self.words.iter().find(|(other, _)| is_values && is_unit(other));
        unit.map(|(_, unit)| (*unit).to_owned())
    }

    fn word(&self, names: &[&str]) -> Option<String> {
        let found = self.words.iter().find(|(path, _)| names.contains(&plain(leaf(path)).as_str()));
        found.map(|(_, word)| word.chars().filter(|c| !c.is_control()).take(80).collect())
    }

    fn notes(&self) -> Vec<String> {
        let is_note =
            |path: &str| matches!(plain(leaf(path)).as_str(), "note" | "notes" | "comment" | "comments" | "synthetic");
        let notes = self.words.iter().filter(|(path, _)| is_note(path)).map(|(_, word)| (*word).to_owned());
        notes.chain(self.texts.iter().filter(|(path, _)| is_note(path)).flat_map(|(_, texts)| texts.to_vec())).collect()
    }
}

fn of_objects(rows: &super::node::Rows) -> Vec<Column> {
    let columns = rows.names().enumerate();
    columns.map(|(at, name)| Column { name: name.to_owned(), unit: None, numbers: rows.column(at) }).collect()
}

/// Length of the path that all names begin with, up to a point.
fn shared(names: &[&str]) -> usize {
    let Some(first) = names.first() else { return 0 };
    let ends = first.char_indices().filter(|(_, c)| *c == '.').map(|(at, _)| at + 1);
    ends.take_while(|end| names.iter().all(|name| name.get(..*end) == first.get(..*end))).last().unwrap_or(0)
}

/// Whether an array of texts is called as a list of column names is.
fn is_list(path: &str) -> bool {
    let words = ["columnnames", "columns", "names", "channels", "channelnames", "fields", "header", "headers"];
    words.contains(&plain(leaf(path)).as_str())
}

fn leaf(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

fn before_leaf(name: &str) -> String {
    name.rsplit_once('.').map_or(name, |(before, _)| before).to_owned()
}

/// A name without case and marks.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
