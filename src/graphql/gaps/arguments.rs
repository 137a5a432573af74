//! What is asked of gaps, found under the viewer's scope and turned into the view's questions.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, OneofObject, Result};

use crate::{
    domain::ids::{PersonId, TeamId},
    graphql::{
        choices::OrderDirection,
        connection::Connection,
        context::{Reading, find},
        details::GapOf,
        gaps::GapReport,
        ids::{parse, parse_all},
        matrix::{TeamScope, past},
        paging::{KeyKind, PageArguments},
        people::{Person, is_open},
        profiles::{edition_named, inputs::RoleProfileInput},
        scalars::DateTime,
    },
    store::{GapRoster, Page},
    views::{
        gaps::{Question, gaps_of},
        profiles::Edition,
    },
};

/// Whom a gap is about, named exactly one way.
#[derive(Debug, Clone, OneofObject)]
pub enum SubjectInput {
    /// The id of a person.
    PersonId(ID),
    /// The id of a candidate. Candidates come with interviews, which this service does not hold yet: until
    /// then nothing is found, as for one that does not exist.
    CandidateId(ID),
}

/// Which gap reports. Conditions add up; without any, all that you may read.
#[derive(Debug, Default, InputObject)]
pub struct GapReportFilter {
    /// Of one of these people.
    person_ids: Option<Vec<ID>>,
    /// Of people whose name or email contains this text; case and width do not matter.
    text: Option<String>,
}

/// What gap reports can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum GapReportOrderField {
    /// Person. By display name.
    Person,
}

/// How gap reports are ordered. The default is PERSON, ASC.
#[derive(Debug, InputObject)]
pub struct GapReportOrder {
    /// By what.
    field: GapReportOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

/// What is asked of the gaps of a team.
#[derive(Debug)]
pub struct TeamGaps {
    /// Measured against this profile; each person's own when absent.
    pub role_profile: Option<RoleProfileInput>,
    /// As of when.
    pub as_of: Option<DateTime>,
    /// Whose members.
    pub scope: TeamScope,
    /// Which part.
    pub page: PageArguments,
    /// Which of them.
    pub filter: GapReportFilter,
    /// In which order.
    pub order: Option<GapReportOrder>,
}

/// One person's report; `None` when the viewer may not read it, or does not see the profile.
///
/// # Errors
/// `BAD_USER_INPUT` for an instant in the future, or what the store returns.
pub async fn report_of(
    ctx: &Context<'_>,
    person: PersonId,
    by: RoleProfileInput,
    as_of: Option<DateTime>,
) -> Result<Option<GapReport>> {
    let as_of = past("asOf", as_of, ctx.reads()?.scope.now())?;
    if Person::find(ctx, person).await?.is_none() || !is_open(ctx, person).await? {
        return Ok(None);
    }
    let Some(edition) = edition_named(ctx, by, as_of).await? else { return Ok(None) };
    let question = Question { person_id: person, edition, as_of };
    Ok(find(ctx, GapOf(question)).await?.map(GapReport))
}

/// The report of whom an input names.
///
/// # Errors
/// As [`report_of`].
pub async fn report_named(
    ctx: &Context<'_>,
    subject: SubjectInput,
    by: RoleProfileInput,
    as_of: Option<DateTime>,
) -> Result<Option<GapReport>> {
    match subject {
        SubjectInput::PersonId(id) => match parse(&id) {
            Some(person) => report_of(ctx, person, by, as_of).await,
            None => Ok(None),
        },
        SubjectInput::CandidateId(_) => Ok(None),
    }
}

/// A page of the reports of a team that the viewer sees; `None` when it names a profile they do not see.
///
/// # Errors
/// `BAD_USER_INPUT` for arguments, or what the store returns.
pub async fn reports_of_team(
    ctx: &Context<'_>,
    team_id: TeamId,
    asked: TeamGaps,
) -> Result<Option<Connection<GapReport>>> {
    let reads = ctx.reads()?;
    let page = asked.page.request(KeyKind::Text)?;
    let as_of = past("asOf", asked.as_of, reads.scope.now())?;
    let edition = match asked.role_profile {
        None => None,
        Some(by) => match edition_named(ctx, by, as_of).await? {
            Some(edition) => Some(edition),
            None => return Ok(None),
        },
    };
    let roster = GapRoster {
        team_id,
        reach: asked.scope.into(),
        at: as_of.unwrap_or(reads.scope.now()),
        version: edition.map(|edition| (edition.role_profile_id, edition.version_id)),
        people: asked.filter.person_ids.as_deref().map(parse_all),
        text: asked.filter.text,
    };
    let descending = asked.order.is_some_and(|GapReportOrder { field, direction }| {
        let GapReportOrderField::Person = field;
        direction.is_some_and(OrderDirection::is_descending)
    });
    let subjects = reads.store.gap_subjects(&reads.scope, &roster, descending, &page).await?;
    let subjects = subjects.map(|subject| Question {
        person_id: subject.person_id,
        edition: Edition { role_profile_id: subject.role_profile_id, version_id: subject.version_id },
        as_of,
    });
    let questions: Vec<Question> = subjects.items.iter().map(|(_, question)| *question).collect();
    let found = gaps_of(&reads.store, &reads.cache, &reads.scope, &questions).await?;
    let Page { items, has_previous, has_next } = subjects;
    let report = |(at, question)| Some((at, GapReport(Arc::clone(found.get(&question)?))));
    let items = items.into_iter().filter_map(report).collect();
    Ok(Some(Connection::of(Page { items, has_previous, has_next }, |report| report)))
}
