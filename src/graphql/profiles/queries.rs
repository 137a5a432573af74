//! The roots of role profiles.

use std::{collections::BTreeSet, sync::Arc};

use async_graphql::{Context, ID, Object, Result};
use uuid::Uuid;

use crate::{
    app::accesses,
    domain::{profiles::salaries, time::Timestamp},
    graphql::{
        connection::Connection,
        context::{Reading, find},
        details::{EditionOf, NamedProfile, SalaryBenchmarksOf},
        ids::parse,
        paging::{KeyKind, PageArguments},
        profiles::{
            RoleProfile, RoleProfileVersion, StatedSalary,
            comparison::SalaryComparison,
            difference::RoleProfileDiff,
            inputs::{RoleProfileFilter, RoleProfileInput, RoleProfileOrder},
            salary_inputs::{SalaryBenchmarkFilter, SalaryBenchmarkOrder},
        },
    },
    store::AccessSubject,
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

    /// How the version that `to` names differs from the one that `from` names: two versions of one role, or two
    /// roles. Null when you do not see one of them.
    async fn role_profile_diff(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The earlier version, or the role one comes from.")] from: RoleProfileInput,
        #[graphql(desc = "The later version, or the role one goes to.")] to: RoleProfileInput,
    ) -> Option<Result<RoleProfileDiff>> {
        diff(ctx, from, to).await.transpose()
    }

    /// What published role profiles are paid, by source. Null when you may not know.
    async fn salary_benchmarks(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<SalaryBenchmarkFilter>,
        order_by: Option<SalaryBenchmarkOrder>,
    ) -> Option<Result<Connection<StatedSalary>>> {
        let page = PageArguments { first, after, last, before };
        stated_salaries(ctx, page, filter.unwrap_or_default(), order_by).await.transpose()
    }

    /// What a role is paid, source beside source: only figures of one region, currency, period and basis are put
    /// side by side, and none are averaged. They are at most 200 groups, by region and currency. Null when you may not
    /// know, or do not see the role.
    async fn salary_comparison(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role.")] role_profile: RoleProfileInput,
        #[graphql(desc = "Only of this region, as it is written; of all when left out.")] region: Option<
            String,
        >,
    ) -> Option<Result<Vec<SalaryComparison>>> {
        compared(ctx, role_profile, region).await.transpose()
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

/// The version that an input names: by `id` or `key` the one that was published at the instant, which is now
/// when absent; `None` when there is none that the viewer sees.
///
/// # Errors
/// What the store returns.
pub async fn edition_named(
    ctx: &Context<'_>,
    by: RoleProfileInput,
    as_of: Option<Timestamp>,
) -> Result<Option<Edition>> {
    let at = as_of.unwrap_or(ctx.reads()?.scope.now());
    let by = match by {
        RoleProfileInput::Id(id) => parse(&id).map(NamedProfile::Id),
        RoleProfileInput::Key(key) => Some(NamedProfile::Key(key)),
        RoleProfileInput::VersionId(id) => parse(&id).map(NamedProfile::Version),
    };
    match by {
        Some(by) => find(ctx, EditionOf { by, at }).await,
        None => Ok(None),
    }
}

async fn version_named(ctx: &Context<'_>, by: RoleProfileInput) -> Result<Option<RoleProfileVersion>> {
    match edition_named(ctx, by, None).await? {
        Some(edition) => RoleProfileVersion::find(ctx, edition.version_id).await,
        None => Ok(None),
    }
}

async fn diff(
    ctx: &Context<'_>,
    from: RoleProfileInput,
    to: RoleProfileInput,
) -> Result<Option<RoleProfileDiff>> {
    let (from, to) = (version_named(ctx, from).await?, version_named(ctx, to).await?);
    let (Some(from), Some(to)) = (from, to) else { return Ok(None) };
    RoleProfileDiff::between(ctx, from, to).await.map(Some)
}

async fn stated_salaries(
    ctx: &Context<'_>,
    page: PageArguments,
    filter: SalaryBenchmarkFilter,
    order: Option<SalaryBenchmarkOrder>,
) -> Result<Option<Connection<StatedSalary>>> {
    let page = page.request(KeyKind::Number)?;
    let (reads, order) = (ctx.reads()?, SalaryBenchmarkOrder::read(order));
    let found = reads.store.salary_benchmarks_page(&reads.scope, &filter.read(), order, &page).await?;
    let Some(page) = found else { return Ok(None) };
    let read: BTreeSet<Uuid> = page.items.iter().map(|(_, stated)| stated.version_id.uuid()).collect();
    accesses::note(&reads.store, &reads.scope, &reads.request_id, AccessSubject::Salary, read).await?;
    Ok(Some(Connection::of(page, StatedSalary)))
}

async fn compared(
    ctx: &Context<'_>,
    role_profile: RoleProfileInput,
    region: Option<String>,
) -> Result<Option<Vec<SalaryComparison>>> {
    let Some(edition) = edition_named(ctx, role_profile, None).await? else { return Ok(None) };
    let Some(figures) = find(ctx, SalaryBenchmarksOf(edition.version_id)).await? else { return Ok(None) };
    let groups = salaries::compare(&figures, region.as_deref());
    Ok(Some(groups.into_iter().map(SalaryComparison).collect()))
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
