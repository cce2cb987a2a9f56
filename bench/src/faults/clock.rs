//! The clock goes wrong around the server (by libfaketime): back an hour, on by half a day, over the end of summer time.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use super::desk::{Desk, folder};
use super::{Impossible, Outcome};
use crate::chart;
use crate::kept;
use crate::server::Node;

/// The server at another time, written in UTC; its waiting stays by the real clock.
///
/// The command `faketime` stays beside what it starts, so a kill would reach the wrong process: the library is named instead.
fn at(node: &Node, time: &str) -> Result<Node> {
    let library = format!("LD_PRELOAD={}", library()?.display());
    let time = format!("FAKETIME={time}");
    Ok(node.clone().started_by(&["env", "TZ=UTC", "DONT_FAKE_MONOTONIC=1", &library, &time]))
}

fn library() -> Result<PathBuf> {
    let lacking = || Impossible("libfaketime is missing: install faketime (Debian's name)".to_owned());
    Ok(crate::clock::library()?.ok_or_else(lacking)?)
}

/// What the clock does, and whether somebody who signed in at its beginning may still be signed in.
const JUMPS: [(&str, bool); 6] =
    [("-70m", true), ("-30m", true), ("-90m", true), ("-3h", false), ("+0h", false), ("+13h", false)];

/// Back an hour within a sign-in, back behind it, and on again: versions keep their order, and a sign-in neither ends when
/// the clock goes back an hour nor lives until the clock has caught up.
pub(super) fn back() -> Result<Outcome> {
    let folder = folder()?;
    let node = Node::on_folder(&folder.path().join("data"));
    let mut desk = Desk::open(at(&node, "-2h")?, "UTC")?;
    let session = chart::open_session(&desk.person, &desk.case.episode)?;
    save(&desk, &session, 1)?;
    for (version, (time, is_in)) in (2..).zip(JUMPS) {
        restart(&mut desk, &at(&node, time)?)?;
        let answer = desk.person.get("/")?;
        let expected = if is_in { 200 } else { 303 };
        ensure!(answer.status == expected, "at {time} of the real clock, Today answered {}", answer.status);
        if !is_in {
            desk.person.sign_in()?;
        }
        desk.notes(10)?;
        save(&desk, &session, version)?;
    }
    let lost = desk.lost()?;
    finish(&mut desk, &node, &session, 8)?;
    let seen = "an hour back: still signed in; back behind the sign-in, and 3 h and 13 h later: not; versions in order, journal whole";
    Ok(Outcome { acknowledged: desk.acknowledged() + 7, injected: JUMPS.len(), lost, seen: seen.to_owned() })
}

/// 25 October 2026 in Berlin: three o'clock becomes two o'clock again at 01:00 UTC.
pub(super) fn summer_time() -> Result<Outcome> {
    let folder = folder()?;
    let node = Node::on_folder(&folder.path().join("data"));
    let moments = ["@2026-10-25 00:20:00", "@2026-10-25 00:40:00", "@2026-10-25 01:00:00", "@2026-10-25 01:20:00"];
    let mut desk = Desk::open(at(&node, moments[0])?, "Europe/Berlin")?;
    let session = chart::open_session(&desk.person, &desk.case.episode)?;
    for (version, time) in (1..).zip(moments) {
        restart(&mut desk, &at(&node, time)?)?;
        desk.notes(10)?;
        save(&desk, &session, version)?;
    }
    let history = desk.person.page(&format!("{}/history", desk.case.episode))?;
    ensure!(history.contains("02:20") && history.contains("02:40"), "the history shows other times");
    let lost = desk.lost()?;
    finish(&mut desk, &node, &session, 5)?;
    let seen =
        "written at 02:20 and 02:40 summer time, then 02:00 and 02:20 winter time; versions in order, journal whole";
    Ok(Outcome { acknowledged: desk.acknowledged() + 4, injected: 3, lost, seen: seen.to_owned() })
}

fn restart(desk: &mut Desk, node: &Node) -> Result<()> {
    desk.stop()?;
    desk.start(node.clone())
}

fn save(desk: &Desk, session: &str, version: u32) -> Result<()> {
    let form = chart::session(version, &format!("version {version}"), "save");
    desk.person.save(session, &form).map(drop).with_context(|| format!("version {version} of the session"))
}

/// Every version is there in order, and the journal is whole.
fn finish(desk: &mut Desk, node: &Node, session: &str, versions: i64) -> Result<()> {
    desk.stop()?;
    let rows = kept::read(node, &node.data().join("rows.txt"))?;
    let there = rows.versions.get(session.trim_start_matches("/sessions/")).context("the session has no row")?;
    ensure!(*there == (1..=versions).collect::<Vec<_>>(), "the session has versions {there:?}");
    ensure!(rows.halves.is_empty(), "{:?}", rows.halves);
    let node = node.clone();
    desk.start(node)?;
    desk.verify().map(drop)
}
