//! What the comparison comes to, in plain sentences.

use xystra_tissue::contact::{Hand, Validity, thumb};

use super::drawing::{peak, percent};
use super::pressed::Pressed;
use super::settings::{Hold, Settings};
use crate::pages::catalog::words::cite;
use crate::show::{capital, number};

/// Strains whose ratio is less than this apart are alike.
const ALIKE: f64 = 1.25;

/// One sentence or two on what differs.
pub(super) fn says(settings: &Settings, pressed: &Pressed) -> String {
    let strains = strains(settings, pressed);
    let held = match settings.hold {
        Hold::Force => format!("At {} N", number(settings.force_n, 1)),
        Hold::Depth => format!("{} mm deep", number(pressed.edge.contact.depth_mm, 1)),
    };
    let pick = |is: &dyn Fn(f64) -> bool| strains.iter().filter(|one| is(one.ratio)).collect::<Vec<_>>();
    let (more, less) = (pick(&|ratio| ratio >= ALIKE), pick(&|ratio| ratio <= 1.0 / ALIKE));
    let alike = pick(&|ratio| ratio < ALIKE && ratio > 1.0 / ALIKE);
    let mut parts = Vec::new();
    if !more.is_empty() {
        parts.push(format!("the edge strains {} {} as much as the thumb", names(&more), times(&more)));
    }
    if !less.is_empty() {
        parts.push(format!("the thumb strains {} more", names(&less)));
    }
    if !alike.is_empty() {
        parts.push(format!("in {} the two are nearly alike", names(&alike)));
    }
    let first = format!("{held} {}.", parts.join("; "));
    [first, deepest(&strains)].join(" ")
}

/// What the hand carries: the forces, then the joint at the thumb's base.
pub(super) fn hand(settings: &Settings, pressed: &Pressed) -> String {
    let [edge, thumb] = pressed.force_n;
    let forces = match settings.hold {
        Hold::Force => {
            let ratio = pressed.edge.contact.peak_pressure_kpa / pressed.thumb.contact.peak_pressure_kpa;
            let ratio = number(ratio, 1);
            format!(
                "Both press with {} N; the edge’s highest pressure on the skin is {ratio} times the thumb’s.",
                number(edge, 1)
            )
        }
        Hold::Depth => format!(
            "To go as deep as the edge does with {} N, the thumb presses with {} N.",
            number(edge, 1),
            number(thumb, 1)
        ),
    };
    let joint = |hand: Hand| hand.base_n.map(|newton| number(newton, 0));
    let (holding, alone) = (joint(self::thumb().holding(edge)), joint(self::thumb().pressing(thumb)));
    format!(
        "{forces} The joint at the base of your thumb then carries about {} N ({} to {}) when the thumb presses, and {} N ({} to {}) when it holds the tool.",
        alone[0], alone[1], alone[2], holding[0], holding[1], holding[2]
    )
}

/// Where the numbers of the hand are from.
pub(super) fn hand_source() -> String {
    let (base, grip) = (&thumb().base, &thumb().grip);
    format!(
        "Taken: {} N on that joint for each newton at the thumb’s tip ({} to {}; {}, not read there), and {} N at the tip for each newton of the tool ({} to {}; our guess: nobody has measured the grip).",
        number(base.value, 1),
        number(base.low, 1),
        number(base.high, 1),
        cite(&base.source),
        number(grip.value, 1),
        number(grip.low, 1),
        number(grip.high, 1)
    )
}

/// How far the numbers may be believed, of the edge and of the thumb: whether both are inside, and the words.
pub(super) fn validity(pressed: &Pressed) -> (bool, Vec<String>) {
    let (edge, thumb) = (&pressed.edge.contact.validity, &pressed.thumb.contact.validity);
    let said = |what: &str, validity: &Validity| format!("{what}: {}.", validity.reason.trim_end_matches('.'));
    let words = [("Edge", edge), ("Thumb", thumb)].into_iter().filter(|(_, validity)| !validity.reason.is_empty());
    (edge.ok && thumb.ok, words.map(|(what, validity)| said(what, validity)).collect())
}

/// A layer's strain under both.
struct Strain<'a> {
    name: &'a str,
    edge: f64,
    thumb: f64,
    ratio: f64,
}

fn strains<'a>(settings: &Settings, pressed: &'a Pressed) -> Vec<Strain<'a>> {
    let layers = pressed.edge.contact.layers.iter().zip(&pressed.thumb.contact.layers);
    let strain =
        layers.map(|(edge, thumb)| (edge.name.as_str(), peak(edge, settings.shown), peak(thumb, settings.shown)));
    strain.map(|(name, edge, thumb)| Strain { name, edge, thumb, ratio: edge / thumb.max(1e-9) }).collect()
}

/// What reaches the deepest layer.
fn deepest(strains: &[Strain]) -> String {
    let Some(last) = strains.last() else { return String::new() };
    let (edge, thumb) = (percent(last.edge), percent(last.thumb));
    format!("{}: {edge} under the edge, {thumb} under the thumb.", capital(last.name))
}

fn names(strains: &[&Strain]) -> String {
    let names: Vec<&str> = strains.iter().map(|one| one.name).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// "about twice", "1.5 to 3 times".
fn times(strains: &[&Strain]) -> String {
    let ratios = strains.iter().map(|one| one.ratio);
    let (low, high) = ratios.fold((f64::MAX, 0.0_f64), |(low, high), ratio| (low.min(ratio), high.max(ratio)));
    if high / low > 1.4 {
        return format!("{} to {} times", number(low, 1), number(high, 1));
    }
    let middle = (low * high).sqrt();
    if (1.8..2.2).contains(&middle) { "about twice".to_owned() } else { format!("about {} times", number(middle, 1)) }
}
