//! The sample running shirt: colours, prints that a rule meets only when they are there, and shapes.

use anprobe::product::{Catalog, Configuration, Outcome, Session, State, Value};
use anprobe::scene::Scene;

use crate::sample;

const NAME: usize = 8;
const NUMBER: usize = 9;
const CREST: usize = 10;

fn catalog() -> Catalog {
    sample::catalog("shirt.json")
}

#[test]
fn every_thrown_shirt_keeps_its_code_and_all_are_counted() {
    let catalog = catalog();
    // Four sizes in two fits but the close XL. Each knit in the base colours of each printing, the sixth one free: dye
    // needs one of two, merino takes neither dye nor a free one, mesh no flock.
    let (cuts, jersey, mesh, merino) = (4 * 2 - 1, 6 + 2 + 6, 6 + 2, 5 + 5);
    let (sleeves, sides, collars, extras) = (4, 3, 2, 4);
    let expected = cuts * (jersey + mesh + merino) * sleeves * sides * collars * extras;
    let count = catalog.count().unwrap();
    assert_eq!(count.combinations, expected.to_string());
    assert!(count.is_open);
    sample::keep_their_codes(&catalog, &sample::some(&catalog, 2_000));
}

#[test]
fn every_choice_finds_its_place_in_the_model() {
    let catalog = catalog();
    let models = sample::models(&catalog);
    let some = sample::some(&catalog, 500);
    let behaviours: Vec<_> = catalog.product().behaviours.iter().map(|(at, _)| (at, 0.5)).collect();
    for configuration in &some {
        assert_eq!(sample::looks(&catalog, &models, configuration, &behaviours).len(), 1);
    }
    sample::every_effect_is_seen(&catalog, &models, &some);
}

/// A morph target's weight as it is seen.
fn weight(catalog: &Catalog, models: &[Scene], shirt: &Configuration, played: &[(usize, f64)], of: [&str; 2]) -> f32 {
    let looks = sample::looks(catalog, models, shirt, played);
    let (node, found) = models[0].nodes.iter().find(|(_, node)| node.name == of[0]).unwrap();
    let mesh = models[0].meshes.get(found.mesh.unwrap()).unwrap();
    let target = mesh.target_names.iter().position(|name| name == of[1]).unwrap();
    looks[0].1.weights.get(&node).map_or(0.0, |weights| weights[target])
}

#[test]
fn all_of_the_cloth_draws_close_at_once() {
    let catalog = catalog();
    let models = sample::models(&catalog);
    let slim = catalog.with(catalog.first(), 1, Value::Choices(vec![1]));
    let behaviour = |id: &str| catalog.product().behaviours.iter().find(|(_, found)| found.id == id).unwrap().0;
    let [cold, humid, breathe] = ["cold", "humidity", "breathe"].map(behaviour);
    for (shirt, played, expected) in [
        (catalog.first(), vec![], 0.0),
        (catalog.first(), vec![(cold, -5.0)], 0.6),
        (&slim, vec![], 0.5),
        (&slim, vec![(cold, 25.0)], 0.5),
        (&slim, vec![(breathe, 0.5)], 0.5),
        (&slim, vec![(breathe, 0.5), (cold, -5.0)], 1.0),
    ] {
        let moved = models[0].nodes.iter().filter(|(_, node)| {
            let mesh = node.mesh.and_then(|mesh| models[0].meshes.get(mesh));
            mesh.is_some_and(|mesh| mesh.target_names.iter().any(|name| name == "tight"))
        });
        let weights: Vec<_> =
            moved.map(|(_, node)| weight(&catalog, &models, shirt, &played, [&node.name, "tight"])).collect();
        assert_eq!(weights, [expected; 5]);
    }
    let open = |percent| weight(&catalog, &models, catalog.first(), &[(humid, percent)], ["vents", "open"]);
    assert_eq!([30.0, 40.0, 100.0].map(open), [0.0, 0.0, 1.0]);
}

