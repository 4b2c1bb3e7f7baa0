//! The typed settings of `letterpress.toml` and `theme.toml`, rule levels and image settings included.
//!
//! In: the text of a settings file. Out: its values, each checked against the table of its fields, and diagnostics. Reads no file.

mod base_url;
mod check_settings;
mod deploy;
pub(crate) mod letter_fields;
mod paper;
mod raw_html;
mod site;
mod theme;

pub use check_settings::{CHECK_FIELDS, CheckSettings};
pub use deploy::{DEPLOY_FIELDS, DeployCompress, DeploySettings, DeployTo};
pub use letter_fields::{FieldDeclaration, FieldType};
pub use paper::Paper;
pub use raw_html::RawHtml;
pub(crate) use site::parse;
pub use site::{
    AUTHOR_FIELDS, Author, CONFIG_FIELDS, Config, LANGUAGE_FIELDS, LINK_FIELDS, LOCAL_AUTHOR_FIELDS, LanguageConfig,
    Link, PUBLISHER_FIELDS, Publisher, base_url_fault,
};
pub use theme::{IMAGE_FIELDS, ImageSettings, NotAColour, THEME_FIELDS};
pub(crate) use theme::{read_images, read_plain};
