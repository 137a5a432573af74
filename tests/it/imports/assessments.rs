//! `assay import assessments`: ratings from elsewhere, once however often they come.

use super::{Desk, count, texts};

const IMPORT: [&str; 3] = ["import", "assessments", "ratings.csv"];
const HEADING: &str = "person,skill,level,source,assessor,observedAt,expiresAt,evidence\n";

async fn levels(world: &crate::support::World) -> Vec<String> {
    texts(world, "SELECT s.name || ' ' || a.source || ' ' || a.level || ' ' || v.status FROM skill_assessment a \
        JOIN skill s ON s.id = a.skill_id JOIN skill_assessment_status v ON v.assessment_id = a.id AND v.seq = \
        (SELECT MAX(w.seq) FROM skill_assessment_status w WHERE w.assessment_id = a.id) ORDER BY s.name, a.source, a.recorded_at, a.level").await
}

on_both! {
    async fn ratings_are_recorded_once_and_a_correction_supersedes(world: World) {
        let category = world.category("Tea").await;
        world.skill(category, "Tasting", Default::default()).await;
        world.skill(category, "Green Tea", Default::default()).await;
        world.person("Ada Ash").await;
        world.person("Lena Lead").await;
        let desk = Desk::of(&world);
        desk.file("people.csv", "externalId,displayName,email\ne1,Ada Ash,ada-ash@example.com\n");
        assert_eq!(desk.run(&["import", "people", "people.csv"]).code, 0);
        let rows = "e1,tasting,3,,,2025-05-01,,https://a.test|book 7\n\
            ada-ash@example.com,GREEN  tea,2,MANAGER,lena-lead@example.com,2025-05-02T09:00:00+02:00,2030-01-01,\n\
            e1,tasting,4,PEER,lena-lead@example.com,2025-05-03,,\n\
            e1,tasting,5,SELF,,,,\n";
        desk.file("ratings.csv", &format!("{HEADING}{rows}"));
        let ran = desk.dry_then_real(&IMPORT);
        assert_eq!(ran.code, 0, "{}", ran.told);
        ran.says("4 rows: 4 created");
        let first = ["Green Tea MANAGER 2 VALIDATED", "Tasting IMPORT 3 VALIDATED", "Tasting PEER 4 PENDING", "Tasting SELF 5 VALIDATED"];
        assert_eq!(levels(&world).await, first);
        assert_eq!(texts(&world, "SELECT evidence FROM skill_assessment WHERE source = 'IMPORT'").await, [r#"["https://a.test","book 7"]"#]);
        assert_eq!(texts(&world, "SELECT CAST(COUNT(*) AS text) FROM current_level").await, ["3"]);
        desk.run(&IMPORT).says("4 rows: 4 unchanged");
        assert_eq!(count(&world, "skill_assessment").await, 4);

        desk.file("ratings.csv", &format!("{HEADING}{}", rows.replace("tasting,3", "tasting,1")));
        desk.dry_then_real(&IMPORT).says("4 rows: 1 updated, 3 unchanged");
        let after = ["Green Tea MANAGER 2 VALIDATED", "Tasting IMPORT 3 SUPERSEDED", "Tasting IMPORT 1 VALIDATED", "Tasting PEER 4 PENDING", "Tasting SELF 5 VALIDATED"];
        assert_eq!(levels(&world).await, after);
        desk.run(&IMPORT).says("4 rows: 4 unchanged");
    }

    async fn a_batch_reads_and_rebuilds_the_cells_of_its_rows_and_not_all_people_times_all_skills(world: World) {
        let category = world.category("Tea").await;
        world.skill(category, "Tasting", Default::default()).await;
        world.skill(category, "Brewing", Default::default()).await;
        world.person("Ada Ash").await;
        world.person("Ben Birch").await;
        let desk = Desk::of(&world);
        let rate = |rows: &str| {
            desk.file("ratings.csv", &format!("{HEADING}{rows}"));
            let ran = desk.run(&IMPORT);
            assert_eq!(ran.code, 0, "{}", ran.told);
        };
        let (ada, ben) = ("ada-ash@example.com", "ben-birch@example.com");
        rate(&format!("{ada},tasting,3,,,2025-05-01,,\n{ada},brewing,3,,,2025-05-01,,\n{ben},brewing,3,,,2025-05-01,,\n"));
        // A mark in a cell that the next file does not name: whoever rebuilds it wipes it out.
        world.execute("UPDATE current_level SET level = 5 WHERE skill_id = (SELECT id FROM skill WHERE slug = 'brewing') \
            AND person_id = (SELECT id FROM person WHERE email = 'ada-ash@example.com')", []).await;
        rate(&format!("{ada},tasting,4,,,2025-06-01,,\n{ben},brewing,4,,,2025-06-01,,\n"));
        let levels = texts(&world, "SELECT p.display_name || ' ' || s.slug || ' ' || c.level FROM current_level c JOIN person p ON p.id = c.person_id \
            JOIN skill s ON s.id = c.skill_id ORDER BY p.display_name, s.slug").await;
        assert_eq!(levels, ["Ada Ash brewing 5", "Ada Ash tasting 4", "Ben Birch brewing 4"]);
    }

    async fn ratings_that_break_a_rule_are_named_and_none_is_recorded(world: World) {
        let category = world.category("Tea").await;
        world.skill(category, "Tasting", Default::default()).await;
        world.person("Ada Ash").await;
        let desk = Desk::of(&world);
        let ada = "ada-ash@example.com";
        desk.file("ratings.csv", &format!("{HEADING}{ada},tasting,3,,,2025-05-01,,\n{ada},tasting,4,,,2025-05-01,,\n\
            {ada},boiling,3,,,,,\nnobody,tasting,3,,,,,\n{ada},tasting,7,,,,,\n{ada},tasting,3,MANAGER,,,,\n\
            {ada},tasting,3,,,2999-01-01,,\n{ada},tasting,3,PEER,{ada},2025-05-01,,\n{ada},tasting,3,,,soon,,\n"));
        let ran = desk.dry_then_real_refused(&IMPORT);
        ran.says("9 rows: 1 created, 8 refused");
        for said in [
            ":3: refused: ada-ash@example.com, tasting: observedAt: must differ from that of a row before",
            "skill: there is no skill `boiling`",
            "person: nobody has the external id or address `nobody`",
            "level: `7` is not a whole number from 0 to 5",
            "assessor: must be named with MANAGER",
            "observedAt must not be in the future",
            "assessor: cannot be who is rated, with PEER",
            "observedAt: `soon` is neither a day",
        ] {
            ran.says(said);
        }
        assert_eq!(count(&world, "skill_assessment").await + count(&world, "audit_event").await, 0);
    }
}
