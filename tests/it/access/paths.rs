//! Every path to an object by its id, slug, key or name: one that is not seen is answered, byte for byte,
//! as one that does not exist.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use serde_json::{Value, json};

use super::{Stage, objects::Object, viewers::Viewer};
use crate::support::Client;

const PAGE: &str =
    "{ nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }";

/// How many ids are asked for at once.
const MOST_NODES: usize = 100;

/// How an object of each type is asked for, by `$id` and by `$word`, which finds it alone. `PAGE` stands
/// for a whole page. Each is asked of what is hidden, and of what is missing. A row is one document, which has room
/// for seven paths; a type with more has more rows.
const PATHS: &[(&str, &[&str])] = &[
    ("DevelopmentGoal", &[]),
    (
        "DevelopmentPlan",
        &["developmentPlan(id: $id) { id status revision goals(first: 5) { nodes { id } } }"],
    ),
    ("GoalCheckIn", &[]),
    ("LearningResource", &["learningResources(filter: { language: $word }) PAGE"]),
    (
        "Skill",
        &[
            "learningResources(filter: { skillIds: [$id] }) PAGE",
            "assessmentProposals(filter: { skillIds: [$id] }) PAGES",
        ],
    ),
    (
        "Person",
        &[
            "person(id: $id) { id displayName email }",
            "people(filter: { text: $word }) PAGE",
            "viewer { ledTeams(first: 5, includeSubteams: true) { nodes { \
             skillChanges(since: $since, filter: { personIds: [$id] }) { nodes { toLevel } } \
             gaps(first: 5, roleProfile: { key: \"engineer\" }, filter: { personIds: [$id] }) { nodes { asOf } } } } }",
            "gap(subject: { personId: $id }, roleProfile: { key: \"engineer\" }) { asOf }",
            "about: teams(first: 5) { nodes { gaps(first: 5, roleProfile: { key: \"engineer\" }, \
             filter: { text: $word }) { nodes { asOf } } } }",
        ],
    ),
    (
        "RoleProfile",
        &[
            "one: roleProfile(by: { id: $id }) { id title }",
            "other: roleProfile(by: { key: $word }) { id title }",
            "roleProfiles(filter: { text: $word }) PAGE",
            "family: roleProfiles(filter: { family: $family }) PAGE",
            "teams(first: 5) { nodes { skillMatrix(roleProfile: { id: $id }) { n rows { required } } } }",
            "again: teams(first: 5) { nodes { skillMatrix(roleProfile: { key: $word }) { n rows { required } } } }",
            "mine: viewer { person { one: gap(roleProfile: { id: $id }) { asOf } \
             other: gap(roleProfile: { key: $word }) { asOf } } ledTeams(first: 5) { nodes { \
             gaps(first: 5, roleProfile: { id: $id }) { nodes { asOf } } } } }",
        ],
    ),
    (
        "RoleProfile",
        &["viewer { ledTeams(first: 3, includeSubteams: true) { nodes { \
             coverage(of: { roleProfile: { id: $id } }) { members } \
             hiringCase(roleProfile: { key: $word }) { before { members } } } } }"],
    ),
    (
        "RoleProfile",
        &[
            "roleProfileDiff(from: { id: $id }, to: { id: $id }) { summaryChanged from { number } }",
            "onward: roleProfileDiff(from: { key: $word }, to: { key: $word }) { from { number } }",
            "salaryComparison(roleProfile: { id: $id }) { region n }",
            "paid: salaryComparison(roleProfile: { key: $word }, region: \"DE\") { n }",
            "salaryBenchmarks(filter: { roleProfileIds: [$id], regions: [\"DE\"], sources: [\"A survey\"] }) { nodes { \
             benchmark { region source } roleProfile { id } } }",
        ],
    ),
    (
        "RoleProfileVersion",
        &[
            "roleProfile(by: { versionId: $id }) { id title }",
            "roleProfileDiff(from: { versionId: $id }, to: { versionId: $id }) { from { number } }",
            "salaryComparison(roleProfile: { versionId: $id }) { region n }",
            "teams { nodes { skillMatrix(roleProfile: { versionId: $id }) { n rows { required } } } }",
            "mine: viewer { person { gap(roleProfile: { versionId: $id }) { asOf } } }",
            "gaps: teams(first: 5) { nodes { gaps(first: 5, roleProfile: { versionId: $id }) { nodes { asOf } } } }",
        ],
    ),
    (
        "Skill",
        &[
            "skill(id: $id) { id name }",
            "skillBySlug(slug: $word) { id name }",
            "skills(filter: { text: $word }) PAGE",
            "able: people(filter: { allOf: [{ skillId: $id, minLevel: 1 }] }) PAGE",
            "keen: people(filter: { allOf: [{ skillId: $id, minInterest: 1 }] }) PAGE",
            "viewer { person { skills(filter: { skillIds: [$id] }) PAGES assessments(filter: { skillIds: [$id] }) PAGE \
         interests(filter: { skillIds: [$id] }) PAGES \
         exemptions(filter: { history: true, skillIds: [$id] }) PAGES } }",
            "teams(first: 5) { nodes { skillMatrix(skillIds: [$id]) { n missing skills { name } } \
         skillChanges(since: $since, filter: { skillIds: [$id] }) { nodes { toLevel } } } }",
        ],
    ),
    (
        "Skill",
        &["covered: viewer { ledTeams(first: 3, includeSubteams: true) { nodes { \
             coverage(of: { targets: [{ skillId: $id, level: 1 }] }) { skills { n } } } } }"],
    ),
    (
        "Skill",
        &["questions(filter: { skillIds: [$id] }) PAGE", "questionSets(filter: { skillIds: [$id] }) PAGE"],
    ),
    (
        "RoleProfile",
        &[
            "questionSets(filter: { roleProfileIds: [$id] }) PAGE",
            "measured: questionSets(first: 5) { nodes { one: coverage(roleProfile: { id: $id }) { alignment } \
             other: coverage(roleProfile: { key: $word }) { alignment } } }",
        ],
    ),
    (
        "RoleProfileVersion",
        &["questionSets(first: 5) { nodes { coverage(roleProfile: { versionId: $id }) { alignment } } }"],
    ),
    (
        "QuestionSet",
        &[
            "questionSet(id: $id) { id name kitMarkdown kitLink { url } items { position } }",
            "questionSets(filter: { text: $word }) PAGE",
            "own: questionSets(filter: { text: $word, mine: true }) PAGE",
        ],
    ),
    (
        "Question",
        &[
            "question(id: $id) { id key } questionHistory(questionId: $id) { nodes { id } }",
            "questionByKey(key: $word) { id key }",
            "questions(filter: { text: $word }) PAGE",
        ],
    ),
    (
        "Question",
        &[
            "tagged: questions(filter: { tags: [$word] }) PAGE",
            "spoken: questions(filter: { languages: [$word] }) PAGE",
            "within: questions(filter: { category: $word }) PAGE",
            "own: questions(filter: { category: $word, mine: true }) PAGE",
        ],
    ),
    ("QuestionVersion", &[]),
    ("SkillAssessment", &[]),
    ("AssessmentRound", &[]),
    ("RequirementExemption", &[]),
    (
        "SkillCategory",
        &["skillCategories(filter: { text: $word }) PAGE", "skills(filter: { categoryIds: [$id] }) PAGE"],
    ),
    (
        "Team",
        &[
            "team(id: $id) { id name }",
            "teamBySlug(slug: $word) { id name }",
            "named: teams(filter: { text: $word }) PAGE",
            "below: teams(filter: { parentId: $id }) PAGE",
            "people(filter: { teamIds: [$id] }) PAGE",
            "assessmentsDue(teamId: $id, within: 1000, scope: SUBTREE) { edges { cursor } nodes { dueAt } }",
            "all: people(filter: { teamIds: [$id], includeSubteams: true }) PAGE",
        ],
    ),
    ("Team", &["whatIf(teamId: $id) { before { members } }"]),
    ("TeamMembership", &[]),
];

