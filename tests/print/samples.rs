//! The printed parts of the sample products are what their product files say.

use anprobe::issue::Code;
use anprobe::print::{Checked, FindingKind, Options, Piece, Report, Wish, check};
use anprobe::viewer::{Command, ProductCommand, Viewer};

use crate::shell::Shell;
use crate::standing::{Sample, product};

/// Each product, the answer that brings its printed piece, and the piece.
pub(crate) const PIECES: [(&str, &str, &str, &str); 4] = [
    ("lamp", "shade", "\"printed\"", "shade"),
    ("lamp", "clip", "\"printed\"", "clip"),
    ("lamp", "engraving", "\"Für Mia\"", "plate"),
    ("case", "extras", "[\"lip\"]", "rim"),
];

pub(crate) fn configured(name: &str, group: &str, answer: &str) -> Sample {
    let mut sample = product(name, &[]);
    let (group, answer) = (group.to_owned(), answer.to_owned());
    sample.shell.command(Command::Product(ProductCommand::Repair { group, answer }));
    sample.shell.settle();
    sample
}

fn asset(name: &str) -> Vec<u8> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(name)).unwrap()
}

pub(crate) fn looked_at(sample: &Sample, piece: &str) -> Checked {
    let viewer = &sample.shell.viewer;
    // What is sold apart lies beside its product.
    let bought = viewer.print_source(piece);
    let bought = bought.map(|source| Viewer::open_bought(asset(source.rsplit('/').next().unwrap())).unwrap());
    let options = viewer.print_options_from(piece, bought.as_ref(), 1.0);
    let made = match &bought {
        Some(scene) => viewer.print_piece_from(piece, scene, 1.0),
        None => viewer.print_piece(piece, 1.0),
    };
    check(made.unwrap(), options).run().unwrap()
}

fn summary(report: &Report) -> String {
    let kinds: Vec<_> = report.findings.iter().map(|finding| (finding.kind, finding.count, finding.worst)).collect();
    format!(
        "{}: {:.1} mm, {} triangles, {} shells, {:.0} mm³, walls {:?}, details {:?}, gaps {:?}, height {:.1}, overhang {:.0} mm², \
         contact {:.0} mm², supports {:.0} mm³, {:?}, {kinds:?}, {:?}",
        report.name,
        report.size_mm,
        report.triangles,
        report.shells,
        report.volume_mm3,
        report.least_wall_mm,
        report.least_detail_mm,
        report.least_gap_mm,
        report.best.height_mm,
        report.best.overhang_mm2,
        report.best.contact_mm2,
        report.supports.volume_mm3(),
        report.repairs,
        report.estimates,
    )
}

#[test]
fn printed_pieces_are_solid_and_print_as_their_product_says() {
    for (name, group, answer, piece) in PIECES {
        let sample = configured(name, group, answer);
        assert!(sample.shell.viewer.printable().contains(&piece), "{name} {piece}");
        let checked = looked_at(&sample, piece);
        let report = checked.report();
        println!("{}", summary(report));
        assert!(report.is_printable && report.repairs.is_empty(), "{}", summary(report));
        for kind in [FindingKind::OpenEdge, FindingKind::CrowdedEdge, FindingKind::ThinWall, FindingKind::Overhang] {
            assert!(report.finding(kind).is_none(), "{kind:?}: {}", summary(report));
        }
        assert!(report.beds.iter().any(|fit| fit.turn_deg.is_some()));
    }
}

#[test]
fn what_is_not_chosen_cannot_be_printed() {
    let sample = product("lamp", &[]);
    assert!(sample.shell.viewer.printable().is_empty());
    assert!(sample.shell.viewer.print_piece("shade", 1.0).is_err());
    assert!(sample.shell.viewer.print_piece("none", 1.0).is_err());
    let all = sample.shell.viewer.print_nodes(&[], 1.0).unwrap();
    assert!(all.bodies.len() > 5 && all.triangles.len() > 10_000);
}

#[test]
fn a_page_that_scales_and_turns_the_product_prints_it_in_its_true_size() {
    let plain = configured("case", "extras", "[\"lip\"]");
    let turned = product("case", &[("scale", "3 3 3"), ("orientation", "90deg 20deg 0deg")]);
    let [plain, turned] =
        [&plain, &turned].map(|sample| sample.shell.viewer.print_piece("rim", 1.0).unwrap().bounds_mm().size());
    assert!(plain.distance(turned) < 1e-2, "{plain} {turned}");
    let half = configured("case", "extras", "[\"lip\"]").shell.viewer.print_piece("rim", 0.5).unwrap();
    assert!((half.bounds_mm().size() * 2.0).distance(plain) < 1e-3);
}

