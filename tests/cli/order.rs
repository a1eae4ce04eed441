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

#[test]
fn a_list_has_every_code_with_its_price() {
    let desk = desk("list");
    let listed = desk.says(&["list", "lamp.json", "--all"], 0);
    let lines: std::collections::BTreeMap<&str, i64> = listed
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(code, total)| (code, total.parse().unwrap()))
        .collect();
    assert_eq!(lines.len(), listed.lines().count());
    // The arm stands at the ends of the ranges that the rules tell apart, not at each of its lengths.
    assert!((300..=624).contains(&lines.len()), "{}", lines.len());
    let (code, total) = lines.iter().max_by_key(|(_, total)| **total).unwrap();
    let quote = desk.tells(&["quote", "lamp.json", code, "--format", "json"], 0);
    assert_eq!(quote["quote"]["total"], *total);
    let report = desk.tells(&["check", "lamp.json", "--format", "json", "--fail-on", "error"], 1);
    assert_eq!(report["rules"]["dearest"]["total"], *total);
    assert_eq!(report["rules"]["cheapest"]["total"], *lines.values().min().unwrap());
    assert!(desk.says(&["list", "lamp.json", "--groups", "nothing", "--all"], 1).contains("no group"));
}
