//! Slips in YAML.

use std::ops::Range;

use super::{Failure, Line, closing, fault, is_key};
use crate::fields::SyntaxFault;

/// What a line sets: `title: ` or `- `, then the value as written.
struct Setting<'a> {
    head: &'a str,
    value: &'a str,
    /// A byte of the text.
    at: usize,
}

/// From the most telling slip to the least.
const SLIPS: &[fn(&Failure<'_>) -> Option<SyntaxFault>] = &[
    tab,
    no_space,
    equals,
    no_colon,
    escape,
    behind_quotation,
    open_quotation,
    behind_bracket,
    sign_at_head,
    colon,
    stray_item,
    indentation,
    open_bracket,
];

/// What is wrong with a text that the parser gave up at a byte of it; the span is one of the text.
pub(in crate::fields) fn slip(text: &str, at: usize, info: &str) -> SyntaxFault {
    let failure = Failure::new(text, at, info);
    SLIPS.iter().find_map(|slip| slip(&failure)).unwrap_or_else(|| other(&failure))
}

/// What is rare, in plain words where there are some.
fn other(failure: &Failure<'_>) -> SyntaxFault {
    let sayings = [
        ("document start", "this does not go together with what stands above it"),
        ("misplaced bracket", "there is a closing bracket too many here"),
        ("document end", "nothing can stand behind `...`"),
        ("unknown anchor", "a text can't begin with `*` in YAML"),
    ];
    let saying = sayings.iter().find(|(part, _)| failure.says(&[part]));
    let message =
        saying.map_or_else(|| format!("this is not valid YAML: {}", failure.info), |(_, saying)| (*saying).to_owned());
    let line = failure.line();
    fault(message, failure.at.clamp(line.start, line.end())..line.end(), None)
}

/// The slip in a text that the parser took for a single value instead of keys.
pub(in crate::fields) fn slip_without_keys(text: &str, at: usize) -> Option<SyntaxFault> {
    let failure = Failure::new(text, at, "simple key");
    no_space(&failure).or_else(|| equals(&failure))
}

/// A text in quotation marks, so that YAML takes it as it is.
fn quoted(text: &str) -> String {
    match text {
        _ if !text.contains(['"', '\\']) => format!("\"{text}\""),
        _ => format!("'{}'", text.replace('\'', "''")),
    }
}

fn setting<'a>(line: &Line<'a>) -> Option<Setting<'a>> {
    let indentation = line.indentation();
    let written = &line.text[indentation..];
    let item = written.strip_prefix("- ").map_or(0, |rest| written.len() - rest.trim_start().len());
    let key = written[item..].find(": ").filter(|at| is_key(&written[item..item + at]));
    let head = key.map_or(item, |at| item + at + 2);
    let value = written[head..].trim_start();
    let at = line.end() - value.len();
    (head > 0 && !value.is_empty()).then(|| Setting { head: line.text[indentation..at - line.start].trim(), value, at })
}

impl Setting<'_> {
    fn span(&self) -> Range<usize> {
        self.at..self.at + self.value.len()
    }

    /// The setting with another value, as a line.
    fn with(&self, value: &str) -> String {
        format!("`{} {value}`", self.head)
    }
}

fn tab(failure: &Failure<'_>) -> Option<SyntaxFault> {
    if !failure.says(&["tab", "valid YAML whitespace"]) {
        return None;
    }
    // One in the indentation the parser has passed; another is the next that it would reach.
    let line = failure.line();
    let indentation = &line.text[..line.indentation()];
    let behind = || {
        failure.text.get(failure.at.saturating_sub(1)..).and_then(|rest| Some(failure.at.max(1) - 1 + rest.find('\t')?))
    };
    let at = indentation.find('\t').map(|tab| line.start + tab).or_else(behind)?;
    let line = Line::at(failure.text, at);
    let hint = match at < line.start + line.indentation() {
        true => "indent with spaces",
        false => "put a space in its place",
    };
    Some(fault("YAML does not allow a tab here", at..line.end().max(at), Some(hint.to_owned())))
}

const NO_PAIR: &[&str] = &["mapping values", "simple key", "expected key"];

