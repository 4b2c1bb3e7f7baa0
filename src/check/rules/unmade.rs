//! Rules about what was meant as a link and is none, or leads where no browser can go.

use std::ops::Range;

use memchr::memchr2_iter;

use crate::check::reading::{NO_WORD, Passage, PassageKind};
use crate::check::{Find, Finding, Page, RuleEntry};
use crate::diagnostic::{Rule, Severity};
use crate::document::{Kind, ReferenceKind};
use crate::text::{did_you_mean, has_unknown_scheme};

pub(crate) const RULES: &[RuleEntry] = &[
    RuleEntry {
        rule: Rule::UnmadeLink,
        severity: Some(Severity::Warning),
        reason: "A link whose brackets are not in order stays text, and readers see the brackets.",
        example: "[the contract](Read a contract.md)",
        mend: "Put an address with spaces between `<` and `>`: `[the contract](<Read a contract.md>)`. `--fix` does it.",
        find: Find::Page(unmade),
    },
    RuleEntry {
        rule: Rule::LinkWithoutAddress,
        severity: Some(Severity::Error),
        reason: "A link without an address leads to the page that it stands on.",
        example: "[the contract]()",
        mend: "Write the page's file between the brackets, or remove them.",
        find: Find::Page(without_address),
    },
    RuleEntry {
        rule: Rule::UnknownScheme,
        severity: Some(Severity::Warning),
        reason: "Readers' browsers can't follow an address of a kind that they don't know, so it is left out of the page.",
        example: "[the form](notes://forms/leave)",
        mend: "Link to a file of the site by its path, or begin with https://, mailto: or tel:.",
        find: Find::Page(unknown_scheme),
    },
    RuleEntry {
        rule: Rule::MisspeltAddress,
        severity: Some(Severity::Error),
        reason: "A browser can't open an address that begins in no way it knows.",
        example: "[the rules](htps://www.example.org/leave)",
        mend: "Begin it with `https://`. `--fix` does it.",
        find: Find::Page(misspelt),
    },
];

fn unmade(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for passage in page.reading.passages.iter().filter(|passage| passage.kind != PassageKind::FrontMatter) {
        for at in memchr2_iter(b']', b')', passage.text.as_bytes()) {
            let slip = brackets(passage, at).or_else(|| apart(passage, at)).or_else(|| reversed(passage, at));
            let slip = slip.filter(|slip| !is_escaped(page, passage, slip));
            match slip.or_else(|| undefined(page, passage, at)) {
                Some(slip) => diagnostics.push(slip.told(page, passage)),
                None => continue,
            }
        }
    }
}

/// A link that was not made.
struct Slip {
    /// Its place in its passage.
    range: Range<usize>,
    message: String,
    /// What it should be; else what to do.
    meant: Result<String, String>,
}

impl Slip {
    fn told(self, page: &Page<'_>, passage: &Passage) -> Finding {
        let source = page.document.source();
        let place = passage.span(self.range);
        let diagnostic = Finding::new(self.message).at(source, place.clone());
        match self.meant {
            Ok(link) => diagnostic.hint(format!("write `{link}`")).replace(source, place, link),
            Err(hint) => diagnostic.hint(hint),
        }
    }
}

fn is_escaped(page: &Page<'_>, passage: &Passage, slip: &Slip) -> bool {
    let start = passage.span(slip.range.start..slip.range.start + 1).start;
    let written = page.document.text.get(passage.span(slip.range.clone())).unwrap_or_default();
    page.is_escaped(start) || written.contains(['\\', '\n', '`'])
}

/// An address is looked for no further than this many bytes behind its words.
const LONGEST_ADDRESS: usize = 2000;

/// What a text begins with, as far as an address may reach.
fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST_ADDRESS)]
}

/// The text within the bracket that closes at `at`, and where it opens.
fn words_before(text: &str, at: usize, open: char) -> Option<(usize, &str)> {
    let start = text[..at].rfind([open, ']', ')', NO_WORD])?;
    let words = text[start..at].strip_prefix(open)?;
    (!words.trim().is_empty()).then_some((start, words))
}

