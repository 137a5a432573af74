//! Teams: the tree, the members, pages and their cursors.

use assay::domain::{ids::TeamId, policy::Claim, teams::TeamRole};
use serde_json::{Value, json};

use super::{answer, data};
use crate::support::World;

/// Company ▸ Platform ▸ Storage, and Company ▸ Web; a lead of Platform, a member of Storage and of Web.
struct Organisation {
    company: TeamId,
    platform: TeamId,
    storage: TeamId,
    web: TeamId,
}

async fn organisation(world: &World) -> Organisation {
    let company = world.team("Company", None).await;
    let platform = world.team("Platform", Some(company)).await;
    let storage = world.team("Storage", Some(platform)).await;
    let web = world.team("Web", Some(company)).await;
    world.person_in(platform, "Lena Lead", TeamRole::Lead).await;
    world.person_in(storage, "Mia Member", TeamRole::Member).await;
    world.person_in(web, "Walt Web", TeamRole::Member).await;
    Organisation { company, platform, storage, web }
}

fn names(connection: &Value) -> Vec<&str> {
    connection["nodes"].as_array().unwrap().iter().map(|node| node["name"].as_str().unwrap()).collect()
}

on_both! {
    async fn a_lead_sees_the_teams_they_lead_and_those_below_and_no_others(world: World) {
        organisation(&world).await;
        let lena = world.token("lena-lead", &[], &[]);
        let seen = data(&world, &lena, "{ teams { nodes { name } } viewer { person { displayName } \
            ledTeams { nodes { name } } all: ledTeams(includeSubteams: true) { nodes { name } } } }").await;
        assert_eq!(names(&seen["teams"]), ["Platform", "Storage"]);
        assert_eq!(names(&seen["viewer"]["ledTeams"]), ["Platform"]);
        assert_eq!(names(&seen["viewer"]["all"]), ["Platform", "Storage"]);
        assert_eq!(seen["viewer"]["person"]["displayName"], "Lena Lead");
    }

    async fn a_team_that_may_not_be_seen_is_null_like_one_that_does_not_exist(world: World) {
        let teams = organisation(&world).await;
        let mia = world.token("mia-member", &[], &[]);
        let document = "query ($id: ID!, $slug: String!) { team(id: $id) { name } \
            teamBySlug(slug: $slug) { name } node(id: $id) { id } nodes(ids: [$id]) { id } \
            teams(filter: { parentId: $id }) { nodes { name } } }";
        let hidden = json!({ "id": teams.platform.to_string(), "slug": "platform" });
        let missing = json!({ "id": world.id::<assay::domain::ids::TeamKind>().to_string(), "slug": "nothing" });
        let malformed = json!({ "id": "team_x", "slug": "" });
        let wrong_kind = json!({ "id": "person_01h455vb4pex5vsknk084sn02q", "slug": "PLATFORM" });
        let first = answer(&world, &mia, document, hidden).await;
        assert_eq!(first["errors"], Value::Null);
        assert_eq!(first["data"]["team"], Value::Null);
        for variables in [missing, malformed, wrong_kind] {
            assert_eq!(answer(&world, &mia, document, variables).await, first);
        }
    }

    async fn a_parent_that_may_not_be_seen_is_null_and_missing_from_the_path(world: World) {
        let teams = organisation(&world).await;
        let mia = world.token("mia-member", &[], &[]);
        let document = format!("{{ team(id: \"{}\") {{ parent {{ name }} path {{ name }} }} }}", teams.storage);
        assert_eq!(data(&world, &mia, &document).await["team"], json!({ "parent": null, "path": [] }));
        let admin = world.token("root", &[Claim::Admin], &[]);
        let seen = data(&world, &admin, &document).await;
        assert_eq!(seen["team"]["parent"]["name"], "Platform");
        assert_eq!(seen["team"]["path"], json!([{ "name": "Company" }, { "name": "Platform" }]));
    }

    async fn nested_pages_of_many_parents_cost_as_many_statements_as_of_one(world: World) {
        let teams = organisation(&world).await;
        let admin = world.token("root", &[Claim::Admin], &[]);
        let tree = "{ nodes { name children(first: 5) { nodes { name } } members(first: 5) { nodes { role allocationPct validFrom \
            person { displayName memberships(first: 2) { nodes { team { name } } } } } } } }";
        let before = world.statements();
        let all = data(&world, &admin, &format!("{{ teams(first: 9) {tree} }}")).await;
        assert_eq!(all["teams"]["nodes"].as_array().unwrap().len(), 4);
        let many = world.statements() - before;
        let before = world.statements();
        data(&world, &admin, &format!("{{ teams(first: 9, filter: {{ parentId: \"{}\" }}) {tree} }}", teams.platform)).await;
        assert_eq!(many, world.statements() - before, "one parent and four");
        assert!(many <= 7, "{many} statements");
        let children = &all["teams"]["nodes"][0]["children"];
        assert_eq!(names(children), ["Platform", "Web"], "{}", teams.company);
    }

    async fn pages_go_forwards_and_backwards_without_repeating_or_skipping(world: World) {
        for n in 0..7 {
            world.team(&format!("Team {n}"), None).await;
        }
        let admin = world.token("root", &[Claim::Admin], &[]);
        for direction in ["ASC", "DESC"] {
            let mut seen = Vec::new();
            let mut after = Value::Null;
            let document = "query ($after: String, $direction: OrderDirection) { teams(first: 3, after: $after, \
                orderBy: { field: NAME, direction: $direction }) { edges { cursor node { name } } \
                pageInfo { hasNextPage hasPreviousPage endCursor } } }";
            loop {
                let asked = json!({ "after": after, "direction": direction });
                let page = answer(&world, &admin, document, asked).await["data"]["teams"].clone();
                let edges = page["edges"].as_array().unwrap().clone();
                assert_eq!(page["pageInfo"]["hasPreviousPage"], json!(!seen.is_empty()));
                seen.extend(edges.iter().map(|edge| edge["node"]["name"].as_str().unwrap().to_owned()));
                if page["pageInfo"]["hasNextPage"] == json!(false) {
                    break;
                }
                after = page["pageInfo"]["endCursor"].clone();
            }
            let mut expected: Vec<String> = (0..7).map(|n| format!("Team {n}")).collect();
            if direction == "DESC" {
                expected.reverse();
            }
            assert_eq!(seen, expected);
        }
        let last = data(&world, &admin, "{ teams(last: 2) { nodes { name } pageInfo { hasPreviousPage } } }").await;
        assert_eq!(names(&last["teams"]), ["Team 5", "Team 6"]);
        assert_eq!(last["teams"]["pageInfo"]["hasPreviousPage"], json!(true));
    }

    async fn a_membership_is_seen_by_whoever_sees_its_team_and_its_person(world: World) {
        let teams = organisation(&world).await;
        let lena = world.token("lena-lead", &[], &[]);
        let members = "members { nodes { person { displayName } } }";
        let document = format!(
            "{{ storage: team(id: \"{}\") {{ {members} }} web: team(id: \"{}\") {{ {members} }} }}",
            teams.storage, teams.web,
        );
        let seen = data(&world, &lena, &document).await;
        assert_eq!(seen["storage"]["members"]["nodes"][0]["person"]["displayName"], "Mia Member");
        assert_eq!(seen["web"], Value::Null);
    }

    async fn past_members_show_in_the_history_and_at_their_time_only(world: World) {
        let team = world.team("Platform", None).await;
        let left = world.person_in(team, "Lara Left", TeamRole::Member).await;
        world.person_in(team, "Ned Now", TeamRole::Member).await;
        world.execute(
            "UPDATE team_membership SET valid_to = $1 WHERE person_id = $2",
            [world.day(-5).into(), left.uuid().into()],
        ).await;
        let admin = world.token("root", &[Claim::Admin], &[]);
        let count = |filter: &str| format!("{{ team(id: \"{team}\") {{ members({filter}) {{ nodes {{ id }} }} }} }}");
        for (filter, expected) in [
            ("first: 9".to_owned(), 1),
            ("filter: { history: true }".to_owned(), 2),
            (format!("filter: {{ at: \"{}\" }}", world.day(-9).to_rfc3339()), 2),
            (format!("filter: {{ at: \"{}\" }}", world.day(-5).to_rfc3339()), 1),
            ("filter: { roles: [LEAD] }".to_owned(), 0),
        ] {
            let seen = data(&world, &admin, &count(&filter)).await;
            assert_eq!(seen["team"]["members"]["nodes"].as_array().unwrap().len(), expected, "{filter}");
        }
    }

    async fn a_variable_that_is_left_out_takes_the_default_of_its_argument(world: World) {
        let teams = organisation(&world).await;
        let lena = world.token("lena-lead", &[], &[]);
        let document = "query ($id: ID!, $view: SkillMatrixView, $scope: TeamScope, $below: Boolean, \
            $filter: TeamMembershipFilter, $order: TeamMembershipOrder, $first: Int) { \
            viewer { ledTeams(includeSubteams: $below, first: $first) { nodes { name } } } team(id: $id) { \
            members(filter: $filter, orderBy: $order, first: $first) { nodes { role } } \
            skillMatrix(view: $view, scope: $scope) { asOf } } }";
        let answered = answer(&world, &lena, document, json!({ "id": teams.platform.to_string() })).await;
        assert_eq!(answered.get("errors"), None);
        assert_eq!(names(&answered["data"]["viewer"]["ledTeams"]), ["Platform"]);
        assert!(answered["data"]["team"]["skillMatrix"]["asOf"].is_string());
    }
}
