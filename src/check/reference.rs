//! The rules and their settings as a reference page in Markdown, made from the tables.

use super::rule_entry::Group;
use super::site_rules::TERMS_FIELDS;
use super::tables::GROUPS;
use crate::check::RuleEntry;
use crate::config::CHECK_FIELDS;
use crate::diagnostic::Severity;
use crate::fields::Field;

const HEAD: &str = "\
# Rules

`letterpress check` applies these rules; `letterpress build` and the preview do as well. An **error** keeps the site from being
published, a **warning** doesn't, and a rule that is **off** is applied once the site turns it on.

A site sets in `letterpress.toml` how much a rule matters to it:

```toml
[check.rules]
long-sentence = \"warning\"
bare-url = \"off\"
missing-alternative = \"error\"
```

One page may break a rule if its front matter says why:

```yaml
allow:
  long-sentence: The law's own words, which can't be cut
```
";

/// The reference page.
#[must_use]
pub fn reference() -> String {
    let groups: String = GROUPS.iter().map(group).collect();
    let terms = fields("content/terms.toml", "Terms that the site avoids.", TERMS_FIELDS);
    format!("{HEAD}{groups}{}{terms}", fields("Settings under `[check]`", "In `letterpress.toml`.", CHECK_FIELDS))
}

fn group(group: &Group) -> String {
    let rules: String = group.rules.iter().map(rule).collect();
    format!("\n## {}\n{rules}", group.title)
}

fn rule(entry: &RuleEntry) -> String {
    let severity = match entry.severity {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        None => "off",
    };
    let example = indented(entry.example);
    format!("\n### {} ({severity})\n\n{}\n\n{example}\n\n{}\n", entry.rule, entry.reason, entry.mend)
}

/// As a block of code, whose signs mean nothing to Markdown.
fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

fn fields(title: &str, help: &str, fields: &[Field]) -> String {
    format!("\n## {title}\n\n{help}\n{}", field_rows(fields, " ="))
}

/// A table of fields as a list: each as an editor would write it, what it takes, what it is for. `sign` is between key and value.
pub(crate) fn field_rows(fields: &[Field], sign: &str) -> String {
    let row = |field: &Field| {
        format!("\n- `{}{sign} {}` ({}): {}", field.name, field.example, field.kind.describe(), field.help)
    };
    fields.iter().map(row).collect::<String>() + "\n"
}
