//! Founding, renaming, moving and archiving teams.

use assay::domain::teams::TeamRole;
use serde_json::json;

use super::{Company, change, done};
use crate::{assessments::assert_refused, reads::data, support::World};

/// The places a team had: whether each has ended, oldest first.
async fn places(world: &World, team: assay::domain::ids::TeamId) -> Vec<bool> {
    let sql = "SELECT valid_to IS NOT NULL AS ended FROM team_parent WHERE team_id = $1 ORDER BY valid_from";
    let rows = world.rows(sql, [team.uuid().into()]).await;
    rows.iter().map(|row| row.try_get("", "ended").expect("a flag")).collect()
}

on_both! {
    async fn a_team_is_founded_below_another_and_stands_in_the_list_where_its_edge_says(world: World) {
        let at = Company::in_world(&world).await;
        let input = json!({ "name": " Machine  Learning ", "parentId": at.company.to_string() });
        let made = done(&world, "createTeam", input).await;
        let team = &made["team"];
        assert_eq!(team["name"], "Machine  Learning");
        assert_eq!((&team["slug"], &team["status"]), (&json!("machine-learning"), &json!("ACTIVE")));
        assert_eq!((&team["revision"], &team["parent"]["id"]), (&json!(1), &json!(at.company.to_string())));
        assert_eq!(world.team_revision(at.company).await, 2, "the team above has another team below it");
        let listed = data(&world, &world.admin(), "{ teams { edges { cursor node { id } } } }").await;
        let edges = listed["teams"]["edges"].as_array().unwrap();
        assert!(edges.contains(&made["edge"]), "{made:#}");
    }

    async fn a_team_keeps_its_slug_when_its_name_changes(world: World) {
        let at = Company::in_world(&world).await;
        let team = at.data.to_string();
        let renamed = done(&world, "updateTeam", json!({ "teamId": team, "name": "Data & AI" })).await;
        assert_eq!((&renamed["team"]["name"], &renamed["team"]["slug"]), (&json!("Data & AI"), &json!("data")));
        let moved = done(&world, "updateTeam", json!({ "teamId": team, "slug": "data-ai" })).await;
        assert_eq!(moved["team"]["name"], "Data & AI");
        assert_eq!((&moved["team"]["slug"], &moved["team"]["revision"]), (&json!("data-ai"), &json!(3)));
    }

    async fn a_team_moves_with_what_is_below_it_and_history_keeps_where_it_was(world: World) {
        let at = Company::in_world(&world).await;
        let below = world.team("Below", Some(at.platform)).await;
        let input = json!({ "teamId": at.platform.to_string(), "parentId": at.apart.to_string() });
        let moved = done(&world, "moveTeam", input).await;
        assert_eq!(moved["team"]["parent"]["id"], at.apart.to_string());
        assert_eq!(places(&world, at.platform).await, [true, false]);
        assert_eq!(places(&world, below).await, [false], "it went along where it hangs");
        for end in [at.company, at.platform, at.apart] {
            assert_eq!(world.team_revision(end).await, 2);
        }
        let top = done(&world, "moveTeam", json!({ "teamId": at.platform.to_string() })).await;
        assert_eq!(top["team"]["parent"], json!(null));
        assert_eq!(places(&world, at.platform).await, [true, true]);
    }

    async fn a_move_to_where_the_team_is_leaves_no_trace_in_the_tree(world: World) {
        let at = Company::in_world(&world).await;
        let input = json!({ "teamId": at.platform.to_string(), "parentId": at.company.to_string() });
        done(&world, "moveTeam", input).await;
        assert_eq!(places(&world, at.platform).await, [false]);
    }

    async fn a_team_is_never_below_itself(world: World) {
        let at = Company::in_world(&world).await;
        let below = world.team("Below", Some(at.platform)).await;
        for parent in [at.company, at.platform, below] {
            let input = json!({ "teamId": at.company.to_string(), "parentId": parent.to_string() });
            let refused = change(&world, &world.admin(), "moveTeam", input).await;
            assert_refused(&refused, &[("CYCLE", "parentId")]);
        }
        assert_eq!(world.team_revision(at.company).await, 1);
    }

    async fn a_team_is_archived_once_nobody_is_in_it_or_below_it(world: World) {
        let at = Company::in_world(&world).await;
        let archive = |team: assay::domain::ids::TeamId| json!({ "teamId": team.to_string() });
        let occupied = [("ILLEGAL_STATE", "teamId")];
        for team in [at.company, at.platform] {
            assert_refused(&change(&world, &world.admin(), "archiveTeam", archive(team)).await, &occupied);
        }
        let stay = world.stay(at.platform, at.mia).await;
        done(&world, "endTeamMembership", json!({ "membershipId": stay })).await;
        let archived = done(&world, "archiveTeam", archive(at.platform)).await;
        assert_eq!(archived["team"]["status"], "ARCHIVED");
        assert_eq!(archived["team"]["parent"]["id"], at.company.to_string(), "it keeps its place");
        assert_refused(&change(&world, &world.admin(), "archiveTeam", archive(at.platform)).await, &occupied);
    }

    async fn somebody_who_is_to_come_keeps_a_team_from_being_archived(world: World) {
        let at = Company::in_world(&world).await;
        let later = json!({
            "teamId": at.data.to_string(),
            "personId": at.mia.to_string(),
            "validFrom": super::instant(world.day(30)),
        });
        done(&world, "addTeamMember", later).await;
        let archive = json!({ "teamId": at.data.to_string() });
        let refused = change(&world, &world.admin(), "archiveTeam", archive).await;
        assert_refused(&refused, &[("ILLEGAL_STATE", "teamId")]);
    }

    async fn nothing_happens_to_an_archived_team_or_below_it(world: World) {
        let at = Company::in_world(&world).await;
        let person = world.person_in(at.apart, "Pia Peer", TeamRole::Member).await;
        let team = at.data.to_string();
        done(&world, "archiveTeam", json!({ "teamId": team })).await;
        for (name, input, field) in [
            ("updateTeam", json!({ "teamId": team, "name": "Other" }), "teamId"),
            ("moveTeam", json!({ "teamId": team }), "teamId"),
            ("addTeamMember", json!({ "teamId": team, "personId": person.to_string() }), "teamId"),
            ("createTeam", json!({ "name": "New", "parentId": team }), "parentId"),
            ("moveTeam", json!({ "teamId": at.apart.to_string(), "parentId": team }), "parentId"),
        ] {
            let refused = change(&world, &world.admin(), name, input).await;
            assert_refused(&refused, &[("ILLEGAL_STATE", field)]);
        }
    }
}
