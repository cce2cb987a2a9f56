//! A QR code as a drawing that stands in the page: for a link that a telephone or tablet opens.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// Light modules around the code, as its standard asks.
const QUIET: usize = 4;

/// The code of a text, dark on light in either theme, since readers expect it so. `None` when the text is too long for one.
pub(crate) fn qr(text: &str, label: &str) -> Option<String> {
    QrCode::with_error_correction_level(text, EcLevel::M).ok().map(|code| drawn(&code, label))
}

fn drawn(code: &QrCode, label: &str) -> String {
    let width = code.width();
    let side = width + 2 * QUIET;
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    let path = dark.fold(String::new(), |mut path, (at, _)| {
        let _ = write!(path, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
        path
    });
    format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"{label}\">\
         <rect fill=\"#fff\" width=\"{side}\" height=\"{side}\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::qr;

    #[test]
    fn a_code_has_its_three_corners_and_nothing_that_the_policy_forbids() {
        let drawing = qr("https://192.0.2.1:8610/join/0123", "QR code").unwrap();
        assert!(drawing.starts_with("<svg class=\"qr\" viewBox=\"0 0 ") && drawing.contains("aria-label=\"QR code\""));
        assert!(!drawing.contains("style") && !drawing.contains("<?xml"));
        assert!(drawing.contains("<rect fill=\"#fff\"") && drawing.contains("<path fill=\"#000\""), "dark on light");
        assert!(drawing.contains("M4 4h1v1h-1z"), "the first corner begins after the quiet zone");
        assert_eq!(qr(&"x".repeat(5000), "QR code"), None, "too long for any code");
    }
}
