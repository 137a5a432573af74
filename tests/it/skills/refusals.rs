//! Who may not change the catalogue, and how they are told.

use assay::domain::ids::{SkillCategoryKind, SkillKind};
use serde_json::{Value, json};

use super::{Catalogue, change, ends, id_of, named, nothing, refusals};

/// Every mutation of something that is there, with the field that names it.
fn each(skill: &str, category: &str) -> [(&'static str, Value, &'static str); 6] {
    [
        ("approveSkill", json!({ "skillId": skill }), "skillId"),
        ("updateSkill", json!({ "skillId": skill, "name": "Other" }), "skillId"),
        ("deprecateSkill", json!({ "skillId": skill }), "skillId"),
        ("mergeSkills", json!({ "fromId": skill, "intoId": skill }), "fromId"),
        ("undoSkillMerge", json!({ "skillId": skill }), "skillId"),
        ("moveSkillCategory", json!({ "categoryId": category }), "categoryId"),
    ]
}

on_both! {
    async fn a_member_sees_a_skill_and_may_not_change_it(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let before = catalogue.skill(catalogue.go).await;
        for (name, input, field) in each(&catalogue.go.to_string(), &catalogue.category.to_string()) {
            let payload = change(&catalogue.member, name, input).await;
            assert_eq!(refusals(&payload), [format!("FORBIDDEN {field}")], "{name}");
        }
        let created = change(&catalogue.member, "createSkillCategory", json!({ "name": "Tools" })).await;
        assert_eq!(refusals(&created), ["FORBIDDEN"]);
        assert_eq!(catalogue.skill(catalogue.go).await, before);
        assert_eq!(world.rows("SELECT 1 FROM audit_event", []).await.len(), 0);
    }

    async fn what_one_may_not_see_is_told_like_what_is_missing_or_no_id(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let input = json!({ "name": "Ada", "kind": "TECHNICAL", "categoryId": catalogue.category.to_string() });
        let hidden = id_of(&change(&catalogue.owner, "proposeSkill", input).await).to_string();
        let (no_skill, no_category) = (nothing::<SkillKind>(), nothing::<SkillCategoryKind>());
        let missing = each(&no_skill, &no_category);
        for (n, (name, input, field)) in each(&hidden, &no_category).into_iter().enumerate() {
            let of_hidden = change(&catalogue.member, name, input).await;
            let of_missing = change(&catalogue.member, name, missing[n].1.clone()).await;
            let (_, malformed, _) = each("no-id", "no-id")[n].clone();
            let of_malformed = change(&catalogue.member, name, malformed).await;
            assert_eq!(refusals(&of_hidden), [format!("NOT_FOUND {field}")], "{name}");
            assert_eq!(of_hidden, of_missing);
            assert_eq!(of_hidden, of_malformed);
        }
    }

    async fn without_the_catalogue_nothing_of_it_is_found(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let (nobody, program) = (world.as_stranger(&[]).await, world.as_service(&["skills:write"]).await);
        for client in [nobody, program] {
            for (name, input, field) in each(&catalogue.go.to_string(), &catalogue.category.to_string()) {
                let payload = change(&client, name, input).await;
                assert_eq!(refusals(&payload), [format!("NOT_FOUND {field}")], "{name}");
            }
        }
    }

    async fn a_program_changes_nothing_unless_it_acts_for_somebody(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let program = world.as_service(&["catalogue:read", "skills:write"]).await;
        let payload = change(&program, "deprecateSkill", named(catalogue.go)).await;
        assert_eq!(refusals(&payload), ["FORBIDDEN skillId"]);
    }

    async fn the_owner_of_a_skill_changes_what_its_levels_look_like_and_nothing_else(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let levels = json!([{ "level": 3, "behaviour": "Writes safe code alone." }]);
        let input = json!({ "skillId": catalogue.rust.to_string(), "levelDescriptors": levels });
        let described = change(&catalogue.owner, "updateSkill", input.clone()).await;
        let shown = json!([{ "level": 3, "behaviour": "Writes safe code alone.", "examples": [] }]);
        assert_eq!(described["skill"]["levelDescriptors"], shown);
        let others = json!({ "skillId": catalogue.go.to_string(), "levelDescriptors": levels });
        assert_eq!(refusals(&change(&catalogue.owner, "updateSkill", others).await), ["FORBIDDEN skillId"]);
        for more in [json!({ "name": "Rust 2" }), json!({ "ownerId": null }), json!({ "aliases": ["Ferris"] })] {
            let mut input = input.clone();
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            assert_eq!(refusals(&change(&catalogue.owner, "updateSkill", input).await), ["FORBIDDEN skillId"]);
        }
        let empty = named(catalogue.rust);
        assert_eq!(refusals(&change(&catalogue.owner, "updateSkill", empty).await), ["FORBIDDEN skillId"]);
    }

    async fn a_skill_is_changed_only_where_its_state_allows(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let Catalogue { rust, go, zig, .. } = catalogue;
        assert_eq!(catalogue.refused("approveSkill", named(rust)).await, ["ILLEGAL_STATE skillId"]);
        assert_eq!(catalogue.refused("undoSkillMerge", named(rust)).await, ["ILLEGAL_STATE skillId"]);
        catalogue.done("deprecateSkill", named(go)).await;
        assert_eq!(catalogue.refused("deprecateSkill", named(go)).await, ["ILLEGAL_STATE skillId"]);
        assert_eq!(catalogue.refused("mergeSkills", ends(go, rust)).await, ["ILLEGAL_STATE fromId"]);
        assert_eq!(catalogue.refused("mergeSkills", ends(rust, go)).await, ["ILLEGAL_STATE intoId"]);
        catalogue.merge(zig, rust).await;
        let renamed = json!({ "skillId": zig.to_string(), "name": "Zag" });
        assert_eq!(catalogue.refused("updateSkill", renamed).await, ["ILLEGAL_STATE skillId"]);
        assert_eq!(catalogue.refused("deprecateSkill", named(zig)).await, ["ILLEGAL_STATE skillId"]);
        assert_eq!(catalogue.refused("mergeSkills", ends(zig, go)).await, ["ILLEGAL_STATE fromId"]);
    }

    async fn a_stale_revision_is_a_conflict_that_shows_the_present(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let input = |revision: i64, name: &str| {
            json!({ "skillId": catalogue.go.to_string(), "name": name, "expectedRevision": revision })
        };
        let renamed = catalogue.done("updateSkill", input(1, "Golang")).await;
        assert_eq!(renamed["skill"]["revision"], 2);
        let stale = change(&catalogue.admin, "updateSkill", input(1, "Go 2")).await;
        assert_eq!(refusals(&stale), ["CONFLICT expectedRevision"]);
        assert_eq!(stale["userErrors"][0]["currentRevision"], 2);
        assert_eq!((&stale["skill"]["name"], &stale["skill"]["revision"]), (&json!("Golang"), &json!(2)));
        let stale = json!({ "categoryId": catalogue.category.to_string(), "expectedRevision": 7 });
        assert_eq!(catalogue.refused("moveSkillCategory", stale).await, ["CONFLICT expectedRevision"]);
    }

    async fn a_key_makes_a_repetition_safe_and_belongs_to_one_input(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let input = |name: &str| json!({ "name": name, "idempotencyKey": "once" });
        let first = catalogue.done("createSkillCategory", input("Tools")).await;
        let again = catalogue.done("createSkillCategory", input("Tools")).await;
        assert_eq!(first, again);
        assert_eq!(world.audited("createSkillCategory").await, 1);
        let other = catalogue.refused("createSkillCategory", input("Soft skills")).await;
        assert_eq!(other, ["IDEMPOTENCY_MISMATCH idempotencyKey"]);
    }
}
