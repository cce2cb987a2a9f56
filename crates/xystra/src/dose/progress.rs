//! A progress bar for long files: on a terminal only, and only once a second has passed.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How far the analysis is.
pub(crate) struct Progress {
    name: String,
    began: Instant,
    bar: Option<ProgressBar>,
}

/// Files that take less are not worth a bar.
const PATIENCE: Duration = Duration::from_secs(1);
const STEPS: u64 = 1000;

impl Progress {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), began: Instant::now(), bar: None }
    }

    /// Shows the share that is done, 0-1. The bar draws on standard error, and nothing where that is no terminal.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most a thousand steps")]
    pub(crate) fn show(&mut self, share: f64) {
        if self.bar.is_none() && self.began.elapsed() >= PATIENCE {
            self.bar = Some(ProgressBar::new(STEPS).with_style(style()).with_message(self.name.clone()));
        }
        if let Some(bar) = &self.bar {
            bar.set_position((share.clamp(0.0, 1.0) * STEPS as f64) as u64);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn style() -> ProgressStyle {
    let template = ProgressStyle::with_template("{msg} {wide_bar} {percent:>3} % {eta:>6}");
    template.unwrap_or_else(|_| ProgressStyle::default_bar())
}
