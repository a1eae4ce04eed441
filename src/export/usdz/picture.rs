//! The pictures that a file needs, and how they differ from the model's.

use crate::scene::{Bytes, Image, ImageSource, SceneId, picture};

/// A change of a picture's stored numbers, `[0, 1]`: for red, green, blue and alpha `value × scale + bias`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Multiplies.
    pub scale: [f32; 4],
    /// Is added.
    pub bias: [f32; 4],
}

impl Change {
    /// Leaves all as it is.
    pub const NONE: Self = Self { scale: [1.0; 4], bias: [0.0; 4] };

    /// Scales what differs from some rest, in red, green and blue: `rest + (value - rest) × by`.
    pub(super) fn towards(rest: [f32; 3], by: [f32; 3]) -> Self {
        let [red, green, blue] = rest;
        let [one, two, three] = by;
        let bias = [red * (1.0 - one), green * (1.0 - two), blue * (1.0 - three), 0.0];
        Self { scale: [one, two, three, 1.0], bias }
    }
}

/// A picture that a file needs.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The model with the picture.
    pub scene: SceneId,
    /// Its index there.
    pub image: usize,
    /// What becomes of its numbers.
    pub change: Change,
    /// Its alpha is looked at; else it may be lost.
    pub has_alpha: bool,
    /// Red, green and blue are colours, not numbers: they may be encoded as people see.
    pub is_color: bool,
    /// The largest side, pixels.
    pub most_px: u32,
    /// Something of the customer's is drawn over the model's picture.
    pub is_printed: bool,
    /// Encoded, once it is there.
    pub(super) bytes: Option<Bytes>,
}

/// How a picture is to be encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `image/png`
    Png,
    /// `image/jpeg`
    Jpeg,
}

impl Picture {
    /// How it is to be encoded, after the encoded picture that it is made of: what comes without loss stays so, and alpha
    /// too. None where that can go in as it is.
    pub fn encoding(&self, source: &[u8]) -> Option<Encoding> {
        let mime = picture::mime(source);
        let is_jpeg = mime == Some("image/jpeg");
        let small = picture::size(source).is_some_and(|(width, height)| width.max(height) <= self.most_px);
        if small && self.change == Change::NONE && !self.is_printed && (is_jpeg || mime == Some("image/png")) {
            return None;
        }
        let lossy = is_jpeg || mime != Some("image/png") && self.is_color && !self.has_alpha;
        Some(if lossy { Encoding::Jpeg } else { Encoding::Png })
    }

    /// True while its bytes are wanted.
    pub fn is_missing(&self) -> bool {
        self.bytes.is_none()
    }

    pub(super) fn take_own(&mut self, image: &Image) {
        if let ImageSource::Encoded { bytes, .. } = &image.source
            && self.encoding(bytes).is_none()
        {
            self.bytes = Some(bytes.clone());
        }
    }
}

/// How the name of a file with these bytes ends; none for what USDZ does not take.
pub(super) fn extension(bytes: &[u8]) -> Option<&'static str> {
    match picture::mime(bytes)? {
        "image/png" => Some("png"),
        "image/jpeg" => Some("jpg"),
        _ => None,
    }
}

/// Whether alpha of an encoded picture can be other than 1: all but JPEG and PNG without it.
pub(super) fn may_have_alpha(image: Option<&Image>) -> bool {
    match image.map(|image| &image.source) {
        Some(ImageSource::Encoded { mime: "image/jpeg", .. }) | None => false,
        Some(ImageSource::Encoded { mime: "image/png", bytes }) => {
            // The color type (PNG §11.2.1): with alpha, or a palette or one colour that may be clear (tRNS).
            matches!(bytes.get(25), Some(4 | 6)) || bytes.windows(4).take(4096).any(|name| name == b"tRNS")
        }
        Some(_) => true,
    }
}
