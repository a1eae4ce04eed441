//! The package for npm: `dist/` as a shop installs it, with the element's modules as its bundler understands them.
//!
//! A script on a page finds the element's files by names that are put together while it runs; a bundler gives files other
//! names, and changes only what stands in the code as `import('./x.js')` or `new URL('./x', import.meta.url)`. So the
//! modules that name files lie in `npm/` once more, with every name written out. All else the package has once.

use super::squeeze::{PIECE, replaced};
use super::{
    COMPAT, ENTRY, MANIFEST, PANEL, PRINT, PRINT_WORKER, PRODUCT, ROOM, SHADERS, UNPACK, UNPACK_WORKER, dist::Dist,
    squeeze, wasm,
};
use crate::tree::{files, root, target};
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Where they lie.
const HOME: &str = "npm";
/// What is made anew, and of which module; the rest is taken from beside the folder.
const MODULES: [(&str, &str); 5] = [
    ("anprobe.js", ENTRY),
    ("product.js", PRODUCT),
    ("print.js", PRINT),
    ("decode.js", UNPACK),
    ("model-viewer.js", COMPAT),
];
/// The same, in pieces.
const SPLIT: (&str, &str) = ("ar.js", ROOM);
/// The same for scripts that run beside the page, and the glue of their modules: each has what it needs in itself.
const WORKERS: [(&str, &str, &str); 2] =
    [("print-worker.js", PRINT_WORKER, "anprobe_work.js"), ("decode-worker.js", UNPACK_WORKER, "anprobe_decode.js")];

/// How modules name what is fetched beside them, beside [`PIECE`]: a file whose name is made, a font.
const MADE: (&str, &str) = ("new URL(`./anprobe_${", "}`, import.meta.url)");
const FONT: (&str, &str) = ("new URL(`./fonts/${", "}.woff2`, import.meta.url)");
/// What stands for the panel on a server, which has no page.
const SERVER: (&str, &str) = (
    "server.js",
    "export class AnprobePanel {}\nexport const linkTo = () => '';\nexport const readAddress = () => {};\nexport const furnish = () => {};\n",
);
/// A module whose name is made.
const CHOSEN: (&str, &str) = ("import(String(beside(`", "`)))");
/// The module that knows all names.
const NAMES: &str = "names.js";

/// Adds the modules and the manifest; `dist` has all else.
pub(crate) fn add(dist: &mut Dist) -> Result<()> {
    let folder = sources(dist)?;
    for (entry, name) in MODULES {
        dist.add(Path::new(HOME).join(name), squeeze::packed(&folder, entry, &external())?)?;
    }
    for (piece, content) in squeeze::packed_pieces(&folder, SPLIT.0, SPLIT.1, &external())? {
        dist.add(Path::new(HOME).join(piece), content)?;
    }
    for (entry, name, _) in WORKERS {
        dist.add(Path::new(HOME).join(name), squeeze::packed(&folder, entry, &[])?)?;
    }
    dist.add(Path::new(HOME).join(SERVER.0), SERVER.1.as_bytes().to_vec())?;
    dist.add("README.md", fs::read(root().join("README.md"))?)?;
    dist.add("package.json", manifest()?.into_bytes())
}

/// What the modules in the folder name in each other, by the names that esbuild leaves alone.
fn external() -> Vec<String> {
    let own = MODULES.iter().map(|(_, name)| *name).chain([SPLIT.1]);
    own.map(|name| format!("./{name}")).chain(["../anprobe_*".to_owned()]).collect()
}

/// The modules with all names written out.
fn sources(dist: &Dist) -> Result<PathBuf> {
    let folder = target().join("xtask/package");
    let www = root().join("www");
    for file in files(&www)?.into_iter().filter(|file| squeeze::is_part(file)) {
        let text = squeeze::with_small_styles(&fs::read_to_string(www.join(&file))?)?;
        let place = folder.join(&file);
        fs::create_dir_all(place.parent().unwrap_or(&folder))?;
        fs::write(place, written_out(&text, &file)?)?;
    }
    fs::create_dir_all(folder.join("within"))?;
    for (.., glue) in WORKERS {
        let content = dist.content(glue).context("the glue comes before the package")?;
        fs::write(folder.join("within").join(glue), content)?;
    }
    fs::write(folder.join(NAMES), names(dist))?;
    Ok(folder)
}

/// A module with the names of files written out.
fn written_out(module: &str, file: &Path) -> Result<String> {
    let is_worker = WORKERS.iter().any(|(entry, ..)| file == Path::new(entry));
    let mut text = replaced(module, PIECE, |name| {
        let is_here = MODULES.iter().map(|(_, made)| *made).chain([SPLIT.1]).any(|made| made == name);
        let place = if is_worker {
            "./within/"
        } else if is_here {
            "./"
        } else {
            "../"
        };
        format!("import('{place}{name}')")
    });
    text = replaced(&text, CHOSEN, |name| format!("ownModule(`{name}`)"));
    text = replaced(&text, MADE, |name| format!("ownFile({name})"));
    text = replaced(&text, FONT, |name| format!("fontFile({name})"));
    if text.contains("import.meta.url") {
        bail!("www/{}: a bundler does not find what this module names; see {}", file.display(), file!());
    }
    let used = ["ownFile", "ownModule", "fontFile"]
        .into_iter()
        .filter(|name| text.contains(&format!("{name}(")))
        .collect::<Vec<_>>();
    if text != module && !used.is_empty() {
        let up = "../".repeat(file.components().count().saturating_sub(1));
        let up = if up.is_empty() { "./" } else { &up };
        writeln!(text, "import {{ {} }} from '{up}{NAMES}';", used.join(", "))?;
    }
    Ok(text)
}

