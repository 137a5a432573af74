//! Storing questions and their versions. Content is stored while its version is a draft; from then on the
//! database refuses to change it.

use std::collections::BTreeSet;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    domain::{
        ids::PersonId,
        questions::{
            Question, QuestionVersion, QuestionVersionStatus,
            content::{QuestionContent, Rubric},
            similarity::{Fingerprint, content_hash},
            words,
        },
        revisions::{Aggregate, Root},
        text::fold,
        time::Timestamp,
    },
    store::{
        StoreError, Tx,
        entity::questions::{
            question, question_fingerprint, question_tag, question_version, question_version_skill,
            question_version_writer, rubric_anchor, rubric_criterion,
        },
    },
};

#[derive(FromQueryResult)]
struct KeyRow {
    key: String,
}

/// An edition to store, with all that it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenVersion {
    /// The edition; its body is that of the content.
    pub version: QuestionVersion,
    /// What hangs on it.
    pub content: QuestionContent,
}

impl Tx {
    /// Stores new entries with their tags.
    ///
    /// # Errors
    /// [`StoreError`]; `question.key` when a key is taken.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_questions(&self, questions: &[Question]) -> Result<(), StoreError> {
        self.found(&questions.iter().map(|question| Root::of(Aggregate::Question, question.id)).collect())
            .await?;
        self.insert(questions.iter().map(entry)).await?;
        self.insert(questions.iter().flat_map(tags)).await
    }

    /// Those of these keys that entries have, whoever sees them.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn taken_question_keys(&self, keys: &[String]) -> Result<BTreeSet<String>, StoreError> {
        let mut sql = self.sql("SELECT q.key FROM question q WHERE ");
        sql.one_of_text("q.key", keys.iter().map(String::as_str));
        Ok(self.all::<KeyRow>(sql).await?.into_iter().map(|row| row.key).collect())
    }

    /// Begins the root of a new entry that is stored by [`Tx::insert_question_unless_taken`].
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn found_question(&self, question: &Question) -> Result<(), StoreError> {
        self.found(&BTreeSet::from([Root::of(Aggregate::Question, question.id)])).await
    }

    /// Stores a new entry with its tags unless its key is taken; tells whether it did. Whoever is about to
    /// take the key is waited for.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_question_unless_taken(&self, question: &Question) -> Result<bool, StoreError> {
        let stored = self.insert_unless_there(entry(question), "key").await?;
        if stored {
            self.insert(tags(question)).await?;
        }
        Ok(stored)
    }

    /// Changes what stands of an entry itself, its tags included.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn update_question(&self, question: &Question) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE question SET category = ");
        sql.bind(question.category.clone()).push(", category_key = ").bind(fold(&question.category));
        sql.push(", owner_id = ").bind(question.owner_id.map(PersonId::uuid));
        sql.push(", licence = ").bind(question.licence.clone());
        sql.push(", source_url = ").bind(question.source_url.clone());
        sql.push(" WHERE id = ").bind(question.id.uuid());
        self.execute(sql).await?;
        let mut sql = self.sql("DELETE FROM question_tag WHERE question_id = ");
        sql.bind(question.id.uuid());
        self.execute(sql).await?;
        self.insert(tags(question)).await
    }

    /// Stores versions as drafts, with all they hold; `fresh` gives ids to the criteria.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_question_versions(
        &self,
        versions: &[WrittenVersion],
        fresh: &mut (dyn FnMut() -> Uuid + Send),
    ) -> Result<(), StoreError> {
        self.insert(versions.iter().map(edition)).await?;
        self.insert(versions.iter().filter_map(first_writer)).await?;
        self.insert_question_content(versions, fresh).await
    }

    /// Puts another content in the place of a draft's; its author is one of its writers from `at` on.
    ///
    /// # Errors
    /// [`StoreError::Constraint`] when the version is no draft.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn rewrite_question_version(
        &self,
        written: &WrittenVersion,
        at: Timestamp,
        fresh: &mut (dyn FnMut() -> Uuid + Send),
    ) -> Result<(), StoreError> {
        let id = written.version.id.uuid();
        for (table, owner) in [
            (
                "rubric_anchor",
                "criterion_id IN (SELECT c.id FROM rubric_criterion c WHERE c.question_version_id = ",
            ),
            ("rubric_criterion", "(question_version_id = "),
            ("question_version_skill", "(question_version_id = "),
            ("question_fingerprint", "(question_version_id = "),
        ] {
            let mut sql = self.sql(&format!("DELETE FROM {table} WHERE {owner}"));
            sql.bind(id).push(")");
            self.execute(sql).await?;
        }
        self.update_body(written).await?;
        self.note_writer(written, at).await?;
        self.insert_question_content(std::slice::from_ref(written), fresh).await
    }

    /// Notes that the author of a version writes to it, unless that is known.
    async fn note_writer(&self, written: &WrittenVersion, at: Timestamp) -> Result<(), StoreError> {
        let Some(author) = written.version.author_id else { return Ok(()) };
        let mut sql =
            self.sql("INSERT INTO question_version_writer (question_version_id, person_id, at) VALUES (");
        sql.bind(written.version.id.uuid()).push(", ").bind(author.uuid()).push(", ").bind(at);
        sql.push(") ON CONFLICT (question_version_id, person_id) DO NOTHING");
        self.execute(sql).await.map(drop)
    }

    async fn update_body(&self, written: &WrittenVersion) -> Result<(), StoreError> {
        let row = edition(written);
        let mut sql = self.sql("UPDATE question_version SET author_id = ");
        sql.bind(row.author_id).push(", change_note = ").bind(row.change_note);
        sql.push(", kind = ").bind(row.kind).push(", difficulty = ").bind(row.difficulty);
        sql.push(", seniority_from = ")
            .bind(row.seniority_from)
            .push(", seniority_to = ")
            .bind(row.seniority_to);
        sql.push(", language = ").bind(row.language);
        sql.push(", expected_minutes = ").bind(row.expected_minutes);
        sql.push(", stem = ").bind(row.stem).push(", context = ").bind(row.context);
        sql.push(", follow_ups = ").bind(row.follow_ups);
        sql.push(", expected_signals = ").bind(row.expected_signals);
        sql.push(", red_flags = ").bind(row.red_flags);
        sql.push(", sample_answer = ").bind(row.sample_answer);
        sql.push(", weight_rationale = ").bind(row.weight_rationale);
        sql.push(", content_hash = ").bind(row.content_hash).push(", words = ").bind(row.words);
        sql.push(" WHERE id = ").bind(row.id);
        self.execute(sql).await.map(drop)
    }

    async fn insert_question_content(
        &self,
        versions: &[WrittenVersion],
        fresh: &mut (dyn FnMut() -> Uuid + Send),
    ) -> Result<(), StoreError> {
        self.insert(versions.iter().flat_map(shown)).await?;
        let (mut criteria, mut anchors) = (Vec::new(), Vec::new());
        for written in versions {
            for (position, criterion) in (0..).zip(&written.content.rubric.criteria) {
                let id = fresh();
                criteria.push(rubric_criterion::Model {
                    id,
                    question_version_id: written.version.id.uuid(),
                    position,
                    key: criterion.key.clone(),
                    title: criterion.title.clone(),
                    prompt: criterion.prompt.clone(),
                    skill_id: criterion.skill.uuid(),
                    weight: criterion.weight,
                    required: criterion.required,
                });
                anchors.extend(criterion.anchors.iter().map(|anchor| rubric_anchor::Model {
                    criterion_id: id,
                    score: anchor.score,
                    behaviour: anchor.behaviour.clone(),
                }));
            }
        }
        self.insert(criteria).await?;
        self.insert(anchors).await?;
        self.insert(versions.iter().flat_map(fingerprints)).await
    }
}

