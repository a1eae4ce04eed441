//! The browser's decoded pictures to textures, as they are: straight alpha, no conversion.

use super::RenderError;

/// Copies all of `bitmap` to level 0 of a texture of its size.
///
/// # Errors
/// [`RenderError::Copy`] when the browser throws: wgpu would trap.
#[cfg(feature = "webgpu")]
pub(super) fn copy(
    queue: &wgpu::Queue,
    bitmap: &web_sys::ImageBitmap,
    texture: &wgpu::Texture,
) -> Result<(), RenderError> {
    use js_sys::{Array, Object, Reflect};
    use wasm_bindgen::{JsCast, JsValue};

    let refused = |thrown: JsValue| RenderError::Copy {
        reason: thrown.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message())).unwrap_or_default(),
    };
    let (Some(queue), Some(handle)) = (queue.as_webgpu(), texture.as_webgpu()) else {
        return Err(RenderError::Copy { reason: String::new() });
    };
    let (source, destination) = (Object::new(), Object::new());
    Reflect::set(&source, &JsValue::from_str("source"), bitmap).map_err(refused)?;
    Reflect::set(&destination, &JsValue::from_str("texture"), handle).map_err(refused)?;
    let size = Array::of2(&JsValue::from(bitmap.width()), &JsValue::from(bitmap.height()));
    let queue = AsRef::<JsValue>::as_ref(queue).unchecked_ref::<Queue>();
    queue.copy_external_image_to_texture(&source, &destination, &size).map_err(refused)
}

#[cfg(feature = "webgpu")]
#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    /// `GPUQueue`, as far as it is used here.
    type Queue;

    #[wasm_bindgen(method, catch, js_name = copyExternalImageToTexture)]
    fn copy_external_image_to_texture(
        this: &Queue,
        source: &js_sys::Object,
        destination: &js_sys::Object,
        size: &js_sys::Array,
    ) -> Result<(), wasm_bindgen::JsValue>;
}

/// The same on WebGL2, where a refused picture is an error of the context.
#[cfg(not(feature = "webgpu"))]
#[expect(clippy::unnecessary_wraps, reason = "WebGPU's can fail")]
pub(super) fn copy(
    queue: &wgpu::Queue,
    bitmap: &web_sys::ImageBitmap,
    texture: &wgpu::Texture,
) -> Result<(), RenderError> {
    queue.copy_external_image_to_texture(
        &wgpu::CopyExternalImageSourceInfo {
            source: wgpu::ExternalImageSource::ImageBitmap(bitmap.clone()),
            origin: wgpu::Origin2d::ZERO,
            flip_y: false,
        },
        wgpu::CopyExternalImageDestInfo {
            texture,
            mip_level: 0,
            origin: wgpu::Origin3d::ZERO,
            aspect: wgpu::TextureAspect::All,
            color_space: wgpu::PredefinedColorSpace::Srgb,
            premultiplied_alpha: false,
        },
        texture.size(),
    );
    Ok(())
}
