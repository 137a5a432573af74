//! Finding assessments and interests, as far as the viewer sees them.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        assessments::{AssessmentSource, AssessmentStatus, SkillAssessment, SkillInterest},
        ids::{PersonId, PersonKind, SkillAssessmentId, SkillId, TeamId},
        levels::{Confidence, Interest},
        policy::reach::{self, AssessmentReach},
        time::Timestamp,
    },
    store::{
        Cursor, Page, PageRequest, Reader, SortKey, StoreError,
        paging::Keyset,
        people_lists::in_a_team,
        rows::{PageOf, grouped, known, level, texts, uuids},
        sql::Sql,
    },
};

/// Which assessments a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct AssessmentFilter {
    /// Of one of these skills, or of one merged into it; any when absent.
    pub skill_ids: Option<Vec<SkillId>>,
    /// From one of these sources; any when empty.
    pub sources: Vec<AssessmentSource>,
    /// In one of these states; any when empty.
    pub statuses: Vec<AssessmentStatus>,
    /// Observed at this instant or later.
    pub from: Option<Timestamp>,
    /// Observed before this instant.
    pub to: Option<Timestamp>,
}

/// How a list of assessments is ordered: by when the level was observed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct AssessmentOrder {
    /// Newest first.
    pub descending: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    person_id: Uuid,
    skill_id: Uuid,
    level: i32,
    confidence: Option<String>,
    source: String,
    assessor_id: Option<Uuid>,
    certificate: Option<String>,
    observed_at: Timestamp,
    recorded_at: Timestamp,
    expires_at: Option<Timestamp>,
    evidence: String,
    note: Option<String>,
    response: Option<String>,
    status: String,
}

#[derive(FromQueryResult)]
struct PlacedRow {
    #[sea_orm(nested)]
    row: Row,
    canonical_id: Uuid,
}

#[derive(FromQueryResult)]
struct InterestRow {
    person_id: Uuid,
    skill_id: Uuid,
    interest: i32,
    since: Timestamp,
}

const COLUMNS: &str = "a.id, a.person_id, a.skill_id, a.level, a.confidence, a.source, a.assessor_id, \
     a.certificate, a.observed_at, a.recorded_at, a.expires_at, a.evidence, n.note, \
     (SELECT w.text FROM skill_assessment_response w WHERE w.assessment_id = a.id \
     ORDER BY w.at DESC, w.id DESC LIMIT 1) AS response, t.status";

const TABLES: &str = " FROM skill_assessment a JOIN skill s ON s.id = a.skill_id \
     JOIN skill_assessment_status t ON t.assessment_id = a.id AND t.seq = (SELECT MAX(l.seq) \
     FROM skill_assessment_status l WHERE l.assessment_id = a.id) \
     LEFT JOIN skill_assessment_note n ON n.assessment_id = a.id WHERE ";

impl Reader {
    /// The assessments among `ids` that the viewer sees, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn assessments_by_id(
        &self,
        scope: &Scope,
        ids: &[SkillAssessmentId],
    ) -> Result<Vec<SkillAssessment>, StoreError> {
        let mut sql = self.sql("SELECT ");
        sql.push(COLUMNS).push(TABLES).one_of("a.id", uuids(ids));
        within(&mut sql, scope);
        self.all::<Row>(sql).await?.into_iter().map(assessment).collect()
    }

    /// A page of each person's assessments that the viewer sees.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn assessments_of_people(
        &self,
        scope: &Scope,
        people: &[PersonId],
        filter: &AssessmentFilter,
        order: AssessmentOrder,
        page: &PageRequest,
    ) -> Result<PageOf<PersonKind, SkillAssessment>, StoreError> {
        let keyset = Keyset { column: "a.observed_at", id: "a.id", descending: order.descending };
        let mut sql = self.sql(&keyset.open_each(COLUMNS, "a.person_id", page));
        sql.push(TABLES).one_of("a.person_id", uuids(people));
        within(&mut sql, scope);
        narrow(&mut sql, filter);
        keyset.close_each(&mut sql, page);
        let place = |row: &Row| Cursor { key: SortKey::Time(row.observed_at), id: row.id };
        let lists = Page::each(self.all(sql).await?, page, |row: &Row| row.person_id, place);
        lists.into_iter().map(|(id, list)| Ok((PersonId::from_uuid(id), list.try_map(assessment)?))).collect()
    }

    /// The latest assessments of each of `people` in each of `skills`, by the skill they read as today:
    /// observed by `at`, at most `most` a person and skill, the newest first, as far as the viewer sees them.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn histories_of(
        &self,
        scope: &Scope,
        people: &[PersonId],
        skills: &[SkillId],
        at: Timestamp,
        most: u32,
    ) -> Result<HashMap<(PersonId, SkillId), Vec<SkillAssessment>>, StoreError> {
        let keyset = Keyset { column: "a.observed_at", id: "a.id", descending: true };
        let cell = "a.person_id, COALESCE(s.merged_into, s.id)";
        let columns = format!("{COLUMNS}, COALESCE(s.merged_into, s.id) AS canonical_id");
        let page = PageRequest::first(most);
        let mut sql = self.sql(&keyset.open_each(&columns, cell, &page));
        sql.push(TABLES).one_of("a.person_id", uuids(people)).push(" AND a.observed_at <= ").bind(at);
        sql.push(" AND ").one_of("COALESCE(s.merged_into, s.id)", uuids(skills));
        within(&mut sql, scope);
        keyset.close_each(&mut sql, &page);
        let mut histories: HashMap<_, Vec<SkillAssessment>> = HashMap::new();
        for row in self.all::<PlacedRow>(sql).await? {
            let cell = (PersonId::from_uuid(row.row.person_id), SkillId::from_uuid(row.canonical_id));
            let history = histories.entry(cell).or_default();
            if history.len() < most as usize {
                history.push(assessment(row.row)?);
            }
        }
        Ok(histories)
    }

    /// What interests each of `people` now, by the skill it reads as today. Of two that a merge brought
    /// together the later one holds. Takes people whose assessments the viewer sees.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn interests_of(
        &self,
        people: &[PersonId],
    ) -> Result<HashMap<PersonId, Vec<SkillInterest>>, StoreError> {
        let mut sql = self.sql(
            "SELECT person_id, skill_id, interest, since FROM (SELECT i.person_id, \
             COALESCE(s.merged_into, s.id) AS skill_id, i.interest, i.since, s.name_key, ROW_NUMBER() OVER \
             (PARTITION BY i.person_id, COALESCE(s.merged_into, s.id) ORDER BY i.since DESC, i.skill_id) AS place \
             FROM skill_interest i JOIN skill s ON s.id = i.skill_id WHERE ",
        );
        sql.one_of("i.person_id", uuids(people)).push(") latest WHERE place = 1 ORDER BY name_key, skill_id");
        grouped(self.all::<InterestRow>(sql).await?.into_iter().map(interest))
    }
}

