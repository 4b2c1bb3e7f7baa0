//! The files by which a host learns a site's headers and redirects, in each host's own form.
//!
//! The rendered files, the templates that a theme must have, the reference, and the files that a site may bring itself all follow from this table:
//! a new host needs an entry here and a template.

/// A file for hosts.
#[derive(Debug)]
pub struct HostFile {
    /// The published name.
    pub name: &'static str,
    /// The template that makes it.
    pub template: &'static str,
    /// What the template makes, for theme authors.
    pub about: &'static str,
    /// What the host learns from it.
    pub contents: Contents,
    /// What a site loses that brings this file itself. `None` if it may not bring it.
    pub lost: Option<&'static str>,
}

/// What a host learns from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contents {
    /// The headers to send.
    Headers,
    /// Where old addresses lead.
    Redirects,
    /// Both.
    Both,
}

const REDIRECTS: &str = "the redirects from `aliases`";

/// Every file for hosts, in the order of the reference: Netlify and Cloudflare Pages, nginx, Apache, Amazon S3.
pub const HOST_FILES: &[HostFile] = &[
    HostFile {
        name: "_headers",
        template: "_headers",
        about: "The headers that hosts send.",
        contents: Contents::Headers,
        lost: Some("the security headers and cache times for Netlify and Cloudflare Pages"),
    },
    HostFile {
        name: "_redirects",
        template: "_redirects",
        about: "Redirects, for hosts.",
        contents: Contents::Redirects,
        lost: Some(REDIRECTS),
    },
    HostFile {
        name: "_nginx.conf",
        template: "_nginx.conf",
        about: "Settings for nginx.",
        contents: Contents::Both,
        lost: Some("the security headers, cache times and redirects for nginx"),
    },
    HostFile {
        name: ".htaccess",
        template: "htaccess",
        about: "Settings for Apache.",
        contents: Contents::Both,
        lost: None,
    },
    HostFile {
        name: "_s3-routing-rules.json",
        template: "_s3-routing-rules.json",
        about: "Redirects, for Amazon S3.",
        contents: Contents::Redirects,
        lost: Some(REDIRECTS),
    },
];

impl HostFile {
    /// Whether its template gets the list of redirects.
    #[must_use]
    pub fn has_redirects(&self) -> bool {
        self.contents != Contents::Headers
    }

    /// Whether a site may bring it itself.
    #[must_use]
    pub fn may_be_own(&self) -> bool {
        self.lost.is_some()
    }
}
