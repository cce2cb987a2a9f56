//! What every engine has to keep.

pub(crate) mod accounts;
pub(crate) mod backups;
pub(crate) mod clients;
pub(crate) mod drafts;
pub(crate) mod entries;
pub(crate) mod erasing;
pub(crate) mod exporting;
pub(crate) mod finding;
pub(crate) mod jobs;
pub(crate) mod journal;
pub(crate) mod links;
pub(crate) mod merging;
pub(crate) mod nodes;
pub(crate) mod outlooks;
pub(crate) mod people;
pub(crate) mod practices;
pub(crate) mod recordings;
pub(crate) mod scopes;
pub(crate) mod sweeping;
pub(crate) mod tampering;

pub(crate) use clients as client_rows;
pub(crate) use links::strangers as strange_links;
pub(crate) use outlooks as kept_outlooks;
pub(crate) use outlooks as strange_outlooks;
pub(crate) use people::strangers as strange_people;
pub(crate) use sweeping as strange_sweeping;
