//! A trial as a file: one row for each client and visit.

use std::collections::BTreeMap;

use super::scale::Named;
use crate::Error;

/// A row that holds an answer, or says that one is missing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) id: String,
    pub(super) weeks: f64,
    pub(super) arm: String,
    pub(super) score: Option<f64>,
    pub(super) scale: String,
}

/// Words for a missing score.
const MISSING: [&str; 7] = ["", "na", "n/a", "nan", "null", "none", "."];
/// Faults that are named before the rest is only counted.
const NAMED: usize = 5;
const COLUMNS: [&str; 5] = ["id", "time_weeks", "arm", "score", "scale"];

/// Reads all rows; columns in any order, others left aside; separated by commas, semicolons or tabs.
///
/// # Errors
/// Every fault with its line and column, the first five by name.
pub(super) fn read(file: &str, text: &str) -> Result<Vec<Row>, Error> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().find(|mark| first.contains(char::from(*mark))).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let refuse = |what: String| Error::File { file: file.to_owned(), what };
    let header = reader.headers().map_err(|error| refuse(error.to_string()))?.clone();
    let places = columns(&header).map_err(&refuse)?;
    let mut faults = Vec::new();
    let mut rows = Vec::new();
    for (i, record) in reader.records().enumerate() {
        let record = record.map_err(|error| refuse(error.to_string()))?;
        let line = record.position().map_or(i as u64 + 2, csv::Position::line);
        let field = |column: usize| places[column].and_then(|place| record.get(place)).unwrap_or_default().trim();
        if record.iter().all(|value| value.trim().is_empty()) {
            continue;
        }
        match row(line, &[0, 1, 2, 3, 4].map(field)) {
            Ok(row) => rows.push(row),
            Err(fault) => faults.push(fault),
        }
    }
    faults.extend(clashes(&rows));
    match (faults.is_empty(), rows.is_empty()) {
        (true, false) => Ok(rows),
        (true, true) => Err(refuse("there is no row below the header".to_owned())),
        _ => Err(refuse(told(&faults))),
    }
}

/// Where each column stands; only the arm may be left out.
fn columns(header: &csv::StringRecord) -> Result<[Option<usize>; 5], String> {
    let place = |name: &str| header.iter().position(|title| title.trim().eq_ignore_ascii_case(name));
    let places = COLUMNS.map(place);
    match COLUMNS.iter().zip(places).find(|(name, place)| place.is_none() && **name != "arm") {
        None => Ok(places),
        Some((name, _)) => {
            let there: Vec<&str> = header.iter().collect();
            Err(format!(
                "line 1: there is no column \"{name}\"; needed are id, time_weeks, score and scale, and arm where there are several; there \
                 are: {}",
                there.join(", ")
            ))
        }
    }
}

fn row(line: u64, [id, weeks, arm, score, scale]: &[&str; 5]) -> Result<Row, String> {
    if id.is_empty() {
        return Err(format!("line {line}, id: it is empty; say which client"));
    }
    let at = number(weeks).ok_or_else(|| format!("line {line}, time_weeks: \"{weeks}\" is not a number of weeks"))?;
    if at < 0.0 {
        return Err(format!(
            "line {line}, time_weeks: {weeks} lies before entry; count weeks from the first visit, which is 0"
        ));
    }
    let score = answer(line, score)?;
    let known = Named::parse(scale).map_err(|error| format!("line {line}, scale: {error}"))?;
    if let Some(value) = score.filter(|value| !known.holds(*value)) {
        return Err(format!(
            "line {line}, score: {value} is outside the scale {scale} ({} to {}); correct it or leave it empty",
            known.least, known.most
        ));
    }
    Ok(Row { line, id: (*id).to_owned(), weeks: at, arm: (*arm).to_owned(), score, scale: (*scale).to_owned() })
}

fn answer(line: u64, score: &str) -> Result<Option<f64>, String> {
    if MISSING.contains(&score.to_lowercase().as_str()) {
        return Ok(None);
    }
    let wrong = || format!("line {line}, score: \"{score}\" is not a number; leave it empty where it is missing");
    number(score).map(Some).ok_or_else(wrong)
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// Rows that say different things of the same client.
fn clashes(rows: &[Row]) -> Vec<String> {
    let mut arms: BTreeMap<&str, &Row> = BTreeMap::new();
    let mut answers: BTreeMap<(&str, &str, u64), &Row> = BTreeMap::new();
    let mut faults = Vec::new();
    for row in rows {
        let first = *arms.entry(&row.id).or_insert(row);
        if first.arm != row.arm {
            let (id, arm, line) = (&row.id, &row.arm, row.line);
            faults.push(format!(
                "line {line}, arm: client {id} is in \"{arm}\" here and in \"{}\" on line {}",
                first.arm, first.line
            ));
        }
        let before = row.score.and_then(|_| answers.insert((&row.id, &row.scale, row.weeks.to_bits()), row));
        if let Some(before) = before {
            let (id, weeks, line) = (&row.id, row.weeks, row.line);
            faults.push(format!(
                "line {line}: client {id} has a score at week {weeks} already, on line {}; keep one",
                before.line
            ));
        }
    }
    faults
}

fn told(faults: &[String]) -> String {
    let named = faults.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
    match faults.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named}; and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        read("t.csv", text).unwrap_err().to_string()
    }

    #[test]
    fn rows_are_read_in_any_order_and_missing_is_missing() {
        let text = "\u{feff}Scale;score;ID;time_weeks;extra\n0-10;7;a;0;x\n0-10;;a;6;\n0-10;NA;b;6;\n;;;;\n";
        let rows = read("t.csv", text).unwrap();
        assert_eq!(rows.iter().map(|row| row.score).collect::<Vec<_>>(), [Some(7.0), None, None]);
        assert_eq!((rows[1].line, rows[2].id.as_str(), rows[0].arm.as_str()), (3, "b", ""));
    }

    #[test]
    fn faults_name_file_line_and_column() {
        let head = "id,time_weeks,arm,score,scale\n";
        let of = |rows: &str| refusal(&format!("{head}{rows}"));
        assert_eq!(
            of("a,0,x,14,0-10\n"),
            "t.csv: line 2, score: 14 is outside the scale 0-10 (0 to 10); correct it or leave it empty"
        );
        assert!(of("a,0,x,3,0-10\na,-2,x,3,0-10\n").contains("line 3, time_weeks: -2 lies before entry"));
        assert!(
            of("a,0,x,3,0-10\na,0,x,4,0-10\n").contains("line 3: client a has a score at week 0 already, on line 2")
        );
        assert!(
            of("a,0,x,3,0-10\na,6,y,4,0-10\n")
                .contains("line 3, arm: client a is in \"y\" here and in \"x\" on line 2")
        );
        assert!(
            of("a,0,x,3,mood\n").contains("line 2, scale: there is no scale \"mood\"; known: two ends such as 0-10")
        );
        assert!(of("a,0,x,bad,0-10\n").contains("\"bad\" is not a number; leave it empty"));
        assert!(
            of(",0,x,1,0-10\n").contains("line 2, id") && of("a,soon,x,1,0-10\n").contains("\"soon\" is not a number")
        );
        assert!(of(&"a,0,x,11,0-10\n".repeat(7)).ends_with("; and 2 more"));
        assert!(refusal("id,weeks\n").contains("no column \"time_weeks\""));
        assert!(refusal(head).contains("no row below the header"));
    }
}
