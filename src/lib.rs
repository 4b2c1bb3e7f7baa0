//! Letterpress: a static site generator for advice sections.
//!
//! Data goes one way, through the passes in the order of this list; each returns its value and everything that is wrong, and none prints or
//! exits. [`pipeline::build`] is the only build: `letterpress build` starts it with an empty [`pipeline::Memo`], watch mode keeps the memo.
//!
//! | pass | takes → gives |
//! |---|---|
//! | [`collect`] | disk → [`collect::Sources`] |
//! | [`document`] | one source → [`document::Document`] |
//! | [`site`] | documents → [`site::Site`] |
//! | [`theme`] | theme's files → [`theme::Theme`] |
//! | [`images`] | image files → [`images::Images`]: clean, and at several widths |
//! | [`render`] | site and theme → pages |
//! | [`social_cards`] | titles → images for shared links |
//! | [`letters`] | letter → HTML and the files that readers take away |
//! | [`search`] | documents → index |
//! | [`check`] | site → diagnostics |
//! | [`publish`] | [`output::Output`] → `public/` |
//! | [`workspace::receipt`] | what the last build published, and from what |
//! | [`preview`] | changes → the browser |

pub mod check;
pub mod collect;
pub mod config;
pub mod deploy;
pub mod diagnostic;
pub mod document;
pub mod fields;
pub mod files;
pub mod images;
pub mod languages;
pub mod letters;
pub mod output;
pub mod pipeline;
pub mod preview;
pub mod publish;
pub mod reference;
pub mod render;
pub mod search;
pub mod site;
pub mod social_cards;
pub mod source;
pub mod starter;
pub mod storage;
pub mod text;
pub mod theme;
pub mod workspace;
