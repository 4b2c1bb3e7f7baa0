//! What the configuration says of deployments, in a group `[deploy.NAME]` each: where the site is sent, and how.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Rule};
use crate::fields::{Entry, Field, Kind, Reader, UnknownKeys, Value};

/// What `[deploy.NAME]` may say.
pub const DEPLOY_FIELDS: &[Field] = &[
    Field {
        name: "to",
        kind: Kind::Text,
        help: "Where the site is sent: `folder`, `git`, `s3` (Amazon S3 or a store like it), `gcs` (Google Cloud Storage) or `azure` (Azure Blob Storage). Required.",
        example: "\"s3\"",
    },
    Field {
        name: "folder",
        kind: Kind::Text,
        help: "For `folder`: its path, from the site's folder. A mounted share is a folder too.",
        example: "\"/mnt/web/career-advice\"",
    },
    Field {
        name: "repository",
        kind: Kind::Text,
        help: "For `git`: the name of a remote of the repository that the site is in, or an address. `origin`, if left out.",
        example: "\"origin\"",
    },
    Field {
        name: "branch",
        kind: Kind::Text,
        help: "For `git`: the branch that gets the site. `gh-pages`, if left out.",
        example: "\"gh-pages\"",
    },
    Field {
        name: "bucket",
        kind: Kind::Text,
        help: "For `s3` and `gcs`: the bucket. For `azure`: the container.",
        example: "\"example-advice\"",
    },
    Field {
        name: "prefix",
        kind: Kind::Text,
        help: "For stores and `git`: the folder in it that gets the site.",
        example: "\"career-advice\"",
    },
    Field {
        name: "region",
        kind: Kind::Text,
        help: "For `s3`: the region of the bucket. That of `AWS_REGION`, if left out.",
        example: "\"ap-south-1\"",
    },
    Field {
        name: "endpoint",
        kind: Kind::Text,
        help: "For stores: the address of a store that isn't Amazon's, Google's or Microsoft's own.",
        example: "\"https://storage.example.com\"",
    },
    Field {
        name: "account",
        kind: Kind::Text,
        help: "For `azure`: the storage account. That of `AZURE_STORAGE_ACCOUNT_NAME`, if left out.",
        example: "\"exampleadvice\"",
    },
    Field {
        name: "compress",
        kind: Kind::Text,
        help: "Packed texts. `copies`: a `.gz` and a `.br` beside each text, for servers that look for those. `gzip` or `brotli`, for stores: each text is stored packed, and served so with `Content-Encoding`. `off`, if left out.",
        example: "\"gzip\"",
    },
    Field {
        name: "max_deletes",
        kind: Kind::number(0, 10_000_000),
        help: "How many files a deployment may delete without `--yes`. 256, if left out.",
        example: "256",
    },
    Field {
        name: "connections",
        kind: Kind::number(1, 64),
        help: "How many files are sent at the same time. 8, if left out.",
        example: "8",
    },
];

/// Where a site is sent, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeploySettings {
    /// The place.
    pub to: DeployTo,
    /// The folder in it, without slashes at its ends; empty for the place itself.
    pub prefix: String,
    /// What is packed.
    pub compress: DeployCompress,
    /// How many files may be deleted unasked.
    pub max_deletes: usize,
    /// How many files are sent at the same time.
    pub connections: usize,
}

/// A place that a site can be sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeployTo {
    /// A folder, by its path from the site's.
    Folder(String),
    /// A branch of a Git repository.
    Git {
        /// The name of a remote, or an address.
        repository: String,
        /// The branch.
        branch: String,
    },
    /// A bucket of Amazon S3, or of a store that speaks its protocol.
    S3 {
        /// The bucket.
        bucket: String,
        /// Its region; `None` for that of the environment.
        region: Option<String>,
        /// The store's address; `None` for Amazon's.
        endpoint: Option<String>,
    },
    /// A bucket of Google Cloud Storage.
    Gcs {
        /// The bucket.
        bucket: String,
        /// The store's address; `None` for Google's.
        endpoint: Option<String>,
    },
    /// A container of Azure Blob Storage.
    Azure {
        /// The container.
        container: String,
        /// The account; `None` for that of the environment.
        account: Option<String>,
        /// The store's address; `None` for Microsoft's.
        endpoint: Option<String>,
    },
}

