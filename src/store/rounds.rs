//! Finding assessment rounds, which whoever sees the team sees, and what their progress follows from.

use std::collections::{BTreeSet, HashMap};

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        assessments::AssessmentSource,
        ids::{
            AssessmentRoundId, AssessmentRoundKind, PersonId, RoleProfileVersionId, SkillId, TeamId, TeamKind,
        },
        policy::reach::{self, Reach},
        rounds::{AssessmentRound, AssessmentRoundStatus, Done, RoundMember},
        skills::{Skill, SkillKind},
        time::Timestamp,
    },
    store::{
        Cursor, Page, PageRequest, Reader, SortKey, StoreError,
        paging::Keyset,
        people::{self, open_book},
        rows::{PageOf, grouped, known, uuids},
        skills::{SKILL_COLUMNS, SkillRow},
        sql::Sql,
    },
};

/// Which rounds a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct RoundFilter {
    /// In one of these states; any when empty.
    pub statuses: Vec<AssessmentRoundStatus>,
}

/// How a list of rounds is ordered: by when they are due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct RoundOrder {
    /// Latest first.
    pub descending: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    team_id: Uuid,
    name: String,
    opened_at: Timestamp,
    opened_by_id: Option<Uuid>,
    due_at: Timestamp,
    closed_at: Option<Timestamp>,
    closed_by_id: Option<Uuid>,
    revision: i64,
}

#[derive(FromQueryResult)]
struct RoundSkillRow {
    round_id: Uuid,
    #[sea_orm(nested)]
    skill: SkillRow,
}

#[derive(FromQueryResult)]
struct MemberRow {
    round_id: Uuid,
    person_id: Uuid,
    name_key: String,
    led: bool,
}

#[derive(FromQueryResult)]
struct DoneRow {
    round_id: Uuid,
    person_id: Uuid,
    skill_id: Uuid,
    source: String,
}

const COLUMNS: &str = "r.id, r.team_id, r.name, r.opened_at, r.opened_by_id, r.due_at, r.closed_at, \
     r.closed_by_id, v.value AS revision";

const TABLES: &str = " FROM assessment_round r JOIN revision v ON v.aggregate = 'ASSESSMENT_ROUND' \
     AND v.id = r.id WHERE ";

