//! What stands before the rows of a table: comments, what a program says of itself, names, units.

use std::borrow::Cow;

use super::dialect::{DELIMITERS, Delimiter, is_comment, text};
use super::reading::Reading;
use super::{column, stamp, unit};
use crate::channel::Quantity;
use crate::error::Error;

/// Most lines before the rows that are looked at.
const LINES: usize = 20_000;

/// Most lines that are kept as notes, and how much of each.
const NOTES: usize = 200;
const NOTE: usize = 400;

/// The names of a pen's columns, which its files do not write.
const PEN: [&str; 7] = ["x", "y", "time", "pen_status", "azimuth", "tilt", "pressure"];

/// What stands before the rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Head {
    pub(super) delimiter: Delimiter,
    /// Names of the columns; empty for a delimiter at the line's end.
    pub(super) names: Vec<String>,
    /// The row of units below the names.
    pub(super) units: Option<Vec<String>>,
    /// All other lines before the rows, without their marks.
    pub(super) notes: Vec<String>,
    /// Where the rows begin, bytes and lines from the start of the block.
    pub(super) bytes: usize,
    pub(super) lines: u64,
    /// The count of rows in the first line of a pen's file, which has no names.
    pub(super) pen_rows: Option<u64>,
}

struct Line<'a> {
    text: Cow<'a, str>,
    end: usize,
}

/// A row of names, where it stands and what stands below it.
struct Found {
    delimiter: Delimiter,
    names: Vec<String>,
    units: Option<Vec<String>>,
    /// The last line of the head.
    last: usize,
    /// The line of the names.
    at: usize,
}

impl Head {
    /// The head of the table whose first block is `block`.
    ///
    /// # Errors
    /// [`Error::NoHeader`] when rows of numbers come before any names; [`Error::Empty`].
    pub(super) fn of(block: &[u8], how: &Reading) -> Result<Self, Error> {
        let lines = lines(block);
        let content: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].is_content()).collect();
        let (pen_rows, found) = match pen(&lines, &content) {
            Some((rows, found)) => (Some(rows), found),
            None => (None, names(&lines, &content, how)?),
        };
        let others = lines.iter().take(found.at).map(|line| note(&line.text));
        let notes = others.filter(|note| !note.is_empty()).take(NOTES).collect();
        Ok(Self {
            delimiter: found.delimiter,
            names: found.names,
            units: found.units,
            notes,
            bytes: lines[found.last].end,
            lines: found.last as u64 + 1,
            pen_rows,
        })
    }
}

impl Line<'_> {
    fn is_content(&self) -> bool {
        !self.text.trim().is_empty() && !is_comment(self.text.as_bytes())
    }
}

fn lines(block: &[u8]) -> Vec<Line<'_>> {
    let mut end = 0;
    let lines = block.split_inclusive(|byte| *byte == b'\n').take(LINES);
    lines
        .map(|line| {
            end += line.len();
            Line { text: text(line.trim_ascii_end()), end }
        })
        .collect()
}

fn note(line: &str) -> String {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || "#%/".contains(c)).trim();
    line.chars().take(NOTE).collect()
}

