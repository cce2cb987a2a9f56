//! The stiffening model beside finite elements with the same law, and on its own.

use std::fmt::Write;
use std::path::PathBuf;

use xystra_tissue::contact::{Contact, Control, Edge, Model, press};
use xystra_tissue::{Stack, layers};

use crate::finite_element::{Rest, Solid};
use crate::finite_element_check::calf;

const BEGIN: &str = "<!-- stiffening begin -->\n";
const END: &str = "<!-- stiffening end -->";

/// The calf fixture with the stiffening of its layers' names, with a mild one and with none; and a thin forearm.
fn stacks() -> Vec<(&'static str, Stack)> {
    let with = |b: [f64; 4]| {
        let mut stack = calf();
        stack.layers.iter_mut().zip(b).for_each(|(layer, b)| layer.stiffening = Some(b));
        stack
    };
    vec![
        ("calf", with([10.0, 20.0, 10.0, 5.0])),
        ("calf, mild", with([5.0, 5.0, 5.0, 3.0])),
        ("calf, none", with([1e-9; 4])),
        ("forearm", layers::stack("forearm").unwrap()),
    ]
}

/// Finite elements at rising depths until the force passes 320 N/m, each beside ours under the same force.
struct Beside {
    radius: f64,
    depth: f64,
    rest: Rest,
    peaks: Vec<[f64; 3]>,
    ours: Contact,
}

fn beside(stack: &Stack, radius: f64, depths: &[f64]) -> Vec<Beside> {
    let solid = Solid::new(stack, radius, 0.5 * (3.0 * radius).sqrt(), 150.0, |i| layers::stiffening(&stack.layers[i]));
    let mut found: Vec<Beside> = Vec::new();
    for &depth in depths {
        let from = found.last().map(|last| &last.rest);
        let far = depth - from.map_or(0.0, |rest| rest.depth);
        let steps = (1..100_usize).find(|&n| n as f64 >= 2.0 * far).unwrap_or(100);
        let Some(rest) = solid.press(from, depth, steps) else { break };
        let ours = press(stack, &Edge::rounded(radius), Control::ForceNPerM(rest.force), Model::Stiffening).unwrap();
        let is_last = rest.force > 320.0;
        found.push(Beside { radius, depth, peaks: solid.peaks(&rest), rest, ours });
        if is_last {
            break;
        }
    }
    found
}

impl Beside {
    fn off(&self) -> f64 {
        self.ours.depth_mm / self.depth - 1.0
    }

    /// Stretch, compression and shear of every layer: theirs and ours.
    fn strains(&self) -> Vec<[(f64, f64); 3]> {
        let one = |(theirs, ours): (&[f64; 3], &xystra_tissue::contact::LayerStrain)| {
            [(theirs[0], ours.peak_fibre_strain), (theirs[1], ours.peak_compression), (theirs[2], ours.peak_shear)]
        };
        self.peaks.iter().zip(&self.ours.layers).map(one).collect()
    }

    /// The largest difference of a stretch or compression, over the largest strain of its kind in any layer.
    fn worst(&self) -> f64 {
        let strains = self.strains();
        let kind = |k: usize| {
            let largest = strains.iter().map(|layer| layer[k].0).fold(0.0, f64::max);
            strains.iter().map(|layer| (layer[k].1 - layer[k].0).abs() / largest).fold(0.0, f64::max)
        };
        kind(0).max(kind(1))
    }

    fn row(&self, name: &str) -> String {
        let mut text = format!(
            "| {name} | {} | {:.1} | {:.0} | {:+.1} % | {:+.1} % |",
            self.radius,
            self.depth,
            self.rest.force,
            100.0 * self.off(),
            100.0 * (self.ours.half_width_mm / self.rest.half_width - 1.0)
        );
        for layer in self.strains() {
            let _ = write!(text, " {:.2}, {:.2}; {:.2}, {:.2} |", layer[0].0, layer[0].1, layer[1].0, layer[1].1);
        }
        text + "\n"
    }
}

#[test]
fn stiffening_agrees_with_finite_elements() {
    let stacks = stacks();
    for (index, radius, depths) in
        [(0, 2.0, [2.0, 4.5]), (0, 18.0, [3.0, 4.5]), (1, 10.0, [3.0, 6.0]), (3, 5.0, [1.5, 3.0])]
    {
        let found = beside(&stacks[index].1, radius, &depths);
        assert_eq!(found.len(), depths.len(), "{}: finite elements are lost", stacks[index].0);
        for one in &found {
            println!("{}worst strain {:.3}", one.row(stacks[index].0), one.worst());
            assert!(one.off().abs() < 0.06, "{} R {radius}: depth off by {}", stacks[index].0, one.off());
            assert!(one.worst() < 0.5, "{} R {radius}: strains off by {}", stacks[index].0, one.worst());
        }
    }
}

