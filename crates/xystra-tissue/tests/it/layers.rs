//! Edges on few layers: limits, continuity and equilibrium.

use xystra_tissue::Stack;
use xystra_tissue::contact::{Control, Edge, Field, Model, Section, Strip, press};

use crate::kernel::{layer, stack};

fn near(value: f64, wanted: f64, share: f64, what: &str) {
    assert!((value / wanted - 1.0).abs() < share, "{what}: {value}, wanted {wanted}");
}

fn force(stack: &Stack, radius: f64, depth: f64) -> f64 {
    press(stack, &Edge::rounded(radius), Control::DepthMm(depth), Model::Linear).unwrap().force_n_per_m
}

#[test]
fn a_thin_layer_is_a_bed_of_springs() {
    // Uniaxial strain: p = M (d - x^2 / 2R) / h, half-width sqrt(2 R d), force 4/3 M a d / h.
    let (young, poisson, thickness, radius) = (30.0, 0.2, 0.05, 100.0);
    let stiff = young * (1.0 - poisson) / ((1.0 + poisson) * (1.0 - 2.0 * poisson));
    let thin = stack(&[layer(thickness, young, poisson)]);
    let wrong = |half: f64| {
        let depth = half * half / (2.0 * radius);
        force(&thin, radius, depth) / (4.0 / 3.0 * stiff * half * depth / thickness) - 1.0
    };
    let (narrow, wide) = (wrong(0.5), wrong(4.0));
    assert!(wide.abs() < 0.02 && wide.abs() < 0.3 * narrow.abs(), "{narrow} {wide}");
}

#[test]
fn equal_layers_are_one() {
    let one = stack(&[layer(9.0, 20.0, 0.45)]);
    let three = stack(&[layer(2.0, 20.0, 0.45), layer(0.5, 20.0, 0.45), layer(6.5, 20.0, 0.45)]);
    near(force(&three, 3.0, 1.0), force(&one, 3.0, 1.0), 1e-7, "force");
    let (a, b) = (Edge::rounded(3.0), Control::ForceNPerM(20.0));
    let (one, three) = (press(&one, &a, b, Model::Linear).unwrap(), press(&three, &a, b, Model::Linear).unwrap());
    near(three.depth_mm, one.depth_mm, 1e-6, "depth");
    let deepest = |c: &xystra_tissue::contact::Contact| c.layers.iter().map(|l| l.peak_compression).fold(0.0, f64::max);
    near(deepest(&three), deepest(&one), 0.01, "compression");
}

#[test]
fn a_vanishing_top_layer_leaves_the_lower_one() {
    let low = layer(10.0, 20.0, 0.45);
    let bare = force(&stack(std::slice::from_ref(&low)), 3.0, 1.0);
    let covered = |h: f64| force(&stack(&[layer(h, 400.0, 0.3), low.clone()]), 3.0, 1.0) / bare - 1.0;
    assert!(covered(1e-4).abs() < 2e-3, "{}", covered(1e-4));
    assert!(covered(1e-3).abs() < 0.02 && covered(0.1) > covered(1e-3), "{} {}", covered(1e-3), covered(0.1));
}

#[test]
fn a_gliding_fascia_lets_the_edge_deeper() {
    let mut top = layer(1.0, 300.0, 0.45);
    let low = layer(12.0, 10.0, 0.48);
    let bonded = force(&stack(&[top.clone(), low.clone()]), 4.0, 2.0);
    top.slips = true;
    let gliding = force(&stack(&[top, low]), 4.0, 2.0);
    assert!(gliding < 0.999 * bonded && gliding > 0.5 * bonded, "{gliding} {bonded}");
}

#[test]
fn depth_and_force_are_two_ways_to_say_it() {
    let layers = stack(&[layer(1.5, 150.0, 0.48), layer(6.0, 5.0, 0.48), layer(30.0, 20.0, 0.48)]);
    let edge = Edge::rounded(5.0);
    let held = press(&layers, &edge, Control::DepthMm(3.0), Model::Linear).unwrap();
    let pushed = press(&layers, &edge, Control::ForceNPerM(held.force_n_per_m), Model::Linear).unwrap();
    near(pushed.depth_mm, 3.0, 1e-4, "depth");
    near(pushed.half_width_mm, held.half_width_mm, 5e-3, "half-width");
    near(pushed.peak_pressure_kpa, held.peak_pressure_kpa, 1e-4, "peak");
}

