//! This machine's own certificate: kept while it serves, signed anew when it does not.

use std::path::Path;

use jiff::Timestamp;

use super::authority::{Authority, in_days};
use super::keep;
use super::name::Name;
use super::pair::Pair;

/// Days before its end at which a certificate is signed anew.
const RENEW_DAYS: i32 = 30;

/// The certificate in the folder, or a new one for these names.
pub(crate) fn certificate(
    folder: &Path,
    authority: &Authority,
    names: &[Name],
    now: Timestamp,
) -> anyhow::Result<Pair> {
    let (certificate, key) = (folder.join("server.pem"), folder.join("server.key"));
    // A pair that cannot be read, as after a power cut between its two files, is made again as well.
    if let Ok(kept) = Pair::read(&certificate, &key)
        && still_serves(&kept, authority, names, now)?
    {
        return Ok(kept);
    }
    let (certificate_pem, key_pem) = authority.sign(names, now)?;
    keep::write(&key, &key_pem)?;
    keep::write(&certificate, &certificate_pem)?;
    Pair::read(&certificate, &key)
}

/// A name too many does no harm, so an address that comes and goes renews nothing.
fn still_serves(kept: &Pair, authority: &Authority, names: &[Name], now: Timestamp) -> anyhow::Result<bool> {
    let is_young = in_days(now, RENEW_DAYS)? < kept.ends_at || kept.ends_at >= authority.ends_at;
    let speaks_for_all = names.iter().all(|name| kept.names.contains(name));
    Ok(is_young && speaks_for_all && authority.has_signed(kept.certificate()))
}
