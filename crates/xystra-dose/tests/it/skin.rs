//! Skin, angle and texture on real recordings, when they are at hand.

use std::ops::Range;

use xystra_dose::read::{self, Reading};
use xystra_dose::recording::Recording;
use xystra_dose::skin::SkinFrame;
use xystra_dose::texture::roughness;

use crate::shared::bytes;

/// A recording of wiping over a curved cover, with the samples at which it presses with over 8 N.
fn rim(number: u8) -> Option<(Recording, Vec<Range<usize>>)> {
    let file = format!("rim_{number}.csv");
    let recording =
        read::whole(&file, &bytes(&format!("wiping/csv/{file}"))?, &Reading::default()).expect("a rim reads");
    let presses = |i: &usize| recording.samples.force_n[*i].iter().map(|x| x * x).sum::<f64>() > 64.0;
    let touching: Vec<usize> = (0..recording.samples.len()).filter(presses).collect();
    let contact = touching.chunk_by(|a, b| b - a == 1).map(|run| run[0]..run[run.len() - 1] + 1).collect();
    Some((recording, contact))
}

#[test]
fn the_wiped_cover_is_a_plane_that_the_tool_stands_on_and_presses_into() {
    for number in 1..=3 {
        let Some((recording, contact)) = rim(number) else { return };
        let samples = &recording.samples;
        let skin = SkinFrame::of(samples, Some(&samples.orientation), &contact, &samples.force_n).expect("a plane");
        let touched = || contact.iter().cloned().flatten();
        let count = touched().count() as f64;
        let angle_deg = touched().filter_map(|i| skin.angle_deg(i)).sum::<f64>() / count;
        let force = touched().filter_map(|i| skin.in_frame(samples.force_n[i], i));
        let (normal_n, shear_n) = force.fold((0.0, 0.0), |sum, f| (sum.0 + f.0 / count, sum.1 + f.1 / count));
        println!("rim_{number}: {angle_deg:.0} degrees, {normal_n:.1} N across and {shear_n:.1} N along the cover");
        assert!((70.0..=90.0).contains(&angle_deg), "{angle_deg}");
        assert!(normal_n > 1.8 * shear_n, "the cover pushes back across, little along");
    }
}

#[test]
fn a_cover_that_is_too_curved_is_no_plane() {
    let Some((recording, contact)) = rim(4) else { return };
    assert_eq!(SkinFrame::of(&recording.samples, None, &contact, &recording.samples.force_n), None);
}

#[test]
fn rougher_surfaces_shake_a_stick_more() {
    let shake = |name: &str| {
        let bytes = bytes(&format!("stick-imu/{name}.csv"))?;
        let mut how = ["time=s", "acceleration=g", "angular-rate=rad/s", "angle=rad"].into_iter();
        let how = how.try_fold(Reading::default(), Reading::unit).expect("units");
        let recording = read::whole(name, &bytes, &how).expect("it reads with units");
        roughness(&recording.samples)
    };
    let all: Option<Vec<f64>> = ["Metal", "Leather", "Wood", "Paper", "Fabric"].into_iter().map(shake).collect();
    let Some(all) = all else { return };
    println!("metal, leather, wood, paper, fabric: {all:.2?} m/s2");
    assert!(all.is_sorted_by(|a, b| a < b), "{all:?}");
}
