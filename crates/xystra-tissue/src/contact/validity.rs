//! How far a result may be believed, in words.

use serde::Serialize;

use super::{LayerStrain, Model};
use crate::stack::Stack;

/// Largest strain for which small-strain theory keeps within about a tenth of finite elements (docs/validation/contact.md), 1. Ours.
const LINEAR: f64 = 0.15;
/// Largest strain at which the stiffening model was held against finite elements, 1. Ours.
const STIFFENING: f64 = 0.6;
/// Largest depth over the thickness of all layers at which it was. Ours.
const DEPTH: f64 = 0.3;

/// How far a result may be believed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Validity {
    /// Is it inside what the model was checked for?
    pub ok: bool,
    /// Why, in words.
    pub reason: String,
}

impl Validity {
    /// Judges the largest strain, and the depth over the thickness of the layers.
    pub(super) fn of(stack: &Stack, model: Model, depth_mm: f64, layers: &[LayerStrain]) -> Self {
        let (strain, kind, index) = largest(layers);
        let limit = match model {
            Model::Linear => LINEAR,
            Model::Stiffening => STIFFENING,
        };
        let share = depth_mm / stack.thickness_mm();
        let layer = stack.layers.get(index);
        let (name, over) = layer.map_or(("", f64::NAN), |l| (l.name.as_str(), depth_mm / l.thickness_mm));
        let facts = format!(
            "largest strain {:.0} % ({kind} of the {name}); depth {over:.2} times the thickness of the {name}, {:.0} % of all layers",
            100.0 * strain,
            100.0 * share
        );
        let doubt = doubt(strain, limit, share, model);
        Self { ok: doubt.is_none(), reason: doubt.map_or_else(|| facts.clone(), |doubt| format!("{doubt}: {facts}")) }
    }
}

fn doubt(strain: f64, limit: f64, share: f64, model: Model) -> Option<String> {
    let name = match model {
        Model::Linear => "small-strain theory",
        Model::Stiffening => "the stiffening model",
    };
    // Whatever is not below the limit is in doubt: also what is not a number.
    if strain.is_nan() || strain > limit {
        let instead = if model == Model::Linear { "; use the stiffening model" } else { "" };
        return Some(format!("beyond the {:.0} % up to which {name} was checked{instead}", 100.0 * limit));
    }
    (share > DEPTH).then(|| {
        format!("the edge goes deeper than the {:.0} % of the layers that {name} was checked for", 100.0 * DEPTH)
    })
}

/// The largest strain, what kind it is and in which layer.
fn largest(layers: &[LayerStrain]) -> (f64, &'static str, usize) {
    let kinds = layers.iter().enumerate().flat_map(|(i, layer)| {
        [
            (layer.peak_compression, "compression", i),
            (layer.peak_fibre_strain, "stretch", i),
            (layer.peak_shear, "shear", i),
        ]
    });
    kinds.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((f64::NAN, "strain", 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(model: Model, compression: f64, depth_mm: f64) -> Validity {
        let stack = crate::layers::stack("calf").expect("a region");
        let strain = |name: &str, c: f64| LayerStrain {
            name: name.to_owned(),
            peak_fibre_strain: 0.01,
            peak_compression: c,
            peak_shear: 0.02,
        };
        Validity::of(&stack, model, depth_mm, &[strain("skin", 0.05), strain("fat", compression)])
    }

    #[test]
    fn small_strain_is_sound_and_says_why() {
        let validity = judge(Model::Linear, 0.08, 0.5);
        assert!(validity.ok && validity.reason.contains("8 % (compression of the fat)"), "{}", validity.reason);
    }

    #[test]
    fn large_strain_is_in_doubt_sooner_for_the_linear_model() {
        assert!(!judge(Model::Linear, 0.3, 2.0).ok);
        assert!(judge(Model::Stiffening, 0.3, 2.0).ok);
        assert!(!judge(Model::Stiffening, 0.8, 2.0).ok);
    }

    #[test]
    fn a_deep_edge_and_what_is_not_a_number_are_in_doubt() {
        assert!(judge(Model::Stiffening, 0.3, 40.0).reason.contains("deeper"));
        assert!(!judge(Model::Stiffening, f64::NAN, 1.0).ok);
    }
}
