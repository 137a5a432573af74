//! Changing the skill catalogue through the graph: who may, what is refused, and what is read afterwards.

mod categories;
mod merges;
mod proposals;
mod racing;
mod random;
mod refusals;
mod updates;

use std::sync::atomic::{AtomicU64, Ordering};

use assay::{
    domain::{
        ids::{Id, Kind, PersonId, SkillCategoryId, SkillId},
        policy::Claim,
        teams::TeamRole,
    },
    store::{Rebuild, StoreError},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Client, SkillSketch, World};

/// A category with three skills, one of them owned; a member, and an ADMIN who is nobody else.
pub struct Catalogue {
    pub category: SkillCategoryId,
    pub mia: PersonId,
    pub owen: PersonId,
    pub rust: SkillId,
    pub go: SkillId,
    pub zig: SkillId,
    pub admin: Client,
    pub member: Client,
    pub owner: Client,
}

impl Catalogue {
    pub async fn in_world(world: &World) -> Self {
        let team = world.team("Platform", None).await;
        let mia = world.person_in(team, "Mia Member", TeamRole::Member).await;
        let owen = world.person("Owen Owner").await;
        let category = world.category("Languages").await;
        let owned = SkillSketch { owner: Some(owen), ..SkillSketch::default() };
        Self {
            category,
            mia,
            owen,
            rust: world.skill(category, "Rust", owned).await,
            go: world.skill(category, "Go", SkillSketch::default()).await,
            zig: world.skill(category, "Zig", SkillSketch::default()).await,
            admin: world.as_stranger(&[Claim::Admin]).await,
            member: world.as_person("Mia Member").await,
            owner: world.as_person("Owen Owner").await,
        }
    }

    /// Changes as ADMIN what must not be refused.
    pub async fn done(&self, name: &str, input: Value) -> Value {
        let payload = change(&self.admin, name, input).await;
        assert_eq!(payload["userErrors"], json!([]), "{name}");
        payload
    }

    /// What ADMIN is refused: code and path of each reason.
    pub async fn refused(&self, name: &str, input: Value) -> Vec<String> {
        refusals(&change(&self.admin, name, input).await)
    }

    pub async fn merge(&self, from: SkillId, into: SkillId) -> Value {
        self.done("mergeSkills", ends(from, into)).await
    }

    pub async fn undo(&self, skill: SkillId) -> Value {
        self.done("undoSkillMerge", named(skill)).await
    }

    /// A skill as ADMIN reads it.
    pub async fn skill(&self, id: SkillId) -> Value {
        let asked = format!("query ($id: ID!) {{ skill(id: $id) {{ {SKILL} }} }}");
        self.admin.query(&asked, json!({ "id": id.to_string() })).await["skill"].take()
    }

    pub async fn aliases(&self, id: SkillId) -> Value {
        self.skill(id).await["aliases"].take()
    }

    /// The names of the skills that a text finds.
    pub async fn found(&self, text: &str) -> Vec<String> {
        let asked = "query ($text: String!) { skills(filter: { text: $text }) { nodes { name } } }";
        let data = self.admin.query(asked, json!({ "text": text })).await;
        let found = data["skills"]["nodes"].as_array().unwrap().iter();
        found.map(|skill| skill["name"].as_str().unwrap().to_owned()).collect()
    }
}

const SKILL: &str = "id name slug description kind status revision reviewIntervalDays expiresAfterDays aliases \
     owner { id } category { id } mergedInto { id } levelDescriptors { level behaviour examples } \
     relations { kind skill { id } } externalRefs { scheme uri schemeVersion match }";

pub fn named(skill: SkillId) -> Value {
    json!({ "skillId": skill.to_string() })
}

pub fn ends(from: SkillId, into: SkillId) -> Value {
    json!({ "fromId": from.to_string(), "intoId": into.to_string() })
}

/// How many keys were made.
static KEYS: AtomicU64 = AtomicU64::new(0);

/// The payload of a mutation with that input. A create gets a key of its own when it has none.
pub async fn change(client: &Client, name: &str, mut input: Value) -> Value {
    let creates = ["proposeSkill", "createSkillCategory"].contains(&name);
    if creates && input.get("idempotencyKey").is_none() {
        input["idempotencyKey"] = json!(format!("key-{}", KEYS.fetch_add(1, Ordering::Relaxed)));
    }
    let shown = match name {
        "mergeSkills" => format!("merged {{ {SKILL} }} into {{ {SKILL} }}"),
        "proposeSkill" => format!("skill {{ {SKILL} }} edge {{ cursor node {{ id }} }}"),
        "createSkillCategory" => {
            "category { id name slug position parent { id } revision } edge { cursor node { id } }".to_owned()
        }
        "moveSkillCategory" => "category { id name slug position parent { id } revision }".to_owned(),
        _ => format!("skill {{ {SKILL} }}"),
    };
    let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let asked = format!(
        "mutation ($input: {kind}!) {{ {name}(input: $input) {{ {shown} \
         userErrors {{ code field message currentRevision }} }} }}"
    );
    client.query(&asked, json!({ "input": input })).await[name].take()
}

/// Code and path of each reason, such as `TAKEN aliases.1`.
pub fn refusals(payload: &Value) -> Vec<String> {
    let errors = payload["userErrors"].as_array().unwrap().iter();
    let told = errors.map(|error| {
        let path: Vec<&str> =
            error["field"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        format!("{} {}", error["code"].as_str().unwrap(), path.join(".")).trim().to_owned()
    });
    told.collect()
}

/// The id of the skill a payload shows.
pub fn id_of(payload: &Value) -> SkillId {
    payload["skill"]["id"].as_str().unwrap().parse().unwrap()
}

/// An id of the right kind that nothing has.
pub fn nothing<K: Kind>() -> String {
    Id::<K>::from_uuid(Uuid::from_u128(u128::MAX - 1)).to_string()
}

impl World {
    /// The current levels: person, skill, the skill they were recorded for, and level.
    pub async fn current_levels(&self) -> Vec<(Uuid, Uuid, Uuid, i32)> {
        let sql = "SELECT person_id, skill_id, recorded_skill_id, level FROM current_level \
                   ORDER BY person_id, assessment_id";
        let read = |row: &sea_orm::QueryResult| {
            let id = |column| row.try_get::<Uuid>("", column).unwrap();
            (id("person_id"), id("skill_id"), id("recorded_skill_id"), row.try_get("", "level").unwrap())
        };
        self.rows(sql, []).await.iter().map(read).collect()
    }

    /// The projection is what the history says: rebuilt from it, it stays as it is.
    pub async fn assert_projected(&self) {
        let kept = self.current_levels().await;
        let rebuilt = self.store().begin(|tx| async move {
            tx.rebuild_current_levels(Rebuild::All).await?;
            Ok::<_, StoreError>(())
        });
        rebuilt.await.unwrap();
        assert_eq!(kept, self.current_levels().await);
    }

    /// How many audit events tell of this mutation.
    pub async fn audited(&self, action: &str) -> usize {
        self.rows("SELECT 1 FROM audit_event WHERE action = $1", [action.into()]).await.len()
    }

    pub async fn catalogue_revision(&self) -> i64 {
        let sql = "SELECT value FROM revision WHERE aggregate = 'SKILL_CATALOGUE'";
        self.rows(sql, []).await[0].try_get("", "value").unwrap()
    }
}
