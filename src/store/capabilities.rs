//! What is known of many people at once: their ratings that count and their interests, one row a person.
//!
//! A department has tens of thousands of ratings. As rows they would cost more to hand over than to weigh,
//! so the database packs those of a person into one JSON text, which is read and forgotten one by one.

use std::borrow::Cow;

use sea_orm::{DbBackend, QueryResult};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    domain::{
        assessments::{AssessmentSource, effective::Rating},
        capabilities::Known,
        ids::{PersonId, SkillAssessmentId, SkillId},
        levels::{Interest, Level},
        time::Timestamp,
    },
    store::{
        Snapshot, StoreError,
        ratings::{corrupt, party},
        sql::Sql,
    },
};

/// What an interest calls itself where ratings have their source.
const INTEREST: &str = "INTEREST";

/// A rating or an interest, as [`packed`] writes it. Of an interest the level is the interest, the
/// observation its beginning, and the id the skill it was said of.
#[derive(Deserialize)]
struct Said<'a>(
    Uuid,
    Uuid,
    #[serde(borrow)] Cow<'a, str>,
    #[serde(borrow)] Cow<'a, str>,
    i64,
    Timestamp,
    Timestamp,
    Option<Timestamp>,
);

impl Snapshot {
    /// Hands what is known of each of `people` in `skills` to `take`, in no order; who is not known of at
    /// all is left out. One statement.
    ///
    /// Of now it is the projection and the latest interests; with `as_of`, the ratings observed and the
    /// interests said by then, as step 1 of F1 has it.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn known_of(
        &self,
        people: &[PersonId],
        skills: &[SkillId],
        as_of: Option<Timestamp>,
        mut take: impl FnMut(Known) + Send,
    ) -> Result<(), StoreError> {
        let mut sql = self.sql("SELECT k.person_id, ");
        sql.push(packed(self.backend())).push(" FROM (");
        match as_of {
            None => {
                sql.push(
                    "SELECT person_id, skill_id, assessment_id AS id, source, party, level, observed_at, \
                     recorded_at, expires_at FROM current_level WHERE ",
                );
                within(&mut sql, "person_id", people).push(" AND ");
                among(&mut sql, "skill_id", skills);
            }
            Some(at) => past(&mut sql, people, skills, at),
        }
        interests(&mut sql, people, skills, as_of);
        sql.push(") k GROUP BY k.person_id");
        for row in self.rows(sql).await? {
            take(known(&row)?);
            // Thousands of people are weighed here: others get their turn, and a timeout its effect.
            tokio::task::consume_budget().await;
        }
        Ok(())
    }
}

/// The rows of a person as one JSON text.
fn packed(backend: DbBackend) -> &'static str {
    if backend == DbBackend::Postgres {
        "CAST(json_agg(json_build_array(k.skill_id, k.id, k.source, k.party, k.level, k.observed_at, \
         k.recorded_at, k.expires_at)) AS text)"
    } else {
        "json_group_array(json_array(hex(k.skill_id), hex(k.id), k.source, k.party, k.level, k.observed_at, \
         k.recorded_at, k.expires_at))"
    }
}

fn past(sql: &mut Sql, people: &[PersonId], skills: &[SkillId], at: Timestamp) {
    sql.push(
        "SELECT a.person_id, COALESCE(s.merged_into, s.id) AS skill_id, a.id, a.source, a.party, a.level, \
         a.observed_at, a.recorded_at, a.expires_at FROM skill_assessment a JOIN skill s ON s.id = a.skill_id \
         WHERE a.observed_at <= ",
    );
    sql.bind(at).push(" AND ");
    within(sql, "a.person_id", people).push(" AND ");
    among(sql, "COALESCE(s.merged_into, s.id)", skills);
    sql.push(
        " AND EXISTS (SELECT 1 FROM skill_assessment_status v WHERE v.assessment_id = a.id AND \
         v.status = 'VALIDATED') AND NOT EXISTS (SELECT 1 FROM skill_assessment_status v \
         WHERE v.assessment_id = a.id AND v.status IN ('REVOKED', 'REJECTED'))",
    );
}

/// The latest interest of each person in each canonical skill.
fn interests(sql: &mut Sql, people: &[PersonId], skills: &[SkillId], as_of: Option<Timestamp>) {
    sql.push(&format!(
        " UNION ALL SELECT i.person_id, i.canonical_id, i.skill_id, '{INTEREST}', '', i.interest, i.since, \
         i.since, NULL FROM (SELECT n.person_id, n.skill_id, n.interest, n.since, \
         COALESCE(s.merged_into, s.id) AS canonical_id, ROW_NUMBER() OVER (PARTITION BY n.person_id, \
         COALESCE(s.merged_into, s.id) ORDER BY n.since DESC, n.skill_id) AS place \
         FROM skill_interest n JOIN skill s ON s.id = n.skill_id WHERE "
    ));
    within(sql, "n.person_id", people).push(" AND ");
    among(sql, "COALESCE(s.merged_into, s.id)", skills);
    if let Some(at) = as_of {
        sql.push(" AND n.since <= ").bind(at);
    }
    sql.push(") i WHERE i.place = 1");
}

fn within<'s>(sql: &'s mut Sql, column: &str, people: &[PersonId]) -> &'s mut Sql {
    sql.one_of(column, people.iter().map(|id| id.uuid()))
}

fn among(sql: &mut Sql, column: &str, skills: &[SkillId]) {
    sql.one_of(column, skills.iter().map(|id| id.uuid()));
}

fn known(row: &QueryResult) -> Result<Known, StoreError> {
    let person_id = PersonId::from_uuid(row.try_get_by_index(0)?);
    let text: String = row.try_get_by_index(1)?;
    let said: Vec<Said<'_>> =
        serde_json::from_str(&text).map_err(|error| corrupt("level", &error.to_string()))?;
    let mut known = Known { person_id, ratings: Default::default(), interests: Vec::new() };
    for Said(skill, id, source, party_of, level, observed_at, recorded_at, expires_at) in said {
        let skill_id = SkillId::from_uuid(skill);
        if source == INTEREST {
            let interest = Interest::new(level).map_err(|error| corrupt("interest", &error.to_string()))?;
            known.interests.push((skill_id, interest));
            continue;
        }
        let source = AssessmentSource::parse(&source).ok_or_else(|| corrupt("source", &source))?;
        known.ratings.entry(skill_id).or_default().push(Rating {
            assessment_id: SkillAssessmentId::from_uuid(id),
            source,
            party: party(source, party_of.into_owned())?,
            level: Level::new(level).map_err(|error| corrupt("level", &error.to_string()))?,
            observed_at,
            recorded_at,
            expires_at,
        });
    }
    Ok(known)
}
