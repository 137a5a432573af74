//! Finding entries of the question bank and their versions, within what the viewer sees.

use std::collections::HashMap;

use sea_orm::{DbBackend, FromQueryResult};
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::{PersonId, QuestionId, QuestionVersionId},
        policy::reach::{self, QuestionReach},
        questions::{
            Question, QuestionKind, QuestionVersion, QuestionVersionStatus,
            content::{QuestionBody, SeniorityRange},
        },
        time::Timestamp,
    },
    store::{
        Reader, StoreError,
        rows::{grouped, known, texts, uuids},
        sql::Sql,
    },
};

/// The columns of an entry `q` and its revision `qr`, as [`QuestionRow`] reads them.
pub(super) const QUESTION_COLUMNS: &str = "q.id AS entry_id, q.key AS entry_key, q.category, q.owner_id, \
     q.licence, q.source_url, q.created_at AS entered_at, q.latest_version_id, q.approved_version_id, \
     q.asked_count, q.last_used_at, qr.value AS entry_revision, \
     (SELECT string_agg(t.tag, ' ' ORDER BY t.tag) FROM question_tag t WHERE t.question_id = q.id) AS tags";

/// The joins that [`QUESTION_COLUMNS`] needs.
pub(super) const QUESTION_TABLES: &str =
    "question q JOIN revision qr ON qr.aggregate = 'QUESTION' AND qr.id = q.id";

/// The columns of a version `v`, as [`VersionRow`] reads them.
pub(super) const VERSION_COLUMNS: &str = "v.id AS version_id, v.question_id, v.number, v.status, v.author_id, \
     v.change_note, v.kind, v.difficulty, v.seniority_from, v.seniority_to, v.language, v.expected_minutes, \
     v.stem, v.context, v.follow_ups, v.expected_signals, v.red_flags, v.sample_answer, v.created_at, \
     v.approved_at, v.retired_at";

#[derive(FromQueryResult)]
pub(super) struct QuestionRow {
    pub(super) entry_id: Uuid,
    pub(super) entry_key: String,
    category: String,
    owner_id: Option<Uuid>,
    licence: Option<String>,
    source_url: Option<String>,
    pub(super) entered_at: Timestamp,
    latest_version_id: Uuid,
    approved_version_id: Option<Uuid>,
    pub(super) asked_count: i32,
    last_used_at: Option<Timestamp>,
    entry_revision: i64,
    tags: Option<String>,
}

impl QuestionRow {
    pub(super) fn question(self) -> Question {
        Question {
            id: QuestionId::from_uuid(self.entry_id),
            key: self.entry_key,
            category: self.category,
            tags: self.tags.unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
            owner_id: self.owner_id.map(PersonId::from_uuid),
            licence: self.licence,
            source_url: self.source_url,
            created_at: self.entered_at,
            latest_version_id: QuestionVersionId::from_uuid(self.latest_version_id),
            approved_version_id: self.approved_version_id.map(QuestionVersionId::from_uuid),
            asked_count: self.asked_count,
            last_used_at: self.last_used_at,
            revision: self.entry_revision,
        }
    }
}

#[derive(FromQueryResult)]
pub(super) struct VersionRow {
    pub(super) version_id: Uuid,
    pub(super) question_id: Uuid,
    pub(super) number: i32,
    status: String,
    author_id: Option<Uuid>,
    change_note: String,
    kind: String,
    difficulty: i32,
    seniority_from: Option<i32>,
    seniority_to: Option<i32>,
    language: String,
    expected_minutes: i32,
    stem: String,
    context: Option<String>,
    follow_ups: String,
    expected_signals: String,
    red_flags: String,
    sample_answer: Option<String>,
    created_at: Timestamp,
    approved_at: Option<Timestamp>,
    retired_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct BeforeRow {
    next_id: Uuid,
    #[sea_orm(nested)]
    version: VersionRow,
}

impl VersionRow {
    pub(super) fn version(self) -> Result<QuestionVersion, StoreError> {
        let range = self.seniority_from.zip(self.seniority_to);
        let body = QuestionBody {
            kind: known("question_version.kind", &self.kind, QuestionKind::parse)?,
            difficulty: self.difficulty,
            seniority_range: range.map(|(from, to)| SeniorityRange { from, to }),
            language: self.language,
            expected_minutes: self.expected_minutes,
            stem: self.stem,
            context: self.context,
            follow_ups: texts("question_version.follow_ups", &self.follow_ups)?,
            expected_signals: texts("question_version.expected_signals", &self.expected_signals)?,
            red_flags: texts("question_version.red_flags", &self.red_flags)?,
            sample_answer: self.sample_answer,
        };
        Ok(QuestionVersion {
            id: QuestionVersionId::from_uuid(self.version_id),
            question_id: QuestionId::from_uuid(self.question_id),
            number: self.number,
            status: known("question_version.status", &self.status, QuestionVersionStatus::parse)?,
            author_id: self.author_id.map(PersonId::from_uuid),
            change_note: self.change_note,
            body,
            created_at: self.created_at,
            approved_at: self.approved_at,
            retired_at: self.retired_at,
        })
    }
}

impl Reader {
    /// The entries among `ids` of which the viewer sees a version, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn questions_by_id(
        &self,
        scope: &Scope,
        ids: &[QuestionId],
    ) -> Result<Vec<Question>, StoreError> {
        let mut sql = self.questions();
        sql.one_of("q.id", uuids(ids));
        self.entries(scope, sql).await
    }

