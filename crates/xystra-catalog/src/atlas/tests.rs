//! Properties of the drawing, held for every cell.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::draw::{Drawing, Mark, Mode, svg};
use super::{Atlas, Outline, RegionId, Sensitive, Side, View, atlas};
use crate::catalog;

/// Distance between two sampled points, in body units.
const GRID: f64 = 0.8;

fn drawing<'a>(marks: &'a BTreeMap<RegionId, Mark>, mode: Mode<'a>) -> Drawing<'a> {
    Drawing { marks, mode, title: "Map", id_prefix: "m" }
}

fn halves(view: View) -> Vec<&'static super::Cell> {
    let drawn = |c: &&super::Cell| c.view() == view && c.side().on_screen(view) > 0.0;
    atlas().cells().iter().filter(drawn).collect()
}

/// Points over the half of a view at x >= 0, off the grid of the data.
fn samples() -> impl Iterator<Item = [f64; 2]> {
    let steps = |size: f64| (0..).map(|i| f64::from(i) * GRID + 0.123).take_while(move |v| *v < size);
    steps(152.0).flat_map(move |x| steps(495.0).map(move |y| [x, y]))
}

/// How many of the shapes hold the point.
fn covering<'a>(shapes: impl IntoIterator<Item = &'a Outline>, point: [f64; 2]) -> usize {
    shapes.into_iter().filter(|shape| shape.contains(point)).count()
}

/// The silhouette, from the outer lines alone, closed along the midline; the soles are rings of their own.
fn on_body(atlas: &Atlas, view: View, [x, y]: [f64; 2]) -> bool {
    let crossings = |line: &Outline| {
        let pairs = line.0.iter().zip(&line.0[1..]);
        pairs.filter(|(a, b)| (a[1] > y) != (b[1] > y) && x < a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])).count()
    };
    let lines = &atlas.lines[&view].silhouette;
    lines.iter().map(crossings).sum::<usize>() % 2 == 1
}

#[test]
fn there_are_enough_cells_with_names_of_their_own() {
    let cells = atlas().cells();
    assert!(cells.len() >= 120, "{} cells", cells.len());
    assert_eq!(cells.iter().map(|c| &c.id).collect::<BTreeSet<_>>().len(), cells.len());
    assert_eq!(cells.iter().map(super::Cell::label).collect::<BTreeSet<_>>().len(), cells.len());
}

#[test]
fn every_cell_has_its_mirror_image_and_only_the_side_changes() {
    for cell in atlas().cells() {
        let id = atlas().mirror(&cell.id);
        let other = atlas().cell(&id).expect("a mirror image");
        assert_eq!(id.mirror(), cell.id);
        assert_eq!((other.site(), other.view(), other.side()), (cell.site(), cell.view(), cell.side().opposite()));
        assert_eq!(other.outline, cell.outline.scaled_across(-1.0));
    }
}

#[test]
fn sides_lie_where_the_viewer_sees_them() {
    for cell in atlas().cells() {
        let sign = if (cell.view(), cell.side()) == (View::Front, Side::Left)
            || (cell.view(), cell.side()) == (View::Back, Side::Right)
        {
            1.0
        } else {
            -1.0
        };
        assert!(cell.outline.0.iter().all(|[x, _]| x * sign >= 0.0), "{} crosses the midline", cell.id);
        assert!(cell.outline.centre()[0] * sign > 0.0, "{} lies on the wrong side", cell.id);
    }
}

#[test]
fn labels_say_their_side_and_view_and_no_other() {
    for cell in atlas().cells() {
        let label = cell.label();
        let words: Vec<&str> = label.split(|c: char| !c.is_ascii_alphabetic()).collect();
        assert!(words.contains(&cell.side().word()), "{label}");
        assert!(!words.contains(&cell.side().opposite().word()), "{label}");
        let views: Vec<_> = View::ALL.into_iter().filter(|view| words.contains(&view.word())).collect();
        assert_eq!(views, [cell.view()], "{label}");
    }
}

