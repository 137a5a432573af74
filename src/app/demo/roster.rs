//! Who worked where on a day of the demo's past: who could rate whom then. Makes no rating.

use std::collections::BTreeMap;

use crate::{
    domain::teams::TeamRole,
    interchange::{
        demo::Demo,
        organisation::{MembershipRow, PersonRow, TeamRow},
    },
};

/// The organisation, asked by day; days are counted back from today.
pub(super) struct Roster<'d> {
    people: &'d [PersonRow],
    parents: BTreeMap<&'d str, &'d str>,
    owners: BTreeMap<&'d str, &'d PersonRow>,
    sole_holders: BTreeMap<&'d str, &'d PersonRow>,
}

impl<'d> Roster<'d> {
    pub(super) fn of(demo: &'d Demo) -> Self {
        let organisation = &demo.organisation;
        let people = &organisation.people;
        let parent =
            |team: &'d TeamRow| team.parent.as_ref().map(|parent| (team.slug.as_str(), parent.as_str()));
        Self {
            people,
            parents: organisation.teams.iter().filter_map(parent).collect(),
            owners: people.iter().flat_map(|p| p.owns_skills.iter().map(move |s| (s.as_str(), p))).collect(),
            sole_holders: people
                .iter()
                .flat_map(|p| p.holds_alone.iter().map(move |s| (s.as_str(), p)))
                .collect(),
        }
    }

    /// The person who looks after a skill.
    pub(super) fn owner(&self, skill: &str) -> Option<&'d PersonRow> {
        self.owners.get(skill).copied()
    }

    /// The one person who has a skill at level 3 or above, where only one shall.
    pub(super) fn sole_holder(&self, skill: &str) -> Option<&'d PersonRow> {
        self.sole_holders.get(skill).copied()
    }

    /// The nearest lead above a person on a day.
    pub(super) fn lead_of(&self, person: &PersonRow, day: i64) -> Option<&'d PersonRow> {
        stays(person, day).find_map(|stay| self.lead_from(&stay.team, person, day))
    }

    fn lead_from(&self, team: &str, person: &PersonRow, day: i64) -> Option<&'d PersonRow> {
        let leads = |other: &&PersonRow| {
            other.email.value != person.email.value
                && stays(other, day).any(|stay| stay.team.as_str() == team && stay.role == TeamRole::Lead)
        };
        self.people
            .iter()
            .find(leads)
            .or_else(|| self.parents.get(team).and_then(|above| self.lead_from(above, person, day)))
    }

    /// The people who shared a team with a person on a day.
    pub(super) fn colleagues(&self, person: &PersonRow, day: i64) -> Vec<&'d PersonRow> {
        let shares = |other: &&PersonRow| {
            other.email.value != person.email.value
                && stays(other, day)
                    .any(|theirs| stays(person, day).any(|own| own.team.value == theirs.team.value))
        };
        self.people.iter().filter(shares).collect()
    }

    /// Who may validate what `assessor` said of `person`: the skill's owner, else the person's lead.
    pub(super) fn validator(
        &self,
        skill: &str,
        person: &PersonRow,
        assessor: &PersonRow,
        day: i64,
    ) -> Option<&'d PersonRow> {
        let apart = |found: &&PersonRow| {
            found.email.value != person.email.value && found.email.value != assessor.email.value
        };
        let owner = self.owner(skill).filter(|owner| stays(owner, day).next().is_some());
        owner.filter(apart).or_else(|| self.lead_of(person, day).filter(apart))
    }
}

/// The stays of a person that cover a day.
pub(super) fn stays(person: &PersonRow, day: i64) -> impl Iterator<Item = &MembershipRow> {
    person
        .memberships
        .iter()
        .filter(move |stay| day <= stay.from_days_ago.value && stay.to_days_ago.is_none_or(|to| day > to))
}
