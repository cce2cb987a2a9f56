//! From the filled sheet to measurements.

use std::collections::BTreeSet;

use jiff::Timestamp;
use xystra_care::FieldError;
use xystra_care::measurement::{Measurement, Method, activities_mean};
use xystra_catalog::catalog;
use xystra_catalog::measure::Kind;

use super::sheet::{Block, Row};
use crate::auth::Visitor;
use crate::form::{Form, Reader};

/// When it was, and every value that was filled in; or what is wrong, each at its own field.
pub(super) fn sheet(
    form: &Form,
    blocks: &[Block],
    visitor: &Visitor,
) -> Result<(Timestamp, Vec<Measurement>), Vec<FieldError>> {
    let mut read = form.reader(visitor.show.zone());
    let at = moment(&mut read, visitor);
    let mut taken = Vec::new();
    for block in blocks {
        let method = block.method.as_ref().map(|fields| fields.read(&mut read)).unwrap_or_default();
        for row in &block.rows {
            taken.extend(of_row(&mut read, form, row, &method));
        }
    }
    let errors = read.errors();
    match at {
        Some(at) if errors.is_empty() && !taken.is_empty() => Ok((at, taken)),
        _ if errors.is_empty() => Err(vec![FieldError::new("at", "nothing to save yet: fill in at least one value")]),
        _ => Err(errors),
    }
}

/// The field `at`, which may be back-dated but not lie ahead.
pub(super) fn moment(read: &mut Reader<'_>, visitor: &Visitor) -> Option<Timestamp> {
    let at = read.moment("at");
    let at = read.need("at", at, "say when it was measured")?;
    if at > visitor.now {
        read.wrong("at", format!("{} is in the future", visitor.show.moment(at)));
    }
    Some(at)
}

fn of_row(read: &mut Reader<'_>, form: &Form, row: &Row, method: &Method) -> Vec<Measurement> {
    match row.measure.kind {
        Kind::Activities => activities(read, form, row).into_iter().collect(),
        _ if !row.measure.items.is_empty() => questionnaire(read, form, row).into_iter().collect(),
        _ => values(read, form, row, method),
    }
}

fn values(read: &mut Reader<'_>, form: &Form, row: &Row, method: &Method) -> Vec<Measurement> {
    let mut taken = Vec::new();
    for input in &row.inputs {
        let Some(value) = read.number(&input.field) else { continue };
        let one = Measurement { side: input.side, method: method.clone(), ..plain(row, form, value) };
        check(read, &input.field, &one);
        taken.push(one);
    }
    taken
}

/// Each activity is checked where it stands, and all of them become one value.
fn activities(read: &mut Reader<'_>, form: &Form, row: &Row) -> Option<Measurement> {
    let mut scores = Vec::new();
    for input in &row.inputs {
        let Some(score) = read.number(&input.field) else { continue };
        let one = (input.label.clone(), score);
        let alone = Measurement { activities: vec![one.clone()], ..plain(row, form, score) };
        if let Some(error) = alone.check(catalog()).pop() {
            read.wrong(&input.field, error.message);
        }
        scores.push(one);
    }
    let mean = activities_mean(&scores)?;
    Some(Measurement { activities: scores, ..plain(row, form, mean) })
}

/// The sentences that were ticked are counted here; a score may be typed instead.
fn questionnaire(read: &mut Reader<'_>, form: &Form, row: &Row) -> Option<Measurement> {
    let field = &row.inputs.first()?.field;
    let typed = read.number(field);
    let counted = counted(form, row);
    if let (Some(typed), Some(counted)) = (typed, counted)
        && (typed - counted).abs() > 0.0
    {
        read.wrong(field, format!("{typed} was typed, but {counted} sentences are ticked: keep one of the two"));
    }
    let one = plain(row, form, counted.or(typed)?);
    check(read, field, &one);
    Some(one)
}

/// None ticked means zero only when all were asked.
fn counted(form: &Form, row: &Row) -> Option<f64> {
    let ticked: BTreeSet<usize> = form.all(&row.ticks).filter_map(|n| n.parse().ok()).collect();
    let count = ticked.range(..row.measure.items.len()).count();
    let asked = !form.get(&row.asked).is_empty();
    (asked || count > 0).then_some(count as f64)
}

fn plain(row: &Row, form: &Form, value: f64) -> Measurement {
    Measurement {
        measure: row.measure.id.clone(),
        value,
        side: None,
        method: Method::default(),
        activities: Vec::new(),
        remark: form.get("remark").to_owned(),
    }
}

fn check(read: &mut Reader<'_>, field: &str, one: &Measurement) {
    for error in one.check(catalog()) {
        read.wrong(field, error.message);
    }
}
