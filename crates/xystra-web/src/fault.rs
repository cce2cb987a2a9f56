//! Faults: a visitor is told what to do and a number, the program's log the same number and the cause. Neither quotes what
//! stands in a record.

use std::any::Any;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use xystra_store::Error;

use crate::error::WebError;

/// What a visitor is told of an error. A fault is logged first.
pub(crate) fn told(error: &WebError) -> String {
    let Some(words) = words(error) else { return error.to_string() };
    let number = number();
    tracing::error!(number, cause = cause(error), "a request failed");
    format!("{words}. The log of the program tells more under {number}")
}

/// Answers for a page that ended in the middle; the place stands in the log already.
pub(crate) fn after_panic(_: Box<dyn Any + Send>) -> Response {
    let number = number();
    tracing::error!(number, "a page ended in the middle: the line before this says where");
    let text = format!("A fault of Xystra: nothing was saved. The log of the program tells more under {number}.\n");
    (StatusCode::INTERNAL_SERVER_ERROR, text).into_response()
}

/// What to do about a fault; `None` for what is none, and may be told as it is.
fn words(error: &WebError) -> Option<&'static str> {
    Some(match error {
        WebError::Store(Error::DiskFull) => "the disk is full: nothing was saved; free some space and try again",
        WebError::Store(Error::ReadOnly) => {
            "the data folder is read-only: nothing was saved; make it writable and try again"
        }
        WebError::Store(Error::Away { .. }) => {
            "the database does not answer: nothing was saved; see that it runs and can be reached"
        }
        WebError::Store(Error::Corrupt { .. }) => {
            "the database is damaged: nothing was saved; restore the last backup with xystra restore"
        }
        WebError::Store(Error::Unreadable { .. }) => {
            "one entry of this record cannot be read: nothing was saved; see whether a newer xystra reads it"
        }
        WebError::Store(Error::Conflict | Error::NotFound | Error::LoginTaken { .. } | Error::LastOwner) => {
            return None;
        }
        WebError::Store(_) => "something is wrong where the record is kept: nothing was saved; try again",
        WebError::Template(_) => "the page could not be drawn: try another way to it",
        _ => return None,
    })
}

/// Why. A parser quotes the text that it stumbled over, so what it said stays out.
fn cause(error: &WebError) -> String {
    match error {
        WebError::Store(Error::Unreadable { id, step, .. }) => format!("entry {id} of step {step} cannot be read"),
        other => other.to_string(),
    }
}

/// A number that is not given twice soon.
fn number() -> String {
    uuid::Uuid::now_v7().simple().to_string()[24..].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unreadable() -> WebError {
        let reason = "unknown variant `very painful`".to_owned();
        WebError::Store(Error::Unreadable { id: "7".into(), step: "response".into(), reason })
    }

    #[test]
    fn neither_the_visitor_nor_the_log_reads_what_stands_in_a_record() {
        let (said, cause) = (told(&unreadable()), cause(&unreadable()));
        assert!(!said.contains("painful") && !cause.contains("painful"), "{said} {cause}");
        assert!(said.contains("nothing was saved") && cause.contains("entry 7 of step response"));
    }

    #[test]
    fn a_visitor_is_not_told_where_the_database_stands() {
        let away = WebError::Store(Error::Away { reason: "tcp://10.1.2.3:5432 refused".to_owned() });
        assert!(!told(&away).contains("10.1.2.3"));
        assert!(cause(&away).contains("10.1.2.3"), "the log is told");
        let file = WebError::Store(Error::Corrupt { file: "secret/xystra.db".into(), reason: "page 7".to_owned() });
        assert!(!told(&file).contains("secret"));
    }

    #[test]
    fn two_faults_have_two_numbers() {
        assert_ne!(told(&unreadable()), told(&unreadable()));
    }

    #[test]
    fn what_is_no_fault_is_told_as_it_is() {
        assert_eq!(told(&WebError::NotFound), WebError::NotFound.to_string());
    }
}
