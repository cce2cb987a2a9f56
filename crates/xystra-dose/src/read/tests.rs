use proptest::prelude::*;

use super::*;
use crate::quality::IssueKind;

fn table(header: &str, mark: char, row: impl Fn(usize) -> Vec<String>) -> String {
    let lines = (0..30).map(|i| row(i).join(&mark.to_string()));
    std::iter::once(header.to_owned()).chain(lines).collect::<Vec<_>>().join("\n")
}

fn bytes(bytes: &[u8]) -> Result<Recording, Error> {
    whole("test.csv", bytes, &Reading::default())
}

fn read(text: &str) -> Result<Recording, Error> {
    bytes(text.as_bytes())
}

fn row(i: usize) -> Vec<String> {
    vec![format!("{}", i * 10), format!("{}", i * 2)]
}

/// Rows of time (ms) and force below a head.
fn below(head: &str) -> Result<Recording, Error> {
    read(&table(head, ',', row))
}

/// Is this the recording of [`row`] in ms and N?
fn is_usual(recording: &Recording) -> bool {
    let samples = &recording.samples;
    samples.len() == 30 && (samples.time_s[29] - 0.29).abs() < 1e-12 && samples.force_n[29] == [0.0, 0.0, 58.0]
}

fn kinds(recording: &Recording) -> Vec<IssueKind> {
    recording.issues.iter().map(|issue| issue.kind).collect()
}

#[test]
fn units_are_converted() {
    let recording = below("Time [ms],Force (kgf)").unwrap();
    assert!((recording.samples.time_s[3] - 0.03).abs() < 1e-12);
    assert!((recording.samples.force_n[3][2] - 6.0 * 9.80665).abs() < 1e-12);
    assert!(recording.is_one_axis());
}

#[test]
fn units_stand_in_many_places() {
    for head in [
        "time_ms,fz_N",
        "Time (ms),Force Z (N)",
        "Time/ms,Fz/N",
        "time in ms,F_z in N",
        "\"Time, ms\",\"Force, N\"",
        "Time,Force\nms,N",
        "Time,Force\n[ms],[N]",
        "# unit force: N\n# time unit = ms\nTime,Force",
        "# Units: ms, N\nTime,Force",
        "Device,T1\nForce unit,N\nTime unit,ms\n\nTime,Force",
        "% made by a logger\n// second line\n\nTime (ms),Force (N)",
        "# Time (ms), Force (N)",
        "Timestamp (ms),Load (N)",
        "\u{feff}time_ms,fz_N",
    ] {
        let recording = below(head).unwrap_or_else(|error| panic!("{head}: {error}"));
        assert!(is_usual(&recording), "{head}: {:?}", recording.header);
    }
}

#[test]
fn delimiters_and_line_ends_are_told() {
    for (mark, name) in [(',', "comma"), (';', "semicolon"), ('\t', "tab"), ('|', "bar"), (' ', "blanks")] {
        let text = table(&format!("time_ms{mark}fz_N"), mark, row);
        let recording = read(&text).unwrap();
        assert!(is_usual(&recording) && recording.header.format.contains(name), "{name}");
        for end in ["\r\n", "\r"] {
            assert!(is_usual(&read(&text.replace('\n', end)).unwrap()), "{name}");
        }
        let trailing = text.replace('\n', &format!("{mark}\n"));
        assert!(is_usual(&read(&trailing).unwrap()), "{name}, mark at the end");
        let in_rows = trailing.replacen(&format!("{mark}\n"), "\n", 1);
        assert!(is_usual(&read(&in_rows).unwrap()), "{name}, mark at the end of rows");
        assert!(is_usual(&read(&text.replace('\n', "\n\n# between\n")).unwrap()), "{name}, lines between");
    }
    let wide = table("  time_ms    fz_N", ' ', |i| vec![format!("   {}", i * 10), format!("  {}  ", i * 2)]);
    assert!(is_usual(&read(&wide).unwrap()));
    let named = table("Time (ms)   Force Z (N)", '\t', row);
    assert!(is_usual(&read(&named.replace('\t', "   ")).unwrap()));
}

