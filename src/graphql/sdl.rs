//! The schema as text: the public contract. Prints, never writes a file.

use async_graphql::SDLExportOptions;

use crate::graphql::schema;

/// The schema in the schema definition language, sorted wherever order has no meaning; the values of
/// an enum keep theirs.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .federation()
        .include_specified_by()
        .sorted_fields()
        .sorted_arguments()
        .prefer_single_line_descriptions()
        .use_space_ident();
    let text = schema().finish().sdl_with_options(options);
    format!("{}\n", text.trim_end())
}
