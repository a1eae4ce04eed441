//! The frame of this moment.

use glam::{Mat4, Vec3};

use super::Viewer;
use super::aim::world_from_product;
use super::stage::Stage;
use crate::camera::{View, near_and_far, projection_from_view};
use crate::frame::{FloorShadow, Frame, Ground, Look, Placed};
#[cfg(feature = "product")]
use crate::geom::Aabb;

/// The sphere of a skybox with a ground has so many of the product's radii, as in model-viewer.
const GROUND_RADII: f32 = 10.0;
/// And at least so many heights, or there would be no ground.
const GROUND_HEIGHTS: f32 = 4.0;

impl Viewer {
    /// What to draw at [`Viewer::size_px`]; none while there is nothing to see.
    pub fn frame(&self) -> Option<Frame<'_>> {
        let [width_px, height_px] = self.size_px();
        self.frame_at(width_px, height_px)
    }

    /// The same for a picture of another size, such as the ideal aspect: what is framed stays framed.
    pub fn frame_at(&self, width_px: u32, height_px: u32) -> Option<Frame<'_>> {
        let turned = world_from_product(&self.orbit, self.turntable.angle);
        self.frame_turned(width_px, height_px, turned)
    }

    /// The same with the product elsewhere.
    pub(super) fn frame_turned(&self, width_px: u32, height_px: u32, turned: Mat4) -> Option<Frame<'_>> {
        let stage = self.stage.as_ref()?;
        let placed = Placed {
            id: stage.id,
            scene: &stage.scene,
            world_from_scene: turned * stage.world_from_scene,
            pose: &stage.pose,
            overlay: &stage.overlay,
        };
        #[cfg(feature = "product")]
        let placed = std::iter::once(placed).chain(self.placed_parts(turned)).collect();
        #[cfg(not(feature = "product"))]
        let placed = vec![placed];
        let frame = Frame {
            looks: vec![Look { placed }],
            views: vec![self.view(stage, width_px.max(1), height_px.max(1), self.reach(stage))],
            light: self.light.lighting(),
            background: self.light.background(self.ground(stage, turned)),
            page_color: None,
            exposure: self.page.exposure(),
            tone_map: self.page.tone_map(),
            floor_shadow: self.floor_shadow(stage, turned),
        };
        #[cfg(feature = "product")]
        let frame = self.with_exhibit(frame, stage, turned);
        Some(frame)
    }

    pub(super) fn view(&self, stage: &Stage, width_px: u32, height_px: u32, reach: f32) -> View {
        let aspect = width_px as f32 / height_px as f32;
        let viewport_px = [0, 0, width_px, height_px];
        if let Some(view) = self.authored_view(aspect) {
            return View { viewport_px, ..view };
        }
        let widened = stage.framing.widening(aspect) / stage.framing.widening(self.window.aspect());
        let fov = 2.0 * ((self.orbit.fov() * 0.5).tan() * widened).atan();
        let world_from_view = self.orbit.world_from_view();
        let distance = world_from_view.w_axis.truncate().distance(stage.framing.target);
        let (near, far) = near_and_far(distance, reach);
        View {
            world_from_view,
            projection_from_view: projection_from_view(fov, aspect, near, far),
            viewport_px,
            look: 0,
        }
    }

    /// How far the product reaches from what the camera turned around at first.
    pub(super) fn reach(&self, stage: &Stage) -> f32 {
        #[cfg(feature = "product")]
        if self.page.product().is_some() {
            return reach_of(stage, &stage.framing.bounds);
        }
        stage.framing.radius
    }

    /// The view in which a box of its own is seen whole.
    #[cfg(feature = "product")]
    pub(super) fn view_of(&self, stage: &Stage, width_px: u32, height_px: u32, bounds: &Aabb) -> View {
        self.view(stage, width_px, height_px, reach_of(stage, bounds))
    }

    /// Casts the frame's shadow around another box than the product's.
    #[cfg(feature = "product")]
    pub(super) fn shadow_around(&self, frame: &mut Frame<'_>, bounds: &Aabb) {
        if let Some(shadow) = frame.floor_shadow.as_mut().filter(|_| !bounds.is_empty()) {
            shadow.center = bounds.center().with_y(bounds.min.y);
            shadow.size = bounds.size();
        }
    }

    /// The frame, and beside it what choices can bring up: for [`super::Effect::Prepare`], not to be drawn.
    #[cfg(feature = "product")]
    pub fn frame_ahead(&self, width_px: u32, height_px: u32) -> Option<Frame<'_>> {
        let mut frame = self.frame_at(width_px, height_px)?;
        frame.looks.push(Look { placed: self.placed_ahead().collect() });
        if let (Some(onto), Some(stage)) = (self.onto_ahead(), &self.stage) {
            // The next step brings the upgrade, and its shadow, whatever the page has.
            frame.looks.push(onto);
            frame.floor_shadow = frame.floor_shadow.or_else(|| {
                let (center, size) = (stage.floor_center(), stage.framing.bounds.size());
                Some(FloorShadow { intensity: 1.0, softness: 1.0, center, size, world_from_floor: Mat4::IDENTITY })
            });
        }
        Some(frame)
    }

    fn floor_shadow(&self, stage: &Stage, world_from_floor: Mat4) -> Option<FloorShadow> {
        let intensity = self.page.shadow_intensity();
        let bounds = stage.framing.bounds;
        let center = stage.floor_center();
        let softness = self.page.shadow_softness();
        (intensity > 0.0 && !bounds.is_empty()).then(|| FloorShadow {
            intensity,
            softness,
            center,
            size: bounds.size(),
            world_from_floor,
        })
    }

    /// The ground on which `skybox-height` puts the product.
    fn ground(&self, stage: &Stage, world_from_product: Mat4) -> Option<Ground> {
        let camera_height = self.page.skybox_height();
        let center = world_from_product.transform_point3(stage.floor_center());
        let radius = (GROUND_RADII * stage.framing.radius).max(GROUND_HEIGHTS * camera_height);
        (camera_height > 0.0 && !stage.framing.bounds.is_empty()).then_some(Ground { center, camera_height, radius })
    }

    /// Width and height of the canvas in device pixels, at least 1.
    pub fn size_px(&self) -> [u32; 2] {
        let window = &self.window;
        [window.width_css_px, window.height_css_px].map(|side| (side * window.pixel_ratio).round().max(1.0) as u32)
    }

    /// Theta, phi and radius as they are now, radians and metres.
    pub fn camera_orbit(&self) -> [f32; 3] {
        let now = self.orbit.now();
        [now.theta, now.phi, now.radius]
    }

    /// The point that the camera turns around as it is now, in the product's space.
    pub fn camera_target(&self) -> Vec3 {
        self.orbit.target()
    }

    /// The vertical field of view as it is now, radians.
    pub fn field_of_view(&self) -> f32 {
        self.orbit.fov()
    }

    /// The smallest field of view that zooming reaches, radians.
    pub fn minimum_field_of_view(&self) -> f32 {
        self.orbit.limits().min_fov
    }

    /// The largest field of view that zooming reaches, radians.
    pub fn maximum_field_of_view(&self) -> f32 {
        self.orbit.limits().max_fov
    }

    /// Width by height that the product fills best; 0 before it is loaded.
    pub fn ideal_aspect(&self) -> f32 {
        self.stage.as_ref().map_or(0.0, |stage| stage.framing.ideal_aspect)
    }

    /// Width, height and depth of the product, metres; zero before it is loaded.
    pub fn dimensions(&self) -> Vec3 {
        self.stage.as_ref().map_or(Vec3::ZERO, |stage| stage.framing.bounds.size())
    }

    /// The middle of the product's box, in the product's space.
    pub fn bounding_box_center(&self) -> Vec3 {
        self.stage.as_ref().map_or(Vec3::ZERO, |stage| stage.framing.bounds.center())
    }

    /// True when the picture of the model in `src` stands.
    pub fn loaded(&self) -> bool {
        self.stage.as_ref().is_some_and(|stage| stage.drawn && Some(stage.url.as_str()) == self.src())
    }

    /// True when a model stands, is revealed and in the viewport.
    pub fn model_is_visible(&self) -> bool {
        self.window.visible && self.poster.revealed && self.stage.as_ref().is_some_and(|stage| stage.drawn)
    }

    /// True while a gesture belongs to the product and not to the page.
    pub fn holds(&self) -> bool {
        self.gesture.holds()
    }

    /// The CSS `touch-action` that the element wants for its canvas.
    pub fn touch_action(&self) -> &'static str {
        self.page.css_touch_action()
    }

    /// True when an attribute follows the page's scroll, so that [`super::Event::Scrolled`] is wanted.
    pub fn follows_scroll(&self) -> bool {
        self.page.follows_scroll()
    }

    /// Names of the model's animations.
    pub fn available_animations(&self) -> Vec<&str> {
        let animations = self.stage.as_ref().map(|stage| stage.scene.animations.iter());
        animations.into_iter().flatten().map(|(_, animation)| animation.name.as_str()).collect()
    }

    /// Names of the model's variants.
    pub fn available_variants(&self) -> &[String] {
        self.stage.as_ref().map_or(&[], |stage| &stage.scene.variants)
    }

    /// True while no animation runs.
    pub fn paused(&self) -> bool {
        self.player.is_paused()
    }

    /// Where the animation is, seconds.
    pub fn current_time(&self) -> f32 {
        self.player.current_time_secs()
    }

    /// How long the animation is, seconds; 0 when none is chosen.
    pub fn duration(&self) -> f32 {
        self.player.duration_secs()
    }

    /// How fast it runs; 1 is as the file has it.
    pub fn time_scale(&self) -> f32 {
        self.player.time_scale
    }

    /// How far the turntable has turned, radians.
    pub fn turntable_rotation(&self) -> f32 {
        self.turntable.angle
    }
}

