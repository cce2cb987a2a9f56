//! Passwords: Argon2id with the crate's recommended cost, hashed off the async threads.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};

use super::leaked::is_leaked;

/// Fewest characters of a password; length is what counts, so there are no other demands.
pub const SHORTEST: usize = 12;

/// Pieces of the commonest passwords, in lower case, one a line.
const COMMON: &str = include_str!("common.txt");
/// Letters and digits that a password needs beside common pieces.
const OWN_SIGNS: usize = 4;
/// Signs that follow one another and count as one piece.
const RUN: usize = 3;
/// Rows that fingers run along.
const ROWS: [&str; 6] =
    ["abcdefghijklmnopqrstuvwxyz", "0123456789", "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// What is wrong with a password, if anything.
pub fn complaint(password: &str) -> Option<String> {
    complaint_of(password, &[])
}

/// What is wrong with a password of somebody about whom these words are known, such as their name and login.
pub fn complaint_of(password: &str, about: &[&str]) -> Option<String> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(format!("{length} characters are too few: use at least {SHORTEST}, for example four words"));
    }
    let about: Vec<String> = about.iter().flat_map(|text| text.split_whitespace()).map(str::to_lowercase).collect();
    if own_signs(password, &about) < OWN_SIGNS {
        return Some(
            "this is made of names and of what everybody tries first: use four words that have nothing to do with each other"
                .to_owned(),
        );
    }
    is_leaked(password)
        .then(|| "this stands in lists of leaked passwords, or looks to ours as if it did: choose another".to_owned())
}

/// Letters and digits that are no common piece, no run and none of these words.
fn own_signs(password: &str, about: &[String]) -> usize {
    let signs: Vec<char> = password.to_lowercase().chars().filter(|sign| sign.is_alphanumeric()).collect();
    let (mut at, mut own) = (0, 0);
    while at < signs.len() {
        let piece = piece(&signs[at..], about);
        own += usize::from(piece == 0);
        at += piece.max(1);
    }
    own
}

/// How many of the next signs are one common piece; 0 when they are none.
fn piece(signs: &[char], about: &[String]) -> usize {
    let begins =
        |word: &&str| word.chars().count() >= RUN && word.chars().eq(signs.iter().copied().take(word.chars().count()));
    let words = COMMON.lines().chain(about.iter().map(String::as_str)).filter(begins);
    let word = words.map(|word| word.chars().count()).max().unwrap_or(0);
    word.max(run(signs))
}

/// How many of the next signs are the same, or follow one another on a keyboard, in the alphabet or in counting.
fn run(signs: &[char]) -> usize {
    let follows = |a: char, b: char| {
        let pair: [String; 2] = [[a, b].iter().collect(), [b, a].iter().collect()];
        a == b || ROWS.iter().any(|row| pair.iter().any(|pair| row.contains(pair.as_str())))
    };
    let length = 1 + signs.windows(2).take_while(|pair| follows(pair[0], pair[1])).count();
    if length >= RUN { length } else { 0 }
}

/// Hashes a password; PHC text form.
///
/// # Panics
/// Outside a tokio runtime, or when hashing itself panics.
pub async fn hash(password: String) -> String {
    let hashing = tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string())
    });
    hashing.await.expect("hashing does not panic").expect("a password of any length can be hashed")
}

/// Does the password fit the hash? Takes as long for a hash that nobody has.
pub async fn verify(password: String, hash: Option<String>) -> bool {
    let checking = tokio::task::spawn_blocking(move || {
        let Some(hash) = hash.as_deref().and_then(|hash| PasswordHash::new(hash).ok()) else {
            let _ = Argon2::default().hash_password(password.as_bytes());
            return false;
        };
        Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
    });
    checking.await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_first_is_refused_and_four_words_are_not() {
        for common in [
            "password1234",
            "123456789012",
            "Password!Password!",
            "qwertyuiop12",
            "aaaaaaaaaaaaaaaa",
            "iloveyou2024",
            "letmein-letmein",
            "abcdefghijkl",
            "987654321098",
            "administrator1",
            "correcthorsebatterystaple",
        ] {
            assert!(complaint(common).is_some(), "{common}");
        }
        for good in ["four plain words here", "a kettle on the stove", "7Tq!m2xR9pLw", "sieben grüne Stühle"] {
            assert_eq!(complaint(good), None, "{good}");
        }
    }

    #[test]
    fn names_add_nothing_but_may_stand_in_a_sentence() {
        let about = ["rivera", "Dana Rivera", "River Street Practice"];
        assert!(complaint_of("DanaRivera2024", &about).is_some());
        assert!(complaint_of("river-street-practice", &about).is_some());
        assert_eq!(complaint_of("dana forgets the kettle", &about), None);
        assert!(complaint_of("short", &about).is_some_and(|said| said.contains("5 characters are too few")));
    }

    #[tokio::test]
    async fn a_password_opens_its_own_hash_only() {
        let hash = hash("four plain words here".to_owned()).await;
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(verify("four plain words here".to_owned(), Some(hash.clone())).await);
        assert!(!verify("four plain words hers".to_owned(), Some(hash)).await);
        assert!(!verify("anything".to_owned(), None).await);
    }
}
