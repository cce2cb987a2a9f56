//! How an episode stands, as a chip: colour, icon and word together, and why.

use xystra_course::today::Due;

use crate::show::Show;

/// A verdict on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pages) struct Chip {
    pub(in crate::pages) class: &'static str,
    pub(in crate::pages) icon: &'static str,
    pub(in crate::pages) word: &'static str,
    /// Why, in a few words; may be empty.
    pub(in crate::pages) why: String,
}

/// How the client stands.
pub(in crate::pages) fn of(due: &Due, show: &Show) -> Chip {
    let (class, icon) = match due {
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
    };
    let why = match due {
        Due::TooEarly { opens_at } => format!("opens {}", show.moment(*opens_at)),
        Due::Late => "longer ago than the usual 96 h".to_owned(),
        due => due.reason().unwrap_or_default(),
    };
    Chip { class, icon, word: due.word(), why }
}
