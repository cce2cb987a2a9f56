//! The people of the practice: who they are, what they may do, and links for new ones.

mod invite;
mod list;
mod person;

use axum::http::HeaderMap;
use jiff::SignedDuration;

use super::links::address::Address;
use crate::app::App;
use crate::auth::Token;
use crate::qr::qr;
use crate::routes::Routes;

/// How long a link serves.
const LINK_H: i64 = 72;

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/settings/people", list::show)
        .post("/settings/people", invite::invite)
        .post("/settings/people/take-back", invite::take_back)
        .get("/settings/people/{account}", person::show)
        .post("/settings/people/{account}/role", person::set_role)
        .post("/settings/people/{account}/disable", person::disable)
        .post("/settings/people/{account}/enable", person::enable)
        .post("/settings/people/{account}/sign-out", person::sign_out)
        .post("/settings/people/{account}/password", person::offer_password)
        .post("/settings/people/{account}/second-factor", person::turn_off_second_factor)
}

/// A link that was made a moment ago: the only time that its address can be shown.
struct Made {
    address: Address,
    code: Option<String>,
    for_whom: String,
    until: String,
}

impl Made {
    fn of(app: &App, headers: &HeaderMap, token: &Token, for_whom: &str, until: String) -> Self {
        let address = Address::of(app, headers, &format!("/join/{}", token.word()));
        let code = qr(&address.text, "QR code of the address below");
        Self { address, code, for_whom: for_whom.to_owned(), until }
    }
}

/// How long a link serves.
fn serves() -> SignedDuration {
    SignedDuration::from_hours(LINK_H)
}
