//! Every shader is valid, means the same bytes as Rust, and uses only what WebGL2 has.
#![cfg(feature = "render")]
#![expect(clippy::panic, reason = "a shader that does not parse fails its test")]

#[path = "../build/gather.rs"]
mod gather;
#[path = "../build/wgsl.rs"]
mod wgsl;

use std::path::Path;

use anprobe::render::layout::MIRRORS;
use anprobe::render::shaders::{self, Module};
use naga::valid::{Capabilities, ValidationFlags, Validator};
use naga::{AddressSpace, Expression, ImageQuery, TypeInner};

fn parse(module: &Module) -> naga::Module {
    let source = module.source().unwrap_or_default();
    naga::front::wgsl::parse_str(&source)
        .unwrap_or_else(|error| panic!("{}: {}", module.name, error.emit_to_string(&source)))
}

fn validate(name: &str, source: &str, parsed: &naga::Module) {
    let mut validator = Validator::new(ValidationFlags::all(), Capabilities::empty());
    if let Err(error) = validator.validate(parsed) {
        panic!("{name}: {}", error.emit_to_string(source));
    }
}

#[test]
fn every_module_is_valid() {
    for module in shaders::ALL {
        let parsed = parse(module);
        assert!(!parsed.entry_points.is_empty(), "{} has no entry point", module.name);
        validate(module.name, &module.source().unwrap_or_default(), &parsed);
    }
}

#[test]
fn what_browsers_get_is_shorter_and_the_same() {
    let names = wgsl::Names::of(shaders::ALL.iter().flat_map(|module| module.parts).map(|part| (*part, 1)));
    for module in shaders::ALL {
        let long: String = module.source().unwrap_or_default();
        let short: String = module.parts.iter().map(|part| names.shorten(part)).collect();
        assert!(short.len() * 10 < long.len() * 8, "{}: {} of {} bytes", module.name, short.len(), long.len());
        let parsed = naga::front::wgsl::parse_str(&short)
            .unwrap_or_else(|error| panic!("{}: {}", module.name, error.emit_to_string(&short)));
        validate(module.name, &short, &parsed);
        // What Rust calls by name or number, and as much code as before.
        let shape = |parsed: &naga::Module| {
            let entries: Vec<_> = parsed.entry_points.iter().map(|entry| (entry.name.clone(), entry.stage)).collect();
            let overrides: Vec<_> = parsed.overrides.iter().map(|(_, found)| found.name.clone()).collect();
            let bindings: Vec<_> = parsed
                .global_variables
                .iter()
                .map(|(_, found)| format!("{:?}{:?}", found.binding, found.space))
                .collect();
            let code: Vec<_> = parsed.functions.iter().map(|(_, found)| found.expressions.len()).collect();
            (entries, overrides, bindings, code, parsed.global_expressions.len())
        };
        assert_eq!(shape(&parse(module)), shape(&parsed), "{}", module.name);
    }
}

/// The same modules with what browsers' builds hold in the place of each part, and the file that browsers fetch.
fn as_in_browsers() -> (Vec<Module>, String) {
    let long = gather::parts(Path::new("")).unwrap_or_else(|error| panic!("{error}"));
    let mut short = gather::parts(Path::new("")).unwrap_or_default();
    gather::shorten(&mut short);
    let embedded = gather::embedded(&short);
    let part = |text: &&'static str| {
        let same = long.iter().zip(&embedded).find(|(part, _)| part.source == **text);
        &*same.map_or_else(|| panic!("no file holds {text}"), |(_, short)| short.clone()).leak()
    };
    let module = |module: &Module| {
        let parts: Vec<&'static str> = module.parts.iter().map(part).collect();
        Module { name: module.name, parts: parts.leak() }
    };
    (shaders::ALL.iter().map(module).collect(), gather::fetched(&short))
}

#[test]
fn what_browsers_fetch_apart_completes_what_they_have() {
    let (modules, fetched) = as_in_browsers();
    let incomplete: Vec<_> =
        modules.iter().filter(|module| module.joined("").is_none()).map(|module| module.name).collect();
    assert_eq!(
        incomplete,
        ["layered", "skybox", "prefilter", "roles", "photo", "room depth"],
        "a first picture needs all others"
    );
    for module in &modules {
        let source = module.joined(&fetched).unwrap_or_else(|| panic!("{} lacks a part", module.name));
        let parsed = naga::front::wgsl::parse_str(&source)
            .unwrap_or_else(|error| panic!("{}: {}", module.name, error.emit_to_string(&source)));
        validate(module.name, &source, &parsed);
    }
    let build = fetched.lines().next().and_then(|mark| mark.rsplit(' ').next()).unwrap_or_default();
    let other = fetched.replace(build, "0");
    assert!(modules.iter().any(|module| module.joined(&other).is_none()), "parts of another build are none");
}

#[test]
fn every_struct_lies_in_wgsl_as_in_rust() {
    let parsed: Vec<_> = shaders::ALL.iter().map(parse).collect();
    for (name, size, fields) in MIRRORS {
        let mut seen = 0;
        for module in &parsed {
            let Some((_, found)) = module.types.iter().find(|(_, found)| found.name.as_deref() == Some(name)) else {
                continue;
            };
            let TypeInner::Struct { members, span } = &found.inner else { panic!("{name} is no struct") };
            seen += 1;
            assert_eq!(*span as usize, *size, "size of {name}");
            let offsets: Vec<_> =
                members.iter().map(|field| (field.name.as_deref().unwrap_or(""), field.offset as usize)).collect();
            assert_eq!(offsets, *fields, "fields of {name}");
        }
        assert!(seen > 0, "no shader has {name}");
    }
}

#[test]
fn nothing_is_used_that_webgl2_lacks() {
    for module in shaders::ALL {
        let parsed = parse(module);
        let mut textures = 0;
        for (_, variable) in parsed.global_variables.iter() {
            let name = variable.name.as_deref().unwrap_or("");
            assert!(
                !matches!(variable.space, AddressSpace::Storage { .. }),
                "{}: {name} is a storage buffer",
                module.name
            );
            let inner = &parsed.types[variable.ty].inner;
            if let TypeInner::Image { class, .. } = inner {
                assert!(!matches!(class, naga::ImageClass::Storage { .. }), "{}: {name} is stored to", module.name);
                // wgpu's WebGL2 backend counts those of both stages together.
                textures += 1;
            }
            if variable.space == AddressSpace::Uniform {
                let TypeInner::Struct { members, span } = inner else { panic!("{}: {name} is no struct", module.name) };
                assert!(*span <= 16_384, "{}: {name} is larger than a uniform may be", module.name);
                for member in members {
                    let three = TypeInner::Vector { size: naga::VectorSize::Tri, scalar: naga::Scalar::F32 };
                    assert!(parsed.types[member.ty].inner != three, "{}: {name} holds a vec3", module.name);
                }
            }
        }
        for (_, function) in parsed.functions.iter() {
            for (_, expression) in function.expressions.iter() {
                let asks = matches!(expression, Expression::ImageQuery { query: ImageQuery::NumLevels, .. });
                assert!(!asks, "{}: a texture is asked for its levels", module.name);
            }
        }
        assert!(textures <= 16, "{}: {textures} textures", module.name);
        for entry in &parsed.entry_points {
            assert!(entry.stage != naga::ShaderStage::Compute, "{}: {} computes", module.name, entry.name);
        }
    }
}
