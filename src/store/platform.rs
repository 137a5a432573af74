//! What every write leaves behind: audit events and idempotency records, as ids and keyed digests.

use sea_orm::{DbBackend, FromQueryResult};
use uuid::Uuid;

use crate::{
    domain::{ids::PersonId, revisions::Root, time::Timestamp},
    store::{Store, StoreError, Tx, entity::platform::audit_event},
};

/// One audit event.
#[derive(Debug, Clone)]
pub struct AuditEntry {
    /// Its id.
    pub id: Uuid,
    /// The linked person who acted.
    pub actor_id: Option<PersonId>,
    /// Keyed digest of the token's issuer and subject, or of the job.
    pub actor_digest: String,
    /// The person a SERVICE acted for.
    pub on_behalf_of: Option<PersonId>,
    /// The mutation's name.
    pub action: &'static str,
    /// What was written.
    pub object: Root,
    /// Keyed digest of the input.
    pub input_digest: String,
    /// The request's id.
    pub request_id: String,
    /// Record time.
    pub at: Timestamp,
}

/// What makes repeating a mutation safe for 24 hours.
#[derive(Debug, Clone)]
pub struct IdempotencyRecord {
    /// Keyed digest of who asked.
    pub subject_digest: String,
    /// The mutation's name.
    pub mutation: &'static str,
    /// The client's key.
    pub key: String,
    /// Keyed digest of the input.
    pub input_digest: String,
    /// The ids the payload showed.
    pub entity_ids: Vec<Uuid>,
    /// When.
    pub at: Timestamp,
}

/// The deployment's key for digests: equal inputs compare equal, and without the key nobody can
/// confirm a guess.
#[derive(Clone, Copy)]
pub struct DigestKey([u8; 32]);

impl DigestKey {
    /// The keyed digest of `bytes`.
    #[must_use]
    pub fn digest(&self, bytes: &[u8]) -> String {
        blake3::keyed_hash(&self.0, bytes).to_hex().to_string()
    }

    /// A secret of this deployment for another `purpose`, from which nobody gets back to the key.
    #[must_use]
    pub fn derive(&self, purpose: &'static str) -> [u8; 32] {
        blake3::derive_key(purpose, &self.0)
    }
}

impl std::fmt::Debug for DigestKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DigestKey(…)")
    }
}

#[derive(FromQueryResult)]
struct Setting {
    value: String,
}

#[derive(FromQueryResult)]
struct Remembered {
    input_digest: Option<String>,
    entity_ids: Option<String>,
    stale: bool,
}

/// What a key stands for.
#[derive(Debug)]
pub struct Kept {
    /// The input digest and the ids of its first use, if it was used.
    pub earlier: Option<(String, Vec<Uuid>)>,
    /// Whether records of any key are there that stand for nothing any more.
    pub stale: bool,
}

/// How many records without a meaning one write takes away: more than it adds, and not enough to be felt.
const FORGOTTEN_AT_ONCE: i64 = 20;

impl Store {
    /// The deployment's digest key, made by the database at first use and read once a process.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn digest_key(&self) -> Result<DigestKey, StoreError> {
        self.digest_key.get_or_try_init(|| self.read_digest_key()).await.copied()
    }

    async fn read_digest_key(&self) -> Result<DigestKey, StoreError> {
        let random = if self.is_postgres() {
            "replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')"
        } else {
            "lower(hex(randomblob(32)))"
        };
        let mut sql = self.sql("INSERT INTO setting (key, value) VALUES ('digest_key', ");
        sql.push(random).push(") ON CONFLICT (key) DO NOTHING");
        self.execute(sql).await?;
        let row: Option<Setting> =
            self.one(self.sql("SELECT value FROM setting WHERE key = 'digest_key'")).await?;
        let hash = row
            .and_then(|row| blake3::Hash::from_hex(row.value).ok())
            .ok_or_else(|| StoreError::Corrupt("setting digest_key".to_owned()))?;
        Ok(DigestKey(*hash.as_bytes()))
    }
}

