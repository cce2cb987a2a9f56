//! The session: what was done, region by region, and how each number is known.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use xystra_catalog::Catalog;
use xystra_catalog::atlas::RegionId;
use xystra_catalog::course::Band;
use xystra_dose::Provenance;

use crate::Entry;
use crate::consent::Consent;
use crate::error::{FieldError, Refusal};
use crate::id::{RecordingId, ThreadId};
use crate::plan::{Plan, Planned, Target, site_refusal};
use crate::response::Skin;
use crate::screening::Clearance;

/// One visit's treatment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// Counted from 1 within the episode.
    pub number: u32,
    /// The plan it was done under.
    pub plan: ThreadId,
    /// And its version.
    pub plan_version: u32,
    /// When it began.
    pub started_at: Timestamp,
    /// When it was finished; `None` while it is going on.
    #[serde(default)]
    pub finished_at: Option<Timestamp>,
    /// "Anything new since the last visit?"
    #[serde(default)]
    pub anything_new: Option<bool>,
    /// What is new.
    #[serde(default)]
    pub news: String,
    /// What was done.
    #[serde(default)]
    pub applications: Vec<Application>,
    /// Worst discomfort during, 0-10.
    #[serde(default)]
    pub discomfort: Option<u8>,
    /// The skin at the end.
    #[serde(default)]
    pub skin: Option<Skin>,
    /// How much of the home programme was done since the last visit, 0 none to 3 all.
    #[serde(default)]
    pub home_done: Option<u8>,
    /// A word about it.
    #[serde(default)]
    pub remark: String,
}

/// One region with one instrument and stroke.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Application {
    /// Where.
    pub region: RegionId,
    /// Catalog instrument.
    pub instrument: String,
    /// The practice's own tool, by name; empty when not said.
    #[serde(default)]
    pub tool: String,
    /// Which edge, by the instrument's edge id; empty when not said.
    #[serde(default)]
    pub edge: String,
    /// Catalog stroke.
    pub stroke: String,
    /// Along or across the fibres, towards or away from the heart.
    #[serde(default)]
    pub direction: Option<Direction>,
    /// Catalog emollient; empty for none.
    #[serde(default)]
    pub emollient: String,
    /// How hard, and how that is known.
    pub force: Force,
    /// How long, minutes.
    pub minutes: Option<f64>,
    /// How many strokes, as counted or estimated by the clinician.
    pub strokes: Option<u32>,
    /// Was it done today?
    pub done: bool,
}

/// Which way the strokes went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Along the fibres, towards the heart.
    Proximal,
    /// Along the fibres, away from the heart.
    Distal,
    /// Across the fibres.
    Across,
    /// Several.
    Several,
}

/// How hard, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Force {
    /// Nobody looked: the published clinicians' distribution stands for it.
    Guessed,
    /// The clinician names a band.
    Banded(Band),
    /// A recording says it.
    Measured(RecordingId),
}

impl Force {
    /// Which of the three.
    pub fn provenance(self) -> Provenance {
        match self {
            Self::Guessed => Provenance::Guessed,
            Self::Banded(_) => Provenance::Banded,
            Self::Measured(_) => Provenance::Measured,
        }
    }
}

/// What a session stands on.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The plan in force.
    pub plan: &'a Entry<Plan>,
    /// The clearance in force.
    pub clearance: &'a Clearance,
    /// The consent in force.
    pub consent: &'a Entry<Consent>,
    /// Regions on hold, with the reason.
    pub held: &'a [(RegionId, String)],
}

impl Session {
    /// Opens a session under the plan: its applications as planned, none done yet, held regions left out.
    pub fn open(ground: Ground<'_>, number: u32, now: Timestamp) -> Self {
        let planned = ground.plan.body.draft().applications.iter();
        let allowed = planned.filter(|planned| ground.refuses(&planned.region).is_none());
        Self {
            number,
            plan: ground.plan.thread,
            plan_version: ground.plan.version,
            started_at: now,
            finished_at: None,
            anything_new: None,
            news: String::new(),
            applications: allowed.map(Application::planned).collect(),
            discomfort: None,
            skin: None,
            home_done: None,
            remark: String::new(),
        }
    }

