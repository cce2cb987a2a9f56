//! `xystra recover`: a new password for the owner, from the machine that keeps the record.

use anyhow::Context;
use jiff::Timestamp;
use xystra_store::{Scope, Store};
use xystra_web::auth::password;

use crate::Data;

/// Give the owner a new password and sign everybody out. The record stays as it is.
#[derive(Debug, clap::Args)]
pub(crate) struct Recover {
    #[command(flatten)]
    data: Data,
}

impl Recover {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let now = Timestamp::now();
        let store = Store::open(&self.data.data, now).await?;
        let owner = store.owner().await?.context("nobody has made a practice here yet: run xystra serve")?;
        let secret = new_password()?;
        store.set_password(&Scope::of(&owner), &password::hash(secret.clone()).await, now).await?;
        store.close().await;
        println!("sign in as   {}", owner.login);
        println!("password     {secret}");
        println!("change it under Practice once you are in; it is written down nowhere else");
        Ok(())
    }
}

/// 24 letters and digits that are hard to mistake, about 120 bits.
fn new_password() -> anyhow::Result<String> {
    const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789-";
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).context("the operating system has no random numbers")?;
    Ok(bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect())
}
