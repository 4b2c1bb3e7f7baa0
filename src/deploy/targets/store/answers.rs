//! What a store answered as it refused something → what is wrong and what to do.

use object_store::Error;

use super::open::Opened;
use crate::deploy::failure::DeployError;

/// How much of an answer without a known form is shown.
const LONGEST: usize = 240;

/// Parts of answers by which a cause is known. The first that fits counts.
const CAUSES: &[(&[&str], Cause)] = &[
    (&["NoSuchBucket", "ContainerNotFound", "bucket does not exist"], Cause::Missing),
    (
        &[
            "PermanentRedirect",
            "AuthorizationHeaderMalformed",
            "incorrectly configured region",
            "IllegalLocationConstraint",
            "TemporaryRedirect",
        ],
        Cause::Region,
    ),
    (&["RequestTimeTooSkewed", "RequestExpired"], Cause::Clock),
    (
        &[
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "InvalidToken",
            "ExpiredToken",
            "AuthenticationFailed",
            "InvalidAuthenticationInfo",
            "failed to authenticate",
        ],
        Cause::Credentials,
    ),
    (&["AccessDenied", "AuthorizationPermissionMismatch", "AuthorizationFailure"], Cause::Permission),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    Missing,
    Region,
    Clock,
    Credentials,
    Permission,
}

/// The error for a store's answer to what was done with a file.
pub(super) fn explained(opened: &Opened, doing: &str, error: &Error) -> DeployError {
    let answer = chain(error);
    let (name, told) = (&opened.name, shortened(&answer));
    let advice = match cause(error, &answer) {
        Some(Cause::Missing) => {
            "There is no such bucket or container. Create it, or mend `bucket` in the settings".to_owned()
        }
        Some(Cause::Region) => "The bucket is in another region. Mend `region` in the settings".to_owned(),
        Some(Cause::Clock) => "The clock of this machine is wrong. Set it right".to_owned(),
        Some(Cause::Credentials) => format!("The credentials are wrong or have expired. {}", opened.credentials.advice),
        Some(Cause::Permission) => {
            "The credentials don't allow it. Allow them to list, read, write and delete in it".to_owned()
        }
        None => {
            let advice = if is_unreachable(&answer) {
                "Check the network and `endpoint`"
            } else {
                "Check the network and the settings"
            };
            let message =
                format!("could not {doing} in {name}: {told}. {advice}, and deploy again: it goes on from here.");
            return DeployError::machine(message);
        }
    };
    DeployError::usage(format!("could not {doing} in {name}. {advice}, and deploy again. The store says: {told}"))
}

fn cause(error: &Error, answer: &str) -> Option<Cause> {
    let told = CAUSES.iter().find(|(parts, _)| parts.iter().any(|part| answer.contains(part))).map(|(_, cause)| *cause);
    told.or(match error {
        Error::PermissionDenied { .. } => Some(Cause::Permission),
        Error::Unauthenticated { .. } => Some(Cause::Credentials),
        _ => None,
    })
}

/// Whether nobody answered at all.
fn is_unreachable(answer: &str) -> bool {
    let signs = ["failed to lookup", "host not found", "Connection refused", "connection failed", "timeout"];
    signs.iter().any(|sign| answer.contains(sign))
}

/// The error, and those below it that it doesn't contain already.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut below = std::error::Error::source(error);
    while let Some(error) = below {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        below = error.source();
    }
    text
}

/// Whether a store says that the bucket itself is missing, and not a file in it.
pub(super) fn is_bucket_missing(error: &Error) -> bool {
    cause(error, &chain(error)) == Some(Cause::Missing)
}

/// The code and message of an XML answer; else the beginning of the text.
fn shortened(answer: &str) -> String {
    let element = |name: &str| {
        let (_, rest) = answer.split_once(&format!("<{name}>"))?;
        rest.split_once(&format!("</{name}>")).map(|(text, _)| text.trim().replace('\n', " "))
    };
    match (element("Code"), element("Message")) {
        (Some(code), Some(message)) => format!("{code}: {message}"),
        (Some(code), None) => code,
        // What `object_store` puts before it: the method, the address and how long it took.
        _ => answer
            .split_once(" - ")
            .map_or(answer, |(_, told)| told)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .chars()
            .take(LONGEST)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_known_by_its_code() {
        let error = |answer: &str| Error::Generic { store: "S3", source: answer.into() };
        for (code, expected) in [
            ("NoSuchBucket", Cause::Missing),
            ("PermanentRedirect", Cause::Region),
            ("RequestTimeTooSkewed", Cause::Clock),
            ("SignatureDoesNotMatch", Cause::Credentials),
            ("AccessDenied", Cause::Permission),
        ] {
            let answer =
                format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>Told\nso</Message></Error>");
            assert_eq!(cause(&error(&answer), &answer), Some(expected));
            assert_eq!(shortened(&answer), format!("{code}: Told so"));
        }
        let refused = "Generic S3 error: Error performing PUT http://a/b in 3s - HTTP error: io: Connection refused (os error 111)";
        assert!(is_unreachable(refused));
        assert_eq!(shortened(refused), "HTTP error: io: Connection refused (os error 111)");
        assert_eq!(cause(&error("connection refused"), "connection refused"), None);
    }
}
