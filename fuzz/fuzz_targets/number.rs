//! Cells of a table: what is read of them is, bit for bit, what the standard library reads.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    xystra_fuzz::numbers(bytes);
});
