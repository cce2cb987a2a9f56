//! How an episode stands now, with what to do next where nothing speaks against it.

use xystra_care::Record;
use xystra_care::facts::facts;
use xystra_catalog::catalog;
use xystra_course::today::visit;

use crate::auth::Visitor;
use crate::pages::episode::chip;
pub(super) use crate::pages::episode::chip::Chip;
use crate::show::capital;

/// The episode's chip; its reason is never empty.
pub(super) fn of(record: &Record, visitor: &Visitor) -> Chip {
    let facts = facts(record, catalog(), visitor.show.zone(), visitor.now);
    let visit = visit(record, &facts, catalog(), visitor.now, None);
    let chip = chip::of(&visit.due, &visitor.show);
    let why = if chip.why.is_empty() { format!("next: {}", visit.next.word()) } else { chip.why };
    Chip { why: capital(&why), ..chip }
}
