//! What a page is told, as JSON, and what it may answer.

use anprobe::product::view::{Filter, Record, Standing, Tone, answer, rates, to_json};
use anprobe::product::{Currency, Outcome, Session, Value};
use serde_json::{Value as Json, json};

use super::sample;

fn session(name: &str) -> Session {
    Session::new(sample::catalog(name))
}

fn german() -> Tone {
    Tone { language: "de-AT".to_owned(), currency: None }
}

fn told(view: &impl serde::Serialize) -> Json {
    serde_json::from_str(&to_json(view)).unwrap()
}

fn select(session: &mut Session, group: &str, choice: &Json) -> Outcome {
    let group = session.catalog().group_named(group).unwrap();
    match answer(session, group, &choice.to_string()) {
        Some(value) => session.select(group, value),
        None => Outcome::Unknown,
    }
}

#[test]
fn the_menu_names_what_there_is_in_the_page_s_language() {
    let mut session = session("lamp.json");
    session.select(4, Value::Choices(vec![1]));
    let standing = Standing::new(session.catalog(), session.configuration());
    let menu = told(&session.menu(&standing, &german()));
    let power = &menu[4];
    assert_eq!(
        [&power["id"], &power["name"], &power["kind"], &power["value"]],
        [&json!("power"), &json!("Strom"), &json!("one"), &json!("battery")]
    );
    let base = menu[5]["choices"].as_array().unwrap();
    assert_eq!(base.len(), 2, "what is no longer sold is not shown");
    assert_eq!(base[1]["state"], "repairable");
    assert_eq!((&base[1]["own"], &base[1]["amount"], &base[1]["sku"]), (&json!(1), &json!(-1000), &json!("LU-B-QI")));
    let arm = &menu[2];
    assert_eq!(
        (&arm["min"], &arm["max"], &arm["step"], &arm["unit"], &arm["value"]),
        (&json!(26.0), &json!(38.0), &json!(2.0), &json!("cm"), &json!(32.0))
    );
    assert_eq!(arm["ranges"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&menu[6]["kind"], &menu[6]["state"], &menu[6]["price"]),
        (&json!("text"), &json!("possible"), &json!(1500))
    );
}

#[test]
fn who_owns_what_is_no_longer_sold_sees_it() {
    let mut session = session("lamp.json");
    let first = session.catalog().with(session.catalog().first(), 5, Value::Choices(vec![0]));
    session.own(&session.catalog().code(&first)).unwrap();
    let standing = Standing::new(session.catalog(), session.configuration());
    let menu = told(&session.menu(&standing, &german()));
    assert_eq!(menu[5]["choices"][0]["state"], "dead");
    let upgrades = told(&session.upgrade_views(&german()));
    assert_eq!(upgrades[0]["removed"], json!([{ "of": "base/first", "name": "2023, ohne Dimmer" }]));
    assert_eq!(upgrades[0]["install"]["steps"][1]["tools"], json!(["Münze"]));
    let weight = upgrades[0]["facts"].as_array().unwrap().iter().find(|fact| fact["id"] == "weight").unwrap();
    assert_eq!(
        *weight,
        json!({ "id": "weight", "name": "Gewicht", "unit": "g", "from": 2560.0, "to": 2620.0, "better": false })
    );
}

#[test]
fn only_what_is_shown_otherwise_is_told() {
    let mut session = session("lamp.json");
    let before = Standing::new(session.catalog(), session.configuration());
    assert_eq!(select(&mut session, "power", &json!("battery")), Outcome::Changed(vec![4]));
    let now = Standing::new(session.catalog(), session.configuration());
    let changed = now.changed_since(&before, session.catalog());
    assert_eq!(changed, ["arm", "light/warmdim", "power/mains", "power/battery", "base/charging", "clip/printed"]);
    assert!(now.changed_since(&now, session.catalog()).is_empty());
}

