//! What one version of a question says otherwise than the one before it. Compares values as they stand;
//! judges nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    ids::SkillId,
    questions::content::{Criterion, QuestionContent, QuestionSkill},
};

/// One place where two versions differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The path of the input that writes it: `["criteria", "mechanism", "anchors", "3"]`; criteria by key.
    pub field: Vec<String>,
    /// The skill it is about, of what is said of a skill.
    pub skill: Option<SkillId>,
    /// What it said; `None` for what was added.
    pub before: Option<String>,
    /// What it says; `None` for what was taken away.
    pub after: Option<String>,
}

#[derive(Default)]
struct Changes(Vec<Change>);

impl Changes {
    fn compare(&mut self, field: &[&str], before: Option<String>, after: Option<String>) {
        self.of_skill(field, None, before, after);
    }

    fn of_skill(
        &mut self,
        field: &[&str],
        skill: Option<SkillId>,
        before: Option<String>,
        after: Option<String>,
    ) {
        if before != after {
            let field = field.iter().map(|&part| part.to_owned()).collect();
            self.0.push(Change { field, skill, before, after });
        }
    }

    /// Lines that are no longer there, then those that are new; then those that stay, as a list, where they stand
    /// in another order or number.
    fn lines(&mut self, field: &str, before: &[String], after: &[String]) {
        for gone in before.iter().filter(|line| !after.contains(line)) {
            self.compare(&[field], Some(gone.clone()), None);
        }
        for new in after.iter().filter(|line| !before.contains(line)) {
            self.compare(&[field], None, Some(new.clone()));
        }
        let stays = |list: &[String], other: &[String]| {
            let stays = list.iter().filter(|line| other.contains(line)).cloned().collect::<Vec<_>>();
            Some(stays.join("\n"))
        };
        self.compare(&[field], stays(before, after), stays(after, before));
    }
}

/// What `after` says otherwise than `before`, in the order of an input; empty when they are the same.
#[must_use]
pub fn changes(before: &QuestionContent, after: &QuestionContent) -> Vec<Change> {
    let mut changes = Changes::default();
    let (one, two) = (&before.body, &after.body);
    let text = |value: &dyn ToString| Some(value.to_string());
    changes.compare(&["kind"], text(&one.kind.as_str()), text(&two.kind.as_str()));
    changes.compare(&["difficulty"], text(&one.difficulty), text(&two.difficulty));
    let range = |body: &super::content::QuestionBody| {
        body.seniority_range.map(|range| format!("{}–{}", range.from, range.to))
    };
    changes.compare(&["seniorityRange"], range(one), range(two));
    changes.compare(&["language"], text(&one.language), text(&two.language));
    changes.compare(&["expectedMinutes"], text(&one.expected_minutes), text(&two.expected_minutes));
    changes.compare(&["stem"], text(&one.stem), text(&two.stem));
    changes.compare(&["context"], one.context.clone(), two.context.clone());
    changes.lines("followUps", &one.follow_ups, &two.follow_ups);
    changes.lines("expectedSignals", &one.expected_signals, &two.expected_signals);
    changes.lines("redFlags", &one.red_flags, &two.red_flags);
    changes.compare(&["sampleAnswer"], one.sample_answer.clone(), two.sample_answer.clone());
    skills(&mut changes, &before.skills, &after.skills);
    criteria(&mut changes, &before.rubric.criteria, &after.rubric.criteria);
    let rationale = |content: &QuestionContent| content.rubric.weight_rationale.clone();
    changes.compare(&["weightRationale"], rationale(before), rationale(after));
    changes.0
}

