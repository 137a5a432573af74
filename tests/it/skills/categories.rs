//! The tree of categories.

use serde_json::{Value, json};

use super::{Catalogue, change, refusals};

async fn created(catalogue: &Catalogue, name: &str, parent: &Value) -> Value {
    let input = json!({ "name": name, "parentId": parent });
    catalogue.done("createSkillCategory", input).await["category"].take()
}

on_both! {
    async fn a_category_comes_after_its_siblings_unless_it_is_put_before(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let before = world.catalogue_revision().await;
        let tools = created(&catalogue, "Tools & Clouds", &Value::Null).await;
        assert_eq!(tools["slug"], "tools-clouds");
        assert_eq!((&tools["position"], &tools["revision"]), (&json!(1), &json!(1)));
        let first = created(&catalogue, "Editors", &tools["id"]).await;
        let second = created(&catalogue, "Linters", &tools["id"]).await;
        assert_eq!((&first["position"], &second["position"]), (&json!(0), &json!(1)));
        assert_eq!(second["parent"]["id"], tools["id"]);
        let input = json!({ "categoryId": second["id"], "parentId": tools["id"], "position": 0 });
        let moved = catalogue.done("moveSkillCategory", input).await;
        assert_eq!((&moved["category"]["position"], &moved["category"]["revision"]), (&json!(0), &json!(2)));
        let top = catalogue.done("moveSkillCategory", json!({ "categoryId": second["id"] })).await;
        assert_eq!((&top["category"]["position"], &top["category"]["parent"]), (&json!(2), &Value::Null));
        assert_eq!(world.catalogue_revision().await, before + 5);
        assert_eq!((world.audited("createSkillCategory").await, world.audited("moveSkillCategory").await), (3, 2));
    }

    async fn a_category_is_never_below_itself(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let top = created(&catalogue, "Top", &Value::Null).await;
        let middle = created(&catalogue, "Middle", &top["id"]).await;
        let bottom = created(&catalogue, "Bottom", &middle["id"]).await;
        for below in [&top, &middle, &bottom] {
            let input = json!({ "categoryId": top["id"], "parentId": below["id"] });
            assert_eq!(catalogue.refused("moveSkillCategory", input).await, ["CYCLE parentId"]);
        }
        let input = json!({ "categoryId": bottom["id"], "parentId": top["id"] });
        catalogue.done("moveSkillCategory", input).await;
        let input = json!({ "categoryId": middle["id"], "parentId": bottom["id"] });
        catalogue.done("moveSkillCategory", input).await;
    }

    async fn each_broken_rule_of_a_category_is_told_at_its_field(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        for (input, expected) in [
            (json!({ "name": "" }), vec!["INVALID name", "INVALID slug"]),
            (json!({ "name": "Tools", "slug": "T", "position": -1 }), vec!["INVALID slug", "INVALID position"]),
            (json!({ "name": "Tools", "position": 10_000 }), vec!["INVALID position"]),
            (json!({ "name": "Languages" }), vec!["TAKEN slug"]),
            (json!({ "name": "Tools", "parentId": "none" }), vec!["NOT_FOUND parentId"]),
        ] {
            let payload = change(&catalogue.admin, "createSkillCategory", input).await;
            assert_eq!(refusals(&payload), expected);
            assert_eq!((&payload["category"], &payload["edge"]), (&Value::Null, &Value::Null));
        }
        let category = catalogue.category.to_string();
        let far = json!({ "categoryId": category, "position": 10_000 });
        assert_eq!(catalogue.refused("moveSkillCategory", far).await, ["INVALID position"]);
        let gone = json!({ "categoryId": category, "parentId": "none" });
        assert_eq!(catalogue.refused("moveSkillCategory", gone).await, ["NOT_FOUND parentId"]);
    }
}
