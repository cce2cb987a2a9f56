//! What a clinician does again and again, as the pages ask for it.

use anyhow::{Context, Result, ensure};

use crate::page::attributes;
use crate::person::{Fields, Person, fields};

/// The region of every plan here: no sensitive site.
pub const SITE: &str = "forearm-extensors-upper.back.left";

/// A client with one complaint, ready for a session.
#[derive(Debug, Clone)]
pub struct Case {
    /// `/clients/...`
    pub client: String,
    /// `/episodes/...`
    pub episode: String,
}

/// Takes somebody in up to the plan: client, consent, tennis elbow on the left, every question answered with no, plan.
pub fn take_in(person: &Person, name: &str) -> Result<Case> {
    let client = person.save("/clients/new", &fields(&[("name", name), ("born", "1980-05-04")]))?;
    person
        .save(&format!("{client}/consent"), &fields(&[("how", "spoken"), ("text_version", "1"), ("agreed", "yes")]))?;
    let complaint = [("condition", "lateral-epicondylitis"), ("side", "left"), ("onset", "repeated-strain")];
    let screening = person.save(&format!("{client}/episodes/new"), &fields(&complaint))?;
    let at = screening.find("/episodes/").context("the intake leads to its episode")?;
    let episode: String = screening[at..].split('/').take(3).collect::<Vec<_>>().join("/");
    answer_no(person, &format!("{episode}/screening"))?;
    person.save(&format!("{episode}/plan"), &plan())?;
    Ok(Case { client, episode })
}

/// Opens a session, or goes on with the one that is open; its path.
pub fn open_session(person: &Person, episode: &str) -> Result<String> {
    let path = person.save(&format!("{episode}/sessions"), &Fields::new())?;
    ensure!(path.starts_with("/sessions/"), "the session led to {path}");
    Ok(path)
}

/// A whole session as it is posted, made from `version`; `press` is the button, `save` or `finish`.
pub fn session(version: u32, remark: &str, press: &str) -> Fields {
    let version = version.to_string();
    fields(&[
        ("version", &version),
        ("anything_new", "no"),
        ("applications", "1"),
        ("region_0", SITE),
        ("done_0", "yes"),
        ("instrument_0", "gt-3"),
        ("stroke_0", "sweep"),
        ("force_0", "low"),
        ("minutes_0", "3"),
        ("discomfort", "2"),
        ("skin", "none"),
        ("remark", remark),
        ("do", press),
    ])
}

/// Three measurements of one sheet, which are kept together or not at all.
pub fn measurements(at: &str, remark: &str) -> Fields {
    fields(&[
        ("at", at),
        ("m_nprs", "6"),
        ("m_wrist-flexion_left", "52"),
        ("m_wrist-flexion_right", "70"),
        ("tool_motion", "goniometer"),
        ("active_motion", "yes"),
        ("remark", remark),
    ])
}

/// How many entries a sheet of [`measurements`] becomes.
pub const SHEET: usize = 3;

fn answer_no(person: &Person, path: &str) -> Result<()> {
    let page = person.page(path)?;
    let mut asked: Vec<&str> = attributes(&page, "name").filter(|name| name.starts_with("item_")).collect();
    asked.sort_unstable();
    asked.dedup();
    ensure!(!asked.is_empty(), "{path} asks nothing");
    person.save(path, &asked.iter().map(|name| ((*name).to_owned(), "no".to_owned())).collect())?;
    Ok(())
}

fn plan() -> Fields {
    fields(&[
        ("version", "0"),
        ("sessions_per_week", "2"),
        ("weeks", "5"),
        ("gap_hours", "48"),
        ("reassess_after", "4"),
        ("baseline", "3"),
        ("home", "Stretch, 3 x 30 s"),
        ("rows", "1"),
        ("region_0", SITE),
        ("instrument_0", "gt-4"),
        ("stroke_0", "sweep"),
        ("target_0", "low"),
        ("minutes_0", "2.5"),
    ])
}