    /// The entry with this key, if the viewer sees a version of it.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn question_by_key(&self, scope: &Scope, key: &str) -> Result<Option<Question>, StoreError> {
        let mut sql = self.questions();
        sql.push("q.key = ").bind(key);
        Ok(self.entries(scope, sql).await?.pop())
    }

    /// The entries with these keys of which the viewer sees a version, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn questions_with_keys(
        &self,
        scope: &Scope,
        keys: &[String],
    ) -> Result<Vec<Question>, StoreError> {
        let mut sql = self.questions();
        sql.one_of_text("q.key", keys.iter().map(String::as_str));
        self.entries(scope, sql).await
    }

    /// The versions among `ids` that the viewer sees, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn question_versions_by_id(
        &self,
        scope: &Scope,
        ids: &[QuestionVersionId],
    ) -> Result<Vec<QuestionVersion>, StoreError> {
        let mut sql = self.sql(&format!("SELECT {VERSION_COLUMNS} FROM question_version v WHERE "));
        sql.one_of("v.id", uuids(ids)).push(" AND ");
        within(&mut sql, scope);
        self.all::<VersionRow>(sql).await?.into_iter().map(VersionRow::version).collect()
    }

    /// The version with the number before, of each of these versions that has one which the viewer sees.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn question_versions_before(
        &self,
        scope: &Scope,
        ids: &[QuestionVersionId],
    ) -> Result<HashMap<QuestionVersionId, Vec<QuestionVersion>>, StoreError> {
        let mut sql = self.sql(&format!(
            "SELECT n.id AS next_id, {VERSION_COLUMNS} FROM question_version n JOIN question_version v \
             ON v.question_id = n.question_id AND v.number = n.number - 1 WHERE "
        ));
        sql.one_of("n.id", uuids(ids)).push(" AND ");
        within(&mut sql, scope);
        grouped(
            self.all::<BeforeRow>(sql)
                .await?
                .into_iter()
                .map(|row| Ok((QuestionVersionId::from_uuid(row.next_id), row.version.version()?))),
        )
    }

    fn questions(&self) -> Sql {
        self.sql(&format!("SELECT {QUESTION_COLUMNS} FROM {QUESTION_TABLES} WHERE "))
    }

    async fn entries(&self, scope: &Scope, mut sql: Sql) -> Result<Vec<Question>, StoreError> {
        sql.push(" AND EXISTS (SELECT 1 FROM question_version v WHERE v.question_id = q.id AND ");
        within(&mut sql, scope);
        sql.push(")");
        Ok(self.all::<QuestionRow>(sql).await?.into_iter().map(QuestionRow::question).collect())
    }
}

/// The condition that the viewer sees the version `v`.
pub(super) fn within(sql: &mut Sql, scope: &Scope) {
    match reach::questions(scope.claims(), scope.standing()) {
        QuestionReach::All => sql.push("1 = 1"),
        QuestionReach::Nothing => sql.push("1 = 0"),
        QuestionReach::Asked { own } => {
            sql.push("(v.status = 'APPROVED' OR ");
            written_by(sql, own);
            sql.push(
                " OR EXISTS (SELECT 1 FROM question_set_item i JOIN question_set s ON s.id = i.question_set_id \
                 WHERE i.question_version_id = v.id AND (s.status = 'PUBLISHED' OR s.author_id = ",
            );
            sql.bind(own.map(PersonId::uuid)).push(")))")
        }
    };
}

/// The condition that this person wrote to the version `v`. Its author did, even where a server that knows no
/// writers stored it.
pub(super) fn written_by(sql: &mut Sql, person: Option<PersonId>) {
    let person = person.map(PersonId::uuid);
    sql.push("(v.author_id = ").bind(person);
    sql.push(" OR v.id IN (SELECT w.question_version_id FROM question_version_writer w WHERE w.person_id = ");
    sql.bind(person).push("))");
}

/// The condition that the version `v` has words that begin so; see `domain::questions::words`.
pub(super) fn has_words(sql: &mut Sql, backend: DbBackend, words: &[String]) {
    // The words are letters, digits and `_`: neither query language reads anything into them.
    if backend == DbBackend::Postgres {
        let query = words.iter().map(|word| format!("'{word}':*")).collect::<Vec<_>>().join(" & ");
        sql.push("array_to_tsvector(string_to_array(v.words, ' ')) @@ CAST(")
            .bind(query)
            .push(" AS tsquery)");
    } else {
        let query = words.iter().map(|word| format!("\"{word}\"*")).collect::<Vec<_>>().join(" AND ");
        sql.push(
            "v.id IN (SELECT p.question_version_id FROM question_search f \
             JOIN question_search_place p ON p.place = f.rowid WHERE f.words MATCH ",
        );
        sql.bind(query).push(")");
    }
}
