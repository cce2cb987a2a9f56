//! A clinic's year through its pages: three clinicians with eight sessions a day and one assistant at the desk, by a clock
//! that the bench sets. What they look at and what they write is what a visit takes.

use std::collections::VecDeque;
use std::path::Path;

use anyhow::{Context, Result};
use jiff::civil::Weekday;
use jiff::{SignedDuration, Timestamp};

use crate::chance::Chance;
use crate::chart::{self, Case};
use crate::clock::Clock;
use crate::page::attribute;
use crate::person::{Fields, Person, fields, operation};
use crate::server::{Node, Server};

/// People who treat.
const CLINICIANS: usize = 3;
/// Sessions of each of them on a day.
const SESSIONS: u32 = 8;
/// Visits of one course.
const VISITS: u32 = 6;
/// Clients of each clinician at a time: each comes twice a week.
const COURSES: usize = 20;
/// Clients whom the assistant looks up on a day.
const CALLS: usize = 20;

/// What was done in the year.
#[derive(Debug, Clone, Copy, Default)]
pub struct Done {
    /// Sessions.
    pub sessions: usize,
    /// Clients taken in.
    pub clients: usize,
    /// Pages looked at.
    pub pages: usize,
    /// Forms and drafts sent.
    pub writes: usize,
}

/// A course and how often its client came.
#[derive(Debug)]
struct Course {
    case: Case,
    name: String,
    visits: u32,
    /// The last session, about which somebody calls the next day.
    last: Option<String>,
}

/// One clinic through its year.
#[derive(Debug)]
struct Clinic {
    clock: Clock,
    now: Timestamp,
    /// The clinicians, and the assistant at the end.
    people: Vec<Person>,
    courses: Vec<VecDeque<Course>>,
    chance: Chance,
    done: Done,
}

/// Runs so many weeks on a new record in `folder`; its server is stopped afterwards.
pub fn run(folder: &Path, weeks: u32, seed: u64, mut say: impl FnMut(u32, &Done)) -> Result<(Node, Done)> {
    let now: Timestamp = "2026-01-05T07:30:00Z".parse()?;
    let clock = Clock::standing_at(folder, now)?;
    let words = clock.words();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let node = Node::on_folder(&folder.join("data"));
    let server = node.clone().started_by(&words).start()?;
    let people = staff(&server)?;
    let courses = (0..CLINICIANS).map(|_| VecDeque::new()).collect();
    let mut clinic = Clinic { clock, now, people, courses, chance: Chance::new(seed), done: Done::default() };
    for day in 0..weeks * 7 {
        let date = now + SignedDuration::from_hours(24 * i64::from(day));
        if !matches!(date.to_zoned(jiff::tz::TimeZone::UTC).weekday(), Weekday::Saturday | Weekday::Sunday) {
            clinic.day(date)?;
        }
        say(day, &clinic.done);
    }
    server.stop()?;
    Ok((node, clinic.done))
}

/// The owner treats too; two clinicians and the assistant join by a link, each with a browser of their own.
fn staff(server: &Server) -> Result<Vec<Person>> {
    let mut owner = Person::at(server.address());
    owner.found_practice()?;
    let others = [("second", "clinician"), ("third", "clinician"), ("desk", "assistant")];
    let others: Vec<Person> = others.iter().map(|(login, role)| owner.invite(login, role)).collect::<Result<_>>()?;
    Ok(std::iter::once(owner).chain(others).collect())
}

impl Clinic {
    fn day(&mut self, date: Timestamp) -> Result<()> {
        for slot in 0..SESSIONS {
            // Four before noon, four after; a sign-in does not outlive the break.
            let minutes = i64::from(slot) * 55 + if slot >= SESSIONS / 2 { 60 } else { 0 };
            self.set(date + SignedDuration::from_mins(minutes))?;
            if slot % (SESSIONS / 2) == 0 {
                self.people.iter_mut().try_for_each(Person::sign_in)?;
            }
            for clinician in 0..CLINICIANS {
                self.visit(clinician)?;
            }
            self.desk(slot)?;
        }
        Ok(())
    }

    /// One client comes: looked up, asked, treated, noted.
    fn visit(&mut self, clinician: usize) -> Result<()> {
        let start = self.now;
        self.look(clinician, "/")?;
        let mut course = self.next_client(clinician)?;
        self.find(clinician, &course.name)?;
        self.look(clinician, &course.case.client.clone())?;
        self.look(clinician, &course.case.episode.clone())?;
        if let Some(last) = course.last.take() {
            self.ask(clinician, &last)?;
        }
        let session = self.post(clinician, &format!("{}/sessions", course.case.episode), &Fields::new())?;
        let page = self.look(clinician, &session)?;
        let at = page.find("name=\"version\"").context("the session's form has no version")?;
        let version: u32 = attribute(&page[at..], "value").context("the version has no value")?.parse()?;
        self.set(start + SignedDuration::from_mins(20))?;
        self.type_on(clinician, &session, version)?;
        self.post(clinician, &session, &chart::session(version, "half done", "save"))?;
        self.look(clinician, &session)?;
        self.set(start + SignedDuration::from_mins(35))?;
        let remark = "Tolerated well; less tender at the lateral epicondyle than last time";
        self.post(clinician, &session, &chart::session(version + 1, remark, "finish"))?;
        self.look(clinician, &course.case.episode.clone())?;
        self.write_up(clinician, &course)?;
        self.set(start)?;
        self.done.sessions += 1;
        course.visits += 1;
        course.last = Some(session);
        self.courses[clinician].push_back(course);
        Ok(())
    }

