//! Every file that the fuzz targets keep, read once more: recordings or refusals, never a panic.

use std::fs;
use std::path::PathBuf;

use xystra_dose::read::{self, Reading};

/// Every unit that may be missing.
fn told() -> Reading {
    let units = ["time=s", "force=N", "acceleration=g", "angular-rate=deg/s", "position=mm"];
    units.iter().fold(Reading::default(), |how, unit| how.unit(unit).expect("a unit"))
}

#[test]
fn kept_files_are_read_or_refused() {
    let corpora = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let folders = fs::read_dir(corpora).expect("the corpora are part of the project");
    let files = folders.flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap());
    let (mut read, mut refused) = (0, 0);
    for file in files {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        for how in [Reading::default(), told()] {
            match read::whole("kept", &bytes, &how) {
                Ok(recording) => {
                    assert!(recording.samples.time_s.windows(2).all(|w| w[0] <= w[1]));
                    read += 1;
                }
                Err(error) => {
                    assert!(!error.to_string().is_empty());
                    refused += 1;
                }
            }
        }
    }
    println!("{read} read, {refused} refused");
    assert!(read > 20 && refused > 5, "{read} read, {refused} refused");
}
