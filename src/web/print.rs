//! What leaves the page's module to be printed: pieces as plain numbers, and the pictures that colour them.

use js_sys::{Array, Float32Array, JsString, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::wasm_bindgen;

use super::viewer::Viewer;
use crate::issue::{Code, Issue};
use crate::print::{Arrays, Bitmap, Head, Piece, Wish, file_name};
use crate::product::view::to_json;
use crate::scene::{ImageSource, Scene, SceneId};
use crate::viewer::{PrintPicture, Viewer as Machine, escaped};

/// What one piece is made of, while it is on its way.
#[derive(Debug, Default)]
pub(super) struct PrintDesk {
    /// The file that was bought for it.
    bought: Option<Scene>,
    pictures: Vec<(PrintPicture, Option<Bitmap>)>,
    made: Option<(Head, Piece)>,
}

#[wasm_bindgen]
impl Viewer {
    /// What of this configuration can be printed, as JSON.
    #[wasm_bindgen(js_name = printParts)]
    pub fn print_parts(&self) -> String {
        to_json(&self.machine.borrow().print_parts())
    }

    /// Where the file of a part lies that is sold apart.
    #[wasm_bindgen(js_name = printSource)]
    pub fn print_source(&self, id: &str) -> Option<String> {
        self.machine.borrow().print_source(id)
    }

    /// Begins with a part; `bought` is its file where that is sold apart. Gives an issue as JSON when that cannot be read.
    #[wasm_bindgen(js_name = beginPrint)]
    pub fn begin_print(&self, id: &str, bought: Option<Vec<u8>>, pictures: bool) -> Option<String> {
        let mut desk = PrintDesk::default();
        match bought.map(Machine::open_bought).transpose() {
            Ok(bought) => desk.bought = bought,
            Err(issue) => return Some(said(&issue)),
        }
        if pictures {
            let wanted = self.machine.borrow().print_pictures(id, desk.bought.as_ref());
            desk.pictures = wanted.into_iter().map(|picture| (picture, None)).collect();
        }
        self.print.replace(desk);
        None
    }

    /// A picture that colours the part, as JSON: its address where it is no part of the model, else null; the model's address;
    /// what of the customer's is on it, else null. Undefined behind the last.
    #[wasm_bindgen(js_name = printPicture)]
    pub fn print_picture(&self, at: usize) -> Option<String> {
        let (desk, machine) = (self.print.borrow(), self.machine.borrow());
        let (picture, _) = desk.pictures.get(at)?;
        let source = image_source(&desk, &machine, picture);
        let uri = if let Some(ImageSource::External { uri }) = source { Some(escaped(uri)) } else { None };
        let print = machine.print_over(picture.scene, picture.image);
        Some(to_json(&(uri, machine.address_of(picture.scene), print)))
    }

    /// What it is made of, encoded; undefined where that has an address.
    #[wasm_bindgen(js_name = printPictureSource)]
    pub fn print_picture_source(&self, at: usize) -> Option<Vec<u8>> {
        let (desk, machine) = (self.print.borrow(), self.machine.borrow());
        let (picture, _) = desk.pictures.get(at)?;
        match image_source(&desk, &machine, picture)? {
            ImageSource::Encoded { bytes, .. } => Some(bytes.to_vec()),
            ImageSource::External { .. } => None,
        }
    }

    /// Takes it decoded: straight RGBA, rows from the top.
    #[wasm_bindgen(js_name = givePrintPicture)]
    pub fn give_print_picture(&self, at: usize, width_px: u32, height_px: u32, rgba: Vec<u8>) {
        if let Some((_, bitmap)) = self.print.borrow_mut().pictures.get_mut(at) {
            let (width_px, height_px) = (width_px as usize, height_px as usize);
            *bitmap = Some(Bitmap { width_px, height_px, rgba: rgba.into() });
        }
    }

    /// Makes the part; `wish` as JSON. With `writes` a file is to be made of it, which what is sold apart needs its own file
    /// for. Gives an issue as JSON when there is none.
    #[wasm_bindgen(js_name = makePrint)]
    pub fn make_print(&self, id: &str, wish: &str, writes: bool) -> Option<String> {
        let desk = self.print.take();
        match self.piece(&desk, id, wish, writes) {
            Ok(made) => {
                self.print.borrow_mut().made = Some(made);
                None
            }
            Err(issue) => Some(said(&issue)),
        }
    }

    /// The part that was made: its head as JSON, positions, triangles, colours by triangle, and colours. Undefined without.
    #[wasm_bindgen(js_name = takePrint)]
    pub fn take_print(&self) -> Option<Array> {
        let (head, piece) = self.print.take().made?;
        let Arrays { positions_mm, triangles, color_of, colors } = Arrays::from(piece);
        Some(Array::of5(
            &JsString::from(to_json(&head)),
            &Float32Array::from(positions_mm.as_slice()),
            &Uint32Array::from(triangles.as_slice()),
            &Uint32Array::from(color_of.as_slice()),
            &Uint8Array::from(colors.as_slice()),
        ))
    }

    /// The name of a file: of one part, by id, or of several when that is undefined.
    #[wasm_bindgen(js_name = printName)]
    pub fn print_name(&self, id: Option<String>, kind: &str) -> String {
        let machine = self.machine.borrow();
        let parts = machine.print_parts();
        let part = parts.iter().find(|part| Some(&part.id) == id.as_ref()).map_or("", |part| part.name.as_str());
        let title = machine.print_labels("", "").title;
        // What has no product is called as its file is, whole or in parts.
        file_name(&title, if part == title { "" } else { part }, kind)
    }
}

impl Viewer {
    fn piece(&self, desk: &PrintDesk, id: &str, wish: &str, writes: bool) -> Result<(Head, Piece), Issue> {
        let machine = self.machine.borrow();
        let wish = Wish::from_json(wish)?;
        let scale = wish.checked_scale()?;
        let picture = |scene: SceneId, texture: usize| {
            let found = desk.pictures.iter().find(|(known, _)| (known.scene, known.texture) == (scene, texture));
            found.and_then(|(_, bitmap)| bitmap.clone())
        };
        let piece = match &desk.bought {
            Some(scene) => machine.print_piece_from(id, scene, scale, &picture)?,
            None if writes && machine.print_source(id).is_some() => {
                return Err(Issue::new(Code::PrintLicence, "", id));
            }
            None => machine.print_shape(id, scale, &picture)?,
        };
        let options = wish.apply(machine.print_options_from(id, desk.bought.as_ref(), scale))?;
        let mut head = Head::new(id, &piece, options, machine.print_labels(id, &wish.buyer));
        head.reliefs = machine.print_reliefs(id, scale);
        Ok((head, piece))
    }
}

fn image_source<'a>(desk: &'a PrintDesk, machine: &'a Machine, picture: &PrintPicture) -> Option<&'a ImageSource> {
    let scene = if picture.is_bought() { desk.bought.as_ref() } else { machine.scene(picture.scene) };
    Some(&scene?.images.get(picture.image)?.source)
}

/// An issue as JSON: code, message, detail and remedy.
fn said(issue: &Issue) -> String {
    to_json(&(issue.code.as_str(), issue.code.message(), &issue.detail, issue.code.remedy()))
}