#[cfg(feature = "product")]
fn reach_of(stage: &Stage, bounds: &Aabb) -> f32 {
    if bounds.is_empty() {
        return stage.framing.radius;
    }
    let target = stage.framing.target;
    let farthest = (bounds.min - target).abs().max((bounds.max - target).abs());
    stage.framing.radius.max(farthest.length())
}

/// A part of a view's picture, as it is there: `place_px` is its x, y, width and height, from the upper left.
#[cfg(feature = "product")]
pub(super) fn part_of(whole: &View, place_px: [u32; 4]) -> View {
    let [_, _, width_px, height_px] = whole.viewport_px;
    let share = |px: u32, of: u32| px as f32 / of.max(1) as f32;
    let [x, y, width, height] = place_px;
    let shares = [share(x, width_px), share(y, height_px), share(width, width_px), share(height, height_px)];
    let projection_from_view = cut_out(shares) * whole.projection_from_view;
    View { projection_from_view, viewport_px: place_px, ..*whole }
}

/// Spreads a part of a picture (left, top, width and height in shares of it) over all of clip space.
#[cfg(feature = "product")]
pub(super) fn cut_out([left, top, width, height]: [f32; 4]) -> Mat4 {
    let (across, down) = (1.0 / width, 1.0 / height);
    let mut out = Mat4::from_diagonal(glam::Vec4::new(across, down, 1.0, 1.0));
    out.w_axis.x = (1.0 - 2.0 * left) * across - 1.0;
    out.w_axis.y = (2.0 * top - 1.0) * down + 1.0;
    out
}
