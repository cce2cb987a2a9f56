//! Some clients of a virtual trial with all their numbers.

use crate::trial::Trial;

/// Some clients, each with its numbers in all arms.
#[derive(Debug)]
pub struct Rows<'a> {
    trial: &'a Trial<'a>,
    clients: Vec<u64>,
    width: usize,
    /// By client, then cell.
    cells: Vec<f64>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(trial: &'a Trial<'a>, clients: Vec<u64>, width: usize) -> Self {
        let cells = vec![f64::NAN; clients.len() * width];
        Self { trial, clients, width, cells }
    }

    /// Numbers of the clients.
    pub fn clients(&self) -> &[u64] {
        &self.clients
    }

    /// The world of each client.
    pub fn worlds(&self) -> impl Iterator<Item = u64> {
        self.clients.iter().map(|client| self.trial.setup.world(*client))
    }

    /// One cell of every client: those of a view begin at [`View::first`](super::View::first).
    pub fn column(&self, cell: usize) -> impl Iterator<Item = f64> {
        self.cells.chunks(self.width).map(move |row| row[cell])
    }

    /// Names of the coordinates of a client's world and of the client itself.
    pub fn names(&self) -> (&[String], &[String]) {
        let population = self.trial.sides[0].population();
        (population.world(), population.person())
    }

    /// Coordinates of each client, in the order of [`names`](Self::names): those of its world, then its own.
    pub fn coordinates(&self) -> Vec<Vec<f64>> {
        let (world, person) = self.names();
        let mut columns = vec![Vec::with_capacity(self.clients.len()); world.len() + person.len()];
        let (mut of_world, mut own) = (vec![0.0; world.len()], vec![0.0; person.len()]);
        for client in &self.clients {
            self.trial.sides[0].coordinates(*client, &mut of_world, &mut own);
            columns.iter_mut().zip(of_world.iter().chain(&own)).for_each(|(column, z)| column.push(*z));
        }
        columns
    }

    /// Each client with its numbers.
    pub(super) fn each(&self) -> impl Iterator<Item = (u64, &[f64])> {
        self.clients.iter().copied().zip(self.cells.chunks(self.width))
    }

    /// Some cells of the client at a place, to write.
    pub(super) fn cells(&mut self, place: usize, first: usize, width: usize) -> &mut [f64] {
        let from = place * self.width + first;
        &mut self.cells[from..from + width]
    }

    /// Writes one cell less another into a third.
    pub(super) fn subtract(&mut self, one: usize, other: usize, into: usize) {
        for row in self.cells.chunks_mut(self.width) {
            row[into] = row[one] - row[other];
        }
    }
}
