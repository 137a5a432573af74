//! Writers who come at the same time: locks put them in a row, and each judges by what the one before left.

use assay::domain::{ids::TeamId, teams::TeamRole};
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{Company, change};
use crate::{assessments::refusals, support::World};

async fn at_once(world: &World, changes: Vec<(&str, Value)>) -> Vec<String> {
    let admin = world.admin();
    let payloads =
        join_all(changes.into_iter().map(|(name, input)| change(world, &admin, name, input))).await;
    payloads.iter().flat_map(refusals).map(|(code, _)| code).collect()
}

/// How many teams are below themselves.
async fn circles(world: &World) -> usize {
    let sql = "WITH RECURSIVE below AS (SELECT team_id AS top, team_id FROM team_parent WHERE valid_to IS NULL \
         UNION SELECT b.top, p.team_id FROM team_parent p JOIN below b ON p.parent_id = b.team_id \
         WHERE p.valid_to IS NULL) SELECT 1 FROM below b JOIN team_parent p ON p.team_id = b.top \
         AND p.parent_id = b.team_id AND p.valid_to IS NULL";
    world.rows(sql, []).await.len()
}

fn moved(team: TeamId, parent: TeamId) -> (&'static str, Value) {
    ("moveTeam", json!({ "teamId": team.to_string(), "parentId": parent.to_string() }))
}

on_both! {
    async fn moves_at_once_never_close_a_circle(world: World) {
        // Two trees, each to be hung below a leaf of the other: the moves have no team in common, and either
        // is right without the other.
        for round in 0..10 {
            let mut trees = Vec::new();
            for name in ["A", "B"] {
                let top = world.team(&format!("{name} {round}"), None).await;
                let middle = world.team(&format!("{name} {round} middle"), Some(top)).await;
                trees.push((top, world.team(&format!("{name} {round} leaf"), Some(middle)).await));
            }
            let crossed = vec![moved(trees[0].0, trees[1].1), moved(trees[1].0, trees[0].1)];
            assert_eq!(at_once(&world, crossed).await, ["CYCLE"], "the second of the two is refused");
            assert_eq!(circles(&world).await, 0);
        }
    }

    async fn a_ring_of_moves_at_once_leaves_one_open(world: World) {
        let mut teams = Vec::new();
        for name in ["A", "B", "C", "D"] {
            teams.push(world.team(name, None).await);
        }
        let ring = (0..4).map(|n| moved(teams[n], teams[(n + 1) % 4])).collect();
        assert_eq!(at_once(&world, ring).await, ["CYCLE"], "the last one of the ring is refused");
        assert_eq!(circles(&world).await, 0);
    }

    async fn a_team_moved_from_many_sides_at_once_ends_in_one_place(world: World) {
        let at = Company::in_world(&world).await;
        let places = [at.company, at.apart, at.data, at.apart, at.company].map(|parent| moved(at.platform, parent));
        assert_eq!(at_once(&world, places.into()).await, Vec::<String>::new());
        let sql = "SELECT 1 FROM team_parent WHERE team_id = $1 AND valid_to IS NULL";
        assert_eq!(world.rows(sql, [at.platform.uuid().into()]).await.len(), 1);
    }

    async fn a_team_that_is_archived_gains_neither_members_nor_teams_meanwhile(world: World) {
        for round in 0..4 {
            let team = world.team(&format!("Team {round}"), None).await;
            let child = world.team(&format!("Child {round}"), None).await;
            let person = world.person(&format!("Person {round}")).await;
            let id = team.to_string();
            let told = at_once(&world, vec![
                ("archiveTeam", json!({ "teamId": id })),
                ("addTeamMember", json!({ "teamId": id, "personId": person.to_string() })),
                ("createTeam", json!({ "name": format!("New {round}"), "parentId": id })),
                moved(child, team),
            ])
            .await;
            // Whoever came first: either it is archived and the others are refused, or the other way round.
            let archived = "SELECT 1 FROM team WHERE id = $1 AND status = 'ARCHIVED'";
            let archived = world.rows(archived, [team.uuid().into()]).await.len() == 1;
            let held = "SELECT 1 FROM team_membership WHERE team_id = $1 \
                 UNION ALL SELECT 1 FROM team_parent WHERE parent_id = $1 AND valid_to IS NULL";
            let held = world.rows(held, [team.uuid().into()]).await.len();
            assert_eq!((archived, held, told.len()), if archived { (true, 0, 3) } else { (false, 3, 1) });
            assert!(told.iter().all(|code| code == "ILLEGAL_STATE"), "{told:?}");
        }
    }

    async fn of_many_who_add_one_person_at_once_one_succeeds(world: World) {
        let at = Company::in_world(&world).await;
        let input = json!({ "teamId": at.data.to_string(), "personId": at.mia.to_string() });
        let told = at_once(&world, vec![("addTeamMember", input); 4]).await;
        assert_eq!(told, ["OVERLAP"; 3]);
        world.stay(at.data, at.mia).await;
    }

    async fn of_many_who_change_one_membership_at_once_one_succeeds(world: World) {
        let at = Company::in_world(&world).await;
        let input = json!({ "membershipId": world.stay(at.platform, at.mia).await, "role": "LEAD" });
        assert_eq!(at_once(&world, vec![("updateTeamMembership", input); 4]).await, ["ILLEGAL_STATE"; 3]);
        let sql = "SELECT 1 FROM team_membership WHERE team_id = $1";
        assert_eq!(world.rows(sql, [at.platform.uuid().into()]).await.len(), 2);
    }

    async fn whoever_leaves_while_being_added_to_teams_is_in_none_afterwards(world: World) {
        let at = Company::in_world(&world).await;
        for round in 0..4 {
            let person = world.person_in(at.apart, &format!("Person {round}"), TeamRole::Member).await;
            let id = person.to_string();
            let join = |team: TeamId| ("addTeamMember", json!({ "teamId": team.to_string(), "personId": id }));
            let leave = ("deactivatePerson", json!({ "personId": id }));
            let told = at_once(&world, vec![join(at.data), leave, join(at.platform)]).await;
            assert!(told.iter().all(|code| code == "ILLEGAL_STATE"), "{told:?}");
            let open = "SELECT 1 FROM team_membership WHERE person_id = $1 AND valid_to IS NULL";
            assert_eq!(world.rows(open, [person.uuid().into()]).await.len(), 0);
        }
    }

    async fn one_key_sent_many_times_at_once_founds_one_team(world: World) {
        Company::in_world(&world).await;
        let input = json!({ "name": "New", "idempotencyKey": "once" });
        assert_eq!(at_once(&world, vec![("createTeam", input); 4]).await, Vec::<String>::new());
        assert_eq!(world.count("team").await, 5);
    }

    async fn of_two_teams_that_want_one_slug_at_once_one_is_told_that_it_is_taken(world: World) {
        let told = at_once(&world, vec![("createTeam", json!({ "name": "New" })); 3]).await;
        assert_eq!(told, ["TAKEN"; 2]);
    }
}
