//! `assay import skills`: tables with a mapping, ESCO, O*NET, and rows that break rules.

use super::{Desk, count, texts};

const AREAS: &str = "name,description,slug,rank\nTea and water,\"What is\nin the cup.\",tea-and-water,10\n";
const FIELDS: &str =
    "name,description,slug,area,rank\nBrewing / steeping (TEA/POT),Both.,brewing,tea-and-water,20\n";
const TOOLS: &str = "name,description,slug,kind,url\nKettle,Boils.,kettle,tool,https://kettle.test/\n\
    Gong Fu,A way.,gong-fu,way,https://gongfu.test/\n";
const SKILLS: &str = "name,description,slug,field,tools,related,resources,rank\n\
    Steeping green tea,\"Knows:\n- time\n- heat\",steeping-green-tea,brewing,kettle|gong-fu|teapot,tasting,book|film,1\n\
    Tasting,Tells teas apart.,tasting,brewing,,steeping-green-tea,,2\n\
    A very long name that says all there is to say of the tea of the north,Long.,\
    a-very-long-name-that-says-all-there-is-to-say-of-the-tea-of-the-north,brewing,,,,3\n";
const LEVELS: &str = "name,level\nMaster,4\nPupil,1\n";
const MAPPING: &str = "scheme: OTHER\nschemeVersion: \"2026\"\nfiles:\n\
    - { file: areas.csv, rows: categories, columns: { position: rank } }\n\
    - { file: fields.csv, rows: categories, columns: { parent: area, position: rank } }\n\
    - file: tools.csv\n  columns: { uri: slug }\n  values: { kind: { tool: TECHNICAL, way: PRACTICE } }\n  defaults: { category: Tools }\n\
    - file: skills.csv\n  columns: { uri: slug, category: field, related: [tools, related] }\n  defaults: { kind: PRACTICE }\n\
    - { file: levels.csv, rows: nothing, reason: levels of the framework }\n";

fn framework(desk: &Desk<'_>) {
    for (name, text) in [
        ("areas.csv", AREAS),
        ("fields.csv", FIELDS),
        ("tools.csv", TOOLS),
        ("skills.csv", SKILLS),
        ("levels.csv", LEVELS),
    ] {
        desk.file(name, &text.replace('\n', "\r\n"));
    }
    desk.file("framework.yaml", MAPPING);
}

const ESCO: &str = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,definition,inScheme,description\n\
    KnowledgeSkillCompetence,http://esco.test/1,knowledge,cross-sector,tea blending,\"mixing tea\nblend teas\",,released,2024-01-01,,,s,How teas are mixed.\n\
    KnowledgeSkillCompetence,http://esco.test/2,skill/competence,cross-sector,Python,\"snake language\",,released,2024-01-01,,,s,Somebody else's words.\n";

