//! Merging skills and taking it back: what is read through a redirect, and that nothing is rewritten.

use assay::domain::{assessments::AssessmentSource, ids::SkillId, teams::TeamRole};
use serde_json::{Value, json};

use super::{Catalogue, ends, named};
use crate::support::{Rating, World};

/// Mia rated by herself in Rust, and by a lead in Go.
async fn rated(world: &World, catalogue: &Catalogue) {
    let lead = world.person("Lena Lead").await;
    let team = world.team("Core", None).await;
    world.member(team, lead, TeamRole::Lead).await;
    world.member(team, catalogue.mia, TeamRole::Member).await;
    let (person, observed_at) = (catalogue.mia, world.day(-10));
    let own = Rating {
        person,
        skill: catalogue.rust,
        source: AssessmentSource::SelfRating,
        assessor: person,
        level: 5,
        observed_at,
    };
    world.rate(own).await;
    let by_lead = Rating {
        person,
        skill: catalogue.go,
        source: AssessmentSource::Manager,
        assessor: lead,
        level: 2,
        observed_at,
    };
    world.rate(by_lead).await;
}

/// The levels in the matrix of the team Core: skill names, and Mia's row.
async fn levels(world: &World) -> Value {
    let asked = "{ teamBySlug(slug: \"core\") { skillMatrix { skills { name } \
         rows { person { displayName } levels } } } }";
    let data = world.as_person("Lena Lead").await.query(asked, json!({})).await;
    let matrix = &data["teamBySlug"]["skillMatrix"];
    let row =
        matrix["rows"].as_array().unwrap().iter().find(|row| row["person"]["displayName"] == "Mia Member");
    let names: Vec<&Value> =
        matrix["skills"].as_array().unwrap().iter().map(|skill| &skill["name"]).collect();
    json!([names, row.unwrap()["levels"]])
}

/// A skill's status and where it leads.
async fn redirect(catalogue: &Catalogue, skill: SkillId) -> (String, Option<SkillId>) {
    let skill = catalogue.skill(skill).await;
    let into = skill["mergedInto"]["id"].as_str().map(|id| id.parse().unwrap());
    (skill["status"].as_str().unwrap().to_owned(), into)
}

