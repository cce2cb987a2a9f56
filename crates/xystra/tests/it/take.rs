//! Taking the record away, and erasing a client, from the command line.

use std::path::Path;

use jiff::Timestamp;
use uuid::Uuid;
use xystra_care::client::Client;
use xystra_care::id::ClientId;
use xystra_store::entries::About;
use xystra_store::{Batch, NewOwner, Scope, Store};

use crate::run::xystra;

const NAME: &str = "Synthetic Quux";

/// A data folder with a practice and one client.
fn kept(folder: &Path) -> ClientId {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let client = ClientId(Uuid::now_v7());
    runtime.block_on(async {
        let now = Timestamp::now();
        let store = Store::open(folder, now).await.expect("a store");
        let scope = Scope::of(&store.found_practice(&NewOwner::example(), now).await.expect("an owner"));
        let mut batch = Batch::default();
        let body = Client { name: NAME.into(), remarks: "=1+1".into(), ..Client::default() };
        batch.add(About::client(client), now, &body);
        store.save(&scope, &batch, now).await.expect("kept");
        store.close().await;
    });
    client
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[test]
fn everything_is_taken_away_as_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, out) = (folder.path().join("data"), folder.path().join("out"));
    kept(&data);
    let exported = xystra(&["export", "tables", &text(&out), "--data", &text(&data)]);
    assert!(exported.ok, "{}", exported.err);
    assert!(exported.out.contains(" tables, ") && exported.out.contains(" rows, "), "{}", exported.out);
    let clients = std::fs::read_to_string(out.join("csv/client.csv")).expect("a table");
    assert!(clients.contains(NAME) && clients.contains(",'=1+1,") && clients.contains("\r\n"), "{clients}");
    assert!(out.join("dictionary.csv").exists() && out.join("README.md").exists());
    let again = xystra(&["export", "tables", &text(&out), "--data", &text(&data)]);
    assert!(!again.ok && again.err.contains("is not empty"), "{}", again.err);
}

#[test]
fn a_client_is_erased_only_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = text(folder.path());
    let client = kept(folder.path()).to_string();
    let asked = xystra(&["erase", "--client", &client, "--data", &data]);
    assert!(!asked.ok && asked.out.contains("would be erased of Synthetic Quux: "), "{} {}", asked.out, asked.err);
    assert!(asked.err.contains("--name \"Synthetic Quux\""), "{}", asked.err);
    let wrong = xystra(&["erase", "--client", &client, "--name", "Somebody", "--data", &data]);
    assert!(!wrong.ok && wrong.err.contains("nothing was erased"), "{}", wrong.err);
    let erased = xystra(&["erase", "--client", &client, "--name", NAME, "--data", &data]);
    assert!(erased.ok && erased.out.contains("proof: journal row "), "{} {}", erased.out, erased.err);
    let gone = xystra(&["erase", "--client", &client, "--data", &data]);
    assert!(!gone.ok && gone.err.contains("no such client"), "{}", gone.err);
    assert!(xystra(&["verify", "--data", &data]).ok);
}
