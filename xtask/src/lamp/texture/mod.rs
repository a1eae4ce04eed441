//! The lamp's textures.

mod metal;
mod soft;
mod wood;

pub(super) use metal::{brushed_normal, brushed_roughness, powder_normal};
pub(super) use soft::{braid_colour, braid_normal, glow_inside, glow_opal};
pub(super) use wood::beech_colour;
