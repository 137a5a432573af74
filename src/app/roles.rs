//! How an input names a role profile, and which version of it is meant.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{Failure, Refusal, RefusalCode, Write},
    domain::{
        ids::{RoleProfileId, RoleProfileVersionId},
        profiles::{RoleProfile, RoleProfileVersion},
    },
};

/// A role profile, named one way.
#[derive(Debug, Clone, Serialize)]
pub enum NamedRole {
    /// By its id: the published version holds.
    Id(Uuid),
    /// By its key: the published version holds.
    Key(String),
    /// By one of its versions.
    VersionId(Uuid),
}

impl NamedRole {
    /// Where an input names it this way, below `field`.
    fn path(&self, field: &str) -> String {
        let way = match self {
            Self::Id(_) => "id",
            Self::Key(_) => "key",
            Self::VersionId(_) => "versionId",
        };
        format!("{field}.{way}")
    }

    /// The profile, if the viewer sees it.
    pub(in crate::app) async fn profile(&self, write: &Write, field: &str) -> Result<RoleProfile, Failure> {
        let found = match self {
            Self::Id(id) => by_id(write, RoleProfileId::from_uuid(*id)).await?,
            Self::Key(key) => write.tx.role_profile_by_key(&write.scope, key).await?,
            Self::VersionId(id) => match version(write, RoleProfileVersionId::from_uuid(*id)).await? {
                Some(version) => by_id(write, version.role_profile_id).await?,
                None => None,
            },
        };
        Ok(found.ok_or_else(|| Refusal::not_found(&self.path(field)))?)
    }

    /// The profile with the version that is meant, if the viewer sees both.
    pub(in crate::app) async fn edition(
        &self,
        write: &Write,
        field: &str,
    ) -> Result<(RoleProfile, RoleProfileVersion), Failure> {
        let profile = self.profile(write, field).await?;
        let meant = match self {
            Self::VersionId(id) => Some(RoleProfileVersionId::from_uuid(*id)),
            Self::Id(_) | Self::Key(_) => profile.published_version_id,
        };
        let Some(meant) = meant else {
            let rule = "The role profile has no published version.";
            return Err(Refusal::new(RefusalCode::IllegalState, &self.path(field), rule).into());
        };
        let found = version(write, meant).await?;
        Ok((profile, found.ok_or_else(|| Refusal::not_found(&self.path(field)))?))
    }
}

async fn by_id(write: &Write, id: RoleProfileId) -> Result<Option<RoleProfile>, Failure> {
    Ok(write.tx.role_profiles_by_id(&write.scope, &[id]).await?.pop())
}

async fn version(write: &Write, id: RoleProfileVersionId) -> Result<Option<RoleProfileVersion>, Failure> {
    Ok(write.tx.role_profile_versions_by_id(&write.scope, &[id]).await?.pop())
}
