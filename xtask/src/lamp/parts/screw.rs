//! The knurled screw that holds a joint, the same at all three.

use super::super::material::Finish;
use super::super::scene::Part;
use crate::shape::lathe::{knurl, turn};
use crate::shape::profile::Profile;

/// Washer, knurled head, shank and cap nut along Z, about the joint's middle.
pub(in crate::lamp) fn screw() -> Part {
    let washer = Profile::rounded(&[[6.0, 13.2, 0.0], [8.4, 13.2, 0.2], [8.4, 14.2, 0.3], [4.0, 14.2, 0.0]]);
    let grip = Profile::rounded(&[[5.0, 14.7, 0.0], [9.4, 14.7, 0.6], [9.4, 22.4, 0.9], [8.1, 22.4, 0.0]]);
    let face = Profile::rounded(&[[8.2, 22.4, 0.0], [7.4, 22.4, 0.3], [6.8, 21.8, 0.3], [0.0, 21.6, 0.0]]);
    let shank = Profile::rounded(&[[4.2, -13.5, 0.0], [4.2, 15.0, 0.0]]);
    let cap = Profile::rounded(&[[8.0, 12.9, 0.0], [8.0, 15.6, 1.3], [0.0, 16.6, 0.0]]);
    let mesh = turn(&washer, 36, 40.0)
        .with(&knurl(&grip, 42, 0.55, 40.0))
        .with(&turn(&face, 40, 40.0))
        .with(&turn(&shank, 16, 40.0))
        .along_z()
        .with(&turn(&cap, 36, 40.0).along_z().about_y(180.0));
    vec![(Finish::Accent, mesh)]
}
