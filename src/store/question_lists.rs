//! Lists of questions: the bank, filtered and searched, and the versions of an entry.

use std::collections::BTreeSet;

use sea_orm::FromQueryResult;

use crate::{
    auth::Scope,
    domain::{
        choices::choices,
        ids::{QuestionId, QuestionKind as QuestionIdKind, SkillId},
        levels::Level,
        policy::reach::{self, QuestionReach},
        questions::{Question, QuestionKind, QuestionVersion, QuestionVersionStatus, words},
        text::fold,
        time::Timestamp,
    },
    store::{
        Cursor, Page, PageRequest, Reader, SortKey, StoreError,
        paging::Keyset,
        questions::{
            QUESTION_COLUMNS, QUESTION_TABLES, QuestionRow, VERSION_COLUMNS, VersionRow, has_words, within,
            written_by,
        },
        rows::{PageOf, uuids},
        sql::Sql,
    },
};

/// Which questions a list holds. Conditions hold of the version that the list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct QuestionFilter {
    /// Each word begins a word of the question.
    pub text: Option<String>,
    /// Shows one of these skills; a merged one is what it reads as.
    pub skill_ids: Option<Vec<SkillId>>,
    /// Shows one of them at this level or above.
    pub min_level: Option<Level>,
    /// Shows one of them at this level or below.
    pub max_level: Option<Level>,
    /// Of one of these kinds; any when empty.
    pub kinds: Vec<QuestionKind>,
    /// Of one of these difficulties; any when empty.
    pub difficulties: Vec<i32>,
    /// In one of these states; any when empty. APPROVED alone asks for the approved versions, whoever asks.
    pub statuses: Vec<QuestionVersionStatus>,
    /// In one of these languages; any when empty.
    pub languages: Vec<String>,
    /// With all of these tags.
    pub tags: Vec<String>,
    /// Of this category, compared folded.
    pub category: Option<String>,
    /// Takes at least so many minutes.
    pub min_minutes: Option<i32>,
    /// Takes at most so many minutes.
    pub max_minutes: Option<i32>,
    /// Not asked since then, or never.
    pub not_used_since: Option<Timestamp>,
    /// Written to by the viewer; then the list shows the latest versions.
    pub mine: bool,
}

choices! {
    /// What questions can be ordered by.
    QuestionOrderField {
        /// The stable name.
        Key = "KEY",
        /// When it was entered.
        CreatedAt = "CREATED_AT",
        /// How often it was asked.
        AskedCount = "ASKED_COUNT",
    }
}

/// How a list of questions is ordered: by name, unless told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct QuestionOrder {
    /// By what.
    pub field: QuestionOrderField,
    /// The other way round.
    pub descending: bool,
}

impl Default for QuestionOrder {
    fn default() -> Self {
        Self { field: QuestionOrderField::Key, descending: false }
    }
}

/// An entry with the version that a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedQuestion {
    /// The entry.
    pub question: Question,
    /// The version.
    pub version: QuestionVersion,
}

#[derive(FromQueryResult)]
struct ListedRow {
    #[sea_orm(nested)]
    question: QuestionRow,
    #[sea_orm(nested)]
    version: VersionRow,
}