/// How texts are packed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DeployCompress {
    /// Not at all.
    #[default]
    Off,
    /// In copies beside them.
    Copies,
    /// Stored packed by gzip.
    Gzip,
    /// Stored packed by Brotli.
    Brotli,
}

/// Which fields go with each place, beside those that go with all. The first of a pair of brackets is required.
const OF_PLACES: &[(&str, &[&str], &[&str])] = &[
    ("folder", &["folder"], &[]),
    ("git", &[], &["repository", "branch", "prefix"]),
    ("s3", &["bucket"], &["region", "endpoint", "prefix"]),
    ("gcs", &["bucket"], &["endpoint", "prefix"]),
    ("azure", &["bucket"], &["account", "endpoint", "prefix"]),
];

const MAX_DELETES: usize = 256;
const CONNECTIONS: usize = 8;

/// Reads the groups `[deploy.NAME]`.
pub(super) fn read(reader: &mut Reader<'_, '_>) -> BTreeMap<String, DeploySettings> {
    let mut deployments = BTreeMap::new();
    for entry in reader.group("deploy").unwrap_or_default() {
        let Value::Map(entries) = &entry.node.value else {
            let message = format!("`{}` of `deploy` should be a group of keys", entry.key);
            let diagnostic = Diagnostic::error(Rule::WrongType, message).at(reader.source(), entry.key_span.clone());
            let hint =
                "give each deployment a group of its own, such as `[deploy.live]` with `to = \"folder\"` below it";
            reader.diagnostics().push(diagnostic.hint(hint));
            continue;
        };
        let mut inner = reader.inner(entries, DEPLOY_FIELDS, UnknownKeys::Error);
        if let Some(settings) = deployment(&mut inner, entry) {
            deployments.insert(entry.key.clone(), settings);
        }
    }
    deployments
}

/// One deployment; `None` if it doesn't say where to.
fn deployment(inner: &mut Reader<'_, '_>, entry: &Entry) -> Option<DeploySettings> {
    let place = place(inner, entry)?;
    let is_complete = has_its_fields(inner, entry, place);
    let number = |number: Option<i64>, default| number.and_then(|number| number.try_into().ok()).unwrap_or(default);
    let settings = DeploySettings {
        to: to(inner, place),
        prefix: prefix(inner),
        compress: compress(inner, place),
        max_deletes: number(inner.number("max_deletes"), MAX_DELETES),
        connections: number(inner.number("connections"), CONNECTIONS),
    };
    is_complete.then_some(settings)
}

fn place(inner: &mut Reader<'_, '_>, entry: &Entry) -> Option<&'static str> {
    let choices: Vec<(&str, &'static str)> = OF_PLACES.iter().map(|(name, ..)| (*name, *name)).collect();
    let is_missing = !inner.has("to") && !inner.is_misspelt("to");
    if is_missing {
        let message = format!("the deployment `{}` doesn't say where to", entry.key);
        let diagnostic = Diagnostic::error(Rule::WrongType, message).at(inner.source(), entry.key_span.clone());
        let hint = "add a line such as `to = \"folder\"`; the others are `git`, `s3`, `gcs` and `azure`";
        inner.diagnostics().push(diagnostic.hint(hint));
    }
    inner.choice("to", &choices)
}

