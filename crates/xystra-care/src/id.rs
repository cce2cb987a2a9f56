//! Ids that cannot be mixed up.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id! {
    /// A practice: the border that no record crosses.
    PracticeId
}
id! {
    /// Somebody who signs in.
    AccountId
}
id! {
    /// A client.
    ClientId
}
id! {
    /// One complaint of one client, from intake to discharge.
    EpisodeId
}
id! {
    /// One fact through all its versions.
    ThreadId
}
id! {
    /// One version of one fact.
    EntryId
}
id! {
    /// A stored recording of a tool.
    RecordingId
}
