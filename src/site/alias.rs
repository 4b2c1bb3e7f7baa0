//! An alias as an editor wrote or pasted it → the address below the base path that it names.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::address::Address;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Rule};
use crate::text::is_reserved;

/// The longest name of a file that file systems take, in bytes.
const LONGEST_NAME: usize = 255;
/// The longest path below the output folder, in bytes: macOS takes 1,024 for a whole path.
const LONGEST_PATH: usize = 800;
/// The hint where nothing more specific is known.
const FROM_THE_FIRST_PAGE: &str = "write the old address from the site's first page on, such as `/articles/old-name/`";

/// Why an alias names no address of the site.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    message: String,
    hint: String,
}

impl Fault {
    pub(super) fn diagnostic(self) -> Diagnostic {
        Diagnostic::error(Rule::BadAlias, self.message).hint(self.hint)
    }
}

/// Aliases of one site.
pub(super) struct Aliases<'a> {
    config: &'a Config,
    /// Whether the site has pages below an address that begins as its base path does: then `/advice/old/` may be either.
    is_ambiguous: bool,
}

impl<'a> Aliases<'a> {
    pub(super) fn new<'b>(config: &'a Config, mut addresses: impl Iterator<Item = &'b Address>) -> Self {
        let base = config.base_path.trim_start_matches('/');
        Self { config, is_ambiguous: !base.is_empty() && addresses.any(|address| address.as_str().starts_with(base)) }
    }

    /// The address that an alias names.
    ///
    /// # Errors
    /// Why it names none.
    pub(super) fn address(&self, alias: &str) -> Result<Address, Fault> {
        let written = alias.trim();
        let (path, is_whole) = self.without_host(written)?;
        let (path, rest) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
        let Ok(decoded) = percent_decode_str(path).decode_utf8() else { return Err(not_an_address(written)) };
        let inside = self.without_base(written, &decoded, is_whole)?;
        if !rest.is_empty() {
            return Err(with_rest(written, &inside, rest));
        }
        if inside.is_empty() && !written.contains('/') {
            return Err(not_an_address(written));
        }
        fit(written, &inside)?;
        Ok(as_folder_or_file(&inside))
    }

    /// The path behind scheme and host, and whether there was a host.
    fn without_host<'b>(&self, written: &'b str) -> Result<(&'b str, bool), Fault> {
        let Some((scheme, rest)) = written.split_once("//").filter(|(scheme, _)| is_scheme(scheme)) else {
            // A browser takes it for a mail address or another thing that no host serves.
            let has_scheme = written.split('/').next().is_some_and(|start| start.contains(':'));
            return if has_scheme { Err(not_an_address(written)) } else { Ok((written, false)) };
        };
        let (host, path) = rest.split_at(rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len()));
        if scheme.is_empty() && !host.contains('.') {
            return Err(not_an_address(written));
        }
        let Some((_, own)) = self.config.origin.split_once("//") else {
            let message =
                format!("{written:?} names a host, and the site has no `base_url` that says whether it is its own");
            return Err(Fault { message, hint: FROM_THE_FIRST_PAGE.to_owned() });
        };
        match plain_host(host) == plain_host(own) {
            true => Ok((path, true)),
            false => Err(Fault {
                message: format!(
                    "{written:?} is an address of {host}, and this site is at {own}: it can redirect only its own addresses"
                ),
                hint: format!("remove the alias, and set up the redirect at {host}"),
            }),
        }
    }

    fn without_base<'b>(&self, written: &str, path: &'b str, is_whole: bool) -> Result<Cow<'b, str>, Fault> {
        let base = self.config.base_path.as_str();
        let inside = match path == base.trim_end_matches('/') {
            true => Some(""),
            false => path.strip_prefix(base),
        };
        match inside {
            Some(inside) if is_whole || !self.is_ambiguous => Ok(inside.into()),
            None if is_whole => Err(Fault {
                message: format!("{written:?} is outside of {base}, below which this site is published"),
                hint: "remove the alias, and set up the redirect in the settings of the host".to_owned(),
            }),
            _ => Ok(path.strip_prefix('/').unwrap_or(path).into()),
        }
    }
}

/// Whether a host follows behind this and two slashes.
fn is_scheme(text: &str) -> bool {
    ["", "http:", "https:"].iter().any(|scheme| text.eq_ignore_ascii_case(scheme))
}

/// A host without what changes nothing: capitals, the usual port, a dot at its end.
fn plain_host(host: &str) -> String {
    let host = host.to_lowercase();
    let host = host.strip_suffix(":443").or(host.strip_suffix(":80")).unwrap_or(&host);
    host.trim_end_matches('.').to_owned()
}

fn with_rest(written: &str, inside: &str, rest: &str) -> Fault {
    let what = if rest.starts_with('?') { "the query" } else { "the fragment" };
    let message = format!("{written:?} can't be redirected: hosts look at the path alone, not at {what} `{rest}`");
    let hint = match inside.is_empty() || fit(written, inside).is_err() {
        true => "remove the alias".to_owned(),
        false => format!("write `/{inside}`, if nothing else is at that address"),
    };
    Fault { message, hint }
}

