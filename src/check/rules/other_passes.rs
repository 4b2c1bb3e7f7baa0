//! Rules about files, settings and themes, which are told by the pass that reads them.

use crate::check::{Find, Rule, Whole, breach};
use crate::diagnostic::{Diagnostic, Severity};

const fn told(
    code: &'static str,
    severity: Severity,
    reason: &'static str,
    example: &'static str,
    mend: &'static str,
) -> Rule {
    Rule { code, severity: Some(severity), reason, example, mend, find: Find::Elsewhere }
}

/// A rule whose breaches the pass that reads the file tells as errors.
pub(crate) const fn error(code: &'static str, reason: &'static str, example: &'static str, mend: &'static str) -> Rule {
    told(code, Severity::Error, reason, example, mend)
}

/// A rule whose breaches the pass that reads the file tells as warnings.
pub(crate) const fn warning(
    code: &'static str,
    reason: &'static str,
    example: &'static str,
    mend: &'static str,
) -> Rule {
    told(code, Severity::Warning, reason, example, mend)
}

fn unpublished(whole: &Whole<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (path, why) in whole.site.assets.all_unpublished() {
        diagnostics.push(breach(format!("not published: {}", why.reason())).in_file(path).hint(why.hint(path)));
    }
}

pub(crate) const FILES: &[Rule] = &[
    error(
        "not-utf8",
        "Text in another encoding reaches readers as question marks.",
        "a file saved as Windows-1252",
        "Save the file again with the encoding UTF-8.",
    ),
    warning(
        "control-character",
        "A character that stands for no sign shows as a box or a question mark.",
        "a file saved as Windows-1252 and read as another encoding",
        "Write what was meant. `--fix` does it where that is certain.",
    ),
    error(
        "unreadable-site",
        "Nothing can be shown of a site whose folder or settings can't be read.",
        "a letterpress.toml that only its owner may read",
        "Give the file or folder the permission that the others have.",
    ),
    error(
        "unreadable-file",
        "A file that can't be read can't be published.",
        "a file that only its owner may read",
        "Give the file the permission that the others have.",
    ),
    error(
        "unreadable-name",
        "An address can't be made of a name that isn't text.",
        "a name in a broken encoding",
        "Rename the file with letters, digits and hyphens.",
    ),
    error(
        "folder-loop",
        "A folder that holds itself would be read for ever.",
        "content/articles/back → content/",
        "Remove the link to the folder above.",
    ),
    Rule {
        code: "unpublished-file",
        severity: Some(Severity::Warning),
        reason: "A file that is not meant for readers, or was meant as a page, is not copied to the site.",
        example: "content/articles/leave.md.txt",
        mend: "Rename the file, move it out of `content/`, or list it in `publish_files` in letterpress.toml.",
        find: Find::Whole(unpublished),
    },
    warning(
        "deep-html",
        "A cleaner of HTML takes the longer the deeper tags lie in one another, and browsers give up beyond a few hundred.",
        "`<div>` six hundred times, never closed",
        "Close each tag, or write the page in Markdown.",
    ),
    error(
        "invalid-yaml",
        "Front matter that can't be read says nothing.",
        "title: CVs: what to leave out",
        "Put text with a colon in quotes: `title: \"CVs: what to leave out\"`.",
    ),
    error(
        "invalid-toml",
        "Settings that can't be read say nothing.",
        "title = Career advice",
        "Put text in double quotes: `title = \"Career advice\"`.",
    ),
    error(
        "wrong-type",
        "A value of another kind than its key takes would be lost.",
        "draft: maybe",
        "Write what the key takes: `draft: true`.",
    ),
    error(
        "bad-base-url",
        "Feeds and shared links need the whole address.",
        "base_url = \"www.example.com\"",
        "Begin the address with https://.",
    ),
    error(
        "unknown-rule",
        "A setting for a rule that isn't there does nothing.",
        "[check.rules]\nbroken-links = \"warning\"",
        "Use the code that messages show; `letterpress check --rules` lists them all.",
    ),
    error(
        "missing-dictionary",
        "Spelling can't be checked against a dictionary that isn't there.",
        "dictionaries = { en = \"dictionaries/en\" }",
        "Name both files' common path, without `.dic`.",
    ),
    error(
        "bad-dictionary",
        "A dictionary that can't be read knows no word.",
        "a `.dic` file of another program",
        "Take the `.aff` and `.dic` files of a Hunspell dictionary.",
    ),
    warning(
        "search-synonyms",
        "Synonyms that say nothing help no reader's search.",
        "synonyms = [[\"cv\"]]",
        "Give each list two words or more.",
    ),
    warning(
        "replaced-file",
        "A file of the site's own may take away what Letterpress writes for hosts and readers.",
        "content/_headers, without the security headers",
        "Remove the file, or turn the rule off if you mean it.",
    ),
    warning(
        "unknown-language",
        "A translation into a language that the site does not have becomes a page of the first one.",
        "content/articles/pay.fr.md, where letterpress.toml has no [languages.fr]",
        "Add the language to letterpress.toml, or rename the file.",
    ),
];

pub(crate) const THEME: &[Rule] = &[
    warning(
        "missing-strings",
        "Readers of a language should meet no English words.",
        "a site in French whose theme has no strings/fr.toml",
        "Copy strings/en.toml to strings/fr.toml in the site's own theme and translate it.",
    ),
    error(
        "missing-theme",
        "Without its theme a site can't be made.",
        "theme = \"defualt\"",
        "Name a folder of `themes/`, or `default`.",
    ),
    error(
        "theme-loop",
        "Themes that extend each other have no beginning.",
        "`a` extends `b`, and `b` extends `a`",
        "Let one of them extend `default`.",
    ),
    error(
        "missing-template",
        "Every kind of page needs its template.",
        "a theme without `article.html` that extends none",
        "Add the template, or write `extends = \"default\"` in theme.toml.",
    ),
    error(
        "template-error",
        "A template with a mistake can't make its pages.",
        "{{ page.titel }}",
        "Correct the template at the line that is shown.",
    ),
    error(
        "bad-setting",
        "A setting with such signs could change more of the style than it names.",
        "accent = \"red; } body { display: none\"",
        "Write a plain value.",
    ),
    warning(
        "unknown-setting",
        "A setting that the theme doesn't have does nothing.",
        "[settings]\naccnet = \"#1f6f5c\"",
        "Use one of the settings in the theme's theme.toml.",
    ),
];
