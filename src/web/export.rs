//! Files of the product, and addresses for a phone's own viewer.

use glam::Mat4;
use wasm_bindgen::prelude::wasm_bindgen;

use super::viewer::Viewer;
use crate::export::glb;
use crate::export::quick_look::Banner;
use crate::export::scene_viewer::{Intent, file_of};
use crate::export::usdz::{self, Change, Encoding, Placement};
use crate::issue::{Code, Issue, Issues};
use crate::product::view::to_json;
use crate::scene::{ImageSource, SceneId};
use crate::viewer::escaped;

/// A file to be.
#[derive(Debug)]
pub(super) enum Plan {
    Usdz(usdz::Plan),
    Glb(Box<glb::Plan>),
}

/// What every file wants of a picture.
struct Wanted {
    scene: SceneId,
    image: usize,
    most_px: u32,
    change: Change,
    is_missing: bool,
}

impl Plan {
    fn count(&self) -> usize {
        match self {
            Self::Usdz(plan) => plan.pictures().len(),
            Self::Glb(plan) => plan.pictures().len(),
        }
    }

    fn picture(&self, at: usize) -> Option<Wanted> {
        Some(match self {
            Self::Usdz(plan) => {
                let picture = plan.pictures().get(at)?;
                let usdz::Picture { scene, image, most_px, change, .. } = *picture;
                Wanted { scene, image, most_px, change, is_missing: picture.is_missing() }
            }
            Self::Glb(plan) => {
                let picture = plan.pictures().get(at)?;
                let glb::Picture { scene, image, most_px, .. } = *picture;
                Wanted { scene, image, most_px, change: Change::NONE, is_missing: picture.is_missing() }
            }
        })
    }
}

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
        self.keep_plan(plan.map(Plan::Usdz))
    }

    /// Begins a GLB of what is shown.
    #[wasm_bindgen(js_name = planGlb)]
    pub fn plan_glb(&self, most_texture_px: u32, animations: bool) -> Option<usize> {
        let options = self.glb_options(most_texture_px, animations);
        let plan = self.machine.borrow().glb(&options);
        self.keep_plan(plan.map(|plan| Plan::Glb(Box::new(plan))))
    }

    /// Begins a GLB of some parts that can be printed, by id; `world_from_product` by columns. A `quick` one is larger.
    #[wasm_bindgen(js_name = planPrintGlb)]
    pub fn plan_print_glb(
        &self,
        ids: Vec<String>,
        world_from_product: &[f32],
        most_texture_px: u32,
        quick: bool,
    ) -> Option<usize> {
        let options = glb::Options { quick, ..self.glb_options(most_texture_px, false) };
        let world = world_from_product.try_into().map_or(Mat4::IDENTITY, Mat4::from_cols_array);
        let plan = self.machine.borrow().print_glb(&ids, world, &options);
        self.keep_plan(plan.map(|plan| Plan::Glb(Box::new(plan))))
    }

    /// A picture of the file that is to be made, as JSON: its address where it is no part of the model, else null; the
    /// model's address; what of the customer's is on it, else null; its longest side in pixels; what multiplies its numbers
    /// and what is added to them, for red, green, blue and alpha. Undefined when nothing is to be made.
    #[wasm_bindgen(js_name = filePicture)]
    pub fn file_picture(&self, at: usize) -> Option<String> {
        let (plan, machine) = (self.file.borrow(), self.machine.borrow());
        let picture = plan.as_ref()?.picture(at).filter(|picture| picture.is_missing)?;
        let source = &machine.scene(picture.scene)?.images.get(picture.image)?.source;
        let uri = if let ImageSource::External { uri } = source { Some(escaped(uri)) } else { None };
        let print = machine.print_over(picture.scene, picture.image);
        let change = picture.change;
        Some(to_json(&(uri, machine.address_of(picture.scene), print, picture.most_px, change.scale, change.bias)))
    }

    /// What it is made of, encoded; undefined where that has an address.
    #[wasm_bindgen(js_name = fileSource)]
    pub fn file_source(&self, at: usize) -> Option<Vec<u8>> {
        let (plan, machine) = (self.file.borrow(), self.machine.borrow());
        let picture = plan.as_ref()?.picture(at)?;
        match &machine.scene(picture.scene)?.images.get(picture.image)?.source {
            ImageSource::Encoded { bytes, .. } => Some(bytes.to_vec()),
            ImageSource::External { .. } => None,
        }
    }

    /// The media type to encode it in, after what it is made of; empty where that can go in as it is.
    #[wasm_bindgen(js_name = fileType)]
    pub fn file_type(&self, at: usize, source: &[u8]) -> String {
        let plan = self.file.borrow();
        let encoding = match plan.as_ref() {
            Some(Plan::Usdz(plan)) => plan.pictures().get(at).and_then(|picture| picture.encoding(source)),
            Some(Plan::Glb(plan)) => plan.pictures().get(at).and_then(|picture| picture.encoding(source)),
            None => None,
        };
        String::from(match encoding {
            None => "",
            Some(Encoding::Png) => "image/png",
            Some(Encoding::Jpeg) => "image/jpeg",
        })
    }

    /// Takes a picture, as PNG or JPEG.
    #[wasm_bindgen(js_name = giveFile)]
    pub fn give_file(&self, at: usize, bytes: Vec<u8>) {
        match self.file.borrow_mut().as_mut() {
            Some(Plan::Usdz(plan)) => plan.give(at, bytes),
            Some(Plan::Glb(plan)) => plan.give(at, bytes),
            None => false,
        };
    }

    /// The file. What it cannot have goes to the console.
    #[wasm_bindgen(js_name = writeFile)]
    pub fn write_file(&self) -> Option<Vec<u8>> {
        let mut plan = self.file.borrow_mut().take()?;
        let file = match &mut plan {
            Plan::Usdz(plan) => plan.write(),
            Plan::Glb(plan) => plan.write(),
        };
        self.complain_of(match &plan {
            Plan::Usdz(plan) => plan.issues(),
            Plan::Glb(plan) => plan.issues(),
        });
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

    /// The address of a configuration's own file, from a template with `{code}` or `{file}`.
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
    fn keep_plan(&self, plan: Result<Plan, Issue>) -> Option<usize> {
        let plan = plan.map_err(|issue| self.complain("", &issue)).ok();
        let count = plan.as_ref().map(Plan::count);
        self.file.replace(plan);
        count
    }

    fn glb_options(&self, most_texture_px: u32, animations: bool) -> glb::Options {
        let name = self.machine.borrow().print_labels("", "").title;
        glb::Options { name, most_texture_px: most_texture_px.max(1), animations, ..glb::Options::default() }
    }

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