#[test]
fn a_print_is_seen_when_there_is_one() {
    let catalog = catalog();
    let models = sample::models(&catalog);
    let alpha = |shirt: &Configuration, name: &str| {
        let looks = sample::looks(&catalog, &models, shirt, &[]);
        let (at, _) = models[0].materials.iter().find(|(_, material)| material.name == name).unwrap();
        looks[0].1.material(&models[0], at).unwrap().base_color_factor.w
    };
    let prints = ["print_front", "print_back"];
    let named = catalog.with(catalog.first(), NAME, Value::Text("Jo".into()));
    let crested = catalog.with(catalog.first(), CREST, Value::Picture("1".into()));
    assert_eq!(prints.map(|print| alpha(catalog.first(), print)), [0.0, 0.0]);
    assert_eq!(prints.map(|print| alpha(&named, print)), [0.0, 1.0]);
    assert_eq!(prints.map(|print| alpha(&crested, print)), [1.0, 0.0]);
}

#[test]
fn name_and_number_read_on_every_colour_of_the_body() {
    let catalog = catalog();
    let models = sample::models(&catalog);
    for body in 0..5 {
        let shirt = catalog.with(catalog.first(), 3, Value::Choices(vec![body]));
        for group in [NAME, NUMBER] {
            let printed = catalog.with(&shirt, group, Value::Text("7".into()));
            let [words, cloth] =
                ["print_back", "knit_body"].map(|name| sample::material(&catalog, &models, &printed, name));
            let contrast = sample::contrast(&words, &cloth);
            assert!(contrast > 4.5, "{body}: {contrast}");
            assert_eq!(words.base_color_factor.w, 1.0);
        }
    }
}

#[test]
fn flock_says_in_both_languages_why_it_takes_no_picture() {
    let mut session = Session::new(catalog());
    assert!(matches!(session.select(CREST, Value::Picture("1".into())), Outcome::Changed(_)));
    let flock = session.catalog().item_named("printing/flock").unwrap();
    // The picture would have to go, with its price.
    assert_eq!(session.toggle(flock), Outcome::Blocked(State::Repairable { own: 1, others: 0, amount: -900 }));
    let explanation = session.explain(flock);
    assert!(explanation.is_minimal);
    let said = ["en", "de"].map(|language| sample::reasons(session.catalog(), &explanation, language));
    assert_eq!(said, [["Flock has one colour, a picture has many."], ["Flock hat eine Farbe, ein Bild hat viele."]]);
    let (group, value) = session.toggled(flock).unwrap();
    let repair = session.repair(group, &value).unwrap();
    assert_eq!(repair.changes.iter().map(|change| change.group).collect::<Vec<_>>(), [CREST]);
}

#[test]
fn dye_brings_a_light_colour_with_it() {
    let mut session = Session::new(catalog());
    let dye = session.catalog().item_named("printing/dye").unwrap();
    assert_eq!(session.toggle(dye), Outcome::Blocked(State::Repairable { own: 0, others: 1, amount: 0 }));
    let (group, value) = session.toggled(dye).unwrap();
    assert!(matches!(session.accept(group, &value), Outcome::Changed(_)));
    let light = ["body/sun", "body/white"].map(|name| session.catalog().item_named(name).unwrap());
    assert!(light.iter().any(|item| session.configuration().takes(session.catalog().item(*item).unwrap())));
}

#[test]
fn name_and_number_are_cheaper_together() {
    let mut session = Session::new(catalog());
    let total = |session: &Session| session.catalog().quote(session.configuration(), 0.0).total;
    assert_eq!(total(&session), 5_900);
    session.select(NAME, Value::Text("Jo".into()));
    assert_eq!(total(&session), 6_600);
    session.select(NUMBER, Value::Text("7".into()));
    assert_eq!(total(&session), 6_900);
    assert_eq!(session.select(NUMBER, Value::Text("777".into())), Outcome::Unknown);
}

#[test]
fn an_owner_is_offered_seams_and_wool() {
    let mut session = Session::new(catalog());
    let code = session.code();
    session.own(&code).unwrap();
    let ways = session.upgrades();
    assert_eq!(ways.iter().map(|way| (way.price, way.credit)).collect::<Vec<_>>(), [(1400, 0), (7400, 1500)]);
    // Wool weighs more, dries later and is washed otherwise.
    assert_eq!(ways[1].facts.len(), 3);
    assert!(matches!(session.upgrade(0), Outcome::Changed(_)));
    assert_eq!(session.catalog().quote(session.configuration(), 0.0).total, 6_700);
}
