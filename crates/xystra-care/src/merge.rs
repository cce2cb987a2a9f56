//! Two records of one person, put together; and how to see that two records may be of one person.

use serde::{Deserialize, Serialize};

use crate::client::Client;
use crate::id::{ClientId, EpisodeId, ThreadId};

/// What was taken in from another record of the same person. Undoing it moves exactly this back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// The record that was taken in.
    pub from: ClientId,
    /// The name that it was under.
    pub name: String,
    /// Its complaints, which moved with all that belongs to them.
    #[serde(default)]
    pub episodes: Vec<EpisodeId>,
    /// Facts that belonged to none of its complaints, such as consents and appointments, and moved too.
    #[serde(default)]
    pub threads: Vec<ThreadId>,
}

/// In what two records are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same date of birth.
    Born,
    /// The same name, whatever its case and the order of its words.
    Name,
    /// Names that share a word of at least three letters.
    PartOfName,
    /// The same telephone.
    Phone,
    /// The same mail.
    Mail,
}

impl Likeness {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Born => "same date of birth",
            Self::Name => "same name",
            Self::PartOfName => "similar name",
            Self::Phone => "same telephone",
            Self::Mail => "same mail",
        }
    }

    /// How much it speaks for one person: a part of a name alone does not.
    fn weight(self) -> u8 {
        match self {
            Self::PartOfName => 1,
            Self::Born => 2,
            Self::Phone | Self::Mail => 3,
            Self::Name => 4,
        }
    }
}

/// The least weight at which two records are shown side by side.
const WORTH_A_LOOK: u8 = 2;

/// In what two clients are alike, with the weight of it all; `None` when too little speaks for one person.
pub fn alike(a: &Client, b: &Client) -> Option<(u8, Vec<Likeness>)> {
    let name = match (words(&a.name), words(&b.name)) {
        (left, right) if !left.is_empty() && left == right => Some(Likeness::Name),
        (left, right) if left.iter().any(|word| word.chars().count() >= 3 && right.contains(word)) => {
            Some(Likeness::PartOfName)
        }
        _ => None,
    };
    let found = [
        name,
        (a.born.is_some() && a.born == b.born).then_some(Likeness::Born),
        same(&digits(&a.phone), &digits(&b.phone)).then_some(Likeness::Phone),
        same(&a.email.trim().to_lowercase(), &b.email.trim().to_lowercase()).then_some(Likeness::Mail),
    ];
    let found: Vec<Likeness> = found.into_iter().flatten().collect();
    let weight = found.iter().map(|likeness| likeness.weight()).sum();
    (weight >= WORTH_A_LOOK).then_some((weight, found))
}

fn same(a: &str, b: &str) -> bool {
    !a.is_empty() && a == b
}

/// The words of a name in small letters, in alphabetical order; a number in a name tells two apart and is no word to share.
fn words(name: &str) -> Vec<String> {
    let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let mut words: Vec<String> = parts.map(str::to_lowercase).collect();
    words.sort_unstable();
    words
}

/// A telephone number without what people put between its digits.
fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn client(name: &str) -> Client {
        Client { name: name.to_owned(), ..Client::default() }
    }

    fn found(a: &Client, b: &Client) -> Vec<Likeness> {
        alike(a, b).map(|(_, found)| found).unwrap_or_default()
    }

    #[test]
    fn a_name_is_the_same_in_another_order_and_case() {
        assert_eq!(found(&client("Demo Client"), &client("client, demo")), [Likeness::Name]);
        assert_eq!(found(&client("Demo Client"), &client("Other Person")), []);
        assert_eq!(found(&client(""), &client("")), [], "two records without a name say nothing");
    }

    #[test]
    fn a_shared_word_counts_only_together_with_something_else() {
        let (mut a, mut b) = (client("Demo Client"), client("Demo Klient"));
        assert_eq!(alike(&a, &b), None);
        a.born = Some(date(1980, 5, 4));
        b.born = a.born;
        assert_eq!(alike(&a, &b), Some((3, vec![Likeness::PartOfName, Likeness::Born])));
    }

    #[test]
    fn telephone_and_mail_are_compared_as_they_are_dialled() {
        let a = Client { phone: "0555 / 01-00".into(), email: "Demo@example.org ".into(), ..client("A") };
        let b = Client { phone: "05550100".into(), email: "demo@example.org".into(), ..client("B") };
        assert_eq!(found(&a, &b), [Likeness::Phone, Likeness::Mail]);
        assert_eq!(found(&a, &client("B")), [], "what is not known is not the same");
    }
}
