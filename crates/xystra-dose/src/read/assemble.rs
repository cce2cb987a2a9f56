//! Columns of numbers with a meaning become samples in SI units.
//!
//! Every format offers its columns ([`Offer`]); [`Layout::new`] chooses those to read by name, unit and what the user says, and
//! [`Layout::samples`] turns their numbers, as the file writes them, into [`Samples`].

mod choose;

use super::reading::Reading;

use crate::channel::{Axis, Channel, Quantity};
use crate::error::Error;
use crate::samples::{Quaternion, Samples};
use crate::vector::Vec3;

/// Longest list of names that an error repeats, in characters.
const SHOWN: usize = 240;

/// A column that a file offers.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Offer {
    /// Its name as the file writes it, with or without a unit: `Fx (N)`.
    pub(super) name: String,
    /// The unit that the file states elsewhere: in a row below the header, in its metadata.
    pub(super) unit: Option<String>,
}

/// A column to read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Slot {
    /// Its place among the offers.
    pub(super) index: usize,
    /// What it is; the unit is the one that was stated.
    pub(super) channel: Channel,
    /// Factor from its unit to the unit of [`Quantity::si`].
    pub(super) factor: f64,
}

/// Which columns to read, and what they are.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    /// The clock, when the file has one as a column.
    time: Option<Slot>,
    /// All other columns to read, in the file's order.
    pub(super) slots: Vec<Slot>,
    /// Names of all columns offered.
    names: Vec<String>,
}

impl Offer {
    /// A column that says of itself what is known of it.
    pub(super) fn named(name: &str) -> Self {
        Self { name: name.to_owned(), unit: None }
    }
}

impl Layout {
    /// The columns to read among `offers`.
    ///
    /// Time and force must be known by their unit; a motion column that does not say its unit is left unread unless asked for.
    /// Force has z, with or without x and y, or one axis alone, which is z. Label columns are never read.
    ///
    /// # Errors
    /// Units that are missing, not understood or in conflict; two columns for one force; a mapping to no column or to a label.
    pub(super) fn new(offers: &[Offer], how: &Reading) -> Result<Self, Error> {
        let mut slots = choose::slots(offers, how)?;
        slots.sort_by_key(|slot| slot.index);
        let time = slots.iter().position(|slot| slot.channel.quantity == Quantity::Time).map(|at| slots.remove(at));
        Ok(Self { time, slots, names: offers.iter().map(|offer| offer.name.clone()).collect() })
    }

    /// The clock.
    ///
    /// # Errors
    /// [`Error::MissingColumn`] when no column is one.
    pub(super) fn time(&self) -> Result<&Slot, Error> {
        self.time.as_ref().ok_or_else(|| self.missing(Quantity::Time))
    }

