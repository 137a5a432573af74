//! Where a role leads: paths that an input names, and that they lead to no circle.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{Checks, Failure, Refusal, RefusalCode, Write, profiles::refuse_breaches},
    domain::{
        ids::RoleProfileId,
        profiles::{CareerPath, CareerPathKind, RoleProfileStatus, rules},
    },
};

/// A way to another role.
#[derive(Debug, Clone, Serialize)]
pub struct NewCareerPath {
    /// The role it leads to.
    pub to_id: Uuid,
    /// How.
    pub kind: CareerPathKind,
    /// What has to be shown first.
    pub criteria: String,
}

/// The paths as the domain has them.
pub(super) fn paths(from: RoleProfileId, input: &[NewCareerPath]) -> Vec<CareerPath> {
    let path = |path: &NewCareerPath| CareerPath {
        from_id: from,
        to_id: RoleProfileId::from_uuid(path.to_id),
        kind: path.kind,
        criteria: path.criteria.trim_end().to_owned(),
    };
    input.iter().map(path).collect()
}

/// That the viewer sees where every path leads.
pub(super) async fn check_seen(write: &Write, paths: &[CareerPath]) -> Result<(), Failure> {
    let ids: Vec<RoleProfileId> = paths.iter().map(|path| path.to_id).collect();
    let seen = write.tx.role_profiles_by_id(&write.scope, &ids).await?;
    let unseen = paths.iter().enumerate().filter(|(_, path)| !seen.iter().any(|role| role.id == path.to_id));
    let refusals: Vec<Refusal> =
        unseen.map(|(index, _)| Refusal::not_found("toId").at("careerPaths", index)).collect();
    if refusals.is_empty() { Ok(()) } else { Err(refusals.into()) }
}

/// The rules of paths from one role, and that what they lead to is in use.
pub(super) async fn check(
    write: &Write,
    checks: &mut Checks,
    from: RoleProfileId,
    paths: &[CareerPath],
) -> Result<(), Failure> {
    refuse_breaches(checks, None, rules::of_paths(from, paths));
    let ids: Vec<RoleProfileId> = paths.iter().map(|path| path.to_id).collect();
    let facts = write.tx.role_profile_facts(&write.scope, &ids).await?;
    for (index, path) in paths.iter().enumerate() {
        let archived = facts.get(&path.to_id).is_some_and(|role| role.status == RoleProfileStatus::Archived);
        checks.hold(&format!("careerPaths.{index}.toId"), !archived, "must not be archived");
    }
    Ok(())
}

/// That the paths close no circle. Ask under the lock of all role profiles.
pub(super) async fn check_circles(
    write: &Write,
    from: RoleProfileId,
    paths: &[CareerPath],
) -> Result<(), Failure> {
    let mut all = write.tx.every_career_path().await?;
    all.retain(|path| path.from_id != from);
    all.extend_from_slice(paths);
    let Some(closing) = rules::circle(from, &all) else { return Ok(()) };
    let index = paths.iter().position(|path| path == closing).unwrap_or_default();
    let rule = "The role would lead back to itself; only LATERAL paths may.";
    Err(Refusal::new(RefusalCode::Cycle, "toId", rule).at("careerPaths", index).into())
}
