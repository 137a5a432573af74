//! How every mutation runs: one transaction, in which the viewer's standing is read again, a replay
//! is answered, the use case decides and writes, and the audit event and the idempotency record are
//! written with it. A refusal rolls all of it back.

use std::{collections::BTreeSet, future::Future, sync::Arc};

use chrono::TimeDelta;
use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{Failure, Refusal, RefusalCode, ids},
    auth::Scope,
    domain::{
        revisions::{Revision, Revisions, Root},
        time::Timestamp,
    },
    store::{AuditEntry, DigestKey, IdempotencyRecord, Store, StoreError, Tx},
};

/// How long a key stands for the work it did. After that it is as good as new.
const REMEMBERED: TimeDelta = TimeDelta::hours(24);

/// What a mutation gets besides its input.
#[derive(Debug, Clone)]
pub struct Command {
    /// Who asks, and when.
    pub scope: Arc<Scope>,
    /// The request's id, for the audit event.
    pub request_id: String,
    /// The client's key for safe repetition.
    pub idempotency_key: Option<String>,
}

/// What was written: the ids a payload shows, in input order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The objects created or changed.
    pub ids: Vec<Uuid>,
}

/// The transaction of one use case, with the scope as the transaction sees it.
#[derive(Debug)]
pub struct Write {
    /// The transaction.
    pub tx: Tx,
    /// Who asks, with the standing read in this transaction.
    pub scope: Scope,
    action: &'static str,
    digests: DigestKey,
    digest: String,
    request_id: String,
}

/// Runs `work` for the mutation named `action`.
///
/// # Errors
/// [`Failure::Refused`] with the reasons of the use case, [`RefusalCode::IdempotencyMismatch`] when
/// the key was used with another input, or the store's failure.
pub async fn run<I, F, Fut>(
    store: &Store,
    command: Command,
    action: &'static str,
    input: I,
    work: F,
) -> Result<Written, Failure>
where
    I: Serialize + Send + 'static,
    F: FnOnce(Write, I) -> Fut + Send + 'static,
    Fut: Future<Output = Result<(Write, Written), Failure>> + Send,
{
    check_key(command.idempotency_key.as_deref())?;
    let digests = store.digest_key().await?;
    let digest = digests.digest(&serde_json::to_vec(&input).map_err(unreadable)?);
    store
        .begin(move |tx| async move {
            let scope = tx.scope(command.scope.viewer().clone(), command.scope.now()).await?;
            let subject = digests.digest(subject_of(&scope).as_bytes());
            let write = Write { tx, scope, action, digests, digest, request_id: command.request_id };
            let Some(key) = command.idempotency_key else {
                return Ok(work(write, input).await?.1);
            };
            // Clients put names and addresses into their keys: what is kept is a digest of it.
            let key = digests.digest(key.as_bytes());
            let since = write.now() - REMEMBERED;
            let kept = write.tx.idempotency_record(&subject, action, &key, since).await?;
            if let Some(earlier) = kept.earlier {
                return replay(&earlier, &write.digest);
            }
            let (write, written) = work(write, input).await?;
            let record = IdempotencyRecord {
                subject_digest: subject,
                mutation: action,
                key,
                input_digest: write.digest,
                entity_ids: written.ids.clone(),
                at: write.scope.now(),
            };
            write.tx.remember(&record).await?;
            // Last: from here on nothing waits for another write.
            if kept.stale {
                write.tx.forget(since).await?;
            }
            Ok(written)
        })
        .await
}

/// Runs `work` that the service does for itself, in one transaction: no client repeats it, so there is no key and
/// no record of one. What it writes it audits.
///
/// # Errors
/// What `work` returns, or the store's failure.
pub(super) async fn run_job<I, T, E, F, Fut>(
    store: &Store,
    command: Command,
    action: &'static str,
    input: I,
    work: F,
) -> Result<T, E>
where
    I: Serialize + Send + 'static,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    F: FnOnce(Write, I) -> Fut + Send + 'static,
    Fut: Future<Output = Result<(Write, T), E>> + Send,
{
    let digests = store.digest_key().await?;
    let digest = digests.digest(&serde_json::to_vec(&input).map_err(unreadable)?);
    store
        .begin(move |tx| async move {
            let scope = tx.scope(command.scope.viewer().clone(), command.scope.now()).await?;
            let write = Write { tx, scope, action, digests, digest, request_id: command.request_id };
            Ok(work(write, input).await?.1)
        })
        .await
}

