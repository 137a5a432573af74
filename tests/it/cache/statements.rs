//! What remembering saves, in SQL statements of one request.

use assay::{
    app::demo::{World as Demo, load},
    auth::issuer::DEMO_ISSUER,
    interchange::demo::demo,
};
use serde_json::{Value, json};

use crate::support::{Client, World};

const PROFILE: &str = "{ roleProfile(by: { key: \"senior-python-developer\" }) { title published { summary \
     responsibilities { area statement } requirements { requiredLevel skill { name } } \
     qualifications { kind statement } practices { topic } challenges { title } marketInsights { topic } } } }";

const SKILLS: &str = "{ skills(first: 20) { nodes { name aliases levelDescriptors { level behaviour } \
     relations { kind skill { name } } externalRefs { uri } } } }";

/// A member of the demo's organisation.
async fn member(world: &World) -> Client {
    let plan = Demo::of(&demo().expect("the demo's files"), DEMO_ISSUER, world.now());
    load(world.store(), plan, world.now()).await.expect("loaded");
    world.with_token(world.token("member", &[], &[])).await
}

/// The statements of a request, and its data.
async fn counted(world: &World, client: &Client, document: &str) -> (u64, Value) {
    let before = world.statements();
    let data = client.query(document, json!({})).await;
    (world.statements() - before, data)
}

on_both! {
    async fn a_published_profile_is_read_once(world: World) {
        let client = member(&world).await;
        let (cold, read) = counted(&world, &client, PROFILE).await;
        let (warm, remembered) = counted(&world, &client, PROFILE).await;
        assert_eq!(read, remembered);
        assert!(read["roleProfile"]["published"]["requirements"].as_array().unwrap().len() > 5);
        assert_eq!((cold, warm), (11, 5), "cold, and remembered");
    }

    async fn what_belongs_to_skills_is_read_once(world: World) {
        let client = member(&world).await;
        let (cold, read) = counted(&world, &client, SKILLS).await;
        let (warm, remembered) = counted(&world, &client, SKILLS).await;
        assert_eq!(read, remembered);
        assert_eq!((cold, warm), (8, 4), "cold, and remembered");
        let fewer = SKILLS.replace("20", "10");
        assert_eq!(counted(&world, &client, &fewer).await.0, 4, "each skill is remembered by itself");
        let more = SKILLS.replace("20", "30");
        assert_eq!(counted(&world, &client, &more).await.0, 9, "and only the others are read");
    }
}