/// The module that knows all names, each as bundlers look for them.
fn names(dist: &Dist) -> String {
    let is_worker = |name: &str| WORKERS.iter().any(|(_, made, _)| *made == name);
    let glue: BTreeSet<String> = super::all().map(|flavor| format!("{}.js", super::stem(flavor))).collect();
    let is_named = |name: &str| {
        name == SHADERS
            || is_worker(name)
            || glue.contains(name)
            || name.starts_with("anprobe_") && name.ends_with(".wasm")
    };
    let (mut own, mut fonts) = (String::new(), String::new());
    let pieces = MODULES.iter().map(|(_, name)| *name).filter(|name| ![ENTRY, COMPAT].contains(name));
    let pieces: String = pieces
        .map(|name| format!("  '{}': () => import('./{name}'),\n", name.trim_start_matches("anprobe_")))
        .collect();
    for path in dist.paths() {
        if let Some(short) = path.strip_prefix("anprobe_").filter(|_| is_named(&path)) {
            let up = if is_worker(&path) { "." } else { ".." };
            own += &format!("  '{short}': () => new URL('{up}/{path}', import.meta.url),\n");
        } else if let Some(font) = path.strip_prefix("fonts/").and_then(|name| name.strip_suffix(".woff2")) {
            fonts += &format!("  '{font}': () => new URL('../{path}', import.meta.url),\n");
        }
    }
    format!(
        "const OWN = {{\n{own}}};\nconst FONTS = {{\n{fonts}}};\n\
         const PIECES = {{\n{pieces}}};\n\
         // Glue is taken as it is: each instance has its own copy, by its address.\n\
         export function ownModule(name) {{\n  \
           return PIECES[name.split('?')[0]]?.() ?? import(/* @vite-ignore */ String(ownFile(name)));\n\
         }}\n\
         export function ownFile(name) {{\n  \
           const [file, again] = name.split('?');\n  \
           const address = OWN[file]();\n  \
           if (again) address.search = again;\n  \
           if (file.endsWith('_worker.js')) address.hash = encodeURIComponent(JSON.stringify(addresses()));\n  \
           return address;\n\
         }}\n\
         function addresses() {{\n  \
           return Object.fromEntries(Object.keys(FONTS).map((name) => [name, FONTS[name]().href]));\n\
         }}\n\
         // A script beside the page lies under a name of the bundler's, and is told where the fonts are.\n\
         export function fontFile(name) {{\n  \
           return globalThis.document ? FONTS[name]() : JSON.parse(decodeURIComponent(location.hash.slice(1)))[name];\n\
         }}\n"
    )
}

/// `package.json`; in this order, since the first condition that holds counts.
fn manifest() -> Result<String> {
    let version = wasm::version("anprobe")?;
    Ok(format!(
        r#"{{
  "name": "anprobe",
  "version": "{version}",
  "description": "Try a configurable 3D product on before you buy it: glTF preview, upgrades and AR for the web.",
  "keywords": ["3d", "ar", "configurator", "custom-element", "gltf", "model-viewer", "product", "webgpu", "webxr"],
  "license": "MIT OR Apache-2.0",
  "type": "module",
  "engines": {{ "node": ">=20" }},
  "main": "./{HOME}/{ENTRY}",
  "module": "./{HOME}/{ENTRY}",
  "types": "./anprobe.d.ts",
  "unpkg": "./{ENTRY}",
  "jsdelivr": "./{ENTRY}",
  "exports": {{
    ".": {{ "types": "./anprobe.d.ts", "default": "./{HOME}/{ENTRY}" }},
    "./panel": {{ "types": "./anprobe_panel.d.ts", "node": "./{HOME}/{server}", "default": "./{PANEL}" }},
    "./react": {{ "types": "./anprobe.react.d.ts" }},
    "./model-viewer-compat": {{ "types": "./anprobe_model_viewer.d.ts", "default": "./{HOME}/{COMPAT}" }},
    "./custom-elements.json": "./{MANIFEST}",
    "./package.json": "./package.json",
    "./*": "./*"
  }},
  "customElements": "{MANIFEST}",
  "sideEffects": true,
  "files": ["anprobe*", "{HOME}", "fonts", "{MANIFEST}", "THIRD-PARTY.txt", "LICENSE-*", "!**/*.br"],
  "peerDependencies": {{ "react": ">=19" }},
  "peerDependenciesMeta": {{ "react": {{ "optional": true }} }}
}}
"#,
        server = SERVER.0,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_out() {
        let module = "const a = import(String(new URL('./anprobe_product.js', import.meta.url)));\n\
                      const b = import(String(new URL('./anprobe_panel.js', import.meta.url)));\n\
                      fetch(new URL(`./anprobe_${file}.wasm`, import.meta.url));\n\
                      fetch(new URL(`./fonts/${font}.woff2`, import.meta.url));\n";
        let text = written_out(&module.replace("}.wasm`", "}`"), Path::new("panel/x.js")).unwrap_or_default();
        assert!(
            text.starts_with("const a = import('./anprobe_product.js');\nconst b = import('../anprobe_panel.js');\n"),
            "{text}"
        );
        assert!(text.contains("fetch(ownFile(file));\nfetch(fontFile(font));\n"), "{text}");
        assert!(text.ends_with("import { ownFile, fontFile } from '../names.js';\n"), "{text}");
        // A name that nobody knows how to write out is told, and not shipped.
        assert!(written_out(module, Path::new("x.js")).is_err());
    }
}