/// `title:How to ask`
fn no_space(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let slip = |line: Line<'_>| {
        let (key, value) = line.words().split_once(':')?;
        let is_slip = is_key(key) && !value.starts_with([' ', '/', '\t']) && !value.is_empty() && !value.contains(": ");
        let hint = || format!("write `{key}: {value}`");
        is_slip.then(|| fault(format!("there is no space behind the colon of `{key}`"), line.span(), Some(hint())))
    };
    failure.lines().filter(|_| failure.says(NO_PAIR)).find_map(slip)
}

/// `title = "How to ask"`
fn equals(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let slip = |line: Line<'_>| {
        let (key, value) = line.words().split_once('=')?;
        let (key, value) = (key.trim_end(), value.trim());
        let is_slip = is_key(key) && !key.contains(' ') && !value.is_empty();
        let hint = || format!("write `{key}: {value}`, or put the front matter between lines `+++` if it is TOML");
        is_slip.then(|| {
            fault(
                format!("a colon stands behind a key in YAML, and behind `{key}` stands `=`"),
                line.span(),
                Some(hint()),
            )
        })
    };
    failure.lines().filter(|_| failure.says(NO_PAIR)).find_map(slip)
}

/// A line of words among keys.
fn no_colon(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let slip = |line: Line<'_>| {
        let is_slip = !line.text.contains(':')
            && !line.words().is_empty()
            && !line.words().starts_with(['-', '#', '"', '\'', '[', '{']);
        let hint = "write `key: value`; a line that goes on from the one above begins with two spaces";
        is_slip.then(|| fault("this line has no key with a colon", line.span(), Some(hint.to_owned())))
    };
    failure.lines().filter(|_| failure.says(&["simple key", "mapping values"])).find_map(slip)
}

/// `path: "C:\letters"`
fn escape(failure: &Failure<'_>) -> Option<SyntaxFault> {
    if !failure.says(&["escape", "hexadecimal"]) {
        return None;
    }
    let line = failure.line();
    let setting = setting(&line);
    let hint =
        setting.as_ref().and_then(|setting| Some((setting, setting.value.strip_prefix('"')?.strip_suffix('"')?)));
    let hint = hint.map(|(setting, text)| format!("write {}", setting.with(&quoted(text))));
    let span = setting.map_or(line.span(), |setting| setting.span());
    Some(fault(
        "within double quotes, `\\` begins a sign of its own",
        span,
        hint.or_else(|| Some("write `\\\\` for each `\\`".to_owned())),
    ))
}

/// `title: 'It's late'`, or `title: "Leave" and pay`
fn behind_quotation(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let slip = |line: Line<'_>| {
        let setting = setting(&line)?;
        let end = closing(setting.value)?;
        let behind = setting.value[end..].trim_start();
        if behind.is_empty() || behind.starts_with('#') {
            return None;
        }
        let mark = &setting.value[..1];
        let (message, text) = match setting.value.strip_suffix(mark).filter(|_| setting.value.len() > end) {
            Some(inside) => (format!("the quotation mark `{mark}` within the text ends it here"), &inside[1..]),
            None => ("there is text behind the quotation mark that ends the value".to_owned(), setting.value),
        };
        let at = setting.at + end - 1;
        Some(fault(message, at..setting.span().end, Some(format!("write {}", setting.with(&quoted(text))))))
    };
    slip(failure.line())
}

fn open_quotation(failure: &Failure<'_>) -> Option<SyntaxFault> {
    if !failure.says(&["quoted scalar", "double-quoted"]) {
        return None;
    }
    let line = failure.line();
    let start = failure.at.clamp(line.start, line.end());
    let hint = setting(&line).filter(|setting| setting.value.starts_with(['"', '\''])).map(|setting| {
        let text = setting.value[1..].trim();
        format!("write {}", setting.with(&quoted(text)))
    });
    let hint = hint.or_else(|| Some("put the same mark behind the text".to_owned()));
    Some(fault("the quotation mark that opens here is not closed", start..line.end(), hint))
}

