//! The lists at the root, and the viewer: in every order, by pages and whole, they hold what the viewer
//! sees of everything there is.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    Stage,
    sdl::{Sdl, Seen},
    viewers::Viewer,
};

/// A list, what is in it, and what it can be ordered by.
const LISTS: [(&str, &str, &str); 7] = [
    ("learningResources", "LearningResource", "LearningResourceOrderField"),
    ("people", "Person", "PersonOrderField"),
    ("questionSets", "QuestionSet", "QuestionSetOrderField"),
    ("roleProfiles", "RoleProfile", "RoleProfileOrderField"),
    ("skillCategories", "SkillCategory", "SkillCategoryOrderField"),
    ("skills", "Skill", "SkillOrderField"),
    ("teams", "Team", "TeamOrderField"),
];

fn ids(connection: &Value) -> Vec<String> {
    let nodes = connection["nodes"].as_array().expect("nodes");
    nodes.iter().map(|node| node["id"].as_str().expect("an id").to_owned()).collect()
}

/// What the viewer sees of everything of a type.
fn seen_of(stage: &Stage<'_>, viewer: &Viewer, of: &str) -> BTreeSet<String> {
    let there = stage.objects.of(of).into_iter().filter(|name| viewer.sees(name));
    there.map(|name| stage.objects.get(name).id.clone()).collect()
}

/// All lists at once, as they come.
async fn check_sets(stage: &Stage<'_>, viewer: &Viewer) {
    let lists = LISTS.map(|(root, ..)| format!("{root}(first: 100) {{ nodes {{ id }} }}"));
    let answer = stage.ask(viewer, &format!("{{ {} }}", lists.join(" ")), Value::Null).await;
    for (root, of, _) in LISTS {
        let found: BTreeSet<String> = ids(&answer[root]).into_iter().collect();
        assert_eq!(found, seen_of(stage, viewer, of), "{viewer}: {root}");
    }
}

/// One list in every order, whole and by its first page.
async fn check_list(stage: &Stage<'_>, sdl: &Sdl, viewer: &Viewer, (root, of, by): (&str, &str, &str)) {
    let there = seen_of(stage, viewer, of);
    let page = "{ edges { cursor node { id } } nodes { id } \
                pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }";
    for field in sdl.values(by) {
        let order = |direction: &str| format!("orderBy: {{ field: {field}, direction: {direction} }}");
        let document = format!(
            "{{ up: {root}(first: 100, {}) {page} down: {root}(last: 100, {}) {page} few: {root}(first: 2) {page} }}",
            order("ASC"),
            order("DESC"),
        );
        let answer = stage.ask(viewer, &document, Value::Null).await;
        let (up, mut down) = (ids(&answer["up"]), ids(&answer["down"]));
        assert_eq!(up.iter().cloned().collect::<BTreeSet<_>>(), there, "{viewer}: {root} by {field}");
        down.reverse();
        assert_eq!(up, down, "{viewer}: {root} by {field}, downwards");
        // A page that ends where what is seen ends, whatever is behind it.
        assert_eq!(answer["few"]["pageInfo"]["hasNextPage"], json!(there.len() > 2), "{viewer}: {root}");
        for list in ["up", "down"] {
            let info = &answer[list]["pageInfo"];
            assert_eq!((&info["hasNextPage"], &info["hasPreviousPage"]), (&json!(false), &json!(false)));
            assert_eq!(info["startCursor"].is_null(), there.is_empty(), "{viewer}: {root}");
            assert_eq!(answer[list]["edges"].as_array().expect("edges").len(), there.len());
        }
    }
}

/// The viewer of a token: themself, what they carry, and the teams they lead.
async fn check_viewer(stage: &Stage<'_>, sdl: &Sdl, viewer: &Viewer, noted: &mut Seen) {
    let document = format!(
        "{{ viewer {} below: viewer {{ ledTeams(first: 50, includeSubteams: true) {{ nodes {{ id }} }} }} \
         proficiencyScale {} }}",
        sdl.selection("Viewer", &[]),
        sdl.selection("ProficiencyLevel", &[]),
    );
    let answer = stage.ask(viewer, &document, Value::Null).await;
    noted.note(sdl, "Query", &answer);
    let seen = &answer["viewer"];
    let names = |ids: Vec<String>| -> Vec<String> {
        ids.iter().map(|id| stage.objects.name_of(id).to_owned()).collect()
    };
    let person = viewer
        .is_member()
        .then(|| json!({ "id": stage.objects.get(&format!("person/{}", viewer.person)).id }));
    assert_eq!(seen["person"], person.unwrap_or_default(), "{viewer}");
    let claims: BTreeSet<&str> = viewer.claims().iter().map(|claim| claim.as_str()).collect();
    let told = |name: &str| -> BTreeSet<String> {
        seen[name]
            .as_array()
            .expect("a list")
            .iter()
            .map(|word| word.as_str().expect("a word").to_owned())
            .collect()
    };
    assert_eq!(told("roles"), claims.into_iter().map(str::to_owned).collect(), "{viewer}");
    assert_eq!(told("scopes"), viewer.scopes().into_iter().map(str::to_owned).collect(), "{viewer}");
    let (led, below): (&[&str], &[&str]) = match viewer.person {
        "hana" => (&["team/company"], &["team/company", "team/platform", "team/storage", "team/web"]),
        "lena" => (&["team/platform"], &["team/platform", "team/storage"]),
        "otto" => (&["team/web"], &["team/web"]),
        _ => (&[], &[]),
    };
    assert_eq!(names(ids(&seen["ledTeams"])), led, "{viewer}");
    assert_eq!(names(ids(&answer["below"]["ledTeams"])), below, "{viewer}");
    let scale = answer["proficiencyScale"].as_array().expect("a scale").len();
    assert_eq!(scale, if viewer.sees_catalogue() { 6 } else { 0 }, "{viewer}");
}

on_both! {
    async fn every_list_holds_what_is_seen_of_everything(world: World) {
        let (stage, sdl) = (Stage::set(&world).await, Sdl::read());
        let mut noted = Seen::default();
        for viewer in Viewer::plain() {
            for list in LISTS {
                check_list(&stage, &sdl, &viewer, list).await;
            }
        }
        for viewer in Viewer::all() {
            check_sets(&stage, &viewer).await;
            check_viewer(&stage, &sdl, &viewer, &mut noted).await;
        }
        let types = ["Viewer", "ViewerPermissions", "ProficiencyLevel"];
        assert_eq!(noted.never(&sdl, types.into_iter()), Vec::<String>::new(), "empty for everyone");
    }
}
