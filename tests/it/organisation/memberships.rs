//! Beginning, changing and ending memberships, and that history keeps what people were.

use assay::domain::{people::PersonStatus, teams::TeamRole};
use serde_json::{Value, json};

use super::{Company, change, done, instant, nothing};
use crate::{assessments::assert_refused, reads::data, support::World};

/// Every stay in a team, oldest first: role, share, beginning and end.
async fn history(world: &World, team: &str) -> Vec<Value> {
    let asked = format!(
        "{{ team(id: \"{team}\") {{ members(filter: {{ history: true }}, orderBy: {{ field: VALID_FROM }}) \
         {{ nodes {{ role allocationPct validFrom validTo }} }} }} }}"
    );
    data(world, &world.admin(), &asked).await["team"]["members"]["nodes"].as_array().unwrap().clone()
}

on_both! {
    async fn a_member_is_added_now_and_stands_in_the_team_where_the_edge_says(world: World) {
        let at = Company::in_world(&world).await;
        let input = json!({ "teamId": at.data.to_string(), "personId": at.mia.to_string(), "expectedRevision": 1 });
        let added = done(&world, "addTeamMember", input).await;
        let stay = &added["membership"];
        assert_eq!((&stay["role"], &stay["allocationPct"]), (&json!("MEMBER"), &json!(100)));
        assert_eq!((&stay["validFrom"], &stay["validTo"]), (&json!(instant(world.now())), &json!(null)));
        assert_eq!(added["team"]["revision"], 2);
        assert_eq!(world.revision(at.mia).await, 2, "the person's root is raised too");
        let asked = format!("{{ team(id: \"{}\") {{ members {{ edges {{ cursor node {{ id }} }} }} }} }}", at.data);
        let listed = data(&world, &world.admin(), &asked).await;
        assert_eq!(listed["team"]["members"]["edges"], json!([added["edge"]]));
    }

    async fn what_a_membership_must_be_is_said_at_each_field(world: World) {
        let at = Company::in_world(&world).await;
        let pia = world.person("Pia Peer").await;
        world.set_status(pia, PersonStatus::Inactive).await;
        let (team, mia) = (at.data.to_string(), at.mia.to_string());
        let (now, later) = (instant(world.day(1)), instant(world.day(2)));
        let missing = nothing::<assay::domain::ids::PersonKind>(&world);
        for (input, expected) in [
            (json!({ "teamId": team, "personId": missing }), &[("NOT_FOUND", "personId")][..]),
            (json!({ "teamId": team, "personId": pia.to_string() }), &[("ILLEGAL_STATE", "personId")]),
            (json!({ "teamId": team, "personId": mia, "allocationPct": 0 }), &[("INVALID", "allocationPct")]),
            (
                json!({ "teamId": team, "personId": mia, "allocationPct": 101, "validFrom": later, "validTo": now }),
                &[("INVALID", "allocationPct"), ("INVALID", "validTo")],
            ),
            (
                json!({ "teamId": team, "personId": mia, "validFrom": now, "validTo": now }),
                &[("INVALID", "validTo")],
            ),
        ] {
            assert_refused(&change(&world, &world.admin(), "addTeamMember", input).await, expected);
        }
        assert_eq!(history(&world, &team).await.len(), 0);
    }

    async fn a_changed_membership_begins_anew_and_history_keeps_the_old_one(world: World) {
        let at = Company::in_world(&world).await;
        let stay = world.stay(at.platform, at.mia).await;
        let input = json!({ "membershipId": stay, "role": "LEAD" });
        let changed = done(&world, "updateTeamMembership", input).await;
        let now = json!(instant(world.now()));
        assert_ne!(changed["membership"]["id"], stay);
        assert_eq!((&changed["membership"]["role"], &changed["membership"]["validFrom"]), (&json!("LEAD"), &now));
        assert_eq!((&changed["previous"]["id"], &changed["previous"]["validTo"]), (&json!(stay), &now));
        let roles: Vec<Value> =
            history(&world, &at.platform.to_string()).await.iter().map(|stay| stay["role"].clone()).collect();
        assert_eq!(roles, [json!("MEMBER"), json!("LEAD")]);
        assert_eq!((world.team_revision(at.platform).await, world.revision(at.mia).await), (2, 2));
    }

    async fn a_change_can_be_dated_back_but_not_to_before_the_membership_began(world: World) {
        let at = Company::in_world(&world).await;
        let stay = world.stay(at.platform, at.mia).await;
        let input = |days| {
            json!({ "membershipId": stay, "allocationPct": 50, "validFrom": instant(world.day(days)) })
        };
        for days in [-1001, -1000] {
            let refused = change(&world, &world.admin(), "updateTeamMembership", input(days)).await;
            // The world's clock has moved on by a second a change.
            let expected = if days == -1001 { &[("INVALID", "validFrom")][..] } else { &[] };
            assert_refused(&refused, expected);
        }
        let shares: Vec<Value> = history(&world, &at.platform.to_string())
            .await
            .iter()
            .map(|stay| stay["allocationPct"].clone())
            .collect();
        assert_eq!(shares, [json!(100), json!(50)]);
    }

    async fn a_change_that_changes_nothing_leaves_history_alone(world: World) {
        let at = Company::in_world(&world).await;
        let stay = world.stay(at.platform, at.mia).await;
        let input = json!({ "membershipId": stay, "role": "MEMBER", "allocationPct": 100 });
        let same = done(&world, "updateTeamMembership", input).await;
        assert_eq!((&same["membership"]["id"], &same["previous"]["id"]), (&json!(stay), &json!(stay)));
        assert_eq!(history(&world, &at.platform.to_string()).await.len(), 1);
    }

    async fn an_ended_membership_stays_in_history_and_ends_once(world: World) {
        let at = Company::in_world(&world).await;
        let stay = world.stay(at.platform, at.mia).await;
        let ended = done(&world, "endTeamMembership", json!({ "membershipId": stay })).await;
        assert_eq!(ended["membership"]["validTo"], instant(world.now()));
        assert_eq!(history(&world, &at.platform.to_string()).await.len(), 1);
        for name in ["endTeamMembership", "updateTeamMembership"] {
            let again = change(&world, &world.admin(), name, json!({ "membershipId": stay })).await;
            assert_refused(&again, &[("ILLEGAL_STATE", "membershipId")]);
            assert_eq!(again["userErrors"][0]["message"], "The membership is over.");
        }
    }

    async fn an_end_that_is_planned_stays_as_it_was_said(world: World) {
        let at = Company::in_world(&world).await;
        let stay = world.stay(at.platform, at.mia).await;
        let end = instant(world.day(30));
        done(&world, "endTeamMembership", json!({ "membershipId": stay, "validTo": end })).await;
        let again = change(&world, &world.admin(), "endTeamMembership", json!({ "membershipId": stay })).await;
        assert_refused(&again, &[("ILLEGAL_STATE", "membershipId")]);
        assert!(again["userErrors"][0]["message"].as_str().unwrap().contains(&end), "{again}");
    }

    async fn a_membership_that_has_not_begun_cannot_end_before_it_begins(world: World) {
        let at = Company::in_world(&world).await;
        let from = instant(world.day(30));
        let input = json!({ "teamId": at.data.to_string(), "personId": at.mia.to_string(), "validFrom": from });
        let stay = done(&world, "addTeamMember", input).await["membership"]["id"].clone();
        let at_once = change(&world, &world.admin(), "endTeamMembership", json!({ "membershipId": stay })).await;
        assert_refused(&at_once, &[("INVALID", "validTo")]);
        let message = at_once["userErrors"][0]["message"].as_str().unwrap();
        assert!(message.contains(&from) && message.contains("no stay ends before it began"), "{message}");
        let later = json!({ "membershipId": stay, "validTo": instant(world.day(31)) });
        done(&world, "endTeamMembership", later).await;
    }

    async fn nobody_is_twice_in_a_team_at_one_time(world: World) {
        let at = Company::in_world(&world).await;
        let pia = world.person_in(at.apart, "Pia Peer", TeamRole::Member).await;
        let stay = |from: Option<i64>, to: Option<i64>| {
            json!({
                "teamId": at.data.to_string(),
                "personId": pia.to_string(),
                "validFrom": from.map(|days| instant(world.day(days))),
                "validTo": to.map(|days| instant(world.day(days))),
            })
        };
        // Fixed once, for the clock moves on with each change.
        let all = [(0, Some(10)), (-20, Some(-10)), (10, None)].map(|(from, to)| stay(Some(from), to));
        let meeting = [(9, Some(11)), (-30, None), (-15, Some(-12)), (5, None), (400, Some(500)), (-10, Some(1))]
            .map(|(from, to)| stay(Some(from), to));
        for input in all {
            done(&world, "addTeamMember", input).await;
        }
        for input in meeting {
            let refused = change(&world, &world.admin(), "addTeamMember", input).await;
            assert_refused(&refused, &[("OVERLAP", "validFrom")]);
        }
        assert_eq!(history(&world, &at.data.to_string()).await.len(), 3);
    }
}
