//! The outlook on one measure as a card: a plain sentence, the drawing, the same as a table, and what all of it rests on.

use xystra_care::Record;
use xystra_care::outcome::ImportantChange;
use xystra_catalog::Status;

use super::band::{Table, drawing, table};
use super::told::{Seen, Told};
use crate::pages::catalog::words::cite;
use crate::show::{Show, number};

/// What the card shows.
pub(in crate::pages) struct Card {
    pub(in crate::pages) label: String,
    pub(in crate::pages) unit: String,
    pub(in crate::pages) says: String,
    /// Wide and narrow.
    pub(in crate::pages) chart: String,
    /// What points and bands are.
    pub(in crate::pages) caption: String,
    /// The least change that counts, and where that comes from.
    pub(in crate::pages) important: Option<Important>,
    pub(in crate::pages) table: Table,
    /// What the column of the choice is called.
    pub(in crate::pages) choice: &'static str,
    /// How it was weighed.
    pub(in crate::pages) small: String,
    /// When.
    pub(in crate::pages) made: String,
}

/// The least change that counts.
pub(in crate::pages) struct Important {
    pub(in crate::pages) text: String,
    /// Key into the references.
    pub(in crate::pages) source: String,
    pub(in crate::pages) cite: String,
    pub(in crate::pages) is_verified: bool,
}

impl Card {
    /// The card of one measure and one choice; `says` is the plain sentence.
    pub(super) fn of(
        told: &Told<'_>,
        seen: &Seen<'_>,
        choice: &str,
        says: String,
        record: &Record,
        show: &Show,
    ) -> Self {
        Self {
            label: seen.series.label.clone(),
            unit: seen.unit().to_owned(),
            chart: drawing(told, seen, choice, &says, record, show),
            caption: caption(seen),
            important: seen.series.important.as_ref().map(|change| important(change, seen.unit())),
            table: table(told, seen, choice, show),
            choice: super::words::choice(choice),
            small: small(told),
            made: show.moment(told.made_at),
            says,
        }
    }
}

/// Few observations, wide bands.
fn caption(seen: &Seen<'_>) -> String {
    let many = seen.series.points.len();
    let own = if many == 1 { "1 observation".to_owned() } else { format!("{many} observations") };
    let wide = if many < FEW { ", so the bands are wide" } else { "" };
    format!("{own}{wide}. Points are what was measured; bands hold 50 and 90 % of the virtual clients that fit them.")
}

/// Fewer observations than this leave wide bands (ours).
const FEW: usize = 8;

/// Fewer clients than this, equally likely, leave the edges of a band to chance (ours).
const FEW_EFFECTIVE: f64 = 100.0;

/// "A model’s estimate from 8 observations and 412 effective of 100 000 virtual clients; not a prescription."
fn small(told: &Told<'_>) -> String {
    let weighing = &told.foretold.answer.weighing;
    let few = if weighing.effective < FEW_EFFECTIVE { " That is few: read the bands as rough." } else { "" };
    format!(
        "A model’s estimate from {} observations and reactions, and {} effective of {} virtual clients.{few}",
        weighing.observations,
        thousands(weighing.effective.round()),
        thousands(weighing.clients as f64)
    )
}

/// "100 000", with narrow spaces that do not break.
pub(super) fn thousands(value: f64) -> String {
    let digits = number(value, 0);
    let mut grouped = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.chars().count() - n).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

fn important(change: &ImportantChange, unit: &str) -> Important {
    Important {
        text: format!("{} {unit}", number(change.value, 1)),
        source: change.source.clone(),
        cite: cite(&change.source),
        is_verified: change.status == Status::Verified,
    }
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn large_numbers_are_grouped() {
        let words = [7.0, 412.0, 4096.0, 100_000.0].map(thousands);
        assert_eq!(words, ["7", "412", "4\u{202f}096", "100\u{202f}000"]);
    }
}
