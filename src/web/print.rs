//! What leaves the page's module to be printed: shares of pieces as plain numbers, and the pictures that colour them.

use bytemuck::cast_slice;
use js_sys::{Array, Float32Array, JsString, Uint32Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::viewer::Viewer;
use crate::issue::{Code, Issue};
use crate::print::{Head, Share, Wish, file_name};
use crate::product::view::to_json;
use crate::scene::{ImageSource, Scene};
use crate::viewer::{PrintPicture, Shares, Viewer as Machine, escaped};

/// What one piece is made of, while it is on its way.
#[derive(Debug, Default)]
pub(super) struct PrintDesk {
    /// The file that was bought for it.
    bought: Option<Scene>,
    pictures: Vec<PrintPicture>,
    /// None in an instance that was not asked for any: it is another one than the page began with.
    shares: Option<Shares>,
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
            desk.pictures = self.machine.borrow().print_pictures(id, desk.bought.as_ref());
        }
        self.print.replace(desk);
        None
    }

    /// A picture that colours the part, as JSON: its address where it is no part of the model, else null; the model's address;
    /// what of the customer's is on it, else null. Undefined behind the last.
    #[wasm_bindgen(js_name = printPicture)]
    pub fn print_picture(&self, at: usize) -> Option<String> {
        let (desk, machine) = (self.print.borrow(), self.machine.borrow());
        let picture = desk.pictures.get(at)?;
        let source = image_source(&desk, &machine, picture);
        let uri = if let Some(ImageSource::External { uri }) = source { Some(escaped(uri)) } else { None };
        let print = machine.print_over(picture.scene, picture.image);
        Some(to_json(&(uri, machine.address_of(picture.scene), print)))
    }

    /// What it is made of, encoded; undefined where that has an address.
    #[wasm_bindgen(js_name = printPictureSource)]
    pub fn print_picture_source(&self, at: usize) -> Option<Vec<u8>> {
        let (desk, machine) = (self.print.borrow(), self.machine.borrow());
        let picture = desk.pictures.get(at)?;
        match image_source(&desk, &machine, picture)? {
            ImageSource::Encoded { bytes, .. } => Some(bytes.to_vec()),
            ImageSource::External { .. } => None,
        }
    }

    /// Makes ready to give the part; `wish` as JSON. With `writes` a file is to be made of it, which what is sold apart needs its
    /// own file for. Gives all that is known of it beside its shares and no issue, or an issue; both as JSON.
    #[wasm_bindgen(js_name = makePrint)]
    pub fn make_print(&self, id: &str, wish: &str, writes: bool) -> Array {
        let none = JsValue::UNDEFINED;
        match self.head(&mut self.print.borrow_mut(), id, wish, writes) {
            Ok(head) => Array::of2(&JsString::from(to_json(&head)), &none),
            Err(issue) => Array::of2(&none, &JsString::from(said(&issue))),
        }
    }

    /// The next share of the part: what is known of it as JSON, positions, indices, texture coordinates, colours, origins and
    /// merges ([`Share`]). Null behind the last, and undefined where what it is of has left.
    #[wasm_bindgen(js_name = printShare)]
    pub fn print_share(&self) -> JsValue {
        let PrintDesk { bought, shares, .. } = &mut *self.print.borrow_mut();
        let Some(shares) = shares else { return JsValue::UNDEFINED };
        let Share { about, positions, indices, uvs, colors, origins, merges } =
            match self.machine.borrow().next_share(shares, bought.as_ref()) {
                Ok(Some(share)) => share,
                Ok(None) => return JsValue::NULL,
                Err(_) => return JsValue::UNDEFINED,
            };
        let array = Array::new();
        array.push(&JsString::from(to_json(&about)));
        array.push(&Float32Array::from(cast_slice::<_, f32>(&positions)));
        array.push(&Uint32Array::from(indices.as_slice()));
        array.push(&Float32Array::from(cast_slice::<_, f32>(&uvs)));
        array.push(&Float32Array::from(cast_slice::<_, f32>(&colors)));
        array.push(&Uint32Array::from(origins.as_slice()));
        array.push(&Uint32Array::from(merges.as_flattened()));
        array.into()
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
    fn head(&self, desk: &mut PrintDesk, id: &str, wish: &str, writes: bool) -> Result<Head, Issue> {
        let machine = self.machine.borrow();
        let wish = Wish::from_json(wish)?;
        let scale = wish.checked_scale()?;
        let bought = desk.bought.as_ref();
        if bought.is_none() && writes && machine.print_source(id).is_some() {
            return Err(Issue::new(Code::PrintLicence, "", id));
        }
        desk.shares = Some(machine.print_shares(id, bought, desk.pictures.clone())?);
        let options = wish.apply(machine.print_options_from(id, bought, scale))?;
        let (name, part_number) = machine.print_name(id);
        let mut head = Head::new(id, &name, &part_number, options, machine.print_labels(id, &wish.buyer));
        head.reliefs = machine.print_reliefs(id, scale);
        Ok(head)
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