fn skills(changes: &mut Changes, before: &[QuestionSkill], after: &[QuestionSkill]) {
    let told = |list: &[QuestionSkill], skill: SkillId| {
        let shown = list.iter().find(|shown| shown.skill == skill)?;
        Some(format!("level {}, {}, weight {}", shown.level.value(), shown.role.as_str(), shown.weight))
    };
    let mut seen = BTreeSet::new();
    for skill in before.iter().chain(after).map(|shown| shown.skill).filter(|skill| seen.insert(*skill)) {
        changes.of_skill(&["skills"], Some(skill), told(before, skill), told(after, skill));
    }
    let order = |list: &[QuestionSkill], other: &[QuestionSkill]| {
        let common =
            list.iter().map(|one| one.skill).filter(|skill| other.iter().any(|two| two.skill == *skill));
        Some(common.map(|skill| skill.to_string()).collect::<Vec<_>>().join(", "))
    };
    changes.compare(&["skills"], order(before, after), order(after, before));
}

fn criteria(changes: &mut Changes, before: &[Criterion], after: &[Criterion]) {
    let order = |list: &[Criterion], other: &[Criterion]| {
        let common = |one: &&Criterion| other.iter().any(|two| two.key == one.key);
        Some(list.iter().filter(common).map(|one| one.key.clone()).collect::<Vec<_>>().join(", "))
    };
    changes.compare(&["criteria"], order(before, after), order(after, before));
    let mut seen = BTreeSet::new();
    for key in before.iter().chain(after).map(|one| one.key.as_str()).filter(|key| seen.insert(*key)) {
        let of = |list: &[Criterion]| {
            list.iter().find(|one| one.key == key).map(|one| (one.skill, told(one))).unzip()
        };
        let ((was, mut one), (is, mut two)): ((_, Option<_>), (_, Option<_>)) = (of(before), of(after));
        if was != is {
            let (path, known) = (["criteria", key, "skillId"], |skill: SkillId| skill.to_string());
            changes.of_skill(&path, is.or(was), was.map(known), is.map(known));
        }
        let value = |told: &mut Option<BTreeMap<Vec<String>, String>>, path: &[String]| {
            told.as_mut().and_then(|told| told.remove(path))
        };
        let paths: BTreeSet<Vec<String>> =
            one.iter().chain(two.iter()).flat_map(BTreeMap::keys).cloned().collect();
        for path in paths {
            let field: Vec<&str> =
                ["criteria", key].into_iter().chain(path.iter().map(String::as_str)).collect();
            let (before, after) = (value(&mut one, &path), value(&mut two, &path));
            changes.compare(&field, before, after);
        }
    }
}

