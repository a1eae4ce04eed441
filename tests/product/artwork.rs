//! What a customer puts on a surface: codes, history, and how it lies.

use anprobe::product::view::Facing;
use anprobe::product::{
    Answer, Artwork, Catalog, Entry, FONTS, Motif, Outcome, Placement, Session, Value, Words, encoded,
};

/// A product with a text, and a picture on a surface.
fn gift() -> Catalog {
    let file = r##"{"anprobe":1,"id":"gift","name":"Gift","models":[{"id":"m","src":"m.glb"}],
        "groups":[{"id":"t","number":1,"name":"T","kind":"text","max":20,"surface":"s"},
                  {"id":"p","number":2,"name":"P","kind":"picture","surface":"s"}],
        "surfaces":[{"id":"s","material":"m","sizeMm":[100,50],"safeZoneMm":5,"bleedMm":2,"minDpi":150}]}"##;
    let (catalog, issues) = Catalog::from_json(file).unwrap();
    assert!(issues.is_empty(), "{issues:?}");
    catalog
}

fn placed(x: i32, rotation: i32) -> Placement {
    Placement { x, y: -x, scale: 700, rotation }
}

#[test]
fn placements_go_through_codes_and_plain_ones_have_the_codes_of_old() {
    let catalog = gift();
    let name = "0123456789abcdef01234567";
    // As they were written before there were placements.
    let old = encoded(&[
        Entry { group: 1, answer: Answer::Text("Mia".into()) },
        Entry { group: 2, answer: Answer::Picture(name.into()) },
    ]);
    assert_eq!(old, OLD);
    let plain = catalog.decoded(OLD).unwrap().configuration;
    assert_eq!(plain.value(0), Some(&Value::Text("Mia".into())));
    assert_eq!(plain.value(1), Some(&Value::Picture(name.into())));
    let fonts = FONTS.iter().map(|font| font.id).chain(["", "Somebody's Own"]);
    for (at, font) in fonts.enumerate() {
        let placement = placed(at as i32 * 400 - 900, at as i32 * 450 - 1_350);
        let words = Words { text: "Für Mia".into(), font: font.into(), ink: None, placement };
        let inked = Words { ink: Some([1, 2, 3]), ..words.clone() };
        let motifs = vec![
            Motif::Picture { name: name.into(), placement },
            Motif::Picture { name: "12-34".into(), placement: Placement::default() },
            Motif::Words(inked),
            Motif::Words("plain".into()),
        ];
        let with = catalog.with(&plain, 0, Value::Text(words));
        let with = catalog.with(&with, 1, Value::Picture(Artwork(motifs)));
        let code = catalog.code(&with);
        let again = catalog.decoded(&code).unwrap();
        assert!(again.gone.is_empty() && again.changes.is_empty());
        assert_eq!([0, 1].map(|group| again.configuration.value(group)), [0, 1].map(|group| with.value(group)));
        assert_eq!(catalog.code(&again.configuration), code);
        assert!(code.len() < 200, "{code}");
    }
    // A picture that lies in its own way takes fewer letters than its name alone did.
    let moved = Artwork(vec![Motif::Picture { name: name.into(), placement: placed(120, 900) }]);
    let code = catalog.code(&catalog.with(catalog.first(), 1, Value::Picture(moved)));
    assert!(code.len() < 38, "{code}");
}

/// See [`placements_go_through_codes_and_plain_ones_have_the_codes_of_old`].
const OLD: &str = "EWaa0sIyDMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3Il";

#[test]
fn hostile_placements_come_in_by_no_way() {
    let catalog = gift();
    for placement in [placed(30_001, 0), placed(0, 1_801), Placement { scale: i32::MAX, ..placed(0, 0) }] {
        let words = Words { placement, ..Words::from("Mia") };
        let artwork = Artwork(vec![Motif::Words(words.clone())]);
        let code = encoded(&[
            Entry { group: 1, answer: Answer::Text(words.clone()) },
            Entry { group: 2, answer: Answer::Picture(artwork.clone()) },
        ]);
        assert_eq!(catalog.decoded(&code).unwrap().gone, [(1, 0), (2, 0)]);
        let mut session = Session::new(catalog.clone());
        assert_eq!(session.select(0, Value::Text(words)), Outcome::Unknown);
        assert_eq!(session.select(1, Value::Picture(artwork)), Outcome::Unknown);
    }
    let words = Words { text: "a".repeat(21), ..Words::default() };
    assert_eq!(Session::new(catalog).select(0, Value::Text(words)), Outcome::Unknown);
}

