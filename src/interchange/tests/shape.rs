//! The demo is as large and as varied as it claims to be.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    domain::{
        people::{Discoverability, PersonStatus},
        skills::SkillKind,
        teams::TeamRole,
    },
    interchange::{
        demo::{Demo, demo},
        organisation::{Organisation, Persona},
    },
};

fn read() -> Demo {
    demo().unwrap()
}

/// How many teams stand above and including `slug`.
fn depth(organisation: &Organisation, slug: &str) -> usize {
    let team = organisation.teams.iter().find(|team| team.slug.as_str() == slug).unwrap();
    1 + team.parent.as_ref().map_or(0, |parent| depth(organisation, parent))
}

#[test]
fn the_organisation_has_a_tree_three_deep_with_people_in_every_team() {
    let organisation = read().organisation;
    let active = organisation.people.iter().filter(|person| person.status == PersonStatus::Active);
    assert!(active.count() >= 44);
    assert!(organisation.teams.len() >= 8);
    assert_eq!(organisation.teams.iter().map(|team| depth(&organisation, &team.slug)).max(), Some(3));
    for team in &organisation.teams {
        let leads = organisation.people.iter().flat_map(|person| &person.memberships).filter(|stay| {
            stay.team.value == team.slug.value && stay.role == TeamRole::Lead && stay.to_days_ago.is_none()
        });
        assert_eq!(leads.count(), 1, "{}", team.slug.value);
    }
}

#[test]
fn people_move_between_teams_and_share_their_week() {
    let people = read().organisation.people;
    let stays = |open: bool| {
        people
            .iter()
            .filter(|p| {
                p.memberships.iter().filter(|stay| stay.to_days_ago.is_none() == open).count() > 1 || !open
            })
            .filter(|p| p.memberships.iter().any(|stay| stay.to_days_ago.is_none() == open))
            .count()
    };
    assert!(stays(true) >= 1, "nobody is in two teams");
    assert!(stays(false) >= 3, "nobody ever moved");
    for person in &people {
        let week: i32 = person
            .memberships
            .iter()
            .filter(|stay| stay.to_days_ago.is_none())
            .map(|stay| stay.allocation_pct.value)
            .sum();
        assert!(week <= 100, "{}", person.name.value);
        if person.status == PersonStatus::Inactive {
            assert_eq!(week, 0, "{}", person.name.value);
        }
    }
    for choice in Discoverability::ALL {
        assert!(people.iter().any(|person| person.discoverability == *choice));
    }
}

#[test]
fn every_persona_can_sign_in_and_the_manager_leads_teams_below() {
    let organisation = read().organisation;
    for persona in Persona::ALL {
        assert!(organisation.persona(*persona).is_some(), "{}", persona.as_str());
    }
    let manager = organisation.persona(Persona::Manager).unwrap();
    let led: BTreeSet<&str> = manager
        .memberships
        .iter()
        .filter(|stay| stay.role == TeamRole::Lead)
        .map(|stay| stay.team.as_str())
        .collect();
    let below = organisation
        .teams
        .iter()
        .filter(|team| team.parent.as_ref().is_some_and(|p| led.contains(p.as_str())));
    assert!(below.count() >= 2);
}

#[test]
fn the_catalogue_covers_every_kind_with_levels() {
    let catalogue = read().catalogue;
    assert!(catalogue.skills.len() >= 60);
    let mut kinds: BTreeMap<SkillKind, usize> = BTreeMap::new();
    for skill in &catalogue.skills {
        *kinds.entry(skill.kind).or_default() += 1;
        let levels: Vec<u8> = skill.levels.iter().map(|step| step.level.value()).collect();
        assert!(levels == [1, 3, 5] || levels == [1, 2, 3, 4, 5], "{}", skill.slug.value);
    }
    assert_eq!(kinds.len(), SkillKind::ALL.len());
    let described = |skill: &&crate::interchange::catalogue::SkillRow| {
        skill.levels.len() == 5 && skill.levels.iter().all(|step| !step.examples.is_empty())
    };
    assert!(catalogue.skills.iter().filter(described).count() >= 20);
}
