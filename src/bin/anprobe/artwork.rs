//! Customers' words and pictures over a model's picture, as `www/product-print.js` draws them: where they go and how large
//! is said by the engine.

use std::collections::BTreeMap;
use std::path::PathBuf;

use image::imageops::{self, FilterType};
use image::{DynamicImage, RgbaImage};
use serde::Deserialize;
use tiny_skia::{
    Color, FillRule, FilterQuality, IntSize, Mask, Paint, PathBuilder, Pixmap, PixmapPaint, Rect, Transform,
};

use super::fonts::Fonts;
use super::selection::fingerprint;
use super::studio::decoded;
use super::words::line;

/// What the engine asks for: [`anprobe::product::Print`] as JSON.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Order {
    width_px: u32,
    height_px: u32,
    layers: Vec<Layer>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Layer {
    kind: String,
    content: String,
    #[serde(default)]
    font: String,
    clip_px: [f32; 4],
    center_px: [f32; 2],
    box_px: [f32; 2],
    covers: bool,
    turn_deg: f32,
    ink: String,
}

/// Where what customers give themselves comes from
#[derive(clap::Args, Default)]
pub(super) struct Sources {
    /// The folder with customers' pictures, each under the name that codes and orders have for it: NAME.png, .jpg or .webp
    #[arg(long, value_name = "DIR")]
    pictures: Option<PathBuf>,
    /// A folder with the page's own fonts (TTF, OTF, WOFF2); those that come with the widget are here, and this machine's
    #[arg(long, value_name = "DIR")]
    fonts: Option<PathBuf>,
}

impl Sources {
    /// Tells them to a command that works on.
    #[cfg(feature = "render")]
    pub(super) fn pass_on(&self, command: &mut std::process::Command) {
        for (name, folder) in [("--pictures", &self.pictures), ("--fonts", &self.fonts)] {
            if let Some(folder) = folder {
                command.arg(name).arg(folder);
            }
        }
    }

    /// Names their contents.
    pub(super) fn inputs(&self) -> String {
        let files =
            |folder: &PathBuf| std::fs::read_dir(folder).ok().map(|files| files.flatten().map(|file| file.path()));
        let mut files: Vec<PathBuf> =
            [&self.pictures, &self.fonts].into_iter().flatten().filter_map(files).flatten().collect();
        files.sort();
        let each = files.iter().map(|file| format!("{:x}", fingerprint(&std::fs::read(file).unwrap_or_default())));
        each.collect()
    }
}

/// Words and pictures, found.
pub(super) struct Artworks {
    fonts: Fonts,
    /// Files of customers' pictures by the names that codes have for them.
    pictures: BTreeMap<String, PathBuf>,
}

impl Artworks {
    /// Looks at what folders have.
    pub(super) fn new(sources: &Sources) -> Result<Self, String> {
        let mut pictures = BTreeMap::new();
        if let Some(folder) = &sources.pictures {
            let files = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
            for file in files.flatten().map(|file| file.path()) {
                // Names come from codes, and so from anybody: only what lies in the folder is taken.
                pictures.insert(file.file_stem().unwrap_or_default().to_string_lossy().into_owned(), file);
            }
        }
        Ok(Self { fonts: Fonts::new(sources.fonts.as_deref())?, pictures })
    }

    /// Draws what a print asks for over a model's picture; what of it could not be drawn as a page draws it goes to `lacks`.
    pub(super) fn over(&mut self, beneath: &DynamicImage, print: &str, lacks: &mut Vec<String>) -> Option<RgbaImage> {
        let Order { width_px, height_px, layers } = serde_json::from_str(print).ok()?;
        let mut canvas = resized(beneath, [width_px, height_px])?;
        for layer in &layers {
            let mask = clip(layer, [width_px, height_px])?;
            match layer.kind.as_str() {
                "text" => self.write(&mut canvas, layer, &mask, lacks),
                "picture" => self.paste(&mut canvas, layer, &mask, lacks),
                // The edge and the safe zone are shown in the page's editor alone.
                _ => {}
            }
        }
        let (width, height) = (canvas.width(), canvas.height());
        RgbaImage::from_raw(width, height, canvas.take_demultiplied())
    }

