//! Damage to a closed database: refused at the start, or found by `xystra verify`, or refused where it is read.

use std::fs;
use std::path::Path;
use std::process::Output;

use anyhow::{Context, Result, ensure};

use super::desk::{Desk, folder};
use super::{Outcome, python};
use crate::chance::Chance;
use crate::chart;
use crate::program;
use crate::server::Node;

const PAGE: usize = 4096;
const TRIALS: usize = 60;

/// Runs statements on a database file and prints how many rows they changed.
const SQL: &str = "\
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print(sum(db.execute(statement).rowcount for statement in sys.argv[2:]))
db.commit()
";

/// Changes one byte in the middle of a recording's first part.
const FLIP: &str = "\
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
rowid, content = db.execute('SELECT rowid, content FROM recording_part LIMIT 1').fetchone()
content = bytearray(content)
content[len(content) // 2] ^= 1
db.execute('UPDATE recording_part SET content = ? WHERE rowid = ?', (bytes(content), rowid))
db.commit()
";

/// Pages are overwritten with noise, and single bytes flipped, in a copy of a database each.
pub(super) fn pages() -> Result<Outcome> {
    let folder = folder()?;
    let mut desk = Desk::open(Node::on_folder(&folder.path().join("data")), "UTC")?;
    desk.notes(200)?;
    let before = fingerprint(&desk.verify()?)?;
    let whole = fs::read(folder.path().join("data/xystra.db"))?;
    let noise = judged_all(&whole, folder.path(), &before, PAGE)?;
    let flips = judged_all(&whole, folder.path(), &before, 1)?;
    let seen = format!("pages of noise: {}; single bytes changed: {}", words(noise), words(flips));
    Ok(Outcome { acknowledged: desk.acknowledged(), injected: 2 * TRIALS, lost: noise[3], seen })
}

/// How many damaged copies were refused at the start, found by verify, the same rows as before, or not noticed.
fn judged_all(whole: &[u8], folder: &Path, before: &str, length: usize) -> Result<[usize; 4]> {
    let (mut counts, mut chance) = ([0; 4], Chance::new(1));
    for trial in 0..TRIALS {
        let copy = folder.join(format!("copy-{trial}"));
        fs::create_dir_all(&copy)?;
        fs::write(copy.join("xystra.db"), damaged(whole, length, &mut chance))?;
        counts[judged(&copy, before)?] += 1;
        fs::remove_dir_all(&copy)?;
    }
    Ok(counts)
}

fn words([refused, found, harmless, unnoticed]: [usize; 4]) -> String {
    format!(
        "{refused} refused at the start by name, {found} found by verify, {harmless} hit no row, {unnoticed} unnoticed"
    )
}

/// So many bytes of noise somewhere behind the first page, as a dying disk leaves them.
fn damaged(whole: &[u8], length: usize, chance: &mut Chance) -> Vec<u8> {
    let mut file = whole.to_vec();
    let places = (file.len() / length) as u64;
    let first = (PAGE / length) as u64;
    let at = usize::try_from(chance.between(first, places)).unwrap_or(PAGE) * length;
    file[at..at + length].iter_mut().for_each(|byte| *byte ^= 1 + chance.any().to_le_bytes()[0] % 255);
    file
}

/// Refused at the start, found by verify, the same rows as before, or other rows and nobody said so.
fn judged(copy: &Path, before: &str) -> Result<usize> {
    let node = Node::on_folder(copy);
    if let Err(refusal) = node.start() {
        ensure!(refusal.to_string().contains("xystra.db"), "it said: {refusal}");
        return Ok(0);
    }
    let verdict = verify(&node)?;
    if !verdict.status.success() {
        return Ok(1);
    }
    Ok(if fingerprint(&program::said(&verdict))? == before { 2 } else { 3 })
}

/// A byte of a recording is changed: it is not shown.
pub(super) fn recording() -> Result<Outcome> {
    let folder = folder()?;
    let mut desk = Desk::open(Node::on_folder(&folder.path().join("data")), "UTC")?;
    desk.notes(20)?;
    let session = chart::open_session(&desk.person, &desk.case.episode)?;
    desk.upload(&session, 1)?.expect(303, "the upload")?;
    let all = desk.person.page("/recordings")?;
    let at = all.find("href=\"/recordings/").context("the recording is listed")? + 6;
    let recording = all[at..].split('"').next().unwrap_or_default().to_owned();
    desk.person.page(&recording)?;
    desk.stop()?;
    python(FLIP, &[&file(&desk)])?;
    let found = !verify(desk.node())?.status.success();
    desk.start(desk.node().clone())?;
    let answer = desk.person.get(&recording)?;
    ensure!(answer.status == 500, "a damaged recording answered {}: {}", answer.status, answer.gist());
    let lost = desk.lost()?;
    let also = if found { "and verify finds it" } else { "but verify does not look at recordings" };
    let seen = format!("the recording's page refuses it, {also}");
    Ok(Outcome { acknowledged: desk.acknowledged(), injected: 1, lost, seen })
}

/// Rows of the journal are changed, dropped, swapped and cut off, in a copy each: verify finds every one.
pub(super) fn journal() -> Result<Outcome> {
    let folder = folder()?;
    let mut desk = Desk::open(Node::on_folder(&folder.path().join("data")), "UTC")?;
    desk.notes(20)?;
    desk.verify()?;
    let tampering: [(&str, &[&str]); 5] = [
        ("an action changed", &["UPDATE journal SET action = 'strike' WHERE number = 9"]),
        ("an account changed", &["UPDATE journal SET account_id = 'somebody' WHERE number = 9"]),
        ("a row dropped", &["DELETE FROM journal WHERE number = 9"]),
        (
            "two rows swapped",
            &[
                "UPDATE journal SET number = -1 WHERE number = 9",
                "UPDATE journal SET number = 9 WHERE number = 10",
                "UPDATE journal SET number = 10 WHERE number = -1",
            ],
        ),
        ("the end cut off", &["DELETE FROM journal WHERE number > (SELECT MAX(number) - 3 FROM journal)"]),
    ];
    let mut unnoticed = Vec::new();
    for (name, statements) in tampering {
        let copy = folder.path().join(name);
        copy_folder(desk.node().data(), &copy)?;
        let database = copy.join("xystra.db").display().to_string();
        let args: Vec<&str> = std::iter::once(database.as_str()).chain(statements.iter().copied()).collect();
        ensure!(python(SQL, &args)? != "0", "{name}: nothing was changed");
        if verify(&Node::on_folder(&copy))?.status.success() {
            unnoticed.push(name);
        }
    }
    let seen = match unnoticed.as_slice() {
        [] => "a change, a gap, a swap and a cut end are all found by verify".to_owned(),
        names => format!("verify does not notice: {}", names.join(", ")),
    };
    Ok(Outcome { acknowledged: desk.acknowledged(), injected: tampering.len(), lost: unnoticed.len(), seen })
}

fn file(desk: &Desk) -> String {
    desk.node().data().join("xystra.db").display().to_string()
}

fn verify(node: &Node) -> Result<Output> {
    program::ends(["verify".to_owned()].into_iter().chain(node.record()))
}

fn fingerprint(said: &str) -> Result<String> {
    let after = said.split("fingerprint ").nth(1).context("verify names no fingerprint")?;
    Ok(after.split_whitespace().next().unwrap_or_default().to_owned())
}

/// The files of a data folder, as somebody would copy them.
fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