    /// [`Error::MissingColumn`] when there is nothing but time to read.
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.slots.is_empty() { Err(self.missing(Quantity::Force)) } else { Ok(()) }
    }

    /// What is read, in the file's order.
    pub(super) fn channels(&self) -> Vec<Channel> {
        let mut slots: Vec<&Slot> = self.time.iter().chain(&self.slots).collect();
        slots.sort_by_key(|slot| slot.index);
        slots.into_iter().map(|slot| slot.channel.clone()).collect()
    }

    /// Names of the columns that are not read, in the file's order.
    pub(super) fn unread(&self) -> Vec<String> {
        let is_read = |index: usize| self.time.iter().chain(&self.slots).any(|slot| slot.index == index);
        let unread = self.names.iter().enumerate().filter(|(index, name)| !is_read(*index) && !name.is_empty());
        unread.map(|(_, name)| name.clone()).collect()
    }

    /// Samples at `time_s` (from zero), where `value(slot, row)` is the number in the file's unit; `slot` counts [`Self::slots`].
    pub(super) fn samples(&self, time_s: Vec<f64>, value: impl Fn(usize, usize) -> f64) -> Samples {
        let rows = time_s.len();
        let mut orientation: Vec<Quaternion> =
            self.part(Quantity::Orientation, rows, &value).into_iter().map(unit_quaternion).collect();
        if orientation.is_empty() {
            orientation = self.part(Quantity::Angle, rows, &value).into_iter().map(turned).collect();
        }
        Samples {
            force_n: self.part(Quantity::Force, rows, &value),
            position_m: self.part(Quantity::Position, rows, &value),
            acceleration_m_s2: self.part(Quantity::Acceleration, rows, &value),
            angular_rate_rad_s: self.part(Quantity::AngularRate, rows, &value),
            magnetic_field_ut: self.part(Quantity::MagneticField, rows, &value),
            orientation,
            time_s,
        }
    }

    /// The vectors of one quantity: nothing without a column of it, zero along an axis that has none.
    fn part<const N: usize>(
        &self,
        quantity: Quantity,
        rows: usize,
        value: &impl Fn(usize, usize) -> f64,
    ) -> Vec<[f64; N]> {
        let slots = self.slots.iter().enumerate().filter(|(_, slot)| slot.channel.quantity == quantity);
        let slots: Vec<(usize, &Slot)> = slots.collect();
        let is_one_axis = quantity == Quantity::Force && slots.len() == 1;
        let mut vectors = Vec::new();
        for (at, slot) in slots {
            vectors.resize(rows, [0.0; N]);
            let component = if is_one_axis { 2 } else { component(&slot.channel) };
            for (row, vector) in vectors.iter_mut().enumerate() {
                vector[component] = value(at, row) * slot.factor;
            }
        }
        vectors
    }

    fn missing(&self, quantity: Quantity) -> Error {
        let columns = self.names.join(", ").chars().take(SHOWN).collect();
        Error::MissingColumn { quantity: quantity.word(), columns, example: example(quantity) }
    }
}

/// A name that says everything.
fn example(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Time => "t_s or time [ms]",
        Quantity::Force => "fz_N or force [N]",
        Quantity::Position => "px_m or x [mm]",
        Quantity::Acceleration => "ax [m/s2]",
        Quantity::AngularRate => "gx [deg/s]",
        Quantity::MagneticField => "mx [uT]",
        Quantity::Orientation => "q_w",
        Quantity::Angle => "yaw_deg",
    }
}

/// The place in the vector.
fn component(channel: &Channel) -> usize {
    match (channel.quantity, channel.axis) {
        (Quantity::Orientation, Some(axis)) => match axis {
            Axis::X => 1,
            Axis::Y => 2,
            Axis::Z => 3,
            _ => 0,
        },
        (_, Some(Axis::X | Axis::Yaw)) => 0,
        (_, Some(Axis::Y | Axis::Pitch)) => 1,
        _ => 2,
    }
}

/// The quaternion at length one; the one that turns nothing for zero, which is no orientation.
fn unit_quaternion(q: Quaternion) -> Quaternion {
    let length = q.iter().map(|part| part * part).sum::<f64>().sqrt();
    if length > 0.0 && length.is_finite() { q.map(|part| part / length) } else { [1.0, 0.0, 0.0, 0.0] }
}

/// Yaw about z, then pitch about y, then roll about x (rad), as a quaternion.
fn turned([yaw, pitch, roll]: Vec3) -> Quaternion {
    let ((sz, cz), (sy, cy), (sx, cx)) = ((yaw / 2.0).sin_cos(), (pitch / 2.0).sin_cos(), (roll / 2.0).sin_cos());
    [cz * cy * cx + sz * sy * sx, cz * cy * sx - sz * sy * cx, cz * sy * cx + sz * cy * sx, sz * cy * cx - cz * sy * sx]
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "these numbers are exact")]
mod tests {
    use super::*;

    fn layout(names: &[&str], how: &Reading) -> Result<Layout, Error> {
        Layout::new(&names.iter().map(|name| Offer::named(name)).collect::<Vec<_>>(), how)
    }

    fn one_row(names: &[&str], row: &[f64]) -> Samples {
        let layout = layout(names, &Reading::default()).unwrap();
        layout.samples(vec![0.0], |slot, _| row[layout.slots[slot].index])
    }

