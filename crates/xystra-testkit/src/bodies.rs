//! Every kind of entry with every field said: what an export, a form or a reader has to have room for.
//!
//! The bodies are written out field by field, so that a new field does not compile until it has a sample here.

use jiff::civil::date;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;
use xystra_care::appointment::{self, Appointment};
use xystra_care::client::{Client, Contact, Handed, SkinTone};
use xystra_care::consent::{self, Consent};
use xystra_care::decision::{Decision, Ending};
use xystra_care::finding::{self, Depth, Finding};
use xystra_care::id::{ClientId, EpisodeId, RecordingId, ThreadId};
use xystra_care::intake::{ComplaintSide, Goal, Intake, Irritability, Onset};
use xystra_care::measurement::{Measurement, Method};
use xystra_care::merge::Merge;
use xystra_care::note::Note;
use xystra_care::plan::{Draft, Pause, Planned, Target};
use xystra_care::practice::Tool;
use xystra_care::response::{self, Checkin, Skin};
use xystra_care::screening::{Answer, Screening};
use xystra_care::session::{Application, Direction, Force, Session};
use xystra_catalog::atlas::Side;
use xystra_catalog::course::Band;

use crate::{SITE, START, region};

/// The word of each kind of entry with bodies of it: together they say everything that can be said.
pub fn bodies() -> Vec<(&'static str, Value)> {
    let mut bodies = vec![
        ("appointment", body(&appointment())),
        ("checkin", body(&checkin())),
        ("client", body(&client())),
        ("consent", body(&consent())),
        ("finding", body(&finding())),
        ("intake", body(&intake())),
        ("measurement", body(&measurement())),
        ("merge", body(&merge())),
        ("note", body(&note())),
        // A plan is made on a clearance alone; it is kept as its draft.
        ("plan", body(&plan())),
        ("screening", body(&screening())),
        ("session", body(&session())),
        ("tool", body(&tool())),
    ];
    bodies.extend(decisions().iter().map(|decision| ("decision", body(decision))));
    bodies
}

fn body<T: Serialize>(value: &T) -> Value {
    json!(value)
}

fn words(text: &str) -> String {
    text.to_owned()
}

fn contact(name: &str) -> Contact {
    Contact { name: words(name), reach: words("0555 0100") }
}

fn client() -> Client {
    Client {
        name: words("Demo client 3"),
        born: Some(date(1981, 11, 2)),
        handed: Some(Handed::Left),
        skin: Some(SkinTone::Dark),
        phone: words("+49 555 0101"),
        email: words("demo3@example.org"),
        address: words("1 Example Street\nExample Town"),
        emergency: contact("Demo contact"),
        referrer: contact("Demo doctor"),
        guardian: contact("Demo guardian"),
        medicines: vec![words("apixaban"), words("metformin")],
        allergies: vec![words("nickel"), words("lanolin")],
        remarks: words("=Comes by bicycle"),
        synthetic: true,
    }
}

fn consent() -> Consent {
    Consent {
        text_version: 1,
        regions: words("not the neck"),
        guardian: words("Demo guardian"),
        how: consent::How::Spoken,
        withdrawn_at: Some(START),
    }
}

fn intake() -> Intake {
    Intake {
        condition: words("lateral-epicondylitis"),
        words: words("sore elbow"),
        side: ComplaintSide::Left,
        since: Some(date(2026, 2, 2)),
        onset: Onset::RepeatedStrain,
        irritability: Some(Irritability::Moderate),
        diagnosed_by: words("Demo doctor"),
        code: Some(words("M77.12")),
        goals: vec![Goal { text: words("Carry a bag"), measure: Some(words("nprs")), target: Some(2.0) }],
        activities: vec![words("Lifting a full cup")],
        story: words("After moving house"),
    }
}

fn screening() -> Screening {
    let answer = Answer { yes: true, regions: vec![region(SITE)], remark: words("an old scar") };
    Screening { answers: [(words("scar"), answer)].into() }
}

