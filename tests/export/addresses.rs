//! The addresses that open a phone's own viewer, letter by letter.

use anprobe::export::quick_look::Banner;
use anprobe::export::scene_viewer::{Intent, file_name, file_of};
use anprobe::issue::Code;

#[test]
fn quick_look_is_told_in_its_fragment() {
    let mut banner = Banner::default();
    assert_eq!(banner.fragment(), "");
    banner.set("price", "1.299,00 €").unwrap();
    banner.set("checkoutTitle", "Lamp & shade #2").unwrap();
    banner.set("checkoutSubtitle", "50 % heller").unwrap();
    banner.set("callToAction", "In den Korb").unwrap();
    banner.set("canonicalWebPageURL", "https://shop.example/lamp?config=A1_b").unwrap();
    banner.set("allowsContentScaling", "0").unwrap();
    assert_eq!(
        banner.fragment(),
        "#allowsContentScaling=0&canonicalWebPageURL=https%3A%2F%2Fshop.example%2Flamp%3Fconfig%3DA1_b\
         &callToAction=In%20den%20Korb&checkoutTitle=Lamp%20%26%20shade%20%232&checkoutSubtitle=50%20%25%20heller\
         &price=1.299%2C00%20%E2%82%AC"
    );
    let mut own = Banner::default();
    own.set("customHeight", "medium").unwrap();
    own.set("custom", "https://shop.example/banner.html").unwrap();
    own.set("applePayButtonType", "check-out").unwrap();
    assert_eq!(
        own.fragment(),
        "#custom=https%3A%2F%2Fshop.example%2Fbanner.html&customHeight=medium&applePayButtonType=check-out"
    );
    own.set("custom", "").unwrap();
    own.set("customHeight", "large").unwrap();
    assert_eq!(own.fragment(), "#customHeight=large&applePayButtonType=check-out");
}

#[test]
fn what_quick_look_does_not_know_is_refused_by_name() {
    let mut banner = Banner::default();
    for (name, value, code) in [
        ("custom", "http://shop.example/", Code::ArAddress),
        ("custom", "banner.html", Code::ArAddress),
        ("custom", "https://", Code::ArAddress),
        ("canonicalWebPageURL", "javascript:alert(1)", Code::ArAddress),
        ("customHeight", "huge", Code::ArValue),
        ("applePayButtonType", "rent", Code::ArValue),
        ("allowsContentScaling", "no", Code::ArValue),
        ("colour", "red", Code::ArValue),
    ] {
        let issue = banner.set(name, value).unwrap_err();
        assert_eq!((issue.code, issue.path.as_str()), (code, name), "{value}");
    }
    assert_eq!(banner.fragment(), "");
}

fn intent(file: &str) -> Intent {
    Intent { file: file.to_owned(), is_resizable: true, ..Intent::default() }
}

#[test]
fn scene_viewer_is_told_in_an_intent() {
    let plain = intent("https://shop.example/lamp.glb");
    assert_eq!(
        plain.url().unwrap(),
        "intent://arvr.google.com/scene-viewer/1.2?mode=ar_preferred&file=https%3A%2F%2Fshop.example%2Flamp.glb\
         #Intent;scheme=https;package=com.google.android.googlequicksearchbox;\
         action=android.intent.action.VIEW;end;"
    );
    let full = Intent {
        is_resizable: false,
        is_vertical: true,
        title: "Leuchte „Halm“".to_owned(),
        link: "https://shop.example/lamp?config=A1".to_owned(),
        sound: "https://shop.example/hum.mp3".to_owned(),
        fallback: "https://shop.example/lamp#no-ar".to_owned(),
        ..plain.clone()
    };
    assert_eq!(
        full.url().unwrap(),
        "intent://arvr.google.com/scene-viewer/1.2?mode=ar_preferred&resizable=false&enable_vertical_placement=true\
         &title=Leuchte%20%E2%80%9EHalm%E2%80%9C&link=https%3A%2F%2Fshop.example%2Flamp%3Fconfig%3DA1\
         &sound=https%3A%2F%2Fshop.example%2Fhum.mp3&file=https%3A%2F%2Fshop.example%2Flamp.glb\
         #Intent;scheme=https;package=com.google.android.googlequicksearchbox;action=android.intent.action.VIEW;\
         S.browser_fallback_url=https%3A%2F%2Fshop.example%2Flamp%23no-ar;end;"
    );
    let only = Intent { is_ar_only: true, ..plain };
    assert_eq!(
        only.url().unwrap(),
        "intent://arvr.google.com/scene-viewer/1.2?mode=ar_only&file=https%3A%2F%2Fshop.example%2Flamp.glb\
         #Intent;scheme=https;package=com.google.ar.core;action=android.intent.action.VIEW;end;"
    );
}

