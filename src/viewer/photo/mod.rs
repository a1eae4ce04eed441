//! On a picture of the thing that one owns: the picture behind, its camera, and what is drawn into it.
//!
//! Alignment is in the product's space, as the product file and `camera-target` have it; the turntable does not count. What
//! is marked and dragged comes in CSS pixels of the element and is kept in shares of the picture, so that it stays where it is
//! when the element is resized.

mod marks;
mod state;

use glam::{Mat4, Vec2};

use super::configurator::OntoView;
use super::{Effect, Viewer};
use crate::align::{Alignment, Deed, Fit, Lens, PhotoLight, extent, from_pixels, tangent_from_focal};
use crate::camera::{View, near_and_far};
use crate::frame::{Background, FloorShadow, Frame, Look, PhotoId};

/// The outline, CSS pixels.
const LINE_CSS_PX: f32 = 1.25;
/// However coarse the picture is, the outline is seen.
const LEAST_LINE_PX: f32 = 1.0;
/// Stops that a customer may add or take away.
const MOST_STOPS: f32 = 3.0;
/// How soft contact shadows are in a picture.
const SOFTNESS: f32 = 0.6;

/// What is seen of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PhotoView {
    /// The owned product as an outline, to be laid over it.
    #[default]
    Align,
    /// The picture alone.
    Before,
    /// The upgrade in it.
    After,
}

/// A picture of the thing that one owns.
#[derive(Debug)]
pub(super) struct Photo {
    /// Width by height.
    aspect: f32,
    fit: Fit,
    view: PhotoView,
    /// As the file has it.
    focal_35_mm: Option<f32>,
    camera: Alignment,
    light: PhotoLight,
    /// Stops that the customer added.
    brighter: f32,
    /// By index in the product file, and where in the picture.
    marks: Vec<(usize, Vec2)>,
}

impl Viewer {
    /// Shows a picture of this shape (width by height) behind what is owned; the renderer has it, or will. With another one, the
    /// alignment stays where the shape does. False where nothing is owned or stands.
    pub fn show_photo(&mut self, aspect: f32, focal_35_mm: Option<f32>, effects: &mut Vec<Effect>) -> bool {
        let is_shape = aspect > 0.0 && aspect.is_finite();
        if !is_shape || self.is_elsewhere() || !self.show_onto(self.photo_outline(), glam::Vec3::ONE, effects) {
            return false;
        }
        let bounds = self.owned_bounds();
        let known = self.photo.take();
        self.photo = Some(match known {
            Some(known) if (known.aspect / aspect - 1.0).abs() < 0.01 => Photo { aspect, focal_35_mm, ..known },
            _ => Photo {
                aspect,
                fit: Fit::Contain,
                view: PhotoView::Align,
                focal_35_mm,
                camera: Alignment::first(&bounds, aspect, focal_35_mm),
                light: PhotoLight::default(),
                brighter: 0.0,
                marks: Vec::new(),
            },
        });
        self.lay_photo(effects);
        self.changed = true;
        true
    }

    /// Another picture of the same camera, such as the next one of a film: only what is drawn changes.
    pub fn photo_moved_on(&mut self) {
        self.changed |= self.photo.is_some();
    }

    /// Back to the product alone.
    pub fn end_photo(&mut self) {
        if self.photo.take().is_some() && !self.is_elsewhere() {
            self.end_onto();
        }
    }

    /// Its name in the renderer.
    pub fn photo_id(&self) -> PhotoId {
        PhotoId(u64::from(self.id))
    }

    /// Outline, picture or upgrade.
    pub fn view_photo(&mut self, view: PhotoView, effects: &mut Vec<Effect>) {
        if let Some(photo) = &mut self.photo {
            photo.view = view;
            self.lay_photo(effects);
        }
    }

    /// All of the picture, or all of the element filled with it.
    pub fn fit_photo(&mut self, fit: Fit) {
        if let Some(photo) = &mut self.photo {
            self.changed |= photo.fit != fit;
            photo.fit = fit;
        }
    }

    /// Takes the light from a small copy of the picture: straight RGBA, rows from the top.
    pub fn light_photo(&mut self, rgba: &[u8], width_px: usize, effects: &mut Vec<Effect>) {
        let around = self.photo_place();
        if let Some(photo) = &mut self.photo {
            photo.light = PhotoLight::of(rgba, width_px, around.unwrap_or([0.5, 0.5, 0.25, 0.25]));
            self.lay_photo(effects);
            self.changed = true;
        }
    }

    /// Brighter by so many stops than the picture asks for.
    pub fn brighten_photo(&mut self, stops: f32) {
        if let Some(photo) = self.photo.as_mut().filter(|_| stops.is_finite()) {
            photo.brighter = stops.clamp(-MOST_STOPS, MOST_STOPS);
            self.changed = true;
        }
    }

    /// Moves the outline.
    pub fn move_photo(&mut self, deed: Deed) {
        if let Some(photo) = &mut self.photo {
            photo.camera.act(deed);
            self.changed = true;
        }
    }

    /// Moves the outline along with a finger, CSS pixels.
    pub fn drag_photo(&mut self, right_css_px: f32, down_css_px: f32) {
        let half = self.photo_half_css_px();
        self.move_photo(Deed::Drag(Vec2::new(right_css_px, -down_css_px) / half));
    }

