//! What the skin may show, in words for light and for dark skin.

use xystra_care::response::{SKINS, Skin};

use crate::form::word;
use crate::pages::response::drawing;

/// One choice.
pub(super) struct Tile {
    /// The form's value; empty when the client cannot see the place.
    pub(super) value: String,
    pub(super) words: &'static str,
    pub(super) more: &'static str,
    /// Number of the drawing, if there is one.
    pub(super) drawing: Option<usize>,
}

/// Every choice, mildest first, and that the place cannot be seen.
pub(super) fn tiles() -> [Tile; 8] {
    let tile = |at: usize| {
        let Some(skin) = SKINS.get(at) else {
            let words = "I cannot see the place";
            return Tile { value: "unseen".to_owned(), words, more: "", drawing: None };
        };
        let (words, more) = words(*skin);
        Tile { value: word(skin), words, more, drawing: Some(drawing(*skin)) }
    };
    std::array::from_fn(tile)
}

fn words(skin: Skin) -> (&'static str, &'static str) {
    match skin {
        Skin::None => ("Nothing", "as it was before"),
        Skin::Redness => ("Redness", "on dark skin: warm, or darker than around it"),
        Skin::FewPetechiae => ("A few small dots", "red or purple; on dark skin, dark dots"),
        Skin::ManyPetechiae => ("Many dots that run together", "red or purple patches; on dark skin, dark patches"),
        Skin::Bruise => ("A bruise", "blue, purple or yellow; on dark skin, darker than around it"),
        Skin::PainfulBruise => ("A bruise that hurts", "also when nobody touches it"),
        Skin::Broken => ("Broken skin, or a swelling", "an open place, or a lump under the skin"),
    }
}
