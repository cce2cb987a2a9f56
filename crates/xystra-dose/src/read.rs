//! Bytes become a recording. One dialect so far: a table of text.
//!
//! One header line names each column with its unit (`fx_N`, `force [N]`, `time (ms)`), one row follows per sample. Columns
//! may come in any order, apart by comma, semicolon or tab; with the last two a decimal comma is understood. Lines that
//! start with `#` are comments. Read are time, force (one axis or x, y, z) and position (x, y, z); no other column is even
//! parsed, labels least of all.

mod column;
mod table;
mod text;
mod unit;

use std::io::Read;

use crate::error::Error;
use crate::recording::Recording;

/// Reads a table; `file` is the name that reports will show.
///
/// Errors name the line and column, and say what to do. A unit is never guessed.
pub fn csv(file: &str, mut reader: impl Read) -> Result<Recording, Error> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes)?;
    let text = text::decode(&bytes)?;
    table::read(file, &text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn table(header: &str, mark: char, row: impl Fn(usize) -> Vec<String>) -> String {
        let lines = (0..30).map(|i| row(i).join(&mark.to_string()));
        std::iter::once(header.to_owned()).chain(lines).collect::<Vec<_>>().join("\n")
    }

    fn read(text: &str) -> Result<Recording, Error> {
        csv("test.csv", text.as_bytes())
    }

    fn row(i: usize) -> Vec<String> {
        vec![format!("{}", i * 10), format!("{}", i * 2)]
    }

    #[test]
    fn units_are_converted() {
        let recording = read(&table("Time [ms],Force (kgf)", ',', row)).unwrap();
        assert!((recording.time_s()[3] - 0.03).abs() < 1e-12);
        assert!((recording.force_n()[3][2] - 6.0 * 9.80665).abs() < 1e-12);
        assert!(recording.is_one_axis());
    }

    #[test]
    fn a_decimal_comma_goes_with_semicolons() {
        let text = table("t_s;fz_N", ';', |i| vec![format!("0,{i:02}"), format!("-1,{i:02}")]);
        let recording = read(&text).unwrap();
        assert!((recording.force_n()[7][2] + 1.07).abs() < 1e-12);
        let mixed = text.replace("-1,07", "-1.07");
        assert!(matches!(read(&mixed), Err(Error::MixedDecimalMarks { line: 9, .. })));
    }

    #[test]
    fn labels_and_comments_are_never_parsed() {
        let text = table("# made up\n\nlabel,t_s,fz_N,phase_N,note", ',', |i| {
            vec!["\u{fffd}?!".into(), format!("{}", i), "1".into(), "x".into(), String::new()]
        });
        let recording = read(&text).unwrap();
        assert_eq!(recording.unread(), ["label", "phase_N", "note"]);
        assert_eq!(recording.notes(), ["made up"]);
    }

    #[test]
    fn nothing_in_a_label_stops_the_reading() {
        let text = table("time_us,fz_N,label", ',', |i| vec![format!("{}", i * 10_000), "1".into(), "\"wipe".into()]);
        assert_eq!(read(&text).unwrap().time_s().len(), 30);
        let latin = text
            .replace("us", "?s")
            .into_bytes()
            .iter()
            .map(|b| if *b == b'?' { 0xb5 } else { *b })
            .collect::<Vec<_>>();
        let recording = csv("latin-1", &latin[..]).unwrap();
        assert!((recording.rate_hz() - 100.0).abs() < 1e-6);
    }

    #[test]
    fn quotes_hold_a_name_together() {
        let recording = read(&table("\"time, s\",\"force, N\"", ',', row)).unwrap();
        assert_eq!(recording.channels(), ["time, s", "force, N"]);
    }

    #[test]
    fn a_unit_is_never_guessed() {
        assert!(matches!(read(&table("t_s,fz", ',', row)), Err(Error::MissingUnit { .. })));
        assert!(matches!(read(&table("time,fz_N", ',', row)), Err(Error::MissingUnit { .. })));
        assert!(matches!(read(&table("t_s,fz_raw", ',', row)), Err(Error::UnknownUnit { .. })));
        assert!(matches!(read(&table("t_s,fz_MN", ',', row)), Err(Error::UnknownUnit { .. })));
    }

    #[test]
    fn errors_name_line_and_column() {
        let broken =
            |cell: &str| table("t_s,fz_N", ',', |i| if i == 4 { vec!["40".into(), cell.into()] } else { row(i) });
        for cell in ["NaN", "inf", "", "1,2,3", "five", "1e999"] {
            let text = read(&broken(cell)).unwrap_err().to_string();
            assert!(text.contains("line 6"), "{text}");
        }
        let text = read(&broken("five")).unwrap_err().to_string();
        assert_eq!(text, "line 6, column \"fz_N\": \"five\" is not a finite number; repair or remove that line");
        let back = read(&table("t_s,fz_N", ',', |i| vec![format!("{}", if i == 9 { 3 } else { i }), "1".into()]));
        assert!(matches!(back, Err(Error::TimeBackwards { line: 11, .. })));
    }

    #[test]
    fn other_formats_are_named() {
        let said = |bytes: &[u8]| csv("x", bytes).unwrap_err().to_string();
        assert!(said(b"{\"Force\": [1, 2]}").contains("JSON"));
        assert!(said(b"<?xml version=\"1.0\"?>").contains("XML"));
        assert!(said(b"PK\x03\x04\0\0").contains("spreadsheet"));
        assert!(said(b"\x89PNG\0\x01\x02").contains("binary"));
        assert!(said(b"\xff\xfet\0").contains("UTF-16"));
        assert!(said(b"t_s,\xff\x01\x02\n").contains("binary"));
        assert!(matches!(csv("x", &b" \n"[..]), Err(Error::Empty)));
        assert!(matches!(csv("x", &b"t_s,fz_N\n"[..]), Err(Error::Empty)));
        assert!(matches!(csv("x", &b"0,1\n1,2\n"[..]), Err(Error::NoHeader { line: 1 })));
        assert!(matches!(csv("x", &b"t_s,px_m\n1,2\n"[..]), Err(Error::MissingColumn { quantity: "force", .. })));
        assert!(matches!(csv("x", &b"fz_N,px_m\n1,2\n"[..]), Err(Error::MissingColumn { quantity: "time", .. })));
        assert!(matches!(csv("x", &b"t_s,fz_N\n1,2\n"[..]), Err(Error::TooFewSamples { found: 1, .. })));
    }

    fn samples() -> impl Strategy<Value = Vec<[f64; 3]>> {
        prop::collection::vec(prop::array::uniform3(-200.0..200.0_f64), 20..60)
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = csv("x", &bytes[..]);
        }

        #[test]
        fn no_table_makes_it_panic(text in "(t_s|fz_N|[a-z]{0,3})[,;\t](fz_N|t_ms|px_m)\n([0-9eE.,;\t\"#\n -]{0,200})") {
            let _ = read(&text);
        }

        #[test]
        fn what_was_written_is_read(force in samples(), order in Just([0, 1, 2, 3]).prop_shuffle(), mark in 0..3_usize) {
            let names = ["t_s", "fx_N", "fy_N", "fz_N"];
            let mark = [",", ";", "\t"][mark];
            let line = |cells: [String; 4]| order.map(|i| cells[i].clone()).join(mark);
            let rows = force.iter().enumerate().map(|(i, f)| {
                line([format!("{}", i as f64 / 64.0), format!("{:?}", f[0]), format!("{:?}", f[1]), format!("{:?}", f[2])])
            });
            let text: Vec<String> = std::iter::once(line(names.map(str::to_owned))).chain(rows).collect();
            let recording = read(&text.join("\r\n")).unwrap();
            prop_assert_eq!(recording.force_n(), &force[..]);
            prop_assert!((recording.rate_hz() - 64.0).abs() < 1e-9);
        }
    }
}