impl Tx {
    /// What a use of `key` after `since` stored: its input digest and the ids it answered. Another request
    /// with the key waits until this transaction ends, and then finds what it stored. Also tells whether there is
    /// anything to [`Tx::forget`].
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn idempotency_record(
        &self,
        subject_digest: &str,
        mutation: &str,
        key: &str,
        since: Timestamp,
    ) -> Result<Kept, StoreError> {
        if self.backend() == DbBackend::Postgres {
            let mut sql = self.sql("SELECT pg_advisory_xact_lock(hashtextextended(");
            sql.bind(format!("{subject_digest} {mutation} {key}")).push(", 0))");
            self.execute(sql).await?;
        }
        let mut sql = self.sql(
            "SELECT r.input_digest, r.entity_ids, EXISTS (SELECT 1 FROM idempotency_record WHERE at <= ",
        );
        sql.bind(since).push(") AS stale FROM (SELECT 1 AS one) AS always LEFT JOIN idempotency_record AS r");
        sql.push(" ON r.subject_digest = ").bind(subject_digest).push(" AND r.mutation = ").bind(mutation);
        sql.push(" AND r.key = ").bind(key).push(" AND r.at > ").bind(since);
        let Some(row) = self.one::<Remembered>(sql).await? else {
            return Ok(Kept { earlier: None, stale: false });
        };
        let ids = |ids: String| {
            serde_json::from_str(&ids)
                .map_err(|error| StoreError::Corrupt(format!("idempotency_record.entity_ids: {error}")))
        };
        let earlier = row.input_digest.zip(row.entity_ids);
        let earlier = earlier.map(|(digest, text)| Ok::<_, StoreError>((digest, ids(text)?))).transpose()?;
        Ok(Kept { earlier, stale: row.stale })
    }

    /// Takes away a bounded number of records whose keys are as good as new since `since`. What another write holds
    /// is left to it: nobody waits here.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn forget(&self, since: Timestamp) -> Result<(), StoreError> {
        let mut sql = self.sql(
            "DELETE FROM idempotency_record WHERE (subject_digest, mutation, key) IN \
             (SELECT subject_digest, mutation, key FROM idempotency_record WHERE at <= ",
        );
        sql.bind(since).push(" ORDER BY at LIMIT ").bind(FORGOTTEN_AT_ONCE);
        if self.backend() == DbBackend::Postgres {
            sql.push(" FOR UPDATE SKIP LOCKED");
        }
        sql.push(")");
        self.execute(sql).await.map(drop)
    }

    /// Stores the answer to a key, in the transaction of the write it answers, in the place of one that
    /// is no longer remembered.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn remember(&self, record: &IdempotencyRecord) -> Result<(), StoreError> {
        let ids = serde_json::to_string(&record.entity_ids)
            .map_err(|error| StoreError::Fault(error.to_string()))?;
        let mut sql = self.sql(
            "INSERT INTO idempotency_record (subject_digest, mutation, key, input_digest, entity_ids, outcome, at) VALUES (",
        );
        sql.bind(record.subject_digest.as_str()).push(", ").bind(record.mutation).push(", ");
        sql.bind(record.key.as_str()).push(", ").bind(record.input_digest.as_str()).push(", ");
        sql.bind(ids).push(", 'DONE', ").bind(record.at).push(
            ") ON CONFLICT (subject_digest, mutation, key) DO UPDATE SET input_digest = excluded.input_digest, \
             entity_ids = excluded.entity_ids, outcome = excluded.outcome, at = excluded.at",
        );
        self.execute(sql).await.map(drop)
    }

    /// Stores audit events; none at all for none.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn record_audit(&self, entries: &[AuditEntry]) -> Result<(), StoreError> {
        self.insert(entries.iter().map(event)).await
    }
}

fn event(entry: &AuditEntry) -> audit_event::Model {
    audit_event::Model {
        id: entry.id,
        actor_digest: Some(entry.actor_digest.clone()),
        actor_id: entry.actor_id.map(PersonId::uuid),
        on_behalf_of: entry.on_behalf_of.map(PersonId::uuid),
        action: entry.action.to_owned(),
        aggregate: entry.object.aggregate.as_str().to_owned(),
        entity_id: entry.object.id,
        digest: Some(entry.input_digest.clone()),
        request_id: Some(entry.request_id.clone()),
        at: entry.at,
    }
}
