//! Diagnostics for people: with a drawing, or in sentences for screen readers.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Location, Severity};

/// A diagnostic as people read it in a terminal: message, place, excerpt with the span marked, hint.
#[must_use]
pub fn render_human(diagnostic: &Diagnostic, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.rule.code());
    let mut group = Group::with_title(title);
    if let Some(location) = &diagnostic.location {
        group = match location.excerpt.is_empty() {
            true => group.element(Origin::path(location.file.as_str())),
            false => group.element(snippet(location)),
        };
    }
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let drawn = renderer.render(&[group]);
    diagnostic.location.as_ref().map(|location| with_column(&drawn, location)).unwrap_or(drawn)
}

/// The renderer counts the column in the excerpt, in which a long line lacks its beginning: the file's own is put in its place.
fn with_column(drawn: &str, location: &Location) -> String {
    let Location { file, start, excerpt, marked, .. } = location;
    let before = excerpt.get(..marked.start).unwrap_or_default();
    let counted = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let place = |column: usize| format!("{file}:{}:{column}", start.line);
    drawn.replacen(&place(counted), &place(start.column), 1)
}

fn snippet(location: &Location) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    Snippet::source(&*location.excerpt)
        .path(location.file.as_str())
        .line_start(location.start.line)
        .annotation(AnnotationKind::Primary.span(location.marked.clone()))
}

/// A diagnostic in sentences on one line, without a drawing, for screen readers.
#[must_use]
pub fn render_plain(diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
    };
    let place = diagnostic.location.as_ref().map(place).unwrap_or_default();
    let hint = diagnostic.hint.as_ref().map(|hint| format!(" To mend it: {hint}.")).unwrap_or_default();
    let text = format!("{severity}{place}: {}.{hint} Rule: {}.", diagnostic.message, diagnostic.rule.code());
    text.replace("?.", "?").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn place(location: &Location) -> String {
    match location.excerpt.is_empty() {
        true => format!(" in {}", location.file),
        false => format!(" in {}, line {}, column {}", location.file, location.start.line, location.start.column),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Rule;
    use crate::diagnostic::SourceText;
    use crate::source::SourcePath;

    #[test]
    fn the_column_is_that_of_the_file_however_long_the_line() {
        let path = SourcePath::new("content/a.md");
        let text = format!("First.\n{} and and {}\n", "word ".repeat(150), "word ".repeat(150));
        let start = text.find("and").unwrap();
        let diagnostic = Diagnostic::warning(Rule::RepeatedWord, "repeated word: `and and`")
            .at(SourceText::new(&path, &text), start..start + 7);
        let human = render_human(&diagnostic, false);
        assert!(human.contains(&format!("--> content/a.md:2:{}\n", start - "First.\n".len() + 1)), "{human}");
        assert!(human.lines().all(|line| line.chars().count() < 160), "{human}");
    }

    #[test]
    fn the_plain_form_is_one_line_of_sentences() {
        let path = SourcePath::new("content/a.md");
        let source = SourceText::new(&path, "See [it](b.md).\n");
        let diagnostic = Diagnostic::error(Rule::BrokenLink, "there is no file `b.md`").at(source, 4..14);
        assert_eq!(
            render_plain(&diagnostic.hint("did you mean `c.md`?")),
            "Error in content/a.md, line 1, column 5: there is no file `b.md`. To mend it: did you mean `c.md`? Rule: broken-link."
        );
    }
}