#[test]
fn wide_characters_and_old_ones_are_read() {
    let text = table("Zeit [ms];Kraft [N];Bemerkung", ';', |i| [row(i), vec!["\u{e4}".into()]].concat());
    for (mark, little) in [(&b"\xff\xfe"[..], true), (b"\xfe\xff", false)] {
        let units = text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() });
        assert!(is_usual(&bytes(&mark.iter().copied().chain(units).collect::<Vec<_>>()).unwrap()));
    }
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert!(is_usual(&bytes(&latin).unwrap()));
}

#[test]
fn a_decimal_comma_goes_with_semicolons() {
    let text = table("t_s;fz_N", ';', |i| vec![format!("0,{i:02}"), format!("-1,{i:02}")]);
    let recording = read(&text).unwrap();
    assert!((recording.samples.force_n[7][2] + 1.07).abs() < 1e-12);
    assert!(recording.header.format.contains("decimal comma"));
    let mixed = text.replace("-1,07", "-1.07");
    assert!(matches!(read(&mixed), Err(Error::MixedDecimalMarks { line: 9, .. })));
}

#[test]
fn stamps_since_1970_are_exact_and_told_by_their_digits() {
    type Stamp = fn(u64) -> String;
    let cases: [(&str, &str, Stamp); 5] = [
        ("timestamp_ns,fz_N", "CSV, comma", |i| format!("{}", 1_706_374_296_195_324_001 + i * 10_000_001)),
        ("timestamp,fz_N", "counts ns", |i| format!("{}", 1_706_374_296_195_324_001 + i * 10_000_001)),
        ("timestamp,fz_N", "counts us", |i| format!("{}", 1_706_374_296_195_324 + i * 10_000)),
        ("timestamp,fz_N", "counts ms", |i| format!("{}", 1_706_374_296_195 + i * 10)),
        ("timestamp,fz_N", "counts s", |i| format!("{}.{:03}", 1_706_374_296, i * 10)),
    ];
    for (head, said, stamp) in cases {
        let text = table(head, ',', |i| vec![stamp(i as u64), "1".into()]);
        let recording = read(&text).unwrap();
        assert!(recording.header.format.contains(said), "{}", recording.header.format);
        let expected = if head.contains("_ns") || said.ends_with("ns") { 0.290_000_029 } else { 0.29 };
        assert!((recording.samples.time_s[29] - expected).abs() < 1e-15, "{said}");
    }
    let counter = table("time,fz_N", ',', |i| vec![format!("{}", 1_706_374_296 + i * 10_000), "1".into()]);
    assert!(matches!(read(&counter), Err(Error::MissingUnit { quantity: "time", .. })));
}

#[test]
fn dates_and_rates_are_clocks() {
    let dated = table("time,fz_N", ',', |i| vec![format!("2026-01-27T23:59:59.{:03}Z", i * 10), format!("{}", i * 2)]);
    assert!(is_usual(&read(&dated).unwrap()));
    let of_day = table("Time;Force (N)", ';', |i| vec![format!("12:30:00,{:03}", i * 10), format!("{}", i * 2)]);
    assert!(is_usual(&read(&of_day).unwrap()));
    let counted = table("# rate: 100 Hz\nsample,fz_N", ',', |i| vec![format!("{i}"), format!("{}", i * 2)]);
    assert!(is_usual(&read(&counted).unwrap()));
    let alone = table("Sampling rate,100\nfx_N,fz_N", ',', |i| vec!["0".into(), format!("{}", i * 2)]);
    let recording = read(&alone).unwrap();
    assert!(is_usual(&recording) && recording.header.format.contains("100 Hz"));
    assert!(matches!(read(&alone.replace("rate", "notes")), Err(Error::MissingColumn { quantity: "time", .. })));
}

#[test]
fn labels_and_comments_are_never_parsed() {
    let text = table("# made up\n\nlabel,t_s,fz_N,phase_N,note", ',', |i| {
        vec!["\u{fffd}?!".into(), format!("{i}"), "1".into(), "x".into(), String::new()]
    });
    let recording = read(&text).unwrap();
    assert_eq!(recording.header.unread, ["label", "phase_N", "note"]);
    assert_eq!(recording.header.notes, ["made up"]);
}

#[test]
fn nothing_in_a_label_stops_the_reading() {
    let text = table("time_us,fz_N,label", ',', |i| vec![format!("{}", i * 10_000), "1".into(), "\"wipe".into()]);
    assert_eq!(read(&text).unwrap().samples.len(), 30);
    let text = table("label,time_us,fz_N", ',', |i| vec!["\"a, b\"".into(), format!("{}", i * 10_000), "1".into()]);
    assert_eq!(read(&text).unwrap().samples.len(), 30);
}

