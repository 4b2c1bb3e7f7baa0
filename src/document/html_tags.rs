//! HTML that an editor wrote → its tags, comments and text, with places, as a browser's tokenizer cuts it (HTML § 13.2.5). Each is one look at each
//! byte, however strange the HTML is. Says nothing of what tags mean, and closes none.

use std::collections::HashSet;
use std::ops::Range;

use memchr::memmem;

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// Text, character references and all.
    Text(Range<usize>),
    /// A tag.
    Tag(Tag),
    /// A comment, or what browsers take for one: `<!doctype>`, `<?xml?>`, `<![CDATA[…]]>`, `</ >`.
    Comment(Range<usize>),
    /// The text of a script or style.
    Code(Range<usize>),
    /// The beginning of a tag or comment that has no end.
    Unfinished(Range<usize>),
}

impl Token {
    /// Where it is.
    pub(crate) fn span(&self) -> &Range<usize> {
        match self {
            Self::Text(span) | Self::Comment(span) | Self::Code(span) | Self::Unfinished(span) => span,
            Self::Tag(tag) => &tag.span,
        }
    }
}

/// A tag, from `<` to `>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    /// The element's name, in lower case.
    pub name: String,
    /// Whether it is an end tag.
    pub closing: bool,
    /// The tag as written.
    pub text: String,
    /// Its place.
    pub span: Range<usize>,
    /// Names in lower case and where values are in the tag, without and with quotation marks. Of two alike only the first counts.
    attributes: Vec<(String, Range<usize>, Range<usize>)>,
}

/// An attribute's value without quotation marks, and its place with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribute<'a> {
    pub value: &'a str,
    pub span: Range<usize>,
}

impl Tag {
    /// The element's name as it is written.
    pub(crate) fn name_as_written(&self) -> &str {
        let inner = self.text.trim_start_matches(['<', '/']);
        &inner[..self.name.len().min(inner.len())]
    }

    /// The attribute of that name, which is in lower case. One without a value has an empty one.
    pub(crate) fn attribute(&self, name: &str) -> Option<Attribute<'_>> {
        self.attributes().find(|(other, _)| *other == name).map(|(_, attribute)| attribute)
    }

    /// Its attributes with their names, which are in lower case.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&str, Attribute<'_>)> {
        self.attributes.iter().map(|(name, value, whole)| {
            let span = self.span.start + whole.start..self.span.start + whole.end;
            (name.as_str(), Attribute { value: self.text.get(value.clone()).unwrap_or_default(), span })
        })
    }
}

/// The tags of HTML that begins at `at`; none in comments, scripts and styles.
pub(crate) fn tags(html: &str, at: usize) -> Vec<Tag> {
    let mut tags: Vec<Tag> = tokens(html)
        .filter_map(|token| match token {
            Token::Tag(tag) => Some(tag),
            _ => None,
        })
        .collect();
    for tag in &mut tags {
        tag.span = at + tag.span.start..at + tag.span.end;
    }
    tags
}

/// The pieces of HTML, in order and without gaps.
pub(crate) fn tokens(html: &str) -> Tokens<'_> {
    Tokens { html, at: 0, code_of: None, no_instruction_ends: false, no_section_ends: false }
}

/// Whether the HTML is one comment and nothing else.
pub(crate) fn is_comment(html: &str) -> bool {
    html.starts_with("<!--") && comment_end(html, 0) == Some(html.len())
}

/// Cuts HTML into pieces.
#[derive(Debug)]
pub(crate) struct Tokens<'a> {
    html: &'a str,
    at: usize,
    /// The script or style whose text comes next.
    code_of: Option<String>,
    /// Whether there is no `?>` from here on, and no `]]>`: looked for once, not at each beginning.
    no_instruction_ends: bool,
    no_section_ends: bool,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if self.at >= self.html.len() {
            return None;
        }
        let code_end = self.code_of.take().map(|name| code_end(self.html, self.at, &name));
        let token = match code_end.filter(|end| *end > self.at) {
            Some(end) => Token::Code(self.at..end),
            None => self.token(),
        };
        if let Token::Tag(Tag { closing: false, name, .. }) = &token
            && matches!(name.as_str(), "script" | "style")
        {
            self.code_of = Some(name.clone());
        }
        self.at = token.span().end;
        Some(token)
    }
}

