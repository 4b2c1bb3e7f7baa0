//! Rules about files, settings and themes, which are reported by the pass that reads them.

use crate::check::{Find, Finding, RuleEntry, Whole};
use crate::diagnostic::{Rule, Severity};

const fn reported(
    rule: Rule,
    severity: Severity,
    reason: &'static str,
    example: &'static str,
    mend: &'static str,
) -> RuleEntry {
    RuleEntry { rule, severity: Some(severity), reason, example, mend, find: Find::Elsewhere }
}

/// A rule that the pass that reads the file reports as an error.
pub(crate) const fn error(rule: Rule, reason: &'static str, example: &'static str, mend: &'static str) -> RuleEntry {
    reported(rule, Severity::Error, reason, example, mend)
}

/// A rule that the pass that reads the file reports as a warning.
pub(crate) const fn warning(rule: Rule, reason: &'static str, example: &'static str, mend: &'static str) -> RuleEntry {
    reported(rule, Severity::Warning, reason, example, mend)
}

fn unpublished(whole: &Whole<'_>, diagnostics: &mut Vec<Finding>) {
    for (path, why) in whole.site.assets.all_unpublished() {
        diagnostics.push(Finding::new(format!("not published: {}", why.reason())).in_file(path).hint(why.hint(path)));
    }
}

pub(crate) const FILES: &[RuleEntry] = &[
    error(
        Rule::NotUtf8,
        "Text in another encoding reaches readers as question marks.",
        "a file saved as Windows-1252",
        "Save the file again with the encoding UTF-8.",
    ),
    warning(
        Rule::ControlCharacter,
        "A character that stands for no sign shows as a box or a question mark.",
        "a file saved as Windows-1252 and read as another encoding",
        "Write what was meant. `--fix` does it where that is certain.",
    ),
    error(
        Rule::UnreadableSite,
        "Nothing can be shown of a site whose folder or settings can't be read.",
        "a letterpress.toml that only its owner may read",
        "Give the file or folder the permission that the others have.",
    ),
    error(
        Rule::UnreadableFile,
        "A file that can't be read can't be published.",
        "a file that only its owner may read",
        "Give the file the permission that the others have.",
    ),
    error(
        Rule::UnreadableName,
        "An address can't be made of a name that isn't text.",
        "a name in a broken encoding",
        "Rename the file with letters, digits and hyphens.",
    ),
    error(
        Rule::FolderLoop,
        "A folder that holds itself would be read for ever.",
        "content/articles/back → content/",
        "Remove the link to the folder above.",
    ),
    RuleEntry {
        rule: Rule::UnpublishedFile,
        severity: Some(Severity::Warning),
        reason: "A file that is not meant for readers, or was meant as a page, is not copied to the site.",
        example: "content/articles/leave.md.txt",
        mend: "Rename the file, move it out of `content/`, or list it in `publish_files` in letterpress.toml.",
        find: Find::Whole(unpublished),
    },
    warning(
        Rule::DeepHtml,
        "A cleaner of HTML takes the longer the deeper tags lie in one another, and browsers give up beyond a few hundred.",
        "`<div>` six hundred times, never closed",
        "Close each tag, or write the page in Markdown.",
    ),
    error(
        Rule::InvalidYaml,
        "Front matter that can't be read says nothing.",
        "title: CVs: what to leave out",
        "Put text with a colon in quotes: `title: \"CVs: what to leave out\"`.",
    ),
    error(
        Rule::InvalidToml,
        "Settings that can't be read say nothing.",
        "title = Career advice",
        "Put text in double quotes: `title = \"Career advice\"`.",
    ),
    error(
        Rule::WrongType,
        "A value of another kind than its key takes would be lost.",
        "draft: maybe",
        "Write what the key takes: `draft: true`.",
    ),
    error(
        Rule::BadBaseUrl,
        "Feeds and shared links need the whole address.",
        "base_url = \"www.example.com\"",
        "Begin the address with https://.",
    ),
    error(
        Rule::UnknownRule,
        "A setting for a rule that isn't there does nothing.",
        "[check.rules]\nbroken-links = \"warning\"",
        "Use the code that messages show; `letterpress check --rules` lists them all.",
    ),
    error(
        Rule::MissingDictionary,
        "Spelling can't be checked against a dictionary that isn't there.",
        "dictionaries = { en = \"dictionaries/en\" }",
        "Name both files' common path, without `.dic`.",
    ),
    error(
        Rule::BadDictionary,
        "A dictionary that can't be read knows no word.",
        "a `.dic` file of another program",
        "Take the `.aff` and `.dic` files of a Hunspell dictionary.",
    ),
    warning(
        Rule::SearchSynonyms,
        "Synonyms that say nothing help no reader's search.",
        "synonyms = [[\"cv\"]]",
        "Give each list two words or more.",
    ),
    warning(
        Rule::ReplacedFile,
        "A file of the site's own may take away what Letterpress writes for hosts and readers.",
        "content/_headers, without the security headers",
        "Remove the file, or turn the rule off if you mean it.",
    ),
    warning(
        Rule::UnknownLanguage,
        "A translation into a language that the site does not have becomes a page of the first one.",
        "content/articles/pay.fr.md, where letterpress.toml has no [languages.fr]",
        "Add the language to letterpress.toml, or rename the file.",
    ),
];

pub(crate) const THEME: &[RuleEntry] = &[
    warning(
        Rule::MissingStrings,
        "Readers of a language should meet no English words.",
        "a site in French whose theme has no strings/fr.toml",
        "Copy strings/en.toml to strings/fr.toml in the site's own theme and translate it.",
    ),
    error(
        Rule::MissingTheme,
        "Without its theme a site can't be made.",
        "theme = \"defualt\"",
        "Name a folder of `themes/`, or `default`.",
    ),
    error(
        Rule::ThemeLoop,
        "Themes that extend each other have no beginning.",
        "`a` extends `b`, and `b` extends `a`",
        "Let one of them extend `default`.",
    ),
    error(
        Rule::MissingTemplate,
        "Every kind of page needs its template.",
        "a theme without `article.html` that extends none",
        "Add the template, or write `extends = \"default\"` in theme.toml.",
    ),
    error(
        Rule::TemplateError,
        "A template with a mistake can't make its pages.",
        "{{ page.titel }}",
        "Correct the template at the line that is shown.",
    ),
    error(
        Rule::BadSetting,
        "A setting with such signs could change more of the style than it names.",
        "accent = \"red; } body { display: none\"",
        "Write a plain value.",
    ),
    warning(
        Rule::UnknownSetting,
        "A setting that the theme doesn't have does nothing.",
        "[settings]\naccnet = \"#1f6f5c\"",
        "Use one of the settings in the theme's theme.toml.",
    ),
];
