//! What only pages with products have: a customer's picture behind everything, and parts that are there without being drawn.

use super::Renderer;
use crate::frame::{Background, Frame, PhotoId};
use crate::render::layout::{GpuFrame, Layouts};
use crate::render::loaded::Loaded;
use crate::render::passes::{Brush, Count, PlacementId, Stock};
use crate::render::photo::Photos;
use crate::render::roles::Roles;
use crate::render::shaders;
use crate::render::{Gpu, Pixels, RenderError};
use crate::scene::SceneId;
use crate::shelf::Shelf;

/// Pictures and roles.
#[derive(Debug, Default)]
pub(super) struct Quiet {
    roles: Roles,
    photos: Photos,
}

/// What stays the same while a frame is drawn.
pub(super) struct Still<'a> {
    pub(super) gpu: &'a Gpu,
    pub(super) layouts: &'a Layouts,
    pub(super) samples: u32,
    /// Something in the frame transmits.
    pub(super) transmits: bool,
}

/// A view: what it sees, its number and the offset of its uniform.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) look: &'a [PlacementId],
    pub(super) view: usize,
    pub(super) offset: u32,
}

impl Quiet {
    pub(super) fn pipelines(&self) -> usize {
        self.roles.pipelines() + self.photos.pipelines()
    }

    pub(super) fn texture_bytes(&self) -> u64 {
        self.roles.texture_bytes() + self.photos.texture_bytes()
    }

    /// How many of the pipelines are missing that a frame's picture, and parts that are not drawn as they are, can need.
    /// With `creates` one of them is made.
    pub(super) fn prepare(
        &mut self,
        still: &Still<'_>,
        scenes: &Shelf<SceneId, Loaded>,
        frame: &Frame<'_>,
        creates: bool,
    ) -> usize {
        let Still { gpu, layouts, samples, transmits } = *still;
        if !shaders::complete() {
            return 0;
        }
        let keys = self.roles.missing(transmits, scenes, frame);
        let photo = matches!(frame.background, Background::Photo { .. }) && self.photos.pipelines() == 0;
        match keys.first() {
            _ if !creates => {}
            _ if photo => self.photos.prepare(&gpu.device, samples),
            Some(key) => self.roles.build(gpu, layouts, samples, *key),
            None => {}
        }
        keys.len() + usize::from(photo)
    }

    /// As [`Roles::indices`].
    pub(super) fn indices(&self, stock: &Stock<'_>, looks: &[Vec<PlacementId>]) -> u64 {
        self.roles.indices(stock, looks)
    }

    /// As [`Roles::map_uniform`].
    pub(super) fn map_uniform(stock: &Stock<'_>, looks: &[Vec<PlacementId>]) -> GpuFrame {
        Roles::map_uniform(stock, looks)
    }

    /// Makes what a frame needs; before the scene's pass.
    #[expect(clippy::too_many_arguments, reason = "a pass reads what the whole renderer holds")]
    pub(super) fn update(
        &mut self,
        still: &Still<'_>,
        encoder: &mut wgpu::CommandEncoder,
        stock: &Stock<'_>,
        offset: u32,
        frame: &Frame<'_>,
        looks: &[Vec<PlacementId>],
        count: &mut Count,
    ) {
        let Still { gpu, layouts, samples, transmits } = *still;
        self.roles.update(gpu, layouts, samples, transmits, encoder, stock, offset, frame, looks, count);
        if let Background::Photo { photo, half_size } = frame.background {
            self.photos.update(gpu, samples, photo, half_size, frame.exposure);
        }
    }

    /// What is behind everything, and what hides without being drawn; before all else. Changes groups.
    pub(super) fn draw(
        &self,
        brush: &mut Brush<'_, '_>,
        stock: &Stock<'_>,
        frame: &Frame<'_>,
        place: Place<'_>,
        count: &mut Count,
    ) {
        if let Background::Photo { photo, .. } = frame.background
            && brush.takes_one()
        {
            self.photos.draw(&mut brush.pass, brush.stage, photo);
            count.draw_calls += 1;
        }
        self.roles.draw_hiding(brush, stock, place.look, (place.view, place.offset), count);
    }

    /// Lines, after everything else.
    pub(super) fn draw_outlines(
        &self,
        brush: &mut Brush<'_, '_>,
        stock: &Stock<'_>,
        place: Place<'_>,
        count: &mut Count,
    ) {
        self.roles.draw_outlines(brush, stock, place.look, (place.view, place.offset), count);
    }
}

impl Renderer {
    /// Takes a customer's picture, replacing the one of the same name; reduced to what the device allows.
    ///
    /// # Errors
    /// - [`RenderError::Shaders`] before [`Renderer::has_shaders`].
    /// - [`RenderError::Pixels`] for too few bytes, [`RenderError::Copy`] for a closed bitmap or when the browser refuses it.
    /// - What [`Gpu::check`] says.
    #[cfg(feature = "product")]
    pub fn set_photo(&mut self, id: PhotoId, pixels: &Pixels<'_>) -> Result<(), RenderError> {
        self.equipped()?;
        self.quiet.photos.set(&self.gpu, &mut self.mipmapper, id, pixels)?;
        self.gpu.collect();
        self.gpu.check()
    }

    /// Whether a picture of this name is there.
    #[cfg(feature = "product")]
    pub fn has_photo(&self, id: PhotoId) -> bool {
        self.quiet.photos.contains(id)
    }

    /// Frees a customer's picture.
    #[cfg(feature = "product")]
    pub fn remove_photo(&mut self, id: PhotoId) {
        self.quiet.photos.remove(id);
    }
}
