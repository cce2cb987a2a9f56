//! Works out the contact curves of all studies, and of every instrument on every human tissue for the lab, and prints them:
//! `cargo run -p xystra-tissue --example curves > curves.json && mv curves.json data/tissue/`. Curves that the file holds are kept; those of
//! layers that have changed are worked out anew.

use xystra_catalog::catalog;
use xystra_tissue::remodel::kept_curves;
use xystra_tissue::study::library::studies;
use xystra_tissue::study::{Study, plan};
use xystra_tissue::{Error, library};

fn main() -> Result<(), Error> {
    for study in studies() {
        work_out(study)?;
    }
    for tissue in library().tissues.iter().filter(|tissue| tissue.species == "human") {
        work_out(&every_instrument(&tissue.id)?)?;
    }
    print!("{}", kept_curves());
    Ok(())
}

/// Planning an arm asks for the curve of its edge.
fn work_out(study: &Study) -> Result<(), Error> {
    let parameters = study.parameters()?;
    study.arms.iter().try_for_each(|arm| plan(study, &arm.id, &parameters).map(|_| ()))
}

/// A plan with an arm for each instrument of the catalog.
fn every_instrument(tissue: &str) -> Result<Study, Error> {
    let arm = |id: &String| {
        format!(
            "[[arm]]\nid = \"{id}\"\ncomparator = \"treatment\"\n\
             treatment = [{{ schedule = {{ once = true }}, dose = {{ force = \"guessed\", instrument = \"{id}\" }} }}]\n"
        )
    };
    let arms: String = catalog().instruments.iter().map(|one| arm(&one.id)).collect();
    Study::parse("curves", &format!("study = {{ id = \"curves\", title = \"Curves\", tissue = \"{tissue}\" }}\n{arms}"))
}
