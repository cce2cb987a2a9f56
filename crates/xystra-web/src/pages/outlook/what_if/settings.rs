//! What somebody would change: how often, how long, how hard, how many minutes, and a break first.

use xystra_care::Record;
use xystra_care::plan::{Draft, Pause, Target};
use xystra_catalog::course::Band;

use crate::form::{Form, word};
use crate::pages::lab::slider::{Slider, Standing};

const WEEKS: Slider = slider("weeks", "For how long", " weeks", (1.0, 12.0, 1.0));
const MINUTES: Slider = slider("minutes", "Strokes on each region", " min", (1.0, 15.0, 0.5));
const BREAK: Slider = slider("break", "A break first", " weeks", (0.0, 4.0, 1.0));

const fn slider(name: &'static str, label: &'static str, unit: &'static str, ends: (f64, f64, f64)) -> Slider {
    let (low, high, step) = ends;
    Slider { name, label, unit, low, high, step, usual: low, hint: "" }
}

/// How hard, as the page offers it; the first leaves it as planned.
const FIRMNESS: [(&str, &str); 4] =
    [("planned", "as planned"), ("low", "light"), ("medium", "medium"), ("high", "firm")];

/// The settings, each within what the page offers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Settings {
    per_week: f64,
    most_per_week: f64,
    weeks: f64,
    minutes: f64,
    pub(super) firmness: &'static str,
    break_weeks: f64,
}

impl Settings {
    /// As the query has it; whatever is missing or impossible is as the plan has it.
    pub(super) fn read(query: &str, record: &Record, plan: &Draft) -> Self {
        let form = Form::decode(query.as_bytes());
        let most_per_week = (168.0 / f64::from(plan.gap_hours.max(1))).floor().clamp(1.0, 7.0);
        let asked = |slider: Slider, usual: f64| Slider { usual: slider.held(usual), ..slider }.read(&form);
        let minutes = plan.applications.first().map_or(3.0, |planned| planned.minutes);
        Self {
            per_week: asked(per_week(most_per_week), f64::from(plan.sessions_per_week)),
            most_per_week,
            weeks: asked(WEEKS, weeks_left(record, plan)),
            minutes: asked(MINUTES, minutes),
            firmness: one_of(form.get("firmness")),
            break_weeks: asked(BREAK, 0.0),
        }
    }

    /// The sliders, in the order of the page.
    pub(super) fn sliders(&self) -> [Standing; 4] {
        [
            per_week(self.most_per_week).at(self.per_week),
            WEEKS.at(self.weeks),
            MINUTES.at(self.minutes),
            BREAK.at(self.break_weeks),
        ]
    }

    /// All of it in one line, to know it again.
    pub(super) fn words(&self) -> String {
        let sliders = self.sliders().map(|at| at.plain());
        format!("{}:{}", sliders.join(":"), self.firmness)
    }

    /// The plan as it would be with these settings from now on, after `done` sessions: nothing of it is kept.
    pub(super) fn draft(&self, plan: &Draft, done: usize) -> Draft {
        let weeks = (done as f64 / self.per_week).ceil() + self.weeks;
        let mut draft = Draft { sessions_per_week: whole(self.per_week), weeks: whole(weeks), ..plan.clone() };
        let band = Band::ALL.into_iter().find(|band| word(band) == self.firmness);
        for planned in &mut draft.applications {
            planned.minutes = self.minutes;
            planned.target = band.map_or(planned.target, Target::Band);
        }
        let after = u8::try_from(done).ok().filter(|done| *done > 0 && self.break_weeks > 0.0);
        draft.pause = after.map(|after_sessions| Pause { after_sessions, weeks: whole(self.break_weeks) });
        draft
    }
}

/// Words of how hard.
pub(super) fn firmnesses() -> [(&'static str, &'static str); 4] {
    FIRMNESS
}

fn per_week(most: f64) -> Slider {
    Slider { high: most, ..slider("per_week", "Sessions a week", "", (1.0, 7.0, 1.0)) }
}

/// Weeks until the sessions of the plan are done.
fn weeks_left(record: &Record, plan: &Draft) -> f64 {
    let all = f64::from(plan.sessions_per_week) * f64::from(plan.weeks);
    let left = all - record.finished_sessions().len() as f64;
    (left / f64::from(plan.sessions_per_week.max(1))).ceil()
}

fn one_of(asked: &str) -> &'static str {
    FIRMNESS.into_iter().map(|(value, _)| value).find(|value| *value == asked).unwrap_or("planned")
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sliders hold small numbers, 0 and above")]
fn whole(value: f64) -> u8 {
    value.round() as u8
}

#[cfg(test)]
mod tests {
    use xystra_care::finding::Kind;
    use xystra_testkit::{RecordBuilder, SITE};

    use super::*;

    fn elbow() -> Record {
        let built = RecordBuilder::new("lateral-epicondylitis").consented().screened().found(SITE, Kind::Tenderness);
        built.planned(|draft| (draft.sessions_per_week, draft.weeks, draft.gap_hours) = (2, 5, 48)).build()
    }

    fn plan(record: &Record) -> Draft {
        record.plan().expect("a plan").body.draft().clone()
    }

    #[test]
    fn without_a_query_it_is_the_plan_that_is_left() {
        let record = elbow();
        let plan = plan(&record);
        let settings = Settings::read("", &record, &plan);
        let draft = settings.draft(&plan, 0);
        assert_eq!((draft.sessions_per_week, draft.weeks), (2, 5));
        assert_eq!(draft.applications, plan.applications);
    }

    #[test]
    fn a_break_comes_first_and_the_weeks_are_those_to_come() {
        let record = elbow();
        let plan = plan(&record);
        let draft = Settings::read("per_week=2&weeks=3&break=2", &record, &plan).draft(&plan, 4);
        assert_eq!((draft.weeks, draft.pause), (5, Some(Pause { after_sessions: 4, weeks: 2 })));
    }

    #[test]
    fn nothing_is_asked_for_more_often_than_the_plan_allows() {
        let record = elbow();
        let plan = plan(&record);
        let settings = Settings::read("per_week=7&weeks=99&firmness=low&minutes=NaN&break=-3", &record, &plan);
        let draft = settings.draft(&plan, 0);
        assert_eq!((draft.sessions_per_week, draft.weeks), (3, 12));
        assert!(draft.applications.iter().all(|planned| planned.target == Target::Band(Band::Low)));
        assert_eq!(draft.pause, None);
    }
}
