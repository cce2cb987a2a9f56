//! What can go wrong, and what to do about it.

/// Why a recording could not be read, or gives no honest dose.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes could not be fetched.
    #[error("the recording could not be read: {0}")]
    Io(#[from] std::io::Error),
    /// There is nothing in it, or nothing below the header.
    #[error("the recording is empty; export it again with its header and samples")]
    Empty,
    /// Not text in UTF-8.
    #[error("this is {found}, not a text table; export the recording as CSV in UTF-8")]
    NotText {
        /// What it looks like.
        found: &'static str,
    },
    /// Text, but of another format.
    #[error("this is {found}, not a table; export the recording as CSV: one header line, one row per sample")]
    NotTable {
        /// What it looks like.
        found: &'static str,
    },
    /// The first row holds numbers.
    #[error(
        "line {line} holds numbers where the header should be; add a line naming each column with its unit, such as t_s,fz_N"
    )]
    NoHeader {
        /// Line of the first row.
        line: u64,
    },
    /// A needed column is not there.
    #[error("no {quantity} column found among {columns}; name it with its unit, such as {example}")]
    MissingColumn {
        /// What is looked for.
        quantity: &'static str,
        /// The names that are there.
        columns: String,
        /// A name that would do.
        example: &'static str,
    },
    /// A column of a known quantity does not say its unit.
    #[error(
        "column \"{column}\" does not say its unit, and a unit is never guessed; say it, such as --unit {quantity}={hint}, or write it in the header, such as {example}"
    )]
    MissingUnit {
        /// The column.
        column: String,
        /// What the column measures.
        quantity: &'static str,
        /// A unit that would do.
        hint: &'static str,
        /// A name that would do.
        example: &'static str,
    },
    /// A column of a known quantity has a unit that is not understood.
    #[error(
        "column \"{column}\" is in \"{unit}\", which is not a unit of {quantity} that is understood; use one of {known}, or say it, such as --unit {quantity}={hint}"
    )]
    UnknownUnit {
        /// The column.
        column: String,
        /// The unit as written.
        unit: String,
        /// What the column measures.
        quantity: &'static str,
        /// The units understood.
        known: &'static str,
        /// A unit that would do.
        hint: &'static str,
    },
    /// The file and the user, or the file twice, state different units.
    #[error("column \"{column}\" is said to be in \"{first}\" and in \"{second}\"; take one of them back")]
    UnitConflict {
        /// The column.
        column: String,
        /// The unit stated first, by the file.
        first: String,
        /// The other unit.
        second: String,
    },
    /// A file of a format that never states its units.
    #[error("{what} states no units, and a unit is never guessed; say them, such as {hint}")]
    NoUnits {
        /// The format.
        what: &'static str,
        /// Words that would do.
        hint: &'static str,
    },
    /// The user names a column that is not there.
    #[error("{meaning} is said to be column \"{column}\", which is not there; the columns are {columns}")]
    NoSuchColumn {
        /// What the column should be.
        meaning: String,
        /// The name that was said.
        column: String,
        /// The names that are there.
        columns: String,
    },
    /// The user names a column of labels.
    #[error("column \"{column}\" holds labels, and labels are never read; name a measured column")]
    LabelColumn {
        /// The column.
        column: String,
    },
    /// Several axes of force, but not the one along the tool.
    #[error(
        "columns \"{first}\" and \"{second}\" give force, but none along z, the tool's axis; say which one is, such as --map force.z=\"{second}\""
    )]
    MissingNormal {
        /// A force column.
        first: String,
        /// Another.
        second: String,
    },
    /// Two columns mean the same.
    #[error(
        "columns \"{first}\" and \"{second}\" both give the {what}; keep one of them, or choose, such as --map {what}=\"{first}\""
    )]
    DuplicateColumn {
        /// The first column.
        first: String,
        /// The second column.
        second: String,
        /// What both give.
        what: String,
    },
    /// A row with too many or too few cells.
    #[error("line {line} has {found} cells where the header has {expected}; repair or remove that line")]
    Ragged {
        /// The line.
        line: u64,
        /// Cells in the header.
        expected: u64,
        /// Cells in the line.
        found: u64,
    },
    /// A cell that is no number.
    #[error("line {line}, column \"{column}\": \"{text}\" is not a finite number; repair or remove that line")]
    NotNumber {
        /// The line.
        line: u64,
        /// The column.
        column: String,
        /// The cell, shortened.
        text: String,
    },
    /// Comma and point both used as decimal mark.
    #[error("line {line}, column \"{column}\": decimal comma and decimal point are mixed; export with one of them")]
    MixedDecimalMarks {
        /// The line.
        line: u64,
        /// The column.
        column: String,
    },
    /// A time stamp earlier than the one before.
    #[error(
        "line {line}, column \"{column}\": time runs backwards, from {before_s} s to {after_s} s; sort or split the recording"
    )]
    TimeBackwards {
        /// The line.
        line: u64,
        /// The column.
        column: String,
        /// Time stamp before, s.
        before_s: f64,
        /// Time stamp at the line, s.
        after_s: f64,
    },
    /// Over half of the time stamps repeat the one before.
    #[error("over half of the time stamps repeat the one before; export time with more digits")]
    ClockStands,
    /// Not enough samples to say anything.
    #[error("{found} samples are too few; at least {needed} are needed")]
    TooFewSamples {
        /// Samples found.
        found: usize,
        /// Samples needed.
        needed: usize,
    },
    /// Channels that do not fit together.
    #[error("{channel} does not fit the clock: {found} finite samples for {expected} time stamps in ascending order")]
    Mismatch {
        /// Which channel.
        channel: &'static str,
        /// Finite samples found.
        found: usize,
        /// Samples expected.
        expected: usize,
    },
    /// A binary file that breaks the rules of its format.
    #[error("{format}, {place}: {fault}; export the recording again, or in another format")]
    Malformed {
        /// Which format.
        format: &'static str,
        /// Where: a byte, a field, a stream.
        place: String,
        /// What is wrong there.
        fault: String,
    },
    /// It is not clear which stream to read.
    #[error(
        "{fault}; say which stream to read, such as --stream 1, and what its channels are, such as --map force.z=Fz; the streams are {streams}"
    )]
    WhichStream {
        /// Why it is not clear.
        fault: String,
        /// The streams that are there.
        streams: String,
    },
    /// A window that is empty or outside the recording.
    #[error(
        "the window {from_s} s to {to_s} s does not lie in the recording (0 s to {duration_s} s); choose from < to inside it"
    )]
    BadWindow {
        /// Start asked for, s.
        from_s: f64,
        /// End asked for, s.
        to_s: f64,
        /// Length of the recording, s.
        duration_s: f64,
    },
    /// There is no force to make a dose of.
    #[error(
        "no force among {columns}: there is no dose without one; name its column (--map force.z=NAME) and unit (--unit force=N), or look at the file with `xystra tool inspect`"
    )]
    NoForce {
        /// The columns that were read.
        columns: String,
    },
    /// The force is no hand's.
    #[error(
        "the force reaches {peak_n:.0} N, which no hand presses: the unit or the calibration is wrong, and no dose can be measured; state the unit (--unit force=N) or record again"
    )]
    Impossible {
        /// Largest resultant force, N.
        peak_n: f64,
    },
    /// The tool touched nothing.
    #[error(
        "no contact found: the force stays within {largest_n:.2} N of its resting level and contact begins at {enter_n:.2} N; check the window, the sensor and the unit"
    )]
    NoContact {
        /// Largest departure from the resting level, N.
        largest_n: f64,
        /// Force above the resting level at which contact begins, N.
        enter_n: f64,
    },
    /// A force channel repeats itself for most of the contact.
    #[error("force channel \"{channel}\" is frozen (repeats one value) for {:.0} % of the contact: no dose can be measured; check the sensor and record again", share * 100.0)]
    Frozen {
        /// The channel.
        channel: String,
        /// Share of the contact, 0-1.
        share: f64,
    },
    /// A force channel is clipped for most of the contact.
    #[error("force channel \"{channel}\" is saturated (clipped at its extreme) for {:.0} % of the contact: no dose can be measured; use a wider range and record again", share * 100.0)]
    Saturated {
        /// The channel.
        channel: String,
        /// Share of the contact, 0-1.
        share: f64,
    },
    /// Frozen and saturated channels together spoil most of the contact.
    #[error("{:.0} % of the contact has a frozen or saturated force channel ({channels}): no dose can be measured; check the sensor and record again", share * 100.0)]
    Spoiled {
        /// The channels.
        channels: String,
        /// Share of the contact, 0-1.
        share: f64,
    },
    /// A word that is not one of those understood.
    #[error("\"{word}\" is not a {what}; use one of {known}")]
    UnknownWord {
        /// What was said.
        word: String,
        /// What it should name.
        what: &'static str,
        /// The words understood.
        known: &'static str,
    },
    /// A field of an emulation that makes no recording.
    #[error("{field} is {value}; it must lie between {low} and {high}")]
    OutOfRange {
        /// The field.
        field: &'static str,
        /// Its value.
        value: f64,
        /// The least that it may be.
        low: f64,
        /// The most that it may be.
        high: f64,
    },
}
