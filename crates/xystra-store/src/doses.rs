//! The doses of recordings, one for each version of the method.

use jiff::Timestamp;
use xystra_care::id::RecordingId;
use xystra_dose::{Dose, METHOD};

use crate::derived::{Derived, Making};
use crate::recording::Recording;
use crate::{Error, Scope, Store};

/// Under which word doses are kept.
const KIND: &str = "dose";

impl Store {
    /// Keeps the dose of a recording as this program's method finds it; those of other methods stay beside it.
    pub async fn keep_dose(
        &self,
        scope: &Scope,
        recording: &Recording,
        dose: &Dose,
        program: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let subject = recording.id.to_string();
        let (client, made_from) = (recording.client, recording.sha256.as_str());
        let making = Making { subject: &subject, kind: KIND, client, made_from, method: METHOD, program };
        self.derive(scope, &making, dose, now).await
    }

    /// The doses of a recording by every method, this program's first, then the newest.
    pub async fn doses_of(&self, scope: &Scope, recording: RecordingId) -> Result<Vec<Derived>, Error> {
        let mut results = self.results(scope, &recording.to_string(), KIND).await?;
        results.sort_by_key(|result| result.method != METHOD);
        Ok(results)
    }
}
