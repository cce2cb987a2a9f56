//! XDF files made up here: clocks that differ, streams that compete, files that are cut.

use std::io::Cursor;

use xystra_dose::read::{self, Reading};
use xystra_dose::{Error, IssueKind, Recording};

/// A stream to be written: at each time of the true clock its stamp and its values.
struct Stream {
    number: u32,
    header: String,
    /// True time, stamp (none to be deduced), values.
    samples: Vec<(f64, Option<f64>, [f32; 3])>,
    /// True time, stamp and offset of each measurement of the clock.
    offsets: Vec<(f64, f64, f64)>,
}

impl Stream {
    fn new(number: u32, name: &str, kind: &str, rate_hz: f64, channels: [&str; 3], unit: &str) -> Self {
        let channels =
            channels.map(|label| format!("<channel><label>{label}</label><unit>{unit}</unit></channel>")).concat();
        let header = format!(
            "<info><name>{name}</name><type>{kind}</type><channel_count>3</channel_count><nominal_srate>{rate_hz}</nominal_srate>\
             <channel_format>float32</channel_format><desc><channels>{channels}</channels></desc></info>"
        );
        Self { number, header, samples: Vec::new(), offsets: Vec::new() }
    }

    /// Samples of `rate_hz` for `seconds`, on a clock that is `ahead_s` ahead, and offsets that say so.
    fn over(mut self, seconds: f64, rate_hz: f64, ahead_s: f64, value: impl Fn(f64) -> [f32; 3]) -> Self {
        let times = (0..).map(|at| f64::from(at) / rate_hz).take_while(|t| *t < seconds);
        self.samples.extend(times.map(|t| (t, Some(t + ahead_s), value(t))));
        let measured = (0..).map(f64::from).take_while(|t| *t <= seconds);
        self.offsets.extend(measured.map(|t| (t, t + ahead_s, -ahead_s)));
        self
    }
}

fn force(number: u32, name: &str) -> Stream {
    Stream::new(number, name, "Force", 100.0, ["Fx", "Fy", "Fz"], "N")
}

fn sized(count: usize) -> Vec<u8> {
    [&[4], &u32::try_from(count).expect("a small file").to_le_bytes()[..]].concat()
}

fn chunk(tag: u16, number: u32, content: &[u8]) -> Vec<u8> {
    [&sized(6 + content.len()), &tag.to_le_bytes()[..], &number.to_le_bytes(), content].concat()
}

fn sample((_, stamp_s, values): &(f64, Option<f64>, [f32; 3])) -> Vec<u8> {
    let stamp = stamp_s.map_or(vec![0], |stamp_s| [&[8], &stamp_s.to_le_bytes()[..]].concat());
    [stamp, values.iter().flat_map(|value| value.to_le_bytes()).collect()].concat()
}

/// The file that a recorder writes: chunks of ten samples and offsets in the order of true time.
fn file(streams: &[Stream]) -> Vec<u8> {
    let mut chunks: Vec<(f64, Vec<u8>)> = Vec::new();
    for stream in streams {
        chunks.push((f64::NEG_INFINITY, chunk(2, stream.number, stream.header.as_bytes())));
        for part in stream.samples.chunks(10) {
            let content = [sized(part.len()), part.iter().flat_map(sample).collect()].concat();
            chunks.push((part[part.len() - 1].0, chunk(3, stream.number, &content)));
        }
        for (true_s, stamp_s, value_s) in &stream.offsets {
            chunks.push((*true_s, chunk(4, stream.number, &[stamp_s.to_le_bytes(), value_s.to_le_bytes()].concat())));
        }
    }
    chunks.sort_by(|a, b| a.0.total_cmp(&b.0));
    [b"XDF:".to_vec(), chunks.into_iter().flat_map(|(_, bytes)| bytes).collect()].concat()
}

fn open(bytes: &[u8], how: &Reading) -> Result<Recording, Error> {
    read::whole("test.xdf", bytes, how)
}

#[expect(clippy::cast_possible_truncation, reason = "the file holds single precision")]
fn ramp(t: f64) -> [f32; 3] {
    [1.0, 0.0, t as f32]
}

#[test]
fn motion_of_another_clock_is_brought_onto_the_clock_of_the_force() {
    let motion = Stream::new(7, "IMU", "Accelerometer", 40.0, ["x", "y", "z"], "m/s^2").over(20.0, 40.0, -3000.0, ramp);
    let streams = [motion, force(3, "Handle").over(20.0, 100.0, 500.0, ramp)];
    let recording = open(&file(&streams), &Reading::default()).unwrap();
    assert_eq!(recording.samples.len(), 2000);
    for at in [1, 777, 1990] {
        let (time_s, found) = (recording.samples.time_s[at], recording.samples.acceleration_m_s2[at][2]);
        assert!((found - time_s.min(19.975)).abs() < 1e-5, "{time_s}: {found}");
        assert!((recording.samples.force_n[at][2] - time_s).abs() < 1e-5);
    }
    assert!(recording.issues.is_empty(), "{:?}", recording.issues);
    assert_eq!(recording.header.format, "XDF, stream \"Handle\" (stream 3)");
    assert!(recording.header.notes[0].contains("at 40.0 Hz is interpolated onto the force's clock at 100.0 Hz"));
}

