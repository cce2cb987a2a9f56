//! The part of a recording that an address asks for.

use xystra_care::FieldError;
use xystra_dose::{Options, Tare};

use crate::auth::Visitor;
use crate::form::Form;

/// A window, and what to do with the resting level.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Part {
    from_s: Option<f64>,
    to_s: Option<f64>,
    pub(super) tare: Tare,
}

impl Part {
    pub(super) fn of(form: &Form, visitor: &Visitor) -> (Self, Vec<FieldError>) {
        let mut reader = form.reader(visitor.show.zone());
        let (from_s, to_s) = (reader.number("from"), reader.number("to"));
        let tare = reader.choice::<Tare>("tare").unwrap_or_default();
        (Self { from_s, to_s, tare }, reader.errors())
    }

    /// Is it all of it, as the dose of the session is measured?
    pub(super) fn is_whole(self) -> bool {
        self == Self::default()
    }

    /// The options of the whole recording, for this part.
    pub(super) fn of_whole(self, whole: Options) -> Options {
        Options { from_s: self.from_s, to_s: self.to_s, tare: self.tare, ..whole }
    }

    /// The same as a query.
    pub(super) fn query(self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("from", self.from_s), ("to", self.to_s)] {
            if let Some(value) = value {
                query.append_pair(name, &value.to_string());
            }
        }
        if self.tare == Tare::None {
            query.append_pair("tare", "none");
        }
        query.finish()
    }
}
