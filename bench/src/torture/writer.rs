//! Somebody who writes without a pause until the server is gone.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result, bail};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use sha2::{Digest, Sha256};
use xystra_dose::Sweeps;

use super::write::{Acknowledged, Kind, Request, Write};
use crate::chance::Chance;
use crate::chart::{self, Case};
use crate::kept::{hex, mark};
use crate::person::{Answer, Fields, File, Person, fields, operation};

/// Words that a page has to escape and give back as they were.
const AWKWARD: &str = "\"<b>&amp;'\u{e4}\u{2264}\u{65e5}";

/// Somebody who writes.
#[derive(Debug)]
pub struct Writer {
    number: usize,
    person: Person,
    chance: Chance,
    case: Case,
    /// Writes so far; counts the marks.
    count: usize,
    sitting: Option<Sitting>,
    /// Path and version of each session so far.
    sittings: Vec<(String, u32)>,
    draft_revision: i64,
    /// What the server acknowledged.
    pub kept: Vec<Acknowledged>,
    /// The last draft that was acknowledged.
    pub draft: Option<Acknowledged>,
    /// What was sent without an answer: it may be kept or not.
    pub in_flight: Option<Write>,
    /// Forms that were sent once more although the server had taken them.
    pub doubled: usize,
    /// Requests that a living server did not take.
    pub refused: Vec<String>,
}

/// A session that is open.
#[derive(Debug)]
struct Sitting {
    path: String,
    version: u32,
    step: u32,
}

impl Writer {
    /// A writer with a client of their own.
    pub fn new(number: usize, person: Person, mut chance: Chance) -> Result<Self> {
        let case = chart::take_in(&person, &format!("Demo client {number}"))?;
        let chance = chance.branch();
        Ok(Self {
            number,
            person,
            chance,
            case,
            count: 0,
            sitting: None,
            sittings: Vec::new(),
            draft_revision: 0,
            kept: Vec::new(),
            draft: None,
            in_flight: None,
            doubled: 0,
            refused: Vec::new(),
        })
    }

    /// In front of which server they sit from now on.
    pub fn move_to(&mut self, address: &str) {
        self.person = self.person.moved_to(address);
    }

    /// Who they are to the server.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// Every session of theirs with the version that was acknowledged last.
    pub fn sessions(&self) -> impl Iterator<Item = (&str, u32)> {
        let open = self.sitting.iter().map(|sitting| (sitting.path.as_str(), sitting.version));
        self.sittings.iter().map(|(path, version)| (path.as_str(), *version)).chain(open)
    }

    /// Writes until told to stop, or until an answer fails to come.
    pub fn work(&mut self, stop: &AtomicBool) -> Result<()> {
        while !stop.load(Ordering::Relaxed) && self.in_flight.is_none() {
            let write = self.next()?;
            self.send(write)?;
        }
        Ok(())
    }

    /// Sends again what was in flight. It has to be taken, whether it was kept before or not.
    pub fn retry(&mut self) -> Result<bool> {
        let Some(write) = self.in_flight.take() else { return Ok(false) };
        let answer = write.send(&self.person)?;
        if !answer.is_taken() {
            bail!("{} {} sent again answered {}: {}", write.kind.word(), write.mark, answer.status, answer.gist());
        }
        self.acknowledge(write, &answer)?;
        Ok(true)
    }

    fn send(&mut self, write: Write) -> Result<()> {
        let Ok(answer) = write.send(&self.person) else {
            self.in_flight = Some(write);
            return Ok(());
        };
        if answer.status >= 500 {
            self.refused.push(format!("{} {}", answer.status, answer.gist()));
            self.in_flight = Some(write);
            return Ok(());
        }
        if !answer.is_taken() {
            bail!("{} {} answered {}: {}", write.kind.word(), write.mark, answer.status, answer.gist());
        }
        if write.kind != Kind::Draft && self.chance.once_in(16) {
            return self.press_twice(write, &answer);
        }
        self.acknowledge(write, &answer)
    }

    /// The same form once more: it leads to the same place, and the end of the run counts that it was written once.
    fn press_twice(&mut self, write: Write, first: &Answer) -> Result<()> {
        let second = write.send(&self.person);
        self.acknowledge(write, first)?;
        if let Ok(second) = second.and_then(|answer| if answer.status < 500 { Ok(answer) } else { bail!("no answer") })
        {
            self.doubled += 1;
            if (second.status, &second.location) != (first.status, &first.location) {
                bail!("a second press answered {} {}: {}", second.status, second.location, second.gist());
            }
        }
        Ok(())
    }

