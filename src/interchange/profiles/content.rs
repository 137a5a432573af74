//! Between the rows of a file and what the domain calls them: a skill by its slug here and by its id there, a
//! profile by its key here and by its id there.

use std::collections::BTreeSet;

use crate::{
    domain::{
        ids::{RoleProfileId, SkillId},
        profiles::{
            CareerPath, Challenge, MarketFigure, MarketInsight, Practice, Qualification, Responsibility,
            RoleProfile, RoleProfileContent, RoleSkillRequirement, SalaryBenchmark,
        },
    },
    interchange::profiles::{
        CareerPathRow, ChallengeRow, Hundredths, MarketFigureRow, MarketInsightRow, PracticeRow, ProfileRow,
        QualificationRow, RequirementRow, ResponsibilitiesRow, SalaryBenchmarkRow,
    },
};

impl ProfileRow {
    /// What a version holds, with the id of each skill by its slug.
    #[must_use]
    pub fn content(&self, mut skill: impl FnMut(&str) -> SkillId) -> RoleProfileContent {
        RoleProfileContent {
            responsibilities: self.responsibilities.iter().flat_map(ResponsibilitiesRow::each).collect(),
            requirements: self.requirements.iter().map(|row| row.requirement(skill(&row.skill))).collect(),
            qualifications: self.qualifications.iter().map(QualificationRow::qualification).collect(),
            practices: self
                .practices
                .iter()
                .map(|row| row.practice(row.skill.as_deref().map(&mut skill)))
                .collect(),
            challenges: self
                .challenges
                .iter()
                .map(|row| row.challenge(row.skills.iter().map(|slug| skill(slug)).collect()))
                .collect(),
            market_insights: self.market_insights.iter().map(MarketInsightRow::insight).collect(),
            salary_benchmarks: self.salary_benchmarks.iter().map(SalaryBenchmarkRow::benchmark).collect(),
        }
    }

    /// Where the profile `from` leads, with the id of each profile by its key.
    #[must_use]
    pub fn paths(&self, from: RoleProfileId, mut role: impl FnMut(&str) -> RoleProfileId) -> Vec<CareerPath> {
        let path = |row: &CareerPathRow| CareerPath {
            from_id: from,
            to_id: role(&row.to),
            kind: row.kind,
            criteria: row.criteria.clone(),
        };
        self.career_paths.iter().map(path).collect()
    }

    /// The row of a profile and one version, with the slug of each skill and the key of each profile it
    /// leads to. Where a name is not known, what names it is left out.
    #[must_use]
    pub fn of<'a>(
        profile: &RoleProfile,
        summary: &str,
        content: &RoleProfileContent,
        paths: &[CareerPath],
        slug: impl Fn(SkillId) -> Option<&'a str>,
        key: impl Fn(RoleProfileId) -> Option<&'a str>,
    ) -> Self {
        let slug = |skill: SkillId| slug(skill).map(str::to_owned);
        let row = Self {
            key: profile.key.clone(),
            title: profile.title.clone(),
            family: profile.family.clone(),
            track: profile.track,
            seniority: profile.seniority,
            summary: summary.to_owned(),
            responsibilities: content.responsibilities.iter().map(ResponsibilitiesRow::of).collect(),
            requirements: content
                .requirements
                .iter()
                .filter_map(|item| Some(RequirementRow::of(item, slug(item.skill_id)?)))
                .collect(),
            qualifications: content.qualifications.iter().map(QualificationRow::of).collect(),
            practices: content
                .practices
                .iter()
                .map(|item| PracticeRow::of(item, item.skill_id.and_then(slug)))
                .collect(),
            challenges: content
                .challenges
                .iter()
                .map(|item| {
                    ChallengeRow::of(item, item.skill_ids.iter().filter_map(|id| slug(*id)).collect())
                })
                .collect(),
            market_insights: content.market_insights.iter().map(MarketInsightRow::of).collect(),
            salary_benchmarks: content.salary_benchmarks.iter().map(SalaryBenchmarkRow::of).collect(),
            career_paths: paths
                .iter()
                .filter_map(|path| Some(CareerPathRow::of(path, key(path.to_id)?)))
                .collect(),
        };
        row.normal()
    }

    /// Whether both say the same of what a version holds: all but what the profile is called and where it leads.
    #[must_use]
    pub fn content_is_that_of(&self, other: &Self) -> bool {
        let named = Self {
            key: other.key.clone(),
            title: other.title.clone(),
            family: other.family.clone(),
            track: other.track,
            seniority: other.seniority,
            career_paths: other.career_paths.clone(),
            ..self.clone()
        };
        named == *other
    }

    /// Names without spaces around them, and texts without blanks at their end. Every item keeps its place.
    #[must_use]
    pub(super) fn tidied(mut self) -> Self {
        trim([&mut self.title, &mut self.family]);
        trim_end([&mut self.summary]);
        for row in &mut self.responsibilities {
            trim([&mut row.area]);
            trim_end(&mut row.statements);
        }
        self.qualifications.iter_mut().for_each(|row| trim_end([&mut row.statement]));
        for row in &mut self.practices {
            trim([&mut row.topic]);
            trim_end([&mut row.statement]);
        }
        for row in &mut self.challenges {
            trim([&mut row.title]);
            trim_end([&mut row.problem, &mut row.resolution]);
        }
        for row in &mut self.market_insights {
            trim([&mut row.source]);
            trim_end([&mut row.statement]);
        }
        self.salary_benchmarks.iter_mut().for_each(|row| trim([&mut row.region, &mut row.source]));
        self.career_paths.iter_mut().for_each(|row| trim_end([&mut row.criteria]));
        self
    }

    /// The one form of what can be written in several: no weight that is the default, neighbours of one area
    /// together, no skill twice in a challenge (a merge of skills can bring it there).
    #[must_use]
    pub(super) fn normal(self) -> Self {
        let mut row = self.tidied();
        row.responsibilities = in_one_area(row.responsibilities);
        for row in &mut row.requirements {
            row.weight = row.weight.filter(|weight| *weight != row.importance.default_weight());
        }
        for row in &mut row.challenges {
            let mut seen = BTreeSet::new();
            row.skills.retain(|slug| seen.insert(slug.clone()));
        }
        row
    }
}

