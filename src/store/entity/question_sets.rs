//! The tables of question sets. Rows as they are stored; no rule lives here.

/// A set of questions.
pub mod question_set {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "question_set")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
        pub name_key: String,
        pub purpose: String,
        pub status: String,
        pub role_profile_version_id: Option<Uuid>,
        pub author_id: Option<Uuid>,
        pub created_at: DateTimeUtc,
        pub published_at: Option<DateTimeUtc>,
        pub archived_at: Option<DateTimeUtc>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One place of a set.
pub mod question_set_item {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "question_set_item")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub question_set_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        pub section: Option<String>,
        pub question_version_id: Uuid,
        pub minutes: i32,
        pub required: bool,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
