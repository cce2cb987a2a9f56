//! The calf of the design: skin, fat, fascia and muscle on bone, solved independently to 1e-4 of finite elements.

use xystra_tissue::Stack;
use xystra_tissue::contact::{Control, Edge, Model, press};

const CALF: &str = r#"
    layer = [
        { name = "skin", thickness_mm = 1.5, young_kpa = 150.0, poisson = 0.48 },
        { name = "fat", thickness_mm = 6.0, young_kpa = 5.0, poisson = 0.48 },
        { name = "fascia", thickness_mm = 1.0, young_kpa = 1000.0, poisson = 0.45 },
        { name = "muscle", thickness_mm = 35.0, young_kpa = 20.0, poisson = 0.48 },
    ]
"#;

/// Within a share of what was published.
fn near(value: f64, published: f64, share: f64, what: &str) {
    assert!((value / published - 1.0).abs() < share, "{what}: {value} where {published} was published");
}

#[test]
fn a_rounded_edge_4_mm_deep() {
    let stack = Stack::parse("calf", CALF).unwrap();
    for (radius_mm, force, width, peak) in [(10.0, 60.45, 5.98, 6.073), (2.0, 37.94, 1.29, 17.165)] {
        let contact = press(&stack, &Edge::rounded(radius_mm), Control::DepthMm(4.0), Model::Linear).unwrap();
        println!("{contact:?}");
        near(contact.force_n_per_m, force, 0.005, "force");
        near(contact.half_width_mm, width, 0.02, "half-width");
        near(contact.peak_pressure_kpa, peak, 0.005, "peak");
    }
}
