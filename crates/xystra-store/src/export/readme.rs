//! What lies in the folder, for a person (`README.md`) and for a spreadsheet (`dictionary.csv`).

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;

use super::dictionary::{Named, Sheeting, dictionary};
use super::{Making, at};
use crate::Error;

/// Names and rows of the tables that were written.
type Written = [(&'static str, u64)];

pub(super) fn write(folder: &Path, making: &Making<'_>, written: &Written) -> Result<(), Error> {
    let path = folder.join("README.md");
    fs::write(&path, text(making, written)).map_err(at(&path))?;
    let path = folder.join("dictionary.csv");
    let file = File::create_new(&path).map_err(at(&path))?;
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file);
    for line in lines(making) {
        csv.write_record(line).map_err(at(&path))?;
    }
    csv.flush().map_err(at(&path))
}

const COLUMNS: [&str; 7] = ["file", "column", "type", "unit", "meaning", "step", "left_out_because"];

/// Every column of every file, then every column and table that is left out.
fn lines(making: &Making<'_>) -> Vec<[String; 7]> {
    let mut lines = vec![COLUMNS.map(str::to_owned)];
    let files = dictionary().files();
    for file in &files {
        let row = |column: &&super::dictionary::Column| {
            let unit = if column.kind == "local time" { &making.zone_name } else { &column.unit };
            [file.name, &column.name, &column.kind, unit, &column.meaning, file.step, ""].map(str::to_owned)
        };
        lines.extend(file.columns.iter().map(row));
        let left_out = |(column, reason): &Named| [file.name, column, "", "", "", file.step, reason].map(str::to_owned);
        lines.extend(file.excluded.iter().map(left_out));
    }
    let everywhere = |(column, reason): &Named| ["every file", column, "", "", "", "", reason].map(str::to_owned);
    lines.extend(dictionary().everywhere.iter().map(everywhere));
    let tables = dictionary().left_out.iter();
    lines.extend(tables.map(|left| [&left.table, "every column", "", "", "", "", &left.reason].map(str::to_owned)));
    lines
}

fn text(making: &Making<'_>, written: &Written) -> String {
    let mut text = format!(
        "# {}: everything that was kept\n\n\
         Written {} by Xystra {} (schema {}). **It holds health data in the clear: keep it safe.**\n\n\
         * `csv/` has each table for a spreadsheet: UTF-8, a comma between cells, the first row names the columns (RFC 4180).\n\
         * `jsonl/` has the same tables for programs: one JSON object a line, with the same names. Nothing in it is changed.\n\
         * `recordings/` has the recordings of instrumented tools as they came; `recording` has the SHA-256 of each.\n\
         * `dictionary.csv` has what follows here as a table.\n\n\
         In CSV a cell that a spreadsheet would take for a formula (one that begins with `=`, `+`, `-`, `@`, a tab or the end of a \
         line, and is not a plain number) has an apostrophe in front. Take the JSON lines where every letter counts.\n\n\
         Local times are those of {}.\n\n## Types\n\n| type | how it is written |\n|---|---|\n",
        making.practice,
        making.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        making.program,
        making.schema,
        making.zone_name
    );
    for (kind, meaning) in &dictionary().types {
        let _ = writeln!(text, "| {kind} | {meaning} |");
    }
    text.push_str("\n## Tables\n\n| table | rows | what a row is |\n|---|---|---|\n");
    let files = dictionary().files();
    for (file, (_, rows)) in files.iter().zip(written) {
        let _ = writeln!(text, "| [{0}](#{0}) | {rows} | {1} |", file.name, file.meaning);
    }
    for file in &files {
        table(&mut text, file);
    }
    measures(&mut text);
    left_out(&mut text);
    text
}

fn table(text: &mut String, file: &Sheeting) {
    let _ = write!(
        text,
        "\n### {}\n\n{}\n\n| column | type | unit | meaning |\n|---|---|---|---|\n",
        file.name, file.meaning
    );
    for column in &file.columns {
        let _ = writeln!(text, "| {} | {} | {} | {} |", column.name, column.kind, column.unit, column.meaning);
    }
    if !file.excluded.is_empty() {
        let reasons = file.excluded.iter().map(|(column, reason)| format!("`{column}` ({reason})"));
        let _ = writeln!(text, "\nLeft out: {}.", reasons.collect::<Vec<_>>().join("; "));
    }
}

/// The units of measured values, which stand in no row.
fn measures(text: &mut String) {
    text.push_str("\n## Measures\n\n| measure | what it is | unit | from | to |\n|---|---|---|---|---|\n");
    for measure in &xystra_catalog::catalog().measures {
        let (id, name, unit) = (&measure.id, &measure.name, &measure.unit);
        let _ = writeln!(text, "| {id} | {name} | {unit} | {} | {} |", measure.min, measure.max);
    }
}

fn left_out(text: &mut String) {
    text.push_str("\n## Left out\n\n| table | why |\n|---|---|\n");
    for left in &dictionary().left_out {
        let _ = writeln!(text, "| {} | {} |", left.table, left.reason);
    }
    for (column, reason) in &dictionary().everywhere {
        let _ = writeln!(text, "| the column `{column}` of every table | {reason} |");
    }
}
