//! What the plan's selects offer.

use std::collections::BTreeMap;

use xystra_care::plan::Target;
use xystra_care::practice::{ForceUnit, Tool};
use xystra_catalog::catalog;
use xystra_catalog::course::Band;
use xystra_course::dosing::target_words;

use super::fields::RANGE;
use crate::app::App;
use crate::auth::Visitor;
use crate::error::WebError;
use crate::form::word;
use crate::show::capital;

/// Choices under a heading: what is posted and what is read.
#[derive(Debug)]
pub(super) struct Options {
    pub(super) title: String,
    pub(super) options: Vec<(String, String)>,
}

/// Measurements before the first session.
pub(super) const BASELINES: &[(&str, &str)] = &[("0", "None"), ("1", "1"), ("2", "2"), ("3", "3, a baseline phase")];

/// The practice's own tools first, then the catalog by family; each instrument once.
pub(super) async fn instruments(app: &App, visitor: &Visitor) -> Result<Vec<Options>, WebError> {
    let tools = app.store().of_practice::<Tool>(&visitor.scope).await?;
    let mut own: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for tool in tools.iter().filter(|tool| !tool.struck && !tool.body.retired) {
        own.entry(&tool.body.instrument).or_default().push(&tool.body.name);
    }
    let mut groups = vec![Options { title: "In your practice".to_owned(), options: own_options(&own) }];
    for instrument in catalog().instruments.iter().filter(|instrument| !own.contains_key(instrument.id.as_str())) {
        let title = family(&instrument.family);
        let option = (instrument.id.clone(), instrument.name.clone());
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.options.push(option),
            None => groups.push(Options { title, options: vec![option] }),
        }
    }
    groups.retain(|group| !group.options.is_empty());
    Ok(groups)
}

/// Every kind of stroke.
pub(super) fn strokes() -> Options {
    let options = catalog().strokes.iter().map(|stroke| (stroke.id.clone(), capital(&stroke.name)));
    Options { title: "Stroke".to_owned(), options: options.collect() }
}

/// The three bands, and a range for a force that is measured.
pub(super) fn targets(unit: ForceUnit) -> Options {
    let band = |band: Band| (word(&band), capital(&target_words(Target::Band(band), unit, catalog())));
    let range = (RANGE.to_owned(), format!("A range in {}", unit.sign()));
    Options { title: "How hard".to_owned(), options: Band::ALL.into_iter().map(band).chain([range]).collect() }
}

fn own_options(own: &BTreeMap<&str, Vec<&str>>) -> Vec<(String, String)> {
    let named = own.iter().filter_map(|(id, names)| Some((catalog().instrument(id)?, names)));
    named
        .map(|(instrument, names)| (instrument.id.clone(), format!("{} ({})", names.join(", "), instrument.name)))
        .collect()
}

/// "Gua sha" for `gua-sha`.
fn family(id: &str) -> String {
    capital(&id.replace('-', " "))
}
