//! Which mechanisms the papers need.

use super::{cell, line};
use crate::study::assumption::assumption;
use crate::study::compare::{Comparison, Need};
use crate::study::validation::Validation;

/// How many sets are shown of each group.
const SHOWN: usize = 6;

pub(super) fn section(text: &mut String, validation: &Validation) {
    line!(text, "\n## Which mechanisms the papers need\n");
    let limit = |id| assumption(id).map_or_else(|_| "-".to_owned(), |one| cell(one.value));
    line!(
        text,
        "Every set of mechanisms was calibrated anew (`xystra study compare`). Its score is the sum of squared residuals and prior deviations \
         and twice its effective number of parameters: less is better. A loss of more than {} counts as needed, of more than {} as a hint, \
         less as nothing that can be told.",
        limit("loss-much"),
        limit("loss-some")
    );
    let found: Vec<&Comparison> = validation.groups.iter().filter_map(|group| group.comparison).collect();
    if found.is_empty() {
        line!(text, "\nIt has not been worked out for this build.");
    }
    for one in found {
        comparison(text, one);
    }
}

fn comparison(text: &mut String, one: &Comparison) {
    line!(text, "\n**{}** ({} studies, {} findings)\n", one.id, one.studies, one.endpoints);
    one.verdicts
        .iter()
        .filter(|verdict| verdict.need != Need::Idle)
        .for_each(|verdict| line!(text, "* {}", verdict.sentence()));
    let idle: Vec<&str> = one.verdicts.iter().filter(|v| v.need == Need::Idle).map(|v| v.mechanism.as_str()).collect();
    if !idle.is_empty() {
        line!(
            text,
            "* Changes none of these findings by a tenth of a standard deviation, so that these papers say nothing about it: {}.",
            idle.join(", ")
        );
    }
    if one.sets.len() < 2 {
        return;
    }
    line!(text, "\n| set | score | cost | effective parameters | inside |\n|---|---|---|---|---|");
    for set in one.sets.iter().take(SHOWN) {
        let (score, cost, freedom) = (cell(set.score), cell(set.cost), cell(set.freedom));
        line!(
            text,
            "| {} | {score} | {cost} | {freedom} | {} of {} |",
            set.mechanisms.join(", "),
            set.inside,
            one.endpoints
        );
    }
}
