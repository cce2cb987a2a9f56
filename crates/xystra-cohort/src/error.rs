//! What can go wrong, named for what the caller can do about it.

/// An error of this crate. Texts are fragments that name the file, line or field and say what to do.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// The tissue model refuses.
    #[error(transparent)]
    Tissue(#[from] xystra_tissue::Error),
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
        /// The field with its unit.
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
    /// Somebody asked to stop.
    #[error("stopped after {done} of {size} virtual clients")]
    Stopped {
        /// How many were done.
        done: usize,
        /// How many there are.
        size: usize,
    },
    /// A virtual client left the range where the equations hold.
    #[error("virtual client {client}: {what}")]
    Client {
        /// Its number.
        client: usize,
        /// What happened.
        what: String,
    },
}
