//! Learning resources: offered by the owner of a skill, found by skill and level, shown where a goal begins.

use serde_json::{Value, json};

use super::{active_plan, assert_refused, done, mutate};
use crate::{
    assessments::{House, MEMBER, OWNER},
    reads::data,
};

const CREATE: &str = "createLearningResource";

fn offer(skill: &impl ToString, level: i32, title: &str) -> Value {
    json!({
        "skillId": skill.to_string(), "level": level, "title": title, "licence": "CC-BY-4.0", "language": "EN",
        "url": format!("https://example.org/{}", title.replace(' ', "-")), "minutes": 30,
    })
}

on_both! {
    async fn the_owner_of_a_skill_and_admin_say_what_it_is_learned_from(world: World) {
        let house = House::in_world(&world).await;
        let made = done(&world, OWNER, CREATE, offer(&house.rust, 3, "The Book")).await;
        assert_eq!((&made["resource"]["language"], &made["resource"]["status"]), (&json!("en"), &json!("ACTIVE")));
        assert_refused(&mutate(&world, OWNER, CREATE, offer(&house.go, 3, "Effective Go")).await, "FORBIDDEN", "skillId");
        assert_refused(&mutate(&world, MEMBER, CREATE, offer(&house.rust, 3, "Mine")).await, "FORBIDDEN", "skillId");
        done(&world, "ADMIN", CREATE, offer(&house.go, 3, "Effective Go")).await;
        let again = mutate(&world, OWNER, CREATE, offer(&house.rust, 4, "The Book")).await;
        assert_refused(&again, "TAKEN", "url");
        let id = &made["resource"]["id"];
        let changed = done(&world, OWNER, "updateLearningResource", json!({ "resourceId": id, "minutes": null })).await;
        assert_eq!((&changed["resource"]["minutes"], &changed["resource"]["title"]), (&json!(null), &json!("The Book")));
        let stale = json!({ "resourceId": id, "level": 4, "expectedRevision": 1 });
        assert_refused(&mutate(&world, OWNER, "updateLearningResource", stale).await, "CONFLICT", "expectedRevision");
        done(&world, OWNER, "archiveLearningResource", json!({ "resourceId": id })).await;
        let gone = mutate(&world, OWNER, "archiveLearningResource", json!({ "resourceId": id })).await;
        assert_refused(&gone, "ILLEGAL_STATE", "resourceId");
        done(&world, OWNER, CREATE, offer(&house.rust, 4, "The Book")).await;
    }

    async fn a_value_that_breaks_a_rule_is_named(world: World) {
        let house = House::in_world(&world).await;
        for (with, field) in [
            (json!({ "level": 0 }), "level"),
            (json!({ "title": " " }), "title"),
            (json!({ "licence": "" }), "licence"),
            (json!({ "language": "english please" }), "language"),
            (json!({ "minutes": 0 }), "minutes"),
        ] {
            let mut input = offer(&house.rust, 3, "The Book");
            crate::assessments::merge(&mut input, with);
            assert_refused(&mutate(&world, OWNER, CREATE, input).await, "INVALID", field);
        }
        assert_eq!(world.count("learning_resource").await, 0);
    }

    async fn a_goal_shows_what_is_offered_where_it_begins_and_one_above(world: World) {
        let house = House::in_world(&world).await;
        for (level, title) in [(1, "One"), (2, "Two"), (3, "Three"), (4, "Four")] {
            done(&world, OWNER, CREATE, offer(&house.rust, level, title)).await;
        }
        let (plan, _) = active_plan(&world, &house).await;
        let titles = |list: &Value| -> Vec<String> {
            list["nodes"].as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect()
        };
        let document = format!(
            "{{ developmentPlan(id: \"{plan}\") {{ goals {{ nodes {{ learningResources {{ nodes {{ title }} }} \
             wider: learningResources(filter: {{ minLevel: 4 }}) {{ nodes {{ title }} }} }} }} }} \
             learningResources(filter: {{ skillIds: [\"{}\"], maxLevel: 2, language: \"en\" }}, \
             orderBy: {{ field: LEVEL, direction: DESC }}) {{ nodes {{ title }} }} }}",
            house.rust
        );
        let told = data(&world, &world.token(MEMBER, &[], &[]), &document).await;
        let goal = &told["developmentPlan"]["goals"]["nodes"][0];
        assert_eq!(titles(&goal["learningResources"]), ["Three", "Two"]);
        assert_eq!(titles(&goal["wider"]), ["Four"]);
        assert_eq!(titles(&told["learningResources"]), ["Two", "One"]);
    }
}
