//! Tables of the page.

use std::fmt::Write as _;

use xystra_cohort::trust::{Calibration, Design, Power, Said, histogram, unevenness};

use super::super::chart::BINS;
use super::{percent, with_interval};

/// Names of quantities whose bands hold the truth less or more often than was asked for.
pub(super) fn missed(calibration: &Calibration, [least, most]: [f64; 2]) -> Vec<String> {
    let share = |column: &xystra_cohort::trust::Column| column.within(0.9).value();
    let outside = calibration.columns.iter().filter(|column| !(least..=most).contains(&share(column)));
    outside.map(|column| format!("{} ({:.1} %)", column.name, share(column) * 100.0)).collect()
}

/// What the bands hold where the model is right.
pub(super) fn right(calibration: &Calibration) -> String {
    let mut text = "| what | 90 %, counted in part | as drawn | 50 %, counted in part | as drawn | uneven by chance | mean truth | mean foretold |\n\
                    |---|---|---|---|---|---|---|---|\n"
        .to_owned();
    for column in &calibration.columns {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {:.3} | {} | {} |",
            column.name,
            with_interval(column.within(0.9)),
            percent(column.in_band(0.9).value()),
            with_interval(column.within(0.5)),
            percent(column.in_band(0.5).value()),
            unevenness(&histogram(&column.ranks, BINS)),
            short(column.means[0]),
            short(column.means[1]),
        );
    }
    text
}

/// The three wrong models under which a band of nine in ten holds least, with what it is that they hold least.
pub(super) fn worst(all: &[Calibration]) -> Vec<String> {
    let least = |one: &Calibration| {
        let shares = one.columns.iter().map(|column| (column.within(0.9).value(), column.name.clone()));
        shares.min_by(|a, b| a.0.total_cmp(&b.0))
    };
    let mut found: Vec<(f64, String, &str)> =
        all.iter().skip(1).filter_map(|one| least(one).map(|(share, name)| (share, name, one.says.as_str()))).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.iter().take(3).map(|(share, name, says)| format!("{says}: {} % ({name})", percent(*share))).collect()
}

/// What the bands hold where it is not.
pub(super) fn wrong(all: &[Calibration]) -> String {
    let Some(first) = all.first() else { return String::new() };
    let names: Vec<&str> = first.columns.iter().map(|column| column.name.trim_start_matches("nprs: ")).collect();
    let rule = "---|".repeat(names.len() + 3);
    let mut text = format!("| truth | {} | true gain now | foretold |\n|{rule}\n", names.join(" | "));
    for one in all {
        let shares: Vec<String> = one.columns.iter().map(|column| percent(column.within(0.9).value())).collect();
        let gain = one
            .columns
            .iter()
            .find(|column| column.name.ends_with("by strokes, now"))
            .map_or([f64::NAN; 2], |column| column.means);
        let _ = writeln!(text, "| {} | {} | {} | {} |", one.says, shares.join(" | "), short(gain[0]), short(gain[1]));
    }
    text
}

/// What is said where strokes do nothing.
pub(super) fn nothing(all: &[Power]) -> String {
    let head = "| design | measured | clients | interval holds zero, % | \"adds nothing\" | \"helps\" | \"harms\" | width of the interval |";
    let mut text = format!("{head}\n|{}\n", "---|".repeat(8));
    for one in all {
        let Said { holds_zero, adds_nothing, helps, harms, width, .. } = &one.none;
        let [adds_nothing, helps, harms] = [adds_nothing, helps, harms].map(|share| percent(share.value()));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {adds_nothing} | {helps} | {harms} | {width:.1} |",
            planned(one),
            one.measured,
            holds_zero.of,
            with_interval(*holds_zero)
        );
    }
    text
}

/// What is said where strokes gained much.
pub(super) fn telling(all: &[Power]) -> String {
    let head = "| design | measured | clients | \"helps\", % | \"adds nothing\" | \"harms\" | true gain | width of the interval, before | after | interval holds the truth, % |";
    let mut text = format!("{head}\n|{}\n", "---|".repeat(10));
    for one in all {
        let Said { helps, adds_nothing, harms, gain, width, prior_width, holds_truth, .. } = &one.strong;
        let [adds_nothing, harms, holds_truth] = [adds_nothing, harms, holds_truth].map(|share| percent(share.value()));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {adds_nothing} | {harms} | {gain:.1} | {prior_width:.1} | {width:.1} | {holds_truth} |",
            planned(one),
            one.measured,
            helps.of,
            with_interval(*helps)
        );
    }
    text
}

/// A design in words.
fn planned(one: &Power) -> String {
    let Design { sessions, baselines, pause } = one.design;
    let with = match (baselines, pause) {
        (false, false) => "",
        (true, false) => ", baseline",
        (false, true) => ", break",
        (true, true) => ", baseline and break",
    };
    format!("{sessions} sessions{with}, {} a week", one.per_week)
}

/// At most three digits that count.
fn short(value: f64) -> String {
    let digits = if value.abs() >= 10.0 {
        1
    } else if value.abs() >= 0.1 || value == 0.0 {
        2
    } else {
        4
    };
    format!("{value:.digits$}")
}
