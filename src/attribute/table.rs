//! Every attribute that the element knows. JavaScript's `observedAttributes` and the README are checked against it.

/// One attribute of the element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attribute {
    /// As in HTML; the property is the same in camel case.
    pub name: &'static str,
    /// What its text means.
    pub kind: Kind,
    /// The text that an absent attribute stands for; empty is none.
    pub default: &'static str,
}

/// What the text of an [`Attribute`] means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Any text.
    Text,
    /// An address.
    Url,
    /// On by being there.
    Flag,
    /// A plain number.
    Number,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A length with its unit, metres without.
    Length,
    /// Quantities with units, `calc()` and `env()`; so many of them.
    List(usize),
    /// Three angles or plain numbers.
    Orientation,
    /// Three factors, or one.
    Scale,
}

/// The words of `reveal`.
pub const REVEAL: &[&str] = &["auto", "manual"];
/// The words of `loading`.
pub const LOADING: &[&str] = &["auto", "lazy", "eager"];
/// The words of `touch-action`.
pub const TOUCH_ACTION: &[&str] = &["none", "pan-y", "pan-x"];
/// The words of `ar-placement`.
#[cfg(feature = "xr")]
pub const AR_PLACEMENT: &[&str] = &["floor", "wall", "table"];
/// The words of `ar-scale`.
#[cfg(feature = "xr")]
pub const AR_SCALE: &[&str] = &["auto", "fixed"];
/// The words of `tone-mapping`; `auto`, `neutral` and `commerce` are the same.
pub const TONE_MAPPING: &[&str] =
    &["auto", "neutral", "commerce", "aces", "agx", "reinhard", "linear", "none", "cineon"];

const fn entry(name: &'static str, kind: Kind, default: &'static str) -> Attribute {
    Attribute { name, kind, default }
}

/// All attributes; names and defaults are model-viewer 4.4's, save the last two, which are ours.
pub const ATTRIBUTES: &[Attribute] = &[
    entry("src", Kind::Url, ""),
    #[cfg(feature = "product")]
    entry("product", Kind::Url, ""),
    #[cfg(feature = "product")]
    entry("config", Kind::Text, ""),
    #[cfg(feature = "product")]
    entry("owned", Kind::Text, ""),
    #[cfg(feature = "product")]
    entry("currency", Kind::Text, ""),
    entry("alt", Kind::Text, ""),
    entry("poster", Kind::Url, ""),
    entry("reveal", Kind::Word(REVEAL), "auto"),
    entry("loading", Kind::Word(LOADING), "auto"),
    entry("with-credentials", Kind::Flag, ""),
    entry("camera", Kind::Text, ""),
    entry("camera-controls", Kind::Flag, ""),
    entry("camera-orbit", Kind::List(3), "0deg 75deg 105%"),
    entry("camera-target", Kind::List(3), "auto auto auto"),
    entry("field-of-view", Kind::List(1), "auto"),
    entry("min-camera-orbit", Kind::List(3), "auto"),
    entry("max-camera-orbit", Kind::List(3), "auto"),
    entry("min-field-of-view", Kind::List(1), "auto"),
    entry("max-field-of-view", Kind::List(1), "auto"),
    entry("interpolation-decay", Kind::Number, "50"),
    entry("orbit-sensitivity", Kind::Number, "1"),
    entry("zoom-sensitivity", Kind::Number, "1"),
    entry("pan-sensitivity", Kind::Number, "1"),
    entry("touch-action", Kind::Word(TOUCH_ACTION), "none"),
    entry("disable-zoom", Kind::Flag, ""),
    entry("disable-pan", Kind::Flag, ""),
    entry("disable-tap", Kind::Flag, ""),
    entry("interaction-prompt", Kind::Word(&["auto", "none"]), "auto"),
    entry("interaction-prompt-threshold", Kind::Number, "3000"),
    entry("auto-rotate", Kind::Flag, ""),
    entry("auto-rotate-delay", Kind::Number, "3000"),
    entry("rotation-per-second", Kind::List(1), "auto"),
    entry("environment-image", Kind::Url, ""),
    entry("skybox-image", Kind::Url, ""),
    entry("skybox-height", Kind::Length, "0"),
    entry("exposure", Kind::Number, "1"),
    entry("tone-mapping", Kind::Word(TONE_MAPPING), "auto"),
    entry("shadow-intensity", Kind::Number, "0"),
    entry("shadow-softness", Kind::Number, "1"),
    entry("autoplay", Kind::Flag, ""),
    entry("animation-name", Kind::Text, ""),
    entry("animation-crossfade-duration", Kind::Number, "300"),
    entry("variant-name", Kind::Text, ""),
    entry("orientation", Kind::Orientation, "0 0 0"),
    entry("scale", Kind::Scale, "1 1 1"),
    #[cfg(feature = "xr")]
    entry("ar-placement", Kind::Word(AR_PLACEMENT), "floor"),
    #[cfg(feature = "xr")]
    entry("ar-scale", Kind::Word(AR_SCALE), "auto"),
    entry("backend", Kind::Word(&["auto", "webgpu", "webgl"]), "auto"),
];
