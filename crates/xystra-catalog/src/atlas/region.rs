//! Names of regions: site, view and side, which no text can confuse.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Which picture of the body a region is seen in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum View {
    /// Seen from in front, palms forward.
    Front,
    /// Seen from behind; the soles are drawn beside the feet.
    Back,
}

/// The client's side, never the viewer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The client's left.
    Left,
    /// The client's right.
    Right,
}

/// A region of the body, written `site.view.side`, such as `outer-elbow.back.left`.
///
/// Parsing checks the form only, so that a record naming a region that the atlas has since dropped can still be
/// read; [`super::Atlas::cell`] tells whether the region is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RegionId {
    site: String,
    view: View,
    side: Side,
}

/// The text is not a region's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a region; write site.view.side, such as outer-elbow.back.left")]
pub struct RegionIdError(pub String);

impl View {
    /// Both views, in the order in which they are drawn.
    pub const ALL: [Self; 2] = [Self::Front, Self::Back];

    /// "front" or "back".
    pub fn word(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Back => "back",
        }
    }
}

impl Side {
    /// Both sides.
    pub const ALL: [Self; 2] = [Self::Left, Self::Right];

    /// The other side.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }

    /// "left" or "right".
    pub fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
        }
    }

    /// "L" or "R", as printed beside the body.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Left => "L",
            Self::Right => "R",
        }
    }

    /// Where the side lies in a view: 1.0 on the viewer's right of the midline, -1.0 on the viewer's left.
    pub fn on_screen(self, view: View) -> f64 {
        match (view, self) {
            (View::Front, Self::Left) | (View::Back, Self::Right) => 1.0,
            (View::Front, Self::Right) | (View::Back, Self::Left) => -1.0,
        }
    }
}

impl RegionId {
    /// The region of a site in a view on a side.
    ///
    /// # Errors
    /// If `site` holds anything but small letters and single hyphens between them.
    pub fn new(site: &str, view: View, side: Side) -> Result<Self, RegionIdError> {
        if is_site(site) { Ok(Self { site: site.to_owned(), view, side }) } else { Err(RegionIdError(site.to_owned())) }
    }

    /// The site, such as `outer-elbow`.
    pub fn site(&self) -> &str {
        &self.site
    }

    /// The view in which it is drawn.
    pub fn view(&self) -> View {
        self.view
    }

    /// The client's side.
    pub fn side(&self) -> Side {
        self.side
    }

    /// The same site in the same view on the other side.
    #[must_use]
    pub fn mirror(&self) -> Self {
        Self { side: self.side.opposite(), ..self.clone() }
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl fmt::Display for RegionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.site, self.view, self.side)
    }
}

impl FromStr for RegionId {
    type Err = RegionIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || RegionIdError(text.to_owned());
        let mut parts = text.split('.');
        let (Some(site), Some(view), Some(side), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(wrong());
        };
        let view = View::ALL.into_iter().find(|v| v.word() == view).ok_or_else(wrong)?;
        let side = Side::ALL.into_iter().find(|s| s.word() == side).ok_or_else(wrong)?;
        Self::new(site, view, side).map_err(|_| wrong())
    }
}

impl TryFrom<String> for RegionId {
    type Error = RegionIdError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<RegionId> for String {
    fn from(id: RegionId) -> Self {
        id.to_string()
    }
}

fn is_site(text: &str) -> bool {
    text.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()))
}