#[test]
fn every_id_reads_back_as_itself() {
    for cell in atlas().cells() {
        assert_eq!(cell.id.to_string().parse(), Ok(cell.id.clone()));
    }
}

#[test]
fn a_sensitive_site_has_one_class_on_all_its_cells() {
    let mut classes: BTreeMap<&str, BTreeSet<Option<Sensitive>>> = BTreeMap::new();
    for cell in atlas().cells() {
        classes.entry(cell.site()).or_default().insert(cell.sensitive());
    }
    assert!(classes.values().all(|found| found.len() == 1));
    for site in ["neck-front", "groin", "knee-hollow", "armpit", "cubital-tunnel"] {
        assert_eq!(classes[site], BTreeSet::from([Some(Sensitive::NoStrokes)]), "{site}");
    }
    for site in ["elbow-point", "kneecap", "shin-bone", "collarbone", "ankle-inner", "ankle-outer", "breastbone"] {
        assert_eq!(classes[site], BTreeSet::from([Some(Sensitive::Light)]), "{site}");
    }
}

#[test]
fn cells_tile_the_silhouette() {
    for view in View::ALL {
        let cells = halves(view);
        let (mut body, mut overlap, mut gap, mut outside) = (0, 0, 0, 0);
        for point in samples() {
            let (inside, covers) = (on_body(atlas(), view, point), covering(cells.iter().map(|c| &c.outline), point));
            body += usize::from(inside);
            overlap += usize::from(covers > 1);
            gap += usize::from(inside && covers == 0);
            outside += usize::from(!inside && covers > 0);
        }
        assert!(body > 25_000, "{view}: only {body} points on the body");
        assert!(overlap * 200 <= body, "{view}: {overlap} of {body} points in two cells");
        assert!(gap * 200 <= 3 * body, "{view}: {gap} of {body} points in no cell");
        assert!(outside * 200 <= 3 * body, "{view}: {outside} points of cells off the body");
    }
}

#[test]
fn groups_are_the_union_of_their_cells() {
    let body = |view| samples().filter(|point| on_body(atlas(), view, *point)).collect::<Vec<_>>();
    let bodies = BTreeMap::from(View::ALL.map(|view| (view, body(view))));
    for group in atlas().groups() {
        for part in &group.parts {
            let cells: Vec<_> =
                halves(part.view).into_iter().filter(|c| part.sites.iter().any(|s| s == c.site())).collect();
            assert_eq!(cells.len(), part.sites.len(), "{}: a site is not drawn in the {} view", group.id, part.view);
            let (mut area, mut astray) = (0, 0);
            for &point in &bodies[&part.view] {
                let defined = covering(&part.outlines, point) > 0;
                let covered = covering(cells.iter().map(|c| &c.outline), point) > 0;
                area += usize::from(covered);
                astray += usize::from(defined != covered);
            }
            assert!(astray * 100 < area, "{} {}: {astray} of {area} points differ", group.id, part.view);
        }
    }
}

#[test]
fn every_region_belongs_to_a_group() {
    for cell in atlas().cells() {
        assert!(atlas().groups().iter().any(|group| group.contains(&cell.id)), "{} is in no group", cell.id);
    }
    let neck = atlas().group("neck").expect("the neck");
    assert!(neck.regions(Side::Left).iter().all(|id| neck.contains(id) && id.side() == Side::Left));
}

#[test]
fn every_source_is_in_the_bibliography() {
    let cares = atlas().cells().iter().filter_map(|c| c.care.as_ref()).map(|care| &care.source);
    for source in cares.chain(atlas().groups().iter().map(|group| &group.source)) {
        assert!(catalog().sources.contains_key(source), "no source {source}");
    }
}

