//! Stem and arms: tubes, hubs and eyes of anodised aluminium, and the counterweight.

use super::super::material::Finish;
use super::super::scene::Part;
use super::{EYE_HALF, EYE_Z, HUB, HUB_HALF, LOWER, STEM, UPPER};
use crate::shape::extrude::lug;
use crate::shape::lathe::turn;
use crate::shape::mesh::Mesh;
use crate::shape::profile::Profile;

/// The post on the base with the lowest hub; its origin is the top of the base.
pub(in crate::lamp) fn stem() -> Part {
    let post = Profile::rounded(&[[13.5, -0.6, 0.0], [13.5, 3.6, 0.9], [6.0, 4.6, 5.0], [6.0, STEM as f32 - 4.0, 0.0]]);
    let mesh = turn(&post, 44, 80.0).with(&hub().moved(0.0, STEM as f32, 0.0));
    vec![(Finish::Anodised, mesh)]
}

/// Two rods with eyes at both ends, upright from the lowest joint.
pub(in crate::lamp) fn arm_lower() -> Part {
    let reach = LOWER as f32;
    let rod = Profile::rounded(&[[3.25, 20.0, 0.0], [3.25, reach - 20.0, 0.0]]);
    let ferrule = Profile::rounded(&[[3.0, 23.5, 0.0], [4.7, 23.5, 0.5], [4.7, 34.0, 0.6], [3.0, 34.4, 0.0]]);
    let eye = lug(HUB, 4.2, 24.0, EYE_HALF, 0.8);
    let end = turn(&ferrule, 20, 40.0).with(&eye);
    let side = turn(&rod, 20, 40.0).upright_grain().with(&end).with(&end.clone().about_z(180.0).moved(0.0, reach, 0.0));
    let mesh = side.clone().moved(0.0, 0.0, EYE_Z).with(&side.moved(0.0, 0.0, -EYE_Z));
    vec![(Finish::Anodised, mesh)]
}

/// One tube through the elbow, with a hub at the head and a counterweight behind.
pub(in crate::lamp) fn arm_upper() -> Part {
    let reach = UPPER as f32;
    let tube = Profile::rounded(&[[4.75, -80.0, 0.0], [4.75, reach - 5.0, 0.0]]);
    let collar = Profile::rounded(&[[4.0, 12.0, 0.0], [6.2, 10.0, 0.0], [6.2, 17.0, 0.6], [4.5, 17.4, 0.0]]);
    let collar = turn(&collar, 28, 40.0);
    let mesh = turn(&tube, 28, 40.0)
        .upright_grain()
        .with(&hub())
        .with(&hub().moved(0.0, reach, 0.0))
        .with(&collar)
        .with(&collar.clone().about_z(180.0))
        .with(&collar.about_z(180.0).moved(0.0, reach, 0.0));
    let weight = Profile::rounded(&[
        [0.0, -112.0, 0.0],
        [13.0, -112.0, 2.0],
        [13.0, -105.6, 0.3],
        [12.2, -105.3, 0.3],
        [12.2, -104.5, 0.3],
        [13.0, -104.2, 0.3],
        [13.0, -64.0, 2.0],
        [4.0, -63.0, 0.0],
    ]);
    vec![(Finish::Anodised, mesh), (Finish::Accent, turn(&weight, 52, 80.0))]
}

/// A hub about the joint's axis.
fn hub() -> Mesh {
    let outline =
        Profile::rounded(&[[0.0, -HUB_HALF, 0.0], [HUB, -HUB_HALF, 0.8], [HUB, HUB_HALF, 0.8], [0.0, HUB_HALF, 0.0]]);
    turn(&outline, 48, 80.0).along_z()
}
