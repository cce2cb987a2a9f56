//! A full disk: nothing is kept by halves, pages are still read, and the next save after there is room succeeds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};
use tempfile::TempDir;

use super::desk::{Desk, folder};
use super::{Outcome, mount};
use crate::chart;
use crate::server::Node;

/// A small disk.
const SIZE: &str = "size=16m";
/// What is deleted to make room, bytes.
const BALLAST: usize = 4 * 1024 * 1024;
/// Writes that are tried while it is full.
const TRIES: usize = 25;

/// A disk in memory, gone when it is dropped.
pub(super) struct Disk {
    folder: TempDir,
}

impl Disk {
    pub(super) fn mount(options: &str) -> Result<Self> {
        let folder = folder()?;
        mount(&["-t", "tmpfs", "-o", options, "xystra-bench", &folder.path().display().to_string()])?;
        Ok(Self { folder })
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.folder.path()).status();
    }
}

pub(super) fn run() -> Result<Outcome> {
    let volume = Disk::mount(SIZE)?;
    let ballast = volume.path().join("ballast");
    fs::write(&ballast, vec![1; BALLAST])?;
    let mut desk = Desk::open(Node::on_folder(&volume.path().join("data")), "UTC")?;
    desk.notes(20)?;
    let refused = fill(&mut desk, volume.path().join("rest"))?;
    for page in ["/", "/clients", &desk.case.client.clone(), &desk.case.episode.clone()] {
        desk.person.page(page)?;
    }
    fs::remove_file(&ballast)?;
    desk.notes(20)?;
    let lost = desk.lost()?;
    desk.verify()?;
    let seen = format!("{refused} writes answered 507, pages still read, saved again once there was room");
    Ok(Outcome { acknowledged: desk.acknowledged(), injected: refused, lost, seen })
}

/// Fills the disk to the last byte and goes on writing; how many writes were refused.
fn fill(desk: &mut Desk, rest: PathBuf) -> Result<usize> {
    let session = chart::open_session(&desk.person, &desk.case.episode)?;
    let full = Command::new("sh")
        .args(["-c", "cat /dev/zero > \"$0\""])
        .arg(rest)
        .stderr(std::process::Stdio::null())
        .status()?;
    ensure!(!full.success(), "the disk did not fill");
    let mut refused = 0;
    for n in 0..TRIES {
        let answers = [desk.upload(&session, n as u64)?, desk.note()?];
        for answer in answers {
            ensure!(matches!(answer.status, 303 | 507), "a full disk answered {}: {}", answer.status, answer.gist());
            refused += usize::from(answer.status == 507);
        }
    }
    ensure!(refused >= TRIES, "only {refused} of {} writes were refused", 2 * TRIES);
    Ok(refused)
}
