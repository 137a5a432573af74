//! The skill catalogue as a file: categories, skills, their names, levels and relations. Makes no ids.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::{
    domain::{
        levels::Level,
        skills::{ExternalMatch, ExternalScheme, SkillKind, SkillRelationKind},
    },
    interchange::{
        checks,
        reading::{Located, Refused, Source, choice, level},
    },
};

/// A catalogue; every reference in it resolves.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Catalogue {
    /// The category tree, siblings in their order.
    pub categories: Vec<CategoryRow>,
    /// The skills.
    pub skills: Vec<SkillRow>,
}

/// A node of the category tree.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CategoryRow {
    /// Its key.
    pub slug: Located<String>,
    /// Its name.
    pub name: Located<String>,
    /// The category above it.
    pub parent: Option<Located<String>>,
}

/// A skill.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SkillRow {
    /// Its key.
    pub slug: Located<String>,
    /// Its name.
    pub name: Located<String>,
    /// Its category's slug.
    pub category: Located<String>,
    /// What sort of skill.
    #[serde(deserialize_with = "choice")]
    pub kind: SkillKind,
    /// What it covers, Markdown.
    pub description: String,
    /// Other names it is found by.
    #[serde(default)]
    pub aliases: Vec<Located<String>>,
    /// Days until a review is due.
    pub review_interval_days: Option<Located<i32>>,
    /// Days until an assessment no longer counts.
    pub expires_after_days: Option<Located<i32>>,
    /// What its levels look like, lowest first.
    #[serde(default)]
    pub levels: Vec<LevelRow>,
    /// How it relates to other skills.
    #[serde(default)]
    pub relations: Vec<RelationRow>,
    /// The same skill elsewhere.
    #[serde(default)]
    pub external_refs: Vec<ExternalRefRow>,
}

/// What one level of a skill looks like.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LevelRow {
    /// The level.
    #[serde(deserialize_with = "level")]
    pub level: Level,
    /// What a person at this level does.
    pub behaviour: Located<String>,
    /// Examples of it.
    #[serde(default)]
    pub examples: Vec<String>,
}

/// A relation to another skill.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RelationRow {
    /// How they relate.
    #[serde(deserialize_with = "choice")]
    pub kind: SkillRelationKind,
    /// The other skill's slug.
    pub to: Located<String>,
}

/// The same skill in somebody else's taxonomy.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExternalRefRow {
    /// Whose taxonomy.
    #[serde(deserialize_with = "choice")]
    pub scheme: ExternalScheme,
    /// Its name there.
    pub uri: Located<String>,
    /// The release of the taxonomy.
    pub scheme_version: String,
    /// How well the two agree.
    #[serde(rename = "match", deserialize_with = "choice")]
    pub match_kind: ExternalMatch,
}

impl Catalogue {
    /// Reads and checks a catalogue file.
    ///
    /// # Errors
    /// [`Refused`] with every fault found.
    pub fn read(file: &str, text: &str) -> Result<Self, Refused> {
        let mut source = Source::new(file, text);
        let catalogue: Self = source.rows()?;
        catalogue.check_categories(&mut source);
        catalogue.check_names(&mut source);
        for skill in &catalogue.skills {
            catalogue.check_skill(&mut source, skill);
        }
        catalogue.check_relations(&mut source);
        catalogue.check_external_refs(&mut source);
        source.finish(catalogue)
    }

    /// The slugs of its skills.
    #[must_use]
    pub fn skill_slugs(&self) -> BTreeSet<&str> {
        self.skills.iter().map(|skill| skill.slug.as_str()).collect()
    }

    /// A skill by its slug.
    #[must_use]
    pub fn skill(&self, slug: &str) -> Option<&SkillRow> {
        self.skills.iter().find(|skill| skill.slug.as_str() == slug)
    }

    fn check_categories(&self, source: &mut Source<'_>) {
        checks::slugs(source, self.categories.iter().map(|category| &category.slug));
        let there = self.category_slugs();
        let mut edges = Vec::new();
        for category in &self.categories {
            checks::name_length(source, &category.name);
            if let Some(parent) = &category.parent {
                checks::known(source, "category", parent, &there);
                edges.push((category.slug.as_str(), parent));
            }
        }
        checks::acyclic(source, &edges);
    }

    fn category_slugs(&self) -> BTreeSet<&str> {
        self.categories.iter().map(|category| category.slug.as_str()).collect()
    }

    /// Names and aliases share one space: each finds one skill.
    fn check_names(&self, source: &mut Source<'_>) {
        checks::slugs(source, self.skills.iter().map(|skill| &skill.slug));
        checks::names(
            source,
            self.skills.iter().flat_map(|skill| std::iter::once(&skill.name).chain(&skill.aliases)),
        );
    }

    fn check_skill(&self, source: &mut Source<'_>, skill: &SkillRow) {
        checks::known(source, "category", &skill.category, &self.category_slugs());
        for days in [&skill.review_interval_days, &skill.expires_after_days].into_iter().flatten() {
            source
                .require(days.value > 0, days, || format!("{} is not a number of days above 0", days.value));
        }
        let mut above = None;
        for step in &skill.levels {
            source.require(above < Some(step.level), &step.behaviour, || {
                format!("level {} does not follow the one before it", step.level.value())
            });
            above = Some(step.level);
        }
    }

    fn check_relations(&self, source: &mut Source<'_>) {
        let there = self.skill_slugs();
        let mut seen = BTreeSet::new();
        for (skill, relation) in self.relations() {
            checks::known(source, "skill", &relation.to, &there);
            let new = seen.insert((&skill.slug.value, &relation.to.value, relation.kind));
            source.require(new, &relation.to, || "this relation was stated before".to_owned());
        }
        for kind in [SkillRelationKind::Prerequisite, SkillRelationKind::Broader] {
            let edges: Vec<_> = self
                .relations()
                .filter(|(_, relation)| relation.kind == kind)
                .map(|(skill, relation)| (skill.slug.as_str(), &relation.to))
                .collect();
            checks::acyclic(source, &edges);
        }
    }

    fn relations(&self) -> impl Iterator<Item = (&SkillRow, &RelationRow)> {
        self.skills.iter().flat_map(|skill| skill.relations.iter().map(move |relation| (skill, relation)))
    }

    fn check_external_refs(&self, source: &mut Source<'_>) {
        let mut seen = BTreeSet::new();
        for reference in self.skills.iter().flat_map(|skill| &skill.external_refs) {
            let new = seen.insert((reference.scheme, &reference.uri.value, &reference.scheme_version));
            source.require(new, &reference.uri, || "this reference was stated before".to_owned());
        }
    }
}
