//! Making, changing, linking and deactivating people.

use assay::{
    auth::issuer::DEMO_ISSUER,
    domain::{ids::RoleProfileKind, policy::Claim},
};
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{Company, change, done, instant, nothing};
use crate::{assessments::assert_refused, reads::data, support::SkillSketch};

fn ada() -> Value {
    json!({ "displayName": "Ada Admin", "email": "Ada@Example.com" })
}

/// The role profiles of a payload's person: which, and whether it has ended.
fn held(payload: &Value) -> Vec<(String, bool)> {
    let nodes = payload["person"]["roleProfiles"]["nodes"].as_array().unwrap();
    let one =
        |node: &Value| (node["roleProfile"]["id"].as_str().unwrap().to_owned(), !node["validTo"].is_null());
    nodes.iter().map(one).collect()
}

on_both! {
    async fn a_person_is_made_with_their_token_and_role_profiles(world: World) {
        let engineer = world.role_profile("Engineer").await;
        let mut input = ada();
        input["title"] = json!("Principal");
        input["identity"] = json!({ "issuer": DEMO_ISSUER, "subject": "ada" });
        input["roleProfileIds"] = json!([engineer.to_string()]);
        let made = done(&world, "createPerson", input).await;
        let person = &made["person"];
        assert_eq!((&person["email"], &person["title"]), (&json!("Ada@Example.com"), &json!("Principal")));
        assert_eq!((&person["status"], &person["discoverability"]), (&json!("ACTIVE"), &json!("TEAM")));
        assert_eq!(held(&made), [(engineer.to_string(), false)]);
        let listed = data(&world, &world.admin(), "{ people { edges { cursor node { id } } } }").await;
        assert_eq!(listed["people"]["edges"], json!([made["edge"]]));
        let scope = world.scope(&world.token("ada", &[], &[])).await;
        assert_eq!(scope.person_id().map(|id| id.to_string()), person["id"].as_str().map(str::to_owned));
    }

    async fn what_a_person_must_be_is_said_at_each_field(world: World) {
        let at = Company::in_world(&world).await;
        let profile = world.role_profile("Engineer").await.to_string();
        let missing = nothing::<RoleProfileKind>(&world);
        let with = |field: &str, value: Value| {
            let mut input = ada();
            input[field] = value;
            input
        };
        let mia = json!({ "issuer": DEMO_ISSUER, "subject": "mia-member" });
        for (input, expected) in [
            (
                json!({ "displayName": " ", "email": "ada@", "title": "" }),
                &[("INVALID", "displayName"), ("INVALID", "email"), ("INVALID", "title")][..],
            ),
            (with("email", json!("MIA-MEMBER@example.COM")), &[("TAKEN", "email")]),
            (with("identity", mia), &[("TAKEN", "identity")]),
            (
                with("identity", json!({ "issuer": "", "subject": "a\nb" })),
                &[("INVALID", "identity.issuer"), ("INVALID", "identity.subject")],
            ),
            (with("roleProfileIds", json!([profile, missing, "x"])), &[
                ("NOT_FOUND", "roleProfileIds.1"),
                ("NOT_FOUND", "roleProfileIds.2"),
            ]),
            (with("roleProfileIds", json!(vec![profile; 21])), &[("LIMIT", "roleProfileIds")]),
        ] {
            assert_refused(&change(&world, &world.admin(), "createPerson", input).await, expected);
        }
        let input = json!({ "personId": at.otto.to_string(), "email": "Mia-Member@EXAMPLE.com" });
        assert_refused(&change(&world, &world.admin(), "updatePerson", input).await, &[("TAKEN", "email")]);
        assert_eq!(world.count("person").await, 3);
    }

    async fn leaving_a_value_out_keeps_it_and_null_takes_the_title_away(world: World) {
        let at = Company::in_world(&world).await;
        let id = at.mia.to_string();
        let titled = json!({ "personId": id, "title": "Engineer", "discoverability": "ORGANISATION" });
        assert_eq!(done(&world, "updatePerson", titled).await["person"]["title"], "Engineer");
        let renamed = done(&world, "updatePerson", json!({ "personId": id, "displayName": "Mia Moved" })).await;
        let person = &renamed["person"];
        assert_eq!((&person["displayName"], &person["title"]), (&json!("Mia Moved"), &json!("Engineer")));
        assert_eq!(person["discoverability"], "ORGANISATION");
        assert_eq!((&person["email"], &person["revision"]), (&json!("mia-member@example.com"), &json!(3)));
        let bare = done(&world, "updatePerson", json!({ "personId": id, "title": null })).await;
        assert_eq!(bare["person"]["title"], json!(null));
    }

    async fn role_profiles_are_replaced_from_now_on_and_history_keeps_the_old_ones(world: World) {
        let at = Company::in_world(&world).await;
        let mut profiles = Vec::new();
        for title in ["Engineer", "Lead", "Architect"] {
            profiles.push(world.role_profile(title).await.to_string());
        }
        let hold = |ids: &[String]| json!({ "personId": at.mia.to_string(), "roleProfileIds": ids });
        done(&world, "updatePerson", hold(&profiles[..2])).await;
        let replaced = done(&world, "updatePerson", hold(&profiles[1..])).await;
        let mut now = held(&replaced);
        now.sort();
        let mut expected = vec![
            (profiles[0].clone(), true),
            (profiles[1].clone(), false),
            (profiles[2].clone(), false),
        ];
        expected.sort();
        assert_eq!(now, expected);
        assert!(held(&done(&world, "updatePerson", hold(&[])).await).iter().all(|(_, ended)| *ended));
    }

    async fn a_token_is_one_persons_and_unlinking_must_be_said(world: World) {
        let at = Company::in_world(&world).await;
        let link = |person: &str, identity: Value| json!({ "personId": person, "identity": identity });
        let mia = json!({ "issuer": DEMO_ISSUER, "subject": "mia-member" });
        let otto = at.otto.to_string();
        let taken = change(&world, &world.admin(), "linkPerson", link(&otto, mia.clone())).await;
        assert_refused(&taken, &[("TAKEN", "identity")]);
        let unsaid = change(&world, &world.admin(), "linkPerson", json!({ "personId": otto })).await;
        assert_refused(&unsaid, &[("INVALID", "identity")]);
        let unlinked = done(&world, "linkPerson", link(&at.mia.to_string(), Value::Null)).await;
        assert_eq!(unlinked["person"]["identity"], json!(null));
        let linked = done(&world, "linkPerson", link(&otto, mia.clone())).await;
        assert_eq!(linked["person"]["identity"], mia);
    }

    async fn whoever_leaves_is_in_no_team_and_holds_no_profile_and_their_history_stays(world: World) {
        let at = Company::in_world(&world).await;
        let (profile, person) = (world.role_profile("Engineer").await.to_string(), at.mia.to_string());
        done(&world, "updatePerson", json!({ "personId": person, "roleProfileIds": [profile] })).await;
        let category = world.category("Languages").await;
        let owned = SkillSketch { owner: Some(at.mia), ..SkillSketch::default() };
        world.skill(category, "Rust", owned).await;
        let left = done(&world, "deactivatePerson", json!({ "personId": person })).await;
        assert_eq!(left["person"]["status"], "INACTIVE");
        assert_eq!(held(&left), [(profile, true)]);
        assert_eq!(left["person"]["identity"]["subject"], "mia-member");
        let now = world.now();
        let sql = "SELECT 1 FROM team_membership WHERE person_id = $1 AND valid_to = $2";
        assert_eq!(world.rows(sql, [at.mia.uuid().into(), now.into()]).await.len(), 1);
        assert_eq!((world.team_revision(at.platform).await, world.revision(at.mia).await), (2, 3));
        let owners = world.rows("SELECT 1 FROM skill WHERE owner_id = $1", [at.mia.uuid().into()]).await;
        assert_eq!(owners.len(), 1, "what they own waits for another owner");
        assert_eq!(world.scope(&world.token("mia-member", &[], &[])).await.person_id(), None);
        for (name, with) in [("deactivatePerson", json!({})), ("linkPerson", json!({ "identity": null }))] {
            let mut input = json!({ "personId": person });
            input.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
            let again = change(&world, &world.admin(), name, input).await;
            assert_refused(&again, &[("ILLEGAL_STATE", "personId")]);
        }
        let holds = json!({ "personId": person, "roleProfileIds": [] });
        let refused = change(&world, &world.admin(), "updatePerson", holds).await;
        assert_refused(&refused, &[("ILLEGAL_STATE", "roleProfileIds")]);
    }

    async fn stays_to_come_and_planned_ends_of_whoever_leaves_keep_nobody_from_archiving(world: World) {
        let at = Company::in_world(&world).await;
        let stay = world.stay(at.platform, at.mia).await;
        let end = instant(world.day(30));
        done(&world, "endTeamMembership", json!({ "membershipId": stay, "validTo": end })).await;
        let from = world.day(60);
        let later = json!({
            "teamId": at.data.to_string(), "personId": at.mia.to_string(), "validFrom": instant(from),
        });
        done(&world, "addTeamMember", later).await;
        done(&world, "deactivatePerson", json!({ "personId": at.mia.to_string() })).await;
        let sql = "SELECT 1 FROM team_membership WHERE team_id = $1 AND valid_to = $2";
        let over = [at.data.uuid().into(), (from + TimeDelta::microseconds(1)).into()];
        assert_eq!(world.rows(sql, over).await.len(), 1);
        for team in [at.platform, at.data] {
            assert_eq!(world.team_revision(team).await, 3);
            done(&world, "archiveTeam", json!({ "teamId": team.to_string() })).await;
        }
    }

    async fn a_first_admin_can_begin_in_an_empty_organisation(world: World) {
        let admin = world.as_stranger(&[Claim::Admin]).await;
        let document = "mutation ($input: CreatePersonInput!) { createPerson(input: $input) { person { id } \
             userErrors { code } } }";
        let mut input = ada();
        input["idempotencyKey"] = json!("first");
        input["identity"] = json!({ "issuer": DEMO_ISSUER, "subject": "a-stranger" });
        let made = admin.query(document, json!({ "input": input })).await;
        let viewer = admin.query("{ viewer { person { id } } }", json!({})).await;
        assert_eq!(viewer["viewer"]["person"], made["createPerson"]["person"]);
    }
}
