//! Windows that do not fit.

use xystra_dose::{Error, Options, Sweeps, analyse, read};

#[test]
fn a_window_outside_the_recording_is_named() {
    let recording = read::whole("x", Sweeps::default().to_csv().as_bytes(), &read::Reading::default()).unwrap();
    let said = |from_s, to_s| analyse(&recording, &Options { from_s, to_s, ..Options::default() });
    for (from, to) in
        [(Some(5.0), Some(4.0)), (Some(4.0), Some(4.0)), (Some(-1.0), None), (None, Some(1e4)), (Some(f64::NAN), None)]
    {
        assert!(matches!(said(from, to), Err(Error::BadWindow { .. })), "{from:?} {to:?}");
    }
    let text = said(Some(5.0), Some(4.0)).unwrap_err().to_string();
    assert!(text.starts_with("the window 5 s to 4 s"), "{text}");
    assert!(matches!(said(Some(0.1), Some(1.0)), Err(Error::NoContact { .. })));
}
