//! Chapter 14: where client data goes, and where it must not.

use super::{file, files};

#[test]
fn scripts_keep_no_client_data_in_the_browser() {
    let mut kept = Vec::new();
    for (name, text) in files("crates/xystra-web/static/js", ".js") {
        for word in ["localStorage", "indexedDB", "document.cookie", "caches.", "openDatabase", "serviceWorker"] {
            assert!(!text.contains(word), "{name} uses {word}");
        }
        kept.extend(
            text.lines().filter(|line| line.contains("sessionStorage.setItem")).map(str::trim).map(str::to_owned),
        );
    }
    // The stopwatch of the treatment room: milliseconds under the address of the session, an id.
    assert_eq!(kept, ["sessionStorage.setItem(this.#key, JSON.stringify(this.#watch.state));"]);
    assert!(
        file("crates/xystra-web/static/js/session.js")
            .contains("this.#key = `timer:${location.pathname}:${place.dataset.timer}`")
    );
}

#[test]
fn the_page_on_security_sorts_every_table() {
    let page = file("docs/security.md");
    let migrations = files("crates/xystra-store/migrations", ".sql");
    let text: String = migrations.into_iter().map(|(_, text)| text).collect();
    let tables = text.split("CREATE TABLE ").skip(1).filter_map(|rest| rest.split_whitespace().next());
    let mut count = 0;
    for table in tables {
        count += 1;
        assert!(page.contains(&format!("`{table}`")), "docs/security.md does not say how {table} is protected");
    }
    assert!(count >= 18, "{count} tables");
}
