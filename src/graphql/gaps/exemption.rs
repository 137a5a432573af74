//! An exemption from a requirement as an object of the graph.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::{
    domain::{gaps::exemptions, ids::RequirementExemptionId},
    graphql::{
        connection::listed, context::found_by_id, ids::global, people::Person,
        permissions::RequirementExemptionPermissions, scalars::DateTime, skills::Skill,
    },
};

/// An exemption the viewer sees.
#[derive(Debug, Clone)]
pub struct RequirementExemption(pub Arc<exemptions::RequirementExemption>);

found_by_id! { RequirementExemption(RequirementExemptionId); }
listed! { RequirementExemption: "exemptions"; }

/// A person excused from what role profiles require of a skill, for a stated reason, until a stated day. It
/// stays as history when it is over.
#[Object]
impl RequirementExemption {
    /// The id of the exemption.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// Who is excused; null when you may not see them.
    async fn person(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.0.person_id).await.transpose()
    }

    /// From what: of a skill that was merged, the one it reads as today.
    async fn skill(&self, ctx: &Context<'_>) -> Option<Result<Skill>> {
        Skill::canonical(ctx, self.0.skill_id).await.transpose()
    }

    /// Why.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Who excused; null for a program, and when you may not see them.
    async fn granted_by(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.0.granted_by?).await.transpose()
    }

    /// The first instant at which it held.
    async fn valid_from(&self) -> DateTime {
        DateTime(self.0.from)
    }

    /// The stated end: the first instant at which it no longer holds, unless it was ended before.
    async fn until(&self) -> DateTime {
        DateTime(self.0.until)
    }

    /// When it was ended before its day; null when it was not.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(DateTime)
    }

    /// Who ended it before its day; null when nobody did, and when you may not see them.
    async fn ended_by(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.0.ended_by?).await.transpose()
    }

    /// What you may do with the exemption now.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<RequirementExemptionPermissions> {
        self.permissions(ctx).await
    }
}
