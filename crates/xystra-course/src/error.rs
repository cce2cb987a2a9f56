//! What can go wrong, named for what the caller can do about it.

/// Why there is no outlook. Texts are fragments that say what to do.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// There is no measurement in force.
    #[error("nothing was measured yet: measure pain or an activity first")]
    NothingMeasured,
    /// What was measured is nothing that the model has an output for.
    #[error(
        "nobody can foretell {measures}: measure pain, the client's own activities, a questionnaire or a movement as well"
    )]
    NothingForetold {
        /// The measures that there are, by name.
        measures: String,
    },
    /// The virtual clients refuse.
    #[error(transparent)]
    Cohort(#[from] xystra_cohort::Error),
}
