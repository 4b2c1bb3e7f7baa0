//! The rules, in a file for each group: why a rule exists, an example, how to fix it, and the function that finds it.
//!
//! Adding a rule: its entry in the table of a group, and its function beside it.

pub(crate) mod dialects;
pub(crate) mod external_links;
pub(crate) mod footnotes;
pub(crate) mod front_matter;
pub(crate) mod images;
pub(crate) mod language;
pub(crate) mod letters;
pub(crate) mod links;
pub(crate) mod marks;
pub(crate) mod other_passes;
pub(crate) mod outline;
pub(crate) mod scripts;
pub(crate) mod spelling;
pub(crate) mod structure;
pub(crate) mod tables;
pub(crate) mod text_dates;
pub(crate) mod unclosed;
pub(crate) mod unmade;
pub(crate) mod upkeep;
pub(crate) mod weight;
pub(crate) mod wording;
