//! The page of a kit: Markdown to HTML, and the template around it. What a text brings of HTML is shown as text, and
//! what it links to is only ever an address of the web.

use std::sync::LazyLock;

use askama::Template;
use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, prelude::BASE64_STANDARD};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

use crate::{
    domain::questions::{SkillRole, content::Criterion},
    views::question_sets::{Kit, KitItem, told},
};

/// How it looks, on a screen and on paper. It stands in the page, which loads nothing.
const STYLE: &str = include_str!("../../../templates/kit.css");

/// Allows this style and nothing else: no script, no image, no frame, no request.
pub(super) fn content_security_policy() -> &'static str {
    static POLICY: LazyLock<String> = LazyLock::new(|| {
        let hash = BASE64_STANDARD.encode(digest(&SHA256, STYLE.as_bytes()));
        format!(
            "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'"
        )
    });
    &POLICY
}

#[derive(Template)]
#[template(path = "kit.html")]
struct Page<'a> {
    style: &'static str,
    name: &'a str,
    role: Option<&'a str>,
    minutes: i32,
    warnings: Vec<String>,
    questions: Vec<Question<'a>>,
    /// Whether a question says more than stands on its sheet.
    to_read: bool,
}

/// One sheet.
struct Question<'a> {
    number: usize,
    title: String,
    key: &'a str,
    language: &'a str,
    section: Option<&'a str>,
    kind: &'static str,
    difficulty: i32,
    minutes: i32,
    required: bool,
    skills: Vec<String>,
    warnings: Vec<String>,
    stem: Html,
    follow_ups: Vec<Html>,
    expected_signals: Vec<Html>,
    red_flags: Vec<Html>,
    context: Option<Html>,
    sample_answer: Option<Html>,
    columns: Vec<Column>,
    criteria: Vec<Scored<'a>>,
}

/// One score of the scale; narrow when no criterion of the question says what it looks like.
struct Column {
    score: i32,
    anchored: bool,
}

/// A criterion with its scale, 1 to 5.
struct Scored<'a> {
    title: &'a str,
    skill: &'a str,
    required: bool,
    weight: Option<i32>,
    prompt: Html,
    scale: Vec<Step>,
}

struct Step {
    score: i32,
    behaviour: Option<Html>,
}

/// The page of a kit.
///
/// # Errors
/// What the template returns, which has nothing to fail on.
pub(super) fn page_of(kit: &Kit) -> Result<String, askama::Error> {
    let more =
        |item: &KitItem| item.version.body.context.is_some() || item.version.body.sample_answer.is_some();
    let page = Page {
        style: STYLE,
        name: &kit.set.name,
        role: kit.role.as_deref(),
        minutes: kit.minutes(),
        warnings: kit.warnings.iter().map(told).collect(),
        questions: kit.items.iter().enumerate().map(|(at, item)| question(at, item, kit)).collect(),
        to_read: kit.items.iter().any(more),
    };
    page.render()
}

fn question<'a>(at: usize, item: &'a KitItem, kit: &Kit) -> Question<'a> {
    let (place, body) = (&item.pinned.item, &item.version.body);
    let warnings = kit.warnings.iter().filter(|warning| warning.items.contains(&at));
    let skills = item.skills.iter().map(|(name, shown)| {
        let along = if shown.role == SkillRole::Secondary { ", along the way" } else { "" };
        format!("{name} (level {}{along})", shown.level.value())
    });
    let anchors = || item.criteria.iter().flat_map(|(_, criterion)| &criterion.anchors);
    let column = |score| Column { score, anchored: anchors().any(|anchor| anchor.score == score) };
    let lines = |lines: &[String]| lines.iter().map(|line| Html::line(line)).collect();
    Question {
        number: at + 1,
        title: item.title(),
        key: item.key(),
        language: &body.language,
        section: place.section.as_deref(),
        kind: body.kind.label(),
        difficulty: body.difficulty,
        minutes: place.minutes,
        required: place.required,
        skills: skills.collect(),
        warnings: warnings.map(told).collect(),
        stem: Html::of(&body.stem),
        follow_ups: lines(&body.follow_ups),
        expected_signals: lines(&body.expected_signals),
        red_flags: lines(&body.red_flags),
        context: body.context.as_deref().map(Html::of),
        sample_answer: body.sample_answer.as_deref().map(Html::of),
        columns: (1..=5).map(column).collect(),
        criteria: item.criteria.iter().map(|(skill, criterion)| scored(skill, criterion)).collect(),
    }
}

fn scored<'a>(skill: &'a str, criterion: &'a Criterion) -> Scored<'a> {
    let behaviour = |score| criterion.anchors.iter().find(|anchor| anchor.score == score);
    let step =
        |score| Step { score, behaviour: behaviour(score).map(|anchor| Html::line(&anchor.behaviour)) };
    Scored {
        title: &criterion.title,
        skill,
        required: criterion.required,
        weight: Some(criterion.weight).filter(|weight| *weight != 1),
        prompt: Html::line(&criterion.prompt),
        scale: (1..=5).map(step).collect(),
    }
}

/// HTML that was made of Markdown here, which the template puts in as it stands. Nothing else makes one.
struct Html(String);

impl askama::filters::HtmlSafe for Html {}

impl std::fmt::Display for Html {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl Html {
    /// A whole text.
    fn of(markdown: &str) -> Self {
        let parser = Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
        let mut out = String::with_capacity(markdown.len() * 3 / 2);
        html::push_html(&mut out, parser.filter_map(harmless));
        Self(out)
    }

    /// One line of a list: what would be its only paragraph stands without one.
    fn line(markdown: &str) -> Self {
        let Self(out) = Self::of(markdown);
        let inner = out.trim().strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
        match inner.filter(|inner| !inner.contains("<p>")) {
            Some(inner) => Self(inner.to_owned()),
            None => Self(out),
        }
    }
}

/// Raw HTML becomes the text it is written as, images their descriptions, and links lead nowhere but to the web.
fn harmless(event: Event<'_>) -> Option<Event<'_>> {
    Some(match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::HtmlBlock | Tag::Image { .. }) | Event::End(TagEnd::HtmlBlock | TagEnd::Image) => {
            return None;
        }
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let web = dest_url.starts_with("https://") || dest_url.starts_with("http://");
            let dest_url = if web { dest_url } else { "#".into() };
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_brings_no_html_no_image_and_no_address_but_of_the_web() {
        let fence = "<pre><code class=\"language-&quot;&gt;&lt;script&gt;\">x\n</code></pre>\n";
        for (markdown, html) in [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n"),
            ("![a *cat*](https://cats.example/cat.png)", "<p>a <em>cat</em></p>\n"),
            ("[go](javascript:alert(1))", "<p><a href=\"#\">go</a></p>\n"),
            ("[go](https://a.example/\"x)", "<p><a href=\"https://a.example/%22x\">go</a></p>\n"),
            ("`<i>`", "<p><code>&lt;i&gt;</code></p>\n"),
            ("&lt;img src=x onerror=y&gt;", "<p>&lt;img src=x onerror=y&gt;</p>\n"),
            ("```\"><script>\nx\n```", fence),
        ] {
            assert_eq!(Html::of(markdown).0, html, "{markdown}");
        }
    }

    #[test]
    fn a_line_is_no_paragraph_and_what_is_more_stays_whole() {
        assert_eq!(Html::line("Says *why*").0, "Says <em>why</em>");
        assert_eq!(Html::line("One\n\nTwo").0, "<p>One</p>\n<p>Two</p>\n");
        assert_eq!(Html::line("- One").0, "<ul>\n<li>One</li>\n</ul>\n");
    }
}
