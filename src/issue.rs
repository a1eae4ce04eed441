//! What a reader has to say about a file: typed, with a stable code, a place and a remedy.
//!
//! Readers are generous: they return what can be shown together with [`Issues`], and an error only
//! when nothing can be shown. The words of an issue are made by [`Code`]; a shop may replace them by code.

use std::fmt;

/// How much an [`Issue`] matters to the one who looks at the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is lost, but the file is not as the specification wants it.
    Info,
    /// Something small is missing or was guessed.
    Warning,
    /// A part of the product was dropped.
    Error,
}

macro_rules! codes {
    ($(
        $(#[$doc:meta])* $name:ident $(in $feature:literal)? $(where $condition:meta)? = $text:literal, $severity:ident,
        $message:literal, $remedy:literal;
    )*) => {
        /// Every code that an [`Issue`] or an error can carry; the spelling never changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $(#[cfg(feature = $feature)])? $(#[cfg($condition)])? $name,)* }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$($(#[cfg(feature = $feature)])? $(#[cfg($condition)])? Self::$name,)*];

            /// The stable spelling, `SCREAMING_SNAKE`.
            pub fn as_str(self) -> &'static str {
                match self { $($(#[cfg(feature = $feature)])? $(#[cfg($condition)])? Self::$name => $text,)* }
            }

            /// How grave this code is.
            pub fn severity(self) -> Severity {
                match self { $($(#[cfg(feature = $feature)])? $(#[cfg($condition)])? Self::$name => Severity::$severity,)* }
            }

            /// What happened, in English, without the details of the case.
            pub fn message(self) -> &'static str {
                match self { $($(#[cfg(feature = $feature)])? $(#[cfg($condition)])? Self::$name => $message,)* }
            }

            /// What the maker of the file or page can do about it, in English.
            pub fn remedy(self) -> &'static str {
                match self { $($(#[cfg(feature = $feature)])? $(#[cfg($condition)])? Self::$name => $remedy,)* }
            }
        }
    };
}

codes! {
    /// The bytes are neither GLB nor glTF JSON.
    NotGltf = "GLTF_NOT_GLTF", Error, "the file is neither GLB nor glTF", "export the model as .glb or .gltf (glTF 2.0)";
    /// A glTF version other than 2.x.
    Version = "GLTF_VERSION", Error, "the file is not glTF version 2", "export the model as glTF 2.0";
    /// The GLB container is cut short or contradicts itself.
    Container = "GLB_CONTAINER", Error, "the GLB container is damaged", "export or upload the file again";
    /// The JSON does not parse.
    Json = "GLTF_JSON", Error, "the glTF JSON does not parse", "export or upload the file again";
    /// A value of the JSON has the wrong type or is out of its range.
    Value = "GLTF_VALUE", Warning, "a value has the wrong type or range and was left out or limited", "run the file through the glTF validator and export it again";
    /// A rule of the specification is broken without loss.
    Conformance = "GLTF_CONFORMANCE", Info, "the file breaks a rule of the specification, without loss", "run the file through the glTF validator and export it again";
    /// An index names nothing.
    IndexOutOfRange = "GLTF_INDEX_OUT_OF_RANGE", Error, "an index names something that is not in the file", "export the model again";
    /// A buffer, view or accessor reaches past its bytes.
    Range = "GLTF_RANGE", Error, "data reaches past the end of its buffer", "export or upload the file again";
    /// An accessor has a type that its use does not allow.
    AccessorType = "GLTF_ACCESSOR_TYPE", Error, "an accessor has a type that its use does not allow", "export the model again";
    /// An external file or data URI could not be had.
    Resource = "GLTF_RESOURCE", Error, "a file that the model names could not be read", "upload every file that the .gltf names beside it";
    /// A URI that may not be followed.
    Uri = "GLTF_URI", Error, "an address in the file cannot be used", "use relative addresses or data URIs";
    /// An extension is required that this version does not read. A page's module that only shows leaves the words to the one
    /// that unpacks.
    RequiredExtension where any(not(target_arch = "wasm32"), feature = "product", feature = "decode") = "GLTF_REQUIRED_EXTENSION", Error, "the file requires an extension that is not supported", "export the model without the extension";
    /// A stream that is packed cannot be unpacked.
    Packed in "decode" = "GLTF_PACKED", Error, "packed data of the file cannot be unpacked", "pack the model again, or upload it again";
    /// An extension is used that this version does not read.
    UnknownExtension = "GLTF_UNKNOWN_EXTENSION", Info, "the file uses an extension that is not shown", "nothing needs to be done if the product looks right";
    /// The node tree has a cycle or a node with two parents.
    NodeTree = "GLTF_NODE_TREE", Error, "the node tree has a cycle or a node with two parents", "export the model again";
    /// Tangents for a normal map are missing and were not made; the renderer derives them for each pixel.
    Tangents = "GLTF_TANGENTS", Info, "tangents are missing and were not made, so that the normal map is lit less smoothly", "export the model with tangents";
    /// There is nothing to see in the file.
    Empty = "GLTF_EMPTY", Error, "the file holds nothing to show", "export the model with its meshes";
    /// A limit of the viewer was passed.
    Limit = "GLTF_LIMIT", Error, "the model is larger than the viewer allows", "simplify the model or raise the limit";
    /// A material has more than can be shown.
    Material = "GLTF_MATERIAL", Warning, "a material is shown simpler than the file describes it", "pack its textures into fewer, or export it as metallic-roughness";
    /// A picture could not be decoded.
    Image = "GLTF_IMAGE", Warning, "a picture could not be decoded", "save the picture as PNG, JPEG or WebP";
    /// An environment picture could not be read.
    Environment = "ENVIRONMENT_IMAGE", Warning, "the environment picture could not be read", "use a Radiance .hdr or an equirectangular PNG or JPEG";
    /// An attribute of the element does not parse.
    Attribute = "ATTRIBUTE_VALUE", Warning, "an attribute has a value that cannot be read", "see the table of attributes for its form";
    /// The file could not be fetched.
    Fetch = "FETCH_FAILED", Error, "the file could not be fetched", "check the address, the network and the server's CORS headers";
    /// No usable graphics on this device.
    NoGraphics = "GRAPHICS_UNAVAILABLE", Error, "this browser offers neither WebGPU nor WebGL2", "show a poster; enable hardware acceleration";
    /// The graphics device refused what it was given.
    Graphics = "GRAPHICS_ERROR", Error, "the graphics device refused the model", "reload the page; if it comes again, simplify the model or report it";
    /// The graphics context or device went away.
    GraphicsLost = "GRAPHICS_LOST", Warning, "the graphics context was lost", "none: the viewer recovers by itself";
    /// The product file is no JSON, or not of this format.
    Product in "product" = "PRODUCT_FILE", Error, "the product file cannot be read", "compare it with the schema, product.schema.json";
    /// A value of the product file has the wrong type or is missing.
    ProductValue in "product" = "PRODUCT_VALUE", Error, "an entry of the product file is not of the form that the schema asks for and was left out", "compare it with the schema, product.schema.json";
    /// A field of the product file has no meaning.
    ProductField in "product" = "PRODUCT_FIELD", Warning, "a field is not known and has no effect", "check its spelling against the schema, product.schema.json";
    /// Something in the product file names what is not there.
    ProductName in "product" = "PRODUCT_NAME", Error, "a name names nothing", "check its spelling, or add what it names";
    /// Two entries have one id or number.
    ProductDuplicate in "product" = "PRODUCT_DUPLICATE", Error, "an id or number is used twice, and the later entry was left out", "give each entry an id and a number of its own";
    /// A number of the product file is out of its range.
    ProductRange in "product" = "PRODUCT_RANGE", Error, "a number is out of its range", "correct the number";
    /// An entry of the product file contradicts itself or says nothing.
    ProductEntry in "product" = "PRODUCT_ENTRY", Warning, "an entry says nothing, or what its kind does not know", "complete it or leave it out";
    /// The product file is larger than can be handled.
    ProductLimit in "product" = "PRODUCT_LIMIT", Error, "the product file holds more than can be handled", "split the product, or leave out what is not sold";
    /// No combination keeps all rules.
    ProductContradiction in "product" = "PRODUCT_CONTRADICTION", Error, "no combination keeps all rules, so that none is applied", "correct one of the rules named here";
    /// A choice is in no combination.
    ProductDead in "product" = "PRODUCT_DEAD_CHOICE", Warning, "no combination has this choice", "correct the rules named here, or leave the choice out";
    /// The default is no combination.
    ProductDefault in "product" = "PRODUCT_DEFAULT", Warning, "the defaults break a rule, so that the nearest combination is shown first", "correct the defaults";
    /// The rules could not be compiled within their budget.
    ProductRules in "product" = "PRODUCT_RULES", Error, "the rules are too intricate to be answered exactly here", "simplify them";
    /// An address that no page should follow.
    ProductAddress in "product" = "PRODUCT_ADDRESS", Error, "an address cannot be used", "use an https: or relative address";
    /// Compiled rules are not those of their product file.
    ProductCompiled in "product" = "PRODUCT_COMPILED", Warning, "the compiled rules are not of this product file, so that they are compiled here", "compile them again: anprobe compile";
    /// What a product file wants of a model is not in it.
    Look in "product" = "PRODUCT_LOOK", Warning, "a choice changes something that the model does not have", "compare the names with those in the model";
    /// Something of a look has no place in a file that is made of it.
    Export in "product" = "EXPORT_LEFT_OUT", Warning, "a part of the product cannot be in the file and was left out", "model it as triangles";
    /// There is nothing that could be in a file.
    ExportEmpty in "product" = "EXPORT_EMPTY", Error, "there is nothing to make a file of", "wait until the product is shown, and show a part that has triangles";
    /// A file would be larger than its format allows.
    ExportLimit in "product" = "EXPORT_LIMIT", Error, "the file would be larger than its format allows", "simplify the product, or allow smaller textures";
    /// A picture is not in a file that is made of a look.
    ExportPicture in "product" = "EXPORT_PICTURE", Warning, "a picture could not be had and is not in the file", "save the picture as PNG or JPEG beside the model";
    /// USD has no word for a part of a material.
    UsdzMaterial in "product" = "USDZ_MATERIAL", Warning, "a surface looks simpler in Quick Look than here", "nothing needs to be done if it looks right there";
    /// What moves here stands still in the file.
    UsdzMotion in "product" = "USDZ_MOTION", Info, "a motion stands still in Quick Look", "move nodes as a whole instead of bones and morph targets";
    /// A part is no solid, so that no printer could make it.
    PrintRefused in "product" = "PRINT_REFUSED", Error, "a part cannot be printed as it is modelled", "close its surface in the model: printReport() shows where it is open";
    /// What is printed is sold as a file of its own.
    PrintLicence in "product" = "PRINT_LICENCE", Error, "the print file is sold apart, and nobody has shown that it was bought", "give the token that the shop's print action returned";
    /// A print is asked for in a way that there is not.
    PrintOption in "product" = "PRINT_OPTION", Error, "there is no such material, printer, part, size or layer", "take one of those that printable() and printReport() list";
    /// Words of the customer's cannot be made as a shape.
    PrintRelief in "product" = "PRINT_RELIEF", Error, "words cannot be made on this part as they lie there", "make them smaller, move them to where the part is flat, or leave them away";
    /// A relief would go through its part.
    PrintReliefDepth in "product" = "PRINT_RELIEF_DEPTH", Error, "there is no room for the depth of the words", "make them less deep in the product file, or the wall thicker";
    /// A letter has no outline.
    PrintGlyph in "product" = "PRINT_GLYPH", Error, "a letter is in none of the fonts that can be printed", "write it otherwise, or choose another font";
    /// A font has no outlines here.
    PrintFont in "product" = "PRINT_FONT", Warning, "a font cannot be printed, and another one stands in", "choose one of the fonts that ship with the element";
    /// A picture has no outlines.
    PrintPicture in "product" = "PRINT_PICTURE", Warning, "a picture cannot be printed as a shape and is left out", "use words, or have the picture printed by other means";
    /// An address cannot be given to the phone's own viewer.
    ArAddress in "product" = "AR_ADDRESS", Error, "an address cannot be handed to the phone's viewer", "use an address with https: that anyone can open";
    /// A parameter of the phone's own viewer has no such value.
    ArValue in "product" = "AR_VALUE", Warning, "a parameter for the phone's viewer is not known or has another form, and was left out", "see the table of parameters for its form";
    /// Too few points are marked in a picture of the product.
    AlignFew in "product" = "ALIGN_TOO_FEW", Error, "too few points are marked", "mark four points, or align the outline by hand";
    /// Two points that are marked in a picture are one.
    AlignCoincident in "product" = "ALIGN_COINCIDENT", Error, "two marked points are at one place", "move one of them";
    /// All points that are marked in a picture lie on a line.
    AlignLine in "product" = "ALIGN_LINE", Error, "the marked points lie on a line", "mark one that is beside it, or take the picture from another side";
    /// Two points that are marked in a picture were taken for each other.
    AlignSwapped in "product" = "ALIGN_SWAPPED", Error, "two marked points were taken for each other", "swap them";
    /// One point that is marked in a picture is elsewhere.
    AlignOutlier in "product" = "ALIGN_OUTLIER", Error, "one marked point is not where the others say", "mark it again";
    /// Points that are marked in a picture do not belong together.
    AlignApart in "product" = "ALIGN_APART", Error, "the marked points do not fit the product", "mark them again, or align the outline by hand";
    /// The files of a product are larger than where it is shown allows.
    AuditBytes in "cli" = "AUDIT_FILE_SIZE", Warning, "the first view's files are larger than its target allows", "make textures smaller, or save colour maps as JPEG or WebP";
    /// A product has more triangles than where it is shown allows.
    AuditTriangles in "cli" = "AUDIT_TRIANGLES", Warning, "more triangles are drawn than the target allows", "simplify what is small or not seen, and bake detail into normal maps";
    /// A product has more draw calls than where it is shown allows.
    AuditDrawCalls in "cli" = "AUDIT_DRAW_CALLS", Warning, "more parts are drawn one by one than the target allows", "join parts that share a material";
    /// A product has more draw calls than where it is shown aims at.
    AuditManyDrawCalls in "cli" = "AUDIT_MANY_DRAW_CALLS", Info, "more parts are drawn one by one than the target aims at", "join parts that share a material and never change apart";
    /// A texture is larger than where it is shown allows.
    AuditTexture in "cli" = "AUDIT_TEXTURE_SIZE", Warning, "a picture is larger than the target allows", "save it smaller; normal and roughness maps lose least";
    /// A texture's sides are no powers of two.
    AuditSides in "cli" = "AUDIT_TEXTURE_SIDES", Warning, "a picture's sides are no powers of two", "save it with sides such as 512, 1024 or 2048";
    /// A model is too small or too large for a product.
    AuditScale in "cli" = "AUDIT_SCALE", Warning, "the model is too small or too large for a product", "export it in metres: one unit is one metre";
    /// A model does not stand on the origin.
    AuditOrigin in "cli" = "AUDIT_ORIGIN", Warning, "the middle of the product's foot is not at the origin", "move it there before it is exported, so that it stands where it is put";
    /// A model brings lights.
    AuditLight in "cli" = "AUDIT_LIGHT", Warning, "the model brings a light of its own", "leave lights out: the page and the room have theirs";
    /// A mesh mixes what one sees through with what one does not.
    AuditMixed in "cli" = "AUDIT_MIXED_MESH", Info, "one mesh has transparent and opaque parts", "make what is transparent a mesh and a node of its own";
    /// A text lacks a language.
    AuditLanguage in "cli" = "AUDIT_LANGUAGE", Warning, "a text is not in all languages that the file has", "add the languages named here";
    /// A piece that is to be printed cannot be.
    AuditUnprintable in "cli" = "AUDIT_UNPRINTABLE", Warning, "a piece cannot be printed as it is modelled", "close its surface in the model, with all triangles facing outwards and no inner faces";
    /// A piece that is to be printed is too fine or too large for what it is printed with.
    AuditWeakPrint in "cli" = "AUDIT_WEAK_PRINT", Info, "a piece may not print well in its material", "make it thicker there, or choose a material whose process is finer";
    /// A piece that is to be printed is not shown when it should be.
    AuditPieceMissing in "cli" = "AUDIT_PIECE_MISSING", Warning, "a piece that is to be printed has no triangles in a configuration that has it", "name nodes that are shown then, or correct its `when`";
    /// What is sold is not at hand: what is shown was judged in its place.
    AuditPieceSource in "cli" = "AUDIT_PIECE_SOURCE", Info, "the file of a piece that is sold apart is not here, and what the model shows of it was judged instead", "check the product once where that file is, under the address that `source` says";
    /// Words or pictures of a customer's are not drawn here.
    PictureWords in "cli" = "RENDER_WORDS", Warning, "what a customer gave is not in this picture as a page draws it", "name the folder that has it: --pictures for customers' pictures, --fonts for the page's fonts";
    /// What a file names beside it is not there.
    AuditFile in "cli" = "AUDIT_FILE", Error, "a file that the product names cannot be read", "put it beside the product file, or correct its address";
    /// The Wasm instance ended.
    Trap = "VIEWER_TRAP", Error, "the viewer stopped unexpectedly", "please report this with the file that caused it";
}

/// One thing that a reader noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// What kind it is.
    pub code: Code,
    /// The spot in the file as a JSON pointer (RFC 6901), such as `/meshes/0/primitives/1`; empty for the whole.
    pub path: String,
    /// What exactly was found here, in a few words: a name, a count, an address.
    pub detail: String,
}

impl Issue {
    /// An issue at `path`.
    pub fn new(code: Code, path: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { code, path: path.into(), detail: detail.into() }
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code.message())?;
        if !self.detail.is_empty() {
            write!(out, ": {}", self.detail)?;
        }
        if !self.path.is_empty() {
            write!(out, " (at {})", self.path)?;
        }
        write!(out, "; {}", self.code.remedy())
    }
}

impl std::error::Error for Issue {}

/// The reporter for partial failures: what was noticed, in the order of the reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issues(Vec<Issue>);

impl Issues {
    /// As many issues as one file may bring; the rest says nothing new.
    pub const MOST: usize = 200;

    /// Takes one issue, unless it is there already or there are [`Issues::MOST`].
    pub fn report(&mut self, code: Code, path: impl Into<String>, detail: impl Into<String>) {
        if self.is_full() {
            return;
        }
        let issue = Issue::new(code, path, detail);
        if !self.0.contains(&issue) {
            self.0.push(issue);
        }
    }

    /// True when nothing more is taken.
    pub fn is_full(&self) -> bool {
        self.0.len() >= Self::MOST
    }

    /// All issues, in the order of the reading.
    pub fn iter(&self) -> std::slice::Iter<'_, Issue> {
        self.0.iter()
    }

    /// True when nothing was noticed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True when there is an issue with this code.
    pub fn contains(&self, code: Code) -> bool {
        self.0.iter().any(|issue| issue.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_spelled_once_and_has_words() {
        for (position, code) in Code::ALL.iter().enumerate() {
            assert!(!code.message().is_empty() && !code.remedy().is_empty());
            assert!(code.as_str().chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'));
            assert!(Code::ALL.iter().skip(position + 1).all(|other| other.as_str() != code.as_str()));
        }
    }

    #[test]
    fn an_issue_reads_as_a_sentence_with_place_and_remedy() {
        let issue = Issue::new(Code::Range, "/accessors/3", "needs 96 bytes, has 40");
        assert_eq!(
            issue.to_string(),
            "data reaches past the end of its buffer: needs 96 bytes, has 40 (at /accessors/3); \
             export or upload the file again"
        );
    }
}
