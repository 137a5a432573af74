//! What the people of the demo wrote beside their ratings. Gives no level.

use crate::{
    app::demo::chance::Chance,
    domain::{assessments::AssessmentSource, levels::Level},
    interchange::catalogue::SkillRow,
};

/// Why a rating was rejected.
pub(super) const REJECTED: &str = "The evidence does not show this level yet.";

/// The words of one rating.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// What the assessor wrote.
    pub(super) note: Option<String>,
    /// What supports it.
    pub(super) evidence: Vec<String>,
    /// What the person answered.
    pub(super) response: Option<String>,
    /// Which certificate was shown.
    pub(super) certificate: Option<String>,
}

/// Words that fit a rating; most ratings have none.
pub(super) fn of(
    source: AssessmentSource,
    level: Level,
    skill: Option<&SkillRow>,
    chance: &mut Chance,
) -> Words {
    let mut words = Words::default();
    match source {
        AssessmentSource::Certificate => {
            let name = skill.map_or("Certificate", |skill| skill.name.as_str());
            let number = chance.between(100_000, 999_999);
            words.certificate = Some(name.to_owned());
            words.evidence.push(format!("https://certificates.example.com/{number}"));
        }
        AssessmentSource::Import => words.note = Some("From the skill list kept before.".to_owned()),
        AssessmentSource::Manager | AssessmentSource::Peer => {
            words.note = Some(observed(level, skill)).filter(|_| chance.percent(40));
            if chance.percent(25) {
                let change = chance.between(200, 4_800);
                words.evidence.push(format!("https://git.example.com/changes/{change}"));
            }
            if source == AssessmentSource::Manager && chance.percent(3) {
                words.response = Some("I have done more of this since; please look again.".to_owned());
            }
        }
        AssessmentSource::SelfRating | AssessmentSource::Interview => {
            words.note = Some(observed(level, skill)).filter(|_| chance.percent(15));
        }
    }
    words
}

/// The nearest described level at or below, in the catalogue's words.
fn observed(level: Level, skill: Option<&SkillRow>) -> String {
    let described = skill.and_then(|skill| skill.levels.iter().rev().find(|step| step.level <= level));
    described.map_or_else(
        || "Has not worked with it yet.".to_owned(),
        |step| step.examples.first().unwrap_or(&step.behaviour.value).clone(),
    )
}
