//! A cut of the model as a drawing: layers where they were moved to, shaded by their strain.

use xystra_tissue::Stack;
use xystra_tissue::contact::{Cut, Field, LayerStrain};

use super::settings::Shown;
use crate::chart::{Band, Grid, Place, Section, Tool, section};
use crate::show::number;

/// Strains from which a darker shade begins, and as the key says them.
pub(super) const LEVELS: [(f64, &str); 5] =
    [(0.02, "2 %"), (0.05, "5"), (0.1, "10"), (0.2, "20"), (0.4, "40 % and more")];

/// Draws a cut. `finding` begins what the picture says; strains are added.
pub(super) fn drawing(cut: &Cut, stack: &Stack, shown: Shown, tool: Tool, load: [String; 2], finding: &str) -> String {
    let names = stack.layers.iter().map(|layer| layer.name.as_str());
    let layers: Vec<Band> = names
        .zip(&cut.layers)
        .zip(&cut.contact.layers)
        .filter_map(|((name, fields), strain)| band(name, fields, strain, &cut.x_mm, shown))
        .collect();
    let strains: Vec<String> = layers.iter().map(|layer| format!("{} {}", layer.name, layer.strain)).collect();
    let finding = format!("{finding} Largest {}: {}.", shown.word(), strains.join(", "));
    section(&Section { finding, layers, tool, load })
}

fn band(name: &str, fields: &[Field], strain: &LayerStrain, x_mm: &[f64], shown: Shown) -> Option<Band> {
    let (first, last) = (fields.first()?, fields.last()?);
    let grid = Grid {
        xs: (0..x_mm.len()).map(index).collect(),
        ys: (0..fields.len()).map(index).collect(),
        values: fields.iter().flat_map(|field| values(field, shown)).collect(),
    };
    let moved = |place: Place| moved(fields, x_mm, place);
    let outline = |outline: Vec<Place>| outline.into_iter().map(moved).collect();
    let shades = LEVELS.iter().map(|(level, _)| grid.above(*level).into_iter().map(outline).collect()).collect();
    Some(Band {
        class: class(name),
        name: name.to_owned(),
        strain: percent(peak(strain, shown)),
        top: face(first, x_mm),
        bottom: face(last, x_mm),
        shades,
    })
}

/// The strain that is shown, as the model found it in the whole layer.
pub(super) fn peak(strain: &LayerStrain, shown: Shown) -> f64 {
    match shown {
        Shown::Stretch => strain.peak_fibre_strain,
        Shown::Compression => strain.peak_compression,
        Shown::Shear => strain.peak_shear,
    }
}

/// "17 %", and one decimal below 2 %.
pub(super) fn percent(strain: f64) -> String {
    let percent = 100.0 * strain;
    format!("{} %", number(percent, usize::from(percent < 1.95)))
}

fn values(field: &Field, shown: Shown) -> Vec<f64> {
    match shown {
        Shown::Stretch => field.strain_xx.clone(),
        Shown::Compression => field.strain_zz.iter().map(|strain| -strain).collect(),
        Shown::Shear => field.shear_xz.iter().map(|strain| strain.abs()).collect(),
    }
}

fn face(field: &Field, x_mm: &[f64]) -> Vec<Place> {
    (0..x_mm.len()).map(|at| point(field, x_mm, at)).collect()
}

fn point(field: &Field, x_mm: &[f64], at: usize) -> Place {
    (x_mm[at] + field.along_mm[at], field.depth_mm + field.down_mm[at])
}

/// Where a place between points of the grid was moved to: straight between its four neighbours.
fn moved(fields: &[Field], x_mm: &[f64], (x, y): Place) -> Place {
    let (left, above) = (whole(x, x_mm.len()), whole(y, fields.len()));
    let (right, below) = ((left + 1).min(x_mm.len() - 1), (above + 1).min(fields.len() - 1));
    let between = |a: Place, b: Place, share: f64| (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share);
    let row = |row: usize| between(point(&fields[row], x_mm, left), point(&fields[row], x_mm, right), x - index(left));
    between(row(above), row(below), y - index(above))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places lie on the grid")]
fn whole(at: f64, count: usize) -> usize {
    (at.max(0.0) as usize).min(count.saturating_sub(1))
}

fn index(at: usize) -> f64 {
    at as f64
}

fn class(name: &str) -> &'static str {
    let known = ["skin", "fat", "fascia", "muscle", "tendon"];
    known.into_iter().find(|known| name.contains(known)).unwrap_or("tendon")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_strains_have_a_decimal() {
        assert_eq!([0.174, 0.0196, 0.008].map(percent), ["17 %", "2 %", "0.8 %"]);
    }

    #[test]
    fn a_place_moves_with_its_neighbours() {
        let field = |depth_mm: f64, down: f64| {
            let mut field = Field::default();
            (field.depth_mm, field.along_mm, field.down_mm) = (depth_mm, vec![0.0, 1.0], vec![down, down]);
            field
        };
        let fields = [field(0.0, 2.0), field(4.0, 0.0)];
        let (x, y) = moved(&fields, &[-1.0, 1.0], (0.5, 0.5));
        assert!((x - 0.5).abs() < 1e-12 && (y - 3.0).abs() < 1e-12, "{x} {y}");
    }
}
