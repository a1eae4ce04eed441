//! What can go wrong between a scene and its picture.

use std::fmt;

/// Why the renderer refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RenderError {
    /// The adapter gave no device.
    NoDevice {
        /// The driver's own words.
        reason: String,
    },
    /// The device went away; everything on it is gone.
    DeviceLost {
        /// The driver's own words.
        reason: String,
    },
    /// The device reported an error that no call could return.
    Device {
        /// The driver's own words.
        reason: String,
    },
    /// A scene needs more than one GPU resource can hold.
    TooLarge {
        /// What is too large, such as `a texture`.
        what: &'static str,
        /// How much of it there is, in the unit that `what` has.
        needed: u64,
        /// How much the device allows.
        limit: u64,
    },
    /// A scene that was never loaded, or was unloaded.
    UnknownScene,
    /// An image that the scene does not have.
    UnknownImage {
        /// The index that was asked for.
        image: usize,
    },
    /// Fewer bytes than the picture's size asks for, or an empty picture.
    Pixels {
        /// Bytes that the size asks for.
        expected: usize,
        /// Bytes that came.
        found: usize,
    },
    /// The browser refused to copy a picture.
    Copy {
        /// The browser's own words.
        reason: String,
    },
    /// Shaders that are fetched apart are not there.
    Shaders,
    /// A picture could not be read back.
    Readback {
        /// The driver's own words.
        reason: String,
    },
}

impl fmt::Display for RenderError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDevice { reason } => {
                write!(out, "no graphics device: {reason}; enable hardware acceleration or show a poster")
            }
            Self::DeviceLost { reason } => {
                write!(out, "the graphics device was lost: {reason}; make a new renderer and load the scenes again")
            }
            Self::Device { reason } => write!(out, "the graphics device reported an error: {reason}; please report it"),
            Self::TooLarge { what, needed, limit } => {
                write!(out, "{what} is too large: {needed}, this device allows {limit}; simplify the model")
            }
            Self::UnknownScene => out.write_str("the scene is not loaded; load it first"),
            Self::UnknownImage { image } => write!(out, "the scene has no image {image}; use an index of its images"),
            Self::Pixels { expected, found } => {
                write!(out, "a picture of {expected} bytes came with {found}; give four bytes for each pixel")
            }
            Self::Copy { reason } => write!(out, "the browser refused a picture: {reason}; give its pixels instead"),
            Self::Shaders => out.write_str("shaders are missing or of another build; add those of this build"),
            Self::Readback { reason } => write!(out, "the picture could not be read back: {reason}; draw it again"),
        }
    }
}

impl std::error::Error for RenderError {}
