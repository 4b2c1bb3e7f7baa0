//! `base_url` → origin and base path: as an address bar shows it, percent signs or not.

use percent_encoding::percent_decode_str;

/// Where a site will live.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BaseUrl {
    /// Scheme and host in small letters, or empty.
    pub(super) origin: String,
    /// The path as files and hosts' rules have it, without percent signs; begins and ends in `/`.
    pub(super) path: String,
}

/// Why a text is no `base_url`.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

fn fault(message: impl Into<String>, hint: impl Into<String>) -> Fault {
    Fault { message: message.into(), hint: hint.into() }
}

/// Splits an address such as `https://www.example.com/career-advice/`, or a path alone.
///
/// # Errors
/// What is wrong with it.
pub(super) fn parse(text: &str) -> Result<BaseUrl, Fault> {
    let text = text.trim();
    let (origin, path) = parts(text)?;
    Ok(BaseUrl { origin: origin.to_lowercase(), path: base_path(text, path)? })
}

fn parts(text: &str) -> Result<(&str, &str), Fault> {
    if text.is_empty() || (text.starts_with('/') && !text.starts_with("//")) {
        return Ok(("", text));
    }
    let begins = |scheme: &&str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let Some(scheme) = ["https://", "http://"].into_iter().find(begins) else { return Err(without_scheme(text)) };
    let rest = &text[scheme.len()..];
    let host = &rest[..rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len())];
    let is_host = |sign: char| sign.is_alphanumeric() || "-.:[]".contains(sign);
    if host.is_empty() || !host.chars().all(is_host) {
        let message = format!("`base_url` names no host that readers can open: {host:?}");
        return Err(fault(
            message,
            "write scheme, host and path, such as `base_url = \"https://www.example.com/advice/\"`",
        ));
    }
    Ok(text.split_at(scheme.len() + host.len()))
}

fn without_scheme(text: &str) -> Fault {
    let scheme = text.find(':').filter(|at| text[..*at].bytes().all(|byte| byte.is_ascii_alphabetic()));
    let rest = scheme.map_or(text, |at| &text[at + 1..]).trim_start_matches(['/', '\\']);
    fault("`base_url` must begin with https:// or http://", format!("write `base_url = \"https://{rest}\"`"))
}

/// What neither an address nor a file may hold, nor a host's rule: quotes, and signs that mean something there.
const FOREIGN: &str = "\"'<>\\^`{|}?#;$*";

fn base_path(text: &str, path: &str) -> Result<String, Fault> {
    if path.contains(char::is_whitespace) {
        let message = "`base_url` holds a space, which no address can hold";
        return Err(fault(message, format!("write `base_url = \"{}\"`", text.replace(char::is_whitespace, "%20"))));
    }
    let bad = || {
        fault("`base_url` holds a sign that no address can hold", format!("leave out spaces and the signs {FOREIGN}"))
    };
    let decoded = percent_decode_str(path).decode_utf8().map_err(|_| {
        fault(
            "the percent signs in `base_url` stand for no letters in UTF-8",
            "copy the address from a browser, or write its letters as they are",
        )
    })?;
    let is_slash_hidden = decoded.matches('/').count() != path.matches('/').count();
    let is_foreign = |sign: char| sign.is_control() || (sign.is_whitespace() && sign != ' ') || FOREIGN.contains(sign);
    if is_slash_hidden || decoded.contains(is_foreign) {
        return Err(bad());
    }
    let names: Vec<&str> = decoded.split('/').filter(|name| !name.is_empty()).collect();
    if names.iter().any(|name| matches!(*name, "." | "..") || name.starts_with(':')) {
        return Err(fault(
            "a folder in `base_url` can't be `.` or `..`, nor begin with a colon",
            "write the path without it",
        ));
    }
    Ok(names.iter().fold("/".to_owned(), |path, name| path + name + "/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> (String, String) {
        parse(text).map(|base| (base.origin, base.path)).unwrap_or_else(|fault| panic!("{text}: {fault:?}"))
    }

    #[test]
    fn a_base_url_is_understood_however_it_is_written() {
        for (text, origin, path) in [
            ("https://a.example/advice/", "https://a.example", "/advice/"),
            ("https://a.example/advice", "https://a.example", "/advice/"),
            ("https://a.example", "https://a.example", "/"),
            ("https://a.example//advice///jobs//", "https://a.example", "/advice/jobs/"),
            (" HTTPS://A.Example:8080/Advice/ ", "https://a.example:8080", "/Advice/"),
            ("http://[::1]:80/x/", "http://[::1]:80", "/x/"),
            ("https://x.example/%D9%85%D8%B4%D9%88%D8%B1%DB%81/", "https://x.example", "/مشورہ/"),
            ("https://x.example/مشورہ/", "https://x.example", "/مشورہ/"),
            ("https://مثال.example/", "https://مثال.example", "/"),
            ("/my%20site", "", "/my site/"),
            ("/%25/", "", "/%/"),
            ("", "", "/"),
            ("/", "", "/"),
        ] {
            assert_eq!(split(text), (origin.to_owned(), path.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_no_host_can_serve_is_refused_with_a_hint_that_helps() {
        for (text, hint) in [
            ("www.a.example/advice", "https://www.a.example/advice"),
            ("//a.example/advice/", "https://a.example/advice/"),
            ("ftp://a.example/", "https://a.example/"),
            ("https:/a.example/", "https://a.example/"),
            ("https://a.example/my site/", "https://a.example/my%20site/"),
        ] {
            let fault = parse(text).expect_err(text);
            assert_eq!(fault.hint, format!("write `base_url = \"{hint}\"`"), "{text}");
            assert!(parse(hint).is_ok(), "{hint}");
        }
        for text in [
            "https://",
            "https:///a/",
            "https://a b.example/",
            "https://ann:secret@a.example/",
            "https://a.example\\b/",
            "https://a.example/a?b",
            "https://a.example/a%3Fb/",
            "https://a.example/#a",
            "https://a.example/a%23/",
            "https://a.example/a/../b/",
            "https://a.example/%2e%2e/b/",
            "https://a.example/a%2Fb/",
            "https://a.example/%ff/",
            "https://a.example/%00/",
            "https://a.example/a\"b/",
            "https://a.example/%22/",
            "https://a.example/%5C/",
            "https://a.example/:b/",
            "https://a.example/*/",
            "https://a.example/$b/",
            "https://a.example/a;b/",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
