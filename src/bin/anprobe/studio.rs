//! A page without a browser: the viewer's machine, whose orders are carried out with files.

use std::path::{Path, PathBuf};

use anprobe::decode::{Resource, decode};
use anprobe::export::usdz::Encoding;
use anprobe::import::Limits;
use anprobe::issue::{Code, Issue};
use anprobe::product::view::Tone;
use anprobe::scene::{ImageSource, SceneId};
use anprobe::viewer::{Announcement, Answer, Command, Effect, Event, FetchKind, ProductCommand, RequestId, Viewer};
use image::imageops::FilterType;
use image::{DynamicImage, ImageFormat, RgbaImage};

use super::artwork::Artworks;
#[cfg(feature = "render")]
use super::brush::Brush;
use super::remark::Remark;

/// More rounds than any product needs to come to rest.
const MOST_ROUNDS: usize = 100_000;

/// A product on its page.
pub(super) struct Studio {
    pub(super) viewer: Viewer,
    folder: PathBuf,
    product: String,
    now_secs: f64,
    redraw: bool,
    waiting: Vec<Effect>,
    /// What was noticed, each once.
    remarks: Vec<(Option<SceneId>, Issue)>,
    failed: Option<Issue>,
    artworks: Artworks,
    #[cfg(feature = "render")]
    pub(super) brush: Option<Brush>,
}

impl Studio {
    /// Opens a product as an element of this size would, with more of its attributes.
    pub(super) fn new(file: &Path, size_px: [u32; 2], attributes: &[(String, String)], artworks: Artworks) -> Self {
        Self {
            viewer: Viewer::new(1),
            folder: file.parent().unwrap_or(Path::new("")).to_owned(),
            product: file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            now_secs: 1.0,
            redraw: false,
            waiting: Vec::new(),
            remarks: Vec::new(),
            failed: None,
            artworks,
            #[cfg(feature = "render")]
            brush: None,
        }
        .sized(size_px, attributes)
    }

    fn sized(mut self, [width, height]: [u32; 2], attributes: &[(String, String)]) -> Self {
        let (width_css_px, height_css_px) = (width as f32, height as f32);
        self.tell(Event::Resized { width_css_px, height_css_px, pixel_ratio: 1.0 });
        self.tell(Event::ReducedMotion(true));
        self.set("interaction-prompt", "none");
        attributes.iter().for_each(|(name, value)| self.set(name, value));
        self
    }

    /// Loads the product with a code.
    pub(super) fn load(&mut self, code: &str) -> Result<(), String> {
        self.set("config", code);
        self.tell(Event::Near(true));
        self.tell(Event::Visible(true));
        let product = self.product.clone();
        self.set("product", &escaped(&product));
        self.settle()?;
        match self.failed.take() {
            Some(issue) => Err(Remark::of(&self.folder.join(&self.product), issue).to_text(false)),
            None if !self.viewer.loaded() => Err(format!("{}: nothing of it is seen", self.product)),
            None => Ok(()),
        }
    }

    /// Goes to a code, seen as if it had been the first.
    pub(super) fn open(&mut self, code: &str) -> Result<(), String> {
        self.tell(Event::Command(Command::Product(ProductCommand::Open(code.to_owned()))));
        self.settle()?;
        self.viewer.frame_anew();
        Ok(())
    }

    /// What was noticed since the last time, with the files that it is about.
    pub(super) fn take_remarks(&mut self) -> Vec<Remark> {
        let remarks = std::mem::take(&mut self.remarks);
        let remark = |(scene, issue): (Option<SceneId>, Issue)| {
            let address = scene.and_then(|scene| self.viewer.address_of(scene)).unwrap_or(&self.product);
            Remark::of(&self.folder.join(plain(address)), issue)
        };
        remarks.into_iter().map(remark).collect()
    }

    /// Notices something of a model.
    pub(super) fn notice(&mut self, scene: Option<SceneId>, issue: Issue) {
        let noticed = (scene, issue);
        if !self.remarks.contains(&noticed) {
            self.remarks.push(noticed);
        }
    }

    /// The product's name.
    pub(super) fn name(&self, language: &str) -> String {
        let tone = Tone { language: language.to_owned(), currency: None };
        self.viewer
            .session()
            .map(|session| session.catalog().product().name.in_language(&tone.language).to_owned())
            .unwrap_or_default()
    }

