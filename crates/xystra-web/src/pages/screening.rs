//! Screening: every question, the verdict that follows, and when it ends.

mod answers;
mod verdict;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use xystra_care::finding::label;
use xystra_care::id::EpisodeId;
use xystra_care::screening::{Screening, items};
use xystra_care::{Record, Refusal};
use xystra_catalog::atlas::{RegionId, Side, atlas};
use xystra_catalog::catalog;
use xystra_catalog::screening::{Item, Scope};
use xystra_store::Batch;

use self::verdict::Verdict;
use super::keep::{Whose, keep};
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};
use crate::routes::Routes;
use crate::show::{Show, capital};

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new().get("/episodes/{episode}/screening", show).post("/episodes/{episode}/screening", answer)
}

#[derive(Template)]
#[template(path = "screening/page.html")]
struct ScreeningPage {
    frame: Frame,
    form: Form,
    show: Show,
    whose: Whose,
    title: String,
    here: String,
    groups: Vec<Group>,
    places: Vec<Place>,
    verdict: Option<Verdict>,
    asked: usize,
    open: usize,
    version: String,
    /// The last screening is too old: only what was answered with yes is filled in.
    expired: bool,
}

/// Questions that stand together.
struct Group {
    name: &'static str,
    anchor: String,
    items: Vec<&'static Item>,
    open: usize,
}

/// A region that an answer may be about.
struct Place {
    id: String,
    label: String,
}

async fn show(State(app): State<App>, visitor: Visitor, Path(episode): Path<EpisodeId>) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let form = answers::form_of(record.screening.as_ref(), !has_expired(&record, &visitor));
    let form = form.or_draft(&app, &visitor, key(episode)).await?;
    let version = form.get("version").to_owned();
    page(&ScreeningPage::new(&visitor, &record, form, version))
}

async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let items = items(&record.intake.body, catalog());
    let mut screening = answers::read(&posted.form, &items);
    let rest = posted.form.get("rest");
    if !rest.is_empty() {
        answers::no_to_the_rest(&mut screening, &items, rest);
        answers::keep_draft(&app, &visitor, &key(episode), &screening, posted.form.get("version")).await?;
        return Ok(Redirect::to(&format!("/episodes/{episode}/screening#{}", anchor(rest))).into_response());
    }
    save(&app, &visitor, &record, &screening, posted).await
}

/// Keeps the answers: the first time as a new fact, later as its next version.
async fn save(
    app: &App,
    visitor: &Visitor,
    record: &Record,
    screening: &Screening,
    posted: Posted,
) -> Result<Response, WebError> {
    let key = key(record.episode);
    let mut reader = posted.form.reader(visitor.show.zone());
    let in_force = record.screening.as_ref().map(|old| old.version);
    reader.same_version(in_force.unwrap_or_default());
    let errors = reader.errors();
    if !errors.is_empty() {
        let version = in_force.map(|version| version.to_string()).unwrap_or_default();
        return refused_page(&ScreeningPage::new(visitor, record, posted.form.refused(errors).keyed(key), version));
    }
    let here = format!("/episodes/{}/screening", record.episode);
    let mut batch = Batch::once(posted.operation, &here).and_forget_draft(key);
    let about = Whose::of(record).about();
    match &record.screening {
        Some(old) => batch.amend(old, about, visitor.now, "screened again", screening),
        None => {
            batch.add(about, visitor.now, screening);
        }
    }
    keep(app, visitor, &batch, &here).await
}

fn key(episode: EpisodeId) -> String {
    format!("screening:{episode}")
}

fn has_expired(record: &Record, visitor: &Visitor) -> bool {
    matches!(record.clearance(catalog(), visitor.now), Err(Refusal::Expired { .. }))
}

impl ScreeningPage {
    fn new(visitor: &Visitor, record: &Record, form: Form, version: String) -> Self {
        let items = items(&record.intake.body, catalog());
        let typed = answers::read(&form, &items);
        let whose = Whose::of(record);
        let is_typed = form.restored.is_some() || !form.errors().is_empty();
        let verdict = if is_typed {
            Some(Verdict::of_typed(&record.intake.body, &typed))
        } else {
            Verdict::of_record(record, visitor)
        };
        let open = items.iter().filter(|item| !typed.answers.contains_key(&item.id)).count();
        Self {
            frame: visitor.frame(format!("Screening of {}", whose.client), Nav::Clients),
            show: visitor.show.clone(),
            title: capital(&whose.complaint),
            here: format!("/episodes/{}/screening", record.episode),
            groups: groups(&items, &typed),
            places: places(record, &typed),
            verdict,
            asked: items.len(),
            open,
            version,
            expired: form.restored.is_none() && has_expired(record, visitor),
            whose,
            form,
        }
    }

    /// Is this what the question is answered with?
    fn says(&self, item: &Item, word: &str) -> bool {
        self.form.has(&answers::field(item), word)
    }

    fn is_at(&self, item: &Item, place: &Place) -> bool {
        self.form.has(&answers::where_field(item), &place.id)
    }

    fn remark(&self, item: &Item) -> &str {
        self.form.get(&answers::remark_field(item))
    }

    /// The first question without an answer.
    fn first_open(&self) -> Option<&'static Item> {
        let mut all = self.groups.iter().flat_map(|group| &group.items).copied();
        all.find(|item| !self.says(item, "yes") && !self.says(item, "no"))
    }
}

/// Groups in the order in which their first question stands.
fn groups(items: &[&'static Item], typed: &Screening) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for item in items {
        let at = groups.iter().position(|group| group.name == item.group).unwrap_or_else(|| {
            groups.push(Group { name: &item.group, anchor: anchor(&item.group), items: Vec::new(), open: 0 });
            groups.len() - 1
        });
        groups[at].items.push(item);
        groups[at].open += usize::from(!typed.answers.contains_key(&item.id));
    }
    groups
}

/// A group's name as an anchor in the page.
fn anchor(group: &str) -> String {
    let letters = group.to_lowercase();
    format!(
        "group-{}",
        letters.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
    )
}

/// Where an answer may be: the complaint's regions, those of the findings, and those that an answer names already.
fn places(record: &Record, typed: &Screening) -> Vec<Place> {
    let intake = &record.intake.body;
    let sides = intake.side.single().map_or_else(|| Side::ALL.to_vec(), |side| vec![side]);
    let usual = intake.condition_in(catalog()).map(|condition| condition.regions.as_slice()).unwrap_or_default();
    let of_complaint =
        usual.iter().flat_map(|site| sides.iter().filter_map(move |side| format!("{site}.{side}").parse().ok()));
    let of_findings = record.current_findings().map(|finding| finding.body.region.clone());
    let of_answers = typed.answers.values().flat_map(|answer| answer.regions.iter().cloned());
    let mut regions: Vec<RegionId> = Vec::new();
    for region in of_complaint.chain(of_findings).chain(of_answers) {
        if atlas().cell(&region).is_some() && !regions.contains(&region) {
            regions.push(region);
        }
    }
    regions.iter().map(|region| Place { id: region.to_string(), label: capital(&label(region)) }).collect()
}
