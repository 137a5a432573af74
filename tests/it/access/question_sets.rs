//! The sets of questions of the access world: one published, one that Mia is putting together, one archived.

use assay::domain::{ids::QuestionSetKind, text::fold};
use sea_orm::Value;
use uuid::Uuid;

use super::{objects::Objects, viewers::Viewer};

/// Who put the set called so together; nobody for what was imported.
pub fn author_of(name: &str) -> Option<&'static str> {
    match name {
        "set/shared" => Some("olga"),
        "set/own" => Some("mia"),
        _ => None,
    }
}

/// The published set, which holds this version; it is not known yet that it leaked.
pub async fn publish(objects: &mut Objects<'_>, version: Uuid) {
    set(objects, "shared", "TEMPLATE", &[version]).await;
    advance(objects, "shared", ("PUBLISHED", "published_at")).await;
}

/// The others, once there is something to ask.
pub async fn lay(objects: &mut Objects<'_>) {
    let asked = objects.uuid("edition/asked 2");
    set(objects, "own", "INTERVIEW", &[asked]).await;
    set(objects, "past", "TEMPLATE", &[asked]).await;
    advance(objects, "past", ("PUBLISHED", "published_at")).await;
    advance(objects, "past", ("ARCHIVED", "archived_at")).await;
}

async fn set(objects: &mut Objects<'_>, name: &str, purpose: &str, versions: &[Uuid]) {
    let id = objects.world.id::<QuestionSetKind>();
    let handle = format!("set of {name}");
    let uuid = objects.keep("QuestionSet", &format!("set/{name}"), id, &handle);
    let author = author_of(&format!("set/{name}")).map(|author| objects.uuid(&format!("person/{author}")));
    let row = [
        ("id", uuid.into()),
        ("name", handle.clone().into()),
        ("name_key", fold(&handle).into()),
        ("purpose", purpose.into()),
        ("status", "DRAFT".into()),
        ("role_profile_version_id", objects.uuid("version/engineer 2").into()),
        ("author_id", author.into()),
        ("created_at", objects.day(-30).into()),
    ];
    objects.world.insert("question_set", row).await;
    objects.root("QUESTION_SET", uuid).await;
    for (position, version) in (0..).zip(versions) {
        let item = [
            ("question_set_id", uuid.into()),
            ("position", position.into()),
            ("section", "Depth".into()),
            ("question_version_id", (*version).into()),
            ("minutes", 10.into()),
            ("required", true.into()),
        ];
        objects.world.insert("question_set_item", item).await;
    }
}

async fn advance(objects: &Objects<'_>, name: &str, (status, since): (&str, &str)) {
    let sql = format!("UPDATE question_set SET status = '{status}', {since} = $1 WHERE id = $2");
    let values: [Value; 2] = [objects.day(-20).into(), objects.uuid(&format!("set/{name}")).into()];
    objects.world.execute(&sql, values).await;
}

impl Viewer {
    /// Whether they put the set together, themself or by the program that acts for them.
    pub fn put_together(&self, set: &str) -> bool {
        let author = author_of(set);
        author.is_some() && author == self.acts_for().or(self.is_member().then_some(self.person))
    }
}