fn entry(question: &Question) -> question::Model {
    question::Model {
        id: question.id.uuid(),
        key: question.key.clone(),
        category: question.category.clone(),
        category_key: fold(&question.category),
        owner_id: question.owner_id.map(PersonId::uuid),
        licence: question.licence.clone(),
        source_url: question.source_url.clone(),
        created_at: question.created_at,
        latest_version_id: question.latest_version_id.uuid(),
        approved_version_id: None,
        asked_count: question.asked_count,
        last_used_at: question.last_used_at,
    }
}

fn tags(question: &Question) -> impl Iterator<Item = question_tag::Model> + '_ {
    let row = |tag: &String| question_tag::Model { question_id: question.id.uuid(), tag: tag.clone() };
    question.tags.iter().map(row)
}

fn edition(written: &WrittenVersion) -> question_version::Model {
    let (version, content) = (&written.version, &written.content);
    let body = &content.body;
    let list = |lines: &[String]| serde_json::to_string(lines).unwrap_or_default();
    question_version::Model {
        id: version.id.uuid(),
        question_id: version.question_id.uuid(),
        number: version.number,
        status: QuestionVersionStatus::Draft.as_str().to_owned(),
        author_id: version.author_id.map(PersonId::uuid),
        change_note: version.change_note.clone(),
        kind: body.kind.as_str().to_owned(),
        difficulty: body.difficulty,
        seniority_from: body.seniority_range.map(|range| range.from),
        seniority_to: body.seniority_range.map(|range| range.to),
        language: body.language.clone(),
        expected_minutes: body.expected_minutes,
        stem: body.stem.clone(),
        context: body.context.clone(),
        follow_ups: list(&body.follow_ups),
        expected_signals: list(&body.expected_signals),
        red_flags: list(&body.red_flags),
        sample_answer: body.sample_answer.clone(),
        weight_rationale: content.rubric.weight_rationale.clone(),
        content_hash: content_hash(&body.stem),
        words: searchable(content),
        created_at: version.created_at,
        approved_at: None,
        retired_at: None,
    }
}