fn finding() -> Finding {
    Finding {
        region: region(SITE),
        kind: finding::Kind::Tenderness,
        severity: 2,
        depth: Some(Depth::Fascia),
        how: finding::How::ScanClinician,
        remark: words("sharp"),
    }
}

fn measurement() -> Measurement {
    Measurement {
        measure: words("psfs"),
        value: 3.5,
        side: Some(Side::Left),
        method: Method {
            tool: words("form of 2026"),
            active: Some(true),
            position: words("seated"),
            rater: words("Example therapist"),
            trials: Some(2),
        },
        activities: vec![(words("Lifting a full cup"), 3.5)],
        remark: words("in the morning"),
    }
}

fn merge() -> Merge {
    Merge {
        from: ClientId(Uuid::from_u128(21)),
        name: words("Demo klient 3"),
        episodes: vec![EpisodeId(Uuid::from_u128(22))],
        threads: vec![ThreadId(Uuid::from_u128(23))],
    }
}

fn plan() -> Draft {
    let planned = |target| Planned {
        region: region(SITE),
        instrument: words("long-concave"),
        stroke: words("sweep"),
        target,
        minutes: 2.5,
    };
    Draft {
        sessions_per_week: 2,
        weeks: 4,
        gap_hours: 48,
        applications: vec![planned(Target::Band(Band::Medium)), planned(Target::Newton { low: 3.5, high: 6.0 })],
        with: vec![words("warm-up")],
        home: vec![words("eccentric exercise")],
        reassess_after: 4,
        baseline_measurements: 3,
        pause: Some(Pause { after_sessions: 4, weeks: 2 }),
        remark: words("begin gently"),
    }
}

fn session() -> Session {
    let application = |force| Application {
        region: region(SITE),
        instrument: words("long-concave"),
        tool: words("The long one"),
        edge: words("concave"),
        stroke: words("sweep"),
        direction: Some(Direction::Proximal),
        emollient: words("balm"),
        force,
        minutes: Some(2.5),
        strokes: Some(60),
        done: true,
    };
    let measured = Force::Measured(RecordingId(Uuid::from_u128(24)));
    Session {
        number: 1,
        plan: ThreadId(Uuid::from_u128(25)),
        plan_version: 1,
        started_at: START,
        finished_at: Some(START),
        anything_new: Some(true),
        news: words("slept badly"),
        applications: [Force::Guessed, Force::Banded(Band::Low), measured].map(application).into(),
        discomfort: Some(3),
        skin: Some(Skin::FewPetechiae),
        home_done: Some(2),
        remark: words("went well"),
    }
}

fn checkin() -> Checkin {
    Checkin {
        session: ThreadId(Uuid::from_u128(26)),
        at: START,
        how: response::How::ClientForm,
        soreness: Some(2),
        skin: Some(Skin::Redness),
        redness_over_30_min: Some(true),
        remark: words("a little warm"),
    }
}

fn note() -> Note {
    let thread = |number| Some(ThreadId(Uuid::from_u128(number)));
    Note { text: words("Sleeps better."), session: thread(27), adds_to: thread(28), signed_at: Some(START) }
}

fn decisions() -> [Decision; 4] {
    let rules = vec![words("gap-48h"), words("skin-3-twice")];
    [
        Decision::Accepted { rules: rules.clone(), plan_version: 2 },
        Decision::Chosen {
            choice: words("lighter"),
            outlook: words("5e1f"),
            method: words("outlook-1"),
            plan_version: 3,
        },
        Decision::Declined { rules, sessions_done: 3, reason: words("travels") },
        Decision::Closed { outcome: Ending::GoalMet, summary: words("plays again") },
    ]
}

fn appointment() -> Appointment {
    Appointment {
        at: START,
        episode: Some(EpisodeId(Uuid::from_u128(29))),
        state: appointment::State::Booked,
        remark: words("ground floor"),
    }
}

fn tool() -> Tool {
    Tool {
        name: words("The long one"),
        instrument: words("long-concave"),
        mass_g: Some(310.5),
        radius_mm: Some(4.0),
        length_mm: Some(140.0),
        instrumented: true,
        calibrated: Some(date(2026, 1, 31)),
        retired: false,
    }
}
