//! Anprobe: try a product on before you buy it.
//!
//! A glTF product model in, a picture out: on a page, in the room, on the product that one owns.
//!
//! # Architecture
//!
//! Three sentences decide everything.
//!
//! 1. **The core computes, the renderer draws, the shell talks.** The core names no GPU, no browser, no clock, no file
//!    and no network. The renderer knows no product and no DOM. The shell decides nothing.
//! 2. **Data goes up by value, orders go down by enum.** The shell turns input into [`viewer::Event`]s; the viewer
//!    answers with [`viewer::Effect`]s and a [`frame::Frame`] to draw. Nobody calls upward.
//! 3. **Everything ends in bytes or pixels that a test can hold.**
//!
//! # Floors
//!
//! A module names only modules on lower floors; `tests/floors.rs` reads the sources and checks it.
//!
//! | floor | modules | may name |
//! |---|---|---|
//! | F0 words | [`geom`] [`color`] [`issue`] [`json`] [`shelf`] [`logic`] `decimal` `text` | std, glam, num-bigint |
//! | F1 nouns | [`scene`] · [`product`] | F0, not each other |
//! | F2 verbs | [`import`] [`align`] [`assembly`] [`attribute`] `audit` [`camera`] `decode` [`environment`] [`export`] [`pick`] `place` [`print`](mod@print) `proposal` [`thumbnail`] [`frame`] | F0, F1 |
//! | F3 machine and brush | [`viewer`], `render` | F0 to F2, not each other |
//! | F4 shells | `web`, `work`, `unpack`, the command `anprobe` | all |
//!
//! # The way of the data
//!
//! ```text
//! model.glb ──import──▶ Scene ─┬─▶ Pose ─┐
//! attributes, input ──▶ Viewer ┴─▶ Overlay ─▶ Frame ──render──▶ canvas | picture
//!                                            └▶ Look ──export──▶ USDZ
//!                                                     └──print──▶ Piece ──work──▶ report, 3MF, STL
//!
//! product.json ─▶ Catalog ─┐
//! customer's picks ────────┴▶ Configuration ─▶ PartLook ──assembly──▶ Overlay
//!                                  └▶ states, explanation, repair, quote, code ──view──▶ JSON
//! ```
//!
//! The viewer holds a [`product::Session`]. A choice changes what is wanted; it is shown, in one frame, when the models,
//! pictures and prints that it needs are there (`viewer/configurator`). A comparison, a step of how something is fitted and a
//! thumbnail dress the same models in further costumes beside it; what goes and what comes are other overlays, not other
//! shaders. A page is told in ids, names and minor units
//! ([`product::view`]); sentences and written money are made where the words and `Intl` are.
//!
//! A [`scene::Scene`] is never edited and never renumbered, but that a texture goes on to the file's next picture when
//! one cannot be decoded ([`scene::Scene::fall_back`]); what changes lies beside it, in a [`scene::Pose`] and a
//! [`scene::Overlay`]. A [`frame::Frame`] holds looks × views. The last pass alone touches a target.
//!
//! # Decisions
//!
//! - **Four modules from one crate.** WebGPU alone needs no shader compiler of ours; WebGL2 brings naga and wgpu-core. The
//!   element chooses before it touches a canvas, and fetches one. Each comes with and without the engine for products
//!   (feature `product`), so that a page that only shows downloads none of it, and one that configures has one instance,
//!   one snapshot and no copies between two.
//! - **What is printed has a fifth module.** Few customers ask for it, and it draws nothing: `work` takes pieces by value
//!   (`print::Head`, `print::Share`) and gives reports and files back, in a worker, or on the page in slices where none can
//!   start. It is fetched when it is asked for, and what it holds of memory goes with the worker.
//! - **What unpacks models has a sixth module.** Few models are packed (meshopt, Draco, instances), and reading them weighs
//!   close to half of a first view (74 kB). It is fetched when the reader finds that a file is packed
//!   ([`import::Opened::is_packed`]) and gives a plain GLB back, so that nothing behind it knows of any packing: one way of
//!   reading accessors, and one scene that is exported, printed and measured.
//! - **The product file is read by serde.** Its types tell the schema, too. The trackers of paths and of unknown fields cost
//!   a third of the engine's code; erasing their types (`erased-serde`) costs more still (36 kB after Brotli).
//! - **Customers' words and pictures replace the texels of the model's own picture.** The browser draws them at the size
//!   that [`product::Print`] says; no scene is edited, and no texture more is bound.
//! - **Files are made where the product is.** The page's own module writes USDZ and GLB, as text that a test can read; the browser
//!   encodes the pictures. Normals' scale and occlusion's strength are drawn into them, since Quick Look is known to multiply
//!   a texture and not to add to it.
//! - **One device a page.** Elements share device, pipelines and environments. On WebGL2 one canvas owns the device, and
//!   its picture is copied to each element's own.
//! - **Our own reader.** The `gltf` crate's typed structs cost 46 kB of Brotli in the browser and panic on bad indices;
//!   [`import`] reads the JSON values behind a cursor that checks each one. The crate stays as the second opinion of the
//!   tests.
//! - **Our own JSON, too.** `serde_json`'s values cost 5.2 kB more than [`json`], which needs no exact decimals of any
//!   length and no maps. The tests compare both on thousands of whole and damaged documents.
//! - **Tone mapping in the material shader**, so that edges resolve and blend in display space, as in a page.
//! - **Extensions cost who uses them.** A material with KHR_materials_* layers has a second program (`layered.wgsl`), whose
//!   overrides leave out what it lacks, and six free textures beside the core's five ([`scene::ExtensionTextures`]), since
//!   wgpu's WebGL2 has sixteen for both stages. All others keep the small one.
//! - **Glass looks at pictures.** What transmits samples a linear picture with mips of all that lies behind; glass in glass
//!   has up to four of them, each with more glass in it, and only where surfaces overlap on the screen
//!   (`render/through.rs`). Where nothing lies behind, the page shows through as alpha.
//! - **Bytes on the wire are budgeted** (`cargo xtask size`). `build/` gives the shaders short names; those that no
//!   first picture needs (`render/shaders/apart/`) are fetched when a page or model wants them; attributes are read and
//!   snapshots written without the standard library's decimals, whose tables cannot be compressed; sines and powers
//!   are the browser's; nothing of ours formats with `{:?}`.
//! - **A trap or a lost device starts a new instance** from the last [`viewer::Viewer::snapshot`]; the last picture stays.
//!
//! # Conventions
//!
//! Metres, radians, seconds and linear light; other units stand in the name (`width_css_px`). World space is glTF's:
//! right-handed, +Y up, the front faces +Z. Matrices say both their spaces: `world_from_node`.

#[cfg(feature = "product")]
pub mod align;
#[cfg(feature = "product")]
pub mod assembly;
pub mod attribute;
#[cfg(feature = "cli")]
pub mod audit;
pub mod camera;
pub mod color;
mod decimal;
#[cfg(feature = "decode")]
pub mod decode;
pub mod environment;
#[cfg(feature = "product")]
pub mod export;
pub mod frame;
pub mod geom;
pub mod import;
pub mod issue;
pub mod json;
pub mod logic;
pub mod pick;
#[cfg(feature = "xr")]
pub mod place;
#[cfg(feature = "product")]
pub mod print;
#[cfg(feature = "product")]
pub mod product;
#[cfg(feature = "cli")]
pub mod proposal;
pub mod scene;
pub mod shelf;
mod text;
#[cfg(feature = "product")]
pub mod thumbnail;
pub mod viewer;

#[cfg(feature = "render")]
pub mod render;
#[cfg(all(target_arch = "wasm32", feature = "decode"))]
pub mod unpack;
#[cfg(all(target_arch = "wasm32", feature = "render"))]
pub mod web;
#[cfg(all(target_arch = "wasm32", feature = "work"))]
pub mod work;
