//! The printed parts of the sample products are what their product files say.

use anprobe::issue::Code;
use anprobe::print::{Checked, FindingKind, Report, check};
use anprobe::viewer::{Command, ProductCommand, Viewer};

use crate::shell::Shell;
use crate::standing::{Sample, product};

/// Each product, the answer that brings its printed piece, and the piece.
pub(crate) const PIECES: [(&str, &str, &str, &str); 3] = [
    ("lamp", "shade", "\"printed\"", "shade"),
    ("lamp", "clip", "\"printed\"", "clip"),
    ("case", "extras", "[\"lip\"]", "rim"),
];

pub(crate) fn configured(name: &str, group: &str, answer: &str) -> Sample {
    let mut sample = product(name, &[]);
    let (group, answer) = (group.to_owned(), answer.to_owned());
    sample.shell.command(Command::Product(ProductCommand::Repair { group, answer }));
    sample.shell.settle();
    sample
}

pub(crate) fn looked_at(sample: &Sample, piece: &str) -> Checked {
    let viewer = &sample.shell.viewer;
    let options = viewer.print_options(piece, 1.0);
    check(viewer.print_piece(piece, 1.0).unwrap(), options).run().unwrap()
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
    let asset =
        |name: &str| std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(name)).unwrap();
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
    let piece = shell
        .viewer
        .print_piece_from("rim", &Viewer::open_bought(asset("case-61.glb")).unwrap(), 1.0, &|_, _| None)
        .unwrap();
    let shown = product("case", &[]).shell.viewer.print_piece("rim", 1.0).unwrap();
    assert_eq!((piece.name.as_str(), piece.part_number.as_str()), ("Camera rim", "HU-X-LI"));
    assert_eq!(piece.triangles.len(), shown.triangles.len());
    assert!(Viewer::open_bought(b"nothing".to_vec()).is_err());
}
