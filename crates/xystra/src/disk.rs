//! Is the record on an encrypted disk? Said when it can be known, and that it cannot when not.

use std::fs;
use std::path::Path;

use xystra_store::{Engine, Store};

/// What to tell the owner of this record, if anything.
pub(crate) fn note(store: &Store) -> Option<String> {
    if store.engine() == Engine::Postgres {
        return Some(
            "The record is kept by a database server. Please check that its disk is encrypted, and that its address ends with \
             ?sslmode=verify-full unless it is on this machine: Xystra cannot tell."
                .to_owned(),
        );
    }
    match is_encrypted(store.folder()) {
        Some(true) => None,
        Some(false) => Some(
            "The data folder is on a disk that is not encrypted: whoever takes this machine can read the record. Turn on the \
             disk encryption of your system."
                .to_owned(),
        ),
        None => Some(
            "Xystra cannot tell whether the data folder is on an encrypted disk. Please check: the record itself is not \
             encrypted."
                .to_owned(),
        ),
    }
}

/// On Linux the mount's device says it: a device-mapper volume whose kind begins with CRYPT is encrypted.
fn is_encrypted(folder: &Path) -> Option<bool> {
    let folder = folder.canonicalize().ok()?;
    let mounts = fs::read_to_string("/proc/self/mountinfo").ok()?;
    let (_, device) =
        mounts.lines().filter_map(mount_of).filter(|(at, _)| folder.starts_with(at)).max_by_key(|(at, _)| at.len())?;
    let id = fs::read_to_string(format!("/sys/dev/block/{device}/dm/uuid"));
    match id {
        Ok(id) => Some(id.starts_with("CRYPT-")),
        Err(_) if Path::new(&format!("/sys/dev/block/{device}")).exists() => Some(false),
        Err(_) => None,
    }
}

/// Where a line of mountinfo mounts, and which device.
fn mount_of(line: &str) -> Option<(&str, &str)> {
    let mut fields = line.split(' ').skip(2);
    let device = fields.next()?;
    Some((fields.nth(1)?, device))
}

#[cfg(test)]
mod tests {
    use super::mount_of;

    #[test]
    fn a_mount_line_gives_place_and_device() {
        let line = "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue";
        assert_eq!(mount_of(line), Some(("/mnt2", "98:0")));
    }
}
