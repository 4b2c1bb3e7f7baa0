//! What `git` printed as it failed → what is wrong and what to do.

use crate::deploy::failure::DeployError;

/// What is printed, in small letters, and what to do. The first that fits counts.
const CAUSES: &[(&[&str], &str)] = &[
    (
        &[
            "fetch first",
            "non-fast-forward",
            "cannot lock ref",
            "stale info",
            "failed to update ref",
            "incorrect old value",
        ],
        "somebody else pushed to it meanwhile, such as another deployment. Deploy again when that has ended.",
    ),
    (
        &[
            "authentication failed",
            "could not read username",
            "could not read password",
            "terminal prompts disabled",
            "permission denied",
            "403",
            "write access",
            "401",
        ],
        "it takes no changes from here. Check the credentials that `git push` uses: an SSH key, a credential helper, or the token of a workflow.",
    ),
    (
        &[
            "does not appear to be a git repository",
            "repository not found",
            "not found",
            "no such remote",
            "does not exist",
        ],
        "there is no such repository, or nobody from here may see it. Check `repository`.",
    ),
    (
        &["remote rejected", "pre-receive", "protected branch"],
        "the repository refuses it by a rule of its own. Mend what it says, or choose another `branch`.",
    ),
];

/// What a network that fails for a moment makes `git` print.
const PASSING: &[&str] = &[
    "could not resolve host",
    "connection timed out",
    "connection refused",
    "connection reset",
    "operation timed out",
    "remote end hung up",
    "early eof",
    "http 5",
    "error: 5",
    "failed to connect",
];

/// Whether another attempt may succeed.
pub(super) fn may_pass(message: &str) -> bool {
    let message = message.to_lowercase();
    PASSING.iter().any(|part| message.contains(part)) && cause(&message).is_none()
}

fn cause(message: &str) -> Option<&'static str> {
    CAUSES.iter().find(|(parts, _)| parts.iter().any(|part| message.contains(part))).map(|(_, advice)| *advice)
}

/// The error for a command to a remote repository that failed.
pub(super) fn explained(target: &str, message: &str) -> DeployError {
    match cause(&message.to_lowercase()) {
        Some(advice) => DeployError::usage(format!("could not deploy to {target}: {advice} Git says: {message}")),
        None => DeployError::machine(format!(
            "could not deploy to {target}: {message}. Check the network, and deploy again."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_git_prints_becomes_advice() {
        for (printed, advice) in [
            ("! [rejected] 12 -> gh-pages (fetch first)", "somebody else pushed"),
            (
                "remote: Permission to a/b.git denied to c. fatal: unable to access 'https://x/': The requested URL returned error: 403",
                "takes no changes",
            ),
            ("fatal: could not read Username for 'https://github.com': terminal prompts disabled", "takes no changes"),
            (
                "git@github.com: Permission denied (publickey). fatal: Could not read from remote repository.",
                "takes no changes",
            ),
            ("remote: Repository not found.; fatal: repository 'https://x/' not found", "no such repository"),
            ("! [remote rejected] 12 -> gh-pages (pre-receive hook declined)", "a rule of its own"),
        ] {
            assert!(explained("it", printed).to_string().contains(advice), "{printed}");
            assert!(!may_pass(printed), "{printed}");
        }
        assert!(may_pass("fatal: unable to access 'https://a/': Could not resolve host: a"));
    }
}
