//! `anprobe quote`, `explain` and `code`: what a server needs to price and check an order.

use crate::desk::Desk;

fn desk(name: &str) -> Desk {
    Desk::new(name).with(&["lamp.json", "case.json"])
}

#[test]
fn a_code_is_made_read_and_priced() {
    let desk = desk("code");
    let first = desk.tells(&["code", "lamp.json", "--format", "json"], 0);
    let other = desk.tells(&["code", "lamp.json", "power=battery", "arm=36", "--format", "json"], 0);
    assert_ne!(first["code"], other["code"]);
    let code = other["code"].as_str().unwrap();
    let read = desk.tells(&["code", "lamp.json", code, "--format", "json"], 0);
    assert_eq!(read, other);
    assert_eq!((&read["answers"]["power"], &read["answers"]["arm"]), (&"battery".into(), &36.0.into()));
    let quote = desk.tells(&["quote", "lamp.json", code, "--format", "json"], 0);
    assert_eq!((&quote["exact"], &quote["quote"]["total"]), (&true.into(), &read["total"]));
    std::fs::write(desk.path("today.json"), r#"{ "LU-P-BA": { "price": 1 } }"#).unwrap();
    let today = desk.tells(&["quote", "lamp.json", code, "--offers", "today.json", "--format", "json"], 0);
    assert!(today["quote"]["total"].as_i64().unwrap() < quote["quote"]["total"].as_i64().unwrap());
    assert!(desk.says(&["quote", "lamp.json", code], 0).contains("EUR"));
    let wrong = code.replacen(&code[3..4], if &code[3..4] == "A" { "B" } else { "A" }, 1);
    assert!(desk.says(&["quote", "lamp.json", &wrong], 1).contains("wrong character"));
    assert!(desk.says(&["code", "lamp.json", "shade=none"], 1).contains("no answer"));
}

#[test]
fn an_answer_that_others_stand_against_is_explained_and_repaired() {
    let desk = desk("explain");
    let conflict = desk.tells(&["explain", "case.json", "first", "finish/clear", "--format", "json"], 1);
    assert_eq!(conflict["state"], "repairable");
    assert_eq!(conflict["reasons"][0]["of"], "clear-is-undyed");
    let code = conflict["repair"]["code"].as_str().unwrap();
    let read = desk.tells(&["code", "case.json", code, "--format", "json"], 0);
    assert_eq!(read["answers"]["finish"], "clear");
    let german = desk.says(&["explain", "case.json", "first", "finish/clear", "--language", "de"], 1);
    assert!(german.contains("ungefärbt"), "{german}");
    assert!(desk.says(&["explain", "case.json", "first", "finish/gloss"], 0).contains("can be had"));
    assert!(desk.says(&["explain", "case.json", "first", "finish/none"], 1).contains("no choice"));
}