/// What a criterion says, but its skill, by the path within it.
fn told(criterion: &Criterion) -> BTreeMap<Vec<String>, String> {
    let fields = [
        ("title", criterion.title.clone()),
        ("prompt", criterion.prompt.clone()),
        ("weight", criterion.weight.to_string()),
        ("required", criterion.required.to_string()),
    ];
    let fields = fields.into_iter().map(|(name, value)| (vec![name.to_owned()], value));
    let anchors = criterion
        .anchors
        .iter()
        .map(|anchor| (vec!["anchors".to_owned(), anchor.score.to_string()], anchor.behaviour.clone()));
    fields.chain(anchors).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        levels::Level,
        questions::{
            QuestionKind, SkillRole,
            content::{Anchor, QuestionBody, Rubric},
        },
        sampling::id,
    };

    fn content() -> QuestionContent {
        let anchor = |(score, behaviour): (i32, &str)| Anchor { score, behaviour: behaviour.to_owned() };
        QuestionContent {
            body: QuestionBody {
                kind: QuestionKind::Knowledge,
                difficulty: 3,
                seniority_range: None,
                language: "en".to_owned(),
                expected_minutes: 10,
                stem: "What is lost?".to_owned(),
                context: None,
                follow_ups: vec!["How?".to_owned(), "Why?".to_owned()],
                expected_signals: Vec::new(),
                red_flags: Vec::new(),
                sample_answer: None,
            },
            skills: vec![QuestionSkill {
                skill: id(1),
                level: Level::new(3).unwrap(),
                role: SkillRole::Primary,
                weight: 1,
            }],
            rubric: Rubric {
                criteria: vec![Criterion {
                    key: "cause".to_owned(),
                    title: "Cause".to_owned(),
                    prompt: "Is it named?".to_owned(),
                    skill: id(1),
                    weight: 1,
                    required: true,
                    anchors: [(1, "No"), (3, "Yes"), (5, "Weighed")].map(anchor).to_vec(),
                }],
                weight_rationale: None,
            },
        }
    }

    /// Each change as `path: before → after`.
    fn told(change: impl FnOnce(&mut QuestionContent)) -> Vec<String> {
        let mut after = content();
        change(&mut after);
        let side = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
        let said = changes(&content(), &after).into_iter();
        said.map(|one| format!("{}: {} → {}", one.field.join("."), side(one.before), side(one.after)))
            .collect()
    }

    #[test]
    fn a_version_is_no_other_than_itself() {
        assert_eq!(told(|_| {}), Vec::<String>::new());
    }

    #[test]
    fn another_order_or_number_of_what_stays_is_told_as_the_whole_list() {
        assert_eq!(told(|it| it.body.follow_ups.reverse()), ["followUps: How?\nWhy? → Why?\nHow?"]);
        let doubled = told(|it| it.body.follow_ups.push("Why?".to_owned()));
        assert_eq!(doubled, ["followUps: How?\nWhy? → How?\nWhy?\nWhy?"]);
        let (mut one, mut two) = (content(), content());
        let second = QuestionSkill { skill: id(2), ..one.skills[0].clone() };
        one.skills.push(second.clone());
        two.skills.insert(0, second);
        let said = changes(&one, &two);
        assert_eq!(said.len(), 1);
        assert_eq!((said[0].field.as_slice(), said[0].skill), (["skills".to_owned()].as_slice(), None));
        let named = |first: u128, next: u128| {
            let (first, next): (SkillId, SkillId) = (id(first), id(next));
            Some(format!("{first}, {next}"))
        };
        assert_eq!((&said[0].before, &said[0].after), (&named(1, 2), &named(2, 1)));
    }

    #[test]
    fn each_change_is_told_at_its_place_with_both_sides() {
        assert_eq!(told(|it| it.body.stem = "What goes?".to_owned()), ["stem: What is lost? → What goes?"]);
        assert_eq!(told(|it| it.body.context = Some("One row.".to_owned())), ["context: – → One row."]);
        assert_eq!(
            told(|it| it.body.follow_ups = vec!["How?".to_owned(), "When?".to_owned()]),
            ["followUps: Why? → –", "followUps: – → When?"]
        );
        assert_eq!(
            told(|it| it.skills[0].weight = 2),
            ["skills: level 3, PRIMARY, weight 1 → level 3, PRIMARY, weight 2"]
        );
        assert_eq!(
            told(|it| it.rubric.criteria[0].anchors[1].behaviour = "So".to_owned()),
            ["criteria.cause.anchors.3: Yes → So"]
        );
        let moved = told(|it| it.rubric.criteria[0].skill = id(2));
        assert_eq!(moved.len(), 1);
        assert!(moved[0].starts_with("criteria.cause.skillId: skill_"), "{moved:?}");
    }

    #[test]
    fn what_comes_and_goes_has_one_side() {
        let said = told(|it| {
            let first = it.rubric.criteria[0].clone();
            it.rubric.criteria = vec![Criterion { key: "remedy".to_owned(), ..first }];
        });
        assert_eq!(said.iter().filter(|line| line.ends_with("→ –")).count(), 8);
        assert_eq!(said.iter().filter(|line| line.contains(": – →")).count(), 8);
    }

    #[test]
    fn another_order_of_the_criteria_is_told() {
        let (mut one, mut two) = (content(), content());
        let second = Criterion { key: "remedy".to_owned(), ..one.rubric.criteria[0].clone() };
        one.rubric.criteria.push(second.clone());
        two.rubric.criteria.insert(0, second);
        let said = changes(&one, &two);
        assert_eq!(said.len(), 1);
        assert_eq!(said[0].before.as_deref(), Some("cause, remedy"));
        assert_eq!(said[0].after.as_deref(), Some("remedy, cause"));
    }
}
