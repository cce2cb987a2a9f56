//! How rough the tissue felt along the strokes, as a picture and as a table.

use xystra_dose::picture::Look;
use xystra_dose::texture::{Place, Texture};

use crate::chart::{Anchor, Scale, Svg, nice_step};
use crate::show::number;

/// Parts along the stroke.
const BINS: u32 = 40;
const LEFT: f64 = 8.0;
const TOP: f64 = 24.0;
const STRIP: f64 = 70.0;
const BOTTOM: f64 = 110.0;
/// Roughness of the last shade: as many times the median.
const DARKEST: f64 = 2.5;

/// A texture map of one recording.
pub(super) struct Map {
    pub(super) band: String,
    pub(super) finding: String,
    pub(super) wide: String,
    pub(super) narrow: String,
    pub(super) sections: Vec<Section>,
}

/// A stretch along the strokes between two changes.
pub(super) struct Section {
    pub(super) extent: String,
    pub(super) roughness: String,
}

/// Where along what: millimetres of the stroke when positions are known, else seconds of the recording.
struct Along {
    is_way: bool,
    end: f64,
}

impl Map {
    /// `None` where nothing measured it.
    pub(super) fn of(texture: &Texture) -> Option<Self> {
        let is_way = texture.places.iter().all(|place| place.along_m.is_some());
        let ends = texture.places.iter().map(|place| at(place, is_way));
        let along = Along { is_way, end: ends.fold(0.0, f64::max) };
        if texture.places.is_empty() || along.end <= 0.0 {
            return None;
        }
        let bins = bins(texture, &along);
        let cuts = cuts(texture, is_way);
        let sections = sections(&bins, &cuts, &along);
        let band = format!("{} to {} Hz", number(texture.band_hz.0, 0), number(texture.band_hz.1, 0));
        let finding = finding(&cuts, &along);
        let drawn = |look: Look| picture(&bins, &cuts, &along, &finding, look);
        Some(Self { band, wide: drawn(Look::WIDE), narrow: drawn(Look::NARROW), finding, sections })
    }
}

fn at(place: &Place, is_way: bool) -> f64 {
    place.along_m.filter(|_| is_way).map_or(place.time_s, |along_m| 1000.0 * along_m)
}

