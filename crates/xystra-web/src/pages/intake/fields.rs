//! The fields of an intake, in and out of the form.

use xystra_care::intake::{ComplaintSide, Goal, Intake, Onset};
use xystra_care::{Entry, FieldError};
use xystra_catalog::catalog;
use xystra_catalog::condition::{Code, CodeSide, Condition};

use crate::auth::Visitor;
use crate::form::{Form, Reader};

/// Goals that the form has room for.
pub(super) const GOALS: usize = 3;
/// The client's own activities that the form has room for (PSFS: three to five).
pub(super) const ACTIVITIES: usize = 5;

/// Codes that stand for the same side.
pub(super) struct CodeGroup {
    pub(super) name: &'static str,
    pub(super) codes: Vec<&'static Code>,
}

/// The condition's codes by side.
pub(super) fn code_groups(condition: &'static Condition) -> Vec<CodeGroup> {
    let sides = [
        ("Left", Some(CodeSide::Left)),
        ("Right", Some(CodeSide::Right)),
        ("Both sides", Some(CodeSide::Both)),
        ("Side not said", Some(CodeSide::Unspecified)),
        ("Without a side", None),
    ];
    let group =
        |(name, side)| CodeGroup { name, codes: condition.codes.iter().filter(|code| code.side == side).collect() };
    sides.into_iter().map(group).filter(|group| !group.codes.is_empty()).collect()
}

/// The condition's measures, by id, with what they are called here and their range.
pub(super) fn measures(condition: &'static Condition) -> Vec<(&'static str, String)> {
    let named = condition.measures.iter().filter_map(|follow| {
        let measure = catalog().measure(&follow.measure)?;
        let name = follow.label.as_ref().unwrap_or(&measure.name);
        Some((measure.id.as_str(), format!("{name} ({} to {} {})", measure.min, measure.max, measure.unit)))
    });
    named.collect()
}

/// The form that says what the record says.
pub(super) fn form_of(entry: &Entry<Intake>) -> Form {
    let intake = &entry.body;
    let mut form = Form::new()
        .with("version", entry.version)
        .with("condition", &intake.condition)
        .with("words", &intake.words)
        .with_word("side", &intake.side)
        .with_some("since", intake.since)
        .with_word("onset", &intake.onset)
        .with_some_word("irritability", intake.irritability.as_ref())
        .with("diagnosed_by", &intake.diagnosed_by)
        .with_some("code", intake.code.as_ref())
        .with("story", &intake.story);
    for (n, goal) in intake.goals.iter().enumerate() {
        form = form
            .with(format!("goal_text_{n}"), &goal.text)
            .with_some(format!("goal_measure_{n}"), goal.measure.as_ref())
            .with_some(format!("goal_target_{n}"), goal.target);
    }
    for (n, activity) in intake.activities.iter().enumerate() {
        form = form.with(format!("activity_{n}"), activity);
    }
    form
}

/// The intake as typed; `old` when it is an amendment.
pub(super) fn read(form: &Form, visitor: &Visitor, old: Option<&Entry<Intake>>) -> Result<Intake, Vec<FieldError>> {
    let mut reader = form.reader(visitor.show.zone());
    let side = reader.choice::<ComplaintSide>("side");
    let side = reader.need("side", side, "say which side the complaint is on");
    let onset = reader.choice::<Onset>("onset");
    let onset = reader.need("onset", onset, "say how it began, or that nobody knows");
    let mut intake = Intake {
        condition: reader.text("condition"),
        words: reader.text("words"),
        side: side.unwrap_or(ComplaintSide::Both),
        since: reader.date("since"),
        onset: onset.unwrap_or(Onset::NotKnown),
        irritability: reader.choice("irritability"),
        diagnosed_by: reader.text("diagnosed_by"),
        code: Some(reader.text("code")).filter(|code| !code.is_empty()),
        goals: goals(&mut reader),
        activities: numbered(form, "activity", ACTIVITIES),
        story: reader.text("story"),
    };
    let code_waits = side.is_none();
    let wrong = intake.check(catalog(), visitor.today()).into_iter();
    reader.and(wrong.filter(|error| !(code_waits && error.field == "code")).collect());
    if let Some(old) = old {
        reader.same_version(old.version);
        if form.get("reason").is_empty() {
            reader.wrong("reason", "say in a few words why this is changed: the old version stays in the history");
        }
    }
    intake.goals.retain(|goal| !is_empty(goal));
    let errors = reader.errors();
    if errors.is_empty() { Ok(intake) } else { Err(errors) }
}

/// Every goal of the form, the empty ones too, so that what is wrong names the field where it stands.
fn goals(reader: &mut Reader<'_>) -> Vec<Goal> {
    let goal = |n| Goal {
        text: reader.text(&format!("goal_text_{n}")),
        measure: Some(reader.text(&format!("goal_measure_{n}"))).filter(|measure| !measure.is_empty()),
        target: reader.number(&format!("goal_target_{n}")),
    };
    (0..GOALS).map(goal).collect()
}

fn is_empty(goal: &Goal) -> bool {
    goal.text.is_empty() && goal.measure.is_none() && goal.target.is_none()
}

/// The values of `name_0`, `name_1` and so on that are not empty.
fn numbered(form: &Form, name: &str, most: usize) -> Vec<String> {
    let values = (0..most).map(|n| form.at(name, &n).to_owned());
    values.filter(|value| !value.is_empty()).collect()
}
