//! Teams in a tree several levels deep, and the people of each team with the stays that brought them there.

use crate::{
    app::{
        demo::instants::span,
        scale::{
            Scale,
            words::{AREAS, FIRST_NAMES, LAST_NAMES, MISSIONS},
        },
    },
    domain::{
        people::{Discoverability, Identity, Person, PersonStatus},
        teams::{Team, TeamMembership, TeamRole, TeamStatus},
    },
    store::TeamLink,
};

/// Teams directly below each team, the last ones aside.
const TEAMS_BELOW: u32 = 6;
/// Teams stood where they stand since before anyone joined, unless a re-organisation moved them.
const TEAMS_BEGAN_DAYS_AGO: i64 = 1_600;

/// The people of one team and how they came into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Crew {
    pub(super) people: Vec<Person>,
    pub(super) memberships: Vec<TeamMembership>,
}

/// When a person joined their team, and where they were before; in days before today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arrival {
    pub(super) joined: i64,
    pub(super) from: Option<(u32, i64)>,
}

impl Arrival {
    /// The first day in the company.
    pub(super) fn since(&self) -> i64 {
        self.from.map_or(self.joined, |(_, day)| day)
    }
}

impl Scale {
    pub(super) fn above(team: u32) -> Option<u32> {
        team.checked_sub(1).map(|before| before / TEAMS_BELOW)
    }

    pub(super) fn team(&self, n: u32) -> Team {
        let pick = |words: &[&'static str], n: u32| words[n as usize % words.len()];
        let (area, mission) = (pick(&AREAS, n), pick(&MISSIONS, n / 20));
        Team {
            id: self.id(n),
            name: format!("{area} {mission} {n}"),
            slug: format!("{}-{}-{n}", area.to_lowercase(), mission.to_lowercase()),
            status: TeamStatus::Active,
            parent_id: Self::above(n).map(|above| self.id(above)),
            revision: 1,
        }
    }

    /// Where the team stood in the tree; one in twenty was moved down from the top of it.
    pub(super) fn places(&self, team: u32) -> Vec<TeamLink> {
        let Some(above) = Self::above(team) else { return Vec::new() };
        let mut chance = self.chance("places", team.into());
        let moved = (above > 0 && chance.percent(5)).then(|| chance.between(200, 1_000));
        let place = |n: u64, parent: u32, from: i64, to: Option<i64>| TeamLink {
            id: self.uuid("team_parent", u64::from(team) * 2 + n),
            team_id: self.id(team),
            parent_id: self.id(parent),
            valid: span(self.now, from, to),
        };
        let before = moved.map(|day| place(0, 0, TEAMS_BEGAN_DAYS_AGO, Some(day)));
        let now = place(1, above, moved.unwrap_or(TEAMS_BEGAN_DAYS_AGO), None);
        before.into_iter().chain([now]).collect()
    }

    pub(super) fn crew(&self, team: u32) -> Crew {
        let mut crew = Crew { people: Vec::new(), memberships: Vec::new() };
        for n in Self::people_of(team) {
            crew.people.push(self.person(n));
            crew.memberships.extend(self.stays(team, n));
        }
        crew
    }

    /// Leads are there from the beginning; one in five of the others came from another team.
    pub(super) fn arrival(&self, team: u32, person: u32) -> Arrival {
        let mut chance = self.chance("arrival", person.into());
        if person == Self::lead_of(team) {
            return Arrival { joined: 1_500, from: None };
        }
        let other = u32::try_from(chance.between(0, self.teams.into())).unwrap_or(0);
        if other != team && chance.percent(20) {
            let (joined, since) = (chance.between(400, 700), chance.between(800, 1_500));
            return Arrival { joined, from: Some((other, since)) };
        }
        Arrival { joined: chance.between(420, 1_500), from: None }
    }

    fn person(&self, n: u32) -> Person {
        let mut chance = self.chance("person", n.into());
        let first = chance.one_of(&FIRST_NAMES).copied().unwrap_or_default();
        let last = chance.one_of(&LAST_NAMES).copied().unwrap_or_default();
        Person {
            id: self.id(n),
            display_name: format!("{first} {last}"),
            email: format!("{}.{}.{n}@example.com", first.to_lowercase(), last.to_lowercase()),
            title: None,
            identity: Some(Identity { issuer: self.issuer.clone(), subject: format!("person-{n}") }),
            status: PersonStatus::Active,
            discoverability: match chance.between(0, 20) {
                0 => Discoverability::Nobody,
                1..=5 => Discoverability::Organisation,
                _ => Discoverability::Team,
            },
            revision: 1,
        }
    }

    fn stays(&self, team: u32, person: u32) -> Vec<TeamMembership> {
        let role = if person == Self::lead_of(team) { TeamRole::Lead } else { TeamRole::Member };
        let part_time = self.chance("allocation", person.into()).percent(10);
        let allocation_pct = if part_time { 60 } else { 100 };
        let stay = |n: u64, team: u32, role: TeamRole, from: i64, to: Option<i64>| TeamMembership {
            id: self.id(u64::from(person) * 2 + n),
            person_id: self.id(person),
            team_id: self.id(team),
            role,
            allocation_pct,
            valid: span(self.now, from, to),
        };
        let arrival = self.arrival(team, person);
        let before =
            arrival.from.map(|(other, since)| stay(0, other, TeamRole::Member, since, Some(arrival.joined)));
        before.into_iter().chain([stay(1, team, role, arrival.joined, None)]).collect()
    }
}
