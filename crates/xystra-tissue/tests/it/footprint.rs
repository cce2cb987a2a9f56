//! Edges of finite length.

use xystra_tissue::contact::{Control, Edge, Footprint, Model, Strip, press};

use crate::kernel::{layer, stack};

fn near(value: f64, wanted: f64, share: f64, what: &str) {
    assert!((value / wanted - 1.0).abs() < share, "{what}: {value}, wanted {wanted}");
}

fn calf() -> xystra_tissue::Stack {
    stack(&[layer(1.5, 150.0, 0.48), layer(6.0, 5.0, 0.48), layer(1.0, 1000.0, 0.45), layer(35.0, 20.0, 0.48)])
}

#[test]
fn a_long_edge_is_nearly_plane_strain() {
    let endless = press(&calf(), &Edge::rounded(10.0), Control::DepthMm(4.0), Model::Linear).unwrap();
    let edge = Edge { length_mm: Some(200.0), ..Edge::rounded(10.0) };
    let long = press(&calf(), &edge, Control::DepthMm(4.0), Model::Linear).unwrap();
    near(long.half_width_mm, endless.half_width_mm, 0.02, "half-width");
    near(long.peak_pressure_kpa, endless.peak_pressure_kpa, 0.01, "peak");
    // The ends press more than the middle.
    assert!(long.force_n_per_m > endless.force_n_per_m && long.force_n_per_m < 1.05 * endless.force_n_per_m);
    near(long.force_n.unwrap(), 0.2 * long.force_n_per_m, 1e-12, "force");
    for (long, endless) in long.layers.iter().zip(&endless.layers) {
        near(long.peak_fibre_strain, endless.peak_fibre_strain, 0.1, &long.name);
        near(long.peak_compression, endless.peak_compression, 0.03, &long.name);
        near(long.peak_shear, endless.peak_shear, 0.1, &long.name);
    }
}

#[test]
fn force_and_depth_agree_for_a_real_edge() {
    let edge = Edge { length_mm: Some(35.0), ..Edge::rounded(3.0) };
    let pushed = press(&calf(), &edge, Control::ForceN(0.4), Model::Linear).unwrap();
    let held = press(&calf(), &edge, Control::DepthMm(pushed.depth_mm), Model::Linear).unwrap();
    near(held.force_n.unwrap(), 0.4, 2e-3, "force");
    near(pushed.force_n_per_m, 0.4e3 / 35.0, 1e-9, "force for each metre");
    let same = press(&calf(), &edge, Control::ForceNPerM(0.4e3 / 35.0), Model::Linear).unwrap();
    near(same.depth_mm, pushed.depth_mm, 1e-6, "depth");
}

#[test]
fn an_ellipse_is_hertz() {
    // Radii of 2 and 18 mm on a deep layer: the axes' ratio solves an equation of complete elliptic integrals.
    let deep = stack(&[layer(1e5, 100.0, 0.3)]);
    let (across, along, force) = (2.0, 18.0, 0.05);
    let edge = Edge { along_mm: Some(along), ..Edge::rounded(across) };
    let found = press(&deep, &edge, Control::ForceN(force), Model::Linear).unwrap();
    let (ratio, width) = ellipse(across, along, 1e3 * force, 100.0 / (1.0 - 0.09));
    near(found.half_width_mm, width, 0.01, "half-width");
    let peak = 1.5e3 * force / (std::f64::consts::PI * width * width * ratio);
    near(found.peak_pressure_kpa, peak, 1e-3, "peak");
}

