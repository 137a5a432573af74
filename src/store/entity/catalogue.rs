//! The skill catalogue's tables: categories, skills, their names, relations, references and merges. Rows as they are stored; no rule lives here.

/// A node of the category tree.
pub mod skill_category {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "skill_category")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
        pub name_key: String,
        pub slug: String,
        pub parent_id: Option<Uuid>,
        pub position: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A skill.
pub mod skill {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "skill")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
        pub name_key: String,
        pub slug: String,
        pub description: String,
        pub kind: String,
        pub category_id: Uuid,
        pub owner_id: Option<Uuid>,
        pub proposed_by: Option<Uuid>,
        pub status: String,
        pub merged_into: Option<Uuid>,
        pub review_interval_days: Option<i32>,
        pub expires_after_days: Option<i32>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Another name of a skill.
pub mod skill_alias {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "skill_alias")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub skill_id: Uuid,
        pub alias: String,
        pub alias_key: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A name or alias that one living skill holds.
pub mod skill_name {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "skill_name")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name_key: String,
        pub skill_id: Uuid,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A directed relation between two skills.
pub mod skill_relation {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "skill_relation")]
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

/// A skill's counterpart in a public taxonomy.
pub mod external_ref {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "external_ref")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub skill_id: Uuid,
        pub scheme: String,
        pub uri: String,
        pub scheme_version: String,
        pub match_kind: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A redirect, until it is undone.
pub mod skill_merge {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "skill_merge")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub from_id: Uuid,
        pub into_id: Uuid,
        pub at: DateTimeUtc,
        pub undone_at: Option<DateTimeUtc>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a level looks like for one skill; `examples` is a JSON array of strings.
pub mod skill_level_descriptor {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "skill_level_descriptor")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub skill_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub level: i32,
        pub behaviour: String,
        pub examples: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
