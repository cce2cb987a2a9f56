//! Which kinds of ground there are, and under which word each is kept.

use serde::Serialize;
use serde::de::DeserializeOwned;
use xystra_care::appointment::Appointment;
use xystra_care::client::Client;
use xystra_care::consent::Consent;
use xystra_care::decision::Decision;
use xystra_care::finding::Finding;
use xystra_care::intake::Intake;
use xystra_care::measurement::Measurement;
use xystra_care::merge::Merge;
use xystra_care::note::Note;
use xystra_care::plan::Plan;
use xystra_care::practice::Tool;
use xystra_care::response::Checkin;
use xystra_care::screening::Screening;
use xystra_care::session::Session;

/// A kind of ground.
pub trait Step: Serialize + DeserializeOwned {
    /// The word in the column `step`: the same as the step's name everywhere else.
    const STEP: &'static str;

    /// What a search should find it by.
    fn find(&self) -> Option<String> {
        None
    }
}

macro_rules! steps {
    ($($kind:ty => $word:literal),+ $(,)?) => {
        $(impl Step for $kind {
            const STEP: &'static str = $word;
        })+
    };
}

steps! {
    Appointment => "appointment",
    Checkin => "checkin",
    Consent => "consent",
    Decision => "decision",
    Finding => "finding",
    Measurement => "measurement",
    Merge => "merge",
    Note => "note",
    Plan => "plan",
    Screening => "screening",
    Session => "session",
    Tool => "tool",
}

impl Step for Client {
    const STEP: &'static str = "client";

    fn find(&self) -> Option<String> {
        Some(format!("{} {} {}", self.name, self.phone, self.email).to_lowercase())
    }
}

impl Step for Intake {
    const STEP: &'static str = "intake";

    fn find(&self) -> Option<String> {
        Some(self.title(xystra_catalog::catalog()).to_lowercase())
    }
}
