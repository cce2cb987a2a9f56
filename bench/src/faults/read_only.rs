//! What cannot be written: a disk is refused by name at the start, a database says so at each save and is still read.

use anyhow::{Result, bail, ensure};

use super::desk::{Desk, folder};
use super::full::Disk;
use super::{Outcome, mount};
use crate::postgres::Cluster;
use crate::server::Node;

const TRIES: usize = 10;

/// The data folder's disk is mounted read-only.
pub(super) fn disk() -> Result<Outcome> {
    let volume = Disk::mount("size=32m")?;
    let place = volume.path().display().to_string();
    let mut desk = Desk::open(Node::on_folder(&volume.path().join("data")), "UTC")?;
    desk.notes(20)?;
    desk.stop()?;
    mount(&["-o", "remount,ro", &place])?;
    for _ in 0..TRIES {
        let Err(refusal) = desk.node().start() else { bail!("a server started on a read-only disk") };
        let refusal = refusal.to_string();
        ensure!(refusal.contains(&place) && refusal.contains("writable"), "it said: {refusal}");
    }
    mount(&["-o", "remount,rw", &place])?;
    desk.start(desk.node().clone())?;
    desk.notes(20)?;
    let lost = desk.lost()?;
    desk.verify()?;
    let seen = "each start was refused naming the folder and what to do; writable again, it went on".to_owned();
    Ok(Outcome { acknowledged: desk.acknowledged(), injected: TRIES, lost, seen })
}

/// The server's database is switched to read-only while people write.
pub(super) fn postgres() -> Result<Outcome> {
    let (cluster, folder) = (Cluster::start()?, folder()?);
    let mut desk = Desk::open(Node::on_database(folder.path(), &cluster.database("clinic")?), "UTC")?;
    desk.notes(20)?;
    cluster.set("default_transaction_read_only", "on")?;
    for _ in 0..TRIES {
        let answer = desk.note()?;
        ensure!(answer.status == 507, "a read-only database answered {}: {}", answer.status, answer.gist());
        desk.person.page(&desk.case.episode)?;
    }
    cluster.set("default_transaction_read_only", "off")?;
    desk.notes(20)?;
    let lost = desk.lost()?;
    desk.verify()?;
    let seen = "each save answered 507 and the page was still read; writable again, it went on".to_owned();
    Ok(Outcome { acknowledged: desk.acknowledged(), injected: TRIES, lost, seen })
}
