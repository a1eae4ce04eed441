//! Pipelines ahead of time, one a task: in a browser each takes milliseconds, on WebGL2 with the page standing still.

use super::Renderer;
use crate::frame::Frame;
use crate::render::pipeline::PipelineKey;
use crate::render::surroundings::cast;

impl Renderer {
    /// Creates at most one pipeline that `frame` still needs: for all materials of all variants of its scenes, and what
    /// casts, blurs and shows its shadow or its skybox. Returns how many are left. Call it once a task until it returns
    /// 0, and again when a frame has a shadow or a skybox for the first time.
    ///
    /// The last pass has its pipeline after the first frame to a target of the same format, textures have theirs after
    /// the first picture.
    pub fn prepare(&mut self, frame: &Frame<'_>) -> usize {
        if self.gpu.is_lost() {
            return 0;
        }
        let (mut keys, mut casters) = (Vec::new(), Vec::new());
        for placed in frame.looks.iter().flat_map(|look| &look.placed) {
            let Some(loaded) = self.scenes.get(&placed.id) else { continue };
            let needed = loaded.pipeline_keys(placed, self.samples);
            if cast(frame).is_some() {
                let wanted = needed.iter().filter_map(|key| Some((key.attributes, key.casts()?)));
                casters.extend(wanted.filter(|key| !self.surroundings.casters.contains(*key)));
            }
            keys.extend(needed);
        }
        let transmits = keys.iter().any(PipelineKey::transmits);
        let sheen = if keys.iter().any(PipelineKey::has_sheen) { self.light.missing_for_sheen() } else { 0 };
        if transmits {
            let behind: Vec<_> = keys.iter().map(|key| key.behind()).collect();
            keys.extend(behind);
        }
        keys.retain(|key| !self.pipelines.contains(key));
        keys.sort_unstable();
        keys.dedup();
        casters.sort_unstable();
        casters.dedup();
        let missing = keys.len() + casters.len() + sheen + self.surroundings.missing(frame, transmits);
        #[cfg(feature = "product")]
        let missing = {
            let still =
                super::quiet::Still { gpu: &self.gpu, layouts: &self.layouts, samples: self.samples, transmits };
            missing + self.quiet.prepare(&still, &self.scenes, frame, missing == 0)
        };
        if let Some(key) = keys.first() {
            self.pipelines.ensure(&self.gpu.device, &self.layouts, *key);
        } else if let Some(key) = casters.first() {
            self.surroundings.casters.ensure(&self.gpu.device, &self.layouts, *key);
        } else if sheen > 0 {
            self.light.prepare_sheen(&self.gpu.device);
        } else if missing > 0 {
            self.surroundings.build(&self.gpu, &self.light, self.samples, frame, transmits);
        }
        missing.saturating_sub(1)
    }

    /// Creates at most one of the pipelines that [`Renderer::set_environment`] needs; returns how many are left. Call it
    /// once a task while an environment is on its way, after [`Renderer::has_shaders`].
    pub fn prepare_environments(&mut self) -> usize {
        if self.equipped().is_err() { 0 } else { self.light.prepare(&self.gpu.device) }
    }
}