on_both! {
    async fn tables_with_a_mapping_import_and_every_row_is_told(world: World) {
        let desk = Desk::of(&world);
        framework(&desk);
        let import = ["import", "skills", "--mapping", "framework.yaml"];
        let ran = desk.dry_then_real(&import);
        assert_eq!(ran.code, 0, "{}", ran.told);
        ran.says("9 rows: 7 created, 2 skipped").says("skipped: 2: levels of the framework");
        ran.says("relations added: 3").says("column `url` of tools.csv");
        ran.says("skills.csv:2: Steeping green tea: tools: left out `teapot`: there is no such skill");
        ran.says("skills.csv:6: created: A very long name").says("it became `a-very-long-name-that-says-all-there-is-to-say-of-the-tea-of-the`");
        // A row each, and one more for the tool that is not there.
        assert_eq!(desk.read("real.csv").lines().count(), 1 + 9 + 1);
        let names = texts(&world, "SELECT name FROM skill ORDER BY name_key").await;
        assert_eq!(names.len(), 5, "{names:?}");
        let placed = texts(&world, "SELECT p.name || ' > ' || c.name FROM skill s JOIN skill_category c ON c.id = s.category_id \
            JOIN skill_category p ON p.id = c.parent_id WHERE s.slug = 'tasting'").await;
        assert_eq!(placed, ["Tea and water > Brewing / steeping (TEA/POT)"]);
        assert_eq!(texts(&world, "SELECT description FROM skill WHERE slug = 'steeping-green-tea'").await, ["Knows:\n- time\n- heat"]);
        let kinds = texts(&world, "SELECT kind FROM skill WHERE slug IN ('kettle', 'gong-fu') ORDER BY slug").await;
        assert_eq!(kinds, ["PRACTICE", "TECHNICAL"]);

        let (audited, revisions) = (count(&world, "audit_event").await, texts(&world, "SELECT CAST(SUM(value) AS text) FROM revision").await);
        assert_eq!(audited, 5 + 3 + 1, "skills, categories, the catalogue");
        desk.run(&import).says("9 rows: 7 unchanged, 2 skipped");
        assert_eq!(count(&world, "audit_event").await, audited);
        assert_eq!(texts(&world, "SELECT CAST(SUM(value) AS text) FROM revision").await, revisions);
    }

    async fn a_release_of_esco_is_imported_once_and_the_next_one_changes_what_it_changed(world: World) {
        let category = world.category("Languages").await;
        world.skill(category, "Python", Default::default()).await;
        let desk = Desk::of(&world);
        desk.file("skills_en.csv", ESCO);
        let import = |version: &'static str| ["import", "skills", "--esco", ".", "--scheme-version", version];
        let ran = desk.dry_then_real(&import("1.1"));
        ran.says("2 rows: 1 created, 1 merged").says("the skill `Python` has this name already: its own texts stay");
        let ours = || texts(&world, "SELECT description FROM skill WHERE name = 'Python'");
        assert_eq!(ours().await, ["What Python is."]);
        desk.run(&import("1.1")).says("2 rows: 2 unchanged");

        desk.file("skills_en.csv", &ESCO.replace("How teas are mixed.", "How teas are mixed well."));
        let ran = desk.dry_then_real(&import("1.2"));
        ran.says("2 rows: 1 updated, 1 merged");
        assert_eq!(texts(&world, "SELECT description FROM skill WHERE slug = 'tea-blending'").await, ["How teas are mixed well."]);
        assert_eq!(ours().await, ["What Python is."]);
        let refs = texts(&world, "SELECT scheme_version || ' ' || match_kind FROM external_ref ORDER BY uri").await;
        assert_eq!(refs, ["1.2 EXACT", "1.2 CLOSE"]);
        let found = texts(&world, "SELECT s.name FROM skill_name n JOIN skill s ON s.id = n.skill_id WHERE n.name_key = 'snake language'").await;
        assert_eq!(found, ["Python"]);
        desk.run(&import("1.2")).says("2 rows: 2 unchanged");

        // An older release says nothing of what a newer one said.
        desk.file("skills_en.csv", ESCO);
        let ran = desk.dry_then_real(&import("1.1.2"));
        ran.says("2 rows: 2 skipped").says("skipped: 2: ESCO 1.2 was imported before, and 1.1.2 is older");
        assert_eq!(texts(&world, "SELECT description FROM skill WHERE slug = 'tea-blending'").await, ["How teas are mixed well."]);
    }

    async fn a_name_we_know_is_refused_when_the_operator_wants_so(world: World) {
        let category = world.category("Languages").await;
        world.skill(category, "Python", Default::default()).await;
        let desk = Desk::of(&world);
        desk.file("skills_en.csv", ESCO);
        let import = ["import", "skills", "--esco", "skills_en.csv", "--scheme-version", "1.1", "--same-name", "refuse"];
        let ran = desk.dry_then_real_refused(&import);
        ran.says("skills_en.csv:4: refused: Python: preferredLabel: is a name of the skill `Python` already");
        assert_eq!(count(&world, "skill").await, 1);
        let ran = desk.run(&[&import[..], &["--on-error", "skip"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.told);
        assert_eq!(count(&world, "skill").await, 2);
    }

    async fn a_row_that_breaks_a_rule_is_named_and_nothing_is_written_unless_such_rows_are_skipped(world: World) {
        let desk = Desk::of(&world);
        let long = "x".repeat(201);
        desk.file("skills.csv", &format!("Title,Sort,Synonyms\nOolong,SOFT,Wulong|Oolong\n,SOFT,\n\"{long}\",SOFT,\nPu Erh,HARD,\n=cmd(),SOFT,\n"));
        let import = ["import", "skills", "skills.csv", "--map", "name=Title", "--map", "kind=Sort", "--map", "aliases=Synonyms"];
        let ran = desk.dry_then_real_refused(&import);
        assert_eq!(ran.code, 1);
        ran.says("5 rows: 2 created, 3 refused").says("skills.csv:3: refused: Title: must not be empty");
        ran.says("Title: must have 1 to 200 characters").says("Sort: `HARD` is none of TECHNICAL, PRACTICE");
        assert!(ran.told.contains("3 of 5 rows break a rule; nothing was written"), "{}", ran.told);
        assert_eq!(count(&world, "skill").await + count(&world, "skill_category").await + count(&world, "audit_event").await, 0);
        assert!(desk.read("real.csv").contains(",'=cmd(),CREATED"), "{}", desk.read("real.csv"));

        let ran = desk.run(&[&import[..], &["--on-error", "skip", "--report", "rows.jsonl"]].concat());
        assert_eq!((ran.code, count(&world, "skill").await), (0, 2), "{}", ran.told);
        let lines: Vec<serde_json::Value> = desk.read("rows.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 5);
        assert_eq!((&lines[3]["outcome"], &lines[3]["line"], &lines[3]["remarks"][0]["column"]), (&"REFUSED".into(), &5.into(), &"Sort".into()));

        desk.file("open.csv", "name\nTea\n\"Open\n");
        let ran = desk.run(&["import", "skills", "open.csv"]);
        assert_eq!(ran.code, 1);
        assert!(ran.told.contains("open.csv:3: a quote is opened here and never closed"), "{}", ran.told);
        assert_eq!(count(&world, "skill").await, 2);
    }
}
