//! The plan: a course that a named clinician stands for.

use serde::{Deserialize, Serialize};
use xystra_catalog::atlas::{RegionId, Sensitive, atlas};
use xystra_catalog::course::Band;
use xystra_catalog::{Catalog, catalog};

use crate::error::{FieldError, Refusal};
use crate::finding::label;
use crate::intake::{ComplaintSide, Intake};
use crate::screening::Clearance;

/// What is to be done; a draft until a clearance makes it a [`Plan`].
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// Sessions a week.
    pub sessions_per_week: u8,
    /// Weeks of treatment.
    pub weeks: u8,
    /// Hours that must pass between two sessions.
    pub gap_hours: u16,
    /// What is done where.
    pub applications: Vec<Planned>,
    /// Warm-up, stretch, strengthening, cold.
    pub with: Vec<String>,
    /// The home programme: exercise is load too.
    pub home: Vec<String>,
    /// Measure again after this many sessions.
    pub reassess_after: u8,
    /// Baseline measurements to take before the first session (0: none planned, 3: a baseline phase).
    pub baseline_measurements: u8,
    /// A planned break after this many sessions, and how many weeks it lasts.
    pub pause: Option<Pause>,
    /// Anything else.
    pub remark: String,
}

/// One region, one instrument, one stroke.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Planned {
    /// Where.
    pub region: RegionId,
    /// With what: a catalog instrument.
    pub instrument: String,
    /// How: a catalog stroke.
    pub stroke: String,
    /// How hard.
    pub target: Target,
    /// How long, minutes.
    pub minutes: f64,
}

/// How hard to press.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// A band, when force is not measured.
    Band(Band),
    /// A range in newtons, when it is.
    Newton {
        /// Lower end, N.
        low: f64,
        /// Upper end, N.
        high: f64,
    },
}

/// A planned break: with the baseline phase the only thing that tells treatment from recovery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// After this many sessions.
    pub after_sessions: u8,
    /// For this many weeks.
    pub weeks: u8,
}

/// A plan that was made on a clearance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Plan {
    draft: Draft,
}

impl Plan {
    /// Makes the plan, or says for each field why not.
    pub fn new(draft: Draft, clearance: &Clearance, catalog: &Catalog) -> Result<Self, Vec<FieldError>> {
        let mut errors = draft.check(catalog);
        for (n, planned) in draft.applications.iter().enumerate() {
            let refusal = clearance.allows(&planned.region).err();
            errors.extend(refusal.map(|refusal| FieldError::new(format!("region_{n}"), refusal.to_string())));
        }
        if errors.is_empty() { Ok(Self { draft }) } else { Err(errors) }
    }

    /// What is to be done.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Sessions in all.
    pub fn sessions(&self) -> u32 {
        u32::from(self.draft.sessions_per_week) * u32::from(self.draft.weeks)
    }
}

impl Draft {
    /// The condition's default course on the regions where it was found.
    pub fn default_for(intake: &Intake, regions: &[RegionId], catalog: &Catalog) -> Self {
        let Some(condition) = catalog.condition(&intake.condition) else { return Self::default() };
        let course = &condition.course;
        let regions = if regions.is_empty() { usual_regions(intake, catalog) } else { regions.to_vec() };
        let light = Target::Band(Band::Low);
        let regions = regions.into_iter().filter(|region| site_refusal(region, light).is_none());
        let stroke = course.strokes.first().cloned().unwrap_or_else(|| "sweep".to_owned());
        let instrument = instrument_for(&stroke, catalog);
        let applications = regions.map(|region| Planned {
            target: Target::Band(lightened(course.band, &region)),
            region,
            instrument: instrument.clone(),
            stroke: stroke.clone(),
            minutes: course.minutes_per_region,
        });
        Self {
            sessions_per_week: course.sessions_per_week,
            weeks: course.weeks,
            gap_hours: 48,
            applications: applications.collect(),
            with: course.with.clone(),
            home: course.home.clone(),
            reassess_after: 4,
            ..Self::default()
        }
    }

    fn check(&self, catalog: &Catalog) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let counts = [
            ("sessions_per_week", self.sessions_per_week, 7),
            ("weeks", self.weeks, 26),
            ("reassess_after", self.reassess_after, 20),
        ];
        for (field, value, largest) in counts {
            if !(1..=largest).contains(&value) {
                errors.push(FieldError::new(field, format!("{value} is outside 1 to {largest}")));
            }
        }
        if self.gap_hours > 336 {
            errors.push(FieldError::new("gap_hours", format!("{} h is more than two weeks", self.gap_hours)));
        }
        if self.baseline_measurements > 6 {
            let message = format!("{} is outside 0 to 6", self.baseline_measurements);
            errors.push(FieldError::new("baseline", message));
        }
        errors.extend(self.pause.into_iter().flat_map(Pause::check));
        if self.applications.is_empty() {
            errors.push(FieldError::new("region_0", "a plan needs at least one region: choose it on the body map"));
        }
        errors.extend(self.applications.iter().enumerate().flat_map(|(n, planned)| planned.check(n, catalog)));
        errors
    }
}

