//! Screening: may this client, and this region, be treated at all?

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use xystra_catalog::Catalog;
use xystra_catalog::atlas::{RegionId, atlas};
use xystra_catalog::screening::{Item, Scope, Urgency, Verdict};

use crate::Entry;
use crate::error::Refusal;
use crate::intake::Intake;

/// Weeks after which a clearance is too old (design: the loop, step 2).
pub const CLEARANCE_WEEKS: i64 = 12;

/// The answers as they were given; an item without an entry has no answer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Screening {
    /// By item.
    pub answers: BTreeMap<String, Answer>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// "Yes" is the answer that matters.
    pub yes: bool,
    /// Where, for an item about a region; empty: wherever the complaint is.
    #[serde(default)]
    pub regions: Vec<RegionId>,
    /// A word about it.
    #[serde(default)]
    pub remark: String,
}

impl Answer {
    /// A plain no.
    pub fn no() -> Self {
        Self { yes: false, regions: Vec::new(), remark: String::new() }
    }

    /// A plain yes.
    pub fn yes() -> Self {
        Self { yes: true, ..Self::no() }
    }
}

/// What follows from one "yes".
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The item.
    pub item: &'static Item,
    /// What was added to the answer.
    pub remark: String,
}

impl Reason {
    /// What to change, or whom to refer to.
    pub fn consequence(&self) -> &'static str {
        match self.item.verdict {
            Verdict::Precaution => self.item.change.as_deref().unwrap_or_default(),
            Verdict::DoNotTreat => self.item.refer.as_deref().unwrap_or_default(),
        }
    }
}

/// How somebody, or a region, stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing speaks against it.
    Clear,
    /// With a change.
    Precaution,
    /// Questions are open.
    Open,
    /// No.
    DoNotTreat,
}

impl Standing {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Precaution => "precaution",
            Self::Open => "questions open",
            Self::DoNotTreat => "do not treat",
        }
    }
}

/// The verdict for the client and for each region named in an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// What concerns the whole client, worst first.
    pub client: Vec<Reason>,
    /// What concerns single regions.
    pub regions: BTreeMap<RegionId, Vec<Reason>>,
    /// Items without an answer.
    pub unanswered: Vec<&'static Item>,
}

