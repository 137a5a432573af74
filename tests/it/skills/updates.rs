//! Changing a skill: names, columns, and the lists that belong to it.

use assay::domain::ids::SkillId;
use serde_json::{Value, json};

use super::{Catalogue, named};

/// An update of `skill` by these fields.
fn update(skill: SkillId, fields: Value) -> Value {
    let mut input = named(skill);
    input.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    input
}

fn relation(kind: &str, to: SkillId) -> Value {
    json!({ "kind": kind, "skillId": to.to_string() })
}

on_both! {
    async fn what_is_left_out_stays_and_null_takes_away(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let all = json!({
            "name": "Rust language", "slug": "rust-lang", "description": "Safe *and* fast.", "kind": "PRACTICE",
            "reviewIntervalDays": 180, "expiresAfterDays": 720, "ownerId": catalogue.mia.to_string(),
            "aliases": ["Ferris", "Rustlang"],
            "levelDescriptors": [
                { "level": 5, "behaviour": "Shapes it." },
                { "level": 1, "behaviour": "Reads it.", "examples": ["A crate"] },
            ],
            "relations": [relation("RELATED", catalogue.go)],
            "externalRefs": [{ "scheme": "ESCO", "uri": "http://data.europa.eu/esco/skill/rust", "match": "CLOSE" }],
        });
        let updated = catalogue.done("updateSkill", update(catalogue.rust, all.clone())).await["skill"].take();
        for field in ["name", "slug", "description", "kind", "reviewIntervalDays", "expiresAfterDays", "aliases"] {
            assert_eq!(updated[field], all[field], "{field}");
        }
        assert_eq!(updated["owner"]["id"], all["ownerId"]);
        let lowest = json!({ "level": 1, "behaviour": "Reads it.", "examples": ["A crate"] });
        assert_eq!(updated["levelDescriptors"][0], lowest);
        assert_eq!(updated["relations"], json!([{ "kind": "RELATED", "skill": { "id": catalogue.go.to_string() } }]));
        assert_eq!(updated["externalRefs"][0]["match"], "CLOSE");
        let slug = update(catalogue.rust, json!({ "slug": "rust" }));
        let mut kept = catalogue.done("updateSkill", slug).await["skill"].take();
        assert_eq!(kept["slug"], "rust");
        (kept["slug"], kept["revision"]) = (updated["slug"].clone(), updated["revision"].clone());
        assert_eq!(kept, updated);
        let cleared = json!({ "ownerId": null, "reviewIntervalDays": null, "expiresAfterDays": null, "aliases": [],
            "levelDescriptors": [], "relations": [], "externalRefs": [] });
        let cleared = catalogue.done("updateSkill", update(catalogue.rust, cleared)).await["skill"].take();
        for field in ["owner", "reviewIntervalDays", "expiresAfterDays"] {
            assert_eq!(cleared[field], Value::Null, "{field}");
        }
        for field in ["aliases", "levelDescriptors", "relations", "externalRefs"] {
            assert_eq!(cleared[field], json!([]), "{field}");
        }
        assert_eq!(world.audited("updateSkill").await, 3);
    }

    async fn a_name_is_free_again_once_its_skill_has_another(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        catalogue.done("updateSkill", update(catalogue.go, json!({ "name": "Golang", "aliases": ["Go"] }))).await;
        let taken = update(catalogue.zig, json!({ "name": "GO" }));
        assert_eq!(catalogue.refused("updateSkill", taken.clone()).await, ["TAKEN name"]);
        catalogue.done("updateSkill", update(catalogue.go, json!({ "aliases": [] }))).await;
        catalogue.done("updateSkill", taken).await;
        let back = update(catalogue.go, json!({ "name": "go" }));
        assert_eq!(catalogue.refused("updateSkill", back).await, ["TAKEN name"]);
    }

    async fn a_name_and_an_alias_of_one_skill_may_change_places(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        catalogue.done("updateSkill", update(catalogue.go, json!({ "aliases": ["Golang"] }))).await;
        let both = update(catalogue.go, json!({ "name": "Golang" }));
        assert_eq!(catalogue.refused("updateSkill", both).await, ["INVALID aliases.0"]);
        catalogue.done("updateSkill", update(catalogue.go, json!({ "name": "Golang", "aliases": ["Go"] }))).await;
        assert_eq!(catalogue.found("go").await, ["Golang"]);
    }

    async fn each_broken_rule_of_a_skill_is_told_at_its_field(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        world.execute("UPDATE person SET status = 'INACTIVE' WHERE id = $1", [catalogue.owen.uuid().into()]).await;
        for (fields, expected) in [
            (json!({ "name": "x".repeat(201), "slug": "X" }), vec!["INVALID name", "INVALID slug"]),
            (json!({ "slug": "go" }), vec!["TAKEN slug"]),
            (json!({ "aliases": ["Go", "Zig"] }), vec!["TAKEN aliases.0", "TAKEN aliases.1"]),
            (
                json!({ "reviewIntervalDays": 0, "expiresAfterDays": 36_501 }),
                vec!["INVALID reviewIntervalDays", "INVALID expiresAfterDays"],
            ),
            (json!({ "categoryId": "none" }), vec!["NOT_FOUND categoryId"]),
            (json!({ "ownerId": "none" }), vec!["NOT_FOUND ownerId"]),
            (json!({ "ownerId": catalogue.owen.to_string() }), vec!["ILLEGAL_STATE ownerId"]),
            (
                json!({ "levelDescriptors": [
                    { "level": 6, "behaviour": "b" },
                    { "level": 1, "behaviour": " " },
                    { "level": 1, "behaviour": "b", "examples": [""] },
                ] }),
                vec![
                    "INVALID levelDescriptors.0.level",
                    "INVALID levelDescriptors.1.behaviour",
                    "INVALID levelDescriptors.2.level",
                    "INVALID levelDescriptors.2.examples.0",
                ],
            ),
        ] {
            assert_eq!(catalogue.refused("updateSkill", update(catalogue.rust, fields)).await, expected);
        }
    }

    async fn a_skill_has_at_most_50_aliases(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let many = |count: usize| {
            let aliases: Vec<String> = (0..count).map(|n| format!("Alias {n}")).collect();
            update(catalogue.rust, json!({ "aliases": aliases }))
        };
        assert_eq!(catalogue.refused("updateSkill", many(51)).await, ["INVALID aliases"]);
        catalogue.done("updateSkill", many(50)).await;
    }

    async fn a_reference_belongs_to_one_skill(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let reference = |n: i32| {
            let uri = format!("https://onet.example/{n}");
            json!({ "scheme": "ONET", "uri": uri, "schemeVersion": "29", "match": "EXACT" })
        };
        let refs = json!({ "externalRefs": [reference(1)] });
        catalogue.done("updateSkill", update(catalogue.rust, refs.clone())).await;
        catalogue.done("updateSkill", update(catalogue.rust, refs.clone())).await;
        let taken = json!({ "externalRefs": [reference(2), reference(1)] });
        assert_eq!(catalogue.refused("updateSkill", update(catalogue.go, taken)).await, ["TAKEN externalRefs.1.uri"]);
        let twice = json!({ "externalRefs": [reference(2), reference(2)] });
        assert_eq!(catalogue.refused("updateSkill", update(catalogue.go, twice)).await, ["INVALID externalRefs.1.uri"]);
        catalogue.done("updateSkill", update(catalogue.rust, json!({ "externalRefs": [] }))).await;
        catalogue.done("updateSkill", update(catalogue.go, refs)).await;
    }

    async fn what_comes_first_or_is_wider_runs_in_no_circle(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let Catalogue { rust, go, zig, .. } = catalogue;
        for kind in ["PREREQUISITE", "BROADER"] {
            catalogue.done("updateSkill", update(rust, json!({ "relations": [relation(kind, go)] }))).await;
            catalogue.done("updateSkill", update(go, json!({ "relations": [relation(kind, zig)] }))).await;
            let back = update(zig, json!({ "relations": [relation(kind, rust)] }));
            assert_eq!(catalogue.refused("updateSkill", back).await, ["CYCLE relations"]);
            let own = update(zig, json!({ "relations": [relation("RELATED", rust), relation(kind, zig)] }));
            assert_eq!(catalogue.refused("updateSkill", own).await, ["CYCLE relations.1.skillId"]);
        }
        let related = update(zig, json!({ "relations": [relation("RELATED", rust)] }));
        assert_eq!(catalogue.done("updateSkill", related).await["skill"]["relations"].as_array().unwrap().len(), 1);
        let own = update(zig, json!({ "relations": [relation("RELATED", zig)] }));
        assert_eq!(catalogue.refused("updateSkill", own).await, ["INVALID relations.0.skillId"]);
        let missing = update(zig, json!({ "relations": [{ "kind": "RELATED", "skillId": "none" }] }));
        assert_eq!(catalogue.refused("updateSkill", missing).await, ["NOT_FOUND relations.0.skillId"]);
    }
}
