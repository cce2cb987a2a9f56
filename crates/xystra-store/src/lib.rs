//! What is kept: ground that is never edited, drafts, recordings, the journal, and backups that are verified.
//!
//! Every read and write goes through [`Scope`], which cannot be made without a practice, so no query can forget
//! whose record it is.
//!
//! ```
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! use xystra_store::{Scope, Store};
//!
//! let folder = tempfile::tempdir()?;
//! let now = jiff::Timestamp::UNIX_EPOCH;
//! let store = Store::open(folder.path(), now).await?;
//! let owner = store.found_practice(&xystra_store::NewOwner::example(), now).await?;
//! let scope = Scope::of(&owner);
//! assert!(store.find_clients(&scope, "", 10).await?.is_empty());
//! # Ok::<_, Box<dyn std::error::Error>>(()) }).unwrap();
//! ```
//!
//! Invariant: this crate knows no page and no model of tissue; SQL stands nowhere else.

pub mod account;
mod attempt;
pub mod backup;
mod cache;
mod clients;
mod db;
pub mod derived;
mod doses;
pub mod draft;
pub mod emergency;
mod engine;
pub mod entries;
pub mod erase;
mod error;
pub mod export;
pub mod find;
pub mod fingerprint;
pub mod invitation;
pub mod job;
pub mod journal;
pub mod link;
mod merge;
mod migrate;
mod moving;
pub mod outlooks;
pub mod people;
pub mod practice;
mod reading;
pub mod recording;
pub mod records;
mod restore;
mod rows;
mod scope;
pub mod second_factor;
pub mod shelf;
mod sign_in;
mod step;
mod sweep;
mod tables;

pub use account::{Account, NewOwner};
pub use db::Store;
pub use engine::Engine;
pub use entries::{Batch, Saved};
pub use error::Error;
pub use scope::Scope;
pub use step::Step;
