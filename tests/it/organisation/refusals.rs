//! The order of refusal, and that what one may not see cannot be told from what is not there.

use assay::domain::ids::{PersonKind, TeamKind, TeamMembershipKind};
use serde_json::{Value, json};

use super::{Company, LEAD, STRANGER, change, done, nothing};
use crate::{assessments::assert_refused, support::World};

/// Every change of what is there, of the platform team and of its member.
async fn changes(world: &World, at: &Company) -> Vec<(&'static str, Value, &'static str)> {
    let (team, person) = (at.platform.to_string(), at.mia.to_string());
    let stay = world.stay(at.platform, at.mia).await;
    vec![
        ("updateTeam", json!({ "teamId": team }), "teamId"),
        ("moveTeam", json!({ "teamId": team }), "teamId"),
        ("archiveTeam", json!({ "teamId": team }), "teamId"),
        ("addTeamMember", json!({ "teamId": team, "personId": person }), "teamId"),
        ("updateTeamMembership", json!({ "membershipId": stay, "role": "LEAD" }), "membershipId"),
        ("endTeamMembership", json!({ "membershipId": stay }), "membershipId"),
        ("updatePerson", json!({ "personId": person }), "personId"),
        ("linkPerson", json!({ "personId": person, "identity": null }), "personId"),
        ("deactivatePerson", json!({ "personId": person }), "personId"),
    ]
}

fn of_kind(world: &World, field: &str) -> String {
    match field {
        "teamId" => nothing::<TeamKind>(world),
        "membershipId" => nothing::<TeamMembershipKind>(world),
        _ => nothing::<PersonKind>(world),
    }
}

