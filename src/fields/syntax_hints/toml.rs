//! Slips in TOML.

use super::{Failure, Line, closing, fault, is_key};
use crate::fields::SyntaxFault;
use crate::fields::dates::{date_hint, is_date};

/// What a line sets: `title = `, then the value as written.
struct Setting<'a> {
    key: &'a str,
    value: &'a str,
    /// A byte of the text.
    at: usize,
}

/// From the most telling slip to the least.
const SLIPS: &[Slip] = &[
    twice,
    date,
    key_of_words,
    no_value,
    flag,
    escape,
    behind_quotation,
    open_quotation,
    items,
    no_quotation,
    open_bracket,
    no_comma,
    zero,
    number,
    behind_value,
];

/// Looks for one slip.
type Slip = fn(&Failure<'_>) -> Option<SyntaxFault>;

/// What is wrong with front matter that the parser gave up at a byte of it; the span is one of the text.
pub(in crate::fields) fn slip(text: &str, at: usize, info: &str) -> SyntaxFault {
    of(&Failure::new(text, at, info), colon)
}

/// The same for a file that is TOML as a whole.
pub(in crate::fields) fn file_slip(text: &str, at: usize, info: &str) -> SyntaxFault {
    of(&Failure::new(text, at, info), yaml)
}

fn of(failure: &Failure<'_>, colon: Slip) -> SyntaxFault {
    let slip = std::iter::once(colon).chain(SLIPS.iter().copied()).find_map(|slip| slip(failure));
    slip.unwrap_or_else(|| other(failure))
}

/// What is rare, in plain words where there are some.
fn other(failure: &Failure<'_>) -> SyntaxFault {
    let sayings = [
        ("extra `=`", "there is an `=` too many here"),
        ("extra assignment", "there is an `=` too many here"),
        ("extra comma", "there is a comma too many here"),
        ("missing key", "there is a value without its key here"),
        ("missing assignment", "there is no `=` between this key and its value"),
        ("recurse", "this is nested too deeply"),
        ("date", "this is not a day or time that exists"),
        ("newline", "a text in quotation marks ends on the line where it begins"),
        ("control", "a character here shows nothing, and TOML does not allow it"),
        ("string", "the quotation marks of this text do not match"),
    ];
    let saying = sayings
        .iter()
        .find(|(part, _)| failure.says(&[part]))
        .map_or("this line is not valid TOML", |(_, saying)| saying);
    let line = failure.line();
    let hint = "write one key a line, such as `title = \"Career advice\"`, with text in double quotes".to_owned();
    fault(saying, failure.at.clamp(line.start, line.end())..line.end(), Some(hint))
}

/// A text in quotation marks, so that TOML takes it as it is.
fn quoted(text: &str) -> String {
    match text {
        _ if !text.contains(['"', '\\']) => format!("\"{text}\""),
        _ if !text.contains('\'') => format!("'{text}'"),
        _ => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// A word or text as TOML writes it, in quotation marks where it needs them.
fn item(text: &str) -> String {
    let text = text.trim();
    let is_value = matches!(text, "true" | "false")
        || text.parse::<f64>().is_ok()
        || is_date(text)
        || closing(text) == Some(text.len());
    if is_value { text.to_owned() } else { quoted(text.trim_matches(['\u{201c}', '\u{201d}', '\'', '"'])) }
}

fn setting<'a>(line: &Line<'a>) -> Option<Setting<'a>> {
    let (key, value) = line.text.split_once('=')?;
    let value = value.trim_start();
    Some(Setting { key: key.trim(), value, at: line.end() - value.len() })
}

impl Setting<'_> {
    fn span(&self) -> std::ops::Range<usize> {
        self.at..self.at + self.value.len()
    }

    /// The setting with another value, as a line.
    fn with(&self, value: &str) -> Option<String> {
        Some(format!("write `{} = {value}`", self.key))
    }
}

fn twice(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let rest = failure.text.get(failure.at..).filter(|_| failure.says(&["duplicate key"]))?;
    let key: String = rest.chars().take_while(|sign| sign.is_alphanumeric() || "_-".contains(*sign)).collect();
    let span = failure.at..failure.at + key.len();
    Some(fault(format!("the key `{key}` is there twice"), span, Some("keep one of them".to_owned())))
}

