//! What can go wrong, named for what the caller can do about it.

/// An error of this crate. Texts are fragments that name the file or field and say what to do.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// A file does not read as what it should be.
    #[error("{file}: {what}")]
    File {
        /// The file as the caller named it.
        file: String,
        /// What is wrong, with line or field, and what to do.
        what: String,
    },
    /// A number is outside what the field may hold.
    #[error("{field} is {value}; it must be {must}")]
    Number {
        /// The field with its unit, as the user wrote it.
        field: String,
        /// What stood there.
        value: f64,
        /// What it must be.
        must: &'static str,
    },
    /// A key that nothing has.
    #[error("there is no {what} \"{key}\"; known: {known}")]
    Unknown {
        /// What kind of thing was looked for.
        what: &'static str,
        /// The key.
        key: String,
        /// The keys there are, separated by commas.
        known: String,
    },
    /// Something that must be given was not.
    #[error("{of} has no {what}; give one")]
    Missing {
        /// What is missing.
        what: &'static str,
        /// Of what.
        of: String,
    },
    /// An iteration that did not end.
    #[error("{what} did not settle after {steps} steps")]
    Unsettled {
        /// What was iterated.
        what: &'static str,
        /// How often.
        steps: usize,
    },
}
