//! Four hundred skills: forty topics with ten aspects each, in a tree of categories.

use crate::{
    app::{demo::Skills, scale::Scale},
    domain::{
        levels::Level,
        skills::{
            ExternalMatch, ExternalRef, ExternalScheme, Skill, SkillAlias, SkillCategory, SkillKind,
            SkillLevelDescriptor, SkillRelation, SkillRelationKind, SkillStatus,
        },
        text::slug_of,
    },
};

/// Aspects of a topic.
pub(super) const ASPECTS: u32 = 10;
/// Skills that anybody can be rated in; the certificates come after them.
pub(super) const RATED_SKILLS: u32 = 380;
/// All skills.
pub(super) const SKILLS: u32 = 400;
/// The top of the category tree; four categories stand below each, with two topics each.
const TOPS: [&str; 5] = [
    "Software and data",
    "Systems and apps",
    "Quality and product",
    "Web and ways of working",
    "People and business",
];
const LEAVES: u32 = 20;

/// Topics of one kind and what there is to know about each.
struct Field {
    kind: SkillKind,
    topics: &'static [&'static str],
    aspects: [&'static str; ASPECTS as usize],
}

const FIELDS: [Field; 5] = [
    Field {
        kind: SkillKind::Technical,
        topics: &[
            "Rust",
            "PostgreSQL",
            "GraphQL",
            "Caching",
            "Python",
            "Spark",
            "Airflow",
            "Data modelling",
            "Linux",
            "Kubernetes",
            "Terraform",
            "Networking",
            "Kotlin",
            "Swift",
            "Offline sync",
            "App release",
            "Test automation",
            "Load testing",
            "Accessibility",
            "Fuzzing",
            "Product analytics",
            "Experiments",
            "Web",
            "TypeScript",
            "Search",
            "Machine learning",
            "Security",
            "Event streaming",
        ],
        aspects: [
            "fundamentals",
            "design",
            "testing",
            "debugging",
            "performance",
            "hardening",
            "observability",
            "operations",
            "migration",
            "integration",
        ],
    },
    Field {
        kind: SkillKind::Practice,
        topics: &["Code review", "Incident response", "Delivery", "Estimation", "Documentation"],
        aspects: [
            "basics",
            "tools",
            "metrics",
            "automation",
            "coaching",
            "planning",
            "follow-up",
            "standards",
            "at scale",
            "across teams",
        ],
    },
    Field {
        kind: SkillKind::Soft,
        topics: &["Communication", "Leadership", "Negotiation"],
        aspects: [
            "in teams",
            "with customers",
            "in writing",
            "in workshops",
            "across time zones",
            "under pressure",
            "with executives",
            "in interviews",
            "in reviews",
            "in public",
        ],
    },
    Field {
        kind: SkillKind::Domain,
        topics: &["Retail", "Logistics"],
        aspects: [
            "regulation",
            "reporting",
            "reconciliation",
            "pricing",
            "contracts",
            "fraud",
            "forecasting",
            "audit",
            "settlement",
            "compliance",
        ],
    },
    Field {
        kind: SkillKind::Certification,
        topics: &["Cloud certificate", "Privacy certificate"],
        aspects: [
            "foundation",
            "practitioner",
            "architect",
            "developer",
            "operator",
            "auditor",
            "analyst",
            "engineer",
            "manager",
            "trainer",
        ],
    },
];

/// The kind, topic and aspect of a skill.
fn named(skill: u32) -> (SkillKind, &'static str, &'static str) {
    let (mut topic, aspect) = ((skill / ASPECTS) as usize, (skill % ASPECTS) as usize);
    for field in &FIELDS {
        match field.topics.get(topic) {
            Some(name) => return (field.kind, name, field.aspects[aspect]),
            None => topic -= field.topics.len(),
        }
    }
    (SkillKind::Technical, "Other", "skills")
}

/// Of what kind a skill is.
pub(super) fn kind(skill: u32) -> SkillKind {
    named(skill).0
}

/// What a skill is called.
pub(super) fn name(skill: u32) -> String {
    let (_, topic, aspect) = named(skill);
    format!("{topic} {aspect}")
}

