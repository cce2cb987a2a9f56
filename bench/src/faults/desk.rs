//! Somebody who writes notes and remembers each one that was acknowledged.

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::chart::{self, Case};
use crate::page::unescaped;
use crate::person::{Answer, File, Person, fields, operation};
use crate::program;
use crate::server::{Node, Server};

/// A practice with one client, and what was written there.
#[derive(Debug)]
pub struct Desk {
    node: Node,
    server: Option<Server>,
    /// Who writes.
    pub person: Person,
    /// About whom.
    pub case: Case,
    kept: Vec<String>,
    tried: usize,
}

/// A folder for one fault.
pub fn folder() -> Result<TempDir> {
    Ok(tempfile::Builder::new().prefix("xystra-bench-").tempdir()?)
}

impl Desk {
    /// A new practice in this time zone on a server that is started now.
    pub fn open(node: Node, zone: &str) -> Result<Self> {
        let server = node.start()?;
        let mut person = Person::at(server.address());
        person.found_practice_in(zone)?;
        let case = chart::take_in(&person, "Demo client 1")?;
        Ok(Self { node, server: Some(server), person, case, kept: Vec::new(), tried: 0 })
    }

    /// Writes a note; remembered when it is acknowledged.
    pub fn note(&mut self) -> Result<Answer> {
        self.tried += 1;
        let text = format!("Note {} of this desk, as it was typed.", self.tried);
        let typed = fields(&[("text", &text)]);
        let answer = self.person.post(&format!("{}/notes", self.case.episode), &operation(), &typed)?;
        if answer.status == 303 {
            self.kept.push(text);
        }
        Ok(answer)
    }

    /// Writes so many notes, all of which have to be acknowledged.
    pub fn notes(&mut self, count: usize) -> Result<()> {
        (0..count).try_for_each(|_| self.note()?.expect(303, "a note").map(drop))
    }

    /// Brings a recording to an open session.
    pub fn upload(&self, session: &str, seed: u64) -> Result<Answer> {
        let content = xystra_dose::Sweeps { seed, rate_hz: 200.0, ..xystra_dose::Sweeps::default() }.to_csv();
        let file = File { field: "file_0".to_owned(), name: format!("sweeps-{seed}.csv"), content: content.into() };
        let form = fields(&[("application", "0")]);
        self.person.upload(&format!("{session}/recordings"), &operation(), &form, &file)
    }

    /// How many notes were acknowledged.
    pub fn acknowledged(&self) -> usize {
        self.kept.len()
    }

    /// How many of them do not stand on the history page as they were typed.
    pub fn lost(&self) -> Result<usize> {
        let page = unescaped(&self.person.page(&format!("{}/history", self.case.episode))?);
        Ok(self.kept.iter().filter(|text| !page.contains(*text)).count())
    }

    /// The process that serves.
    pub fn server(&self) -> Result<&Server> {
        self.server.as_ref().context("the server was stopped")
    }

    /// How it was started.
    pub fn node(&self) -> &Node {
        &self.node
    }

    /// Ends the server in good order.
    pub fn stop(&mut self) -> Result<()> {
        self.server.take().map_or(Ok(()), Server::stop)
    }

    /// Starts a server on the same record, as this node says; the browser stays as it was.
    pub fn start(&mut self, node: Node) -> Result<()> {
        let server = node.start()?;
        self.person = self.person.moved_to(server.address());
        (self.node, self.server) = (node, Some(server));
        Ok(())
    }

    /// The program's own verdict, with the server stopped.
    pub fn verify(&mut self) -> Result<String> {
        self.stop()?;
        let said = program::succeeds(["verify".to_owned()].into_iter().chain(self.node.record()))?;
        ensure!(said.contains("whole"), "verify said: {said}");
        Ok(said)
    }
}
