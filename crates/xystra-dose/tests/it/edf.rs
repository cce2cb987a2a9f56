//! EDF, EDF+ and BDF files made up here: what was written is read.

use xystra_dose::read::{self, Reading};
use xystra_dose::{Error, IssueKind, Recording};

/// A file to be written.
#[derive(Clone)]
struct File {
    is_bdf: bool,
    reserved: &'static str,
    record_s: &'static str,
    promised: Option<&'static str>,
    signals: Vec<Signal>,
    /// Start of each record, s.
    starts_s: Vec<f64>,
}

/// A signal of `rate` samples in a record, whose digital value at any time is `value(t)`.
#[derive(Clone)]
struct Signal {
    label: &'static str,
    unit: &'static str,
    range: [&'static str; 4],
    rate: usize,
    value: fn(f64) -> i32,
}

#[expect(clippy::cast_possible_truncation, reason = "all values are small")]
fn digital(value: f64) -> i32 {
    value.round() as i32
}

fn force(label: &'static str, unit: &'static str) -> Signal {
    Signal { label, unit, range: ["-100", "100", "-1000", "1000"], rate: 100, value: |t| digital(t * 100.0) % 900 }
}

fn file(signals: Vec<Signal>) -> File {
    let starts_s = (0..5).map(f64::from).collect();
    File { is_bdf: false, reserved: "EDF+C", record_s: "1", promised: None, signals, starts_s }
}

fn annotations() -> Signal {
    Signal { label: "EDF Annotations", unit: "", range: ["-1", "1", "-32768", "32767"], rate: 20, value: |_| 0 }
}

impl File {
    fn bytes(&self) -> Vec<u8> {
        let count = self.signals.len();
        let mut out = if self.is_bdf { b"\xffBIOSEMI".to_vec() } else { b"0       ".to_vec() };
        let mut put = |text: &str, width: usize| out.extend(format!("{text:width$}").bytes().take(width));
        put("X X X X", 80);
        put("Startdate 23-NOV-2026 X X Force_handle_7", 80);
        put("23.11.26", 8);
        put("04.00.00", 8);
        put(&(256 * (count + 1)).to_string(), 8);
        put(self.reserved, 44);
        put(&self.promised.map_or(self.starts_s.len().to_string(), str::to_owned), 8);
        put(self.record_s, 8);
        put(&count.to_string(), 4);
        let all = |put: &mut dyn FnMut(&str, usize), width, of: &dyn Fn(&Signal) -> String| {
            self.signals.iter().for_each(|signal| put(&of(signal), width));
        };
        all(&mut put, 16, &|s| s.label.to_owned());
        all(&mut put, 80, &|_| "strain gauge".to_owned());
        all(&mut put, 8, &|s| s.unit.to_owned());
        for at in 0..4 {
            all(&mut put, 8, &|s| s.range[at].to_owned());
        }
        all(&mut put, 80, &|_| String::new());
        all(&mut put, 8, &|s| s.rate.to_string());
        all(&mut put, 32, &|_| String::new());
        self.starts_s.iter().for_each(|start_s| self.record(&mut out, *start_s));
        out
    }

    fn record(&self, out: &mut Vec<u8>, start_s: f64) {
        let width = if self.is_bdf { 3 } else { 2 };
        let record_s: f64 = self.record_s.parse().unwrap_or(1.0);
        for signal in &self.signals {
            if signal.label.ends_with("Annotations") {
                let mut text = format!("+{start_s}\x14\x14\0+{start_s}\x140.5\x14wipe\x14\0").into_bytes();
                text.resize(signal.rate * width, 0);
                out.extend(text);
                continue;
            }
            for at in 0..signal.rate {
                let value = (signal.value)(start_s + at as f64 * record_s / signal.rate as f64);
                out.extend(&value.to_le_bytes()[..width]);
            }
        }
    }

    fn read(&self) -> Result<Recording, Error> {
        read::whole("test.edf", &self.bytes(), &Reading::default())
    }
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found}, expected {expected}");
}

#[test]
fn values_are_scaled_and_timed() {
    let recording = file(vec![force("Fx", "N"), force("Fz", "kgf"), annotations()]).read().unwrap();
    assert_eq!(recording.samples.len(), 500);
    for (time_s, force_n) in recording.samples.time_s.iter().zip(&recording.samples.force_n) {
        let digital = f64::from(digital(time_s * 100.0) % 900);
        near(force_n[0], digital * 0.1);
        near(force_n[2], digital * 0.1 * 9.806_65);
    }
    near(recording.samples.time_s[123], 1.23);
    assert!(recording.issues.is_empty());
    assert_eq!(recording.header.format, "EDF, records of 1 s");
    assert_eq!(recording.header.device.name.as_deref(), Some("Force handle 7"));
    assert_eq!(recording.header.unread, ["annotations"]);
}

