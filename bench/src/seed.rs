//! A synthetic clinic: many clients over several years, told to the store in big batches, decided by a seed.

mod client;
mod keep;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use xystra_care::appointment::{Appointment, State};
use xystra_store::entries::About;
use xystra_store::{Batch, Scope, Store};
use xystra_testkit::RecordBuilder;

use crate::chance::Chance;

pub use client::name;

/// Sessions of the client who comes for years.
pub const LONG: u32 = 1_000;
/// Courses that somebody works on: something was said about them within [`ACTIVE_DAYS`].
const ACTIVE: u32 = 250;
/// How far back such a course may have been written to, days; Today looks back 60.
const ACTIVE_DAYS: u64 = 50;
/// Sessions that stand open, to be saved again and again.
const OPEN: u32 = 40;
/// Clients booked for today.
const BOOKED: u32 = 32;
/// How far the record goes back, days.
const YEARS_DAYS: u64 = 5 * 365;
/// Clients written in one transaction.
const TOGETHER: usize = 40;
/// The file that tells a later run what there is.
const FILE: &str = "clinic.json";

/// What a clinic is made of.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many clients.
    pub clients: u32,
    /// Decides everything else.
    pub seed: u64,
    /// When it is.
    pub now: Timestamp,
}

/// What a run needs to know of a clinic.
#[derive(Debug, Clone, Default)]
pub struct Clinic {
    /// Addresses of open sessions.
    pub open: Vec<String>,
    /// Addresses of courses that somebody works on.
    pub active: Vec<String>,
    /// The address of the course with [`LONG`] sessions.
    pub long: String,
    /// How many clients.
    pub clients: u32,
}

impl Clinic {
    /// What an earlier run left in this folder, if it was the same plan.
    pub fn load(folder: &Path, plan: &Plan) -> Result<Option<Self>> {
        let Ok(text) = fs::read_to_string(folder.join(FILE)) else { return Ok(None) };
        let value: Value = serde_json::from_str(&text)?;
        let same = value["clients"] == plan.clients && value["seed"] == plan.seed;
        let list = |name: &str| {
            let items = value[name].as_array().into_iter().flatten().filter_map(Value::as_str);
            items.map(str::to_owned).collect()
        };
        let long = value["long"].as_str().unwrap_or_default().to_owned();
        Ok(same.then(|| Self { open: list("open"), active: list("active"), long, clients: plan.clients }))
    }

    /// Tells a later run.
    pub fn save(&self, folder: &Path, plan: &Plan) -> Result<()> {
        let value = json!({
            "clients": plan.clients, "seed": plan.seed, "made_at": plan.now.to_string(),
            "open": self.open, "active": self.active, "long": self.long,
        });
        fs::write(folder.join(FILE), value.to_string())?;
        Ok(())
    }
}

/// One client to be.
#[derive(Debug, Clone, Copy)]
struct Fate {
    number: u32,
    sessions: u32,
    /// The last visit.
    ends: Timestamp,
    is_open: bool,
}

/// Fills a store that has a practice and nobody in it; `say` is told how far it has come.
pub async fn fill(store: &Store, plan: &Plan, mut say: impl FnMut(usize)) -> Result<Clinic> {
    let owner = store.owner().await?.context("the store has no practice yet")?;
    let scope = Scope::of(&owner);
    let mut clinic = Clinic { clients: plan.clients, ..Clinic::default() };
    let mut chance = Chance::new(plan.seed);
    let fates = fates(plan, &mut chance);
    let (old, active) = fates.split_at(fates.partition_point(|fate| fate.ends < plan.now - days(ACTIVE_DAYS + 5)));
    for (n, group) in old.chunks(TOGETHER).enumerate() {
        let mut batch = Batch::default();
        for fate in group {
            keep::record(&mut batch, client::record(fate, plan, &mut chance).record());
        }
        let at = group.last().map_or(plan.now, |fate| fate.ends);
        store.save(&scope, &batch, at).await?;
        say(n * TOGETHER);
    }
    for fate in active {
        let built = client::record(fate, plan, &mut chance);
        let mut batch = Batch::default();
        keep::record(&mut batch, built.record());
        book(&mut batch, fate, plan, &built);
        store.save(&scope, &batch, fate.ends).await?;
        clinic.note(fate, &built);
    }
    Ok(clinic)
}

impl Clinic {
    fn note(&mut self, fate: &Fate, built: &RecordBuilder) {
        let record = built.record();
        let episode = format!("/episodes/{}", record.episode);
        if fate.number == 1 {
            self.long = episode;
            return;
        }
        if fate.is_open {
            self.open.extend(record.sessions.last().map(|session| format!("/sessions/{}", session.thread)));
        }
        self.active.push(episode);
    }
}

/// Who comes how often and until when, in the order of the last visit.
fn fates(plan: &Plan, chance: &mut Chance) -> Vec<Fate> {
    let mut fates: Vec<Fate> = (1..=plan.clients).map(|number| fate(number, plan, chance)).collect();
    fates.sort_by_key(|fate| (fate.ends, fate.number));
    fates
}

fn fate(number: u32, plan: &Plan, chance: &mut Chance) -> Fate {
    let minutes = |chance: &mut Chance, from: u64, to: u64| {
        SignedDuration::from_mins(i64::try_from(chance.between(from * 1440, to * 1440)).unwrap_or(0))
    };
    let sessions = u32::try_from(chance.between(1, 11)).unwrap_or(1);
    let is_open = (2..2 + OPEN).contains(&number);
    let ago = match number {
        1 => SignedDuration::from_hours(20),
        _ if is_open => SignedDuration::from_mins(10),
        _ if number <= 1 + ACTIVE => minutes(chance, 1, ACTIVE_DAYS),
        _ => minutes(chance, 62, YEARS_DAYS),
    };
    Fate { number, sessions: if number == 1 { LONG } else { sessions }, ends: plan.now - ago, is_open }
}

/// Some of the active ones come today.
fn book(batch: &mut Batch, fate: &Fate, plan: &Plan, built: &RecordBuilder) {
    let first = 2 + OPEN;
    if !(first..first + BOOKED).contains(&fate.number) {
        return;
    }
    let hour = 7 + (fate.number - first) % 11;
    let day = plan.now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let Ok(at) = day.at(i8::try_from(hour).unwrap_or(12), 15, 0, 0).to_zoned(jiff::tz::TimeZone::UTC) else { return };
    let record = built.record();
    let appointment =
        Appointment { at: at.timestamp(), episode: Some(record.episode), state: State::Booked, remark: String::new() };
    batch.add(About::client(record.client_id), at.timestamp(), &appointment);
}

fn days(days: u64) -> SignedDuration {
    SignedDuration::from_hours(24 * i64::try_from(days).unwrap_or(0))
}
