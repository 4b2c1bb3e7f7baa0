//! Takes credentials out of texts that are about to be printed.

use std::borrow::Cow;

/// Beginnings of the names of environment variables from which stores take credentials.
const FAMILIES: &[&str] = &["AWS_", "AZURE_", "GOOGLE_", "MSI_", "IDENTITY_", "GIT_", "GH_", "GITHUB_", "ACTIONS_"];
/// What the name of a variable with a credential contains.
const MARKS: &[&str] =
    &["KEY", "SECRET", "TOKEN", "PASSWORD", "SAS", "ACCOUNT_CREDENTIALS", "SERVICE_ACCOUNT", "CONFIG_VALUE"];
/// A shorter value is a word of many texts, and no credential.
const LEAST: usize = 6;
const HIDDEN: &str = "[hidden]";

/// The text without the values of credentials in the environment, and without what addresses have before an `@`, or as a signature.
#[must_use]
pub fn redacted(text: &str) -> String {
    let secrets = secrets(
        std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))),
    );
    without_user_info(&without_signatures(&without(text, &secrets)))
}

/// The values of the variables that hold credentials, the longest first, each as it is and as an address has it.
fn secrets(variables: impl Iterator<Item = (String, String)>) -> Vec<String> {
    let is_secret = |name: &str| {
        FAMILIES.iter().any(|family| name.starts_with(family))
            && MARKS.iter().any(|mark| name.contains(mark))
            && !name.ends_with("_FILE")
            && !name.contains("CONFIG_KEY")
    };
    let values = variables.filter(|(name, value)| is_secret(name) && value.trim().len() >= LEAST);
    let mut secrets: Vec<String> = values.flat_map(|(_, value)| spellings(value.trim())).collect();
    secrets.sort_by_key(|secret| (std::cmp::Reverse(secret.len()), secret.clone()));
    secrets.dedup();
    secrets
}

/// A credential, its lines, and its values if it is JSON, as a service account's key is.
fn spellings(value: &str) -> Vec<String> {
    let encoded = percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC).to_string();
    let mut all = vec![value.to_owned(), encoded];
    if let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(value) {
        let texts = fields.into_iter().filter(|(name, _)| name.contains("key"));
        all.extend(texts.filter_map(|(_, value)| Some(value.as_str()?.to_owned())).filter(|text| text.len() >= LEAST));
    }
    all
}

fn without(text: &str, secrets: &[String]) -> String {
    secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), HIDDEN))
}

/// `https://name:word@host` → `https://[hidden]@host`.
fn without_user_info(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        clean.push_str(before);
        clean.push_str("://");
        let end = after
            .find(|sign: char| sign.is_whitespace() || matches!(sign, '/' | '?' | '#' | '\'' | '"'))
            .unwrap_or(after.len());
        let host = after[..end].rfind('@').map_or(0, |at| {
            clean.push_str(HIDDEN);
            at
        });
        rest = &after[host..];
    }
    clean.push_str(rest);
    clean
}

/// The signatures of signed addresses: Amazon's, Google's and a shared access signature of Azure's.
fn without_signatures(text: &str) -> Cow<'_, str> {
    let mut clean = Cow::Borrowed(text);
    for mark in ["X-Amz-Signature=", "X-Amz-Security-Token=", "X-Goog-Signature=", "?sig=", "&sig="] {
        let mut from = 0;
        while let Some(at) = clean[from..].find(mark) {
            let start = from + at + mark.len();
            let length =
                clean[start..].find(|sign: char| sign == '&' || sign.is_whitespace()).unwrap_or(clean.len() - start);
            clean.to_mut().replace_range(start..start + length, HIDDEN);
            from = start + HIDDEN.len();
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_credentials_are_hidden_and_names_and_other_values_are_not() {
        let variables = [
            ("AWS_SECRET_ACCESS_KEY", "abc/def+ghi"),
            ("AWS_REGION", "eu-central-1"),
            ("AZURE_STORAGE_SAS_KEY", "sv=1&sig=xyz"),
            ("GOOGLE_SERVICE_ACCOUNT_KEY", r#"{"type": "service_account", "private_key": "-----BEGIN\nlines"}"#),
            ("AWS_SESSION_TOKEN", ""),
            ("HOME_KEY", "abcdefgh"),
        ];
        let secrets = secrets(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let text =
            "AWS_SECRET_ACCESS_KEY abc/def+ghi abc%2Fdef%2Bghi eu-central-1 sv=1&sig=xyz -----BEGIN\nlines abcdefgh";
        assert_eq!(
            without(text, &secrets),
            "AWS_SECRET_ACCESS_KEY [hidden] [hidden] eu-central-1 [hidden] [hidden] abcdefgh"
        );
    }

    #[test]
    fn addresses_lose_names_words_and_signatures() {
        let text =
            "push to https://x-token:ghp_1@github.com/a/b.git failed: 'https://me@b.example' https://c.example/?a=@";
        let clean =
            "push to https://[hidden]@github.com/a/b.git failed: 'https://[hidden]@b.example' https://c.example/?a=@";
        assert_eq!(without_user_info(text), clean);
        assert_eq!(
            without_signatures("a?x=1&sig=Zm9v&y=2 X-Amz-Signature=12"),
            "a?x=1&sig=[hidden]&y=2 X-Amz-Signature=[hidden]"
        );
    }
}
