//! The current-level projection: rebuilt from history, in the transaction that changes the history, and
//! never a truth of its own.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    domain::{
        assessments::{
            AssessmentStatus, SkillAssessment,
            projection::{HistoryRow, project},
        },
        ids::{PersonId, SkillId},
    },
    store::{
        Reader, StoreError, Tx,
        entity::ratings::current_level,
        ratings::{RatingRow, corrupt},
        sql::Sql,
    },
};

/// What a rebuild is narrowed to.
#[derive(Debug, Clone, Copy)]
pub enum Rebuild<'a> {
    /// These people, each in this canonical skill.
    Cells(&'a [(PersonId, SkillId)]),
    /// Everyone, in these canonical skills: after a merge or its undoing.
    Skills(&'a [SkillId]),
    /// Everything.
    All,
}

/// A row of the history with its confidence.
type Kept = (HistoryRow, Option<String>);

/// A row of the history with where it counts.
type Placed = (PersonId, SkillId, HistoryRow, Option<String>);

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    rating: RatingRow,
    recorded_skill_id: Uuid,
    status: String,
    confidence: Option<String>,
}

/// Assessments, by where those that count were recorded.
pub(super) const RECORDED: &str =
    "recorded r JOIN skill_assessment a ON a.person_id = r.person_id AND a.skill_id = r.skill_id";

fn uuids(cells: &[(PersonId, SkillId)]) -> impl Iterator<Item = (Uuid, Uuid)> {
    cells.iter().map(|(person, skill)| (person.uuid(), skill.uuid()))
}

impl Sql {
    /// Begins a statement that reads `recorded r`: where assessments that count in one of these cells today were
    /// recorded. Each is looked up by itself: people times skills would be far more.
    pub(super) fn with_recorded(&mut self, cells: &[(PersonId, SkillId)]) -> &mut Self {
        self.push("WITH cell (person_id, skill_id) AS (").pairs(uuids(cells));
        self.push(
            "), recorded (person_id, skill_id) AS (SELECT person_id, skill_id FROM cell UNION \
             SELECT c.person_id, s.id FROM cell c JOIN skill s ON s.merged_into = c.skill_id) ",
        )
    }

    /// `a`, an assessment, was recorded in one of these cells.
    pub(super) fn recorded_as(&mut self, cells: &[(PersonId, SkillId)]) -> &mut Self {
        self.push("(a.person_id, a.skill_id) IN (").pairs(uuids(cells)).push(")")
    }
}

impl Reader {
    /// The projection as the history says it should be, ordered by its key: what a test compares with
    /// what is stored.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn projected(&self, part: Rebuild<'_>) -> Result<Vec<current_level::Model>, StoreError> {
        Ok(kept(self.history(part).await?))
    }

    async fn history(&self, part: Rebuild<'_>) -> Result<Vec<Placed>, StoreError> {
        let mut sql = self.sql("");
        if let Rebuild::Cells(cells) = part {
            sql.with_recorded(cells);
        }
        sql.push(
            "SELECT a.person_id, COALESCE(s.merged_into, s.id) AS skill_id, a.id AS assessment_id, a.source, \
             a.party, a.level, a.observed_at, a.recorded_at, a.expires_at, a.skill_id AS recorded_skill_id, \
             a.confidence, v.status FROM ",
        );
        sql.push(match part {
            Rebuild::Cells(_) => RECORDED,
            Rebuild::Skills(_) | Rebuild::All => "skill_assessment a",
        });
        sql.push(
            " JOIN skill s ON s.id = a.skill_id \
             JOIN skill_assessment_status v ON v.assessment_id = a.id AND v.seq = (\
             SELECT MAX(w.seq) FROM skill_assessment_status w WHERE w.assessment_id = a.id) WHERE 1 = 1",
        );
        if let Rebuild::Skills(skills) = part {
            sql.push(" AND a.skill_id IN (SELECT id FROM skill WHERE ");
            sql.one_of("id", skills.iter().map(|id| id.uuid())).push(" OR ");
            sql.one_of("merged_into", skills.iter().map(|id| id.uuid())).push(")");
        }
        sql.push(" ORDER BY a.person_id, 2, a.id");
        self.all::<Row>(sql).await?.into_iter().map(placed).collect()
    }
}

