//! Diagnostics as one SARIF 2.1.0 log (OASIS, docs.oasis-open.org/sarif/sarif/v2.1.0), which code hosts and editors take in.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Diagnostic, Location, Position, Replacement, Severity};

/// A rule in a log (§ 3.49).
#[derive(Debug, Clone, Copy)]
pub struct SarifRule {
    /// The rule's code.
    pub code: &'static str,
    /// Why it is there.
    pub reason: &'static str,
    /// How to fix what breaks it.
    pub mend: &'static str,
}

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What a URI's path can't hold as it is (RFC 3986 § 3.3), `/` aside.
const NOT_IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// All diagnostics as one log. `folder` is the site's folder from the repository's, empty or with `/` at its end.
#[must_use]
pub fn render_sarif(diagnostics: &[Diagnostic], rules: &[SarifRule], folder: &str) -> String {
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Letterpress",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": diagnostics.iter().map(|diagnostic| result(diagnostic, rules, folder)).collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}")
}

fn rule(rule: &SarifRule) -> Value {
    json!({ "id": rule.code, "shortDescription": { "text": rule.reason }, "help": { "text": rule.mend } })
}

fn result(diagnostic: &Diagnostic, rules: &[SarifRule], folder: &str) -> Value {
    let hint = diagnostic.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
    let mut result = json!({
        "ruleId": diagnostic.rule.code(),
        "level": match diagnostic.severity { Severity::Error => "error", Severity::Warning => "warning" },
        "message": { "text": format!("{}{hint}", diagnostic.message) },
    });
    if let Some(index) = rules.iter().position(|rule| rule.code == diagnostic.rule.code()) {
        result["ruleIndex"] = index.into();
    }
    if let Some(location) = &diagnostic.location {
        let uri = uri(location, folder);
        result["locations"] = json!([{ "physicalLocation": {
            "artifactLocation": { "uri": uri },
            "region": region(location.start, location.end),
        } }]);
        if let Some(replacement) = &diagnostic.replacement {
            result["fixes"] = json!([fix(replacement, &uri)]);
        }
    }
    result
}

fn uri(location: &Location, folder: &str) -> String {
    utf8_percent_encode(&format!("{folder}{}", location.file), NOT_IN_PATH).to_string()
}

fn region(start: Position, end: Position) -> Value {
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

fn fix(replacement: &Replacement, uri: &str) -> Value {
    json!({ "artifactChanges": [{
        "artifactLocation": { "uri": uri },
        "replacements": [{
            "deletedRegion": region(replacement.start, replacement.end),
            "insertedContent": { "text": replacement.text },
        }],
    }] })
}
