use std::fmt::Write as _;
use std::io::Cursor;

use super::*;
use crate::read::whole;
use crate::recording::Recording;

const NAMES: &str = "Time,ForceX,ForceY,ForceZ,ForceRez,YawG,PitchG,RollG,AccelX,AccelY,AccelZ,AccRMS,RST,GyroRMS,GyroX,GyroY,GyroZ,MagX,MagY,MagZ";

fn fields(time_s: f64, force_n: f64, count: i64) -> String {
    format!(
        "{time_s:.3},0.10,-0.20,{force_n:.2},{:.2},10.0,20.0,30.0,1.0,2.0,3.0,0.5,{count},0.1,0.1,0.2,0.3,20.0,0.0,-40.0",
        force_n.abs()
    )
}

/// A bout of `rows` samples from `from_s`, its invented decay and the reset.
fn bout(text: &mut String, from_s: f64, rows: u32) {
    let press = |i: u32| -4.0 + (f64::from(i) * 0.9).sin();
    for i in 0..rows {
        let _ = writeln!(text, "{}", fields(from_s + f64::from(i) * 0.01, press(i), 0));
    }
    let mut time_s = from_s + f64::from(rows) * 0.01;
    for i in 0..25 {
        let decayed = press(rows - 1) * 0.7_f64.powi(i + 1);
        let _ = writeln!(
            text,
            "{time_s:.3},{:.2},{:.2},{decayed:.2},{:.2},10.0,20.0,30.0,1.0,2.0,3.0,0.5,0,0.1,0.1,0.2,0.3,20.0,0.0,-40.0",
            0.1 * 0.7_f64.powi(i + 1),
            -0.2 * 0.7_f64.powi(i + 1),
            decayed.abs()
        );
        time_s += 0.01;
    }
    let _ = writeln!(text, "{}", fields(time_s, 0.0, 1));
}

fn session() -> String {
    let mut text = format!("{NAMES}\n");
    for n in 0..40 {
        let zeros = ["0.00"; 11].join(",");
        let _ = writeln!(text, "{:.2},{zeros},-1,0,0,0,0,0,0,0", f64::from(n - 360_000) / 100.0);
    }
    bout(&mut text, 0.0, 300);
    bout(&mut text, 4.0, 200);
    text
}

fn kinds(recording: &Recording) -> Vec<IssueKind> {
    recording.issues.iter().map(|issue| issue.kind).collect()
}

#[test]
fn the_viewers_inventions_are_left_out() {
    let recording = whole("viewer.csv", session().as_bytes(), &Reading::default()).unwrap();
    assert_eq!(recording.samples.len(), 500);
    assert!(recording.samples.force_n.iter().all(|force| force[2] <= -2.9));
    assert_eq!(
        kinds(&recording),
        [IssueKind::NotStarted, IssueKind::InventedRows, IssueKind::InventedRows, IssueKind::Mislabelled]
    );
    assert!(recording.issues[0].consequence.starts_with("40 rows"));
    assert!(recording.issues[1].consequence.starts_with("26 rows"));
    assert!((recording.issues[1].extent.start_s - 2.99).abs() < 1e-9);
    assert!((recording.issues[1].extent.end_s - 4.0).abs() < 1e-9);
    assert!(recording.samples.acceleration_m_s2.is_empty());
    assert_eq!(recording.samples.orientation.len(), 500);
    assert!(recording.header.format.contains("N and degrees"));
}

#[test]
fn angles_below_wrong_names_are_not_read_even_when_asked_for() {
    let how = Reading::default().unit("acceleration=g").unwrap();
    let recording = whole("viewer.csv", session().as_bytes(), &how).unwrap();
    assert!(recording.samples.acceleration_m_s2.is_empty());
    assert!(recording.header.unread.contains(&"YawS (labelled AccelX)".to_owned()));
    let how = Reading::default().unit("force=kgf").unwrap();
    assert!(matches!(whole("viewer.csv", session().as_bytes(), &how), Err(Error::UnitConflict { .. })));
}

#[test]
fn appended_sessions_are_told_by_their_clock() {
    let recording = whole("viewer.csv", session().repeat(2).as_bytes(), &Reading::default()).unwrap();
    assert_eq!(recording.samples.len(), 1000);
    assert_eq!(kinds(&recording).iter().filter(|kind| **kind == IssueKind::ClockReset).count(), 1);
    assert!(recording.samples.time_s.windows(2).all(|w| w[0] < w[1]));
}

#[test]
fn a_bout_that_ends_in_noise_loses_nothing() {
    let mut text = format!("{NAMES}\n");
    for i in 0..100 {
        let _ = writeln!(
            text,
            "{}",
            fields(f64::from(i) * 0.01, if i % 2 == 0 { 0.03 } else { -0.05 }, 0)
                .replace("0.10,-0.20", if i % 3 == 0 { "0.05,0.00" } else { "0.00,0.02" })
        );
    }
    let _ = writeln!(text, "{}", fields(1.0, 0.0, 1));
    let recording = whole("viewer.csv", text.as_bytes(), &Reading::default()).unwrap();
    assert_eq!(recording.samples.len(), 100);
}

fn log() -> String {
    let mut text = "Force-Motion DAQ\r\nStart Device\r\noffset average 12.3 mV, median 12.1 mV\r\n".to_owned();
    for i in 0..200 {
        let _ = write!(text, "T:Q1_{}\r\n", fields(f64::from(i) * 0.01, -3.0, i64::from(i >= 100)));
        if i == 100 {
            text.push_str("R:Q1_1.000, Button Val 1, Last Button Val 0, Button Count 1\r\nI:Q1_1.001, Reset Interval micros 100 buttonCnt 1\r\n");
        }
    }
    text
}

#[test]
fn serial_lines_are_read() {
    let recording = whole("serial.txt", log().as_bytes(), &Reading::default()).unwrap();
    assert_eq!(recording.samples.len(), 200);
    assert!(recording.issues.is_empty(), "{:?}", recording.issues);
    assert_eq!(recording.samples.force_n[5], [0.1, -0.2, -3.0]);
    let how = Reading::default().unit("acceleration=g").unwrap();
    assert_eq!(whole("serial.txt", log().as_bytes(), &how).unwrap().samples.acceleration_m_s2.len(), 200);
}

#[test]
fn garbled_lines_are_counted() {
    let text = log().replace("T:Q1_0.500,", "T:Q1_0.5\u{0}0,").replace("T:Q1_0.510,0.10", "T:Q1_0.510");
    let text = text.replace('\u{0}', "?");
    let recording = whole("serial.txt", text.as_bytes(), &Reading::default()).unwrap();
    assert_eq!(recording.samples.len(), 198);
    assert_eq!(kinds(&recording), [IssueKind::LostRows]);
    assert!(recording.issues[0].consequence.starts_with("2 lines"));
}

#[test]
fn a_source_gives_the_same_again() {
    let mut source = crate::read::open("viewer.csv", Cursor::new(session().into_bytes()), &Reading::default()).unwrap();
    let first = Recording::of(source.as_mut()).unwrap();
    assert_eq!(Recording::of(source.as_mut()).unwrap(), first);
    assert_eq!(source.progress(), Some(1.0));
}