    /// The client whose turn it is; somebody new while there is room, or when a course has ended.
    fn next_client(&mut self, clinician: usize) -> Result<Course> {
        if self.courses[clinician].len() >= COURSES
            && let Some(course) = self.courses[clinician].pop_front()
        {
            if course.visits < VISITS {
                return Ok(course);
            }
            let ending = fields(&[("outcome", "goal-met"), ("summary", "Lifts the kettle again")]);
            self.post(clinician, &format!("{}/close", course.case.episode), &ending)?;
        }
        self.done.clients += 1;
        let name = crate::seed::name(u32::try_from(self.done.clients)?);
        let case = chart::take_in(&self.people[clinician], &name)?;
        (self.done.writes, self.done.pages) = (self.done.writes + 5, self.done.pages + 1);
        self.measure(clinician, &case)?;
        Ok(Course { case, name, visits: 0, last: None })
    }

    /// How it was after the last session.
    fn ask(&mut self, clinician: usize, session: &str) -> Result<()> {
        let path = format!("{session}/response");
        self.look(clinician, &path)?;
        let said = fields(&[("when", "now"), ("how", "next-visit"), ("skin", "redness"), ("soreness", "1")]);
        self.post(clinician, &path, &said).map(drop)
    }

    fn write_up(&mut self, clinician: usize, course: &Course) -> Result<()> {
        if course.visits.is_multiple_of(2) {
            self.measure(clinician, &course.case)?;
        }
        let note = fields(&[
            ("text", "Grips with less pain than last time; home exercises done most days. Goes on as planned."),
            ("sign", "yes"),
        ]);
        self.post(clinician, &format!("{}/notes", course.case.episode), &note).map(drop)
    }

    fn measure(&mut self, clinician: usize, case: &Case) -> Result<()> {
        let path = format!("{}/measurements", case.episode);
        self.look(clinician, &path)?;
        let at = self.now.strftime("%Y-%m-%dT%H:%M").to_string();
        self.post(clinician, &path, &chart::measurements(&at, "")).map(drop)
    }

    /// The assistant answers the telephone: looks somebody up, and books.
    fn desk(&mut self, slot: u32) -> Result<()> {
        let assistant = CLINICIANS;
        self.look(assistant, "/")?;
        let calls = CALLS / SESSIONS as usize + usize::from(slot.is_multiple_of(2));
        for _ in 0..calls {
            let clinician = *self.chance.of(&[0, 1, 2]);
            let Some(course) = self.courses[clinician].front() else { continue };
            let (name, client) = (course.name.clone(), course.case.client.clone());
            self.find(assistant, &name)?;
            self.look(assistant, &client)?;
            let at = (self.now + SignedDuration::from_hours(72)).strftime("%Y-%m-%dT%H:%M").to_string();
            self.post(assistant, &format!("{client}/appointments"), &fields(&[("at", &at)]))?;
        }
        Ok(())
    }

    /// Types a name: two letters, four letters, the whole word.
    fn find(&mut self, who: usize, name: &str) -> Result<()> {
        let word = name.split(' ').nth(1).unwrap_or_default().to_owned();
        for letters in [2, 4, word.len()] {
            self.look(who, &format!("/clients/find?q={}", &word[..letters]))?;
        }
        Ok(())
    }

    fn type_on(&mut self, who: usize, session: &str, version: u32) -> Result<()> {
        let form = session.trim_start_matches('/').replacen("sessions/", "session:", 1);
        let typed = chart::session(version, "half", "save");
        for revision in 0..3 {
            self.people[who].keep_draft(&form, revision, "tab", &typed)?.expect(200, "the draft")?;
            self.done.writes += 1;
        }
        Ok(())
    }

    fn look(&mut self, who: usize, path: &str) -> Result<String> {
        self.done.pages += 1;
        self.people[who].page(path)
    }

    fn post(&mut self, who: usize, path: &str, form: &Fields) -> Result<String> {
        self.done.writes += 1;
        Ok(self.people[who].post(path, &operation(), form)?.expect(303, path)?.location)
    }

    fn set(&mut self, now: Timestamp) -> Result<()> {
        self.now = now;
        self.clock.set(now)
    }
}
