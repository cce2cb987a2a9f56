//! JSON in its many layouts; real files when they are at hand.

use xystra_dose::read::{self, Reading};
use xystra_dose::{Error, IssueKind, Recording};

use crate::shared::bytes;

fn whole(text: &str, how: &Reading) -> Result<Recording, Error> {
    read::whole("test.json", text.as_bytes(), how)
}

fn list(of: impl Fn(usize) -> String) -> String {
    format!("[{}]", (0..30).map(of).collect::<Vec<_>>().join(", "))
}

/// Thirty samples at 100 Hz with a force of `3 * i` N.
fn check(recording: &Recording) {
    assert_eq!(recording.samples.len(), 30);
    for (at, force_n) in recording.samples.force_n.iter().enumerate() {
        assert!((force_n[2] - 3.0 * at as f64).abs() < 1e-9, "{force_n:?}");
    }
    assert!((recording.rate_hz() - 100.0).abs() < 1e-6, "{}", recording.rate_hz());
}

fn time_ms(at: usize) -> String {
    format!("{}", at * 10)
}

fn force(at: usize) -> String {
    format!("{}", at * 3)
}

#[test]
fn columns_with_units_in_names_in_metadata_and_beside() {
    let (time, force) = (list(time_ms), list(force));
    let plain = Reading::default();
    check(&whole(&format!("{{\"time [ms]\": {time}, \"Fz (N)\": {force}}}"), &plain).unwrap());
    let units = format!("{{\"units\": {{\"Time\": \"ms\", \"Force\": \"N\"}}, \"Time\": {time}, \"Force\": {force}}}");
    check(&whole(&units, &plain).unwrap());
    check(&whole(&format!("{{\"t\": {time}, \"t_unit\": \"ms\", \"f\": {force}, \"fUnit\": \"N\"}}"), &plain).unwrap());
    let nested = format!(
        "{{\"meta\": {{\"who\": [1, 2]}}, \"data\": {{\"time\": {{\"unit\": \"ms\", \"values\": {time}}}, \"force\": {{\"unit\": \"N\", \"values\": {force}}}}}}}"
    );
    let recording = whole(&nested, &plain).unwrap();
    check(&recording);
    assert_eq!(recording.header.unread, ["meta.who"]);
}

#[test]
fn the_rate_tells_the_unit_of_the_clock_and_stands_for_a_missing_one() {
    let (time, force) = (list(time_ms), list(force));
    check(
        &whole(&format!("{{\"SamplingRate\": 100, \"Time\": {time}, \"Force_N\": {force}}}"), &Reading::default())
            .unwrap(),
    );
    check(&whole(&format!("{{\"fs\": 100.0, \"Force_N\": {force}}}"), &Reading::default()).unwrap());
    let odd = format!("{{\"SamplingRate\": 70, \"Time\": {time}, \"Force_N\": {force}}}");
    assert!(matches!(whole(&odd, &Reading::default()), Err(Error::MissingUnit { quantity: "time", .. })));
    let none = format!("{{\"Force_N\": {force}}}");
    assert!(matches!(whole(&none, &Reading::default()), Err(Error::MissingColumn { quantity: "time", .. })));
}

#[test]
fn rows_lines_and_matrices() {
    let row = |at: usize| format!("{{\"t_ms\": {}, \"force\": {{\"z_N\": {}}}, \"label\": \"wipe\"}}", at * 10, at * 3);
    let plain = Reading::default();
    check(&whole(&list(row), &plain).unwrap());
    check(&whole(&format!("{{\"device\": \"D1\", \"samples\": {}}}", list(row)), &plain).unwrap());
    let lines = (0..30).map(row).collect::<Vec<_>>().join("\n");
    let recording = whole(&lines, &plain).unwrap();
    check(&recording);
    assert_eq!(recording.header.format, "JSON, rows");
    assert_eq!(recording.header.unread, ["label"]);
    let cells = list(|at| format!("[{}, {}]", at * 10, at * 3));
    check(&whole(&format!("{{\"columns\": [\"t_ms\", \"fz_N\"], \"data\": {cells}}}"), &plain).unwrap());
    let wide = format!(
        "{{\"column_names\": [\"t\", \"fz\"], \"units\": [\"ms\", \"N\"], \"data\": [{}, {}]}}",
        list(time_ms),
        list(force)
    );
    check(&whole(&wide, &plain).unwrap());
}

