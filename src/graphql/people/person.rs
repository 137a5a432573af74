//! A person as an object of the graph.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use crate::{
    domain::{ids::PersonId, people, policy::Claim},
    graphql::{
        assessments::{
            EffectiveSkill, SkillAssessment, SkillInterest,
            inputs::{
                EffectiveSkillFilter, EffectiveSkillOrder, SkillAssessmentFilter, SkillAssessmentOrder,
                SkillInterestFilter, SkillInterestOrder,
            },
        },
        connection::{Connection, listed},
        context::{Reading, find, found_by_id},
        cost,
        details::OpenBookOf,
        development::{
            DevelopmentPlan,
            inputs::{DevelopmentPlanFilter, DevelopmentPlanOrder},
        },
        gaps::{
            GapReport, RequirementExemption,
            inputs::{RequirementExemptionFilter, RequirementExemptionOrder},
            report_of,
        },
        ids::global,
        nested::{Asked, list_of},
        paging::{KeyKind, PageArguments},
        people::{
            CareerOption,
            choices::{Discoverability, PersonStatus},
            inputs::{PersonRoleProfileFilter, PersonRoleProfileOrder},
        },
        permissions::PersonPermissions,
        profiles::{RoleProfile, inputs::RoleProfileInput},
        scalars::{DateTime, EmailAddress},
        teams::{
            TeamMembership,
            inputs::{TeamMembershipFilter, TeamMembershipOrder},
        },
    },
};

/// A person the viewer sees.
#[derive(Debug, Clone)]
pub struct Person(pub Arc<people::Person>);

found_by_id! { Person(PersonId); }
listed! {
    Person: "people";
    PersonRoleProfile: "role profiles of a person";
}

/// The token issuer and subject that are a person.
#[derive(Debug, Clone, SimpleObject)]
pub struct PersonIdentity {
    /// The `iss` claim of their tokens.
    issuer: String,
    /// The `sub` claim of their tokens.
    subject: String,
}

/// A person of the organisation. You see yourself, the people you share a team with or lead, and those
/// whom the whole organisation may find.
#[Object]
impl Person {
    /// The id of the person.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What the person is called.
    async fn display_name(&self) -> &str {
        &self.0.display_name
    }

    /// The address of the person; null once they were erased.
    async fn email(&self) -> Option<EmailAddress> {
        Some(self.0.email.as_str())
            .filter(|email| !email.is_empty())
            .map(|email| EmailAddress(email.to_owned()))
    }