#[test]
fn answers_are_read_as_pages_write_them() {
    let mut lamp = session("lamp.json");
    for (group, choice, expected) in [
        ("finish", json!("sage"), Outcome::Changed(vec![0])),
        ("finish", json!("sage"), Outcome::Same),
        ("finish", json!("pink"), Outcome::Unknown),
        ("finish", json!(3), Outcome::Unknown),
        ("arm", json!(34), Outcome::Changed(vec![2])),
        ("arm", json!(33), Outcome::Unknown),
        ("arm", json!("34"), Outcome::Unknown),
        ("engraving", json!("Für Mia"), Outcome::Changed(vec![6])),
        ("engraving", json!(null), Outcome::Changed(vec![6])),
        ("engraving", json!("x".repeat(25)), Outcome::Unknown),
    ] {
        assert_eq!(select(&mut lamp, group, &choice), expected, "{group} {choice}");
    }
    let mut case = session("case.json");
    let many = case.catalog().product().groups.entries().find(|group| format!("{:?}", group.kind) == "Many").unwrap();
    let (id, first) = (many.id.clone(), many.choices.entries().next().unwrap().id.clone());
    select(&mut case, &id, &json!([]));
    for (choice, what) in [(json!(first), "taken"), (json!(first), "left"), (json!([first]), "the whole answer")] {
        assert!(matches!(select(&mut case, &id, &choice), Outcome::Changed(_)), "{what}");
    }
    assert_eq!(select(&mut case, &id, &json!([first, first])), Outcome::Same);
}

