//! Every key that an entry quotes leads somewhere.

use xystra_catalog::{Catalog, catalog};

/// Every source key with the entry that quotes it.
fn quoted(catalog: &Catalog) -> Vec<(String, &str)> {
    let mut quoted: Vec<(String, &str)> = Vec::new();
    for condition in &catalog.conditions {
        let mut quote = |what: &str, source: &'static str| quoted.push((format!("{} {what}", condition.id), source));
        let condition: &'static _ = condition_static(&condition.id);
        quote("summary", &condition.summary.source);
        quote("course", &condition.course.source);
        quote("natural course", &condition.natural_course.source);
        condition.codes.iter().for_each(|code| quote(&code.code, &code.source));
        condition.precautions.iter().for_each(|precaution| quote("precaution", &precaution.source));
        condition.red_flags.iter().for_each(|item| quote(&item.id, &item.source));
        condition.natural_course.curves.iter().for_each(|curve| quote("curve", &curve.source));
        condition.trials.iter().for_each(|trial| quote("trial", &trial.source));
        condition.measures.iter().filter_map(|f| f.source.as_deref()).for_each(|source| quote("measure", source));
    }
    for measure in &catalog.measures {
        let mut quote = |what: &str, source| quoted.push((format!("{} {what}", measure.id), source));
        quote("licence", measure.licence.source.as_str());
        measure.change.iter().for_each(|change| quote("change", &change.source));
        measure.error.iter().for_each(|error| quote("error", &error.source));
        measure.usual.iter().for_each(|usual| quote("usual", &usual.source));
    }
    quoted.extend(catalog.screening.iter().map(|entry| (entry.id.clone(), entry.source.as_str())));
    quoted.extend(catalog.advice.iter().map(|entry| (entry.id.clone(), entry.source.as_str())));
    quoted.extend(catalog.instruments.iter().map(|entry| (entry.id.clone(), entry.source.as_str())));
    quoted.extend(catalog.strokes.iter().map(|entry| (entry.id.clone(), entry.source.as_str())));
    quoted.extend(catalog.emollients.iter().map(|entry| (entry.id.clone(), entry.source.as_str())));
    quoted.extend(catalog.bands.iter().map(|entry| (entry.name.clone(), entry.source.as_str())));
    quoted.extend(catalog.guessed.iter().map(|entry| (entry.id.clone(), entry.source.as_str())));
    for claim in &catalog.claims {
        quoted.extend(claim.known.iter().map(|known| (claim.id.clone(), known.source.as_str())));
    }
    let atlas = xystra_catalog::atlas::atlas();
    quoted.extend(atlas.groups().iter().map(|group| (group.id.clone(), group.source.as_str())));
    let cares =
        atlas.cells().iter().filter_map(|cell| Some((cell.id.to_string(), cell.care.as_ref()?.source.as_str())));
    quoted.extend(cares);
    for question in &catalog.questions {
        quoted.extend(question.sources.iter().map(|source| (question.id.clone(), source.as_str())));
    }
    quoted
}

fn condition_static(id: &str) -> &'static xystra_catalog::condition::Condition {
    catalog().condition(id).expect("it was just listed")
}

#[test]
fn every_source_exists() {
    let missing: Vec<_> =
        quoted(catalog()).into_iter().filter(|(_, source)| catalog().source(source).is_none()).collect();
    assert!(missing.is_empty(), "not in data/references.bib: {missing:#?}");
}

/// The files of a folder of the project, one after the other.
fn text_of(folder: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let files = std::fs::read_dir(folder).expect("a folder of the project");
    files.map(|file| std::fs::read_to_string(file.expect("an entry").path()).expect("text")).collect()
}

#[test]
fn every_source_is_quoted() {
    let quoted: Vec<&str> = quoted(catalog()).into_iter().map(|(_, source)| source).collect();
    let others = ["data/tissue", "data/studies", "data/cohort", "docs/methods"].map(text_of).concat();
    let is_quoted = |key: &String| quoted.contains(&key.as_str()) || others.contains(key.as_str());
    let idle: Vec<_> = catalog().sources.keys().filter(|key| !is_quoted(key)).collect();
    assert!(idle.is_empty(), "in data/references.bib but quoted by nothing: {idle:#?}");
}

#[test]
fn conditions_name_measures_strokes_and_sites_that_exist() {
    let atlas = xystra_catalog::atlas::atlas();
    for condition in &catalog().conditions {
        for follow in &condition.measures {
            assert!(catalog().measure(&follow.measure).is_some(), "{}: measure {}", condition.id, follow.measure);
            assert_eq!(follow.change.is_some(), follow.source.is_some(), "{}: {}", condition.id, follow.measure);
            assert_eq!(follow.change.is_some(), follow.status.is_some(), "{}: {}", condition.id, follow.measure);
        }
        for stroke in &condition.course.strokes {
            assert!(catalog().stroke(stroke).is_some(), "{}: stroke {stroke}", condition.id);
        }
        for region in &condition.regions {
            let known = atlas.cells().iter().any(|cell| cell.id.to_string().starts_with(&format!("{region}.")));
            assert!(known, "{}: no cell of site {region}", condition.id);
        }
        for curve in &condition.natural_course.curves {
            let measure =
                catalog().measure(&curve.measure).unwrap_or_else(|| panic!("{}: {}", condition.id, curve.measure));
            assert!(curve.points.iter().all(|p| (measure.min..=measure.max).contains(&p.value)), "{}", condition.id);
            assert!(curve.points.is_sorted_by(|a, b| a.weeks < b.weeks), "{}: weeks not in order", condition.id);
        }
    }
}

#[test]
fn instruments_name_strokes_that_exist() {
    for instrument in &catalog().instruments {
        for stroke in &instrument.strokes {
            assert!(catalog().stroke(stroke).is_some(), "{}: stroke {stroke}", instrument.id);
        }
    }
}