    fn set(&mut self, name: &str, value: &str) {
        self.tell(Event::Attribute { name: name.to_owned(), value: Some(value.to_owned()) });
    }

    pub(super) fn tell(&mut self, event: Event) {
        let mut effects = Vec::new();
        self.viewer.handle(event, &mut effects);
        self.waiting.extend(effects);
    }

    /// Carries out and ticks on until nothing is asked any more.
    pub(super) fn settle(&mut self) -> Result<(), String> {
        for _ in 0..MOST_ROUNDS {
            if !self.waiting.is_empty() {
                for effect in std::mem::take(&mut self.waiting) {
                    self.carry_out(effect);
                }
                continue;
            }
            if !std::mem::take(&mut self.redraw) {
                return Ok(());
            }
            // Fast enough for what moves to its end, slow enough for what moves in steps.
            self.now_secs += 0.1;
            self.tell(Event::Tick { now_secs: self.now_secs });
            if self.viewer.frame().is_some() {
                self.tell(Event::Drawn { now_secs: self.now_secs });
            }
        }
        Err("something of the product moves without an end; take away what plays by itself".to_owned())
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Fetch { request, url, base, kind } => {
                let path = self.path(&url, base.as_deref());
                let answer = match std::fs::read(&path) {
                    Ok(bytes) if kind == FetchKind::Model => self.unpacked(&path, bytes),
                    Ok(bytes) => Answer::Bytes(bytes),
                    Err(error) => Answer::Failed(format!("{url}: {error}")),
                };
                self.answer(request, answer);
            }
            Effect::Upload { request, scene } => {
                let answer = self.upload(scene);
                self.answer(request, answer);
            }
            Effect::Decode { request, scene, image, base } => {
                let answer = self.decode(scene, image, base.as_deref(), None);
                self.answer(request, answer);
            }
            Effect::Print { request, scene, image, base, print } => {
                let answer = self.decode(scene, image, base.as_deref(), Some(&print));
                self.answer(request, answer);
            }
            Effect::LoadEnvironment { request, environment, url, seen } => {
                let path = self.path(&url, None);
                let answer = self.light(environment, &path, seen);
                self.answer(request, answer);
            }
            Effect::Redraw => self.redraw = true,
            Effect::Announce(Announcement::Issue(issue)) => self.notice(None, issue),
            Effect::Announce(Announcement::Error { issue, .. }) => self.failed = Some(issue),
            Effect::Release(scene) => self.release(scene),
            _ => {}
        }
    }

    /// A model, unpacked as a page does it.
    fn unpacked(&mut self, path: &Path, bytes: Vec<u8>) -> Answer {
        let fetched = |resource: &Resource| std::fs::read(path.with_file_name(&resource.uri)).ok();
        match decode(bytes, &Limits::default(), fetched) {
            Ok((bytes, issues)) => {
                issues.iter().for_each(|issue| self.notice(None, issue.clone()));
                Answer::Bytes(bytes)
            }
            Err(issue) => Answer::Refused(issue),
        }
    }

    fn answer(&mut self, request: RequestId, answer: Answer) {
        self.tell(Event::Answered { request, answer });
    }

    #[cfg(feature = "render")]
    fn upload(&mut self, id: SceneId) -> Answer {
        let (Some(brush), Some(scene)) = (&mut self.brush, self.viewer.scene(id)) else { return Answer::Done };
        brush.load(id, scene)
    }

    #[cfg(not(feature = "render"))]
    fn upload(&mut self, _: SceneId) -> Answer {
        Answer::Done
    }

    #[cfg(feature = "render")]
    fn decode(&mut self, id: SceneId, image: usize, base: Option<&str>, print: Option<&str>) -> Answer {
        if self.brush.is_none() {
            return Answer::Done;
        }
        let pixels = self.encoded(id, image, base).and_then(|bytes| decoded(&bytes));
        let pixels = pixels.map(|pixels| match print {
            Some(print) => self.printed(id, image, &pixels, print),
            None => pixels.to_rgba8(),
        });
        let (Some(brush), Some(scene)) = (&mut self.brush, self.viewer.scene(id)) else { return Answer::Done };
        match pixels {
            Ok(pixels) => brush.set_image(id, scene, image, &pixels),
            Err(why) => Answer::Failed(why),
        }
    }

    #[cfg(not(feature = "render"))]
    fn decode(&mut self, _: SceneId, _: usize, _: Option<&str>, _: Option<&str>) -> Answer {
        Answer::Done
    }

    #[cfg(feature = "render")]
    fn light(&mut self, id: anprobe::frame::EnvironmentId, path: &Path, seen: bool) -> Answer {
        let Some(brush) = &mut self.brush else { return Answer::Done };
        match std::fs::read(path) {
            Ok(bytes) => brush.set_environment(id, &bytes, seen),
            Err(error) => Answer::Failed(format!("{}: {error}", path.display())),
        }
    }

    #[cfg(not(feature = "render"))]
    fn light(&mut self, _: anprobe::frame::EnvironmentId, _: &Path, _: bool) -> Answer {
        Answer::Done
    }

    fn release(&mut self, scene: SceneId) {
        #[cfg(feature = "render")]
        if let Some(brush) = &mut self.brush {
            brush.unload(scene);
        }
        #[cfg(not(feature = "render"))]
        let _ = scene;
    }

    /// A model's picture with what a print asks for over it; what cannot be drawn of that is noticed.
    pub(super) fn printed(&mut self, id: SceneId, image: usize, beneath: &DynamicImage, print: &str) -> RgbaImage {
        let mut lacks = Vec::new();
        let drawn = self.artworks.over(beneath, print, &mut lacks);
        for lack in lacks {
            self.notice(Some(id), Issue::new(Code::PictureWords, format!("/images/{image}"), lack));
        }
        drawn.unwrap_or_else(|| beneath.to_rgba8())
    }

    /// A picture of a model, encoded.
    pub(super) fn encoded(&self, scene: SceneId, image: usize, base: Option<&str>) -> Result<Vec<u8>, String> {
        let found = self.viewer.scene(scene).and_then(|scene| scene.images.get(image)).ok_or("no such picture")?;
        match &found.source {
            ImageSource::Encoded { bytes, .. } => Ok(bytes.to_vec()),
            ImageSource::External { uri } => {
                let path = self.folder.join(plain(base.unwrap_or_default())).with_file_name(uri);
                std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))
            }
        }
    }

    /// Where an address of the page leads.
    fn path(&self, url: &str, base: Option<&str>) -> PathBuf {
        let url = plain(url);
        match base {
            Some(base) => self.folder.join(plain(base)).with_file_name(url),
            None => self.folder.join(url),
        }
    }
}