#[test]
fn a_drag_is_one_step_and_none_when_it_ends_where_it_began() {
    let mut session = Session::new(gift());
    let at = |x| Value::Text(Words { placement: placed(x, 0), ..Words::from("Mia") });
    session.select(0, at(0));
    for x in [100, 200, 300] {
        assert_eq!(session.select_by(7, 0, at(x)), Outcome::Changed(vec![0]));
    }
    session.select_by(8, 0, at(400));
    assert_eq!(session.configuration().value(0), Some(&at(400)));
    session.undo();
    assert_eq!(session.configuration().value(0), Some(&at(300)));
    // A hand that was taken back begins anew.
    session.select_by(8, 0, at(500));
    session.undo();
    assert_eq!(session.configuration().value(0), Some(&at(300)));
    session.undo();
    assert_eq!(session.configuration().value(0), Some(&at(0)));
    session.select_by(9, 0, at(50));
    session.select_by(9, 0, at(0));
    assert_eq!(session.configuration().value(0), Some(&at(0)));
    session.select_by(9, 0, at(60));
    session.undo();
    session.undo();
    assert_eq!(session.history(), (false, true));
    // As a snapshot keeps it.
    session.redo();
    session.select_by(10, 0, at(70));
    let mut again = Session::new(gift());
    assert!(again.restore(&session.record()));
    assert_eq!(again.configuration().value(0), Some(&at(70)));
    again.undo();
    assert_eq!(again.configuration().value(0), Some(&at(0)));
}

#[test]
fn what_a_hand_does_becomes_a_placement_and_a_print_file_has_its_bleed() {
    let mut session = Session::new(gift());
    let arranged = |session: &Session, hand: &str| {
        let json = session.arranged(1, hand).unwrap();
        ["x", "y", "scale", "rotation"].map(|key| json[key].as_i64().unwrap())
    };
    // 104 by 54 mm with its bleed are covered by 108 by 54.
    let hand = |x: f64, width: f64, turn: f64, snap: f64| {
        format!(
            r#"{{"picture":true,"sides":[200,100],"centerMm":[{x},10],"widthMm":{width},"turnDeg":{turn},"snapMm":{snap},"snapDeg":{}}}"#,
            snap * 3.0
        )
    };
    assert_eq!(arranged(&session, &hand(0.6, 54.0, 88.0, 0.0)), [60, 2_000, -5_000, 880]);
    assert_eq!(arranged(&session, &hand(0.6, 54.0, 88.0, 1.0)), [0, 2_000, -5_000, 900]);
    // An edge on the right edge, at 50 mm; nothing holds what is further away.
    assert_eq!(arranged(&session, &hand(22.5, 54.0, 0.0, 1.0)), [2_300, 2_000, -5_000, 0]);
    // A turned corner, on the upper edge; and nearly the size that it has by itself.
    assert_eq!(arranged(&session, &hand(20.0, 108.5, -10.0, 1.0)), [2_000, 2_193, 0, -100]);
    assert!(session.arranged(1, "[").is_none() && session.arranged(9, "{}").is_none());

    let placement = Placement { scale: -5_000, ..Placement::default() };
    session.select(1, Value::Picture(Artwork(vec![Motif::Picture { name: "a".into(), placement }])));
    session.select(0, Value::Text("Mia".into()));
    let view = session.artwork_view(1, "[[200,100]]", &Facing::default()).unwrap();
    assert_eq!(view.layers[0]["sizeMm"], serde_json::json!([54.0, 27.0]));
    assert_eq!(view.hints.iter().map(|hint| hint.kind).collect::<Vec<_>>(), ["soft"]);
    assert_eq!(session.artwork_view(1, "nonsense", &Facing::default()).unwrap().hints[0].kind, "missing");
    let file = session.printed(1, r#"{"bleed":true}"#, &Facing::default()).unwrap();
    assert_eq!((file.name.as_str(), file.dpi), ("gift-s.png", 300.0));
    assert_eq!((file.width_px, file.height_px), (1228, 638));
    let kinds: Vec<_> = file.layers.iter().map(|layer| layer.kind).collect();
    assert_eq!(kinds, ["text", "picture"], "in the order of their groups");
    assert!(file.layers[0].clip_px[2] > 1228.0 && (file.layers[0].center_px[0] - 614.2).abs() < 0.1);
    let stage = session.printed(1, r#"{"dpi":25.4,"alone":true}"#, &Facing::default()).unwrap();
    assert_eq!((stage.width_px, stage.height_px, stage.layers.len()), (100, 50, 1));
    let large = session.printed(1, r#"{"dpi":1e6}"#, &Facing::default()).unwrap();
    assert!(f64::from(large.width_px) * f64::from(large.height_px) < 16.1e6);
    assert_eq!(session.picture_names(&[]), ["a"]);
}
