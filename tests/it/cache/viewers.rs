//! What one viewer caused to be remembered is cut for the next one, and follows every change at once.

use assay::domain::policy::Claim;
use serde_json::{Value, json};

use crate::support::{Client, SkillSketch, World};

const RELATIONS: &str = "{ skillBySlug(slug: \"rust\") { aliases relations { kind skill { name } } } }";

async fn relations(client: &Client) -> Value {
    client.query(RELATIONS, json!({})).await["skillBySlug"]["relations"].take()
}

/// A skill in use that is related to another one, and to a proposal of somebody else.
async fn proposal(world: &World) {
    let category = world.category("Languages").await;
    let rust = world.skill(category, "Rust", SkillSketch::default()).await;
    for name in ["Ada", "Go"] {
        let other = world.skill(category, name, SkillSketch::default()).await;
        let relation =
            [("from_id", rust.uuid().into()), ("to_id", other.uuid().into()), ("kind", "RELATED".into())];
        world.insert("skill_relation", relation).await;
    }
    world.execute("UPDATE skill SET status = 'PROPOSED' WHERE name = 'Ada'", []).await;
}

whatever_is_remembered! {
    async fn who_may_not_see_a_proposal_does_not_see_it_after_who_may(world: World) {
        proposal(&world).await;
        let (admin, recruiter) =
            (world.as_stranger(&[Claim::Admin]).await, world.as_stranger(&[Claim::Recruiter]).await);
        let related = |name: &str| json!({ "kind": "RELATED", "skill": { "name": name } });
        for _ in 0..3 {
            assert_eq!(relations(&admin).await, json!([related("Ada"), related("Go")]));
            assert_eq!(relations(&recruiter).await, json!([related("Go")]));
        }
    }

    async fn what_belongs_to_a_skill_follows_each_change_at_once(world: World) {
        proposal(&world).await;
        let admin = world.as_stranger(&[Claim::Admin]).await;
        let id = admin.query("{ skillBySlug(slug: \"rust\") { id } }", json!({})).await["skillBySlug"]["id"].take();
        let change = "mutation ($input: UpdateSkillInput!) { updateSkill(input: $input) \
            { skill { aliases } userErrors { message } } }";
        for turn in 0..8 {
            let aliases = json!([format!("Ferris {turn}")]);
            let input = json!({ "skillId": id, "aliases": aliases});
            let changed = admin.query(change, json!({ "input": input })).await["updateSkill"].take();
            assert_eq!(changed, json!({ "skill": { "aliases": aliases }, "userErrors": [] }));
            let read = admin.query(RELATIONS, json!({})).await["skillBySlug"]["aliases"].take();
            assert_eq!(read, aliases);
        }
    }
}
