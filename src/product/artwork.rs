//! What a customer puts on a surface: pictures and words, and how each of them lies there.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::code::LONGEST_NAME;
use super::configuration::color;

/// A surface has no more layers.
pub(super) const MOST_LAYERS: usize = 24;
/// Names of fonts are shorter.
const LONGEST_FONT: usize = 80;
/// No words of an artwork are longer.
const LONGEST_WORDS: usize = 1_000;

/// A font that ships with the element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Font {
    /// As answers and surfaces name it.
    pub id: &'static str,
    /// Its thinnest line, for each unit of its size.
    pub stroke: f64,
}

/// All of them. Codes have their places in this list: new ones come to its end, and none is taken out.
pub const FONTS: [Font; 4] = [
    Font { id: "Jost", stroke: 0.085 },
    Font { id: "Lora", stroke: 0.05 },
    Font { id: "Oswald", stroke: 0.09 },
    Font { id: "Caveat", stroke: 0.06 },
];

/// How something lies on its surface; all zero is as large as it can be, in the middle, upright.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Placement {
    /// To the right of the surface's middle, ten-thousandths of its width.
    pub x: i32,
    /// Below the surface's middle, ten-thousandths of its height.
    pub y: i32,
    /// So many ten-thousandths larger than it lies by itself.
    pub scale: i32,
    /// Clockwise, tenths of a degree.
    pub rotation: i32,
}

impl Placement {
    /// What lies further away is not to be seen.
    const FARTHEST: i32 = 30_000;
    /// A hundredth of the size, and twenty times of it.
    const SCALES: [i32; 2] = [-9_900, 190_000];

    /// The nearest placement to these.
    pub fn near(x: f64, y: f64, scale: f64, degrees: f64) -> Self {
        let whole = |value: f64, least: i32, most: i32| {
            let value = if value.is_finite() { value.round() } else { 0.0 };
            value.max(f64::from(least)).min(f64::from(most)) as i32
        };
        let [smallest, largest] = Self::SCALES;
        let rotation = whole((degrees * 10.0) % 3600.0, -3600, 3600);
        Self {
            x: whole(x, -Self::FARTHEST, Self::FARTHEST),
            y: whole(y, -Self::FARTHEST, Self::FARTHEST),
            scale: whole(scale, smallest, largest),
            rotation,
        }
        .upright()
    }

    /// The size in sizes that it has by itself.
    pub fn factor(self) -> f64 {
        1.0 + f64::from(self.scale) / 10_000.0
    }

    /// The same rotation, more than −180° and at most 180°.
    fn upright(self) -> Self {
        let turned = self.rotation % 3600;
        let rotation = match turned {
            1801.. => turned - 3600,
            ..=-1800 => turned + 3600,
            _ => turned,
        };
        Self { rotation, ..self }
    }

    fn is_sound(self) -> bool {
        let [smallest, largest] = Self::SCALES;
        let is_near = |value: i32| (-Self::FARTHEST..=Self::FARTHEST).contains(&value);
        is_near(self.x)
            && is_near(self.y)
            && (smallest..=largest).contains(&self.scale)
            && (-1799..=1800).contains(&self.rotation)
    }
}

/// Words of the customer's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What they say; empty for nothing, which lies nowhere.
    pub text: String,
    /// Names a font of ours or of the page's; empty for the usual one.
    pub font: String,
    /// sRGB; without, the surface's.
    pub ink: Option<[u8; 3]>,
    /// How they lie.
    pub placement: Placement,
}

impl Words {
    /// Whether they can be drawn.
    pub(super) fn is_sound(&self) -> bool {
        let is_said = !self.text.is_empty() || *self == Self::default();
        let is_short = self.font.len() <= LONGEST_FONT && self.text.chars().count() <= LONGEST_WORDS;
        let has_control = |text: &str| text.chars().any(char::is_control);
        is_said && is_short && !has_control(&self.text) && !has_control(&self.font) && self.placement.is_sound()
    }

