//! Check-ins: whom to ask today, and who has answered.

use jiff::SignedDuration;
use xystra_course::today::checkins_due;

use super::Day;
use crate::pages::response::skin_words;

/// Hours for which an answer stays on the list.
const SHOWN_H: i64 = 48;

/// A check-in to ask for.
pub(super) struct Asked {
    pub(super) client: String,
    pub(super) session: u32,
    pub(super) after_hours: u8,
    pub(super) phone: String,
    pub(super) href: String,
}

/// A check-in that came.
pub(super) struct Back {
    pub(super) client: String,
    pub(super) href: String,
    pub(super) skin: &'static str,
    pub(super) is_bruise: bool,
    pub(super) soreness: String,
}

/// Whom to ask.
pub(super) fn asked(day: &Day<'_>) -> Vec<Asked> {
    let open = day.records.iter().filter(|record| record.closed().is_none());
    let due = open.flat_map(|record| checkins_due(record, day.visitor.now).into_iter().map(move |due| (record, due)));
    due.map(|(record, due)| Asked {
        client: record.client.body.name.clone(),
        session: due.number,
        after_hours: due.after_hours,
        phone: record.client.body.phone.clone(),
        href: format!("/sessions/{}/response", due.session),
    })
    .collect()
}

/// Who answered lately, newest first.
pub(super) fn back(day: &Day<'_>) -> Vec<Back> {
    let since = day.visitor.now - SignedDuration::from_hours(SHOWN_H);
    let all = day.records.iter().flat_map(|record| record.checkins.iter().map(move |entry| (record, entry)));
    let mut lately: Vec<_> = all.filter(|(_, entry)| !entry.struck && entry.recorded_at >= since).collect();
    lately.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.recorded_at));
    let back = lately.into_iter().map(|(record, entry)| Back {
        client: record.client.body.name.clone(),
        href: format!("/sessions/{}/response", entry.body.session),
        skin: entry.body.skin.map_or("not said", skin_words),
        is_bruise: entry.body.skin >= Some(xystra_care::response::Skin::Bruise),
        soreness: entry.body.soreness.map_or_else(|| "not said".to_owned(), |soreness| format!("{soreness} of 10")),
    });
    back.collect()
}
