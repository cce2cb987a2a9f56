//! What every engine has to keep.

pub(crate) mod accounts;
pub(crate) mod drafts;
pub(crate) mod entries;
pub(crate) mod finding;
pub(crate) mod journal;
pub(crate) mod recordings;
pub(crate) mod scopes;