impl Tokens<'_> {
    fn token(&mut self) -> Token {
        let (html, at) = (self.html, self.at);
        let rest = &html[at..];
        let letter_at = |place: usize| rest.as_bytes().get(place).is_some_and(u8::is_ascii_alphabetic);
        if rest.starts_with('<') && letter_at(1) {
            return tag(html, at, false);
        }
        if rest.starts_with("</") && letter_at(2) {
            return tag(html, at, true);
        }
        if rest.starts_with("<!") || rest.starts_with("<?") || (rest.starts_with("</") && rest.len() > 2) {
            return self.comment_end().map_or(Token::Unfinished(at..html.len()), |end| Token::Comment(at..end));
        }
        let next = memchr::memchr(b'<', &rest.as_bytes()[1..]);
        Token::Text(at..next.map_or(html.len(), |next| at + 1 + next))
    }

    /// Where the comment ends that begins here. An instruction and a section of characters end where their authors meant them to: browsers end
    /// both at the first `>`, and show the rest.
    fn comment_end(&mut self) -> Option<usize> {
        let rest = &self.html[self.at..];
        let after = |end: &str| memmem::find(rest.as_bytes(), end.as_bytes()).map(|found| self.at + found + end.len());
        let (end, is_missing) = match () {
            () if rest.starts_with("<!--") => return comment_end(self.html, self.at),
            () if rest.starts_with("<?") => ("?>", &mut self.no_instruction_ends),
            () if rest.starts_with("<![CDATA[") => ("]]>", &mut self.no_section_ends),
            () => return after(">"),
        };
        let found = if *is_missing { None } else { after(end) };
        *is_missing = found.is_none();
        found.or_else(|| after(">"))
    }
}

/// Where the comment ends whose `<!--` begins at `at` (HTML § 13.2.5.43 to 13.2.5.52).
fn comment_end(html: &str, at: usize) -> Option<usize> {
    let bytes = html.as_bytes();
    let ends = |end: &usize| {
        let has = |dashes: usize, end: &[u8]| bytes.get(dashes..).is_some_and(|found| found.starts_with(end));
        (*end >= at + 4 && has(end - 2, b"-->")) || (*end >= at + 7 && has(end - 3, b"--!>"))
    };
    memchr::memchr_iter(b'>', &bytes[at..]).map(|found| at + found).find(ends).map(|end| end + 1)
}

/// Where the end tag begins of a script or style whose text begins at `from`.
fn code_end(html: &str, from: usize, name: &str) -> usize {
    let is_end = |at: &usize| {
        let after = html.get(at + 2..).unwrap_or_default();
        let is_named = after.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name));
        is_named && after[name.len()..].starts_with(|sign: char| is_space(sign) || matches!(sign, '/' | '>'))
    };
    memmem::find_iter(&html.as_bytes()[from..], b"</").map(|at| from + at).find(is_end).unwrap_or(html.len())
}

fn is_space(sign: char) -> bool {
    matches!(sign, '\t' | '\n' | '\u{c}' | '\r' | ' ')
}

/// Reads a tag, sign by sign.
struct TagReader<'a> {
    text: &'a str,
    /// How far it has read.
    at: usize,
}

