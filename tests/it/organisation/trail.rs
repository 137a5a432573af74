//! What each write leaves behind, and how many statements it runs.

use chrono::TimeDelta;
use serde_json::json;

use super::{Company, change, done};
use crate::{assessments::assert_refused, support::World};

/// Every audit event and idempotency record as one text.
async fn trail(world: &World) -> Vec<String> {
    let sql = "SELECT action || ' ' || aggregate || ' ' || actor_digest || ' ' || digest || ' ' || request_id \
         AS line FROM audit_event UNION ALL SELECT mutation || ' ' || key || ' ' || subject_digest || ' ' || \
         input_digest || ' ' || entity_ids || ' ' || outcome FROM idempotency_record";
    let rows = world.rows(sql, []).await;
    rows.iter().map(|row| row.try_get("", "line").expect("a text")).collect()
}

/// Of what each action tells, in order of names.
async fn told(world: &World, action: &str) -> Vec<String> {
    let sql = "SELECT aggregate FROM audit_event WHERE action = $1 ORDER BY aggregate";
    let rows = world.rows(sql, [action.into()]).await;
    rows.iter().map(|row| row.try_get("", "aggregate").expect("a text")).collect()
}

/// One of each mutation, in an order in which all succeed.
async fn everything(world: &World, at: &Company) {
    let ada = json!({
        "displayName": "Ada Zimmerwald", "email": "ada.zimmerwald@secret.example", "title": "Zimmerfrau",
        "identity": { "issuer": "https://zimmer.example", "subject": "zimmer-7" },
    });
    let ada = done(world, "createPerson", ada).await["person"]["id"].clone();
    done(world, "updatePerson", json!({ "personId": ada, "displayName": "Ada Zimmermann" })).await;
    let identity = json!({ "issuer": "https://zimmer.example", "subject": "zimmer-8" });
    done(world, "linkPerson", json!({ "personId": ada, "identity": identity })).await;
    let team =
        done(world, "createTeam", json!({ "name": "Zimmer", "parentId": at.company.to_string() })).await;
    let team = team["team"]["id"].clone();
    done(world, "updateTeam", json!({ "teamId": team, "name": "Zimmers" })).await;
    done(world, "moveTeam", json!({ "teamId": team, "parentId": at.apart.to_string() })).await;
    let stay = done(world, "addTeamMember", json!({ "teamId": team, "personId": ada })).await;
    let stay = json!({ "membershipId": stay["membership"]["id"], "role": "LEAD" });
    let stay = done(world, "updateTeamMembership", stay).await["membership"]["id"].clone();
    done(world, "endTeamMembership", json!({ "membershipId": stay })).await;
    done(world, "addTeamMember", json!({ "teamId": team, "personId": ada })).await;
    done(world, "deactivatePerson", json!({ "personId": ada })).await;
    done(world, "archiveTeam", json!({ "teamId": team })).await;
}

