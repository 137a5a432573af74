//! Use cases on role profiles: one by one by people, all together by files. Published versions never change;
//! every change of what a role is makes another version.
//!
//! Each one locks the profile before it judges, so that what it judges by still holds when it writes.

mod archive;
mod create;
mod draft;
pub mod files;
mod paths;
mod publish;
mod update;

pub use archive::{ArchiveRoleProfile, archive_role_profile};
pub use create::{CreateRoleProfile, create_role_profile};
pub use draft::{SaveRoleProfileDraft, save_role_profile_draft};
pub use paths::NewCareerPath;
pub use publish::{PublishRoleProfile, publish_role_profile};
pub use update::{UpdateRoleProfile, update_role_profile};

use crate::{
    app::{Checks, Failure, Refusal, RefusalCode, Write},
    domain::{
        ids::RoleProfileId,
        policy::{
            actions::{Action, Target, allows},
            facts::RoleProfileFacts,
        },
        profiles::{
            RoleProfile, RoleProfileStatus,
            rules::{Breach, Step},
        },
        revisions::{Aggregate, Revisions, Root},
    },
    store::StoreError,
};

const FIELD: &str = "roleProfileId";

fn root_of(profile: RoleProfileId) -> Root {
    Root::of(Aggregate::RoleProfile, profile)
}

/// Locks and raises a profile's root. Whether it exists is judged afterwards, by what the viewer sees.
async fn lock(write: &Write, profile: RoleProfileId) -> Result<Revisions, StoreError> {
    write.tx.raise(&[root_of(profile)].into_iter().collect()).await
}

/// The profile that an input names, if the viewer sees it.
async fn visible(write: &Write, id: RoleProfileId) -> Result<RoleProfile, Failure> {
    let seen = write.tx.role_profiles_by_id(&write.scope, &[id]).await?.pop();
    Ok(seen.ok_or_else(|| Refusal::not_found(FIELD))?)
}

/// Whether the viewer may take `action` on a profile they see, and then whether its state allows it. Ask under
/// the profile's lock.
async fn judge(write: &Write, id: RoleProfileId, action: Action) -> Result<(), Failure> {
    let facts = write.tx.role_profile_facts(&write.scope, &[id]).await?.remove(&id);
    let facts = facts.ok_or_else(|| Refusal::not_found(FIELD))?;
    if !write.scope.actor().permits(action, &Target::RoleProfile(&facts)) {
        return Err(Refusal::forbidden(FIELD).into());
    }
    if !allows(action, &Target::RoleProfile(&facts)) {
        return Err(Refusal::new(RefusalCode::IllegalState, FIELD, reason(&facts)).into());
    }
    Ok(())
}

fn reason(facts: &RoleProfileFacts) -> &'static str {
    match facts.status {
        RoleProfileStatus::Archived => "The role profile is archived.",
        RoleProfileStatus::Active => "The role profile has no draft to publish. Save one first.",
    }
}

/// The broken rules of the domain as reasons, each at its place in the input below `within`.
fn refuse_breaches(checks: &mut Checks, within: Option<&str>, breaches: Vec<Breach>) {
    for Breach { at, rule } in breaches {
        let steps = within.map(str::to_owned).into_iter().chain(at.iter().map(Step::to_string));
        checks.refuse(RefusalCode::Invalid, &steps.collect::<Vec<_>>().join("."), &rule);
    }
}