/// Opens an alternative for assessments of active people only: nobody leads who left, or looks after
/// what they were said to know.
const ABOUT_ACTIVE: &str =
    " OR (EXISTS (SELECT 1 FROM person q WHERE q.id = a.person_id AND q.status = 'ACTIVE') AND ";

/// Leaves out the assessments, aliased `a` of the skill `s`, that the viewer does not see.
fn within(sql: &mut Sql, scope: &Scope) {
    let AssessmentReach::Near { own, led, owned } = reach::assessments(scope.claims(), scope.standing())
    else {
        return;
    };
    sql.push(" AND (1 = 0");
    if let Some(own) = own.map(PersonId::uuid) {
        sql.push(" OR a.person_id = ").bind(own);
        sql.push(" OR (a.source IN ('PEER', 'MANAGER') AND a.assessor_id = ").bind(own).push(")");
    }
    if !led.is_empty() {
        sql.push(ABOUT_ACTIVE);
        in_a_team(sql, scope, "a.person_id", led.into_iter().map(TeamId::uuid));
        sql.push(")");
    }
    if !owned.is_empty() {
        sql.push(ABOUT_ACTIVE).push("a.source IN ('PEER', 'CERTIFICATE') AND ");
        sql.one_of("COALESCE(s.merged_into, s.id)", owned.into_iter().map(SkillId::uuid)).push(")");
    }
    sql.push(")");
}

fn narrow(sql: &mut Sql, filter: &AssessmentFilter) {
    if let Some(skills) = &filter.skill_ids {
        sql.push(
            " AND COALESCE(s.merged_into, s.id) IN (SELECT COALESCE(x.merged_into, x.id) FROM skill x WHERE ",
        );
        sql.one_of("x.id", uuids(skills)).push(")");
    }
    if !filter.sources.is_empty() {
        sql.push(" AND ").one_of_text("a.source", filter.sources.iter().map(|source| source.as_str()));
    }
    if !filter.statuses.is_empty() {
        sql.push(" AND ").one_of_text("t.status", filter.statuses.iter().map(|status| status.as_str()));
    }
    if let Some(from) = filter.from {
        sql.push(" AND a.observed_at >= ").bind(from);
    }
    if let Some(to) = filter.to {
        sql.push(" AND a.observed_at < ").bind(to);
    }
}

fn assessment(row: Row) -> Result<SkillAssessment, StoreError> {
    let confidence = row.confidence.as_deref();
    Ok(SkillAssessment {
        id: SkillAssessmentId::from_uuid(row.id),
        person_id: PersonId::from_uuid(row.person_id),
        skill_id: SkillId::from_uuid(row.skill_id),
        level: level("skill_assessment.level", row.level)?,
        confidence: confidence
            .map(|text| known("skill_assessment.confidence", text, Confidence::parse))
            .transpose()?,
        source: known("skill_assessment.source", &row.source, AssessmentSource::parse)?,
        assessor_id: row.assessor_id.map(PersonId::from_uuid),
        certificate: row.certificate,
        observed_at: row.observed_at,
        recorded_at: row.recorded_at,
        expires_at: row.expires_at,
        evidence: texts("skill_assessment.evidence", &row.evidence)?,
        note: row.note,
        response: row.response,
        status: known("skill_assessment_status.status", &row.status, AssessmentStatus::parse)?,
    })
}

fn interest(row: InterestRow) -> Result<(PersonId, SkillInterest), StoreError> {
    let person_id = PersonId::from_uuid(row.person_id);
    let value = Interest::new(row.interest.into())
        .map_err(|error| StoreError::Corrupt(format!("skill_interest.interest {error}")))?;
    let interest = SkillInterest {
        person_id,
        skill_id: SkillId::from_uuid(row.skill_id),
        interest: value,
        since: row.since,
    };
    Ok((person_id, interest))
}