    /// Checks what can be checked, before it is saved.
    pub fn check(&self, ground: Ground<'_>, catalog: &Catalog) -> Vec<FieldError> {
        let mut errors = self.check_said(catalog);
        for (n, application) in self.applications.iter().enumerate().filter(|(_, application)| application.done) {
            let refusal = ground.refuses(&application.region);
            errors.extend(refusal.map(|refusal| FieldError::new(format!("region_{n}"), refusal.to_string())));
        }
        errors
    }

    /// Checks what was said, whatever it stands on: what has been done can be put right even when its ground is gone.
    pub fn check_said(&self, catalog: &Catalog) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if let Some(discomfort) = self.discomfort.filter(|value| *value > 10) {
            errors.push(FieldError::new("discomfort", format!("{discomfort} is outside 0 to 10")));
        }
        if let Some(home) = self.home_done.filter(|value| *value > 3) {
            errors.push(FieldError::new("home_done", format!("{home} is outside 0 to 3")));
        }
        let done = self.applications.iter().enumerate().filter(|(_, application)| application.done);
        errors.extend(done.flat_map(|(n, application)| application.check(n, catalog)));
        errors
    }

    /// Checks what must be said before the session is finished.
    pub fn check_finish(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.anything_new.is_none() {
            errors.push(FieldError::new("anything_new", "ask whether anything is new since the last visit"));
        }
        if !self.applications.iter().any(|application| application.done) {
            errors.push(FieldError::new("done_0", "mark at least one region as done"));
        }
        if self.discomfort.is_none() {
            errors.push(FieldError::new("discomfort", "ask for the worst discomfort, 0 to 10"));
        }
        if self.skin.is_none() {
            errors.push(FieldError::new("skin", "look at the skin and say what is there"));
        }
        errors
    }

    /// What was done.
    pub fn done(&self) -> impl Iterator<Item = &Application> {
        self.applications.iter().filter(|application| application.done)
    }
}

impl Ground<'_> {
    /// Why this region may not be treated today.
    pub fn refuses(&self, region: &RegionId) -> Option<Refusal> {
        let held = self.held.iter().find(|(held, _)| held == region);
        match held {
            Some((region, reason)) => {
                Some(Refusal::Region { region: crate::finding::label(region), reason: reason.clone() })
            }
            None => self.clearance.allows(region).err(),
        }
    }
}

impl Application {
    /// As planned, not done yet. A planned force is only a target: what was pressed stays guessed or banded.
    pub fn planned(planned: &Planned) -> Self {
        let force = match planned.target {
            Target::Band(band) => Force::Banded(band),
            Target::Newton { .. } => Force::Guessed,
        };
        Self {
            region: planned.region.clone(),
            instrument: planned.instrument.clone(),
            tool: String::new(),
            edge: String::new(),
            stroke: planned.stroke.clone(),
            direction: None,
            emollient: String::new(),
            force,
            minutes: Some(planned.minutes),
            strokes: None,
            done: false,
        }
    }

    /// The band that the clinician names; a force that nobody named is not held against a light site.
    fn named_target(&self) -> Target {
        match self.force {
            Force::Banded(band) => Target::Band(band),
            Force::Guessed | Force::Measured(_) => Target::Band(Band::Low),
        }
    }

    fn check(&self, n: usize, catalog: &Catalog) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if let Some(minutes) = self.minutes.filter(|minutes| !(*minutes > 0.0 && *minutes <= 60.0)) {
            errors.push(FieldError::new(format!("minutes_{n}"), format!("{minutes} min is outside 0 to 60 min")));
        }
        if let Some(strokes) = self.strokes.filter(|strokes| *strokes > 5000) {
            errors.push(FieldError::new(
                format!("strokes_{n}"),
                format!("{strokes} strokes: more than 5000 cannot be right"),
            ));
        }
        if catalog.instrument(&self.instrument).is_none() {
            errors.push(FieldError::new(format!("instrument_{n}"), "choose an instrument"));
        }
        if catalog.stroke(&self.stroke).is_none() {
            errors.push(FieldError::new(format!("stroke_{n}"), "choose a stroke"));
        }
        let refusal = site_refusal(&self.region, self.named_target());
        errors.extend(refusal.map(|refusal| FieldError::new(format!("region_{n}"), refusal.to_string())));
        errors
    }
}