on_both! {
    async fn a_lead_sees_their_team_and_may_not_manage_it(world: World) {
        let at = Company::in_world(&world).await;
        let lead = world.token(LEAD, &[], &[]);
        for (name, input, field) in changes(&world, &at).await {
            assert_refused(&change(&world, &lead, name, input).await, &[("FORBIDDEN", field)]);
        }
        let found = change(&world, &lead, "createTeam", json!({ "name": "" })).await;
        assert_refused(&found, &[("FORBIDDEN", "")]);
        let made = change(&world, &lead, "createPerson", json!({ "displayName": "", "email": "" })).await;
        assert_refused(&made, &[("FORBIDDEN", "")]);
    }

    async fn what_a_viewer_may_not_see_is_refused_in_the_bytes_of_what_is_missing(world: World) {
        let at = Company::in_world(&world).await;
        for subject in [STRANGER, "nobody"] {
            let token = world.token(subject, &[], &[]);
            for (name, input, field) in changes(&world, &at).await {
                let hidden = change(&world, &token, name, input.clone()).await;
                assert_refused(&hidden, &[("NOT_FOUND", field)]);
                for id in [of_kind(&world, field), at.company.to_string(), "what?".to_owned()] {
                    let mut missing = input.clone();
                    missing[field] = json!(id);
                    assert_eq!(change(&world, &token, name, missing).await, hidden, "{name} {id}");
                }
            }
        }
    }

    async fn a_program_manages_what_its_scopes_name_and_only_for_a_person(world: World) {
        let at = Company::in_world(&world).await;
        let scopes = ["teams:read", "teams:write"];
        let alone = world.token("a-program", &[assay::domain::policy::Claim::Service], &scopes);
        let input = json!({ "teamId": at.data.to_string(), "name": "Other" });
        let refused = change(&world, &alone, "updateTeam", input).await;
        assert_refused(&refused, &[("FORBIDDEN", "teamId")]);
    }

    async fn a_bad_value_is_told_before_a_stale_revision_and_a_right_before_both(world: World) {
        let at = Company::in_world(&world).await;
        let input = |name: &str| json!({ "teamId": at.platform.to_string(), "name": name, "expectedRevision": 7 });
        let lead = world.token(LEAD, &[], &[]);
        assert_refused(&change(&world, &lead, "updateTeam", input(" ")).await, &[("FORBIDDEN", "teamId")]);
        assert_refused(&change(&world, &world.admin(), "updateTeam", input(" ")).await, &[("INVALID", "name")]);
        let stale = change(&world, &world.admin(), "updateTeam", input("Other")).await;
        assert_refused(&stale, &[("CONFLICT", "expectedRevision")]);
    }

    async fn a_conflict_shows_the_current_revision_and_state_and_writes_nothing(world: World) {
        let at = Company::in_world(&world).await;
        for (name, mut input, _) in changes(&world, &at).await {
            if name == "archiveTeam" {
                input["teamId"] = json!(at.data.to_string());
            }
            if name == "addTeamMember" {
                input["personId"] = json!(at.lena.to_string());
            }
            input["expectedRevision"] = json!(7);
            let refused = change(&world, &world.admin(), name, input).await;
            assert_refused(&refused, &[("CONFLICT", "expectedRevision")]);
            assert_eq!(refused["userErrors"][0]["currentRevision"], 1, "{name}");
            let shown = ["team", "membership", "person"].iter().any(|field| refused[*field].is_object());
            assert!(shown, "{name} shows what stands: {refused:#}");
        }
        assert_eq!((world.team_revision(at.platform).await, world.revision(at.mia).await), (1, 1));
        assert_eq!(world.count("audit_event").await, 0);
    }

    async fn what_a_team_must_be_is_said_at_each_field(world: World) {
        let at = Company::in_world(&world).await;
        let missing = nothing::<TeamKind>(&world);
        for (input, expected) in [
            (json!({ "name": " " }), &[("INVALID", "name")][..]),
            (json!({ "name": "\u{7}", "slug": "A b" }), &[("INVALID", "name"), ("INVALID", "slug")]),
            (json!({ "name": "日本" }), &[("INVALID", "slug")]),
            (json!({ "name": "x".repeat(201) }), &[("INVALID", "name")]),
            (json!({ "name": "PLATFORM" }), &[("TAKEN", "slug")]),
            (json!({ "name": "", "parentId": missing }), &[("NOT_FOUND", "parentId")]),
            (json!({ "name": "New", "parentId": at.mia.to_string() }), &[("NOT_FOUND", "parentId")]),
            (json!({ "name": "New", "idempotencyKey": "" }), &[("INVALID", "idempotencyKey")]),
            (json!({ "name": "New", "idempotencyKey": "k".repeat(129) }), &[("INVALID", "idempotencyKey")]),
        ] {
            assert_refused(&change(&world, &world.admin(), "createTeam", input).await, expected);
        }
        let taken = json!({ "teamId": at.data.to_string(), "slug": "platform", "expectedRevision": 7 });
        assert_refused(&change(&world, &world.admin(), "updateTeam", taken).await, &[("TAKEN", "slug")]);
        assert_eq!(world.count("team").await, 4);
    }

    async fn a_replay_is_answered_before_the_revision_is_compared(world: World) {
        let at = Company::in_world(&world).await;
        let input = json!({
            "teamId": at.data.to_string(),
            "name": "Data & AI",
            "expectedRevision": 1,
            "idempotencyKey": "rename",
        });
        let first = done(&world, "updateTeam", input.clone()).await;
        assert_eq!(done(&world, "updateTeam", input.clone()).await, first);
        assert_eq!(world.team_revision(at.data).await, 2);
        let mut other = input;
        other["name"] = json!("Other");
        let refused = change(&world, &world.admin(), "updateTeam", other).await;
        assert_refused(&refused, &[("IDEMPOTENCY_MISMATCH", "idempotencyKey")]);
        assert_eq!(world.count("audit_event").await, 1);
    }

    async fn a_replayed_create_shows_the_first_object_as_it_is_today(world: World) {
        Company::in_world(&world).await;
        let input = json!({ "name": "New", "idempotencyKey": "found" });
        let first = done(&world, "createTeam", input.clone()).await;
        done(&world, "updateTeam", json!({ "teamId": first["team"]["id"], "name": "Newer" })).await;
        let again = done(&world, "createTeam", input).await;
        assert_eq!(again["team"]["id"], first["team"]["id"]);
        assert_eq!(again["team"]["name"], "Newer");
        assert_eq!(world.count("team").await, 5);
    }
}