fn not_an_address(written: &str) -> Fault {
    Fault { message: format!("{written:?} is not an address on this site"), hint: FROM_THE_FIRST_PAGE.to_owned() }
}

/// Whether a file can be at the address: inside the published folder, under names that file systems and hosts take.
fn fit(written: &str, inside: &str) -> Result<(), Fault> {
    let mut names = inside.strip_suffix('/').unwrap_or(inside).split('/').filter(|_| !inside.is_empty());
    let is_bad = |name: &str| matches!(name, "" | "." | "..");
    let is_foreign = |sign: char| sign.is_control() || sign == '\\' || is_reserved(sign);
    if inside.contains(is_foreign) || names.clone().any(is_bad) {
        return Err(not_an_address(written));
    }
    if inside.len() > LONGEST_PATH || names.clone().any(|name| name.len() > LONGEST_NAME) {
        let message = format!("{:?}… is longer than file systems allow", written.chars().take(40).collect::<String>());
        return Err(Fault { message, hint: "remove the alias; redirect it in the settings of the host".to_owned() });
    }
    match names.find(|name| name.starts_with('.')) {
        None => Ok(()),
        Some(name) => Err(Fault {
            message: format!(
                "{written:?} can't be redirected: hosts don't serve `{name}`, whose name begins with a dot"
            ),
            hint: "remove the alias".to_owned(),
        }),
    }
}

/// `articles/old` is the folder `articles/old/`, and `old.html` a file.
fn as_folder_or_file(inside: &str) -> Address {
    let is_file = inside.rsplit('/').next().is_some_and(|name| name.contains('.'));
    match is_file || inside.is_empty() || inside.ends_with('/') {
        true => Address::new(inside),
        false => Address::new(&format!("{inside}/")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(base_url: &str, alias: &str) -> Result<String, String> {
        let mut config = Config::default();
        config.set_base_url(base_url);
        let pages = [Address::new("articles/p/"), Address::new("guides/p/")];
        let address = Aliases::new(&config, pages.iter()).address(alias);
        address.map(|address| address.to_string()).map_err(|fault| format!("{}; {}", fault.message, fault.hint))
    }

    #[test]
    fn an_alias_is_understood_as_a_browser_shows_it() {
        let base = "https://guides.example/advice/";
        for (alias, address) in [
            ("/articles/old/", "/articles/old/"),
            ("articles/old", "/articles/old/"),
            ("/old.html", "/old.html"),
            ("/advice/articles/old/", "/articles/old/"),
            ("/advice/", "/"),
            ("https://guides.example/advice/old/", "/old/"),
            ("HTTP://Guides.Example:80/advice/old", "/old/"),
            ("//guides.example/advice/old/", "/old/"),
            ("/%D9%86%D9%88%DA%A9%D8%B1%DB%8C/", "/نوکری/"),
            ("/a%20b/", "/a b/"),
            ("/100%/", "/100%/"),
            ("/advice-for-all/", "/advice-for-all/"),
            ("/", "/"),
        ] {
            assert_eq!(read(base, alias), Ok(address.to_owned()), "{alias}");
        }
    }

    #[test]
    fn a_base_path_that_is_a_folder_of_the_site_too_is_kept() {
        assert_eq!(read("https://a.example/guides/", "/guides/old/"), Ok("/guides/old/".to_owned()));
        assert_eq!(read("https://a.example/guides/", "https://a.example/guides/old/"), Ok("/old/".to_owned()));
    }

    #[test]
    fn what_no_host_can_redirect_is_reported_with_the_alias_as_it_should_be() {
        let base = "https://guides.example/advice/";
        for (alias, said) in [
            ("/old/?p=12", "write `/old/`"),
            ("/?p=12", "remove the alias"),
            ("https://guides.example/advice/?p=12", "remove the alias"),
            ("https://guides.example/advice/old/?p=12", "write `/old/`"),
            ("https://guides.example/?p=12", "outside of /advice/"),
            ("/old/#part", "the fragment `#part`"),
            ("https://other.example/old/", "set up the redirect at other.example"),
            ("https://guides.example/elsewhere/", "outside of /advice/"),
            ("../old/", "from the site's first page"),
            ("/a//b/", "not an address"),
            ("/%2F%2Fa.example/", "not an address"),
            ("mailto:ann@a.example", "not an address"),
            ("file:///old/", "not an address"),
            ("https:/guides.example/old/", "not an address"),
            ("/a/./b/", "not an address"),
            ("/%2e%2e/b/", "not an address"),
            ("/a%5Cb/", "not an address"),
            ("/a%00b/", "not an address"),
            ("/a%ffb/", "not an address"),
            ("", "not an address"),
            ("/.git/config", "begins with a dot"),
            ("/%2Egit/config", "begins with a dot"),
        ] {
            let fault = read(base, alias).expect_err(alias);
            assert!(fault.contains(said), "{alias}: {fault}");
        }
        assert!(read(base, &format!("/{}/", "n".repeat(256))).is_err());
        assert!(read(base, &"/long/name".repeat(90)).is_err());
        assert!(read("/advice/", "https://a.example/advice/old/").expect_err("no host").contains("no `base_url`"));
    }
}
