//! What leaves for a 3D printer: whether it prints, how it lies best, what it takes, and the files.
//!
//! A [`Piece`] is what is printed as one, in millimetres with z up; it comes together from [`Share`]s of what is shown
//! ([`gather()`]). [`check()`] looks at it in slices that leave a page
//! free, repairs what is safely repairable and says so, and gives a [`Checked`] with its [`Report`]. Places in a report are in
//! the space that the piece was taken from.
//!
//! [`seen()`] shows it on its bed before anything is printed.
//!
//! Sizes are measured, not guessed: thin walls by rays through the material, layers by cutting. Times and prices are
//! estimates from the figures that someone gave.

mod bed;
mod bvh;
mod check;
mod crossing;
mod estimate;
mod figures;
mod file;
mod gather;
mod layer;
mod order;
mod orientation;
mod pace;
mod paint;
mod piece;
mod process;
mod relief;
mod repair;
mod report;
#[cfg(feature = "relief")]
mod run;
mod seen;
mod shell;
mod stl;
mod support;
mod thickness;
mod threemf;
mod topology;
mod weld;
mod written;

pub use bed::{Bed, Fit};
pub use check::{Checked, Options, check};
pub use estimate::{Estimate, Material};
pub use file::{Labels, Printable, file_name};
pub use gather::{About, Share, gather};
pub use layer::{Contour, Layer, Layers};
pub use order::{Head, Lies, Wish};
pub use orientation::{Orientation, laid_on};
pub use pace::Job;
pub use paint::Bitmap;
pub use piece::{Body, Piece, print_from_world, world_from_print};
pub use process::{Process, Settings};
#[cfg(feature = "relief")]
pub use relief::{Embossed, Fonts, emboss, font_files};
pub use relief::{Lettering, Relief};
pub use repair::{Repair, RepairKind};
pub use report::{Finding, FindingKind, Place, Report};
#[cfg(feature = "relief")]
pub use run::{Format, Run};
pub use seen::{Mark, See, Seen, Thinned, seen, stand};
pub use stl::stl;
pub use support::{Column, Supports};
pub use threemf::{Package, threemf};
