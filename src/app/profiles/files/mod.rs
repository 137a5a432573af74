//! Role profiles as files: what the database holds as rows, how it differs from files, and making it what the
//! files say. All of it in one transaction, or none.

mod apply;
mod compare;
mod current;

pub use apply::{Applied, Apply, Done, apply};
pub use compare::{Difference, compare};
pub use current::export;

use crate::{
    interchange::{
        Refused,
        profiles::{Parsed, Unwritable, parse},
    },
    store::StoreError,
};

/// A file: its name for messages, and its text.
pub type File = (String, String);

fn parsed(files: &[File]) -> Parsed {
    parse(&files.iter().map(|(name, text)| (&**name, &**text)).collect::<Vec<_>>())
}

/// Why nothing was read, compared or written.
#[derive(Debug, Clone, thiserror::Error)]
pub enum FilesError {
    /// The files break rules.
    #[error("{0}")]
    Files(Refused),
    /// Profiles that the files change have drafts, which would be lost.
    #[error(
        "somebody is writing a draft of {0}: publish it first, or let the files take its place with --discard-drafts"
    )]
    Drafts(String),
    /// A profile of the database fits in no file.
    #[error(transparent)]
    Unwritable(#[from] Unwritable),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Refused> for FilesError {
    fn from(refused: Refused) -> Self {
        Self::Files(refused)
    }
}