/// What every path asks beside its own.
const ALWAYS: &str = "node(id: $id) { __typename id } nodes(ids: [$id, $id]) { __typename id } \
                      _entities(representations: [{ __typename: $of, id: $id }]) { __typename }";

/// A question of a type for each row.
fn documents() -> Vec<(&'static str, String)> {
    PATHS.iter().map(|(of, paths)| (*of, document(paths))).collect()
}

fn document(paths: &[&str]) -> String {
    let paths = paths.join(" ").replace("PAGES", "{ edges { cursor } }").replace("PAGE", PAGE);
    let always_declared = ["$id: ID!", "$known: [_Any!]!"].into_iter().map(str::to_owned);
    let also = [("$word", "String!"), ("$family", "String!"), ("$since", "DateTime!")];
    let also = also.into_iter().filter(|(variable, _)| paths.contains(variable));
    let declared: Vec<String> =
        always_declared.chain(also.map(|(variable, ty)| format!("{variable}: {ty}"))).collect();
    let always = ALWAYS.replace("[{ __typename: $of, id: $id }]", "$known");
    format!("query ({}) {{ {always} {paths} }}", declared.join(", "))
}

/// The same question of an object, and of one of its kind that does not exist.
fn variables(stage: &Stage<'_>, of: &str, id: &str, word: &str, family: &str) -> Value {
    let since = stage.world.day(-30).to_rfc3339();
    json!({ "id": id, "word": word, "family": family, "since": since, "known": [{ "__typename": of, "id": id }] })
}

fn of_object(stage: &Stage<'_>, object: &Object) -> Value {
    variables(stage, object.of, &object.id, &object.handle, &format!("Family of {}", object.handle))
}

fn of_nothing(stage: &Stage<'_>, like: &Object) -> Value {
    variables(stage, like.of, &stage.objects.missing(like), "no-such-thing", "Family of nothing")
}

