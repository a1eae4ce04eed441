//! glTF bytes to a [`Scene`](crate::scene::Scene) and [`Issues`](crate::issue::Issues).
