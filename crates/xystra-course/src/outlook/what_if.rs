//! A plan that somebody thinks up, put to the virtual clients that were kept. Nothing of it is kept.

use xystra_care::Record;
use xystra_care::plan::Draft;
use xystra_catalog::Catalog;
use xystra_cohort::answer::Ahead;
use xystra_cohort::case::Choice;
use xystra_cohort::forecast;

use super::asked::Asked;
use super::case::Known;
use super::choices::sessions;
use super::compute::KeptClients;
use crate::Error;

/// What a plan would lead to.
#[derive(Debug, Clone, PartialEq)]
pub struct Thought {
    /// Its sessions, hours from entry.
    pub sessions_h: Vec<f64>,
    /// For each measure by the key of its track.
    pub ahead: Vec<(String, Ahead)>,
}

/// What the kept clients say of a plan from the record's now on, at the hours of `asked`, which must be the question that they were weighed
/// for.
///
/// # Errors
/// The clients belong to another case, or the plan has sessions that cannot be meant.
pub fn what_if(
    record: &Record,
    asked: &Asked,
    clients: &KeptClients,
    draft: &Draft,
    catalog: &Catalog,
) -> Result<Thought, Error> {
    let known = Known { case: asked.case.clone(), entry: asked.entry, as_of: asked.as_of };
    let choice = Choice { id: "what-if".to_owned(), sessions: sessions(record, &known, draft, catalog) };
    let ahead = forecast::what_if(&clients.case, &clients.kept, &choice, &asked.times_h)?;
    Ok(Thought { sessions_h: choice.sessions.iter().map(|session| session.at_h).collect(), ahead })
}
