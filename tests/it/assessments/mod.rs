//! Rating people through the graph: who may, what is refused, and what the history and the matrix say
//! afterwards.

mod batches;
mod histories;
mod judging;
mod noted;
mod racing;
mod recording;
mod refusals;
mod words;

use std::sync::Arc;

use assay::{
    cache::Cache,
    domain::{
        assessments::effective::LevelView,
        ids::{Id, Kind, PersonId, SkillAssessmentId, SkillCategoryId, SkillId, TeamId},
        matrix::TeamSkillMatrix,
        people::PersonStatus,
        policy::Claim,
        skills::{SkillKind, SkillStatus},
        teams::TeamRole,
        time::Timestamp,
    },
    store::TeamReach,
    views::matrix::{Question, team_skill_matrix},
};
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::{
    reads::answer,
    support::{SkillSketch, World},
};

/// A team with its lead, two members and a skill that somebody outside owns; and somebody who has
/// nothing to do with any of it.
pub struct House {
    pub team: TeamId,
    pub lena: PersonId,
    pub mia: PersonId,
    pub pia: PersonId,
    pub otto: PersonId,
    pub category: SkillCategoryId,
    pub rust: SkillId,
    pub go: SkillId,
    cache: Cache,
}

/// The subjects of the tokens.
pub const LEAD: &str = "lena-lead";
pub const MEMBER: &str = "mia-member";
pub const PEER: &str = "pia-peer";
pub const OWNER: &str = "owen-owner";
pub const STRANGER: &str = "otto-other";

impl House {
    pub async fn in_world(world: &World) -> Self {
        let team = world.team("Platform", None).await;
        let elsewhere = world.team("Elsewhere", None).await;
        let lena = world.person_in(team, "Lena Lead", TeamRole::Lead).await;
        let mia = world.person_in(team, "Mia Member", TeamRole::Member).await;
        let pia = world.person_in(team, "Pia Peer", TeamRole::Member).await;
        let owen = world.person_in(elsewhere, "Owen Owner", TeamRole::Member).await;
        let otto = world.person_in(elsewhere, "Otto Other", TeamRole::Member).await;
        let category = world.category("Languages").await;
        let owned = SkillSketch { owner: Some(owen), ..SkillSketch::default() };
        let rust = world.skill(category, "Rust", owned).await;
        let go = world.skill(category, "Go", SkillSketch::default()).await;
        let cache = Cache::in_process(1 << 20);
        Self { team, lena, mia, pia, otto, category, rust, go, cache }
    }

    /// A rating of Mia in Rust, to be changed by `with`.
    pub fn rating(&self, source: &str, level: i32, with: Value) -> Value {
        let mut input = json!({
            "personId": self.mia.to_string(),
            "skillId": self.rust.to_string(),
            "level": level,
            "source": source,
        });
        merge(&mut input, with);
        input
    }

    /// What the lead's matrix says of a person.
    pub async fn level(&self, world: &World, person: PersonId, skill: SkillId) -> Option<u8> {
        self.level_as_of(world, person, skill, None).await
    }

    pub async fn level_as_of(
        &self,
        world: &World,
        person: PersonId,
        skill: SkillId,
        as_of: Option<Timestamp>,
    ) -> Option<u8> {
        let matrix = self.matrix(world, as_of).await;
        let column = matrix.columns.iter().position(|column| column.skill_id == skill)?;
        let row = matrix.rows.iter().find(|row| row.person_id == person)?;
        row.cells[column].effective.level.map(|level| level.value())
    }

    /// The lead's matrix, read through a cache that stays warm.
    pub async fn matrix(&self, world: &World, as_of: Option<Timestamp>) -> TeamSkillMatrix {
        let question = Question {
            team_id: self.team,
            as_of,
            skill_ids: None,
            measured_against: None,
            view: LevelView::Effective,
            reach: TeamReach::Direct,
            changed_since: None,
        };
        let scope = Arc::new(world.scope(&world.token(LEAD, &[], &[])).await);
        let view = team_skill_matrix(world.store(), &self.cache, &scope, question).await.expect("a matrix");
        view.matrix.clone()
    }

    /// Mia rated by her lead; the assessment's id.
    pub async fn managed(&self, world: &World, level: i32) -> String {
        id_of(&record(world, LEAD, self.rating("MANAGER", level, json!({}))).await)
    }

    /// Mia rated by Pia, pending; the assessment's id.
    pub async fn peered(&self, world: &World, level: i32) -> String {
        id_of(&record(world, PEER, self.rating("PEER", level, json!({}))).await)
    }
}

impl World {
    /// Moves the clock on, so that no two writes fall on one instant.
    pub fn tick(&self) {
        self.set_clock(self.now() + TimeDelta::seconds(1));
    }

    pub async fn set_skill(&self, id: SkillId, status: SkillStatus, kind: SkillKind) {
        let values = [status.as_str().into(), kind.as_str().into(), id.uuid().into()];
        self.execute("UPDATE skill SET status = $1, kind = $2 WHERE id = $3", values).await;
    }

