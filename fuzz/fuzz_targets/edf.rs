//! Any bytes, given out as a file of this format: read or refused, never a panic, memory bounded by their number.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"0       ") || bytes.starts_with(b"\xffBIOSEMI") {
        xystra_fuzz::read(bytes);
    }
});
