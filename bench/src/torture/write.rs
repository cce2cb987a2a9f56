//! One write: what is sent, how it is known again, and where it has to be read.

use anyhow::Result;

use crate::chart::SHEET;
use crate::person::{Answer, Fields, File, Person};

/// What kind of write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A new client.
    Client,
    /// A note.
    Note,
    /// A session that is opened.
    Opening,
    /// A whole session that is saved or finished.
    Session,
    /// A sheet of measurements, several entries at once.
    Sheet,
    /// A recording.
    Recording,
    /// A draft.
    Draft,
}

impl Kind {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Client => "clients",
            Self::Note => "notes",
            Self::Opening => "sessions opened",
            Self::Session => "sessions saved",
            Self::Sheet => "measurement sheets",
            Self::Recording => "recordings",
            Self::Draft => "drafts",
        }
    }

    /// How many entries of the record carry its mark when it is there once; `None` where the mark does not count them.
    pub fn entries(self) -> Option<usize> {
        match self {
            Self::Client | Self::Note => Some(1),
            Self::Sheet => Some(SHEET),
            Self::Opening | Self::Session | Self::Recording | Self::Draft => None,
        }
    }
}

/// A write that can be sent again as it is.
#[derive(Debug, Clone)]
pub struct Write {
    /// Which kind.
    pub kind: Kind,
    /// What finds it again.
    pub mark: String,
    /// What is sent.
    pub request: Request,
    /// What has to stand on a page, to the letter: the text, or the SHA-256 of a recording.
    pub proof: String,
    /// The page where it is read; empty for the page that the write leads to.
    pub page: String,
}

/// What is sent.
#[derive(Debug, Clone)]
pub enum Request {
    /// A form.
    Form {
        /// Where to.
        path: String,
        /// The wish's name.
        operation: String,
        /// What was typed.
        fields: Fields,
    },
    /// A form with a file.
    Upload {
        /// Where to.
        path: String,
        /// The wish's name.
        operation: String,
        /// What was typed.
        fields: Fields,
        /// The file.
        file: File,
    },
    /// A draft of a form.
    Draft {
        /// The form's key.
        form: String,
        /// The revision that it continues.
        revision: i64,
        /// The browser's tab.
        tab: String,
        /// What was typed.
        fields: Fields,
    },
}

impl Write {
    /// Sends it. An error means that no answer came, so nobody knows whether it is kept.
    pub fn send(&self, person: &Person) -> Result<Answer> {
        match &self.request {
            Request::Form { path, operation, fields } => person.post(path, operation, fields),
            Request::Upload { path, operation, fields, file } => person.upload(path, operation, fields, file),
            Request::Draft { form, revision, tab, fields } => person.keep_draft(form, *revision, tab, fields),
        }
    }
}

/// A write that the server acknowledged.
#[derive(Debug, Clone)]
pub struct Acknowledged {
    /// Which kind.
    pub kind: Kind,
    /// What finds it again.
    pub mark: String,
    /// What has to stand on the page.
    pub proof: String,
    /// The page.
    pub page: String,
}

impl Acknowledged {
    /// What a finding calls it.
    pub fn name(&self) -> String {
        format!("{} {}", self.kind.word(), self.mark)
    }
}
