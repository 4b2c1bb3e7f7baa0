//! Tables of fields → the reference for editors and theme authors, in Markdown.
//!
//! Every key in it comes from the table that also reads it, so that the reference can't promise what the program doesn't do. It reads no
//! site. The rules have their own page, [`crate::check::reference`].

use crate::check::reference::field_rows;
use crate::config::letter_fields::LETTER_FIELD_FIELDS;
use crate::config::{
    AUTHOR_FIELDS, CHECK_FIELDS, CONFIG_FIELDS, DEPLOY_FIELDS, IMAGE_FIELDS, LANGUAGE_FIELDS, LINK_FIELDS,
    LOCAL_AUTHOR_FIELDS, PUBLISHER_FIELDS, THEME_FIELDS,
};
use crate::document::{LETTER_FIELDS, PAGE_FIELDS};
use crate::fields::Field;

/// How Markdown is written here, with an example of each form.
const MARKDOWN: &str = include_str!("markdown.md");
/// How letters are written.
const LETTERS: &str = include_str!("letters.md");

/// What editors write: front matter, Markdown and letters.
#[must_use]
pub fn writing() -> String {
    let is_for_letters = |field: &&Field| LETTER_FIELDS.contains(&field.name);
    let of_pages: Vec<Field> = PAGE_FIELDS.iter().filter(|field| !is_for_letters(field)).copied().collect();
    let of_letters: Vec<Field> = PAGE_FIELDS.iter().filter(is_for_letters).copied().collect();
    format!(
        "# Writing\n\nA page begins with its front matter: YAML between two lines `---`, or TOML between two lines `+++`.\n\n\
         ## Front matter\n{}\n{MARKDOWN}\n{LETTERS}\n### Front matter of letters\n\nBeside that of other pages:\n{}\n\
         ### Fields of letters\n\nWhat may be said of a blank, under its name in `fields`:\n{}",
        field_rows(&of_pages, ":"),
        field_rows(&of_letters, ":"),
        field_rows(LETTER_FIELD_FIELDS, ":"),
    )
}

/// The reference of `letterpress.toml`.
#[must_use]
pub fn settings() -> String {
    let groups: [(&str, &str, &[Field]); 9] = [
        ("[publisher]", "Who publishes the site.", PUBLISHER_FIELDS),
        ("[[links]] and [[footer_links]]", "A link of the header or footer.", LINK_FIELDS),
        ("[authors.\"Name\"]", "More about an author.", AUTHOR_FIELDS),
        (
            "[languages.TAG]",
            "A further language, or more about the first. What it leaves out is the site's.",
            LANGUAGE_FIELDS,
        ),
        ("[languages.TAG.authors.\"Name\"]", "How the language presents an author.", LOCAL_AUTHOR_FIELDS),
        ("[letter_fields.\"blank\"]", "A blank that many letters have, said once.", LETTER_FIELD_FIELDS),
        ("[check]", "How the site is checked; the rules themselves are a page of their own.", CHECK_FIELDS),
        (
            "[deploy.NAME]",
            "Where `letterpress deploy NAME` sends the site. Credentials are no settings: they are read from the environment.",
            DEPLOY_FIELDS,
        ),
        ("[settings]", "The settings of the theme, as its `theme.toml` lists them.", &[]),
    ];
    let groups: String = groups.iter().map(|(title, about, fields)| section(title, about, fields)).collect();
    format!(
        "# Settings\n\n`letterpress.toml` is TOML. Only `title` is required.\n{}{groups}",
        field_rows(CONFIG_FIELDS, " =")
    )
}

/// What a theme is made of, and what its templates can see.
#[must_use]
pub fn themes() -> String {
    let theme = section("theme.toml", "What a theme says of itself.", THEME_FIELDS);
    let images = section("[pictures] in theme.toml", "How pictures are offered.", IMAGE_FIELDS);
    format!("{}{theme}{images}", crate::render::reference::templates())
}

fn section(title: &str, about: &str, fields: &[Field]) -> String {
    format!("\n## {title}\n\n{about}\n{}", field_rows(fields, " ="))
}
