//! The pages through the real router, on a real store in a throw-away folder.

mod catalog;
mod clients;
mod door;
mod episode;
mod findings;
mod history;
mod intake;
mod kept;
mod measurements;
mod plan;
mod recording;
mod response;
mod screening;
mod session;
mod settings;
mod support;
mod today;