/// `[words](Big Name.md)`, `[words](page.md "title)` and `[words](page.md`.
fn brackets(passage: &Passage, at: usize) -> Option<Slip> {
    let text = &passage.text;
    let (inner, is_closed) = within(head(text[at..].strip_prefix("](")?));
    if inner.contains([NO_WORD, '<', '{']) {
        return None;
    }
    let behind = at + "](".len();
    let (end, why, address) = match is_closed {
        true => closed(inner).map(|(why, address)| (behind + inner.len() + 1, why, address)),
        false => open(inner).map(|(length, address)| (behind + length, "its closing bracket is missing", Ok(address))),
    }?;
    let (start, words) = words_before(text, at, '[')?;
    // Longer in the file than it reads: the words have marks of their own, which a replacement would lose.
    let is_plain = passage.span(start..end).len() == end - start;
    let meant = address.and_then(|address| match is_plain {
        true => Ok(format!("[{words}]({address})")),
        false => Err(format!("write `{address}` between the round brackets")),
    });
    Some(Slip { range: start..end, message: format!("this is no link, since {why}"), meant })
}

/// What is between round brackets, those within aside, and whether they are closed on the line.
fn within(text: &str) -> (&str, bool) {
    let mut depth = 0_usize;
    for (at, sign) in text.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' if depth == 0 => return (&text[..at], true),
            ')' => depth -= 1,
            '\n' | '[' => return (&text[..at], false),
            _ => {}
        }
    }
    (text, false)
}

/// Why closed brackets make no link, and what should be in them; else what to do.
fn closed(inner: &str) -> Option<(&'static str, Result<String, String>)> {
    let inner = inner.trim();
    if let Some((address, title)) = titled(inner).filter(|_| !inner.contains('"')) {
        let hint = "write the address, a space, then the title between straight quotation marks `\"`";
        let meant = title.map(|title| format!("{address} \"{title}\"")).ok_or_else(|| hint.to_owned());
        return Some(("its title is not between straight quotation marks", meant));
    }
    let (address, title) = match inner.split_once(" \"") {
        Some((address, title)) => (address.trim(), Some(title)),
        None => (inner, None),
    };
    let is_whole = title.is_none_or(|title| title.ends_with('"'));
    let shown = title.map(|title| format!(" \"{}\"", title.trim_end_matches('"'))).unwrap_or_default();
    if address.contains('"') || !(is_address(address) || has_scheme(address)) {
        return None;
    }
    match address.contains(' ') {
        true => Some(("its address holds a space", Ok(without_spaces(address) + &shown))),
        false => {
            (!is_whole).then(|| ("the quotation mark behind its title is missing", Ok(format!("{address}{shown}"))))
        }
    }
}

/// An address with a title behind it that an editor's program has put between curly quotation marks: both apart, the title only if it is
/// certain where it begins and ends.
fn titled(written: &str) -> Option<(&str, Option<&str>)> {
    let (address, title) = written.split_once(char::is_whitespace)?;
    let title = title.trim();
    let opens = title.starts_with(is_quotation_mark);
    if !opens || !is_address(address) {
        return None;
    }
    let mut inner = title.chars();
    inner.next();
    let closes = inner.next_back().is_some_and(is_quotation_mark);
    let inner = inner.as_str().trim();
    let is_certain =
        closes && !inner.is_empty() && !inner.contains(|sign| is_quotation_mark(sign) && sign != '’' && sign != '\'');
    Some((address, is_certain.then_some(inner)))
}