impl Tx {
    /// Makes the projection say what the history says, for `part` of it.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn rebuild_current_levels(&self, part: Rebuild<'_>) -> Result<(), StoreError> {
        let rows = self.projected(part).await?;
        let mut sql = self.sql("DELETE FROM current_level WHERE 1 = 1");
        if let Rebuild::Cells(cells) = part {
            sql.push(" AND (person_id, skill_id) IN (").pairs(uuids(cells)).push(")");
        }
        if let Rebuild::Skills(skills) = part {
            // A merge moves rows between cells, so both ends of each redirect are emptied.
            sql.push(" AND (").one_of("skill_id", skills.iter().map(|id| id.uuid()));
            sql.push(" OR recorded_skill_id IN (SELECT id FROM skill WHERE ");
            sql.one_of("merged_into", skills.iter().map(|id| id.uuid())).push(" OR ");
            sql.one_of("id", skills.iter().map(|id| id.uuid())).push("))");
        }
        self.execute(sql).await?;
        self.insert(rows).await
    }

    /// Stores the projection of new people of whom `assessments` are all there is, in skills of which none
    /// was merged: what a rebuild would make of them, without reading them back.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn project_new_people(&self, assessments: &[&SkillAssessment]) -> Result<(), StoreError> {
        self.insert(kept(assessments.iter().map(|rated| unmerged(rated)))).await
    }
}

/// What the projection keeps of whole cells, ordered by its key.
fn kept(history: impl IntoIterator<Item = Placed>) -> Vec<current_level::Model> {
    let mut cells: BTreeMap<(PersonId, SkillId), Vec<Kept>> = BTreeMap::new();
    for (person, skill, row, confidence) in history {
        cells.entry((person, skill)).or_default().push((row, confidence));
    }
    let mut rows = Vec::new();
    for ((person, skill), placed) in cells {
        let history: Vec<HistoryRow> = placed.iter().map(|(row, _)| row.clone()).collect();
        for kept in project(&history) {
            let confidence = placed.iter().find(|(row, _)| row == kept).and_then(|(_, c)| c.clone());
            rows.push(stored(person, skill, kept, confidence));
        }
    }
    rows
}

fn unmerged(rated: &SkillAssessment) -> Placed {
    let history =
        HistoryRow { rating: rated.rating(), recorded_skill_id: rated.skill_id, status: rated.status };
    (rated.person_id, rated.skill_id, history, rated.confidence.map(|known| known.as_str().to_owned()))
}

fn placed(row: Row) -> Result<Placed, StoreError> {
    let status = AssessmentStatus::parse(&row.status).ok_or_else(|| corrupt("status", &row.status))?;
    let recorded_skill_id = SkillId::from_uuid(row.recorded_skill_id);
    let placed = row.rating.placed()?;
    let history = HistoryRow { rating: placed.rating, recorded_skill_id, status };
    Ok((placed.person_id, placed.skill_id, history, row.confidence))
}

fn stored(
    person: PersonId,
    skill: SkillId,
    row: &HistoryRow,
    confidence: Option<String>,
) -> current_level::Model {
    current_level::Model {
        person_id: person.uuid(),
        skill_id: skill.uuid(),
        assessment_id: row.rating.assessment_id.uuid(),
        recorded_skill_id: row.recorded_skill_id.uuid(),
        source: row.rating.source.as_str().to_owned(),
        party: row.rating.party.stored(),
        level: row.rating.level.value().into(),
        confidence,
        observed_at: row.rating.observed_at,
        recorded_at: row.rating.recorded_at,
        expires_at: row.rating.expires_at,
        validated: row.status == AssessmentStatus::Validated,
    }
}
