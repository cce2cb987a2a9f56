//! In what way an invented client is not what the model takes clients to be.

use super::course::Pressed;

/// What differs; with [`Twist::NONE`] the client comes from the very prior.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Twist {
    /// Mechanisms by which strokes act: neural, fluid, remodelling, mechanical.
    pub(super) mechanisms: [bool; 4],
    /// How strongly strokes act, by the mean person; `None`: as people differ.
    pub(super) response: Option<f64>,
    /// True forces beside the recorded ones.
    pub(super) pressed: Pressed,
    /// Errors of measuring by those that the model takes them to be.
    pub(super) errors: f64,
    /// Does the complaint come back at some time?
    pub(super) relapses: bool,
    /// Do those who do well or badly come no more?
    pub(super) leaves: bool,
}

impl Twist {
    pub(super) const NONE: Self = Self {
        mechanisms: [true; 4],
        response: None,
        pressed: Pressed::AsRecorded,
        errors: 1.0,
        relapses: false,
        leaves: false,
    };

    /// Strokes act by one mechanism alone.
    pub(super) fn only(mechanism: usize) -> Self {
        Self { mechanisms: std::array::from_fn(|k| k == mechanism), ..Self::NONE }
    }

    /// Everybody responds alike, so many times as strongly as the mean person.
    pub(super) fn responding(response: f64) -> Self {
        Self { response: Some(response), ..Self::NONE }
    }
}

/// The wrong models that are tried, with what each is.
pub(super) fn wrong() -> [(&'static str, Twist); 13] {
    let none = Twist::NONE;
    [
        ("none: clients from the very prior", none),
        ("strokes act by nerves only", Twist::only(0)),
        ("strokes act by fluid only", Twist::only(1)),
        ("strokes act by remodelling only", Twist::only(2)),
        ("strokes act mechanically only", Twist::only(3)),
        ("strokes do nothing in anybody", Twist::responding(0.0)),
        ("strokes do 1.9 times as much in everybody", Twist::responding(1.9)),
        ("strokes harm everybody (-0.8)", Twist::responding(-0.8)),
        ("who does well or badly comes no more", Twist { leaves: true, ..none }),
        ("true forces 40 % above the band", Twist { pressed: Pressed::Above, ..none }),
        ("true forces 40 % below the band", Twist { pressed: Pressed::Below, ..none }),
        ("a relapse in everybody, at any time in 12 weeks", Twist { relapses: true, ..none }),
        ("errors of measuring twice as large", Twist { errors: 2.0, ..none }),
    ]
}
