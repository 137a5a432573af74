//! The gaps of each person, as each viewer, by every path: to those whom the person's assessments are open to
//! and who see what it is measured against; to everybody else as if there were none.

use serde_json::{Value, json};

use super::{
    Stage,
    contents::cut,
    sdl::{Sdl, Seen},
    viewers::Viewer,
};

/// What people are measured against: a version that is published, and a draft that ADMIN alone sees.
const VERSIONS: [&str; 2] = ["version/engineer 2", "version/planned 1"];

/// The gap of one person, now and as it was, by the root, by the person and beside a candidate.
fn of_person(sdl: &Sdl) -> String {
    let report = sdl.selection("GapReport", &[]);
    format!(
        "query ($id: ID!, $version: ID!, $then: DateTime!) {{ \
         now: gap(subject: {{ personId: $id }}, roleProfile: {{ versionId: $version }}) {report} \
         then: gap(subject: {{ personId: $id }}, roleProfile: {{ versionId: $version }}, asOf: $then) {report} \
         candidate: gap(subject: {{ candidateId: $id }}, roleProfile: {{ versionId: $version }}) {report} \
         nested: person(id: $id) {{ gap(roleProfile: {{ versionId: $version }}) {report} }} \
         node: node(id: $id) {{ ... on Person {{ gap(roleProfile: {{ versionId: $version }}) {report} }} }} }}"
    )
}

/// The gaps of a team: of each person's own profile, and of one for all.
fn of_team(sdl: &Sdl) -> String {
    let page = format!(
        "{{ nodes {} edges {{ cursor }} pageInfo {{ hasNextPage hasPreviousPage }} }}",
        sdl.selection("GapReport", &[])
    );
    format!(
        "query ($id: ID!, $version: ID!) {{ team(id: $id) {{ own: gaps(first: 50, scope: SUBTREE) {page} \
         all: gaps(first: 50, scope: SUBTREE, roleProfile: {{ versionId: $version }}) {page} \
         few: gaps(first: 1, scope: SUBTREE, roleProfile: {{ versionId: $version }}) {page} }} }}"
    )
}

fn may_read(viewer: &Viewer, person: &str, version: &str) -> bool {
    viewer.sees(person) && viewer.reads_book_of(person) && viewer.sees(version)
}

/// The person a report is about, and what it is measured against.
fn about<'s>(stage: &'s Stage<'_>, report: &Value) -> (&'s str, &'s str) {
    let name = |of: &Value| stage.objects.name_of(of["id"].as_str().expect("an id"));
    (name(&report["subject"]), name(&report["roleProfileVersion"]))
}

async fn check_person(stage: &Stage<'_>, sdl: &Sdl, person: &str, version: &str, noted: &mut Seen) {
    let document = of_person(sdl);
    let variables = json!({
        "id": stage.objects.get(person).id,
        "version": stage.objects.get(version).id,
        "then": stage.world.day(-45).to_rfc3339(),
    });
    let truth = stage.ask(&Viewer::OMNISCIENT, &document, variables.clone()).await;
    assert!(truth["now"].is_object() && truth["then"].is_object(), "{person}: {truth}");
    noted.note(sdl, "GapReport", &truth["now"]);
    noted.note(sdl, "GapReport", &truth["then"]);
    for viewer in Viewer::all() {
        let seen = stage.ask(&viewer, &document, variables.clone()).await;
        assert_eq!(seen["candidate"], Value::Null, "{viewer}");
        for (path, truth) in [
            (&seen["now"], &truth["now"]),
            (&seen["then"], &truth["then"]),
            (&seen["nested"]["gap"], &truth["now"]),
            (&seen["node"]["gap"], &truth["now"]),
        ] {
            let readable = may_read(&viewer, person, version);
            let expected = if readable { cut(&stage.objects, &viewer, truth) } else { Value::Null };
            assert_eq!(path, &expected, "{viewer}: {person} against {version}");
        }
    }
}

fn nodes(list: &Value) -> &Vec<Value> {
    list["nodes"].as_array().expect("nodes")
}

