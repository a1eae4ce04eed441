//! Everything that one picture is made of: looks × views under one light.
//!
//! A page draws one look in one view, before/after draws two looks, a headset two views.

use glam::{Mat4, Vec3};

use crate::camera::View;
use crate::scene::{Overlay, Pose, Scene, SceneId};

/// What the renderer draws.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// What there is to see.
    pub looks: Vec<Look<'a>>,
    /// From where, and where in the target.
    pub views: Vec<View>,
    /// What lights it.
    pub light: Lighting,
    /// What is behind it.
    pub background: Background,
    /// The colour that the page has behind a transparent picture, sRGB from 0 to 255, where it is known. It is not drawn,
    /// but glass tints it; unknown, glass is as transparent as its colours are bright in the mean.
    pub page_color: Option<[u8; 3]>,
    /// Multiplies linear light before the tone map, > 0.
    pub exposure: f32,
    /// From linear light to the display.
    pub tone_map: ToneMap,
    /// The soft shadow on the floor.
    pub floor_shadow: Option<FloorShadow>,
}

/// Scenes that are seen together, with their differences from the file.
#[derive(Clone, Debug, Default)]
pub struct Look<'a> {
    /// The parts of the product.
    pub placed: Vec<Placed<'a>>,
}

/// One scene in the world.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    /// Its name in the renderer.
    pub id: SceneId,
    /// The scene itself.
    pub scene: &'a Scene,
    /// Where it stands.
    pub world_from_scene: Mat4,
    /// Its pose at this moment.
    pub pose: &'a Pose,
    /// Its differences from the file.
    pub overlay: &'a Overlay,
}

/// Names one environment in the renderer; equal keys share one on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EnvironmentId(pub u64);

impl EnvironmentId {
    /// Our own neutral studio; always there.
    pub const STUDIO: Self = Self(0);
}

/// Names a customer's picture in the renderer.
#[cfg(feature = "product")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhotoId(pub u64);

/// Image-based light.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lighting {
    /// Which environment; one that is not loaded (yet) falls back to the studio.
    pub environment: EnvironmentId,
    /// Multiplies its radiance; 1 is as stored.
    pub intensity: f32,
    /// Turns it around +Y.
    pub rotation: f32,
}

impl Default for Lighting {
    fn default() -> Self {
        Self { environment: EnvironmentId::STUDIO, intensity: 1.0, rotation: 0.0 }
    }
}

/// What is behind the product.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Background {
    /// The page shows through.
    #[default]
    Transparent,
    /// A customer's picture, in its own colours, that the renderer has under this name.
    #[cfg(feature = "product")]
    Photo {
        /// Which.
        photo: PhotoId,
        /// Half its width and height in halves of the view's: 1 and 1 fill it.
        half_size: [f32; 2],
    },
    /// An environment, sharp.
    Skybox {
        /// Which.
        environment: EnvironmentId,
        /// Its lower part as a ground to stand on; without, all of it is endlessly far away.
        ground: Option<Ground>,
    },
}

/// A horizontal ground onto which the lower part of a panorama is projected, within a sphere onto which the rest is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ground {
    /// The point of the ground below the panorama's camera, world space.
    pub center: Vec3,
    /// How far above the ground the panorama was taken, metres, > 0.
    pub camera_height: f32,
    /// Of the sphere, around the panorama's camera, metres.
    pub radius: f32,
}

/// From linear light to display-encoded sRGB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ToneMap {
    /// Khronos PBR Neutral.
    #[default]
    Neutral,
    /// ACES (Hill's fit).
    Aces,
    /// AgX.
    Agx,
    /// Reinhard.
    Reinhard,
    /// Clipped to `[0, 1]`.
    Linear,
}

/// A soft contact shadow on a horizontal floor, as if the sky were evenly bright.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FloorShadow {
    /// Darkness, `[0, 1]` and above.
    pub intensity: f32,
    /// 0 is crisp, 1 is soft.
    pub softness: f32,
    /// The middle of the product's footprint, in the floor's space.
    pub center: Vec3,
    /// Width, height and depth of the product in the floor's space, metres.
    pub size: Vec3,
    /// Turns the floor with the product: while everything stands still in the floor's space, its shadow is not drawn
    /// anew. +Y stays up.
    pub world_from_floor: Mat4,
}
