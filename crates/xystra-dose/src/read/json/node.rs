//! JSON as it comes, with numbers kept as numbers: memory stays a small multiple of the text.

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Most texts kept of one array: names and units are few, labels are not read.
const TEXTS: usize = 4096;

/// Most columns kept of one table.
pub(super) const WIDTH: usize = 4096;

/// Most characters kept of a name.
const NAME: usize = 80;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Number(f64),
    Text(String),
    /// An array of numbers; null is not a number.
    Numbers(Vec<f64>),
    /// An array of texts, the first of them.
    Texts(Vec<String>),
    /// An array of objects: each a row.
    Rows(Box<Rows>),
    /// An array of arrays of numbers, all of one length.
    Matrix {
        width: usize,
        values: Vec<f64>,
    },
    Object(Vec<(String, Node)>),
    /// Null, a truth value, an empty or mixed array: nothing to read.
    Other,
}

/// Rows of named numbers, column by column.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Rows {
    pub(super) count: usize,
    names: HashMap<String, usize>,
    /// Name, and the number in each row that has one.
    columns: Vec<(String, Vec<(usize, f64)>)>,
}

impl Rows {
    /// Adds a row; inner objects give names with a point.
    pub(super) fn push(&mut self, row: Vec<(String, Node)>) {
        self.cells("", row);
        self.count += 1;
    }

    fn cells(&mut self, before: &str, row: Vec<(String, Node)>) {
        for (name, node) in row {
            match node {
                Node::Number(number) => self.cell(joined(before, &name), number),
                Node::Object(inner) => self.cells(&joined(before, &name), inner),
                Node::Numbers(numbers) if numbers.len() <= 4 => {
                    let named = |at: usize| joined(&joined(before, &name), ["x", "y", "z", "w"][at]);
                    numbers.into_iter().enumerate().for_each(|(at, number)| self.cell(named(at), number));
                }
                _ => self.cell(joined(before, &name), f64::NAN),
            }
        }
    }

    fn cell(&mut self, name: String, number: f64) {
        let next = self.columns.len();
        let known = self.names.get(&name).copied();
        if known.is_none() && next < WIDTH {
            self.names.insert(name.clone(), next);
            self.columns.push((name, Vec::new()));
        }
        if let Some((_, cells)) = self.columns.get_mut(known.unwrap_or(next)).filter(|_| number.is_finite()) {
            cells.push((self.count, number));
        }
    }

    /// Names of the columns.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(name, _)| name.as_str())
    }

    /// The column, not a number where a row has none.
    pub(super) fn column(&self, at: usize) -> Vec<f64> {
        let mut column = vec![f64::NAN; self.count];
        self.columns[at].1.iter().for_each(|(row, number)| column[*row] = *number);
        column
    }
}

/// Two names, with a point between them.
pub(super) fn joined(before: &str, name: &str) -> String {
    if before.is_empty() { name.to_owned() } else { format!("{before}.{name}") }
}

struct Any;

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

impl<'de> Visitor<'de> for Any {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        while let Some((name, node)) = map.next_entry::<String, Node>()? {
            members.push((name.chars().take(NAME).collect(), node));
        }
        Ok(Node::Object(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Node, A::Error> {
        let Some(first) = array.next_element::<Node>()? else { return Ok(Node::Other) };
        match first {
            Node::Number(number) => numbers(array, vec![number]),
            Node::Other => numbers(array, vec![f64::NAN]),
            Node::Text(text) => texts(array, text),
            Node::Object(row) => rows(array, row),
            Node::Numbers(row) => matrix(array, row),
            _ => rest(array),
        }
    }
}

fn numbers<'de, A: SeqAccess<'de>>(mut array: A, mut numbers: Vec<f64>) -> Result<Node, A::Error> {
    while let Some(node) = array.next_element()? {
        match node {
            Node::Number(number) => numbers.push(number),
            Node::Other => numbers.push(f64::NAN),
            _ => return rest(array),
        }
    }
    Ok(Node::Numbers(numbers))
}

fn texts<'de, A: SeqAccess<'de>>(mut array: A, first: String) -> Result<Node, A::Error> {
    let mut texts = vec![first];
    while let Some(node) = array.next_element()? {
        match node {
            Node::Text(text) if texts.len() < TEXTS => texts.push(text),
            Node::Text(_) => {}
            _ => return rest(array),
        }
    }
    Ok(Node::Texts(texts))
}

fn rows<'de, A: SeqAccess<'de>>(mut array: A, first: Vec<(String, Node)>) -> Result<Node, A::Error> {
    let mut rows = Rows::default();
    rows.push(first);
    while let Some(node) = array.next_element()? {
        match node {
            Node::Object(row) => rows.push(row),
            _ => return rest(array),
        }
    }
    Ok(Node::Rows(Box::new(rows)))
}

fn matrix<'de, A: SeqAccess<'de>>(mut array: A, first: Vec<f64>) -> Result<Node, A::Error> {
    let (width, mut values) = (first.len(), first);
    while let Some(node) = array.next_element()? {
        match node {
            Node::Numbers(row) if row.len() == width => values.extend(row),
            _ => return rest(array),
        }
    }
    Ok(if width <= WIDTH || values.len() / width <= WIDTH { Node::Matrix { width, values } } else { Node::Other })
}

/// Reads the rest of an array without keeping it.
fn rest<'de, A: SeqAccess<'de>>(mut array: A) -> Result<Node, A::Error> {
    while array.next_element::<IgnoredAny>()?.is_some() {}
    Ok(Node::Other)
}
