//! The binary chunk, and the views and accessors into it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// glTF's numbers for how a component is stored (glTF 2.0 §3.6.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Component {
    Byte = 5121,
    Short = 5123,
    Int = 5125,
    Float = 5126,
}

/// What a view is for (glTF 2.0 §5.11.5).
pub(crate) const VERTICES: u32 = 34_962;
pub(crate) const INDICES: u32 = 34_963;

/// Values for an accessor, flat.
pub(crate) enum Flat<'a> {
    Floats(&'a [f32]),
    /// Stored as small as the largest allows, but in no fewer bytes than this component has.
    Whole(&'a [u32], Component),
    /// From 0 to 65,535 for `[0, 1]`.
    Shares(&'a [u16]),
}

/// Equal contents are stored once.
#[derive(Debug, Default)]
pub(crate) struct Bin {
    pub(crate) bytes: Vec<u8>,
    pub(crate) views: Vec<Value>,
    pub(crate) accessors: Vec<Value>,
    known: BTreeMap<String, Vec<usize>>,
}

impl Bin {
    /// A view of some bytes, at a multiple of four.
    pub(crate) fn view(&mut self, bytes: &[u8], stride: Option<usize>, target: Option<u32>) -> usize {
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        let mut view = Map::new();
        view.insert("buffer".into(), 0.into());
        if !self.bytes.is_empty() {
            view.insert("byteOffset".into(), self.bytes.len().into());
        }
        view.insert("byteLength".into(), bytes.len().into());
        if let Some(stride) = stride {
            view.insert("byteStride".into(), stride.into());
        }
        if let Some(target) = target {
            view.insert("target".into(), target.into());
        }
        self.bytes.extend_from_slice(bytes);
        self.views.push(view.into());
        self.views.len() - 1
    }

    /// An accessor with a view of its own. `kind` is glTF's, such as `VEC3`; `bounded` writes its least and greatest values.
    pub(crate) fn accessor(&mut self, kind: &str, flat: &Flat<'_>, target: Option<u32>, bounded: bool) -> usize {
        let width = width_of(kind);
        let (component, encoded) = flat.encoded(width, target == Some(VERTICES));
        let normalized = matches!(flat, Flat::Shares(_));
        let count = flat.len() / width;
        let key = format!("{kind}{}{normalized}{target:?}{bounded}{count}", component as u32);
        let same = |accessor: &usize| {
            let view = self.accessors.get(*accessor).and_then(|accessor| accessor.get("bufferView"));
            let view = view.and_then(Value::as_u64).and_then(|view| self.views.get(view as usize));
            let number =
                |name: &str| view.and_then(|view| view.get(name)).and_then(Value::as_u64).unwrap_or(0) as usize;
            let start = number("byteOffset");
            self.bytes.get(start..start + number("byteLength")) == Some(encoded.as_slice())
        };
        if let Some(known) = self.known.get(&key).and_then(|list| list.iter().find(|accessor| same(accessor))) {
            return *known;
        }
        let stride = encoded.len() / count.max(1);
        // Rows of vertices lie at multiples of four.
        let padded = target == Some(VERTICES) && stride != width * component.bytes();
        let view = self.view(&encoded, padded.then_some(stride), target);
        let mut accessor = Map::new();
        accessor.insert("bufferView".into(), view.into());
        accessor.insert("componentType".into(), (component as u32).into());
        accessor.insert("count".into(), count.into());
        accessor.insert("type".into(), kind.into());
        if normalized {
            accessor.insert("normalized".into(), true.into());
        }
        if let (true, Flat::Floats(floats)) = (bounded, flat) {
            let mut ends = [vec![f32::INFINITY; width], vec![f32::NEG_INFINITY; width]];
            let [least, most] = &mut ends;
            for element in floats.chunks_exact(width) {
                for ((least, most), value) in least.iter_mut().zip(most.iter_mut()).zip(element) {
                    *least = least.min(*value);
                    *most = most.max(*value);
                }
            }
            for (name, ends) in ["min", "max"].into_iter().zip(ends) {
                accessor.insert(name.into(), numbers(&ends));
            }
        }
        self.accessors.push(accessor.into());
        let index = self.accessors.len() - 1;
        self.known.entry(key).or_default().push(index);
        index
    }
}

impl Component {
    fn bytes(self) -> usize {
        match self {
            Self::Byte => 1,
            Self::Short => 2,
            Self::Int | Self::Float => 4,
        }
    }
}

impl Flat<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Floats(floats) => floats.len(),
            Self::Whole(numbers, _) => numbers.len(),
            Self::Shares(shares) => shares.len(),
        }
    }

    /// Little-endian; with `padded`, each element fills a multiple of four bytes.
    fn encoded(&self, width: usize, padded: bool) -> (Component, Vec<u8>) {
        let component = match self {
            Self::Floats(_) => Component::Float,
            Self::Shares(_) => Component::Short,
            Self::Whole(numbers, least) => {
                // The largest number of each size ends strips in some APIs.
                let most = numbers.iter().copied().max().unwrap_or(0);
                match least {
                    Component::Byte if most < 255 => Component::Byte,
                    Component::Byte | Component::Short if most < 65_535 => Component::Short,
                    _ => Component::Int,
                }
            }
        };
        // Numbers of four bytes need no padding, and lie in memory as in the file.
        if let Self::Floats(floats) = self
            && cfg!(target_endian = "little")
            && floats.iter().all(|value| value.is_finite())
        {
            return (component, bytemuck::cast_slice(floats).to_vec());
        }
        let mut bytes = Vec::with_capacity(self.len() * component.bytes());
        let mut put = |at: usize, number: &[u8]| {
            bytes.extend_from_slice(number);
            if padded && at % width == width - 1 {
                bytes.resize(bytes.len().next_multiple_of(4), 0);
            }
        };
        match self {
            Self::Floats(floats) => {
                floats.iter().enumerate().for_each(|(at, value)| put(at, &finite(*value).to_le_bytes()));
            }
            Self::Shares(shares) => shares.iter().enumerate().for_each(|(at, value)| put(at, &value.to_le_bytes())),
            Self::Whole(numbers, _) => {
                for (at, number) in numbers.iter().enumerate() {
                    let whole = number.to_le_bytes();
                    put(at, whole.get(..component.bytes()).unwrap_or(&whole));
                }
            }
        }
        (component, bytes)
    }
}

fn width_of(kind: &str) -> usize {
    match kind {
        "VEC2" => 2,
        "VEC3" => 3,
        "VEC4" => 4,
        "MAT4" => 16,
        _ => 1,
    }
}

fn finite(value: f32) -> f32 {
    if value.is_finite() { value } else { 0.0 }
}

/// A number with the fewest digits that name this `f32`; what is none is 0.
pub(crate) fn number(value: f32) -> Value {
    let short: Result<f64, _> = finite(value).to_string().parse();
    short.map_or_else(|_| 0.into(), |short| json!(short))
}

/// Several of them.
pub(crate) fn numbers(values: &[f32]) -> Value {
    values.iter().copied().map(number).collect::<Vec<_>>().into()
}
