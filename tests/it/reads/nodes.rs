//! `node`, `nodes` and the entities of a federated graph: the same finders as every other path.

use assay::domain::{policy::Claim, teams::TeamRole};
use serde_json::{Value, json};

use super::{answer, data};

on_both! {
    async fn nodes_come_in_the_order_asked_with_null_for_what_is_not_seen(world: World) {
        let seen = world.team("Platform", None).await;
        let hidden = world.team("Web", None).await;
        let mia = world.person_in(seen, "Mia Member", TeamRole::Member).await;
        let token = world.token("mia-member", &[], &[]);
        let document = format!("{{ nodes(ids: [\"{hidden}\", \"{mia}\", \"x\", \"{seen}\"]) {{ __typename id }} }}");
        assert_eq!(data(&world, &token, &document).await["nodes"], json!([
            null, { "__typename": "Person", "id": mia.to_string() }, null,
            { "__typename": "Team", "id": seen.to_string() },
        ]));
    }

    async fn an_entity_that_is_not_seen_is_null_like_one_that_does_not_exist(world: World) {
        let seen = world.team("Platform", None).await;
        let hidden = world.team("Web", None).await;
        world.person_in(seen, "Mia Member", TeamRole::Member).await;
        let token = world.token("mia-member", &[], &[]);
        let document = "query ($all: [_Any!]!) { _entities(representations: $all) { ... on Team { name } } }";
        let named = |id: String| json!({ "__typename": "Team", "id": id });
        let all = json!({ "all": [named(seen.to_string()), named(hidden.to_string()), named("team_x".into())] });
        let answered = answer(&world, &token, document, all).await;
        assert_eq!(answered["data"]["_entities"], json!([{ "name": "Platform" }, null, null]));
    }

    async fn an_unknown_viewer_learns_only_about_themself(world: World) {
        let team = world.team("Platform", None).await;
        let document = format!(
            "{{ __typename viewer {{ person {{ id }} roles scopes ledTeams {{ nodes {{ id }} }} }} \
             node(id: \"{team}\") {{ id }} teams {{ nodes {{ id }} pageInfo {{ hasNextPage }} }} \
             people {{ nodes {{ id }} }} }}"
        );
        let seen = data(&world, &world.token("nobody", &[], &[]), &document).await;
        assert_eq!(seen["viewer"], json!({ "person": null, "roles": [], "scopes": [], "ledTeams": { "nodes": [] } }));
        assert_eq!(seen["node"], Value::Null);
        assert_eq!(seen["teams"], json!({ "nodes": [], "pageInfo": { "hasNextPage": false } }));
        assert_eq!(seen["people"], json!({ "nodes": [] }));
    }

    async fn what_an_operation_costs_is_refused_before_it_runs(world: World) {
        let admin = world.token("root", &[Claim::Admin], &[]);
        let before = world.statements();
        let document = "{ teams(first: 100) { nodes { members(first: 100) { nodes { role } } } } }";
        let refused = answer(&world, &admin, document, Value::Null).await;
        assert!(refused["errors"][0]["message"].as_str().unwrap().contains("complex"), "{refused}");
        assert_eq!(world.statements() - before, 1, "the scope alone");
        let fits = "query ($n: Int) { teams(first: $n) { edges { cursor node { members { nodes { role } } } } } }";
        let answered = answer(&world, &admin, fits, Value::Null).await;
        assert_eq!(answered.get("errors"), None, "a variable left out takes the default");
    }
}
