//! `publishRoleProfile`: the version that was written holds from now on, and never changes again. The one before is
//! SUPERSEDED.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Refusal, RefusalCode, Write, Written,
        command::{self, seen},
        profiles::{FIELD, judge, lock, root_of, visible},
    },
    domain::{
        ids::{RoleProfileId, RoleProfileVersionId, SkillId},
        policy::actions::Action,
        revisions::Revision,
        skills::SkillStatus,
    },
    store::Store,
};

/// A draft to publish.
#[derive(Debug, Clone, Serialize)]
pub struct PublishRoleProfile {
    /// The profile.
    pub role_profile_id: Uuid,
    /// The revision of the profile that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Publishes the draft of a role profile. The payload shows the profile's id and the version's.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE when it is archived, has no draft, or requires a deprecated skill; CONFLICT.
pub async fn publish_role_profile(
    store: &Store,
    command: Command,
    input: PublishRoleProfile,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::PublishRoleProfile;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let id = RoleProfileId::from_uuid(input.role_profile_id);
        let raised = lock(&write, id).await?;
        visible(&write, id).await?;
        judge(&write, id, ACTION).await?;
        let draft = write.tx.draft_of(id).await?.ok_or_else(|| Refusal::not_found(FIELD))?;
        seen(&raised, root_of(id), input.expected_revision)?;
        requires_what_is_in_use(&write, draft).await?;
        write.tx.publish_role_profile_version(draft, write.now()).await?;
        write.audit(root_of(id)).await?;
        Ok((write, Written { ids: vec![input.role_profile_id, draft.uuid()] }))
    })
    .await
}

/// A skill may have been deprecated since the draft was written.
async fn requires_what_is_in_use(write: &Write, draft: RoleProfileVersionId) -> Result<(), Failure> {
    let content = write.tx.role_profile_contents(&[draft]).await?.remove(&draft).unwrap_or_default();
    let required: Vec<SkillId> = content.requirements.iter().map(|one| one.skill_id).collect();
    let mut skills = write.tx.skills_by_id(&write.scope, &required).await?;
    skills.retain(|skill| skill.status == SkillStatus::Deprecated);
    if skills.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = skills.iter().map(|skill| skill.name.as_str()).collect();
    let rule = format!("The draft requires skills that are deprecated: {}.", names.join(", "));
    Err(Refusal::new(RefusalCode::IllegalState, FIELD, rule).into())
}
