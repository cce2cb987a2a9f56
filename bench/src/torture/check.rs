//! After a kill: is every acknowledged write there, readable as it was sent, and whole?

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use super::write::{Acknowledged, Kind};
use super::writer::Writer;
use crate::kept::Kept;
use crate::page::unescaped;
use crate::person::Person;

/// What is wrong, each by its name, once however often it was seen.
#[derive(Debug, Default)]
pub struct Findings {
    /// Acknowledged and not there, or not as it was sent.
    pub lost: BTreeSet<String>,
    /// There in part.
    pub half: BTreeSet<String>,
    /// There more than once.
    pub twice: BTreeSet<String>,
}

impl Findings {
    /// Adds another's.
    pub fn extend(&mut self, other: Self) {
        self.lost.extend(other.lost);
        self.half.extend(other.half);
        self.twice.extend(other.twice);
    }

    fn lose(&mut self, name: String) {
        self.lost.insert(name);
    }

    fn halve(&mut self, name: String) {
        self.half.insert(name);
    }

    fn double(&mut self, name: String) {
        self.twice.insert(name);
    }

    /// Is nothing wrong?
    pub fn is_empty(&self) -> bool {
        self.lost.is_empty() && self.half.is_empty() && self.twice.is_empty()
    }
}

/// Reads every page that has to show what was acknowledged; gives what is missing there.
pub fn read(writer: &Writer, acknowledged: &[Acknowledged]) -> Result<Vec<String>> {
    let mut missing = Vec::new();
    let mut by_page: BTreeMap<&str, Vec<&Acknowledged>> = BTreeMap::new();
    for one in acknowledged.iter().filter(|one| one.kind != Kind::Draft) {
        by_page.entry(&one.page).or_default().push(one);
    }
    for (page, all) in by_page {
        let text = unescaped(&writer.person().page(page)?);
        for one in all {
            if !is_shown(writer.person(), one, &text)? {
                missing.push(one.name());
            }
        }
    }
    Ok(missing)
}

/// The draft that was acknowledged last has to be in its form, or the one that was in flight behind it.
pub fn draft(writer: &Writer) -> Result<Option<String>> {
    let Some(draft) = &writer.draft else { return Ok(None) };
    let text = unescaped(&writer.person().page(&draft.page)?);
    let later = writer.in_flight.as_ref().filter(|write| write.kind == Kind::Draft);
    let there = text.contains(&draft.proof) || later.is_some_and(|write| text.contains(&write.proof));
    Ok((!there).then(|| draft.name()))
}

fn is_shown(person: &Person, one: &Acknowledged, page: &str) -> Result<bool> {
    if one.kind != Kind::Recording {
        return Ok(page.contains(&one.proof));
    }
    let Some(at) = page.find(&format!("sweeps{}.csv", one.mark)) else { return Ok(false) };
    let link = page[..at].rfind("href=\"").map(|start| &page[start + 6..at]);
    let href = link.and_then(|link| link.split('"').next()).context("a recording on the list has a link")?;
    Ok(person.page(href)?.contains(&one.proof))
}

/// Holds every row that is kept against what was acknowledged.
pub fn rows(writers: &[Writer], kept: &Kept) -> Findings {
    let mut findings = Findings { half: kept.halves.iter().cloned().collect(), ..Findings::default() };
    for writer in writers {
        for one in &writer.kept {
            marked(one, kept, &mut findings);
        }
        for (path, version) in writer.sessions() {
            let versions = kept.versions.get(path.trim_start_matches("/sessions/")).cloned().unwrap_or_default();
            let expected: Vec<i64> = (1..=i64::from(version)).collect();
            if versions.len() > expected.len() {
                findings.double(format!("{path} has versions {versions:?}, not 1 to {version}"));
            } else if versions != expected {
                findings.lose(format!("{path} has versions {versions:?}, not 1 to {version}"));
            }
        }
    }
    findings
}

fn marked(one: &Acknowledged, kept: &Kept, findings: &mut Findings) {
    if one.kind == Kind::Recording {
        let hashes = kept.recordings.get(&format!("sweeps{}.csv", one.mark)).map(Vec::as_slice).unwrap_or_default();
        match hashes {
            [hash] if *hash == one.proof => {}
            [] => findings.lose(one.name()),
            [_] => findings.halve(format!("{}: other bytes", one.name())),
            _ => findings.double(format!("{}: {} rows", one.name(), hashes.len())),
        }
        return;
    }
    let Some(expected) = one.kind.entries() else { return };
    match kept.marks.get(&one.mark).copied().unwrap_or(0) {
        0 => findings.lose(one.name()),
        count if count < expected => findings.halve(format!("{}: {count} of {expected} entries", one.name())),
        count if count > expected => findings.double(format!("{}: {count} entries, not {expected}", one.name())),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kept::mark;

    fn acknowledged(kind: Kind) -> Acknowledged {
        Acknowledged { kind, mark: mark(1, 2), proof: "ab".to_owned(), page: String::new() }
    }

    /// What is found wrong when so many entries carry the mark: lost, half, twice.
    fn with_entries(kind: Kind, count: usize) -> [usize; 3] {
        let kept = Kept { marks: [(mark(1, 2), count)].into(), ..Kept::default() };
        counted(&acknowledged(kind), &kept)
    }

    fn with_recordings(hashes: &[&str]) -> [usize; 3] {
        let hashes = hashes.iter().map(|hash| (*hash).to_owned()).collect();
        let kept = Kept { recordings: [(format!("sweeps{}.csv", mark(1, 2)), hashes)].into(), ..Kept::default() };
        counted(&acknowledged(Kind::Recording), &kept)
    }

    fn counted(one: &Acknowledged, kept: &Kept) -> [usize; 3] {
        let mut findings = Findings::default();
        marked(one, kept, &mut findings);
        [findings.lost.len(), findings.half.len(), findings.twice.len()]
    }

    #[test]
    fn entries_are_counted_against_what_was_acknowledged() {
        assert_eq!(with_entries(Kind::Note, 1), [0, 0, 0]);
        assert_eq!(with_entries(Kind::Note, 0), [1, 0, 0]);
        assert_eq!(with_entries(Kind::Note, 2), [0, 0, 1]);
        assert_eq!(with_entries(Kind::Sheet, 3), [0, 0, 0]);
        assert_eq!(with_entries(Kind::Sheet, 2), [0, 1, 0]);
    }

    #[test]
    fn a_recording_is_there_once_with_its_own_bytes() {
        assert_eq!(with_recordings(&["ab"]), [0, 0, 0]);
        assert_eq!(with_recordings(&[]), [1, 0, 0]);
        assert_eq!(with_recordings(&["cd"]), [0, 1, 0]);
        assert_eq!(with_recordings(&["ab", "ab"]), [0, 0, 1]);
    }
}