    fn next(&mut self) -> Result<Write> {
        self.count += 1;
        match self.chance.between(0, 20) {
            0..4 => Ok(self.client()),
            4..9 => Ok(self.note()),
            9..12 => Ok(self.sheet()),
            12..15 => Ok(self.draft()),
            _ => self.sit(),
        }
    }

    fn mark(&self) -> String {
        mark(self.number, self.count)
    }

    fn text(&self) -> String {
        format!("Bench {} {AWKWARD} end", self.mark())
    }

    fn form(&self, kind: Kind, path: String, fields: Fields, page: String) -> Write {
        let request = Request::Form { path, operation: operation(), fields };
        Write { kind, mark: self.mark(), request, proof: self.text(), page }
    }

    fn client(&self) -> Write {
        let typed = fields(&[("name", &self.text()), ("born", "1980-05-04")]);
        self.form(Kind::Client, "/clients/new".to_owned(), typed, String::new())
    }

    fn note(&self) -> Write {
        let typed = fields(&[("text", &self.text())]);
        self.form(Kind::Note, format!("{}/notes", self.case.episode), typed, self.history())
    }

    fn sheet(&self) -> Write {
        let at = (Timestamp::now() - SignedDuration::from_mins(2)).strftime("%Y-%m-%dT%H:%M").to_string();
        let typed = chart::measurements(&at, &self.text());
        self.form(Kind::Sheet, format!("{}/measurements", self.case.episode), typed, self.history())
    }

    fn draft(&self) -> Write {
        let id = self.case.client.trim_start_matches("/clients/");
        let request = Request::Draft {
            form: format!("client:{id}"),
            revision: self.draft_revision,
            tab: format!("tab-{}", self.number),
            fields: fields(&[("version", "1"), ("name", "Demo client"), ("remarks", &self.text())]),
        };
        let page = format!("{}/edit", self.case.client);
        Write { kind: Kind::Draft, mark: self.mark(), request, proof: self.text(), page }
    }

    /// The next step of a session: opened, saved, measured by a tool, saved, finished.
    fn sit(&mut self) -> Result<Write> {
        let Some(sitting) = &self.sitting else {
            let path = format!("{}/sessions", self.case.episode);
            return Ok(Write { proof: String::new(), ..self.form(Kind::Opening, path, Fields::new(), String::new()) });
        };
        if sitting.step == 1 {
            return self.recording();
        }
        let press = if sitting.step >= 3 { "finish" } else { "save" };
        let typed = chart::session(sitting.version, &self.text(), press);
        Ok(self.form(Kind::Session, sitting.path.clone(), typed, self.history()))
    }

    fn recording(&mut self) -> Result<Write> {
        let sweeps = Sweeps { seed: self.chance.any(), rate_hz: 200.0, ..Sweeps::default() };
        let content = sweeps.to_csv().into_bytes();
        let proof = hex(&Sha256::digest(&content));
        let file = File { field: "file_0".to_owned(), name: format!("sweeps{}.csv", self.mark()), content };
        let sitting = self.sitting.as_ref().context("a recording needs an open session")?;
        let path = format!("{}/recordings", sitting.path);
        let request = Request::Upload { path, operation: operation(), fields: fields(&[("application", "0")]), file };
        Ok(Write { kind: Kind::Recording, mark: self.mark(), request, proof, page: "/recordings".to_owned() })
    }

    fn history(&self) -> String {
        format!("{}/history", self.case.episode)
    }

    fn acknowledge(&mut self, write: Write, answer: &Answer) -> Result<()> {
        let Write { kind, mark, request, proof, page } = write;
        let page = if page.is_empty() { answer.location.clone() } else { page };
        let acknowledged = Acknowledged { kind, mark, proof, page };
        match kind {
            Kind::Draft => {
                let said: Value = serde_json::from_str(&answer.body)?;
                self.draft_revision = said["revision"].as_i64().context("a draft is answered with its revision")?;
                self.draft = Some(acknowledged.clone());
            }
            Kind::Opening => self.sitting = Some(Sitting { path: answer.location.clone(), version: 1, step: 0 }),
            Kind::Session | Kind::Recording => self.sit_on(&request),
            Kind::Client | Kind::Note | Kind::Sheet => {}
        }
        self.kept.push(acknowledged);
        Ok(())
    }

    fn sit_on(&mut self, request: &Request) {
        let finished = matches!(request, Request::Form { fields, .. } if fields.iter().any(|(name, value)| name == "do" && value == "finish"));
        if let Some(sitting) = &mut self.sitting {
            sitting.version += 1;
            sitting.step += 1;
        }
        if finished && let Some(sitting) = self.sitting.take() {
            self.sittings.push((sitting.path, sitting.version));
        }
    }
}
