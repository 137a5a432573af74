//! What hangs on versions and entries: skills, rubrics, reviews, leaks and relations. Each takes what its
//! caller has found within its Scope, and reads the lists of all of them in one statement.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    domain::{
        ids::{PersonId, QuestionId, QuestionVersionId, SkillId},
        questions::{
            LeakReport, QuestionRelation, QuestionRelationKind, QuestionReview, ReviewVerdict, SkillRole,
            content::{Anchor, Criterion, QuestionSkill, brought_together},
        },
        time::Timestamp,
    },
    store::{
        Reader, StoreError,
        rows::{grouped, known, level, uuids},
    },
};

type OfVersion<T> = Result<HashMap<QuestionVersionId, Vec<T>>, StoreError>;

#[derive(FromQueryResult)]
struct SkillRow {
    version_id: Uuid,
    skill_id: Uuid,
    level: i32,
    role: String,
    weight: i32,
}

#[derive(FromQueryResult)]
struct CriterionRow {
    version_id: Uuid,
    id: Uuid,
    key: String,
    title: String,
    prompt: String,
    skill_id: Uuid,
    weight: i32,
    required: bool,
    score: Option<i32>,
    behaviour: Option<String>,
}

#[derive(FromQueryResult)]
struct WriterRow {
    version_id: Uuid,
    person_id: Uuid,
}

#[derive(FromQueryResult)]
struct ReviewRow {
    version_id: Uuid,
    reviewer_id: Uuid,
    verdict: String,
    comments: String,
    at: Timestamp,
}

#[derive(FromQueryResult)]
struct LeakRow {
    version_id: Uuid,
    reporter_id: Option<Uuid>,
    source: String,
    at: Timestamp,
}

#[derive(FromQueryResult)]
struct RationaleRow {
    version_id: Uuid,
    weight_rationale: String,
}

#[derive(FromQueryResult)]
struct RelationRow {
    from_id: Uuid,
    to_id: Uuid,
    kind: String,
}