fn trim<'a>(names: impl IntoIterator<Item = &'a mut String>) {
    names.into_iter().for_each(|name| *name = name.trim().to_owned());
}

fn trim_end<'a>(texts: impl IntoIterator<Item = &'a mut String>) {
    texts.into_iter().for_each(|text| text.truncate(text.trim_end().len()));
}

fn in_one_area(rows: Vec<ResponsibilitiesRow>) -> Vec<ResponsibilitiesRow> {
    let mut areas: Vec<ResponsibilitiesRow> = Vec::new();
    for row in rows {
        match areas.last_mut() {
            Some(last) if last.area == row.area => last.statements.extend(row.statements),
            _ => areas.push(row),
        }
    }
    areas
}

impl ResponsibilitiesRow {
    fn each(&self) -> impl Iterator<Item = Responsibility> {
        let of_area =
            |statement: &String| Responsibility { area: self.area.clone(), statement: statement.clone() };
        self.statements.iter().map(of_area)
    }

    fn of(item: &Responsibility) -> Self {
        Self { area: item.area.clone(), statements: vec![item.statement.clone()] }
    }
}

impl RequirementRow {
    fn requirement(&self, skill_id: SkillId) -> RoleSkillRequirement {
        RoleSkillRequirement {
            skill_id,
            required_level: self.level,
            importance: self.importance,
            weight: self.weight(),
        }
    }

    fn of(item: &RoleSkillRequirement, skill: String) -> Self {
        Self { skill, level: item.required_level, importance: item.importance, weight: Some(item.weight) }
    }
}

impl QualificationRow {
    fn qualification(&self) -> Qualification {
        Qualification { kind: self.kind, statement: self.statement.clone(), min_years: self.min_years }
    }

    fn of(item: &Qualification) -> Self {
        Self { kind: item.kind, statement: item.statement.clone(), min_years: item.min_years }
    }
}

impl PracticeRow {
    fn practice(&self, skill_id: Option<SkillId>) -> Practice {
        Practice { topic: self.topic.clone(), statement: self.statement.clone(), skill_id }
    }

    fn of(item: &Practice, skill: Option<String>) -> Self {
        Self { topic: item.topic.clone(), statement: item.statement.clone(), skill }
    }
}

impl ChallengeRow {
    fn challenge(&self, skill_ids: Vec<SkillId>) -> Challenge {
        let (title, problem, resolution) =
            (self.title.clone(), self.problem.clone(), self.resolution.clone());
        Challenge { title, problem, resolution, skill_ids }
    }

    fn of(item: &Challenge, skills: Vec<String>) -> Self {
        let (title, problem, resolution) =
            (item.title.clone(), item.problem.clone(), item.resolution.clone());
        Self { title, problem, resolution, skills }
    }
}

impl MarketInsightRow {
    fn insight(&self) -> MarketInsight {
        MarketInsight {
            topic: self.topic,
            statement: self.statement.clone(),
            figure: self.figure.map(MarketFigureRow::figure),
            source: self.source.clone(),
            as_of: self.as_of,
        }
    }

    fn of(item: &MarketInsight) -> Self {
        Self {
            topic: item.topic,
            statement: item.statement.clone(),
            figure: item.figure.map(MarketFigureRow::of),
            source: item.source.clone(),
            as_of: item.as_of,
        }
    }
}

impl MarketFigureRow {
    fn figure(self) -> MarketFigure {
        let years = self.from_year.zip(self.to_year);
        MarketFigure { hundredths: self.value.0, unit: self.unit, precision: self.precision, years }
    }

    fn of(figure: MarketFigure) -> Self {
        Self {
            value: Hundredths(figure.hundredths),
            unit: figure.unit,
            precision: figure.precision,
            from_year: figure.years.map(|(from, _)| from),
            to_year: figure.years.map(|(_, to)| to),
        }
    }
}

impl SalaryBenchmarkRow {
    fn benchmark(&self) -> SalaryBenchmark {
        SalaryBenchmark {
            region: self.region.clone(),
            currency: self.currency.clone(),
            period: self.period,
            basis: self.basis,
            statistic: self.statistic,
            percentile: self.percentile,
            low_minor: self.low_minor,
            high_minor: self.high_minor,
            source: self.source.clone(),
            as_of: self.as_of,
        }
    }

    fn of(item: &SalaryBenchmark) -> Self {
        Self {
            region: item.region.clone(),
            currency: item.currency.clone(),
            period: item.period,
            basis: item.basis,
            statistic: item.statistic,
            percentile: item.percentile,
            low_minor: item.low_minor,
            high_minor: item.high_minor,
            source: item.source.clone(),
            as_of: item.as_of,
        }
    }
}

impl CareerPathRow {
    fn of(path: &CareerPath, to: &str) -> Self {
        Self { to: to.to_owned(), kind: path.kind, criteria: path.criteria.clone() }
    }
}
