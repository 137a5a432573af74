//! The facts of the reference text on the role, each found in the profile of the Senior Python
//! Developer. Each fact names the row it stands in and the words or figures that carry it.

use std::collections::BTreeSet;

use crate::interchange::{demo::demo, profiles::ProfileRow};

/// The profile as one line a row, its kind first.
fn lines(profile: &ProfileRow) -> Vec<String> {
    let mut lines = vec![format!("summary {}", profile.summary)];
    for row in &profile.responsibilities {
        lines.extend(row.statements.iter().map(|said| format!("responsibility {}: {said}", row.area)));
    }
    lines.extend(profile.requirements.iter().map(|row| {
        format!("requirement {} {} {}", row.skill.value, row.level.value(), row.importance.as_str())
    }));
    lines.extend(profile.qualifications.iter().map(|row| {
        let years = row.min_years.as_ref().map_or(String::new(), |years| years.value.to_string());
        format!("qualification {} {} {years}", row.kind.as_str(), row.statement)
    }));
    lines.extend(profile.practices.iter().map(|row| format!("practice {}: {}", row.topic, row.statement)));
    lines.extend(
        profile
            .challenges
            .iter()
            .map(|row| format!("challenge {}: {} {}", row.title, row.problem, row.resolution)),
    );
    lines.extend(
        profile.market_insights.iter().map(|row| format!("market {} {}", row.topic.as_str(), row.statement)),
    );
    lines.extend(profile.salary_benchmarks.iter().map(|row| {
        let percentile = row.percentile.as_ref().map_or(String::new(), |at| at.value.to_string());
        format!(
            "salary {} {} {} {} {}{percentile} {}..{} {} {}",
            row.region,
            row.currency.value,
            row.period.as_str(),
            row.basis.as_str(),
            row.statistic.as_str(),
            row.low_minor.value,
            row.high_minor.value,
            row.source.value,
            row.as_of
        )
    }));
    lines.extend(
        profile
            .career_paths
            .iter()
            .map(|row| format!("path {} {} {}", row.to.value, row.kind.as_str(), row.criteria)),
    );
    lines
}

