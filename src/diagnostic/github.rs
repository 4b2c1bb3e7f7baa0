//! Diagnostics as workflow commands, which GitHub shows beside the lines of a pull request
//! (docs.github.com, 'Workflow commands for GitHub Actions').

use super::{Diagnostic, Location, Severity};

/// A diagnostic as a workflow command. `folder` is the site's folder from the repository's, empty or with `/` at its end.
#[must_use]
pub fn render_github(diagnostic: &Diagnostic, folder: &str) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = diagnostic.location.as_ref().map(|location| place(location, folder)).unwrap_or_default();
    let hint = diagnostic.hint.as_ref().map(|hint| format!("\n{hint}")).unwrap_or_default();
    let message = escaped(&format!("{}{hint}", diagnostic.message));
    format!("::{command} {place}title={}::{message}", diagnostic.rule.code())
}

/// GitHub takes columns only for a place within one line.
fn place(location: &Location, folder: &str) -> String {
    let file = escaped(&format!("{folder}{}", location.file)).replace(':', "%3A").replace(',', "%2C");
    let (start, end) = (location.start, location.end);
    match start.line == end.line {
        true => format!("file={file},line={},col={},endColumn={},", start.line, start.column, end.column),
        false => format!("file={file},line={},endLine={},", start.line, end.line),
    }
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Rule;
    use crate::diagnostic::SourceText;
    use crate::source::SourcePath;

    #[test]
    fn a_message_stands_at_its_line_in_the_repository() {
        let path = SourcePath::new("content/a, b.md");
        let source = SourceText::new(&path, "See [it](b.md).\n");
        let diagnostic = Diagnostic::error(Rule::BrokenLink, "100% wrong").at(source, 4..14).hint("mend it");
        assert_eq!(
            render_github(&diagnostic, "site/"),
            "::error file=site/content/a%2C b.md,line=1,col=5,endColumn=15,title=broken-link::100%25 wrong%0Amend it"
        );
    }
}