/// The pixels of an encoded picture.
pub(super) fn decoded(bytes: &[u8]) -> Result<DynamicImage, String> {
    image::load_from_memory(bytes).map_err(|error| error.to_string())
}

/// A picture made no larger than this and encoded anew; its numbers are changed by `change`.
pub(super) fn encoded_anew(
    mut picture: DynamicImage,
    encoding: Encoding,
    most_px: u32,
    change: impl Fn(&mut [f32; 4]),
) -> Result<Vec<u8>, String> {
    if picture.width().max(picture.height()) > most_px {
        picture = picture.resize(most_px, most_px, FilterType::Triangle);
    }
    let mut pixels = picture.to_rgba8();
    for pixel in pixels.pixels_mut() {
        let mut values = pixel.0.map(|value| f32::from(value) / 255.0);
        change(&mut values);
        pixel.0 = values.map(|value| (value.clamp(0.0, 1.0) * 255.0).round() as u8);
    }
    let has_alpha = pixels.pixels().any(|pixel| pixel.0[3] < 255);
    let pixels = DynamicImage::from(pixels);
    let mut out = std::io::Cursor::new(Vec::new());
    let written = match encoding {
        Encoding::Jpeg => {
            let coder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 88);
            pixels.to_rgb8().write_with_encoder(coder)
        }
        Encoding::Png if has_alpha => pixels.write_to(&mut out, ImageFormat::Png),
        Encoding::Png => pixels.to_rgb8().write_to(&mut out, ImageFormat::Png),
    };
    written.map_err(|error| error.to_string())?;
    Ok(out.into_inner())
}

/// An address as a file's name.
pub(super) fn plain(url: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = url.bytes();
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let hex = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match (byte, hex(ahead.next()), hex(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                bytes = ahead;
            }
            _ => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// A file's name as an address.
fn escaped(name: &str) -> String {
    anprobe::viewer::escaped(name)
}
