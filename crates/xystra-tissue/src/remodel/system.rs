//! The equations as they stand in their file, for what shows or exports them.

use std::sync::OnceLock;

use xystra_symbolic::System;

/// The equations of `data/tissue/equations.toml`.
///
/// # Panics
/// Never: the build has read the same text.
pub fn system() -> &'static System {
    static SYSTEM: OnceLock<System> = OnceLock::new();
    SYSTEM.get_or_init(|| {
        let text = include_str!("../../../../data/tissue/equations.toml");
        System::parse("data/tissue/equations.toml", text).expect("the build has read the same text")
    })
}