impl Scale {
    pub(super) fn skills(&self) -> Skills {
        let numbers = || 0..SKILLS;
        Skills {
            categories: self.categories(),
            skills: numbers().map(|n| self.skill(n)).collect(),
            aliases: numbers().step_by(7).map(|n| self.alias(n)).collect(),
            relations: numbers().filter_map(|n| self.relation(n)).collect(),
            external_refs: numbers().step_by(10).map(|n| self.external_ref(n)).collect(),
            descriptors: numbers().flat_map(|n| self.descriptors(n)).collect(),
        }
    }

    fn categories(&self) -> Vec<SkillCategory> {
        let tops = LEAVES / 4;
        let category = |n: u32, name: String, above: Option<u32>, position: u32| SkillCategory {
            id: self.id(n),
            slug: slug_of(&name),
            name,
            parent_id: above.map(|above| self.id(above)),
            position: i32::try_from(position).unwrap_or(0),
            revision: 1,
        };
        let top = (0..).zip(TOPS).map(|(n, name)| category(n, name.to_owned(), None, n));
        let leaf = (0..LEAVES).map(|n| {
            let topics = [named(n * 2 * ASPECTS).1, named((n * 2 + 1) * ASPECTS).1];
            category(tops + n, topics.join(" and "), Some(n / 4), n % 4)
        });
        top.chain(leaf).collect()
    }

    fn skill(&self, n: u32) -> Skill {
        let (kind, name) = (kind(n), name(n));
        Skill {
            id: self.id(n),
            slug: slug_of(&name),
            description: format!("What there is to know about {}.", name.to_lowercase()),
            name,
            kind,
            category_id: self.id(LEAVES / 4 + n / (2 * ASPECTS)),
            owner_id: Some(self.id(self.skill_owner(n))),
            proposed_by: None,
            status: SkillStatus::Active,
            merged_into: None,
            review_interval_days: match kind {
                SkillKind::Technical => Some(if n.is_multiple_of(3) { 180 } else { 365 }),
                SkillKind::Practice | SkillKind::Domain => Some(540),
                SkillKind::Soft | SkillKind::Certification => None,
            },
            expires_after_days: (kind == SkillKind::Certification).then_some(730),
            revision: 1,
        }
    }

    /// The number of the person who looks after a skill; owners stand all over the organisation.
    pub(super) fn skill_owner(&self, skill: u32) -> u32 {
        u32::try_from(u64::from(skill) * u64::from(self.people()) / u64::from(SKILLS)).unwrap_or(0)
    }

    fn alias(&self, n: u32) -> SkillAlias {
        let (_, topic, aspect) = named(n);
        SkillAlias { skill_id: self.id(n), alias: format!("{aspect} of {topic}") }
    }

    /// Whoever learns an aspect knows the first one of the topic.
    fn relation(&self, n: u32) -> Option<SkillRelation> {
        let first = n - n % ASPECTS;
        let relation = |to: u32, kind| SkillRelation { from_id: self.id(n), to_id: self.id(to), kind };
        match kind(n) {
            SkillKind::Certification => Some(relation(n % RATED_SKILLS, SkillRelationKind::Related)),
            _ => (n != first).then(|| relation(first, SkillRelationKind::Prerequisite)),
        }
    }

    fn external_ref(&self, n: u32) -> ExternalRef {
        ExternalRef {
            skill_id: self.id(n),
            scheme: ExternalScheme::Other,
            uri: format!("https://skills.example.com/{}", slug_of(&name(n))),
            scheme_version: "1".to_owned(),
            match_kind: ExternalMatch::Close,
        }
    }

    fn descriptors(&self, n: u32) -> impl Iterator<Item = SkillLevelDescriptor> {
        let name = name(n).to_lowercase();
        let does = ["knows of", "helps with", "does", "improves", "decides about"];
        Level::ALL.into_iter().skip(1).zip(does).map(move |(level, does)| SkillLevelDescriptor {
            skill_id: self.id(n),
            level,
            behaviour: format!("A person at this level {does} {name}."),
            examples: Vec::new(),
        })
    }
}
