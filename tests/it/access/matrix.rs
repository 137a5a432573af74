//! The matrix of each team, as each viewer: the rows of those whose levels are open to them, the others
//! as a number and nowhere else; and no person, skill or column that they would not see elsewhere.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    Stage,
    contents::cut,
    sdl::{Sdl, Seen},
    viewers::Viewer,
};

const ORDER: [&str; 2] = ["ASC", "DESC"];

/// The matrix in which every column was asked for, the one in which they were found, and what changed.
fn document(sdl: &Sdl) -> String {
    let matrix = sdl.selection("TeamSkillMatrix", &[]);
    let changes = sdl.selection("SkillChangeConnection", &[]);
    let changed: Vec<String> = ORDER
        .iter()
        .map(|order| {
            let order = order.to_string();
            format!(
                "changes{order}: skillChanges(since: $since, first: 50, orderBy: {{ field: PERSON, \
                 direction: {order} }}) {changes}"
            )
        })
        .collect();
    format!(
        "query ($team: ID!, $skills: [ID!], $since: DateTime!) {{ team(id: $team) {{ \
         asked: skillMatrix(scope: SUBTREE, skillIds: $skills, changedSince: $since) {matrix} \
         found: skillMatrix(scope: SUBTREE) {matrix} {} }} }}",
        changed.join(" "),
    )
}

fn numbers(value: &Value) -> Vec<i64> {
    value.as_array().expect("a list").iter().map(|number| number.as_i64().expect("a number")).collect()
}

fn list<'v>(value: &'v Value, name: &str) -> &'v Vec<Value> {
    value[name].as_array().unwrap_or_else(|| panic!("{name} of {value}"))
}

/// What a matrix says of itself: its columns count the rows there are.
fn check_counts(viewer: &Viewer, matrix: &Value) {
    let (n, missing) = (numbers(&matrix["n"]), numbers(&matrix["missing"]));
    let rows = list(matrix, "rows");
    assert_eq!(n.len(), list(matrix, "skills").len(), "{viewer}: a number a column");
    for (column, (n, missing)) in n.iter().zip(&missing).enumerate() {
        let levels = rows.iter().filter(|row| !row["levels"][column].is_null()).count();
        assert_eq!(usize::try_from(*n), Ok(levels), "{viewer}: n");
        assert_eq!(usize::try_from(n + missing), Ok(rows.len()), "{viewer}: missing");
    }
}

/// A column that was not asked for is there for somebody whose row is: rated in it, or required to be.
fn check_columns(viewer: &Viewer, matrix: &Value, rated: &BTreeSet<(String, String)>) {
    for (column, skill) in list(matrix, "skills").iter().enumerate() {
        let id = |of: &Value| of["id"].as_str().expect("an id").to_owned();
        let concerned = |row: &Value| {
            !row["required"][column].is_null() || rated.contains(&(id(&row["person"]), id(skill)))
        };
        assert!(list(matrix, "rows").iter().any(concerned), "{viewer}: {skill} is for a row they do not see");
    }
}

/// Who was ever rated in what.
async fn rated(stage: &Stage<'_>) -> BTreeSet<(String, String)> {
    let document = "{ people(first: 100) { nodes { id skills(first: 100) { nodes { skill { id } } } } } }";
    let answer = stage.ask(&Viewer::OMNISCIENT, document, Value::Null).await;
    let of_one = |person: &Value| -> Vec<(String, String)> {
        let id = person["id"].as_str().expect("an id").to_owned();
        let skills = list(&person["skills"], "nodes").iter();
        skills.map(|one| (id.clone(), one["skill"]["id"].as_str().expect("an id").to_owned())).collect()
    };
    list(&answer["people"], "nodes").iter().flat_map(of_one).collect()
}

