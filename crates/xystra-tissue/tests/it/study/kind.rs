//! Each kind of endpoint gives the number that its words say.

use super::text::two_arms;
use super::{number, report};

/// An endpoint as text.
fn endpoint(id: &str, lines: &str) -> String {
    format!("\n[[endpoint]]\nid = \"{id}\"\nquantity = \"pain\"\nat = \"4 wk\"\n{lines}\n")
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9 * expected.abs().max(1.0), "{found}, expected {expected}");
}

#[test]
fn differences_ratios_and_percentages_agree_with_the_values_they_are_made_of() {
    let study = two_arms(
        &[
            endpoint("a", "kind = \"value\"\narm = \"strokes\""),
            endpoint("b", "kind = \"value\"\narm = \"waiting\""),
            endpoint("entry", "kind = \"ratio\"\narm = \"strokes\""),
            endpoint("less", "kind = \"difference\"\narm = \"strokes\"\nagainst = \"waiting\""),
            endpoint("less-mm", "kind = \"difference\"\narm = \"strokes\"\nagainst = \"waiting\"\nunit = \"mm\""),
            endpoint("by", "kind = \"ratio\"\narm = \"strokes\"\nagainst = \"waiting\""),
            endpoint("percent", "kind = \"change\"\narm = \"strokes\"\nunit = \"%\""),
            endpoint("gap", "kind = \"equivalence\"\narm = \"strokes\"\nagainst = \"waiting\"\ngap = 1"),
            endpoint(
                "by-two",
                "kind = \"standardised-difference\"\narm = \"strokes\"\nagainst = \"waiting\"\nstandard_sd = 2",
            ),
        ]
        .concat(),
    );
    let report = report(&study);
    let get = |id| number(&report, id);
    assert!(get("a") < get("b"));
    near(get("less"), get("a") - get("b"));
    near(get("less-mm"), 10.0 * get("less"));
    near(get("by"), get("a") / get("b"));
    near(get("gap"), get("less"));
    near(get("by-two"), get("less") / 2.0);
    near(get("percent"), 100.0 * (get("entry") - 1.0));
    near(get("a") - get("pain"), get("a") / get("entry"));
}

#[test]
fn baselines_come_back_with_their_mean_sd_and_unit() {
    let at_entry = |quantity: &str, more: &str| {
        format!(
            "\n[[endpoint]]\nid = \"{quantity}\"\nquantity = \"{quantity}\"\nkind = \"value\"\narm = \"waiting\"\nat = \"0 s\"\n{more}\n"
        )
    };
    let study =
        two_arms(&[at_entry("threshold", "unit = \"kPa\""), at_entry("motion", "movement = \"flexion\"")].concat());
    let report = report(&study);
    assert!((number(&report, "threshold") - 300.0).abs() < 6.0, "{}", number(&report, "threshold"));
    assert!((number(&report, "motion") - 70.0).abs() < 1.0, "{}", number(&report, "motion"));
    let error = report.endpoints.iter().find(|finding| finding.id == "threshold").unwrap().error;
    assert!((error / (60.0 / 10f64.sqrt()) - 1.0).abs() < 0.2, "{error}");
}

#[test]
fn shares_count_subjects_and_compare_as_risks() {
    let limit = "of = \"share\"\nbeyond = -20\nlimit_unit = \"%\"";
    let study = two_arms(
        &[
            endpoint("share", "kind = \"share\"\narm = \"strokes\"\nbeyond = -20\nlimit_unit = \"%\"\nunit = \"%\""),
            endpoint("few", "kind = \"share\"\narm = \"waiting\"\nbeyond = -99\nlimit_unit = \"%\""),
            endpoint("all", "kind = \"share\"\narm = \"waiting\"\nabove = 0"),
            endpoint("none", "kind = \"share\"\narm = \"waiting\"\nbelow = -1\nlimit_unit = \"mm\""),
            endpoint("risk", &format!("kind = \"difference\"\narm = \"strokes\"\nagainst = \"waiting\"\n{limit}")),
        ]
        .concat(),
    );
    let report = report(&study);
    let get = |id| number(&report, id);
    let tenths = get("share") / 10.0;
    assert!(tenths > 0.0 && tenths <= 10.0 && (tenths - tenths.round()).abs() < 1e-9, "{tenths}");
    assert!(get("risk") > 0.0);
    assert_eq!((get("few"), get("all"), get("none")), (0.0, 1.0, 0.0));
}

