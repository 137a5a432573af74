//! The organisation's rows as entities: days ago become intervals, personas become identities.

use uuid::Uuid;

use crate::{
    app::demo::{
        ids::{demo_id, id_of},
        instants::span,
    },
    domain::{
        coverage::Target,
        ids::TeamId,
        levels::Level,
        people::{Identity, Person, PersonRoleProfile},
        teams::{Team, TeamMembership, TeamStatus},
        time::Timestamp,
    },
    interchange::{
        demo::Demo,
        organisation::{PersonRow, TeamRow},
    },
    store::TeamLink,
};

/// Teams stood where they stand since before anyone joined, unless a re-organisation moved them.
const TEAMS_BEGAN_DAYS_AGO: i64 = 1600;

/// Teams, people and how they belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teams {
    /// Teams.
    pub teams: Vec<Team>,
    /// The team tree, dated.
    pub parents: Vec<TeamLink>,
    /// People.
    pub people: Vec<Person>,
    /// Their stays in teams.
    pub memberships: Vec<TeamMembership>,
    /// What teams have to be able to do.
    pub targets: Vec<(TeamId, Target)>,
    /// The role profiles they hold or held.
    pub held: Vec<(Uuid, PersonRoleProfile)>,
}

impl Teams {
    pub(super) fn of(demo: &Demo, issuer: &str, now: Timestamp) -> Self {
        let (teams, people) = (&demo.organisation.teams, &demo.organisation.people);
        Self {
            teams: teams.iter().map(team).collect(),
            parents: teams.iter().flat_map(|row| parents(row, now)).collect(),
            people: people.iter().map(|row| person(row, issuer)).collect(),
            memberships: people.iter().flat_map(|row| memberships(row, now)).collect(),
            targets: teams.iter().flat_map(targets).collect(),
            held: people.iter().flat_map(|row| held(row, now)).collect(),
        }
    }
}

fn team(row: &TeamRow) -> Team {
    Team {
        id: id_of(&row.slug),
        name: row.name.value.clone(),
        slug: row.slug.value.clone(),
        status: TeamStatus::Active,
        parent_id: row.parent.as_ref().map(|slug| id_of(slug)),
        revision: 1,
    }
}

fn targets(row: &TeamRow) -> impl Iterator<Item = (TeamId, Target)> {
    row.targets.iter().filter_map(|target| {
        let (skill_id, head_count) = (id_of(&target.skill), target.head_count.value);
        let level = Level::new(target.level.value).ok()?;
        Some((id_of(&row.slug), Target { skill_id, level, head_count }))
    })
}

fn parents(row: &TeamRow, now: Timestamp) -> Vec<TeamLink> {
    let place = |parent: &str, from: i64, to: Option<i64>| TeamLink {
        id: demo_id("team_parent", &format!("{} {parent} {from}", row.slug.value)),
        team_id: id_of(&row.slug),
        parent_id: id_of(parent),
        valid: span(now, from, to),
    };
    let moved = row.former_parent.as_ref().map(|former| former.until_days_ago.value);
    let before = row.former_parent.as_ref().map(|f| place(&f.team, TEAMS_BEGAN_DAYS_AGO, moved));
    let since = row.parent.as_ref().map(|slug| place(slug, moved.unwrap_or(TEAMS_BEGAN_DAYS_AGO), None));
    before.into_iter().chain(since).collect()
}

fn person(row: &PersonRow, issuer: &str) -> Person {
    Person {
        id: id_of(&row.email),
        display_name: row.name.value.clone(),
        email: row.email.value.clone(),
        title: row.title.clone(),
        identity: row
            .persona
            .as_ref()
            .map(|persona| Identity { issuer: issuer.to_owned(), subject: persona.subject.value.clone() }),
        status: row.status,
        discoverability: row.discoverability,
        revision: 1,
    }
}

fn memberships(row: &PersonRow, now: Timestamp) -> impl Iterator<Item = TeamMembership> {
    row.memberships.iter().map(move |stay| TeamMembership {
        id: id_of(&format!("{} {} {}", row.email.value, stay.team.value, stay.from_days_ago.value)),
        person_id: id_of(&row.email),
        team_id: id_of(&stay.team),
        role: stay.role,
        allocation_pct: stay.allocation_pct.value,
        valid: span(now, stay.from_days_ago.value, stay.to_days_ago),
    })
}

fn held(row: &PersonRow, now: Timestamp) -> impl Iterator<Item = (Uuid, PersonRoleProfile)> {
    row.role_profiles.iter().map(move |held| {
        let key = format!("{} {} {}", row.email.value, held.key.value, held.from_days_ago.value);
        let held = PersonRoleProfile {
            person_id: id_of(&row.email),
            role_profile_id: id_of(&held.key),
            valid: span(now, held.from_days_ago.value, held.to_days_ago),
        };
        (demo_id("person_role_profile", &key), held)
    })
}
