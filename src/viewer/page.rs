//! What the page asks for: the element's attributes, read once and with their defaults.

use crate::shelf::Shelf;
use std::f32::consts::PI;

use glam::Mat4;

use crate::attribute::{
    ATTRIBUTES, Attribute, Basis, Kind, LOADING, Quantity, REVEAL, TONE_MAPPING, TOUCH_ACTION, follows_scroll,
    read_list, read_number, read_orientation, read_scale, read_word,
};
use crate::camera::{Allowed, TouchAction};
use crate::frame::ToneMap;
use crate::issue::{Code, Issue};

/// π/32 a second, once round in a minute.
const ROTATION_PER_SECOND: f32 = PI / 32.0;

/// The attributes as the page set them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Page {
    texts: Shelf<&'static str, String>,
    /// `env(window-scroll-y)`.
    pub(super) scroll: f32,
}

/// What setting an attribute did.
#[derive(Debug, PartialEq)]
pub(super) enum Change {
    /// Nothing.
    Same,
    /// It has a new value; its name as in the table.
    Changed(&'static str),
}

impl Page {
    /// Sets or removes an attribute; what cannot be read is reported and has its default.
    pub(super) fn set(&mut self, name: &str, value: Option<String>, issues: &mut Vec<Issue>) -> Change {
        let Some(attribute) = ATTRIBUTES.iter().find(|attribute| attribute.name == name) else {
            return Change::Same;
        };
        if self.texts.get(attribute.name) == value.as_ref() {
            return Change::Same;
        }
        match value {
            Some(text) => {
                if let Err(why) = check(attribute, &text) {
                    issues.push(Issue::new(Code::Attribute, name, format!("“{text}”: {why}")));
                }
                self.texts.insert(attribute.name, text);
            }
            None => {
                self.texts.remove(attribute.name);
            }
        }
        Change::Changed(attribute.name)
    }

    /// All that is set, for the snapshot.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.texts.iter().map(|(name, text)| (*name, text.as_str()))
    }

    /// True when an attribute's value changes as the page is scrolled.
    pub(super) fn follows_scroll(&self) -> bool {
        self.texts.values().any(|text| follows_scroll(text))
    }

    /// The same of one attribute.
    pub(super) fn follows_scroll_in(&self, name: &str) -> bool {
        self.text(name).is_some_and(follows_scroll)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    fn flag(&self, name: &str) -> bool {
        self.texts.contains_key(name)
    }

    fn number(&self, name: &'static str) -> f32 {
        let set = self.text(name).and_then(|text| read_number(text).ok());
        set.or_else(|| read_number(default_of(name)).ok()).unwrap_or(0.0)
    }

    fn word(&self, name: &str, words: &[&str]) -> usize {
        self.text(name).and_then(|text| read_word(text, words).ok()).unwrap_or(0)
    }

    /// Reads a list of quantities.
    pub(super) fn list<const PLACES: usize>(&self, name: &'static str, bases: &[Basis; PLACES]) -> [f32; PLACES] {
        let mut out = [0.0; PLACES];
        let text = self.texts.get(name).map_or(default_of(name), String::as_str);
        // What is wrong was said when the attribute was set; the list is complete all the same.
        let _ = read_list(text, bases, self.scroll, &mut out);
        out
    }

    pub(super) fn src(&self) -> Option<&str> {
        self.text("src")
    }

    /// The address of the product file.
    #[cfg(feature = "product")]
    pub(super) fn product(&self) -> Option<&str> {
        self.text("product")
    }

    /// The code of what is to be chosen.
    #[cfg(feature = "product")]
    pub(super) fn config(&self) -> Option<&str> {
        self.text("config")
    }

    /// The code of what the customer has.
    #[cfg(feature = "product")]
    pub(super) fn owned(&self) -> Option<&str> {
        self.text("owned")
    }

    /// What the product is put on in a room.
    #[cfg(feature = "xr")]
    pub(super) fn ar_placement(&self) -> crate::place::Support {
        use crate::place::Support::{Floor, Table, Wall};
        [Floor, Wall, Table].get(self.word("ar-placement", crate::attribute::AR_PLACEMENT)).copied().unwrap_or_default()
    }

    /// Whether it always has its true size there.
    #[cfg(feature = "xr")]
    pub(super) fn ar_scale_is_fixed(&self) -> bool {
        self.word("ar-scale", crate::attribute::AR_SCALE) == 1
    }

    /// The currency to show prices in.
    #[cfg(feature = "product")]
    pub(super) fn currency(&self) -> Option<&str> {
        self.text("currency")
    }

    pub(super) fn reveals_by_itself(&self) -> bool {
        self.word("reveal", REVEAL) == 0
    }

    pub(super) fn loads_at_once(&self) -> bool {
        LOADING.get(self.word("loading", LOADING)) == Some(&"eager")
    }

    pub(super) fn has_controls(&self) -> bool {
        self.flag("camera-controls")
    }

    pub(super) fn allowed(&self) -> Allowed {
        Allowed {
            no_zoom: self.flag("disable-zoom"),
            no_pan: self.flag("disable-pan"),
            no_tap: self.flag("disable-tap"),
            touch_action: match TOUCH_ACTION.get(self.word("touch-action", TOUCH_ACTION)) {
                Some(&"pan-y") => TouchAction::PanY,
                Some(&"pan-x") => TouchAction::PanX,
                _ => TouchAction::None,
            },
        }
    }

    /// The CSS `touch-action` of the canvas.
    pub(super) fn css_touch_action(&self) -> &'static str {
        let allowed = self.allowed();
        match allowed.touch_action {
            _ if !self.has_controls() => "auto",
            TouchAction::None => "none",
            _ if allowed.no_zoom => "manipulation",
            TouchAction::PanY => "pan-y",
            TouchAction::PanX => "pan-x",
        }
    }

