//! Files of the product, and addresses for a phone's own viewer.

use wasm_bindgen::prelude::wasm_bindgen;

use super::viewer::Viewer;
use crate::export::quick_look::Banner;
use crate::export::scene_viewer::{Intent, file_of};
use crate::export::usdz::{Encoding, Placement};
use crate::issue::{Code, Issue, Issues};
use crate::product::view::to_json;
use crate::scene::ImageSource;
use crate::viewer::escaped;

#[wasm_bindgen]
impl Viewer {
    /// Begins a USDZ of what is shown, for `floor`, `table`, `wall` or `any`: how many pictures it needs; undefined when
    /// there is nothing to show.
    #[wasm_bindgen(js_name = planUsdz)]
    pub fn plan_usdz(&self, placement: &str, most_texture_px: u32) -> Option<usize> {
        let placement = match placement {
            "wall" => Placement::Vertical,
            "any" => Placement::Any,
            _ => Placement::Horizontal,
        };
        let plan = self.machine.borrow().usdz(placement, most_texture_px.max(1));
        let plan = plan.map_err(|issue| self.complain("", &issue)).ok();
        let count = plan.as_ref().map(|plan| plan.pictures().len());
        *self.usdz.borrow_mut() = plan;
        count
    }

    /// A picture of it that is to be made, as JSON: its address where it is no part of the model, else null; the model's
    /// address; what of the customer's is on it, else null; its longest side in pixels; what multiplies its numbers and what
    /// is added to them, for red, green, blue and alpha. Undefined when nothing is to be made.
    #[wasm_bindgen(js_name = usdzPicture)]
    pub fn usdz_picture(&self, at: usize) -> Option<String> {
        let (plan, machine) = (self.usdz.borrow(), self.machine.borrow());
        let picture = plan.as_ref()?.pictures().get(at).filter(|picture| picture.is_missing())?;
        let source = &machine.scene(picture.scene)?.images.get(picture.image)?.source;
        let uri = if let ImageSource::External { uri } = source { Some(escaped(uri)) } else { None };
        let print = machine.print_over(picture.scene, picture.image);
        let change = picture.change;
        Some(to_json(&(uri, machine.address_of(picture.scene), print, picture.most_px, change.scale, change.bias)))
    }

    /// What it is made of, encoded; undefined where that has an address.
    #[wasm_bindgen(js_name = usdzSource)]
    pub fn usdz_source(&self, at: usize) -> Option<Vec<u8>> {
        let (plan, machine) = (self.usdz.borrow(), self.machine.borrow());
        let picture = plan.as_ref()?.pictures().get(at)?;
        match &machine.scene(picture.scene)?.images.get(picture.image)?.source {
            ImageSource::Encoded { bytes, .. } => Some(bytes.to_vec()),
            ImageSource::External { .. } => None,
        }
    }

    /// The media type to encode it in, after what it is made of; empty where that can go in as it is.
    #[wasm_bindgen(js_name = usdzType)]
    pub fn usdz_type(&self, at: usize, source: &[u8]) -> String {
        let plan = self.usdz.borrow();
        let picture = plan.as_ref().and_then(|plan| plan.pictures().get(at));
        let encoding = picture.and_then(|picture| picture.encoding(source));
        String::from(match encoding {
            None => "",
            Some(Encoding::Png) => "image/png",
            Some(Encoding::Jpeg) => "image/jpeg",
        })
    }

    /// Takes a picture, as PNG or JPEG.
    #[wasm_bindgen(js_name = giveUsdz)]
    pub fn give_usdz(&self, at: usize, bytes: Vec<u8>) {
        if let Some(plan) = self.usdz.borrow_mut().as_mut() {
            plan.give(at, bytes);
        }
    }

    /// The file. What it cannot have goes to the console.
    #[wasm_bindgen(js_name = writeUsdz)]
    pub fn write_usdz(&self) -> Option<Vec<u8>> {
        let mut plan = self.usdz.borrow_mut().take()?;
        let file = plan.write();
        self.complain_of(plan.issues());
        file.map_err(|issue| self.complain("", &issue)).ok()
    }

    /// What comes behind the address of a file for Quick Look, from Apple's parameters; `#` included.
    #[wasm_bindgen(js_name = quickLookFragment)]
    pub fn quick_look_fragment(&self, names: Vec<String>, values: Vec<String>) -> String {
        let mut banner = Banner::default();
        for (name, value) in names.iter().zip(&values) {
            if let Err(issue) = banner.set(name, value) {
                self.complain("", &issue);
            }
        }
        banner.fragment()
    }

    /// The address of a configuration's own file, from a template with `{code}`.
    #[wasm_bindgen(js_name = sceneViewerFile)]
    pub fn scene_viewer_file(&self, template: &str, code: &str) -> String {
        file_of(template, code)
    }

    /// The address that opens Scene Viewer; undefined when one that it is made of cannot be handed over. `flags`: `only`,
    /// `resizable` and `vertical`, with spaces between them; the rest may be empty, but for the file.
    #[wasm_bindgen(js_name = sceneViewerUrl)]
    pub fn scene_viewer_url(
        &self,
        file: String,
        title: String,
        link: String,
        sound: String,
        fallback: String,
        flags: &str,
    ) -> Option<String> {
        let has = |flag: &str| flags.split_ascii_whitespace().any(|known| known == flag);
        let (is_ar_only, is_resizable, is_vertical) = (has("only"), has("resizable"), has("vertical"));
        let intent = Intent { file, is_ar_only, is_resizable, is_vertical, title, link, sound, fallback };
        intent.url().map_err(|issue| self.complain("", &issue)).ok()
    }
}

impl Viewer {
    /// Tells all that was noticed; of many of one kind how many more there are.
    fn complain_of(&self, issues: &Issues) {
        const MOST: usize = 5;
        for code in Code::ALL {
            let of_kind = || issues.iter().filter(|issue| issue.code == *code);
            of_kind().take(MOST).for_each(|issue| self.complain("", issue));
            let more = of_kind().skip(MOST).count();
            if more > 0 {
                let mut detail = more.to_string();
                detail.push_str(" more");
                self.complain("", &Issue::new(*code, "", detail));
            }
        }
    }
}
