//! Ctrl-C asks a long run to stop.

use std::sync::Arc;
use std::thread;

use xystra_cohort::batch::Watch;

/// A watch that stops when somebody presses Ctrl-C.
pub(super) fn watched() -> anyhow::Result<Arc<Watch>> {
    let watch = Arc::new(Watch::default());
    let pressed = Arc::clone(&watch);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    thread::spawn(move || {
        if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            pressed.stop();
        }
    });
    Ok(watch)
}
