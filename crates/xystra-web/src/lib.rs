//! The pages a clinician works in: one module per step of the loop, rendered on the server, working without script.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let store = xystra_store::Store::open("data".as_ref(), jiff::Timestamp::now()).await?;
//! let app = xystra_web::App::new(store);
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:8610").await?;
//! axum::serve(listener, xystra_web::router(app)).await?;
//! # Ok(()) }
//! ```
//!
//! Invariant: no SQL, and no rule of care: a handler loads, calls one function of care or course, saves and renders.

mod access;
mod app;
mod asset;
pub mod auth;
mod bodymap;
pub mod chart;
mod clock;
mod drafts;
mod error;
mod fault;
mod form;
mod frame;
mod guard;
mod headers;
mod hex;
mod pages;
mod qr;
mod routes;
mod show;

pub use access::{RULES, Who};
pub use app::{App, Demo, Trust};
pub use clock::Clock;
pub use error::WebError;
pub use pages::{router, trust_router, ways_in};
