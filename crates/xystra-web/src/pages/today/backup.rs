//! The age of the last backup.

use xystra_care::entry::hours_between;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::WebError;
use crate::show::number;

/// Days after which the page warns.
const OLD_DAYS: f64 = 7.0;

/// What the page says of the last backup.
pub(super) struct Backup {
    /// "2 days ago, 1.2 MB", or that there is none.
    pub(super) line: String,
    /// It is old, or there is none although there is something to lose.
    pub(super) is_old: bool,
}

/// How old the last backup is.
pub(super) async fn backup(app: &App, visitor: &Visitor) -> Result<Backup, WebError> {
    let has_records = app.store().last_written(&visitor.scope).await?.is_some();
    Ok(match app.store().last_backup(&visitor.scope).await? {
        None => Backup { line: "There is no backup yet.".to_owned(), is_old: has_records },
        Some(last) => Backup {
            line: format!(
                "The last backup was made {}, {}.",
                crate::show::ago(last.made_at, visitor.now),
                size(last.bytes)
            ),
            is_old: has_records && hours_between(last.made_at, visitor.now) > OLD_DAYS * 24.0,
        },
    })
}

fn size(bytes: i64) -> String {
    match bytes as f64 {
        bytes if bytes < 1e6 => format!("{} kB", number((bytes / 1e3).max(1.0), 0)),
        bytes => format!("{} MB", number(bytes / 1e6, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_short() {
        assert_eq!((size(200), size(52_300), size(1_240_000)), ("1 kB".into(), "52 kB".into(), "1.2 MB".into()));
    }
}
