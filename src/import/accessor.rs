//! Numbers out of bytes (glTF 2.0 §3.6.2): every component type, normalised, strided, sparse.

use crate::json::Value;

use super::cursor::Cursor;
use super::reader::Reader;
use crate::issue::Code;

#[cfg(test)]
mod tests;

/// The type of one number in a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Component {
    I8,
    U8,
    I16,
    U16,
    U32,
    F32,
}

impl Component {
    fn from_gltf(number: usize) -> Option<Self> {
        Some(match number {
            5120 => Self::I8,
            5121 => Self::U8,
            5122 => Self::I16,
            5123 => Self::U16,
            5125 => Self::U32,
            5126 => Self::F32,
            _ => return None,
        })
    }

    fn size(self) -> usize {
        match self {
            Self::I8 | Self::U8 => 1,
            Self::I16 | Self::U16 => 2,
            Self::U32 | Self::F32 => 4,
        }
    }
}

/// The shape of one element, as `(rows, columns)`.
type Shape = (usize, usize);

pub(super) const SCALAR: Shape = (1, 1);
pub(super) const VEC2: Shape = (2, 1);
pub(super) const VEC3: Shape = (3, 1);
pub(super) const VEC4: Shape = (4, 1);
pub(super) const MAT4: Shape = (4, 4);

fn shape_from_gltf(text: &str) -> Option<Shape> {
    Some(match text {
        "SCALAR" => SCALAR,
        "VEC2" => VEC2,
        "VEC3" => VEC3,
        "VEC4" => VEC4,
        "MAT2" => (2, 2),
        "MAT3" => (3, 3),
        "MAT4" => MAT4,
        _ => return None,
    })
}

/// Where elements of one kind lie.
#[derive(Clone, Copy)]
struct Window<'a> {
    bytes: &'a [u8],
    stride: usize,
    count: usize,
}

/// One accessor, checked: all its bytes are there.
#[derive(Clone, Copy)]
pub(super) struct Accessor<'a> {
    pub(super) at: Cursor<'a>,
    pub(super) count: usize,
    pub(super) shape: Shape,
    pub(super) component: Component,
    pub(super) normalized: bool,
    base: Option<Window<'a>>,
    sparse: Option<Sparse<'a>>,
}

#[derive(Clone, Copy)]
struct Sparse<'a> {
    indices: Window<'a>,
    component: Component,
    values: Window<'a>,
}

/// The accessor that `at[key]` names.
pub(super) fn accessor<'a>(reader: &mut Reader<'a>, at: Cursor<'a>, key: &str) -> Option<Accessor<'a>> {
    let named = at.get(key)?;
    from_index(reader, named)
}

/// The accessor whose index is the value under `named`.
pub(super) fn from_index<'a>(reader: &mut Reader<'a>, named: Cursor<'a>) -> Option<Accessor<'a>> {
    let accessors: &[Value] = reader.list("accessors");
    let index = named.as_index(accessors.len(), &mut reader.log)?;
    let at = Cursor(accessors.get(index)?);
    let component = at.count("componentType", &mut reader.log).and_then(Component::from_gltf);
    let shape = at.text("type", &mut reader.log).and_then(shape_from_gltf);
    let (Some(component), Some(shape)) = (component, shape) else {
        reader.report(Code::Value, at, "unknown type or componentType");
        return None;
    };
    let count = at.count("count", &mut reader.log).unwrap_or(0);
    let normalized = at.truth("normalized", &mut reader.log).unwrap_or(false);
    if count == 0 {
        reader.report(Code::Value, at, "an accessor without elements");
        return None;
    }
    let base = match at.get("bufferView") {
        None => None,
        Some(_) => Some(window(reader, at, component, shape, count)?),
    };
    let sparse = match at.get("sparse") {
        None => None,
        Some(sparse) => Some(read_sparse(reader, sparse, component, shape, count)?),
    };
    Some(Accessor { at, count, shape, component, normalized, base, sparse })
}

/// Bytes from one column of an element to the next: columns of matrices start at multiples of four (§3.6.2.4).
fn column_stride(component: Component, shape: Shape) -> usize {
    let bytes = component.size() * shape.0;
    if shape.1 > 1 { bytes.next_multiple_of(4) } else { bytes }
}