#[test]
fn the_grid_that_is_chosen_is_fine_enough() {
    let layers = stack(&[layer(1.5, 150.0, 0.48), layer(6.0, 5.0, 0.48), layer(30.0, 20.0, 0.48)]);
    for radius in [0.5, 5.0, 30.0] {
        let (edge, control) = (Edge::rounded(radius), Control::DepthMm(2.0));
        let chosen = press(&layers, &edge, control, Model::Linear).unwrap();
        let mut fine = Strip::on(&layers, &edge, 8192, 6.0 * chosen.half_width_mm).unwrap();
        let fine = fine.press(control).unwrap();
        near(chosen.force_n_per_m, fine.force_n_per_m(), 1e-4, "force");
        near(chosen.peak_pressure_kpa, fine.peak_kpa(), 5e-4, "peak");
        near(chosen.half_width_mm, fine.half_width_mm(), 5e-3, "half-width");
    }
}

#[test]
fn a_bevel_and_its_tilt() {
    let layers = stack(&[layer(2.0, 100.0, 0.48), layer(20.0, 10.0, 0.48)]);
    let press = |bevel_deg, tilt_deg| {
        let edge = Edge { bevel_deg, tilt_deg, ..Edge::rounded(2.0) };
        Strip::fit(&layers, &edge, Control::DepthMm(2.0)).unwrap().press(Control::DepthMm(2.0)).unwrap()
    };
    let (round, blunt, sharp) = (press(None, 0.0), press(Some(20.0), 0.0), press(Some(50.0), 0.0));
    // A flat flank meets more skin than the parabola, a steep one less.
    assert!(blunt.half_width_mm() > round.half_width_mm() && blunt.force_n_per_m() > round.force_n_per_m());
    assert!((sharp.force_n_per_m() / round.force_n_per_m() - 1.0).abs() < 0.2);
    let tilted = press(Some(30.0), 15.0);
    assert!(tilted.ends_mm[1] > 1.3 * -tilted.ends_mm[0], "{:?}", tilted.ends_mm);
    let upright = press(Some(30.0), 0.0);
    assert!((upright.ends_mm[1] + upright.ends_mm[0]).abs() < 1e-3 * upright.half_width_mm());
}

/// Fields under an edge with friction, at three close depths in the middle of each layer and on both sides of the faces.
fn fields(slips: bool) -> (Vec<Field>, f64) {
    let mut top = layer(1.5, 150.0, 0.4);
    top.slips = slips;
    let layers = stack(&[top, layer(4.0, 10.0, 0.45)]);
    let edge = Edge { friction: 0.3, ..Edge::rounded(3.0) };
    let pressure = Strip::fit(&layers, &edge, Control::DepthMm(1.0)).unwrap().press(Control::DepthMm(1.0)).unwrap();
    let near_middle = [0.5 - 1e-3, 0.5, 0.5 + 1e-3];
    let depths = [[&near_middle[..], &[1.0]].concat(), [&[0.0], &near_middle[..], &[1.0]].concat()];
    let (window, count) = (20.0, 1024);
    (Section::new(&layers, window, count, &depths).fields(&pressure), window / count as f64)
}

#[test]
fn every_point_is_in_equilibrium() {
    let (fields, step) = fields(false);
    for middle in [1, 6] {
        let (above, here, below) = (&fields[middle - 1], &fields[middle], &fields[middle + 1]);
        let deep = below.depth_mm - above.depth_mm;
        let largest = (0..1024).map(|i| here.stress_xz_kpa(i).abs()).fold(0.0, f64::max);
        for i in 412..612 {
            let across = (here.stress_xx_kpa(i + 1) - here.stress_xx_kpa(i - 1)) / (2.0 * step);
            let down = (below.stress_xz_kpa(i) - above.stress_xz_kpa(i)) / deep;
            assert!((across + down).abs() < 2e-3 * largest, "along, {i}: {across} {down}");
            let across = (here.stress_xz_kpa(i + 1) - here.stress_xz_kpa(i - 1)) / (2.0 * step);
            let down = (below.stress_zz_kpa(i) - above.stress_zz_kpa(i)) / deep;
            assert!((across + down).abs() < 2e-3 * largest, "down, {i}: {across} {down}");
        }
    }
}

