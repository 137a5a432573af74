//! The layouts of ESCO and O*NET, and mapping files. Fixtures are our own; touches no database.

use std::fs;

use super::{CatalogueRow, SkillRow, esco, mapped, onet};
use crate::{
    domain::skills::{ExternalScheme, SkillKind},
    interchange::skills::Release,
};

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    files.iter().for_each(|(name, text)| fs::write(folder.path().join(name), text).unwrap());
    folder
}

fn rows(catalogue: &super::Catalogue) -> Vec<CatalogueRow> {
    catalogue.rows().unwrap().map(|placed| placed.unwrap().row.unwrap()).collect()
}

fn skill(row: &CatalogueRow) -> &SkillRow {
    match row {
        CatalogueRow::Skill(row) => row,
        other => panic!("{other:?} is no skill"),
    }
}

const OLD_ESCO: &str = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,status,description\n\
    KnowledgeSkillCompetence,http://esco.test/skill/a,knowledge,cross-sector,tea blending,\"mixing tea\nblend teas\",released,How teas are mixed.\n\
    KnowledgeSkillCompetence,http://esco.test/skill/b,skill/competence,transversal,stay calm,,released,Calm.\n\
    KnowledgeSkillCompetence,http://esco.test/skill/c,skill/competence,cross-sector,boil water,,obsolete,Hot.\n";

#[test]
fn the_older_esco_file_of_eight_columns_is_read_alone() {
    let folder = folder(&[("skills_en.csv", OLD_ESCO)]);
    let read = rows(&esco(&folder.path().join("skills_en.csv"), "en", "1.0.9").unwrap());
    let tea = skill(&read[0]);
    assert_eq!((tea.name.as_str(), tea.kind), ("tea blending", Some(SkillKind::Domain)));
    assert_eq!(tea.aliases, ["mixing tea", "blend teas"]);
    assert_eq!(tea.category, Some(vec!["ESCO".to_owned()]));
    let reference = tea.reference.as_ref().unwrap();
    assert_eq!((reference.uri.as_str(), reference.version.as_str()), ("http://esco.test/skill/a", "1.0.9"));
    assert_eq!(skill(&read[1]).kind, Some(SkillKind::Soft));
    assert!(matches!(&read[2], CatalogueRow::Nothing(why) if why.contains("obsolete")));
}

#[test]
fn a_whole_esco_download_gives_groups_places_and_relations() {
    let groups = "conceptType,conceptUri,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,inScheme,description,code\n\
        SkillGroup,http://esco.test/g/1,kitchen,,,released,,,,,K\nSkillGroup,http://esco.test/g/2,drinks,,,released,,,,,K1\n";
    let broader = "conceptType,conceptUri,broaderType,broaderUri\n\
        SkillGroup,http://esco.test/g/2,SkillGroup,http://esco.test/g/1\n\
        KnowledgeSkillCompetence,http://esco.test/skill/a,SkillGroup,http://esco.test/g/2\n\
        KnowledgeSkillCompetence,http://esco.test/skill/b,KnowledgeSkillCompetence,http://esco.test/skill/a\n\
        KnowledgeSkillCompetence,http://esco.test/skill/gone,SkillGroup,http://esco.test/g/2\n";
    let related = "originalSkillUri,originalSkillType,relationType,relatedSkillType,relatedSkillUri\n\
        http://esco.test/skill/a,knowledge,essential,skill/competence,http://esco.test/skill/b\n\
        http://esco.test/skill/a,knowledge,forbids,skill/competence,http://esco.test/skill/c\n\
        http://esco.test/skill/gone,knowledge,essential,skill/competence,http://esco.test/skill/b\n\
        http://esco.test/skill/gone,knowledge,optional,skill/competence,http://esco.test/skill/a\n";
    let files = [
        ("skills_en.csv", OLD_ESCO),
        ("skillGroups_en.csv", groups),
        ("broaderRelationsSkillPillar_en.csv", broader),
        ("skillSkillRelations_en.csv", related),
        ("occupations_en.csv", "conceptUri\n"),
    ];
    let folder = folder(&files);
    let catalogue = esco(folder.path(), "en", "1.2.0").unwrap();
    assert!(
        catalogue.left_out.iter().any(|file| file.ends_with("occupations_en.csv")),
        "{:?}",
        catalogue.left_out
    );
    let strays: Vec<&str> = catalogue
        .left_out
        .iter()
        .filter_map(|told| told.split_once("_en.csv:"))
        .map(|(_, told)| told)
        .collect();
    assert_eq!(
        strays,
        [
            "5: their conceptUri is in no other file",
            "4: their originalSkillUri is in no other file",
            "3: their relationType `forbids` is none of essential, optional",
        ]
    );
    assert!(
        catalogue.left_out.iter().any(|told| told.starts_with("2 rows, the first at ")),
        "{:?}",
        catalogue.left_out
    );
    let read = rows(&catalogue);
    assert!(matches!(&read[1], CatalogueRow::Category(row) if row.name == "drinks"
        && row.parent == Some(vec!["ESCO".to_owned(), "kitchen".to_owned()])));
    let drinks = vec!["ESCO".to_owned(), "kitchen".to_owned(), "drinks".to_owned()];
    assert_eq!(skill(&read[2]).category, Some(drinks.clone()));
    assert_eq!(skill(&read[2]).related, ["http://esco.test/skill/b"]);
    // Below another skill it stands where that one does.
    assert_eq!(skill(&read[3]).category, Some(drinks));
    assert_eq!(skill(&read[3]).broader, ["http://esco.test/skill/a"]);
}