#[test]
fn a_quote_is_told_in_other_currencies_and_against_what_is_owned() {
    let mut session = session("lamp.json");
    session.own(&session.code()).unwrap();
    select(&mut session, "light", &json!("warmdim"));
    select(&mut session, "base", &json!("charging"));
    let quote = told(&session.quote_view(&german(), 0.0));
    assert_eq!(
        (&quote["currency"], &quote["total"], &quote["moreThanOwned"]),
        (&json!("EUR"), &json!(30950), &json!(10_300))
    );
    let lines: Vec<_> =
        quote["lines"].as_array().unwrap().iter().map(|line| line["amount"].as_i64().unwrap()).collect();
    assert_eq!(lines.iter().sum::<i64>(), 30950);
    assert!(
        quote["lines"].as_array().unwrap().iter().any(|line| line["name"] == "Abend-Set" && line["amount"] == -1500)
    );
    let known = rates(r#"{"JPY":[162.5,0],"bad":3,"worse":["x",2]}"#);
    assert_eq!(known, [("JPY".to_owned(), 162.5, 0)]);
    let currency = Some(Currency { code: "JPY".to_owned(), digits: 0, rate: 162.5 });
    let quote = told(&session.quote_view(&Tone { currency, ..german() }, 0.0));
    assert_eq!(
        (&quote["currency"], &quote["total"], &quote["converted"]),
        (&json!("JPY"), &json!(50294), &json!(true))
    );
}

#[test]
fn a_record_brings_all_of_a_session_back() {
    let mut session = session("lamp.json");
    session.own(&session.code()).unwrap();
    for (group, choice) in
        [("finish", json!("sage")), ("arm", json!(30)), ("power", json!("battery")), ("engraving", json!("Mia"))]
    {
        assert!(matches!(select(&mut session, group, &choice), Outcome::Changed(_)));
    }
    session.keep("mine");
    session.undo();
    assert!(session.play("fold", 0.5));
    assert!(!session.play("fly", 1.0));
    let text = to_json(&session.record());
    let mut again = Session::new(sample::catalog("lamp.json"));
    assert!(again.restore(&Record::from_json(&text).unwrap()));
    assert_eq!(to_json(&again.record()), text);
    assert_eq!((again.configuration(), again.played()), (session.configuration(), session.played()));
    // Own picks came back, too: the repair of a pick costs what it did.
    let charging = |session: &Session| session.catalog().states(session.configuration());
    assert_eq!(charging(&again), charging(&session));
    again.redo();
    assert_eq!(again.configuration().value(6), Some(&Value::Text("Mia".into())));
    assert!(!Session::new(sample::catalog("case.json")).restore(&session.record()), "another product's");
    assert_eq!(Record::from_json("{"), None);
}

#[test]
fn words_and_figures_find_choices_whatever_their_case_and_accents() {
    let session = session("car.json");
    let standing = Standing::new(session.catalog(), session.configuration());
    let tone = german();
    let find =
        |text: &str, filter: Json| session.found(text, &Filter::from_json(&filter.to_string()), &standing, &tone);
    assert_eq!(find("DACHTRAGER", json!({ "group": "rack" })), find("Dachträger", json!({ "group": "rack" })));
    assert_eq!(find("dachtraeger", json!({ "group": "rack" })), find("Dachträger", json!({ "group": "rack" })));
    assert!(!find("dachtraeger", json!({})).is_empty());
    assert!(find("kein solches Ding", json!({})).is_empty());
    let all = find("", json!({}));
    assert_eq!(all.len(), session.menu(&standing, &tone).iter().map(|group| group.choices.len()).sum::<usize>());
    for (filter, holds) in [
        (
            json!({ "fits": true }),
            &(|choice: &Json| choice["state"] == "taken" || choice["state"] == "possible") as &dyn Fn(&Json) -> bool,
        ),
        (json!({ "maxAmount": 20_000 }), &|choice: &Json| choice["amount"].as_i64().unwrap() <= 20_000),
    ] {
        let found = find("", filter);
        let menu = told(&session.menu(&standing, &tone));
        let mut count = 0;
        for group in menu.as_array().unwrap() {
            for choice in group["choices"].as_array().unwrap() {
                let name = format!("{}/{}", group["id"].as_str().unwrap(), choice["id"].as_str().unwrap());
                assert_eq!(found.contains(&name), holds(choice), "{name}");
                count += usize::from(holds(choice));
            }
        }
        assert!(count > 0 && count < all.len());
    }
}

#[test]
fn a_comparison_says_what_differs_in_words_and_figures() {
    let mut session = session("lamp.json");
    let before = session.configuration().clone();
    select(&mut session, "base", &json!("charging"));
    let after = session.configuration().clone();
    let view = told(&session.comparison_view(&before, &after, &german()));
    assert_eq!((&view["added"][0]["of"], &view["removed"].as_array().unwrap().len()), (&json!("base/charging"), &1));
    assert_eq!(
        view["amount"],
        json!(session.catalog().quote(&after, 0.0).total - session.catalog().quote(&before, 0.0).total)
    );
    assert!(!view["facts"].as_array().unwrap().is_empty());
    let back = told(&session.comparison_view(&after, &before, &german()));
    assert_eq!(back["amount"].as_i64().unwrap(), -view["amount"].as_i64().unwrap());
    assert_eq!((&back["added"], &back["removed"]), (&view["removed"], &view["added"]));
}

#[test]
fn a_code_with_another_answer_is_what_repairing_leads_to() {
    let mut session = session("lamp.json");
    select(&mut session, "power", &json!("battery"));
    let (group, value) = {
        let group = session.catalog().group_named("base").unwrap();
        (group, answer(&session, group, "\"charging\"").unwrap())
    };
    let before = session.code();
    let code = session.code_with(group, &value).unwrap();
    assert_eq!(session.code(), before, "nothing is chosen by asking");
    session.accept(group, &value);
    assert_eq!(session.code(), code);
}

#[test]
fn upgrades_add_up_and_each_can_be_left_out_again() {
    let mut session = session("lamp.json");
    let owned = session.code();
    session.own(&owned).unwrap();
    let at = |session: &Session, id: &str| {
        session.catalog().product().upgrades.iter().find(|(_, one)| one.id == id).unwrap().0
    };
    let view = |session: &Session, id: &str| {
        let views = told(&session.upgrade_views(&german()));
        views.as_array().unwrap().iter().find(|view| view["id"] == id).unwrap().clone()
    };
    let net = |view: &Json| view["price"].as_i64().unwrap() - view["credit"].as_i64().unwrap();
    let more = |session: &Session| told(&session.quote_view(&german(), 0.0))["moreThanOwned"].as_i64().unwrap();
    let (charging, light) = (at(&session, "charging"), at(&session, "light"));
    session.upgrade(charging);
    assert_eq!(view(&session, "charging")["taken"], json!(true));
    assert_eq!(more(&session), net(&view(&session, "charging")), "with the credit for the old base");
    session.upgrade(light);
    assert_eq!((&view(&session, "charging")["taken"], &view(&session, "light")["taken"]), (&json!(true), &json!(true)));
    assert_eq!(more(&session), net(&view(&session, "charging")) + net(&view(&session, "light")));
    session.upgrade(charging);
    assert_eq!(
        (&view(&session, "charging")["taken"], &view(&session, "light")["taken"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(more(&session), net(&view(&session, "light")));
    session.upgrade(light);
    assert_eq!(session.code(), owned, "all is as it was");
    assert_eq!(more(&session), 0);
    // Another colour is no upgrade: then the prices differ.
    session.upgrade(light);
    select(&mut session, "finish", &json!("sage"));
    let total = |session: &Session| told(&session.quote_view(&german(), 0.0))["total"].as_i64().unwrap();
    let chosen = total(&session);
    let difference = more(&session);
    session.open(&owned).unwrap();
    assert_eq!(difference, chosen - total(&session));
}
