//! Each mutation, as each viewer: what they do not see is not found, like what does not exist; what they
//! see and may not change is forbidden; and who may, can.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    Stage,
    deeds::{self, DEEDS, May},
    done::{DONE, spelled_out},
    sdl::{Sdl, Seen},
    viewers::Viewer,
};

/// An input with the objects it names put in.
fn input(stage: &Stage<'_>, template: &str, id: &str) -> String {
    let mut written = spelled_out(template);
    for (name, object) in stage.objects.iter() {
        written = written.replace(&format!("{{{name}}}"), &format!("\"{}\"", object.id));
    }
    let fields = [": ID", "[ID"].into_iter();
    fields.fold(written, |written, place| written.replace(place, &place.replace("ID", &format!("\"{id}\""))))
}

/// What is asked of one mutation at a time: `aN: name(input: {…}) {…}`.
struct Batch {
    asked: Vec<String>,
}

impl Batch {
    fn new() -> Self {
        Self { asked: Vec::new() }
    }

    fn add(&mut self, stage: &Stage<'_>, sdl: &Sdl, name: &str, template: &str, id: &str) {
        let payload = sdl.fields("Mutation").iter().find(|field| field.name == name);
        let payload = payload.unwrap_or_else(|| panic!("there is no mutation {name}"));
        let alias = format!("a{}", self.asked.len());
        let (input, selection) = (input(stage, template, id), sdl.selection(&payload.of, &[]));
        self.asked.push(format!("{alias}: {name}(input: {{ {input} }}) {selection}"));
    }

    async fn play(self, stage: &Stage<'_>, viewer: &Viewer) -> Vec<Value> {
        if self.asked.is_empty() {
            return Vec::new();
        }
        let answer =
            stage.ask(viewer, &format!("mutation {{ {} }}", self.asked.join(" ")), Value::Null).await;
        (0..self.asked.len()).map(|n| answer[format!("a{n}").as_str()].clone()).collect()
    }
}

fn codes(payload: &Value) -> Vec<&str> {
    let errors = payload["userErrors"].as_array().expect("user errors");
    errors.iter().map(|error| error["code"].as_str().expect("a code")).collect()
}

/// The code of a refusal, whatever the number of its reasons.
fn only_code(payload: &Value) -> String {
    let mut codes = codes(payload);
    codes.dedup();
    codes.join(" and ")
}

fn makes_new(mutation: &str) -> bool {
    // A plan is begun for somebody, and something offered for a skill: that is what is looked for first.
    let for_one = ["createDevelopmentPlan", "createLearningResource"].contains(&mutation);
    (mutation.starts_with("create") || mutation.starts_with("propose")) && !for_one
}

/// How many of the objects are tried at each place.
#[derive(Debug, Clone, Copy)]
enum Tried {
    /// Two, others each turn, so that over all viewers and mutations all have their turn.
    Two,
    Each,
}

fn tried(names: Vec<&str>, turn: usize, how: Tried) -> Vec<&str> {
    let Tried::Two = how else { return names };
    let count = names.len();
    let picked = (0..count.min(2)).map(|n| names[(turn + n * 3) % count]);
    let mut picked: Vec<&str> = picked.collect();
    picked.dedup();
    picked
}

