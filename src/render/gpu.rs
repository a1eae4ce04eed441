//! The device, its queue, and every question about what it can do.
//!
//! Invariant: code outside this file never asks which backend runs; it asks [`Gpu`] for an ability.

use std::sync::{Arc, Mutex, PoisonError};

use super::RenderError;

/// Messages that wgpu hands to callbacks, kept until someone asks.
#[derive(Debug, Default)]
struct Reports {
    error: Option<String>,
    lost: Option<String>,
}

/// One graphics device for all elements of a page.
#[derive(Debug)]
pub struct Gpu {
    /// Makes resources.
    pub device: wgpu::Device,
    /// Takes uploads and commands.
    pub queue: wgpu::Queue,
    adapter: wgpu::Adapter,
    reports: Arc<Mutex<Reports>>,
}

impl Gpu {
    /// Asks `adapter` for a device with WebGL2's limits and the adapter's own texture sizes; no features.
    ///
    /// # Errors
    /// [`RenderError::NoDevice`] when the adapter refuses.
    pub async fn new(adapter: wgpu::Adapter) -> Result<Self, RenderError> {
        let descriptor = wgpu::DeviceDescriptor {
            label: Some("anprobe"),
            required_limits: wgpu::Limits::downlevel_webgl2_defaults().using_resolution(adapter.limits()),
            ..Default::default()
        };
        let (device, queue) = adapter
            .request_device(&descriptor)
            .await
            .map_err(|error| RenderError::NoDevice { reason: error.to_string() })?;
        let reports = Arc::new(Mutex::new(Reports::default()));
        let sink = Arc::clone(&reports);
        device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| {
            // The first error is the cause, the rest its consequences.
            sink.lock().unwrap_or_else(PoisonError::into_inner).error.get_or_insert_with(|| error.to_string());
        }));
        let sink = Arc::clone(&reports);
        device.set_device_lost_callback(move |_, reason| {
            sink.lock().unwrap_or_else(PoisonError::into_inner).lost.get_or_insert(reason);
        });
        Ok(Self { device, queue, adapter, reports })
    }

    /// Takes what the device reported since the last call: a lost device, else the first uncaptured error.
    ///
    /// # Errors
    /// - [`RenderError::DeviceLost`] from the moment the device is gone, every time.
    /// - [`RenderError::Device`] once for an error that no call could return.
    pub fn check(&self) -> Result<(), RenderError> {
        self.alive()?;
        let mut reports = self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        reports.error.take().map_or(Ok(()), |reason| Err(RenderError::Device { reason }))
    }

    /// An error from the moment the device is gone: then nothing may be created.
    pub(super) fn alive(&self) -> Result<(), RenderError> {
        let reports = self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        reports.lost.as_ref().map_or(Ok(()), |reason| Err(RenderError::DeviceLost { reason: reason.clone() }))
    }

    /// True from the moment the device is gone.
    pub fn is_lost(&self) -> bool {
        self.reports.lock().unwrap_or_else(PoisonError::into_inner).lost.is_some()
    }

    /// Frees what was destroyed: wgpu's own core only notes it until it is asked (2 kB of Wasm memory a load). After a
    /// submit.
    pub(super) fn collect(&self) {
        if !self.is_lost() {
            // All that it could say is that a submission, which is not waited for, is unknown.
            let _ = self.device.poll(wgpu::PollType::Poll);
        }
    }

    /// The longest side of a texture, pixels.
    pub fn max_texture_px(&self) -> u32 {
        self.device.limits().max_texture_dimension_2d
    }

    /// Bytes between two dynamic offsets of a uniform of `size` bytes.
    pub fn uniform_stride(&self, size: usize) -> u32 {
        let alignment = self.device.limits().min_uniform_buffer_offset_alignment.max(16);
        (size as u32).next_multiple_of(alignment)
    }

    /// Samples a pixel for anti-aliasing: 4 where colour and depth both allow it, else 1.
    pub fn max_samples(&self) -> u32 {
        let four = |format| {
            self.adapter
                .get_texture_format_features(format)
                .flags
                .contains(wgpu::TextureFormatFeatureFlags::MULTISAMPLE_X4)
        };
        if four(wgpu::TextureFormat::Rgba8Unorm) && four(super::DEPTH_FORMAT) { 4 } else { 1 }
    }
}