fn is_quotation_mark(sign: char) -> bool {
    matches!(sign, '"' | '\'' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‘' | '’' | '‚' | '‛')
}

/// How many bytes an address takes whose bracket is not closed, and the address as it should be.
fn open(inner: &str) -> Option<(usize, String)> {
    let address = inner.split_whitespace().next()?.trim_end_matches(['.', ',', ';', ':']);
    let is_balanced = address.matches('(').count() == address.matches(')').count();
    let shown = if is_balanced { address.to_owned() } else { format!("<{address}>") };
    (inner.starts_with(address) && (is_address(address) || has_scheme(address))).then_some((address.len(), shown))
}

/// The address as it is written without a space: numbers for a telephone need none, and other addresses are put between `<` and `>`.
fn without_spaces(address: &str) -> String {
    let (scheme, rest) = address.split_once(':').unwrap_or(("", address));
    match scheme.to_ascii_lowercase().as_str() {
        scheme @ ("tel" | "sms") => {
            let is_needless = |sign: char| sign.is_whitespace() || matches!(sign, '(' | ')' | '.' | '/');
            format!("{scheme}:{}", rest.replace(is_needless, ""))
        }
        "mailto" => address.trim().replace(": ", ":").replace(' ', "%20"),
        _ => format!("<{address}>"),
    }
}

/// Whether a text begins as addresses for other programs than a browser do.
fn has_scheme(text: &str) -> bool {
    ["tel:", "mailto:", "sms:", "whatsapp:", "geo:", "webcal:", "facetime:", "skype:"].iter().any(|scheme| {
        text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)) && text.len() > scheme.len()
    })
}

/// `[words] (page.md)`
fn apart(passage: &Passage, at: usize) -> Option<Slip> {
    out_of_order(passage, at, ('[', "] (", ")"), "a space stands between its words and its address")
}

/// `(words)[page.md]`
fn reversed(passage: &Passage, at: usize) -> Option<Slip> {
    out_of_order(passage, at, ('(', ")[", "]"), "its brackets are the wrong way round")
}

/// Words and an address in brackets that make no link: those before, between and behind.
fn out_of_order(passage: &Passage, at: usize, brackets: (char, &str, &str), why: &str) -> Option<Slip> {
    let (open, between, close) = brackets;
    let text = &passage.text;
    let address = head(text[at..].strip_prefix(between)?);
    let (start, words) = words_before(text, at, open)?;
    let address = &address[..address.find('\n').unwrap_or(address.len())];
    let address = &address[..address.find(close)?];
    let range = start..at + between.len() + address.len() + close.len();
    // Longer in the file than it reads: the brackets hold a link that was made.
    let is_plain = passage.span(range.clone()).len() == range.len();
    let is_slip = is_plain && is_address(address) && !address.contains([NO_WORD, ' ']);
    is_slip.then(|| Slip {
        range,
        message: format!("this is no link, since {why}"),
        meant: Ok(format!("[{words}]({address})")),
    })
}

/// `[words][label]`, where no line defines the label. In a letter they are two placeholders.
fn undefined(page: &Page<'_>, passage: &Passage, at: usize) -> Option<Slip> {
    let text = &passage.text;
    let label = head(text[at..].strip_prefix("][").filter(|_| page.document.kind != Kind::Letter)?);
    let (start, words) = words_before(text, at, '[')?;
    let label = &label[..label.find([']', '\n'])?];
    let in_word = text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
    let is_number = [words, label].iter().any(|part| part.chars().all(|sign| sign.is_ascii_digit()));
    if in_word || is_number || label.trim().is_empty() || label.contains(NO_WORD) {
        return None;
    }
    let known = page.guesses.did_you_mean(label, page.definitions.labels().iter().copied());
    let hint = match known {
        Some(known) => format!("did you mean `[{words}][{known}]`?"),
        None => format!("add a line `[{label}]: …` with the address, or write `[{words}](…)`"),
    };
    let slip = Slip {
        range: start..at + 2 + label.len() + 1,
        message: format!("this is no link, since no line says what the address of `[{label}]` is"),
        meant: Err(hint),
    };
    (!is_escaped(page, passage, &slip)).then_some(slip)
}

/// Whether a text looks like an address or the name of a file.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    let ending = text.rsplit('.').next().filter(|ending| ending.len() < text.len()).unwrap_or_default();
    let is_file = (2..=5).contains(&ending.len()) && ending.chars().all(|sign| sign.is_ascii_alphanumeric());
    text.contains("://") || text.starts_with(['/', '#']) || text.starts_with("../") || is_file
}

