//! Check-ins: whom to ask today, and who has answered.

use jiff::SignedDuration;
use xystra_care::response::How;

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
    /// Where a link for the client's phone is made.
    pub(super) link: String,
}

/// A check-in that came.
pub(super) struct Back {
    pub(super) client: String,
    pub(super) href: String,
    pub(super) skin: &'static str,
    pub(super) is_bruise: bool,
    pub(super) soreness: String,
    /// Did the client answer without anybody beside?
    pub(super) by_client: bool,
    /// What was said, if the client answered alone: nobody has read it yet.
    pub(super) remark: String,
}

/// Whom to ask.
pub(super) fn asked(day: &Day<'_>) -> Vec<Asked> {
    let open = day.standings.iter().filter(|standing| standing.record.closed().is_none());
    let due = open.flat_map(|standing| standing.asked.iter().map(|due| (&standing.record, due)));
    due.map(|(record, due)| Asked {
        client: day.name(record),
        session: due.number,
        after_hours: due.after_hours,
        phone: record.client.body.phone.clone(),
        href: format!("/sessions/{}/response", due.session),
        link: format!("/sessions/{}/link", due.session),
    })
    .collect()
}

/// Who answered lately, newest first.
pub(super) fn back(day: &Day<'_>) -> Vec<Back> {
    let since = day.visitor.now - SignedDuration::from_hours(SHOWN_H);
    let records = day.standings.iter().map(|standing| &standing.record);
    let all = records.flat_map(|record| record.checkins.iter().map(move |entry| (record, entry)));
    let mut lately: Vec<_> = all.filter(|(_, entry)| !entry.struck && entry.recorded_at >= since).collect();
    lately.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.recorded_at));
    let back = lately.into_iter().map(|(record, entry)| Back {
        client: day.name(record),
        href: format!("/sessions/{}/response", entry.body.session),
        skin: entry.body.skin.map_or("not said", skin_words),
        is_bruise: entry.body.skin >= Some(xystra_care::response::Skin::Bruise),
        soreness: entry.body.soreness.map_or_else(|| "not said".to_owned(), |soreness| format!("{soreness} of 10")),
        by_client: entry.body.how == How::ClientForm,
        remark: if entry.body.how == How::ClientForm { entry.body.remark.clone() } else { String::new() },
    });
    back.collect()
}
