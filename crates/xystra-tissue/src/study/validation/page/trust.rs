//! How far the model may be trusted on studies that it has not seen.

use super::{cell, line};
use crate::study::foretell::Foretold;
use crate::study::validation::{Count, Validation};

pub(super) fn section(text: &mut String, validation: &Validation) {
    line!(text, "\n## How far to trust it\n");
    line!(
        text,
        "Each study was foretold by a calibration on the others of its group (`xystra study foretell`). \"Off\" is the root of the mean squared \
         residual in standard deviations, of the finding and between studies, far ones drawn in as in the calibration: about 1 is as good as studies \
         agree among themselves.\n"
    );
    let found: Vec<&Foretold> = validation.groups.iter().filter_map(|group| group.foretold).collect();
    if found.is_empty() {
        line!(text, "It has not been worked out for this build.");
        return;
    }
    sums(text, &found);
    aside(text, validation.count(false));
    line!(text, "\n| group | study | findings | inside unseen | inside calibrated | off |\n|---|---|---|---|---|---|");
    for one in &found {
        for study in &one.studies {
            let (id, off) = (&study.id, cell(study.off));
            line!(text, "| {} | {id} | {} | {} | {} | {off} |", one.id, study.endpoints, study.inside, study.seen);
        }
    }
}

fn sums(text: &mut String, found: &[&Foretold]) {
    for one in found {
        let ([unseen, seen, all], studies) = (one.count(), one.studies.len());
        let share = 100.0 * unseen as f64 / all.max(1) as f64;
        if studies < 2 {
            line!(
                text,
                "* {}: a single study. Unseen, only the prior speaks: {unseen} of {all} inside. Nothing can be said of another study.",
                one.id
            );
        } else {
            line!(
                text,
                "* {}: of {all} findings in {studies} studies {unseen} ({share:.0} %) lie inside unseen, {seen} when calibrated on.",
                one.id
            );
        }
    }
}

fn aside(text: &mut String, count: Count) {
    if count.judged > 0 {
        let (inside, judged, percent) = (count.inside, count.judged, count.percent());
        line!(
            text,
            "* Studies kept aside from every calibration: {inside} of {judged} verified findings ({percent:.0} %) inside."
        );
    }
}