#[test]
fn what_is_no_number_is_left_out_and_said() {
    let force = list(|at| if at == 7 { "null".to_owned() } else { force(at) });
    let recording = whole(&format!("{{\"t_ms\": {}, \"fz_N\": {force}}}", list(time_ms)), &Reading::default()).unwrap();
    assert_eq!(recording.samples.len(), 29);
    assert!(recording.issues.iter().any(|issue| issue.kind == IssueKind::LostRows));
    let labels =
        format!("{{\"t_ms\": {}, \"fz_N\": {}, \"label\": {}}}", list(time_ms), list(self::force), list(force_word));
    assert!(whole(&labels, &Reading::default()).unwrap().header.channels.iter().all(|channel| channel.name != "label"));
}

#[test]
fn a_recording_of_mostly_unusable_rows_is_refused() {
    let back = list(|at| format!("{}", 1000 - at * 10));
    let said = whole(&format!("{{\"t_ms\": {back}, \"fz_N\": {}}}", list(force)), &Reading::default())
        .unwrap_err()
        .to_string();
    assert!(said.contains("29 of 30 rows"), "{said}");
}

fn force_word(at: usize) -> String {
    format!("\"w{at}\"")
}

#[test]
fn faults_name_their_line() {
    let text = whole("{\"t_ms\": [1, 2,\n 3, oops]}", &Reading::default()).unwrap_err().to_string();
    assert!(text.contains("JSON, line 2, column"), "{text}");
    let deep = "[".repeat(100_000);
    assert!(matches!(whole(&deep, &Reading::default()), Err(Error::Malformed { format: "JSON", .. })));
    assert!(matches!(whole("[]", &Reading::default()), Err(Error::MissingColumn { .. })));
}

#[test]
fn a_saturated_export_is_refused_without_its_unit_and_read_with_it() {
    let Some(file) = bytes("saturated/Manipulasyon_20260127_1951.json") else { return };
    let said = read::whole("m.json", &file, &Reading::default()).unwrap_err().to_string();
    assert!(said.contains("--unit force=kgf"), "{said}");
    let recording = read::whole("m.json", &file, &Reading::default().unit("force=kgf").unwrap()).unwrap();
    assert_eq!(recording.samples.len(), 4928);
    assert!((recording.rate_hz() - 1000.0).abs() < 0.1, "{}", recording.rate_hz());
    let largest = recording.samples.force_n.iter().map(|f| f[2].abs()).fold(0.0, f64::max);
    assert!((7_698.0..7_720.0).contains(&largest), "{largest}");
    assert_eq!(recording.header.unread, ["Angle"]);
    assert!(!format!("{:?}", recording.header).contains("Ogrenci"));
}

#[test]
fn a_pen_export_is_read_when_somebody_says_what_pressure_is() {
    let Some(file) = bytes("pen/signal.json") else { return };
    assert!(read::whole("signal.json", &file, &Reading::default()).is_err());
    let how = Reading::default().unit("time=s").unwrap().column("force.z=pressure").unwrap().unit("force=4N").unwrap();
    let recording = read::whole("signal.json", &file, &how).unwrap();
    assert_eq!(recording.samples.len(), 100);
    assert!((recording.samples.force_n[1][2] - 4.0 * 0.011_73).abs() < 1e-12);
    assert!((recording.samples.time_s[99] - 0.744).abs() < 1e-12);
    assert_eq!(recording.header.device.name.as_deref(), Some("Wacom Intuos 5 L"));
    assert!(recording.header.unread.contains(&"pen_status".to_owned()));
}