/// Whether a deployment has what its place needs. A field of another place would do nothing, so it is an error.
fn has_its_fields(inner: &mut Reader<'_, '_>, entry: &Entry, place: &str) -> bool {
    let Some((_, required, optional)) = OF_PLACES.iter().find(|(name, ..)| *name == place) else { return false };
    let of_places = OF_PLACES.iter().flat_map(|(_, required, optional)| required.iter().chain(*optional));
    let strange: Vec<&str> =
        of_places.copied().filter(|name| !required.contains(name) && !optional.contains(name)).collect();
    for name in strange.iter().filter(|name| inner.has(name)).copied().collect::<std::collections::BTreeSet<_>>() {
        let diagnostic = Diagnostic::error(Rule::WrongType, format!("`{name}` means nothing for `to = \"{place}\"`"));
        inner.report(name, diagnostic.hint("remove the line, or change `to`"));
    }
    let missing: Vec<&str> =
        required.iter().copied().filter(|name| !inner.has(name) && !inner.is_misspelt(name)).collect();
    for name in &missing {
        let message = format!("the deployment `{}` has no `{name}`", entry.key);
        let diagnostic = Diagnostic::error(Rule::WrongType, message).at(inner.source(), entry.key_span.clone());
        inner.diagnostics().push(diagnostic.hint(format!("`to = \"{place}\"` needs a line `{name} = \"…\"`")));
    }
    missing.is_empty()
}

fn to(inner: &mut Reader<'_, '_>, place: &str) -> DeployTo {
    let mut text = |name: &str| inner.text(name).filter(|text| !text.trim().is_empty());
    match place {
        "folder" => DeployTo::Folder(text("folder").unwrap_or_default()),
        "git" => DeployTo::Git {
            repository: text("repository").unwrap_or_else(|| "origin".to_owned()),
            branch: text("branch").unwrap_or_else(|| "gh-pages".to_owned()),
        },
        "s3" => DeployTo::S3 {
            bucket: text("bucket").unwrap_or_default(),
            region: text("region"),
            endpoint: endpoint(inner),
        },
        "gcs" => DeployTo::Gcs { bucket: text("bucket").unwrap_or_default(), endpoint: endpoint(inner) },
        _ => DeployTo::Azure {
            container: text("bucket").unwrap_or_default(),
            account: text("account"),
            endpoint: endpoint(inner),
        },
    }
}

/// The address of a store. Without encryption only one on this machine: whoever listens could use what a request is signed with.
fn endpoint(inner: &mut Reader<'_, '_>) -> Option<String> {
    let written = inner.text("endpoint")?;
    let url = url::Url::parse(&written).ok().filter(|url| url.has_host());
    let is_local = |url: &url::Url| match url.host() {
        Some(url::Host::Ipv4(number)) => number.is_loopback(),
        Some(url::Host::Ipv6(number)) => number.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    };
    let (message, hint) = match &url {
        None => ("`endpoint` is not an address", "write a whole address such as `https://storage.example.com`"),
        Some(url) if !url.username().is_empty() || url.password().is_some() => (
            "`endpoint` contains a name or a password",
            "write the address without them; a store's credentials are read from the environment",
        ),
        Some(url) if url.scheme() == "https" || (url.scheme() == "http" && is_local(url)) => {
            return Some(written.trim_end_matches('/').to_owned());
        }
        Some(_) => ("`endpoint` is not encrypted", "write an address that begins with `https://`"),
    };
    inner.report("endpoint", Diagnostic::error(Rule::WrongType, message).hint(hint));
    None
}

fn prefix(inner: &mut Reader<'_, '_>) -> String {
    let prefix = inner.text("prefix").unwrap_or_default().trim_matches('/').to_owned();
    let is_plain = |part: &str| !matches!(part, "" | "." | ".." | ".git") && !part.contains(['\\', '\0']);
    if prefix.is_empty() || prefix.split('/').all(is_plain) {
        return prefix;
    }
    let diagnostic = Diagnostic::error(Rule::WrongType, format!("`{prefix}` is not the path of a folder"));
    inner.report("prefix", diagnostic.hint("write the folder's name, such as `prefix = \"career-advice\"`"));
    String::new()
}

