//! `createRoleProfile`: a role profile begins, without a version yet.

use serde::Serialize;

use crate::{
    app::{
        Checks, Command, Failure, Refusal, RefusalCode, Written, command, ids,
        profiles::{NewCareerPath, paths, refuse_breaches, root_of},
    },
    domain::{
        policy::actions::{Action, Target},
        profiles::{CareerTrack, RoleProfile, RoleProfileStatus, rules},
    },
    store::{Store, StoreError},
};

/// A role profile to begin.
#[derive(Debug, Clone, Serialize)]
pub struct CreateRoleProfile {
    /// The stable name, a slug.
    pub key: String,
    /// 1–200 characters.
    pub title: String,
    /// 1–200 characters.
    pub family: String,
    /// The kind of career.
    pub track: CareerTrack,
    /// 1–9.
    pub seniority: i32,
    /// Where it leads, in the order shown.
    pub career_paths: Vec<NewCareerPath>,
}

/// Begins a role profile. The payload shows its id.
///
/// # Errors
/// FORBIDDEN; NOT_FOUND where a path leads; INVALID values; TAKEN key.
pub async fn create_role_profile(
    store: &Store,
    command: Command,
    input: CreateRoleProfile,
) -> Result<Written, Failure> {
    command::run(store, command, Action::CreateRoleProfile.as_str(), input, |write, input| async move {
        if !write.scope.actor().may(Action::CreateRoleProfile, &Target::Organisation) {
            return Err(Refusal::forbidden("").into());
        }
        let profile = RoleProfile {
            id: ids::fresh(write.now()),
            key: input.key,
            title: input.title.trim().to_owned(),
            family: input.family.trim().to_owned(),
            track: input.track,
            seniority: input.seniority,
            status: RoleProfileStatus::Active,
            published_version_id: None,
            revision: 1,
        };
        // Nothing leads to a new profile: it can close no circle.
        let onward = paths::paths(profile.id, &input.career_paths);
        paths::check_seen(&write, &onward).await?;
        let mut checks = Checks::default();
        refuse_breaches(&mut checks, None, rules::of_profile(&profile));
        paths::check(&write, &mut checks, profile.id, &onward).await?;
        checks.done()?;
        write.tx.insert_role_profiles(std::slice::from_ref(&profile)).await.map_err(taken)?;
        write.tx.insert_career_paths(&onward).await?;
        write.audit(root_of(profile.id)).await?;
        Ok((write, Written { ids: vec![profile.id.uuid()] }))
    })
    .await
}

/// A key that another profile has is the client's to mend; anything else is a fault.
fn taken(error: StoreError) -> Failure {
    if error.violates("role_profile", "key") {
        return Refusal::new(RefusalCode::Taken, "key", "Another role profile has this key.").into();
    }
    error.into()
}
