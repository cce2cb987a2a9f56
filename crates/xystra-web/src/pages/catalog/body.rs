//! The body map: every region by name, the usual parts of the body, and where no or only light strokes go.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use xystra_catalog::atlas::{Care, Cell, Group, Sensitive, View, atlas};

use super::words;
use super::words::Chip;
use crate::auth::Visitor;
use crate::bodymap;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};

#[derive(Template)]
#[template(path = "catalog/atlas.html")]
struct Page {
    frame: Frame,
    map: String,
    cells: usize,
    sites: Vec<Site>,
    groups: Vec<(&'static Group, String)>,
}

impl Page {
    /// Sites with something to be careful of, the strictest first.
    fn sensitive(&self) -> Vec<(&Site, &'static Care)> {
        let mut sites: Vec<_> = self.sites.iter().filter_map(|site| Some((site, site.care?))).collect();
        sites.sort_by_key(|(_, care)| care.sensitive);
        sites
    }
}

/// A region without its side.
struct Site {
    id: &'static str,
    name: &'static str,
    anatomy: &'static str,
    views: Vec<View>,
    care: Option<&'static Care>,
}

/// `GET /catalog/atlas`.
pub(super) async fn show(visitor: Visitor) -> Result<Response, WebError> {
    let sites = sites(atlas().cells());
    page(&Page {
        frame: visitor.frame("Body map", Nav::Catalog),
        map: bodymap::links(&BTreeMap::new(), "Every region of the body map", &|id| format!("#{}", id.site())),
        cells: atlas().cells().len(),
        groups: atlas().groups().iter().map(|group| (group, names(group, &sites))).collect(),
        sites,
    })
}

fn sites(cells: &'static [Cell]) -> Vec<Site> {
    let mut sites: Vec<Site> = Vec::new();
    for cell in cells {
        match sites.iter_mut().find(|site| site.id == cell.site()) {
            Some(site) if !site.views.contains(&cell.view()) => site.views.push(cell.view()),
            Some(_) => {}
            None => sites.push(Site {
                id: cell.site(),
                name: &cell.name,
                anatomy: &cell.anatomy,
                views: vec![cell.view()],
                care: cell.care.as_ref(),
            }),
        }
    }
    sites
}

/// The names of a group's regions, once each.
fn names(group: &Group, sites: &[Site]) -> String {
    let belongs = |site: &&Site| group.parts.iter().any(|part| part.sites.iter().any(|id| id == site.id));
    sites.iter().filter(belongs).map(|site| site.name).collect::<Vec<_>>().join(", ")
}

fn care_chip(care: &Care) -> Chip {
    let (class, icon) = match care.sensitive {
        Sensitive::NoStrokes => ("is-stop", "stop"),
        Sensitive::Light => ("is-precaution", "warn"),
    };
    Chip { class, icon, word: care.sensitive.word() }
}
