//! Where samples come from, some at a time.

use crate::channel::{Channel, Quantity};
use crate::error::Error;
use crate::quality::Issue;
use crate::samples::Samples;

/// What a file says of a recording before its first sample.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Header {
    /// Name of the file, as given.
    pub file: String,
    /// The dialect that was recognised, in words: `CSV, semicolon, decimal comma`.
    pub format: String,
    /// Columns that were read.
    pub channels: Vec<Channel>,
    /// Columns that were left alone: labels, and quantities with no use here.
    pub unread: Vec<String>,
    /// Comment lines of the file, without their mark.
    pub notes: Vec<String>,
    /// What the file says of the device.
    pub device: Device,
}

/// What is known of the instrumented tool.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Device {
    /// Its name.
    pub name: Option<String>,
    /// Day of its last calibration, as written.
    pub calibrated_on: Option<String>,
    /// Standard deviation of its scale as a share of the reading, 0-1.
    pub accuracy: Option<f64>,
    /// Mass beyond the force sensor, kg: what gravity adds to the reading.
    pub mass_kg: Option<f64>,
}

/// A recording that is read from front to back, as often as wanted.
pub trait Source {
    /// What is known before the first sample.
    fn header(&self) -> &Header;

    /// The next samples in order, some thousands at most; none at the end. Time starts at zero with the first sample.
    ///
    /// # Errors
    /// Those of reading, with line or byte; after an error the source must be rewound.
    fn next_samples(&mut self) -> Result<Option<Samples>, Error>;

    /// Back to the first sample.
    fn rewind(&mut self) -> Result<(), Error>;

    /// What the reader found to be wrong so far: rows left out, a clock that was set anew.
    fn issues(&self) -> Vec<Issue>;

    /// Share of the file that has been read since the last rewind, 0-1; none when it is not known.
    fn progress(&self) -> Option<f64> {
        None
    }
}

impl Header {
    /// The channels of a quantity.
    pub fn of(&self, quantity: Quantity) -> impl Iterator<Item = &Channel> {
        self.channels.iter().filter(move |channel| channel.quantity == quantity)
    }

    /// Name of the force channel of each axis (x, y, z); none where there is none. A force of one axis is z.
    pub fn force_names(&self) -> [Option<&str>; 3] {
        use crate::channel::Axis::{X, Y, Z};
        let only = self.of(Quantity::Force).count() == 1;
        [X, Y, Z].map(|axis| {
            let is_it = |channel: &&Channel| channel.axis == Some(axis) || (only && axis == Z);
            self.of(Quantity::Force).find(is_it).filter(|_| !only || axis == Z).map(|channel| channel.name.as_str())
        })
    }

    /// Does the file say of itself that it is synthetic?
    pub fn is_synthetic(&self) -> bool {
        self.notes.iter().any(|note| note.to_lowercase().starts_with("synthetic"))
    }
}