    /// Whether they are as a text alone says.
    pub(super) fn is_plain(&self) -> bool {
        self.font.is_empty() && self.ink.is_none() && self.placement == Placement::default()
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

/// One layer of an [`Artwork`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Motif {
    /// A picture, which lies elsewhere.
    Picture {
        /// Names it by its contents.
        name: String,
        /// How it lies.
        placement: Placement,
    },
    /// Words, which are not empty.
    Words(Words),
}

impl Motif {
    /// How it lies.
    pub fn placement(&self) -> Placement {
        match self {
            Self::Picture { placement, .. } => *placement,
            Self::Words(words) => words.placement,
        }
    }
}

/// What a customer puts on a surface, the lowest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Artwork(pub Vec<Motif>);

impl Artwork {
    /// Whether nothing is there.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names of its pictures.
    pub fn pictures(&self) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter_map(|motif| if let Motif::Picture { name, .. } = motif { Some(name.as_str()) } else { None })
    }

    /// What its words say, the lowest first.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|motif| if let Motif::Words(words) = motif { Some(words.text.as_str()) } else { None })
    }

    /// The picture that lies there alone, by itself.
    pub(super) fn plain(&self) -> Option<&str> {
        match self.0.as_slice() {
            [Motif::Picture { name, placement }] if *placement == Placement::default() => Some(name),
            _ => None,
        }
    }

    pub(super) fn is_sound(&self) -> bool {
        let is_sound = |motif: &Motif| match motif {
            Motif::Picture { name, placement } => {
                !name.is_empty() && name.len() <= LONGEST_NAME && placement.is_sound()
            }
            Motif::Words(words) => !words.text.is_empty() && words.is_sound(),
        };
        self.0.len() <= MOST_LAYERS && self.0.iter().all(is_sound)
    }
}

impl From<&str> for Artwork {
    fn from(name: &str) -> Self {
        let placement = Placement::default();
        let picture = (!name.is_empty()).then(|| Motif::Picture { name: name.to_owned(), placement });
        Self(picture.into_iter().collect())
    }
}

/// A layer as a page reads and writes it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct LayerJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    font: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    ink: Option<String>,
    #[serde(skip_serializing_if = "is_zero")]
    x: i32,
    #[serde(skip_serializing_if = "is_zero")]
    y: i32,
    #[serde(skip_serializing_if = "is_zero")]
    scale: i32,
    #[serde(skip_serializing_if = "is_zero")]
    rotation: i32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references")]
fn is_zero(value: &i32) -> bool {
    *value == 0
}

impl LayerJson {
    fn new(placement: Placement) -> Self {
        let Placement { x, y, scale, rotation } = placement;
        Self { x, y, scale, rotation, ..Self::default() }
    }

    fn motif(self) -> Option<Motif> {
        let Self { picture, text, font, ink, x, y, scale, rotation } = self;
        let placement = Placement { x, y, scale, rotation }.upright();
        match (picture, text) {
            (Some(name), None) if font.is_empty() && ink.is_none() => Some(Motif::Picture { name, placement }),
            (None, Some(text)) => {
                let ink = match ink {
                    Some(ink) => Some(color(&ink)?),
                    None => None,
                };
                Some(Motif::Words(Words { text, font, ink, placement }))
            }
            _ => None,
        }
    }
}

impl Motif {
    /// `{ "picture": … }` or `{ "text": … }` with what of it is not as it is by itself.
    pub fn to_json(&self) -> Json {
        let layer = match self {
            Self::Picture { name, placement } => {
                LayerJson { picture: Some(name.clone()), ..LayerJson::new(*placement) }
            }
            Self::Words(words) => LayerJson {
                text: Some(words.text.clone()),
                font: words.font.clone(),
                ink: words.ink.map(|[red, green, blue]| format!("#{red:02x}{green:02x}{blue:02x}")),
                ..LayerJson::new(words.placement)
            },
        };
        serde_json::to_value(layer).unwrap_or_default()
    }

    fn from_json(json: &Json) -> Option<Self> {
        LayerJson::deserialize(json).ok()?.motif()
    }
}

impl Words {
    /// A text where that says all, else `{ "text": … }`.
    pub(super) fn to_json(&self) -> Json {
        if self.is_plain() { self.text.as_str().into() } else { Motif::Words(self.clone()).to_json() }
    }

    /// A text, an object, or a list of at most one of them.
    pub(super) fn from_json(json: &Json) -> Option<Self> {
        let words = match json {
            Json::Null => Self::default(),
            Json::String(text) => text.as_str().into(),
            Json::Array(layers) => match layers.as_slice() {
                [] => Self::default(),
                [layer] if !layer.is_array() => return Self::from_json(layer),
                _ => return None,
            },
            _ => match Motif::from_json(json)? {
                // The surface's ink is what the shop prints.
                Motif::Words(words) => Self { ink: None, ..words },
                Motif::Picture { .. } => return None,
            },
        };
        Some(if words.text.is_empty() { Self::default() } else { words }).filter(Self::is_sound)
    }
}

