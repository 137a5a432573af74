//! Reading ratings for F1: from the current-level projection for now, from history for the past.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    domain::{
        assessments::{
            AssessmentSource,
            effective::{Party, Rating},
        },
        ids::{PersonId, SkillAssessmentId, SkillId},
        levels::Level,
        time::Timestamp,
    },
    store::{Reader, StoreError, sql::Sql},
};

/// A rating that counts, with the person and the canonical skill it counts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedRating {
    /// Whose.
    pub person_id: PersonId,
    /// In what, after merges.
    pub skill_id: SkillId,
    /// The rating.
    pub rating: Rating,
}

#[derive(FromQueryResult)]
pub(super) struct RatingRow {
    person_id: Uuid,
    skill_id: Uuid,
    assessment_id: Uuid,
    source: String,
    party: String,
    level: i32,
    observed_at: Timestamp,
    recorded_at: Timestamp,
    expires_at: Option<Timestamp>,
}

impl Reader {
    /// The ratings of `people` that may count now, ordered by person and skill: one range of the
    /// projection a person. With `skills`, only those.
    ///
    /// Takes people whom the caller has found within its Scope.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn current_ratings(
        &self,
        people: &[PersonId],
        skills: Option<&[SkillId]>,
    ) -> Result<Vec<PlacedRating>, StoreError> {
        let mut sql = self.sql(
            "SELECT person_id, skill_id, assessment_id, source, party, level, observed_at, recorded_at, \
             expires_at FROM current_level WHERE ",
        );
        narrow(&mut sql, people, skills, "person_id", "skill_id");
        sql.push(" ORDER BY person_id, skill_id, assessment_id");
        self.placed(sql).await
    }

    /// The ratings of `people` observed by `as_of` that count for the past: once VALIDATED, and
    /// neither REVOKED nor REJECTED since (step 1 of F1).
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn past_ratings(
        &self,
        people: &[PersonId],
        skills: Option<&[SkillId]>,
        as_of: Timestamp,
    ) -> Result<Vec<PlacedRating>, StoreError> {
        let mut sql = self.sql(
            "SELECT a.person_id, COALESCE(s.merged_into, s.id) AS skill_id, a.id AS assessment_id, a.source, \
             a.party, a.level, a.observed_at, a.recorded_at, a.expires_at FROM skill_assessment a \
             JOIN skill s ON s.id = a.skill_id WHERE a.observed_at <= ",
        );
        sql.bind(as_of).push(" AND ");
        narrow(&mut sql, people, skills, "a.person_id", "COALESCE(s.merged_into, s.id)");
        sql.push(
            " AND EXISTS (SELECT 1 FROM skill_assessment_status v WHERE v.assessment_id = a.id AND \
             v.status = 'VALIDATED') AND NOT EXISTS (SELECT 1 FROM skill_assessment_status v \
             WHERE v.assessment_id = a.id AND v.status IN ('REVOKED', 'REJECTED')) \
             ORDER BY 1, 2, 3",
        );
        self.placed(sql).await
    }

    async fn placed(&self, sql: Sql) -> Result<Vec<PlacedRating>, StoreError> {
        self.all::<RatingRow>(sql).await?.into_iter().map(RatingRow::placed).collect()
    }
}

fn narrow(sql: &mut Sql, people: &[PersonId], skills: Option<&[SkillId]>, person: &str, skill: &str) {
    sql.one_of(person, people.iter().map(|id| id.uuid()));
    if let Some(skills) = skills {
        sql.push(" AND ").one_of(skill, skills.iter().map(|id| id.uuid()));
    }
}

pub(super) fn corrupt(column: &str, value: &str) -> StoreError {
    StoreError::Corrupt(format!("skill_assessment.{column} {value}"))
}

impl RatingRow {
    pub(super) fn placed(self) -> Result<PlacedRating, StoreError> {
        let source = AssessmentSource::parse(&self.source).ok_or_else(|| corrupt("source", &self.source))?;
        let level = Level::new(self.level.into()).map_err(|error| corrupt("level", &error.to_string()))?;
        Ok(PlacedRating {
            person_id: PersonId::from_uuid(self.person_id),
            skill_id: SkillId::from_uuid(self.skill_id),
            rating: Rating {
                assessment_id: SkillAssessmentId::from_uuid(self.assessment_id),
                source,
                party: party(source, self.party)?,
                level,
                observed_at: self.observed_at,
                recorded_at: self.recorded_at,
                expires_at: self.expires_at,
            },
        })
    }
}

pub(super) fn party(source: AssessmentSource, stored: String) -> Result<Party, StoreError> {
    Ok(match source {
        AssessmentSource::Peer => {
            let assessor = Uuid::parse_str(&stored).map_err(|_| corrupt("party", &stored))?;
            Party::Assessor(PersonId::from_uuid(assessor))
        }
        AssessmentSource::Certificate => Party::Certificate(stored.into()),
        _ => Party::Sole,
    })
}
