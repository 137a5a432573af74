//! What a client sends to change role profiles, and its way into the use cases' inputs.

use async_graphql::{ID, InputObject};

use crate::{
    app::profiles as app,
    domain::ids::RoleProfileKind,
    graphql::{
        ids::raw,
        profiles::{
            choices::{CareerPathKind, CareerTrack},
            content_inputs::RoleProfileContentInput,
        },
    },
};

/// A way from one role to another.
#[derive(Debug, InputObject)]
pub struct CareerPathInput {
    /// The role profile it leads to.
    to_id: ID,
    /// How. Only LATERAL ways may lead in a circle.
    kind: CareerPathKind,
    /// What has to be shown first, 1–20,000 characters.
    criteria: String,
}

impl CareerPathInput {
    fn read(self) -> app::NewCareerPath {
        let to_id = raw::<RoleProfileKind>(&self.to_id);
        app::NewCareerPath { to_id, kind: self.kind.into(), criteria: self.criteria }
    }
}

/// A role profile to begin.
#[derive(Debug, InputObject)]
pub struct CreateRoleProfileInput {
    /// The stable name, unique and never changed: 1–64 lower-case letters, digits and single inner hyphens, such
    /// as `senior-python-developer`.
    key: String,
    /// What people call the role, 1–200 characters.
    title: String,
    /// The family of roles it belongs to, 1–200 characters.
    family: String,
    /// The kind of career it belongs to.
    track: CareerTrack,
    /// 1 (entry) to 9.
    seniority: i32,
    /// Where it leads, in the order shown: at most 100.
    career_paths: Option<Vec<CareerPathInput>>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
}

impl CreateRoleProfileInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::CreateRoleProfile {
        app::CreateRoleProfile {
            key: self.key,
            title: self.title,
            family: self.family,
            track: self.track.into(),
            seniority: self.seniority,
            career_paths: paths(self.career_paths.unwrap_or_default()),
        }
    }
}

/// What changes of a role profile; what is left out stays. It holds at once, and makes no version.
#[derive(Debug, InputObject)]
pub struct UpdateRoleProfileInput {
    /// The role profile.
    role_profile_id: ID,
    /// What people call the role, 1–200 characters.
    title: Option<String>,
    /// The family of roles it belongs to, 1–200 characters.
    family: Option<String>,
    /// The kind of career it belongs to.
    track: Option<CareerTrack>,
    /// 1 (entry) to 9.
    seniority: Option<i32>,
    /// All the ways that lead on from it, in the order shown: at most 100.
    career_paths: Option<Vec<CareerPathInput>>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the role profile that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl UpdateRoleProfileInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::UpdateRoleProfile {
        app::UpdateRoleProfile {
            role_profile_id: raw::<RoleProfileKind>(&self.role_profile_id),
            title: self.title,
            family: self.family,
            track: self.track.map(Into::into),
            seniority: self.seniority,
            career_paths: self.career_paths.map(paths),
            expected_revision: self.expected_revision,
        }
    }
}

/// The next version of a role profile, whole: it takes the place of what the draft says.
#[derive(Debug, InputObject)]
pub struct SaveRoleProfileDraftInput {
    /// The role profile.
    role_profile_id: ID,
    /// All that the version is to hold.
    content: RoleProfileContentInput,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the role profile that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl SaveRoleProfileDraftInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::SaveRoleProfileDraft {
        let keeps_salaries = self.content.keeps_salaries();
        let (summary, content) = self.content.read();
        app::SaveRoleProfileDraft {
            role_profile_id: raw::<RoleProfileKind>(&self.role_profile_id),
            summary,
            content,
            keeps_salaries,
            expected_revision: self.expected_revision,
        }
    }
}

/// A draft to publish.
#[derive(Debug, InputObject)]
pub struct PublishRoleProfileInput {
    /// The role profile.
    role_profile_id: ID,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the role profile that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl PublishRoleProfileInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::PublishRoleProfile {
        let expected_revision = self.expected_revision;
        app::PublishRoleProfile {
            role_profile_id: raw::<RoleProfileKind>(&self.role_profile_id),
            expected_revision,
        }
    }
}

/// A role profile to take out of use.
#[derive(Debug, InputObject)]
pub struct ArchiveRoleProfileInput {
    /// The role profile.
    role_profile_id: ID,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the role profile that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl ArchiveRoleProfileInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::ArchiveRoleProfile {
        let expected_revision = self.expected_revision;
        app::ArchiveRoleProfile {
            role_profile_id: raw::<RoleProfileKind>(&self.role_profile_id),
            expected_revision,
        }
    }
}

fn paths(input: Vec<CareerPathInput>) -> Vec<app::NewCareerPath> {
    input.into_iter().map(CareerPathInput::read).collect()
}
