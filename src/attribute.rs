//! Attribute text to typed values, with model-viewer's syntax and units.