impl Pause {
    fn check(self) -> Vec<FieldError> {
        let bounds = [("pause_after", self.after_sessions, 40), ("pause_weeks", self.weeks, 8)];
        let outside = bounds.into_iter().filter(|(_, value, largest)| !(1..=*largest).contains(value));
        outside
            .map(|(field, value, largest)| FieldError::new(field, format!("{value} is outside 1 to {largest}")))
            .collect()
    }
}

impl Planned {
    fn check(&self, n: usize, catalog: &Catalog) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if !(self.minutes > 0.0 && self.minutes <= 30.0) {
            errors
                .push(FieldError::new(format!("minutes_{n}"), format!("{} min is outside 0 to 30 min", self.minutes)));
        }
        if catalog.instrument(&self.instrument).is_none() {
            errors.push(FieldError::new(format!("instrument_{n}"), "choose an instrument"));
        }
        if catalog.stroke(&self.stroke).is_none() {
            errors.push(FieldError::new(format!("stroke_{n}"), "choose a stroke"));
        }
        errors.extend(self.target.check().map(|message| FieldError::new(format!("target_{n}"), message)));
        errors.extend(
            site_refusal(&self.region, self.target)
                .map(|refusal| FieldError::new(format!("region_{n}"), refusal.to_string())),
        );
        errors
    }
}

/// What the site itself forbids: strokes at all, or more than light ones.
pub fn site_refusal(region: &RegionId, target: Target) -> Option<Refusal> {
    let Some(cell) = atlas().cell(region) else {
        return Some(Refusal::Region { region: region.to_string(), reason: "not on the body map".to_owned() });
    };
    let care = cell.care.as_ref()?;
    let reason = match care.sensitive {
        Sensitive::NoStrokes => format!("no strokes here: {}", care.reason),
        Sensitive::Light if target.is_light() => return None,
        Sensitive::Light => format!("light strokes only: {}", care.reason),
    };
    Some(Refusal::Region { region: label(region), reason })
}

impl Target {
    /// Light band, or no more than its upper end in `data/catalog/bands.toml`.
    pub fn is_light(self) -> bool {
        match self {
            Self::Band(band) => band == Band::Low,
            Self::Newton { high, .. } => catalog().band(Band::Low).is_some_and(|light| high <= light.newton.high),
        }
    }

    fn check(self) -> Option<String> {
        match self {
            Self::Newton { low, high } if !(0.0 < low && low <= high && high <= MOST_N) => {
                Some(format!("{low} to {high} N is no range within 0 to {MOST_N} N: lower end first"))
            }
            _ => None,
        }
    }

    /// One step lighter: one band down, or 30 % less when the force is measured; `None` from the lightest band.
    pub fn lighter(self) -> Option<Self> {
        match self {
            Self::Band(band) => band.lighter().map(Self::Band),
            Self::Newton { low, high } => Some(Self::Newton { low: LIGHTER * low, high: LIGHTER * high }),
        }
    }
}

/// Largest force that can be planned, N: an entry bound of ours, far above what clinicians press.
const MOST_N: f64 = 100.0;
/// What is left of a measured force, or of minutes, one step lighter (design: advice).
pub const LIGHTER: f64 = 0.7;

fn lightened(band: Band, region: &RegionId) -> Band {
    let light_only = atlas().cell(region).and_then(|cell| cell.care.as_ref()).is_some();
    if light_only { Band::Low } else { band }
}

fn usual_regions(intake: &Intake, catalog: &Catalog) -> Vec<RegionId> {
    let Some(condition) = catalog.condition(&intake.condition) else { return Vec::new() };
    let on_side = |site: &String| {
        let cells = atlas().cells().iter().filter(move |cell| cell.id.to_string().starts_with(&format!("{site}.")));
        cells
            .filter(|cell| match intake.side.single() {
                Some(side) => cell.side() == side,
                None => true,
            })
            .filter(|cell| !matches!(&cell.care, Some(care) if care.sensitive == Sensitive::NoStrokes))
            .map(|cell| cell.id.clone())
            .collect::<Vec<_>>()
    };
    let few = if intake.side == ComplaintSide::Both { 6 } else { 3 };
    condition.regions.iter().flat_map(on_side).take(few).collect()
}

fn instrument_for(stroke: &str, catalog: &Catalog) -> String {
    let fits = catalog.instruments.iter().find(|instrument| instrument.strokes.iter().any(|known| known == stroke));
    fits.or(catalog.instruments.first()).map(|instrument| instrument.id.clone()).unwrap_or_default()
}
