//! Storing teams, people, the tree and memberships.

use uuid::Uuid;

use crate::{
    domain::{
        ids::TeamId,
        people::{Person, PersonRoleProfile},
        revisions::{Aggregate, Root},
        teams::{Team, TeamMembership},
        text::fold,
        time::Interval,
    },
    store::{
        StoreError, Tx,
        entity::{
            organisation::{person, team, team_membership, team_parent},
            profiles::person_role_profile,
        },
    },
};

/// A dated place of a team below another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamLink {
    /// The row's id.
    pub id: Uuid,
    /// The team …
    pub team_id: TeamId,
    /// … and the one above it …
    pub parent_id: TeamId,
    /// … while.
    pub valid: Interval,
}

impl Tx {
    /// Stores new teams; their places in the tree are [`insert_team_links`](Self::insert_team_links).
    ///
    /// # Errors
    /// [`StoreError`]; `team.slug` when a slug is taken.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_teams(&self, teams: &[Team]) -> Result<(), StoreError> {
        self.found(&teams.iter().map(|team| Root::of(Aggregate::Team, team.id)).collect()).await?;
        let row = |team: &Team| team::Model {
            id: team.id.uuid(),
            name: team.name.clone(),
            name_key: fold(&team.name),
            slug: team.slug.clone(),
            status: team.status.as_str().to_owned(),
        };
        self.insert(teams.iter().map(row)).await
    }

    /// Stores the columns of a team as given; its revision is [`raise`](Self::raise)d.
    ///
    /// # Errors
    /// [`StoreError`]; `team.slug` when a slug is taken.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn update_team(&self, team: &Team) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE team SET name = ");
        sql.bind(team.name.as_str()).push(", name_key = ").bind(fold(&team.name));
        sql.push(", slug = ").bind(team.slug.as_str());
        sql.push(", status = ").bind(team.status.as_str());
        sql.push(" WHERE id = ").bind(team.id.uuid());
        self.execute(sql).await.map(drop)
    }

    /// Stores places in the tree.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_team_links(&self, links: &[TeamLink]) -> Result<(), StoreError> {
        let row = |link: &TeamLink| team_parent::Model {
            id: link.id,
            team_id: link.team_id.uuid(),
            parent_id: link.parent_id.uuid(),
            valid_from: link.valid.from,
            valid_to: link.valid.to,
        };
        self.insert(links.iter().map(row)).await
    }

    /// Stores new people.
    ///
    /// # Errors
    /// [`StoreError`]; `person.email_key` or `person.issuer` when an address or identity is taken.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_people(&self, people: &[Person]) -> Result<(), StoreError> {
        self.found(&people.iter().map(|person| Root::of(Aggregate::Person, person.id)).collect()).await?;
        self.insert(people.iter().map(row_of)).await
    }

    /// Stores stays of people in teams. That they overlap no other stay of the person in the team is
    /// checked under the team's lock.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_memberships(&self, stays: &[TeamMembership]) -> Result<(), StoreError> {
        let row = |stay: &TeamMembership| team_membership::Model {
            id: stay.id.uuid(),
            team_id: stay.team_id.uuid(),
            person_id: stay.person_id.uuid(),
            role: stay.role.as_str().to_owned(),
            allocation_pct: stay.allocation_pct,
            valid_from: stay.valid.from,
            valid_to: stay.valid.to,
        };
        self.insert(stays.iter().map(row)).await
    }

    /// Stores which role profiles people hold, each row with its id.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_person_role_profiles(
        &self,
        holdings: &[(Uuid, PersonRoleProfile)],
    ) -> Result<(), StoreError> {
        let row = |(id, held): &(Uuid, PersonRoleProfile)| person_role_profile::Model {
            id: *id,
            person_id: held.person_id.uuid(),
            role_profile_id: held.role_profile_id.uuid(),
            valid_from: held.valid.from,
            valid_to: held.valid.to,
        };
        self.insert(holdings.iter().map(row)).await
    }
}

/// A person as they are stored.
pub(super) fn row_of(person: &Person) -> person::Model {
    person::Model {
        id: person.id.uuid(),
        display_name: person.display_name.clone(),
        display_name_key: fold(&person.display_name),
        email: person.email.clone(),
        email_key: fold(&person.email),
        title: person.title.clone(),
        issuer: person.identity.as_ref().map(|identity| identity.issuer.clone()),
        subject: person.identity.as_ref().map(|identity| identity.subject.clone()),
        status: person.status.as_str().to_owned(),
        discoverability: person.discoverability.as_str().to_owned(),
    }
}