    fn write(&mut self, canvas: &mut Pixmap, layer: &Layer, mask: &Mask, lacks: &mut Vec<String>) {
        let (faces, is_there) = self.fonts.faces(&layer.font);
        if !is_there && layer.font.is_empty() {
            lacks.push("the usual font of pages (Helvetica or Arial) is not on this machine".to_owned());
        } else if !is_there {
            lacks.push(format!("the font {} is not here", layer.font));
        }
        let line = line(&layer.content, &faces, &mut self.fonts);
        if !line.missing.is_empty() {
            let letters: String = line.missing.iter().collect();
            lacks.push(format!("no font here has {letters}"));
        }
        let (sides, above) = line.measured();
        let scale = layer.fitting(sides);
        let Some(path) = line.path.as_ref().filter(|_| scale > 0.0) else { return };
        let place = layer
            .place()
            .pre_translate(0.0, (above - sides[1] / 2.0) * scale)
            .pre_scale(scale, scale)
            .pre_translate(-line.width_px / 2.0, 0.0);
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        paint.set_color(ink(&layer.ink));
        canvas.fill_path(path, &paint, FillRule::Winding, place, Some(mask));
    }

    fn paste(&mut self, canvas: &mut Pixmap, layer: &Layer, mask: &Mask, lacks: &mut Vec<String>) {
        let Some(file) = self.pictures.get(&layer.content) else {
            lacks.push(format!("the picture {} is not here", layer.content));
            return;
        };
        let picture = match std::fs::read(file).map_err(|error| error.to_string()).and_then(|bytes| decoded(&bytes)) {
            Ok(picture) => picture,
            Err(why) => {
                lacks.push(format!("the picture {}: {why}", layer.content));
                return;
            }
        };
        let sides = [picture.width() as f32, picture.height() as f32];
        let scale = layer.fitting(sides);
        let [wide, high] = sides.map(|side| side * scale);
        if !(wide >= 1.0 && high >= 1.0) {
            return;
        }
        // Made smaller beforehand, since what is drawn far smaller than it is would flicker.
        let smaller = [wide, high].map(|side| side.ceil() as u32);
        let small = if scale < 1.0 { resized(&picture, smaller) } else { premultiplied(picture.to_rgba8()) };
        let Some(small) = small else { return };
        let place = layer
            .place()
            .pre_translate(-wide / 2.0, -high / 2.0)
            .pre_scale(wide / small.width() as f32, high / small.height() as f32);
        let paint = PixmapPaint { quality: FilterQuality::Bicubic, ..PixmapPaint::default() };
        canvas.draw_pixmap(0, 0, small.as_ref(), &paint, place, Some(mask));
    }
}

impl Layer {
    /// How much larger the content gets.
    fn fitting(&self, sides: [f32; 2]) -> f32 {
        let [across, down] = [self.box_px[0] / sides[0], self.box_px[1] / sides[1]];
        if self.covers { across.max(down) } else { across.min(down) }
    }

    /// From the content's middle.
    fn place(&self) -> Transform {
        let [x, y] = self.center_px;
        Transform::from_translate(x, y).pre_rotate(self.turn_deg)
    }
}

/// What may be drawn on.
fn clip(layer: &Layer, [width, height]: [u32; 2]) -> Option<Mask> {
    let mut mask = Mask::new(width, height)?;
    let [left, top, wide, high] = layer.clip_px;
    if let Some(rect) = Rect::from_xywh(left, top, wide, high) {
        mask.fill_path(&PathBuilder::from_rect(rect), FillRule::Winding, true, Transform::identity());
    }
    Some(mask)
}