    /// Lays the outline as it was kept with a design; false for what is no alignment.
    pub fn align_photo(&mut self, numbers: [f32; 7]) -> bool {
        let (Some(photo), Some(camera)) = (&mut self.photo, Alignment::from_numbers(numbers)) else { return false };
        photo.camera = camera;
        self.changed = true;
        true
    }

    /// Lays the outline as at first.
    pub fn reset_photo(&mut self) {
        let bounds = self.owned_bounds();
        if let Some(photo) = &mut self.photo {
            photo.camera = Alignment::first(&bounds, photo.aspect, photo.focal_35_mm);
            photo.marks.clear();
            self.changed = true;
        }
    }

    /// Draws of both what the present step shows, as fine as the window is.
    pub(super) fn lay_photo(&mut self, effects: &mut Vec<Effect>) {
        let Some(photo) = self.photo.as_ref().filter(|_| !self.is_elsewhere()) else { return };
        let (view, tint) = (photo.view, photo.light.tint);
        let onto = match view {
            PhotoView::Align => self.photo_outline(),
            PhotoView::Before => OntoView::Owned,
            PhotoView::After => OntoView::Upgrade,
        };
        self.show_onto(onto, tint, effects);
    }

    fn photo_outline(&self) -> OntoView {
        OntoView::Outline { width_px: (LINE_CSS_PX * self.window.pixel_ratio).max(LEAST_LINE_PX) }
    }

    /// Nothing is owned any more, or the product is another.
    pub(super) fn photo_differs(&mut self) {
        let is_owned = self.session().is_some_and(|session| session.owned().is_some());
        if self.photo.is_some() && !is_owned {
            self.end_photo();
        }
    }

    /// What is known of the lens.
    fn photo_lens(&self) -> Option<Lens> {
        let photo = self.photo.as_ref()?;
        Some(match photo.focal_35_mm {
            Some(focal) => Lens::Known(tangent_from_focal(focal, photo.aspect)),
            None => Lens::Assumed(photo.camera.tangent),
        })
    }

    /// Half the picture's height on the page, CSS pixels.
    fn photo_half_css_px(&self) -> f32 {
        let up = self.photo.as_ref().map_or(1.0, |photo| extent(photo.aspect, self.window.aspect(), photo.fit)[1]);
        (up * self.window.height_css_px * 0.5).max(1.0)
    }

    fn photo_middle_css_px(&self) -> Vec2 {
        Vec2::new(self.window.width_css_px, self.window.height_css_px) * 0.5
    }

    /// Where a point of the element is in the picture.
    fn in_photo(&self, x_css_px: f32, y_css_px: f32) -> Vec2 {
        from_pixels(Vec2::new(x_css_px, y_css_px), self.photo_middle_css_px(), self.photo_half_css_px())
    }

    /// The inverse of [`Viewer::in_photo`].
    fn element_from_photo(&self, at: Vec2) -> Vec2 {
        self.photo_middle_css_px() + Vec2::new(at.x, -at.y) * self.photo_half_css_px()
    }

    /// The middle and the half width and height of where the product is, in shares of the picture from the upper left.
    fn photo_place(&self) -> Option<[f32; 4]> {
        let photo = self.photo.as_ref()?;
        let bounds = self.owned_bounds();
        let (mut low, mut high) = (Vec2::INFINITY, Vec2::NEG_INFINITY);
        for corner in bounds.corners() {
            let at = photo.camera.place_of(corner, bounds.center())?;
            (low, high) = (low.min(at), high.max(at));
        }
        let share = |at: Vec2| Vec2::new(0.5 + at.x / photo.aspect * 0.5, 0.5 - at.y * 0.5);
        let (left, right) = (share(low), share(high));
        let (middle, half) = ((left + right) * 0.5, (right - left).abs() * 0.5);
        Some([middle.x, middle.y, half.x, half.y])
    }

    /// Puts the picture and what is drawn into it into a frame; false while there is none.
    pub(super) fn show_photo_in<'a>(&'a self, frame: &mut Frame<'a>) -> bool {
        let (Some(photo), Some(view)) = (&self.photo, frame.views.first()) else { return false };
        let Some(placed) = self.onto_placed(Mat4::IDENTITY) else { return false };
        let [_, _, width_px, height_px] = view.viewport_px;
        let half_size = extent(photo.aspect, width_px as f32 / height_px.max(1) as f32, photo.fit);
        let bounds = self.owned_bounds();
        let pivot = bounds.center();
        let reach = bounds.size().length() * 0.5;
        let (near, far) = near_and_far(photo.camera.distance, reach.max(self.framing().radius));
        frame.views = vec![View {
            world_from_view: photo.camera.view_from_product(pivot).inverse(),
            projection_from_view: photo.camera.projection(photo.aspect, half_size, near, far),
            viewport_px: view.viewport_px,
            look: 0,
        }];
        frame.looks = vec![Look { placed }];
        frame.background = Background::Photo { photo: self.photo_id(), half_size };
        // The studio stands around the camera: its key light comes from the upper left, from wherever one looks.
        frame.light.rotation += photo.camera.turn;
        frame.exposure *= photo.light.exposure * photo.brighter.exp2();
        let coming = self.coming_bounds();
        frame.floor_shadow = (!coming.is_empty()).then(|| FloorShadow {
            intensity: photo.light.shadow(),
            softness: SOFTNESS,
            center: coming.center().with_y(bounds.min.y),
            size: coming.size().with_y(coming.max.y - bounds.min.y),
            world_from_floor: Mat4::IDENTITY,
        });
        true
    }
}
