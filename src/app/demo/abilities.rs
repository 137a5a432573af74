//! What the people of the demo can really do, and how it grew; ratings are opinions of this.

use std::collections::BTreeSet;

use crate::{
    app::demo::{chance::Chance, roster::Roster},
    domain::skills::{SkillKind, SkillRelationKind},
    interchange::{catalogue::SkillRow, demo::Demo, organisation::PersonRow},
};

/// The history reaches back this far: 18 months.
pub(super) const HISTORY_DAYS: i64 = 548;

/// A person's true level in a skill, in tenths of a level.
pub(super) struct Ability {
    today: i64,
    growth: i64,
    ceiling: i64,
}

impl Ability {
    /// Draws it around what the role requires: most people meet most of it, nobody all.
    pub(super) fn of(roster: &Roster<'_>, person: &PersonRow, skill: &SkillRow, required: i64) -> Self {
        let talent = Chance::of(&["talent", &person.email]).between(-4, 6);
        let mut chance = Chance::of(&["ability", &person.email, &skill.slug]);
        let today = 10 * required + talent + chance.between(-12, 12);
        let growth = chance.between(3, 14);
        match roster.sole_holder(&skill.slug) {
            Some(holder) if holder.email.value == person.email.value => {
                Self { today: today.max(42), growth: growth.min(7), ceiling: 5 }
            }
            Some(_) => Self { today, growth, ceiling: 2 },
            None => Self { today, growth, ceiling: 5 },
        }
    }

    /// The level on a day, moved by how the one who rates sees it.
    pub(super) fn seen(&self, days_ago: i64, bias: i64) -> i64 {
        let then = self.today - self.growth * days_ago / HISTORY_DAYS;
        ((then + 5).div_euclid(10) + bias).clamp(0, self.ceiling)
    }
}

/// A skill a person is rated in.
pub(super) struct Pursued<'d> {
    /// The skill.
    pub(super) skill: &'d SkillRow,
    /// The level their role asks for.
    pub(super) required: i64,
}

/// What the roles a person holds or held ask for, and the certificates near it that they went for.
pub(super) fn portfolio<'d>(demo: &'d Demo, person: &'d PersonRow) -> Vec<Pursued<'d>> {
    let mut seen = BTreeSet::new();
    let mut pursued = Vec::new();
    for held in &person.role_profiles {
        let profile = demo.profiles.iter().find(|profile| profile.key == held.key.value);
        for row in profile.into_iter().flat_map(|profile| &profile.requirements) {
            if let Some(skill) = demo.catalogue.skill(&row.skill).filter(|_| seen.insert(row.skill.as_str()))
            {
                pursued.push(Pursued { skill, required: i64::from(row.level.value()) });
            }
        }
    }
    for skill in demo.catalogue.skills.iter().filter(|skill| skill.kind == SkillKind::Certification) {
        let near = skill.relations.iter().any(|relation| {
            relation.kind == SkillRelationKind::Related && seen.contains(relation.to.as_str())
        });
        let went = Chance::of(&["certificate", &person.email, &skill.slug]).percent(45);
        if near && went && seen.insert(skill.slug.as_str()) {
            pursued.push(Pursued { skill, required: 3 });
        }
    }
    pursued
}
