//! The names of a skill: its own and its aliases. Each finds one skill in use, compared folded.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::{
    app::{Checks, RefusalCode, Write, ids},
    domain::{ids::SkillId, skills::SkillAlias, text::fold, values},
    store::{HeldName, StoreError},
};

/// The most aliases a skill is given.
const MOST_ALIASES: usize = 50;

/// Checks the aliases of a skill called `name`.
pub(super) fn checked_aliases(checks: &mut Checks, name: &str, aliases: &[String]) -> Vec<String> {
    checks.hold("aliases", aliases.len() <= MOST_ALIASES, "must be at most 50");
    let mut names = BTreeSet::from([fold(name)]);
    let mut kept = Vec::new();
    for (n, alias) in aliases.iter().enumerate().take(MOST_ALIASES) {
        let field = format!("aliases.{n}");
        if let Some(alias) = checks.keep(&field, values::name(alias)) {
            checks.hold(&field, names.insert(fold(&alias)), "must differ from the name and from each other");
            kept.push(alias);
        }
    }
    kept
}

/// Notes at `name` and `aliases` what finds another skill, and gives back the aliases to store: those
/// that came with a skill merged into `own` are there already, and stay as long as the merge.
pub(super) async fn free(
    write: &Write,
    checks: &mut Checks,
    own: Option<SkillId>,
    name: &str,
    aliases: Vec<String>,
) -> Result<Vec<String>, StoreError> {
    let asked: Vec<&str> = std::iter::once(name).chain(aliases.iter().map(String::as_str)).collect();
    let mut held = write.tx.holders_of_names(&asked).await?;
    held.retain(|held| Some(held.skill_id) != own);
    if holder(&held, name).is_some() {
        checks.refuse(RefusalCode::Taken, "name", "is the name of another skill");
    }
    let mut kept = Vec::new();
    for (n, alias) in aliases.into_iter().enumerate() {
        match holder(&held, &alias) {
            None => kept.push(alias),
            Some(held) if Some(held.finds) == own => {}
            Some(_) => {
                let field = format!("aliases.{n}");
                checks.refuse(RefusalCode::Taken, &field, "must not hold the name of another skill");
            }
        }
    }
    Ok(kept)
}

fn holder<'a>(held: &'a [HeldName], name: &str) -> Option<&'a HeldName> {
    let key = fold(name);
    held.iter().find(|held| held.name_key == key)
}

/// The rows of a skill's aliases.
pub(super) fn rows(write: &Write, skill_id: SkillId, aliases: &[String]) -> Vec<(Uuid, SkillAlias)> {
    let row = |alias: &String| (ids::fresh_uuid(write.now()), SkillAlias { skill_id, alias: alias.clone() });
    aliases.iter().map(row).collect()
}
