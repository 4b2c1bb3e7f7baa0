//! The lock at a target, held by this deployment until it is released.

use jiff::Timestamp;

use super::failure::DeployError;
use super::lock::{LOCK_FILE, LocalLock, Lock};
use super::target::{Target, Version};

/// How often a lock that is just changing hands is tried for.
const TRIES: usize = 3;

/// A lock at a target. A target that takes a deployment as one change has none.
pub(super) struct HeldLock<'a> {
    target: &'a dyn Target,
    held: Option<(Lock, Version)>,
}

impl<'a> HeldLock<'a> {
    /// Takes the lock.
    ///
    /// # Errors
    /// If another deployment holds it, or the target can't be written.
    pub(super) fn take(target: &'a dyn Target, local: &LocalLock) -> Result<Self, DeployError> {
        if !target.needs_lock() {
            return Ok(Self { target, held: None });
        }
        let lock = local.for_target(Timestamp::now());
        for _ in 0..TRIES {
            if let Some(version) = attempt(target, &lock)? {
                return Ok(Self { target, held: Some((lock, version)) });
            }
        }
        Err(DeployError::usage(format!("another deployment to {} has just begun. Wait for its end.", target.name())))
    }

    /// The target that is locked.
    pub(super) fn target(&self) -> &'a dyn Target {
        self.target
    }

    /// Renews it if it is time to.
    ///
    /// # Errors
    /// If another deployment has taken it, since this one was asleep for longer than a lock lasts.
    pub(super) fn renew(&mut self) -> Result<(), DeployError> {
        let now = Timestamp::now();
        let Some((lock, version)) = self.held.as_mut().filter(|(lock, _)| lock.is_due(now)) else { return Ok(()) };
        let renewed = lock.renewed(now);
        let Some(next) = self.target.replace(LOCK_FILE, renewed.bytes()?, version)? else {
            self.held = None;
            return Err(DeployError::machine(format!(
                "another deployment to {} began while this one was not going on, so this one stopped. Deploy again when that has ended.",
                self.target.name()
            )));
        };
        (*lock, *version) = (renewed, next);
        Ok(())
    }

    /// Gives it back. One that can't be given back expires.
    pub(super) fn release(self) {
        let Some((lock, _)) = self.held else { return };
        let is_ours = |found: &[u8]| Lock::read(found).is_some_and(|found| found.holder == lock.holder);
        if matches!(self.target.read(LOCK_FILE), Ok(Some(found)) if is_ours(&found)) {
            let _ = self.target.delete(&[LOCK_FILE.to_owned()], &|_| {});
        }
    }
}

/// Tries once; `None` if somebody else changed the lock meanwhile.
fn attempt(target: &dyn Target, lock: &Lock) -> Result<Option<Version>, DeployError> {
    let bytes = lock.bytes()?;
    if let Some(version) = target.create(LOCK_FILE, bytes.clone())? {
        return Ok(Some(version));
    }
    let Some((found, version)) = target.read_version(LOCK_FILE)? else { return Ok(None) };
    let now = Timestamp::now();
    match Lock::read(&found).filter(|other| lock.is_barred_by(other, now)) {
        Some(other) => Err(other.refusal(&target.name(), now)),
        None => target.replace(LOCK_FILE, bytes, &version),
    }
}
