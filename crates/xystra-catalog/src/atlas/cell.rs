//! One region as drawn, and what people mean by a larger part of the body.

use serde::{Deserialize, Serialize};

use super::region::{RegionId, Side, View};
use super::shape::Outline;
use crate::source::Status;

/// How an instrument may be used on a sensitive site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitive {
    /// No strokes at all.
    NoStrokes,
    /// Light strokes only.
    Light,
}

impl Sensitive {
    /// "no strokes" or "light strokes only".
    pub fn word(self) -> &'static str {
        match self {
            Self::NoStrokes => "no strokes",
            Self::Light => "light strokes only",
        }
    }
}

/// Why a site is sensitive, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Care {
    /// The class.
    #[serde(rename = "class")]
    pub sensitive: Sensitive,
    /// What lies there.
    pub reason: String,
    /// Key into `data/references.bib`.
    pub source: String,
    /// Was it read there?
    pub status: Status,
}

/// One region of the atlas.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Its name in data.
    pub id: RegionId,
    /// Plain name, without side and view; [`Cell::label`] is what a page shows.
    pub name: String,
    /// What lies there, in a clinician's words.
    pub anatomy: String,
    /// Set on sensitive sites: the same for every cell of a site.
    pub care: Option<Care>,
    /// Closed outline as the viewer sees it: x > 0 on the viewer's right of the midline, y down.
    pub outline: Outline,
}

impl Cell {
    /// The site, such as `outer-elbow`.
    pub fn site(&self) -> &str {
        self.id.site()
    }

    /// The view in which it is drawn.
    pub fn view(&self) -> View {
        self.id.view()
    }

    /// The client's side.
    pub fn side(&self) -> Side {
        self.id.side()
    }

    /// The class of a sensitive site.
    pub fn sensitive(&self) -> Option<Sensitive> {
        self.care.as_ref().map(|care| care.sensitive)
    }

    /// Side, name and view in words: "left forearm extensors, upper (back view)".
    pub fn label(&self) -> String {
        format!("{} {} ({} view)", self.side(), self.name, self.view())
    }
}

/// A part of the body as people name it: "neck", "low back", "knee".
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its name in data, such as `low-back`.
    pub id: String,
    /// Plain name.
    pub name: String,
    /// Where it begins and ends, in words.
    pub definition: String,
    /// Key into `data/references.bib`.
    pub source: String,
    /// Was the definition read there?
    pub status: Status,
    /// What of it each view shows.
    #[serde(rename = "part")]
    pub parts: Vec<Part>,
}

/// The part of a group that one view shows, on either side alike.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The view.
    pub view: View,
    /// The sites it consists of.
    pub sites: Vec<String>,
    /// Where the definition ends, for the half at x >= 0; only what lies on the body counts.
    pub outlines: Vec<Outline>,
}

impl Group {
    /// Does the region belong to it?
    pub fn contains(&self, id: &RegionId) -> bool {
        self.parts.iter().any(|part| part.view == id.view() && part.sites.iter().any(|site| site == id.site()))
    }

    /// Its regions on one side, in both views.
    pub fn regions(&self, side: Side) -> Vec<RegionId> {
        let named =
            |part: &Part| part.sites.iter().map(|site| RegionId::new(site, part.view, side)).collect::<Vec<_>>();
        self.parts.iter().flat_map(named).flatten().collect()
    }
}