#[test]
fn a_unit_is_never_guessed() {
    let said = |head: &str| below(head).unwrap_err();
    assert!(said("t_s,fz").to_string().contains("--unit force=kgf"));
    assert!(said("time,fz_N").to_string().contains("--unit time=ms"));
    assert!(matches!(said("t_s,fz_raw"), Error::UnknownUnit { .. }));
    assert!(matches!(said("t_s,fz_MN"), Error::UnknownUnit { .. }));
    assert!(matches!(said("# unit force: kgf\nt_s,fz_N"), Error::UnitConflict { .. }));
}

#[test]
fn motion_is_read_beside_force_and_without_it() {
    let motion = "Gyroscope X (deg/s),Gyroscope Y (deg/s),Gyroscope Z (deg/s),Acc_x(m/s^2),Acc_y(m/s^2),Acc_z(m/s^2)";
    let text = table(&format!("Time (s),{motion},note"), ',', |i| vec![format!("{i}"); 8]);
    let recording = read(&text).unwrap();
    assert!(recording.samples.force_n.is_empty());
    assert!((recording.samples.angular_rate_rad_s[10][1] - 10f64.to_radians()).abs() < 1e-12);
    assert_eq!(recording.samples.acceleration_m_s2[10], [10.0; 3]);
}

#[test]
fn errors_name_line_and_column() {
    let broken = |cell: &str| table("t_s,fz_N", ',', |i| if i == 4 { vec!["40".into(), cell.into()] } else { row(i) });
    for cell in ["NaN", "inf", "1,2,3", "five", "1e999"] {
        let text = read(&broken(cell)).unwrap_err().to_string();
        assert!(text.contains("line 6"), "{text}");
    }
    let text = read(&broken("five")).unwrap_err().to_string();
    assert_eq!(text, "line 6, column \"fz_N\": \"five\" is not a finite number; repair or remove that line");
    let back = read(&table("t_s,fz_N", ',', |i| vec![format!("{}", if i == 9 { 3 } else { i }), "1".into()]));
    assert!(matches!(back, Err(Error::TimeBackwards { line: 11, .. })));
}

#[test]
fn rows_without_force_are_left_out_and_reported() {
    let text = table("t_ms,fz_N,x_m,y_m", ',', |i| {
        let force = if (10..13).contains(&i) { String::new() } else { "1".into() };
        vec![format!("{}", i * 10), force, "0".into(), "0".into()]
    });
    let recording = read(&text).unwrap();
    assert_eq!(recording.samples.len(), 27);
    assert_eq!(kinds(&recording), [IssueKind::LostRows]);
    let issue = &recording.issues[0];
    assert!(issue.consequence.starts_with("3 rows") && (issue.share - 0.1).abs() < 1e-12);
    assert!((issue.extent.start_s - 0.09).abs() < 1e-12 && (issue.extent.end_s - 0.13).abs() < 1e-12);
}

#[test]
fn slower_force_or_motion_is_no_loss() {
    let cell = |is_there: bool, value: usize| if is_there { value.to_string() } else { String::new() };
    let row = |i: usize| format!("{},{},{i},0", i * 10, cell(i.is_multiple_of(5), i));
    let lines = std::iter::once("t_ms,fz_N,x_m,y_m".to_owned()).chain((0..200).map(row));
    let recording = read(&lines.collect::<Vec<_>>().join("\n")).unwrap();
    assert_eq!(recording.samples.len(), 40);
    assert!(recording.issues.is_empty() && recording.header.notes[0].contains("motion"));
    let slow_motion = table("t_ms,fz_N,x_m,y_m", ',', |i| {
        vec![format!("{}", i * 10), "1".into(), cell(i.is_multiple_of(4), i), cell(i.is_multiple_of(4), 0)]
    });
    let recording = read(&slow_motion).unwrap();
    assert!(recording.issues.is_empty());
    assert_eq!(recording.samples.position_m[6], [6.0, 0.0, 0.0]);
}

