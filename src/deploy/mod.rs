//! The output folder → a place that readers can reach: a folder, a branch of a Git repository, a bucket of a store.
//!
//! **What is promised.** Files are compared by content, and only what changed is sent, in an order (`plan.rs`) in which no reader meets a page
//! whose files are missing. What ends a deployment, be it a kill, a lost connection or a full disk: the next one goes on from there, since the
//! record at the target (`record.rs`) names every file before it is first sent and until it is deleted. A file that no deployment of this site
//! put there is neither replaced nor deleted, unless `take_over` asks for it. Two deployments at once refuse each other (`lock.rs`). Credentials
//! come from the environment, and no message has them (`secrets.rs`).
//!
//! It builds nothing, and prints nothing.

mod deployment;
mod failure;
mod headers;
mod held_lock;
mod local;
mod lock;
mod packing;
mod plan;
mod purge;
mod record;
mod secrets;
mod sending;
mod step;
mod target;
mod targets;

use std::collections::BTreeSet;
use std::time::Instant;

pub use deployment::{Allowed, Deployment};
pub use failure::DeployError;
pub use lock::LOCK_FILE;
pub use record::RECORD_FILE;
pub use secrets::redacted;
pub use step::{Deployed, PlannedStep, Preview, Step, Tell};

use held_lock::HeldLock;
use local::{LocalFile, Reading};
use lock::LocalLock;
use plan::{Listing, Plan, Why};
use record::{Found, Record};
use sending::Sending;
use target::Target;

/// How many names a message has.
const MOST_NAMED: usize = 5;

/// What a deployment would do. Changes nothing.
///
/// # Errors
/// If the output folder or the target can't be read.
pub fn preview(deployment: &Deployment<'_>, allowed: Allowed) -> Result<Preview, DeployError> {
    let target = targets::open(deployment)?;
    let files = files(deployment, &*target)?;
    let (_, plan) = compare(deployment, &*target, files, allowed)?;
    Ok(Preview::of(&plan))
}

/// Brings the target up to date with the output folder.
///
/// # Errors
/// What stopped it, and what to do. What was sent until then is whole, and the next deployment goes on from there.
pub fn deploy(deployment: &Deployment<'_>, allowed: Allowed, tell: Tell<'_>) -> Result<Deployed, DeployError> {
    let start = Instant::now();
    let local = LocalLock::take(deployment.site, deployment.name)?;
    let target = targets::open(deployment)?;
    let files = files(deployment, &*target)?;
    let mut lock = HeldLock::take(&*target, &local)?;
    let compared = compare(deployment, &*target, files, allowed);
    let deployed = compared.and_then(|(record, plan)| {
        refuse(deployment, &*target, &plan, allowed)?;
        let changed = Sending { record, lock: &mut lock, tell }.run(&plan)?;
        Ok(deployed(deployment, &*target, plan, &changed))
    });
    lock.release();
    Ok(Deployed { time: start.elapsed(), ..deployed? })
}

/// What was done, but for the time.
fn deployed(deployment: &Deployment<'_>, target: &dyn Target, plan: Plan, changed: &BTreeSet<String>) -> Deployed {
    let config = deployment.config;
    let repaired =
        plan.uploads.iter().filter(|upload| upload.why == Why::Repair).map(|upload| upload.file.name.clone());
    Deployed {
        target: target.name(),
        sent: plan.uploads.len(),
        bytes: plan.bytes(),
        deleted: plan.deletions_in_all(),
        unchanged: plan.unchanged,
        repaired: repaired.collect(),
        purge: purge::addresses(&format!("{}{}", config.origin, config.base_link), changed.iter().map(String::as_str)),
        kept: plan.kept,
        ..Deployed::default()
    }
}

/// The files to deploy.
fn files(deployment: &Deployment<'_>, target: &dyn Target) -> Result<Vec<LocalFile>, DeployError> {
    let reading = Reading { has_headers: target.has_headers(), compress: deployment.settings.compress };
    local::read(deployment.output, reading)
}

/// Compares the files with the target: what is known to be ours there, and what to do.
fn compare(
    deployment: &Deployment<'_>,
    target: &dyn Target,
    files: Vec<LocalFile>,
    allowed: Allowed,
) -> Result<(Record, Plan), DeployError> {
    let site = format!("{}{}", deployment.config.origin, deployment.config.base_path);
    let record = match Record::read(target.read(RECORD_FILE)?.as_deref(), &site)? {
        Found::Ours(record) => record,
        Found::Nothing => Record::of_site(&site),
        Found::Foreign(_) if allowed.take_over => Record::of_site(&site),
        Found::Foreign(why) => {
            let target = target.name();
            return Err(DeployError::usage(format!(
                "{target} is not this site's: {why}. Choose another place in `[deploy.{}]`, or replace what is there with `--take-over`.",
                deployment.name
            )));
        }
    };
    let plan = Plan::new(files, &record, &listing(target, &record)?, target.is_disk());
    Ok((record, plan))
}

/// What is at the target. A file of which only the time differs counts as it was left, if it has the same bytes.
fn listing(target: &dyn Target, record: &Record) -> Result<Listing, DeployError> {
    let mut listing = target.list()?;
    for (name, found) in &mut listing {
        let sent = record.files.get(name).filter(|sent| sent.mark.length == found.length && sent.mark.tag != found.tag);
        if let Some(sent) = sent.filter(|sent| target.has_bytes(name, &sent.hash)) {
            *found = sent.mark.clone();
        }
    }
    Ok(listing)
}

/// Refuses what could cost somebody a file, unless it is allowed.
fn refuse(deployment: &Deployment<'_>, target: &dyn Target, plan: &Plan, allowed: Allowed) -> Result<(), DeployError> {
    if !plan.foreign.is_empty() && !allowed.take_over {
        return Err(DeployError::usage(format!(
            "{} has files that this site would replace and did not put there: {}. Move them away, choose another place in \
             `[deploy.{}]`, or replace them with `--take-over`. Nothing was changed.",
            target.name(),
            named(&plan.foreign),
            deployment.name,
        )));
    }
    let (deletions, most) = (plan.deletions_in_all(), deployment.settings.max_deletes);
    if deletions > most && !allowed.deletions {
        return Err(DeployError::usage(format!(
            "this would delete {deletions} files from {}, and `max_deletes` is {most}. `--dry-run` lists them; if they should go, add \
             `--yes`. Nothing was changed.",
            target.name(),
        )));
    }
    Ok(())
}

/// The first names of a list, and how many more there are.
fn named(files: &[String]) -> String {
    let names: Vec<&str> = files.iter().take(MOST_NAMED).map(String::as_str).collect();
    match files.len() - names.len() {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}
