//! How far a command is, and whether somebody wants it to end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on a terminal's error output; nothing elsewhere.
pub(super) struct Progress {
    bar: ProgressBar,
    stop: Arc<AtomicBool>,
}

impl Progress {
    /// For so many steps.
    pub(super) fn new(steps: usize, word: &'static str) -> Self {
        let bar = ProgressBar::new(steps as u64);
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let template = if plain {
            "{msg} [{bar:40}] {pos}/{len} {per_sec} {eta} left"
        } else {
            "{msg} [{bar:40.cyan}] {pos}/{len} {per_sec} {eta} left"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(word);
        let stop = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&stop);
        // A second one ends at once. Where there can be no handler, the first does; files are whole all the same.
        let _ = ctrlc::set_handler(move || {
            if flag.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
        });
        Self { bar, stop }
    }

    /// One step more; an error when somebody wants the command to end.
    pub(super) fn step(&self) -> Result<(), String> {
        self.bar.inc(1);
        if self.stop.load(Ordering::Relaxed) {
            self.bar.abandon();
            return Err("stopped; the same command goes on from here".to_owned());
        }
        Ok(())
    }

    /// A line above the bar.
    #[cfg(feature = "render")]
    pub(super) fn say(&self, line: &str) {
        self.bar.suspend(|| println!("{line}"));
    }

    pub(super) fn done(&self) {
        self.bar.finish_and_clear();
    }
}