fn window<'a>(
    reader: &mut Reader<'a>,
    at: Cursor<'a>,
    component: Component,
    shape: Shape,
    count: usize,
) -> Option<Window<'a>> {
    let view = reader.view(at, "bufferView")?;
    let offset = at.count("byteOffset", &mut reader.log).unwrap_or(0);
    let element = column_stride(component, shape) * shape.1;
    let stride = view.stride.unwrap_or(element);
    if stride < element {
        reader.report(Code::Range, at, format!("elements of {element} bytes do not fit a stride of {stride}"));
        return None;
    }
    // The padding after the last column of the last element need not be there.
    let last = element - column_stride(component, shape) + component.size() * shape.0;
    let needed = (count - 1).checked_mul(stride).and_then(|bytes| bytes.checked_add(last));
    let bytes = view.bytes.get(offset..).unwrap_or_default();
    if needed.is_none_or(|needed| needed > bytes.len()) {
        let detail = format!("{count} elements of {element} bytes from {offset}, the view has {}", view.bytes.len());
        reader.report(Code::Range, at, detail);
        return None;
    }
    if !offset.is_multiple_of(component.size()) || !stride.is_multiple_of(component.size()) {
        reader.report(Code::Conformance, at, "not aligned to its component type");
    }
    Some(Window { bytes, stride, count })
}

fn read_sparse<'a>(
    reader: &mut Reader<'a>,
    at: Cursor<'a>,
    component: Component,
    shape: Shape,
    count: usize,
) -> Option<Sparse<'a>> {
    let entries = at.count("count", &mut reader.log).filter(|entries| (1..=count).contains(entries));
    let (Some(entries), Some(indices), Some(values)) = (entries, at.get("indices"), at.get("values")) else {
        reader.report(Code::Value, at, "a sparse accessor without count, indices or values");
        return None;
    };
    let index_component = indices.count("componentType", &mut reader.log).and_then(Component::from_gltf);
    let Some(index_component @ (Component::U8 | Component::U16 | Component::U32)) = index_component else {
        reader.report(Code::AccessorType, indices, "sparse indices must be unsigned integers");
        return None;
    };
    Some(Sparse {
        indices: window(reader, indices, index_component, SCALAR, entries)?,
        component: index_component,
        values: window(reader, values, component, shape, entries)?,
    })
}

#[cfg(feature = "product")]
impl Accessor<'_> {
    /// The same without what is sparse.
    pub(super) fn without_sparse(self) -> Self {
        Self { sparse: None, ..self }
    }

    /// What sparse elements were, and what they are; nothing where there are none.
    pub(super) fn sparse_pairs(&self, reader: &mut Reader<'_>) -> Option<Vec<[u32; 2]>> {
        let Some(sparse) = &self.sparse else { return Some(Vec::new()) };
        let (before, after) = (self.without_sparse().integers(reader, None)?, self.integers(reader, None)?);
        let places = gather_unsigned(&sparse.indices, sparse.component, SCALAR, None);
        let pair = |place: &u32| Some([*before.get(*place as usize)?, *after.get(*place as usize)?]);
        Some(places.iter().filter_map(pair).collect())
    }
}

