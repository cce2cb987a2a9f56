//! Round bodies on deep layers, beside Hertz and Flamant.

use std::f64::consts::PI;

use xystra_tissue::Stack;
use xystra_tissue::contact::{Control, Edge, Footprint, Pressure, Section, Strip};

use crate::kernel::{layer, stack};

const YOUNG: f64 = 100.0;
const POISSON: f64 = 0.3;
const RADIUS: f64 = 10.0;
const FORCE: f64 = 5.0;

fn near(value: f64, wanted: f64, share: f64, what: &str) {
    assert!((value / wanted - 1.0).abs() < share, "{what}: {value}, wanted {wanted}");
}

fn deep(poisson: f64) -> Stack {
    stack(&[layer(1e6, YOUNG, poisson)])
}

/// Half-width, mm, and peak pressure, kPa, of a cylinder under 5 N/m.
fn cylinder(poisson: f64) -> (f64, f64) {
    let plane = YOUNG / (1.0 - poisson * poisson);
    let width = (4.0 * FORCE * RADIUS / (PI * plane)).sqrt();
    (width, 2.0 * FORCE / (PI * width))
}

fn pressed(poisson: f64, friction: f64, count: usize) -> Pressure {
    let edge = Edge { friction, ..Edge::rounded(RADIUS) };
    let mut strip = Strip::on(&deep(poisson), &edge, count, 5.0 * cylinder(poisson).0).unwrap();
    strip.press(Control::ForceNPerM(FORCE)).unwrap()
}

#[test]
fn a_cylinder_is_hertz() {
    let (width, peak) = cylinder(POISSON);
    let edge = Edge::rounded(RADIUS);
    let control = Control::ForceNPerM(FORCE);
    let found = Strip::fit(&deep(POISSON), &edge, control).unwrap().press(control).unwrap();
    near(found.peak_kpa(), peak, 1e-4, "peak");
    near(found.half_width_mm(), width, 1e-3, "half-width");
    near(found.force_n_per_m(), FORCE, 1e-12, "force");
    for (i, p) in found.pressure_kpa.iter().enumerate() {
        let x = found.x_mm(i) / width;
        if x.abs() < 0.95 {
            near(*p, peak * (1.0 - x * x).sqrt(), 5e-4, "pressure");
        }
    }
}

#[test]
fn a_finer_grid_comes_closer() {
    let (width, peak) = cylinder(POISSON);
    let wrong = |count: usize| {
        let found = pressed(POISSON, 0.0, count);
        let share = |i: usize| (1.0 - (found.x_mm(i) / width).powi(2)).max(0.0).sqrt();
        let off = |(i, p): (usize, &f64)| (p / peak - share(i)).powi(2);
        (found.pressure_kpa.iter().enumerate().map(off).sum::<f64>() / count as f64).sqrt()
    };
    let errors: Vec<f64> = [64, 256, 1024].into_iter().map(wrong).collect();
    // The square root at the ends allows order 1 in the mean square; where the end falls between two points makes it uneven.
    let order = (errors[0] / errors[2]).log2() / 4.0;
    assert!(order > 0.9 && errors[1] < 0.5 * errors[0] && errors[2] < 0.5 * errors[1], "{order} {errors:?}");
}

#[test]
fn a_ball_is_hertz() {
    let force = 0.02;
    let plane = YOUNG / (1.0 - POISSON * POISSON);
    let width = (0.75e3 * force * RADIUS / plane).cbrt();
    let peak = 1.5e3 * force / (PI * width * width);
    let depth = width * width / RADIUS;
    let ball = Edge { along_mm: Some(RADIUS), ..Edge::rounded(RADIUS) };
    let control = Control::ForceN(force);
    let found = Footprint::fit(&deep(POISSON), &ball, control).unwrap().press(control).unwrap();
    near(found.peak_kpa(), peak, 1e-4, "peak");
    near(found.half_width_mm(), width, 5e-3, "half-width");
    near(found.half_length_mm(), width, 1e-2, "half-length");
    near(found.depth_mm, depth, 1e-4, "depth");
    let found = Footprint::fit(&deep(POISSON), &ball, Control::DepthMm(depth)).unwrap();
    let found = { found }.press(Control::DepthMm(depth)).unwrap();
    near(found.force_n(), force, 5e-4, "force");
    near(found.peak_kpa(), peak, 2e-4, "peak at depth");
}

/// Sections far finer than the contact, with the axis at the middle point.
fn fields(pressure: &Pressure, poisson: f64, window: f64, depths: &[f64]) -> Vec<xystra_tissue::contact::Field> {
    let deep = stack(&[layer(1e3, YOUNG, poisson)]);
    let shares = depths.iter().map(|z| z / 1e3).collect();
    Section::new(&deep, window, 1024, &[shares]).fields(pressure)
}

#[test]
fn stress_under_the_axis_is_known() {
    let (width, peak) = cylinder(POISSON);
    let pressure = pressed(POISSON, 0.0, 1024);
    let depths: Vec<f64> = [0.1, 0.3, 0.78, 1.0, 2.0].iter().map(|z| z * width).collect();
    for field in fields(&pressure, POISSON, 20.0 * width, &depths) {
        let z = field.depth_mm / width;
        let root = (1.0 + z * z).sqrt();
        near(field.stress_zz_kpa(512), -peak / root, 2e-3, "deep");
        let across = -peak * ((1.0 + 2.0 * z * z) / root - 2.0 * z);
        assert!((field.stress_xx_kpa(512) - across).abs() < 2e-3 * peak, "{z}: {} {across}", field.stress_xx_kpa(512));
        assert!(field.stress_xz_kpa(512).abs() < 1e-6 * peak);
    }
}

