//! What a deployment reports while it runs, and what it did.

use std::time::Duration;

use super::headers::Stage;
use super::plan::{Plan, Why};

/// What a deployment is doing. Reported from several threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// The sending begins: so many bytes, and so many files to send and to delete.
    Begin {
        /// Bytes to send, before they are packed.
        bytes: u64,
        /// Files to send and to delete.
        files: usize,
    },
    /// A file was sent.
    Sent {
        /// Its name.
        file: &'a str,
        /// Its bytes, before they are packed.
        bytes: u64,
    },
    /// A file was deleted.
    Deleted(&'a str),
}

/// Receives each step.
pub type Tell<'a> = &'a (dyn Fn(Step<'_>) + Sync);

/// A line of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedStep {
    /// `add`, `change`, `repair` or `delete`.
    pub action: &'static str,
    /// What kind of file it is.
    pub stage: &'static str,
    /// Its bytes; `None` for a deletion.
    pub bytes: Option<u64>,
    /// Its name.
    pub file: String,
}

/// What a deployment would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// Each step, in order.
    pub steps: Vec<PlannedStep>,
    /// How many files are as they should be.
    pub unchanged: usize,
    /// Files of somebody else that would be replaced.
    pub foreign: Vec<String>,
}

impl Preview {
    pub(super) fn of(plan: &Plan) -> Self {
        let delete = |file: &String| PlannedStep {
            action: "delete",
            stage: Stage::describe_kind(file),
            bytes: None,
            file: file.clone(),
        };
        let send = plan.uploads.iter().map(|upload| PlannedStep {
            action: action(upload.why),
            stage: upload.stage.describe(),
            bytes: Some(upload.file.length),
            file: upload.file.name.clone(),
        });
        let steps = plan.in_the_way.iter().map(delete).chain(send).chain(plan.deletions.iter().map(delete)).collect();
        Self { steps, unchanged: plan.unchanged, foreign: plan.foreign.clone() }
    }
}

fn action(why: Why) -> &'static str {
    match why {
        Why::New => "add",
        Why::Changed => "change",
        Why::Repair => "repair",
    }
}

/// What a deployment did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deployed {
    /// The target, as people call it.
    pub target: String,
    /// Files sent.
    pub sent: usize,
    /// Bytes sent, before they were packed.
    pub bytes: u64,
    /// Files deleted.
    pub deleted: usize,
    /// Files that were as they should be.
    pub unchanged: usize,
    /// Files that somebody else had changed or deleted at the target, or that a deployment which was cut off had left open.
    pub repaired: Vec<String>,
    /// Files that are no longer part of the site and stay, since somebody else changed them.
    pub kept: Vec<String>,
    /// The addresses of which a cache before the target may have an older state, in their order.
    pub purge: Vec<String>,
    /// How long it took.
    pub time: Duration,
}
