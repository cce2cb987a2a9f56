//! The surface's answer to a wave of load, beside closed forms.

use xystra_tissue::contact::{Compliance, compliance};
use xystra_tissue::{Layer, Stack};

pub(super) fn layer(thickness_mm: f64, young_kpa: f64, poisson: f64) -> Layer {
    Layer { name: "layer".to_owned(), thickness_mm, young_kpa, poisson, slips: false, stiffening: None }
}

pub(super) fn stack(layers: &[Layer]) -> Stack {
    Stack { layers: layers.to_vec() }
}

fn near(value: f64, wanted: f64, share: f64, what: &str) {
    assert!((value / wanted - 1.0).abs() < share, "{what}: {value}, wanted {wanted}");
}

const POISSONS: [f64; 6] = [0.0, 0.2, 0.3, 0.45, 0.48, 0.4999];

#[test]
fn a_deep_layer_answers_like_a_half_space() {
    for poisson in POISSONS {
        let young = 25.0;
        let deep = stack(&[layer(80.0, young, poisson)]);
        for k in [0.5, 1.0, 7.0, 300.0] {
            let found = compliance(&deep, k);
            let normal = 2.0 * (1.0 - poisson * poisson) / (young * k);
            near(found.down, normal, 1e-6, "down");
            near(found.along, normal, 1e-6, "along");
            let cross = (1.0 - 2.0 * poisson) * (1.0 + poisson) / (young * k);
            assert!((found.cross.abs() - cross).abs() < 1e-6 * normal, "cross {} {cross}", found.cross);
            near(found.across, 2.0 * (1.0 + poisson) / (young * k), 1e-6, "across");
        }
    }
}

/// A layer bonded to a rigid base under a load down, in closed form; for `q` of 0.01 and more, below which it loses its digits.
fn bonded(k: f64, thickness: f64, young: f64, poisson: f64) -> f64 {
    let (q, kappa) = (k * thickness, 3.0 - 4.0 * poisson);
    let shear = young / (2.0 * (1.0 + poisson));
    let up = 2.0 * kappa * (2.0 * q).sinh() - 4.0 * q;
    let low = 2.0 * kappa * (2.0 * q).cosh() + 1.0 + kappa * kappa + 4.0 * q * q;
    (1.0 - poisson) / (shear * k) * up / low
}

/// The same on a rigid base without friction.
fn gliding(k: f64, thickness: f64, young: f64, poisson: f64) -> f64 {
    let q = k * thickness;
    let shear = young / (2.0 * (1.0 + poisson));
    (1.0 - poisson) / (shear * k) * ((2.0 * q).cosh() - 1.0) / ((2.0 * q).sinh() + 2.0 * q)
}

#[test]
fn one_layer_on_a_rigid_base_is_the_closed_form() {
    for poisson in POISSONS {
        for q in [0.01, 0.1, 0.7, 1.0, 1.3, 3.0, 12.0] {
            let k = q / 4.0;
            let mut one = layer(4.0, 25.0, poisson);
            near(compliance(&stack(std::slice::from_ref(&one)), k).down, bonded(k, 4.0, 25.0, poisson), 1e-9, "bonded");
            one.slips = true;
            near(compliance(&stack(&[one]), k).down, gliding(k, 4.0, 25.0, poisson), 1e-9, "gliding");
        }
    }
}

#[test]
fn the_longest_wave_is_an_even_load() {
    let layers = [layer(1.5, 150.0, 0.48), layer(6.0, 5.0, 0.4999), layer(1.0, 1000.0, 0.3)];
    let springs: f64 = layers
        .iter()
        .map(|l| {
            let (e, v) = (l.young_kpa, l.poisson);
            l.thickness_mm * (1.0 + v) * (1.0 - 2.0 * v) / (e * (1.0 - v))
        })
        .sum();
    let layers = stack(&layers);
    near(compliance(&layers, 0.0).down, springs, 1e-12, "no wave");
    for k in [1e-9, 1e-7, 1e-5] {
        near(compliance(&layers, k).down, springs, 1e-4, "a long wave");
    }
}

#[test]
fn a_layer_is_its_slices() {
    let whole = stack(&[layer(5.0, 20.0, 0.45)]);
    let slices: Vec<Layer> = [0.001, 0.5, 1.499, 3.0].iter().map(|&h| layer(h, 20.0, 0.45)).collect();
    let slices = stack(&slices);
    for k in [1e-4, 0.01, 0.3, 1.0, 4.0, 50.0] {
        let (a, b) = (compliance(&whole, k), compliance(&slices, k));
        for (a, b) in [(a.down, b.down), (a.along, b.along), (a.cross, b.cross), (a.across, b.across)] {
            near(a, b, 1e-8, "sliced");
        }
    }
}

#[test]
fn a_top_layer_without_thickness_is_not_there() {
    let low = layer(5.0, 20.0, 0.45);
    let bare = stack(std::slice::from_ref(&low));
    for k in [0.01, 0.3, 2.0] {
        let difference = |h: f64| {
            let covered = stack(&[layer(h, 200.0, 0.3), low.clone()]);
            (compliance(&covered, k).down / compliance(&bare, k).down - 1.0).abs()
        };
        assert!(difference(1e-5) < 1e-3, "{k} {}", difference(1e-5));
        assert!(difference(1e-5) < 0.11 * difference(1e-4), "{k}");
    }
    // And one that is thick is all there is.
    let buried = stack(&[layer(40.0, 200.0, 0.3), low]);
    near(compliance(&buried, 1.0).down, 2.0 * (1.0 - 0.09) / 200.0, 1e-9, "buried");
}

#[test]
fn a_gliding_face_yields_more_than_a_bonded_one() {
    let mut top = layer(2.0, 50.0, 0.45);
    let low = layer(8.0, 10.0, 0.48);
    for k in [0.02, 0.2, 0.6, 2.0] {
        let tied = compliance(&stack(&[top.clone(), low.clone()]), k);
        top.slips = true;
        let free = compliance(&stack(&[top.clone(), low.clone()]), k);
        top.slips = false;
        assert!(free.down > tied.down && free.along > tied.along && free.across > tied.across, "{k}");
    }
    // Too deep to be felt, gliding or not is the same.
    let mut thick = layer(30.0, 50.0, 0.45);
    let tied = compliance(&stack(&[thick.clone(), low.clone()]), 2.0).down;
    thick.slips = true;
    near(compliance(&stack(&[thick, low]), 2.0).down, tied, 1e-12, "deep");
}

#[test]
fn extreme_layers_give_sound_numbers() {
    let extremes = [
        stack(&[layer(0.1, 1e4, 0.4999), layer(200.0, 10.0, 0.4999)]),
        stack(&[layer(0.1, 10.0, 0.0), layer(200.0, 1e4, 0.4999)]),
        stack(&[layer(200.0, 1.0, 0.4999), layer(0.1, 1000.0, 0.1), layer(0.1, 1.0, 0.4999)]),
    ];
    for stack in extremes {
        let mut before = f64::INFINITY;
        for i in 0..200 {
            let k = 1e-6 * 10_f64.powf(f64::from(i) / 18.0);
            let Compliance { down, along, cross, across } = compliance(&stack, k);
            assert!(down > 0.0 && along > 0.0 && across > 0.0 && cross.is_finite(), "{k} {down} {along} {across}");
            assert!(cross * cross <= down * along * (1.0 + 1e-9), "{k}");
            // Beyond what incompressible layers carry away sideways, a shorter wave meets a stiffer surface.
            assert!(k < 1.0 || down < before, "{k}");
            before = down;
        }
    }
}
