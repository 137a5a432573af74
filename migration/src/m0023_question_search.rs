//! Finding questions by their words. The words are cut and written by the service (`domain`), so that
//! both databases index the same ones; the index follows `question_version.words` by itself.

use crate::change::{Change, Dialect};

pub(crate) const CHANGE: Change = Change {
    name: "m0023_question_search",
    up: |dialect| {
        match dialect {
            Dialect::Postgres => POSTGRES,
            Dialect::Sqlite => SQLITE,
        }
        .to_owned()
    },
    down: |dialect| {
        match dialect {
            Dialect::Postgres => DOWN_POSTGRES,
            Dialect::Sqlite => DOWN_SQLITE,
        }
        .to_owned()
    },
};

/// No parser of PostgreSQL looks at the words: each is a lexeme as it stands. Questions are written seldom and
/// looked for often, so that no search reads through what was not yet put in its place.
const POSTGRES: &str = "
CREATE INDEX question_version_words_idx ON question_version
    USING gin (array_to_tsvector(string_to_array(words, ' '))) WITH (fastupdate = off);
";

const DOWN_POSTGRES: &str = "
DROP INDEX question_version_words_idx;
";

/// The tokenizer keeps letters, digits and `_`, of which the words consist, and changes none. Places give
/// each version a number that stays: the hidden one of a table may change when the file is compacted.
const SQLITE: &str = "
CREATE TABLE question_search_place (
    place INTEGER PRIMARY KEY,
    question_version_id BLOB NOT NULL UNIQUE REFERENCES question_version (id)
) STRICT;
CREATE VIRTUAL TABLE question_search
    USING fts5(words, content = '', contentless_delete = 1, tokenize = \"unicode61 remove_diacritics 0 tokenchars '_'\");
CREATE TRIGGER question_version_words_insert AFTER INSERT ON question_version BEGIN
    INSERT INTO question_search_place (question_version_id) VALUES (NEW.id);
    INSERT INTO question_search (rowid, words)
        SELECT place, NEW.words FROM question_search_place WHERE question_version_id = NEW.id;
END;
CREATE TRIGGER question_version_words_update AFTER UPDATE OF words ON question_version BEGIN
    DELETE FROM question_search
        WHERE rowid = (SELECT place FROM question_search_place WHERE question_version_id = NEW.id);
    INSERT INTO question_search (rowid, words)
        SELECT place, NEW.words FROM question_search_place WHERE question_version_id = NEW.id;
END;
";

const DOWN_SQLITE: &str = "
DROP TRIGGER question_version_words_update;
DROP TRIGGER question_version_words_insert;
DROP TABLE question_search;
DROP TABLE question_search_place;
";
