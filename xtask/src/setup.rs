//! What tests need beside Rust: fetched when missing and allowed, named when not.

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::postgres;
use crate::step::run;

/// Chromium, its driver and two of the faces that the style sheet names, for the browser journeys.
pub(crate) fn chromium() -> Result<()> {
    let fonts = ["fonts-urw-base35", "fonts-roboto-unhinted"];
    debian(&["chromedriver"], &["chromium", "chromium-driver", fonts[0], fonts[1]])
}

/// Node, for the tests of our own scripts.
pub(crate) fn node() -> Result<()> {
    debian(&["node"], &["nodejs"])
}

/// axe-core, for accessibility, in the ignored folder `.tools`.
pub(crate) fn axe() -> Result<()> {
    if Path::new(".tools/node_modules/axe-core/axe.min.js").exists() {
        return Ok(());
    }
    debian(&["node", "npm"], &["nodejs", "npm"])?;
    println!("fetching axe-core into .tools");
    let args = "install --prefix .tools --no-save --ignore-scripts --no-audit --no-fund axe-core@4";
    run(Command::new("npm").args(args.split(' ')))
}

/// What faults are made and seen with: a clock that can be set, the count of syncs, a hand on a closed database.
pub(crate) fn faults() -> Result<()> {
    debian(&["strace", "faketime", "python3"], &["strace", "faketime", "python3"])
}

/// PostgreSQL's programs. Debian would start a server of its own at once; it is told not to.
pub(crate) fn postgres() -> Result<()> {
    if ["initdb", "postgres"].iter().all(|program| postgres::found(program).is_some()) {
        return Ok(());
    }
    println!("installing postgresql");
    install_postgres().context("the tests need PostgreSQL: install postgresql (Debian's name), then run this again")
}

fn install_postgres() -> Result<()> {
    install("postgresql-common")?;
    let file = "/etc/postgresql-common/createcluster.conf";
    shell(&format!("echo 'create_main_cluster = false' | {}tee -a {file} > /dev/null", as_root()?))?;
    install("postgresql")
}

/// Whether we are the super-user, whom servers and browsers refuse.
pub(crate) fn is_root() -> bool {
    succeeds("test \"$(id -u)\" = 0")
}

/// Whether a program is on the search path.
pub(crate) fn has(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Sees to `programs` by installing `packages`.
fn debian(programs: &[&str], packages: &[&str]) -> Result<()> {
    if programs.iter().all(|program| has(program)) {
        return Ok(());
    }
    let packages = packages.join(" ");
    println!("installing {packages}");
    install(&packages).with_context(|| {
        let programs = programs.join(" and ");
        format!("the tests need {programs}: install {packages} (Debian's names), then run this again")
    })
}

fn install(packages: &str) -> Result<()> {
    if !has("apt-get") {
        bail!("no apt-get on this system");
    }
    let apt = format!("{}apt-get -qq -o DPkg::Lock::Timeout=120", as_root()?);
    shell(&format!("{apt} update"))?;
    shell(&format!("{apt} install -y --no-install-recommends {packages}"))
}

fn as_root() -> Result<&'static str> {
    if is_root() {
        return Ok("env DEBIAN_FRONTEND=noninteractive ");
    }
    if succeeds("sudo -n true") {
        return Ok("sudo -n env DEBIAN_FRONTEND=noninteractive ");
    }
    bail!("neither root nor sudo without a password");
}

fn shell(line: &str) -> Result<()> {
    run(Command::new("sh").args(["-c", line]).stdin(Stdio::null()))
}

fn succeeds(line: &str) -> bool {
    let mut command = Command::new("sh");
    command.args(["-c", line]).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::{debian, has};

    #[test]
    fn only_what_is_missing_is_installed() {
        assert!(has("sh") && !has("no-such-program"));
        assert!(debian(&["sh"], &["no-such-package"]).is_ok());
    }
}