#[test]
fn three_bytes_are_read_with_their_sign() {
    let signal = Signal {
        range: ["-838.861", "838.861", "-8388608", "8388607"],
        value: |t| digital(t * -1e6),
        ..force("Force", "N")
    };
    let bdf = File { is_bdf: true, reserved: "24BIT", ..file(vec![signal]) };
    let recording = bdf.read().unwrap();
    assert_eq!(recording.header.format, "BDF, records of 1 s");
    let step = 2.0 * 838.861 / 16_777_215.0;
    near(recording.samples.force_n[250][2], -838.861 + (8_388_608.0 - 2.5e6) * step);
}

#[test]
fn slower_motion_is_brought_onto_the_clock_of_the_force() {
    let slow = |label| Signal {
        label,
        unit: "g",
        range: ["-8", "8", "-8000", "8000"],
        rate: 10,
        value: |t| digital(t * 1000.0),
    };
    let recording = file(vec![slow("acc x"), slow("acc y"), slow("acc z"), force("Fz", "N")]).read().unwrap();
    for at in [0, 5, 123, 489] {
        near(recording.samples.acceleration_m_s2[at][1], recording.samples.time_s[at] * 9.806_65);
    }
    near(recording.samples.acceleration_m_s2[499][1], 4.9 * 9.806_65);
    assert!(recording.issues.is_empty(), "{:?}", recording.issues);
    assert!(recording.header.notes[0].contains("at 10.0 Hz is interpolated onto the force's clock at 100.0 Hz"));
    let fast = Signal { rate: 400, ..slow("acc x") };
    let others = [Signal { rate: 400, ..slow("acc y") }, Signal { rate: 400, ..slow("acc z") }];
    let recording = file([vec![fast, force("Fz", "N")], others.to_vec()].concat()).read().unwrap();
    assert_eq!(recording.samples.len(), 500);
    assert!(recording.header.notes[0].contains("what lies above 50.0 Hz is lost"), "{:?}", recording.header.notes);
}

#[test]
fn gaps_between_records_stay_gaps() {
    let starts_s = vec![0.5, 1.5, 4.25, 5.25];
    let gapped = File { reserved: "EDF+D", starts_s, ..file(vec![force("Fz", "N"), annotations()]) };
    let recording = gapped.read().unwrap();
    near(recording.samples.time_s[199], 1.99);
    near(recording.samples.time_s[200], 3.75);
    near(recording.samples.time_s[399], 5.74);
    let silent = File { signals: vec![force("Fz", "N")], ..gapped };
    let said = silent.read().unwrap_err().to_string();
    assert!(said.contains("record 1 does not say when it begins"), "{said}");
}

#[test]
fn a_cut_file_is_read_as_far_as_it_goes() {
    let whole = file(vec![force("Fz", "N")]);
    let mut bytes = whole.bytes();
    bytes.truncate(bytes.len() - 70);
    let recording = read::whole("cut.edf", &bytes, &Reading::default()).unwrap();
    assert_eq!(recording.samples.len(), 400);
    let issue = &recording.issues[0];
    assert_eq!(
        (issue.kind, issue.consequence.as_str()),
        (IssueKind::LostRows, "the file holds 4 of the 5 records it promises")
    );
    let open = File { promised: Some("-1"), ..whole }.bytes();
    let recording = read::whole("open.edf", &open[..open.len() - 70], &Reading::default()).unwrap();
    assert_eq!(recording.samples.len(), 400);
    assert!(recording.issues[0].consequence.contains("record 5"));
}

#[test]
fn faults_name_the_field() {
    let said = |file: &File| file.read().unwrap_err().to_string();
    let good = file(vec![force("Fz", "N")]);
    assert!(
        said(&File { record_s: "one", ..good.clone() }).contains("EDF, field \"duration of a data record\": \"one\"")
    );
    assert!(said(&File { record_s: "0", ..good.clone() }).contains("duration of a data record"));
    assert!(said(&File { promised: Some("many"), ..good.clone() }).contains("field \"number of data records\""));
    let flat = Signal { range: ["0", "0", "-1", "1"], ..force("Fz", "N") };
    assert!(said(&file(vec![flat])).contains("signal \"Fz\" has no range"));
    assert!(said(&file(vec![force("Fz", "")])).contains("--unit force="));
    assert!(said(&file(vec![force("Fz", "uV")])).contains("uV"));
    assert!(said(&file(vec![force("EEG Cz", "uV")])).contains("EEG Cz"));
    let mut bytes = good.bytes();
    bytes[252..256].copy_from_slice(b"9999");
    let said = read::whole("x.edf", &bytes, &Reading::default()).unwrap_err().to_string();
    assert!(said.contains("number of bytes in header"), "{said}");
}