#[test]
fn onet_tells_categories_from_skills_and_skips_what_is_neither() {
    let model = "Element ID\tElement Name\tDescription\n1\tWorker Characteristics\tw\n1.A.1\tAbilities\ta\n\
        2\tWorker Requirements\tr\n2.A\tBasic Skills\tb\n2.A.1\tContent\tc\n2.A.1.a\tReading \"Between\" Lines\tReads.\n\
        2.B.1\tSocial Skills\ts\n2.B.1.a\tListening\tHears.\n2.C.3\tEngineering\te\n2.C.3.a\tBridges\tHolds.\n";
    let rated = "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\n11-1\t2.A.1.a\tReading \"Between\" Lines\tIM\t3\n";
    let tools = "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\n11-1\tTea Sheet Pro\t1\tSpreadsheets\tN\tN\n";
    let folder = folder(&[
        ("Content Model Reference.txt", model),
        ("Skills.txt", rated),
        ("Technology Skills.txt", tools),
    ]);
    let read = rows(&onet(folder.path(), "29.1").unwrap());
    let kinds: Vec<&str> = read
        .iter()
        .map(|row| match row {
            CatalogueRow::Skill(_) => "skill",
            CatalogueRow::Category(_) => "category",
            CatalogueRow::Nothing(_) => "nothing",
        })
        .collect();
    let (c, s, n) = ("category", "skill", "nothing");
    assert_eq!(kinds, [n, n, n, c, c, s, c, s, c, s, s, s]);
    let reading = skill(&read[5]);
    assert_eq!(reading.category.as_ref().unwrap().join(" > "), "O*NET > Basic Skills > Content");
    assert_eq!(
        (reading.kind, skill(&read[7]).kind, skill(&read[9]).kind),
        (Some(SkillKind::Practice), Some(SkillKind::Soft), Some(SkillKind::Domain))
    );
    assert_eq!(read[10], CatalogueRow::Skill(Box::new(SkillRow { description: None, ..reading.clone() })));
    let tool = skill(&read[11]);
    assert_eq!(tool.reference.as_ref().unwrap().uri, "technology:Tea_Sheet_Pro");
    assert_eq!(tool.category.as_ref().unwrap().join(" > "), "O*NET > Technology Skills > Spreadsheets");
}

#[test]
fn a_mapping_file_that_is_wrong_is_named_with_line_and_rule() {
    let release = Release { scheme: ExternalScheme::Other, version: String::new() };
    for (mapping, named) in [
        ("files: []\n", "files: names no file"),
        ("files:\n  - file: a.csv\n    row: skills\n", "map.yaml:3: unknown field `row`"),
        ("scheme: MINE\nfiles:\n  - file: a.csv\n", "scheme: `MINE` is none of ESCO"),
        ("files:\n  - file: a.csv\n    columns: { title: name }\n", "there is no field `title`"),
        ("files:\n  - file: none.csv\n", "none.csv"),
        ("files:\n  - file: a.csv\n    delimiter: ä\n", "delimiter: must be one ASCII character"),
    ] {
        let folder = folder(&[("map.yaml", mapping), ("a.csv", "name\nTea\n")]);
        let refused =
            mapped(&folder.path().join("map.yaml"), folder.path(), &release).unwrap_err().to_string();
        assert!(refused.contains(named), "{refused} instead of {named}");
    }
}
