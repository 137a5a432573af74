//! `archiveRoleProfile`: a role profile is taken out of use. Who holds it and what it said are kept.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Written,
        command::{self, seen},
        profiles::{judge, lock, root_of, visible},
    },
    domain::{
        ids::RoleProfileId,
        policy::actions::Action,
        profiles::{RoleProfile, RoleProfileStatus},
        revisions::Revision,
    },
    store::Store,
};

/// A role profile to take out of use.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveRoleProfile {
    /// The profile.
    pub role_profile_id: Uuid,
    /// The revision of the profile that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Archives a role profile and its published version. The payload shows its id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE when it is archived; CONFLICT.
pub async fn archive_role_profile(
    store: &Store,
    command: Command,
    input: ArchiveRoleProfile,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::ArchiveRoleProfile;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let id = RoleProfileId::from_uuid(input.role_profile_id);
        let raised = lock(&write, id).await?;
        let profile = visible(&write, id).await?;
        judge(&write, id, ACTION).await?;
        seen(&raised, root_of(id), input.expected_revision)?;
        write.tx.withdraw_published_version(id, write.now()).await?;
        let archived = RoleProfile { status: RoleProfileStatus::Archived, ..profile };
        write.tx.update_role_profile(&archived).await?;
        write.audit(root_of(id)).await?;
        Ok((write, Written { ids: vec![input.role_profile_id] }))
    })
    .await
}
