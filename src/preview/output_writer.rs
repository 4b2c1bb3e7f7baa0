//! The latest good output → the output folder, on a thread of its own, so that the next edit doesn't wait for the disk.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};

use super::messages::{Message, News, spawn};
use crate::output::Output;
use crate::publish;
use crate::publish::Step;

/// Takes what is to be written.
pub(super) struct OutputWriter(Option<Sender<Output>>);

impl OutputWriter {
    /// Starts to write to `folder`, if there is one. `writing` is held meanwhile.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub(super) fn start(
        folder: Option<PathBuf>,
        writing: Arc<Mutex<()>>,
        messages: &Sender<Message>,
    ) -> std::io::Result<Self> {
        let Some(folder) = folder else { return Ok(Self(None)) };
        let (sender, outputs) = mpsc::channel();
        let told = messages.clone();
        spawn("output-writer", messages, move || {
            deliver(&outputs, &folder, &writing, &told);
            Ok(())
        })?;
        Ok(Self(Some(sender)))
    }

    /// Has an output written, unless a later one comes before its turn.
    pub(super) fn of(&self, output: &Output) {
        if let Some(sender) = &self.0 {
            // Nobody takes it any more when the preview is stopping.
            let _ = sender.send(output.clone());
        }
    }
}

fn deliver(outputs: &Receiver<Output>, folder: &std::path::Path, writing: &Mutex<()>, messages: &Sender<Message>) {
    let tell = |message: String| {
        // Nobody listens any more when the preview is stopping.
        let _ = messages.send(Message::News(News::Trouble(message)));
    };
    let is_warned = AtomicBool::new(false);
    while let Ok(output) = outputs.recv() {
        let guard = writing.lock().unwrap_or_else(PoisonError::into_inner);
        let output = outputs.try_iter().last().unwrap_or(output);
        let published = publish::publish(&output, folder, &|step| match step {
            Step::Wait => tell(format!("another run is writing to {}; this one waits for its end", folder.display())),
            Step::NoLock if !is_warned.swap(true, Ordering::Relaxed) => tell(publish::no_lock(folder)),
            _ => {}
        });
        drop(guard);
        if let Err(error) = published {
            tell(error.to_string());
        }
    }
}