#[test]
fn another_program_gets_only_what_it_can_fetch() {
    for file in [
        "",
        "lamp.glb",
        "http://shop.example/lamp.glb",
        "blob:https://shop.example/1-2",
        "data:model/gltf-binary,AA",
        "https:///lamp.glb",
        "https://shop.example/a b.glb",
        "HTTPS:/shop.example",
        "ftp://shop.example/lamp.glb",
    ] {
        let issue = intent(file).url().unwrap_err();
        assert_eq!((issue.code, issue.path.as_str()), (Code::ArAddress, "file"), "{file}");
    }
    assert!(intent("HTTPS://shop.example/lamp.glb").url().is_ok());
    for (name, wrong) in [
        ("link", Intent { link: "http://a.example".into(), ..intent("https://a.example/a.glb") }),
        ("sound", Intent { sound: "hum.mp3".into(), ..intent("https://a.example/a.glb") }),
        ("fallback", Intent { fallback: "javascript:x".into(), ..intent("https://a.example/a.glb") }),
    ] {
        assert_eq!(wrong.url().unwrap_err().path, name);
    }
}

#[test]
fn a_template_takes_the_code_wherever_it_asks_for_it() {
    let code = "1-Ab_9~ä/&";
    let escaped = "1-Ab_9~%C3%A4%2F%26";
    assert_eq!(file_of("https://shop.example/{code}.glb", code), format!("https://shop.example/{escaped}.glb"));
    assert_eq!(
        file_of("/b/%7Bcode%7D/{code}.glb?c=%7bcode%7d", code),
        format!("/b/{escaped}/{escaped}.glb?c={escaped}")
    );
    assert_eq!(file_of("https://shop.example/größe{cod}.glb", code), "https://shop.example/größe{cod}.glb");
    assert_eq!(file_of("", code), "");
    assert_eq!(file_of("{code", "x"), "{code");
}

#[test]
fn a_codes_file_is_told_from_every_other_where_case_is_not() {
    assert_eq!(file_name("EbA_9-z"), "e~ba~_9-z");
    assert_eq!(file_of("https://shop.example/{file}.glb", "EbA"), "https://shop.example/e~ba~.glb");
    assert_eq!(file_of("/b/%7Bfile%7D/{code}.glb", "Eb"), "/b/e~b/Eb.glb");
    // All codes of four letters of which some differ only by case.
    let letters = ['a', 'A', 'b', 'B', '-', '_', '0'];
    let four = |at: usize| (0..4).map(|place| letters[at / 7_usize.pow(place) % 7]).collect::<String>();
    let names: std::collections::BTreeSet<String> =
        (0..7_usize.pow(4)).map(|at| file_name(&four(at)).to_lowercase()).collect();
    assert_eq!(names.len(), 7_usize.pow(4));
    // Codes with a long text keep apart, and short enough.
    let long = |end: &str| file_name(&format!("{}{end}", "aB".repeat(300)));
    assert!(long("a").len() < 220 && long("a") != long("A") && long("a")[..180] == long("A")[..180]);
    assert_eq!(long("a"), long("a").to_lowercase());
}