/// The items to ask for this complaint: those of everybody that its regions call for, then its red flags.
pub fn items(intake: &Intake, catalog: &'static Catalog) -> Vec<&'static Item> {
    let condition = catalog.condition(&intake.condition);
    let sites: &[String] = condition.map(|condition| condition.regions.as_slice()).unwrap_or_default();
    let flags = condition.map(|condition| condition.red_flags.as_slice()).unwrap_or_default();
    catalog.screening.iter().filter(|item| concerns(item, sites)).chain(flags).collect()
}

/// An item bound to atlas groups or sites is asked when the complaint touches one of them, or has no known site.
fn concerns(item: &Item, sites: &[String]) -> bool {
    let in_group = |name: &str, site: &String| {
        let left = format!("{site}.left").parse::<RegionId>();
        let group = atlas().group(name);
        site == name
            || site.split('.').next() == Some(name)
            || left.is_ok_and(|id| group.is_some_and(|group| group.contains(&id)))
    };
    item.regions.is_empty()
        || sites.is_empty()
        || item.regions.iter().any(|name| sites.iter().any(|site| in_group(name, site)))
}

/// Weighs the answers. An unanswered item is not clear.
pub fn screen(intake: &Intake, screening: &Screening, catalog: &'static Catalog) -> Assessment {
    let mut assessment = Assessment { client: Vec::new(), regions: BTreeMap::new(), unanswered: Vec::new() };
    for item in items(intake, catalog) {
        match screening.answers.get(&item.id) {
            None => assessment.unanswered.push(item),
            Some(answer) if answer.yes => assessment.take(item, answer),
            Some(_) => {}
        }
    }
    assessment
        .client
        .sort_by_key(|reason| (reason.item.verdict != Verdict::DoNotTreat, std::cmp::Reverse(reason.item.urgency)));
    assessment
}

impl Assessment {
    fn take(&mut self, item: &'static Item, answer: &Answer) {
        let reason = Reason { item, remark: answer.remark.clone() };
        // An emergency stops the whole client, wherever it was found.
        let is_emergency = item.verdict == Verdict::DoNotTreat && item.urgency == Urgency::Emergency;
        if item.scope == Scope::Client || is_emergency || answer.regions.is_empty() {
            self.client.push(reason);
            return;
        }
        for region in &answer.regions {
            self.regions.entry(region.clone()).or_default().push(reason.clone());
        }
    }

    /// How the client stands.
    pub fn standing(&self) -> Standing {
        match standing_of(&self.client) {
            Standing::DoNotTreat => Standing::DoNotTreat,
            _ if !self.unanswered.is_empty() => Standing::Open,
            standing => standing,
        }
    }

    /// How a region stands, the client's own standing aside.
    pub fn region(&self, region: &RegionId) -> Standing {
        self.regions.get(region).map_or(Standing::Clear, |reasons| standing_of(reasons))
    }

    /// The most urgent thing to do, if any answer asks for one.
    pub fn urgency(&self) -> Urgency {
        let all = self.client.iter().chain(self.regions.values().flatten());
        all.map(|reason| reason.item.urgency).max().unwrap_or(Urgency::None)
    }

    /// Reasons that only ask for a change.
    pub fn precautions(&self) -> impl Iterator<Item = &Reason> {
        self.client.iter().filter(|reason| reason.item.verdict == Verdict::Precaution)
    }
}

fn standing_of(reasons: &[Reason]) -> Standing {
    let worst = reasons.iter().map(|reason| match reason.item.verdict {
        Verdict::Precaution => Standing::Precaution,
        Verdict::DoNotTreat => Standing::DoNotTreat,
    });
    worst.max().unwrap_or(Standing::Clear)
}

/// The proof that somebody screened this client for this complaint, lately, and nothing forbids treatment.
#[derive(Debug, Clone, PartialEq)]
pub struct Clearance {
    assessment: Assessment,
    screened_at: Timestamp,
    expires_at: Timestamp,
}

impl Clearance {
    /// The clearance in force at `now`, or why there is none.
    ///
    /// `news_at` is when something new was last reported at a visit; it voids a screening before it, also one that is
    /// written down later. A screening dated after it was written counts from its writing.
    pub fn of(
        intake: &Intake,
        screening: Option<&Entry<Screening>>,
        news_at: Option<Timestamp>,
        catalog: &'static Catalog,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let screening = screening.filter(|screening| !screening.struck).ok_or(Refusal::NotScreened)?;
        let assessment = screen(intake, &screening.body, catalog);
        refuse(&assessment)?;
        let screened_at = screening.happened_at.min(screening.recorded_at);
        let expires_at = expiry(screened_at);
        if now >= expires_at {
            let on = expires_at.strftime("%Y-%m-%d").to_string();
            return Err(Refusal::Expired { on });
        }
        match news_at {
            Some(at) if at > screened_at => Err(Refusal::SomethingNew),
            _ => Ok(Self { assessment, screened_at, expires_at }),
        }
    }

    /// When the client was screened.
    pub fn screened_at(&self) -> Timestamp {
        self.screened_at
    }

    /// When it ends.
    pub fn expires_at(&self) -> Timestamp {
        self.expires_at
    }

    /// What was found, precautions included.
    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    /// May this region be treated? The refusal says why and what opens it.
    pub fn allows(&self, region: &RegionId) -> Result<(), Refusal> {
        let reasons = self.assessment.regions.get(region).map(Vec::as_slice).unwrap_or_default();
        let forbidding = reasons.iter().find(|reason| reason.item.verdict == Verdict::DoNotTreat);
        forbidding.map_or(Ok(()), |reason| {
            let reason = format!("{} ({})", reason.item.reason, reason.consequence());
            Err(Refusal::Region { region: crate::finding::label(region), reason })
        })
    }
}

fn refuse(assessment: &Assessment) -> Result<(), Refusal> {
    let forbidding = assessment.client.iter().find(|reason| reason.item.verdict == Verdict::DoNotTreat);
    match forbidding {
        Some(reason) => {
            Err(Refusal::DoNotTreat { reason: reason.item.reason.clone(), refer: reason.consequence().to_owned() })
        }
        None if assessment.unanswered.is_empty() => Ok(()),
        None => Err(Refusal::Unanswered { count: assessment.unanswered.len() }),
    }
}

/// When a screening made at `at` is too old.
pub fn expiry(at: Timestamp) -> Timestamp {
    at.checked_add((CLEARANCE_WEEKS * 7 * 24).hours()).unwrap_or(Timestamp::MAX)
}
