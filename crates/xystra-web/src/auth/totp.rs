//! The codes of a second factor: six digits that change every half minute (RFC 6238), and ten words for a lost device.

use sha2::{Digest, Sha256};
use totp_rs::{Builder, Secret, Totp};

use crate::hex::hex;

/// Recovery codes that are given out together.
pub(crate) const CODES: usize = 10;
/// Letters and digits that are hard to mistake for one another.
const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// A new secret, base 32.
pub(crate) fn new_secret() -> String {
    Secret::new_stack(random()).to_base32()
}

/// The address that an authenticator app reads from the QR code.
pub(crate) fn address(secret: &str, login: &str) -> String {
    let login: String = form_urlencoded::byte_serialize(login.as_bytes()).collect();
    let login = login.replace('+', "%20");
    format!("otpauth://totp/Xystra:{login}?secret={secret}&issuer=Xystra&algorithm=SHA1&digits=6&period=30")
}

/// The time step whose code this is, within half a minute before and after now.
pub(crate) fn step_of(secret: &str, code: &str, now: jiff::Timestamp) -> Option<i64> {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let seconds = u64::try_from(now.as_second()).ok()?;
    let step = totp(secret)?.check(&digits, seconds)?;
    i64::try_from(step).ok()
}

/// The code of a moment, as the person's device shows it.
#[cfg(test)]
pub(crate) fn code_at(secret: &str, now: jiff::Timestamp) -> String {
    let seconds = u64::try_from(now.as_second()).expect("after 1970");
    totp(secret).expect("a secret").generate(seconds).to_string()
}

/// New recovery codes, each 24 signs in six groups: 120 bits, so that a plain SHA-256 may keep them.
pub(crate) fn new_codes() -> Vec<String> {
    (0..CODES).map(|_| code()).collect()
}

/// What is kept of a recovery code, however it was typed.
pub(crate) fn hash_of(code: &str) -> String {
    let signs: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    hex(Sha256::digest(signs.to_lowercase()))
}

/// The secret in groups of four, for whoever types it.
pub(crate) fn groups(secret: &str) -> String {
    let signs: Vec<char> = secret.chars().collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn totp(secret: &str) -> Option<Totp> {
    Builder::new().with_secret(Secret::try_from_base32(secret).ok()?).build().ok()
}

fn code() -> String {
    let signs = random::<24>().map(|byte| char::from(SIGNS[usize::from(byte % 32)]));
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system has random numbers");
    bytes
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::*;

    /// RFC 6238, appendix B: the secret is "12345678901234567890", and the last six of the eight digits count here.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let at = Timestamp::from_second(second).unwrap();
            assert_eq!(code_at(secret, at), code);
            assert_eq!(step_of(secret, code, at), Some(second / 30));
        }
    }

    #[test]
    fn a_code_serves_half_a_minute_early_or_late_and_no_longer() {
        let (secret, at) = (new_secret(), Timestamp::from_second(1_800_000_000).unwrap());
        let code = code_at(&secret, at);
        let at_offset = |seconds| step_of(&secret, &code, at + SignedDuration::from_secs(seconds));
        assert!(at_offset(30).is_some() && at_offset(-30).is_some());
        assert!(at_offset(90).is_none() && at_offset(-90).is_none());
        let spaced = format!("{} {}", &code[..3], &code[3..]);
        assert!(step_of(&secret, &spaced, at).is_some() && step_of(&secret, "", at).is_none());
    }

    #[test]
    fn recovery_codes_differ_and_may_be_typed_carelessly() {
        let codes = new_codes();
        assert_eq!(codes.iter().collect::<std::collections::BTreeSet<_>>().len(), CODES);
        assert_eq!(hash_of(&codes[0]), hash_of(&codes[0].replace('-', " ").to_uppercase()));
        assert_ne!(hash_of(&codes[0]), hash_of(&codes[1]));
        assert_eq!(codes[0].replace('-', "").len() * 5, 120, "bits: 32 signs are five each");
        assert_eq!(groups("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }
}