    /// Redirects a skill as a merge does.
    pub async fn redirect(&self, from: SkillId, into: SkillId) {
        let sql = "UPDATE skill SET status = 'MERGED', merged_into = $1 WHERE id = $2";
        self.execute(sql, [into.uuid().into(), from.uuid().into()]).await;
    }

    pub async fn set_status(&self, id: PersonId, status: PersonStatus) {
        let values = [status.as_str().into(), id.uuid().into()];
        self.execute("UPDATE person SET status = $1 WHERE id = $2", values).await;
    }

    pub async fn count(&self, table: &str) -> usize {
        self.rows(&format!("SELECT 1 FROM {table}"), []).await.len()
    }

    /// The statuses of an assessment, first to last.
    pub async fn statuses(&self, id: &str) -> Vec<String> {
        let id: SkillAssessmentId = id.parse().expect("an id");
        let sql = "SELECT status FROM skill_assessment_status WHERE assessment_id = $1 ORDER BY seq";
        let rows = self.rows(sql, [id.uuid().into()]).await;
        rows.iter().map(|row| row.try_get("", "status").expect("a status")).collect()
    }

    pub async fn revision(&self, person: PersonId) -> i64 {
        let sql = "SELECT value FROM revision WHERE aggregate = 'PERSON' AND id = $1";
        self.rows(sql, [person.uuid().into()]).await[0].try_get("", "value").expect("a revision")
    }
}

const ASSESSMENT: &str = "id level confidence source certificate observedAt recordedAt expiresAt evidence note \
     response status person { id } recordedSkill { id } assessor { displayName }";

/// The payload of a mutation with that input; what the input names is filled in where it is obligatory.
pub async fn mutate(world: &World, who: &str, name: &str, input: Value) -> Value {
    mutate_as(world, &world.token(who, &[], &[]), name, input).await
}

pub async fn mutate_as(world: &World, token: &str, name: &str, mut input: Value) -> Value {
    world.tick();
    if input.get("idempotencyKey").is_none() {
        input["idempotencyKey"] = json!(world.id::<Anything>().uuid().to_string());
    }
    let shown = match name {
        "setSkillInterest" => "interest { interest skill { id } since }".to_owned(),
        _ if name.ends_with('s') => format!("assessments {{ {ASSESSMENT} }}"),
        _ => format!("assessment {{ {ASSESSMENT} }}"),
    };
    let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let document = format!(
        "mutation ($input: {kind}!) {{ {name}(input: $input) {{ {shown} \
         userErrors {{ code field message currentRevision }} }} }}"
    );
    let said = answer(world, token, &document, json!({ "input": input })).await;
    assert_eq!(said.get("errors"), None, "{document}");
    said["data"][name].clone()
}

/// The payload of a mutation that must not be refused.
pub async fn done(world: &World, who: &str, name: &str, input: Value) -> Value {
    let payload = mutate(world, who, name, input).await;
    assert_eq!(payload["userErrors"], json!([]), "{name}");
    payload
}

/// Records a rating that must not be refused.
pub async fn record(world: &World, who: &str, input: Value) -> Value {
    done(world, who, "recordSkillAssessment", input).await["assessment"].clone()
}

pub fn id_of(assessment: &Value) -> String {
    assessment["id"].as_str().expect("an id").to_owned()
}

/// The code and path of each refusal.
pub fn refusals(payload: &Value) -> Vec<(String, String)> {
    let path = |error: &Value| {
        let parts = error["field"].as_array().into_iter().flatten();
        parts.map(|part| part.as_str().expect("text")).collect::<Vec<_>>().join(".")
    };
    let errors = payload["userErrors"].as_array().expect("a list");
    errors.iter().map(|error| (error["code"].as_str().expect("a code").to_owned(), path(error))).collect()
}

/// Holds a payload against the refusals it must tell, and nothing else.
pub fn assert_refused(payload: &Value, expected: &[(&str, &str)]) {
    let told = refusals(payload);
    let told: Vec<(&str, &str)> = told.iter().map(|(code, path)| (code.as_str(), path.as_str())).collect();
    assert_eq!(told, expected, "{payload}");
    for shown in ["assessment", "assessments", "interest"] {
        assert!(payload.get(shown).is_none_or(Value::is_null), "{payload}");
    }
}

pub fn merge(into: &mut Value, with: Value) {
    let (Value::Object(into), Value::Object(with)) = (into, with) else { panic!("objects") };
    into.extend(with);
}

/// Names nothing: for ids that only have to differ.
pub enum Anything {}

impl Kind for Anything {
    const PREFIX: &'static str = "anything";
}

/// An id of the right kind that nothing has.
pub fn nothing<K: Kind>() -> String {
    Id::<K>::from_uuid(uuid::Uuid::from_u128(u128::MAX - 1)).to_string()
}

/// The token of an ADMIN who is nobody's lead.
pub fn admin(world: &World) -> String {
    world.token(STRANGER, &[Claim::Admin], &[])
}