/// `date = 31/12/2026`
fn date(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let setting = setting(&failure.line())?;
    let begins_so = setting.value.starts_with(|first: char| first.is_ascii_digit());
    let is_slip = failure.says(&["invalid date", "values must be quoted"])
        && begins_so
        && setting.value.contains(['-', '/', '.']);
    let hint = || date_hint(&format!("{} = ", setting.key), setting.value);
    is_slip.then(|| fault(format!("this is not a date that exists: `{}`", setting.value), setting.span(), Some(hint())))
}

/// `title: "How to ask"`
fn colon(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let line = failure.line();
    let (key, value) = line.words().split_once(':').filter(|_| failure.says(&["no value"]))?;
    let (key, value) = (key.trim_end(), value.trim_start_matches('=').trim());
    let is_slip = is_key(key) && !value.is_empty();
    let hint =
        || format!("write `{} = {}`, or put the front matter between lines `---` if it is YAML", key, item(value));
    is_slip.then(|| {
        fault(format!("`=` stands behind a key in TOML, and behind `{key}` stands a colon"), line.span(), Some(hint()))
    })
}

/// The same line in a file that is no front matter. Where most lines are such, the file is YAML.
fn yaml(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let line = failure.line();
    let (key, value) = line.words().split_once(':').filter(|_| failure.says(&["no value"]))?;
    let (key, value) = (key.trim_end().trim_start_matches("- "), value.trim_start_matches('=').trim());
    if !is_key(key) {
        return None;
    }
    let value = if value.is_empty() { "\"…\"".to_owned() } else { item(value) };
    let with = |sign: char| {
        failure.text.lines().filter(|line| line.split_once(sign).is_some_and(|(key, _)| is_key(key.trim()))).count()
    };
    let (message, hint) = match with(':') > with('=') {
        true => {
            ("this is YAML, and the file is read as TOML".to_owned(), format!("write each key as `{key} = {value}`"))
        }
        false => {
            (format!("`=` follows a key in TOML, and a colon follows `{key}`"), format!("write `{key} = {value}`"))
        }
    };
    Some(fault(message, line.span(), Some(hint)))
}

/// `my key = 1`
fn key_of_words(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let line = failure.line();
    let setting = setting(&line).filter(|setting| setting.key.contains(' ') && is_key(setting.key))?;
    let hint = || format!("write `\"{}\" = {}`", setting.key, setting.value);
    failure
        .says(&["no value"])
        .then(|| fault("a key of several words stands in quotation marks", line.span(), Some(hint())))
}

fn no_value(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let line = failure.line();
    let empty = setting(&line).filter(|setting| setting.value.is_empty() && failure.says(&["quoted"]));
    let key = match empty {
        Some(setting) => setting.key,
        None if failure.says(&["no value"]) => line.words(),
        None => return None,
    };
    let hint = match is_key(key) {
        true => format!("write `{key} = \"…\"`, or remove the line"),
        false => "write `key = \"value\"`; a remark begins with `#`".to_owned(),
    };
    let message = if is_key(key) { "this key has no value" } else { "this line has no key with a value" };
    Some(fault(message, line.span(), Some(hint)))
}

/// `draft = yes`
fn flag(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let setting = setting(&failure.line()).filter(|_| failure.says(&["boolean", "values must be quoted"]))?;
    let flag = match setting.value.to_ascii_lowercase().as_str() {
        "yes" | "on" | "true" => "true",
        "no" | "off" | "false" => "false",
        _ => return None,
    };
    Some(fault(format!("`{}` is no value in TOML", setting.value), setting.span(), setting.with(flag)))
}

/// `path = "C:\letters"`
fn escape(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let setting = setting(&failure.line()).filter(|_| failure.says(&["escape", "unicode value", "hexadecimal"]))?;
    let text = setting.value.strip_prefix('"')?.strip_suffix('"')?;
    let hint = setting.with(&quoted(text)).map(|hint| match text.contains('\'') {
        true => hint,
        false => format!("use single quotes: {hint}"),
    });
    Some(fault("within double quotes, `\\` begins a sign of its own", setting.span(), hint))
}

/// `title = 'It's late'`
fn behind_quotation(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let setting = setting(&failure.line())?;
    let end = closing(setting.value).filter(|_| failure.says(&["unexpected key or value"]))?;
    let mark = &setting.value[..1];
    let inside = setting.value.strip_suffix(mark).filter(|inside| inside.len() >= end && !inside.contains(" = "))?;
    let at = setting.at + end - 1;
    let message = format!("the quotation mark `{mark}` within the text ends it here");
    Some(fault(message, at..setting.span().end, setting.with(&quoted(&inside[1..]))))
}

