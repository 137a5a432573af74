//! The roots of role profiles.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::{
    graphql::{
        connection::Connection,
        context::Reading,
        paging::PageArguments,
        profiles::{
            RoleProfile, RoleProfileVersion,
            inputs::{RoleProfileFilter, RoleProfileInput, RoleProfileOrder},
        },
    },
    views::profiles::Edition,
};

/// The roots of role profiles.
#[derive(Debug, Default)]
pub struct RoleProfileQueries;

#[Object]
impl RoleProfileQueries {
    /// One role profile; null when it does not exist or you may not see it.
    async fn role_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] by: RoleProfileInput,
    ) -> Option<Result<RoleProfile>> {
        one(ctx, by).await.transpose()
    }

    /// The role profiles you see.
    async fn role_profiles(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<RoleProfileFilter>,
        order_by: Option<RoleProfileOrder>,
    ) -> Result<Connection<RoleProfile>> {
        let (order, kind) = RoleProfileOrder::read(order_by);
        let page = PageArguments { first, after, last, before }.request(kind)?;
        let reads = ctx.reads()?;
        let filter = filter.unwrap_or_default().read();
        let page = reads.store.role_profiles_page(&reads.scope, &filter, order, &page).await?;
        Ok(Connection::of(page, |profile| RoleProfile(Arc::new(profile))))
    }

    #[graphql(entity)]
    async fn find_role_profile(&self, ctx: &Context<'_>, id: ID) -> Result<Option<RoleProfile>> {
        RoleProfile::named(ctx, &id).await
    }

    #[graphql(entity)]
    async fn find_role_profile_version(
        &self,
        ctx: &Context<'_>,
        id: ID,
    ) -> Result<Option<RoleProfileVersion>> {
        RoleProfileVersion::named(ctx, &id).await
    }
}

/// The version that an input names: by `id` or `key` the published one; `None` when there is none that the
/// viewer sees.
///
/// # Errors
/// What the store returns.
pub async fn edition_named(ctx: &Context<'_>, by: RoleProfileInput) -> Result<Option<Edition>> {
    if let RoleProfileInput::VersionId(id) = by {
        return Ok(RoleProfileVersion::named(ctx, &id).await?.map(|version| version.edition()));
    }
    let Some(RoleProfile(profile)) = one(ctx, by).await? else { return Ok(None) };
    let edition = |version_id| Edition { role_profile_id: profile.id, version_id };
    Ok(profile.published_version_id.map(edition))
}

async fn one(ctx: &Context<'_>, by: RoleProfileInput) -> Result<Option<RoleProfile>> {
    match by {
        RoleProfileInput::Id(id) => RoleProfile::named(ctx, &id).await,
        RoleProfileInput::Key(key) => {
            let reads = ctx.reads()?;
            let profile = reads.store.role_profile_by_key(&reads.scope, &key).await?;
            Ok(profile.map(|profile| RoleProfile(Arc::new(profile))))
        }
        RoleProfileInput::VersionId(id) => match RoleProfileVersion::named(ctx, &id).await? {
            Some(version) => RoleProfile::find(ctx, version.0.role_profile_id).await,
            None => Ok(None),
        },
    }
}
