//! The loop, step by step: what each step takes, refuses and passes on.

#![allow(clippy::unwrap_used, reason = "a test that stops says where")]

mod advice;
mod facts;
mod intake;
mod measurement;
mod note;
mod outcome;
mod plan;
mod practice;
mod record;
mod response;
mod screening;
mod session;

use xystra_care::FieldError;

/// The message at a field; panics with all errors when there is none there.
fn message<'a>(errors: &'a [FieldError], field: &str) -> &'a str {
    let found = errors.iter().find(|error| error.field == field);
    &found.unwrap_or_else(|| panic!("nothing at {field} in {errors:?}")).message
}
