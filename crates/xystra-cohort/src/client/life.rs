//! Which causes of change a client's life holds.

/// What there is in one life of a virtual client. The same client is looked at in several: as treated, with a sham, without anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each cause is there or not")]
pub(crate) struct Life {
    /// Does the complaint recover by itself?
    pub(crate) natural: bool,
    /// Do visits raise expectation?
    pub(crate) expectation: bool,
    /// Is the home programme done?
    pub(crate) exercise: bool,
    /// Are there strokes at all? Without them a visit is a sham.
    pub(crate) strokes: bool,
    /// The mechanisms by which strokes may act: neural, fluid, remodelling, mechanical.
    pub(crate) mechanisms: [bool; 4],
}

/// Causes whose shares of a change are told apart, in the order of [`Life::of_causes`].
pub(crate) const CAUSES: [&str; 7] =
    ["natural", "expectation", "neural", "fluid", "remodelling", "mechanical", "exercise"];

/// Ids of the mechanisms' switches, in the order of [`Life::mechanisms`].
pub(super) const SWITCHES: [&str; 4] = ["neural", "fluid", "remodelling", "mechanical"];

impl Life {
    /// As it is.
    pub(crate) const WHOLE: Self =
        Self { natural: true, expectation: true, exercise: true, strokes: true, mechanisms: [true; 4] };
    /// The same visits, belief and exercise, without strokes.
    pub(crate) const SHAM: Self = Self { strokes: false, ..Self::WHOLE };

    /// With these causes only: bit k of `causes` is cause k of [`CAUSES`].
    pub(crate) fn of_causes(causes: usize) -> Self {
        let has = |k: usize| causes >> k & 1 == 1;
        Self {
            natural: has(0),
            expectation: has(1),
            mechanisms: std::array::from_fn(|k| has(2 + k)),
            exercise: has(6),
            strokes: true,
        }
    }
}