/// What the viewer does not see, and the same for what does not exist.
async fn check_hidden(
    (stage, sdl): (&Stage<'_>, &Sdl),
    viewer: &Viewer,
    (turn, how): (usize, Tried),
    noted: &mut Seen,
) {
    let (mut hidden, mut missing, mut asked) = (Batch::new(), Batch::new(), Vec::new());
    for (n, (name, field, of, template, may)) in DEEDS.iter().enumerate() {
        let names = stage.objects.of(of).into_iter().filter(|name| !viewer.sees(name)).collect();
        for object in tried(names, turn + n, how) {
            let object_id = &stage.objects.get(object).id;
            hidden.add(stage, sdl, name, template, object_id);
            missing.add(stage, sdl, name, template, &stage.objects.missing(stage.objects.get(object)));
            asked.push((name, field, object, may));
        }
    }
    let (hidden, missing) = (hidden.play(stage, viewer).await, missing.play(stage, viewer).await);
    for ((name, field, object, may), (hidden, missing)) in asked.into_iter().zip(hidden.iter().zip(&missing))
    {
        assert_eq!(
            hidden.to_string(),
            missing.to_string(),
            "{viewer}: {name} can tell that {object} exists by {field}"
        );
        if *may != May::Beside {
            // Whether one may make something new hangs on nothing that is there.
            let barred = makes_new(name) && !deeds::may(*may, viewer, object);
            let expected = if barred { "FORBIDDEN" } else { "NOT_FOUND" };
            assert_eq!(only_code(hidden), expected, "{viewer}: {name} of {object}");
        }
        hidden["userErrors"]
            .as_array()
            .expect("a list")
            .iter()
            .for_each(|error| noted.note(sdl, "UserError", error));
    }
}

/// What the viewer sees, and may not change.
async fn check_forbidden((stage, sdl): (&Stage<'_>, &Sdl), viewer: &Viewer, (turn, how): (usize, Tried)) {
    let (mut batch, mut asked) = (Batch::new(), Vec::new());
    for (n, (name, _, of, template, may)) in DEEDS.iter().enumerate() {
        let names = stage.objects.of(of).into_iter();
        let names = names.filter(|name| {
            viewer.sees(name) && !deeds::may(*may, viewer, name) && sees_rest(stage, viewer, template)
        });
        for object in tried(names.collect(), turn + n, how) {
            batch.add(stage, sdl, name, template, &stage.objects.get(object).id);
            asked.push((name, object));
        }
    }
    let answers = batch.play(stage, viewer).await;
    for ((name, object), answer) in asked.into_iter().zip(&answers) {
        assert_eq!(only_code(answer), "FORBIDDEN", "{viewer}: {name} of {object} by {answer}");
    }
}

/// Whether everything else that an input names is seen too: else that is what is not found.
fn sees_rest(stage: &Stage<'_>, viewer: &Viewer, template: &str) -> bool {
    let written = spelled_out(template);
    let named = |name: &str| written.contains(&format!("{{{name}}}"));
    stage.objects.iter().filter(|(name, _)| named(name)).all(|(name, _)| viewer.sees(name))
}

fn doer(who: &'static str) -> Viewer {
    match who.split_once(' ') {
        None if who == "ADMIN" => Viewer { person: "nobody", grants: &["ADMIN"] },
        None => Viewer { person: who, grants: &[] },
        Some((person, "INTERVIEWER")) => Viewer { person, grants: &["INTERVIEWER"] },
        Some((person, _)) => Viewer { person, grants: &["QUESTION_EDITOR"] },
    }
}

/// Everything is done once, and what comes back is there.
async fn do_everything(stage: &Stage<'_>, sdl: &Sdl, noted: &mut Seen) {
    let payloads: BTreeMap<&str, &str> =
        sdl.fields("Mutation").iter().map(|field| (field.name.as_str(), field.of.as_str())).collect();
    let mut stale = Batch::new();
    stale.add(stage, sdl, "updateTeam", "teamId: {team/web}, name: \"Other\", expectedRevision: 99", "");
    let conflict = stale.play(stage, &doer("ADMIN")).await;
    assert_eq!(codes(&conflict[0]), ["CONFLICT"]);
    noted.note(sdl, payloads["updateTeam"], &conflict[0]);
    for (who, name, template) in DONE {
        let mut batch = Batch::new();
        batch.add(stage, sdl, name, template, "");
        let answer = &batch.play(stage, &doer(who)).await[0];
        assert_eq!(codes(answer), Vec::<&str>::new(), "{who}: {name} {answer}");
        noted.note(sdl, payloads[name], answer);
    }
}

on_both! {
    async fn what_is_not_seen_is_not_found_and_what_is_not_theirs_is_forbidden(world: World) {
        let (stage, sdl) = (Stage::set(&world).await, Sdl::read());
        deeds::check(&sdl);
        let mut noted = Seen::default();
        for (turn, viewer) in Viewer::plain().iter().enumerate() {
            check_hidden((&stage, &sdl), viewer, (turn, Tried::Two), &mut noted).await;
            check_forbidden((&stage, &sdl), viewer, (turn, Tried::Two)).await;
        }
        do_everything(&stage, &sdl, &mut noted).await;
        let written = sdl.objects().filter(|ty| ty.ends_with("Payload") || *ty == "UserError");
        // A refused change has no errors to show when it is done, and the other way round.
        let never = noted.never(&sdl, written);
        let never: Vec<&String> = never.iter().filter(|field| !field.ends_with("Payload.userErrors")).collect();
        assert_eq!(never, Vec::<&String>::new(), "empty for everyone");
    }
    #[ignore = "full: every object in every place takes a minute"]
    async fn the_same_of_every_object_as_every_claim_with_every_relation(world: World) {
        let (stage, sdl) = (Stage::set(&world).await, Sdl::read());
        let mut noted = Seen::default();
        for viewer in &Viewer::all() {
            check_hidden((&stage, &sdl), viewer, (0, Tried::Each), &mut noted).await;
            check_forbidden((&stage, &sdl), viewer, (0, Tried::Each)).await;
        }
    }
}