#[test]
fn what_is_sold_apart_is_neither_fetched_nor_written_from_what_is_shown() {
    let text = String::from_utf8(asset("case.json")).unwrap();
    let sold = text.replace(r#""nodes": ["lip_camera"],"#, r#""nodes": ["lip_camera"], "source": "sold/rim.glb","#);
    assert_ne!(text, sold);
    let mut shell = Shell::new();
    shell.file("shop/case.json", sold.into_bytes());
    shell.file("shop/case-61.glb", asset("case-61.glb"));
    shell.set("interaction-prompt", "none");
    shell.place(true);
    shell.set("product", "shop/case.json");
    shell.settle();
    assert!(shell.viewer.loaded(), "{:?}", shell.announced());
    assert_eq!(shell.viewer.printable(), ["rim"]);
    assert_eq!(shell.viewer.print_piece("rim", 1.0).unwrap_err().code, Code::PrintLicence);
    assert_eq!(shell.viewer.print_source("rim").as_deref(), Some("shop/sold/rim.glb"));
    assert!(!shell.log.iter().any(|effect| format!("{effect:?}").contains("rim.glb")), "nobody asked for it");
    // What was bought is taken from its own file.
    let piece = shell.viewer.print_piece_from("rim", &Viewer::open_bought(asset("case-61.glb")).unwrap(), 1.0).unwrap();
    let shown = product("case", &[]).shell.viewer.print_piece("rim", 1.0).unwrap();
    assert_eq!((piece.name.as_str(), piece.part_number.as_str()), ("Camera rim", "HU-X-LI"));
    assert_eq!(piece.triangles.len(), shown.triangles.len());
    assert!(Viewer::open_bought(b"nothing".to_vec()).is_err());
}

#[test]
fn what_is_sold_is_what_is_shown_however_it_stands() {
    let sample = configured("lamp", "shade", "\"printed\"");
    let viewer = &sample.shell.viewer;
    assert_eq!(viewer.print_piece("shade", 1.0).unwrap_err().code, Code::PrintLicence);
    let scene = Viewer::open_bought(asset("lamp-shade.glb")).unwrap();
    let bought = viewer.print_piece_from("shade", &scene, 1.0).unwrap();
    let shown = viewer.print_shape("shade", 1.0).unwrap();
    assert!((bought.volume_mm3() / shown.volume_mm3() - 1.0).abs() < 1e-4);
    let height = |piece: &Piece, options: Options| {
        piece.laid(options.bed_from_print.expect("the product file says how it lies")).bounds_mm().size().z
    };
    let heights = [
        height(&bought, viewer.print_options_from("shade", Some(&scene), 1.0)),
        height(&shown, viewer.print_options("shade", 1.0)),
    ];
    assert!((heights[0] - heights[1]).abs() < 0.01, "both lie on their opening: {heights:?}");
    let [bought, shown] = [&bought, &shown].map(|piece| piece.bounds_mm().size());
    assert!((bought - shown).abs().max_element() > 1.0, "in the product it is tilted");
}

#[test]
fn an_upgrade_adds_what_is_not_owned() {
    let added = |sample: &Sample| -> Vec<(String, bool, bool)> {
        let parts = sample.shell.viewer.print_parts();
        parts.into_iter().map(|part| (part.id, part.is_paid, part.is_added)).collect()
    };
    let mut sample = configured("lamp", "clip", "\"printed\"");
    assert_eq!(added(&sample), [("clip".to_owned(), false, false)], "nothing is owned");
    let code = sample.shell.viewer.session().unwrap().code();
    sample.shell.set("owned", &code);
    sample.shell.command(Command::Product(ProductCommand::Repair {
        group: "shade".to_owned(),
        answer: "\"printed\"".to_owned(),
    }));
    sample.shell.settle();
    assert_eq!(added(&sample), [("shade".to_owned(), true, true), ("clip".to_owned(), false, false)]);
}

#[test]
fn what_is_wished_for_comes_first_and_what_nobody_knows_is_refused() {
    let sample = configured("lamp", "clip", "\"printed\"");
    let options = || sample.shell.viewer.print_options("clip", 1.0);
    let wished = |json: &str| Wish::from_json(json).and_then(|wish| wish.apply(options()));
    let usual = wished("{}").unwrap();
    assert_eq!(usual, options());
    let made =
        wished(r#"{ "material": "pa12", "bed": "Prusa MK4", "layerHeightMm": 0.3, "scale": 2, "lies": "standing" }"#)
            .unwrap();
    assert_eq!((made.materials[0].id.as_str(), made.beds[0].name.as_str()), ("pa12", "Prusa MK4"));
    assert_eq!((made.settings.layer_mm, made.materials[1].settings.layer_mm, made.scale), (0.3, 0.3, 2.0));
    assert!(made.bed_from_print.unwrap().is_near_identity());
    assert_eq!(made.beds.len(), usual.beds.len());
    let own = wished(r#"{ "bed": "Mine", "bedSizeMm": [100, 90, 80] }"#).unwrap();
    assert_eq!((own.beds[0].name.as_str(), own.beds[0].size_mm), ("Mine", [100.0, 90.0, 80.0]));
    for odd in [
        r#"{ "material": "wood" }"#,
        r#"{ "bed": "none" }"#,
        r#"{ "bedSizeMm": [0, 1, 1] }"#,
        r#"{ "layerHeightMm": 0 }"#,
        r#"{ "scale": -1 }"#,
        r#"{ "scale": 1e9 }"#,
        r#"{ "scale": "large" }"#,
        "nothing",
    ] {
        assert_eq!(wished(odd).unwrap_err().code, Code::PrintOption, "{odd}");
    }
}
