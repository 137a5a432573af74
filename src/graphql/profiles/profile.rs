//! A role profile as an object of the graph, and the ways between profiles.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::{
    domain::{ids::RoleProfileId, profiles},
    graphql::{
        connection::{Connection, listed},
        context::{find, found_by_id},
        details::{CareerPathsFrom, CareerPathsTo},
        ids::global,
        nested::{Asked, list_of},
        paging::{KeyKind, PageArguments},
        permissions::RoleProfilePermissions,
        profiles::{
            RoleProfileVersion,
            choices::{CareerPathKind, CareerTrack, RoleProfileStatus},
            inputs::{RoleProfileVersionFilter, RoleProfileVersionOrder},
        },
    },
};

/// A role profile the viewer sees.
#[derive(Debug, Clone)]
pub struct RoleProfile(pub Arc<profiles::RoleProfile>);

found_by_id! { RoleProfile(RoleProfileId); }
listed! { RoleProfile: "role profiles"; }

/// A role people can hold. What it answers for and requires is in its versions, which never change once
/// published.
#[Object]
impl RoleProfile {
    /// The id of the role profile.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// The stable name, such as `senior-python-developer`.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// What people call the role.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The family of roles it belongs to, such as `Software engineering`.
    async fn family(&self) -> &str {
        &self.0.family
    }

    /// The kind of career it belongs to.
    async fn track(&self) -> CareerTrack {
        self.0.track.into()
    }

    /// 1 (entry) to 9; only for order inside a family.
    async fn seniority(&self) -> i32 {
        self.0.seniority
    }

    /// Where the role profile stands in its life.
    async fn status(&self) -> RoleProfileStatus {
        self.0.status.into()
    }

    /// Raised by every change of the profile or a version of it; pass it as `expectedRevision`.
    async fn revision(&self) -> i64 {
        self.0.revision
    }

    /// The version that holds now; null when none is published.
    async fn published(&self, ctx: &Context<'_>) -> Option<Result<RoleProfileVersion>> {
        let version = self.0.published_version_id?;
        RoleProfileVersion::find(ctx, version).await.transpose()
    }

    /// The versions that you may see, the newest first.
    async fn versions(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<RoleProfileVersionFilter>,
        order_by: Option<RoleProfileVersionOrder>,
    ) -> Result<Connection<RoleProfileVersion>> {
        let page = PageArguments { first, after, last, before }.request(KeyKind::Number)?;
        let filter = filter.unwrap_or_default().read();
        let asked = Asked { filter, order: RoleProfileVersionOrder::read(order_by), page };
        Ok(Connection::of(list_of(ctx, self.0.id, asked).await?, RoleProfileVersion))
    }

    /// What you may do with the role profile now.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<RoleProfilePermissions> {
        self.permissions(ctx).await
    }

    /// Where the role leads, in the order written: at most 100.
    async fn career_paths(&self, ctx: &Context<'_>) -> Result<Vec<CareerPath>> {
        let paths = find(ctx, CareerPathsFrom(self.0.id)).await?.unwrap_or_default();
        Ok(paths.iter().take(100).cloned().map(CareerPath).collect())
    }

    /// From where the role is reached, by the title of where one comes from: at most 100.
    async fn reached_from(&self, ctx: &Context<'_>) -> Result<Vec<CareerPath>> {
        let paths = find(ctx, CareerPathsTo(self.0.id)).await?.unwrap_or_default();
        Ok(paths.iter().take(100).cloned().map(CareerPath).collect())
    }
}

/// A way to another role.
#[derive(Debug, Clone)]
pub struct CareerPath(pub profiles::CareerPath);

/// A way from one role to another.
#[Object]
impl CareerPath {
    /// The role it starts from.
    async fn from(&self, ctx: &Context<'_>) -> Option<Result<RoleProfile>> {
        RoleProfile::find(ctx, self.0.from_id).await.transpose()
    }

    /// The role it leads to.
    async fn to(&self, ctx: &Context<'_>) -> Option<Result<RoleProfile>> {
        RoleProfile::find(ctx, self.0.to_id).await.transpose()
    }

    /// How the one leads to the other.
    async fn kind(&self) -> CareerPathKind {
        self.0.kind.into()
    }

    /// What has to be shown first.
    async fn criteria(&self) -> &str {
        &self.0.criteria
    }
}
