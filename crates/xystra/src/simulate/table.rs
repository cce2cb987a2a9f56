//! A simulated plan for reading: each output at a few times.

use std::fmt::Write;

use xystra_tissue::study::quantity::quantities;

use crate::simulate::Simulated;
use crate::study::number;

/// How many times fit on a line.
const TIMES: usize = 9;

/// Outputs as rows, times as columns.
pub(super) fn table(simulated: &Simulated) -> String {
    let study = &simulated.study.about;
    let mut text = format!("{}: {}\narm {}; the middle person\n\n", study.id, study.title, simulated.arm);
    let shown = shown(simulated.hours.len());
    let (unit, hours) = if simulated.hours.last().is_some_and(|hour| *hour < 48.0) { ("h", 1.0) } else { ("d", 24.0) };
    let heads = shown.iter().map(|i| format!("{:>9}", format!("{} {unit}", number(simulated.hours[*i] / hours))));
    line(&mut text, &format!("{:48}{}", "", heads.collect::<String>()));
    for (place, quantity) in quantities().iter().enumerate() {
        let values = shown.iter().map(|i| format!("{:>9}", number(simulated.course.outputs[*i][place])));
        let name = format!("{} ({})", quantity.name, quantity.unit);
        line(&mut text, &format!("{name:48}{}", values.collect::<String>()));
    }
    text
}

/// Which times are shown: the first, the last, and others spread evenly between.
fn shown(count: usize) -> Vec<usize> {
    if count <= TIMES {
        return (0..count).collect();
    }
    (0..TIMES).map(|k| k * (count - 1) / (TIMES - 1)).collect()
}

fn line(text: &mut String, line: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_time_are_shown() {
        assert_eq!(shown(3), [0, 1, 2]);
        assert_eq!(shown(33), [0, 4, 8, 12, 16, 20, 24, 28, 32]);
    }
}
