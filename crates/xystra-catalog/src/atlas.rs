//! The body atlas: named regions, front and back, left and right, and a drawing of them.
//!
//! ```
//! use xystra_catalog::atlas::{RegionId, Side, View, atlas};
//!
//! let id: RegionId = "outer-elbow.back.left".parse()?;
//! let cell = atlas().cell(&id).expect("a region of the atlas");
//! assert_eq!((cell.view(), cell.side()), (View::Back, Side::Left));
//! assert_eq!(cell.label(), "left outer elbow (back view)");
//! assert!(atlas().group("elbow").expect("a group").contains(&id));
//! # Ok::<(), xystra_catalog::atlas::RegionIdError>(())
//! ```
//!
//! Sides are always the client's. A front view shows the client's left on the viewer's right, a back view on
//! the viewer's left; [`Side::on_screen`] is the only place that knows this.

#![expect(clippy::similar_names, reason = "site and side are the words of the clinic")]

mod cell;
pub mod draw;
mod load;
mod region;
mod shape;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

pub use cell::{Care, Cell, Group, Part, Sensitive};
pub use region::{RegionId, RegionIdError, Side, View};
pub use shape::Outline;

/// All cells and groups, and what the drawing needs beside them.
#[derive(Debug)]
pub struct Atlas {
    cells: Vec<Cell>,
    index: BTreeMap<RegionId, usize>,
    groups: Vec<Group>,
    lines: BTreeMap<View, Lines>,
}

/// Lines of one half of a view, the one at x >= 0: drawn twice, never touched.
#[derive(Debug, Clone, Default)]
struct Lines {
    silhouette: Vec<Outline>,
    details: Vec<Outline>,
}

/// The atlas built into the program.
///
/// # Panics
/// If the embedded drawing does not parse, which the tests of this crate rule out.
pub fn atlas() -> &'static Atlas {
    static ATLAS: LazyLock<Atlas> =
        LazyLock::new(|| Atlas::read().unwrap_or_else(|error| panic!("embedded atlas: {error}")));
    &ATLAS
}

impl Atlas {
    /// Every cell: by site from head to foot, front before back, left before right.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The cell of that id, or `None` where the atlas draws no such region.
    pub fn cell(&self, id: &RegionId) -> Option<&Cell> {
        self.index.get(id).map(|&at| &self.cells[at])
    }

    /// What people mean by "neck", "low back", "knee" and the like.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The group of that id.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The same site in the same view on the other side.
    pub fn mirror(&self, id: &RegionId) -> RegionId {
        id.mirror()
    }
}
