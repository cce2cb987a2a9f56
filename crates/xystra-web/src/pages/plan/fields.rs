//! The plan's form: from a draft to fields and back.

use jiff::tz::TimeZone;
use xystra_care::FieldError;
use xystra_care::plan::{Draft, Pause, Planned, Target};
use xystra_care::practice::ForceUnit;

use crate::form::{Form, Reader};

/// The word that stands for a range instead of a band.
pub(super) const RANGE: &str = "newton";

/// Fields of the plan as a whole.
const WHOLE: [&str; 12] = [
    "sessions_per_week",
    "weeks",
    "gap_hours",
    "reassess_after",
    "with",
    "home",
    "baseline",
    "pause_after",
    "pause_weeks",
    "remark",
    "reason",
    "version",
];

/// Fields of each row; the row's number stands at their end.
const OF_ROW: [&str; 7] = ["region", "instrument", "stroke", "target", "low", "high", "minutes"];

/// Rows that a form may hold.
const MOST_ROWS: usize = 40;

/// The fields of a draft; forces in the practice's unit.
pub(super) fn to_form(draft: &Draft, unit: ForceUnit) -> Form {
    let form = Form::new()
        .with("sessions_per_week", draft.sessions_per_week)
        .with("weeks", draft.weeks)
        .with("gap_hours", draft.gap_hours)
        .with("reassess_after", draft.reassess_after)
        .with("with", draft.with.join("\n"))
        .with("home", draft.home.join("\n"))
        .with("baseline", draft.baseline_measurements)
        .with_some("pause_after", draft.pause.map(|pause| pause.after_sessions))
        .with_some("pause_weeks", draft.pause.map(|pause| pause.weeks))
        .with("remark", &draft.remark)
        .with("rows", draft.applications.len());
    draft.applications.iter().enumerate().fold(form, |form, (n, planned)| row_to_form(form, n, planned, unit))
}

/// How many rows the form has.
pub(super) fn rows(form: &Form) -> usize {
    form.get("rows").parse().map_or(0, |rows: usize| rows.min(MOST_ROWS))
}

/// The same form without empty rows and rows to be left out, numbered anew from 0.
pub(super) fn tidy(form: &Form) -> Form {
    let kept = (0..rows(form))
        .filter(|n| form.at("remove", n).is_empty() && OF_ROW.iter().any(|field| !form.at(field, n).is_empty()));
    let kept: Vec<usize> = kept.collect();
    let whole = WHOLE.iter().fold(Form::new(), |tidy, field| tidy.with(*field, form.get(field)));
    let tidy = kept.iter().enumerate().fold(whole, |tidy, (to, from)| {
        OF_ROW.iter().fold(tidy, |tidy, field| tidy.with(format!("{field}_{to}"), form.at(field, from)))
    });
    tidy.with("rows", kept.len())
}

/// The same form with one more row.
pub(super) fn with_row(form: Form) -> Form {
    let rows = (rows(&form) + 1).min(MOST_ROWS);
    form.set("rows", rows)
}

/// The draft that was typed, or what is wrong with it. The form has been tidied.
pub(super) fn read(form: &Form, zone: &TimeZone, unit: ForceUnit) -> Result<Draft, Vec<FieldError>> {
    let mut read = form.reader(zone);
    let applications = (0..rows(form)).filter_map(|n| planned(&mut read, n, unit)).collect();
    let draft = Draft {
        sessions_per_week: count(&mut read, "sessions_per_week"),
        weeks: count(&mut read, "weeks"),
        gap_hours: count(&mut read, "gap_hours"),
        applications,
        with: read.lines("with"),
        home: read.lines("home"),
        reassess_after: count(&mut read, "reassess_after"),
        baseline_measurements: read.whole("baseline").unwrap_or_default(),
        pause: pause(&mut read),
        remark: read.text("remark"),
    };
    let errors = read.errors();
    if errors.is_empty() { Ok(draft) } else { Err(errors) }
}

fn row_to_form(form: Form, n: usize, planned: &Planned, unit: ForceUnit) -> Form {
    let form = form
        .with(format!("region_{n}"), &planned.region)
        .with(format!("instrument_{n}"), &planned.instrument)
        .with(format!("stroke_{n}"), &planned.stroke)
        .with(format!("minutes_{n}"), tenths(planned.minutes, 10.0));
    match planned.target {
        Target::Band(band) => form.with_word(format!("target_{n}"), &band),
        Target::Newton { low, high } => form
            .with(format!("target_{n}"), RANGE)
            .with(format!("low_{n}"), tenths(unit.show(low), 1000.0))
            .with(format!("high_{n}"), tenths(unit.show(high), 1000.0)),
    }
}

