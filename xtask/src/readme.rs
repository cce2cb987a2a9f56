//! The commands that README.md promises: CI runs them as they stand there, so the two cannot drift apart.

use std::fs;

use anyhow::{Context, Result, bail};

/// What a reader is asked to type, and nothing else.
const PROMISED: [&str; 2] = ["cargo run --release -- demo", "cargo xtask test"];

/// The README's two commands: the demo and the tests. An error if it has others.
pub(crate) fn commands() -> Result<[String; 2]> {
    let readme = fs::read_to_string("README.md").context("reading README.md")?;
    promised(&readme)
}

fn promised(readme: &str) -> Result<[String; 2]> {
    let found = in_code_blocks(readme);
    if found != PROMISED {
        bail!("README.md: its shell blocks hold {found:?}; they must hold {PROMISED:?}");
    }
    Ok(PROMISED.map(str::to_owned))
}

/// The lines of all shell code blocks, without prompts, comments and empty lines.
fn in_code_blocks(readme: &str) -> Vec<&str> {
    let mut inside = false;
    let mut lines = Vec::new();
    for line in readme.lines().map(str::trim) {
        if let Some(language) = line.strip_prefix("```") {
            inside = !inside && ["sh", "bash", "shell", "console"].contains(&language);
        } else if inside && !line.is_empty() && !line.starts_with('#') {
            lines.push(line.strip_prefix("$ ").unwrap_or(line));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::promised;

    const GOOD: &str = "# Xystra\n```sh\ncargo run --release -- demo\n```\n```text\nlistening\n```\n\
        ```console\n# all tests\n$ cargo xtask test\n```\n";

    #[test]
    fn the_two_commands_are_found_in_shell_blocks() {
        let [demo, test] = promised(GOOD).unwrap();
        assert_eq!(demo, "cargo run --release -- demo");
        assert_eq!(test, "cargo xtask test");
    }

    #[test]
    fn a_third_command_or_a_changed_one_is_an_error() {
        let more = format!("{GOOD}```sh\nmake install\n```\n");
        assert!(promised(&more).is_err());
        assert!(promised(&GOOD.replace("-- demo", "-- start")).is_err());
    }
}
