//! Who of the demo is excused from what: a few people from one skill their role asks for, by who leads them,
//! most of them still, some no longer.

use chrono::TimeDelta;

use crate::{
    app::demo::{
        abilities::portfolio, chance::Chance, ids::id_of, instants::at_work, roster::Roster, skills::skill_id,
    },
    domain::{
        gaps::exemptions::RequirementExemption, people::PersonStatus, skills::SkillKind, time::Timestamp,
    },
    interchange::{demo::Demo, organisation::PersonRow},
};

/// Why leads excuse people.
const REASONS: [&str; 4] = [
    "On parental leave until then; looks at it again afterwards.",
    "Works on the migration for now and does not need it there.",
    "Joins the training in the next quarter.",
    "A colleague of the team covers it until the reorganisation.",
];

/// Every exemption, by person.
pub(super) fn granted(demo: &Demo, now: Timestamp) -> Vec<RequirementExemption> {
    let roster = Roster::of(demo);
    let active = demo.organisation.people.iter().filter(|person| person.status == PersonStatus::Active);
    active.filter_map(|person| exemption(demo, &roster, person, now)).collect()
}

fn exemption(
    demo: &Demo,
    roster: &Roster<'_>,
    person: &PersonRow,
    now: Timestamp,
) -> Option<RequirementExemption> {
    let mut chance = Chance::of(&["exemption", &person.email]);
    let lead = roster.lead_of(person, 0).filter(|_| chance.percent(15))?;
    let pursued = portfolio(demo, person);
    let skills: Vec<_> =
        pursued.iter().map(|one| one.skill).filter(|skill| skill.kind != SkillKind::Certification).collect();
    let skill = chance.one_of(&skills)?;
    let from = at_work(now, chance.between(40, 200), chance.between(0, 480));
    let ended = chance.percent(25).then(|| from + TimeDelta::days(chance.between(10, 39)));
    Some(RequirementExemption {
        id: id_of(&format!("{} {}", person.email.value, skill.slug.value)),
        person_id: id_of(&person.email),
        skill_id: skill_id(&skill.slug),
        reason: (*chance.one_of(&REASONS)?).to_owned(),
        granted_by: Some(id_of(&lead.email)),
        from,
        until: from + TimeDelta::days(chance.between(240, 400)),
        ended_at: ended,
        ended_by: ended.map(|_| id_of(&lead.email)),
    })
}
