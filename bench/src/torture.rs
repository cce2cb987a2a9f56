//! Kills at random moments while several people write, and what is left afterwards.

pub mod check;
pub mod clinic;
pub mod write;
pub mod writer;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::chance::Chance;
use crate::postgres::Cluster;
use check::Findings;
use clinic::Clinic;
use write::Kind;
use writer::Writer;

/// Kills before a new practice is begun, so that reading everything back stays quick.
const KILLS_OF_A_CLINIC: usize = 20;
/// A kill comes so long after the writing began, ms.
const KILL_AFTER_MS: (u64, u64) = (20, 400);
/// Whoever is not on the killed server writes on for this long.
const WRITE_ON: Duration = Duration::from_millis(100);
/// People who write at once.
const PEOPLE: usize = 8;

/// Which database is tortured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded one, with one server.
    Sqlite,
    /// PostgreSQL, with two servers on one database.
    Postgres,
}

/// What a run saw.
#[derive(Debug, Default)]
pub struct Report {
    /// Servers killed.
    pub kills: usize,
    /// PostgreSQL servers killed beside them.
    pub database_kills: usize,
    /// Writes that were acknowledged, by kind.
    pub acknowledged: BTreeMap<Kind, usize>,
    /// Writes in flight at a kill, each sent again.
    pub retried: usize,
    /// Forms sent once more although they had been taken.
    pub doubled: usize,
    /// Answers of 500 and above from a server that lived while its database was being killed.
    pub refused: Vec<String>,
    /// The same while the database lived.
    pub refused_by_survivors: Vec<String>,
    /// What is wrong.
    pub findings: Findings,
}

impl Report {
    /// Writes that were acknowledged.
    pub fn writes(&self) -> usize {
        self.acknowledged.values().sum()
    }
}

/// Kills so many times.
pub fn run(engine: Engine, kills: usize, seed: u64) -> Result<Report> {
    let mut chance = Chance::new(seed);
    let mut report = Report::default();
    let mut cluster = match engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some(Cluster::start()?),
    };
    while report.kills < kills {
        let rounds = KILLS_OF_A_CLINIC.min(kills - report.kills);
        let name = format!("clinic_{}", report.kills);
        let people = report.kills * PEOPLE..(report.kills + 1) * PEOPLE;
        let database = cluster.as_ref().map(|cluster| (cluster, name.as_str()));
        let mut clinic = Clinic::open(database, people, &mut chance)?;
        for _ in 0..rounds {
            round(&mut clinic, cluster.as_mut(), &mut chance, &mut report)
                .with_context(|| format!("kill {} of seed {seed}", report.kills + 1))?;
        }
        finish(&mut clinic, &mut report)?;
    }
    Ok(report)
}

/// Writing, a kill in the middle of it, a restart, and a look at everything of this round.
fn round(clinic: &mut Clinic, cluster: Option<&mut Cluster>, chance: &mut Chance, report: &mut Report) -> Result<()> {
    let known: Vec<usize> = clinic.writers.iter().map(|writer| writer.kept.len()).collect();
    let pause = Duration::from_millis(chance.between(KILL_AFTER_MS.0, KILL_AFTER_MS.1));
    let victim = usize::try_from(chance.between(0, clinic.count() as u64))?;
    let with_database = cluster.filter(|_| chance.once_in(4));
    let kills_database = with_database.is_some();
    write_until_killed(clinic, pause, victim, with_database)?;
    report.kills += 1;
    report.database_kills += usize::from(kills_database);
    for writer in &mut clinic.writers {
        let refused = std::mem::take(&mut writer.refused);
        if kills_database { report.refused.extend(refused) } else { report.refused_by_survivors.extend(refused) }
    }
    if clinic.addresses().is_empty() && chance.once_in(2) {
        clinic.verify()?;
    }
    clinic.start()?;
    look(clinic, &known, report)
}

