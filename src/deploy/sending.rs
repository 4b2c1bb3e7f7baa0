//! A plan → the target: announced in the record, sent stage by stage, and deleted last.
//!
//! The record is written before the first file, from time to time, before the deletions and at the end. So whatever ends a deployment, every file
//! of ours is in it, and of what has been sent at most the last seconds are sent again.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::failure::DeployError;
use super::held_lock::HeldLock;
use super::plan::{Plan, Upload};
use super::record::{Mark, RECORD_FILE, Record, Sent};
use super::step::{Step, Tell};

/// How long what was sent may be missing in the record.
const CHECKPOINT: Duration = Duration::from_secs(4);
/// How many files are sent or deleted before the clock is looked at.
const BATCH: usize = 64;

/// A deployment that is going on.
pub(super) struct Sending<'a, 'target> {
    pub(super) record: Record,
    pub(super) lock: &'a mut HeldLock<'target>,
    pub(super) tell: Tell<'a>,
}

impl Sending<'_, '_> {
    /// Does all of it, and returns the names of what changed since the last deployment that was not cut off.
    pub(super) fn run(mut self, plan: &Plan) -> Result<BTreeSet<String>, DeployError> {
        (self.tell)(Step::Begin { bytes: plan.bytes(), files: plan.uploads.len() + plan.deletions_in_all() });
        let before = self.record.clone();
        plan.gone.iter().chain(&plan.kept).for_each(|name| drop(self.record.files.remove(name)));
        if plan.is_empty() && self.record == before && self.record.changed.is_empty() {
            return Ok(BTreeSet::new());
        }
        self.record.changed.extend(plan.gone.iter().cloned());
        let sent = plan.uploads.iter().map(|upload| &upload.file.name);
        sent.chain(&plan.in_the_way).chain(&plan.deletions).for_each(|name| self.record.announce(name));
        self.write_record()?;
        self.delete(&plan.in_the_way)?;
        for stage in plan.stages() {
            self.send(stage)?;
        }
        self.write_record()?;
        self.delete(&plan.deletions)?;
        let changed = std::mem::take(&mut self.record.changed);
        self.write_record()?;
        self.lock.target().finish()?;
        Ok(changed)
    }

    fn write_record(&self) -> Result<(), DeployError> {
        self.lock.target().write(RECORD_FILE, self.record.bytes()?)
    }

    /// Sends the files of a stage. All of them are there when the next stage begins.
    fn send(&mut self, stage: &[Upload]) -> Result<(), DeployError> {
        let mut checkpoint = Instant::now();
        for batch in stage.chunks(BATCH) {
            self.lock.renew()?;
            if let Err(error) = self.send_batch(batch) {
                // What was sent need not be sent again; but what counts is the first error.
                let _ = self.write_record();
                return Err(error);
            }
            if checkpoint.elapsed() > CHECKPOINT {
                self.write_record()?;
                checkpoint = Instant::now();
            }
        }
        Ok(())
    }

    fn send_batch(&mut self, batch: &[Upload]) -> Result<(), DeployError> {
        let marks: Mutex<Vec<(usize, Mark)>> = Mutex::default();
        let files: Vec<_> = batch.iter().map(|upload| &upload.file).collect();
        let sent = |place: usize, mark: Mark| {
            (self.tell)(Step::Sent { file: &files[place].name, bytes: files[place].length });
            marks.lock().unwrap_or_else(PoisonError::into_inner).push((place, mark));
        };
        let done = self.lock.target().send(&files, &sent);
        for (place, mark) in marks.into_inner().unwrap_or_else(PoisonError::into_inner) {
            self.record.files.insert(files[place].name.clone(), Sent { hash: files[place].hash.clone(), mark });
        }
        done
    }

    fn delete(&mut self, files: &[String]) -> Result<(), DeployError> {
        for batch in files.chunks(BATCH * 4) {
            self.lock.renew()?;
            self.lock.target().delete(batch, &|file| (self.tell)(Step::Deleted(file)))?;
            batch.iter().for_each(|file| drop(self.record.files.remove(file)));
        }
        Ok(())
    }
}