/// `title: [Optional] words`
fn behind_bracket(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let setting = setting(&failure.line())?;
    let end = match setting.value.chars().next()? {
        '[' => setting.value.find(']')? + 1,
        '{' => setting.value.find('}')? + 1,
        _ => return None,
    };
    let behind = setting.value[end..].trim_start();
    let is_slip = !behind.is_empty() && !behind.starts_with(['#', ',', ']', '}']);
    let hint = || Some(format!("write {}", setting.with(&quoted(setting.value))));
    let start = setting.span().end - behind.len();
    is_slip.then(|| fault("there is text behind the bracket that ends the value", start..setting.span().end, hint()))
}

/// `title: *Important*`
fn sign_at_head(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let line = failure.line();
    let setting = setting(&line).unwrap_or(Setting { head: "", value: line.words(), at: line.span().start });
    let sign = setting.value.chars().next().filter(|sign| "&*!|>%@`,?-]}".contains(*sign))?;
    if !failure.says(&[
        "anchor",
        "tag",
        "handle",
        "unexpected character",
        "block scalar",
        "node content",
        "in this context",
        "misplaced",
        "plain scalar",
    ]) {
        return None;
    }
    let name = if sign == '`' { "a grave accent".to_owned() } else { format!("`{sign}`") };
    let hint = match sign {
        '|' | '>' => format!(
            "begin the text on the next line, indented, or write {}",
            setting.with(&quoted(setting.value[1..].trim()))
        ),
        _ => format!("write {}", setting.with(&quoted(setting.value))),
    };
    let hint = (!setting.head.is_empty()).then_some(hint);
    Some(fault(format!("a text can't begin with {name} in YAML"), setting.span(), hint))
}

/// `title: CVs: what to leave out`
fn colon(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let line = failure.line();
    let setting = setting(&line).filter(|_| failure.says(&["mapping values"]))?;
    if !setting.value.contains(": ") && !setting.value.ends_with(':') {
        return None;
    }
    let start = failure.at.clamp(line.start, line.end());
    let hint = format!("put text that holds a colon in quotes: {}", setting.with(&quoted(setting.value)));
    Some(fault("there is a colon too many here", start..line.end(), Some(hint)))
}

/// A line `- one` where a key is expected.
fn stray_item(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let line = failure.line();
    let is_slip = line.text.starts_with("- ") && failure.says(&["expected key"]);
    let hint = || Some("write the list's key on a line of its own above, such as `topics:`".to_owned());
    is_slip.then(|| fault("this item of a list stands where a key is expected", line.span(), hint()))
}

fn indentation(failure: &Failure<'_>) -> Option<SyntaxFault> {
    if !failure.says(&["mapping values", "expected key", "document start", "'-' indicator", "indented", "indentation"])
    {
        return None;
    }
    let line = failure.line();
    let first = failure.text.lines().map(|text| Line { start: 0, text }).find(|line| !line.words().is_empty())?;
    let hint = match (line.indentation(), first.indentation()) {
        (0, 0) => return None,
        (0, depth) => format!("begin all keys alike: the first is indented by {}", spaces(depth)),
        _ if line.words().starts_with("- ") => "begin all items of the list in the same column".to_owned(),
        _ => "if the line is a key of its own, begin it without spaces".to_owned(),
    };
    Some(fault("this line is indented differently from those above it", line.span(), Some(hint)))
}

fn spaces(count: usize) -> String {
    if count == 1 { "a space".to_owned() } else { format!("{count} spaces") }
}

/// Told where it was opened, which may be lines above.
fn open_bracket(failure: &Failure<'_>) -> Option<SyntaxFault> {
    if !failure.says(&["placement of ':'", "',' or", "flow", "':' may not"]) {
        return None;
    }
    let above = failure.text.get(..failure.at)?;
    let at = above.rfind(['[', '{']).filter(|at| !above[*at..].contains([']', '}']))?;
    let (opened, close) = if above[at..].starts_with('[') { ('[', ']') } else { ('{', '}') };
    let hint = format!("write `{close}` where it ends; text that begins with `{opened}` stands in quotes");
    Some(fault(
        format!("the `{opened}` that opens here is not closed"),
        at..Line::at(failure.text, at).end(),
        Some(hint),
    ))
}
