//! Pictures, samplers and textures (glTF 2.0 §3.8).

use super::cursor::Cursor;
use super::extension::{TEXTURE_AVIF, TEXTURE_WEBP};
use super::picture;
use super::reader::Reader;
use super::uri::{self, Address};
use crate::issue::Code;
use crate::scene::{Filter, Image, ImageSource, MipFilter, Sampler, Slots, Texture, Wrap};

pub(super) fn read_images(reader: &mut Reader<'_>) -> Slots<Image> {
    reader.list("images").iter().map(|item| read_image(reader, Cursor(item))).collect()
}

fn read_image<'a>(reader: &mut Reader<'a>, at: Cursor<'a>) -> Option<Image> {
    let name = at.name(&mut reader.log);
    let stated = at.text("mimeType", &mut reader.log);
    if at.get("bufferView").is_some() {
        let view = reader.view(at, "bufferView")?;
        let source = encoded(reader, at, stated, view.bytes.to_vec())?;
        return Some(Image { name, source });
    }
    let Some(uri) = at.text("uri", &mut reader.log) else {
        reader.report(Code::Value, at, "an image without uri and bufferView");
        return None;
    };
    let source = match uri::resolve(uri) {
        Ok(Address::Relative(uri)) => ImageSource::External { uri },
        Ok(Address::Data { mime, bytes }) => encoded(reader, at, stated.or(Some(&mime)), bytes)?,
        Err((code, detail)) => {
            reader.report(code, at.get("uri").unwrap_or(at), detail);
            return None;
        }
    };
    Some(Image { name, source })
}

/// The bytes say what they are; the stated type only decides where they do not.
fn encoded<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, stated: Option<&str>, bytes: Vec<u8>) -> Option<ImageSource> {
    let sniffed = picture::mime(&bytes);
    let Some(mime) = sniffed.or_else(|| picture::MIMES.into_iter().find(|mime| Some(*mime) == stated)) else {
        reader.report(Code::Image, at, "neither PNG, JPEG, WebP nor AVIF");
        return None;
    };
    if sniffed.is_some() && stated.is_some_and(|stated| stated != mime) {
        reader.report(Code::Conformance, at, "the bytes are of another type than mimeType says");
    }
    let (width, height) = picture::size(&bytes).unwrap_or_default();
    if u64::from(width) * u64::from(height) > reader.limits.texture_pixels {
        reader.refuse("/images", format!("a picture of {width} × {height} pixels"));
        return None;
    }
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
    let mut image = None;
    for place in [at.extension(TEXTURE_WEBP), at.extension(TEXTURE_AVIF), Some(at)].into_iter().flatten() {
        let named = place.index("source", images.len(), log);
        image = image.or(named.filter(|index| images.get(*index).is_some()));
    }
    if image.is_none() && at.get("source").is_none() {
        reader.report(Code::Image, at, "a texture without a picture that can be read");
    }
    Some(Texture { name, image, sampler: sampler.unwrap_or_default() })
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
