//! Sums that come out the same in whatever order they are added.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use xystra_tissue::study::Moments;

use crate::Error;

/// Units of the whole numbers in which is counted: about 1e-9.
const UNIT: f64 = (1u64 << 30) as f64;
/// Beyond this nothing that is simulated has a meaning, and 10^9 squares still fit.
const MOST: f64 = 1e5;

/// Count, sum and sum of squares of numbers, exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sum {
    count: u64,
    total: i128,
    squares: i128,
}

impl Sum {
    /// Adds a number, rounded to about 1e-9; one that is not finite, or beyond what has a meaning, is left out.
    #[expect(clippy::cast_possible_truncation, reason = "1e5 times 2^30 is far inside")]
    pub(super) fn add(&mut self, value: f64) {
        if value.abs() <= MOST {
            let units = (value * UNIT).round() as i128;
            self.count += 1;
            self.total += units;
            self.squares += units * units;
        }
    }

    /// Both together.
    #[must_use]
    pub(super) fn and(self, other: Self) -> Self {
        Self { count: self.count + other.count, total: self.total + other.total, squares: self.squares + other.squares }
    }

    /// Mean and variance.
    pub(super) fn moments(&self) -> Moments {
        let count = self.count as f64;
        let (sum, squares) = (scaled(self.total, UNIT), scaled(self.squares, UNIT * UNIT));
        let mean = sum / count;
        let variance = if self.count < 2 { 0.0 } else { ((squares - sum * mean) / (count - 1.0)).max(0.0) };
        Moments { count, mean, variance }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a sum is shown to 16 digits")]
fn scaled(value: i128, unit: f64) -> f64 {
    value as f64 / unit
}

// As text: JSON's numbers do not hold so many digits.
impl Serialize for Sum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{} {} {}", self.count, self.total, self.squares))
    }
}

impl<'de> Deserialize<'de> for Sum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let read = |text: &str| -> Option<Self> {
            let mut parts = text.split(' ');
            let count = parts.next()?.parse().ok()?;
            let (total, squares) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
            parts.next().is_none().then_some(Self { count, total, squares })
        };
        read(&text).ok_or_else(|| de::Error::custom(format!("\"{text}\" is no count, sum and sum of squares")))
    }
}

/// A sum for each world and cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sums {
    width: usize,
    /// By world, then cell.
    cells: Vec<Sum>,
}

impl Sums {
    /// Of nothing.
    pub(super) fn new(worlds: usize, width: usize) -> Self {
        Self { width, cells: vec![Sum::default(); worlds * width] }
    }

    /// Adds a client's numbers, one for each cell, to its world.
    pub(super) fn add(&mut self, world: usize, numbers: &[f64]) {
        for (cell, number) in self.cells[world * self.width..].iter_mut().zip(numbers) {
            cell.add(*number);
        }
    }

    /// Adds those of another shard.
    pub(super) fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if !self.has_shape_of(other) {
            let what = "sums of another shape; was it made by another version?".to_owned();
            return Err(Error::File { file: "shard".to_owned(), what });
        }
        self.cells.iter_mut().zip(&other.cells).for_each(|(cell, more)| *cell = cell.and(*more));
        Ok(())
    }

    /// How many numbers a cell has in all worlds.
    pub(super) fn count(&self, cell: usize) -> u64 {
        self.worlds(cell).map(|sum| sum.count).sum()
    }

    /// Mean and variance of a cell in one world; or over all worlds, the variance then being that within a world: what lies between worlds is
    /// doubt, and no real trial would meet it.
    pub(super) fn moments(&self, world: Option<usize>, cell: usize) -> Moments {
        let Some(world) = world else { return self.over_all(cell) };
        self.cells[world * self.width + cell].moments()
    }

    fn over_all(&self, cell: usize) -> Moments {
        let all = self.worlds(cell).fold(Sum::default(), Sum::and).moments();
        let each = self.worlds(cell).map(|sum| sum.moments()).filter(|one| one.count >= 2.0);
        let (squares, freedom) = each.fold((0.0, 0.0), |(squares, freedom), one| {
            (squares + one.variance * (one.count - 1.0), freedom + one.count - 1.0)
        });
        // With a client in each world nothing is known of the variance within one.
        if freedom > 0.0 { Moments { variance: squares / freedom, ..all } } else { all }
    }

    fn worlds(&self, cell: usize) -> impl Iterator<Item = Sum> {
        (0..self.cells.len() / self.width).map(move |world| self.cells[world * self.width + cell])
    }

    /// Have they as many worlds and cells as others?
    pub(super) fn has_shape_of(&self, other: &Self) -> bool {
        (self.width, self.cells.len()) == (other.width, other.cells.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_grouping_make_no_difference() {
        let numbers: Vec<f64> = (0..1000).map(|k| (f64::from(k) * 0.7).sin() * 1e3).collect();
        let sum = |numbers: &mut dyn Iterator<Item = &f64>| {
            numbers.fold(Sum::default(), |mut sum, x| {
                sum.add(*x);
                sum
            })
        };
        let whole = sum(&mut numbers.iter());
        assert_eq!(whole, sum(&mut numbers.iter().rev()));
        assert_eq!(whole, sum(&mut numbers[..300].iter()).and(sum(&mut numbers[300..].iter())));
    }

    #[test]
    fn moments_are_those_of_the_numbers() {
        let mut sum = Sum::default();
        for x in [1.0, 3.0, f64::NAN, f64::INFINITY] {
            sum.add(x);
        }
        let moments = sum.moments();
        assert_eq!(sum.count, 2);
        assert!((moments.mean - 2.0).abs() < 1e-9 && (moments.variance - 2.0).abs() < 1e-8);
    }

    #[test]
    fn what_lies_between_worlds_is_not_spread_between_people() {
        let mut sums = Sums::new(2, 1);
        for (world, x) in [(0, 1.0), (0, 3.0), (1, 101.0), (1, 103.0)] {
            sums.add(world, &[x]);
        }
        let all = sums.moments(None, 0);
        assert!((all.mean - 52.0).abs() < 1e-9 && (all.variance - 2.0).abs() < 1e-6, "{all:?}");
        assert_eq!(sums.count(0), 4);
    }

    #[test]
    fn they_are_read_as_they_were_written() {
        let mut sums = Sums::new(2, 3);
        sums.add(1, &[1.5, -2.25, 1e5]);
        let text = serde_json::to_string(&sums).expect("text");
        assert_eq!(serde_json::from_str::<Sums>(&text).expect("the same"), sums);
        assert!(serde_json::from_str::<Sum>("\"1 2\"").is_err());
    }
}
