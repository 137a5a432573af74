//! What a team skill matrix is made from: the roster with what each person holds, and the columns with
//! what role profiles require. Two statements, whatever the size of the team.

use sea_orm::{DbBackend, FromQueryResult};
use uuid::Uuid;

use crate::{
    domain::{
        choices::choices,
        ids::{RoleProfileId, RoleProfileVersionId, SkillId, TeamId},
        levels::Level,
        people::Person,
        skills::Skill,
        time::{Interval, Timestamp},
    },
    store::{
        Snapshot, StoreError,
        people::{PERSON_COLUMNS, PersonRow},
        skills::{SKILL_COLUMNS, SkillRow},
        sql::Sql,
    },
};

choices! {
    /// Whose members a matrix shows.
    TeamReach {
        /// Those of the team itself.
        Direct = "DIRECT",
        /// Those of the team and of every team below it.
        Subtree = "SUBTREE",
    }
}

impl TeamReach {
    /// Begins a statement with the teams it reaches from `team` at `at`: a table `tree` of `team_id`.
    pub(super) fn tree(self, sql: &mut Sql, team: TeamId, at: Timestamp) {
        sql.push("WITH RECURSIVE tree AS (SELECT id AS team_id FROM team WHERE id = ").bind(team.uuid());
        if self == Self::Subtree {
            sql.push(
                " UNION SELECT c.team_id FROM team_parent c JOIN tree ON c.parent_id = tree.team_id WHERE ",
            );
            sql.valid_at("c", at);
        }
        sql.push(") ");
    }
}

/// One team of the tree, with one stay of one person in it and one role profile they hold meanwhile.
#[derive(Debug, Clone)]
pub struct RosterRow {
    /// The team; every team of the tree appears, with or without members.
    pub team_id: TeamId,
    /// The stay; absent for a team without any.
    pub stay: Option<Stay>,
}

/// A stay in a team.
#[derive(Debug, Clone)]
pub struct Stay {
    /// Who.
    pub person: Person,
    /// While.
    pub valid: Interval,
    /// The share of their time that is the team's, 1–100.
    pub allocation_pct: i32,
    /// A role profile they hold; a person with several has a row for each.
    pub holding: Option<Held>,
}

/// A role profile somebody holds.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// The profile.
    pub role_profile_id: RoleProfileId,
    /// While.
    pub valid: Interval,
    /// The version published at the instant asked; `None` before the first.
    pub version_id: Option<RoleProfileVersionId>,
}

/// A skill that may be a column, with what one version requires of it.
#[derive(Debug, Clone)]
pub struct ColumnRow {
    /// The canonical skill.
    pub skill: Skill,
    /// The id it was asked for by: its own, or that of a skill merged into it.
    pub asked: Option<SkillId>,
    /// A version and the level it requires; absent for a skill that was only asked for.
    pub required: Option<(RoleProfileVersionId, Level)>,
}

#[derive(FromQueryResult)]
struct RosterColumns {
    team_id: Uuid,
    #[sea_orm(nested)]
    person: Option<PersonRow>,
    stay_from: Option<Timestamp>,
    stay_to: Option<Timestamp>,
    allocation_pct: Option<i32>,
    role_profile_id: Option<Uuid>,
    held_from: Option<Timestamp>,
    held_to: Option<Timestamp>,
    version_id: Option<Uuid>,
}

#[derive(FromQueryResult)]
struct ColumnColumns {
    #[sea_orm(nested)]
    skill: SkillRow,
    asked_id: Option<Uuid>,
    version_id: Option<Uuid>,
    required_level: Option<i32>,
}

