//! What goes into a shop's cart, and what a shop's server says of a code.

use anprobe::product::view::{Tone, to_json};
use anprobe::product::{Catalog, Currency, Offers, Session, Value};
use serde_json::{Value as Json, json};

use super::sample;

fn told(view: &impl serde::Serialize) -> Json {
    serde_json::from_str(&to_json(view)).unwrap()
}

fn english() -> Tone {
    Tone { language: "en".to_owned(), currency: None }
}

/// Takes a choice by its name.
fn take(session: &mut Session, name: &str) {
    let item = session.catalog().item_named(name).unwrap();
    let (group, value) = session.toggled(item).unwrap();
    session.accept(group, &value);
}

fn sum(order: &Json) -> i64 {
    let lines = order["lines"].as_array().unwrap().iter();
    lines.map(|line| line["unitPrice"].as_i64().unwrap() * line["quantity"].as_i64().unwrap()).sum()
}

#[test]
fn a_cart_s_lines_have_numbers_and_come_to_the_quote() {
    for name in ["lamp.json", "car.json", "case.json", "shirt.json"] {
        let mut session = Session::new(sample::catalog(name));
        // Each choice, with all that it brings.
        for item in session.catalog().all_items() {
            let Some((group, value)) = session.toggled(item) else { continue };
            session.accept(group, &value);
            let (code, configuration) = (session.code(), session.configuration().clone());
            let order = told(&session.order(0, &english(), 0.0).unwrap());
            assert_eq!(sum(&order), session.catalog().quote(&configuration, 0.0).total, "{name} {code}");
            for line in order["lines"].as_array().unwrap() {
                assert!(!line["sku"].as_str().unwrap().is_empty(), "{name} {code}: {line}");
                assert!(
                    line["unitPrice"].as_i64().unwrap() >= 0,
                    "a shop has no negative prices: {name} {code}: {line}"
                );
                assert_eq!(line["properties"]["_anprobe_code"], json!(code));
            }
        }
    }
}

#[test]
fn the_product_s_own_line_says_what_was_chosen() {
    let mut session = Session::new(sample::catalog("lamp.json"));
    take(&mut session, "light/warmdim");
    take(&mut session, "base/charging");
    let engraving = session.catalog().group_named("engraving").unwrap();
    session.select(engraving, Value::Text("Für Mia".into()));
    let order = told(&session.order(0, &Tone { language: "de".to_owned(), currency: None }, 0.0).unwrap());
    let first = &order["lines"][0];
    assert_eq!((&first["sku"], &first["name"], &first["quantity"]), (&json!("lumo"), &json!("Lumo"), &json!(1)));
    assert_eq!(first["properties"]["Fuß"], json!("Lädt Ihr Telefon"));
    assert_eq!(first["properties"]["Gravur"], json!("Für Mia"));
    let skus: Vec<_> = order["lines"].as_array().unwrap().iter().map(|line| line["sku"].as_str().unwrap()).collect();
    assert!(skus.contains(&"LU-B-QI"), "{skus:?}");
    assert!(!skus.contains(&"LU-SET-1"), "what is saved is no line: {skus:?}");
    assert!(order["parts"].as_array().unwrap().contains(&json!({ "sku": "LU-SET-1", "quantity": 1 })));
}

