//! What a role lacks in a person: exemptions from its requirements, and gap reports.

mod bitemporal;
mod due;
mod exemptions;
mod oracle;
mod remembered;
mod reports;
mod teams;

use assay::domain::{
    ids::{RoleProfileVersionId, RoleProfileVersionKind, SkillId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::support::World;

/// What a version requires: the skill, the level, how much it matters and what it weighs.
pub type Required = (SkillId, i32, &'static str, i32);

impl World {
    /// Publishes the next version of a role profile: the one before retires at the same instant.
    pub async fn publish(
        &self,
        profile: Uuid,
        number: i32,
        at: Timestamp,
        required: &[Required],
    ) -> RoleProfileVersionId {
        let id: RoleProfileVersionId = self.id();
        let row = [
            ("id", id.uuid().into()),
            ("role_profile_id", profile.into()),
            ("number", number.into()),
            ("summary", "What the role is.".into()),
            ("status", "DRAFT".into()),
        ];
        self.insert("role_profile_version", row).await;
        for (position, (skill, level, importance, weight)) in (0..).zip(required) {
            let row = [
                ("id", self.id::<RoleProfileVersionKind>().uuid().into()),
                ("role_profile_version_id", id.uuid().into()),
                ("position", position.into()),
                ("skill_id", skill.uuid().into()),
                ("required_level", (*level).into()),
                ("importance", (*importance).into()),
                ("weight", (*weight).into()),
            ];
            self.insert("role_skill_requirement", row).await;
        }
        let retire = "UPDATE role_profile_version SET status = 'SUPERSEDED', retired_at = $1 \
                      WHERE role_profile_id = $2 AND status = 'PUBLISHED'";
        self.execute(retire, [at.into(), profile.into()]).await;
        let publish = "UPDATE role_profile_version SET status = 'PUBLISHED', published_at = $1 WHERE id = $2";
        self.execute(publish, [at.into(), id.uuid().into()]).await;
        id
    }

    /// An exemption that holds from `from`.
    pub async fn excuse(
        &self,
        person: Uuid,
        skill: SkillId,
        from: Timestamp,
        until: Timestamp,
        ended: Option<Timestamp>,
    ) {
        let row = [
            ("id", self.id::<RoleProfileVersionKind>().uuid().into()),
            ("person_id", person.into()),
            ("skill_id", skill.uuid().into()),
            ("reason", "On leave.".into()),
            ("valid_from", from.into()),
            ("valid_until", until.into()),
            ("ended_at", ended.into()),
        ];
        self.insert("requirement_exemption", row).await;
    }
}
