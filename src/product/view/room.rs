//! What a page is told of a session in a room.

use serde::Serialize;

/// A session at this moment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RoomView {
    /// What to tell the customer, by its name in the word tables; empty for nothing.
    pub hint: &'static str,
    /// The product stands somewhere.
    pub placed: bool,
    /// 1 is true size.
    pub scale: f32,
    /// Whether it can be scaled.
    pub fixed: bool,
    /// Whether it is owned in part, so that the upgrade can be seen on the thing itself.
    pub owned: bool,
    /// `off`, `aligning` or `aligned`.
    pub align: &'static str,
    /// Points can be marked on what is owned: it has three, and the device can measure.
    pub marks: bool,
    /// Taps mark points on what is owned.
    pub marking: bool,
    /// The name of the point that is marked now.
    pub point: Option<String>,
    /// What is wrong with the points that were marked, or with the last one that was to be measured: a code of `ALIGN_*`; empty
    /// for nothing.
    pub trouble: &'static str,
    /// How far off the points were in the mean that laid the outline, metres.
    pub off: Option<f32>,
    /// What is owned is seen, and not what is chosen.
    pub before: bool,
    /// Taps measure.
    pub measuring: bool,
    /// The side that is measured now.
    pub side: Option<&'static str>,
    /// What is measured.
    pub sides: Vec<RoomSideView>,
    /// The menu in the room; none where the page's own elements are seen.
    pub menu: Option<RoomMenuView>,
}

/// One side of a gap that was measured in a room.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoomSideView {
    /// `width`, `depth` or `height`.
    pub axis: &'static str,
    /// What there is, metres.
    pub have: f32,
    /// What the product needs at true size, metres.
    pub need: f32,
    /// What is left, metres; negative where it collides.
    pub spare: f32,
    /// Give or take, metres: one in twenty is farther off.
    pub uncertainty: f32,
    /// `fits`, `close` or `collides`.
    pub verdict: &'static str,
}

/// What the menu in the room says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoomMenuView {
    /// The group's name; empty without a product.
    pub group: String,
    /// Its choice's name.
    pub choice: String,
    /// The cell under a controller's ray, by its index.
    pub under: Option<usize>,
}