on_both! {
    async fn a_key_of_any_128_characters_is_remembered_and_none_is_kept_as_it_was_said(world: World) {
        Company::in_world(&world).await;
        for (name, key) in [("One", "create zimmer@secret.example"), ("Two", "zimmer\0"), ("Three", "\n")] {
            let input = json!({ "name": name, "idempotencyKey": key });
            let first = done(&world, "createTeam", input.clone()).await;
            assert_eq!(done(&world, "createTeam", input).await["team"]["id"], first["team"]["id"]);
            let other = json!({ "name": "Other", "idempotencyKey": key });
            let refused = change(&world, &world.admin(), "createTeam", other).await;
            assert_refused(&refused, &[("IDEMPOTENCY_MISMATCH", "idempotencyKey")]);
        }
        let kept = trail(&world).await;
        assert!(kept.iter().all(|line| !line.contains("zimmer")), "{kept:#?}");
    }

    async fn a_key_is_remembered_for_24_hours_and_then_as_good_as_new(world: World) {
        Company::in_world(&world).await;
        let first = done(&world, "createTeam", json!({ "name": "One", "idempotencyKey": "again" })).await;
        let other = json!({ "name": "Two", "idempotencyKey": "again" });
        world.set_clock(world.day(1) - TimeDelta::minutes(1));
        let refused = change(&world, &world.admin(), "createTeam", other.clone()).await;
        assert_refused(&refused, &[("IDEMPOTENCY_MISMATCH", "idempotencyKey")]);
        world.set_clock(world.now() + TimeDelta::minutes(2));
        let second = done(&world, "createTeam", other.clone()).await;
        assert_ne!(second["team"]["id"], first["team"]["id"]);
        assert_eq!(done(&world, "createTeam", other).await["team"]["id"], second["team"]["id"]);
    }

    async fn a_key_that_is_no_longer_remembered_is_taken_away_by_a_later_write(world: World) {
        Company::in_world(&world).await;
        let start = world.now();
        for (hour, name) in (0..).zip(["One", "Two", "Three"]) {
            world.set_clock(start + TimeDelta::hours(hour));
            done(&world, "createTeam", json!({ "name": name, "idempotencyKey": name })).await;
        }
        let kept = async || world.count("idempotency_record").await;
        // The first two are older than 24 hours by now.
        world.set_clock(start + TimeDelta::minutes(25 * 60 + 30));
        assert_eq!(kept().await, 3);
        done(&world, "createTeam", json!({ "name": "Four", "idempotencyKey": "Four" })).await;
        assert_eq!(kept().await, 2);
        let again = json!({ "name": "Three", "idempotencyKey": "Three" });
        done(&world, "createTeam", again).await;
        assert_eq!(kept().await, 2, "it was a replay");
    }

    async fn every_change_is_audited_for_each_object_without_names_or_addresses(world: World) {
        let at = Company::in_world(&world).await;
        everything(&world, &at).await;
        for action in ["createTeam", "updateTeam", "moveTeam", "archiveTeam"] {
            assert_eq!(told(&world, action).await, ["TEAM"], "{action}");
        }
        for action in ["createPerson", "updatePerson", "linkPerson"] {
            assert_eq!(told(&world, action).await, ["PERSON"], "{action}");
        }
        for action in ["updateTeamMembership", "endTeamMembership", "deactivatePerson"] {
            assert_eq!(told(&world, action).await, ["PERSON", "TEAM"], "{action}");
        }
        assert_eq!(told(&world, "addTeamMember").await, ["PERSON", "PERSON", "TEAM", "TEAM"]);
        let lines = trail(&world).await;
        assert!(lines.len() >= 16 + 4, "{lines:#?}");
        for line in lines {
            // Words that no hexadecimal digest can hold.
            let line = line.to_lowercase();
            for word in ["zimmer", "secret", "example", "an-admin"] {
                assert!(!line.contains(word), "{word}: {line}");
            }
        }
    }

    async fn a_refusal_leaves_nothing_behind(world: World) {
        let at = Company::in_world(&world).await;
        let input = json!({ "teamId": at.data.to_string(), "slug": "platform", "idempotencyKey": "again" });
        change(&world, &world.admin(), "updateTeam", input.clone()).await;
        assert_eq!(trail(&world).await, Vec::<String>::new());
        assert_eq!(world.team_revision(at.data).await, 1);
        // The key is free for another try.
        let mut better = input;
        better["slug"] = json!("data-2");
        done(&world, "updateTeam", better).await;
    }

    async fn a_change_runs_a_bounded_number_of_statements(world: World) {
        let at = Company::in_world(&world).await;
        done(&world, "updateTeam", json!({ "teamId": at.data.to_string() })).await;
        let stay = world.stay(at.platform, at.mia).await;
        let person = at.mia.to_string();
        // Two for the scopes, one for the key's lock (PostgreSQL alone), two for the key; the rest is the
        // use case, and what the payload shows.
        for (name, input, most) in [
            ("createTeam", json!({ "name": "New", "parentId": at.company.to_string() }), 13),
            ("updateTeam", json!({ "teamId": at.data.to_string(), "name": "D" }), 9),
            ("moveTeam", json!({ "teamId": at.data.to_string(), "parentId": at.apart.to_string() }), 15),
            ("addTeamMember", json!({ "teamId": at.data.to_string(), "personId": person }), 17),
            ("updateTeamMembership", json!({ "membershipId": stay, "role": "LEAD" }), 12),
            ("updatePerson", json!({ "personId": person, "title": "T" }), 9),
            ("deactivatePerson", json!({ "personId": person }), 13),
            ("archiveTeam", json!({ "teamId": at.platform.to_string() }), 11),
        ] {
            let before = world.statements();
            done(&world, name, input).await;
            let run = world.statements() - before;
            assert!(run <= most, "{name} ran {run} statements, at most {most}");
        }
    }
}
