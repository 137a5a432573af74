//! The question bank's tables. Rows as they are stored; no rule lives here.

/// A stable entry of the bank.
pub mod question {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "question")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub key: String,
        pub category: String,
        pub category_key: String,
        pub owner_id: Option<Uuid>,
        pub licence: Option<String>,
        pub source_url: Option<String>,
        pub created_at: DateTimeUtc,
        pub latest_version_id: Uuid,
        pub approved_version_id: Option<Uuid>,
        pub asked_count: i32,
        pub last_used_at: Option<DateTimeUtc>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A word an entry is found by.
pub mod question_tag {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "question_tag")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub question_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub tag: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One edition; stored as DRAFT, with its content, and then moved by updates.
pub mod question_version {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "question_version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub question_id: Uuid,
        pub number: i32,
        pub status: String,
        pub author_id: Option<Uuid>,
        pub change_note: String,
        pub kind: String,
        pub difficulty: i32,
        pub seniority_from: Option<i32>,
        pub seniority_to: Option<i32>,
        pub language: String,
        pub expected_minutes: i32,
        pub stem: String,
        pub context: Option<String>,
        pub follow_ups: String,
        pub expected_signals: String,
        pub red_flags: String,
        pub sample_answer: Option<String>,
        pub weight_rationale: Option<String>,
        pub content_hash: String,
        pub words: String,
        pub created_at: DateTimeUtc,
        pub approved_at: Option<DateTimeUtc>,
        pub retired_at: Option<DateTimeUtc>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Who wrote to a version; all of them, since when.
pub mod question_version_writer {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "question_version_writer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub question_version_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Uuid,
        pub at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A skill that a version shows.
pub mod question_version_skill {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "question_version_skill")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub question_version_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub skill_id: Uuid,
        pub position: i32,
        pub level: i32,
        pub role: String,
        pub weight: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One thing that is scored.
pub mod rubric_criterion {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "rubric_criterion")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub question_version_id: Uuid,
        pub position: i32,
        pub key: String,
        pub title: String,
        pub prompt: String,
        pub skill_id: Uuid,
        pub weight: i32,
        pub required: bool,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a score looks like.
pub mod rubric_anchor {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "rubric_anchor")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub criterion_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub score: i32,
        pub behaviour: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A digest by which near duplicates are found.
pub mod question_fingerprint {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "question_fingerprint")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub digest: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub question_version_id: Uuid,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What two entries are to each other.
pub mod question_relation {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "question_relation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub from_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub to_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A reviewer's verdict.
pub mod question_review {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "question_review")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub question_version_id: Uuid,
        pub reviewer_id: Uuid,
        pub verdict: String,
        pub comments: String,
        pub at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Word that a version is known outside.
pub mod leak_report {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "leak_report")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub question_version_id: Uuid,
        pub reporter_id: Option<Uuid>,
        pub source: String,
        pub at: DateTimeUtc,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
