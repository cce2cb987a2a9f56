//! What all targets do with their bytes.

use std::io::Cursor;

use xystra_dose::read::{self, Reading};

/// Reads the bytes in every way: what they hold, as they are, and with all that a user may say of them.
pub fn read(bytes: &[u8]) {
    let _ = read::streams(Cursor::new(bytes.to_vec()));
    for how in [Reading::default(), told()] {
        let Ok(mut source) = read::open("fuzz", Cursor::new(bytes.to_vec()), &how) else { continue };
        for _ in 0..2 {
            while let Ok(Some(samples)) = source.next_samples() {
                assert!(samples.time_s.windows(2).all(|w| w[1] >= w[0]));
                assert!(samples.force_n.is_empty() || samples.force_n.len() == samples.len());
            }
            let _ = (source.issues(), source.progress());
            if source.rewind().is_err() {
                return;
            }
        }
    }
}

/// Every unit that may be missing.
fn told() -> Reading {
    let units = [("time", "s"), ("force", "N"), ("acceleration", "g"), ("angular-rate", "deg/s"), ("position", "mm")];
    Reading { units: units.map(|(quantity, unit)| (quantity.into(), unit.into())).into(), ..Reading::default() }
}

/// Puts every line of the text into a cell of a table and compares what is read.
///
/// # Panics
/// When a number differs from that of [`str::parse`].
pub fn numbers(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let is_cell = |cell: &&str| cell.bytes().all(|byte| byte.is_ascii_graphic() && !b",\"#%/".contains(&byte));
    let cells: Vec<&str> = text.lines().filter(is_cell).filter(|cell| cell.parse().is_ok_and(f64::is_finite)).collect();
    let rows = cells.iter().enumerate().map(|(row, cell)| format!("{row},{cell}\n"));
    let table: String = std::iter::once("t_s,fz_N\n".to_owned()).chain(rows).collect();
    let Ok(mut source) = read::open("fuzz", Cursor::new(table.into_bytes()), &Reading::default()) else { return };
    let mut found = Vec::new();
    while let Ok(Some(samples)) = source.next_samples() {
        found.extend(samples.force_n.iter().map(|force| force[2]));
    }
    let expected = cells.iter().map(|cell| cell.parse::<f64>().unwrap_or(f64::NAN).to_bits());
    assert!(expected.eq(found.iter().map(|number| number.to_bits())), "{cells:?} {found:?}");
}
