//! HTML that an editor wrote → its tags, with attributes and places. Says nothing of what they mean, and closes none.

use std::ops::Range;

/// A tag, from `<` to `>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    /// The element's name, in lower case.
    pub name: String,
    /// Whether it is an end tag.
    pub closing: bool,
    /// The tag as written.
    pub text: String,
    /// Where it stands.
    pub span: Range<usize>,
}

/// An attribute's value, without quotation marks, and where it stands, with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribute<'a> {
    pub value: &'a str,
    pub span: Range<usize>,
}

impl Tag {
    /// The attribute of that name, which is in lower case. One without a value has an empty one.
    pub(crate) fn attribute(&self, name: &str) -> Option<Attribute<'_>> {
        let mut at = 1 + self.text[1..].find(|sign: char| !is_name(sign)).unwrap_or(0);
        loop {
            at += self.text[at..].find(|sign: char| !(sign.is_whitespace() || sign == '/'))?;
            let length = self.text[at..].find(|sign: char| sign.is_whitespace() || "=>/".contains(sign))?;
            let found = &self.text[at..at + length];
            let (attribute, end) = self.value(at + length);
            if length > 0 && found.eq_ignore_ascii_case(name) {
                return Some(attribute);
            }
            at = end.max(at + 1);
            if !self.text.is_char_boundary(at) {
                return None;
            }
        }
    }

    /// The value of the attribute whose name ends before byte `at` of the tag, and where it ends in the tag.
    fn value(&self, at: usize) -> (Attribute<'_>, usize) {
        let place = |range: Range<usize>| self.span.start + range.start..self.span.start + range.end;
        let rest = self.text[at..].trim_start();
        let Some(rest) = rest.strip_prefix('=').map(str::trim_start) else {
            return (Attribute { value: "", span: place(at..at) }, at);
        };
        let start = self.text.len() - rest.len();
        let quote = rest.chars().next().filter(|sign| matches!(sign, '"' | '\''));
        let (value, length) = match quote {
            Some(quote) => {
                let value = rest[1..].split(quote).next().unwrap_or_default();
                (value, (value.len() + 2).min(rest.len()))
            }
            None => {
                let value = rest.split(|sign: char| sign.is_whitespace() || sign == '>').next().unwrap_or_default();
                (value, value.len())
            }
        };
        (Attribute { value, span: place(start..start + length) }, start + length)
    }
}

fn is_name(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '-'
}

/// The tags of HTML that stands at `at`; none in comments, scripts and styles.
pub(crate) fn tags(html: &str, at: usize) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut from = 0;
    while let Some(start) = html[from..].find('<').map(|start| from + start) {
        if html[start..].starts_with("<!--") {
            from = html[start..].find("-->").map_or(html.len(), |end| start + end + 3);
            continue;
        }
        let end = tag_end(html, start);
        let inner = &html[start + 1..end];
        let closing = inner.starts_with('/');
        let name: String = inner.trim_start_matches('/').chars().take_while(|sign| is_name(*sign)).collect();
        from = end.max(start + 1);
        if name.starts_with(|first: char| first.is_ascii_alphabetic()) && html[..end].ends_with('>') {
            let name = name.to_ascii_lowercase();
            if !closing && matches!(name.as_str(), "script" | "style") {
                from = end_of_text(html, end, &name);
            }
            tags.push(Tag { name, closing, text: html[start..end].to_owned(), span: at + start..at + end });
        }
    }
    tags
}

/// Where the end tag of a script or style begins that starts at `from`.
fn end_of_text(html: &str, from: usize, name: &str) -> usize {
    let names_it = |at: &usize| html.get(at + 2..at + 2 + name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name));
    let mut ends = html[from..].match_indices("</").map(|(at, _)| from + at);
    ends.find(names_it).unwrap_or(html.len())
}

/// Where the tag that begins at `start` ends, quoted values passed over.
fn tag_end(html: &str, start: usize) -> usize {
    let mut quote = None;
    for (at, character) in html[start..].char_indices() {
        match (quote, character) {
            (Some(open), character) if open == character => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, '>') => return start + at + 1,
            _ => {}
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_however_they_are_written() {
        let html = "<A data-href=x HREF = 'a b.md' title=\"href='c'\" hidden><img src=desk.png/><br/>";
        let tags = tags(html, 0);
        let href = tags[0].attribute("href").unwrap();
        assert_eq!((href.value, &html[href.span]), ("a b.md", "'a b.md'"));
        assert_eq!(tags[0].attribute("hidden").unwrap().value, "");
        assert_eq!(tags[0].attribute("class"), None);
        assert_eq!(tags[1].attribute("src").unwrap().value, "desk.png/");
        assert_eq!(tags[2].attribute("src"), None);
    }

    #[test]
    fn comments_and_scripts_hold_no_tags() {
        let names = |html| tags(html, 0).into_iter().map(|tag| tag.name).collect::<Vec<_>>();
        assert_eq!(names("<!-- <a> --><b>x</b><script>if (a<b) '<i>'</script>"), ["b", "b", "script", "script"]);
        assert_eq!(names("a < b <"), Vec::<String>::new());
    }

    #[test]
    fn no_tag_that_is_cut_off_makes_it_fall() {
        for html in ["<a href", "<a href=", "<a href='", "<a =>", "<a ==x>", "<é>", "<a é=é>", "<a/ / =", "<a href=\"é"]
        {
            for tag in tags(html, 3) {
                assert_eq!(tag.attribute("missing"), None, "{html}");
                let _ = tag.attribute("href");
            }
        }
    }
}