on_both! {
    async fn ratings_count_for_the_skill_they_were_merged_into_and_for_their_own_again(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        rated(&world, &catalogue).await;
        let history = "SELECT id, skill_id, level FROM skill_assessment ORDER BY id";
        let before = world.rows(history, []).await.len();
        assert_eq!(levels(&world).await, json!([["Go", "Rust"], [2, 5]]));
        let payload = catalogue.merge(catalogue.go, catalogue.rust).await;
        assert_eq!((&payload["merged"]["name"], &payload["into"]["name"]), (&json!("Go"), &json!("Rust")));
        assert_eq!(payload["merged"]["mergedInto"]["id"], catalogue.rust.to_string());
        assert_eq!(levels(&world).await, json!([["Rust"], [2]]), "the lead's word over one's own");
        world.assert_projected().await;
        catalogue.undo(catalogue.go).await;
        assert_eq!(levels(&world).await, json!([["Go", "Rust"], [2, 5]]));
        world.assert_projected().await;
        assert_eq!(world.rows(history, []).await.len(), before);
        assert_eq!((world.audited("mergeSkills").await, world.audited("undoSkillMerge").await), (2, 2));
    }

    async fn a_filter_that_names_a_merged_skill_means_what_it_reads_as(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        rated(&world, &catalogue).await;
        let interest = [("person_id", catalogue.mia.uuid().into()), ("skill_id", catalogue.go.uuid().into()),
                        ("interest", 4.into()), ("since", world.day(-5).into())];
        world.insert("skill_interest", interest).await;
        catalogue.merge(catalogue.go, catalogue.rust).await;
        let asked = "query ($skills: [ID!], $since: DateTime!) { teamBySlug(slug: \"core\") {
                     skillChanges(since: $since, first: 3, filter: { skillIds: $skills }) { nodes { skill { name } } }
                     members(first: 3) { nodes { person { displayName
                       skills(first: 3, filter: { skillIds: $skills }) { nodes { skill { name } } }
                       interests(first: 3, filter: { skillIds: $skills }) { nodes { skill { name } } } } } } } }";
        let lena = world.as_person("Lena Lead").await;
        for skill in [catalogue.go, catalogue.rust] {
            let variables = json!({ "skills": [skill.to_string()], "since": world.day(-20).to_rfc3339() });
            let told = lena.query(asked, variables).await["teamBySlug"].take();
            let rust = json!([{ "skill": { "name": "Rust" } }]);
            assert_eq!(told["skillChanges"]["nodes"], rust, "{skill}");
            let nodes = told["members"]["nodes"].as_array().unwrap();
            let mia = nodes.iter().find(|node| node["person"]["displayName"] == "Mia Member").unwrap();
            assert_eq!(mia["person"]["skills"]["nodes"], rust, "{skill}");
            assert_eq!(mia["person"]["interests"]["nodes"], rust, "{skill}");
        }
    }

    async fn a_merge_raises_both_skills_and_the_catalogue(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let before = world.catalogue_revision().await;
        let payload = catalogue.merge(catalogue.go, catalogue.rust).await;
        assert_eq!((&payload["merged"]["revision"], &payload["into"]["revision"]), (&json!(2), &json!(2)));
        assert_eq!(world.catalogue_revision().await, before + 1);
        let stale = json!({ "skillId": catalogue.go.to_string(), "expectedRevision": 1 });
        assert_eq!(catalogue.refused("undoSkillMerge", stale).await, ["CONFLICT expectedRevision"]);
        assert_eq!(catalogue.undo(catalogue.go).await["skill"]["revision"], 3);
    }

    async fn a_chain_of_merges_is_one_step_long_and_comes_apart_where_it_was_joined(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let Catalogue { rust, go, zig, .. } = catalogue;
        catalogue.merge(rust, go).await;
        catalogue.merge(go, zig).await;
        let merged = |into| ("MERGED".to_owned(), Some(into));
        let active = ("ACTIVE".to_owned(), None);
        assert_eq!(redirect(&catalogue, rust).await, merged(zig));
        assert_eq!(redirect(&catalogue, go).await, merged(zig));
        catalogue.undo(go).await;
        assert_eq!(redirect(&catalogue, rust).await, merged(go), "as before the second merge");
        assert_eq!(redirect(&catalogue, go).await, active);
        catalogue.merge(go, zig).await;
        catalogue.undo(rust).await;
        assert_eq!(redirect(&catalogue, rust).await, active);
        assert_eq!(redirect(&catalogue, go).await, merged(zig));
    }

    async fn merging_into_a_merged_skill_is_merging_into_what_it_reads_as(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let Catalogue { rust, go, zig, .. } = catalogue;
        catalogue.merge(go, zig).await;
        let payload = catalogue.merge(rust, go).await;
        assert_eq!(payload["into"]["id"], zig.to_string());
        catalogue.undo(go).await;
        assert_eq!(redirect(&catalogue, rust).await, ("MERGED".to_owned(), Some(zig)));
    }

    async fn a_circle_of_merges_is_refused(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let Catalogue { rust, go, zig, .. } = catalogue;
        assert_eq!(catalogue.refused("mergeSkills", ends(rust, rust)).await, ["CYCLE intoId"]);
        catalogue.merge(rust, go).await;
        assert_eq!(catalogue.refused("mergeSkills", ends(go, rust)).await, ["CYCLE intoId"]);
        catalogue.merge(go, zig).await;
        assert_eq!(catalogue.refused("mergeSkills", ends(zig, rust)).await, ["CYCLE intoId"]);
        assert_eq!(catalogue.refused("mergeSkills", ends(zig, go)).await, ["CYCLE intoId"]);
    }

    async fn names_find_the_skill_they_were_merged_into_and_belong_to_nobody_else(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let Catalogue { rust, go, zig, .. } = catalogue;
        let aliased = |skill: SkillId, aliases: Value| json!({ "skillId": skill.to_string(), "aliases": aliases });
        catalogue.done("updateSkill", aliased(go, json!(["Golang"]))).await;
        catalogue.done("updateSkill", aliased(rust, json!(["Ferris"]))).await;
        let before = catalogue.skill(go).await;
        catalogue.merge(go, rust).await;
        assert_eq!(catalogue.aliases(rust).await, json!(["Ferris", "Go", "Golang"]));
        assert_eq!(catalogue.aliases(go).await, json!([]));
        assert_eq!(catalogue.found("golang").await, ["Rust"]);
        for name in ["go", "GOLANG"] {
            let renamed = json!({ "skillId": zig.to_string(), "name": name });
            assert_eq!(catalogue.refused("updateSkill", renamed).await, ["TAKEN name"]);
        }
        // A client sends back what it read, and one more.
        catalogue.done("updateSkill", aliased(rust, json!(["Go", "Golang", "Crab"]))).await;
        assert_eq!(catalogue.aliases(rust).await, json!(["Crab", "Go", "Golang"]));
        catalogue.undo(go).await;
        assert_eq!(catalogue.aliases(rust).await, json!(["Crab"]));
        let after = catalogue.skill(go).await;
        for field in ["name", "slug", "aliases", "status", "mergedInto"] {
            assert_eq!(after[field], before[field], "{field}");
        }
    }

    async fn relations_and_references_are_read_through_a_merge(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let Catalogue { rust, go, zig, .. } = catalogue;
        let uri = "https://case.example/go";
        let reference = json!({ "scheme": "CASE", "uri": uri, "schemeVersion": "1", "match": "EXACT" });
        let wider = [zig, rust].map(|skill| json!({ "kind": "BROADER", "skillId": skill.to_string() }));
        let input = json!({ "skillId": go.to_string(), "externalRefs": [reference], "relations": wider });
        catalogue.done("updateSkill", input).await;
        let before = catalogue.skill(go).await;
        catalogue.merge(go, rust).await;
        let merged = catalogue.skill(rust).await;
        assert_eq!(merged["relations"], json!([{ "kind": "BROADER", "skill": { "id": zig.to_string() } }]));
        assert_eq!(merged["externalRefs"], json!([reference]));
        let input = json!({ "skillId": rust.to_string(), "externalRefs": [reference] });
        catalogue.done("updateSkill", input).await;
        catalogue.undo(go).await;
        let after = catalogue.skill(go).await;
        assert_eq!((&after["relations"], &after["externalRefs"]), (&before["relations"], &before["externalRefs"]));
        assert_eq!(catalogue.skill(rust).await["externalRefs"], json!([]));
    }

    async fn a_merge_that_lets_a_skill_come_before_itself_is_refused(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let Catalogue { rust, go, zig, .. } = catalogue;
        let needs = |from: SkillId, to: SkillId| {
            json!({ "skillId": from.to_string(), "relations": [{ "kind": "PREREQUISITE", "skillId": to.to_string() }] })
        };
        catalogue.done("updateSkill", needs(rust, go)).await;
        catalogue.done("updateSkill", needs(go, zig)).await;
        assert_eq!(catalogue.refused("mergeSkills", ends(zig, rust)).await, ["CYCLE intoId"]);
        assert_eq!(redirect(&catalogue, zig).await.0, "ACTIVE", "nothing of it was written");
        // Two that stand side by side become one.
        catalogue.merge(go, rust).await;
        assert_eq!(catalogue.refused("updateSkill", needs(zig, go)).await, ["CYCLE relations"]);
    }

    async fn an_undone_merge_can_be_made_again(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        for _ in 0..3 {
            catalogue.merge(catalogue.go, catalogue.rust).await;
            catalogue.undo(catalogue.go).await;
        }
        assert_eq!(catalogue.refused("undoSkillMerge", named(catalogue.go)).await, ["ILLEGAL_STATE skillId"]);
        let merges = world.rows("SELECT 1 FROM skill_merge WHERE undone_at IS NOT NULL", []).await;
        assert_eq!(merges.len(), 3, "the record of merges only grows");
    }
}
