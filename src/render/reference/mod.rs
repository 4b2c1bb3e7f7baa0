//! What templates can see, as a table: templates with the names that each starts from, and the records behind those names.
//!
//! [`templates`] makes the theme authors' reference from it. A test walks everything that a site answers beside the table, so that
//! neither has a field that the other lacks.

use Shape::{Flag, Html, List, Number, Optional, Record, Table, Text};

use crate::site::{HOST_FILES, HostFile};

/// What a template finds behind a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Text, which is escaped where it is shown.
    Text,
    /// HTML, which is not.
    Html,
    Number,
    Flag,
    /// Names that the site chose, with plain values.
    Table,
    /// A record of that name.
    Record(&'static str),
    List(&'static Shape),
    /// Or none.
    Optional(&'static Shape),
}

impl Shape {
    fn describe(self) -> String {
        match self {
            Text => "text".to_owned(),
            Html => "HTML".to_owned(),
            Number => "number".to_owned(),
            Flag => "true or false".to_owned(),
            Table => "names with values".to_owned(),
            Record(name) => format!("[{name}](#{name})"),
            List(inner) => format!("list of {}", inner.describe()),
            Optional(inner) => format!("{} or none", inner.describe()),
        }
    }
}

/// A name, what is behind it, and what that is for.
type Field = (&'static str, Shape, &'static str);

/// A template, what it makes, and the names that it starts from beside `site` and `view`.
#[derive(Clone, Copy)]
struct Template {
    name: &'static str,
    makes: &'static str,
    starts_from: &'static [Field],
}

/// A record that templates meet.
struct Entry {
    name: &'static str,
    about: &'static str,
    /// A record whose fields it has as well.
    extends: Option<&'static str>,
    fields: &'static [Field],
}

const OPTIONAL_TEXT: Shape = Optional(&Text);
const SUMMARIES: Shape = List(&Record("summary"));

const COMMON: &[Field] = &[
    ("site", Record("site"), "The site in the page's language."),
    ("view", Record("view"), "What every page has, whatever it shows."),
];

const PAGE: &[Field] = &[("page", Record("page"), "The page.")];
const LISTING: &[Field] = &[("listing", Record("listing"), "The page of the listing.")];
const FEED: &[Field] = &[("feed", Record("feed"), "The feed.")];

const fn template(name: &'static str, makes: &'static str, starts_from: &'static [Field]) -> Template {
    Template { name, makes, starts_from }
}

const REDIRECTS: &[Field] = &[("redirects", List(&Record("redirect")), "Old addresses.")];

/// Every template, in the order of the reference.
fn all_templates() -> impl Iterator<Item = Template> {
    let of_host = |file: &HostFile| Template {
        name: file.template,
        makes: file.about,
        starts_from: if file.has_redirects() { REDIRECTS } else { &[] },
    };
    PAGE_TEMPLATES.iter().copied().chain(HOST_FILES.iter().map(of_host)).chain(PROGRAM_TEMPLATES.iter().copied())
}

const PAGE_TEMPLATES: &[Template] = &[
    template(
        "home.html",
        "The first page of each language.",
        &[
            ("newest", SUMMARIES, "The newest articles."),
            ("newest_letters", SUMMARIES, "Letters by weight, then the newest."),
            ("content", Html, "The body of `content/_index.md`."),
        ],
    ),
    template("article.html", "An article.", PAGE),
    template("letter.html", "A letter with its form.", PAGE),
    template("page.html", "A page at the top of `content/`.", PAGE),
    template("section.html", "A page of a section's listing.", LISTING),
    template("letters.html", "The listing of letters.", LISTING),
    template("topic.html", "A page of a topic's listing.", LISTING),
    template("tag.html", "A page of a tag's listing.", LISTING),
    template("topics.html", "All topics.", &[("content", Html, "The body of `content/topics/_index.md`.")]),
    template("a-z.html", "Articles and letters by title.", &[("groups", List(&Record("initial")), "The initials.")]),
    template("search.html", "The search page.", &[]),
    template("404.html", "The page for addresses that don't exist.", &[]),
    template("feed.xml", "A feed, as Atom.", FEED),
    template("feed.json", "A feed, as JSON Feed.", FEED),
    template(
        "sitemap.xml",
        "The sitemap; of a site with more than 50,000 addresses its index, and each part.",
        &[
            ("entries", List(&Record("sitemap-entry")), "Its entries; none in an index."),
            ("parts", List(&Text), "The parts of an index, with scheme and host; none in a sitemap."),
        ],
    ),
    template("robots.txt", "What search engines may visit.", &[]),
];

/// Templates of files that programs read.
const PROGRAM_TEMPLATES: &[Template] = &[
    template("opensearch.xml", "The search, for browsers.", &[]),
    template("site.webmanifest", "The site, for browsers.", &[]),
    template(
        "redirect.html",
        "A page at an old address.",
        &[("to", Text, "The new address."), ("to_permalink", Text, "The same with scheme and host.")],
    ),
];

const fn entry(name: &'static str, about: &'static str, fields: &'static [Field]) -> Entry {
    Entry { name, about, extends: None, fields }
}

const ENTRIES: &[Entry] = &[
    entry(
        "site",
        "The site, in the language of the page.",
        &[
            ("title", Text, "The section's name."),
            ("description", Text, "One sentence; the title if there is none."),
            ("url", Text, "The first page of the language."),
            ("base_url", Text, "Scheme, host and base path."),
            ("language", Text, "The language's BCP 47 tag."),
            ("direction", Text, "`ltr` or `rtl`."),
            ("today", Text, "The day that counts as today."),
            ("publisher", Record("publisher"), "Who publishes the site."),
            ("links", List(&Record("link")), "The publisher's own site links."),
            ("footer_links", List(&Record("link")), "Links for the footer."),
            ("search_example", Text, "What readers could type into the empty search box; may be empty."),
            ("topics", List(&Record("topic")), "All topics with pages, by weight, then title."),
            ("featured_topics", List(&Record("topic")), "The topics that the site's settings name; else all."),
            ("sections", List(&Record("section")), "Sections at the top, by weight, then title."),
            ("languages", List(&Record("language")), "Languages that have pages."),
            ("settings", Table, "The theme's settings, with what the site overrides."),
            ("paper", Text, "`a4` or `letter`."),
            ("generator", Text, "The program's name and version."),
            ("search_index", OPTIONAL_TEXT, "The address of the search index."),
        ],
    ),
    entry(
        "publisher",
        "Who publishes the site.",
        &[
            ("name", Text, "The name in the page's language; the site's title if none is set."),
            ("url", OPTIONAL_TEXT, "The publisher's own site."),
            ("logo", OPTIONAL_TEXT, "The address of a logo."),
        ],
    ),
    entry(
        "link",
        "A link of the header or footer.",
        &[("label", Text, "Its words."), ("url", Text, "Where it leads.")],
    ),
    entry(
        "language",
        "A language, with an address in it: the first page, or the same page as this one.",
        &[
            ("code", Text, "The BCP 47 tag."),
            ("name", Text, "What its speakers call it."),
            ("direction", Text, "`ltr` or `rtl`."),
            ("url", Text, "The address."),
            ("permalink", Text, "The same with scheme and host."),
        ],
    ),
    entry(
        "view",
        "What every page has, whatever it shows.",
        &[
            (
                "kind",
                Text,
                "`home`, `article`, `letter`, `page`, `section`, `letters`, `topic`, `topics`, `tag`, `a-z`, `search` or `not-found`.",
            ),
            ("url", Text, "Its address."),
            ("permalink", Text, "The same with scheme and host."),
            ("title", Text, "Its title."),
            ("description", Text, "One sentence; may be empty."),
            ("no_index", Flag, "Whether search engines are asked to leave it out."),
            ("language", Text, "The BCP 47 tag."),
            ("direction", Text, "`ltr` or `rtl`."),
            ("published", OPTIONAL_TEXT, "The day of publication."),
            ("updated", OPTIONAL_TEXT, "The day of the last change."),
            ("image", OPTIONAL_TEXT, "The picture for shared links, with scheme and host."),
            (
                "card",
                OPTIONAL_TEXT,
                "The card for shared links, where there is no such picture: 1200 × 630 pixels, with scheme and host.",
            ),
            ("section", OPTIONAL_TEXT, "The address of the section at the top in which it lies."),
            ("breadcrumbs", List(&Record("crumb")), "The pages above it."),
            ("translations", List(&Record("language")), "The same page in the other languages."),
        ],
    ),
    entry("crumb", "A page above this one.", &[("title", Text, "Its title."), ("url", Text, "Its address.")]),
    entry(
        "summary",
        "A page in a list.",
        &[
            ("kind", Text, "`article`, `letter` or `page`."),
            ("title", Text, "The title."),
            ("description", Text, "One sentence; where there is none, how the page begins."),
            ("url", Text, "The address."),
            ("permalink", Text, "The same with scheme and host."),
            ("date", OPTIONAL_TEXT, "The day of publication, as 2026-03-05."),
            ("updated", OPTIONAL_TEXT, "The day of the last change."),
            ("authors", List(&Record("author")), "Who wrote it."),
            ("topics", List(&Record("topic-link")), "Its topics, the main one first."),
            ("tags", List(&Record("tag")), "Its tags."),
            ("image", Optional(&Record("image")), "Its picture."),
            ("minutes", Number, "How long it takes to read."),
            ("words", Number, "How many words it has."),
            ("section", Optional(&Record("crumb")), "The section that it stands in."),
            ("language", Text, "The BCP 47 tag."),
            ("weight", Optional(&Number), "Its place in listings."),
            ("fields", Number, "A letter: how many blanks it has."),
            ("files", Record("files"), "A letter: its files."),
            ("id", Text, "A name that no other page has."),
        ],
    ),
    Entry {
        name: "page",
        about: "A page of its own.",
        extends: Some("summary"),
        fields: &[
            ("parts", List(&Record("part")), "The body in order."),
            ("toc", List(&Record("heading")), "The headings of the second level, with those of the third."),
            ("show_toc", Flag, "Whether to show them."),
            ("review_by", OPTIONAL_TEXT, "The day by which somebody should read it again."),
            ("reviewed", OPTIONAL_TEXT, "The day on which somebody last changed or published it."),
            ("previous", Optional(&Record("summary")), "The page before it in its section."),
            ("next", Optional(&Record("summary")), "The page after it."),
            ("related", SUMMARIES, "Pages to read next."),
            ("letters", SUMMARIES, "Letters that it shows or links to, then others of its topic."),
            ("articles", SUMMARIES, "A letter: articles that show it or link to it, then others of its topic."),
            ("source", Text, "The path of its file."),
            ("letter", Optional(&Record("letter")), "A letter: the letter itself."),
            ("schema", Text, "What search engines are told that it is: `article`, `faq` or `howto`."),
            ("questions", List(&Record("question")), "A page that is `faq`: its questions."),
            ("steps", List(&Record("step")), "A page that is `howto`: its steps."),
        ],
    },
    Entry {
        name: "placed-letter",
        about: "A letter shown in an article.",
        extends: Some("summary"),
        fields: &[("letter", Record("letter"), "The letter itself, without a form.")],
    },
    entry(
        "author",
        "Who wrote a page.",
        &[("name", Text, "The name."), ("role", OPTIONAL_TEXT, "What the author does.")],
    ),
    entry(
        "topic-link",
        "A topic of a page.",
        &[("title", Text, "Its title."), ("url", Text, "Its address."), ("slug", Text, "Its word in the address.")],
    ),
    entry("tag", "A tag of a page.", &[("name", Text, "The tag."), ("url", Text, "Its listing.")]),
    entry(
        "image",
        "A picture for cards.",
        &[
            ("url", Text, "A version that every browser can show."),
            ("width", Optional(&Number), "Its width in pixels."),
            ("height", Optional(&Number), "Its height in pixels."),
            ("sources", List(&Record("source")), "The picture at several widths, the more modern kind first."),
        ],
    ),
    entry(
        "source",
        "A kind of a picture.",
        &[("type", Text, "The media type."), ("srcset", Text, "The value of HTML's attribute `srcset`.")],
    ),
    entry(
        "files",
        "The files in which a letter is taken away; for other pages none of them.",
        &[
            ("pdf", OPTIONAL_TEXT, "The address of the PDF."),
            ("docx", OPTIONAL_TEXT, "The address of the Word file."),
            ("txt", OPTIONAL_TEXT, "The address of the plain text."),
        ],
    ),
    entry(
        "part",
        "A stretch of a body: HTML, or a letter in place.",
        &[
            ("html", Html, "The HTML; empty for a letter."),
            ("letter", Optional(&Record("placed-letter")), "The letter."),
            ("title", OPTIONAL_TEXT, "What the article calls the letter."),
        ],
    ),
    entry(
        "heading",
        "A heading of a body.",
        &[
            ("id", Text, "Its anchor."),
            ("title", Text, "Its words."),
            ("level", Number, "2 or 3."),
            ("children", List(&Record("heading")), "The headings below it."),
        ],
    ),
    entry(
        "question",
        "A question that a page answers.",
        &[
            ("id", Text, "Its anchor."),
            ("question", Text, "The heading's words."),
            ("answer", Text, "The text below it, without markup."),
        ],
    ),
    entry(
        "step",
        "What a reader does next.",
        &[
            ("id", OPTIONAL_TEXT, "Its anchor, if it is a part of the page."),
            ("name", OPTIONAL_TEXT, "What it is called."),
            ("text", Text, "All its words, without markup."),
        ],
    ),
    entry(
        "letter",
        "A letter.",
        &[
            ("subject", Optional(&Html), "The subject line with its blanks."),
            ("html", Html, "The letter with its blanks."),
            ("guidance", Html, "When to use it and what to change."),
            ("fields", List(&Record("field")), "The blanks, for a form."),
            ("field_count", Number, "How many blanks there are."),
            ("choices_count", Number, "How many choices there are."),
            ("is_email", Flag, "Whether it is sent as an e-mail rather than on paper."),
        ],
    ),
    entry(
        "field",
        "A blank of a letter.",
        &[
            ("id", Text, "The same in every letter for the same name."),
            ("name", Text, "The placeholder's words."),
            ("label", Text, "What the form calls it."),
            ("type", Text, "`text`, `multiline`, `date`, `email`, `phone`, `choice` or `money`."),
            ("hint", Text, "A line under the label; may be empty."),
            ("example", Text, "An answer as it could look; may be empty."),
            ("suggestions", List(&Text), "Answers to take with one press."),
            ("choices", List(&Text), "The only answers."),
            ("required", Flag, "Whether the letter makes sense without it."),
            ("default", Text, "What it holds before the reader types; may be empty."),
            ("autocomplete", Text, "A token of HTML's attribute `autocomplete`; may be empty."),
            ("shared", Flag, "Whether other letters ask for the same."),
            ("optional", Flag, "Whether it stands for a part that a reader may leave out."),
        ],
    ),
    entry(
        "listing",
        "A page of a section's, topic's or tag's listing.",
        &[
            ("title", Text, "The listing's title."),
            ("description", Text, "One sentence; may be empty."),
            ("content", Html, "The introduction."),
            ("items", SUMMARIES, "The pages on this page of the listing."),
            ("total", Number, "How many pages the whole listing has."),
            ("page_number", Number, "Which page of the listing this is, from 1."),
            ("page_count", Number, "How many there are."),
            ("first_url", Text, "The first page of the listing."),
            ("previous_url", OPTIONAL_TEXT, "The page before."),
            ("next_url", OPTIONAL_TEXT, "The page after."),
            ("pages", List(&Record("page-link")), "The first, the last and the nearest pages."),
            ("groups", List(&Record("group")), "All pages by their main topic."),
            ("situations", List(&Record("situation")), "Letters by the situations that need them."),
            ("topic", Optional(&Record("topic")), "The topic, if it is a topic's."),
            ("tag", OPTIONAL_TEXT, "The tag, if it is a tag's."),
            ("feeds", Optional(&Record("feeds")), "The listing's feeds."),
        ],
    ),
    entry(
        "page-link",
        "A link to a page of a listing.",
        &[
            ("number", Number, "Its number."),
            ("url", Text, "Its address."),
            ("current", Flag, "Whether it is this one."),
        ],
    ),
    entry("feeds", "Addresses of feeds.", &[("atom", Text, "The Atom feed."), ("json", Text, "The JSON feed.")]),
    entry(
        "group",
        "Pages with the same main topic.",
        &[("topic", Optional(&Record("topic")), "The topic."), ("items", SUMMARIES, "The pages.")],
    ),
    entry(
        "situation",
        "A situation in which readers look for letters.",
        &[("title", Text, "The situation."), ("items", SUMMARIES, "The letters.")],
    ),
    entry(
        "topic",
        "A topic.",
        &[
            ("title", Text, "Its title."),
            ("slug", Text, "Its word in the address."),
            ("description", Text, "One sentence; may be empty."),
            ("url", Text, "Its address."),
            ("articles", Number, "How many articles it has."),
            ("letters", Number, "How many letters it has."),
            ("top", SUMMARIES, "Its most useful pages: two articles and a letter, where there are such."),
            ("latest", OPTIONAL_TEXT, "The day of its latest change."),
            ("content", Html, "Its introduction."),
        ],
    ),
    entry(
        "section",
        "A section.",
        &[
            ("kind", Text, "`section`."),
            ("title", Text, "Its title."),
            ("description", Text, "One sentence; may be empty."),
            ("url", Text, "Its address."),
            ("permalink", Text, "The same with scheme and host."),
            ("id", Text, "Its folder in `content/`."),
            ("letters", Flag, "Whether it holds letters."),
        ],
    ),
    entry(
        "initial",
        "Titles that begin alike.",
        &[("initial", Text, "The letter, `0–9` or `#`."), ("items", SUMMARIES, "The pages.")],
    ),
    entry(
        "feed",
        "A feed.",
        &[
            ("title", Text, "Its title."),
            ("description", Text, "One sentence; may be empty."),
            ("url", Text, "The page that lists the same, with scheme and host."),
            ("self_url", Text, "The Atom feed's own address."),
            ("self_json_url", Text, "The JSON feed's own address."),
            ("updated", Text, "When it last changed (RFC 3339)."),
            ("items", List(&Record("feed-item")), "The newest pages, the latest first."),
        ],
    ),
    entry(
        "feed-item",
        "A page in a feed.",
        &[
            ("id", Text, "Its lasting name."),
            ("title", Text, "Its title."),
            ("url", Text, "Its address, with scheme and host."),
            ("published", OPTIONAL_TEXT, "When it was published (RFC 3339)."),
            ("updated", OPTIONAL_TEXT, "When it last changed (RFC 3339)."),
            ("summary", Text, "One sentence."),
            ("authors", List(&Record("author")), "Who wrote it."),
            (
                "html",
                Text,
                "The body, with addresses that work elsewhere; escaped where it is shown, as feeds want it.",
            ),
        ],
    ),
    entry(
        "sitemap-entry",
        "A page that search engines may list.",
        &[
            ("permalink", Text, "Its address with scheme and host."),
            ("updated", OPTIONAL_TEXT, "The day of its last change."),
            ("alternates", List(&Record("alternate")), "The page in all languages, if there are several."),
        ],
    ),
    entry(
        "alternate",
        "A page in a language.",
        &[("code", Text, "The BCP 47 tag, or `x-default`."), ("permalink", Text, "Its address with scheme and host.")],
    ),
    entry(
        "redirect",
        "An old address.",
        &[
            ("from", Text, "The old address."),
            ("to", Text, "The new one."),
            ("path", Text, "The old address as it is before it is percent-encoded."),
            ("pattern", Text, "The same as a regular expression."),
            ("key", Text, "The same without the `/` at its head, as stores of objects name it."),
            ("to_key", Text, "The new address likewise."),
            ("is_folder", Flag, "Whether no page lives below the old address."),
        ],
    ),
];

/// A function or filter of templates: how it is written, and its result.
const FUNCTIONS: &[(&str, &str)] = &[
    (
        "t(\"minutes\", count=3)",
        "The theme's string of that name in the page's language, in the plural form that `count` asks for, with its values filled in.",
    ),
    (
        "asset(\"site.css\")",
        "The address of a file in the theme's `assets/`, under a name that changes with its content.",
    ),
    ("url(\"/a-z/\")", "An address of the site, under its base path and in the page's language."),
    (
        "shared(\"partials/entry.html\", item=site, level=3)",
        "Another template, rendered once for all pages that hand it the same: what every page has, or many lists. It knows `site` and the values that it is handed (records, text, numbers, true or false), not the page on which it stands.",
    ),
    (
        "shared(\"partials/entry.html\", items=newest, level=3)",
        "The same for a list: the template once for each of it, which it is handed as `item`, on lines of their own.",
    ),
    ("\"2026-03-05\"|date", "The day as the page's language writes it: 5 March 2026."),
    ("12|number", "The number in the digits of the page's language."),
    ("\"/a-z/\"|absolute", "The address with the site's scheme and host."),
    ("url(\"/a-z/\")|decoded", "The address without percent signs, as hosts compare it with the paths in their rules."),
    ("url(\"/a-z/\")|pattern", "The same as a regular expression that matches nothing else."),
    ("\"text\"|xml_text", "The text without the characters that XML does not allow."),
];

const HEAD: &str = "\
# Templates

A theme is a folder `themes/NAME/` with `theme.toml`, `templates/`, `assets/` and `strings/`. With `extends = \"default\"` in its
`theme.toml`, every file that it lacks is taken from the default theme, so a site changes one template by adding one file. Templates are
written in the language of Jinja. They are strict: a name that does not exist is an error at its line.

A template has at most 256 kB of code, 8 kB between two braces, and 500 `elif`; the text around the code may be of any length. A page that
takes too much work or memory, and templates that call each other in a circle, are errors at their line. There is no `namespace`: collect text
with `{% set name %}…{% endset %}`, or pick from a list with `selectattr`, `map` and `first`.

Text is escaped where it is shown; HTML is not. Days are text such as `2026-03-05`. What is *none* is false in a condition.
";

/// The reference of templates, in Markdown.
pub(crate) fn templates() -> String {
    let made: String = all_templates().map(|template| template_text(&template)).collect();
    let functions: String = FUNCTIONS.iter().map(|(call, gives)| format!("- `{call}`: {gives}\n")).collect();
    let entries: String = ENTRIES.iter().map(entry_text).collect();
    format!(
        "{HEAD}\n## What each template starts from\n\nAll of them start from these:\n\n{}\n{made}\n## Functions and filters\n\n\
         Beside those of Jinja:\n\n{functions}\n## Records\n{entries}",
        fields_text(COMMON)
    )
}

fn template_text(template: &Template) -> String {
    format!("### {}\n\n{}\n\n{}\n", template.name, template.makes, fields_text(template.starts_from))
        .replace("\n\n\n", "\n\n")
}

fn entry_text(entry: &Entry) -> String {
    let extends =
        entry.extends.map_or_else(String::new, |name| format!(" It has the fields of [{name}](#{name}) as well."));
    format!("\n### {}\n\n{}{extends}\n\n{}", entry.name, entry.about, fields_text(entry.fields))
}

fn fields_text(fields: &[Field]) -> String {
    fields.iter().map(|(name, shape, help)| format!("- `{name}` ({}): {help}\n", shape.describe())).collect()
}

#[cfg(test)]
pub(super) mod tests;
