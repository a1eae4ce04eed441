//! What every part of the reading shares: the document, its bytes, the reporter and the budget.

use crate::json::Value;

use super::cursor::{Cursor, Reporter};
use super::demand::Demand;
use super::limits::Limits;
use crate::issue::{Code, Issue};
use crate::scene::Bytes;

pub(super) struct Reader<'a> {
    pub(super) root: Cursor<'a>,
    pub(super) log: Reporter<'a>,
    pub(super) limits: &'a Limits,
    /// The bytes of each buffer; none where they could not be had.
    pub(super) buffers: Vec<Option<&'a Bytes>>,
    /// The first limit that was passed; nothing more is read after it.
    pub(super) refused: Option<Issue>,
    pub(super) values_left: usize,
    pub(super) triangles_left: usize,
    pub(super) instances_left: usize,
    pub(super) shapes_left: usize,
    pub(super) tangents_left: usize,
    pub(super) pixels_left: u64,
    /// For each mesh what a node pays for showing it.
    pub(super) demands: Vec<Demand>,
    /// Whether vertices are to know which of the file's they are.
    #[cfg(feature = "product")]
    pub(super) keeps_origins: bool,
}

/// The bytes of a buffer view.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) stride: Option<usize>,
    pub(super) buffer: usize,
    whole: &'a Bytes,
    start: usize,
}

impl View<'_> {
    /// The same bytes to keep.
    pub(super) fn shared(&self) -> Bytes {
        self.whole.part(self.start..self.start + self.bytes.len())
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(root: Cursor<'a>, log: Reporter<'a>, limits: &'a Limits) -> Self {
        Self {
            root,
            log,
            limits,
            buffers: Vec::new(),
            refused: None,
            values_left: limits.values,
            triangles_left: limits.triangles,
            instances_left: limits.instances,
            shapes_left: limits.drawn_shapes,
            tangents_left: limits.tangent_triangles,
            pixels_left: limits.all_texture_pixels,
            demands: Vec::new(),
            #[cfg(feature = "product")]
            keeps_origins: false,
        }
    }

    /// The items of a top-level array.
    pub(super) fn list(&mut self, key: &str) -> &'a [Value] {
        self.root.list(key, &mut self.log)
    }

    /// Reports what is wrong with the value under `at`.
    pub(super) fn report(&mut self, code: Code, at: Cursor<'_>, detail: impl Into<String>) {
        self.log.report(code, at, detail);
    }

    /// Takes `amount` from a budget; without enough of it the file is refused.
    pub(super) fn spend_values(&mut self, amount: usize) -> bool {
        match self.values_left.checked_sub(amount) {
            Some(left) => self.values_left = left,
            None => self.refuse("/accessors", format!("more than {} numbers", self.limits.values)),
        }
        self.refused.is_none()
    }

    /// The same for triangles.
    pub(super) fn spend_triangles(&mut self, amount: usize) -> bool {
        match self.triangles_left.checked_sub(amount) {
            Some(left) => self.triangles_left = left,
            None => self.refuse("/meshes", format!("more than {} triangles", self.limits.triangles)),
        }
        self.refused.is_none()
    }

    /// Pays for one more node that shows a mesh.
    pub(super) fn spend_instances(&mut self, demand: Demand) -> bool {
        match self.instances_left.checked_sub(demand.primitives) {
            Some(left) => self.instances_left = left,
            None => self.refuse("/nodes", format!("more than {} primitives in all nodes", self.limits.instances)),
        }
        match self.shapes_left.checked_sub(demand.shapes) {
            Some(left) => self.shapes_left = left,
            None => self.refuse("/nodes", format!("more than {} triangles in all nodes", self.limits.drawn_shapes)),
        }
        self.spend_values(demand.numbers)
    }

    /// What nodes pay for a mesh.
    pub(super) fn demand(&self, mesh: Option<usize>) -> Demand {
        mesh.and_then(|mesh| self.demands.get(mesh)).copied().unwrap_or_default()
    }

    /// Refuses the file.
    pub(super) fn refuse(&mut self, path: &str, detail: String) {
        self.refused.get_or_insert_with(|| Issue::new(Code::Limit, path, detail));
    }

    /// The buffer view that `at[key]` names.
    pub(super) fn view(&mut self, at: Cursor<'a>, key: &str) -> Option<View<'a>> {
        let views = self.list("bufferViews");
        if at.get(key).is_none() {
            self.report(Code::Value, at, "bytes without a buffer view");
        }
        let index = at.index(key, views.len(), &mut self.log)?;
        let view = Cursor(views.get(index)?);
        let buffer = match view.index("buffer", self.buffers.len(), &mut self.log) {
            Some(buffer) => buffer,
            None => {
                self.report(Code::Value, view, "a buffer view without a buffer");
                return None;
            }
        };
        // A buffer that could not be had was reported when it was asked for.
        let whole = (*self.buffers.get(buffer)?)?;
        let bytes = whole.as_slice();
        let start = view.count("byteOffset", &mut self.log).unwrap_or(0);
        let length = view.count("byteLength", &mut self.log).unwrap_or(0);
        let range = start.checked_add(length).and_then(|end| bytes.get(start..end));
        let Some(bytes) = range else {
            let detail = format!("needs bytes from {start} for {length}, the buffer has {}", bytes.len());
            self.report(Code::Range, view, detail);
            return None;
        };
        let stride = view.count("byteStride", &mut self.log).filter(|stride| *stride > 0);
        Some(View { bytes, stride, buffer, whole, start })
    }
}