/// Status and body, as they come over the wire.
async fn ask(http: &reqwest::Client, client: &Client, document: &str, variables: Value) -> (u16, String) {
    let request = http.post(client.endpoint()).bearer_auth(client.token());
    let answer = request.json(&json!({ "query": document, "variables": variables })).send().await;
    let answer = answer.expect("the service answers");
    (answer.status().as_u16(), answer.text().await.expect("a body"))
}

/// Whether an answer tells anything.
fn tells(answer: &Value) -> bool {
    match answer {
        Value::Null | Value::Bool(_) => false,
        Value::Array(items) => items.iter().any(tells),
        Value::Object(fields) => fields.values().any(tells),
        Value::Number(_) | Value::String(_) => true,
    }
}

/// Each path leads somewhere for somebody, or nothing could be hidden on it.
async fn check_paths(stage: &Stage<'_>, documents: &[(&str, String)]) {
    let leads = ["hana", "mia"].map(|person| Viewer {
        person,
        grants: &["ADMIN", "RECRUITER", "QUESTION_EDITOR", "assessments:read"],
    });
    for (of, document) in documents {
        let (mut paths, mut told) = (BTreeSet::new(), BTreeSet::new());
        for object in stage.objects.of(of) {
            for viewer in leads {
                let asked = of_object(stage, stage.objects.get(object));
                let answer = stage.ask(&viewer, document, asked).await;
                for (path, value) in answer.as_object().expect("an answer") {
                    paths.insert(path.clone());
                    told.extend(tells(value).then(|| path.clone()));
                }
            }
        }
        assert_eq!(paths, told, "a path to {of} that leads nowhere");
    }
}

/// How many SQL statements it takes to find one object, or not to.
async fn statements(stage: &Stage<'_>, viewer: &Viewer, id: &str) -> u64 {
    let before = stage.world.statements();
    stage.ask(viewer, "query ($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
    stage.world.statements() - before
}

on_both! {
    async fn what_is_not_seen_is_answered_like_what_does_not_exist(world: World) {
        let stage = Stage::set(&world).await;
        let documents = documents();
        let http = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
        let asked: BTreeSet<&str> = documents.iter().map(|(of, _)| *of).collect();
        for (name, object) in stage.objects.iter() {
            assert!(asked.contains(object.of), "no path leads to {name}");
        }
        check_paths(&stage, &documents).await;
        for viewer in Viewer::plain() {
            let client = world.with_token(viewer.token(&world)).await;
            let mut missing = BTreeMap::new();
            for (name, object) in stage.objects.iter().filter(|(name, _)| !viewer.sees(name)) {
                let asked = documents.iter().enumerate().filter(|(_, (of, _))| *of == object.of);
                for (row, (_, document)) in asked {
                    if let Entry::Vacant(place) = missing.entry(row) {
                        let nothing = ask(&http, &client, document, of_nothing(&stage, object)).await;
                        assert!(nothing.0 == 200 && !nothing.1.contains("errors"), "{viewer}: {}", nothing.1);
                        place.insert(nothing);
                    }
                    let answer = ask(&http, &client, document, of_object(&stage, object)).await;
                    assert_eq!(answer, missing[&row], "{viewer} can tell that {name} exists");
                }
            }
        }
    }

    async fn whoever_asks_finds_by_id_what_they_see_and_nothing_else(world: World) {
        let stage = Stage::set(&world).await;
        let objects: Vec<(&str, &Object)> = stage.objects.iter().collect();
        let ids: Vec<&str> = objects.iter().map(|(_, object)| object.id.as_str()).collect();
        let document = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        for viewer in Viewer::all() {
            let mut found = Vec::new();
            for some in ids.chunks(MOST_NODES) {
                let answer = stage.ask(&viewer, document, json!({ "ids": some })).await;
                found.extend(answer["nodes"].as_array().expect("nodes").clone());
            }
            assert_eq!(found.len(), ids.len());
            for ((name, object), found) in objects.iter().zip(&found) {
                let expected = if viewer.sees(name) { json!({ "id": object.id }) } else { Value::Null };
                assert_eq!(found, &expected, "{viewer}: {name}");
            }
        }
    }

    async fn what_is_not_seen_is_looked_for_as_long_as_what_does_not_exist(world: World) {
        let stage = Stage::set(&world).await;
        for viewer in Viewer::plain() {
            let hidden = stage.objects.iter().filter(|(name, _)| !viewer.sees(name));
            // One of each type will do.
            let hidden: BTreeMap<&str, _> = hidden.map(|(name, object)| (object.of, (name, object))).collect();
            for (name, object) in hidden.into_values() {
                let nothing = statements(&stage, &viewer, &stage.objects.missing(object)).await;
                assert_eq!(statements(&stage, &viewer, &object.id).await, nothing, "{viewer}: {name}");
            }
        }
    }
}