/// The rows of the truth that are open to the viewer: of people whom they see, with levels that they may
/// know, in the columns of the skills they see.
fn rows_for(stage: &Stage<'_>, viewer: &Viewer, truth: &Value) -> Vec<Value> {
    let name =
        |row: &Value| stage.objects.name_of(row["person"]["id"].as_str().expect("a person")).to_owned();
    let open = |row: &&Value| viewer.reads_book_of(&name(row)) && viewer.sees(&name(row));
    let cut = |row: &Value| {
        let mut row = row.clone();
        let cells = row.as_object_mut().expect("a row").values_mut().filter(|cells| cells.is_array());
        if !viewer.sees_catalogue() {
            cells.for_each(|cells| *cells = json!([]));
        }
        row
    };
    list(truth, "rows").iter().filter(open).map(cut).collect()
}

fn compare(
    stage: &Stage<'_>,
    viewer: &Viewer,
    truth: &Value,
    seen: &Value,
    rated: &BTreeSet<(String, String)>,
) {
    let (asked, true_one) = (&seen["asked"], &truth["asked"]);
    let expected = rows_for(stage, viewer, true_one);
    assert_eq!(list(asked, "rows"), &expected, "{viewer}");
    let everyone =
        list(true_one, "rows").len() + usize::try_from(true_one["hiddenRows"].as_u64().unwrap()).unwrap();
    for matrix in [asked, &seen["found"]] {
        assert_eq!(matrix["hiddenRows"], json!(everyone - expected.len()), "{viewer}");
        assert_eq!(list(matrix, "rows").len(), expected.len(), "{viewer}");
    }
    let columns = if viewer.sees_catalogue() { true_one["skills"].clone() } else { json!([]) };
    assert_eq!(asked["skills"], columns, "{viewer}");
    check_counts(viewer, asked);
    check_counts(viewer, &seen["found"]);
    check_columns(viewer, &seen["found"], rated);
    for order in ORDER {
        let changes = format!("changes{order}");
        let open = |change: &&Value| {
            let person = change["person"]["id"].as_str().expect("a person");
            viewer.sees_catalogue() && viewer.reads_book_of(stage.objects.name_of(person))
        };
        let true_ones: Vec<Value> = list(&truth[&changes], "nodes").iter().filter(open).cloned().collect();
        let expected = cut(&stage.objects, viewer, &Value::Array(true_ones));
        assert_eq!(seen[&changes]["nodes"], expected, "{viewer}: {changes}");
        assert_eq!(list(&seen[&changes], "edges").len(), list(&seen[&changes], "nodes").len());
    }
}

on_both! {
    async fn a_matrix_holds_the_rows_that_are_open_and_counts_the_others(world: World) {
        let (stage, sdl) = (Stage::set(&world).await, Sdl::read());
        let document = document(&sdl);
        let skills = stage.objects.of("Skill").into_iter().map(|name| stage.objects.get(name).id.as_str());
        let skills: Vec<&str> = skills.collect();
        let rated = rated(&stage).await;
        let mut noted = Seen::default();
        for team in stage.objects.of("Team") {
            let variables = json!({
                "team": stage.objects.get(team).id, "skills": skills, "since": world.day(-30).to_rfc3339(),
            });
            let truth = stage.ask(&Viewer::OMNISCIENT, &document, variables.clone()).await["team"].clone();
            noted.note(&sdl, "TeamSkillMatrix", &truth["asked"]);
            noted.note(&sdl, "SkillChangeConnection", &truth["changesASC"]);
            for viewer in Viewer::all().iter().filter(|viewer| viewer.sees(team)) {
                let seen = stage.ask(viewer, &document, variables.clone()).await["team"].clone();
                compare(&stage, viewer, &truth, &seen, &rated);
            }
        }
        let types = ["TeamSkillMatrix", "TeamSkillMatrixRow", "SkillMatrixCell", "SkillChange"];
        let never = noted.never(&sdl, types.into_iter());
        assert_eq!(never, Vec::<String>::new(), "empty for everyone");
    }
}
