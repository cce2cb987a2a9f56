//! Prints a page with the body map as picture, as links and as a form, in the light and in the dark theme.
//!
//! `cargo run -p xystra-catalog --example atlas_svg -- tokens.css bodymap.css > atlas.html`

use std::collections::BTreeMap;

use xystra_catalog::atlas::draw::{Drawing, Mark, Mode, svg};
use xystra_catalog::atlas::{RegionId, atlas};

fn main() {
    let styles: String = std::env::args().skip(1).filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    let marks = sample();
    let link = |id: &RegionId| format!("#{id}");
    let modes = [
        ("Picture", Mode::Plain, "light"),
        ("Links", Mode::Links(&link), "dark"),
        ("Form", Mode::Choices { name: "region" }, "light"),
    ];
    println!("<!doctype html><html lang=en><meta charset=utf-8><title>Body map</title><style>{styles}</style>");
    for (title, mode, theme) in modes {
        let prefix = title.to_lowercase();
        let map = svg(atlas(), &Drawing { marks: &marks, mode, title, id_prefix: &prefix });
        println!("<section data-theme={theme}>{map}</section>");
    }
}

fn sample() -> BTreeMap<RegionId, Mark> {
    let finding = Mark { finding: true, ..Mark::default() };
    let rows = [
        ("outer-elbow.back.left", Mark { number: Some(1), ..finding }),
        ("forearm-extensors-upper.back.left", Mark { number: Some(2), treated: true, ..finding }),
        ("forearm-extensors-lower.back.left", Mark { treated: true, ..Mark::default() }),
        ("upper-trapezius.back.left", Mark { number: Some(3), ..finding }),
        ("sole-arch.back.right", Mark { number: Some(4), ..finding }),
        ("inner-elbow.front.right", Mark { number: Some(5), ..finding }),
        ("patellar-tendon.front.left", Mark { number: Some(6), selected: true, ..finding }),
        ("chest-upper.front.right", Mark { number: Some(7), treated: true, ..Mark::default() }),
    ];
    rows.into_iter().filter_map(|(id, mark)| Some((id.parse().ok()?, mark))).collect()
}