impl Reader {
    /// The rounds among `ids` that the viewer sees, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn rounds_by_id(
        &self,
        scope: &Scope,
        ids: &[AssessmentRoundId],
    ) -> Result<Vec<AssessmentRound>, StoreError> {
        let mut sql = self.sql(&format!("SELECT {COLUMNS}{TABLES}"));
        sql.one_of("r.id", uuids(ids));
        within(&mut sql, scope);
        Ok(self.all::<Row>(sql).await?.into_iter().map(round).collect())
    }

    /// A page of each team's rounds that the viewer sees.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn rounds_of_teams(
        &self,
        scope: &Scope,
        teams: &[TeamId],
        filter: &RoundFilter,
        order: RoundOrder,
        page: &PageRequest,
    ) -> Result<PageOf<TeamKind, AssessmentRound>, StoreError> {
        let keyset = Keyset { column: "r.due_at", id: "r.id", descending: order.descending };
        let mut sql = self.sql(&keyset.open_each(COLUMNS, "r.team_id", page));
        sql.push(TABLES).one_of("r.team_id", uuids(teams));
        within(&mut sql, scope);
        match filter.statuses[..] {
            [AssessmentRoundStatus::Open] => drop(sql.push(" AND r.closed_at IS NULL")),
            [AssessmentRoundStatus::Closed] => drop(sql.push(" AND r.closed_at IS NOT NULL")),
            _ => {}
        }
        keyset.close_each(&mut sql, page);
        let place = |row: &Row| Cursor { key: SortKey::Time(row.due_at), id: row.id };
        let lists = Page::each(self.all(sql).await?, page, |row: &Row| row.team_id, place);
        Ok(lists.into_iter().map(|(id, list)| (TeamId::from_uuid(id), list.map(round))).collect())
    }

    /// The skills that each round, found under the scope, asks about, as they read today, in the order given.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn skills_of_rounds(
        &self,
        rounds: &[AssessmentRoundId],
    ) -> Result<HashMap<AssessmentRoundId, Vec<Skill>>, StoreError> {
        let mut sql = self.sql(&format!(
            "SELECT c.round_id, {SKILL_COLUMNS} FROM (SELECT x.round_id, COALESCE(k.merged_into, k.id) AS id, \
             MIN(x.position) AS position FROM assessment_round_skill x JOIN skill k ON k.id = x.skill_id WHERE "
        ));
        sql.one_of("x.round_id", uuids(rounds));
        sql.push(
            " GROUP BY x.round_id, COALESCE(k.merged_into, k.id)) c JOIN skill s ON s.id = c.id \
             JOIN revision sr ON sr.aggregate = 'SKILL' AND sr.id = s.id ORDER BY c.position, s.id",
        );
        let rows = self.all::<RoundSkillRow>(sql).await?.into_iter();
        grouped(rows.map(|row| Ok((AssessmentRoundId::from_uuid(row.round_id), row.skill.skill()?))))
    }

    /// The skills that a version requires and a round can ask about, in the order written: those in use that
    /// somebody can have an opinion of. Takes a version that the viewer sees.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn rateable_skills_of(
        &self,
        version: RoleProfileVersionId,
    ) -> Result<Vec<SkillId>, StoreError> {
        let mut sql = self.sql(&format!(
            "SELECT {SKILL_COLUMNS} FROM role_skill_requirement q JOIN skill k ON k.id = q.skill_id \
             JOIN skill s ON s.id = COALESCE(k.merged_into, k.id) \
             JOIN revision sr ON sr.aggregate = 'SKILL' AND sr.id = s.id WHERE q.role_profile_version_id = "
        ));
        sql.bind(version.uuid()).push(" ORDER BY q.position, q.id");
        let mut skills = Vec::new();
        for row in self.all::<SkillRow>(sql).await? {
            let skill = row.skill()?;
            let asked = skill.status.can_be_assessed() && skill.kind != SkillKind::Certification;
            if asked && !skills.contains(&skill.id) {
                skills.push(skill.id);
            }
        }
        Ok(skills)
    }

    /// Whom each round, found under the scope, is about, by name: the members of its team now, or when it was
    /// closed, whose assessments are open to the viewer.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn members_of_rounds(
        &self,
        scope: &Scope,
        rounds: &[AssessmentRoundId],
    ) -> Result<HashMap<AssessmentRoundId, Vec<RoundMember>>, StoreError> {
        let mut sql =
            self.sql("WITH RECURSIVE above AS (SELECT r.id AS round_id, r.team_id, COALESCE(r.closed_at, ");
        sql.bind(scope.now()).push(") AS at FROM assessment_round r WHERE ").one_of("r.id", uuids(rounds));
        sql.push(
            " UNION SELECT above.round_id, t.parent_id, above.at FROM team_parent t \
             JOIN above ON above.team_id = t.team_id WHERE t.valid_from <= above.at \
             AND (t.valid_to IS NULL OR t.valid_to > above.at)) \
             SELECT DISTINCT r.id AS round_id, p.id AS person_id, p.display_name_key AS name_key, \
             EXISTS (SELECT 1 FROM above JOIN team_membership l ON l.team_id = above.team_id \
             WHERE above.round_id = r.id AND l.role = 'LEAD' AND l.person_id <> p.id \
             AND l.valid_from <= above.at AND (l.valid_to IS NULL OR l.valid_to > above.at)) AS led \
             FROM assessment_round r JOIN above o ON o.round_id = r.id AND o.team_id = r.team_id \
             JOIN team_membership n ON n.team_id = r.team_id AND n.valid_from <= o.at \
             AND (n.valid_to IS NULL OR n.valid_to > o.at) JOIN person p ON p.id = n.person_id WHERE p.status = 'ACTIVE'",
        );
        people::within(&mut sql, scope);
        open_book(&mut sql, scope);
        sql.push(" ORDER BY name_key, person_id");
        let rows = self.all::<MemberRow>(sql).await?.into_iter();
        grouped::<AssessmentRoundKind, _>(rows.map(|row| {
            let person_id = PersonId::from_uuid(row.person_id);
            let member = RoundMember { person_id, name_key: row.name_key, led: row.led };
            Ok((AssessmentRoundId::from_uuid(row.round_id), member))
        }))
    }

    /// What counts of the members of each round, found under the scope: SELF and MANAGER ratings observed
    /// while it was open, by the skill they read as today. Not cut to anybody's reach.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn done_in_rounds(
        &self,
        rounds: &[AssessmentRoundId],
    ) -> Result<HashMap<AssessmentRoundId, BTreeSet<Done>>, StoreError> {
        let mut sql = self.sql(
            "SELECT DISTINCT r.id AS round_id, a.person_id, COALESCE(s.merged_into, s.id) AS skill_id, a.source \
             FROM assessment_round r JOIN team_membership n ON n.team_id = r.team_id \
             JOIN skill_assessment a ON a.person_id = n.person_id AND a.observed_at >= r.opened_at \
             AND (r.closed_at IS NULL OR a.observed_at < r.closed_at) AND a.source IN ('SELF', 'MANAGER') \
             JOIN skill s ON s.id = a.skill_id WHERE ",
        );
        sql.one_of("r.id", uuids(rounds)).push(
            " AND EXISTS (SELECT 1 FROM skill_assessment_status t WHERE t.assessment_id = a.id \
             AND t.status = 'VALIDATED') AND NOT EXISTS (SELECT 1 FROM skill_assessment_status t \
             WHERE t.assessment_id = a.id AND t.status IN ('REVOKED', 'REJECTED'))",
        );
        let mut done: HashMap<AssessmentRoundId, BTreeSet<Done>> = HashMap::new();
        for row in self.all::<DoneRow>(sql).await? {
            let source = known("skill_assessment.source", &row.source, AssessmentSource::parse)?;
            let one = (PersonId::from_uuid(row.person_id), SkillId::from_uuid(row.skill_id), source);
            done.entry(AssessmentRoundId::from_uuid(row.round_id)).or_default().insert(one);
        }
        Ok(done)
    }
}

/// Leaves out the rounds, aliased `r`, of teams that the viewer does not see.
fn within(sql: &mut Sql, scope: &Scope) {
    if let Reach::Only(ids) = reach::teams(scope.claims(), scope.standing()) {
        sql.push(" AND ").one_of("r.team_id", ids.into_iter().map(TeamId::uuid));
    }
}

fn round(row: Row) -> AssessmentRound {
    AssessmentRound {
        id: AssessmentRoundId::from_uuid(row.id),
        team_id: TeamId::from_uuid(row.team_id),
        name: row.name,
        opened_at: row.opened_at,
        opened_by: row.opened_by_id.map(PersonId::from_uuid),
        due_at: row.due_at,
        closed_at: row.closed_at,
        closed_by: row.closed_by_id.map(PersonId::from_uuid),
        revision: row.revision,
    }
}