fn check_key(key: Option<&str>) -> Result<(), Refusal> {
    match key {
        Some(key) if !(1..=128).contains(&key.chars().count()) => {
            let rule = "An idempotency key has 1 to 128 characters.";
            Err(Refusal::new(RefusalCode::Invalid, "idempotencyKey", rule))
        }
        _ => Ok(()),
    }
}

fn replay(earlier: &(String, Vec<Uuid>), digest: &str) -> Result<Written, Failure> {
    if earlier.0 == digest {
        return Ok(Written { ids: earlier.1.clone() });
    }
    let rule = "This idempotency key was used with another input.";
    Err(Refusal::new(RefusalCode::IdempotencyMismatch, "idempotencyKey", rule).into())
}

/// Who asks, as digests tell them apart.
pub(super) fn subject_of(scope: &Scope) -> String {
    match (scope.viewer().identity(), scope.viewer().job()) {
        (Some(identity), _) => format!("{}\n{}", identity.issuer, identity.subject),
        (None, Some(job)) => format!("job\n{}", job.as_str()),
        (None, None) => String::new(),
    }
}

fn unreadable(error: serde_json::Error) -> StoreError {
    StoreError::Fault(format!("an input that cannot be digested: {error}"))
}

impl Write {
    /// A write that nobody repeats under a key. `digest` tells its input.
    pub(in crate::app) const fn without_key(
        tx: Tx,
        scope: Scope,
        action: &'static str,
        digests: DigestKey,
        digest: String,
        request_id: String,
    ) -> Self {
        Self { tx, scope, action, digests, digest, request_id }
    }

    /// The instant of the operation.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.scope.now()
    }

    /// Locks and raises every root of this write, and holds `expected` against the revision that
    /// `main` had. `field` is where CONFLICT is reported.
    ///
    /// # Errors
    /// CONFLICT with the current revision, NOT_FOUND when `main` does not exist, or the store's.
    pub async fn raise(
        &self,
        main: Root,
        others: impl IntoIterator<Item = Root>,
        expected: Option<Revision>,
    ) -> Result<Revisions, Failure> {
        let mut roots: BTreeSet<Root> = others.into_iter().collect();
        roots.insert(main);
        let raised = self.tx.raise(&roots).await?;
        seen(&raised, main, expected)?;
        Ok(raised)
    }

    /// Writes the audit event of this mutation for one object. Ids and keyed digests, never texts.
    ///
    /// # Errors
    /// The store's.
    pub async fn audit(&self, object: Root) -> Result<(), StoreError> {
        self.audit_each([object]).await
    }

    /// The same for each object that a mutation of many changed, in one statement.
    ///
    /// # Errors
    /// The store's.
    pub async fn audit_each(&self, objects: impl IntoIterator<Item = Root>) -> Result<(), StoreError> {
        let actor_digest = self.digests.digest(subject_of(&self.scope).as_bytes());
        let entry = |object| AuditEntry {
            id: ids::fresh_uuid(self.now()),
            actor_id: self.scope.person_id(),
            actor_digest: actor_digest.clone(),
            on_behalf_of: self.scope.standing().acts_for,
            action: self.action,
            object,
            input_digest: self.digest.clone(),
            request_id: self.request_id.clone(),
            at: self.now(),
        };
        let entries: Vec<AuditEntry> = objects.into_iter().map(entry).collect();
        self.tx.record_audit(&entries).await
    }
}

/// Holds the revision that a client has seen against the one `main` had before it was raised.
///
/// # Errors
/// CONFLICT with the current revision; NOT_FOUND when `main` does not exist.
pub(super) fn seen(raised: &Revisions, main: Root, expected: Option<Revision>) -> Result<(), Refusal> {
    current(raised.get(&main).ok_or_else(|| Refusal::not_found("id"))? - 1, expected)
}

/// The same of an object whose revision was read under its lock, and is not raised yet.
///
/// # Errors
/// CONFLICT with the current revision.
pub(super) fn current(current: Revision, expected: Option<Revision>) -> Result<(), Refusal> {
    if expected.is_none_or(|expected| expected == current) {
        return Ok(());
    }
    let message = format!("The object has moved on to revision {current}.");
    let mut refusal = Refusal::new(RefusalCode::Conflict, "expectedRevision", message);
    refusal.current_revision = Some(current);
    Err(refusal)
}