#[test]
fn far_below_it_is_flamants_line_load() {
    let (width, _) = cylinder(POISSON);
    let pressure = pressed(POISSON, 0.0, 1024);
    let depth = 12.0 * width;
    let field = &fields(&pressure, POISSON, 16.0 * depth, &[depth])[0];
    for point in [512, 530, 560] {
        let x = (point as f64 - 512.0) * 16.0 * depth / 1024.0;
        let wanted = -2.0 * FORCE / PI * depth.powi(3) / (x * x + depth * depth).powi(2);
        near(field.stress_zz_kpa(point), wanted, 0.01, "Flamant");
        let shear = -2.0 * FORCE / PI * x * depth * depth / (x * x + depth * depth).powi(2);
        assert!((field.stress_xz_kpa(point) - shear).abs() < 0.01 * wanted.abs(), "{shear}");
    }
}

#[test]
fn every_depth_carries_the_whole_force() {
    let pressure = pressed(POISSON, 0.0, 512);
    let layers = stack(&[layer(3.0, YOUNG, POISSON), layer(4.0, 20.0, 0.48)]);
    let window = 240.0;
    for field in Section::new(&layers, window, 2048, &[vec![0.1, 0.5, 1.0], vec![0.0, 0.5, 1.0]]).fields(&pressure) {
        let sum: f64 = (0..2048).map(|i| field.stress_zz_kpa(i)).sum();
        near(-sum * window / 2048.0, FORCE, 1e-4, "force");
    }
}

#[test]
fn friction_drags_the_surface() {
    // Nearly incompressible, shear does not bend the surface: pressure stays Hertz's, and its tension behind is twice the friction.
    let (poisson, friction) = (0.4999, 0.4);
    let (width, peak) = cylinder(poisson);
    let pressure = pressed(poisson, friction, 1024);
    near(pressure.peak_kpa(), peak, 1e-3, "peak");
    let (still, moving) = (pressed(poisson, 0.0, 1024), pressure);
    let depth = [0.05 * width];
    let (a, b) = (fields(&still, poisson, 10.0 * width, &depth), fields(&moving, poisson, 10.0 * width, &depth));
    // A half-width is 102.4 points: 0.9 of it behind and ahead of the middle, and a half.
    let (behind, ahead, half) = (420, 604, 563);
    let drag = |i: usize| b[0].stress_xx_kpa(i) - a[0].stress_xx_kpa(i);
    assert!(drag(behind) > 1.2 * friction * peak && drag(ahead) < -1.2 * friction * peak, "{}", drag(behind));
    // Shear stress just below the surface is what friction puts on it.
    let share = (1.0_f64 - 0.25).sqrt();
    let shear = b[0].stress_xz_kpa(half) - a[0].stress_xz_kpa(half);
    assert!((shear + friction * peak * share).abs() < 0.1 * friction * peak, "{shear}");
}

#[test]
fn friction_on_a_compressible_layer_shifts_the_contact() {
    // The exact contact of a sliding cylinder (Johnson 1985, 7.2) is 1/2 + g and 1/2 - g of its width to the two sides.
    let (poisson, friction): (f64, f64) = (0.1, 0.6);
    let pressure = pressed(poisson, friction, 1024);
    let beta = 0.5 * (1.0 - 2.0 * poisson) / (1.0 - poisson);
    let shift = (friction * beta).atan() / PI;
    let [left, right] = pressure.ends_mm;
    let lopsided = (right + left) / (right - left);
    assert!((lopsided.abs() - 2.0 * shift).abs() < 0.02 * shift.abs().max(0.05), "{lopsided} {shift}");
    let straight = cylinder(poisson).0;
    near(pressure.half_width_mm(), straight / (1.0 - 4.0 * shift * shift).sqrt(), 2e-3, "half-width");
}

/// A smooth load around point `at`.
fn bell(point: usize, at: f64, width: f64) -> f64 {
    let bell = (-0.5 * ((point as f64 - at) / width).powi(2)).exp();
    if bell < 1e-14 { 0.0 } else { bell }
}

#[test]
fn work_is_the_same_either_way_round() {
    // Betti: pressure on the motion of a shear load does the work that the shear load does on the motion of the pressure.
    let layers = stack(&[layer(1.0, 80.0, 0.3), layer(4.0, 20.0, 0.4)]);
    let one = |at: f64, width: f64, friction: f64| Pressure {
        spacing_mm: 0.1,
        pressure_kpa: (0..256).map(|i| bell(i, at, width)).collect(),
        friction,
        depth_mm: 0.0,
        ends_mm: [0.0; 2],
        iterations: 0,
    };
    let mut section = Section::new(&layers, 25.6, 256, &[vec![0.0], vec![]]);
    let (pressed, dragged) = (one(121.0, 4.0, 0.0), one(137.0, 6.0, 1.0));
    let along = section.fields(&pressed)[0].along_mm.clone();
    let (both, pushed) = (section.fields(&dragged), section.fields(&one(137.0, 6.0, 0.0)));
    let down: Vec<f64> = both[0].down_mm.iter().zip(&pushed[0].down_mm).map(|(a, b)| a - b).collect();
    let done = |load: &Pressure, motion: &[f64]| load.pressure_kpa.iter().zip(motion).map(|(p, u)| p * u).sum::<f64>();
    near(done(&pressed, &down), done(&dragged, &along), 1e-9, "work");
}
