//! What is tortured: one server on a folder, or two on one database.

use std::ops::Range;
use std::path::Path;

use anyhow::{Result, ensure};
use tempfile::TempDir;

use crate::chance::Chance;
use crate::kept::{self, Kept};
use crate::person::Person;
use crate::postgres::Cluster;
use crate::program;
use crate::server::{Node, Server};
use crate::torture::writer::Writer;

/// A practice with people who write.
#[derive(Debug)]
pub struct Clinic {
    folder: TempDir,
    nodes: Vec<Node>,
    /// In the order of the nodes; `None` while one is dead.
    servers: Vec<Option<Server>>,
    /// Restarts so far.
    turn: usize,
    /// Who writes.
    pub writers: Vec<Writer>,
}

impl Clinic {
    /// A new practice: on a folder, or with two servers on the database of this name.
    ///
    /// Its writers are `people`; their numbers, and so their marks, are theirs alone in the whole run.
    pub fn open(cluster: Option<(&Cluster, &str)>, people: Range<usize>, chance: &mut Chance) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("xystra-bench-").tempdir()?;
        let nodes = match cluster {
            None => vec![Node::on_folder(&folder.path().join("data"))],
            Some((cluster, name)) => {
                let url = cluster.database(name)?;
                let node = |name: &str| Node::on_database(&folder.path().join(name), &url);
                vec![node("node-1"), node("node-2")]
            }
        };
        let mut clinic =
            Self { folder, servers: nodes.iter().map(|_| None).collect(), nodes, turn: 0, writers: Vec::new() };
        clinic.start()?;
        clinic.settle(people, chance)?;
        Ok(clinic)
    }

    /// Starts every server that is dead, and puts each writer in front of another than before, with the same sign-in.
    pub fn start(&mut self) -> Result<()> {
        for (server, node) in self.servers.iter_mut().zip(&self.nodes) {
            if server.is_none() {
                *server = Some(node.start()?);
            }
        }
        let addresses = self.addresses();
        self.turn += 1;
        for (writer, address) in self.writers.iter_mut().zip(addresses.iter().cycle().skip(self.turn)) {
            writer.move_to(address);
        }
        Ok(())
    }

    /// Kills one server without warning.
    pub fn kill(&mut self, which: usize) -> Result<()> {
        self.servers[which].take().map_or(Ok(()), Server::kill)
    }

    /// Kills every server.
    pub fn kill_all(&mut self) -> Result<()> {
        (0..self.servers.len()).try_for_each(|which| self.kill(which))
    }

    /// How many servers there are.
    pub fn count(&self) -> usize {
        self.nodes.len()
    }

    /// Where the living servers are.
    pub fn addresses(&self) -> Vec<String> {
        self.servers.iter().flatten().map(|server| server.address().to_owned()).collect()
    }

    /// The program's own verdict on journal and database. On a folder its server has to be dead.
    pub fn verify(&self) -> Result<()> {
        program::succeeds(["verify".to_owned()].into_iter().chain(self.nodes[0].record())).map(drop)
    }

    /// Every row. On a folder its server has to be dead.
    pub fn rows(&self) -> Result<Kept> {
        kept::read(&self.nodes[0], &self.folder.path().join("rows.txt"))
    }

    /// Its own folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn settle(&mut self, people: Range<usize>, chance: &mut Chance) -> Result<()> {
        let addresses = self.addresses();
        ensure!(!addresses.is_empty(), "no server is up");
        Person::at(&addresses[0]).found_practice()?;
        for (number, address) in people.zip(addresses.iter().cycle()) {
            let mut person = Person::at(address);
            person.sign_in()?;
            self.writers.push(Writer::new(number, person, chance.branch())?);
        }
        Ok(())
    }
}
