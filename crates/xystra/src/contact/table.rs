//! A contact for reading.

use std::fmt::Write;

use xystra_tissue::Stack;
use xystra_tissue::contact::Contact;

/// Numbers of the whole, then a row for each layer.
pub(super) fn table(found: &Contact, stack: &Stack) -> String {
    let mut text = String::new();
    if let Some(force) = found.force_n {
        line(&mut text, "force", force, "N");
    }
    line(&mut text, "force for each metre", found.force_n_per_m, "N/m");
    line(&mut text, "depth", found.depth_mm, "mm");
    line(&mut text, "half-width", found.half_width_mm, "mm");
    line(&mut text, "largest pressure", found.peak_pressure_kpa, "kPa");
    let wide = found.layers.iter().map(|layer| layer.name.chars().count()).max().unwrap_or(0).max(5);
    let _ = writeln!(
        text,
        "\n{:wide$}  {:>9}  {:>13}  {:>11}  {:>9}",
        "layer", "thickness", "fibre stretch", "compression", "shear"
    );
    for (strain, layer) in found.layers.iter().zip(&stack.layers) {
        let percent = |value: f64| format!("{:.1} %", 100.0 * value);
        let _ = writeln!(
            text,
            "{:wide$}  {:>6.1} mm  {:>13}  {:>11}  {:>9}",
            strain.name,
            layer.thickness_mm,
            percent(strain.peak_fibre_strain),
            percent(strain.peak_compression),
            percent(strain.peak_shear)
        );
    }
    let trust = if found.validity.ok { "inside what was checked" } else { "doubtful" };
    let _ = writeln!(text, "\n{trust}: {}", found.validity.reason);
    text
}

/// Four significant digits.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count from 0 to 9")]
fn line(text: &mut String, name: &str, value: f64, unit: &str) {
    let digits = (3.0 - value.abs().max(1e-9).log10().floor()).clamp(0.0, 9.0) as usize;
    let _ = writeln!(text, "{name:20}  {value:>10.digits$} {unit}");
}
