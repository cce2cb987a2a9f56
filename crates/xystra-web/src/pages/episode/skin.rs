//! What the skin shows, in words.

use xystra_care::response::Skin;

/// A word or two.
pub(in crate::pages) fn word(skin: Skin) -> &'static str {
    match skin {
        Skin::None => "nothing",
        Skin::Redness => "redness",
        Skin::FewPetechiae => "a few petechiae",
        Skin::ManyPetechiae => "petechiae that run together",
        Skin::Bruise => "a bruise",
        Skin::PainfulBruise => "a painful bruise",
        Skin::Broken => "haematoma or broken skin",
    }
}