/// Rounded to one part of so many: an input shows no more.
fn tenths(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}

fn planned(read: &mut Reader<'_>, n: usize, unit: ForceUnit) -> Option<Planned> {
    let field = |name: &str| format!("{name}_{n}");
    let region = read.choice(&field("region"));
    let region = read.need(&field("region"), region, "choose a region, or leave this row out");
    let minutes = read.number(&field("minutes"));
    let minutes = read.need(&field("minutes"), minutes, "say how many minutes");
    let target = target(read, n, unit);
    Some(Planned {
        region: region?,
        instrument: read.text(&field("instrument")),
        stroke: read.text(&field("stroke")),
        target: target?,
        minutes: minutes?,
    })
}

fn target(read: &mut Reader<'_>, n: usize, unit: ForceUnit) -> Option<Target> {
    let field = |name: &str| format!("{name}_{n}");
    if read.text(&field("target")) != RANGE {
        let band = read.choice(&field("target"));
        return read.need(&field("target"), band, "say how hard").map(Target::Band);
    }
    let (low, high) = (read.number(&field("low")), read.number(&field("high")));
    let range = low.zip(high);
    let (low, high) = read.need(&field("target"), range, "a range needs its lower and its upper end")?;
    let newton = |value: f64| value / unit.show(1.0);
    Some(Target::Newton { low: newton(low), high: newton(high) })
}

fn count<T: std::str::FromStr + Default>(read: &mut Reader<'_>, name: &str) -> T {
    let value = read.whole(name);
    read.need(name, value, "a plan needs this number").unwrap_or_default()
}

/// Both numbers or neither.
fn pause(read: &mut Reader<'_>) -> Option<Pause> {
    let (after_sessions, weeks) = (read.whole("pause_after"), read.whole("pause_weeks"));
    match (after_sessions, weeks) {
        (None, None) => None,
        (Some(after_sessions), Some(weeks)) => Some(Pause { after_sessions, weeks }),
        (None, Some(_)) => read.need("pause_after", None, "a break needs to say after which session it begins"),
        (Some(_), None) => read.need("pause_weeks", None, "a break needs to say how many weeks it lasts"),
    }
}

#[cfg(test)]
mod tests {
    use xystra_testkit::RecordBuilder;

    use super::*;

    fn draft() -> Draft {
        let mut draft = RecordBuilder::new("lateral-epicondylitis").draft();
        draft.pause = Some(Pause { after_sessions: 4, weeks: 2 });
        let mut measured = draft.applications[0].clone();
        measured.target = Target::Newton { low: 2.5, high: 4.0 };
        draft.applications.push(measured);
        draft
    }

    #[test]
    fn a_draft_goes_through_its_form_unchanged() {
        let form = to_form(&draft(), ForceUnit::Newton);
        assert_eq!(read(&tidy(&form), &TimeZone::UTC, ForceUnit::Newton), Ok(draft()));
    }

    #[test]
    fn rows_left_out_are_gone_and_the_rest_is_numbered_anew() {
        let form = with_row(to_form(&draft(), ForceUnit::Newton).with("remove_0", "yes"));
        assert_eq!(rows(&form), 3);
        let tidied = tidy(&form);
        assert_eq!((rows(&tidied), tidied.get("target_0"), tidied.get("low_0")), (1, RANGE, "2.5"));
    }

    #[test]
    fn kilograms_of_force_are_kept_in_newtons() {
        let form = to_form(&draft(), ForceUnit::Newton).set("low_1", "0,2").set("high_1", "0.5");
        let read = read(&form, &TimeZone::UTC, ForceUnit::KilogramForce).expect("a draft");
        let Target::Newton { low, high } = read.applications[1].target else { panic!("a range") };
        assert!((low - 1.961).abs() < 0.001 && (high - 4.903).abs() < 0.001, "{low} to {high}");
    }

    #[test]
    fn half_a_break_is_no_break() {
        let form = to_form(&draft(), ForceUnit::Newton).set("pause_weeks", "");
        let errors = read(&form, &TimeZone::UTC, ForceUnit::Newton).expect_err("refused");
        assert_eq!(errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["pause_weeks"]);
    }
}
