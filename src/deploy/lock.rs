//! One deployment at a time to a target: a lock there that expires, so that one which was killed bars nobody for long.
//!
//! A lock of this machine whose holder is gone is taken over at once: while a deployment runs, it also holds a lock of the system's in the site's
//! cache folder, which no killed process keeps.

use std::fs::{File, OpenOptions, TryLockError};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::failure::DeployError;
use crate::files::CACHE_FOLDER;

/// Its name at the target.
pub const LOCK_FILE: &str = ".letterpress-deploy-lock.json";

/// For how long a lock bars others unless it is renewed.
const LIFETIME: SignedDuration = SignedDuration::from_mins(5);
/// How long before it is renewed.
const RENEWAL: SignedDuration = SignedDuration::from_secs(45);

/// What is written at the target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lock {
    /// Whose it is: the same as long as the deployment runs.
    pub(super) holder: String,
    /// The machine and site of the holder.
    place: String,
    since: Timestamp,
    expires: Timestamp,
}

impl Lock {
    /// What `bytes` say. One that can't be understood is nobody's, and expired long ago.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// Its bytes at the target.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, DeployError> {
        serde_json::to_vec(self).map_err(|error| DeployError::machine(format!("could not write the lock: {error}")))
    }

    /// Whether `other`, found in its place, bars it.
    pub(super) fn is_barred_by(&self, other: &Self, now: Timestamp) -> bool {
        other.expires > now && other.place != self.place
    }

    /// The same for another while.
    pub(super) fn renewed(&self, now: Timestamp) -> Self {
        Self { expires: now + LIFETIME, ..self.clone() }
    }

    /// Whether it is time to renew it.
    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        self.expires.duration_since(now) < LIFETIME - RENEWAL
    }

    /// Why another deployment must not begin.
    pub(super) fn refusal(&self, target: &str, now: Timestamp) -> DeployError {
        let seconds = self.expires.duration_since(now).as_secs().max(1);
        DeployError::usage(format!(
            "another deployment to {target} is running since {}. Wait for its end. If it was killed, its lock ends in {seconds} seconds.",
            self.since.strftime("%H:%M:%S UTC")
        ))
    }
}

/// The system's own lock on this machine, held as long as the deployment runs.
#[derive(Debug)]
pub(super) struct LocalLock {
    _file: File,
    place: String,
}

impl LocalLock {
    /// Takes it. `name` is the deployment's.
    ///
    /// # Errors
    /// If another deployment of that name runs on this machine, or the cache folder can't be written.
    pub(super) fn take(site: &Path, name: &str) -> Result<Self, DeployError> {
        let folder = site.join(CACHE_FOLDER);
        let hash = blake3::hash(name.as_bytes()).to_hex();
        let path = folder.join(format!("deploy-{}.lock", &hash[..16]));
        let open = || {
            crate::files::cache::prepare(&folder)?;
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path)
        };
        let mut file = open().map_err(|error| DeployError::file("open", &path, &error))?;
        match file.try_lock() {
            // A disk without locks can't tell that the holder is gone; then the lock at the target is waited for.
            Ok(()) | Err(TryLockError::Error(_)) => {}
            Err(TryLockError::WouldBlock) => {
                let message = format!("another deployment `{name}` is running on this machine. Wait for its end.");
                return Err(DeployError::usage(message));
            }
        }
        let place = place(&mut file).map_err(|error| DeployError::file("write", &path, &error))?;
        Ok(Self { _file: file, place })
    }

    /// A lock for the target.
    pub(super) fn for_target(&self, now: Timestamp) -> Lock {
        Lock { holder: random(), place: self.place.clone(), since: now, expires: now + LIFETIME }
    }
}

/// A word for this machine and site: what is in the lock's own file, with the time at which that was made, which no copy of it has.
fn place(file: &mut File) -> std::io::Result<String> {
    let mut word = String::new();
    file.read_to_string(&mut word)?;
    if word.len() != WORD {
        word = random();
        file.set_len(0)?;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(word.as_bytes())?;
    }
    // Where files have no such time, no lock is known again: then it is waited for.
    let Ok(created) = file.metadata()?.created() else { return Ok(random()) };
    Ok(blake3::hash(format!("{word}{created:?}").as_bytes()).to_hex()[..WORD].to_owned())
}

/// The letters of [`random`].
const WORD: usize = 32;

/// A word that no other deployment has: the keys of a hasher are random.
fn random() -> String {
    let number = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", number(), RandomState::new().hash_one(Timestamp::now().as_nanosecond()) ^ number())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_bars_others_until_it_expires_and_never_its_own_place() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let now = Timestamp::now();
        let held = LocalLock::take(one.path(), "live").unwrap();
        let lock = held.for_target(now);
        let stranger = LocalLock::take(other.path(), "live").unwrap().for_target(now);
        assert!(stranger.is_barred_by(&lock, now) && !stranger.is_barred_by(&lock, now + LIFETIME));
        assert!(LocalLock::take(one.path(), "live").unwrap_err().to_string().contains("on this machine"));
        drop(held);
        let next = LocalLock::take(one.path(), "live").unwrap().for_target(now);
        assert!(!next.is_barred_by(&lock, now) && next.holder != lock.holder);
    }

    #[test]
    fn a_lock_is_renewed_long_before_it_expires() {
        let site = tempfile::tempdir().unwrap();
        let now = Timestamp::now();
        let lock = LocalLock::take(site.path(), "live").unwrap().for_target(now);
        assert!(!lock.is_due(now) && lock.is_due(now + RENEWAL + SignedDuration::from_secs(1)));
        assert!(!lock.renewed(now + RENEWAL).is_due(now + RENEWAL));
        assert_eq!(Lock::read(&lock.bytes().unwrap()), Some(lock));
    }
}
