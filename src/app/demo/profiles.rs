//! The role profiles' rows as entities, each with one published version. Adds ids, nothing else.

use crate::{
    app::demo::{ids::id_of, instants::days_ago, skills::skill_id},
    domain::{
        ids::RoleProfileVersionId,
        profiles::{
            CareerPath, RoleProfile, RoleProfileContent, RoleProfileStatus, RoleProfileVersion,
            RoleProfileVersionStatus,
        },
        time::Timestamp,
    },
    interchange::{demo::Demo, profiles::ProfileRow},
};

/// The profiles were published this long before the demo was loaded, before anyone was rated.
const PUBLISHED_DAYS_AGO: i64 = 1600;

/// A profile and its first version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedProfile {
    /// The profile.
    pub profile: RoleProfile,
    /// Its version, PUBLISHED.
    pub version: RoleProfileVersion,
    /// What the version holds.
    pub content: RoleProfileContent,
    /// Where the profile leads.
    pub paths: Vec<CareerPath>,
}

pub(super) fn published(demo: &Demo, now: Timestamp) -> Vec<PublishedProfile> {
    demo.profiles.iter().map(|row| publish(row, now)).collect()
}

fn publish(row: &ProfileRow, now: Timestamp) -> PublishedProfile {
    let version_id: RoleProfileVersionId = id_of(&format!("{} 1", row.key));
    let profile = RoleProfile {
        id: id_of(&row.key),
        key: row.key.clone(),
        title: row.title.clone(),
        family: row.family.clone(),
        track: row.track,
        seniority: row.seniority,
        status: RoleProfileStatus::Active,
        published_version_id: Some(version_id),
        revision: 1,
    };
    let version = RoleProfileVersion {
        id: version_id,
        role_profile_id: profile.id,
        number: 1,
        summary: row.summary.clone(),
        status: RoleProfileVersionStatus::Published,
        published_at: Some(days_ago(now, PUBLISHED_DAYS_AGO)),
        retired_at: None,
    };
    let paths = row.paths(profile.id, id_of);
    PublishedProfile { version, content: row.content(skill_id), paths, profile }
}