/// Whoever begins a version is the first who writes to it.
fn first_writer(written: &WrittenVersion) -> Option<question_version_writer::Model> {
    let version = &written.version;
    let author = version.author_id?;
    Some(question_version_writer::Model {
        question_version_id: version.id.uuid(),
        person_id: author.uuid(),
        at: version.created_at,
    })
}

/// The words a version is found by: of everything an interviewer may read of it.
fn searchable(content: &QuestionContent) -> String {
    let body = &content.body;
    let Rubric { criteria, .. } = &content.rubric;
    let mut texts: Vec<&str> = vec![&body.stem];
    texts.extend(body.context.as_deref());
    texts.extend(body.sample_answer.as_deref());
    for lines in [&body.follow_ups, &body.expected_signals, &body.red_flags] {
        texts.extend(lines.iter().map(String::as_str));
    }
    texts.extend(criteria.iter().map(|criterion| criterion.title.as_str()));
    words::of(&texts.join(" ")).into_iter().collect::<Vec<_>>().join(" ")
}

fn shown(written: &WrittenVersion) -> impl Iterator<Item = question_version_skill::Model> + '_ {
    (0..).zip(&written.content.skills).map(|(position, skill)| question_version_skill::Model {
        question_version_id: written.version.id.uuid(),
        skill_id: skill.skill.uuid(),
        position,
        level: skill.level.value().into(),
        role: skill.role.as_str().to_owned(),
        weight: skill.weight,
    })
}

fn fingerprints(written: &WrittenVersion) -> Vec<question_fingerprint::Model> {
    let fingerprint = Fingerprint::of(&written.content.body.stem);
    let id = written.version.id.uuid();
    fingerprint
        .sketch()
        .map(|digest| question_fingerprint::Model { digest, question_version_id: id })
        .collect()
}
