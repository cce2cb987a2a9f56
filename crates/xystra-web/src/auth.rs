//! Signing in, and who is asking.

mod limiter;
pub mod password;
mod token;
mod visitor;

pub(crate) use limiter::Limiter;
pub(crate) use token::{Token, clear_cookie, set_cookie};
pub(crate) use visitor::{ABSOLUTE_H, Visitor};