#[test]
fn a_cut_last_line_is_left_out_and_a_ragged_one_is_not() {
    let text = table("t_ms,fx_N,fz_N", ',', |i| vec![format!("{}", i * 10), "0".into(), "1".into()]);
    let recording = read(&format!("{text}\n300,0")).unwrap();
    assert_eq!((recording.samples.len(), kinds(&recording)), (30, vec![IssueKind::LostRows]));
    assert!(matches!(read(&format!("{text}\n300,0\n")), Err(Error::Ragged { line: 32, expected: 3, found: 2 })));
}

#[test]
fn a_clock_set_anew_is_reported_and_bridged() {
    let text = table("t_ms,fz_N", ',', row);
    let again = text.clone() + "\n" + &text;
    let recording = read(&again).unwrap();
    assert_eq!((recording.samples.len(), kinds(&recording)), (60, vec![IssueKind::ClockReset]));
    assert!(recording.samples.time_s[30] - recording.samples.time_s[29] > 0.1);
}

#[test]
fn pens_are_read_with_the_users_units_only() {
    let row = |i: u32| format!("{} 7509 {} 1 1190 720 {i}", 4034 + i, 354_642_400 + 8 * i);
    let text = std::iter::once("30".to_owned()).chain((0..30).map(row)).collect::<Vec<_>>().join("\n");
    assert!(read(&text).unwrap_err().to_string().contains("--unit force=0.05N"));
    let how =
        Reading::default().unit("time=ms").unwrap().unit("position=0.005mm").unwrap().unit("force=0.05N").unwrap();
    let recording = whole("a.svc", text.as_bytes(), &how).unwrap();
    assert!((recording.samples.force_n[20][2] - 1.0).abs() < 1e-12);
    assert!((recording.samples.time_s[29] - 0.232).abs() < 1e-12);
    assert_eq!(recording.samples.position_m[0][2], 0.0);
    assert_eq!(recording.header.unread, ["pen_status", "azimuth", "tilt"]);
}

#[test]
fn other_formats_are_named() {
    let said = |content: &[u8]| bytes(content).unwrap_err().to_string();
    assert!(said(b"<?xml version=\"1.0\"?>").contains("XML"));
    assert!(said(b"PK\x03\x04\0\0").contains("spreadsheet"));
    assert!(said(b"\x89PNG\0\x01\x02").contains("binary"));
    assert!(said(b"t_s,\xff\x01\x02\n").contains("binary"));
    assert!(matches!(bytes(b" \n"), Err(Error::Empty)));
    assert!(matches!(bytes(b"t_s,fz_N\n"), Err(Error::Empty)));
    assert!(matches!(bytes(b"0,1\n1,2\n"), Err(Error::NoHeader { line: 1 })));
    assert!(matches!(bytes(b"t_s,px_m\n1,2\n"), Err(Error::MissingColumn { quantity: "force", .. })));
    assert!(matches!(bytes(b"fz_N,px_m\n1,2\n"), Err(Error::MissingColumn { quantity: "time", .. })));
    assert!(matches!(bytes(b"t_s,fz_N\n1,2\n"), Err(Error::TooFewSamples { found: 1, .. })));
}

#[test]
fn many_blocks_are_one_recording_and_can_be_read_again() {
    let rows = (0..200_000).map(|i| format!("{},{}.5,\"a, b\"\n", i * 10, i % 100));
    let text: String = std::iter::once("t_ms,fz_N,note\n".to_owned()).chain(rows).collect();
    let mut source = open("x", Cursor::new(text.into_bytes()), &Reading::default()).unwrap();
    let mut before = source.progress().unwrap();
    let mut count = 0;
    while let Some(samples) = source.next_samples().unwrap() {
        count += samples.len();
        assert!(samples.len() <= 10_000 && source.progress().unwrap() > before);
        before = source.progress().unwrap();
    }
    assert_eq!((count, before), (200_000, 1.0));
    let again = Recording::of(source.as_mut()).unwrap();
    assert!((again.samples.time_s[199_999] - 1999.99).abs() < 1e-9);
}

fn samples() -> impl Strategy<Value = Vec<[f64; 3]>> {
    prop::collection::vec(prop::array::uniform3(-200.0..200.0_f64), 20..60)
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(content in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = bytes(&content);
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
        prop_assert_eq!(&recording.samples.force_n[..], &force[..]);
        prop_assert!((recording.rate_hz() - 64.0).abs() < 1e-9);
    }
}
