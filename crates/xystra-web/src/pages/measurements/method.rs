//! How a value was taken: only values taken alike may be compared.

use xystra_care::Record;
use xystra_care::measurement::Method;
use xystra_catalog::catalog;

use super::sheet::{MOTION, OTHER, block_of};
use crate::form::{Form, Reader};

/// Where the parts of a method are posted.
#[derive(Debug)]
pub(super) struct Fields {
    pub(super) tool: String,
    /// Only a movement is active or passive, in a position.
    pub(super) active: Option<String>,
    pub(super) position: String,
    pub(super) rater: String,
    pub(super) trials: String,
}

pub(super) const ACTIVE: &[(&str, &str)] = &[("yes", "Active"), ("no", "Passive")];

impl Fields {
    /// Fields that end in the block's key.
    pub(super) fn of(key: &str) -> Self {
        Self {
            tool: format!("tool_{key}"),
            active: (key == MOTION).then(|| format!("active_{key}")),
            position: format!("position_{key}"),
            rater: format!("rater_{key}"),
            trials: format!("trials_{key}"),
        }
    }

    /// What was typed.
    pub(super) fn read(&self, read: &mut Reader<'_>) -> Method {
        Method {
            tool: read.text(&self.tool),
            active: self.active.as_ref().and_then(|active| read.yes_no(active)),
            position: read.text(&self.position),
            rater: read.text(&self.rater),
            trials: read.whole(&self.trials),
        }
    }

    /// What is to be shown.
    pub(super) fn fill(&self, form: Form, method: &Method) -> Form {
        let active = method.active.map(|active| if active { "yes" } else { "no" });
        let form = match &self.active {
            Some(field) => form.with_some(field, active),
            None => form,
        };
        form.with(&self.tool, &method.tool)
            .with(&self.position, &method.position)
            .with(&self.rater, &method.rater)
            .with_some(&self.trials, method.trials)
    }
}

/// Each block's method as it was last time, by whoever is asking now.
pub(super) fn as_last_time(form: Form, record: &Record, rater: &str) -> Form {
    [MOTION, OTHER].into_iter().fold(form, |form, key| {
        let method = Method { rater: rater.to_owned(), ..last(record, key) };
        Fields::of(key).fill(form, &method)
    })
}

/// "active, goniometer, seated, by A. Example, mean of 3".
pub(super) fn words(method: &Method) -> String {
    let active = method.active.map(|active| if active { "active" } else { "passive" }.to_owned());
    let by = (!method.rater.is_empty()).then(|| format!("by {}", method.rater));
    let trials = method.trials.filter(|trials| *trials > 1).map(|trials| format!("mean of {trials}"));
    let parts = [active, Some(method.tool.clone()), Some(method.position.clone()), by, trials];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn last(record: &Record, key: &str) -> Method {
    let in_block = |id: &str| catalog().measure(id).is_some_and(|measure| block_of(measure.kind) == key);
    let entry = record.measurements.iter().rev().find(|entry| !entry.struck && in_block(&entry.body.measure));
    entry.map(|entry| entry.body.method.clone()).unwrap_or_default()
}