impl Artwork {
    /// The name of a picture where that says all, else a list of layers.
    pub(super) fn to_json(&self) -> Json {
        match self.plain() {
            Some(name) => name.into(),
            None if self.is_empty() => "".into(),
            None => self.0.iter().map(Motif::to_json).collect(),
        }
    }

    /// The name of a picture, a layer, or a list of layers.
    pub(super) fn from_json(json: &Json) -> Option<Self> {
        let artwork = match json {
            Json::Null => Self::default(),
            Json::String(name) => name.as_str().into(),
            Json::Array(layers) if layers.len() > MOST_LAYERS => return None,
            Json::Array(layers) => {
                let layers = layers.iter().map(Motif::from_json).collect::<Option<Vec<_>>>()?;
                // Words that say nothing are a layer that was taken away.
                let is_there = |motif: &Motif| !matches!(motif, Motif::Words(words) if words.text.is_empty());
                Self(layers.into_iter().filter(is_there).collect())
            }
            _ => Self(vec![Motif::from_json(json)?]),
        };
        Some(artwork).filter(Self::is_sound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_said_in_one_way() {
        for (degrees, rotation) in [
            (0.0, 0),
            (180.0, 1800),
            (-180.0, 1800),
            (190.0, -1700),
            (360.0, 0),
            (-450.0, -900),
            (719.9, -1),
            (f64::NAN, 0),
        ] {
            assert_eq!(Placement::near(0.0, 0.0, 0.0, degrees).rotation, rotation, "{degrees}");
        }
        assert!(Placement::near(1e9, f64::NEG_INFINITY, -1e9, 1e300).is_sound());
    }

    #[test]
    fn answers_are_read_as_they_are_written() {
        let placement = Placement { x: -120, y: 3, scale: 5_000, rotation: 900 };
        let words = Words { text: "Jo".into(), font: "Lora".into(), ink: Some([1, 2, 255]), placement };
        let picture = Motif::Picture { name: "a1".into(), placement };
        for artwork in [
            Artwork::default(),
            "a1".into(),
            Artwork(vec![picture.clone()]),
            Artwork(vec![picture, Motif::Words(words.clone()), Motif::Words("Mia".into())]),
        ] {
            assert_eq!(Artwork::from_json(&artwork.to_json()), Some(artwork));
        }
        let plain = Words { ink: None, ..words };
        assert_eq!(Words::from_json(&plain.to_json()), Some(plain));
        assert_eq!(Words::from("Jo").to_json(), Json::from("Jo"));
        assert_eq!(Artwork::from("a1").to_json(), Json::from("a1"));
        assert_eq!(Words::from_json(&serde_json::json!({ "text": "", "x": 5 })), Some(Words::default()));
    }

    #[test]
    fn what_is_no_artwork_is_refused() {
        for json in [
            r#"{}"#,
            r#"3"#,
            r#"[3]"#,
            r#"["a"]"#,
            r#"{"picture":""}"#,
            r#"{"picture":"a","text":"b"}"#,
            r#"{"picture":"a","font":"Lora"}"#,
            r#"{"picture":"a","x":0.5}"#,
            r#"{"picture":"a","x":30001}"#,
            r#"{"picture":"a","scale":-9901}"#,
            r#"{"picture":"a","scale":1e99}"#,
            r#"{"picture":"a","href":"https://example.org"}"#,
            r##"{"text":"a","ink":"#12345"}"##,
            r#"{"text":"a\u0007"}"#,
            r#"{"text":"a","font":"\n"}"#,
        ] {
            assert_eq!(Artwork::from_json(&serde_json::from_str(json).unwrap()), None, "{json}");
        }
        let many: Json = vec![serde_json::json!({ "picture": "a" }); MOST_LAYERS + 1].into();
        assert_eq!(Artwork::from_json(&many), None);
        for json in [r#"[["a"]]"#, r#"["a","b"]"#, r#"{"picture":"a"}"#, r#"7"#] {
            assert_eq!(Words::from_json(&serde_json::from_str(json).unwrap()), None, "{json}");
        }
    }
}
