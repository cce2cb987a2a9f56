//! The finite elements themselves: derivatives, patches, the linear limit, quadratic steps.

use xystra_tissue::{Layer, Stack};

use crate::finite_element::Solid;

fn layer(name: &str, thickness_mm: f64, young_kpa: f64, poisson: f64) -> Layer {
    Layer { name: name.to_owned(), thickness_mm, young_kpa, poisson, slips: false, stiffening: None }
}

/// The calf fixture of the contact model.
pub(crate) fn calf() -> Stack {
    let layers = vec![
        layer("skin", 1.5, 150.0, 0.48),
        layer("fat", 6.0, 5.0, 0.48),
        layer("fascia", 1.0, 1000.0, 0.45),
        layer("muscle", 35.0, 20.0, 0.48),
    ];
    Stack { layers }
}

/// The calf fixture is linear: a ten-thousandth of the depth under ten thousand times the radius touches the same width with as small a share of the force.
#[test]
fn small_strain_is_the_linear_calf() {
    for (radius, contact, force, half_width) in [(10.0, 6.0, 60.45, 5.98), (2.0, 1.3, 37.94, 1.29)] {
        let small = 1e-4;
        let solid = Solid::new(&calf(), radius / small, contact, 250.0, |_| 0.0);
        let rest = solid.press(None, 4.0 * small, 1).expect("settles");
        println!("R {radius}: {} N/m, half-width {} mm", rest.force / small, rest.half_width);
        assert!((rest.force / small / force - 1.0).abs() < 5e-3);
        assert!((rest.half_width / half_width - 1.0).abs() < 0.06, "as coarse as the points of the surface");
    }
}

/// A block of one material that is stretched evenly has no force on any node inside, however uneven its elements are.
#[test]
fn an_even_stretch_leaves_no_force_inside() {
    let stack = Stack { layers: vec![layer("muscle", 20.0, 20.0, 0.48)] };
    let solid = Solid::new(&stack, 5.0, 2.0, 40.0, |_| 8.0);
    let mesh = &solid.mesh;
    let place = |node: usize| [mesh.x[node / mesh.z.len()], mesh.z[node % mesh.z.len()]];
    let motion: Vec<f64> = (0..2 * mesh.nodes())
        .map(|i| {
            let [x, z] = place(i / 2);
            if i % 2 == 0 { 0.12 * x + 0.07 * z } else { -0.05 * x - 0.1 * z }
        })
        .collect();
    let (_, force) = solid.assemble(&motion, -100.0);
    let is_inside = |i: usize| {
        let [x, z] = place(i / 2);
        x > 1e-9 && x < 40.0 - 1e-9 && z > 1e-9 && z < 20.0 - 1e-9
    };
    let largest = force.iter().fold(0.0_f64, |m, f| m.max(f.abs()));
    let inside = (0..force.len()).filter(|&i| is_inside(i)).map(|i| force[i].abs()).fold(0.0, f64::max);
    println!("{inside:e} inside, {largest:e} on the faces");
    assert!(largest > 0.1 && inside < 1e-10 * largest);
}

/// Forces are the slope of the energy.
#[test]
fn forces_are_the_slope_of_the_energy() {
    let solid = Solid::new(&calf(), 5.0, 2.0, 60.0, |_| 6.0);
    let rest = solid.press(None, 1.0, 2).expect("settles");
    let depth = 1.3;
    let (_, force) = solid.assemble(&rest.motion, depth);
    let held = solid.mesh.held();
    for i in (0..force.len()).step_by(97).filter(|i| !held.contains(i)) {
        let energy = |shift: f64| {
            let mut motion = rest.motion.clone();
            motion[i] += shift;
            solid.energy(&motion, depth).expect("nothing is inside out")
        };
        let slope = (energy(1e-5) - energy(-1e-5)) / 2e-5;
        let scale = force.iter().fold(0.0_f64, |m, f| m.max(f.abs()));
        assert!((slope - force[i]).abs() < 1e-5 * scale, "{i}: {slope} and {}", force[i]);
    }
}

/// Near rest each Newton step squares the error.
#[test]
fn steps_end_quadratically() {
    let solid = Solid::new(&calf(), 5.0, 2.0, 60.0, |_| 6.0);
    let rest = solid.press(None, 1.5, 3).expect("settles");
    println!("{:?}", rest.history);
    let last: Vec<f64> = rest.history.iter().rev().take(3).map(|size| size.log10()).collect();
    assert!(last[0] < 1.5 * last[1] || last[0] < -11.0, "{last:?}");
}
