//! Reads the embedded drawing: sites, the lines of two half views, and groups.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::cell::{Care, Cell, Group};
use super::region::{RegionId, Side, View};
use super::shape::{Outline, join};
use super::{Atlas, Lines};
use crate::Error;

const SITES: (&str, &str) = ("catalog/atlas/sites.toml", include_str!("../../../../data/catalog/atlas/sites.toml"));
const FRONT: (&str, &str) = ("catalog/atlas/front.toml", include_str!("../../../../data/catalog/atlas/front.toml"));
const BACK: (&str, &str) = ("catalog/atlas/back.toml", include_str!("../../../../data/catalog/atlas/back.toml"));
const GROUPS: (&str, &str) = ("catalog/atlas/groups.toml", include_str!("../../../../data/catalog/atlas/groups.toml"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SitesFile {
    site: Vec<Site>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Site {
    id: String,
    name: String,
    anatomy: String,
    care: Option<Care>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ViewFile {
    line: Vec<Line>,
    detail: Vec<Detail>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    between: [String; 2],
    points: Outline,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Detail {
    #[serde(rename = "name")]
    _name: String,
    points: Outline,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupsFile {
    group: Vec<Group>,
}

impl Atlas {
    /// Reads the embedded drawing.
    ///
    /// # Errors
    /// If a file does not parse, a line names no site, a site is not drawn, or its lines do not close.
    pub fn read() -> Result<Self, Error> {
        let sites: SitesFile = parse(SITES)?;
        let groups: GroupsFile = parse(GROUPS)?;
        let views = BTreeMap::from([(View::Front, parse(FRONT)?), (View::Back, parse(BACK)?)]);
        check_names(&sites.site, &views)?;
        let mut cells = Vec::new();
        for site in &sites.site {
            cells.extend(cells_of(site, &views)?);
        }
        let index = cells.iter().enumerate().map(|(at, cell)| (cell.id.clone(), at)).collect();
        let lines = views.iter().map(|(view, file)| (*view, lines_of(file))).collect();
        Ok(Self { cells, index, groups: groups.group, lines })
    }
}

fn parse<T: DeserializeOwned>((file, text): (&'static str, &str)) -> Result<T, Error> {
    toml::from_str(text).map_err(|e| wrong(file, e.to_string()))
}

fn wrong(file: &'static str, reason: String) -> Error {
    Error::Unreadable { file, reason }
}

fn file_of(view: View) -> &'static str {
    match view {
        View::Front => FRONT.0,
        View::Back => BACK.0,
    }
}

fn check_names(sites: &[Site], views: &BTreeMap<View, ViewFile>) -> Result<(), Error> {
    let known = |name: &str| name == "edge" || name == "midline" || sites.iter().any(|site| site.id == name);
    for (view, file) in views {
        if let Some(name) = file.line.iter().flat_map(|line| &line.between).find(|name| !known(name)) {
            return Err(wrong(file_of(*view), format!("a line names \"{name}\", which sites.toml lacks")));
        }
    }
    Ok(())
}

fn cells_of(site: &Site, views: &BTreeMap<View, ViewFile>) -> Result<Vec<Cell>, Error> {
    let mut cells = Vec::new();
    for (view, file) in views {
        if let Some(half) = outline_of(site, *view, file)? {
            for side in Side::ALL {
                cells.push(cell(site, *view, side, &half)?);
            }
        }
    }
    if cells.is_empty() {
        return Err(wrong(SITES.0, format!("\"{}\" is drawn in no view", site.id)));
    }
    Ok(cells)
}

fn outline_of(site: &Site, view: View, file: &ViewFile) -> Result<Option<Outline>, Error> {
    let bounding = |line: &&Line| line.between.contains(&site.id);
    let lines: Vec<&Outline> = file.line.iter().filter(bounding).map(|line| &line.points).collect();
    if lines.is_empty() {
        return Ok(None);
    }
    let open = || wrong(file_of(view), format!("the lines about \"{}\" do not close", site.id));
    join(lines).ok_or_else(open).map(Some)
}

fn cell(site: &Site, view: View, side: Side, half: &Outline) -> Result<Cell, Error> {
    Ok(Cell {
        id: RegionId::new(&site.id, view, side).map_err(|e| wrong(SITES.0, e.to_string()))?,
        name: site.name.clone(),
        anatomy: site.anatomy.clone(),
        care: site.care.clone(),
        outline: half.scaled_across(side.on_screen(view)),
    })
}

fn lines_of(file: &ViewFile) -> Lines {
    let at_edge = |line: &&Line| line.between.iter().any(|name| name == "edge");
    Lines {
        silhouette: file.line.iter().filter(at_edge).map(|line| line.points.clone()).collect(),
        details: file.detail.iter().map(|detail| detail.points.clone()).collect(),
    }
}
