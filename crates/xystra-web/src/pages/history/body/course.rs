//! What was found, measured, planned, done and decided.

use xystra_care::decision::Decision;
use xystra_care::finding::{Finding, label};
use xystra_care::measurement::Measurement;
use xystra_care::note::Note;
use xystra_care::plan::{Plan, Planned};
use xystra_care::response::Checkin;
use xystra_care::session::{Application, Session};
use xystra_catalog::catalog;
use xystra_course::dosing::{applied, target_words};

use super::super::fact::Facts;
use super::{Reading, word, yes_no};
use crate::pages::catalog::words as catalog_words;
use crate::pages::episode;
use crate::pages::findings::words;
use crate::pages::response::skin_words;
use crate::show::{Show, capital, number};

pub(super) fn finding(finding: &Finding) -> Reading {
    let region = capital(&label(&finding.region));
    let facts = Facts::new()
        .with("Region", &region)
        .with("Finding", words::kind(finding.kind))
        .with("Severity", format!("{} of 3", finding.severity))
        .with("Depth", words::depth(finding.depth))
        .with("Found", words::how(finding.how))
        .with("Remark", &finding.remark);
    let title = format!("{region}: {}, {} of 3", words::kind(finding.kind).to_lowercase(), finding.severity);
    Reading { title, facts: facts.finish() }
}

pub(super) fn measurement(measurement: &Measurement) -> Reading {
    let measure = catalog().measure(&measurement.measure);
    let name = measure.map_or(measurement.measure.as_str(), |measure| &measure.name);
    let unit = measure.map(|measure| measure.unit.as_str()).unwrap_or_default();
    let side = measurement.side.map(|side| format!(", {}", side.word())).unwrap_or_default();
    let value = format!("{} {unit}", number(measurement.value, 2));
    let method = &measurement.method;
    let facts = Facts::new()
        .with("Value", value.trim())
        .and(measurement.activities.iter().map(|(activity, score)| (activity.clone(), number(*score, 1))))
        .with("With", &method.tool)
        .with_some("Movement", method.active.map(|active| if active { "active" } else { "passive" }))
        .with("Position", &method.position)
        .with("Taken by", &method.rater)
        .with_some("Trials", method.trials.map(|trials| trials.to_string()))
        .with("Remark", &measurement.remark);
    Reading { title: format!("{name}{side}: {}", value.trim()), facts: facts.finish() }
}

pub(super) fn plan(plan: &Plan, show: &Show) -> Reading {
    let draft = plan.draft();
    let course =
        format!("{} a week for {} weeks, at least {} h apart", draft.sessions_per_week, draft.weeks, draft.gap_hours);
    let pause = draft.pause.map(|pause| format!("{} weeks after session {}", pause.weeks, pause.after_sessions));
    let baseline =
        (draft.baseline_measurements > 0).then(|| format!("{} measurements first", draft.baseline_measurements));
    let facts = Facts::new()
        .with("Course", &course)
        .and(draft.applications.iter().map(|one| (capital(&label(&one.region)), planned(one, show))))
        .with("With it", draft.with.join("; "))
        .with("At home", draft.home.join("; "))
        .with("Measure again", format!("after {} sessions", draft.reassess_after))
        .with_some("Baseline", baseline)
        .with_some("Planned break", pause)
        .with("Remark", &draft.remark);
    Reading { title: course, facts: facts.finish() }
}

fn planned(planned: &Planned, show: &Show) -> String {
    let target = target_words(planned.target, show.force_unit(), catalog());
    let with = [instrument(&planned.instrument), catalog_words::stroke(&planned.stroke).to_owned()];
    format!("{}, {target}, {} min", with.join(", "), number(planned.minutes, 1))
}

fn instrument(id: &str) -> String {
    catalog().instrument(id).map_or_else(|| id.to_owned(), |instrument| instrument.name.clone())
}

pub(super) fn session(session: &Session, show: &Show) -> Reading {
    let title = match session.finished_at {
        Some(at) => format!("Session {}, finished {}", session.number, show.time(at)),
        None => format!("Session {}, under way", session.number),
    };
    let facts = Facts::new()
        .with("Began", show.moment(session.started_at))
        .with_some("Finished", session.finished_at.map(|at| show.moment(at)))
        .with("Under plan", format!("version {}", session.plan_version))
        .with_some("Anything new", session.anything_new.map(yes_no))
        .with("News", &session.news)
        .and(session.done().map(|done| (capital(&label(&done.region)), delivered(done, show))))
        .with_some("Discomfort", session.discomfort.map(|value| format!("{value} of 10")))
        .with_some("Skin", session.skin.map(skin_words))
        .with_some("Home programme", session.home_done.map(|value| format!("{value} of 3")))
        .with("Remark", &session.remark);
    Reading { title, facts: facts.finish() }
}

/// As the clinician said it; a measured force is a computed number and stands on the session's page.
fn delivered(application: &Application, show: &Show) -> String {
    let dose = applied(application, None, catalog());
    let force = match dose.dose {
        Some(_) => dose.words(show.force_unit()),
        None => "force from a recording".to_owned(),
    };
    let with = [instrument(&application.instrument), catalog_words::stroke(&application.stroke).to_owned()];
    format!("{}, {force} ({})", with.join(", "), dose.provenance)
}

pub(super) fn checkin(checkin: &Checkin, show: &Show) -> Reading {
    let skin = checkin.skin.map(skin_words);
    let soreness = checkin.soreness.map(|soreness| format!("soreness {soreness} of 10"));
    let said = [skin.map(|skin| format!("skin: {skin}")), soreness.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    let facts = Facts::new()
        .with("Speaks of", show.moment(checkin.at))
        .with("Learnt", word(&checkin.how))
        .with_some("Skin", skin)
        .with_some("Soreness", checkin.soreness.map(|soreness| format!("{soreness} of 10")))
        .with_some("Redness over 30 min", checkin.redness_over_30_min.map(yes_no))
        .with("Remark", &checkin.remark);
    Reading { title: capital(&said), facts: facts.finish() }
}

pub(super) fn note(note: &Note, show: &Show) -> Reading {
    let title = match (note.adds_to, note.signed_at) {
        (Some(_), _) => "Addendum".to_owned(),
        (None, Some(at)) => format!("Signed {}", show.moment(at)),
        (None, None) => "Not signed yet".to_owned(),
    };
    let facts = Facts::new().with("Text", &note.text).with_some("Signed", note.signed_at.map(|at| show.moment(at)));
    Reading { title, facts: facts.finish() }
}

pub(super) fn decision(decision: &Decision) -> Reading {
    let (title, facts) = match decision {
        Decision::Accepted { rules, plan_version } => {
            (format!("Proposal accepted as plan version {plan_version}"), Facts::new().with("Rules", rules.join(", ")))
        }
        Decision::Chosen { choice, outlook, method, plan_version } => {
            let facts =
                Facts::new().with("Choice", choice.replace('-', " ")).with("Outlook", format!("{method}, {outlook}"));
            (format!("A choice of the outlook became plan version {plan_version}"), facts)
        }
        Decision::Declined { rules, sessions_done, reason } => {
            let facts = Facts::new().with("Rules", rules.join(", ")).with("Why", reason);
            ("Proposal declined".to_owned(), facts.with("After", format!("{sessions_done} sessions")))
        }
        Decision::Closed { outcome, summary } => (
            format!("Episode closed: {}", episode::ending(*outcome).to_lowercase()),
            Facts::new().with("Summary", summary),
        ),
    };
    Reading { title, facts: facts.finish() }
}
