//! The answers, in and out of the form and its draft.

use xystra_care::Entry;
use xystra_care::screening::{Answer, Screening};
use xystra_catalog::atlas::atlas;
use xystra_catalog::screening::{Item, Scope};

use crate::app::App;
use crate::auth::Visitor;
use crate::error::WebError;
use crate::form::Form;

/// Who keeps the draft when the server itself adds answers to it: no browser tab.
const SERVER: &str = "server";

/// The field that says yes or no.
pub(super) fn field(item: &Item) -> String {
    format!("item_{}", item.id)
}

/// The field that says where.
pub(super) fn where_field(item: &Item) -> String {
    format!("where_{}", item.id)
}

/// The field for a word about it.
pub(super) fn remark_field(item: &Item) -> String {
    format!("remark_{}", item.id)
}

/// What was answered; a question that was passed over is not there.
pub(super) fn read(form: &Form, items: &[&'static Item]) -> Screening {
    let answers = items.iter().filter_map(|item| Some((item.id.clone(), answer(form, item)?)));
    Screening { answers: answers.collect() }
}

fn answer(form: &Form, item: &Item) -> Option<Answer> {
    match form.get(&field(item)) {
        "no" => Some(Answer::no()),
        "yes" => Some(yes(form, item)),
        _ => None,
    }
}

fn yes(form: &Form, item: &Item) -> Answer {
    let named = where_field(item);
    let regions = form.all(&named).filter_map(|id| id.parse().ok()).filter(|region| atlas().cell(region).is_some());
    let regions = if item.scope == Scope::Region { regions.collect() } else { Vec::new() };
    Answer { regions, remark: form.get(&remark_field(item)).to_owned(), ..Answer::yes() }
}

/// Answers every open question of a group with no.
pub(super) fn no_to_the_rest(screening: &mut Screening, items: &[&'static Item], group: &str) {
    for item in items.iter().filter(|item| item.group == group) {
        screening.answers.entry(item.id.clone()).or_insert_with(Answer::no);
    }
}

/// The form that says what the record says; only its yeses unless `whole`.
pub(super) fn form_of(entry: Option<&Entry<Screening>>, whole: bool) -> Form {
    let Some(entry) = entry.filter(|entry| !entry.struck) else { return Form::new() };
    let form = Form::new().with("version", entry.version);
    let told = entry.body.answers.iter().filter(|(_, answer)| whole || answer.yes);
    told.flat_map(|(id, answer)| pairs(id, answer)).fold(form, |form, (name, value)| form.with(name, value))
}

/// Keeps the answers as the form's draft, in the place of what a browser tab kept before.
pub(super) async fn keep_draft(
    app: &App,
    visitor: &Visitor,
    key: &str,
    screening: &Screening,
    version: &str,
) -> Result<(), WebError> {
    let revision = app.store().draft(&visitor.scope, key).await?.map_or(0, |draft| draft.revision);
    let body = encode(screening, version);
    app.store().keep_draft(&visitor.scope, key, revision, SERVER, &body, visitor.now).await?;
    Ok(())
}

/// The form as a browser would post it.
fn encode(screening: &Screening, version: &str) -> String {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.append_pair("version", version);
    body.extend_pairs(screening.answers.iter().flat_map(|(id, answer)| pairs(id, answer)));
    body.finish()
}

/// The fields of one answer.
fn pairs(id: &str, answer: &Answer) -> Vec<(String, String)> {
    let word = if answer.yes { "yes" } else { "no" };
    let regions = answer.regions.iter().map(|region| (format!("where_{id}"), region.to_string()));
    let remark = Some((format!("remark_{id}"), answer.remark.clone())).filter(|(_, remark)| !remark.is_empty());
    std::iter::once((format!("item_{id}"), word.to_owned())).chain(regions).chain(remark).collect()
}
