//! `anprobe check`: the samples are clean, and every planted fault is found where it is.

use crate::desk::Desk;

const SAMPLES: [&str; 7] =
    ["lamp.json", "lamp.glb", "lamp-shade.glb", "case.json", "case-61.glb", "case-67.glb", "shirt.json"];

#[test]
fn samples_are_clean() {
    let desk = Desk::new("clean").with(&SAMPLES).with(&["shirt.glb", "car.json", "car.glb"]);
    for (file, combinations) in [("lamp", "624"), ("case", "1232"), ("shirt", "21504"), ("car", "34252968960")] {
        let said = desk.says(&["check", &format!("{file}.json")], 0);
        assert!(said.contains(&format!("{combinations} combinations")) && said.contains("clean"), "{said}");
        assert!(!said.contains("warning") && !said.contains("error"), "{said}");
    }
}

#[test]
fn planted_faults_are_found_where_they_are() {
    let faults = [
        (r#""variant":"#, r#""variannt":"#, "PRODUCT_FIELD", false),
        (r#"{ "en": "Battery", "de": "Akku" }"#, r#"{ "en": "Battery" }"#, "AUDIT_LANGUAGE", true),
        (r#""src": "lamp.glb""#, r#""src": "lost.glb""#, "AUDIT_FILE", false),
        (
            r#""parts": ["base", "charger", "stem", "screw_base"]"#,
            r#""parts": ["bass", "charger", "stem", "screw_base"]"#,
            "PRODUCT_LOOK",
            true,
        ),
        (r#""node": "screw_elbow""#, r#""node": "screw_knee""#, "PRODUCT_LOOK", true),
        (r#""/materials/@"#, r#""/materials/@un"#, "PRODUCT_LOOK", true),
        (r#""requires":"#, r#""requires": "nobody/knows", "note":"#, "PRODUCT_NAME", true),
    ];
    for (at, (from, to, code, by_line)) in faults.into_iter().enumerate() {
        let desk = Desk::new(&format!("fault-{at}")).with(&["lamp.json", "lamp.glb"]);
        desk.edit("lamp.json", from, to);
        let report = desk.tells(&["check", "lamp.json", "--format", "json"], 1);
        assert_eq!(report["clean"], false);
        let issues = report["issues"].as_array().unwrap();
        let found = issues.iter().find(|issue| issue["code"] == code).unwrap_or_else(|| panic!("{code} in {report:#}"));
        assert!(["message", "remedy", "file"].iter().all(|field| !found[field].as_str().unwrap().is_empty()));
        if by_line {
            let text = desk.text("lamp.json");
            let line = text.lines().nth(found["line"].as_u64().unwrap() as usize - 1).unwrap();
            let said = to.split('"').nth(1).unwrap();
            assert!(line.contains(said) || code == "PRODUCT_NAME", "{code}: {line}");
        }
        // One tells how people read it.
        if at == 0 {
            let said = desk.says(&["check", "lamp.json"], 1);
            assert!(said.contains(&format!("[{code}]")) && said.contains("to correct"), "{said}");
        }
    }
}

#[test]
fn pieces_that_do_not_print_are_found_with_their_place() {
    let desk = Desk::new("unprintable").with(&["lamp.json", "lamp.glb"]);
    let issues = |code: &str| {
        let report = desk.tells(&["check", "lamp.json", "--format", "json"], 1);
        let issues = report["issues"].as_array().unwrap().clone();
        issues.into_iter().find(|issue| issue["code"] == code).unwrap_or_else(|| panic!("{code} in {report:#}"))
    };
    // Nodes that the configuration does not show.
    desk.edit("lamp.json", r#""nodes": ["clip"]"#, r#""nodes": ["engraving"]"#);
    let missing = issues("AUDIT_PIECE_MISSING");
    assert_eq!(missing["path"], "/print/pieces/1/nodes");
    assert!(
        desk.text("lamp.json")
            .lines()
            .nth(missing["line"].as_u64().unwrap() as usize - 1)
            .unwrap()
            .contains("engraving")
    );
    // What is sold is not beside the product, which is told and is no fault.
    let source = issues("AUDIT_PIECE_SOURCE");
    assert_eq!((source["path"].as_str(), source["severity"].as_str()), (Some("/print/pieces/0/source"), Some("note")));
    assert!(source["detail"].as_str().unwrap().contains("lamp-shade.glb"), "{source:#}");
    // A surface that is open.
    desk.edit("lamp.json", r#""when": "clip/printed", "nodes": ["engraving"]"#, r#""nodes": ["diffuser"]"#);
    let open = issues("AUDIT_UNPRINTABLE");
    assert_eq!(open["path"], "/print/pieces/1");
    assert!(
        open["detail"].as_str().unwrap().contains(" m") && !open["remedy"].as_str().unwrap().is_empty(),
        "{open:#}"
    );
    assert!(desk.says(&["check", "lamp.json"], 1).contains("[AUDIT_UNPRINTABLE]"));
}

#[test]
fn targets_judge_differently() {
    let desk = Desk::new("targets").with(&["lamp.json", "lamp.glb"]);
    let codes = |target: &str, code: i32| {
        let report = desk.tells(&["check", "lamp.json", "--target", target, "--format", "json"], code);
        let issues = report["issues"].as_array().unwrap().iter();
        issues.map(|issue| issue["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(!codes("mobile", 0).iter().any(|code| code == "AUDIT_FILE_SIZE"));
    let banner = codes("banner", 1);
    assert!(banner.iter().any(|code| code == "AUDIT_FILE_SIZE") && banner.iter().any(|code| code == "AUDIT_TRIANGLES"));
    desk.says(&["check", "lamp.json", "--target", "banner", "--fail-on", "error"], 0);
}

#[test]
fn what_is_no_product_file_is_said_in_plain_words() {
    let desk = Desk::new("none");
    std::fs::write(desk.path("a.json"), "{").unwrap();
    assert!(desk.says(&["check", "a.json"], 1).contains("PRODUCT_FILE"));
    assert!(desk.says(&["check", "b.json"], 1).contains("b.json"));
    assert!(desk.says(&["check"], 2).contains("PRODUCT.json"));
    assert!(desk.says(&["check", "--help"], 0).contains("Examples:"));
}
