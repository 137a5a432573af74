//! Invariant 23: what the database knows about a permission acts at the next request, over HTTP and with
//! the token that was good a moment ago.

use assay::domain::policy::Claim;
use serde_json::{Value, json};

use super::{Company, instant};
use crate::support::Client;

async fn write(admin: &Client, name: &str, input: Value) {
    let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let document =
        format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ userErrors {{ code field }} }} }}");
    let said = admin.query(&document, json!({ "input": input })).await;
    assert_eq!(said[name]["userErrors"], json!([]), "{name}");
}

async fn names(client: &Client) -> Value {
    client.query("{ teams { nodes { slug } } viewer { person { displayName } } }", json!({})).await
}

on_both! {
    async fn a_lead_whose_membership_ended_sees_and_rates_nobody_at_the_next_request(world: World) {
        let at = Company::in_world(&world).await;
        let category = world.category("Languages").await;
        let rust = world.skill(category, "Rust", crate::support::SkillSketch::default()).await;
        let (lead, admin) = (world.as_person("Lena Lead").await, world.as_stranger(&[Claim::Admin]).await);
        let rate = "mutation ($input: RecordSkillAssessmentInput!) { recordSkillAssessment(input: $input) { \
             assessment { level person { id } } userErrors { code field } } }";
        let rating = |key: &str| {
            json!({ "input": { "personId": at.mia.to_string(), "skillId": rust.to_string(), "level": 4,
                "source": "MANAGER", "idempotencyKey": key } })
        };
        let before = names(&lead).await;
        assert_eq!(before["teams"]["nodes"].as_array().unwrap().len(), 3);
        let rated = lead.query(rate, rating("one")).await;
        assert_eq!(rated["recordSkillAssessment"]["assessment"]["level"], 4);

        let stay = world.stay(at.company, at.lena).await;
        write(&admin, "endTeamMembership", json!({ "membershipId": stay })).await;
        assert_eq!(names(&lead).await["teams"]["nodes"], json!([]));
        let refused = lead.query(rate, rating("two")).await;
        let gone = json!([{ "code": "NOT_FOUND", "field": ["personId"] }]);
        assert_eq!(refused["recordSkillAssessment"]["userErrors"], gone);
        let replayed = lead.query(rate, rating("one")).await;
        let own_word = json!({ "level": 4, "person": null });
        assert_eq!(replayed["recordSkillAssessment"]["assessment"], own_word, "a replay shows what they see today");
    }

    async fn a_lead_becomes_a_member_at_the_instant_that_was_said(world: World) {
        let at = Company::in_world(&world).await;
        let (lead, admin) = (world.as_person("Lena Lead").await, world.as_stranger(&[Claim::Admin]).await);
        let stay = world.stay(at.company, at.lena).await;
        let from = world.now() + chrono::TimeDelta::minutes(30);
        let input = json!({ "membershipId": stay, "role": "MEMBER", "validFrom": instant(from) });
        write(&admin, "updateTeamMembership", input).await;
        world.set_clock(from - chrono::TimeDelta::microseconds(1));
        assert_eq!(names(&lead).await["teams"]["nodes"].as_array().unwrap().len(), 3);
        world.set_clock(from);
        assert_eq!(names(&lead).await["teams"]["nodes"], json!([{ "slug": "company" }]));
    }

    async fn a_moved_team_is_seen_by_those_who_lead_it_now(world: World) {
        let at = Company::in_world(&world).await;
        let (lead, admin) = (world.as_person("Lena Lead").await, world.as_stranger(&[Claim::Admin]).await);
        let input = json!({ "teamId": at.platform.to_string(), "parentId": at.apart.to_string() });
        write(&admin, "moveTeam", input).await;
        assert_eq!(names(&lead).await["teams"]["nodes"], json!([{ "slug": "company" }, { "slug": "data" }]));
    }

    async fn a_token_that_was_unlinked_is_nobodys_at_the_next_request(world: World) {
        let at = Company::in_world(&world).await;
        let (mia, admin) = (world.as_person("Mia Member").await, world.as_stranger(&[Claim::Admin]).await);
        assert_eq!(names(&mia).await["viewer"]["person"]["displayName"], "Mia Member");
        write(&admin, "linkPerson", json!({ "personId": at.mia.to_string(), "identity": null })).await;
        assert_eq!(names(&mia).await, json!({ "teams": { "nodes": [] }, "viewer": { "person": null } }));
    }

    async fn whoever_left_is_nobody_at_the_next_request(world: World) {
        let at = Company::in_world(&world).await;
        let (lead, admin) = (world.as_person("Lena Lead").await, world.as_stranger(&[Claim::Admin]).await);
        write(&admin, "deactivatePerson", json!({ "personId": at.lena.to_string() })).await;
        assert_eq!(names(&lead).await, json!({ "teams": { "nodes": [] }, "viewer": { "person": null } }));
    }
}
