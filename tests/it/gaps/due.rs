//! Levels that should be looked at again: which, from when on, why, and whose.

use assay::domain::{
    assessments::AssessmentSource,
    skills::{SkillKind, SkillStatus},
};
use serde_json::{Value, json};

use crate::{
    assessments::{House, LEAD, MEMBER, STRANGER},
    organisation::instant,
    reads::{answer, data},
    support::{Rating, SkillSketch, World},
};

async fn due(world: &World, house: &House, who: &str, with: &str) -> Value {
    let document = format!(
        "{{ assessmentsDue(teamId: \"{}\"{with}) {{ nodes {{ person {{ displayName }} skill {{ name }} dueAt reason \
         staleness effective {{ level }} }} pageInfo {{ hasNextPage endCursor }} }} }}",
        house.team
    );
    data(world, &world.token(who, &[], &[]), &document).await["assessmentsDue"].take()
}

fn told(page: &Value) -> Vec<(&str, &str, &str)> {
    page["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .map(|node| {
            let skill = node["skill"]["name"].as_str().expect("a skill");
            (skill, node["reason"].as_str().expect("a reason"), node["staleness"].as_str().expect("an age"))
        })
        .collect()
}

/// Mia, rated 100 days ago in skills of different terms, and Pia in one of them.
async fn aged(world: &World) -> House {
    let house = House::in_world(world).await;
    for (name, review_interval_days, expires_after_days) in [
        ("Overdue", Some(90), None),
        ("Stale", Some(60), None),
        ("Soon", Some(110), None),
        ("Ending", Some(300), Some(140)),
        ("Ended", None, Some(80)),
        ("Later", Some(200), None),
        ("Never", None, None),
        ("Gone", Some(10), None),
    ] {
        let sketch = SkillSketch { review_interval_days, expires_after_days, owner: None };
        let skill = world.skill(house.category, name, sketch).await;
        for person in [house.mia].into_iter().chain((name == "Overdue").then_some(house.pia)) {
            let (source, observed_at) = (AssessmentSource::Manager, world.day(-100));
            world.rate(Rating { person, skill, source, assessor: house.lena, level: 3, observed_at }).await;
        }
        if name == "Gone" {
            world.set_skill(skill, SkillStatus::Deprecated, SkillKind::Technical).await;
        }
    }
    house
}

on_both! {
    async fn what_is_due_is_told_longest_overdue_first_with_its_reason(world: World) {
        let house = aged(&world).await;
        let page = due(&world, &house, LEAD, "").await;
        assert_eq!(told(&page), [
            ("Ended", "EXPIRY", "EXPIRED"),
            ("Stale", "REVIEW", "STALE"),
            ("Overdue", "REVIEW", "DUE"),
            ("Overdue", "REVIEW", "DUE"),
            ("Soon", "REVIEW", "FRESH"),
            ("Ending", "EXPIRY", "FRESH"),
        ]);
        assert_eq!(page["nodes"][4]["dueAt"], instant(world.day(10)));
        assert_eq!(page["nodes"][4]["effective"], json!({ "level": 3 }));
        assert_eq!(told(&due(&world, &house, LEAD, ", within: 0").await).len(), 4, "overdue only");
        assert_eq!(told(&due(&world, &house, LEAD, ", within: 3650").await).len(), 7);
        let old = ", filter: { staleness: [STALE, EXPIRED], reasons: [REVIEW] }";
        assert_eq!(told(&due(&world, &house, LEAD, old).await), [("Stale", "REVIEW", "STALE")]);
    }

    async fn due_levels_come_by_pages_in_either_order(world: World) {
        let house = aged(&world).await;
        let first = due(&world, &house, LEAD, ", first: 3").await;
        assert_eq!((told(&first).len(), &first["pageInfo"]["hasNextPage"]), (3, &json!(true)));
        let after = first["pageInfo"]["endCursor"].as_str().expect("a cursor");
        let rest = due(&world, &house, LEAD, &format!(", after: \"{after}\"")).await;
        assert_eq!(told(&rest).len(), 3);
        let last = due(&world, &house, LEAD, ", orderBy: { field: PERSON, direction: DESC }, first: 1").await;
        assert_eq!(last["nodes"][0]["person"]["displayName"], "Pia Peer");
    }

    async fn a_member_is_told_of_their_own_levels_and_a_stranger_of_no_team(world: World) {
        let house = aged(&world).await;
        let own = due(&world, &house, MEMBER, "").await;
        assert!(own["nodes"].as_array().expect("nodes").iter().all(|node| node["person"]["displayName"] == "Mia Member"));
        assert_eq!(told(&own).len(), 5);
        assert_eq!(due(&world, &house, STRANGER, "").await, Value::Null);
        let far = format!("{{ assessmentsDue(teamId: \"{}\", within: -1) {{ nodes {{ dueAt }} }} }}", house.team);
        let refused = answer(&world, &world.token(LEAD, &[], &[]), &far, Value::Null).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    }
}