#[test]
fn links_lead_to_their_own_region_under_its_own_name() {
    let marks = BTreeMap::new();
    let link = |id: &RegionId| format!("/regions/{id}");
    let picture = svg(atlas(), &drawing(&marks, Mode::Links(&link)));
    assert_eq!(picture.matches("<a ").count(), atlas().cells().len());
    for cell in atlas().cells() {
        let start = picture.find(&format!(r#"<a href="/regions/{}""#, cell.id)).expect("a link");
        let tag = &picture[start..start + picture[start..].find('>').expect("an end")];
        assert!(tag.contains(&format!(r#"aria-label="{}"#, cell.label())), "{tag}");
    }
}

#[test]
fn fields_carry_the_region_and_show_what_is_chosen() {
    let id: RegionId = "knee-hollow.back.right".parse().expect("an id");
    let marks = BTreeMap::from([(id, Mark { selected: true, ..Mark::default() })]);
    let form = svg(atlas(), &drawing(&marks, Mode::Choices { name: "region" }));
    assert_eq!(form.matches(r#"name="region""#).count(), atlas().cells().len());
    assert_eq!(form.matches(" checked>").count(), 1);
    assert!(
        form.contains(
            r#"value="knee-hollow.back.right" aria-label="right hollow of the knee (back view), no strokes""#
        )
    );
}

#[test]
fn the_picture_says_what_it_shows_and_has_no_inline_style() {
    let id: RegionId = "outer-elbow.back.left".parse().expect("an id");
    let marks = BTreeMap::from([(id, Mark { finding: true, number: Some(1), ..Mark::default() })]);
    let picture = svg(atlas(), &drawing(&marks, Mode::Plain));
    assert!(
        picture
            .contains(r#"role="img" aria-label="Map, front and back view: left outer elbow (back view), finding 1""#)
    );
    assert!(!picture.contains("style="));
    assert_eq!(picture.matches(r#"class="bm-tag""#).count(), 1);
}

#[test]
fn letters_stand_on_the_side_they_name() {
    let marks = BTreeMap::new();
    let picture = svg(atlas(), &drawing(&marks, Mode::Plain));
    let (front, back) = picture.split_once("bm-view bm-back").expect("two views");
    let letter = |part: &str, sign: &str| {
        let start = part.find(&format!(r#"class="bm-side" x="{sign}116""#)).expect("a letter");
        part[start..].split(['>', '<']).nth(1).map(str::to_owned)
    };
    assert_eq!([letter(front, "-"), letter(front, "")], [Some("R".into()), Some("L".into())]);
    assert_eq!([letter(back, "-"), letter(back, "")], [Some("L".into()), Some("R".into())]);
}

/// Where the drawing puts its tags, in body coordinates.
fn tags(picture: &str) -> Vec<(View, [f64; 2])> {
    let number = |text: &str| text.split(['"', ' ']).next().and_then(|n| n.parse::<f64>().ok()).expect("a number");
    let read = |chunk: &str| {
        let view = if number(chunk) < 300.0 { View::Front } else { View::Back };
        let circle = chunk.split(r#"<circle cx=""#).nth(1).expect("a circle");
        (view, [number(circle), number(circle.split(r#"cy=""#).nth(1).expect("cy"))])
    };
    picture.split(r#"class="bm-tag" transform="translate("#).skip(1).map(read).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_numbered_gets_a_tag_off_the_body(picks in prop::collection::btree_set(0..atlas().cells().len(), 1..12)) {
        let number = |(n, at): (usize, &usize)| {
            let mark = Mark { finding: true, number: u8::try_from(n + 1).ok(), ..Mark::default() };
            (atlas().cells()[*at].id.clone(), mark)
        };
        let marks: BTreeMap<_, _> = picks.iter().enumerate().map(number).collect();
        let picture = svg(atlas(), &drawing(&marks, Mode::Plain));
        let tags = tags(&picture);
        prop_assert_eq!(tags.len(), marks.len());
        for (view, place) in tags {
            let covered = atlas().cells().iter().filter(|c| c.view() == view).any(|c| c.outline.contains(place));
            prop_assert!(!covered, "a tag at {:?} hides the {} view", place, view);
        }
    }
}

proptest! {
    #[test]
    fn other_texts_are_refused_by_name(text in "[a-z.-]{0,24}") {
        match text.parse::<RegionId>() {
            Ok(id) => prop_assert_eq!(id.to_string(), text),
            Err(error) => prop_assert!(error.to_string().contains(&text)),
        }
    }
}
