//! The assessments and interests of the access world: of every source and in every status.

use assay::{
    domain::ids::SkillAssessmentKind,
    store::{Rebuild, StoreError},
};
use sea_orm::Value;

use super::objects::Objects;

/// Name, skill, source, assessor, level, days ago, statuses. The name begins with whom it is of.
type Row =
    (&'static str, &'static str, &'static str, Option<&'static str>, i32, i64, &'static [&'static str]);

const COUNTS: &[&str] = &["VALIDATED"];
const JUDGED: &[&str] = &["PENDING", "VALIDATED"];
const WAITS: &[&str] = &["PENDING"];

const RATINGS: &[Row] = &[
    ("mia self", "rust", "SELF", Some("mia"), 3, 20, COUNTS),
    ("mia manager", "rust", "MANAGER", Some("lena"), 4, 10, COUNTS),
    ("mia manager rex", "rust", "MANAGER", Some("rex"), 2, 200, &["VALIDATED", "SUPERSEDED"]),
    ("mia manager hana", "rust", "MANAGER", Some("hana"), 1, 5, &["VALIDATED", "REVOKED"]),
    ("mia peer paul", "rust", "PEER", Some("paul"), 4, 15, JUDGED),
    ("mia peer rex", "rust", "PEER", Some("rex"), 3, 190, JUDGED),
    ("mia peer sam", "rust", "PEER", Some("sam"), 5, 12, &["PENDING", "REJECTED"]),
    ("mia peer oda", "rust", "PEER", Some("oda"), 5, 11, WAITS),
    ("mia sql paul", "sql", "PEER", Some("paul"), 2, 15, JUDGED),
    ("mia exam", "exam", "CERTIFICATE", Some("mia"), 4, 30, WAITS),
    ("mia interview", "rust", "INTERVIEW", Some("lena"), 3, 100, COUNTS),
    ("mia import", "sql", "IMPORT", None, 3, 40, COUNTS),
    ("mia oxide", "oxide", "SELF", Some("mia"), 2, 60, COUNTS),
    ("mia cobol", "cobol", "SELF", Some("mia"), 2, 350, COUNTS),
    ("stan self", "sql", "SELF", Some("stan"), 3, 20, COUNTS),
    ("sam self", "rust", "SELF", Some("sam"), 3, 20, COUNTS),
    ("sam peer olga", "sql", "PEER", Some("olga"), 2, 20, JUDGED),
    ("ina self", "rust", "SELF", Some("ina"), 5, 100, COUNTS),
    ("ina peer paul", "rust", "PEER", Some("paul"), 4, 90, JUDGED),
];

/// Of a rating: whom it is of, its source, its assessor and its skill.
pub fn called(name: &str) -> (&'static str, &'static str, Option<&'static str>, &'static str) {
    let row = RATINGS.iter().find(|row| name.strip_prefix("rating/") == Some(row.0));
    let (name, skill, source, assessor, ..) = *row.unwrap_or_else(|| panic!("{name} is no rating"));
    (name.split_once(' ').expect("whom it is of").0, source, assessor, skill)
}

pub async fn lay(objects: &mut Objects<'_>) {
    for row in RATINGS {
        rating(objects, row).await;
    }
    for (person, skill, interest) in
        [("mia", "rust", 5), ("mia", "zig", 4), ("stan", "sql", 3), ("ina", "rust", 2)]
    {
        let row = [
            ("person_id", objects.uuid(&format!("person/{person}")).into()),
            ("skill_id", objects.uuid(&format!("skill/{skill}")).into()),
            ("interest", interest.into()),
            ("since", objects.day(-30).into()),
        ];
        objects.world.insert("skill_interest", row).await;
    }
    let rebuilt = objects.world.store().begin(|tx| async move {
        tx.rebuild_current_levels(Rebuild::All).await?;
        Ok::<(), StoreError>(())
    });
    rebuilt.await.expect("the projection is rebuilt");
}

async fn rating(objects: &mut Objects<'_>, row: &Row) {
    let (name, skill, source, assessor, level, days, statuses) = *row;
    let id = objects.world.id::<SkillAssessmentKind>();
    let person = |name: &str| objects.uuid(&format!("person/{name}"));
    let (whom, _) = name.split_once(' ').expect("whom it is of");
    let assessor = assessor.map(person);
    let certificate = (source == "CERTIFICATE").then_some("RC-1");
    let party = match source {
        "PEER" => assessor.expect("a peer").to_string(),
        _ => certificate.unwrap_or_default().to_owned(),
    };
    let observed = objects.day(-days);
    let columns = [
        ("id", id.uuid().into()),
        ("person_id", person(whom).into()),
        ("skill_id", objects.uuid(&format!("skill/{skill}")).into()),
        ("level", level.into()),
        ("confidence", "HIGH".into()),
        ("source", source.into()),
        ("party", party.into()),
        ("assessor_id", assessor.into()),
        ("certificate", certificate.into()),
        ("observed_at", observed.into()),
        ("recorded_at", observed.into()),
        ("expires_at", (source == "CERTIFICATE").then(|| objects.day(400)).into()),
        ("evidence", "[\"A link\"]".into()),
    ];
    objects.world.insert("skill_assessment", columns).await;
    let about = ("assessment_id", Value::from(id.uuid()));
    objects.world.insert("skill_assessment_note", [about.clone(), ("note", "Seen.".into())]).await;
    let answer = [("id", objects.row()), about.clone(), ("text", "Thanks.".into()), ("at", observed.into())];
    objects.world.insert("skill_assessment_response", answer).await;
    for (seq, status) in (1..).zip(statuses) {
        let row = [
            ("id", objects.row()),
            about.clone(),
            ("status", (*status).into()),
            ("by_id", assessor.into()),
            ("at", observed.into()),
            ("seq", seq.into()),
        ];
        objects.world.insert("skill_assessment_status", row).await;
    }
    objects.keep("SkillAssessment", &format!("rating/{name}"), id, "");
}