fn without_address(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let links = page.document.body.references.iter().filter(|reference| reference.kind == ReferenceKind::Link);
    for link in links.filter(|link| link.target.is_empty() && link.anchor.is_none() && link.query.is_none()) {
        let is_top = page.document.text.get(link.span.clone()).is_some_and(|written| written.ends_with("(#)"));
        let hint = match is_top {
            true => "write `#top` if it should lead to the head of this page".to_owned(),
            false => format!("write where it leads: `[{}](…)`, or remove the brackets", link.label.trim()),
        };
        diagnostics
            .push(Finding::new("this link has no address").hint(hint).at(page.document.source(), link.span.clone()));
    }
}

/// How addresses begin that browsers and telephones know.
const SCHEMES: &[&str] = &["https", "http", "mailto", "tel", "sms", "ftp", "whatsapp", "geo"];

fn misspelt(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for (address, span) in &page.document.body.outside {
        let Some(meant) = meant(address) else {
            diagnostics
                .extend(without_host(address).map(|one| one.at(page.document.source(), page.definitions.place(span))));
            continue;
        };
        let source = page.document.source();
        let place = page.definitions.place(span);
        let diagnostic = Finding::new(format!("no browser can open `{address}`")).hint(format!("write `{meant}`"));
        let diagnostic = diagnostic.at(source, place.clone());
        let written = page.document.text.get(place.clone()).unwrap_or_default();
        let mut found = written.match_indices(address.as_str());
        diagnostics.push(match (found.next(), found.next()) {
            (Some((at, _)), None) => {
                let start = place.start + at;
                diagnostic.replace(source, start..start + address.len(), meant)
            }
            _ => diagnostic,
        });
    }
}

fn unknown_scheme(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let outside = &page.document.body.outside;
    for (address, span) in outside.iter().filter(|(address, _)| has_unknown_scheme(address) && meant(address).is_none())
    {
        let diagnostic = Finding::new(format!("readers can't follow `{address}`, so it is left out of the page"));
        let hint = "write the path to a file of this site, or an address that begins with https://, mailto: or tel:";
        diagnostics.push(diagnostic.hint(hint).at(page.document.source(), page.definitions.place(span)));
    }
}

/// The finding for `https://` without a host.
fn without_host(address: &str) -> Option<Finding> {
    let is_empty =
        ["http://", "https://", "http:", "https:"].iter().any(|start| address.trim().eq_ignore_ascii_case(start));
    is_empty.then(|| Finding::new(format!("no browser can open `{address}`")).hint("write the whole address"))
}

/// The address that one with a slip at its head was meant to be.
fn meant(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once(':')?;
    let lower = scheme.to_ascii_lowercase();
    let is_web = matches!(lower.as_str(), "http" | "https");
    let host = rest.trim_start_matches(['/', '\\', ':']);
    if host.is_empty() {
        return None;
    }
    if is_web && ["https://", "http://"].iter().any(|twice| host.starts_with(twice)) {
        return Some(host.to_owned());
    }
    if is_web && (!rest.starts_with("//") || rest.starts_with("///")) {
        return Some(format!("{lower}://{host}"));
    }
    if SCHEMES.contains(&lower.as_str()) {
        return None;
    }
    let near = did_you_mean(&lower, SCHEMES.iter().copied())?;
    let is_web = near.starts_with("http");
    // A host and its port, such as `localhost:4000`, are no scheme; nor is one that nobody knows.
    (is_web == rest.starts_with("//")).then(|| format!("{near}:{}{host}", if is_web { "//" } else { "" }))
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_address_that_begins_wrongly_is_answered_with_the_right_one() {
        let expected = [
            ("htps://www.example.org/a", Some("https://www.example.org/a")),
            ("http:/www.example.org", Some("http://www.example.org")),
            ("https:www.example.org", Some("https://www.example.org")),
            ("https:///www.example.org", Some("https://www.example.org")),
            ("http://https://www.example.org", Some("https://www.example.org")),
            ("maito:a@example.org", Some("mailto:a@example.org")),
            ("https://www.example.org", None),
            ("HTTPS://www.example.org", None),
            ("//www.example.org", None),
            ("zoommtg://zoom.us/x", None),
            ("localhost:4000", None),
        ];
        for (address, meant) in expected {
            assert_eq!(super::meant(address).as_deref(), meant, "{address}");
        }
    }
}
