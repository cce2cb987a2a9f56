//! What can be wrong with a file of equations.

/// An error of this crate. Texts are fragments that name the file, the entry and the column and say what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The file is not TOML of the expected shape.
    #[error("{file}: {what}")]
    File {
        /// The file as the caller named it.
        file: String,
        /// What is wrong, with line and column of the file.
        what: String,
    },
    /// An expression does not read.
    #[error("{file}: {entry}: column {column}: {what}")]
    Expression {
        /// The file as the caller named it.
        file: String,
        /// The entry and its field, such as `state "damage", rate`.
        entry: String,
        /// The first column of what is wrong, counted from 1 within the expression.
        column: usize,
        /// What is wrong and what may stand there.
        what: String,
    },
    /// An entry contradicts another.
    #[error("{file}: {entry}: {what}")]
    Entry {
        /// The file as the caller named it.
        file: String,
        /// The entry, such as `event "exercise"`.
        entry: String,
        /// What is wrong and what to do.
        what: String,
    },
}
