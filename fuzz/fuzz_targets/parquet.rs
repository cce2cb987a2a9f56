//! Any bytes, given out as a file of this format: read or refused, never a panic, memory bounded by their number.

#![no_main]

use libfuzzer_sys::fuzz_target;

/// The reader catches panics of the parquet crate; libFuzzer would end at them before that. One that escapes still ends it.
static QUIET: std::sync::Once = std::sync::Once::new();

fuzz_target!(|bytes: &[u8]| {
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    if bytes.starts_with(b"PAR1") {
        xystra_fuzz::read(bytes);
    }
});
