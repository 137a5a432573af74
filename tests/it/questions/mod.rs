//! The question bank through the graph: writing, reviewing and withdrawing questions, and finding them.

mod history;
mod lifecycle;
mod raw;
mod search;
mod siblings;
mod writers;
mod writing;

use std::sync::atomic::{AtomicU64, Ordering};

use assay::domain::{ids::SkillId, policy::Claim};
use serde_json::{Value, json};

use crate::{
    skills::refusals,
    support::{Client, SkillSketch, World},
};

/// Two who edit the bank, two who interview, a member who does neither, and a skill to ask for.
pub struct Bank {
    pub skill: SkillId,
    pub edith: Client,
    pub emil: Client,
    pub ines: Client,
    pub ivan: Client,
    pub mia: Client,
}

impl Bank {
    pub async fn in_world(world: &World) -> Self {
        let category = world.category("Databases").await;
        let skill = world.skill(category, "SQL", SkillSketch::default()).await;
        let client = async |name: &str, claims: &[Claim]| {
            world.person(name).await;
            let token = world.token(&assay::domain::text::slug_of(name), claims, &[]);
            world.with_token(token).await
        };
        Self {
            skill,
            edith: client("Edith Editor", &[Claim::QuestionEditor]).await,
            emil: client("Emil Editor", &[Claim::QuestionEditor]).await,
            ines: client("Ines Interviewer", &[Claim::Interviewer]).await,
            ivan: client("Ivan Interviewer", &[Claim::Interviewer]).await,
            mia: client("Mia Member", &[]).await,
        }
    }

    /// A whole content with that stem.
    pub fn content(&self, stem: &str) -> Value {
        let anchors = [(1, "Guesses."), (3, "Names the cause."), (5, "Weighs two remedies.")];
        let anchors = anchors.map(|(score, behaviour)| json!({ "score": score, "behaviour": behaviour }));
        json!({
            "kind": "KNOWLEDGE", "difficulty": 3, "expectedMinutes": 10, "stem": stem,
            "followUps": ["How would a test show it?"], "expectedSignals": ["Names the cause"],
            "skills": [{ "skillId": self.skill.to_string(), "level": 3, "role": "PRIMARY" }],
            "criteria": [{ "key": "cause", "title": "Finds the cause", "prompt": "Is the cause named?",
                           "skillId": self.skill.to_string(), "anchors": anchors }],
        })
    }

    /// A question that `client` enters, in DRAFT; its id.
    pub async fn draft(&self, client: &Client, key: &str, stem: &str) -> String {
        let input =
            json!({ "key": key, "details": { "category": "Databases" }, "content": self.content(stem) });
        let payload = done(client, "createQuestion", input).await;
        payload["question"]["id"].as_str().expect("an id").to_owned()
    }

    /// A question that Edith wrote and Emil approved; its id.
    pub async fn approved(&self, key: &str, stem: &str) -> String {
        let id = self.draft(&self.edith, key, stem).await;
        self.approve(&id).await;
        id
    }

    /// Brings Edith's draft to APPROVED.
    pub async fn approve(&self, id: &str) {
        done(&self.edith, "submitQuestion", json!({ "questionId": id })).await;
        done(&self.emil, "reviewQuestion", json!({ "questionId": id, "verdict": "APPROVE" })).await;
    }
}

/// How many keys were made.
static KEYS: AtomicU64 = AtomicU64::new(0);

/// The payload of a mutation with that input, under a key of its own.
pub async fn change(client: &Client, name: &str, mut input: Value) -> Value {
    let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    input["idempotencyKey"] = json!(format!("key-{}", KEYS.fetch_add(1, Ordering::Relaxed)));
    let asked = format!(
        "mutation ($input: {kind}!) {{ {name}(input: $input) {{ question {{ id key revision \
         current {{ number status changeNote }} approved {{ number }} }} \
         userErrors {{ code field message currentRevision }} }} }}"
    );
    client.query(&asked, json!({ "input": input })).await[name].take()
}

/// The same, of what must not be refused.
#[track_caller]
pub fn done(client: &Client, name: &str, input: Value) -> impl Future<Output = Value> {
    let asked = std::panic::Location::caller();
    async move {
        let payload = change(client, name, input).await;
        assert_eq!(payload["userErrors"], json!([]), "{asked}: {name}");
        payload
    }
}

/// What a client is refused: code and path of each reason.
pub async fn refused(client: &Client, name: &str, input: Value) -> Vec<String> {
    refusals(&change(client, name, input).await)
}

/// The versions of a question as a client sees them, the newest first: `2 DRAFT`.
pub async fn versions(client: &Client, id: &str) -> Vec<String> {
    let asked = "query ($id: ID!) { question(id: $id) { versions { nodes { number status } } } }";
    let data = client.query(asked, json!({ "id": id })).await;
    let nodes = data["question"]["versions"]["nodes"].as_array().cloned().unwrap_or_default();
    let told = |node: &Value| format!("{} {}", node["number"], node["status"].as_str().expect("a status"));
    nodes.iter().map(told).collect()
}
