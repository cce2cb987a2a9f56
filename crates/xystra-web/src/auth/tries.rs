//! Slows guessing, at the door and wherever a password or a code is asked for again.

use jiff::Timestamp;
use xystra_store::{Account, Scope};

use super::{Visitor, password};
use crate::app::App;
use crate::error::WebError;

/// What may be guessed at: a login's password.
pub(crate) fn of_password(login: &str) -> String {
    format!("login:{}", login.trim().to_lowercase())
}

/// What may be guessed at: the code of somebody's second factor.
pub(crate) fn of_code(account: &Account) -> String {
    format!("code:{}", account.id)
}

/// Counts a try, or says how long to wait and what else helps.
pub(crate) async fn take(app: &App, what: &str, now: Timestamp) -> Result<Option<String>, WebError> {
    Ok(app.store().take_try(what, now).await?.map(too_many))
}

/// "too many tries: wait 30 seconds".
pub(crate) fn too_many(seconds: i64) -> String {
    let wait = match seconds {
        ..=1 => "1 second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", (seconds + 59) / 60),
    };
    format!(
        "too many tries: wait {wait} and try again, or ask the owner for a link to a new password; an owner runs \
         xystra recover on the machine that keeps the record"
    )
}

/// Is this the visitor's password? Otherwise what is wrong with it.
pub(crate) async fn check_password(app: &App, visitor: &Visitor, typed: &str) -> Result<Option<String>, WebError> {
    let what = of_password(&visitor.account.login);
    if let Some(message) = take(app, &what, visitor.now).await? {
        return Ok(Some(message));
    }
    if password::verify(typed.to_owned(), Some(visitor.account.password_hash.clone())).await {
        app.store().forgive(&what).await?;
        return Ok(None);
    }
    app.store().sign_in_failed(&what, Some(&Scope::of(&visitor.account)), visitor.now).await?;
    Ok(Some("this is not your password now: try again".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_is_said_in_words_and_so_is_the_way_out() {
        assert!(too_many(30).starts_with("too many tries: wait 30 seconds and try again"));
        assert!(too_many(61 + 60).contains("wait 3 minutes") && too_many(1).contains("wait 1 second "));
        assert!(too_many(900).contains("wait 15 minutes") && too_many(900).contains("xystra recover"));
    }
}