/// Reads for everyone: only `views` takes a [`Snapshot`], remembers what it read and cuts it to the viewer.
impl Snapshot {
    /// The roster of `team` at `at`, by name. When `live`, stays and holdings that begin later are
    /// there too, for they bound how long the answer is fresh.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn roster(
        &self,
        team: TeamId,
        reach: TeamReach,
        at: Timestamp,
        live: bool,
    ) -> Result<Vec<RosterRow>, StoreError> {
        let mut sql = self.sql("");
        reach.tree(&mut sql, team, at);
        sql.push(&format!(
            "SELECT tree.team_id, {PERSON_COLUMNS}, m.valid_from AS stay_from, m.valid_to AS stay_to, m.allocation_pct, \
             h.role_profile_id, h.valid_from AS held_from, h.valid_to AS held_to, v.id AS version_id \
             FROM tree LEFT JOIN team_membership m ON m.team_id = tree.team_id AND "
        ));
        for (alias, rest) in [
            (
                "m",
                " LEFT JOIN person p ON p.id = m.person_id \
                 LEFT JOIN revision pr ON pr.aggregate = 'PERSON' AND pr.id = p.id \
                 LEFT JOIN person_role_profile h ON h.person_id = p.id AND ",
            ),
            (
                "h",
                " LEFT JOIN role_profile_version v ON v.role_profile_id = h.role_profile_id AND v.published_at <= ",
            ),
        ] {
            sql.push(&format!("({alias}.valid_to IS NULL OR {alias}.valid_to > ")).bind(at).push(")");
            if !live {
                sql.push(&format!(" AND {alias}.valid_from <= ")).bind(at);
            }
            sql.push(rest);
        }
        sql.bind(at).push(" AND (v.retired_at IS NULL OR v.retired_at > ").bind(at);
        sql.push(") ORDER BY p.display_name_key, p.id, m.valid_from");
        self.all::<RosterColumns>(sql).await?.into_iter().map(roster_row).collect()
    }

    /// The skills among `asked` and those that `versions` require, by category and then name. A merged
    /// skill is read as the one it was merged into.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn matrix_columns(
        &self,
        asked: &[SkillId],
        versions: &[RoleProfileVersionId],
    ) -> Result<Vec<ColumnRow>, StoreError> {
        let mut sql = self.sql(&by_category(self.backend()));
        sql.push(&format!(
            " SELECT {SKILL_COLUMNS}, w.asked_id, w.version_id, w.required_level FROM (\
             SELECT COALESCE(k.merged_into, k.id) AS id, NULL AS asked_id, q.role_profile_version_id AS version_id, \
             q.required_level FROM role_skill_requirement q JOIN skill k ON k.id = q.skill_id WHERE "
        ));
        sql.one_of("q.role_profile_version_id", versions.iter().map(|id| id.uuid()));
        sql.push(" UNION ALL SELECT COALESCE(k.merged_into, k.id), k.id, NULL, NULL FROM skill k WHERE ");
        sql.one_of("k.id", asked.iter().map(|id| id.uuid()));
        sql.push(
            ") w JOIN skill s ON s.id = w.id \
             JOIN revision sr ON sr.aggregate = 'SKILL' AND sr.id = s.id JOIN place ON place.id = s.category_id \
             WHERE s.status <> 'PROPOSED' ORDER BY place.path, s.name_key, s.id",
);
        self.all::<ColumnColumns>(sql).await?.into_iter().map(column_row).collect()
    }
}

/// `place`: each category with a path that sorts it, a category before those below it.
pub(super) fn by_category(backend: DbBackend) -> String {
    let bytewise = if backend == DbBackend::Postgres { " COLLATE \"C\"" } else { "" };
    let step = format!("(CAST(100000 + c.position AS text) || c.name_key){bytewise}");
    format!(
        "WITH RECURSIVE place AS (SELECT c.id, {step} AS path FROM skill_category c WHERE c.parent_id IS NULL \
         UNION ALL SELECT c.id, (place.path || '/' || {step}){bytewise} FROM skill_category c \
         JOIN place ON c.parent_id = place.id)"
    )
}

fn roster_row(row: RosterColumns) -> Result<RosterRow, StoreError> {
    let holding = row.role_profile_id.zip(row.held_from).map(|(profile, from)| Held {
        role_profile_id: RoleProfileId::from_uuid(profile),
        valid: Interval { from, to: row.held_to },
        version_id: row.version_id.map(RoleProfileVersionId::from_uuid),
    });
    let stay = match row.person.zip(row.stay_from) {
        Some((person, from)) => Some(Stay {
            person: person.person()?,
            valid: Interval { from, to: row.stay_to },
            allocation_pct: row.allocation_pct.unwrap_or_default(),
            holding,
        }),
        None => None,
    };
    Ok(RosterRow { team_id: TeamId::from_uuid(row.team_id), stay })
}

fn column_row(row: ColumnColumns) -> Result<ColumnRow, StoreError> {
    let level = row.required_level.map(|level| Level::new(level.into())).transpose();
    let level = level.map_err(|error| StoreError::Corrupt(format!("required_level: {error}")))?;
    let required = row.version_id.map(RoleProfileVersionId::from_uuid).zip(level);
    Ok(ColumnRow { skill: row.skill.skill()?, asked: row.asked_id.map(SkillId::from_uuid), required })
}
