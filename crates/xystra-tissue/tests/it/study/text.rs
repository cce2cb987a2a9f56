//! Study files for the tests.

use std::path::Path;

use xystra_tissue::study::Study;

/// What all texts begin with: two arms of ten people, strokes twice a week and waiting.
pub(super) const TWO_ARMS: &str = r#"
[study]
id = "two-arms"
title = "Two arms"
tissue = "human-back"
condition = "low-back-pain"

[subjects]
n = 10
baseline = [
  { quantity = "pain", mean = 50, sd = 12, unit = "mm" },
  { quantity = "threshold", mean = 300, sd = 60, unit = "kPa" },
  { quantity = "motion", movement = "flexion", mean = 70, sd = 8, normal = 90 },
]

[[arm]]
id = "strokes"
comparator = "treatment"
treatment = [{ schedule = { per_week = 2, weeks = 4 }, dose = { force_n = 6, minutes = 5 } }]

[[arm]]
id = "waiting"
comparator = "waiting"

[[endpoint]]
id = "pain"
quantity = "pain"
kind = "change"
arm = "strokes"
at = "4 wk"
"#;

/// A study of two arms with more text at its end.
pub(super) fn two_arms(more: &str) -> Study {
    Study::parse("two-arms.toml", &format!("{TWO_ARMS}{more}")).unwrap_or_else(|fault| panic!("{fault}"))
}

/// A file of the folder `examples`.
pub(super) fn example(file: &str) -> Study {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(file);
    let text = std::fs::read_to_string(&path).expect("an example");
    Study::parse(file, &text).unwrap_or_else(|fault| panic!("{fault}"))
}
