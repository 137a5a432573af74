//! A row's skill held against the rules of the catalogue. What a skill cannot be without breaks the row; of a
//! list, what breaks a rule is left out and told.

use std::collections::BTreeSet;

use crate::{
    app::{imports::skills::categories::fitting_slug, skills::LONGEST_DESCRIPTION},
    domain::{
        levels::Level,
        text::fold,
        values::{self, Rule},
    },
    interchange::{
        sheet::Remark,
        skills::{Reference, SkillRow},
    },
};

/// The most other names that one row gives.
const MOST_ALIASES: usize = 50;

/// What a row says, by the rules.
pub(super) struct Checked {
    pub(super) name: String,
    pub(super) slug: Option<String>,
    pub(super) description: Option<String>,
    pub(super) aliases: Vec<String>,
    pub(super) reference: Option<Reference>,
    pub(super) levels: Vec<(Level, String)>,
}

impl Checked {
    /// The row by the rules, and what of it was left out; or every rule it breaks.
    pub(super) fn of(row: &SkillRow) -> Result<(Self, Vec<Remark>), Vec<Remark>> {
        let (mut broken, mut notes) = (Vec::new(), Vec::new());
        let name = kept(&mut broken, "name", values::name(&row.name)).unwrap_or_default();
        let description = row.description.as_deref().and_then(|text| {
            kept(&mut broken, "description", values::prose(text.trim(), LONGEST_DESCRIPTION))
        });
        let slug = slug(row, &mut broken, &mut notes);
        let levels = row.levels.iter().filter_map(|(level, looks)| {
            let prose = values::prose(looks.trim(), 4_000).map_err(|_| "must have 1 to 4000 characters");
            kept(&mut broken, &format!("level{}", level.value()), prose).map(|looks| (*level, looks))
        });
        let levels = levels.collect();
        let reference = row.reference.clone();
        if let Some(Reference { uri, version, .. }) = &reference {
            let fits = (1..=2_000).contains(&uri.chars().count());
            if !fits || uri.chars().any(|c| c.is_whitespace() || c.is_control()) {
                broken.push(Remark::new("uri", "must have 1 to 2000 characters and no white space"));
            }
            kept(&mut broken, "schemeVersion", values::prose(version, 100));
        }
        if !broken.is_empty() {
            return Err(broken);
        }
        let aliases = aliases(row, &name, &mut notes);
        Ok((Self { name, slug, description, aliases, reference, levels }, notes))
    }
}

fn kept<T>(broken: &mut Vec<Remark>, field: &str, checked: Result<T, Rule>) -> Option<T> {
    checked.map_err(|rule| broken.push(Remark::new(field, rule))).ok()
}

fn slug(row: &SkillRow, broken: &mut Vec<Remark>, notes: &mut Vec<Remark>) -> Option<String> {
    let given = row.slug.as_deref()?;
    let slug = fitting_slug(given);
    if slug.is_empty() {
        broken.push(Remark::new("slug", "must hold lower-case letters or digits"));
    } else if slug != given {
        notes.push(Remark::new("slug", format!("`{given}` is no slug of ours: it became `{slug}`")));
    }
    Some(slug)
}

/// Other names, each once and none of them the name itself.
fn aliases(row: &SkillRow, name: &str, notes: &mut Vec<Remark>) -> Vec<String> {
    let mut seen = BTreeSet::from([fold(name)]);
    let mut kept = Vec::new();
    for alias in &row.aliases {
        match values::name(alias) {
            Ok(alias) if !seen.insert(fold(&alias)) => {}
            Ok(_) if kept.len() == MOST_ALIASES => {
                notes
                    .push(Remark::new("aliases", format!("left out `{alias}`: a skill is given 50 at most")));
            }
            Ok(alias) => kept.push(alias),
            Err(rule) => {
                let start: String = alias.chars().take(40).collect();
                notes.push(Remark::new("aliases", format!("left out `{start}`: {rule}")));
            }
        }
    }
    kept
}
