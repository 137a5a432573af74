//! The assessment rounds of the access world: one that is open and one that was closed; and how far each has
//! come, as each viewer.

use assay::domain::ids::AssessmentRoundKind;
use sea_orm::Value;
use serde_json::json;

use super::{Stage, objects::Objects, viewers::Viewer};

pub async fn lay(objects: &mut Objects<'_>) {
    for (team, by, closed_by) in [("platform", "lena", None), ("web", "otto", Some("hana"))] {
        let id = objects.world.id::<AssessmentRoundKind>();
        let who = |name: Option<&str>| Value::from(name.map(|name| objects.uuid(&format!("person/{name}"))));
        let row = [
            ("id", id.uuid().into()),
            ("team_id", objects.uuid(&format!("team/{team}")).into()),
            ("name", format!("Round of {team}").into()),
            ("opened_at", objects.day(-30).into()),
            ("opened_by_id", who(Some(by))),
            ("due_at", objects.day(30).into()),
            ("closed_at", closed_by.map(|_| objects.day(-2)).into()),
            ("closed_by_id", who(closed_by)),
        ];
        objects.world.insert("assessment_round", row).await;
        objects.root("ASSESSMENT_ROUND", id.uuid()).await;
        for (position, skill) in (0..).zip(["rust", "sql"]) {
            let row = [
                ("round_id", id.uuid().into()),
                ("skill_id", objects.uuid(&format!("skill/{skill}")).into()),
                ("position", position.into()),
            ];
            objects.world.insert("assessment_round_skill", row).await;
        }
        objects.keep("AssessmentRound", &format!("round/{team}"), id, "");
    }
}

on_both! {
    async fn a_round_tells_how_far_those_have_come_whose_assessments_are_open(world: World) {
        let stage = Stage::set(&world).await;
        let document = "query ($id: ID!) { node(id: $id) { ... on AssessmentRound { progress { expected done \
             people(first: 50) { nodes { person { id } expected done missing { source } } } } } } }";
        for name in ["round/platform", "round/web"] {
            let variables = json!({ "id": stage.objects.get(name).id });
            let truth = stage.ask(&Viewer::OMNISCIENT, document, variables.clone()).await["node"]["progress"].clone();
            let people = truth["people"]["nodes"].as_array().expect("people");
            assert!(people.len() >= 3 && truth["done"].as_u64() > Some(0), "{truth}");
            for viewer in Viewer::all().iter().filter(|viewer| viewer.sees(name)) {
                let seen = stage.ask(viewer, document, variables.clone()).await["node"]["progress"].clone();
                let open = |person: &&serde_json::Value| {
                    let who = stage.objects.name_of(person["person"]["id"].as_str().expect("an id"));
                    viewer.sees(who) && viewer.reads_book_of(who)
                };
                let expected: Vec<_> = people.iter().filter(open).cloned().collect();
                let sum = |of: &str| expected.iter().map(|one| one[of].as_u64().expect("a number")).sum::<u64>();
                assert_eq!(seen["people"]["nodes"], json!(expected), "{viewer}: {name}");
                assert_eq!((&seen["expected"], &seen["done"]), (&json!(sum("expected")), &json!(sum("done"))), "{viewer}");
            }
        }
    }
}