fn open_quotation(failure: &Failure<'_>) -> Option<SyntaxFault> {
    if failure.says(&["multi-line"]) {
        let at = ["\"\"\"", "'''"].into_iter().filter_map(|mark| failure.text.rfind(mark)).max()?;
        let (mark, end) = (&failure.text[at..at + 3], Line::at(failure.text, at).end());
        let hint = Some(format!("write `{mark}` where the text ends"));
        return Some(fault(format!("the `{mark}` that opens here is not closed"), at..end, hint));
    }
    let setting = setting(&failure.line()).filter(|_| failure.says(&["basic string", "invalid literal string"]))?;
    let text = setting.value.trim_start_matches(['"', '\'']).trim_end_matches(['"', '\'']);
    Some(fault("the quotation mark that opens here is not closed", setting.span(), setting.with(&quoted(text.trim()))))
}

/// The hint about a word without quotation marks, which may begin as a number does.
const NO_VALUE: &[&str] =
    &["values must be quoted", "invalid float", "invalid boolean", "invalid integer", "invalid number"];

/// `tags = [one, two]`
fn items(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let setting = setting(&failure.line()).filter(|_| failure.says(NO_VALUE))?;
    let list = setting.value.strip_prefix('[')?.strip_suffix(']')?;
    let items: Vec<String> = list.split(',').filter(|one| !one.trim().is_empty()).map(item).collect();
    let hint = setting.with(&format!("[{}]", items.join(", ")));
    Some(fault("the words of a list stand in quotation marks in TOML", setting.span(), hint))
}

/// `title = How to ask`
fn no_quotation(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let setting = setting(&failure.line()).filter(|_| failure.says(NO_VALUE))?;
    Some(fault("a text stands in quotation marks in TOML", setting.span(), setting.with(&item(setting.value))))
}

/// Told where it was opened, which may be lines above.
fn open_bracket(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let above = failure.text.get(..failure.at).filter(|_| failure.says(&["unclosed", "missing comma"]))?;
    let at = above.rfind(['[', '{'])?;
    let at = if above[..at].ends_with('[') { at - 1 } else { at };
    let line = Line::at(failure.text, at);
    if failure.says(&["missing comma"]) && failure.at <= line.end() {
        return None;
    }
    let (opened, close) = if above[at..].starts_with('{') {
        ('{', "}")
    } else if above[at..].starts_with("[[") {
        ('[', "]]")
    } else {
        ('[', "]")
    };
    Some(fault(
        format!("the `{opened}` that opens here is not closed"),
        at..line.end(),
        Some(format!("write `{close}` where it ends")),
    ))
}

fn no_comma(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let line = failure.line();
    let hint = "write a comma between two items, such as `[\"one\", \"two\"]`".to_owned();
    failure
        .says(&["missing comma"])
        .then(|| fault("there is no comma before this item", failure.at..line.end(), Some(hint)))
}

/// `weight = 01`
fn zero(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let setting = setting(&failure.line()).filter(|_| failure.says(&["leading zero"]))?;
    let number = setting.value.trim_start_matches('0');
    Some(fault("a number can't begin with 0 in TOML", setting.span(), setting.with(number)))
}

/// `weight = 0x` or `weight = ++1`
fn number(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let setting =
        setting(&failure.line()).filter(|_| failure.says(&["sign", "radix", "number", "integer", "float", "digit"]))?;
    let hint = "write a number in plain digits, such as `20`, or put a text in double quotes".to_owned();
    Some(fault(format!("`{}` is not a number", setting.value), setting.span(), Some(hint)))
}

/// `title = "How to ask" description = "…"`
fn behind_value(failure: &Failure<'_>) -> Option<SyntaxFault> {
    let line = failure.line();
    let rest = failure.text.get(failure.at..line.end()).filter(|_| failure.says(&["unexpected key or value"]))?;
    let hint = match rest.contains('=') {
        true => "write each key on a line of its own".to_owned(),
        false => format!("write `{}`", line.text.get(..failure.at - line.start)?.trim()),
    };
    Some(fault("there is more behind the value than TOML expects", failure.at..line.end(), Some(hint)))
}
