//! Sets of questions: putting them together, publishing them, what they cover, their kits, and what happens to them when
//! a question leaks.

mod coverage;
mod kits;
mod leaks;
mod lists;
mod putting_together;

use assay::domain::{ids::SkillId, policy::Claim};
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::{reads::answer, support::World};

/// Keeps the bank and wrote what is in it.
pub const EDITOR: &str = "ed-editor";
/// Keeps the bank and approved what is in it.
pub const REVIEWER: &str = "rae-reviewer";
/// Interviews.
pub const INTERVIEWER: &str = "ina-interviewer";
/// Interviews too.
pub const OTHER: &str = "otto-other";
/// Neither.
pub const MEMBER: &str = "mia-member";

/// A bank with people around it.
pub struct Bank {
    pub rust: SkillId,
    pub go: SkillId,
}

/// A token as this person carries it.
pub fn token(world: &World, who: &str) -> String {
    let roles: &[Claim] = match who {
        EDITOR | REVIEWER => &[Claim::QuestionEditor],
        INTERVIEWER | OTHER => &[Claim::Interviewer],
        _ => &[],
    };
    world.token(who, roles, &[])
}

/// What a mutation answers; `shown` of its payload.
pub async fn sent(world: &World, who: &str, name: &str, shown: &str, input: Value) -> Value {
    world.set_clock(world.now() + TimeDelta::seconds(1));
    let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let document = format!(
        "mutation ($input: {kind}!) {{ {name}(input: $input) {{ {shown} \
         userErrors {{ code field message currentRevision }} }} }}"
    );
    let said = answer(world, &token(world, who), &document, json!({ "input": input })).await;
    assert_eq!(said.get("errors"), None, "{document} {input}");
    said["data"][name].clone()
}

/// The same of a change that must be done.
pub async fn done(world: &World, who: &str, name: &str, shown: &str, input: Value) -> Value {
    let payload = sent(world, who, name, shown, input).await;
    assert_eq!(payload["userErrors"], json!([]), "{name} by {who}");
    payload
}

/// What a query answers to this person.
pub async fn asked(world: &World, who: &str, document: &str, variables: Value) -> Value {
    let said = answer(world, &token(world, who), document, variables).await;
    assert_eq!(said.get("errors"), None, "{document}");
    said["data"].clone()
}

/// `CODE field.path` of each reason.
pub fn reasons(payload: &Value) -> Vec<String> {
    let errors = payload["userErrors"].as_array().expect("a list").iter();
    let path = |error: &Value| {
        let field = error["field"].as_array().map(Vec::as_slice).unwrap_or_default().iter();
        field.map(|part| part.as_str().expect("a text")).collect::<Vec<_>>().join(".")
    };
    errors.map(|error| format!("{} {}", error["code"].as_str().expect("a code"), path(error))).collect()
}

fn key(world: &World) -> String {
    world.now().to_rfc3339()
}

impl Bank {
    pub async fn in_world(world: &World) -> Self {
        for name in ["Ed Editor", "Rae Reviewer", "Ina Interviewer", "Otto Other", "Mia Member"] {
            world.person(name).await;
        }
        let category = world.category("Languages").await;
        let rust = world.skill(category, "Rust", Default::default()).await;
        let go = world.skill(category, "Go", Default::default()).await;
        Self { rust, go }
    }

    /// What is asked of Rust at a level, in 10 minutes.
    pub fn content(&self, stem: &str, level: i32) -> Value {
        let anchor = |score: i32, behaviour: &str| json!({ "score": score, "behaviour": behaviour });
        json!({
            "kind": "KNOWLEDGE",
            "difficulty": 3,
            "expectedMinutes": 10,
            "stem": stem,
            "followUps": ["And if `Drop` *panics*?"],
            "expectedSignals": ["Names the owner"],
            "redFlags": ["Clones everything | twice"],
            "sampleAnswer": "The **owner** drops it.\n\n<b>raw</b>",
            "skills": [{ "skillId": self.rust.to_string(), "level": level, "role": "PRIMARY", "weight": 3 },
                       { "skillId": self.go.to_string(), "level": 2, "role": "SECONDARY", "weight": 1 }],
            "criteria": [{
                "key": "ownership", "title": "Follows *ownership*", "prompt": "Who owns it?",
                "skillId": self.rust.to_string(),
                "anchors": [anchor(1, "Guesses"), anchor(3, "Names the owner"), anchor(5, "Weighs <two> designs")],
            }],
        })
    }

    /// A question by the editor that the reviewer approved; its id.
    pub async fn approved(&self, world: &World, name: &str, level: i32) -> String {
        let stem = format!("In {name}, who owns the value of `{name}`, and who drops it?");
        let input = json!({ "key": name, "details": { "category": "Rust" }, "content": self.content(&stem, level),
                            "idempotencyKey": name });
        let entry = done(world, EDITOR, "createQuestion", "question { id }", input).await;
        let id = entry["question"]["id"].as_str().expect("an id").to_owned();
        self.approve(world, &id).await;
        id
    }

    /// Takes the draft of a question through its review.
    pub async fn approve(&self, world: &World, id: &str) {
        let input = json!({ "questionId": id, "despiteSiblings": true, "idempotencyKey": key(world) });
        done(world, EDITOR, "submitQuestion", "", input).await;
        let input = json!({ "questionId": id, "verdict": "APPROVE", "idempotencyKey": key(world) });
        done(world, REVIEWER, "reviewQuestion", "", input).await;
    }

    /// A set by somebody with each of these questions once; its id.
    pub async fn set(&self, world: &World, who: &str, name: &str, questions: &[&str]) -> String {
        let items: Vec<Value> = questions.iter().map(|id| item(id)).collect();
        let input =
            json!({ "name": name, "purpose": "TEMPLATE", "items": items, "idempotencyKey": key(world) });
        let made = done(world, who, "createQuestionSet", "questionSet { id }", input).await;
        made["questionSet"]["id"].as_str().expect("an id").to_owned()
    }

    /// The same, published by the editor.
    pub async fn published(&self, world: &World, name: &str, questions: &[&str]) -> String {
        let id = self.set(world, EDITOR, name, questions).await;
        done(world, EDITOR, "publishQuestionSet", "", json!({ "questionSetId": id })).await;
        id
    }
}

/// An item that asks this question.
pub fn item(question: &str) -> Value {
    json!({ "question": { "id": question } })
}
