//! One run of an import: one transaction as a job of the service, kept when all is well and taken back when
//! not. Knows nothing of what is imported.

use std::{collections::BTreeSet, path::PathBuf};

use crate::{
    app::{
        Progress, Watch, Write, ids,
        imports::{Summary, Tally, Tell},
    },
    auth::Viewer,
    domain::{revisions::Root, time::Timestamp},
    interchange::sheet::{Placed, Rows, SheetError, digest},
    store::{Store, StoreError},
};

/// Rows that are looked up and written together.
pub(super) const BATCH: usize = 1_000;

/// What happens when a row is refused.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnError {
    /// Nothing of the run is written.
    #[default]
    Stop,
    /// The row is left out.
    Skip,
}

/// How a run is done.
pub struct Options {
    /// Take everything back at the end.
    pub dry_run: bool,
    /// What happens when a row is refused.
    pub on_error: OnError,
    /// The job that runs it.
    pub viewer: Viewer,
    /// The instant of the run.
    pub now: Timestamp,
    /// Is told how far it is.
    pub watch: Watch,
    /// Is told of each row.
    pub tell: Tell,
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("dry_run", &self.dry_run)
            .field("on_error", &self.on_error)
            .finish_non_exhaustive()
    }
}

/// Why a run came to nothing.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be read on.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// What the run would do was stopped on purpose.
    #[error("{0}")]
    Guarded(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How a transaction ended.
enum Ended {
    TakenBack(Summary),
    Failed(ImportError),
}

impl From<StoreError> for Ended {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

/// A run on its way.
pub(super) struct Run {
    pub(super) write: Write,
    pub(super) tally: Tally,
    watch: Watch,
    of: u64,
}

impl Run {
    /// Tells how far the run is.
    pub(super) fn progress(&mut self, what: &'static str, done: u64) {
        (self.watch)(Progress { what, done: done.min(self.of), of: self.of });
    }

    /// How many rows there are.
    pub(super) const fn total(&mut self, rows: u64) {
        self.of = rows;
    }

    /// Raises and audits what changed; its roots are locked already. More than one statement can carry in
    /// time goes in parts.
    pub(super) async fn changed(
        &self,
        raised: &BTreeSet<Root>,
        new: &BTreeSet<Root>,
    ) -> Result<(), StoreError> {
        let all: Vec<Root> = raised.iter().copied().collect();
        for part in all.chunks(BATCH) {
            self.write.tx.raise(&part.iter().copied().collect()).await?;
        }
        let audited: Vec<Root> = raised.union(new).copied().collect();
        for part in audited.chunks(BATCH) {
            self.write.audit_each(part.iter().copied()).await?;
        }
        Ok(())
    }
}

/// Does `work` in one transaction and keeps it, or takes it back: after a dry run, and when a row was refused
/// unless the operator wants such rows skipped.
pub(super) async fn run<F, Fut>(
    store: &Store,
    options: Options,
    action: &'static str,
    files: &[PathBuf],
    work: F,
) -> Result<Summary, ImportError>
where
    F: FnOnce(Run) -> Fut + Send + 'static,
    Fut: Future<Output = Result<Run, ImportError>> + Send,
{
    let digests = store.digest_key().await?;
    let input = digests.digest(&digest(files.iter().map(PathBuf::as_path))?);
    let Options { dry_run, on_error, viewer, now, watch, tell } = options;
    let done = store
        .begin(move |tx| async move {
            let scope = tx.scope(viewer, now).await?;
            let request_id = ids::fresh_uuid(now).to_string();
            let write = Write::without_key(tx, scope, action, digests, input, request_id);
            let run = Run { write, tally: Tally::new(tell), watch, of: 0 };
            let run = work(run).await.map_err(Ended::Failed)?;
            let mut summary = run.tally.summary;
            let refused = summary.of(super::Outcome::Refused) > 0;
            let stopped = refused && on_error == OnError::Stop;
            summary.written = !(dry_run || stopped);
            if summary.written { Ok(summary) } else { Err(Ended::TakenBack(summary)) }
        })
        .await;
    match done {
        Ok(summary) | Err(Ended::TakenBack(summary)) => Ok(summary),
        Err(Ended::Failed(error)) => Err(error),
    }
}

/// The next rows, [`BATCH`] at most; none at the end.
pub(super) fn batch<T>(rows: &mut Rows<T>) -> Result<Vec<Placed<T>>, SheetError> {
    rows.take(BATCH).collect()
}
