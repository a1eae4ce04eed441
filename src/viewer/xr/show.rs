//! What is drawn in a session.

use glam::{Mat4, Quat, Vec3, Vec4};

use super::kit::{Paint, Sketch};
use super::light::ROOM;
use super::{Eye, Room};
use crate::camera::View;
use crate::frame::{Background, EnvironmentId, FloorShadow, Frame, Lighting, Look, Placed};
use crate::geom::{Aabb, Trs};
use crate::place::{Aim, GripKind, Stand};
use crate::viewer::Viewer;
use crate::viewer::picture::part_of;

/// How thick the footprint's edges are, metres.
const EDGE: f32 = 0.006;
/// And rays.
const RAY: f32 = 0.004;
/// A ray that meets nothing.
const RAY_LENGTH: f32 = 2.0;
/// What has a shadow anywhere has one in a room, as dark as this unless the page says otherwise.
const SHADOW: f32 = 0.7;
/// Half the stage's floor, and the height of what is around it, metres.
const STAGE: f32 = 6.0;

impl Viewer {
    /// Puts the session's own things where they belong; before [`Viewer::room_frame`].
    pub fn arrange_room(&mut self) {
        let bounds = self.placed_bounds();
        let gap = std::mem::take(&mut self.xr.gap);
        let size = self.chosen_bounds().size();
        let mut sketch = Sketch::default();
        self.sketch_points(&mut sketch);
        if let Some(room) = &mut self.xr.room {
            room.arrange(sketch, &bounds, size, &gap);
        }
        self.xr.gap = gap;
    }

    /// The part of a layer of this height that an eye has, from the upper left, and its projection with a depth of 0 to 1.
    pub fn eye(&self, number: usize, height_px: u32) -> Option<([u32; 4], Mat4)> {
        let seen = view(self.xr.room.as_ref()?.moment.eyes.get(number)?, height_px);
        Some((seen.viewport_px, seen.projection_from_view))
    }

    /// What to draw for a layer of this size; none outside of sessions.
    pub fn room_frame(&self, width_px: u32, height_px: u32) -> Option<Frame<'_>> {
        let room = self.xr.room.as_ref()?;
        let views: Vec<View> = room.moment.eyes.iter().map(|eye| view(eye, height_px)).collect();
        let bounds = self.placed_bounds();
        let stand = room.stand.filter(|_| !bounds.is_empty());
        let turned = stand.map(|stand| stand.world_from_product(&bounds));
        // What the page would show, with the product where it stands.
        let page = turned.and_then(|turned| self.frame_turned(width_px, height_px, turned));
        let mut frame = page.unwrap_or_else(|| Frame {
            looks: vec![Look::default()],
            views: Vec::new(),
            light: Lighting::default(),
            background: Background::Transparent,
            page_color: None,
            exposure: self.page.exposure(),
            tone_map: self.page.tone_map(),
            floor_shadow: None,
        });
        let shares = self.wipe_shares(&frame);
        frame.views = views.iter().flat_map(|view| split(view, &shares)).collect();
        if let Some(look) = self.owned_look(turned) {
            frame.looks = vec![look];
            frame.views = views;
        }
        frame.background = Background::Transparent;
        if self.lit_by_room() {
            frame.light = Lighting { environment: ROOM, ..Lighting::default() };
        } else if !room.session.immersive && frame.light.environment != EnvironmentId::STUDIO {
            frame.light = self.light.lighting();
        }
        let intensity = if self.page.shadow_intensity() > 0.0 { self.page.shadow_intensity() } else { SHADOW };
        let softness = self.page.shadow_softness();
        let casts = self.casting_bounds();
        // What leans stands on no plane that is known.
        let stands = stand.filter(|stand| !casts.is_empty() && stand.lean == Quat::IDENTITY);
        frame.floor_shadow = stands.map(|stand| Caster { stand, bounds, casts }.shadow(intensity, softness));
        if room.kit_stands {
            let kit = &room.kit;
            for look in &mut frame.looks {
                look.placed.push(Placed {
                    id: kit.id,
                    scene: &kit.scene,
                    world_from_scene: Mat4::IDENTITY,
                    pose: &kit.pose,
                    overlay: &kit.overlay,
                });
            }
        }
        Some(frame)
    }

    /// From left to right, which share of a picture shows which look.
    fn wipe_shares(&self, frame: &Frame<'_>) -> Vec<(f32, usize)> {
        match (frame.looks.len(), self.compared()) {
            (2.., Some(compared)) => vec![(compared.wipe, 0), (1.0, 1)],
            _ => vec![(1.0, 0)],
        }
    }
}

/// One eye; rows from above, and depth as wgpu has it.
fn view(eye: &Eye, height_px: u32) -> View {
    let [x, y, width, height] = eye.viewport_px;
    let mut half = Mat4::from_diagonal(Vec4::new(1.0, 1.0, 0.5, 1.0));
    half.w_axis.z = 0.5;
    View {
        world_from_view: eye.world_from_view,
        projection_from_view: half * eye.gl_projection_from_view,
        viewport_px: [x, height_px.saturating_sub(y + height), width, height],
        look: 0,
    }
}

