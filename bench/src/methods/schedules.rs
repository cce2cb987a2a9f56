//! What a schedule does that another does not: the same session once, weekly, twice a week and daily.

use anyhow::Result;
use xystra_tissue::remodel::Course;
use xystra_tissue::study::Study;

use super::course::{arm_name, course, even, study};
use super::figure::{Chart, Line, write};
use crate::section::table;

pub(super) const WEEK_H: f64 = 168.0;
/// Weeks of treatment, and of looking on.
const TREATED: u16 = 5;
const WEEKS: u16 = 16;
/// Samples in a week: one every four hours.
const SAMPLES: u16 = 42;
const CHARTS: [(&str, &str, f64); 6] = [
    ("pain", "pain, 0-10", 0.0),
    ("motion", "motion gained, deg", 0.0),
    ("synthesis-rate", "collagen synthesis, by rest", 1.0),
    ("soreness", "soreness, 0-10", 0.0),
    ("strength", "strength, by rest", 1.0),
    ("grade-2", "chance of petechiae or more", 0.0),
];

/// What one arm comes to.
pub(super) struct Summary {
    pub pain_end: f64,
    pub pain_late: f64,
    pub motion_end: f64,
    pub synthesis: f64,
    pub raised: f64,
    pub soreness: f64,
    pub petechiae: f64,
    pub bruise: f64,
    pub strength: f64,
}

/// The table; the figure goes into its file.
pub fn part() -> Result<String> {
    let study = study("schedules")?;
    let mut rows = Vec::new();
    let mut courses = Vec::new();
    for arm in &study.arms {
        let (_, course) = course(&study, &arm.id, &hours())?;
        rows.push(row(arm_name(&study, &arm.id), &summary(&course)?));
        courses.push((arm.id.clone(), course));
    }
    figure(&study, &courses)?;
    Ok(table(&HEADS, &rows))
}

pub(super) const HEADS: [&str; 10] = [
    "arm",
    "pain at 5 wk",
    "pain at 16 wk",
    "motion gained at 5 wk, deg",
    "mean synthesis in 5 wk, by rest",
    "time with synthesis 5 % up, %",
    "most soreness, 0-10",
    "chance of petechiae",
    "chance of a bruise",
    "strength at 16 wk, by rest",
];

pub(super) fn row(name: &str, summary: &Summary) -> Vec<String> {
    let Summary { pain_end, pain_late, motion_end, synthesis, raised, soreness, petechiae, bruise, strength } = summary;
    let number = |value: &f64, places: usize| format!("{value:.places$}");
    vec![
        name.to_owned(),
        number(pain_end, 2),
        number(pain_late, 2),
        number(motion_end, 1),
        number(synthesis, 3),
        number(raised, 0),
        number(soreness, 2),
        number(petechiae, 2),
        number(bruise, 2),
        number(strength, 3),
    ]
}

pub(super) fn hours() -> Vec<f64> {
    even(f64::from(WEEKS) * WEEK_H, u32::from(WEEKS * SAMPLES))
}

pub(super) fn summary(course: &Course) -> Result<Summary> {
    let end = usize::from(TREATED * SAMPLES);
    let most = |id: &str| -> Result<f64> { Ok(course.output(id)?.into_iter().fold(0.0, f64::max)) };
    let at = |id: &str, row: usize| -> Result<f64> { Ok(course.output(id)?[row]) };
    let last = course.times_h.len() - 1;
    let synthesis = &course.output("synthesis-rate")?[..end];
    let raised = synthesis.iter().filter(|rate| **rate > 1.05 * synthesis[0]).count();
    Ok(Summary {
        pain_end: at("pain", end)?,
        pain_late: at("pain", last)?,
        motion_end: at("motion", end)?,
        synthesis: synthesis.iter().sum::<f64>() / end as f64,
        raised: 100.0 * raised as f64 / end as f64,
        soreness: most("soreness")?,
        petechiae: most("grade-2")?,
        bruise: most("grade-3")?,
        strength: at("strength", last)?,
    })
}

fn figure(study: &Study, courses: &[(String, Course)]) -> Result<()> {
    let classes = ["d", "c", "b", "a"];
    let mut charts = Vec::new();
    for (id, title, rest) in CHARTS {
        let mut lines = Vec::new();
        for ((arm, course), class) in courses.iter().filter(|(arm, _)| arm != "weekly").zip(classes) {
            let weeks = hours().into_iter().map(|hour| hour / WEEK_H);
            let points = weeks.zip(course.output(id)?).collect();
            lines.push(Line { class, name: arm_name(study, arm).to_owned(), points });
        }
        charts.push(Chart { title: title.to_owned(), across: "weeks", lines, rest });
    }
    write("schedules", "The same session once, twice a week and daily over five weeks, beside no treatment.", &charts)
}
