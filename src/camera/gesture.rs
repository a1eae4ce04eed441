//! Fingers, pens and the mouse to turning, zooming and panning.

/// What a pointer did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointerAct {
    /// Touched down or pressed.
    Down,
    /// Moved, pressed or not.
    Move,
    /// Lifted or released.
    Up,
    /// Taken away by the browser, for a scroll for example.
    Cancel,
}

/// What a pointer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointerDevice {
    /// A mouse or touchpad.
    Mouse,
    /// A finger or pen.
    Touch,
}

/// What is held while a pointer acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// A button other than the first, or Shift, Ctrl or Meta: pan instead of turn.
    pub pan: bool,
}
