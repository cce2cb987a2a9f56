//! The rows of limb indentation, when they are at hand.

use std::path::PathBuf;

/// Sites: lower and upper arm and leg, front (A) and back (P).
pub(super) const SITES: [&str; 8] = ["LA_A", "LA_P", "UA_A", "UA_P", "LL_A", "LL_P", "UL_A", "UL_P"];

/// One press of a probe on one limb; layers are skin, fat, muscle.
pub(super) struct Row {
    /// Number of the person, in the order of the file.
    pub subject: usize,
    /// Number of the site in [`SITES`].
    pub site: usize,
    /// Largest force, N.
    pub force_n: f64,
    /// Face of the probe, mm^2.
    pub area_mm2: f64,
    /// Thickness at rest, mm.
    pub thickness: [f64; 3],
    /// Compression at the largest force.
    pub strain: [f64; 3],
}

impl Row {
    /// Force over the face, kPa.
    pub(super) fn pressure(&self) -> f64 {
        1e3 * self.force_n / self.area_mm2
    }

    /// Compression of all layers together.
    pub(super) fn total(&self) -> f64 {
        let pressed: f64 = self.strain.iter().zip(&self.thickness).map(|(e, h)| e * h).sum();
        pressed / self.thickness.iter().sum::<f64>()
    }

    /// Length and width of the face, mm: its area is known, and that such probes are some 40 to 45 mm long; ours.
    pub(super) fn face(&self) -> [f64; 2] {
        let long = if self.area_mm2 < 500.0 { 40.0 } else { 45.0 };
        [long, self.area_mm2 / long]
    }
}

/// All rows with three layers; none, said plainly, when the data is not there.
pub(super) fn read() -> Option<Vec<Row>> {
    let shared = std::env::var_os("XYSTRA_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    let Ok(text) = std::fs::read_to_string(shared.join("data/limb-indentation/indentation.csv")) else {
        println!("not checked: limb-indentation is not at hand; set XYSTRA_SHARED to the folder of the shared data");
        return None;
    };
    let mut lines = text.lines();
    let heads: Vec<&str> = lines.next()?.split(',').collect();
    let mut people: Vec<String> = Vec::new();
    Some(lines.filter_map(|line| row(&heads, &line.split(',').collect::<Vec<_>>(), &mut people)).collect())
}

/// A row; none where a layer was not measured.
fn row(heads: &[&str], cells: &[&str], people: &mut Vec<String>) -> Option<Row> {
    let cell = |name: &str| cells[heads.iter().position(|head| *head == name).expect("a column of the data")];
    let number = |name: &str| cell(name).parse::<f64>().ok().filter(|value| value.is_finite());
    let known = people.iter().position(|id| id == cell("SubID"));
    let subject = known.unwrap_or_else(|| {
        people.push(cell("SubID").to_owned());
        people.len() - 1
    });
    let force_n = number("MaxForce")?;
    Some(Row {
        subject,
        site: SITES.iter().position(|site| *site == cell("Location")).expect("a site that is known"),
        force_n,
        area_mm2: (force_n / number("maxForce_normArea")?).round(),
        thickness: [number("Skin")?, number("Fat")?, number("Muscle")?],
        strain: [number("SkinStrain")?, number("FatStrain")?, number("MuscleStrain")?],
    })
}
