//! Changing teams, memberships and people through the graph: who may, what is refused and where, and what
//! history says afterwards.

mod memberships;
mod people;
mod permission;
mod racing;
mod refusals;
mod teams;
mod trail;

use assay::domain::{
    ids::{Id, Kind, PersonId, RoleProfileId, RoleProfileKind, TeamId, TeamMembershipKind},
    policy::Claim,
    revisions::Aggregate,
    teams::TeamRole,
    text::slug_of,
    time::Timestamp,
};
use serde_json::{Value, json};

use crate::{reads::answer, support::World};

/// A department of two teams with its lead and two members, and a team apart with one person.
pub struct Company {
    pub company: TeamId,
    pub platform: TeamId,
    pub data: TeamId,
    pub apart: TeamId,
    pub lena: PersonId,
    pub mia: PersonId,
    pub otto: PersonId,
}

/// The subjects of the tokens.
pub const LEAD: &str = "lena-lead";
pub const STRANGER: &str = "otto-other";

impl Company {
    pub async fn in_world(world: &World) -> Self {
        let company = world.team("Company", None).await;
        let platform = world.team("Platform", Some(company)).await;
        let data = world.team("Data", Some(company)).await;
        let apart = world.team("Apart", None).await;
        Self {
            company,
            platform,
            data,
            apart,
            lena: world.person_in(company, "Lena Lead", TeamRole::Lead).await,
            mia: world.person_in(platform, "Mia Member", TeamRole::Member).await,
            otto: world.person_in(apart, "Otto Other", TeamRole::Member).await,
        }
    }
}

impl World {
    /// An ADMIN who is nobody here.
    pub fn admin(&self) -> String {
        self.token("an-admin", &[Claim::Admin], &[])
    }

    /// An active role profile without a version.
    pub async fn role_profile(&self, title: &str) -> RoleProfileId {
        let id: Id<RoleProfileKind> = self.id();
        let columns = [
            ("id", id.uuid().into()),
            ("key", slug_of(title).into()),
            ("title", title.into()),
            ("title_key", title.to_lowercase().into()),
            ("family", "Engineering".into()),
            ("track", "TECHNICAL".into()),
            ("seniority", 3.into()),
            ("status", "ACTIVE".into()),
        ];
        self.insert("role_profile", columns).await;
        let root = [
            ("aggregate", Aggregate::RoleProfile.as_str().into()),
            ("id", id.uuid().into()),
            ("value", 1_i64.into()),
        ];
        self.insert("revision", root).await;
        id
    }

    /// The revision of a team.
    pub async fn team_revision(&self, team: TeamId) -> i64 {
        let sql = "SELECT value FROM revision WHERE aggregate = 'TEAM' AND id = $1";
        self.rows(sql, [team.uuid().into()]).await[0].try_get("", "value").expect("a revision")
    }

    /// The id of a person's one stay in a team.
    pub async fn stay(&self, team: TeamId, person: PersonId) -> String {
        let sql = "SELECT id FROM team_membership WHERE team_id = $1 AND person_id = $2";
        let rows = self.rows(sql, [team.uuid().into(), person.uuid().into()]).await;
        assert_eq!(rows.len(), 1, "one stay");
        Id::<TeamMembershipKind>::from_uuid(rows[0].try_get("", "id").expect("an id")).to_string()
    }
}

/// An id that nothing has.
pub fn nothing<K: Kind>(world: &World) -> String {
    world.id::<K>().to_string()
}

/// How the API writes an instant.
pub fn instant(at: Timestamp) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}

const TEAM: &str = "team { id name slug status revision parent { id } }";
const MEMBERSHIP: &str = "id role allocationPct validFrom validTo person { id } team { id revision }";
const PERSON: &str = "person { id displayName email title status discoverability revision \
     identity { issuer subject } roleProfiles(filter: { history: true }) { nodes { \
     roleProfile { id } validFrom validTo } } }";

fn shown(name: &str) -> String {
    match name {
        "createTeam" => format!("{TEAM} edge {{ cursor node {{ id }} }}"),
        "addTeamMember" => {
            format!("membership {{ {MEMBERSHIP} }} edge {{ cursor node {{ id }} }} team {{ revision }}")
        }
        "updateTeamMembership" => format!("membership {{ {MEMBERSHIP} }} previous {{ {MEMBERSHIP} }}"),
        "endTeamMembership" => format!("membership {{ {MEMBERSHIP} }}"),
        "createPerson" => format!("{PERSON} edge {{ cursor node {{ id }} }}"),
        _ if name.ends_with("Person") => PERSON.to_owned(),
        _ => TEAM.to_owned(),
    }
}

/// The payload of a mutation asked by the bearer of `token`, a second after the last one; a create gets the
/// key it must have.
pub async fn change(world: &World, token: &str, name: &str, mut input: Value) -> Value {
    world.tick();
    let creates = ["createTeam", "addTeamMember", "createPerson"].contains(&name);
    if creates && input.get("idempotencyKey").is_none() {
        input["idempotencyKey"] = json!(world.id::<TeamMembershipKind>().uuid().to_string());
    }
    let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let document = format!(
        "mutation ($input: {kind}!) {{ {name}(input: $input) {{ {} \
         userErrors {{ code field message currentRevision }} }} }}",
        shown(name)
    );
    let said = answer(world, token, &document, json!({ "input": input })).await;
    assert_eq!(said.get("errors"), None, "{document}");
    said["data"][name].clone()
}

/// The payload of an ADMIN's mutation that must not be refused.
pub async fn done(world: &World, name: &str, input: Value) -> Value {
    let payload = change(world, &world.admin(), name, input).await;
    assert_eq!(payload["userErrors"], json!([]), "{name}");
    payload
}
