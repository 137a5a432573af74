//! `publishRoleProfile`: the version that was written holds from now on, and never changes again. The one before is
//! SUPERSEDED.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Refusal, Written,
        command::{self, seen},
        profiles::{FIELD, judge, lock, root_of, visible},
    },
    domain::{ids::RoleProfileId, policy::actions::Action, revisions::Revision},
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
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE when it is archived or has no draft; CONFLICT.
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
        write.tx.publish_role_profile_version(draft, write.now()).await?;
        write.audit(root_of(id)).await?;
        Ok((write, Written { ids: vec![input.role_profile_id, draft.uuid()] }))
    })
    .await
}
