//! Two processes on one folder: the second is refused, the first goes on.

use anyhow::{Result, ensure};

use super::Outcome;
use super::desk::{Desk, folder};
use crate::program;
use crate::server::Node;

const TIMES: usize = 10;

pub(super) fn run() -> Result<Outcome> {
    let folder = folder()?;
    let node = Node::on_folder(&folder.path().join("data"));
    let mut desk = Desk::open(node.clone(), "UTC")?;
    for _ in 0..TIMES {
        desk.notes(5)?;
        let Err(refusal) = node.start() else { anyhow::bail!("a second server started on the same folder") };
        ensure!(
            refusal.to_string().contains("in use") || refusal.to_string().contains("another"),
            "it said: {refusal}"
        );
        let command = program::ends(["verify".to_owned()].into_iter().chain(node.record()))?;
        ensure!(!command.status.success(), "a second process opened the folder: {}", program::said(&command));
        desk.notes(5)?;
    }
    let lost = desk.lost()?;
    desk.verify()?;
    let seen = "every second server and command was refused, the first went on".to_owned();
    Ok(Outcome { acknowledged: desk.acknowledged(), injected: 2 * TIMES, lost, seen })
}
