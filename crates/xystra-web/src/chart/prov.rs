//! How a dose is known, as a mark: dotted ring guessed, half ring banded, full measured.

use xystra_dose::Provenance;

use super::Svg;

/// The mark; the word goes beside it.
pub fn prov(provenance: Provenance) -> String {
    let mut svg = Svg::mark(16.0, 16.0);
    match provenance {
        Provenance::Guessed => svg.circle("prov__ring prov__dash", (8.0, 8.0), 6.0, ""),
        Provenance::Banded => {
            svg.circle("prov__ring", (8.0, 8.0), 6.0, "");
            svg.path("prov__fill", "M8 2a6 6 0 010 12z");
        }
        Provenance::Measured => svg.circle("prov__ring prov__fill", (8.0, 8.0), 6.0, ""),
    }
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_marks_differ() {
        let marks = [Provenance::Guessed, Provenance::Banded, Provenance::Measured].map(prov);
        assert!(marks[0] != marks[1] && marks[1] != marks[2] && marks[0] != marks[2]);
        for mark in &marks {
            super::super::check::is_sound(mark);
        }
    }
}