/// Length over width of the contact, and its half-width, mm; force in mN, modulus in kPa (Johnson 1985, 4.2).
fn ellipse(across: f64, along: f64, force: f64, plane: f64) -> (f64, f64) {
    // a is the longer half-axis. along / across = ((a/b)^2 E - K) / (K - E).
    let wrong = |ratio: f64| {
        let (k, e) = elliptic(1.0 - 1.0 / (ratio * ratio));
        (ratio * ratio * e - k) / (k - e) - along / across
    };
    let (mut low, mut high) = (1.001, 100.0);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if wrong(middle) < 0.0 { low = middle } else { high = middle }
    }
    let (k, e) = elliptic(1.0 - 1.0 / (low * low));
    // 1 / 2R' = p0 b / (E* a^2 e^2) (K - E), with p0 = 3 F / (2 pi a b).
    let eccentric = 1.0 - 1.0 / (low * low);
    let long = (3.0 * force * along * (k - e) / (std::f64::consts::PI * plane * eccentric)).cbrt();
    (low, long / low)
}

/// Complete elliptic integrals of the first and second kind for a parameter.
fn elliptic(m: f64) -> (f64, f64) {
    let (mut a, mut g): (f64, f64) = (1.0, (1.0 - m).sqrt());
    let (mut sum, mut power) = (0.5 * m, 0.5);
    for _ in 0..20 {
        let c = 0.5 * (a - g);
        (a, g) = (0.5 * (a + g), (a * g).sqrt());
        power *= 2.0;
        sum += power * c * c;
    }
    let first = std::f64::consts::FRAC_PI_2 / a;
    (first, first * (1.0 - sum))
}

#[test]
fn a_force_needs_a_length() {
    let error = press(&calf(), &Edge::rounded(2.0), Control::ForceN(1.0), Model::Linear).unwrap_err();
    assert!(error.to_string().contains("length_mm"), "{error}");
    let error = press(&calf(), &Edge::rounded(2.0), Control::DepthMm(0.0), Model::Linear).unwrap_err();
    assert!(error.to_string().contains("depth_mm"), "{error}");
}

#[test]
fn friction_shifts_a_long_edge_like_an_endless_one() {
    let layers = stack(&[layer(2.0, 50.0, 0.1), layer(20.0, 20.0, 0.2)]);
    let (friction, control) = (0.8, Control::DepthMm(1.0));
    let endless = Edge { friction, ..Edge::rounded(5.0) };
    let endless = Strip::fit(&layers, &endless, control).unwrap().press(control).unwrap();
    let long = Edge { friction, length_mm: Some(120.0), ..Edge::rounded(5.0) };
    let long = Footprint::fit(&layers, &long, control).unwrap().press(control).unwrap();
    let shift = |[left, right]: [f64; 2]| left + right;
    assert!(shift(endless.ends_mm).abs() > 0.1 * endless.half_width_mm(), "{:?}", endless.ends_mm);
    near(shift(long.across_mm), shift(endless.ends_mm), 0.1, "shift");
    near(long.half_width_mm(), endless.half_width_mm(), 0.02, "half-width");
    near(long.peak_kpa(), endless.peak_kpa(), 0.01, "peak");
}

#[test]
fn friction_strains_a_long_edge_like_an_endless_one() {
    let layers = stack(&[layer(2.0, 50.0, 0.3), layer(20.0, 20.0, 0.45)]);
    let control = Control::DepthMm(1.0);
    let endless = Edge { friction: 0.5, ..Edge::rounded(5.0) };
    let long = Edge { length_mm: Some(120.0), ..endless };
    let endless = press(&layers, &endless, control, Model::Linear).unwrap();
    let long = press(&layers, &long, control, Model::Linear).unwrap();
    let still = press(&layers, &Edge::rounded(5.0), control, Model::Linear).unwrap();
    assert!(endless.layers[0].peak_shear > 1.2 * still.layers[0].peak_shear);
    for (long, endless) in long.layers.iter().zip(&endless.layers) {
        near(long.peak_compression, endless.peak_compression, 0.03, "compression");
        near(long.peak_shear, endless.peak_shear, 0.03, "shear");
    }
    // The pull behind the edge is a cusp in the surface, which the footprint's points round off.
    near(long.layers[0].peak_fibre_strain, endless.layers[0].peak_fibre_strain, 0.25, "stretch at the surface");
    near(long.layers[1].peak_fibre_strain, endless.layers[1].peak_fibre_strain, 0.03, "stretch below");
}