async fn check_team(stage: &Stage<'_>, sdl: &Sdl, team: &str, version: &str) {
    let document = of_team(sdl);
    let variables = json!({ "id": stage.objects.get(team).id, "version": stage.objects.get(version).id });
    let truth = stage.ask(&Viewer::OMNISCIENT, &document, variables.clone()).await["team"].clone();
    for viewer in Viewer::all().iter().filter(|viewer| viewer.sees(team)) {
        let seen = stage.ask(viewer, &document, variables.clone()).await["team"].clone();
        for list in ["own", "all"] {
            if list == "all" && !viewer.sees(version) {
                assert_eq!(seen[list], Value::Null, "{viewer}: {team}");
                continue;
            }
            let open = nodes(&truth[list]).iter().filter(|report| {
                let (person, version) = about(stage, report);
                may_read(viewer, person, version)
            });
            let expected: Vec<Value> = open.map(|report| cut(&stage.objects, viewer, report)).collect();
            assert_eq!(nodes(&seen[list]), &expected, "{viewer}: {list} of {team}");
            assert_eq!(seen[list]["edges"].as_array().map(Vec::len), Some(expected.len()), "{viewer}");
            assert_eq!(seen[list]["pageInfo"]["hasNextPage"], json!(false), "{viewer}");
            if list == "all" {
                let more = seen["few"]["pageInfo"]["hasNextPage"].as_bool();
                assert_eq!(more, Some(expected.len() > 1), "{viewer}: a page ends where what is seen ends");
            }
        }
    }
}

/// The due levels of a team, as each viewer.
async fn check_due(stage: &Stage<'_>, sdl: &Sdl, team: &str, noted: &mut Seen) {
    let page = sdl.selection("DueAssessmentConnection", &[]);
    let document = format!(
        "query ($id: ID!) {{ assessmentsDue(teamId: $id, within: 1000, scope: SUBTREE, first: 50) {page} }}"
    );
    let variables = json!({ "id": stage.objects.get(team).id });
    let truth = stage.ask(&Viewer::OMNISCIENT, &document, variables.clone()).await["assessmentsDue"].clone();
    noted.note(sdl, "DueAssessmentConnection", &truth);
    for viewer in Viewer::all() {
        let seen = stage.ask(&viewer, &document, variables.clone()).await["assessmentsDue"].clone();
        if !viewer.sees(team) {
            assert_eq!(seen, Value::Null, "{viewer}: {team}");
            continue;
        }
        let open = |due: &&Value| {
            let name = |of: &str| stage.objects.name_of(due[of]["id"].as_str().expect("an id"));
            let (person, skill) = (name("person"), name("skill"));
            viewer.sees(person) && viewer.reads_book_of(person) && viewer.sees(skill)
        };
        let expected: Vec<Value> = nodes(&truth).iter().filter(open).cloned().collect();
        assert_eq!(nodes(&seen), &expected, "{viewer}: {team}");
        assert_eq!(seen["edges"].as_array().map(Vec::len), Some(expected.len()), "{viewer}");
    }
}

on_both! {
    async fn what_is_due_in_a_team_is_told_of_those_whose_assessments_are_open(world: World) {
        let (stage, sdl) = (Stage::set(&world).await, Sdl::read());
        let mut noted = Seen::default();
        for team in ["team/company", "team/platform", "team/storage", "team/web"] {
            check_due(&stage, &sdl, team, &mut noted).await;
        }
        assert_eq!(noted.never(&sdl, ["DueAssessment"].into_iter()), Vec::<String>::new(), "empty for everyone");
    }

    async fn a_gap_is_read_by_whom_the_assessments_are_open_to_and_by_nobody_else(world: World) {
        let (stage, sdl) = (Stage::set(&world).await, Sdl::read());
        let mut noted = Seen::default();
        // Everybody could be asked about; these stand in every relation to somebody.
        for person in ["person/mia", "person/stan", "person/sam", "person/ina", "person/hana"] {
            for version in VERSIONS {
                check_person(&stage, &sdl, person, version, &mut noted).await;
            }
        }
        let types = ["GapReport", "SkillGap", "GapFigureTerms"];
        assert_eq!(noted.never(&sdl, types.into_iter()), Vec::<String>::new(), "empty for everyone");
    }

    async fn the_gaps_of_a_team_are_those_that_are_open_and_tell_of_no_others(world: World) {
        let (stage, sdl) = (Stage::set(&world).await, Sdl::read());
        for team in ["team/company", "team/platform", "team/web"] {
            for version in VERSIONS {
                check_team(&stage, &sdl, team, version).await;
            }
        }
    }
}