    #[test]
    fn units_and_axes_find_their_place() {
        let samples = one_row(&["Fz (kN)", "t_s", "fx_N", "x [mm]", "y [mm]"], &[2.0, 0.0, 5.0, 1.0, 3.0]);
        assert_eq!(samples.force_n, [[5.0, 0.0, 2000.0]]);
        assert_eq!(samples.position_m, [[0.001, 0.003, 0.0]]);
        let single = one_row(&["t_s", "fx_N"], &[0.0, 5.0]);
        assert_eq!(single.force_n, [[0.0, 0.0, 5.0]]);
    }

    #[test]
    fn angles_become_quaternions() {
        let half = std::f64::consts::FRAC_1_SQRT_2;
        let q = one_row(&["t_s", "yaw_deg", "pitch_deg", "roll_deg"], &[0.0, 90.0, 0.0, 0.0]).orientation[0];
        assert!((q[0] - half).abs() < 1e-12 && (q[3] - half).abs() < 1e-12);
        let q = one_row(&["t_s", "yaw_deg", "pitch_deg", "roll_deg"], &[0.0, 90.0, 90.0, 0.0]).orientation[0];
        for (found, expected) in q.iter().zip([0.5, -0.5, 0.5, 0.5]) {
            assert!((found - expected).abs() < 1e-12, "{q:?}");
        }
        let q = one_row(&["t_s", "qw", "qx", "qy", "qz"], &[0.0, 2.0, 0.0, 0.0, 0.0]).orientation[0];
        assert_eq!(q, [1.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn columns_without_use_are_named_as_unread() {
        let layout =
            layout(&["label", "t_s", "fz_N", "acc_x", "acc_y", "acc_z", "x [mm]"], &Reading::default()).unwrap();
        assert_eq!(layout.unread(), ["label", "acc_x", "acc_y", "acc_z", "x [mm]"]);
        assert_eq!(layout.channels().len(), 2);
        assert!(layout.check().is_ok() && layout.time().is_ok());
    }

    #[test]
    fn what_is_missing_is_named_with_what_is_there() {
        let none = layout(&["a", "b"], &Reading::default()).unwrap();
        assert!(matches!(none.time(), Err(Error::MissingColumn { quantity: "time", .. })));
        assert!(none.check().unwrap_err().to_string().contains("a, b"));
    }

    #[test]
    fn the_user_fills_what_the_file_leaves_open() {
        let how = Reading::default().unit("force=0.01N").unwrap().column("force.z=Load (raw)").unwrap();
        let found = layout(&["t_s", "Load (raw)", "fx", "note"], &how).unwrap();
        assert_eq!(found.slots.len(), 1);
        assert!((found.slots[0].factor - 0.01).abs() < 1e-15);
        assert_eq!(found.unread(), ["fx", "note"]);
        let text = layout(&["t_s", "fz_N"], &how).unwrap_err().to_string();
        assert!(text.contains("Load (raw)"), "{text}");
        let text = layout(&["t_s", "fz"], &Reading::default()).unwrap_err().to_string();
        assert!(text.contains("--unit force=kgf"), "{text}");
        let text = layout(&["t_s", "fx_N", "fy_N", "fz"], &Reading::default()).unwrap_err().to_string();
        assert!(text.contains("\"fz\" does not say its unit"), "{text}");
        let text = layout(&["t_s", "fx_N", "fy_N"], &Reading::default()).unwrap_err().to_string();
        assert!(text.contains("--map force.z"), "{text}");
        let how = Reading::default().unit("force=kgf").unwrap();
        assert!(matches!(layout(&["t_s", "fz_N"], &how), Err(Error::UnitConflict { .. })));
        let how = Reading::default().column("force.z=label").unwrap();
        assert!(matches!(layout(&["t_s", "label"], &how), Err(Error::LabelColumn { .. })));
    }

    #[test]
    fn motion_without_a_unit_is_read_when_asked_for() {
        let names = ["t_s", "acc_x", "acc_y", "acc_z"];
        let how = Reading::default().unit("acceleration=g").unwrap();
        assert_eq!(layout(&names, &how).unwrap().slots.len(), 3);
        assert!(layout(&names, &Reading::default()).unwrap().check().is_err());
    }
}