/// An eye's picture cut by upright lines.
fn split(eye: &View, shares: &[(f32, usize)]) -> Vec<View> {
    let [left, top, width, height] = eye.viewport_px;
    let mut from = 0;
    let mut out = Vec::with_capacity(shares.len());
    for (share, look) in shares {
        let to = ((share * width as f32).round() as u32).min(width);
        if to > from {
            let mut part = part_of(eye, [from, 0, to - from, height]);
            part.viewport_px = [left + from, top, to - from, height];
            part.look = *look;
            out.push(part);
        }
        from = to.max(from);
    }
    out
}

/// What casts, of a product of this box that stands there.
struct Caster {
    stand: Stand,
    bounds: Aabb,
    casts: Aabb,
}

impl Caster {
    /// The shadow on what it stands on, or hangs on.
    fn shadow(&self, intensity: f32, softness: f32) -> FloorShadow {
        let Self { stand, bounds, casts } = self;
        let world_from_product = stand.world_from_product(bounds);
        let (center, size) = (casts.center(), casts.size());
        if !stand.is_upright() {
            // From the floor up: what comes may be high above it.
            let size = size.with_y(casts.max.y - bounds.min.y);
            let center = center.with_y(bounds.min.y);
            return FloorShadow { intensity, softness, center, size, world_from_floor: world_from_product };
        }
        // The wall is the floor of a space in which the product lies on its back.
        let product_from_floor = Mat4::from_quat(Quat::from_rotation_x(std::f32::consts::FRAC_PI_2));
        FloorShadow {
            intensity,
            softness,
            center: product_from_floor.inverse().transform_point3(center.with_z(bounds.min.z)),
            size: Vec3::new(size.x, casts.max.z - bounds.min.z, size.y),
            world_from_floor: world_from_product * product_from_floor,
        }
    }
}

impl Room {
    fn arrange(&mut self, mut sketch: Sketch, bounds: &Aabb, size: Vec3, gap: &crate::place::Gap) {
        if self.session.immersive {
            self.build_stage(&mut sketch);
        }
        let head = self.head().w_axis.truncate();
        if let (None, Some(spot), false) = (&self.stand, self.aimed, bounds.is_empty() || self.measuring) {
            let stand = Stand::facing(spot, head);
            let (world_from_frame, sides) = stand.footprint(bounds);
            // Two lines, so that it is seen on light and on dark floors.
            sketch.rectangle(Paint::White, &world_from_frame, sides, EDGE);
            sketch.rectangle(Paint::Dark, &world_from_frame, sides.map(|side| side + 2.0 * EDGE), 0.9 * EDGE);
        }
        for pointed in self.moment.pointers.iter().filter(|pointed| pointed.kind == GripKind::Tracked) {
            let aim = Aim::along(&pointed.world_from_ray);
            let length = self.ray_length(&aim, pointed, bounds);
            sketch.bar(Paint::White, aim.at(0.05), aim.at(length), RAY);
        }
        if self.measuring {
            self.draw_gap(&mut sketch, gap, bounds, size);
        }
        self.draw_menu(&mut sketch);
        self.kit.show(&sketch);
    }

    fn ray_length(&self, aim: &Aim, pointed: &super::Pointed, bounds: &Aabb) -> f32 {
        let menu = self.menu.distance(aim);
        let product = self.stand.and_then(|stand| aim.distance_to_box(bounds, &stand.world_from_product(bounds)));
        let surface = self.spot_under(pointed).map(|spot| spot.point.distance(aim.origin));
        [menu, product, surface].into_iter().flatten().fold(RAY_LENGTH, f32::min).max(0.1)
    }

    /// A floor and walls far away, where no room is seen.
    fn build_stage(&self, sketch: &mut Sketch) {
        let floor = self.floor();
        let middle = self.stand.map_or(Vec3::ZERO, |stand| stand.spot.point).with_y(0.0);
        let at = |x: f32, y: f32, z: f32| middle + Vec3::new(x, floor + y, z);
        let flat = |translation: Vec3, scale: Vec3| Trs { translation, rotation: Quat::IDENTITY, scale };
        sketch.place(Paint::Floor, flat(at(0.0, -0.03, 0.0), Vec3::new(2.0 * STAGE, 0.05, 2.0 * STAGE)));
        let wide = Vec3::new(2.0 * STAGE, STAGE, 0.05);
        sketch.place(Paint::Air, flat(at(0.0, 0.5 * STAGE, -STAGE), wide));
        sketch.place(Paint::Air, flat(at(0.0, 0.5 * STAGE, STAGE), wide));
        let deep = Vec3::new(0.05, STAGE, 2.0 * STAGE);
        sketch.place(Paint::Air, flat(at(-STAGE, 0.5 * STAGE, 0.0), deep));
        sketch.place(Paint::Air, flat(at(STAGE, 0.5 * STAGE, 0.0), deep));
        sketch.place(Paint::Air, flat(at(0.0, STAGE, 0.0), Vec3::new(2.0 * STAGE, 0.05, 2.0 * STAGE)));
    }
}