/// `#rrggbb`; black where it is none.
fn ink(text: &str) -> Color {
    let number = text.strip_prefix('#').and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or(0);
    let [_, red, green, blue] = number.to_be_bytes();
    Color::from_rgba8(red, green, blue, 255)
}

/// A picture at another size, its colours multiplied with alpha: those of what is clear must not bleed into edges.
fn resized(picture: &DynamicImage, [width, height]: [u32; 2]) -> Option<Pixmap> {
    let pixmap = premultiplied(picture.to_rgba8())?;
    if [pixmap.width(), pixmap.height()] == [width, height] {
        return Some(pixmap);
    }
    let size = [pixmap.width(), pixmap.height()];
    let pixels = RgbaImage::from_raw(size[0], size[1], pixmap.take())?;
    let other = imageops::resize(&pixels, width, height, FilterType::Triangle);
    Pixmap::from_vec(other.into_raw(), IntSize::from_wh(width, height)?)
}

fn premultiplied(mut picture: RgbaImage) -> Option<Pixmap> {
    for pixel in picture.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        let times = |value: u8| ((u16::from(value) * u16::from(alpha) + 127) / 255) as u8;
        pixel.0 = [times(red), times(green), times(blue), alpha];
    }
    let (width, height) = picture.dimensions();
    Pixmap::from_vec(picture.into_raw(), IntSize::from_wh(width, height)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(layers: &str, lacks: &mut Vec<String>) -> RgbaImage {
        let white = DynamicImage::from(RgbaImage::from_pixel(2, 2, image::Rgba([255; 4])));
        let print = format!(r#"{{"widthPx":200,"heightPx":100,"layers":[{layers}]}}"#);
        Artworks::new(&Sources::default()).unwrap().over(&white, &print, lacks).unwrap()
    }

    fn layer(more: &str) -> String {
        let all = r##""kind":"text","content":"HHH","font":"Jost","clipPx":[0,0,200,100],"centerPx":[100,50],"boxPx":[160,60],"covers":false,"turnDeg":0,"ink":"#ff0000""##;
        format!("{{{all}{more}}}")
    }

    /// The box around what is red: left, top, right, bottom.
    fn red(picture: &RgbaImage) -> [u32; 4] {
        let red = picture.enumerate_pixels().filter(|(_, _, pixel)| pixel.0[1] < 128);
        red.fold([u32::MAX, u32::MAX, 0, 0], |[l, t, r, b], (x, y, _)| [l.min(x), t.min(y), r.max(x + 1), b.max(y + 1)])
    }

    #[test]
    fn words_fill_their_box_and_stay_in_their_clip() {
        let mut lacks = Vec::new();
        let [left, top, right, bottom] = red(&drawn(&layer(""), &mut lacks));
        // As wide or as high as the box, and in its middle.
        let (wide, high) = (right - left, bottom - top);
        assert!((140..=160).contains(&wide) && high <= 60, "{wide} {high}");
        assert!((left + right).abs_diff(200) <= 2 && (top + bottom).abs_diff(100) <= 2);
        let turned = layer("").replace("\"turnDeg\":0", "\"turnDeg\":90").replace("[160,60]", "[90,60]");
        let [left, top, right, bottom] = red(&drawn(&turned, &mut lacks));
        assert!(bottom - top > right - left);
        let clipped = layer("").replace("[0,0,200,100]", "[0,0,100,100]");
        assert!(red(&drawn(&clipped, &mut lacks))[2] <= 100);
        assert!(lacks.is_empty(), "{lacks:?}");
    }

    #[test]
    fn what_is_not_here_is_told_and_not_drawn() {
        let mut lacks = Vec::new();
        let picture = layer("").replace("\"text\"", "\"picture\"").replace("HHH", "../secret");
        assert_eq!(red(&drawn(&picture, &mut lacks))[2], 0);
        assert!(lacks[0].contains("../secret"));
        drawn(&layer("").replace("Jost", "No Such Font"), &mut lacks);
        assert!(lacks[1].contains("No Such Font"));
    }
}