/// Mean roughness of each part; `None` where no stroke was.
fn bins(texture: &Texture, along: &Along) -> Vec<Option<f64>> {
    let part = |n: u32| (along.end * f64::from(n) / f64::from(BINS), along.end * f64::from(n + 1) / f64::from(BINS));
    let mean = |(from, to): (f64, f64)| {
        let inside = texture.places.iter().filter(|place| {
            let at = at(place, along.is_way);
            from <= at && (at < to || to >= along.end)
        });
        let values: Vec<f64> = inside.map(|place| place.roughness).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    (0..BINS).map(|n| mean(part(n))).collect()
}

fn cuts(texture: &Texture, is_way: bool) -> Vec<f64> {
    let at = |change: &xystra_dose::texture::Change| match change.along_m.filter(|_| is_way) {
        Some(along_m) => 1000.0 * along_m,
        None => change.time_s,
    };
    let mut cuts: Vec<f64> = texture.changes.iter().map(at).collect();
    cuts.sort_by(f64::total_cmp);
    cuts
}

fn sections(bins: &[Option<f64>], cuts: &[f64], along: &Along) -> Vec<Section> {
    let ends: Vec<f64> = std::iter::once(0.0).chain(cuts.iter().copied()).chain([along.end]).collect();
    let step = along.end / f64::from(BINS);
    let mean = |from: f64, to: f64| {
        let middle = |n: usize| (n as f64 + 0.5) * step;
        let inside = bins.iter().enumerate().filter(|(n, _)| (from..to).contains(&middle(*n)));
        let values: Vec<f64> = inside.filter_map(|(_, value)| *value).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    let section = |pair: &[f64]| Section {
        extent: format!("{} to {} {}", number(pair[0], 0), number(pair[1], 0), along.unit()),
        roughness: mean(pair[0], pair[1]).map_or_else(|| "–".to_owned(), |mean| number(mean, 2)),
    };
    ends.windows(2).map(section).collect()
}

impl Along {
    fn unit(&self) -> &'static str {
        if self.is_way { "mm" } else { "s" }
    }
}

fn finding(cuts: &[f64], along: &Along) -> String {
    let places: Vec<String> = cuts.iter().map(|cut| format!("{} {}", number(*cut, 0), along.unit())).collect();
    match places.len() {
        0 => "No lasting change of roughness along the strokes".to_owned(),
        _ => format!("The roughness changes at {}", places.join(" and ")),
    }
}

fn picture(bins: &[Option<f64>], cuts: &[f64], along: &Along, finding: &str, look: Look) -> String {
    let mut svg = Svg::image(look.class, look.width, 160.0, finding);
    let x = Scale::new(0.0, along.end, LEFT, look.width - LEFT);
    let y = Scale::new(0.0, 2.0 * DARKEST, STRIP - 6.0, TOP);
    let step = along.end / f64::from(BINS);
    for (n, value) in bins.iter().enumerate() {
        let (from, to) = (x.at(n as f64 * step), x.at((n + 1) as f64 * step));
        if let Some(value) = value {
            svg.rect(shade(*value), (from, STRIP), (to - from, BOTTOM - STRIP));
        }
    }
    let middles =
        bins.iter().enumerate().filter_map(|(n, value)| Some((x.at((n as f64 + 0.5) * step), y.at((*value)?))));
    svg.line("txl", &middles.collect::<Vec<_>>());
    for cut in cuts {
        svg.line("cp", &[(x.at(*cut), 12.0), (x.at(*cut), BOTTOM)]);
        svg.text("al halo", (x.at(*cut) + 6.0, 20.0), Anchor::Start, &format!("{} {}", number(*cut, 0), along.unit()));
    }
    for value in x.ticks(nice_step(along.end, look.most_times.min(6.0))) {
        svg.text("al", (x.at(value), BOTTOM + 20.0), Anchor::Middle, &number(value, 1));
    }
    let words = if along.is_way { "mm along the stroke" } else { "seconds of the recording" };
    svg.text("al", (look.width / 2.0, BOTTOM + 40.0), Anchor::Middle, words);
    svg.finish()
}

fn shade(roughness: f64) -> &'static str {
    const SHADES: [&str; 6] = ["x1", "x2", "x3", "x4", "x5", "x6"];
    let place = SHADES.iter().zip(1u8..).find(|(_, n)| roughness < DARKEST * f64::from(*n) / 6.0);
    place.map_or(SHADES[5], |(shade, _)| shade)
}

#[cfg(test)]
mod tests {
    use xystra_dose::texture::Change;

    use super::*;

    fn texture(is_way: bool) -> Texture {
        let places = (0u32..60).map(|n| Place {
            stroke: 1,
            time_s: 0.5 * f64::from(n),
            along_m: is_way.then(|| 0.002 * f64::from(n)),
            roughness: if (20..40).contains(&n) { 2.0 } else { 0.5 },
        });
        let change = |n: u32| Change {
            stroke: 1,
            time_s: 0.5 * f64::from(n),
            along_m: is_way.then(|| 0.002 * f64::from(n)),
            before: 0.5,
            after: 2.0,
        };
        Texture { band_hz: (20.0, 250.0), places: places.collect(), changes: vec![change(20), change(40)] }
    }

    #[test]
    fn the_rough_part_is_dark_and_told_by_where_it_is() {
        let map = Map::of(&texture(true)).unwrap();
        assert_eq!(map.finding, "The roughness changes at 40 mm and 80 mm");
        let told: Vec<f64> = map.sections.iter().map(|section| section.roughness.parse().unwrap()).collect();
        assert!(told.len() == 3 && told[0] < 0.7 && told[1] > 1.8 && told[2] < 0.7, "{told:?}");
        assert!(map.wide.contains("class=\"x5\"") && !map.narrow.contains("NaN"));
    }

    #[test]
    fn without_positions_the_places_are_times() {
        let map = Map::of(&texture(false)).unwrap();
        assert_eq!(map.sections[0].extent, "0 to 10 s");
        assert!(Map::of(&Texture { places: Vec::new(), ..texture(false) }).is_none());
    }
}
