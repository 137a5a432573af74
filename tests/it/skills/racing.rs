//! Merges at the same moment as each other, and as ratings: whoever comes second sees what the first did.

use futures_util::future::{join, join_all};
use serde_json::json;

use super::{Catalogue, change, ends, named, refusals};

on_both! {
    async fn of_two_merges_into_each_other_one_happens(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let Catalogue { rust, go, admin, .. } = &catalogue;
        for _ in 0..5 {
            let there = change(admin, "mergeSkills", ends(*rust, *go));
            let back = change(admin, "mergeSkills", ends(*go, *rust));
            let (there, back) = join(there, back).await;
            let told = [refusals(&there), refusals(&back)];
            let done = if told[0].is_empty() { *rust } else { *go };
            assert_eq!(told.iter().filter(|told| told.is_empty()).count(), 1, "{told:?}");
            assert!(told.concat().iter().all(|told| told.starts_with("CYCLE") || told.starts_with("ILLEGAL_STATE")));
            catalogue.undo(done).await;
        }
    }

    async fn a_rating_recorded_while_its_skill_is_merged_counts_where_it_belongs(world: World) {
        let catalogue = Catalogue::in_world(&world).await;
        let Catalogue { rust, go, admin, member, .. } = &catalogue;
        let document = "mutation ($input: RecordSkillAssessmentInput!) \
            { recordSkillAssessment(input: $input) { userErrors { code field } } }";
        for round in 0..6_usize {
            let rate = |n: usize| {
                let skill = if n.is_multiple_of(2) { go } else { rust };
                let observed_at = world.day(i64::try_from(round * 4 + n).unwrap() - 100).to_rfc3339();
                let input = json!({ "personId": catalogue.mia.to_string(), "skillId": skill.to_string(),
                    "level": n % 6, "source": "SELF", "observedAt": observed_at,
                    "idempotencyKey": format!("{round} {n}") });
                member.query(document, json!({ "input": input }))
            };
            let turn = if round.is_multiple_of(2) {
                change(admin, "mergeSkills", ends(*go, *rust))
            } else {
                change(admin, "undoSkillMerge", named(*go))
            };
            let (rated, turned) = join(join_all((0..4).map(rate)), turn).await;
            assert_eq!(refusals(&turned), [""; 0]);
            for rated in rated {
                assert_eq!(rated["recordSkillAssessment"]["userErrors"], json!([]));
            }
            let into = if round.is_multiple_of(2) { *rust } else { *go };
            for (_, skill, recorded, _) in world.current_levels().await {
                assert_eq!(skill, if recorded == go.uuid() { into.uuid() } else { recorded });
            }
            world.assert_projected().await;
        }
    }
}
