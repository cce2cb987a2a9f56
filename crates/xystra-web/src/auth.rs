//! Signing in, and who is asking.

mod addresses;
mod device;
mod enter;
pub mod leaked;
pub mod password;
mod token;
pub(crate) mod totp;
pub(crate) mod tries;
mod visitor;

pub(crate) use addresses::{Address, Addresses};
pub(crate) use device::device_of;
pub(crate) use enter::{Entering, enter, enter_half, renew};
pub(crate) use token::{Cookie, Token, clear_cookie, set_cookie};
pub(crate) use visitor::Visitor;
