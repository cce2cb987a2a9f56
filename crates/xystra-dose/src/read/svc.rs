//! Pens that write x, y, time, pen status, azimuth, tilt and pressure without any unit.

use super::reading::Reading;
use crate::error::Error;
use crate::interval::Interval;
use crate::quality::{Issue, IssueKind};

/// What the columns are, besides what the user says: pressure is the one force there is. The pen's status is a label.
const COLUMNS: [(&str, &str); 4] = [("time", "time"), ("position.x", "x"), ("position.y", "y"), ("force", "pressure")];

/// The count of rows that a pen's file states, beside the rows that came.
#[derive(Debug)]
pub(super) struct Count {
    stated: u64,
    found: u64,
    end_s: f64,
    is_over: bool,
}

impl Count {
    pub(super) fn new(stated: u64) -> Self {
        Self { stated, found: 0, end_s: 0.0, is_over: false }
    }

    pub(super) fn rewind(&mut self) {
        *self = Self::new(self.stated);
    }

    /// The rows at `time_s` came.
    pub(super) fn add(&mut self, time_s: &[f64]) {
        self.found += time_s.len() as u64;
        self.end_s = time_s.last().copied().unwrap_or(self.end_s);
    }

    /// No more come.
    pub(super) fn end(&mut self) {
        self.is_over = true;
    }

    /// That the counts differ, once all rows came.
    pub(super) fn issue(&self) -> Option<Issue> {
        let (stated, found) = (self.stated, self.found);
        let follows = if found < stated { "the end may be missing" } else { "all of them are read" };
        let words = format!("the first line counts {stated} rows, and {found} are there: {follows}");
        let share = found.abs_diff(stated) as f64 / found.max(stated).max(1) as f64;
        let issue = Issue { share, ..Issue::whole(IssueKind::LostRows, Interval::new(0.0, self.end_s), words) };
        (self.is_over && found != stated).then_some(issue)
    }
}

/// The reading of a pen's file.
///
/// # Errors
/// [`Error::NoUnits`] unless the user says all units: the file has none.
pub(super) fn reading(how: &Reading) -> Result<Reading, Error> {
    if ["time", "position", "force"].iter().any(|quantity| !how.units.contains_key(*quantity)) {
        return Err(Error::NoUnits {
            what: "a pen's recording (.svc)",
            hint: "--unit time=ms --unit position=0.005mm --unit force=0.05N",
        });
    }
    let mut how = how.clone();
    for (meaning, column) in COLUMNS {
        how.map.entry(meaning.to_owned()).or_insert_with(|| column.to_owned());
    }
    Ok(how)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::whole;

    #[test]
    fn a_count_that_differs_is_said() {
        let how = Reading::default().unit("time=ms").unwrap().unit("position=0.005mm").unwrap();
        let how = how.unit("force=0.05N").unwrap();
        let file = |count: u64| {
            let rows: Vec<String> = (0..30).map(|i| format!("1 2 {} 1 0 0 {}\n", 5 * i, 7 + i)).collect();
            let rows = rows.concat();
            whole("pen.svc", format!("{count}\n{rows}").as_bytes(), &how).unwrap().issues
        };
        assert_eq!(file(30), []);
        assert_eq!(file(29)[0].consequence, "the first line counts 29 rows, and 30 are there: all of them are read");
        assert!(file(31)[0].consequence.ends_with("the end may be missing"));
    }
}
