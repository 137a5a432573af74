//! What a team is measured against: skills that are asked for, that role profiles require, or that the team
//! has as targets, by category and then name. One statement.

use std::collections::BTreeMap;

use sea_orm::{DbBackend, FromQueryResult};
use uuid::Uuid;

use crate::{
    domain::{
        coverage::Target,
        ids::{RoleProfileVersionId, SkillId, TeamId},
        profiles::{Importance, RoleSkillRequirement},
        skills::Skill,
    },
    store::{
        Snapshot, StoreError,
        matrix::by_category,
        profile_content::keep_the_stronger,
        rows::{known, level},
        skills::{SKILL_COLUMNS, SkillRow},
    },
};

/// What a team is measured against, each skill as it reads today.
#[derive(Debug, Clone, Default)]
pub struct Yardstick {
    /// The skills of all the rest, each once.
    pub skills: Vec<Skill>,
    /// What each id that was asked for reads as.
    pub asked: BTreeMap<SkillId, SkillId>,
    /// What each version requires; of two requirements that a merge brought together the stronger.
    pub required: BTreeMap<RoleProfileVersionId, Vec<RoleSkillRequirement>>,
    /// The team's targets; of two that a merge brought together each part is the stronger.
    pub targets: Vec<Target>,
}

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    skill: SkillRow,
    asked_id: Option<Uuid>,
    version_id: Option<Uuid>,
    level: Option<i32>,
    importance: Option<String>,
    weight: Option<i32>,
    head_count: Option<i32>,
}

impl Snapshot {
    /// The skills among `asked`, those that `versions` require and the targets of `team`. Proposals are
    /// left out.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn yardstick(
        &self,
        asked: &[SkillId],
        versions: &[RoleProfileVersionId],
        team: Option<TeamId>,
    ) -> Result<Yardstick, StoreError> {
        let mut sql = self.sql(&by_category(self.backend()));
        // PostgreSQL takes a NULL for text unless told otherwise.
        let nothing = if self.backend() == DbBackend::Postgres { "CAST(NULL AS uuid)" } else { "NULL" };
        sql.push(&format!(
            " SELECT {SKILL_COLUMNS}, w.asked_id, w.version_id, w.level, w.importance, w.weight, w.head_count \
             FROM (SELECT COALESCE(k.merged_into, k.id) AS id, {nothing} AS asked_id, \
             q.role_profile_version_id AS version_id, q.required_level AS level, q.importance, q.weight, \
             CAST(NULL AS integer) AS head_count FROM role_skill_requirement q \
             JOIN skill k ON k.id = q.skill_id WHERE "
        ));
        sql.one_of("q.role_profile_version_id", versions.iter().map(|id| id.uuid()));
        sql.push(&format!(
            " UNION ALL SELECT COALESCE(k.merged_into, k.id), k.id, {nothing}, NULL, NULL, NULL, NULL \
             FROM skill k WHERE "
        ));
        sql.one_of("k.id", asked.iter().map(|id| id.uuid()));
        sql.push(&format!(
            " UNION ALL SELECT COALESCE(k.merged_into, k.id), {nothing}, {nothing}, t.level, NULL, NULL, \
             t.head_count FROM team_skill_target t JOIN skill k ON k.id = t.skill_id WHERE t.team_id = "
        ));
        sql.bind(team.map(|team| team.uuid()));
        sql.push(
            ") w JOIN skill s ON s.id = w.id JOIN revision sr ON sr.aggregate = 'SKILL' AND sr.id = s.id \
             JOIN place ON place.id = s.category_id \
             WHERE s.status <> 'PROPOSED' ORDER BY place.path, s.name_key, s.id",
        );
        let mut found = Yardstick::default();
        for row in self.all::<Row>(sql).await? {
            found.add(row)?;
        }
        found.required.values_mut().for_each(keep_the_stronger);
        Ok(found)
    }
}

impl Yardstick {
    fn add(&mut self, row: Row) -> Result<(), StoreError> {
        let skill = row.skill.skill()?;
        let skill_id = skill.id;
        if self.skills.last().is_none_or(|last| last.id != skill_id) {
            self.skills.push(skill);
        }
        self.asked.extend(row.asked_id.map(|asked| (SkillId::from_uuid(asked), skill_id)));
        let Some(at_least) = row.level else { return Ok(()) };
        let at_least = level("role_skill_requirement.required_level", at_least)?;
        if let Some(head_count) = row.head_count {
            self.aim(Target {
                skill_id,
                level: at_least,
                head_count: u32::try_from(head_count).unwrap_or(1),
            });
        }
        if let Some((version, importance)) = row.version_id.zip(row.importance) {
            let importance = known("role_skill_requirement.importance", &importance, Importance::parse)?;
            let weight = row.weight.unwrap_or_default();
            let required = RoleSkillRequirement { skill_id, required_level: at_least, importance, weight };
            self.required.entry(RoleProfileVersionId::from_uuid(version)).or_default().push(required);
        }
        Ok(())
    }

    fn aim(&mut self, target: Target) {
        match self.targets.last_mut().filter(|last| last.skill_id == target.skill_id) {
            Some(last) => *last = last.or_stronger(target),
            None => self.targets.push(target),
        }
    }
}
