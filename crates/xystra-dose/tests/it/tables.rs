//! Tables of real recordings, when they are at hand: what their notes say of them, or a clear refusal.

use xystra_dose::read::{self, Reading};
use xystra_dose::{Error, Recording};

use crate::shared::bytes;

/// Reads a shared file; none when it is not there.
fn read(path: &str, how: &Reading) -> Option<Result<Recording, Error>> {
    bytes(path).map(|bytes| read::whole(path, &bytes, how))
}

fn with_units(units: &[&str]) -> Reading {
    units.iter().fold(Reading::default(), |how, unit| how.unit(unit).expect("a unit"))
}

fn near(found: f64, expected: f64, share: f64) {
    assert!((found / expected - 1.0).abs() < share, "{found}, expected {expected}");
}

#[test]
fn wiping_has_force_position_and_orientation() {
    for (number, rate_hz) in [(1, 103.0), (2, 0.0), (3, 0.0), (4, 0.0), (5, 0.0)] {
        let Some(recording) = read(&format!("wiping/csv/rim_{number}.csv"), &Reading::default()) else { return };
        let recording = recording.unwrap();
        let samples = &recording.samples;
        assert_eq!(recording.header.unread, ["tx_Nm", "ty_Nm", "tz_Nm", "label"]);
        assert_eq!((samples.position_m.len(), samples.orientation.len()), (samples.len(), samples.len()));
        assert!((74.0..103.5).contains(&recording.rate_hz()), "{}", recording.rate_hz());
        if rate_hz > 0.0 {
            near(recording.rate_hz(), rate_hz, 0.01);
            near(samples.position_m[0][0], -0.437_303, 1e-12);
        }
        assert!(recording.issues.is_empty());
    }
}

#[test]
fn nine_axes_are_read_by_their_units() {
    let Some(recording) = read("imu-9axis/sensor_data.csv", &Reading::default()) else { return };
    let recording = recording.unwrap();
    let samples = &recording.samples;
    assert_eq!(samples.len(), 13_514);
    near(recording.extent().duration_s(), 135.0, 0.01);
    near(samples.time_s[1], 0.010_078_907, 1e-12);
    near(samples.angular_rate_rad_s[0][0], 0.016_446_19_f64.to_radians(), 1e-12);
    near(samples.acceleration_m_s2[0][2], 0.997_080_7 * 9.806_65, 1e-12);
    near(samples.magnetic_field_ut[0][2], -41.064_83, 1e-12);
    assert!(samples.force_n.is_empty() && recording.header.unread.is_empty());
}

#[test]
fn a_stick_without_units_is_refused_until_they_are_said() {
    for surface in ["Fabric", "Leather", "Metal", "Paper", "Wood"] {
        let path = format!("stick-imu/{surface}.csv");
        let Some(refused) = read(&path, &Reading::default()) else { return };
        assert!(refused.unwrap_err().to_string().contains("--unit time="));
        let how = with_units(&["time=s", "acceleration=g", "angular-rate=rad/s"]);
        let recording = read(&path, &how).unwrap().unwrap();
        assert_eq!(recording.samples.len(), 6001);
        near(recording.rate_hz(), 100.0, 1e-9);
        assert_eq!(recording.header.unread, ["rota_x", "rota_y", "rota_z"]);
        assert_eq!(recording.samples.acceleration_m_s2.len(), 6001);
    }
}

#[test]
fn pens_are_refused_until_their_units_are_said() {
    let signal = ["time=s", "position=mm", "force=1N"];
    // Its own count says 606; there are 607 rows.
    let raw = ["time=ms", "position=0.005mm", "force=0.001N"];
    for (path, units, count, step_s) in
        [("pen/signal.svc", signal, 1378, 0.007), ("pen/jack_18-07-2014_M_0006_Doe_12-10-2020.svc", raw, 607, 0.008)]
    {
        let Some(refused) = read(path, &Reading::default()) else { return };
        assert!(refused.unwrap_err().to_string().contains("--unit force="));
        let recording = read(path, &with_units(&units)).unwrap().unwrap();
        assert_eq!(recording.samples.len(), count);
        near(recording.samples.step_s(), step_s, 0.2);
        assert!(recording.is_one_axis());
        assert_eq!(recording.header.unread, ["pen_status", "azimuth", "tilt"]);
        println!("{path}: {:.2} s, {:?}", recording.extent().duration_s(), recording.issues);
    }
}

#[test]
fn a_saturated_export_needs_its_unit() {
    let Some(refused) = read("saturated/Manipulasyon_20260127_1951.json", &Reading::default()) else { return };
    let text = refused.unwrap_err().to_string();
    assert!(text.contains("--unit"), "{text}");
}