impl Reader {
    /// What each version shows, the most important first, by the skill each reads as today. Two that a merge
    /// brought together are one: their weights add up, and the stronger level and role stand.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn skills_of_question_versions(
        &self,
        versions: &[QuestionVersionId],
    ) -> OfVersion<QuestionSkill> {
        let mut sql = self.sql(
            "SELECT k.question_version_id AS version_id, COALESCE(s.merged_into, s.id) AS skill_id, k.level, \
             k.role, k.weight FROM question_version_skill k JOIN skill s ON s.id = k.skill_id WHERE ",
        );
        sql.one_of("k.question_version_id", uuids(versions)).push(" ORDER BY k.position, k.skill_id");
        let mut lists = grouped(self.all::<SkillRow>(sql).await?.into_iter().map(|row| {
            let shown = QuestionSkill {
                skill: SkillId::from_uuid(row.skill_id),
                level: level("question_version_skill.level", row.level)?,
                role: known("question_version_skill.role", &row.role, SkillRole::parse)?,
                weight: row.weight,
            };
            Ok((QuestionVersionId::from_uuid(row.version_id), shown))
        }))?;
        for list in lists.values_mut() {
            *list = brought_together(std::mem::take(list));
        }
        Ok(lists)
    }

    /// What is scored of each version, in the order asked, with its anchors.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn criteria_of(&self, versions: &[QuestionVersionId]) -> OfVersion<Criterion> {
        let mut sql = self.sql(
            "SELECT c.question_version_id AS version_id, c.id, c.key, c.title, c.prompt, \
             COALESCE(s.merged_into, s.id) AS skill_id, c.weight, c.required, a.score, a.behaviour \
             FROM rubric_criterion c JOIN skill s ON s.id = c.skill_id \
             LEFT JOIN rubric_anchor a ON a.criterion_id = c.id WHERE ",
        );
        sql.one_of("c.question_version_id", uuids(versions)).push(" ORDER BY c.position, c.id, a.score");
        let mut criteria: Vec<(Uuid, QuestionVersionId, Criterion)> = Vec::new();
        for row in self.all::<CriterionRow>(sql).await? {
            let anchor = row.score.zip(row.behaviour.clone());
            let anchor = anchor.map(|(score, behaviour)| Anchor { score, behaviour });
            match criteria.last_mut() {
                Some((id, _, last)) if *id == row.id => last.anchors.extend(anchor),
                _ => criteria.push(criterion(row, anchor)),
            }
        }
        grouped(criteria.into_iter().map(|(_, version, item)| Ok((version, item))))
    }

    /// Why the weights of each version's criteria differ; absent where they do not.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn weight_rationales_of(
        &self,
        versions: &[QuestionVersionId],
    ) -> Result<HashMap<QuestionVersionId, String>, StoreError> {
        let mut sql = self.sql(
            "SELECT v.id AS version_id, v.weight_rationale FROM question_version v \
             WHERE v.weight_rationale IS NOT NULL AND ",
        );
        sql.one_of("v.id", uuids(versions));
        let rows = self.all::<RationaleRow>(sql).await?.into_iter();
        Ok(rows.map(|row| (QuestionVersionId::from_uuid(row.version_id), row.weight_rationale)).collect())
    }

    /// Who wrote to each version, the first first; nobody to what was imported without a name.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn writers_of(&self, versions: &[QuestionVersionId]) -> OfVersion<PersonId> {
        let mut sql = self.sql(
            "SELECT w.question_version_id AS version_id, w.person_id FROM question_version_writer w WHERE ",
        );
        sql.one_of("w.question_version_id", uuids(versions)).push(" ORDER BY w.at, w.person_id");
        let rows = self.all::<WriterRow>(sql).await?.into_iter();
        grouped(rows.map(|row| {
            Ok((QuestionVersionId::from_uuid(row.version_id), PersonId::from_uuid(row.person_id)))
        }))
    }

    /// What was said of each version, the first verdict first.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn reviews_of(&self, versions: &[QuestionVersionId]) -> OfVersion<QuestionReview> {
        let mut sql = self.sql(
            "SELECT r.question_version_id AS version_id, r.reviewer_id, r.verdict, r.comments, r.at \
             FROM question_review r WHERE ",
        );
        sql.one_of("r.question_version_id", uuids(versions)).push(" ORDER BY r.at, r.id");
        grouped(self.all::<ReviewRow>(sql).await?.into_iter().map(|row| {
            let review = QuestionReview {
                reviewer_id: PersonId::from_uuid(row.reviewer_id),
                verdict: known("question_review.verdict", &row.verdict, ReviewVerdict::parse)?,
                comments: row.comments,
                at: row.at,
            };
            Ok((QuestionVersionId::from_uuid(row.version_id), review))
        }))
    }

    /// Where each version was seen outside, the first report first.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn leaks_of(&self, versions: &[QuestionVersionId]) -> OfVersion<LeakReport> {
        let mut sql = self.sql(
            "SELECT l.question_version_id AS version_id, l.reporter_id, l.source, l.at FROM leak_report l WHERE ",
        );
        sql.one_of("l.question_version_id", uuids(versions)).push(" ORDER BY l.at, l.id");
        grouped(self.all::<LeakRow>(sql).await?.into_iter().map(|row| {
            let reporter_id = row.reporter_id.map(PersonId::from_uuid);
            let report = LeakReport { reporter_id, source: row.source, at: row.at };
            Ok((QuestionVersionId::from_uuid(row.version_id), report))
        }))
    }

    /// What each entry is to others, on either side of the relation.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn relations_of_questions(
        &self,
        questions: &[QuestionId],
    ) -> Result<HashMap<QuestionId, Vec<QuestionRelation>>, StoreError> {
        let mut sql = self.sql("SELECT r.from_id, r.to_id, r.kind FROM question_relation r WHERE (");
        sql.one_of("r.from_id", uuids(questions)).push(" OR ").one_of("r.to_id", uuids(questions));
        sql.push(") ORDER BY r.kind, r.from_id, r.to_id");
        let mut lists: HashMap<QuestionId, Vec<QuestionRelation>> = HashMap::new();
        for row in self.all::<RelationRow>(sql).await? {
            let relation = QuestionRelation {
                from_id: QuestionId::from_uuid(row.from_id),
                kind: known("question_relation.kind", &row.kind, QuestionRelationKind::parse)?,
                to_id: QuestionId::from_uuid(row.to_id),
            };
            for end in [relation.from_id, relation.to_id].into_iter().filter(|end| questions.contains(end)) {
                lists.entry(end).or_default().push(relation);
            }
        }
        Ok(lists)
    }
}

fn criterion(row: CriterionRow, anchor: Option<Anchor>) -> (Uuid, QuestionVersionId, Criterion) {
    let item = Criterion {
        key: row.key,
        title: row.title,
        prompt: row.prompt,
        skill: SkillId::from_uuid(row.skill_id),
        weight: row.weight,
        required: row.required,
        anchors: anchor.into_iter().collect(),
    };
    (row.id, QuestionVersionId::from_uuid(row.version_id), item)
}
