//! `updateRoleProfile`: what a role profile is called, where it stands among others and where it leads. None of it
//! belongs to a version.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Written,
        command::{self, seen},
        profiles::{NewCareerPath, judge, lock, paths, refuse_breaches, root_of, visible},
    },
    domain::{
        ids::RoleProfileId,
        policy::actions::Action,
        profiles::{CareerTrack, RoleProfile, rules},
        revisions::Revision,
    },
    store::Store,
};

/// What changes of a role profile; what is absent stays.
#[derive(Debug, Clone, Serialize)]
pub struct UpdateRoleProfile {
    /// The profile.
    pub role_profile_id: Uuid,
    /// 1–200 characters.
    pub title: Option<String>,
    /// 1–200 characters.
    pub family: Option<String>,
    /// The kind of career.
    pub track: Option<CareerTrack>,
    /// 1–9.
    pub seniority: Option<i32>,
    /// All the ways that lead on from it, in the order shown.
    pub career_paths: Option<Vec<NewCareerPath>>,
    /// The revision of the profile that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Changes a role profile. The payload shows its id.
///
/// # Errors
/// NOT_FOUND of the profile or where a path leads; FORBIDDEN; ILLEGAL_STATE when it is archived; INVALID values;
/// CYCLE; CONFLICT.
pub async fn update_role_profile(
    store: &Store,
    command: Command,
    input: UpdateRoleProfile,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::UpdateRoleProfile;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let id = RoleProfileId::from_uuid(input.role_profile_id);
        if input.career_paths.is_some() {
            write.tx.lock_role_profiles().await?;
        }
        let raised = lock(&write, id).await?;
        let profile = visible(&write, id).await?;
        let onward = input.career_paths.as_ref().map(|input| paths::paths(id, input));
        paths::check_seen(&write, onward.as_deref().unwrap_or_default()).await?;
        judge(&write, id, ACTION).await?;
        let changed = changed(profile, &input);
        let mut checks = Checks::default();
        refuse_breaches(&mut checks, None, rules::of_profile(&changed));
        paths::check(&write, &mut checks, id, onward.as_deref().unwrap_or_default()).await?;
        checks.done()?;
        write.tx.update_role_profile(&changed).await?;
        if let Some(onward) = onward {
            paths::check_circles(&write, id, &onward).await?;
            write.tx.replace_career_paths(id, &onward).await?;
        }
        seen(&raised, root_of(id), input.expected_revision)?;
        write.audit(root_of(id)).await?;
        Ok((write, Written { ids: vec![input.role_profile_id] }))
    })
    .await
}

fn changed(profile: RoleProfile, input: &UpdateRoleProfile) -> RoleProfile {
    let text = |given: &Option<String>, now: &str| given.as_deref().unwrap_or(now).trim().to_owned();
    RoleProfile {
        title: text(&input.title, &profile.title),
        family: text(&input.family, &profile.family),
        track: input.track.unwrap_or(profile.track),
        seniority: input.seniority.unwrap_or(profile.seniority),
        ..profile
    }
}
