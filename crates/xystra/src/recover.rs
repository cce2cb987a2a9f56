//! `xystra recover`: a new password for the owner, and no second factor, from the machine that keeps the record.

use anyhow::Context;
use jiff::Timestamp;
use xystra_store::Scope;
use xystra_web::auth::password;

use crate::data::{Data, Which};

/// Give the owner a new password, turn the owner's second factor off, and sign the owner out. The record stays as it is.
#[derive(Debug, clap::Args)]
pub(crate) struct Recover {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    data: Data,
}

impl Recover {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let now = Timestamp::now();
        let store = self.data.open_kept(now).await?;
        let owner = self.which.of(&store).await?.owner;
        let secret = new_password()?;
        let scope = Scope::of(&owner);
        store.set_password(&scope, &password::hash(secret.clone()).await, now).await?;
        store.turn_off_second_factor(&scope, owner.id, now).await?;
        store.forgive(&format!("login:{}", owner.login)).await?;
        store.close().await;
        println!("sign in as   {}", owner.login);
        println!("password     {secret}");
        println!("change it under Practice once you are in; it is written down nowhere else");
        Ok(())
    }
}

/// 24 letters and digits that are hard to mistake, about 120 bits.
pub(crate) fn new_password() -> anyhow::Result<String> {
    const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789-";
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).context("the operating system has no random numbers")?;
    Ok(bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect())
}