impl Reader {
    /// A page of the bank: to those who edit it the latest version of each entry, to those who ask it the
    /// approved one, and so to all who want nothing but what is approved.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn questions_page(
        &self,
        scope: &Scope,
        filter: &QuestionFilter,
        order: QuestionOrder,
        page: &PageRequest,
    ) -> Result<Page<ListedQuestion>, StoreError> {
        // What `within` says, for the versions that a list shows: it sees more of no other version.
        let approved = ("q.approved_version_id", "v.status = 'APPROVED'");
        let wants_approved = filter.statuses == [QuestionVersionStatus::Approved];
        let (shown, seen) = match reach::questions(scope.claims(), scope.standing()) {
            QuestionReach::Nothing => ("q.latest_version_id", "1 = 0"),
            QuestionReach::Asked { .. } if !filter.mine => approved,
            QuestionReach::All if wants_approved && !filter.mine => approved,
            QuestionReach::All | QuestionReach::Asked { .. } => ("q.latest_version_id", "1 = 1"),
        };
        let mut sql = self.sql(&format!(
            "SELECT {QUESTION_COLUMNS}, {VERSION_COLUMNS} FROM {QUESTION_TABLES} \
             JOIN question_version v ON v.id = {shown} WHERE {seen}"
        ));
        if filter.mine {
            sql.push(" AND ");
            written_by(&mut sql, scope.person_id());
        }
        self.narrow(&mut sql, scope, filter);
        let (column, place) = keyed(order.field);
        Keyset { column, id: "q.id", descending: order.descending }.window(&mut sql, page);
        Page::of(self.all::<ListedRow>(sql).await?, page, |row| place(&row.question)).try_map(|row| {
            Ok(ListedQuestion { question: row.question.question(), version: row.version.version()? })
        })
    }

    /// A page of the versions of each entry that the viewer sees, by number.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn versions_of_questions(
        &self,
        scope: &Scope,
        questions: &[QuestionId],
        filter: &QuestionVersionFilter,
        order: QuestionVersionOrder,
        page: &PageRequest,
    ) -> Result<PageOf<QuestionIdKind, QuestionVersion>, StoreError> {
        let keyset = Keyset { column: "v.number", id: "v.id", descending: order.descending };
        let mut sql = self.sql(&keyset.open_each(VERSION_COLUMNS, "v.question_id", page));
        sql.push("FROM question_version v WHERE ").one_of("v.question_id", uuids(questions)).push(" AND ");
        within(&mut sql, scope);
        if !filter.statuses.is_empty() {
            sql.push(" AND ").one_of_text("v.status", filter.statuses.iter().map(|status| status.as_str()));
        }
        keyset.close_each(&mut sql, page);
        let place = |row: &VersionRow| Cursor { key: SortKey::Number(row.number.into()), id: row.version_id };
        let lists = Page::each(self.all(sql).await?, page, |row: &VersionRow| row.question_id, place);
        lists
            .into_iter()
            .map(|(id, list)| Ok((QuestionId::from_uuid(id), list.try_map(VersionRow::version)?)))
            .collect()
    }

    fn narrow(&self, sql: &mut Sql, scope: &Scope, filter: &QuestionFilter) {
        if let Some(text) = &filter.text {
            let words = words::searched(text);
            sql.push(" AND ");
            if words.is_empty() {
                sql.push("1 = 0");
            } else {
                has_words(sql, self.backend(), &words);
            }
        }
        by_skill(sql, scope, filter);
        for (column, names) in [
            ("v.kind", filter.kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>()),
            ("v.status", filter.statuses.iter().map(|status| status.as_str()).collect()),
            ("v.language", filter.languages.iter().map(String::as_str).collect()),
        ] {
            if !names.is_empty() {
                sql.push(" AND ").one_of_text(column, names);
            }
        }
        if !filter.difficulties.is_empty() {
            let digits: Vec<String> = filter.difficulties.iter().map(ToString::to_string).collect();
            sql.push(" AND ").one_of_text("CAST(v.difficulty AS text)", digits.iter().map(String::as_str));
        }
        with_tags(sql, &filter.tags);
        if let Some(category) = &filter.category {
            sql.push(" AND q.category_key = ").bind(fold(category));
        }
        for (minutes, sign) in [(filter.min_minutes, ">="), (filter.max_minutes, "<=")] {
            if let Some(minutes) = minutes {
                sql.push(&format!(" AND v.expected_minutes {sign} ")).bind(minutes);
            }
        }
        if let Some(since) = filter.not_used_since {
            sql.push(" AND (q.last_used_at IS NULL OR q.last_used_at < ").bind(since).push(")");
        }
    }
}

/// Which versions of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct QuestionVersionFilter {
    /// In one of these states; any when empty.
    pub statuses: Vec<QuestionVersionStatus>,
}

/// How versions are ordered: by number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct QuestionVersionOrder {
    /// The newest first.
    pub descending: bool,
}

/// By the first tag the planner finds its way; the others are counted, so that the statement does not grow by
/// a table a tag. A tag stands once at a question.
fn with_tags(sql: &mut Sql, tags: &[String]) {
    let mut others: BTreeSet<&str> = tags.iter().map(String::as_str).collect();
    let Some(first) = others.pop_first() else { return };
    sql.push(" AND q.id IN (SELECT t.question_id FROM question_tag t WHERE t.tag = ").bind(first.to_owned());
    sql.push(")");
    let count = i64::try_from(others.len()).unwrap_or(i64::MAX);
    if count > 0 {
        sql.push(" AND (SELECT COUNT(*) FROM question_tag t WHERE t.question_id = q.id AND ");
        sql.one_of_text("t.tag", others).push(") = ").bind(count);
    }
}

fn by_skill(sql: &mut Sql, scope: &Scope, filter: &QuestionFilter) {
    let levels = [(filter.min_level, ">="), (filter.max_level, "<=")];
    if filter.skill_ids.is_none() && levels.iter().all(|(level, _)| level.is_none()) {
        return;
    }
    sql.push(" AND EXISTS (SELECT 1 FROM question_version_skill k WHERE k.question_version_id = v.id");
    if let Some(skills) = &filter.skill_ids {
        // The skills first: a condition on what each of them reads as would be asked of every question.
        sql.push(" AND k.skill_id IN (");
        for (way, union) in [("s.id", ""), ("s.merged_into", " UNION ALL ")] {
            sql.push(&format!(
                "{union}SELECT s.id FROM skill s WHERE {way} IN \
                 (SELECT COALESCE(x.merged_into, x.id) FROM skill x WHERE "
            ));
            sql.one_of("x.id", uuids(skills)).push(")");
            super::skills::within(sql, scope);
        }
        sql.push(")");
    }
    for (level, sign) in levels {
        if let Some(level) = level {
            sql.push(&format!(" AND k.level {sign} ")).bind(i32::from(level.value()));
        }
    }
    sql.push(")");
}

fn keyed(field: QuestionOrderField) -> (&'static str, fn(&QuestionRow) -> Cursor) {
    match field {
        QuestionOrderField::Key => {
            ("q.key", |row| Cursor { key: SortKey::Text(row.entry_key.clone()), id: row.entry_id })
        }
        QuestionOrderField::CreatedAt => {
            ("q.created_at", |row| Cursor { key: SortKey::Time(row.entered_at), id: row.entry_id })
        }
        QuestionOrderField::AskedCount => {
            ("q.asked_count", |row| Cursor { key: SortKey::Number(row.asked_count.into()), id: row.entry_id })
        }
    }
}