#[test]
fn an_order_is_met_only_the_right_way_round() {
    let order = |id, arms| {
        format!("\n[[endpoint]]\nid = \"{id}\"\nquantity = \"pain\"\nkind = \"order\"\narms = {arms}\nat = \"4 wk\"\n")
    };
    let study = two_arms(
        &[
            order("right", "[\"waiting\", \"strokes\"]"),
            order("wrong", "[\"strokes\", \"waiting\"]"),
            order("wide", "[\"waiting\", \"strokes\"]\ngap = 9"),
        ]
        .concat(),
    );
    let verdicts: Vec<Option<bool>> = report(&study).endpoints[1..].iter().map(|finding| finding.inside).collect();
    assert_eq!(verdicts, [Some(true), Some(false), Some(false)]);
}

#[test]
fn an_untreated_healthy_arm_stays_as_it_is() {
    let text = r#"
study = { id = "rest", title = "Rest", tissue = "human-muscle" }
[[arm]]
id = "untreated"
comparator = "untreated"
[[endpoint]]
id = "stiffness"
quantity = "stiffness"
kind = "change"
arm = "untreated"
at = "12 wk"
unit = "%"
[[endpoint]]
id = "pain"
quantity = "pain"
kind = "value"
arm = "untreated"
at = "12 wk"
"#;
    let study = xystra_tissue::study::Study::parse("rest.toml", text).unwrap();
    let report = report(&study);
    // Some of twenty people have less vital cells than the middle one, and their collagen settles a little lower.
    assert!(number(&report, "stiffness").abs() < 4.0 && number(&report, "pain").abs() < 1e-9);
}

#[test]
fn during_looks_into_the_strokes_and_after_behind_them() {
    let tone = |id: &str, at: &str| {
        format!(
            "\n[[endpoint]]\nid = \"{id}\"\nquantity = \"tone\"\nkind = \"value\"\narm = \"strokes\"\nat = \"{at}\"\nafter = \"last\"\n"
        )
    };
    let report = report(&two_arms(&[tone("during", "during"), tone("later", "10 min")].concat()));
    assert!(number(&report, "during") < 0.6 && number(&report, "later") > 0.99);
}

#[test]
fn what_is_kept_of_a_gain_falls_with_time() {
    let kept = |id: &str, at: &str| {
        format!(
            "\n[[endpoint]]\nid = \"{id}\"\nquantity = \"motion\"\nmovement = \"flexion\"\nkind = \"ratio\"\nof = \"change\"\narm = \"strokes\"\n\
             at = \"{at}\"\nby_at = \"0 min\"\nafter = \"first\"\n"
        )
    };
    let report = report(&two_arms(&[kept("now", "0 min"), kept("a-day", "24 h"), kept("two-days", "48 h")].concat()));
    near(number(&report, "now"), 1.0);
    assert!(number(&report, "two-days") < number(&report, "a-day") && number(&report, "a-day") < 1.0);
}

#[test]
fn a_delay_moves_the_plan_and_not_the_injury() {
    let text = |days: u32| {
        format!(
            r#"
study = {{ id = "cut", title = "Cut", tissue = "rat-ligament", condition = "acute-injury" }}
[subjects]
injury = {{ days_before = {days} }}
[[arm]]
id = "untreated"
comparator = "untreated"
[[arm]]
id = "spared"
comparator = "untreated"
injured = false
[[endpoint]]
id = "strength"
quantity = "strength"
kind = "value"
arm = "untreated"
at = "21 d"
after = "injury"
[[endpoint]]
id = "spared"
quantity = "strength"
kind = "ratio"
arm = "spared"
at = "21 d"
after = "start"
"#
        )
    };
    let of = |days| report(&xystra_tissue::study::Study::parse("cut.toml", &text(days)).unwrap());
    let (now, later) = (of(0), of(7));
    assert!((number(&now, "strength") - number(&later, "strength")).abs() < 1e-4);
    assert!(number(&now, "strength") < 0.9 && number(&now, "spared") > 0.97);
}