impl Accessor<'_> {
    /// All numbers in a row, integers normalised where the file says so (§3.6.2.2), matrices column by column.
    pub(super) fn floats(&self, reader: &mut Reader<'_>) -> Vec<f32> {
        self.floats_of(reader, None)
    }

    /// The same for some elements alone; nothing when the file has no right to that many.
    pub(super) fn floats_of(&self, reader: &mut Reader<'_>, elements: Option<&[u32]>) -> Vec<f32> {
        let scale = |most: f32| if self.normalized { 1.0 / most } else { 1.0 };
        let least = if self.normalized { -1.0 } else { f32::NEG_INFINITY };
        let shape = self.shape;
        let read = |window: &Window<'_>, some: Option<&[u32]>| match self.component {
            Component::I8 => {
                gather(window, shape, some, |b: [u8; 1]| (f32::from(b[0] as i8) * scale(127.0)).max(least))
            }
            Component::U8 => gather(window, shape, some, |b: [u8; 1]| f32::from(b[0]) * scale(255.0)),
            Component::I16 => {
                gather(window, shape, some, |b| (f32::from(i16::from_le_bytes(b)) * scale(32_767.0)).max(least))
            }
            Component::U16 => gather(window, shape, some, |b| f32::from(u16::from_le_bytes(b)) * scale(65_535.0)),
            Component::U32 => gather(window, shape, some, |b| u32::from_le_bytes(b) as f32),
            Component::F32 => gather(window, shape, some, f32::from_le_bytes),
        };
        let mut numbers = self.assemble(reader, elements, read);
        let mut wrong = 0usize;
        for number in numbers.iter_mut().filter(|number| !number.is_finite()) {
            *number = 0.0;
            wrong += 1;
        }
        if wrong > 0 {
            reader.report(Code::Value, self.at, format!("{wrong} infinite numbers or NaN"));
        }
        numbers
    }

    /// All numbers in a row as they are stored; none for signed and floating-point components.
    pub(super) fn integers(&self, reader: &mut Reader<'_>, elements: Option<&[u32]>) -> Option<Vec<u32>> {
        unsigned(self.component)?;
        let read =
            |window: &Window<'_>, some: Option<&[u32]>| gather_unsigned(window, self.component, self.shape, some);
        Some(self.assemble(reader, elements, read))
    }

    fn assemble<T: Copy + Default>(
        &self,
        reader: &mut Reader<'_>,
        elements: Option<&[u32]>,
        read: impl Fn(&Window<'_>, Option<&[u32]>) -> Vec<T>,
    ) -> Vec<T> {
        let width = self.shape.0 * self.shape.1;
        // Sparse values are found by their place among all elements.
        let some = elements.filter(|_| self.sparse.is_none() && self.base.is_some());
        let entries = self.sparse.as_ref().map_or(0, |sparse| sparse.values.count);
        let needed = some.map_or(self.count, <[u32]>::len).saturating_add(2 * entries);
        if !reader.spend_values(needed.saturating_mul(width)) {
            return Vec::new();
        }
        let mut out = match &self.base {
            Some(base) => read(base, some),
            None => vec![T::default(); self.count * width],
        };
        if let Some(sparse) = &self.sparse {
            let values = read(&sparse.values, None);
            let places = gather_unsigned(&sparse.indices, sparse.component, SCALAR, None);
            for (place, value) in places.iter().zip(values.chunks_exact(width)) {
                let start = (*place as usize).saturating_mul(width);
                match out.get_mut(start..start.saturating_add(width)) {
                    Some(element) => element.copy_from_slice(value),
                    None => reader.report(Code::IndexOutOfRange, self.at, format!("sparse index {place}")),
                }
            }
        }
        match elements.filter(|_| some.is_none()) {
            Some(elements) => {
                let element = |index: &u32| out.chunks_exact(width).nth(*index as usize).unwrap_or_default();
                elements.iter().flat_map(element).copied().collect()
            }
            None => out,
        }
    }
}

fn unsigned(component: Component) -> Option<()> {
    matches!(component, Component::U8 | Component::U16 | Component::U32).then_some(())
}

fn gather_unsigned(window: &Window<'_>, component: Component, shape: Shape, some: Option<&[u32]>) -> Vec<u32> {
    match component {
        Component::U8 => gather(window, shape, some, |b: [u8; 1]| u32::from(b[0])),
        Component::U16 => gather(window, shape, some, |b| u32::from(u16::from_le_bytes(b))),
        _ => gather(window, shape, some, u32::from_le_bytes),
    }
}

/// The numbers of `some` elements, or of all.
fn gather<const SIZE: usize, T>(
    window: &Window<'_>,
    shape: Shape,
    some: Option<&[u32]>,
    number: impl Fn([u8; SIZE]) -> T,
) -> Vec<T> {
    let (rows, columns) = shape;
    let column_stride = if columns > 1 { (SIZE * rows).next_multiple_of(4) } else { SIZE * rows };
    let count = some.map_or(window.count, <[u32]>::len);
    let mut out = Vec::with_capacity(count * rows * columns);
    for place in 0..count {
        let element = some.and_then(|some| some.get(place)).map_or(place, |element| *element as usize);
        for column in 0..columns {
            let start = element * window.stride + column * column_stride;
            let bytes = window.bytes.get(start..start + SIZE * rows).unwrap_or_default();
            out.extend(bytes.as_chunks().0.iter().map(|bytes| number(*bytes)));
        }
    }
    out
}