    /// The job title, free text.
    async fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }

    /// Where the person stands in their life here.
    async fn status(&self) -> PersonStatus {
        self.0.status.into()
    }

    /// Who finds the person by skill.
    async fn discoverability(&self) -> Discoverability {
        self.0.discoverability.into()
    }

    /// Raised by every change of the person, of their profiles, assessments or interests; pass it as
    /// `expectedRevision`.
    async fn revision(&self) -> i64 {
        self.0.revision
    }

    /// The token issuer and subject that are this person; null until linked. Shown to the person and to
    /// ADMIN.
    async fn identity(&self, ctx: &Context<'_>) -> Option<Result<PersonIdentity>> {
        identity(ctx, &self.0).transpose()
    }

    /// The teams of the person that you see, each with role and share of time.
    async fn memberships(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(desc = "Which of them; the current ones by default.")] filter: Option<TeamMembershipFilter>,
        order_by: Option<TeamMembershipOrder>,
    ) -> Result<Connection<TeamMembership>> {
        let (order, kind) = TeamMembershipOrder::read(order_by);
        let page = PageArguments { first, after, last, before }.request(kind)?;
        let filter = TeamMembershipFilter::read(filter, &ctx.reads()?.scope);
        let list = list_of(ctx, self.0.id, Asked { filter, order, page }).await?;
        Ok(Connection::of(list, TeamMembership))
    }

    /// The role profiles the person holds.
    async fn role_profiles(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(desc = "Which of them; the current ones by default.")] filter: Option<
            PersonRoleProfileFilter,
        >,
        order_by: Option<PersonRoleProfileOrder>,
    ) -> Result<Connection<PersonRoleProfile>> {
        let page = PageArguments { first, after, last, before }.request(KeyKind::Time)?;
        let filter = PersonRoleProfileFilter::read(filter, &ctx.reads()?.scope);
        let asked = Asked { filter, order: PersonRoleProfileOrder::read(order_by), page };
        Ok(Connection::of(list_of(ctx, self.0.id, asked).await?, PersonRoleProfile))
    }

    /// What the person can do now: the effective level of each skill they were rated in. Null when you
    /// may not see their assessments. A skill that is missing was never rated, which is not level 0.
    async fn skills(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<EffectiveSkillFilter>,
        order_by: Option<EffectiveSkillOrder>,
    ) -> Option<Result<Connection<EffectiveSkill>>> {
        let page = PageArguments { first, after, last, before };
        EffectiveSkill::page(ctx, self.0.id, &page, filter, order_by).await.transpose()
    }

    /// The assessments of the person that you may see: all of your own and of people you lead, PEER and
    /// CERTIFICATE ones of skills you own, and those you wrote.
    async fn assessments(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<SkillAssessmentFilter>,
        order_by: Option<SkillAssessmentOrder>,
    ) -> Result<Connection<SkillAssessment>> {
        let page = PageArguments { first, after, last, before }.request(KeyKind::Time)?;
        let filter = filter.unwrap_or_default().read();
        let asked = Asked { filter, order: SkillAssessmentOrder::read(order_by), page };
        Ok(Connection::of(list_of(ctx, self.0.id, asked).await?, SkillAssessment))
    }

    /// What the person would like to work with, rated or not. Null when you may not see their
    /// assessments.
    async fn interests(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<SkillInterestFilter>,
        order_by: Option<SkillInterestOrder>,
    ) -> Option<Result<Connection<SkillInterest>>> {
        let page = PageArguments { first, after, last, before };
        SkillInterest::page(ctx, self.0.id, &page, filter, order_by).await.transpose()
    }

    /// What a role profile requires against what the person can do. Null when you may not see their
    /// assessments or the profile.
    async fn gap(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Measured against what: by `id` or `key` the version that was published at `asOf`."
        )]
        role_profile: RoleProfileInput,
        #[graphql(desc = "As of this instant in valid time, not in the future; now when left out.")]
        as_of: Option<DateTime>,
    ) -> Option<Result<GapReport>> {
        report_of(ctx, self.0.id, role_profile, as_of).await.transpose()
    }

    /// Where the career paths lead from the role profiles that the person holds now: at most 100, in the order
    /// written. Null when you may not see their assessments.
    #[graphql(complexity = "cost::own(1 + 10 * child_complexity, child_complexity)")]
    async fn career_options(&self, ctx: &Context<'_>) -> Option<Result<Vec<CareerOption>>> {
        CareerOption::all(ctx, self.0.id).await.transpose()
    }

    /// What the person is excused from: shown to the person, to those who lead them and to ADMIN.
    async fn exemptions(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        #[graphql(desc = "Which of them; those that hold now by default.")] filter: Option<
            RequirementExemptionFilter,
        >,
        order_by: Option<RequirementExemptionOrder>,
    ) -> Result<Connection<RequirementExemption>> {
        let page = PageArguments { first, after, last, before }.request(KeyKind::Time)?;
        let filter = RequirementExemptionFilter::read(filter, &ctx.reads()?.scope);
        let asked = Asked { filter, order: RequirementExemptionOrder::read(order_by), page };
        Ok(Connection::of(list_of(ctx, self.0.id, asked).await?, RequirementExemption))
    }

    /// The development plans of the person that you may see: your own, and those of people you lead.
    async fn development_plans(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<DevelopmentPlanFilter>,
        order_by: Option<DevelopmentPlanOrder>,
    ) -> Result<Connection<DevelopmentPlan>> {
        let page = PageArguments { first, after, last, before }.request(KeyKind::Time)?;
        let filter = filter.unwrap_or_default().read();
        let asked = Asked { filter, order: DevelopmentPlanOrder::read(order_by), page };
        Ok(Connection::of(list_of(ctx, self.0.id, asked).await?, DevelopmentPlan))
    }

    /// What you may do with the person now.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<PersonPermissions> {
        self.permissions(ctx).await
    }
}

fn identity(ctx: &Context<'_>, person: &people::Person) -> Result<Option<PersonIdentity>> {
    let scope = &ctx.reads()?.scope;
    if scope.person_id() != Some(person.id) && !scope.claims().has(Claim::Admin) {
        return Ok(None);
    }
    let known = person.identity.clone();
    Ok(known.map(|people::Identity { issuer, subject }| PersonIdentity { issuer, subject }))
}

/// A role profile a person holds.
#[derive(Debug, Clone)]
pub struct PersonRoleProfile(pub Arc<people::PersonRoleProfile>);

/// A dated assignment of a role profile to a person. What is required of them is in the profile's
/// published version.
#[Object]
impl PersonRoleProfile {
    /// The role profile.
    async fn role_profile(&self, ctx: &Context<'_>) -> Option<Result<RoleProfile>> {
        RoleProfile::find(ctx, self.0.role_profile_id).await.transpose()
    }

    /// The first instant at which the person holds it.
    async fn valid_from(&self) -> DateTime {
        DateTime(self.0.valid.from)
    }

    /// The first instant at which the person no longer holds it; null while they do.
    async fn valid_to(&self) -> Option<DateTime> {
        self.0.valid.to.map(DateTime)
    }
}

/// Whether all assessments of a person are open to the viewer.
pub(in crate::graphql) async fn is_open(ctx: &Context<'_>, person: PersonId) -> Result<bool> {
    Ok(find(ctx, OpenBookOf(person)).await?.is_some())
}
