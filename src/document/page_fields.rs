//! The table of front matter's fields: parsing, checks and the editors' reference follow from it.

use crate::fields::{Field, Kind};

/// The fields of a page's front matter.
pub const PAGE_FIELDS: &[Field] = &[
    Field {
        name: "title",
        kind: Kind::Text,
        help: "The page's title. The only field that is required.",
        example: "Prepare for a job interview in one evening",
    },
    Field {
        name: "description",
        kind: Kind::Text,
        help: "One sentence for listings, search engines and shared links.",
        example: "What to read, lay out and practise the night before.",
    },
    Field {
        name: "date",
        kind: Kind::Date,
        help: "The day of publication; until then the page is scheduled.",
        example: "2026-03-05",
    },
    Field {
        name: "updated",
        kind: Kind::Date,
        help: "The day of the last change that matters to readers.",
        example: "2026-09-14",
    },
    Field {
        name: "review_by",
        kind: Kind::Date,
        help: "The day by which somebody should read it again.",
        example: "2027-03-01",
    },
    Field {
        name: "expires",
        kind: Kind::Date,
        help: "The day from which the page is withdrawn.",
        example: "2027-12-31",
    },
    Field { name: "draft", kind: Kind::Flag, help: "Whether the page is kept back.", example: "true" },
    Field { name: "author", kind: Kind::List, help: "Who wrote it.", example: "Ayesha Siddiqui" },
    Field {
        name: "authors",
        kind: Kind::List,
        help: "Who wrote it, if several did.",
        example: "[Ayesha Siddiqui, Bilal Ahmed]",
    },
    Field {
        name: "topics",
        kind: Kind::List,
        help: "The topics it belongs to, the main one first.",
        example: "[interviews]",
    },
    Field { name: "tags", kind: Kind::List, help: "Further words to find it by.", example: "[phone, preparation]" },
    Field {
        name: "slug",
        kind: Kind::Text,
        help: "Its word in the address, if not the file's name.",
        example: "prepare-for-interview",
    },
    Field {
        name: "aliases",
        kind: Kind::List,
        help: "Old addresses from which readers are sent here: from the site's first page on, or as a browser shows them, without `?` and `#`.",
        example: "[/articles/interview-tips/]",
    },
    Field {
        name: "image",
        kind: Kind::Text,
        help: "A picture for shared links and cards, beside the file.",
        example: "desk.jpg",
    },
    Field {
        name: "weight",
        kind: Kind::number(-9_999_999_999, 9_999_999_999),
        help: "Its place in listings: small numbers first, then pages without one by date.",
        example: "10",
    },
    Field {
        name: "related",
        kind: Kind::List,
        help: "Pages to read next, as relative paths; chosen by likeness if left out.",
        example: "[video-interview.md]",
    },
    Field {
        name: "toc",
        kind: Kind::Flag,
        help: "Whether to show the list of contents; by default, where there are three headings.",
        example: "false",
    },
    Field {
        name: "schema",
        kind: Kind::Text,
        help: "What search engines are told that the page is: `article`, `faq` (its headings that are questions, with what stands below \
               them) or `howto` (the items of its numbered lists; where there are none, its parts). Left out, a page whose every part asks a question is `faq`.",
        example: "howto",
    },
    Field {
        name: "no_index",
        kind: Kind::Flag,
        help: "Whether search engines are asked to leave it out.",
        example: "true",
    },
    Field { name: "search", kind: Kind::Flag, help: "Whether the site's own search finds it.", example: "false" },
    Field {
        name: "allow",
        kind: Kind::Group,
        help: "Rules that this page may break, each with the reason.",
        example: "{ long-sentence: \"The law's own words\" }",
    },
    Field {
        name: "subject",
        kind: Kind::Text,
        help: "Letters: the subject line, with placeholders.",
        example: "\"Interview invitation for [job title]\"",
    },
    Field {
        name: "guidance",
        kind: Kind::Text,
        help: "Letters: when to use it and what to change, in Markdown.",
        example: "Send it within a day of the invitation.",
    },
    Field {
        name: "situations",
        kind: Kind::List,
        help: "Letters: in which situations a reader looks for it, as readers would say it.",
        example: "[You have an offer]",
    },
    Field {
        name: "fields",
        kind: Kind::Group,
        help: "Letters: more about placeholders, by name.",
        example: "{ interview date: { type: date } }",
    },
];

/// The fields that only a letter has.
pub const LETTER_FIELDS: &[&str] = &["subject", "guidance", "situations", "fields"];
