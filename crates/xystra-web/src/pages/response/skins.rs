//! The skin as tiles: a drawing, words, and what follows.

use xystra_care::response::{Look, SKINS, Skin, grade};

use crate::form::word;

/// One tile.
#[derive(Debug)]
pub(in crate::pages) struct SkinTile {
    /// The form's value.
    pub(in crate::pages) value: String,
    /// What is seen.
    pub(in crate::pages) words: &'static str,
    /// Number of the drawing.
    pub(in crate::pages) drawing: usize,
    /// What follows at once, by the grade it already has; empty for nothing.
    pub(in crate::pages) then: &'static str,
}

/// Every tile, mildest first.
pub(in crate::pages) fn skin_tiles() -> [SkinTile; 7] {
    SKINS.map(|skin| SkinTile { value: word(&skin), words: skin_words(skin), drawing: drawing(skin), then: then(skin) })
}

/// What is seen, in words.
pub(in crate::pages) fn skin_words(skin: Skin) -> &'static str {
    match skin {
        Skin::None => "nothing",
        Skin::Redness => "redness",
        Skin::FewPetechiae => "a few petechiae",
        Skin::ManyPetechiae => "many petechiae",
        Skin::Bruise => "a bruise",
        Skin::PainfulBruise => "a painful bruise",
        Skin::Broken => "broken skin, swelling",
    }
}

/// A bruise looks the same whether it hurts or not.
pub(in crate::pages) fn drawing(skin: Skin) -> usize {
    match skin {
        Skin::None => 0,
        Skin::Redness => 1,
        Skin::FewPetechiae => 2,
        Skin::ManyPetechiae => 3,
        Skin::Bruise | Skin::PainfulBruise => 4,
        Skin::Broken => 5,
    }
}

fn then(skin: Skin) -> &'static str {
    match grade(&[Look::now(skin)]).map(|grade| grade.value) {
        Some(5) => "stop, refer",
        Some(4) => "hold",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_hurts_or_is_broken_holds_at_once() {
        let holding: Vec<&str> = skin_tiles().iter().map(|tile| tile.then).collect();
        assert_eq!(holding, ["", "", "", "", "", "hold", "stop, refer"]);
    }
}
