//! How an episode stands, as a chip: colour, icon and word together.

use xystra_care::Record;
use xystra_care::facts::facts;
use xystra_catalog::catalog;
use xystra_course::today::{Due, visit};

use crate::auth::Visitor;
use crate::show::capital;

/// A verdict on a page.
#[derive(Debug, Clone)]
pub(super) struct Chip {
    pub(super) class: &'static str,
    pub(super) icon: &'static str,
    pub(super) word: &'static str,
    /// Why, and what to do next.
    pub(super) why: String,
}

/// How the episode stands now.
pub(super) fn of(record: &Record, visitor: &Visitor) -> Chip {
    let facts = facts(record, catalog(), visitor.show.zone(), visitor.now);
    let visit = visit(record, &facts, catalog(), visitor.now, None);
    let (class, icon) = look(&visit.due);
    let why = match &visit.due {
        Due::TooEarly { opens_at } => format!("The next session opens {}", visitor.show.moment(*opens_at)),
        due => due.reason().unwrap_or_else(|| format!("Next: {}", visit.next.word())),
    };
    Chip { class, icon, word: visit.due.word(), why: capital(&why) }
}

/// Colour class and icon.
fn look(due: &Due) -> (&'static str, &'static str) {
    match due {
        Due::Clear => ("is-clear", "check"),
        Due::Late => ("is-precaution", "clock"),
        Due::Precaution { .. } => ("is-precaution", "warn"),
        Due::DoNotTreat { .. } => ("is-stop", "stop"),
        Due::Hold { .. } => ("is-stop", "bruise"),
        Due::UnderWay => ("is-teal", "play"),
        Due::TooEarly { .. } => ("", "clock"),
        Due::ScreeningOpen { .. } => ("", "shield"),
        Due::NoConsent => ("", "warn"),
        Due::NoPlan => ("", "note"),
        Due::Closed => ("", "check"),
    }
}
