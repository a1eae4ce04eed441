//! A model on its way, and how much of the way is done.

use crate::shelf::Shelf;

use super::RequestId;
use super::stage::Stage;
use crate::import::Opened;

/// A model on its way.
#[derive(Debug)]
pub(super) struct Loading {
    pub(super) url: String,
    /// Which model of the product it is, by its index.
    #[cfg(feature = "product")]
    pub(super) model: usize,
    pub(super) step: Step,
    /// Only ever grows.
    pub(super) progress: f32,
}

/// How far it is.
#[derive(Debug)]
pub(super) enum Step {
    Fetching(RequestId),
    Buffers {
        opened: Box<Opened>,
        /// Request, buffer and how much of it is here, `[0, 1]`.
        pending: Vec<(RequestId, usize, f32)>,
        fetched: Shelf<usize, Vec<u8>>,
    },
    Pictures {
        stage: Box<Stage>,
        /// Until the renderer has taken the geometry.
        upload: Option<RequestId>,
        pending: Vec<(RequestId, usize)>,
        total: usize,
    },
}

/// How much of the way is done when the file, its buffers and its pictures are here; a `.gltf` is small beside its
/// buffers.
const FILE_DONE: f32 = 0.8;
const TEXT_FILE_DONE: f32 = 0.1;
const PICTURES_DONE: f32 = 0.98;
/// Smaller steps are not worth an event.
const PROGRESS_STEP: f32 = 0.01;

impl Loading {
    /// At its start: the file is asked for.
    pub(super) fn new(url: String, request: RequestId) -> Self {
        Self {
            url,
            #[cfg(feature = "product")]
            model: 0,
            step: Step::Fetching(request),
            progress: 0.0,
        }
    }

    /// True when nothing is missing.
    pub(super) fn is_complete(&self) -> bool {
        matches!(&self.step, Step::Pictures { upload: None, pending, .. } if pending.is_empty())
    }

    pub(super) fn requests(&self) -> Vec<RequestId> {
        match &self.step {
            Step::Fetching(request) => vec![*request],
            Step::Buffers { pending, .. } => pending.iter().map(|(request, _, _)| *request).collect(),
            Step::Pictures { upload, pending, .. } => {
                upload.iter().copied().chain(pending.iter().map(|(request, _)| *request)).collect()
            }
        }
    }

    /// Whether it waits for the model's own bytes.
    pub(super) fn awaits(&self, request: RequestId) -> bool {
        matches!(self.step, Step::Fetching(known) if known == request)
    }

    /// The scene that is being uploaded.
    pub(super) fn stage(&self) -> Option<&Stage> {
        match &self.step {
            Step::Pictures { stage, .. } => Some(stage),
            _ => None,
        }
    }

    /// The same, to be changed.
    #[cfg(feature = "product")]
    pub(super) fn stage_mut(&mut self) -> Option<&mut Stage> {
        match &mut self.step {
            Step::Pictures { stage, .. } => Some(stage),
            _ => None,
        }
    }

    fn file_done(&self) -> f32 {
        let end = self.url.bytes().position(|byte| matches!(byte, b'?' | b'#'));
        let path = self.url.get(..end.unwrap_or(self.url.len())).unwrap_or_default();
        if path.ends_with(".gltf") { TEXT_FILE_DONE } else { FILE_DONE }
    }

    /// Takes the share of the current step that is done, and gives the whole if it is worth telling.
    pub(super) fn advance(&mut self, share: f32) -> Option<f32> {
        let (from, to) = match &self.step {
            Step::Fetching(_) => (0.0, self.file_done()),
            Step::Buffers { .. } => (self.file_done(), FILE_DONE),
            Step::Pictures { .. } => (FILE_DONE, PICTURES_DONE),
        };
        let whole = from + (to - from) * share.clamp(0.0, 1.0);
        if whole < self.progress + PROGRESS_STEP {
            return None;
        }
        self.progress = whole;
        Some(whole)
    }
}

/// The share of a transfer that is here; of one without a known end a guess that never reaches 1.
pub(super) fn share(received: u64, total: u64) -> f32 {
    const GUESS: f64 = 1_048_576.0;
    let received = received as f64;
    if total > 0 { (received / total as f64).min(1.0) as f32 } else { (received / (received + GUESS)) as f32 }
}
