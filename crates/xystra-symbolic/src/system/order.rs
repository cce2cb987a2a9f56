//! The `let`s of an event, each after those it uses: a TOML table keeps no order of its own.

use std::collections::BTreeMap;

use crate::{Error, Expr};

/// The entries in an order in which each stands after those it uses.
///
/// # Errors
/// A circle of entries that use each other.
pub(super) fn ordered(file: &str, entry: &str, lets: BTreeMap<String, Expr>) -> Result<Vec<(String, Expr)>, Error> {
    let mut left = lets;
    let mut done = Vec::new();
    while !left.is_empty() {
        let Some(next) = left.keys().find(|id| ready(&left, id)).cloned() else {
            let circle = left.into_keys().collect::<Vec<_>>().join(", ");
            let what = format!("let: {circle} use each other in a circle; break it");
            return Err(Error::Entry { file: file.to_owned(), entry: entry.to_owned(), what });
        };
        if let Some(expr) = left.remove(&next) {
            done.push((next, expr));
        }
    }
    Ok(done)
}

fn ready(left: &BTreeMap<String, Expr>, id: &str) -> bool {
    left[id].symbols().iter().all(|symbol| !left.contains_key(*symbol))
}