/// Lets everybody write, and kills `victim`, and the database too when there is one to kill.
fn write_until_killed(
    clinic: &mut Clinic,
    pause: Duration,
    victim: usize,
    database: Option<&mut Cluster>,
) -> Result<()> {
    let stop = AtomicBool::new(false);
    let mut writers = std::mem::take(&mut clinic.writers);
    let outcome = thread::scope(|scope| {
        let working: Vec<_> = writers.iter_mut().map(|writer| scope.spawn(|| writer.work(&stop))).collect();
        thread::sleep(pause);
        let killed = clinic.kill(victim).and_then(|()| match database {
            Some(cluster) => cluster.kill().and_then(|()| cluster.start_again()),
            None => Ok(()),
        });
        if !clinic.addresses().is_empty() {
            thread::sleep(WRITE_ON);
        }
        stop.store(true, Ordering::Relaxed);
        working.into_iter().try_for_each(|work| work.join().unwrap_or_else(|_| anyhow::bail!("a writer fell over")))?;
        killed
    });
    clinic.writers = writers;
    outcome
}

/// Everything that this round acknowledged is there; what was in flight is sent again, and then it is there too.
fn look(clinic: &mut Clinic, known: &[usize], report: &mut Report) -> Result<()> {
    let looks: Vec<Result<(Findings, bool)>> = thread::scope(|scope| {
        let looking =
            clinic.writers.iter_mut().zip(known).map(|(writer, known)| scope.spawn(|| look_at(writer, *known)));
        let looking: Vec<_> = looking.collect();
        let seen = looking.into_iter().map(thread::ScopedJoinHandle::join);
        seen.map(|look| look.unwrap_or_else(|_| anyhow::bail!("a reader fell over"))).collect()
    });
    for look in looks {
        let (findings, retried) = look?;
        report.findings.extend(findings);
        report.retried += usize::from(retried);
    }
    Ok(())
}

fn look_at(writer: &mut Writer, known: usize) -> Result<(Findings, bool)> {
    let mut findings = Findings::default();
    findings.lost.extend(check::read(writer, &writer.kept[known..])?);
    findings.lost.extend(check::draft(writer)?);
    let before = writer.kept.len();
    let retried = writer.retry()?;
    findings.lost.extend(check::read(writer, &writer.kept[before..])?);
    findings.lost.extend(check::draft(writer)?);
    Ok((findings, retried))
}

/// Everything that was ever acknowledged is read once more, then the servers go and the rows are counted.
fn finish(clinic: &mut Clinic, report: &mut Report) -> Result<()> {
    for writer in &clinic.writers {
        report.findings.lost.extend(check::read(writer, newest_recordings(&writer.kept).as_slice())?);
        report.doubled += writer.doubled;
        for one in &writer.kept {
            *report.acknowledged.entry(one.kind).or_default() += 1;
        }
    }
    clinic.kill_all()?;
    clinic.verify()?;
    let kept = clinic.rows()?;
    report.findings.extend(check::rows(&clinic.writers, &kept));
    Ok(())
}

/// The list of recordings shows the newest only, so recordings were read in their own round, and are counted as rows.
fn newest_recordings(kept: &[write::Acknowledged]) -> Vec<write::Acknowledged> {
    kept.iter().filter(|one| one.kind != Kind::Recording).cloned().collect()
}

/// The figures of a run, as they are printed.
pub fn words(engine: Engine, report: &Report, start: Instant) -> String {
    let kinds = report.acknowledged.iter().map(|(kind, count)| format!("{count} {}", kind.word()));
    let engine = match engine {
        Engine::Sqlite => "sqlite, one server".to_owned(),
        Engine::Postgres => {
            format!("postgres, two servers on one database, which was killed {} times", report.database_kills)
        }
    };
    [
        format!("engine               {engine}"),
        format!("kills                {}", report.kills),
        format!("writes acknowledged  {} ({})", report.writes(), kinds.collect::<Vec<_>>().join(", ")),
        format!("lost                 {}", report.findings.lost.len()),
        format!("half-written         {}", report.findings.half.len()),
        format!("written twice        {}", report.findings.twice.len()),
        format!("retried              {} in flight at a kill, {} pressed twice", report.retried, report.doubled),
        format!(
            "refused              {} while the database was down, {} otherwise",
            report.refused.len(),
            report.refused_by_survivors.len()
        ),
        format!("seconds              {:.1}", start.elapsed().as_secs_f64()),
    ]
    .join("\n")
}