    pub(super) fn orbit_sensitivity(&self) -> f32 {
        self.number("orbit-sensitivity")
    }

    pub(super) fn zoom_sensitivity(&self) -> f32 {
        self.number("zoom-sensitivity")
    }

    pub(super) fn pan_sensitivity(&self) -> f32 {
        self.number("pan-sensitivity")
    }

    pub(super) fn interpolation_decay_secs(&self) -> f32 {
        (self.number("interpolation-decay") / 1000.0).max(0.0)
    }

    /// How long after the load the product invites to touch it, seconds; none never.
    pub(super) fn invites_after_secs(&self) -> Option<f64> {
        let wanted = self.text("interaction-prompt") != Some("none");
        wanted.then(|| f64::from(self.number("interaction-prompt-threshold").max(0.0)) / 1000.0)
    }

    pub(super) fn auto_rotates(&self) -> bool {
        self.flag("auto-rotate")
    }

    pub(super) fn auto_rotate_delay_secs(&self) -> f64 {
        f64::from(self.number("auto-rotate-delay").max(0.0)) / 1000.0
    }

    pub(super) fn rotation_per_second(&self) -> f32 {
        let [rate] = self.list("rotation-per-second", &[Basis::new(Quantity::angle(ROTATION_PER_SECOND))]);
        rate
    }

    /// The address of the light; the words for built-in studios are none.
    pub(super) fn environment_image(&self) -> Option<&str> {
        self.text("environment-image").filter(|text| !matches!(*text, "neutral" | "legacy"))
    }

    /// True when the page asks for a built-in studio by name, also below a skybox.
    pub(super) fn wants_studio(&self) -> bool {
        matches!(self.text("environment-image"), Some("neutral" | "legacy"))
    }

    pub(super) fn skybox_image(&self) -> Option<&str> {
        self.text("skybox-image")
    }

    /// The camera of the file that is looked through, by name or number.
    pub(super) fn camera(&self) -> Option<&str> {
        self.text("camera")
    }

    /// How far above the ground the skybox was taken, metres; 0 without ground.
    pub(super) fn skybox_height(&self) -> f32 {
        let [height] = self.list("skybox-height", &[Basis::new(Quantity::length(0.0))]);
        height
    }

    /// The exposure; `tone-mapping="none"` leaves light as it is.
    pub(super) fn exposure(&self) -> f32 {
        if self.tone_mapping_name() == "none" { 1.0 } else { self.number("exposure").max(0.0) }
    }

    fn tone_mapping_name(&self) -> &'static str {
        TONE_MAPPING.get(self.word("tone-mapping", TONE_MAPPING)).copied().unwrap_or("auto")
    }

    pub(super) fn tone_map(&self) -> ToneMap {
        match self.tone_mapping_name() {
            "aces" | "cineon" => ToneMap::Aces,
            "agx" => ToneMap::Agx,
            "reinhard" => ToneMap::Reinhard,
            "linear" | "none" => ToneMap::Linear,
            _ => ToneMap::Neutral,
        }
    }

    pub(super) fn shadow_intensity(&self) -> f32 {
        self.number("shadow-intensity").max(0.0)
    }

    pub(super) fn shadow_softness(&self) -> f32 {
        self.number("shadow-softness").clamp(0.0, 1.0)
    }

    pub(super) fn autoplays(&self) -> bool {
        self.flag("autoplay")
    }

    pub(super) fn animation_name(&self) -> Option<&str> {
        self.text("animation-name")
    }

    pub(super) fn crossfade_secs(&self) -> f32 {
        (self.number("animation-crossfade-duration") / 1000.0).max(0.0)
    }

    pub(super) fn variant_name(&self) -> Option<&str> {
        self.text("variant-name")
    }

    /// `orientation` and `scale`: where the scene stands before it is turned.
    pub(super) fn placement(&self) -> Mat4 {
        let rotation = self.text("orientation").and_then(|text| read_orientation(text).ok()).unwrap_or_default();
        let scale = self.text("scale").and_then(|text| read_scale(text).ok()).unwrap_or(glam::Vec3::ONE);
        Mat4::from_scale_rotation_translation(scale, rotation, glam::Vec3::ZERO)
    }
}

fn default_of(name: &str) -> &'static str {
    ATTRIBUTES.iter().find(|attribute| attribute.name == name).map_or("", |attribute| attribute.default)
}

fn check(attribute: &Attribute, text: &str) -> Result<(), &'static str> {
    let angle = Basis::new(Quantity::angle(1.0));
    let length = Basis::new(Quantity::length(1.0));
    let mut out = [0.0; 3];
    match attribute.kind {
        Kind::Text | Kind::Url | Kind::Flag => Ok(()),
        Kind::Number => read_number(text).map(|_| ()),
        Kind::Word(words) => match read_word(text, words) {
            Ok(_) if text == "cineon" => Err("not there; aces comes nearest and is used"),
            Ok(_) => Ok(()),
            Err(why) => Err(why),
        },
        Kind::Orientation => read_orientation(text).map(|_| ()),
        Kind::Scale => read_scale(text).map(|_| ()),
        Kind::Length => read_list(text, &[length], 0.0, &mut out),
        Kind::List(1) => read_list(text, &[angle], 0.0, &mut out),
        Kind::List(_) if attribute.name == "camera-target" => read_list(text, &[length; 3], 0.0, &mut out),
        Kind::List(_) => read_list(text, &[angle, angle, length], 0.0, &mut out),
    }
}

#[cfg(test)]
mod tests;
