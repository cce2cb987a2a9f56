//! Faults are named by file, arm or endpoint and field, and say what to do.

use xystra_tissue::study::Study;

use super::text::TWO_ARMS;

/// The fault of the two-armed study with one text replaced by another.
fn fault(old: &str, new: &str) -> String {
    assert!(TWO_ARMS.contains(old), "{old}");
    let text = TWO_ARMS.replacen(old, new, 1);
    Study::parse("a.toml", &text).expect_err(new).to_string()
}

#[test]
fn faults_name_the_place_and_the_way_out() {
    let cases = [
        ("title = \"Two arms\"", "titel = \"Two arms\"", ["line 4", "titel"]),
        ("human-back", "human-knee", ["tissue", "human-back"]),
        ("low-back-pain", "gout", ["condition", "tennis-elbow"]),
        ("per_week = 2, weeks = 4", "per_week = 2", ["treatment 1", "weeks"]),
        ("per_week = 2, weeks = 4", "per_week = 9, weeks = 4", ["arm \"strokes\"", "per_day"]),
        ("force_n = 6, minutes", "minutes", ["treatment 1", "force_n"]),
        ("force_n = 6", "force_n = -6", ["force_n is -6", "0.01"]),
        ("minutes = 5", "minutes = 5, instrument = \"gt-9\"", ["gt-9", "gt-4"]),
        ("unit = \"mm\"", "unit = \"kg\"", ["subjects", "kg"]),
        ("sd = 12", "sd = -12", ["baseline of pain", "sd"]),
        ("comparator = \"waiting\"", "comparator = \"wait\"", ["line", "waiting"]),
        ("id = \"waiting\"", "id = \"strokes\"", ["two arms", "strokes"]),
        ("quantity = \"pain\"\nkind", "quantity = \"joy\"\nkind", ["endpoint \"pain\"", "threshold"]),
        ("kind = \"change\"", "kind = \"delta\"", ["line", "change"]),
        ("kind = \"change\"", "kind = \"difference\"", ["endpoint \"pain\"", "against"]),
        ("kind = \"change\"", "kind = \"share\"", ["endpoint \"pain\"", "beyond"]),
        ("kind = \"change\"", "kind = \"equivalence\"", ["endpoint \"pain\"", "gap"]),
        ("arm = \"strokes\"", "arm = \"stroke\"", ["\"stroke\"", "strokes, waiting"]),
        ("at = \"4 wk\"", "at = \"4wk\"", ["4wk", "4 wk"]),
        ("at = \"4 wk\"", "", ["endpoint \"pain\"", "say when"]),
        ("at = \"4 wk\"", "at = \"4 wk\"\nunit = \"kg\"", ["unit \"kg\"", "0-10"]),
        ("at = \"4 wk\"", "at = \"4 wk\"\nband = [2, 1]", ["band", "lower"]),
        ("at = \"4 wk\"", "at = \"4 wk\"\nafter = \"injury\"", ["injury", "[subjects.injury]"]),
        ("n = 10", "n = 0", ["subjects", "from 1"]),
        ("n = 10", "n = 10\nvalues = { plateau = 7 }", ["plateau is 7", "0.9"]),
    ];
    for (old, new, words) in cases {
        let fault = fault(old, new);
        assert!(fault.starts_with("a.toml: "), "{fault}");
        for word in words {
            assert!(fault.contains(word), "{new}: {fault}");
        }
    }
}
