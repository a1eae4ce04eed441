//! Pictures, samplers and textures (glTF 2.0 §3.8).

use super::cursor::Cursor;
use super::extension::{TEXTURE_AVIF, TEXTURE_WEBP};
use super::reader::Reader;
use super::uri::{self, Address};
use crate::issue::Code;
use crate::scene::picture;
use crate::scene::{Bytes, Filter, Image, ImageSource, MipFilter, Sampler, Slots, Texture, Wrap};

pub(super) fn read_images(reader: &mut Reader<'_>) -> Slots<Image> {
    // For each buffer how much of it the pictures take.
    let mut kept = vec![0usize; reader.buffers.len()];
    let read: Vec<Option<(Image, Option<usize>)>> =
        reader.list("images").iter().map(|item| read_image(reader, Cursor(item), &mut kept)).collect();
    // A picture keeps all of its buffer in memory: that is worth it where most are pictures, for which no copy is made.
    let lets_go = |(buffer, kept): (&Option<&Bytes>, &usize)| buffer.is_some_and(|bytes| *kept < bytes.len() / 2);
    let lets_go: Vec<bool> = reader.buffers.iter().zip(&kept).map(lets_go).collect();
    let own = |(mut image, buffer): (Image, Option<usize>)| {
        if let (ImageSource::Encoded { bytes, .. }, Some(true)) =
            (&mut image.source, buffer.and_then(|buffer| lets_go.get(buffer)))
        {
            *bytes = bytes.to_vec().into();
        }
        image
    };
    read.into_iter().map(|item| item.map(own)).collect()
}

/// A picture, and the buffer that it keeps in memory.
fn read_image<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, kept: &mut [usize]) -> Option<(Image, Option<usize>)> {
    let name = at.name(&mut reader.log);
    let stated = at.text("mimeType", &mut reader.log);
    if at.get("bufferView").is_some() {
        let view = reader.view(at, "bufferView")?;
        let source = encoded(reader, at, stated, view.shared())?;
        let length = view.bytes.len();
        if let Some(sum) = kept.get_mut(view.buffer) {
            *sum = sum.saturating_add(length);
        }
        return Some((Image { name, source }, Some(view.buffer)));
    }
    let Some(uri) = at.text("uri", &mut reader.log) else {
        reader.report(Code::Value, at, "an image without uri and bufferView");
        return None;
    };
    let source = match uri::resolve(uri) {
        Ok(Address::Relative(uri)) => ImageSource::External { uri },
        Ok(Address::Data { mime, bytes }) => encoded(reader, at, stated.or(Some(&mime)), bytes.into())?,
        Err((code, detail)) => {
            reader.report(code, at.get("uri").unwrap_or(at), detail);
            return None;
        }
    };
    Some((Image { name, source }, None))
}

/// The bytes say what they are; the stated type only decides where they do not.
fn encoded<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, stated: Option<&str>, bytes: Bytes) -> Option<ImageSource> {
    let sniffed = picture::mime(&bytes);
    let Some(mime) = sniffed.or_else(|| picture::MIMES.into_iter().find(|mime| Some(*mime) == stated)) else {
        reader.report(Code::Image, at, "neither PNG, JPEG, WebP nor AVIF");
        return None;
    };
    if sniffed.is_some() && stated.is_some_and(|stated| stated != mime) {
        reader.report(Code::Conformance, at, "the bytes are of another type than mimeType says");
    }
    let (width, height) = picture::size(&bytes).unwrap_or_default();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > reader.limits.texture_pixels {
        reader.refuse("/images", format!("a picture of {width} × {height} pixels"));
        return None;
    }
    let Some(left) = reader.pixels_left.checked_sub(pixels) else {
        reader.refuse("/images", format!("more than {} pixels in all pictures", reader.limits.all_texture_pixels));
        return None;
    };
    reader.pixels_left = left;
    Some(ImageSource::Encoded { mime, bytes })
}

pub(super) fn read_textures(reader: &mut Reader<'_>, images: &Slots<Image>) -> Slots<Texture> {
    let samplers: Vec<Sampler> =
        reader.list("samplers").iter().map(|item| read_sampler(reader, Cursor(item))).collect();
    reader.list("textures").iter().map(|item| read_texture(reader, Cursor(item), images, &samplers)).collect()
}

fn read_texture<'a>(
    reader: &mut Reader<'a>,
    at: Cursor<'a>,
    images: &Slots<Image>,
    samplers: &[Sampler],
) -> Option<Texture> {
    let log = &mut reader.log;
    let name = at.name(log);
    let sampler = at.index("sampler", samplers.len(), log).and_then(|index| samplers.get(index).copied());
    // The better-packed picture first; `source` is what others fall back to.
    let mut fallbacks = Vec::new();
    for place in [at.extension(TEXTURE_WEBP), at.extension(TEXTURE_AVIF), Some(at)].into_iter().flatten() {
        let Some(source) = place.get("source") else { continue };
        let Some(image) = source.as_index(images.len(), log) else { continue };
        if images.get(image).is_none() {
            log.report(Code::Image, source, "a picture that cannot be read");
        } else if !fallbacks.contains(&image) {
            fallbacks.push(image);
        }
    }
    let image = if fallbacks.is_empty() { None } else { Some(fallbacks.remove(0)) };
    if image.is_none() {
        log.report(Code::Image, at, "a texture without a picture that can be read");
    }
    Some(Texture { name, image, fallbacks, sampler: sampler.unwrap_or_default() })
}

fn read_sampler<'a>(reader: &mut Reader<'a>, at: Cursor<'a>) -> Sampler {
    let mut word = |key: &str| match at.count(key, &mut reader.log) {
        Some(number @ (9728 | 9729 | 9984..=9987 | 33071 | 33648 | 10497)) => number,
        Some(_) => {
            reader.log.report(Code::Value, at.get(key).unwrap_or(at), "unknown number");
            0
        }
        None => 0,
    };
    let filter = |nearest: bool| if nearest { Filter::Nearest } else { Filter::Linear };
    let wrap = |number| match number {
        33071 => Wrap::Clamp,
        33648 => Wrap::Mirror,
        _ => Wrap::Repeat,
    };
    let minify = word("minFilter");
    Sampler {
        magnify: filter(word("magFilter") == 9728),
        minify: filter(matches!(minify, 9728 | 9984 | 9986)),
        mip: match minify {
            9728 | 9729 => MipFilter::None,
            9984 | 9985 => MipFilter::Nearest,
            _ => MipFilter::Linear,
        },
        wrap_u: wrap(word("wrapS")),
        wrap_v: wrap(word("wrapT")),
    }
}
