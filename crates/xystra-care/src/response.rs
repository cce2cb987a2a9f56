//! The response: the skin now and later, soreness, and the grade that follows from them.
//!
//! The grading is ours, not published, and says so wherever it is shown.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::id::ThreadId;

/// What the skin shows, from nothing to broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Skin {
    /// Nothing.
    None,
    /// Redness; on dark skin warmth or a deeper tone.
    Redness,
    /// A few petechiae, standing apart.
    FewPetechiae,
    /// Petechiae that run together.
    ManyPetechiae,
    /// A bruise.
    Bruise,
    /// A bruise that hurts by itself.
    PainfulBruise,
    /// A haematoma or broken skin.
    Broken,
}

/// All of them, mildest first.
pub const SKINS: [Skin; 7] = [
    Skin::None,
    Skin::Redness,
    Skin::FewPetechiae,
    Skin::ManyPetechiae,
    Skin::Bruise,
    Skin::PainfulBruise,
    Skin::Broken,
];

/// A check-in after a session: by phone, by the client, or told at the next visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Checkin {
    /// The session it is about.
    pub session: ThreadId,
    /// The moment it speaks of; back-dated when told later.
    pub at: Timestamp,
    /// How it was learnt.
    pub how: How,
    /// Soreness, 0-10.
    pub soreness: Option<u8>,
    /// What the skin showed.
    pub skin: Option<Skin>,
    /// How long the redness lasted, when that is all there was.
    #[serde(default)]
    pub redness_over_30_min: Option<bool>,
    /// A word about it.
    #[serde(default)]
    pub remark: String,
}

/// How a check-in was learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// On the phone.
    Phone,
    /// On the client's own form.
    ClientForm,
    /// Told at the next visit.
    NextVisit,
}

impl Checkin {
    /// Checks what can be checked against the session's time.
    pub fn check(&self, finished_at: Timestamp, now: Timestamp) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.at < finished_at {
            errors.push(FieldError::new("at", "a check-in comes after the session it is about"));
        }
        if self.at > now {
            errors.push(FieldError::new("at", "this time has not come yet"));
        }
        if let Some(soreness) = self.soreness.filter(|value| *value > 10) {
            errors.push(FieldError::new("soreness", format!("{soreness} is outside 0 to 10")));
        }
        if self.soreness.is_none() && self.skin.is_none() {
            errors.push(FieldError::new("skin", "say what the skin shows, how sore it is, or both"));
        }
        errors
    }
}

/// One look at the skin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    hours: f64,
    skin: Skin,
    over_30_min: Option<bool>,
}

impl Look {
    /// At the end of the session.
    pub fn now(skin: Skin) -> Self {
        Self { hours: 0.0, skin, over_30_min: None }
    }

    /// Later.
    pub fn after_hours(hours: f64, skin: Skin) -> Self {
        Self { hours, skin, over_30_min: None }
    }

    /// With a word on how long the redness lasted.
    #[must_use]
    pub fn redness_over_30_min(self, over: Option<bool>) -> Self {
        Self { over_30_min: over, ..self }
    }
}

/// The reaction grade, 0 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Grade {
    /// 0 none, 1 redness under 30 min, 2 redness longer or isolated petechiae, 3 confluent petechiae or a small
    /// bruise gone within 3 days, 4 a bruise over 3 days or painful, 5 haematoma or broken skin.
    pub value: u8,
    /// `false` while a later look could still change it.
    pub is_final: bool,
}

/// Hours after which a bruise counts as lasting ("over 3 days").
const LASTING_H: f64 = 72.0;
/// The later of the two usual check-ins (48 h), half a day early at most.
const LATE_H: f64 = 36.0;
/// Before this a clear skin may still bruise: the earlier of the two usual check-ins (24 h), half a day early at most.
const EARLY_H: f64 = 12.0;
/// Redness seen this long after the session lasted over 30 min.
const HALF_HOUR_H: f64 = 0.5;

/// Grades a session's reaction from every look at the skin, in order of time; `None` without any look.
pub fn grade(looks: &[Look]) -> Option<Grade> {
    let worst = looks.iter().map(Look::value).max()?;
    Some(Grade { value: worst, is_final: worst == 5 || is_settled(looks, worst) })
}

impl Look {
    fn value(&self) -> u8 {
        match self.skin {
            Skin::None => 0,
            Skin::Redness if self.hours > HALF_HOUR_H || self.over_30_min == Some(true) => 2,
            Skin::Redness => 1,
            Skin::FewPetechiae => 2,
            Skin::Bruise if self.hours > LASTING_H => 4,
            Skin::ManyPetechiae | Skin::Bruise => 3,
            Skin::PainfulBruise => 4,
            Skin::Broken => 5,
        }
    }
}

/// A later look cannot change the grade once the last one found the skin clear, or came late and found no bruise, or
/// once a bruise was seen to last.
fn is_settled(looks: &[Look], worst: u8) -> bool {
    let settles = |last: &Look| match last.skin {
        Skin::None => last.hours >= EARLY_H,
        skin => last.hours >= LATE_H && skin < Skin::Bruise,
    };
    worst == 4 || looks.last().is_some_and(settles)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graded(looks: &[Look]) -> (u8, bool) {
        let grade = grade(looks).expect("there is a look");
        (grade.value, grade.is_final)
    }

    #[test]
    fn without_a_look_there_is_no_grade() {
        assert_eq!(grade(&[]), None);
    }

    #[test]
    fn the_table_of_grades() {
        let clear = Look::after_hours(24.0, Skin::None);
        assert_eq!(graded(&[Look::now(Skin::None), clear]), (0, true));
        assert_eq!(graded(&[Look::now(Skin::Redness), clear]), (1, true));
        assert_eq!(graded(&[Look::now(Skin::Redness), clear.redness_over_30_min(Some(true))]), (1, true));
        assert_eq!(graded(&[Look::now(Skin::Redness), Look::after_hours(24.0, Skin::Redness), clear]), (2, true));
        assert_eq!(graded(&[Look::now(Skin::FewPetechiae), clear]), (2, true));
        assert_eq!(graded(&[Look::now(Skin::ManyPetechiae), clear]), (3, true));
        assert_eq!(graded(&[Look::now(Skin::Bruise), Look::after_hours(48.0, Skin::None)]), (3, true));
        assert_eq!(graded(&[Look::now(Skin::Bruise), Look::after_hours(48.0, Skin::Bruise)]), (3, false));
        assert_eq!(graded(&[Look::after_hours(96.0, Skin::Bruise)]), (4, true));
        assert_eq!(graded(&[Look::now(Skin::PainfulBruise)]), (4, true));
        assert_eq!(graded(&[Look::now(Skin::Broken)]), (5, true));
    }

    #[test]
    fn a_grade_is_open_until_somebody_looked_later() {
        assert_eq!(graded(&[Look::now(Skin::Redness)]), (1, false));
        assert_eq!(graded(&[Look::now(Skin::None)]), (0, false));
    }

    #[test]
    fn a_bruise_that_comes_after_a_clear_look_leaves_the_grade_open() {
        let looks = [Look::now(Skin::Redness), Look::after_hours(1.0, Skin::None)];
        assert_eq!(graded(&looks), (1, false));
        let looks = [looks[0], Look::after_hours(14.0, Skin::None), Look::after_hours(30.0, Skin::Bruise)];
        assert_eq!(graded(&looks), (3, false));
    }

    #[test]
    fn redness_that_lasted_is_grade_2() {
        assert_eq!(graded(&[Look::now(Skin::Redness).redness_over_30_min(Some(true))]).0, 2);
    }
}