/// A pen's file: a count, then rows of seven numbers.
fn pen(lines: &[Line<'_>], content: &[usize]) -> Option<(u64, Found)> {
    let (count, row) = (*content.first()?, *content.get(1)?);
    let cells = Delimiter::Blanks.texts(&lines[row].text);
    let rows = lines[count].text.trim().parse().ok()?;
    let names = PEN.map(str::to_owned).to_vec();
    let found = Found { delimiter: Delimiter::Blanks, names, units: None, last: count, at: count };
    (cells.len() == PEN.len() && cells.iter().all(|cell| is_number(cell))).then_some((rows, found))
}

fn names(lines: &[Line<'_>], content: &[usize], how: &Reading) -> Result<Found, Error> {
    for (nth, at) in content.iter().enumerate() {
        if let Some(names) = header(lines, *at, &content[nth + 1..], how) {
            return Ok(names);
        }
        if let Some(delimiter) = row(&lines[*at].text) {
            let before = content[..nth].last().copied();
            return above(lines, *at, before, delimiter).ok_or(Error::NoHeader { line: *at as u64 + 1 });
        }
    }
    anything(lines, content).ok_or(Error::Empty)
}

/// The names in line `at`, if it is one: no numbers, something known, and numbers in the lines `below`.
fn header(lines: &[Line<'_>], at: usize, below: &[usize], how: &Reading) -> Option<Found> {
    let fitting = |is_strict: bool| {
        DELIMITERS.into_iter().find_map(|delimiter| {
            let below_cells = |nth: usize| below.get(nth).map(|at| delimiter.texts(&lines[*at].text));
            let first = below_cells(0);
            let names = split(&lines[at].text, delimiter, first.as_ref().map(Vec::len))?;
            let is_known = names.iter().any(|name| means(name, how)) && !names.iter().any(|name| is_value(name));
            let units = first.filter(|cells| is_units(cells, &names));
            let skipped = usize::from(units.is_some());
            let rows: Vec<Vec<String>> = (skipped..skipped + 2).filter_map(below_cells).collect();
            let fits = |cells: &Vec<String>| {
                let is_as_wide = cells.len() == names.len() || bare(cells) == bare(&names);
                cells.iter().any(|cell| is_value(cell)) && (is_as_wide || !is_strict)
            };
            let is_enough = names.len() > 1 || !rows.is_empty();
            let last = if skipped == 1 { below[0] } else { at };
            (is_known && is_enough && rows.iter().all(fits)).then_some(Found { delimiter, names, units, last, at })
        })
    };
    fitting(true).or_else(|| fitting(false))
}

/// The cells without empty ones at the end.
pub(super) fn bare(cells: &[String]) -> usize {
    cells.len() - cells.iter().rev().take_while(|cell| cell.is_empty()).count()
}

/// The names in a line. Names apart by blanks may hold single blanks: then two or more are the mark, or a unit in brackets belongs
/// to the name before it.
fn split(line: &str, delimiter: Delimiter, expected: Option<usize>) -> Option<Vec<String>> {
    let names = delimiter.texts(line);
    if delimiter != Delimiter::Blanks || Some(names.len()) == expected {
        return (delimiter == Delimiter::Mark(b',') || names.len() > 1).then_some(names);
    }
    let wide: Vec<String> = line
        .split("  ")
        .flat_map(|part| part.split('\t'))
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    let mut joined: Vec<String> = Vec::new();
    for name in &names {
        match joined.last_mut() {
            Some(before) if name.starts_with(['(', '[']) => *before = format!("{before} {name}"),
            _ => joined.push(name.clone()),
        }
    }
    let fits = |names: &Vec<String>| Some(names.len()) == expected && names.len() > 1;
    [wide, joined].into_iter().find(fits)
}

/// Does the name say something, or does the user name it?
fn means(name: &str, how: &Reading) -> bool {
    let is_mapped = how.map.values().any(|mapped| {
        mapped.trim().eq_ignore_ascii_case(name) || mapped.trim().eq_ignore_ascii_case(column::parted(name).0)
    });
    let said = column::parse(name);
    let is_clear = |said: &column::Said| match &said.unit {
        None => true,
        Some(unit) => {
            said.meaning.quantity == Quantity::Time
                || unit::factor(said.meaning.quantity, unit).is_some()
                || !unit.contains(' ')
        }
    };
    is_mapped || said.as_ref().is_some_and(is_clear)
}

/// Is it a row of units: nothing but units, dashes and blanks, and at least one that is understood?
fn is_units(cells: &[String], names: &[String]) -> bool {
    let is_unit = |cell: &String| {
        Quantity::all().any(|quantity| quantity != Quantity::Orientation && unit::factor(quantity, cell).is_some())
    };
    let is_plain = |cell: &String| !is_value(cell) && cell.chars().count() <= 12;
    cells.len().abs_diff(names.len()) <= 1 && cells.iter().all(is_plain) && cells.iter().any(is_unit)
}

/// The delimiter of a row that holds two or more numbers and nothing else.
fn row(line: &str) -> Option<Delimiter> {
    let is_row = |delimiter: &Delimiter| {
        let cells = delimiter.texts(line);
        let filled: Vec<&String> = cells.iter().filter(|cell| !cell.is_empty()).collect();
        filled.len() > 1 && filled.iter().all(|cell| is_value(cell))
    };
    DELIMITERS.into_iter().find(is_row)
}

/// Names that nothing else recognised, just above the first row: in a comment, or in words that mean nothing here.
fn above(lines: &[Line<'_>], row: usize, before: Option<usize>, delimiter: Delimiter) -> Option<Found> {
    let expected = delimiter.texts(&lines[row].text).len();
    let comment = (0..row).rev().find(|at| is_comment(lines[*at].text.as_bytes()));
    let in_comment = comment.and_then(|at| Some((at, named(&note(&lines[at].text), delimiter, expected)?)));
    let in_comment = in_comment.filter(|(_, names)| names.iter().any(|name| column::parse(name).is_some()));
    let in_words = || before.and_then(|at| Some((at, named(&lines[at].text, delimiter, expected)?)));
    let (at, names) = in_comment.or_else(in_words)?;
    Some(Found { delimiter, names, units: None, last: row - 1, at })
}

fn named(line: &str, delimiter: Delimiter, expected: usize) -> Option<Vec<String>> {
    let same = split(line, delimiter, Some(expected));
    let any = || {
        DELIMITERS
            .into_iter()
            .find_map(|other| split(line, other, Some(expected)).filter(|names| names.len() == expected))
    };
    let names = same.filter(|names| names.len() == expected).or_else(any)?;
    (!names.iter().any(|name| is_value(name))).then_some(names)
}

/// The line that most likely holds the names, for want of anything better: what is wrong will be said of them.
fn anything(lines: &[Line<'_>], content: &[usize]) -> Option<Found> {
    let split = |at: usize| {
        let all = DELIMITERS.into_iter().filter(|delimiter| *delimiter != Delimiter::Blanks);
        let best = all.max_by_key(|delimiter| delimiter.texts(&lines[at].text).len())?;
        Some(Found { delimiter: best, names: best.texts(&lines[at].text), units: None, last: at, at })
    };
    let known = |names: &Found| names.names.len() > 1 && names.names.iter().any(|name| column::parse(name).is_some());
    let found = content.iter().filter_map(|at| split(*at)).find(known);
    found.or_else(|| split(*content.first()?))
}

/// Is the cell a number or a date?
pub(super) fn is_value(cell: &str) -> bool {
    is_number(cell) || stamp::date_time(cell).is_some()
}

fn is_number(cell: &str) -> bool {
    let is_plain = cell.bytes().any(|byte| byte.is_ascii_digit());
    is_plain && (cell.parse::<f64>().is_ok() || cell.replacen(',', ".", 1).parse::<f64>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> Head {
        Head::of(text.as_bytes(), &Reading::default()).unwrap()
    }

    #[test]
    fn delimiters_are_told_from_names() {
        let named = |text: &str| {
            let head = head(text);
            (head.delimiter.name(), head.names)
        };
        assert_eq!(named("t_s,fz_N\n0,1\n").0, "comma");
        assert_eq!(named("time, s;force, N\n0,01;1,5\n").0, "semicolon");
        assert_eq!(named("t_s\tfz_N\n0\t1\n").0, "tab");
        assert_eq!(named("t_s|fz_N\n0|1\n").0, "bar");
        assert_eq!(named("t_s   fz_N\n0   1\n").0, "blanks");
        assert_eq!(named("Time (s) Force (N)\n0 1\n").1, ["Time (s)", "Force (N)"]);
        assert_eq!(named("Time (s)   Force X (N)\n0 1\n").1, ["Time (s)", "Force X (N)"]);
    }

    #[test]
    fn what_stands_before_the_names_is_kept_as_notes() {
        let found = head("Device,T1\nSampling rate,1000\nOperator,Force plate\n\n# unit force: N\nt_s,fz\n0,1\n1,2\n");
        assert_eq!(found.names, ["t_s", "fz"]);
        assert_eq!(found.notes, ["Device,T1", "Sampling rate,1000", "Operator,Force plate", "unit force: N"]);
        assert_eq!(found.lines, 6);
    }

    #[test]
    fn units_may_stand_below_the_names() {
        let found = head("time;fx;fz;note\ns;N;N;-\n0;1;2;a\n1;2;3;b\n");
        assert_eq!(found.units.unwrap(), ["s", "N", "N", "-"]);
        assert_eq!(found.lines, 2);
    }

    #[test]
    fn names_may_stand_in_a_comment() {
        let found = head("# made by hand\n# t_s, fz_N\n0,1\n1,2\n");
        assert_eq!(found.names, ["t_s", "fz_N"]);
        assert_eq!(found.notes, ["made by hand"]);
        assert_eq!(head("% t_s fz_N\n0 1\n1 2\n").names, ["t_s", "fz_N"]);
    }

    #[test]
    fn a_pen_is_recognised() {
        let found = head("3\n52.8 81.3 0.0 1 510 520 0.1\n52.8 81.3 0.0 1 510 520 0.1\n");
        assert_eq!((found.pen_rows, found.lines), (Some(3), 1));
        assert_eq!(found.names[6], "pressure");
    }

    #[test]
    fn rows_without_names_are_refused() {
        assert!(matches!(Head::of(b"0,1\n1,2\n", &Reading::default()), Err(Error::NoHeader { line: 1 })));
        assert_eq!(head("a,b\n1,2\n").names, ["a", "b"]);
        assert_eq!(head("t_s,fz_N\n").names, ["t_s", "fz_N"]);
    }
}
