//! What the clinician holds in hand.

/// A screen size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// The reception desk.
    Desktop,
    /// The treatment room, upright.
    Tablet,
    /// A client's own phone.
    Phone,
}

/// The colours the device prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Screen {
    /// Width and height in CSS pixels.
    pub fn size(self) -> (u32, u32) {
        match self {
            Self::Desktop => (1280, 900),
            Self::Tablet => (820, 1180),
            Self::Phone => (390, 844),
        }
    }
}

impl Theme {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}