/// Each fact: fragments that stand in one line, parted by `…`.
const FACTS: &[&str] = &[
    // What the role is and answers for.
    "summary…designs, builds, maintains and improves…Python",
    "responsibility Technical expertise…high quality",
    "responsibility Design and development…efficient and scale",
    "responsibility Design and development…front-end components…performance",
    "responsibility Design and development…APIs, microservices and AI/ML models",
    "responsibility Leadership and mentorship…mentor junior developers",
    "responsibility Leadership and mentorship…best practices",
    "responsibility Leadership and mentorship…code reviews",
    "responsibility Collaboration and communication…cross-functional teams",
    "responsibility Collaboration and communication…business objectives…technical specifications",
    "responsibility Collaboration and communication…UX/UI designers",
    "responsibility Quality assurance and optimization…Review code",
    "responsibility Quality assurance and optimization…debug complex software issues",
    "responsibility Quality assurance and optimization…Optimize application performance",
    "responsibility Documentation and knowledge sharing…technical documentation",
    "responsibility Documentation and knowledge sharing…Share knowledge",
    "responsibility Technology adaptation and innovation…latest trends",
    "responsibility Technology adaptation and innovation…new tools, frameworks",
    "responsibility Technology adaptation and innovation…emerging technologies",
    "responsibility DevOps and cloud integration…continuous integration and deployment",
    "responsibility DevOps and cloud integration…Docker…Kubernetes",
    "responsibility DevOps and cloud integration…AWS, Azure, GCP",
    "responsibility Data management and security…database systems",
    "responsibility Data management and security…data security…industry standards",
    "responsibility Data management and security…pipelines and web scraping",
    "responsibility Project management…Estimate timelines…resources",
    "responsibility Project management…multiple projects",
    // What it asks for.
    "qualification EDUCATION Bachelor's or Master's degree in Computer Science, Engineering",
    "qualification EDUCATION Continuous learning…courses and certifications",
    "qualification EXPERIENCE…track record as a Python Developer…5",
    "qualification EXPERIENCE Strong portfolio…production-level",
    "qualification EXPERIENCE…web frameworks and RESTful API design",
    "qualification EXPERIENCE…AWS, Azure or GCP",
    "qualification CERTIFICATION",
    "qualification PREFERENCE…regulated industries…healthcare or finance",
    "qualification PREFERENCE…C++ or Java",
    "qualification PREFERENCE…mathematics…3D geometry",
    "requirement python 5 MUST",
    "requirement advanced-python 4 MUST",
    "requirement django",
    "requirement flask",
    "requirement fastapi",
    "requirement rest-api-design 4 MUST",
    "requirement relational-databases…MUST",
    "requirement nosql-databases…MUST",
    "requirement html-css",
    "requirement javascript",
    "requirement aws",
    "requirement azure",
    "requirement gcp",
    "requirement docker",
    "requirement kubernetes",
    "requirement git…MUST",
    "requirement tdd",
    "requirement unit-testing",
    "requirement code-review",
    "requirement technical-documentation",
    "requirement tensorflow",
    "requirement pytorch",
    "requirement leadership…MUST",
    "requirement mentoring…MUST",
    "requirement communication…MUST",
    "requirement problem-solving…MUST",
    "requirement analytical-thinking",
    "requirement agile",
    "requirement adaptability",
    "requirement time-management",
    "requirement emotional-intelligence",
    // How it works.
    "practice Code quality and standards…PEP 8",
    "practice Code quality and standards…docstrings and comments",
    "practice Code quality and standards…modules and packages",
    "practice Testing and security…pytest",
    "practice Testing and security…input validation and encryption",
    "practice Testing and security…Update dependencies",
    "practice Performance optimization…data structures and algorithms",
    "practice Performance optimization…parallel and concurrent",
    "practice Performance optimization…over-engineering",
    "practice Collaboration and version control…code reviews",
    "practice Collaboration and version control…version control",
    "practice Collaboration and version control…project management tools",
    "practice Continuous improvement…latest Python versions",
    "practice Continuous improvement…open-source",
    "practice Development environment…PyCharm or VSCode",
    "practice Development environment…formatting and quality checks",
    "practice Development environment…virtual environments",
    "practice Career development…decorators, generators and metaclasses",
    "practice Career development…Django, Flask, FastAPI, TensorFlow and PyTorch",
    "practice Career development…SMART",
    "practice Communication…not technical",
    "practice Leadership and teamwork…conflicts…feedback",
    "practice Emotional intelligence…empathy",
    // The eight challenges.
    "challenge Balancing technical and soft skills…communication, leadership and collaboration",
    "challenge Code maintainability…Readability and documentation…PEP 8…refactor",
    "challenge Testing and quality assurance…TDD…before the feature",
    "challenge Performance optimization…large-scale AI…profiling…concurrency",
    "challenge Keeping up with rapid advancements…conferences…online communities",
    "challenge Managing legacy code and dependencies…increments…dependency management tools",
    "challenge Security concerns…AI applications…Audit security…patches",
    "challenge Asynchronous programming…asyncio",
    // The market.
    "market DEMAND…versatile",
    "market DEMAND…web development, data science, AI, machine learning and automation",
    "market DEMAND…worldwide",
    "market DEMAND…AI and ML",
    "market SHORTAGE…significantly short",
    "market SHORTAGE…specific to their projects",
    "market INDUSTRY…healthcare, finance and technology",
    "market INDUSTRY…predictive modeling",
    "market TREND…nearly 10 %…2023 to 2024",
    "market TREND Remote work…global talent pool",
    "market FACTOR Location",
    "market FACTOR Years of experience",
    "market FACTOR…frameworks and libraries",
    "market FACTOR Industry sector",
    "market FACTOR Company size and type",
    // What it is paid, in cents.
    "salary North America USD HOUR BASE RANGE 11000..13000",
    "salary Europe USD HOUR BASE RANGE 6000..7500",
    "salary IN USD HOUR BASE RANGE 3000..4500",
    "salary US USD YEAR BASE RANGE 14197600..19500000",
    "salary US USD YEAR BASE MEAN 14197600..14197600 ZipRecruiter",
    "salary US USD YEAR BASE PERCENTILE25 12150000..12150000 ZipRecruiter",
    "salary US USD YEAR BASE PERCENTILE75 16350000..16350000 ZipRecruiter",
    "salary US USD YEAR BASE RANGE 12150000..18400000",
    "salary Santa Cruz, US-CA USD YEAR BASE MEAN 17468700",
    "salary Sunnyvale, US-CA USD YEAR BASE MEAN 17339000",
    "salary Livermore, US-CA USD YEAR BASE MEAN 17209300",
    "salary US USD YEAR TOTAL MEAN 16322800..16322800 Glassdoor",
    "salary US USD YEAR BASE RANGE 9533300..12237200 Salary.com",
    "salary US USD YEAR BASE RANGE 12000000..13000000",
    // Where it leads.
    "path technical-lead PROMOTION…complex systems",
    "path principal-engineer PROMOTION…high-level problem solving",
    "path engineering-manager TRACK_CHANGE…business objectives",
    "path project-manager TRACK_CHANGE…deliverables",
    "path consultant TRACK_CHANGE…diverse projects",
    "path entrepreneur TRACK_CHANGE…company or product",
];

#[test]
fn the_senior_python_developer_holds_every_fact_of_the_reference() {
    let demo = demo().unwrap();
    let profile = demo.profiles.iter().find(|row| row.key.as_str() == "senior-python-developer").unwrap();
    let lines = lines(profile);
    let holds = |fact: &str| {
        lines.iter().any(|line| {
            let mut rest = line.as_str();
            fact.split('…').enumerate().all(|(nth, part)| match rest.find(part) {
                Some(at) if nth > 0 || at == 0 => {
                    rest = rest.get(at + part.len()..).unwrap_or_default();
                    true
                }
                _ => false,
            })
        })
    };
    let missing: Vec<&&str> = FACTS.iter().filter(|fact| !holds(fact)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(FACTS.iter().collect::<BTreeSet<_>>().len() >= 60);
    assert_eq!(profile.challenges.len(), 8);
    assert_eq!(profile.salary_benchmarks.len(), 14);
}

#[test]
fn the_career_of_the_reference_leads_onto_three_tracks() {
    let demo = demo().unwrap();
    let track = |key: &str| demo.profiles.iter().find(|row| row.key.as_str() == key).unwrap().track;
    let profile = demo.profiles.iter().find(|row| row.key.as_str() == "senior-python-developer").unwrap();
    let tracks: BTreeSet<_> = profile.career_paths.iter().map(|path| track(&path.to)).collect();
    assert_eq!(tracks.len(), 3);
}