fn compress(inner: &mut Reader<'_, '_>, place: &str) -> DeployCompress {
    let choices = [
        ("off", DeployCompress::Off),
        ("copies", DeployCompress::Copies),
        ("gzip", DeployCompress::Gzip),
        ("brotli", DeployCompress::Brotli),
    ];
    let chosen = inner.choice("compress", &choices).unwrap_or_default();
    let needs_a_store = matches!(chosen, DeployCompress::Gzip | DeployCompress::Brotli);
    if needs_a_store && matches!(place, "folder" | "git") {
        let message = format!("`to = \"{place}\"` can't serve packed files, since it has no headers");
        let hint = "write `compress = \"copies\"` if the server looks for `.gz` or `.br` files, or remove the line";
        inner.report("compress", Diagnostic::error(Rule::WrongType, message).hint(hint));
        return DeployCompress::Off;
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::site::parse;
    use crate::diagnostic::SourceText;
    use crate::source::SourcePath;

    fn read_text(text: &str) -> (BTreeMap<String, DeploySettings>, Vec<String>) {
        let path = SourcePath::new("letterpress.toml");
        let mut diagnostics = Vec::new();
        let config = parse(SourceText::new(&path, &format!("title = \"A\"\n{text}")), &mut diagnostics);
        (config.deploy, diagnostics.into_iter().map(|one| one.message).collect())
    }

    #[test]
    fn a_deployment_has_what_its_place_needs_and_defaults_for_the_rest() {
        let (deployments, messages) =
            read_text("[deploy.live]\nto = \"s3\"\nbucket = \"b\"\nprefix = \"/a/b/\"\n[deploy.pages]\nto = \"git\"\n");
        assert!(messages.is_empty(), "{messages:?}");
        let live = &deployments["live"];
        assert_eq!((live.prefix.as_str(), live.max_deletes, live.connections), ("a/b", 256, 8));
        let git = DeployTo::Git { repository: "origin".to_owned(), branch: "gh-pages".to_owned() };
        assert_eq!(deployments["pages"].to, git);
    }

    #[test]
    fn what_can_not_work_is_reported_where_it_is_written() {
        for (text, message) in [
            ("bucket = \"b\"", "the deployment `a` doesn't say where to"),
            ("to = \"s3\"", "the deployment `a` has no `bucket`"),
            ("to = \"folder\"\nfolder = \"x\"\nbranch = \"b\"", "`branch` means nothing for `to = \"folder\"`"),
            ("to = \"git\"\ncompress = \"gzip\"", "`to = \"git\"` can't serve packed files, since it has no headers"),
            ("to = \"s3\"\nbucket = \"b\"\nendpoint = \"http://a.example\"", "`endpoint` is not encrypted"),
            (
                "to = \"s3\"\nbucket = \"b\"\nendpoint = \"https://me:word@a.example\"",
                "`endpoint` contains a name or a password",
            ),
            ("to = \"s3\"\nbucket = \"b\"\nendpoint = \"a\"", "`endpoint` is not an address"),
            ("to = \"s3\"\nbucket = \"b\"\nprefix = \"a/../b\"", "`a/../b` is not the path of a folder"),
        ] {
            assert_eq!(read_text(&format!("[deploy.a]\n{text}\n")).1, [message], "{text}");
        }
        assert_eq!(read_text("[deploy]\nto = \"git\"\n").1, ["`to` of `deploy` should be a group of keys"]);
    }

    #[test]
    fn a_secret_is_no_setting() {
        let (_, messages) = read_text("[deploy.a]\nto = \"s3\"\nbucket = \"b\"\nsecret_access_key = \"x\"\n");
        assert!(messages[0].contains("secret_access_key"), "{messages:?}");
    }

    #[test]
    fn a_store_on_this_machine_needs_no_encryption() {
        for endpoint in ["http://127.0.0.1:9000", "http://localhost:9000/", "http://[::1]:9000"] {
            let text = format!("[deploy.a]\nto = \"s3\"\nbucket = \"b\"\nendpoint = \"{endpoint}\"\n");
            assert!(read_text(&text).1.is_empty(), "{endpoint}");
        }
    }
}