impl TagReader<'_> {
    /// Skips the signs that `is_it` accepts, and returns where they were.
    fn pass(&mut self, is_passed: impl Fn(char) -> bool) -> Range<usize> {
        let rest = &self.text[self.at..];
        let length = rest.find(|sign| !is_passed(sign)).unwrap_or(rest.len());
        self.at += length;
        self.at - length..self.at
    }

    fn next_is(&self, sign: char) -> bool {
        self.text[self.at..].starts_with(sign)
    }

    /// The name of the next attribute; `None` at the tag's end, or that of the text.
    fn name(&mut self) -> Option<Range<usize>> {
        self.pass(|sign| is_space(sign) || sign == '/');
        if self.at == self.text.len() || self.next_is('>') {
            return None;
        }
        let start = self.at;
        // An equals sign at its head belongs to the name.
        self.at += usize::from(self.next_is('='));
        self.pass(|sign| !is_space(sign) && !matches!(sign, '/' | '>' | '='));
        Some(start..self.at)
    }

    /// Where the value is, without and with its quotation marks; at the name's end if there is none.
    fn value(&mut self) -> (Range<usize>, Range<usize>) {
        let end = self.at;
        self.pass(is_space);
        if !self.next_is('=') {
            return (end..end, end..end);
        }
        self.at += 1;
        self.pass(is_space);
        let Some(quote) = ['"', '\''].into_iter().find(|quote| self.next_is(*quote)) else {
            let value = self.pass(|sign| !is_space(sign) && sign != '>');
            return (value.clone(), value);
        };
        self.at += 1;
        let value = self.pass(|sign| sign != quote);
        self.at += usize::from(self.next_is(quote));
        (value.clone(), value.start - 1..self.at)
    }
}

/// The tag that begins at `at`.
fn tag(html: &str, at: usize, closing: bool) -> Token {
    let mut reader = TagReader { text: &html[at..], at: 1 + usize::from(closing) };
    let name = reader.pass(|sign| !is_space(sign) && !matches!(sign, '/' | '>'));
    let mut attributes = Vec::new();
    let mut known = HashSet::new();
    while let Some(attribute) = reader.name() {
        let attribute = reader.text[attribute].to_ascii_lowercase();
        let (value, whole) = reader.value();
        if known.insert(attribute.clone()) {
            attributes.push((attribute, value, whole));
        }
    }
    if !reader.next_is('>') {
        return Token::Unfinished(at..html.len());
    }
    let text = &reader.text[..=reader.at];
    let span = at..at + text.len();
    Token::Tag(Tag { name: text[name].to_ascii_lowercase(), closing, text: text.to_owned(), span, attributes })
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
    fn a_comment_ends_where_browsers_end_it() {
        for whole in ["<!-->", "<!--->", "<!---->", "<!-- a -->", "<!-- a\nb --!>", "<!-- a -- > <b> -->", "<!----!>"] {
            assert!(is_comment(whole), "{whole}");
        }
        for part in ["<!-- a --><b>", "<!--><b>-->", "<!---><b>-->", "<!--!>", "<!-- a", "<!-- a --!><b>-->", "<!---!>"]
        {
            assert!(!is_comment(part), "{part}");
        }
    }

    #[test]
    fn tags_are_those_that_a_browser_sees() {
        let seen = |html| tags(html, 0).into_iter().map(|tag| tag.text).collect::<Vec<_>>();
        assert_eq!(seen("<a title='>' b=\"c'd>\">x<a b=c\"d>'>"), ["<a title='>' b=\"c'd>\">", "<a b=c\"d>"]);
        assert_eq!(seen("<?php echo '<b>'; ?><i><![CDATA[ <u> ]]><s></ x><p>"), ["<i>", "<s>", "<p>"]);
        assert_eq!(seen("<script><b></scriptx></SCRIPT x><i>"), ["<script>", "</SCRIPT x>", "<i>"]);
    }

    #[test]
    fn what_has_no_end_is_read_once() {
        for part in
            ["<?a>", "<![CDATA[>", "<!-- a -->", "<a b=\"", "<!", "<a b>", "<script>", "-", "</ >", "<a x", "\"'"]
        {
            let start = std::time::Instant::now();
            let html = format!("<!-- {}", part.repeat(200_000));
            let count = tokens(&part.repeat(200_000)).count() + tokens(&html).count();
            assert!(count > 0 && start.elapsed() < std::time::Duration::from_secs(10), "{part}");
        }
    }

    #[test]
    fn of_a_hundred_thousand_attributes_each_is_read_once() {
        let html = format!("<a {}>", (0..100_000).map(|number| format!("a{number}=1 ")).collect::<String>());
        assert_eq!(tags(&html, 0)[0].attributes().count(), 100_000);
        assert_eq!(tags("<a b=1 B=2 b>", 0)[0].attribute("b").map(|b| b.value), Some("1"));
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
