//! What the people of a clinic do all day, without a pause between one thing and the next.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};

use crate::chance::Chance;
use crate::chart;
use crate::page::attribute;
use crate::person::{Person, operation};
use crate::seed::{Clinic, name};
use crate::tally::Tally;

/// Somebody at work.
#[derive(Debug)]
pub struct Worker {
    person: Person,
    chance: Chance,
    /// The open session that they write to, and its version.
    session: String,
    version: u32,
    draft: i64,
    tab: String,
    typed: u32,
    tally: Tally,
}

impl Worker {
    /// Somebody with the open session of this number.
    pub fn new(number: usize, mut person: Person, clinic: &Clinic, chance: Chance) -> Result<Self> {
        person.sign_in()?;
        let session = clinic.open.get(number % clinic.open.len().max(1)).context("the clinic has no open session")?;
        let page = person.page(session)?;
        let at = page.find("name=\"version\"").context("the session's form has no version")?;
        let version = attribute(&page[at..], "value").context("the version has no value")?.parse()?;
        let draft = page.find("name=\"_revision\"").and_then(|at| attribute(&page[at..], "value")?.parse().ok());
        Ok(Self {
            person,
            chance,
            session: session.clone(),
            version,
            draft: draft.unwrap_or(0),
            tab: operation(),
            typed: 0,
            tally: Tally::default(),
        })
    }

    /// Works until then.
    fn work(&mut self, until: Instant, clinic: &Clinic) -> Result<()> {
        while Instant::now() < until {
            match self.chance.between(0, 100) {
                0..15 => self.look("today", "/")?,
                15..22 => self.look("clients", "/clients")?,
                22..37 => self.find(clinic)?,
                37..62 => {
                    let path = self.chance.of(&clinic.active).clone();
                    self.look("episode", &path)?;
                }
                62..68 => self.look("episode of 1,000 sessions", &clinic.long)?,
                68..76 => {
                    let path = self.session.clone();
                    self.look("session page", &path)?;
                }
                76..90 => self.type_on()?,
                _ => self.save()?,
            }
        }
        Ok(())
    }

    fn look(&mut self, kind: &str, path: &str) -> Result<()> {
        let start = Instant::now();
        let answer = self.person.get(path)?.expect(200, path)?;
        self.tally.count(kind, start.elapsed(), answer.body.len());
        Ok(())
    }

    /// Types a name: two letters, four letters, the whole word.
    fn find(&mut self, clinic: &Clinic) -> Result<()> {
        let number = u32::try_from(self.chance.between(1, u64::from(clinic.clients) + 1))?;
        let name = name(number);
        let word = name.split(' ').nth(1).unwrap_or_default();
        for (kind, letters) in [("find, 2 letters", 2), ("find, 4 letters", 4), ("find, whole word", word.len())] {
            self.look(kind, &format!("/clients/find?q={}", &word[..letters]))?;
        }
        Ok(())
    }

    /// The script keeps what is being typed.
    fn type_on(&mut self) -> Result<()> {
        self.typed += 1;
        let typed = chart::session(self.version, &format!("typing {}", self.typed), "save");
        let form = self.session.trim_start_matches('/').replacen("sessions/", "session:", 1);
        let start = Instant::now();
        let answer = self.person.keep_draft(&form, self.draft, &self.tab, &typed)?.expect(200, "the draft")?;
        self.tally.count("draft kept", start.elapsed(), answer.body.len());
        let said: serde_json::Value = serde_json::from_str(&answer.body)?;
        self.draft = said["revision"].as_i64().context("a draft is answered with its revision")?;
        Ok(())
    }

    fn save(&mut self) -> Result<()> {
        self.typed += 1;
        let form = chart::session(self.version, &format!("saved {}", self.typed), "save");
        let start = Instant::now();
        let answer = self.person.post(&self.session, &operation(), &form)?.expect(303, &self.session)?;
        self.tally.count("session saved", start.elapsed(), answer.body.len());
        self.version += 1;
        self.draft = 0;
        Ok(())
    }
}

/// Lets so many people work at once for this long; what they saw.
pub fn run(address: &str, people: usize, time: Duration, clinic: &Clinic, chance: &mut Chance) -> Result<Tally> {
    let worker = |number| Worker::new(number, Person::at(address), clinic, chance.branch());
    let mut workers: Vec<Worker> = (0..people).map(worker).collect::<Result<_>>()?;
    let until = Instant::now() + time;
    thread::scope(|scope| {
        let working: Vec<_> = workers.iter_mut().map(|worker| scope.spawn(|| worker.work(until, clinic))).collect();
        working.into_iter().try_for_each(|work| work.join().unwrap_or_else(|_| Err(anyhow!("somebody fell over"))))
    })?;
    let mut tally = Tally::default();
    for worker in workers {
        tally.merge(worker.tally);
    }
    Ok(tally)
}

/// Asks for each kind of page once, so that a run does not measure a cold start.
pub fn warm(address: &str, clinic: &Clinic) -> Result<()> {
    let mut person = Person::at(address);
    person.sign_in()?;
    for path in ["/", "/clients", "/clients/find?q=ba", &clinic.long] {
        person.page(path)?;
    }
    Ok(())
}
