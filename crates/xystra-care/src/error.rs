//! What can be wrong with what was said, and what is refused.

/// A field that cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {message}")]
pub struct FieldError {
    /// The form field.
    pub field: String,
    /// What is wrong, with value and unit, and what to do.
    pub message: String,
}

impl FieldError {
    /// An error at `field`.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// A step that may not be taken yet. A refusal says why and what opens it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody has screened the client for this complaint.
    #[error("not screened yet: answer the screening first")]
    NotScreened,
    /// Some items have no answer.
    #[error("{count} screening questions have no answer: an unanswered item is not clear")]
    Unanswered {
        /// How many.
        count: usize,
    },
    /// An answer forbids treatment.
    #[error("do not treat: {reason} ({refer})")]
    DoNotTreat {
        /// Why.
        reason: String,
        /// Whom to refer to, or what has to happen first.
        refer: String,
    },
    /// The clearance is too old.
    #[error("the clearance expired on {on}: screen again")]
    Expired {
        /// When, as a date.
        on: String,
    },
    /// Something new was said since the screening.
    #[error("something new was reported since the screening: screen again")]
    SomethingNew,
    /// A region of the plan or session may not be treated.
    #[error("{region}: {reason}")]
    Region {
        /// The region's label, with side and view.
        region: String,
        /// Why, and what opens it.
        reason: String,
    },
    /// There is no plan.
    #[error("no plan yet: make a plan first")]
    NoPlan,
    /// The client has not agreed, or has withdrawn.
    #[error("no consent in force: record the client's consent first")]
    NoConsent,
    /// The episode has ended.
    #[error("this episode was closed on {on}: open a new one")]
    Closed {
        /// When, as a date.
        on: String,
    },
}