#[test]
fn strain_is_the_slope_of_motion() {
    let (fields, step) = fields(false);
    for middle in [1, 6] {
        let (above, here, below) = (&fields[middle - 1], &fields[middle], &fields[middle + 1]);
        let deep = below.depth_mm - above.depth_mm;
        let across = |m: &[f64], i: usize| (m[i + 1] - m[i - 1]) / (2.0 * step);
        for i in 412..612 {
            assert!((across(&here.along_mm, i) - here.strain_xx[i]).abs() < 1e-4, "{i}");
            assert!(((below.down_mm[i] - above.down_mm[i]) / deep - here.strain_zz[i]).abs() < 1e-4, "{i}");
            let shear = (below.along_mm[i] - above.along_mm[i]) / deep + across(&here.down_mm, i);
            assert!((shear - here.shear_xz[i]).abs() < 1e-4, "{i} {shear} {}", here.shear_xz[i]);
        }
    }
}

#[test]
fn layers_stay_together_and_the_base_stays_still() {
    let (fields, _) = fields(false);
    let (above, below, base) = (&fields[3], &fields[4], &fields[8]);
    for i in 300..724 {
        let same = |a: f64, b: f64, what: &str| assert!((a - b).abs() < 1e-9, "{what} {i}: {a} {b}");
        same(above.along_mm[i], below.along_mm[i], "along");
        same(above.down_mm[i], below.down_mm[i], "down");
        same(above.strain_xx[i], below.strain_xx[i], "stretch");
        same(above.stress_zz_kpa(i), below.stress_zz_kpa(i), "pressure");
        same(above.stress_xz_kpa(i), below.stress_xz_kpa(i), "shear");
        same(base.along_mm[i], 0.0, "base along");
        same(base.down_mm[i], 0.0, "base down");
    }
}

#[test]
fn a_gliding_face_carries_no_shear() {
    let (fields, _) = fields(true);
    let (above, below) = (&fields[3], &fields[4]);
    let apart = (300..724).map(|i| (above.along_mm[i] - below.along_mm[i]).abs()).fold(0.0, f64::max);
    assert!(apart > 1e-3, "{apart}");
    for i in 300..724 {
        assert!(above.stress_xz_kpa(i).abs() < 1e-9 && below.stress_xz_kpa(i).abs() < 1e-9);
        assert!((above.down_mm[i] - below.down_mm[i]).abs() < 1e-9);
        assert!((above.stress_zz_kpa(i) - below.stress_zz_kpa(i)).abs() < 1e-9);
    }
}

#[test]
fn extremes_end_and_are_numbers() {
    let stacks = [
        stack(&[layer(0.1, 1000.0, 0.4999), layer(200.0, 1.0, 0.4999)]),
        stack(&[layer(0.1, 1.0, 0.0), layer(200.0, 1000.0, 0.45)]),
        stack(&[layer(5.0, 1.0, 0.48), layer(0.1, 1000.0, 0.3), layer(100.0, 20.0, 0.4999)]),
    ];
    for (which, stack) in stacks.iter().enumerate() {
        for radius in [0.2, 5.0, 100.0] {
            let depths = [0.01, 1.0, 10.0].map(Control::DepthMm);
            let forces = [0.001, 1.0, 1e4].map(Control::ForceNPerM);
            for control in depths.into_iter().chain(forces) {
                let found = press(stack, &Edge::rounded(radius), control, Model::Linear);
                let found = found.unwrap_or_else(|e| panic!("{which} {radius} {control:?}: {e}"));
                let numbers = [found.force_n_per_m, found.depth_mm, found.half_width_mm, found.peak_pressure_kpa];
                assert!(numbers.iter().all(|x| x.is_finite() && *x > 0.0), "{which} {radius} {control:?} {numbers:?}");
                let strains = found.layers.iter().flat_map(|l| [l.peak_fibre_strain, l.peak_compression, l.peak_shear]);
                assert!({ strains }.all(f64::is_finite), "{which} {radius} {control:?}");
            }
        }
    }
}
