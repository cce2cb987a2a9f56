//! Passwords: Argon2id with the crate's recommended cost, hashed off the async threads.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};

/// Fewest characters of a password; length is what counts, so there are no other demands.
pub const SHORTEST: usize = 12;

/// What is wrong with a password, if anything.
pub fn complaint(password: &str) -> Option<String> {
    let length = password.chars().count();
    (length < SHORTEST)
        .then(|| format!("{length} characters are too few: use at least {SHORTEST}, for example four words"))
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
        let Some(hash) = hash else {
            let _ = Argon2::default().hash_password(password.as_bytes());
            return false;
        };
        PasswordHash::new(&hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    });
    checking.await.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_opens_its_own_hash_only() {
        let hash = hash("four plain words here".to_owned()).await;
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(verify("four plain words here".to_owned(), Some(hash.clone())).await);
        assert!(!verify("four plain words hers".to_owned(), Some(hash)).await);
        assert!(!verify("anything".to_owned(), None).await);
    }
}
