//! The teams and people of the access world.
//!
//! Company ▸ Platform ▸ Storage and Company ▸ Web, a team that was closed and one that is empty. Hana leads the company,
//! Lena the platform, Otto the web; Mia and Paul are on the platform, Stan is in storage; Olga, Sam and
//! Oda are in the web. Rex left his team, Ina left the company.

use assay::domain::{
    ids::{TeamId, TeamMembershipKind},
    teams::TeamRole,
};

use super::objects::Objects;

/// A handle, a display name, a discoverability and the teams somebody is in now.
type Sketch = (&'static str, &'static str, &'static str, &'static [(&'static str, TeamRole)]);

/// Everybody, with the teams they are in now.
const PEOPLE: [Sketch; 11] = [
    ("hana", "Hana Head", "TEAM", &[("company", TeamRole::Lead)]),
    ("lena", "Lena Lead", "TEAM", &[("platform", TeamRole::Lead)]),
    ("mia", "Mia Myself", "TEAM", &[("platform", TeamRole::Member)]),
    ("paul", "Paul Peer", "TEAM", &[("platform", TeamRole::Member)]),
    ("stan", "Stan Store", "NOBODY", &[("storage", TeamRole::Member)]),
    ("otto", "Otto Other", "TEAM", &[("web", TeamRole::Lead)]),
    ("olga", "Olga Owner", "TEAM", &[("web", TeamRole::Member)]),
    ("sam", "Sam Stranger", "NOBODY", &[("web", TeamRole::Member)]),
    ("oda", "Oda Open", "ORGANISATION", &[("web", TeamRole::Member)]),
    ("rex", "Rex Roamer", "TEAM", &[]),
    // She left, and nobody has ended her stay: the permission must not hang on that.
    ("ina", "Ina Inactive", "ORGANISATION", &[("platform", TeamRole::Member)]),
];

pub async fn lay(objects: &mut Objects<'_>) {
    let world = objects.world;
    let company = team(objects, "Company", None).await;
    let platform = team(objects, "Platform", Some(company)).await;
    team(objects, "Storage", Some(platform)).await;
    team(objects, "Web", Some(company)).await;
    team(objects, "Legacy", None).await;
    team(objects, "Vacant", None).await;
    world.execute("UPDATE team SET status = 'ARCHIVED' WHERE slug = 'legacy'", []).await;
    for (short, name, discoverability, teams) in PEOPLE {
        let person = world.person(name).await;
        objects.keep("Person", &format!("person/{short}"), person, name);
        let update = "UPDATE person SET discoverability = $1, title = $2 WHERE id = $3";
        let title = format!("{name}'s title");
        world.execute(update, [discoverability.into(), title.into(), person.uuid().into()]).await;
        for (team, role) in teams {
            stay(objects, short, team, *role, None).await;
        }
    }
    let left = "UPDATE person SET status = 'INACTIVE' WHERE id = $1";
    world.execute(left, [objects.uuid("person/ina").into()]).await;
    // Who was where before: the past grants nothing.
    for (person, team) in [("mia", "web"), ("rex", "platform"), ("ina", "web")] {
        stay(objects, person, team, TeamRole::Lead, Some(-300)).await;
    }
}

async fn team(objects: &mut Objects<'_>, name: &str, parent: Option<TeamId>) -> TeamId {
    let id = objects.world.team(name, parent).await;
    let slug = name.to_lowercase();
    objects.keep("Team", &format!("team/{slug}"), id, &slug);
    id
}

async fn stay(objects: &mut Objects<'_>, person: &str, team: &str, role: TeamRole, until: Option<i64>) {
    let id = objects.world.id::<TeamMembershipKind>();
    let row = [
        ("id", id.uuid().into()),
        ("team_id", objects.uuid(&format!("team/{team}")).into()),
        ("person_id", objects.uuid(&format!("person/{person}")).into()),
        ("role", role.as_str().into()),
        ("allocation_pct", 80.into()),
        ("valid_from", objects.day(-900).into()),
        ("valid_to", until.map(|days| objects.day(days)).into()),
    ];
    objects.world.insert("team_membership", row).await;
    objects.keep("TeamMembership", &format!("stay/{person} {team}"), id, "");
}
