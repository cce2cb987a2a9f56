//! The person.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::FieldError;

/// Who the client is, and what travels with them from complaint to complaint.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Client {
    /// Name as the client wants to be called.
    pub name: String,
    /// Date of birth.
    pub born: Option<Date>,
    /// Dominant hand.
    pub handed: Option<Handed>,
    /// How the skin is looked at: redness shows differently on dark skin.
    pub skin: Option<SkinTone>,
    /// Telephone.
    pub phone: String,
    /// Electronic mail.
    pub email: String,
    /// Postal address.
    pub address: String,
    /// Whom to call.
    pub emergency: Contact,
    /// Who referred the client.
    pub referrer: Contact,
    /// Who decides for the client, when the client cannot.
    pub guardian: Contact,
    /// Medicines, one a line.
    pub medicines: Vec<String>,
    /// Allergies, one a line.
    pub allergies: Vec<String>,
    /// Anything else.
    pub remarks: String,
    /// A synthetic person, made for a demonstration.
    pub synthetic: bool,
}

/// Dominant hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Handed {
    /// Right.
    Right,
    /// Left.
    Left,
    /// Both alike.
    Both,
}

/// What to look for when the skin reacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkinTone {
    /// Redness shows as red.
    Light,
    /// Look for warmth, swelling and a deeper tone.
    Dark,
}

/// A person beside the client.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// Name.
    pub name: String,
    /// Telephone or mail.
    pub reach: String,
}

impl Contact {
    /// Nothing was said.
    pub fn is_empty(&self) -> bool {
        self.name.is_empty() && self.reach.is_empty()
    }
}

impl Client {
    /// Checks what can be checked; `today` in the practice's time zone.
    pub fn check(&self, today: Date) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.name.trim().is_empty() {
            errors.push(FieldError::new("name", "a name is needed to find the client again"));
        }
        match self.born {
            Some(born) if born > today => errors.push(FieldError::new("born", format!("{born} is in the future"))),
            Some(born) if today.year() - born.year() > 120 => {
                errors.push(FieldError::new("born", format!("{born} is more than 120 years ago: check the year")));
            }
            _ => {}
        }
        errors
    }

    /// Whole years on `today`.
    pub fn age(&self, today: Date) -> Option<i16> {
        let born = self.born?;
        let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
        Some(today.year() - born.year() - i16::from(!had_birthday))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn age_counts_birthdays() {
        let client = Client { born: Some(date(1980, 3, 2)), ..Client::default() };
        assert_eq!(client.age(date(2026, 3, 1)), Some(45));
        assert_eq!(client.age(date(2026, 3, 2)), Some(46));
    }

    #[test]
    fn a_birth_in_the_future_is_an_error_at_its_field() {
        let client = Client { name: "Demo".into(), born: Some(date(2027, 1, 1)), ..Client::default() };
        assert_eq!(client.check(date(2026, 1, 1))[0].field, "born");
    }
}