#[test]
fn stiffening_table() {
    if std::env::var_os("XYSTRA_WRITE").is_none() {
        println!("the table is not made anew without XYSTRA_WRITE");
        return;
    }
    let mut text = String::from(
        "| layers | R, mm | depth, mm | force, N/m | our depth | our half-width | skin: stretch theirs, ours; compression theirs, ours | fat | fascia | muscle |\n|---|---|---|---|---|---|---|---|---|---|\n",
    );
    let (mut off, mut worst) = (0.0_f64, 0.0_f64);
    for (name, stack) in stacks() {
        for radius in [2.0, 5.0, 10.0, 18.0] {
            for one in beside(&stack, radius, &[1.5, 3.0, 4.5, 6.0, 7.5]) {
                (off, worst) = (off.max(one.off().abs()), worst.max(one.worst()));
                text.push_str(&one.row(name));
            }
        }
    }
    let _ = writeln!(
        text,
        "\nDepth at the same force is off by at most {:.0} %; a stretch or compression by at most {:.0} % of the largest of its kind.",
        100.0 * off,
        100.0 * worst
    );
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/validation/contact.md");
    let page = std::fs::read_to_string(&path).expect("the page of contact");
    let (before, rest) = page.split_once(BEGIN).expect("a place for the table");
    let (_, after) = rest.split_once(END).expect("the place ends");
    std::fs::write(&path, format!("{before}{BEGIN}{text}{END}{after}")).expect("the page is written");
}

#[test]
fn force_and_depth_are_two_ways_to_the_same_contact() {
    let stack = layers::stack("calf").unwrap();
    for edge in [Edge::rounded(4.0), Edge { length_mm: Some(35.0), ..Edge::rounded(4.0) }] {
        let by_depth = press(&stack, &edge, Control::DepthMm(3.0), Model::Stiffening).unwrap();
        let back = press(&stack, &edge, Control::ForceNPerM(by_depth.force_n_per_m), Model::Stiffening).unwrap();
        println!("{} N/m, {} mm", by_depth.force_n_per_m, back.depth_mm);
        // A footprint's moduli are looked for on a coarse grid.
        let share = if edge.is_endless() { 5e-3 } else { 1.5e-2 };
        assert!((back.depth_mm / 3.0 - 1.0).abs() < share);
    }
}

#[test]
fn without_stiffening_and_strain_it_is_the_linear_model() {
    let mut stack = calf();
    stack.layers.iter_mut().for_each(|layer| layer.stiffening = Some(1e-9));
    let [linear, stiffening] = [Model::Linear, Model::Stiffening]
        .map(|model| press(&stack, &Edge::rounded(10.0), Control::ForceNPerM(0.05), model).unwrap().depth_mm);
    assert!((stiffening / linear - 1.0).abs() < 5e-3, "{stiffening} and {linear}");
}

#[test]
fn extremes_settle_and_more_force_goes_deeper() {
    for region in ["calf", "forearm", "rat-achilles"] {
        let stack = layers::stack(region).unwrap();
        for radius in [0.3, 3.0, 40.0] {
            let mut last = 0.0;
            for force in [0.01, 1.0, 100.0, 5000.0] {
                let found =
                    press(&stack, &Edge::rounded(radius), Control::ForceNPerM(force), Model::Stiffening).unwrap();
                let numbers = found.layers.iter().flat_map(|l| [l.peak_fibre_strain, l.peak_compression, l.peak_shear]);
                assert!(numbers.chain([found.half_width_mm, found.peak_pressure_kpa]).all(f64::is_finite));
                assert!(found.depth_mm > last, "{region} R {radius}, {force} N/m: {} after {last}", found.depth_mm);
                last = found.depth_mm;
            }
        }
    }
}

#[test]
fn slipping_layers_settle_and_give_way_more() {
    let bonded = layers::stack("calf").unwrap();
    let mut gliding = bonded.clone();
    gliding.layers[2].slips = true;
    let depth = |stack: &Stack| {
        press(stack, &Edge::rounded(5.0), Control::ForceNPerM(150.0), Model::Stiffening).unwrap().depth_mm
    };
    assert!(depth(&gliding) > depth(&bonded));
}