#[test]
fn where_the_motion_is_missing_is_said() {
    let motion = Stream::new(7, "IMU", "IMU", 40.0, ["ax", "ay", "az"], "g").over(12.0, 40.0, 0.0, ramp);
    let recording =
        open(&file(&[force(3, "Handle").over(20.0, 100.0, 0.0, ramp), motion]), &Reading::default()).unwrap();
    let issue = recording.issues.iter().find(|issue| issue.channel.as_deref() == Some("IMU")).unwrap();
    assert_eq!(issue.kind, IssueKind::Gap);
    assert!((issue.extent.start_s - 11.98).abs() < 0.02 && (issue.extent.end_s - 19.99).abs() < 0.02, "{issue:?}");
}

#[test]
fn two_streams_of_force_are_told_apart_by_name_or_number() {
    let streams =
        [force(1, "Left").over(5.0, 100.0, 0.0, |_| [1.0; 3]), force(2, "Right").over(5.0, 100.0, 0.0, |_| [2.0; 3])];
    let bytes = file(&streams);
    let said = open(&bytes, &Reading::default()).unwrap_err().to_string();
    assert!(said.contains("\"Left\" (stream 1), \"Right\" (stream 2)") && said.contains("--stream"), "{said}");
    for (name, expected) in [("Left", 1.0), ("2", 2.0)] {
        let how = Reading { stream: Some(name.into()), ..Reading::default() };
        assert!((open(&bytes, &how).unwrap().samples.force_n[3][2] - expected).abs() < 1e-12);
    }
    let how = Reading { stream: Some("Middle".into()), ..Reading::default() };
    assert!(matches!(open(&bytes, &how), Err(Error::WhichStream { .. })));
}

#[test]
fn a_clock_that_was_set_anew_is_found_and_bridged() {
    let mut stream = force(1, "Handle").over(60.0, 100.0, 5000.0, ramp);
    let later = force(1, "Handle").over(60.0, 100.0, 10.0, ramp);
    let shift = 80.0;
    stream
        .samples
        .extend(later.samples.iter().map(|(t, stamp, values)| (t + shift, stamp.map(|s| s + shift), *values)));
    stream.offsets.extend(later.offsets.iter().map(|(t, stamp, value)| (t + shift, stamp + shift, *value)));
    let recording = open(&file(&[stream]), &Reading::default()).unwrap();
    assert_eq!(recording.samples.len(), 12_000);
    assert!((recording.samples.time_s[11_999] - 139.99).abs() < 1e-6);
    let reset = recording.issues.iter().find(|issue| issue.kind == IssueKind::ClockReset).unwrap();
    assert!((reset.extent.start_s - 59.99).abs() < 1e-6 && (reset.extent.end_s - 80.0).abs() < 1e-6, "{reset:?}");
}

#[test]
fn a_loss_below_a_second_stays_where_it_is() {
    let mut stream = force(1, "Handle").over(10.0, 100.0, 0.0, ramp);
    stream.samples.retain(|(t, _, _)| !(4.0..4.5).contains(t));
    let recording = open(&file(&[stream]), &Reading::default()).unwrap();
    let widest = recording.samples.time_s.windows(2).map(|w| w[1] - w[0]).fold(0.0, f64::max);
    assert!((widest - 0.51).abs() < 1e-9, "{widest}");
}

#[test]
fn stamps_that_are_left_out_follow_the_nominal_rate() {
    let mut stream = force(1, "Handle").over(10.0, 100.0, 0.0, ramp);
    stream.samples.iter_mut().enumerate().filter(|(at, _)| at % 10 > 0).for_each(|(_, sample)| sample.1 = None);
    let recording = open(&file(&[stream]), &Reading::default()).unwrap();
    assert!((recording.samples.time_s[555] - 5.55).abs() < 1e-9);
}

#[test]
fn a_file_that_is_cut_is_read_as_far_as_it_goes() {
    let whole = file(&[force(1, "Handle").over(10.0, 100.0, 0.0, ramp)]);
    let recording = open(&whole[..whole.len() * 2 / 3], &Reading::default()).unwrap();
    assert!((600..700).contains(&recording.samples.len()), "{}", recording.samples.len());
    let lost = recording.issues.iter().find(|issue| issue.kind == IssueKind::LostRows).unwrap();
    assert!(lost.consequence.contains("damaged or cut at byte"), "{}", lost.consequence);
}

#[test]
fn a_promise_beyond_the_file_is_not_believed() {
    let mut bytes = file(&[force(1, "Handle").over(10.0, 100.0, 0.0, ramp)]);
    let content = [&[8][..], &u64::MAX.to_le_bytes(), &[0]].concat();
    bytes.extend(chunk(3, 1, &content));
    bytes.extend([8, 255, 255, 255, 255, 255, 255, 255, 127, 3, 0]);
    let recording = open(&bytes, &Reading::default()).unwrap();
    assert_eq!(recording.samples.len(), 1000);
    assert_eq!(recording.issues.len(), 1);
    let many = "<info><name>a</name><channel_count>4000000000</channel_count><nominal_srate>1</nominal_srate>\
                <channel_format>int8</channel_format></info>";
    let said = read::streams(Cursor::new([b"XDF:".to_vec(), chunk(2, 1, many.as_bytes())].concat())).unwrap_err();
    assert!(said.to_string().contains("channel_count \"4000000000\""), "{said}");
}

#[test]
fn a_unit_that_is_missing_is_asked_for() {
    let silent = Stream::new(1, "Handle", "Force", 100.0, ["Fx", "Fy", "Fz"], "").over(5.0, 100.0, 0.0, ramp);
    let bytes = file(&[silent]);
    let said = open(&bytes, &Reading::default()).unwrap_err().to_string();
    assert!(said.contains("--unit force="), "{said}");
    assert_eq!(open(&bytes, &Reading::default().unit("force=kgf").unwrap()).unwrap().samples.len(), 500);
}
