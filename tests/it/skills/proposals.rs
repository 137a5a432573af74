//! From a proposal to a skill in use.

use serde_json::{Value, json};

use super::{Catalogue, change, id_of, named, refusals};

fn proposal(catalogue: &Catalogue, name: &str, aliases: &[&str]) -> Value {
    let category = catalogue.category.to_string();
    json!({ "name": name, "kind": "TECHNICAL", "categoryId": category, "aliases": aliases })
}

on_both! {
    async fn a_proposal_is_between_its_proposer_and_admin_until_it_is_approved(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let before = world.catalogue_revision().await;
        let proposed = change(&catalogue.member, "proposeSkill", proposal(&catalogue, "Ada", &["Ada 2012"])).await;
        assert_eq!(refusals(&proposed), [""; 0]);
        assert_eq!(proposed["skill"]["status"], "PROPOSED");
        assert_eq!(proposed["edge"]["node"]["id"], proposed["skill"]["id"]);
        let id = id_of(&proposed);
        let asked = "query ($id: ID!) { skill(id: $id) { name } }";
        let variables = json!({ "id": id.to_string() });
        assert_eq!(catalogue.owner.query(asked, variables.clone()).await, json!({ "skill": null }));
        assert_eq!(world.catalogue_revision().await, before, "no read model of anybody else changed");
        let approved = catalogue.done("approveSkill", named(id)).await;
        assert_eq!((&approved["skill"]["status"], &approved["skill"]["slug"]), (&json!("ACTIVE"), &json!("ada")));
        assert_eq!(catalogue.owner.query(asked, variables).await, json!({ "skill": { "name": "Ada" } }));
        assert_eq!(catalogue.found("2012").await, ["Ada"]);
        assert!(world.catalogue_revision().await > before);
        assert_eq!((world.audited("proposeSkill").await, world.audited("approveSkill").await), (1, 1));
    }

    async fn nobody_learns_of_a_proposal_by_proposing_the_same(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let first = change(&catalogue.member, "proposeSkill", proposal(&catalogue, "Ada", &[])).await;
        let second = change(&catalogue.owner, "proposeSkill", proposal(&catalogue, "ADA", &[])).await;
        assert_eq!(refusals(&second), [""; 0]);
        catalogue.done("approveSkill", named(id_of(&first))).await;
        let late = json!({ "skillId": second["skill"]["id"], "slug": "ada-2" });
        assert_eq!(catalogue.refused("approveSkill", late.clone()).await, ["TAKEN skillId"]);
        let renamed = json!({ "skillId": second["skill"]["id"], "name": "Ada SPARK" });
        catalogue.done("updateSkill", renamed).await;
        catalogue.done("approveSkill", late).await;
    }

    async fn a_name_or_alias_of_a_skill_in_use_is_taken_whatever_its_case_and_width(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let aliased = json!({ "skillId": catalogue.rust.to_string(), "aliases": ["Ferris"] });
        catalogue.done("updateSkill", aliased).await;
        for (name, aliases, expected) in [
            ("ｒｕｓｔ", vec![], vec!["TAKEN name"]),
            ("FERRIS", vec![], vec!["TAKEN name"]),
            ("Crab", vec!["Carcinus", " go "], vec!["TAKEN aliases.1"]),
            ("Rust", vec!["Zig"], vec!["TAKEN name", "TAKEN aliases.0"]),
            ("Crab", vec!["CRAB"], vec!["INVALID aliases.0"]),
            ("Crab", vec!["Cancer", "cancer"], vec!["INVALID aliases.1"]),
            (" ", vec![""], vec!["INVALID name", "INVALID aliases.0"]),
        ] {
            let payload = change(&catalogue.member, "proposeSkill", proposal(&catalogue, name, &aliases)).await;
            assert_eq!(refusals(&payload), expected, "{name} {aliases:?}");
            assert_eq!((&payload["skill"], &payload["edge"]), (&Value::Null, &Value::Null));
        }
    }

    async fn a_proposal_needs_a_category_and_a_proposer(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let mut nowhere = proposal(&catalogue, "Ada", &[]);
        nowhere["categoryId"] = json!("skill_category_0");
        let payload = change(&catalogue.member, "proposeSkill", nowhere).await;
        assert_eq!(refusals(&payload), ["NOT_FOUND categoryId"]);
        let nobody = world.as_stranger(&[]).await;
        assert_eq!(refusals(&change(&nobody, "proposeSkill", proposal(&catalogue, "Ada", &[])).await), ["FORBIDDEN"]);
    }

    async fn approval_makes_the_slug_or_refuses_it(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let foreign = change(&catalogue.member, "proposeSkill", proposal(&catalogue, "日本語", &[])).await;
        let id = id_of(&foreign);
        assert_eq!(catalogue.refused("approveSkill", named(id)).await, ["INVALID slug"]);
        for (slug, expected) in [("Ni", "INVALID slug"), ("rust", "TAKEN slug")] {
            let input = json!({ "skillId": id.to_string(), "slug": slug });
            assert_eq!(catalogue.refused("approveSkill", input).await, [expected]);
        }
        let input = json!({ "skillId": id.to_string(), "slug": "japanese" });
        assert_eq!(catalogue.done("approveSkill", input).await["skill"]["slug"], "japanese");
    }
}