#[test]
fn offers_with_their_own_price_refills_and_the_same_again() {
    let mut session = Session::new(sample::catalog("lamp.json"));
    let owned = session.code();
    session.own(&owned).unwrap();
    take(&mut session, "power/battery");
    let order = |at| told(&session.order(at, &english(), 0.0).unwrap());
    let borrow = order(1);
    assert_eq!((&borrow["action"], &borrow["name"]), (&json!("borrow"), &json!("Borrow for two weeks")));
    assert_eq!(borrow["lines"].as_array().unwrap().len(), 1);
    assert_eq!((sum(&borrow), &borrow["lines"][0]["properties"]["_anprobe_action"]), (1900, &json!("borrow")));
    assert_eq!(borrow["code"], json!(session.code()));
    assert_eq!(
        (&order(3)["action"], &order(3)["code"]),
        (&json!("reorder"), &json!(owned)),
        "the same again is what is owned"
    );
    assert!(session.order(4, &english(), 0.0).is_none());
    session.set_offers(Offers::from_json(r#"{"LU-R-GL":{"price":1700}}"#, None));
    let refill = told(&session.refill("globe", &english()).unwrap());
    assert_eq!(
        refill["lines"],
        json!([{ "sku": "LU-R-GL", "name": "Spare globe", "quantity": 1, "unitPrice": 1700, "properties": {} }])
    );
    assert!(session.refill("nothing", &english()).is_none());
}

#[test]
fn owners_buy_the_upgrade_and_not_the_whole_again() {
    let mut session = Session::new(sample::catalog("lamp.json"));
    let owned = session.code();
    assert!(session.upgrade_order(0, &english()).is_none(), "nothing is owned");
    session.own(&owned).unwrap();
    assert!(session.upgrade_order(0, &english()).is_none(), "nothing is new");
    for wanted in ["charging", "clip"] {
        let index = session.catalog().product().upgrades.iter().position(|(_, one)| one.id == wanted).unwrap();
        session.upgrade(index);
    }
    let order = told(&session.upgrade_order(0, &english()).unwrap());
    let lines = order["lines"].as_array().unwrap();
    let of = |key: &str| lines.iter().map(|line| line[key].clone()).collect::<Vec<_>>();
    assert_eq!((of("sku"), of("unitPrice")), (vec![json!("LU-U-QI"), json!("LU-U-CP")], vec![json!(5400), json!(200)]));
    assert_eq!(
        lines[0]["properties"],
        json!({ "_anprobe_code": session.code(), "_anprobe_owned": owned, "_anprobe_upgrade": "charging", "_anprobe_credit": "1500" })
    );
    assert_eq!(
        (&order["action"], &order["code"], &order["owned"]),
        (&json!("buy"), &json!(session.code()), &json!(owned))
    );
    assert!(order["parts"].as_array().unwrap().iter().any(|part| part["sku"] == "LU-B-QI"), "{}", order["parts"]);
    let quote = told(&session.quote_view(&english(), 0.0));
    assert_eq!(sum(&order), quote["moreThanOwned"].as_i64().unwrap());
    assert_eq!(
        quote["upgrades"][0],
        json!({ "id": "charging", "name": "Charging base", "price": 6900, "credit": 1500 })
    );
    assert!(session.upgrade_order(1, &english()).is_none(), "borrowing is for all of it");
    // The server says the same of the two codes.
    let (code, mut server) = (session.code(), Session::new(sample::catalog("lamp.json")));
    server.own(&owned).unwrap();
    let priced = told(&server.priced(&code, &english(), 0.0).unwrap());
    assert_eq!(priced["order"]["lines"], order["lines"]);
    // Another colour is no upgrade: then it is a whole lamp again.
    take(&mut session, "finish/sage");
    assert!(session.upgrade_order(0, &english()).is_none());
    assert!(told(&session.quote_view(&english(), 0.0)).get("upgrades").is_none());
    assert_eq!(told(&session.order(0, &english(), 0.0).unwrap())["lines"][0]["sku"], json!("lumo"));
}

#[test]
fn the_file_s_own_numbers_win_and_money_is_the_file_s() {
    let file = json!({
        "anprobe": 1, "id": "cup", "name": "Cup", "models": [{ "id": "m", "src": "cup.glb" }],
        "price": { "currency": "EUR", "base": 1000, "sku": "CUP-1" },
        "groups": [{ "id": "glaze", "number": 1, "name": "Glaze", "choices": [{ "id": "blue", "number": 1, "name": "Blue" }] }],
        "actions": [{ "kind": "borrow", "price": 100, "sku": "CUP-RENT" }],
    });
    let (catalog, issues) = Catalog::from_json(&file.to_string()).unwrap();
    assert!(issues.is_empty(), "{issues:?}");
    let session = Session::new(catalog);
    let dollars = Currency { code: "USD".to_owned(), digits: 2, rate: 2.0 };
    let tone = Tone { language: "en".to_owned(), currency: Some(dollars) };
    let order = told(&session.order(0, &tone, 0.0).unwrap());
    assert_eq!((&order["currency"], &order["lines"][0]["sku"], sum(&order)), (&json!("EUR"), &json!("CUP-RENT"), 100));
    let mut session = session;
    let code = session.code();
    let priced = told(&session.priced(&code, &tone, 0.0).unwrap());
    assert_eq!((&priced["order"]["lines"][0]["sku"], &priced["quote"]["total"]), (&json!("CUP-1"), &json!(2000)));
}

#[test]
fn a_code_that_no_longer_means_what_it_says_is_not_exact() {
    let mut session = Session::new(sample::catalog("lamp.json"));
    let code = session.code();
    assert!(session.priced(&code, &english(), 0.0).unwrap().exact);
    assert!(session.priced("nonsense", &english(), 0.0).is_err());
    // A group that this file does not have.
    let mut entries = anprobe::product::entries(&code).unwrap();
    entries.push(anprobe::product::Entry { group: 4000, answer: anprobe::product::Answer::Choices(vec![1]) });
    let priced = told(&session.priced(&anprobe::product::encoded(&entries), &english(), 0.0).unwrap());
    assert_eq!((&priced["exact"], &priced["gone"]), (&json!(false), &json!([[4000, 0]])));
    // Two that do not go together.
    let catalog = session.catalog();
    let mut both = catalog.first().clone();
    for name in ["power/battery", "base/charging"] {
        let (group, value) = session.toggled(catalog.item_named(name).unwrap()).unwrap();
        both = catalog.with(&both, group, value);
    }
    assert!(!catalog.is_valid(&both));
    let code = catalog.code(&both);
    let priced = told(&session.priced(&code, &english(), 0.0).unwrap());
    assert_eq!(priced["exact"], json!(false));
    assert_ne!(priced["changes"], json!([]));
}

#[cfg(feature = "cli")]
mod command {
    use std::process::{Command, Output};

    use super::*;

    fn anprobe(arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_anprobe"));
        command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/assets"));
        command.args(arguments).output().unwrap()
    }

    #[test]
    fn a_server_prices_a_code() {
        let mut session = Session::new(sample::catalog("lamp.json"));
        take(&mut session, "power/battery");
        let code = session.code();
        let said = anprobe(&["quote", "lamp.json", &code]);
        assert!(said.status.success());
        let text = String::from_utf8(said.stdout).unwrap();
        let total = session.catalog().quote(session.configuration(), 0.0).total as f64 / 100.0;
        assert!(text.contains(&format!("{total:.2} EUR")), "{text}");
        assert!(text.contains("LU-P-BA"), "{text}");
        let offers = std::env::temp_dir().join("anprobe-offers.json");
        std::fs::write(&offers, r#"{"LU-P-BA":{"price":0}}"#).unwrap();
        let offers = offers.to_str().unwrap();
        let json = anprobe(&["quote", "lamp.json", &code, "--json", "--currency", "JPY=160/0", "--offers", offers]);
        let told: Json = serde_json::from_slice(&json.stdout).unwrap();
        let expected = session.catalog().quote(session.configuration(), 0.0).total
            - session.catalog().price_of(session.catalog().item_named("power/battery").unwrap());
        assert_eq!((&told["exact"], &told["quote"]["currency"]), (&json!(true), &json!("JPY")));
        assert_eq!(told["quote"]["total"], json!(expected * 160 / 100));
        assert_eq!(told["order"]["currency"], json!("EUR"));
    }

    #[test]
    fn what_is_no_code_has_no_price() {
        let cases: [&[&str]; 5] = [
            &["quote", "lamp.json", "nonsense"],
            &["quote", "nothing.json", "E"],
            &["quote", "lamp.json"],
            &["quote", "lamp.json", "E", "--currency", "USD"],
            &["quote", "lamp.json", "E", "--cheap"],
        ];
        for arguments in cases {
            let said = anprobe(arguments);
            assert!(!said.status.success() && said.stdout.is_empty() && !said.stderr.is_empty(), "{arguments:?}");
        }
    }
}

#[test]
fn a_server_s_offers_are_understood_whole_or_not_at_all() {
    let offers = Offers::strictly_from_json(r#"{ "lumo": { "price": 9900 } }"#).unwrap();
    assert_eq!(offers.price(Some("lumo"), 1), 9900);
    assert!(Offers::strictly_from_json(r#"{ "lumo": { "price": 9900"#).is_err());
    let wrong = Offers::strictly_from_json(r#"{ "a": { "price": 1 }, "lumo": { "price": 49.5 } }"#);
    assert!(wrong.is_err_and(|why| why.starts_with("lumo: ")));
}

#[test]
fn the_live_price_of_the_product_itself_counts() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lamp.json")).unwrap();
    let mut file: Json = serde_json::from_str(&text).unwrap();
    file["price"]["sku"] = json!("lumo-1");
    let catalog = Catalog::from_json(&file.to_string()).unwrap().0;
    let mut session = Session::new(catalog);
    let tone = Tone { language: "en".to_owned(), currency: None };
    let before = told(&session.quote_view(&tone, 0.0));
    session.set_offers(Offers::from_json(r#"{ "lumo-1": { "price": 0 } }"#, None));
    let after = told(&session.quote_view(&tone, 0.0));
    let base = session.catalog().product().price.as_ref().unwrap().base;
    assert_eq!(after["total"].as_i64().unwrap(), before["total"].as_i64().unwrap() - base);
    assert_eq!(after["parts"], before["parts"]);
}
