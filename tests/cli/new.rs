//! `anprobe new`: a file that can be checked, drawn and baked at once.

use crate::desk::Desk;

#[test]
fn a_proposal_is_clean_and_is_not_written_over() {
    let desk = Desk::new("new").with(&["lamp.glb", "case-61.glb"]);
    let said = desk.says(&["new", "lamp.glb", "--name", "Lumo"], 0);
    assert!(said.contains("3 groups"), "{said}");
    let product = desk.json("lamp.json");
    let groups: Vec<&str> =
        product["groups"].as_array().unwrap().iter().map(|group| group["id"].as_str().unwrap()).collect();
    assert_eq!(groups, ["variant", "shade", "extras"]);
    assert!(desk.says(&["check", "lamp.json"], 0).contains("clean"));
    assert!(
        desk.text("lamp.json").starts_with("{\n  \"anprobe\": 1,\n  \"id\": \"lumo\""),
        "what is read first comes first"
    );
    assert!(desk.says(&["new", "lamp.glb"], 1).contains("--force"));
    std::fs::create_dir(desk.path("shop")).unwrap();
    desk.says(&["new", "case-61.glb", "--out", "shop/case.json"], 0);
    assert_eq!(desk.json("shop/case.json")["models"][0]["src"], "../case-61.glb");
    assert!(desk.says(&["check", "shop/case.json"], 0).contains("clean"));
}
